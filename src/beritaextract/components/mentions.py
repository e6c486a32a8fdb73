"""Who and what is mentioned where in an article: persons by name or bare title, and organisations."""

from __future__ import annotations

from typing import NamedTuple

from beritaextract.components.discourse import Discourse
from beritaextract.layers import ranges

Range = tuple[int, int]


class Mentioned(NamedTuple):
    """A mention of a person (by name or by a bare title) or of an organisation, in word indices; ``person`` -1 for none."""

    start: int
    end: int
    layer: str
    person: int


class Beside(NamedTuple):
    """What stands beside a cue: ``persons`` named there (best first, with what speaks against each), and the words as such."""

    persons: tuple[tuple[Mentioned, frozenset[str]], ...]
    words: Range | None
    points_back: bool  # a pronoun, or words that point back ("pria itu", "mantan ketua tersebut")


class Mentions:
    """Mentions of persons and organisations by word index."""

    def __init__(self, talk: Discourse) -> None:
        self.talk = talk
        self.mentions: list[Mentioned] = []
        self.titled: set[int] = set()  # words of honorifics, ranks and degrees beside a name
        self.mention = self._index()

    def _index(self) -> list[int]:
        """For every word the number of the mention that covers it, or -1; names win over titles and organisations."""
        at = [-1] * len(self.talk)
        for layer in ("organizations", "officials", "people"):
            for start, end, row in ranges(self.talk.doc, layer):
                a, b = self.talk.word_of[start], self.talk.word_of[end]
                if layer == "people":
                    first, last = (self.talk.word_of[i] for i in row["outer"])
                    self.titled.update(i for i in range(first, last) if not a <= i < b)
                if a < b and not (layer == "officials" and row["kind"] != "mention"):
                    at[a:b] = [len(self.mentions)] * (b - a)
                    self.mentions.append(Mentioned(a, b, layer, row.get("person", -1)))
        return at

    def person_at(self, i: int) -> Mentioned | None:
        """The mention of a person that word ``i`` belongs to."""
        found = self.mentions[self.mention[i]] if self.mention[i] >= 0 else None
        return found if found is not None and found.person >= 0 else None
