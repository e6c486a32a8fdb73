"""Which person the words beside a cue mean: "Bupati Parigi", "Samsul"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from beritaextract.components.cues import Cues
from beritaextract.components.discourse import Discourse
from beritaextract.components.mentions import Mentioned, Range
from beritaextract.layers import PersonFacts, read

_FIT = 0.7  # share of the words that must describe the person
_MOST = 20  # persons of one post that are looked at


class Candidate(NamedTuple):
    """Somebody who may have said it: a person of the people layer, or the words ``name`` (person -1)."""

    person: int
    name: Range
    features: dict[str, float]
    by: str


class Descriptions:
    """The words that describe each person (posts, and what stands right before or behind the name), and the names' words."""

    def __init__(
        self, talk: Discourse, cues: Cues, people: Sequence[Mentioned], persons: Sequence[PersonFacts]
    ) -> None:
        self.talk = talk
        self._cues = cues
        self._stop = cues.role("stop")
        self._pronoun = cues.role("pronoun")
        self._deictic = cues.role("deictic")
        self._indefinite = cues.role("indefinite")
        self._post = cues.role("agent") - cues.role("body") - cues.role("kin") - self._indefinite - self._pronoun
        self._first = {m.person: (m.start, m.end) for m in reversed(people)}
        self._words = self._described(people)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for person, words in self._words.items():
            for word in words:
                self._by_word[word].append(person)
        self._by_name: dict[str, set[int]] = defaultdict(set)
        for n, facts in enumerate(persons):
            for form in (facts["name"], *facts["aliases"]):
                for word in form.lower().split():
                    self._by_name[word].add(n)

    def persons(self, words: Range) -> list[Candidate]:
        """Persons whom the words can mean, by post or by a part of the name."""
        return self._of_post(words) + self._of_name(words)

    def _of_post(self, words: Range) -> list[Candidate]:
        """ "Bupati Parigi" where it says "Bupati Parigi Samsul Arif" elsewhere."""
        talk = self.talk
        head = talk.lower[words[0]]
        if head not in self._post:
            return []
        wanted = {w for i in range(*words) if (w := talk.lower[i]) not in self._deictic and talk.is_word(i)}
        found = []
        for person in self._by_word[head][:_MOST]:
            share = len(wanted & self._words[person]) / len(wanted)
            if share > _FIT:
                found.append(Candidate(person, self._first[person], {"post": share}, "post"))
        return found

    def _of_name(self, words: Range) -> list[Candidate]:
        """The one person whose name or alias holds the words: "Samsul" for "Samsul Arif"."""
        found = set.intersection(*(self._by_name[w] for w in self.talk.lower[words[0] : words[1]]))
        if len(found) != 1:
            return []
        [person] = found
        return [Candidate(person, self._first[person], {"part": 1.0}, "name")] if person in self._first else []

    def _described(self, people: Sequence[Mentioned]) -> dict[int, set[str]]:
        talk = self.talk
        found: dict[int, set[str]] = defaultdict(set)
        for mention in people:
            first, last = talk.sentences[talk.sentence[mention.start]]
            for i in range(mention.start - 1, max(first, mention.start - 11) - 1, -1):
                word = talk.small(i)
                if (
                    talk.text[i] in ".;:("
                    or talk.inside[i] >= 0
                    or self._cues.find(word) is not None
                    or word in self._stop
                    or word in self._pronoun
                    or self._cues.is_predicate(word)
                ):
                    break
                found[mention.person].add(talk.lower[i])
            found[mention.person].update(self._apposition(mention.end, last))
        for span, row in read(talk.doc, "officials"):
            if row["person"] in self._first:
                found[row["person"]].update(w.lower() for w in [*span.text.split(), *row["title"].split()])
        return found

    def _apposition(self, i: int, last: int) -> list[str]:
        """The words between commas behind a name: "Budi, Ketua DPRD Parigi, …"."""
        talk = self.talk
        if i + 1 >= last or talk.text[i] != "," or talk.lower[i + 1] in self._indefinite:
            return []
        near = range(i + 1, min(last, i + 10))
        end = next((j for j in near if talk.text[j] in ",." or talk.small(j) in self._stop), i)
        return talk.lower[i + 1 : end]
