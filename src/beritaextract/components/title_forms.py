"""The forms of post heads, compiled from the tables: "Sekda", "Kepala Dinas", "Kadishub", "Menkeu", "Wakil Ketua Umum"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from beritaextract.components.name_tables import Rank
from beritaextract.components.organization_forms import Level, Ministry, Organ, joiners, organs
from beritaextract.components.phrases import Forms
from beritaextract.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Title:
    """A row of ``titles.tsv``: a head of a post as written, and its title in full words."""

    form: str
    title: str
    level: Level | None
    public: Literal["yes", "no"] | None
    takes: Literal["area", "unit", "organization", "field", "none"]
    organization: str | None
    needs: Literal["capital", "follow", "apart", "body", "office"] | None
    example: str


@dataclass(frozen=True, slots=True)
class Marker:
    """A row of ``acting.tsv``: what a word beside the head of a post says of how the post is held."""

    form: str
    kind: Literal["acting", "former", "after", "block", "deputy"]
    value: str | None
    example: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A row of ``title_patterns.tsv``: a prefix that makes a head of a post of every form of another table.

    ``heads``: only of organisations with one of these heads, where it names any.
    """

    prefix: str
    title: str
    base: Literal["organizations", "ministries"]
    of: Literal["full", "short", "abbreviation"]
    glued: bool
    heads: tuple[str, ...]
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


def title_heads(lexicon: Lexicon) -> Iterable[tuple[str, Head]]:
    """All forms of ``titles.tsv`` and those that the patterns make, each once."""
    rows = lexicon.rows("titles", Title)
    written = {row.form.lower(): (row.form, _head(row)) for row in rows}
    made = {form.lower(): (form, head) for form, head in _patterned(lexicon)}
    return (made | written).values()


def title_forms(lexicon: Lexicon) -> Forms[Head]:
    """The heads of posts as phrases."""
    return Forms(title_heads(lexicon), joiners(lexicon))


def marker_forms(lexicon: Lexicon) -> Forms[Marker]:
    """The markers of ``acting.tsv``, with and without a full stop."""
    rows = (row for row in lexicon.rows("acting", Marker) if row.kind != "deputy")
    return Forms((form, row) for row in rows for form in (row.form, f"{row.form}."))


def rank_forms(lexicon: Lexicon) -> Forms[str]:
    """Ranks, which may begin as a title does: "Komisaris Besar"."""
    return Forms((row.form, row.form) for row in lexicon.rows("ranks", Rank) if row.kind == "rank")


def organ_forms(lexicon: Lexicon) -> Forms[Organ]:
    """All forms that names of organisations begin with."""
    return Forms(((organ.form, organ) for organ in organs(lexicon)), joiners(lexicon))


def _head(row: Title) -> Head:
    public = None if row.public is None else row.public == "yes"
    return Head(row.title, row.level, public, row.takes, row.organization, row.needs, None, row.form)


def _patterned(lexicon: Lexicon) -> Iterator[tuple[str, Head]]:
    every = organs(lexicon)
    for pattern in lexicon.rows("title_patterns", Pattern, key=lambda p: (p.prefix, p.base, p.of)):
        if pattern.base == "ministries":
            for ministry in lexicon.rows("ministries", Ministry):
                yield from _of_ministry(pattern, ministry)
        else:
            for organ in every:
                if organ.head and organ.head in (pattern.heads or (organ.head,)):
                    yield from _of_organ(pattern, organ, organ.head)


def _of_ministry(pattern: Pattern, ministry: Ministry) -> Iterator[tuple[str, Head]]:
    """Menteri Keuangan, Menkeu, Menteri PPPA."""
    by_kind = {"full": (ministry.name, *ministry.also), "short": ministry.short, "abbreviation": ministry.abbreviation}
    title, body, row = (
        f"{pattern.title} {ministry.name}",
        f"Kementerian {ministry.name}",
        f"{pattern.prefix}+{ministry.name}",
    )
    head = Head(title, "national", None, "none", body, None, None, row)
    for form in by_kind[pattern.of]:
        yield pattern.prefix + ("" if pattern.glued else " ") + form, head


def _of_organ(pattern: Pattern, organ: Organ, body: str) -> Iterator[tuple[str, Head]]:
    """Kepala Dinas, Kepala Disdik, Kadisdik, Kadis, Kapolres."""
    for form in organ.short if pattern.of == "short" else (organ.form,):
        named = pattern.glued and pattern.of == "full"
        yield (
            pattern.prefix + ("" if pattern.glued else " ") + form,
            Head(
                title=f"{pattern.title} {body}",
                level=organ.level,
                public=None if organ.public is None else organ.public == "yes",
                takes="area"
                if named
                else "unit"
                if organ.kind == "unit" and organ.takes == "words"
                else "organization",
                organization=organ.name if pattern.glued and (named or organ.name != organ.head) else None,
                needs="capital" if pattern.glued else None if organ.takes in ("area", "none") else "follow",
                inner=None if pattern.glued else len(pattern.prefix.split()),
                row=f"{pattern.prefix}+{organ.form}",
            ),
        )
