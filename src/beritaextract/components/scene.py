"""The article as a scene: who is mentioned where, with what descriptions, and who can have said a quote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from beritaextract.components.cues import Cues
from beritaextract.components.descriptions import Candidate, Descriptions
from beritaextract.components.discourse import Discourse
from beritaextract.components.mentions import Beside, Mentioned, Range
from beritaextract.components.sources import Sources
from beritaextract.components.stage import Said, Stage
from beritaextract.layers import PersonFacts


class Speaker(NamedTuple):
    """The decision for one quote; ``at`` are the words that name, or stand for, the speaker."""

    person: int
    name: Range
    at: Range
    confidence: float
    by: str


class Scene:
    """The article as a scene: who is mentioned where, with what descriptions, and who spoke last."""

    def __init__(self, talk: Discourse, cues: Cues, persons: Sequence[PersonFacts], said: Sequence[Said]) -> None:
        self.talk = talk
        self.sources = Sources(talk, cues)
        self._cues = cues
        self._anaphor = cues.role("anaphor")
        self._by = cues.role("by")
        self._within = cues.role("within")
        self._plural = cues.role("plural")
        self._single = cues.role("pronoun") - self._plural
        self._body = cues.role("body")
        self._group = cues.role("agent") - cues.role("indefinite")
        self._organizations: dict[int, Mentioned] = {}
        for mention in sorted(self.sources.mentions):
            if mention.layer == "organizations":
                self._organizations.setdefault(talk.sentence[mention.start], mention)
        self._written = cues.role("source")
        quoted = {i: quote.start for quote in said for i in range(quote.start, quote.end)}
        people = sorted(m for m in self.sources.mentions if m.person >= 0 and m.start not in quoted)
        self._stage = Stage(talk, cues, people)
        self._described = Descriptions(talk, cues, people, persons)
        self._spoken_of: dict[int, set[int]] = defaultdict(set)
        for mention in self.sources.mentions:
            if mention.person >= 0 and mention.start in quoted:
                self._spoken_of[quoted[mention.start]].add(mention.person)
        self._last: Said | None = None
        self._spoken: set[int] = set()
        self._last_person = -1

    def spoke(self, quote: Said, speaker: Speaker) -> None:
        """Remember the quote that was decided last, and who spoke."""
        self._last = quote
        self._spoken.add(speaker.person)
        if speaker.person >= 0:
            self._last_person = speaker.person

    def can_go_on(self, quote: Said, speaker: Speaker) -> bool:
        """Can a following "ujarnya" mean this speaker: a person, or words for people, but no letter, no law and no paper?"""
        written = quote.by == "quotes.source" or self.talk.lower[speaker.name[0]] in self._written
        return speaker.person >= 0 or not written

    def candidates(self, quote: Said, last: Speaker | None) -> tuple[list[Candidate], Range | None]:
        """Who may have said it, and the words that stand for the speaker when they are not the name itself."""
        found, at = self._who(quote, last)
        about = self._spoken_of[quote.start] if quote.kind == "direct" else ()
        return [self._with(c, "spoken_of") if c.person in about else c for c in found], at

    def _who(self, quote: Said, last: Speaker | None) -> tuple[list[Candidate], Range | None]:
        beside, carried = self._beside(quote)
        if beside.persons:
            return [self._named(m, marks) for m, marks in beside.persons], None
        if carried is None and beside.words is not None and not beside.points_back:
            found = [Candidate(-1, beside.words, {"words": 1.0}, "words")]
            return found + self._described.persons(beside.words), beside.words
        found = self._by_discourse(quote, last)
        if beside.words is not None and quote.cue is not None and beside.words[0] < quote.cue:
            found = [
                c._replace(features={**c.features, "taken_up": 1.0}) if "subject" in c.features else c for c in found
            ]
        if beside.words is not None and self.talk.lower[beside.words[0]] in self._plural:
            found = [c._replace(features={**c.features, "many": 1.0}) if c.person >= 0 else c for c in found]
            found += self._bodies(quote)
        if beside.words is not None and self._is_body(beside.words):
            return [Candidate(-1, beside.words, {"words": 1.0}, "words")], beside.words
        if beside.words is not None and self.talk.lower[beside.words[0]] in self._single:
            found = [c if c.person >= 0 or not self._is_body(c.name) else self._with(c, "alone") for c in found]
        if beside.words is not None and carried is None:
            posts = {c.person: c for c in self._described.persons(beside.words)}
            found = [
                c._replace(features={**c.features, **posts.pop(c.person).features}) if c.person in posts else c
                for c in found
            ]
            found += posts.values()
        return found, carried or beside.words

    def _is_body(self, words: Range) -> bool:
        """Are these words for an organisation: "kantor tersebut", "Disperindag Kota Serang"?"""
        if self.talk.lower[words[0]] in self._body or self.talk.lower[words[0]] in self._written:
            return True
        number = self.sources.mention[words[0]]
        return number >= 0 and self.sources.mentions[number].layer == "organizations"

    @staticmethod
    def _with(candidate: Candidate, feature: str) -> Candidate:
        return candidate._replace(features={**candidate.features, feature: 1.0})

    def _beside(self, quote: Said) -> tuple[Beside, Range | None]:
        """What stands beside the cue; and the cue itself where its -nya is all that stands for the speaker."""
        nobody = Beside((), None, True)
        if quote.cue is None:
            return self._unreported(quote) or nobody, None
        cue = self._cues.find(self.talk.lower[quote.cue])
        if cue.carrier if cue is not None else self.talk.lower[quote.cue].endswith("nya"):
            return nobody, (quote.cue, quote.cue + 1)
        first, last = self.talk.sentences[self.talk.sentence[quote.cue]]
        if cue is None:
            found = self.sources.behind(quote.cue, last)
            glued = self.talk.text[quote.cue] != self.talk.lower[quote.cue]  # "kataBudi"
            return (nobody if glued and not found.persons else found), None
        follows = cue.voice == "both" and 0 <= quote.cue - quote.end <= 2  # “…,” imbau Budi
        if cue.voice in ("active", "both", "object") and cue.row.frame != "source" and not follows:
            return self._active(quote, first)
        found = self.sources.behind(quote.cue, last)
        if cue.row.frame == "source" and cue.voice != "source":
            return self._quoted_from(found, quote.cue, last), None
        if cue.voice == "passive" and not found.persons and (written := self.sources.written_source(first, quote.cue)):
            return Beside((), written, False), None
        if cue.row.kind == "writing" and not found.persons:
            return found._replace(points_back=False), None
        return found, None

    def _unreported(self, quote: Said) -> Beside | None:
        """“…,” Kepala Dinas Budi di Parigi: the writer forgot the reporting word."""
        talk = self.talk
        if talk.text[quote.end - 1] != "," or quote.end + 1 >= len(talk) or not talk.is_upper(quote.end + 1):
            return None
        found = self.sources.behind(quote.end, talk.sentences[talk.sentence[quote.end]][1])
        return found if found.persons else None

    def _quoted_from(self, found: Beside, k: int, last: int) -> Beside:
        """Dilansir dari laman Humas Kota X, …: the words up to the comma, or the person they begin with."""
        if found.persons and found.words and found.persons[0][0].start <= found.words[0] + 1:
            return found
        i = k + 1 + (self.talk.lower[min(k + 1, last - 1)] in self._by)
        end = i
        while (
            end < last
            and self.talk.text[end] not in (",", "(", ".")
            and (end == i or self.talk.lower[end] not in self._within)
        ):
            end += 1
        return Beside((), (i, end) if end > i else None, False)

    def _active(self, quote: Said, first: int) -> tuple[Beside, Range | None]:
        assert quote.cue is not None
        if quote.end <= quote.cue:
            first = max(first, quote.end)
        elif self._last is not None and first <= self._last.end <= quote.cue:
            first = self._last.end
        return self.sources.before(first, quote.cue), None

    def _named(self, mention: Mentioned, marks: frozenset[str]) -> Candidate:
        return Candidate(
            mention.person, (mention.start, mention.end), {"beside": 1.0, **dict.fromkeys(marks, 1.0)}, "beside"
        )

    def _by_discourse(self, quote: Said, last: Speaker | None) -> list[Candidate]:
        """Persons whom a pronoun, -nya or nothing at all can mean: the last speaker, or who came up since."""
        talk = self.talk
        here = talk.sentence[quote.start if quote.cue is None else min(quote.start, quote.cue)]
        since = -1 if self._last is None else talk.sentence[max(self._last.end - 1, self._last.cue or 0)]
        features = self._stage.evidence(quote, here, since)
        for person, evidence in features.items():
            if self._last is not None and person not in self._spoken and not {"new", "told"} & evidence.keys():
                evidence["silent"] = 1.0
        found = [Candidate(p, self._stage.latest[p], f, "discourse") for p, f in features.items()]
        if last is not None:
            found = self._with_last(quote, found, last)
        return self._ahead(quote, found)

    def _bodies(self, quote: Said) -> list[Candidate]:
        """The organisation that "mereka" can mean: the first one of the sentence before."""
        here = self.talk.sentence[quote.start if quote.cue is None else min(quote.start, quote.cue)]
        found = self._organizations.get(here - 1)
        return [Candidate(-1, (found.start, found.end), {"subject": 1.0}, "discourse")] if found is not None else []

    def _with_last(self, quote: Said, found: list[Candidate], last: Speaker) -> list[Candidate]:
        if last.person >= 0:
            return [self._with(c, "last") if c.person == last.person else c for c in found]
        found = [self._with(c, "resumed") if c.person == self._last_person else c for c in found]
        features = {"last_words": 1.0}
        if self._is_group(last.name):
            features["last_group"] = 1.0
        if quote.kind == "direct" and self._is_named_in(quote, last.name):
            features["spoken_of"] = 1.0
        return [*found, Candidate(-1, last.name, features, "discourse")]

    def _is_named_in(self, quote: Said, words: Range) -> bool:
        """Do the words stand inside the quote: "Pelaku" in “Pelaku baru bebas,”?"""
        wanted, size = self.talk.lower[words[0] : words[1]], words[1] - words[0]
        inside = range(quote.start, quote.end - size + 1)
        return any(self.talk.lower[i : i + size] == wanted for i in inside)

    def _is_group(self, words: Range) -> bool:
        """Are these words for people or bodies at large: "warga", "Dinas Kesehatan", but not "seorang warga" or a name?"""
        first = words[0]
        opens = first == self.talk.sentences[self.talk.sentence[first]][0]
        word = self.talk.lower[first] if opens else self.talk.small(first)
        return word in self._group or self._is_body(words)

    def _ahead(self, quote: Said, found: list[Candidate]) -> list[Candidate]:
        """ "…." Hal itu disampaikan Budi: the sentence behind a quote without a cue; or, with nobody before, the next name."""
        if found and quote.cue is not None:
            return found
        talk = self.talk
        after = talk.sentence[quote.end - 1] + 1
        for sentence in (after, after + 1):
            for mention in self._stage.in_sentence.get(sentence, ()):
                first = talk.sentences[sentence][0]
                told = sentence == after and talk.lower[first] in self._anaphor and self._stage.was_told(mention)
                if told or not found:
                    name = (mention.start, mention.end)
                    found = [c for c in found if c.person != mention.person]
                    return [*found, Candidate(mention.person, name, {"told_after" if told else "ahead": 1.0}, "ahead")]
        return found
