"""The clause beside a source: before it, behind it, or on both sides of it; and where a reported clause ends."""

from __future__ import annotations

from beritaextract.components.complements import Complements
from beritaextract.components.cues import Cue, Cues
from beritaextract.components.discourse import Discourse, Found
from beritaextract.components.sources import Sources
from beritaextract.components.stretches import Stretch

_EDGE = frozenset((".", ",", ";", ":", "!", "-", "–", "—", "...", "…", "*"))


class SourceClauses:
    """Finds what was said beside "Menurut Budi", "kata Budi", "disampaikannya", and steps over what belongs to the source."""

    def __init__(self, cues: Cues, complements: Complements) -> None:
        self._cues = cues
        self._complements = complements
        self._stop = cues.role("stop")
        self._adverb = cues.role("adverb")
        self._relative = cues.role("relative")
        self._that = cues.role("that")
        self._describing = cues.role("describing")

    def beside(self, talk: Discourse, cue: Cue, sources: Sources, stretch: Stretch, k: int, by: str) -> Found | None:
        """The longer side of a source that stands before, inside or behind its clause."""
        first, last = stretch
        source_end = self._past_adverbs(talk, k + 1, last) if cue.carrier else sources.named_whole(k + 1, last)
        start = self.past_source(talk, sources, source_end, last)
        right = (start, trimmed(talk, start, last))
        left = (first, trimmed(talk, first, k))
        sides = [s for s in (right, left) if s[1] > s[0]]
        if not sides:
            return None
        if k > first and talk.lower[k - 1] in self._relative:
            side = right
        else:
            side = max(sides, key=lambda s: talk.end[s[1] - 1] - talk.start[s[0]])
        if sum(talk.is_word(i) for i in range(*side)) < 3:
            return None
        return reported(talk, *side, k, 0.9, by)

    def _past_adverbs(self, talk: Discourse, i: int, end: int) -> int:
        """Behind "juga," in "Disampaikannya juga, …"."""
        j = i
        while j < end and talk.lower[j] in self._adverb:
            j += 1
        return j if j < end and talk.text[j] == "," else i

    def past_source(self, talk: Discourse, sources: Sources, i: int, end: int) -> int:
        """First word of the clause behind a source and what belongs to it: place, day, occasion."""
        if i < end and talk.lower[i] in self._stop:
            comma = next(
                (j for j in range(i, min(end, i + 20)) if talk.text[j] == "," or talk.lower[j] in self._that), None
            )
            i = comma if comma is not None else i
        elif i < end and talk.text[i] == "(":
            i = next((j + 1 for j in range(i, min(end, i + 15)) if talk.text[j] == ")"), i)
        if i < end and talk.text[i] == ",":
            i = self._complements.past_place_and_day(talk, sources, i, end)
            i = self._past_description(talk, i, end)
        while i < end and ((not talk.is_word(i) and talk.text[i] not in "(\"“”'‘") or talk.lower[i] in self._that):
            i += 1
        return i

    def _past_description(self, talk: Discourse, i: int, end: int) -> int:
        """The comma behind what describes a source between commas: "Menurut Budi (40), |seorang warga|, jalan itu …"."""
        if i + 1 >= end or talk.small(i + 1) not in self._describing:
            return i
        comma = next((j for j in range(i + 2, min(end, i + 12)) if talk.text[j] == ","), i)
        told = any(self._cues.is_predicate(talk.small(j)) for j in range(i + 2, comma))  # "|warga harus waspada|, …"
        return i if told else comma


def reported(talk: Discourse, start: int, end: int, k: int, confidence: float, by: str) -> Found:
    """The words as a quote told by the cue at ``k``: mixed where a passage in marks stands in them."""
    mixed = any(n >= 0 and talk.passages[n].whole for n in set(talk.inside[start:end]))
    return Found(start, end, "mixed" if mixed else "indirect", k, None, confidence, by)


def trimmed(talk: Discourse, start: int, end: int) -> int:
    """``end`` without the punctuation that closes the sentence."""
    while end > start and talk.text[end - 1] in _EDGE:
        end -= 1
    return end
