"""Find what is no part of an article by the table ``boilerplate.tsv``: links, placeholders, credits, navigation."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from beritaextract.errors import ResourceError
from beritaextract.headlines import HeadlineReader
from beritaextract.paragraphs import Range


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A row of ``boilerplate.tsv``.

    ``cue`` is text that every occurrence contains, in any case; ``pattern`` the regular expression of the occurrence (the
    cue itself where empty). ``place`` says what is taken:

    ========== =========================================================================================
    anywhere   the match, wherever it stands
    alone      the match, where it stands apart: at the start of a line or behind a sentence, before a
               line end or a new sentence
    line       the whole line that it begins
    rest       from the match to the end of its line where it begins one, to the end of its sentence where it
               follows another
    glued      from the match to the end of its line, even where it touches the word before
    headline   the match and the linked headline behind it, in its line or in the next
    list       the line that it begins, and the lines below it that stand again further down (a table of
               contents)
    ========== =========================================================================================

    In ``example`` the stretch that must be found stands between ⟦ and ⟧; ``\\n`` is a line end.
    """

    cue: str
    pattern: str
    kind: Literal["related", "ad", "credit", "navigation", "caption", "repeat"]
    place: Literal["anywhere", "alone", "line", "rest", "glued", "headline", "list"]
    example: str


class Found(NamedTuple):
    """A stretch of text that a rule claims, with the rule's name."""

    start: int
    end: int
    kind: str
    by: str


_AFTER_SENTENCE = re.compile(r"(?:^|[.!?…:;\"”’»)\]>*•|–—-]|[\n\r\t])[\s\xa0\u200b]*$")
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’)]*(?=\s+[\"“A-ZÀ-Þ])")
_LONGEST_LINE = 400
_WINDOW = 1000
_BEFORE_CUE = 200
_BEHIND_CUE = 400
_CONTENTS_REACH = 50_000


class BoilerplateFinder:
    """The table, compiled."""

    def __init__(self, rows: tuple[Boilerplate, ...], headlines: HeadlineReader) -> None:
        self._rows = [(row, _compile(row)) for row in rows]
        self._headlines = headlines

    def find(self, text: str, lines: list[Range]) -> Iterator[Found]:
        """Everything the table finds, in the order of the table; stretches may overlap."""
        low = text.lower()
        starts = [start for start, _ in lines]
        for row, regex in self._rows:
            if row.cue not in low:
                continue
            matches = list(_matches(row.cue, regex, text, low))
            for following, match in enumerate(matches, 1):
                stop = matches[following].start() if following < len(matches) else len(text)
                begin = match.end() - len(match.group().lstrip())
                line = max(bisect_right(starts, begin) - 1, 0)
                found = self._take(row, match, text, lines, line, stop)
                if found is not None and found[0] < found[1]:
                    yield Found(*found, row.kind, f"segments.{row.cue}")

    def _take(
        self, row: Boilerplate, match: re.Match[str], text: str, lines: list[Range], number: int, stop: int
    ) -> Range | None:
        """What the match takes of the line ``number``; ``stop`` is where the row's next match begins."""
        start, end = match.span()
        line_start, line_end = lines[number]
        line_end = max(line_end, end)
        if row.place == "anywhere":
            return start, end
        apart = (
            start <= line_start
            or bool(_AFTER_SENTENCE.search(text[max(0, start - 8) : start]))
            or _is_label(row, match)
        )
        if row.place == "glued":
            return (start, line_end) if line_end - start <= _LONGEST_LINE else (start, end)
        if not apart:
            return None
        if row.place == "alone":
            return (start, end) if _new_sentence(text, end) else None
        if row.place == "line":
            return (line_start, line_end) if start <= line_start and line_end - line_start <= _LONGEST_LINE else None
        if row.place == "list":
            if start > line_start:
                return None
            return (start, end) if line_end - line_start > 120 else (line_start, _end_of_list(text, lines, number))
        if row.place == "rest":
            return start, _end_of_rest(text, end, line_end, whole_line=start <= line_start)
        return self._with_headline(match, text, lines, number, stop)

    def _with_headline(self, match: re.Match[str], text: str, lines: list[Range], number: int, stop: int) -> Range:
        """The lead with the headline behind it, in its line or in the next."""
        start, end = match.span()
        line_end = min(lines[number][1], stop)
        has_colon = match.group().rstrip()[-1:] in ":：-–»"
        if end < line_end:
            while end < line_end and text[end].isspace():
                end += 1
            if has_colon:
                own_line = start <= lines[number][0]
                return start, self._headlines.end(text, end, line_end, own_line=own_line)
            return start, self._headlines.after_bare_lead(text, end, line_end)
        for following in lines[number + 1 : number + 2]:
            if self._headlines.is_list(text, *following):
                end = following[1]
        return start, end


def _matches(cue: str, regex: re.Pattern[str], text: str, low: str) -> Iterator[re.Match[str]]:
    """The matches of a row, looked for around its cue only, which is many times faster."""
    if len(low) != len(text):  # "İ" is two characters in lower case, so that offsets differ
        yield from regex.finditer(text)
        return
    done, at = 0, low.find(cue)
    while at >= 0:
        line_end = text.find("\n", at + _WINDOW, at + 5 * _WINDOW)
        window_end = line_end if line_end >= 0 else min(len(text), at + _WINDOW)
        match = regex.search(text, max(done, at - _BEFORE_CUE), window_end)
        if match is not None and match.end() > done:
            yield match
            done = match.end()
            at = low.find(cue, done)
        else:
            at = low.find(cue, max(at + 1, window_end - _BEHIND_CUE))


def _is_label(row: Boilerplate, match: re.Match[str]) -> bool:
    """Is the lead written as no sentence writes it: "Baca juga:", "Simak Video", wherever it stands?"""
    words = match.group().split()
    if row.place != "headline" or not words or not words[0][:1].isupper():
        return False
    return match.group().rstrip()[-1:] == ":" or (len(words) > 1 and words[1][:1].isupper())


def _end_of_rest(text: str, end: int, line_end: int, *, whole_line: bool) -> int:
    """Offset behind the line, or behind the sentence that the match begins in the middle of a line."""
    if not whole_line:
        sentence = _SENTENCE_END.search(text, max(end - 1, 0), line_end)
        line_end = sentence.end() if sentence else line_end
    return line_end if line_end - end <= _LONGEST_LINE else end


def _end_of_list(text: str, lines: list[Range], number: int) -> int:
    """Offset behind the last line of a table of contents: its entries are headings of the text."""
    end = lines[number][1]
    for start, stop in lines[number + 1 : number + 31]:
        if stop - start > 120 or text.find(text[start:stop], stop, stop + _CONTENTS_REACH) < 0:
            break
        end = stop
    return end


def _new_sentence(text: str, end: int) -> bool:
    """Does the line end at ``end``, or a new sentence begin there?"""
    i = end
    while i < len(text) and text[i] in " \xa0\t":
        i += 1
    return i >= len(text) or text[i] in "\n\r\"“”‘'[(•â" or text[i].isupper() or text[i].isdigit()


def _compile(row: Boilerplate) -> re.Pattern[str]:
    pattern = row.pattern or re.escape(row.cue).replace(r"\ ", r"\s+")
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as fault:
        raise ResourceError(f"boilerplate.tsv: row {row.cue!r}: column pattern: {fault}") from None
