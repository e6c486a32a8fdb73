"""Persons: every mention by name, clustered into human beings."""

from __future__ import annotations

import math
from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc, Span

from beritaextract.components.base import TableComponent
from beritaextract.components.model_names import ModelNames, without
from beritaextract.components.name_aliases import without_bodies
from beritaextract.components.names import Found, NameFinder
from beritaextract.components.persons import Named, cluster, name_words
from beritaextract.components.uncovering import read_line
from beritaextract.components.wordline import Line
from beritaextract.layers import PersonFacts, PersonRow, write
from beritaextract.lexicon import Lexicon

_AGAIN = frozenset({"again", "initials"})
"""Evidence of mentions that only name again who is known."""

_MANY = 50
"""Names that share a word, looked through for longer forms of a mention."""


@Language.factory(
    "beritaextract_people",
    assigns=["doc.spans"],
    requires=["doc.spans"],
)
class PersonFinder(TableComponent):
    """Adds the layer ``people``: one span a mention by name, without honorifics, ranks and degrees.

    A run of capitalised words is a name by evidence: words that often are one, a post, an honorific or a rank before it
    ("Bupati Lestari", "KH Zarkasyi", "AKBP Gunarto"), a reporting word or a verb beside it ("kata Gunarto"), an age or degrees
    behind it ("Gunarto (42)", "Gunarto, S.H."); a run that is part of a known name then names the same person. The extra
    ``persons`` holds one PersonFacts a human being.
    """

    def __init__(self, nlp: Language, name: str = "beritaextract_people") -> None:
        super().__init__(name)

    def compile(self, lexicon: Lexicon) -> None:
        """Read the tables."""
        self.names = NameFinder(lexicon)
        self.model_names = ModelNames(lexicon, self.names)

    def __call__(self, doc: Doc) -> Doc:
        """Add the layer."""
        line, rest, found, short = self.by_rules(doc)
        seen = self.model_names.find(doc, line, rest, [*found, *short])
        if seen:
            found += seen
            short = again(line, cluster(line, found), list(without(rest, seen)), self.names)
        found += short
        persons = sorted(cluster(line, found), key=lambda p: min(f.start for f, _ in p.mentions))
        rows = [(f, i, name) for i, p in enumerate(persons) for f, name in p.mentions]
        write(
            doc,
            "people",
            [
                self._mention(doc, line, f, i, name == persons[i].words)
                for f, i, name in sorted(rows, key=lambda r: r[0].start)
            ],
            persons=[facts_of(doc, line, person) for person in persons],
        )
        return doc

    def by_rules(self, doc: Doc) -> tuple[Line, list[tuple[int, int]], list[Found], list[Found]]:
        """The words, runs of capitalised words without a name, the names that the rules find, and these named again."""
        line = read_line(doc, self.names.tables)
        found, rest = self.names.find(line)
        found = [f for f in found if f.heading is False or f.left or f.weight > 2.2]
        found = without_bodies(line, found, self.names.tables.words)
        return line, rest, found, again(line, cluster(line, found), rest, self.names)

    @staticmethod
    def _mention(doc: Doc, line: Line, found: Found, person: int, full: bool) -> tuple[Span, PersonRow]:
        span = Span(doc, line.first[found.start], line.last[found.end - 1], label="PER")
        outer = line.first[found.before], line.last[found.after - 1]
        return span, {"person": person, "kind": "name" if full else "alias", "outer": outer}


def again(line: Line, known: list[Named], rest: list[tuple[int, int]], names: NameFinder) -> list[Found]:
    """Mentions of known persons in runs that did not look like a name by themselves: "…, lanjut Lestari", headlines."""
    holders: dict[str, list[tuple[str, ...]]] = {}
    initials = {name[0] for person in known for mention, name in person.mentions if mention.left == "initials"}
    for person in known:
        for form in (person.words, *person.others):
            for word in {w for w in form if len(w) > 1}:
                holders.setdefault(word, []).append(form)
    holders |= {word: [(word,)] for word in initials}
    found = []
    for start, end in rest:
        i = start
        while i < end:
            first = name_words(line, i, i + 1)[0]
            if first not in holders or line.shape[i] == "l":
                i += 1
                continue
            j = i + 1
            while j < end and any(_contains(name, name_words(line, i, j + 1)) for name in holders[first][:_MANY]):
                j += 1
            if first in initials or names.may_be_short(line, (start, end), i, j):
                found.append(Found(i, j, "again", 2.0, line.heading[i], [], [], None, i, j))
            i = j
    return found


def _contains(name: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return any(name[k : k + len(part)] == part for k in range(len(name) - len(part) + 1))


def facts_of(doc: Doc, line: Line, person: Named) -> PersonFacts:
    """What the mentions together say of a person."""
    best = max(person.mentions, key=lambda m: (m[1] == person.words, _is_mixed_case(line, m[0]), m[0].weight))[0]
    name = written(doc, line, best)
    aliases: list[str] = []
    for found, _ in sorted(person.mentions, key=lambda m: m[0].start):
        form = written(doc, line, found)
        shouted = form.isupper() and form.lower() not in person.nicknames
        if form.casefold() != name.casefold() and form not in aliases and not shouted:
            aliases.append(form)
    surest = max((f for f, _ in person.mentions), key=lambda f: (f.left not in _AGAIN, f.weight))
    return {
        "name": name,
        "aliases": aliases,
        "honorifics": _distinct(h for f, _ in person.mentions for h in f.honorifics),
        "degrees": _distinct(d for f, _ in person.mentions for d in f.degrees),
        "rank": next((f.rank for f, _ in person.mentions if f.rank), None),
        "confidence": 1 / (1 + math.exp(-surest.weight)),
        "by": f"people.{surest.left or 'words'}",
    }


def written(doc: Doc, line: Line, found: Found) -> str:
    """The name as written, with single spaces: "Budi\\nSantoso" → "Budi Santoso"."""
    form = " ".join(doc[line.first[found.start] : line.last[found.end - 1]].text.split())
    return form.rstrip(".") if len(line.key[found.end - 1]) > 3 else form


def _is_mixed_case(line: Line, found: Found) -> bool:
    """Not "GUNARTO SALIM", not in a headline."""
    return not found.heading and any(line.shape[i] == "C" for i in range(found.start, found.end))


def _distinct(items: Iterable[str]) -> list[str]:
    """Each once, in order; "Dr." and "dr" are the same."""
    return list({item.rstrip(".").lower(): item for item in items}.values())
