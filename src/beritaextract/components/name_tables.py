"""The tables of names, compiled: how likely a word is part of one, words of address, degrees, small words."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from weakref import WeakKeyDictionary

from beritaextract.components.organization_forms import organs
from beritaextract.components.place_names import ForeignPlace
from beritaextract.components.wordline import BREAK, ORGANIZATION, TITLE, TOPONYM, Line, PhraseIndex
from beritaextract.gazetteer import Country
from beritaextract.lexicon import Lexicon
from beritaextract.stemming import stem, verb_prefix


@dataclass(frozen=True, slots=True)
class NameWord:
    """A row of ``name_words.tsv``: how often a word is part of a name, and how often of something else."""

    word: str
    names: int
    others: int


@dataclass(frozen=True, slots=True)
class Honorific:
    """A row of ``honorifics.tsv``: a word before a name ("Bapak", "KH", "Dr.")."""

    form: str
    kind: Literal["common", "title", "late", "degree", "name"]
    example: str


@dataclass(frozen=True, slots=True)
class Rank:
    """A row of ``ranks.tsv``: "AKBP", "Brigjen Pol", and the branches behind an army rank ("Inf")."""

    form: str
    full: str
    kind: Literal["rank", "corps"]
    example: str


@dataclass(frozen=True, slots=True)
class Degree:
    """A row of ``degrees.tsv``: "S.H.", "M.Si."."""

    form: str
    full: str
    example: str


@dataclass(frozen=True, slots=True)
class NameCue:
    """A row of ``name_cues.tsv``: words right before a person's name ("kata", "bernama", "akrab disapa", "tersangka")."""

    form: str
    kind: Literal["says", "names", "alias", "role", "near"]
    example: str


@dataclass(frozen=True, slots=True)
class NameBlocker:
    """A row of ``name_blockers.tsv``: a word that makes the name behind it a thing's or a place's ("Stadion")."""

    form: str
    example: str


@dataclass(frozen=True, slots=True)
class NotName:
    """A row of ``not_names.tsv``: capitalised words that only look like a name ("El Nino")."""

    form: str
    example: str


@dataclass(frozen=True, slots=True)
class PostLink:
    """A row of ``post_links.tsv``: words between a name and a post ("selaku", "yang juga", "dijabat oleh")."""

    form: str
    kind: Literal["behind", "former", "before", "then"]
    example: str


@dataclass(frozen=True, slots=True)
class PostWord:
    """A row of ``post_words.tsv``: a small word in or round a name or a post ("bin", "dari", "para")."""

    word: str
    role: Literal[
        "particle",
        "joins",
        "english",
        "of",
        "stop",
        "nobody",
        "plural",
        "pointer",
        "appoints",
        "into",
        "wishes",
        "predicate",
        "pronoun",
        "beside",
        "vague",
        "client",
        "speaks",
        "shared",
        "kin",
        "team",
        "body",
        "opens",
        "or",
        "short",
        "thing",
        "someone",
        "seat",
        "term",
        "dismisses",
        "demands",
    ]
    example: str


_DEGREE = re.compile(r"(?:S|M|A|B|D|Sp)\.(?:[A-Z][A-Za-z]{0,5}\.?){1,3}")
_AFFIXED = re.compile(r"(?:me[nmlr]|ber|ter)\w{4,}|(?:pe[nmr]?|ke)\w{3,}an|\w{4,}(?:nya|kan)|\w{4,}(?<!l)lah")
_NOMINAL = re.compile(r"(?:per|pen|pem|pel|peng|ke)\w{4,}an")
_REPORTS = re.compile(r"(?:menga|menje|menyam|menye|menut|mene|menu)\w{4,}")
_UNKNOWN = 0.2
_OFTEN = 10
_CAPITALS = 3
_TWO = 2
_LEAST_BODY = 6


class PostWords:
    """The small words by role."""

    def __init__(self, lexicon: Lexicon) -> None:
        rows = lexicon.rows("post_words", PostWord, key=lambda r: (r.word, r.role))
        self._by_role: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
        for role in {r.role for r in rows}:
            self._by_role[role] = frozenset(r.word for r in rows if r.role == role)
        self._connecting = self["joins"] | self["of"] | self["english"]

    def __getitem__(self, role: str) -> frozenset[str]:
        return self._by_role[role]

    def connects(self, key: str) -> bool:
        """Does the word go on to more of a post: "dan", "dari", "of"?"""
        return key in self._connecting


_compiled: WeakKeyDictionary[Lexicon, NameTables] = WeakKeyDictionary()


def name_tables(lexicon: Lexicon) -> NameTables:
    """The tables of a lexicon, compiled once for all components that read names."""
    tables = _compiled.get(lexicon)
    if tables is None:
        tables = _compiled[lexicon] = NameTables(lexicon)
    return tables


class NameTables:
    """What the tables know of words and names."""

    def __init__(self, lexicon: Lexicon) -> None:
        rows = lexicon.rows("name_words", NameWord)
        self.scores = {r.word: max(-4.0, min(2.5, math.log((r.names + 1) / (r.others + 1)))) for r in rows}
        self.often_names = frozenset(r.word for r in rows if r.names >= _OFTEN)
        self.lone = frozenset(lone_words(lexicon))
        self.scores |= dict.fromkeys(self.lone, -4.0)
        self._endings = _endings(self.scores)
        self.initial = _UNKNOWN
        forms = {organ.form.lower() for organ in organs(lexicon)}
        self._bodies = frozenset(f for f in forms if len(f) >= _LEAST_BODY and f.isalpha())
        ranks = lexicon.rows("ranks", Rank)
        honorifics = lexicon.rows("honorifics", Honorific)
        self.ranks: PhraseIndex[str] = PhraseIndex((r.form, "rank") for r in ranks if r.kind == "rank")
        self.address: PhraseIndex[str] = PhraseIndex(
            [(r.form, r.kind) for r in honorifics] + [(r.form, "rank") for r in ranks if r.kind == "rank"]
        )
        self.rank_words = self.ranks.first_words()
        self.corps = frozenset(r.form.lower() for r in ranks if r.kind == "corps")
        self._degrees = frozenset(_bare(r.form) for r in lexicon.rows("degrees", Degree))
        self.cues: PhraseIndex[str] = PhraseIndex((r.form, r.kind) for r in lexicon.rows("name_cues", NameCue))
        self.roles = frozenset(r.form for r in lexicon.rows("name_cues", NameCue) if r.kind == "role")
        self.cue_words = self.cues.last_words | self.address.last_words
        links = lexicon.rows("post_links", PostLink, key=lambda r: (r.form, r.kind))
        self.links: PhraseIndex[str] = PhraseIndex((r.form, r.kind) for r in links if r.kind in ("behind", "former"))
        abroad = (row.name for row in lexicon.rows("foreign_places", ForeignPlace) if " " in row.name)
        not_names = [r.form for r in lexicon.rows("not_names", NotName)]
        self.not_names: PhraseIndex[bool] = PhraseIndex((form, True) for form in (*not_names, *abroad))
        hyphened = (tuple(r.form.lower().split("-")) for r in lexicon.rows("not_names", NotName) if "-" in r.form)
        self.joined_not_names = frozenset(hyphened)
        self.blockers = frozenset(r.form.lower().split()[-1] for r in lexicon.rows("name_blockers", NameBlocker))
        self.words = PostWords(lexicon)
        self.scores |= dict.fromkeys(self.words["short"], _UNKNOWN)
        self.openers: PhraseIndex[bool] = PhraseIndex((words, True) for words in self.words["opens"])
        self.someone: PhraseIndex[bool] = PhraseIndex((word, True) for word in self.words["someone"])
        countries = (row for row in lexicon.rows("countries", Country) if row.code != "ID")
        self.countries: PhraseIndex[str] = PhraseIndex(
            (n, row.code) for row in countries for n in (row.name, *row.variants)
        )
        short = {r.form for r in honorifics if len(r.form) <= 4} | {r.form for r in ranks if r.form != r.full}
        self.dotted = frozenset(f.lower() for f in short if _is_abbreviation(f)) | self.words["short"]

    def score(self, line: Line, i: int) -> float:
        """Log odds that word ``i`` is part of a name, whatever stands beside it."""
        key, shape = line.key[i], line.shape[i]
        if shape == "l":
            return 0.0
        known = self.scores.get(key)
        ending = self._endings.get(key[-3:], 0.0)
        if shape == "I":
            value = _UNKNOWN
        elif known is not None and (
            known >= 0 or len(key) != _TWO or shape == "U" or line.gap[i] or key in self.lone
        ):  # "Uu Ruzhan" is not the law's UU
            value = known
        elif self._begins_body(key):
            value = -2.0
        elif line.heading[i] or (line.gap[i] == BREAK and _AFFIXED.fullmatch(key)):
            value = -1.5 if _AFFIXED.fullmatch(key) else ending - 0.3
        elif shape == "U":
            value = -1.5 if len(key) <= 5 else -0.5
        elif sum(map(str.isupper, line.text[i])) >= _CAPITALS:
            value = -4.0
        else:
            value = _UNKNOWN + ending
        if shape == "C" and -1.5 < value < 0.5 and _NOMINAL.fullmatch(key) and stem(key) != key:
            value = -1.5
        return value - 1.0 if line.cover[i] == TOPONYM else value

    def _begins_body(self, key: str) -> bool:
        """Does an unknown word begin with the short name of a body: "|Kemenag|su"?"""
        return any(key[:n] in self._bodies for n in range(_LEAST_BODY, len(key)))

    def is_degree(self, line: Line, i: int) -> bool:
        """ "S.H.", "M.Si", "MM", and what is built like one: "S.Tr.Keb."."""
        text = line.text[i]
        if not text[0].isupper() or line.cover[i] in (TITLE, ORGANIZATION):
            return False
        if _bare(text) in self._degrees and (line.shape[i] != "C" or "." in text or len(text) <= 4):
            return True
        return _DEGREE.fullmatch(text) is not None

    def closes_degree(self, line: Line, i: int) -> bool:
        """The last word of a degree written in two: "S.Pd |SD|"."""
        return i > 0 and not line.gap[i] and _bare(line.text[i - 1] + line.text[i]) in self._degrees

    def is_verb(self, key: str) -> bool:
        """A word that a subject stands before: "menghadiri", "turut"."""
        return key in self.words["predicate"] or verb_prefix(key) is not None

    def is_plural(self, line: Line, i: int) -> bool:
        """Is the title that word ``i`` belongs to many people's: "para |pejabat|"?"""
        first = line.span_start(i)
        return first > 0 and not line.gap[first] and line.key[first - 1] in self.words["plural"]

    def is_surely_verb(self, key: str) -> bool:
        """A verb by its affixes, no adjective made like one ("terpadu", "terbuka")."""
        return key in self.words["predicate"] or verb_prefix(key) in ("me", "di", "ber")

    def reports(self, key: str) -> bool:
        """A verb of the shape of those that report: "mengatakan", "menjelaskan", "menuturkan"."""
        return _REPORTS.fullmatch(key) is not None


def lone_words(lexicon: Lexicon) -> Iterator[str]:
    """Words of ``not_names.tsv`` that stand alone, lower-cased: part of no name whatever beside them ("Sekuritas")."""
    return (row.form.lower() for row in lexicon.rows("not_names", NotName) if " " not in row.form)


def _endings(scores: dict[str, float]) -> dict[str, float]:
    """How much likelier a word with such last three letters is a name than any other word: "-nto", "-wan", "-yah"."""
    names: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for word, score in scores.items():
        if len(word) > 4 and "-" not in word:
            (names if score > 0 else others)[word[-3:]] += 1
    base = math.log((sum(names.values()) + 1) / (sum(others.values()) + 1))
    frequent = {e for e in names | others if names[e] + others[e] >= 8}
    return {e: max(-1.0, min(1.0, 0.5 * (math.log((names[e] + 1) / (others[e] + 1)) - base))) for e in frequent}


def _bare(form: str) -> str:
    """ "S.Pd.I." → "spdi"."""
    return form.replace(".", "").replace(" ", "").lower()


def _is_abbreviation(form: str) -> bool:
    """One word with few vowels: "Hj", "Kombes", "Drs"; not "Haji", "Ibu"."""
    return " " not in form and sum(c in "aeiou" for c in form.lower()) <= max(1, len(form) // 3)
