"""What stands between a subject and its verb and is no part of the subject: days, areas, manner, occasions, examples."""

from __future__ import annotations

from beritaextract.components.cues import Cues
from beritaextract.components.discourse import Discourse
from beritaextract.layers import ranges

_CLAUSE = 25  # words that a clause between commas may have
_OCCASION = 4  # words of "dalam keterangan tertulisnya"
_ASIDES = 4  # asides that may stand in a row


class Asides:
    """Steps over asides: "Polres Serang|, Banten, Jumat (20/6), secara tegas| menyatakan", "|Selasa kemarin| Polres Serang …"."""

    def __init__(self, talk: Discourse, cues: Cues) -> None:
        self._talk = talk
        self._manner = cues.role("manner")
        self._during = cues.role("during")
        self._connective = cues.role("connective")
        self._deictic = cues.role("deictic")
        self._skipped = cues.role("adverb") | cues.role("joiner") | cues.role("relative") | cues.role("negation")
        self._clause = cues.role("relative") | cues.role("including")
        self._day_end, self._day_start = self._ranges("dates")
        self._area_start = self._ranges("toponyms")[1]

    def _ranges(self, layer: str) -> tuple[dict[int, int], dict[int, int]]:
        """For the first word of every span of a layer the one behind it, and for its last word the first."""
        talk = self._talk
        ends: dict[int, int] = {}
        starts: dict[int, int] = {}
        for start, end, _ in ranges(talk.doc, layer):
            a, b = talk.word_of[start], talk.word_of[end]
            last = next((i for i in range(b - 1, a - 1, -1) if talk.is_word(i)), None)
            if last is not None:
                ends[a], starts[last] = b, a
        return ends, starts

    def before(self, first: int, k: int) -> int:
        """Last word of the subject before the verb at ``k``, all asides skipped; before ``first`` where there is none."""
        i = self._word_before(first, k)
        for _ in range(_ASIDES):
            j = self._past(first, i, k)
            if j == i:
                break
            i = j
        return i

    def _word_before(self, first: int, i: int) -> int:
        """Last word before word ``i`` that is no adverb, no "yang", "dan" or "tidak"."""
        talk = self._talk
        i -= 1
        while i >= first and (
            not talk.is_word(i) or (talk.lower[i] in self._skipped and i not in self._day_start)  # "pekan |lalu|"
        ):
            i -= 1
        return i

    def _past(self, first: int, i: int, k: int) -> int:
        """Last word before the one aside that ends with word ``i``; ``i`` where none does."""
        talk = self._talk
        if i <= first:
            return i
        manner = i if talk.lower[i] in self._manner else i - 1  # "secara tegas", whose "tegas" may be an adverb
        if talk.lower[manner] in self._manner:
            return self._word_before(first, manner)
        day = self._day_start.get(i)
        if day is not None:
            before = self._word_before(first, day - (talk.lower[day - 1] in self._during))
            return before if before >= first else i
        area = self._area_start.get(i)
        if area is not None and area - 2 > first and talk.text[area - 1] == "," and area - 2 in self._area_start:
            return area - 2
        opens = (j for j in range(i, max(first + 1, i - _CLAUSE), -1) if talk.text[j - 1] == ",")
        clause = next((j for j in opens if talk.lower[j] in self._clause), None)
        if clause is not None and (talk.text[k - 1] == "," or talk.lower[clause + 1].startswith("di")):
            return clause - 2  # ", yang ditemui di rumahnya mengaku"
        return self._past_occasion(first, i)

    def _past_occasion(self, first: int, i: int) -> int:
        """Last word before "pada hari ini", "dalam studi baru ini" or "dalam pernyataannya"."""
        talk = self._talk
        if not (talk.lower[i] in self._deictic or talk.lower[i].endswith("nya")):
            return i
        aside = next((j for j in range(i - 1, max(first, i - _OCCASION), -1) if talk.small(j) in self._during), i + 1)
        before = aside - 1
        linking = talk.lower[before] in self._connective or talk.lower[before] in self._skipped
        return i if before > i or linking or not talk.is_word(before) else before

    def behind(self, j: int, end: int) -> int:
        """First word of a phrase behind a day that it begins with: "|Selasa kemarin| Polres Serang"."""
        return min(end, self._day_end.get(j, j))

    def is_area(self, j: int, i: int) -> bool:
        """Are words ``j`` to ``i`` the area that the one before the comma lies in: "Cikande, |Kabupaten Serang|"?"""
        return self._area_start.get(i) == j and j - 2 in self._area_start
