"""The forms of post heads, compiled from the tables: "Sekda", "Kepala Dinas", "Kadishub", "Menkeu", "Wakil Ketua Umum"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from beritaextract.layers import Words
from beritaextract.lexicon import Lexicon

Level = Literal["national", "province", "regency", "city", "district", "village"]
Value = TypeVar("Value")

_TOKENS = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Title:
    """A row of ``titles.tsv``: a head of a post as written, and its title in full words."""

    form: str
    title: str
    level: Level | None
    public: Literal["yes", "no"] | None
    takes: Literal["area", "unit", "organization", "field", "none"]
    organization: str | None
    needs: Literal["capital", "follow"] | None
    example: str


@dataclass(frozen=True, slots=True)
class Marker:
    """A row of ``acting.tsv``: what a word beside the head of a post says of how the post is held."""

    form: str
    kind: Literal["acting", "former", "after", "block"]
    value: str | None
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
class Organ:
    """A row of ``organizations.tsv``: the name of an organisation, or the word that begins such names."""

    form: str
    name: str
    head: str | None
    kind: Literal["body", "unit"]
    takes: Literal["name", "area", "none"]
    level: Level | None
    public: Literal["yes", "no"] | None
    short: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A row of ``title_patterns.tsv``: a prefix that makes a head of a post of every form of another table."""

    prefix: str
    title: str
    base: Literal["organizations", "ministries"]
    of: Literal["full", "short", "abbreviation"]
    glued: bool
    example: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a form means; ``inner`` is the word of the form where the unit or organisation begins (Kepala | Dinas)."""

    title: str
    level: Level | None
    public: bool | None
    takes: str
    organization: str | None
    needs: str | None
    inner: int | None
    row: str


class Forms(Generic[Value]):
    """Phrases and what they mean, found at a token of a text: the longest one wins.

    Case does not count, blanks and line breaks between the words are passed over, and so are commas where the phrase has
    some of its own ("Pendidikan Tinggi, Sains dan Teknologi").
    """

    def __init__(self, phrases: Iterable[tuple[str, Value]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], bool, Value]]] = defaultdict(list)
        for phrase, value in phrases:
            for words in _spellings(phrase):
                self._by_first[words[0]].append((words, "," in phrase, value))
        for found in self._by_first.values():
            found.sort(key=lambda item: -len(item[0]))

    def __contains__(self, word: str) -> bool:
        return word in self._by_first

    def at(self, view: Words, i: int, end: int, first: str | None = None) -> tuple[int, Value] | None:
        """(token behind the phrase, its meaning) of the longest phrase that starts with token ``i``.

        ``first`` is what to read for token ``i``: the part of "eks-Wakil" behind the hyphen.
        """
        first = first or view.lower[i]
        for words, commas, value in self._by_first.get(first, ()):
            after = _follow(view, i, end, words, commas)
            if after is not None:
                return after, value
        return None


def skip_blanks(view: Words, i: int, end: int) -> int:
    """The next token that is no white space."""
    while i < end and view.text[i].isspace():
        i += 1
    return i


def title_forms(lexicon: Lexicon) -> Forms[Head]:
    """All forms of ``titles.tsv`` and those that the patterns make."""
    rows = lexicon.rows("titles", Title)
    written = {row.form.lower(): (row.form, _head(row)) for row in rows}
    made = {form.lower(): (form, head) for form, head in _patterned(lexicon)}
    return Forms((made | written).values())


def marker_forms(lexicon: Lexicon) -> Forms[Marker]:
    """The markers of ``acting.tsv``, with and without a full stop."""
    return Forms((form, row) for row in lexicon.rows("acting", Marker) for form in (row.form, f"{row.form}."))


def _head(row: Title) -> Head:
    public = None if row.public is None else row.public == "yes"
    return Head(row.title, row.level, public, row.takes, row.organization, row.needs, None, row.form)


def _patterned(lexicon: Lexicon) -> Iterator[tuple[str, Head]]:
    for pattern in lexicon.rows("title_patterns", Pattern, key=lambda p: (p.prefix, p.base, p.of)):
        if pattern.base == "ministries":
            for ministry in lexicon.rows("ministries", Ministry):
                yield from _of_ministry(pattern, ministry)
        else:
            for organ in lexicon.rows("organizations", Organ):
                if organ.head:
                    yield from _of_organ(pattern, organ, organ.head)


def _of_ministry(pattern: Pattern, ministry: Ministry) -> Iterator[tuple[str, Head]]:
    """Menteri Keuangan, Menkeu, Menteri PPPA."""
    by_kind = {"full": (ministry.name, *ministry.also), "short": ministry.short, "abbreviation": ministry.abbreviation}
    title, body, row = (
        f"{pattern.title} {ministry.name}",
        f"Kementerian {ministry.name}",
        f"{pattern.prefix}+{ministry.name}",
    )
    head = Head(title, "national", None, "area", body, None, None, row)
    for form in by_kind[pattern.of]:
        yield pattern.prefix + ("" if pattern.glued else " ") + form, head


def _of_organ(pattern: Pattern, organ: Organ, body: str) -> Iterator[tuple[str, Head]]:
    """Kepala Dinas, Kepala Disdik, Kadisdik, Kadis, Kapolres."""
    whole = organ.takes != "name" or organ.kind == "body"
    for form in organ.short if pattern.of == "short" else (organ.form,):
        named = pattern.glued and pattern.of == "full"
        yield (
            pattern.prefix + ("" if pattern.glued else " ") + form,
            Head(
                title=f"{pattern.title} {body}",
                level=organ.level,
                public=None if organ.public is None else organ.public == "yes",
                takes="area" if named else "organization" if whole else "unit",
                organization=organ.name if pattern.glued and (named or organ.name != organ.head) else None,
                needs="capital" if pattern.glued else "follow" if organ.takes == "name" else None,
                inner=None if pattern.glued else len(pattern.prefix.split()),
                row=f"{pattern.prefix}+{organ.form}",
            ),
        )


def _spellings(phrase: str) -> Iterator[tuple[str, ...]]:
    """The tokens of a phrase without its commas; a hyphen in a word and a last full stop may be tokens of their own."""
    words = tuple(w for w in _TOKENS.findall(phrase.lower()) if w != ",")
    yield words
    if words[-1] == ".":
        yield (*words[:-2], words[-2] + ".")
    if any("-" in w for w in words):
        yield tuple(part for w in words for part in re.split(r"(-)", w))


def _follow(view: Words, i: int, end: int, words: tuple[str, ...], commas: bool) -> int | None:
    for k, word in enumerate(words):
        if k:
            i = skip_blanks(view, i, end)
            if commas and i < end and view.text[i] == ",":
                i = skip_blanks(view, i + 1, end)
            if i >= end or view.lower[i] != word:
                return None
        i += 1
    return i
