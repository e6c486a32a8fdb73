"""From expressions to values: what the article's own dates tell of the day of writing, then one value after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from beritaextract.dates.context import Context
from beritaextract.dates.expressions import AtClock, Day, Expression, Month, Span
from beritaextract.dates.finder import Mention
from beritaextract.dates.values import Value, make_day

_LIST = 80  # characters between two dates of one list


@dataclass(frozen=True, slots=True)
class Resolved:
    """A mention with its value, and the day named last before it."""

    mention: Mention
    value: Value
    told: date | None


@dataclass(frozen=True, slots=True)
class Reference:
    """What the text itself says of its day of writing: ``day`` when it says so for sure enough, ``certain`` for the record."""

    day: date | None
    certain: bool


def resolve(mentions: Sequence[Mention], context: Context) -> list[Resolved]:
    """The mentions that the context fixes, with their values."""
    done: list[Resolved] = []
    for mention in mentions:
        told = context.told
        context.coming = _coming(done[-1], mention, context.anchor) if done else None
        value = mention.expression.resolve(context)
        if value is not None:
            done.append(Resolved(mention, value, told))
            context.note(value)
    return done


def _coming(last: Resolved, mention: Mention, anchor: date | None) -> date | None:
    """The day of the mention before, if it is near and still to come."""
    near = mention.start - last.mention.end <= _LIST
    return last.value.last if near and anchor is not None and last.value.first > anchor else None


def make_context(
    mentions: Sequence[Mention], anchor: date | None, years: set[int], dateline: date | None
) -> tuple[Context, Reference]:
    """The context of an article: ``anchor`` if the caller knows the day, else the dateline's, else the text's own."""
    full = [d for m in mentions for d in _days(m.expression) if d.year is not None]
    reference = _reference(mentions, dateline)
    written = [(d.month, d.day, d.year) for d in full if d.year is not None]
    context = Context(anchor=anchor or reference.day, years=frozenset(y for y in years if 1900 <= y <= 2100))
    context.days = {(month, day): year for month, day, year in written}
    months = [(m.month, m.year) for mention in mentions for m in _months(mention.expression) if m.year is not None]
    context.months = {month: year for month, year in [*((m, y) for m, _, y in written), *months] if year is not None}
    if context.anchor is None:
        context.near = _near(full, context.years)
    return context, reference


def _near(full: list[Day], years: frozenset[int]) -> date | None:
    """The latest full date, unless the text writes years well behind it: then it tells of old times ("lahir 3 Mei 1994")."""
    latest = max((at for d in full if (at := _written(d)) is not None), default=None)
    return latest if latest is not None and latest.year >= max(years, default=0) - 1 else None


def _reference(mentions: Sequence[Mention], dateline: date | None) -> Reference:
    """The day of writing: the page's stamp, the dateline's date, else dates with weekday and year, as news tell their day.

    Of several those that stand as reports give their day ("…, kata dia, Kamis (20/6/2024)."), of these the one told most
    often, then the latest; none that is said to come ("Minggu (23/6/2024) mendatang"). It is certain when there is but one,
    its weekday is right and it stands so.
    """
    stamp = next(
        (at for m in mentions if m.stamp for d in _days(m.expression) if (at := _written(d)) is not None), None
    )
    if stamp is not None or dateline is not None:
        return Reference(stamp or dateline, certain=True)
    told = [
        (m, d, at)
        for m in mentions
        for d in _days(m.expression)
        if (at := _written(d)) is not None and d.weekday is not None and d.direction != 1
    ]
    right = [(m, at) for m, d, at in told if at.isoweekday() == d.weekday]
    days = [at for m, at in right if m.after_comma] or [at for _, at in right] or [at for _, _, at in told]
    if not days:
        return Reference(None, certain=False)
    counts = Counter(days)
    certain = len(counts) == 1 and any(m.after_comma for m, _ in right)
    return Reference(max(days, key=lambda at: (counts[at], at)), certain)


def _written(day: Day) -> date | None:
    return None if day.year is None else make_day(day.year, day.month, day.day)


def _days(expression: Expression) -> list[Day]:
    if isinstance(expression, Day):
        return [expression]
    if isinstance(expression, AtClock):
        return _days(expression.day)
    if isinstance(expression, Span):
        end = _days(expression.end)
        return [
            d
            for start in _days(expression.start)
            for other in end or [start]
            if isinstance(d := start.borrowing(other, before=True), Day)
        ] + end
    return []


def _months(expression: Expression) -> list[Month]:
    if isinstance(expression, Month):
        return [expression]
    if isinstance(expression, Span) and isinstance(expression.end, Month):
        start = expression.start.borrowing(expression.end, before=True)
        return [m for m in (start, expression.end) if isinstance(m, Month)]
    return []
