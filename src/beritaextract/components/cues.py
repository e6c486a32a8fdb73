"""Which words report that somebody said, asked, wrote or judged something, and the small words round them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from beritaextract.lexicon import Lexicon, packaged
from beritaextract.stemming import stem

Role = Literal[
    "pronoun",
    "plural",
    "opener",
    "that",
    "aim",
    "adverb",
    "blocker",
    "stop",
    "inner",
    "link",
    "deictic",
    "empty",
    "vague",
    "anaphor",
    "similar",
    "agent",
    "body",
    "source",
    "kin",
    "listener",
    "predicate",
    "particle",
    "companion",
    "connective",
    "lead",
    "turn",
    "joiner",
    "relative",
    "by",
    "within",
    "during",
    "indefinite",
    "through",
    "capacity",
    "manner",
    "how",
    "negation",
    "denial",
    "including",
    "existence",
    "supposed",
    "occasion",
    "describing",
]

_VERBLIKE = re.compile(r"(?:me|di|ber|ter)[a-z-]{3,25}")
_AGENTLIKE = re.compile(r"pe[a-z]{4,20}")
_PATTERN = re.compile(r"(me|di|ber|ter|)-(kan|an|i|nya|)")
_PREFIXES = ("me", "di", "ber", "ter")
_SUFFIXES = ("kan", "an", "i", "")


@dataclass(frozen=True, slots=True)
class CueVerb:
    """A row of ``cue_verbs.tsv``: a reporting word with its lemma, the forms that report, and what the active form takes."""

    base: str
    forms: tuple[str, ...]
    kind: Literal["speech", "request", "writing", "judgement"]
    frame: Literal["clause", "noun", "person", "report", "that", "mark", "source"]
    example: str


@dataclass(frozen=True, slots=True)
class QuoteWord:
    """A row of ``quote_words.tsv``: a small word round a quote and the part it plays (the roles are told at the table's head)."""

    word: str
    role: Role
    example: str


class Cue(NamedTuple):
    """A reporting word as it stands in a text.

    ``voice``: root (kata X), active (X mengatakan), passive (dikatakan X), both (Ratna bilang), source (menurut X), object
    (dia katakan); ``carrier``: -nya stands for the speaker (ujarnya, diakuinya, menurutnya).
    """

    row: CueVerb
    voice: str
    carrier: bool


class Cues:
    """Finds reporting words by their form: through the stem, which the table must have with the affixes round it."""

    def __init__(self, lexicon: Lexicon) -> None:
        rows = lexicon.rows("cue_verbs", CueVerb)
        self._rows = {row.base: row for row in rows}
        self._words = dict(_whole_words(rows))
        self._tails = frozenset(row.base[-3:] for row in rows)
        self.find = lru_cache(maxsize=50_000)(self._find)
        by_role: dict[str, set[str]] = defaultdict(set)
        for word in lexicon.rows("quote_words", QuoteWord, key=lambda r: (r.word, r.role)):
            by_role[word.role].add(word.word)
        self.words = {role: frozenset(found) for role, found in by_role.items()}
        self._clause = self.role("predicate") | self.role("opener")
        self._particle = self.role("particle")

    def role(self, name: str) -> frozenset[str]:
        """The words of ``quote_words.tsv`` with this role."""
        return self.words.get(name, frozenset())

    @staticmethod
    def is_agent(word: str) -> bool:
        """Does this lower-cased word name somebody who does something: "penyedia", "pengelola", but not "pencapaian"?"""
        return _AGENTLIKE.fullmatch(word) is not None and not word.endswith("an") and stem(word) != word

    def is_predicate(self, word: str) -> bool:
        """Does this lower-cased word make a clause: "adalah", "sudah", "bahwa", or a verb with an affix ("menerima")?"""
        if word in self._clause:
            return True
        return _VERBLIKE.fullmatch(word) is not None and word not in self._particle and stem(word) != word

    def is_verb(self, word: str) -> bool:
        """Is this lower-cased word a verb by its prefix: "menerima", "dibuka", "berjalan", but not "terbaru" or "tersebut"?"""
        return not word.startswith("ter") and word not in self._clause and self.is_predicate(word)

    def _find(self, word: str) -> Cue | None:
        """The cue that a lower-cased word is: "ungkapnya", "mengungkapkan", "diungkapkan", "menurut"; None for any other."""
        if word in self._words:
            return self._words[word]
        carrier = word.endswith("nya")
        core = word[:-3] if carrier else word
        prefix = next((p for p in _PREFIXES if core.startswith(p)), "")
        if (not prefix and not core.endswith("kan")) or len(core) < 6 or not self._may_be(core):
            return None
        row = self._rows.get(stem(core))
        if row is None:
            return None
        if not prefix:
            told = not carrier and core == row.base + "kan" and "di-kan" in row.forms
            return Cue(row, "object", False) if told else None
        suffix = next((s for s in _SUFFIXES if core.endswith(row.base[1:] + s)), None)
        if suffix is None or f"{prefix}-{suffix}" not in row.forms or (carrier and prefix != "di"):
            return None
        return Cue(row, _voice(prefix), carrier)

    def _may_be(self, core: str) -> bool:
        """Can the word have a stem of the table? Spares stemming all the others."""
        return any(core.endswith(s) and core[: len(core) - len(s)][-3:] in self._tails for s in _SUFFIXES)


@lru_cache(maxsize=1)
def personal_pronouns() -> frozenset[str]:
    """The pronouns that stand for one person: "dia", "ia", "beliau"; not "mereka"."""
    rows = packaged().rows("quote_words", QuoteWord, key=lambda r: (r.word, r.role))
    plural = {row.word for row in rows if row.role == "plural"}
    return frozenset(row.word for row in rows if row.role == "pronoun") - plural


def _voice(prefix: str) -> str:
    return {"di": "passive", "ter": "passive", "": "root"}.get(prefix, "active")


def _whole_words(rows: Iterable[CueVerb]) -> Iterable[tuple[str, Cue]]:
    """Forms that need no stemming: bare roots, roots with -nya, and words that the table spells out."""
    for row in rows:
        for form in row.forms:
            if form == "-":
                yield row.base, Cue(row, "root", False)
            elif form == "-nya":
                yield row.base + "nya", Cue(row, "root", True)
            elif form.startswith("="):
                yield form[1:], Cue(row, "both", False)
            elif not _PATTERN.fullmatch(form):
                prefix = next((p for p in _PREFIXES if form.startswith(p)), "")
                source = row.base == form.removesuffix("nya") and row.frame == "source"
                yield form, Cue(row, "source" if source else _voice(prefix), form.endswith("nya"))
