"""Over which words the name of an organisation runs: office words and their lists, capitalised words, places."""

from __future__ import annotations

import re
from collections.abc import Mapping

from beritaextract.components.organization_words import LIKELY_NAME, UNLIKELY_NAME, Area, Vocabulary
from beritaextract.components.phrases import skip_blanks
from beritaextract.layers import Words
from beritaextract.stemming import verb_prefix

LONGEST = 40
_LONGEST_PLACE = 6
_LONGEST_NAME = 4
_SURE_NAME = 3.0
_COMMON = -2.5
_NUMBER = re.compile(r"(?:[IVX]{1,5}(?:[A-D]|-[A-D])?|\d{1,4}(?:/\w+)*)$")


class Runs(Vocabulary):
    """Where a run of words of one kind ends; every method gives the token behind it."""

    def _words(self, view: Words, i: int, end: int, areas: Mapping[int, Area], heading: bool, lower: bool) -> int:
        """Over words of office names, "dan", commas of a list that "dan" closes, and numbers."""
        after, first, stop = i, True, min(end, i + LONGEST)
        while True:
            at = skip_blanks(view, after, end)
            if at >= stop or (at in areas and (areas[at].end > at + 1 or view.lower[at] not in self._office)):
                return after
            word = view.text[at]
            if word in self._ands or word in (",", "/"):
                follow = skip_blanks(view, at + 1, end)
                if word == "," and follow < end and view.text[follow] in self._ands:
                    word, follow = view.text[follow], skip_blanks(view, follow + 1, end)
                if not (follow < end and self._continues(view, follow, end, areas, lower)):
                    return after
                if word == "," and not self._list_closes(view, follow, end, lower):
                    return after
                at = follow
            elif (not first and self._starts_other(view, at, end)) or not self._is_office_word(
                view, at, end, areas, heading, lower
            ):
                return after
            after, first = at + 1, False

    def _is_office_word(
        self, view: Words, i: int, end: int, areas: Mapping[int, Area], heading: bool, lower: bool
    ) -> bool:
        word = view.text[i]
        if _NUMBER.match(word):
            return True
        if view.lower[i] in self._office:
            return word[0].isupper() or lower
        if not word[0].isupper() or self._address(view, i, end) or heading:
            return False
        score = self.likely_name(word)
        if score <= UNLIKELY_NAME or (word.isupper() and len(word) <= 6 and score <= 0):
            return True
        at = skip_blanks(view, i + 1, end)
        return (
            score < LIKELY_NAME
            and at < end
            and (view.lower[at] in self._office or view.text[at] in self._ands or at in areas)
        )

    def _continues(self, view: Words, i: int, end: int, areas: Mapping[int, Area], lower: bool) -> bool:
        """Can token ``i`` go on a name of an office behind "dan" or a comma?"""
        if i in areas or self._starts_other(view, i, end):
            return False
        if view.text[i][0].isupper() and self.likely_name(view.text[i]) < LIKELY_NAME:
            return True
        return self._is_office_word(view, i, end, areas, False, lower)

    def _list_closes(self, view: Words, i: int, end: int, lower: bool) -> bool:
        """Does a list of office words that goes on at token ``i`` reach "dan" and one more of them?"""
        for k in range(i, min(end - 1, i + 12)):
            word = view.text[k]
            if word in self._ands:
                at = skip_blanks(view, k + 1, end)
                return at < end and view.lower[at] in self._office and (lower or view.text[at][0].isupper())
            if (
                word != ","
                and not word.isspace()
                and not (view.lower[k] in self._office and (lower or word[0].isupper()))
            ):
                return False
        return False

    def place(self, view: Words, i: int, end: int, areas: Mapping[int, Area]) -> int:
        """Token behind a place without an area's name, each word known to be no person's: "Camat | Banjar Baru"."""
        after = i
        while (at := skip_blanks(view, after, end)) < end and at not in areas and not self._address(view, at, end):
            if after - i > _LONGEST_PLACE or not (_NUMBER.match(view.text[at]) or self._no_name(view.text[at])):
                break
            after = at + 1
        return after

    def _run(self, view: Words, i: int, end: int, areas: Mapping[int, Area], heading: bool, *, dan: bool) -> int:
        """Over capitalised words, numbers and what joins them, up to an area or a rank."""
        after, count = i, 0
        while count < (2 if heading else 9):
            at = skip_blanks(view, after, end)
            if at >= end or (at in areas and count and not self._goes_on(view, areas[at].end, end)):
                return after
            if (title := self._address(view, at, end)) is not None:
                if not count:
                    at = skip_blanks(view, title[0], end)
                    at += at < end and view.text[at] == "."
                elif self._names_somebody(view, title[0], end):
                    return after
                if at >= end:
                    return after
            word = view.text[at]
            if word == "I" and self._names_somebody(view, at + 1, end):
                return after
            if word in self._joins and count and (dan or word == "&" or word not in self._ands):
                at = skip_blanks(view, at + 1, end)
                if at >= end or not view.text[at][0].isupper() or at in areas or self._starts_other(view, at, end):
                    return after
                if self.likely_name(view.text[at]) >= LIKELY_NAME:
                    return after
            elif not (word[0].isupper() or _NUMBER.match(word)):
                return after
            area = areas.get(at)
            after = area.end if area is not None else at + 1
            count += 1
        return after

    def _goes_on(self, view: Words, i: int, end: int) -> bool:
        """Does a name go on behind the area in it? "PT Mitra Bali | Sukses", not "RSUD Bima | Laras", "PT Bima | Persero"."""
        at = skip_blanks(view, i, end)
        return (
            at < end
            and at == i
            and view.text[at][0].isupper()
            and self._no_name(view.text[at])
            and not self._ends(view, at, end)
        )

    def _cut(self, view: Words, start: int, after: int, end: int, *, kept: int, post: bool = False) -> int:
        """The run without the person's name that ends it; ``kept`` words of it are never cut.

        Behind a post that no comma follows somebody's name is to be expected, so two words never seen are taken for one.
        """
        words = [k for k in range(start, after) if not view.text[k].isspace()]
        if post and (nation := self._behind_nation(view, words, after, end)) is not None:
            return nation
        names = 0
        while names < len(words) and self._may_name(view, words, len(words) - 1 - names, post):
            names += 1
        first = len(words) - names
        if (
            names
            and first > kept
            and len(view.text[words[first]]) == 1
            and self.likely_name(view.text[words[first - 1]]) > 0
        ):
            names += 1  # the initial is a second one: "Cendekia |Fajar R Budiman|"
        if not names and not kept and post:
            return self._cut_known(view, words, after)
        if names == len(words):
            if not kept:
                return start
            return after if len(words) < 4 else words[1] + 1
        at = skip_blanks(view, after, end)
        expected = post and not (at < end and view.text[at] in (",", "(") and not self._dated(view, at, end))
        surely = any(self.likely_name(view.text[k]) >= LIKELY_NAME for k in words[len(words) - names :])
        if names < 2 or not (surely or expected) or len(words) - names < kept:
            return after
        return words[len(words) - names - 1] + 1

    def _dated(self, view: Words, i: int, end: int) -> bool:
        """Does a weekday follow the comma that is token ``i``: "kata Direktur ICDX Fajar Wibisana|,| Jumat (17/10)"?"""
        at = skip_blanks(view, i + 1, end)
        return view.text[i] == "," and at < end and view.lower[at] in self._weekdays

    def _behind_nation(self, view: Words, words: list[int], after: int, end: int) -> int | None:
        """Where a run ends whose name closes with the country: "Yayasan Melati Indonesia |Vinsen Kia Beda| mengatakan"."""
        for n, k in enumerate(words[:-1]):
            if view.text[k] in self._nations and len(words) - n <= _LONGEST_NAME + 1:
                rest = words[n + 1 :]
                at = skip_blanks(view, after, end)
                told = at < end and (view.text[at] == "," or verb_prefix(view.lower[at]) is not None)
                mixed = all(view.text[j][0].isupper() and not view.text[j].isupper() for j in rest)
                return k + 1 if told and mixed and self.likely_name(view.text[rest[0]]) > _COMMON else None
        return None

    def _cut_known(self, view: Words, words: list[int], after: int) -> int:
        """The run without what begins with a word that hardly is anything but a name's: "Kegiatan |Eka Bagus Hutama|"."""
        sure = (n for n in range(1, len(words)) if self.likely_name(view.text[words[n]]) >= _SURE_NAME)
        at = next(sure, 0)
        return words[at - 1] + 1 if at and len(words) - at > 1 else after

    def _may_name(self, view: Words, words: list[int], k: int, post: bool) -> bool:
        """May word ``k`` of a run be part of the name that ends it? A word never seen may be among its last two."""
        word, behind = view.text[words[k]], len(words) - 1 - k
        score = self.likely_name(word)
        if behind and len(word.rstrip(".")) == 1 and word[0].isalpha():
            return self.likely_name(view.text[words[k + 1]]) >= 0.0
        if score >= LIKELY_NAME or not behind:
            return score >= 0.0
        return post and behind < 2 and score >= 0.0 and word.isalpha() and not word.isupper()

    def _place(self, view: Words, i: int, end: int, areas: Mapping[int, Area], post: bool) -> int:
        """Polres | Metro Bekasi Kota, SDN | 2 Melati: up to an area, else over at most three capitalised words.

        Behind a post a word never seen that a likely name follows begins the name: "Kepala SDN 2 Melati |Ratmini Wibawa|".
        """
        after, words = i, 0
        while True:
            at = skip_blanks(view, after, end)
            if at >= end or at in areas or self._address(view, at, end):
                return after
            word = view.text[at]
            if (
                not (_NUMBER.match(word) or word[0].isupper())
                or words == 3
                or (after > i and self.likely_name(word) > 0)
            ):
                return after
            if post and words and not self.likely_name(word) and self._named_next(view, at + 1, end):
                return after
            words += word[0].isupper() and not _NUMBER.match(word)
            after = at + 1

    def _named_next(self, view: Words, i: int, end: int) -> bool:
        """Is the next word a capitalised one that likely is a name's?"""
        at = skip_blanks(view, i, end)
        return at < end and view.text[at][0].isupper() and self.likely_name(view.text[at]) > 0
