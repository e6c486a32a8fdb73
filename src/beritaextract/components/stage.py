"""Who is on stage: the persons mentioned before a quote, what the sentences since the last one say of them, who comes next."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import NamedTuple

from beritaextract.components.cues import Cues
from beritaextract.components.discourse import Discourse
from beritaextract.components.mentions import Mentioned, Range

_RECENT = 40  # mentions before a quote among whose persons a pronoun is looked for
_BACK = 8  # sentences before a quote that are looked at


class Said(NamedTuple):
    """A quote as the speakers stage sees it, in word indices."""

    start: int
    end: int
    kind: str
    cue: int | None
    link: int | None
    by: str


class Stage:
    """Mentions of persons outside quotes by sentence, counted as the article goes on."""

    def __init__(self, talk: Discourse, cues: Cues, people: list[Mentioned]) -> None:
        self.talk = talk
        self._cues = cues
        self._companion = cues.role("companion")
        self._by = cues.role("by")
        self._turn = cues.role("turn")
        self._pronoun = cues.role("pronoun")
        self._people = people
        self._first = {m.person: m for m in reversed(people)}
        self.in_sentence: dict[int, list[Mentioned]] = defaultdict(list)
        for mention in people:
            self.in_sentence[talk.sentence[mention.start]].append(mention)
        self._seen = 0  # mentions before the quote at hand
        self._count: dict[int, int] = defaultdict(int)
        self.latest: dict[int, Range] = {}

    def evidence(self, quote: Said, here: int, since: int) -> dict[int, dict[str, float]]:
        """What speaks for each person mentioned lately, ``since`` the sentence of the last quote, ``here`` the quote's own."""
        features: dict[int, dict[str, float]] = {mention.person: {} for mention in self._before(quote.start)}
        for sentence in range(max(since, here - _BACK), here + 1):
            self._on_stage(sentence, here, since, quote, features)
        for person, found in features.items():
            found["salience"] = math.log1p(self._count[person])
            found["distance"] = min(10.0, here - self.talk.sentence[self.latest[person][0]])
        after = self.goes_on(quote)
        if after in features:
            features[after]["goes_on"] = 1.0
        return features

    def _before(self, end: int) -> list[Mentioned]:
        """The latest mentions before word ``end``, counting all of them as the article goes on."""
        while self._seen < len(self._people) and self._people[self._seen].start < end:
            mention = self._people[self._seen]
            self._count[mention.person] += 1
            self.latest[mention.person] = (mention.start, mention.end)
            self._seen += 1
        return self._people[max(0, self._seen - _RECENT) : self._seen]

    def _on_stage(
        self, sentence: int, here: int, since: int, quote: Said, features: dict[int, dict[str, float]]
    ) -> None:
        """Add what the sentences since the last quote say: subject, object, or the one who "told"."""
        mentions = [m for m in self.in_sentence[sentence] if m.start < quote.start]
        first = self.talk.sentences[sentence][0]
        spoken_for = self.talk.lower[first] in self._pronoun  # "|Dia| memuji Budi …": no name is the subject
        for n, mention in enumerate(mentions, spoken_for):
            found = features.setdefault(mention.person, {})
            if sentence == since and sentence != here:
                continue
            if self.was_told(mention):
                found["told"] = 1.0
            elif n == 0 and not self._is_companion(mention):
                found["subject" if sentence >= here - 1 else "subject_before"] = 1.0
                found.update(self._takes_the_floor(sentence, mention))
                if mention == self._first[mention.person]:
                    found["new"] = 1.0
            else:
                found["object" if sentence >= here - 1 else "object_before"] = 1.0

    def _takes_the_floor(self, sentence: int, mention: Mentioned) -> dict[str, float]:
        """Signs that the subject of a sentence goes on to speak: "Budi menyampaikan apresiasi." · "Sementara itu, Budi …"."""
        talk = self.talk
        first, last = talk.sentences[sentence]
        found = {}
        for i in range(mention.end, min(last, mention.end + 6)):
            cue = self._cues.find(talk.lower[i])
            if cue is not None and cue.voice in ("active", "both"):
                found["telling"] = 1.0
        if talk.lower[first] in self._turn and mention.start - first <= 12:
            found["turn"] = 1.0
        return found

    def goes_on(self, quote: Said) -> int:
        """The person who speaks next behind the quote: "“…,” ujarnya. |Budi| menambahkan …", or -1."""
        talk = self.talk
        end = quote.end - 1 if quote.cue is None else max(quote.end - 1, quote.cue)
        after = talk.sentence[end] + 1
        sentence = after if self.in_sentence.get(after) else after + 1
        mentions = self.in_sentence.get(sentence, ())
        if not mentions or any(talk.lower[a] in self._turn for a, _ in talk.sentences[after : sentence + 1]):
            return -1
        first = mentions[0]
        before = self._cues.find(talk.lower[first.start - 1])
        told = before is not None and before.voice in ("root", "source")
        return first.person if told or "telling" in self._takes_the_floor(sentence, first) else -1

    def was_told(self, mention: Mentioned) -> bool:
        """Is the person the agent of a reporting passive: "Hal senada disampaikan Budi"?"""
        talk = self.talk
        for i in range(
            mention.start - 1, max(talk.sentences[talk.sentence[mention.start]][0], mention.start - 12) - 1, -1
        ):
            if talk.text[i] == "," or talk.lower[i] in self._companion - self._by:
                return False
            cue = self._cues.find(talk.lower[i])
            if cue is not None and cue.voice == "passive":
                return True
        return False

    def _is_companion(self, mention: Mentioned) -> bool:
        talk = self.talk
        first = talk.sentences[talk.sentence[mention.start]][0]
        return any(talk.lower[i] in self._companion for i in range(max(first, mention.start - 8), mention.start))
