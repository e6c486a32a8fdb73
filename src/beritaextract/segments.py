"""Which stretches of a text are title, dateline, body, related links, credit …: text in, segments out.

The segments come in order, do not overlap and cover all of the text that is not blank. ``SegmentRules`` is compiled from
the tables once; ``segment`` then reads any text, of any outlet.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import NamedTuple

from beritaextract.boilerplate import Boilerplate, BoilerplateFinder, Found
from beritaextract.datelines import Dateline, DatelineFinder
from beritaextract.headlines import HeadlineReader, SegmentWord
from beritaextract.paragraphs import ParagraphReader, Range, has_link_breaks, is_heading, lines, strip

_WORDS = re.compile(r"\w+")
_MOST_SIGNATURES = 6
_SENTENCE_END = re.compile(r"[.!?…][\"”’')]*$|[\"”]$")
_SIGNATURE = re.compile(
    r"\(\s*(?:[a-zA-Z][a-zA-Z0-9]{1,11})(?:\s?/\s?[a-zA-Z][a-zA-Z0-9]{1,11}){1,3}\s*\)(?=\s*(?:[\[A-Z“\"•]|$|\Z))", re.M
)
_CLOSING_BRACKET = re.compile(r"[(\[]([^()\[\]\n]{0,60})[)\]][\s*.]*\Z")
_BEFORE_SIGNATURE = re.compile(r"(?:[.!?”\"’'…)\]*\n]|\A)[\s\xa0]*\Z")


class Stretch(NamedTuple):
    """A segment: its kind as in ``Record.segments``, where it stands, and the rule that says so."""

    kind: str
    start: int
    end: int
    by: str


class Segmentation(NamedTuple):
    """The segments of a text and what its dateline says."""

    stretches: list[Stretch]
    dateline: Dateline | None


@dataclass(frozen=True, slots=True)
class SegmentRules:
    """The tables, compiled."""

    boilerplate: BoilerplateFinder
    datelines: DatelineFinder
    paragraphs: ParagraphReader

    @classmethod
    def compile(
        cls,
        boilerplate: tuple[Boilerplate, ...],
        words: tuple[SegmentWord, ...],
        outlets: Collection[str],
        dashless: Collection[str] = (),
    ) -> SegmentRules:
        """``outlets`` are names that outlets sign datelines with, ``dashless`` those that sign without a dash too."""
        days = [w.word for w in words if w.role == "day"]
        towns = [w.word for w in words if w.role == "town"]
        hanging = [w.word for w in words if w.role in ("hanging", "small")]
        return cls(
            BoilerplateFinder(boilerplate, HeadlineReader(words)),
            DatelineFinder(outlets, days, towns, dashless),
            ParagraphReader(hanging),
        )


def segment(text: str, rules: SegmentRules, *, title: str | None = None) -> Segmentation:
    """The segments of an article; ``title`` is its headline where it is known apart from the text."""
    all_lines = list(lines(text, 0, len(text)))
    if not all_lines:
        return Segmentation([], None)
    found = list(rules.boilerplate.find(text, all_lines))
    top, dateline = _top(text, all_lines, title, found, rules)
    found.extend(top)
    found.extend(_signatures(text))
    noise = _settle(found)
    noise = _settle([*noise, *_tail(text, noise), *_doubled(text, all_lines, noise)])
    link_breaks = has_link_breaks(text, all_lines)
    return Segmentation(list(_fill(text, noise, rules.paragraphs, link_breaks=link_breaks)), dateline)


def _top(
    text: str, all_lines: list[Range], title: str | None, noise: list[Found], rules: SegmentRules
) -> tuple[list[Found], Dateline | None]:
    """What stands above the report: the headline, also a second time, a standfirst, the dateline."""
    head = list(islice(_clear(text, all_lines[:12], noise), 12))
    opening = rules.datelines.at(text, head[0][0]) if head else None
    headlines = [] if opening else _headlines(text, head, title, single=len(all_lines) == 1)
    found: list[Found] = []
    once = title is not None and len(headlines) == 1
    for number, (start, end) in enumerate(headlines):
        kind = "repeat" if number or once else "title"
        found.append(Found(start, end, kind, "segments.headline"))
    after = headlines[-1][1] if headlines else 0
    rows = [row for start, end in head for row in strip(text, max(start, after), end)]
    report = next((n for n, (at, stop) in enumerate(rows) if stop - at > 120), len(rows))
    for number, (at, stop) in enumerate(rows[: report + 3]):
        dateline = _dateline(text, at, stop, rules) if number <= report else rules.datelines.signed_at(text, at)
        if (
            dateline is None
            and headlines
            and number <= report
            and not any(text[s] in "-–—" for s, _ in rows[number + 1 :])
        ):
            dateline = rules.datelines.orphan(text, at)
        if dateline is not None:
            found.append(Found(dateline.start, dateline.end, "dateline", "segments.dateline"))
            found.extend(_above(text, after, dateline.start, title, len(headlines)))
            return found, dateline
    return found, None


def _clear(text: str, spans: list[Range], noise: list[Found]) -> Iterator[Range]:
    """What is left of the lines without the noise in them."""
    limit = spans[-1][1]
    taken = sorted((f.start, f.end) for f in noise if f.start < limit)
    for start, end in spans:
        for begin, stop in taken:
            if stop > start and begin < end:
                yield from strip(text, start, begin)
                start = max(start, stop)
        yield from strip(text, start, end)


def _dateline(text: str, start: int, end: int, rules: SegmentRules) -> Dateline | None:
    """The dateline at the start of a line, or behind a standfirst that is glued to it."""
    here = rules.datelines.at(text, start)
    if here is not None:
        return here
    stop = min(end, start + 400)
    for match in re.finditer(r"[.!?…][\"”’)]?\s+(?=[A-Z])", text[start:stop]):
        there = rules.datelines.signed_at(text, start + match.end())
        if there is not None:
            return there
    return rules.datelines.glued(text, start, stop)


def _above(text: str, start: int, end: int, title: str | None, headlines: int) -> Iterator[Found]:
    """The lines between headline and dateline: a standfirst taken from the report is a repetition, another is not."""
    for at, stop in strip(text, start, end):
        words = _words(text[at:stop])
        rest = set(_words(text[end : end + 20_000]))
        known = set(_words(title or ""))
        said = sum(w in rest or w in known for w in words) / max(len(words), 1)
        if text[stop - 1 : stop] != "\n" and "\n" not in text[stop:end] and said >= 0.7:
            yield Found(at, stop, "repeat", "segments.standfirst")
        elif stop - at < 160 and headlines:
            yield Found(at, stop, "caption" if text[stop - 1] == "." else "subheading", "segments.standfirst")


def _headlines(text: str, head: list[Range], title: str | None, *, single: bool) -> list[Range]:
    """The lines (or beginnings of a line) at the top that are the headline, in order."""
    found: list[Range] = []
    wanted = _words(title or "")
    for number, (start, end) in enumerate(head[:6]):
        words = _words(text[start : min(end, start + 400)])
        if wanted and _same(words, wanted):
            found.extend(_halves(text, start, end))
        elif wanted and words[: len(wanted)] == wanted and len(wanted) >= 4:
            stop = _behind_words(text, start, end, len(wanted))
            if not text[stop : stop + 3].lstrip()[:1].islower():
                found.append((start, stop))
        elif not wanted and number == 0 and not single and _is_title(text, head, start, end):
            found.extend(_halves(text, start, end))
            wanted = _words(text[slice(*found[0])])
        elif end - start > 200:
            break
    return found


def _halves(text: str, start: int, end: int) -> list[Range]:
    """A headline that stands twice in its line as two."""
    words = _words(text[start:end])
    half = len(words) // 2
    if half >= 3 and len(words) == 2 * half and words[:half] == words[half:]:
        middle = _behind_words(text, start, end, half)
        return [(start, middle), *strip(text, middle, end)]
    return [(start, end)]


def _behind_words(text: str, start: int, end: int, count: int) -> int:
    for number, match in enumerate(_WORDS.finditer(text, start, end), 1):
        if number == count:
            stop = match.end()
            while stop < end and text[stop] in "?!.”\"’')":
                stop += 1
            return stop
    return end


def _is_title(text: str, head: list[Range], start: int, end: int) -> bool:
    """Is the first line of an article whose headline is not known its headline?"""
    if not 15 <= end - start <= 200 or len(head) < 2 or text[end - 1] in '.,;:"”':
        return False
    following = head[1]
    if text[following[0]].islower() or text[following[0]] in ",.;:)":
        return False
    words = [w for w in text[start:end].split() if w[:1].isalpha()]
    return len(words) >= 3 and sum(w[:1].isupper() for w in words) >= 0.6 * len(words)


def _same(words: list[str], wanted: list[str]) -> bool:
    """The same headline, also when the outlet changed a word or it stands twice in the line."""
    if words == wanted or words == wanted * 2:
        return True
    if not 0.7 <= len(words) / len(wanted) <= 1.4 or len(wanted) < 4:
        return False
    common = len(set(words) & set(wanted))
    return common >= 0.8 * max(len(set(words)), len(set(wanted)))


def _words(text: str) -> list[str]:
    return [w.lower() for w in _WORDS.findall(text)]


def _signatures(text: str) -> Iterator[Found]:
    """Initials of the editors, "(dtc/fay)", where a paragraph ends."""
    for match in _SIGNATURE.finditer(text):
        if _BEFORE_SIGNATURE.search(text[max(0, match.start() - 6) : match.start()]):
            yield Found(*match.span(), "credit", "segments.initials")


def _tail(text: str, noise: list[Found]) -> list[Found]:
    """A signature that closes the article, "(red)", "(*)", "(MC KOMINFO)", and the tags below it."""
    found: list[Found] = []
    end = len(text)
    floor = int(len(text) * 0.5)
    spans = sorted(noise, key=lambda f: f.start)
    while end > floor and len(found) < _MOST_SIGNATURES:
        while end > floor and text[end - 1].isspace():
            end -= 1
        if spans and spans[-1].end >= end:
            end = min(end, spans.pop().start)
            continue
        bracket = _CLOSING_BRACKET.search(text, max(floor, end - 80), end)
        if bracket is None or not _is_signature(text, bracket):
            break
        found.append(Found(bracket.start(), end, "credit", "segments.signature"))
        end = bracket.start()
    return [*found, *_tags(text, [*noise, *found])]


def _doubled(text: str, all_lines: list[Range], noise: list[Found]) -> Iterator[Found]:
    """A link that stands in two lines one below the other, picture and headline, where nothing but noise follows."""
    begins = {f.start for f in noise}
    for (start, end), (again, stop) in pairwise(all_lines):
        same = 20 <= end - start <= 150 and end - start == stop - again and text.startswith(text[start:end], again)
        if same and start > len(text) // 2 and text[end - 1] not in '."”' and begins & {*range(stop, stop + 4)}:
            yield Found(start, stop, "related", "segments.doubled")


def _is_signature(text: str, bracket: re.Match[str]) -> bool:
    inner = bracket.group(1)
    if not _BEFORE_SIGNATURE.search(text[max(0, bracket.start() - 6) : bracket.start()]):
        return False
    return not any(c.isdigit() for c in inner) and len(inner.split()) <= 6 and not _SENTENCE_END.search(inner)


def _tags(text: str, noise: list[Found]) -> list[Found]:
    """The tags, without a full stop, that follow the last signature: "(rdh/eva)⏎satpol pp bogor⏎bogor"."""
    credits = [f for f in noise if f.kind == "credit" and f.end > len(text) * 0.5]
    if not credits:
        return []
    last = max(credits, key=lambda f: f.end)
    rest = list(lines(text, last.end, len(text)))
    if not rest or len(text) - last.end > 1500:
        return []
    if any(end - start > (70 if len(rest) > 1 else 300) or text[end - 1] in '.?!"”' for start, end in rest):
        return []
    return [Found(start, end, "navigation", "segments.tags") for start, end in rest]


def _settle(found: list[Found]) -> list[Found]:
    """Sorted and free of overlaps: a stretch ends where the next one begins."""
    settled: list[Found] = []
    for item in sorted(found, key=lambda f: (f.start, -f.end)):
        if settled and item.start < settled[-1].end:
            last = settled[-1]
            if item.end <= last.end and item.kind == last.kind:
                continue
            if item.start == last.start or last.kind in ("title", "repeat", "dateline"):
                item = item._replace(start=last.end)
            else:
                settled[-1] = last._replace(end=item.start)
                if last.end > item.end:
                    item = item._replace(end=last.end, kind=item.kind)
        if item.start < item.end:
            settled.append(item)
    return settled


def _fill(text: str, noise: list[Found], reader: ParagraphReader, *, link_breaks: bool) -> Iterator[Stretch]:
    """The stretches in order, with the paragraphs between them as body and subheadings."""
    at = 0
    for item in [*noise, Found(len(text), len(text), "", "")]:
        spans = list(reader.read(text, at, item.start, link_breaks=link_breaks)) if at < item.start else []
        for number, (start, end) in enumerate(spans):
            following = spans[number + 1] if number + 1 < len(spans) else None
            kind = "subheading" if following and _is_subheading(text, (start, end), following) else "body"
            yield Stretch(kind, start, end, "segments.paragraph")
        for start, end in strip(text, item.start, item.end):
            yield Stretch(item.kind, start, end, item.by)
        at = max(at, item.end)


def _is_subheading(text: str, here: Range, following: Range) -> bool:
    return is_heading(text, *here) and following[1] - following[0] > 80
