"""Direct quotes: which passages between marks report speech or writing, and where they begin and end.

Not every passage is one: “mudik” (a term), “Si Kancil” (a nickname or title), “Hidup Sehat” (a slogan). What decides is a
reporting word beside it, then case, length, punctuation and whether it is a sentence of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from beritaextract.components.cues import Cue, Cues
from beritaextract.components.discourse import Discourse, Found, Passage

_FINAL = frozenset((".", ",", "?", "!", "…", "...", "..", ";"))
_STOPS = frozenset((".", "?", "!"))
_SKIP = frozenset((",", ".", "-", "–", "—", ")", "]", "*", "..", "..."))
_MARKS = frozenset("'‘’`\"“”„«»")
_GLUED = re.compile(r"([a-z]{4,8})[A-Z]")
_REACH = 14  # words between a passage and a reporting word that follows its subject: “…,” Budi Santosa menambahkan
_LONG = 150  # words: a passage that nothing closes is not believed further


class DirectFinder:
    """Decides for every passage between marks whether it is a direct quote."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues
        self._pronoun = cues.role("pronoun")
        self._link = cues.role("link")
        self._relative = cues.role("relative")

    def find(self, talk: Discourse, cues: Mapping[int, Cue]) -> list[Found]:
        """Direct quotes in text order."""
        found: list[Found] = []
        for passage in talk.passages:
            last = found[-1] if found else None
            quote = (
                self._unopened(talk, cues, passage, last)
                if passage.lone
                else self._closed(talk, cues, passage, last)
                if passage.whole
                else self._unclosed(talk, cues, passage)
            )
            if quote is not None:
                found.append(quote)
        return found

    def _closed(self, talk: Discourse, cues: Mapping[int, Cue], p: Passage, last: Found | None) -> Found | None:
        n = sum(talk.is_word(i) for i in range(p.first, p.last))
        if not n:
            return None
        upper = _begins_upper(talk, p)
        final = talk.text[p.last - 1] in _FINAL
        opens = _opens_sentence(talk, p)
        after = self._after(talk, cues, p.end, final)
        if after is not None and (opens or (upper and (final or n > 4))):
            sure = 0.85 if after not in cues else 0.99 if final or n > 3 else 0.9
            return Found(p.first, p.last, "direct", after, None, sure, "quotes.cue_after")
        link = self._continues(talk, p, last)
        if link is not None and (final or n > 3):
            return Found(p.first, p.last, "direct", link.cue, link.start, 0.97, "quotes.continued")
        before = self._before(talk, cues, p.start)
        pointed = talk.text[p.start - 1] in (":", ";", ",") and (n > 2 or final)
        if before is not None and (pointed or (upper and (final or n > 5))):
            return Found(p.first, p.last, "direct", before, None, 0.93, "quotes.cue_before")
        if upper and opens and n > 4 and (final or _ends_sentence(talk, p.end)):
            return Found(p.first, p.last, "direct", None, None, 0.85 if final and n > 6 else 0.6, "quotes.uncued")
        if upper and opens and n > 2 and talk.text[p.last - 1] in _STOPS and self._follows(talk, p, last):
            return Found(p.first, p.last, "direct", None, None, 0.8, "quotes.uncued")
        stopped = talk.text[p.last - 1] in (_STOPS if talk.text[p.start - 1] == "," else _FINAL)
        if upper and n > 7 and stopped and talk.text[p.start - 1] in ":;,":
            return Found(p.first, p.last, "direct", None, None, 0.7, "quotes.uncued")
        return None

    def _unclosed(self, talk: Discourse, cues: Mapping[int, Cue], p: Passage) -> Found | None:
        """“Kami siap, kata Budi: the writer forgot the closing mark; the quote ends before the reporting word."""
        for i in range(p.first + 1, min(p.end, p.first + _LONG)):
            cue = cues.get(i)
            if cue is None or cue.voice not in ("root", "both") or talk.lower[i - 1] in self._link:
                continue
            stopped = talk.text[i - 1] in _FINAL or talk.text[i - 1] in _MARKS
            carried = cue.carrier or (
                i + 1 < len(talk) and (talk.lower[i + 1] in self._pronoun or talk.is_upper(i + 1))
            )
            if carried and (stopped or (cue.carrier and cue.row.kind == "speech")):
                lost = talk.text[i - 1] == "?" and talk.text[i - 2] in ",."  # a curly mark that became "?"
                end = i - 1 if lost or talk.text[i - 1] in _MARKS else i
                return Found(p.first, end, "direct", i, None, 0.9, "quotes.unclosed") if end > p.first else None
        n = sum(talk.is_word(i) for i in range(p.first, p.end))
        if _begins_upper(talk, p) and _opens_sentence(talk, p) and 4 < n < _LONG:
            return Found(p.first, p.end, "direct", None, None, 0.7, "quotes.unclosed")
        return None

    def _unopened(self, talk: Discourse, cues: Mapping[int, Cue], p: Passage, last: Found | None) -> Found | None:
        """Kami siap,” kata Budi: the writer forgot the opening mark; the quote begins with its sentence."""
        if not p.start or talk.segment[p.start - 1] != talk.segment[p.start]:
            return None
        start = talk.sentences[talk.sentence[p.start - 1]][0]
        after = self._after(talk, cues, p.end, True)
        if after is None or p.start - start < 4 or (last is not None and last.end > start):
            return None
        return Found(start, p.start, "direct", after, None, 0.85, "quotes.unopened")

    def _after(self, talk: Discourse, cues: Mapping[int, Cue], i: int, final: bool) -> int | None:
        """The reporting word behind a passage: “…,” kata X · “…,” demikian ujar X · “…,” ujarnya · “…,” X menambahkan."""
        end = min(len(talk), i + _REACH)
        j = i
        while j < min(end, i + 2) and talk.text[j] in _SKIP and _same_line(talk, i, j):
            j += 1
        if j < end and talk.lower[j] in self._link and j + 1 < end and _is_said(cues.get(j + 1)):
            j += 1
        if (
            j < end
            and _is_said(cues.get(j))
            and _same_line(talk, i, j)
            and (j + 1 >= end or talk.inside[j + 1] < 0 or cues[j].carrier)
        ):
            return j
        if final and j < end and self._stands_for_cue(talk, i, j):
            return j
        if not final or i >= end or not (talk.is_upper(i) or talk.lower[i] in self._pronoun):
            return None
        sentence = talk.sentence[i - 1]
        for k in range(i, end):
            if talk.sentence[k] != sentence or talk.inside[k] >= 0 or talk.text[k] in _SKIP:
                return None
            cue = cues.get(k)
            if cue is not None and cue.voice in ("active", "both"):
                return (
                    k
                    if k > i and (k + 1 >= len(talk) or not talk.is_word(k + 1) or talk.lower[k + 1] in self._stop)
                    else None
                )
        return None

    def _stands_for_cue(self, talk: Discourse, i: int, j: int) -> bool:
        """Behind a comma and a closing mark (before ``i``) any word reports: “…,” ejek Budi · “…,” kaya dia · “…,” kataBudi."""
        comma = i > 1 and "," in talk.text[i - 2 : i]
        word = talk.text[j]
        if not comma or talk.is_upper(j) or not word[0].isalpha() or talk.lower[j] in self._stop:
            return False
        glued = _GLUED.match(word)
        if glued is not None:
            return _is_said(self._cues.find(glued.group(1)))
        if word.endswith("nya") and word.isalpha():
            return j + 1 >= len(talk) or not talk.is_word(j + 1)
        named = j + 1 < len(talk) and (
            talk.lower[j + 1] in self._pronoun or (talk.is_upper(j + 1) and talk.is_word(j + 1))
        )
        return word.isalpha() and named and len(word) > 3

    @property
    def _stop(self) -> frozenset[str]:
        return self._cues.role("stop")

    def _before(self, talk: Discourse, cues: Mapping[int, Cue], i: int) -> int | None:
        """The reporting word before a passage: X mengatakan, “… · X menulis: “… · menurut X, “…"""
        j = i - 1
        if j < 0 or talk.segment[j] != talk.segment[i]:
            return None
        first = talk.sentences[talk.sentence[i]][0]
        if j < first:
            first = talk.sentences[talk.sentence[j]][0] if talk.text[j] == ":" else i
        pointed = talk.text[j] in ":;,"
        reach = {":": 30, ";": 30, ",": 12}.get(talk.text[j], 1)
        if pointed:
            j -= 1
        for k in range(j, max(first, j - reach) - 1, -1):
            if talk.inside[k] >= 0 or talk.text[k] in ".?!":
                return None
            if talk.text[k] == "," and reach < 30:
                return None
            if k in cues and cues[k].voice != "object":
                return None if _is_attribute(talk, cues[k], k, self._relative, self._link) else k
        return None

    @staticmethod
    def _follows(talk: Discourse, p: Passage, last: Found | None) -> bool:
        """Is the passage a sentence right behind one that was said: “…,” kata Budi. “Hasilnya sedikit.”"""
        if last is None or last.cue is None or talk.segment[last.start] != talk.segment[p.start]:
            return False
        return last.end <= p.start and talk.sentence[p.start] - talk.sentence[max(last.cue, last.end - 1)] <= 1

    def _continues(self, talk: Discourse, p: Passage, last: Found | None) -> Found | None:
        """The quote that a second stretch continues: “…,” kata X, “…”"""
        if last is None or last.cue is None or not last.end <= last.cue < p.start or p.start - last.cue > 40:
            return None
        same = talk.sentence[last.cue] == talk.sentence[p.start]
        return last if same and talk.text[p.start - 1] in (",", ":", ";") else None


def _is_attribute(talk: Discourse, cue: Cue, k: int, relative: frozenset[str], link: frozenset[str]) -> bool:
    """ "lagu yang ditulis Budi": no quote, but "seperti yang ditulis Budi" is."""
    if cue.voice != "passive" or k < 2 or talk.lower[k - 1] not in relative:
        return False
    return talk.lower[k - 2] not in link


def _is_said(cue: Cue | None) -> bool:
    return cue is not None and cue.voice in ("root", "both", "passive")


def _same_line(talk: Discourse, i: int, j: int) -> bool:
    """Are words ``i - 1`` and ``j`` of one paragraph, if a line break in mid-sentence is none?"""
    return i == 0 or talk.segment[i - 1] == talk.segment[j] or not talk.is_upper(j)


def _begins_upper(talk: Discourse, p: Passage) -> bool:
    for i in range(p.first, p.last):
        if talk.is_word(i):
            return talk.is_upper(i) or talk.text[i][0].isdigit()
    return False


def _opens_sentence(talk: Discourse, p: Passage) -> bool:
    """Does the passage stand where a sentence begins (or behind a glued or missing full stop)?"""
    first = talk.sentences[talk.sentence[p.start]][0]
    return all(not talk.is_word(i) for i in range(first, p.start)) or talk.text[p.start - 1] in (".", "?", "!")


def _ends_sentence(talk: Discourse, end: int) -> bool:
    return end >= len(talk) or talk.sentence[end] != talk.sentence[end - 1] or talk.text[end] in ".?!"
