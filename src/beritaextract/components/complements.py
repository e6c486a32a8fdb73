"""Where the complement of a reporting verb begins, and whether it is something that can have been said."""

from __future__ import annotations

from beritaextract.components.cues import Cue, Cues
from beritaextract.components.discourse import Discourse
from beritaextract.components.mentions import Range
from beritaextract.components.sources import Sources


class Complements:
    """The words behind an active verb: "bahwa", listeners and places that are no part of what was said; empty objects."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues
        self._adverb = cues.role("adverb")
        self._agent = cues.role("agent")
        self._anaphor = cues.role("anaphor")
        self._aim = cues.role("aim")
        self._blocker = cues.role("blocker")
        self._negation = cues.role("negation")
        self._manner = cues.role("manner")
        self._denial = cues.role("denial")
        self._told_how = cues.role("how")
        self._deictic = cues.role("deictic")
        self._empty = cues.role("empty")
        self._listener = cues.role("listener")
        self._occasion = cues.role("occasion")
        self._opener = cues.role("opener")
        self._relative = cues.role("relative")
        self._that = cues.role("that")
        self._joiner = cues.role("joiner")
        self._within = cues.role("within")
        self._vague = cues.role("vague")
        self._aside = (self._listener | cues.role("stop")) - self._opener

    def blocked(self, talk: Discourse, cue: Cue, stretch: Range, k: int) -> bool:
        """Was nothing said: "untuk meminta", "akan menjelaskan", "tidak menyebut", but not "tidak membantah"?"""
        i = k - 1
        while i >= stretch[0] and talk.lower[i] in self._adverb:
            i -= 1
        if i - 1 > stretch[0] and talk.lower[i - 1] in self._manner:
            i -= 2  # "tidak |secara spesifik| menyebut"
        if i < stretch[0] or talk.lower[i] not in self._blocker:
            return False
        return not (talk.lower[i] in self._negation and cue.row.base in self._denial)

    def points_back(self, talk: Discourse, i: int, end: int) -> bool:
        """Does the object stand for what was said before: "menyampaikan |hal itu| saat …", but not "|hal itu| sudah selesai"?"""
        i += i < end and talk.lower[i] in self._anaphor and talk.lower[i] not in self._deictic
        if i >= end or talk.lower[i] not in self._deictic:
            return False
        return i + 1 >= end or talk.text[i + 1] in ",." or talk.lower[i + 1] in self._occasion

    def start(self, talk: Discourse, cue: Cue, sources: Sources, stretch: Range, k: int) -> tuple[int, bool]:
        """First word of the complement, and whether a comma or "bahwa" opens it."""
        i, end = k + 1, stretch[1]
        while i < end and talk.lower[i] in self._told_how:
            i += 1
        j = i
        while j < end and talk.lower[j] in self._adverb:
            j += 1
        if j < end and (talk.text[j] in ",:" or talk.lower[j] in self._opener):
            i = j
        elif i < end and talk.lower[i] in self._aside:
            i = self._past_listener(talk, cue, sources, i, end)
        elif cue.row.frame == "that" or (i < end and self._announces(talk.lower[i])):
            that = next((j for j in range(i, min(end, i + 20)) if talk.lower[j] in self._that), i)
            i = that if cue.row.frame == "that" or not self._is_clause(talk, i, that) else i
        opened = False
        while i < end and (talk.text[i] in (",", ":", "-") or self._opens(talk, cue, i)):
            opened = True
            i += 1
        return i, opened

    def _announces(self, word: str) -> bool:
        """Is the object only a word for what follows: "menyampaikan |arahannya|, bahwa …"?"""
        return word in self._vague or word.removesuffix("nya") in self._vague

    def _opens(self, talk: Discourse, cue: Cue, i: int) -> bool:
        """ "bahwa", "agar" …; "untuk" only where something is asked: "mengatakan, untuk tahun ini …" is content."""
        return talk.lower[i] in self._opener and (cue.row.kind == "request" or talk.lower[i] not in self._aim)

    def _past_listener(self, talk: Discourse, cue: Cue, sources: Sources, i: int, end: int) -> int:
        """Behind "kepada wartawan", "dalam sambutannya, Rabu (2/7),": at "bahwa", or else at the comma."""
        asked = cue.row.kind == "request" and talk.lower[i] in self._listener
        for j in range(i, min(end, i + 25)):
            if talk.lower[j] in self._that or (asked and talk.lower[j] in self._opener and cue.row.frame != "person"):
                return j
        if cue.row.frame == "person":
            return i
        for j in range(i, min(end, i + 15)):
            if talk.text[j] == ",":
                told = talk.lower[i] in self._listener or any(talk.text[w] == "(" for w in range(i, j))
                return self.past_place_and_day(talk, sources, j, end) if told else i
        return i

    def _is_place_or_day(self, talk: Discourse, sources: Sources, start: int, end: int) -> bool:
        """ "Jawa Timur", "Senin", "Rabu (2/7)", but no subject: "Wali Kota Padang", "Budi Santoso"."""
        if start >= end or talk.lower[start] in self._agent or sources.person_at(start) is not None:
            return False
        return all(not talk.is_word(w) or not talk.text[w][0].islower() for w in range(start, end))

    def past_place_and_day(self, talk: Discourse, sources: Sources, comma: int, end: int) -> int:
        """Behind short chunks without a verb that follow a source: ", Jawa Timur, Senin, …" · ", Rabu (2/7), …" """
        i = comma
        while i < end and talk.text[i] == ",":
            j = i + 1
            while j < end and talk.text[j] != "," and j - i <= 8:
                j += 1
            if j < end and talk.text[j] == "," and self._is_place_or_day(talk, sources, i + 1, j):
                i = j
            else:
                return i
        return i

    def is_content(self, talk: Discourse, cue: Cue, start: int, end: int, opened: bool) -> bool:
        """Can these words be what was said rather than the object of an act ("menyampaikan terima kasih")?"""
        n = sum(talk.is_word(i) for i in range(start, end))
        opener = opened and talk.lower[start - 1] in self._opener
        if n < 2 or (talk.lower[start] in self._empty and not opener):
            return False
        frame = cue.row.frame
        if frame == "person" and not opened and self._asks_for_words(talk, start):
            return False
        if frame in ("mark", "that"):
            return n > 2 and (opener or (opened and frame == "that"))
        bound = self._relative
        if frame == "report":
            bound = self._relative | self._aside
        elif frame == "person" and talk.lower[start] in self._vague:
            bound = self._relative | self._listener
        relative = next((i for i in range(start, end) if talk.lower[i] in bound), end)
        clause = self._is_clause(talk, start, relative)
        if frame == "report":
            return opener or opened or clause
        if talk.lower[start].removesuffix("nya") in self._empty and not opened:
            return clause  # "mengungkapkan |dukanya| atas …", but "mengatakan |dirinya| tidak …"
        if talk.lower[start] in self._vague and not opened:
            return clause and not (n < 5 and talk.lower[end - 1] in self._deictic)
        clause = clause or self._is_clause(talk, relative, end)
        if frame == "person":
            return clause and n > 2
        return opened or clause or n > (2 if frame == "noun" else 6)

    def _asks_for_words(self, talk: Discourse, start: int) -> bool:
        """ "meminta |keterangan| para saksi", but "meminta |pernyataan| itu dicabut"."""
        return talk.lower[start] in self._anaphor and talk.lower[start + 1] not in self._deictic

    def _is_clause(self, talk: Discourse, start: int, end: int) -> bool:
        """Is there a verb, or a word that points with something behind it: "kota itu seperti rumah"?"""
        pointed = any(talk.lower[i] in self._deictic and self._predicates(talk, i + 1) for i in range(start, end - 1))
        return pointed or any(self._cues.is_predicate(talk.lower[i]) for i in range(start, end))

    def _predicates(self, talk: Discourse, i: int) -> bool:
        """Can the word behind a pointing one tell something: "kota itu |seperti| rumah", but not "hal itu |dan| …"?"""
        return talk.is_word(i) and talk.lower[i] not in self._joiner and talk.lower[i] not in self._within
