"""The forms of organisation names, compiled from the tables: "Disdik", "Kemenkeu", "Dinas" and what must follow it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from beritaextract.lexicon import Lexicon

Level = Literal["national", "province", "regency", "city", "district", "village"]
Public = Literal["yes", "no"]


@dataclass(frozen=True, slots=True)
class Organ:
    """A row of ``organizations.tsv``: the name of an organisation, or the word that begins such names."""

    form: str
    name: str
    head: str | None
    kind: Literal["body", "unit", "government", "local"]
    takes: Literal["words", "phrase", "name", "place", "body", "area", "none"]
    level: Level | None
    public: Public | None
    short: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Department:
    """A row of ``departments.tsv``: a field of government, as offices are named after it."""

    name: str
    short: tuple[str, ...]
    abbreviation: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Ministry:
    """A row of ``ministries.tsv``: a portfolio, and its short forms behind Men-, Wamen- and Kemen-."""

    name: str
    short: tuple[str, ...]
    abbreviation: tuple[str, ...]
    also: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class OrganPattern:
    """A row of ``organization_patterns.tsv``: a prefix that makes an organisation of the forms of another table."""

    prefix: str
    name: str
    head: str | None
    base: Literal["departments", "ministries"]
    of: Literal["full", "short", "abbreviation"]
    glued: bool
    takes: Literal["area", "none"]
    level: Level | None
    public: Public | None
    example: str


@dataclass(frozen=True, slots=True)
class TailWord:
    """A row of ``organization_tails.tsv``: a word that closes a name as an area does, or that stands beside the area."""

    form: str
    kind: Literal["nation", "part", "before", "join", "close", "and", "of", "stop"]
    example: str


def joiners(lexicon: Lexicon) -> frozenset[str]:
    """The words that join two parts of a name: "dan", "&"."""
    return frozenset(row.form for row in lexicon.rows("organization_tails", TailWord) if row.kind == "and")


def organs(lexicon: Lexicon) -> tuple[Organ, ...]:
    """The rows of ``organizations.tsv`` and those that the patterns make, the former first where both have a form."""
    rows = lexicon.rows("organizations", Organ)
    written = {row.form.lower() for row in rows}
    made = {
        organ.form.lower(): organ for organ in reversed([*_patterned(lexicon)]) if organ.form.lower() not in written
    }
    spelt = {row.name.lower(): _spelt_out(row) for row in rows if row.takes in ("area", "none") and " " in row.name}
    return (*rows, *(o for form, o in (made | spelt).items() if form not in written))


def _spelt_out(row: Organ) -> Organ:
    """The full name as a form of its own: "Kedutaan Besar Republik Indonesia" beside KBRI."""
    return replace(row, form=row.name, short=())


def office_words(lexicon: Lexicon) -> dict[str, str | None]:
    """Words that names of offices are made of, lower-cased; the full form where the word is an abbreviation ("PUPR")."""
    words: dict[str, str | None] = {}
    ands = joiners(lexicon)
    for department in lexicon.rows("departments", Department):
        words.update(dict.fromkeys(_words_of(department.name)))
    for ministry in lexicon.rows("ministries", Ministry):
        words.update(dict.fromkeys(_words_of(ministry.name)))
    for organ in lexicon.rows("organizations", Organ):
        if organ.public == "yes":
            words.update(dict.fromkeys(_words_of(organ.name)))
    for department in lexicon.rows("departments", Department):
        for short in department.abbreviation:
            if " " not in short:
                words[short.lower()] = department.name
    return {word: full for word, full in words.items() if word not in ands}


def _words_of(name: str) -> list[str]:
    return re.findall(r"[\w-]+", name.lower())


def _patterned(lexicon: Lexicon) -> Iterator[Organ]:
    """Disdik, Dinkes, Kemenkeu, Kementerian ESDM."""
    for pattern in lexicon.rows("organization_patterns", OrganPattern, key=lambda p: (p.prefix, p.base, p.of)):
        for name, forms in _bases(lexicon, pattern):
            for form in forms:
                yield Organ(
                    form=pattern.prefix + ("" if pattern.glued else " ") + form,
                    name=f"{pattern.name} {name}",
                    head=pattern.head,
                    kind="body",
                    takes=pattern.takes,
                    level=pattern.level,
                    public=pattern.public,
                    short=(),
                    example=pattern.example,
                )


def _bases(lexicon: Lexicon, pattern: OrganPattern) -> Iterator[tuple[str, tuple[str, ...]]]:
    if pattern.base == "departments":
        for row in lexicon.rows("departments", Department):
            yield row.name, {"full": (row.name,), "short": row.short, "abbreviation": row.abbreviation}[pattern.of]
    else:
        for ministry in lexicon.rows("ministries", Ministry):
            full = (ministry.name, *ministry.also)
            yield (
                ministry.name,
                {"full": full, "short": ministry.short, "abbreviation": ministry.abbreviation}[pattern.of],
            )
