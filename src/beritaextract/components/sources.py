"""The words beside a reporting word that can name who speaks."""

from __future__ import annotations

from typing import NamedTuple

from beritaextract.components.cues import Cues
from beritaextract.components.discourse import Discourse
from beritaextract.layers import read

_REACH = 30  # words behind a cue in which the speaker's name must begin

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


class Sources:
    """Mentions of persons and organisations by word index, and what the words round a cue say about the speaker."""

    def __init__(self, talk: Discourse, cues: Cues) -> None:
        self.talk = talk
        self._cues = cues
        self._agent = cues.role("agent")
        self._names = cues.role("pronoun") | self._agent | cues.role("indefinite")
        self._speaks = self._agent | cues.role("source")
        self._many = cues.role("indefinite")
        self._adverb = cues.role("adverb")
        self._between = self._adverb | cues.role("joiner") | cues.role("relative")
        self._relative = cues.role("relative")
        self._by = cues.role("by")
        self._within = cues.role("within")
        self._joiner = cues.role("joiner")
        self._during = cues.role("during")
        self._pronoun = cues.role("pronoun")
        self._stop = cues.role("stop")
        self._deictic = cues.role("deictic")
        self._companion = cues.role("companion")
        self._source = cues.role("source")
        self._outer = cues.role("stop") - cues.role("inner")
        self._kin = cues.role("kin")
        self._connective = cues.role("connective")
        self.mentions: list[Mentioned] = []
        self.mention = self._index()

    def _index(self) -> list[int]:
        """For every word the number of the mention that covers it, or -1; names win over titles and organisations."""
        at = [-1] * len(self.talk)
        for layer in ("organizations", "officials", "people"):
            for span, row in read(self.talk.doc, layer):
                a, b = self.talk.word_of[span.start], self.talk.word_of[span.end]
                if a < b and not (layer == "officials" and row["kind"] != "mention"):
                    at[a:b] = [len(self.mentions)] * (b - a)
                    self.mentions.append(Mentioned(a, b, layer, row.get("person", -1)))
        return at

    def person_at(self, i: int) -> Mentioned | None:
        """The mention of a person that word ``i`` belongs to."""
        found = self.mentions[self.mention[i]] if self.mention[i] >= 0 else None
        return found if found is not None and found.person >= 0 else None

    def may_name(self, i: int) -> bool:
        """Can a source begin here: "dia", "Budi", "Bupati …", "seorang warga"?"""
        if i >= len(self.talk):
            return False
        lower = self.talk.lower[i]
        return lower in self._names or (self.talk.is_upper(i) and self.talk.is_word(i))

    def can_speak(self, first: int, k: int) -> bool:
        """Is the subject before the verb at ``k`` somebody who can speak?"""
        talk = self.talk
        i = self._subject_end(first, k)
        if i < first:
            return k == first or k - first <= 3
        if talk.lower[i] in self._pronoun:
            return True
        if talk.text[k - 1] == "," and self._is_whole(first, i):
            return False
        if talk.lower[k - 1] in self._relative:
            first = next((j for j in range(i, first, -1) if self._cues.is_predicate(talk.lower[j - 1])), first)
        if talk.lower[i] in self._deictic:
            head = self._head(first, i)
            return talk.lower[head] in self._speaks or self.mention[head] >= 0
        if talk.is_upper(i) or self._cues.is_agent(talk.lower[self._head(first, i)]):
            return True
        return any(self.mention[j] >= 0 or talk.lower[j] in self._speaks for j in range(first, i + 1))

    def _is_whole(self, first: int, i: int) -> bool:
        """Is it a clause that ends with word ``i``, before a comma: "Pasar itu memakai atap baru, |menegaskan| …"?"""
        talk = self.talk
        start = next((j for j in range(i, first, -1) if talk.text[j - 1] == ","), first)
        if talk.lower[start] in self._speaks or any(self.person_at(j) is not None for j in range(start, i + 1)):
            return False
        for j in range(start, i + 1):
            if talk.lower[j] in self._relative or (j > start and talk.small(j) in self._stop):
                return False
            if self._cues.is_predicate(talk.small(j)):
                return j > start
        return False

    def _subject_end(self, first: int, k: int) -> int:
        """Last word of the subject before the verb at ``k``: adverbs, "yang" and "dan" skipped."""
        talk = self.talk
        i = k - 1
        while i >= first and (talk.lower[i] in self._between or not talk.is_word(i)):
            i -= 1
        if k > first and talk.text[k - 1] == "," and i > first:
            clause = next((j for j in range(i, max(first, i - 25), -1) if talk.text[j - 1] == ","), i)
            if talk.lower[clause] in self._relative and clause - 2 >= first:
                return clause - 2
        return self._before_aside(first, i) if talk.lower[i] in self._deictic else i

    def _before_aside(self, first: int, i: int) -> int:
        """Last word before "pada hari ini" or "dalam studi baru ini", which ends with word ``i``; ``i`` where there is none."""
        talk = self.talk
        aside = next((j for j in range(i - 1, max(first, i - 4), -1) if talk.small(j) in self._during), i + 1)
        before = aside - 1
        linking = talk.lower[before] in self._connective or talk.lower[before] in self._between
        return i if before > i or linking or not talk.is_word(before) else before

    def _head(self, first: int, i: int) -> int:
        """First word of the phrase that ends with word ``i``: behind the last comma and what links sentences ("Namun")."""
        talk = self.talk
        j = i
        while j > first and talk.text[j - 1] != ",":
            j -= 1
        while j < i and (talk.lower[j] in self._connective or not talk.is_word(j)):
            j += 1
        return j

    def _phrase(self, head: int, i: int) -> int:
        """First word of the noun phrase alone, where a clause runs into it: "Rapat dipimpin oleh Ketua KNPI yang mengatakan"."""
        talk = self.talk
        after = i + 1
        if after < len(talk) and (talk.lower[after] in self._relative or talk.text[after] == ","):
            return next((j for j in range(i, head, -1) if talk.lower[j - 1] in self._by), head)
        return head

    def named_until(self, i: int, last: int) -> int:
        """Index behind the words that name a source beginning at ``i``."""
        talk = self.talk
        if i < last and talk.lower[i] in self._pronoun:
            return i + 1
        j = i
        while (
            j < last
            and talk.text[j] != ","
            and j - i < 20
            and not (talk.text[j] == "(" and self._ends_in_brackets(j, last))
        ):
            person = self.person_at(j)
            if person is not None and person.layer == "people":
                return min(last, person.end)
            if talk.lower[j] in self._deictic:
                return j + 1
            if j > i and (talk.small(j) in self._stop or self._cues.is_predicate(talk.small(j))):
                break
            j += 1
        while j > i and not talk.is_word(j - 1) and talk.text[j - 1] != ")":
            j -= 1
        return j

    def named_whole(self, i: int, last: int) -> int:
        """Index behind the words that name a source, and behind the name between commas that follows a post."""
        end = self.named_until(i, last)
        if end + 1 >= last or self.talk.text[end] != "," or any(self.person_at(j) for j in range(i, end)):
            return end
        person = self.person_at(end + 1)
        closed = person is not None and person.end < last and self.talk.text[person.end] == ","
        return person.end if person is not None and closed else end

    def _ends_in_brackets(self, i: int, last: int) -> bool:
        """Does the name end with what is in brackets: "Muttaqin (45), …" but not "Peratin (Kepala Desa) Muttaqin, …"?"""
        close = next((j for j in range(i, min(last, i + 12)) if self.talk.text[j] == ")"), last)
        return close + 1 >= last or not self.talk.is_upper(close + 1)

    def written_source(self, first: int, k: int) -> Range | None:
        """The words for where it is written: "Dalam surat itu, disebutkan …", "Pada pasal 12 tertulis …"."""
        talk = self.talk
        i = k - 1
        while i > first and talk.text[i] != ",":
            i -= 1
        i = next((j for j in range(max(first, i - 25), k) if talk.lower[j] in self._within), k)
        if i >= k or k - i > 30:
            return None
        comma = talk.text[k - 1] == "," or (talk.text[min(k + 1, len(talk) - 1)] == "," and k - i <= 6)
        if not comma and talk.lower[i + 1] not in self._source:
            return None
        end = i + 1
        while end < k and talk.text[end] != "," and talk.lower[end] not in self._relative:
            end += 1
        return (i + 1, end) if end > i + 1 else None

    def behind(self, k: int, last: int) -> Beside:
        """Who is named behind a cue: "kata Kepala Dinas Kesehatan, Ahmad Hasan, saat …", "ujar dia", "kata seorang warga"."""
        talk = self.talk
        i = k + 1
        while i < last and (talk.lower[i] in self._adverb or talk.lower[i] in self._by):
            i += 1
        if i >= last or not talk.is_word(i):
            return Beside((), None, False)
        if talk.lower[i] in self._pronoun:
            return Beside((), (i, i + 1), True)
        persons = self._named_behind(i, last)
        end = self.named_until(i, last)
        if end == i:
            return Beside(persons, None, False)
        if len(persons) == 1 and "kin" in persons[0][1] and talk.small(persons[0][0].start - 1) in self._kin:
            return Beside((), (i, end), False)  # "kata |istri Rudiat|"
        near = range(i, min(last, end + 12))
        phrase = next((j for j in near if talk.text[j] in ",.;:" or talk.inside[j] >= 0 or self._leaves(j)), near.stop)
        back = not persons and any(talk.lower[j] in self._deictic for j in range(i, phrase))
        return Beside(persons, (i, end), back)

    def _leaves(self, i: int) -> bool:
        """Does word ``i`` begin what is no part of the speaker's description: "dalam pengumuman hari ini"?"""
        return self.talk.small(i) in self._outer and self.talk.lower[i] not in self._relative

    def _named_behind(self, i: int, last: int) -> tuple[tuple[Mentioned, frozenset[str]], ...]:
        talk = self.talk
        chunk, commas = i, 0
        found: list[tuple[Mentioned, frozenset[str]]] = []
        j = i
        while j < min(last, i + _REACH) and len(found) < 2 and talk.inside[j] < 0:
            if talk.text[j] == ",":
                commas, chunk = commas + 1, j + 1
            elif j > i and talk.small(j) in self._outer and (commas == 0 or found):
                break
            person = self.person_at(j)
            if person is not None:
                if commas == 0 or (j - chunk <= 3 and commas <= 4):
                    kin = talk.lower[chunk] in self._kin and j > chunk
                    found.append((person, frozenset(("kin",) if kin else ())))
                    if not kin:
                        break
                j = person.end
            else:
                j += 1
        return tuple(found)

    def before(self, first: int, k: int) -> Beside:
        """Who is named before an active cue: "Plh Sekda Banten, Virgojanti, juga mengatakan", "Ia pun menegaskan"."""
        talk = self.talk
        i = self._subject_end(first, k)
        if i < first:
            return Beside((), None, False)
        if talk.lower[i] in self._pronoun:
            return Beside((), (i, i + 1), True)
        if talk.lower[k - 1] in self._joiner and talk.lower[first] in self._pronoun:
            return Beside((), (first, first + 1), True)  # "|Ia| memuji panitia dan berharap …"
        head = self._head(first, i)
        words = (self._phrase(head, i), i + 2 if i + 1 < k and talk.text[i + 1] == ")" else i + 1)
        back = talk.lower[i] in self._deictic
        if back and (whole := self.person_at(head)) is None:
            return Beside((), words, True)
        named = self._named_before(first, i)
        if talk.lower[head] in self._agent and head > first and not any(self.person_at(j) for j in range(head, i + 1)):
            if not (named and named[-1].end == head - 1 and "companion" not in self._against(first, named[-1], 0, 1)):
                return Beside((), words, back)
            named = named[-1:]
        if named and named[-1].end > i:
            pass
        elif back:
            return Beside(((whole, frozenset()),) if whole else (), words, True)
        marked = tuple((m, self._against(first, m, n, len(named))) for n, m in enumerate(named))
        return Beside(marked, words, False)

    def _named_before(self, first: int, i: int) -> list[Mentioned]:
        found: list[Mentioned] = []
        many = self.talk.lower[self._head(first, i)] in self._many
        j = first
        while j <= i:
            person = self.person_at(j) if self.talk.inside[j] < 0 else None
            if person is not None:
                if not (many and person.layer == "officials"):
                    found.append(person)
                j = person.end
            else:
                j += 1
        return found

    def _against(self, first: int, mention: Mentioned, n: int, total: int) -> frozenset[str]:
        """What speaks against a person before the verb: named as company ("didampingi X"), or in the way of a nearer one."""
        talk = self.talk
        marks = set()
        j = mention.start - 1
        while j >= first and talk.text[j] != "," and mention.start - j <= 12:
            if talk.lower[j] in self._companion:
                marks.add("companion")
                break
            if n < total - 1 and talk.lower[j] in self._kin:
                marks.add("kin")
            j -= 1
        if n == 0:
            marks.add("first")
        if n == total - 1:
            marks.add("nearest")
        if mention.end < len(talk) and talk.lower[mention.end] in self._relative:
            marks.add("relative")
        return frozenset(marks)
