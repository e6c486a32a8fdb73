"""Choose among the areas that a name can mean, by what the article says of them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from beritaextract.components.toponym_scan import Mention
from beritaextract.gazetteer import Gazetteer, kind_of

_FREE = 5
"""Codes up to this length are provinces, regencies and cities: their names count without a level word."""

_ROUNDING = 1e-9
_MANY = 12
"""Of more areas of a name than these, only those in provinces that the article names are weighed."""
_STEPS = 4
"""Village, district, regency, province: a chain of areas has no more steps."""
_SHORTEST = 4
"""Districts and villages of fewer letters ("As", "Ie") count only with a level word."""


@dataclass(frozen=True, slots=True)
class Weight:
    """A row of ``toponym_weights.tsv``: a feature of a reading and how much it speaks for it."""

    feature: str
    weight: float
    note: str
    example: str


@dataclass(frozen=True, slots=True)
class Context:
    """What the article tells besides its names: the levels of the officials it speaks of, the outlet's home."""

    levels: frozenset[str]
    outlet: tuple[str, ...]


class Evidence:
    """Which provinces, regencies and cities an article names, and which names it gives a level to."""

    def __init__(self) -> None:
        self.provinces: Counter[str] = Counter()
        self.regencies: Counter[str] = Counter()
        self.inner: Counter[str] = Counter()
        self.explicit: dict[str, Counter[str]] = {}
        self.own: Counter[tuple[str, str]] = Counter()
        self.total = 0.0
        self.most = 1.0

    def add(self, mention: Mention, codes: tuple[str, ...], weight: float) -> None:
        """Share ``weight`` among the areas that a mention can mean."""
        provinces = {c[:2] for c in codes}
        for province in provinces:
            self.provinces[province] += weight / len(provinces)  # type: ignore[assignment]
            self.own[mention.key, province] += weight / len(provinces)  # type: ignore[assignment]
        for regency in {c[:5] for c in codes if len(c) >= _FREE}:
            self.regencies[regency] += weight / len(codes)  # type: ignore[assignment]
            self.most = max(self.most, self.regencies[regency])
            if any(len(c) > _FREE for c in codes):
                self.inner[regency] += weight / len(codes)  # type: ignore[assignment]
        self.total += weight
        if mention.kinds:
            self.explicit.setdefault(mention.key, Counter()).update(codes)


class Resolver:
    """Scores the readings of each mention; the weights are a table."""

    def __init__(self, areas: Gazetteer, weights: Iterable[Weight]) -> None:
        self._areas = areas
        self._weights = {row.feature: row.weight for row in weights}
        self._seats = frozenset(areas.seats.values())

    def resolve(self, mentions: list[Mention], context: Context) -> None:
        """Set ``code``, ``kind``, ``score``, ``by`` and ``taken`` of every mention."""
        evidence = Evidence()
        for mention in mentions:
            mention.read_as(self._readings(mention))
            self._note(evidence, mention, mention.codes)
        for mention in mentions:
            mention.likely = _likely(mention)
        _count_lists(mentions)
        wide = [any(len(c) <= _FREE for c in m.codes) for m in mentions]
        for mention in (m for m, is_wide in zip(mentions, wide, strict=True) if is_wide):
            self._choose(mention, mention.codes, evidence, context)
        settled = Evidence()
        for mention in mentions:
            self._note(settled, mention, (mention.code,) if mention.code else mention.codes)
        for mention in (m for m, is_wide in zip(mentions, wide, strict=True) if not is_wide):
            self._choose(mention, mention.codes, settled, context)
        _carry_over(mentions)

    def _readings(self, m: Mention) -> tuple[str, ...]:
        """The areas a mention can mean: those of its marked level, otherwise the widest, unless a wider one follows.

        "Serang" is the city or the regency and not the district in them, but "Curug, Kota Serang" is a district.
        """
        if m.kinds:
            marked = tuple(c for c in m.codes if kind_of(c) in m.kinds)
            if marked or m.governed:
                return marked or m.codes
            if "city" not in m.kinds:
                return ()
        inherited = _inherited(m)
        if inherited:
            return inherited
        free = tuple(c for c in m.codes if len(c) <= _FREE)
        if free and m.linked is not None and not any(_holds(m.linked, c) for c in free):
            inner = tuple(c for c in m.codes if len(c) > _FREE and _holds(m.linked, c, at_least=_FREE))
            return inner or (() if _stands_in(m) else free)
        return free or m.codes

    def _note(self, evidence: Evidence, m: Mention, codes: tuple[str, ...]) -> None:
        """Count what a mention says for its areas: provinces, regencies and cities, and rare names with a level word."""
        free = tuple(c for c in codes if len(c) <= _FREE)
        if free and (not m.stop or m.kinds or (m.cue and m.stop == "cue")):
            evidence.add(m, free, 1.0)
        elif not free and 0 < len(codes) <= 2 and (m.kinds or any(self._parents_next(m, c) for c in codes)):
            evidence.add(m, codes, 0.5)

    def _choose(self, m: Mention, codes: tuple[str, ...], evidence: Evidence, context: Context) -> None:
        if len(codes) > _MANY:
            codes = tuple(c for c in codes if c[:2] in evidence.provinces) or codes[:_MANY]
        ranked = sorted(((self._score(m, c, evidence, context), c) for c in codes), key=lambda x: (-x[0], x[1]))
        m.codes = tuple(c for _, c in ranked)
        m.kind = m.kinds[0] if m.kinds else kind_of(ranked[0][1]) if ranked else ""
        if not ranked:
            m.by = "unknown"
            return
        score, best = ranked[0]
        m.score = score
        m.kind = kind_of(best)
        if not self._may_stand(m, best, score, evidence):
            return
        m.taken = True
        lead = score - ranked[1][0] if len(ranked) > 1 else math.inf
        if lead >= self._weights["margin"] and not _elsewhere(m, best, evidence):
            m.code = best
            m.by = _reason(m, codes)
        else:
            m.by = "ambiguous"

    def _may_stand(self, m: Mention, code: str, score: float, evidence: Evidence) -> bool:
        """Is there reason enough to take the name for an area at all?"""
        if m.cut:
            return False
        if len(code) <= _FREE:
            return score >= self._weights["floor_free"] and (not m.stop or self._stop_met(m, code, evidence))
        if m.glued and m.next is None:
            return False
        if m.kinds:
            return not m.tight or m.governed or m.marker is not None
        if m.tight or m.stop or len(m.key) < _SHORTEST:
            return False
        near, seat = code[:_FREE] in evidence.regencies, code in self._seats and len(m.codes) <= 3
        pointed = m.cue or m.listed is not None or (m.next is not None and _neighbours(m.next, code))
        supported = self._parents_next(m, code) > 0 or m.dateline or (near and (pointed or seat)) or (m.cue and seat)
        return supported and score >= self._weights["floor_bound"]

    def _stop_met(self, m: Mention, code: str, evidence: Evidence) -> bool:
        """Is there what a name that is a common word too needs to count?"""
        if m.kinds or self._parents_next(m, code) or code in evidence.explicit.get(m.key, ()):
            return True
        if m.stop == "cue":
            return m.cue or m.dateline
        return evidence.provinces[code[:2]] > 0

    def _parents_next(self, m: Mention, code: str) -> int:
        """How many of the areas named right behind contain ``code``, as far as they are no list of villages."""
        count, steps, wider = 0, 0, m.linked
        while wider is not None and steps < _STEPS:
            holds = _holds(wider, code)
            if not holds and not wider.kinds:
                break
            count += holds
            steps, wider = steps + 1, wider.linked
        return count

    def _score(self, m: Mention, code: str, evidence: Evidence, context: Context) -> float:
        """Sum of the weights of all that speaks for ``code``."""
        weights = self._weights
        kind = kind_of(code)
        total = weights[kind]
        provinces, regencies = evidence.provinces, evidence.regencies
        if len(code) > _FREE and code[:5] in regencies:
            total += weights["regency_near"] * (1 + regencies[code[:5]] / evidence.most) / 2
        if len(code) > 2 and provinces[code[:2]] > evidence.own[m.key, code[:2]] + _ROUNDING:
            total += weights["province_near"]
        if evidence.total:
            total += weights["province_share"] * provinces[code[:2]] / evidence.total
        if len(code) == _FREE and evidence.inner[code]:
            total += weights["child_near"]
        total += weights["next"] * self._parents_next(m, code)
        if not m.kinds and code in evidence.explicit.get(m.key, ()):
            total += weights["same_name"]
        if kind in ("regency", "city") and kind in context.levels and len(context.levels & {"regency", "city"}) == 1:
            total += weights["level_words"]
        if m.dateline and kind != "province":
            total += weights["dateline_town"]
        if m.inner is not None and any(_holds(m, c) for c in m.inner.codes):
            total += weights["contains"] if any(c.startswith(code + ".") for c in m.inner.codes) else 0
        elif m.listed is not None or m.next is not None:
            total += weights["list"] * _agreeing(m, kind)
        if m.governed and len(m.kinds) > 1 and kind == m.kinds[0]:
            total += weights["governed_first"]
        if code in self._seats and len(code) > _FREE:
            total += weights["seat"]
        population = self._areas.population(code) if len(code) == _FREE else None
        if population:
            total += weights["population"] * math.log10(population / 1e5)
        if any(code.startswith(home) or home.startswith(code) for home in context.outlet):
            total += weights["outlet"]
        return total


def _holds(wider: Mention | None, code: str, at_least: int = 0) -> bool:
    """Can ``wider`` mean an area that contains ``code``, its code ``at_least`` so long?"""
    if wider is None:
        return False
    return any(at_least <= length < len(code) and code[:length] in wider.code_set for length in (2, 5, 8))


def _elsewhere(m: Mention, code: str, evidence: Evidence) -> bool:
    """Is the only village of a name one that the article cannot mean: in another regency than the area right behind?

    Names of villages are many more than the official list has: "Pekon Balak, Kecamatan Wonosobo" is not the Balak of Klaten,
    nor is a village without anything behind it in a province that an article on other provinces never names.
    """
    if len(code) <= len("00.00.00"):
        return False
    if m.linked is not None and any(len(c) < len(code) for c in m.linked.codes):
        inside = any(code.startswith(c[:_FREE]) for c in m.linked.codes)
        if inside or m.linked.kinds:
            return not inside
    others = evidence.total - sum(n for (key, _), n in evidence.own.items() if key == m.key)
    return others > _ROUNDING and evidence.provinces[code[:2]] <= evidence.own[m.key, code[:2]] + _ROUNDING


def _neighbours(m: Mention, code: str) -> bool:
    """Can a mention mean an area in the same regency or city as ``code``?"""
    return any(c[:_FREE] == code[:_FREE] for c in m.codes)


def _inherited(m: Mention) -> tuple[str, ...]:
    """The areas of the level that a list gave its first member: "Kabupaten Malang, Blitar, dan Kediri".

    What contains the member before it is no next member but where that one lies: "Kecamatan Wanasari, Brebes".
    """
    before = m.listed
    if before is None or not before.kinds or before.governed or any(_holds(m, c) for c in before.codes):
        return ()
    inherited = tuple(c for c in m.codes if kind_of(c) in before.kinds)
    if inherited:
        m.kinds = before.kinds
    return inherited


def _stands_in(m: Mention) -> bool:
    """Is the next area the one that the name lies in, no neighbour in a list ("Kuningan, Jakarta Selatan")?"""
    wider = m.linked
    return (
        wider is not None
        and m.comma
        and m.listed is None
        and wider.next is None
        and not wider.marker
        and all(len(c) == _FREE for c in wider.codes)
        and not m.dateline
    )


def _agreeing(m: Mention, kind: str) -> float:
    """How much of the list that a mention stands in is of this level; it tells less between a city and its regency."""
    count, size = m.list_kinds[kind] - (kind in m.likely), m.list_kinds["all"] - bool(m.likely)
    if size <= 0:
        return 0
    return count / size if any(kind_of(c) == "province" for c in m.codes) else count / size / 4


def _count_lists(mentions: list[Mention]) -> None:
    """Give the members of each list the count of its levels."""
    for m in mentions:
        if m.listed is not None:
            m.list_kinds = m.listed.list_kinds
        if m.likely:
            m.list_kinds.update(["all", *m.likely])


def _likely(m: Mention) -> frozenset[str]:
    """The levels a mention can have, for its neighbours in a list; none when a province is only one of them."""
    kinds = frozenset(kind_of(c) for c in m.codes)
    return kinds if len(kinds) == 1 or "province" not in kinds else frozenset()


def _carry_over(mentions: list[Mention]) -> None:
    """Give a bare name the reading that it has elsewhere in the article: an open one any, others the surest of a bare name."""
    settled = [m for m in mentions if m.code and not m.governed]
    known = {m.key: m for m in reversed(settled)}
    surest = {m.key: m for m in sorted(settled, key=lambda m: m.score) if not m.kinds}
    for m in mentions:
        other = known.get(m.key) if m.code is None else None if m.kinds else surest.get(m.key)
        if m.taken and other is not None and other.code != m.code and other.code in m.code_set:
            m.code, m.kind, m.by = other.code, other.kind, "context"


def _reason(m: Mention, codes: tuple[str, ...]) -> str:
    """Why a reading was taken, for ``by``."""
    if m.kinds:
        return "governed" if m.governed else "explicit" if m.marker is not None else "list"
    return "unique" if len(codes) == 1 else "context"
