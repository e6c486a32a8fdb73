"""What single words tell where the name of an organisation ends: office words, persons' names, countries, other names."""

from __future__ import annotations

import math
from dataclasses import dataclass

from beritaextract.components.name_tables import Honorific, NameWord, PostWords, Rank, lone_words
from beritaextract.components.organization_forms import TailWord, joiners, office_words, organs
from beritaextract.components.phrases import Forms, skip_blanks
from beritaextract.components.toponym_scan import LevelWord
from beritaextract.dates.vocabulary import CalendarWord
from beritaextract.gazetteer import Country
from beritaextract.layers import Words
from beritaextract.lexicon import Lexicon

LIKELY_NAME = 0.5
UNLIKELY_NAME = -0.4


@dataclass(frozen=True, slots=True)
class Area:
    """An area name in the text: the token behind it, and its number in the layer ``toponyms`` (None: a foreign country)."""

    end: int
    index: int | None


class Vocabulary:
    """The tables of organisations, compiled, and what they tell of a word in a text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._ands = joiners(lexicon)
        self._forms = Forms(((organ.form, organ) for organ in organs(lexicon)), self._ands)
        self._office = office_words(lexicon)
        tails = lexicon.rows("organization_tails", TailWord)
        self._tails = Forms((row.form, row) for row in tails if row.kind in ("nation", "part", "before"))
        self._nations = frozenset(row.form for row in tails if row.kind == "nation" and " " not in row.form)
        self._joins = frozenset(row.form for row in tails if row.kind in ("join", "and"))
        self._closes = frozenset(row.form for row in tails if row.kind == "close")
        self.of = frozenset(row.form for row in tails if row.kind == "of")
        self.stops = frozenset(row.form for row in tails if row.kind == "stop")
        self._scores = {r.word: math.log((r.names + 1) / (r.others + 1)) for r in lexicon.rows("name_words", NameWord)}
        self._scores |= dict.fromkeys(lone_words(lexicon), -4.0)
        self._scores |= dict.fromkeys(PostWords(lexicon)["short"], LIKELY_NAME)
        self._weekdays = frozenset(r.form for r in lexicon.rows("calendar", CalendarWord) if r.kind == "weekday")
        ranks = [row.form for row in lexicon.rows("ranks", Rank)]
        countries = [c for c in lexicon.rows("countries", Country) if c.code != "ID"]
        self._countries = Forms((form, form) for c in countries for form in (c.name, *c.variants))
        levels = lexicon.rows("level_words", LevelWord)
        self.level_words = frozenset(row.form.capitalize() for row in levels if row.inside)
        self._persons = Forms(
            (form, form) for form in ranks + [row.form for row in lexicon.rows("honorifics", Honorific)]
        )

    def likely_name(self, word: str) -> float:
        """Log odds that a capitalised word is part of a person's name; 0 for one never seen."""
        return self._scores.get(word.lower(), 0.0)

    def is_office_word(self, word: str) -> bool:
        """Is a word in lower case one that offices are named by ("kesehatan", "pidana")?"""
        return word in self._office

    def office(self, word: str) -> str | None:
        """The full form of an abbreviation that offices are named by ("PUPR")."""
        return self._office.get(word.lower())

    def _address(self, view: Words, i: int, end: int) -> tuple[int, str] | None:
        """A rank or an honorific that starts with token ``i``, its full stop in the token or not: "Drs.", "Kombes"."""
        return self._persons.at(view, i, end, view.lower[i].rstrip(".")) if i < end else None

    def _no_name(self, word: str) -> bool:
        """Is a capitalised word known to be none of a person's: "Centre", "PHDI"?"""
        return word[0].isupper() and (
            self.likely_name(word) <= UNLIKELY_NAME or (word.isupper() and word.isalpha() and len(word) > 1)
        )

    def _country(self, view: Words, i: int, end: int) -> Area | None:
        """A foreign country, as an area without a number in the layer."""
        found = self._countries.at(view, i, end) if i < end and view.text[i][0].isupper() else None
        if found is None or (found[1].isupper() and view.text[i] != found[1]):
            return None
        return Area(found[0], None)

    def in_country(self, view: Words, i: int, end: int) -> bool:
        """Is token ``i`` a later word of a country's name: "Amerika |Serikat|"?"""
        country = self._country(view, i - 1, end) if i else None
        return country is not None and country.end > i

    def _starts_other(self, view: Words, i: int, end: int) -> bool:
        """Does another body's name start here?"""
        found = self._forms.at(view, i, end)
        if found is None or (found[1].kind == "unit" and view.lower[i] in self._office):
            return False
        return written_so(view, i, found[0], found[1].form)

    def _starts_office(self, view: Words, i: int, end: int) -> bool:
        """Does the name of a part, an office or a government start here, which no other name runs into?"""
        found = self._forms.at(view, i, end) if view.lower[i] in self._forms else None
        return found is not None and found[1].takes != "phrase" and written_so(view, i, found[0], found[1].form)

    def _names_somebody(self, view: Words, i: int, end: int) -> bool:
        """Does a person's name go on with token ``i``, behind "Dokter" or the I of "I Gusti"?"""
        at = skip_blanks(view, i, end)
        return at >= end or self._address(view, at, end) is not None or self.likely_name(view.text[at]) >= 0

    def _ends(self, view: Words, i: int, end: int) -> bool:
        """Does something else than the name's next word start here?"""
        found = self._tails.at(view, i, end)
        return found is not None or self._starts_other(view, i, end) or self._address(view, i, end) is not None

    def bracket(self, view: Words, start: int, after: int, end: int) -> int:
        """Token behind the abbreviation in brackets of the words ``start`` to ``after``."""
        return self._bracket(view, start, after, end)

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
            or abbreviates(short.lower(), words)
            or (short.isupper() and short[0].lower() in {w[0] for w in words})
        ):
            return close + 1
        return after

    def _close(self, view: Words, after: int, end: int) -> int:
        """Token behind "(Persero) Tbk"."""
        at = skip_blanks(view, after, end)
        if at + 2 < end and view.text[at] == "(" and view.text[at + 1] in self._closes and view.text[at + 2] == ")":
            after = at + 3
            at = skip_blanks(view, after, end)
        return at + 1 if at < end and view.text[at] in self._closes else after


def abbreviates(short: str, words: list[str]) -> bool:
    """Are the letters of ``short`` in ``words`` in this order, the first at the start of a word? "kobar": kotawaringin barat."""
    for k, word in enumerate(words):
        if word[0] == short[0]:
            letters = iter("".join(words[k:]))
            return all(letter in letters for letter in short)
    return False


def written_so(view: Words, i: int, after: int, form: str) -> bool:
    """Is a form written as names are: an abbreviation of few letters exactly, anything else with a capital first?"""
    words = form.split()
    text = [w for w in view.text[i:after] if not w.isspace()]
    if len(words) == 1 and form.isupper() and len(form) < 4:
        return text[0] == form
    if form.isupper() and len(words) == 1:
        return text[0].isupper() or text[0] == form.capitalize()
    return text[0][0].isupper() and (len(text) == 1 or text[-1][0].isupper() or not words[-1][0].isupper())
