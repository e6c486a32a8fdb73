"""Rules for what counts from another day: "kemarin", "dua hari lalu", "Selasa pekan depan", "sehari sebelumnya"."""

from __future__ import annotations

from typing import cast

from beritaextract.dates.expressions import Expression, Offset, Weekday, Weekend
from beritaextract.dates.grammar import Reading, Rule, rule
from beritaextract.dates.values import Unit

_UNITS: dict[str, Unit] = {"D": "day", "w": "week", "V": "week", "b": "month", "t": "year"}
_COUNT = r"(?P<count>[dN]N?)"


def rules() -> list[Rule]:
    """In the order in which they are tried."""
    return [
        rule("weekday_week", "DWV", "D? {weekday} P? {week} {direction}", _weekday_week),
        rule("weekday_direction", "DWV", "D? {weekday} P? {after}", _weekday_direction),
        rule("weekday", "DWV", "D? {weekday}", _weekday),
        rule("relative", "RK", r"{relative} (?: ,? \(? {weekday} \)? (?! ,? \(? g? d ) )?", _relative),
        rule("told", "J", "{told}", lambda r: Offset(r.need("told"), "day", told=True)),
        rule("ago", "dNS", rf"(?: {_COUNT} {{unit}} | {{one}} ) {{direction}}", _ago),
        rule("narrative", "dNS", rf"(?: {_COUNT} {{unit}} | {{one}} ) {{narrative}}", _narrative),
        rule("weekend", "a", "a {direction}", lambda r: Weekend(r.direction() or 0)),
        rule("unit_direction", "AwVbt", "{position}? (?P<unit>[wVbt]) {direction}", _unit_direction),
        rule("position_unit", "A", "{position} (?P<unit>[bt]) (?! F? \\(? [dynMmQ] )", _unit_now),
    ]


def _weekday_week(r: Reading) -> Expression | None:
    return Weekday(r.need("weekday"), None, r.direction() or 0)


def _weekday_direction(r: Reading) -> Expression | None:
    """A Sunday ("Minggu lalu") but not a week ("minggu lalu", and the same at the start of a sentence)."""
    if _is_week(r):
        return None
    return Weekday(r.need("weekday"), r.direction("after"))


def _weekday(r: Reading) -> Expression | None:
    at, shape = r.need_at("weekday"), r.atoms.shape
    if (
        shape[at] == "V"
        and r.start == at
        and (not r.atoms.words[at][0].isupper() or shape[at + 1 : at + 2] in ("L", "K"))
    ):
        return None
    return Weekday(r.need("weekday"))


def _is_week(r: Reading) -> bool:
    at = r.need_at("weekday")
    if r.atoms.shape[at] != "V" or r.start != at or r.atoms.shape[at + 1] == "P":
        return False
    return _is_small(r, at)


def _is_small(r: Reading, at: int) -> bool:
    """Is "minggu" written small, or large only because all is: at the start of a sentence, "Jadwal Minggu Ini"?"""
    words = r.atoms.words
    return not words[at][0].isupper() or r.atoms.opens_sentence(at) or words[at + 1][0].isupper()


def _relative(r: Reading) -> Expression | None:
    return Offset(r.need("relative"), "day", weekday=r.number("weekday"))


def _amount(r: Reading) -> tuple[int, Unit] | None:
    """How many of which unit: "dua puluh lima tahun", "sepekan"."""
    one = r.value("one")
    if one is not None:
        count, unit = one.split()
        return (int(count), cast(Unit, unit)) if unit in _UNITS.values() else None
    start, end = r.match.span("count")
    numbers = [r.atoms.value[i] for i in range(start, end)]
    if not all(n.isdecimal() for n in numbers):
        return None
    return sum(map(int, numbers)), _UNITS[r.atoms.shape[r.need_at("unit")]]


def _ago(r: Reading) -> Expression | None:
    amount, direction = _amount(r), r.direction()
    return Offset(amount[0] * direction, amount[1]) if amount and direction else None


def _narrative(r: Reading) -> Expression | None:
    amount = _amount(r)
    if amount is None or amount[1] not in ("day", "week"):
        return None
    return Offset(amount[0] * r.need("narrative"), amount[1], told=True)


def _unit_direction(r: Reading) -> Expression | None:
    at = r.need_at("unit")
    if r.atoms.shape[at] == "V" and not _is_small(r, at):
        return None
    return Offset(r.direction() or 0, _UNITS[r.atoms.shape[at]])


def _unit_now(r: Reading) -> Expression | None:
    return Offset(0, _UNITS[r.atoms.shape[r.need_at("unit")]])
