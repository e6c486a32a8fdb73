"""Where the name of an organisation ends: "Dinas Perumahan dan Permukiman (Disperkim) Kota Bima | Budi Laksana".

The form that begins a name (``organizations.tsv``) says what may follow it. Names of offices are read word by word from a
vocabulary, other names run over capitalised words; an area closes a name, and so does what looks like a person.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from beritaextract.components.name_tables import Honorific, NameWord, Rank
from beritaextract.components.organization_forms import Organ, office_words, organs
from beritaextract.components.phrases import Forms, skip_blanks
from beritaextract.components.toponym_scan import LevelWord
from beritaextract.gazetteer import Country
from beritaextract.layers import Words
from beritaextract.lexicon import Lexicon

_NUMBER = re.compile(r"(?:[IVX]{1,5}(?:[A-D]|-[A-D])?|\d{1,4}(?:/\w+)*)$")
_AND = frozenset({"dan", "&", "serta"})
_DEEPEST = 3
_LONGEST = 40
_LONGEST_PLACE = 6
_LIKELY_NAME = 0.5
_UNLIKELY_NAME = -0.4


@dataclass(frozen=True, slots=True)
class TailWord:
    """A row of ``organization_tails.tsv``: a word that closes a name as an area does, or that stands beside the area."""

    form: str
    kind: Literal["nation", "part", "before", "join", "close"]
    example: str


@dataclass(frozen=True, slots=True)
class Area:
    """An area name in the text: the token behind it, and its number in the layer ``toponyms`` (None: a foreign country)."""

    end: int
    index: int | None


@dataclass(slots=True)
class Name:
    """The name of an organisation: its tokens, the row that begins it, and the area in it.

    ``form`` and ``words`` are the tokens behind the row's form and behind the words it takes.
    ``nation``: the name ends in RI, Republik Indonesia and the like; ``within`` is the body that a part of a party or
    ministry belongs to (DPC | Partai Golkar).
    """

    start: int
    end: int
    organ: Organ
    form: int
    words: int
    area: Area | None = None
    nation: bool = False
    within: Name | None = None


class NameGrammar:
    """The tables of organisations, compiled, and the reading of a name from its first token."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._forms = Forms((organ.form, organ) for organ in organs(lexicon))
        self._office = office_words(lexicon)
        tails = lexicon.rows("organization_tails", TailWord)
        self._tails = Forms((row.form, row) for row in tails if row.kind in ("nation", "part", "before"))
        self._joins = frozenset(row.form for row in tails if row.kind == "join")
        self._closes = frozenset(row.form for row in tails if row.kind == "close")
        self._scores = {r.word: math.log((r.names + 1) / (r.others + 1)) for r in lexicon.rows("name_words", NameWord)}
        ranks = [row.form for row in lexicon.rows("ranks", Rank)]
        countries = [c for c in lexicon.rows("countries", Country) if c.code != "ID"]
        self._countries = Forms((form, form) for c in countries for form in (c.name, *c.variants))
        levels = lexicon.rows("level_words", LevelWord)
        self.level_words = frozenset(row.form.capitalize() for row in levels if row.inside)
        self._persons = Forms(
            (form, form) for form in ranks + [row.form for row in lexicon.rows("honorifics", Honorific)]
        )

    def may_start(self, word: str) -> bool:
        """Does a form start with this word, in lower case?"""
        return word in self._forms

    def name_of(self, view: Words, i: int) -> str | None:
        """The full name that the form at token ``i`` stands for."""
        found = self._forms.at(view, i, len(view))
        return None if found is None else found[1].name

    def at(
        self,
        view: Words,
        i: int,
        end: int,
        areas: Mapping[int, Area],
        *,
        heading: bool = False,
        lower: bool = False,
        resume: int = 0,
        behind_post: bool = False,
        depth: int = 0,
    ) -> Name | None:
        """The organisation whose name starts with token ``i``, None when no form does or what it needs is missing.

        ``lower`` accepts a name in lower case behind a post in lower case ("kepala dinas sosial"); ``resume`` is where to go on
        when the form is part of a post's head ("Kepala Bidang (Kabid) | Perdagangan"). ``behind_post`` admits what is an
        organisation only there and else a place ("pegawai | Kantor Kecamatan Curug").
        """
        for after, organ in self._forms.all_at(view, i, end):
            if not lower and not _written_so(view, i, after, organ.form):
                continue
            if organ.kind == "local" and not behind_post:
                return None
            name = Name(i, max(after, resume), organ, after, after)
            self._read(view, name, end, areas, heading, lower, behind_post, depth)
            if organ.takes in ("area", "none") or name.end > after:
                return name
        return None

    def free(self, view: Words, i: int, end: int, areas: Mapping[int, Area], style: str, *, heading: bool) -> int:
        """Token behind the run of a name that starts with token ``i`` without any form; ``i`` when there is none."""
        if style == "words":
            return self._words(view, i, end, areas, heading, False)
        at, stop = min(end, skip_blanks(view, i + 1, end)), min(end, i + _LONGEST)
        while at < stop and not self._starts_office(view, at, end):
            at += 1
        after = self._cut(view, i, self._run(view, i, at, areas, heading, dan=True), end, kept=0, post=True)
        before_office = after > i and skip_blanks(view, after, end) == at < stop
        return after if before_office or any(self._no_name(view.text[k]) for k in range(i, after)) else i

    def area(self, view: Words, i: int, end: int, areas: Mapping[int, Area]) -> tuple[int, Area | None, bool]:
        """(token behind, area, nation) of the area that starts with token ``i``: "Kota Bima", "Bogor Kota", "RI"."""
        at = skip_blanks(view, i, end)
        if at < end and view.text[at] == "/" and i > 0 and view.text[i - 1].isdigit():
            at += 1
        word = self._tails.at(view, at, end) if at < end and view.text[at][0].isupper() else None
        if word is not None and word[1].kind == "before":
            behind = skip_blanks(view, word[0], end)
            at, word = (behind, None) if behind in areas else (at, None)
        nation = word is not None and word[1].kind == "nation" and at not in areas
        after = i
        if nation and word is not None:
            after = self._bracket(view, at, word[0], end)
            at = skip_blanks(view, after, end)
        area = areas.get(at) or self._country(view, at, end)
        if area is not None and area.end <= end:
            after = self._bracket(view, at, area.end, end)
            part = self._tails.at(view, at, end) if (at := skip_blanks(view, after, end)) < end else None
            if part and part[1].kind == "part" and view.text[at][0].isupper() and at not in areas:
                after = part[0]
        return after, area, nation

    def _country(self, view: Words, i: int, end: int) -> Area | None:
        """A foreign country, as an area without a number in the layer."""
        found = self._countries.at(view, i, end) if i < end and view.text[i][0].isupper() else None
        if found is None or (found[1].isupper() and view.text[i] != found[1]):
            return None
        return Area(found[0], None)

    def likely_name(self, word: str) -> float:
        """Log odds that a capitalised word is part of a person's name; 0 for one never seen."""
        return self._scores.get(word.lower(), 0.0)

    def is_office_word(self, word: str) -> bool:
        """Is a word in lower case one that offices are named by ("kesehatan", "pidana")?"""
        return word in self._office

    def office(self, word: str) -> str | None:
        """The full form of an abbreviation that offices are named by ("PUPR")."""
        return self._office.get(word.lower())

    def _read(
        self,
        view: Words,
        name: Name,
        end: int,
        areas: Mapping[int, Area],
        heading: bool,
        lower: bool,
        post: bool,
        depth: int,
    ) -> None:
        """Extend ``name`` over what its form takes, the area, brackets, and the government it is an office of."""
        takes = name.organ.takes
        i = name.end
        if takes == "none":
            name.end = name.words = self._bracket(view, name.start, i, end)
            return
        first = self._bracket(view, name.start, i, end)
        if takes == "words":
            after = self._words(view, first, end, areas, heading, lower)
        elif takes in ("phrase", "name"):
            run = self._run(view, first, end, areas, heading, dan=takes == "phrase")
            after = self._cut(view, first, run, end, kept=1, post=post)
        elif takes == "place":
            after = self._place(view, first, end, areas)
        elif takes == "body":
            after = self._within(view, name, first, end, areas, heading, depth)
        else:
            after = first
        name.end = name.words = self._close(view, self._bracket(view, name.start, max(after, first), end), end)
        name.end, name.area, name.nation = self.area(view, name.end, end, areas)
        if name.within is not None and name.area is None:
            name.area, name.nation = name.within.area, name.within.nation
        if depth < _DEEPEST:
            self._join_government(view, name, end, areas, depth)

    def _within(
        self, view: Words, name: Name, i: int, end: int, areas: Mapping[int, Area], heading: bool, depth: int
    ) -> int:
        """DPC + Partai Golkar, Kanwil + Kemenag; any capitalised words that are no person where no form follows."""
        at = skip_blanks(view, i, end)
        if at < end and depth < _DEEPEST:
            name.within = self.at(view, at, end, areas, heading=heading, depth=depth + 1)
        if name.within is not None:
            return name.within.end
        return self._cut(view, i, self._run(view, i, end, areas, heading, dan=False), end, kept=0)

    def _join_government(self, view: Words, name: Name, end: int, areas: Mapping[int, Area], depth: int) -> None:
        """ "Dinas Koperasi Pemkab Kendal" is one name."""
        at = skip_blanks(view, name.end, end)
        found = self._forms.at(view, at, end) if at < end and name.area is None else None
        if found is not None and found[1].kind == "government" and view.text[at][0].isupper():
            government = self.at(view, at, end, areas, depth=depth + 1)
            if government is not None:
                name.end, name.area = government.end, government.area
                name.within = name.within or government

    def _words(self, view: Words, i: int, end: int, areas: Mapping[int, Area], heading: bool, lower: bool) -> int:
        """Over words of office names, "dan", commas of a list that "dan" closes, and numbers."""
        after, first, stop = i, True, min(end, i + _LONGEST)
        while True:
            at = skip_blanks(view, after, end)
            if at >= stop or (at in areas and (areas[at].end > at + 1 or view.lower[at] not in self._office)):
                return after
            word = view.text[at]
            if word in _AND or word in (",", "/"):
                follow = skip_blanks(view, at + 1, end)
                if word == "," and follow < end and view.text[follow] in _AND:
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
        if not word[0].isupper() or self._persons.at(view, i, end) or heading:
            return False
        score = self.likely_name(word)
        if score <= _UNLIKELY_NAME or (word.isupper() and len(word) <= 6 and score <= 0):
            return True
        at = skip_blanks(view, i + 1, end)
        return (
            score < _LIKELY_NAME
            and at < end
            and (view.lower[at] in self._office or view.text[at] in _AND or at in areas)
        )

    def _continues(self, view: Words, i: int, end: int, areas: Mapping[int, Area], lower: bool) -> bool:
        """Can token ``i`` go on a name of an office behind "dan" or a comma?"""
        if i in areas or self._starts_other(view, i, end):
            return False
        if view.text[i][0].isupper() and self.likely_name(view.text[i]) < _LIKELY_NAME:
            return True
        return self._is_office_word(view, i, end, areas, False, lower)

    def _list_closes(self, view: Words, i: int, end: int, lower: bool) -> bool:
        """Does a list of office words that goes on at token ``i`` reach "dan" and one more of them?"""
        for k in range(i, min(end - 1, i + 12)):
            word = view.text[k]
            if word in _AND:
                at = skip_blanks(view, k + 1, end)
                return at < end and view.lower[at] in self._office and (lower or view.text[at][0].isupper())
            if (
                word != ","
                and not word.isspace()
                and not (view.lower[k] in self._office and (lower or word[0].isupper()))
            ):
                return False
        return False

    def _starts_other(self, view: Words, i: int, end: int) -> bool:
        """Does another body's name start here?"""
        found = self._forms.at(view, i, end)
        if found is None or (found[1].kind == "unit" and view.lower[i] in self._office):
            return False
        return _written_so(view, i, found[0], found[1].form)

    def _no_name(self, word: str) -> bool:
        """Is a capitalised word known to be none of a person's: "Centre", "PHDI"?"""
        return word[0].isupper() and (
            self.likely_name(word) <= _UNLIKELY_NAME or (word.isupper() and word.isalpha() and len(word) > 1)
        )

    def place(self, view: Words, i: int, end: int, areas: Mapping[int, Area]) -> int:
        """Token behind a place without an area's name, each word known to be no person's: "Camat | Banjar Baru"."""
        after = i
        while (at := skip_blanks(view, after, end)) < end and at not in areas and not self._persons.at(view, at, end):
            if after - i > _LONGEST_PLACE or not (_NUMBER.match(view.text[at]) or self._no_name(view.text[at])):
                break
            after = at + 1
        return after

    def bracket(self, view: Words, start: int, after: int, end: int) -> int:
        """Token behind the abbreviation in brackets of the words ``start`` to ``after``."""
        return self._bracket(view, start, after, end)

    def form_end(self, view: Words, i: int, end: int) -> int:
        """Token behind the form that starts with token ``i``, or ``i``."""
        at = skip_blanks(view, i, end)
        found = self._forms.at(view, at, end) if at < end else None
        return found[0] if found is not None and _written_so(view, at, found[0], found[1].form) else i

    def _starts_office(self, view: Words, i: int, end: int) -> bool:
        """Does the name of a part, an office or a government start here, which no other name runs into?"""
        found = self._forms.at(view, i, end) if view.lower[i] in self._forms else None
        return found is not None and found[1].takes != "phrase" and _written_so(view, i, found[0], found[1].form)

    def _run(self, view: Words, i: int, end: int, areas: Mapping[int, Area], heading: bool, *, dan: bool) -> int:
        """Over capitalised words, numbers and what joins them, up to an area or a rank."""
        after, count = i, 0
        while count < (2 if heading else 9):
            at = skip_blanks(view, after, end)
            if at >= end or (at in areas and count and not self._goes_on(view, areas[at].end, end)):
                return after
            if (title := self._persons.at(view, at, end)) is not None:
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
            if word in self._joins and count and (dan or word != "dan"):
                at = skip_blanks(view, at + 1, end)
                if at >= end or not view.text[at][0].isupper() or at in areas or self._starts_other(view, at, end):
                    return after
                if self.likely_name(view.text[at]) >= _LIKELY_NAME:
                    return after
            elif not (word[0].isupper() or _NUMBER.match(word)):
                return after
            area = areas.get(at)
            after = area.end if area is not None else at + 1
            count += 1
        return after

    def _names_somebody(self, view: Words, i: int, end: int) -> bool:
        """Does a person's name go on with token ``i``, behind "Dokter" or the I of "I Gusti"?"""
        at = skip_blanks(view, i, end)
        return at >= end or self._persons.at(view, at, end) is not None or self.likely_name(view.text[at]) >= 0

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

    def _ends(self, view: Words, i: int, end: int) -> bool:
        """Does something else than the name's next word start here?"""
        found = self._tails.at(view, i, end)
        return found is not None or self._starts_other(view, i, end) or self._persons.at(view, i, end) is not None

    def _cut(self, view: Words, start: int, after: int, end: int, *, kept: int, post: bool = False) -> int:
        """The run without the person's name that ends it; ``kept`` words of it are never cut.

        Behind a post that no comma follows somebody's name is to be expected, so two words never seen are taken for one.
        """
        words = [k for k in range(start, after) if not view.text[k].isspace()]
        names = 0
        while names < len(words) and self._may_name(view, words, len(words) - 1 - names, post):
            names += 1
        if names == len(words):
            if not kept:
                return start
            return after if len(words) < 4 else words[1] + 1
        at = skip_blanks(view, after, end)
        expected = post and not (at < end and view.text[at] in (",", "("))
        surely = any(self.likely_name(view.text[k]) >= _LIKELY_NAME for k in words[len(words) - names :])
        if names < 2 or not (surely or expected) or len(words) - names < kept:
            return after
        return words[len(words) - names - 1] + 1

    def _may_name(self, view: Words, words: list[int], k: int, post: bool) -> bool:
        """May word ``k`` of a run be part of the name that ends it? A word never seen may be among its last two."""
        word, behind = view.text[words[k]], len(words) - 1 - k
        score = self.likely_name(word)
        if behind and len(word.rstrip(".")) == 1 and word[0].isalpha():
            return self.likely_name(view.text[words[k + 1]]) >= 0.0
        if score >= _LIKELY_NAME or not behind:
            return score >= 0.0
        return post and behind < 2 and score == 0.0 and word.isalpha() and not word.isupper()

    def _close(self, view: Words, after: int, end: int) -> int:
        """Token behind "(Persero) Tbk"."""
        at = skip_blanks(view, after, end)
        if at + 2 < end and view.text[at] == "(" and view.text[at + 1] in self._closes and view.text[at + 2] == ")":
            after = at + 3
            at = skip_blanks(view, after, end)
        return at + 1 if at < end and view.text[at] in self._closes else after

    def _place(self, view: Words, i: int, end: int, areas: Mapping[int, Area]) -> int:
        """Polres | Metro Bekasi Kota, SDN | 2 Melati: up to an area, else over at most three capitalised words."""
        after, words = i, 0
        while True:
            at = skip_blanks(view, after, end)
            if at >= end or at in areas or self._persons.at(view, at, end):
                return after
            word = view.text[at]
            if (
                not (_NUMBER.match(word) or word[0].isupper())
                or words == 3
                or (after > i and self.likely_name(word) > 0)
            ):
                return after
            words += word[0].isupper() and not _NUMBER.match(word)
            after = at + 1

    def _bracket(self, view: Words, start: int, after: int, end: int) -> int:
        """Token behind "(Disperkim)" when the brackets hold an abbreviation of the words before, else ``after``."""
        at = skip_blanks(view, after, end)
        if at + 2 >= end or view.text[at] != "(":
            return after
        close = next((k for k in range(at + 2, min(at + 5, end)) if view.text[k] == ")"), None)
        if close is None:
            return after
        short = "".join(view.text[at + 1 : close])
        if not (short[0].isupper() and short.replace("-", "").isalnum() and len(short) <= 16):
            return after
        words = [w for w in view.lower[start:after] if w[0].isalpha()]
        known = self._forms.at(view, at + 1, close) is not None
        if (
            known
            or _abbreviates(short.lower(), words)
            or (short.isupper() and short[0].lower() in {w[0] for w in words})
        ):
            return close + 1
        return after


def _abbreviates(short: str, words: list[str]) -> bool:
    """Are the letters of ``short`` in ``words`` in this order, the first at the start of a word? "kobar": kotawaringin barat."""
    for k, word in enumerate(words):
        if word[0] == short[0]:
            letters = iter("".join(words[k:]))
            return all(letter in letters for letter in short)
    return False


def _written_so(view: Words, i: int, after: int, form: str) -> bool:
    """Is a form written as names are: an abbreviation of few letters exactly, anything else with a capital first?"""
    words = form.split()
    text = [w for w in view.text[i:after] if not w.isspace()]
    if len(words) == 1 and form.isupper() and len(form) < 4:
        return text[0] == form
    if form.isupper() and len(words) == 1:
        return text[0].isupper() or text[0] == form.capitalize()
    return text[0][0].isupper() and (len(text) == 1 or text[-1][0].isupper() or not words[-1][0].isupper())
