"""The subject of a reporting verb that stands before it: "Plh Sekda Banten, Virgojanti, juga mengatakan"."""

from __future__ import annotations

from beritaextract.components.cues import Cues
from beritaextract.components.discourse import Discourse
from beritaextract.components.mentions import Beside, Mentioned, Mentions, Range


class Subjects(Mentions):
    """Finds the subject before a verb: its words, the persons named there, and whether it can speak at all."""

    def __init__(self, talk: Discourse, cues: Cues) -> None:
        super().__init__(talk)
        self._cues = cues
        self._agent = cues.role("agent")
        self._speaks = self._agent | cues.role("source")
        self._many = cues.role("indefinite")
        self._adverb = cues.role("adverb")
        self._between = self._adverb | cues.role("joiner") | cues.role("relative")
        self._relative = cues.role("relative")
        self._by = cues.role("by")
        self._joiner = cues.role("joiner")
        self._during = cues.role("during")
        self._pronoun = cues.role("pronoun")
        self._stop = cues.role("stop")
        self._deictic = cues.role("deictic")
        self._companion = cues.role("companion")
        self._outer = cues.role("stop") - cues.role("inner")
        self._with = cues.role("companion") & cues.role("blocker")  # "dengan |PBB| memperkirakan …"
        self._kin = cues.role("kin")
        self._connective = cues.role("connective")
        self._through = cues.role("through")
        self._capacity = cues.role("capacity")

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
        while j < i and (talk.lower[j] in self._connective or talk.lower[j] in self._with or not talk.is_word(j)):
            j += 1
        return j

    def _phrase(self, head: int, i: int) -> int:
        """First word of the noun phrase alone, where a clause runs into it: "Rapat dipimpin oleh Ketua KNPI yang mengatakan"."""
        talk = self.talk
        after = i + 1
        if after < len(talk) and (talk.lower[after] in self._relative or talk.text[after] == ","):
            return next((j for j in range(i, head, -1) if talk.lower[j - 1] in self._by), head)
        return head

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
        words = self._clear(self._phrase(head, i), i + 2 if i + 1 < k and talk.text[i + 1] == ")" else i + 1, k)
        back = talk.lower[i] in self._deictic
        if back and (whole := self.person_at(head)) is None:
            return Beside((), words, True)
        named = self._named_before(first, i)
        if len(named) == 1 and self._is_kin(head, named[0]):
            return Beside((), words, back)  # "|Keluarga Rudiat| mengatakan"
        if talk.lower[head] in self._agent and head > first and not any(self.person_at(j) for j in range(head, i + 1)):
            if not (named and named[-1].end == head - 1 and "companion" not in self._marks(first, named[-1], 0, 1)):
                return Beside((), words, back)
            named = named[-1:]
        if named and named[-1].end > i:
            pass
        elif back:
            return Beside(((whole, frozenset()),) if whole else (), words, True)
        marked = tuple((m, self._marks(first, m, n, len(named)) | self._tied(m, k)) for n, m in enumerate(named))
        return Beside(marked, words, False)

    def _is_kin(self, head: int, name: Mentioned) -> bool:
        """Do these words name somebody by a relative: "keluarga |Rudiat|", "keluarga dari |Rudiat|", but not "Ibu |Sartini|"?"""
        talk = self.talk
        of = name.start - 1 - (talk.lower[name.start - 1] in self._by)
        return of == head and talk.lower[head] in self._kin and head not in self.titled

    def _clear(self, start: int, end: int, k: int) -> Range | None:
        """The subject alone where a whole clause was taken for it: "Warga resah |setelah| Iran …", "BMKG |merilis| …"."""
        talk = self.talk
        verb = next((i for i in range(start + 1, end) if self._cues.is_verb(talk.small(i))), end)
        if verb == end or any(talk.lower[i] in self._relative for i in range(start, end)):
            return start, end
        joined = talk.lower[k - 1] in self._joiner
        begin = next((i + 1 for i in range(end - 1, verb, -1) if talk.small(i) in self._outer and not joined), end)
        if begin < end:
            return begin, end
        while verb > start and talk.small(verb - 1) in self._adverb:
            verb -= 1
        return (start, verb) if verb > start else None

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

    def _marks(self, first: int, mention: Mentioned, n: int, total: int) -> frozenset[str]:
        """What speaks for or against a person before the verb: named as company ("didampingi X"), the nearest one, …"""
        talk = self.talk
        marks = set()
        j = mention.start - 1
        if j > first and talk.text[j] == ",":
            j -= 1  # "mendampingi |Kepala Dinas Sosial|, Budi"
        while j >= first and talk.text[j] != "," and mention.start - j <= 12:
            if talk.lower[j] in self._companion:
                marks.add("companion")
                break
            if talk.lower[j] in self._through:
                marks.add("through")
                break
            if n < total - 1 and talk.lower[j] in self._kin:
                marks.add("kin")
            j -= 1
        if n == 0:
            marks.add("first")
        if n == total - 1:
            marks.add("nearest")
        elif self._is_described(mention):
            marks.add("described")
        return frozenset(marks)

    def _is_described(self, mention: Mentioned) -> bool:
        """Does a description follow that may hold other names: "Sartini (60), |ibu Rudiat|, …", "Sartini, |Direktur …|"?"""
        talk = self.talk
        i = mention.end
        if i < len(talk) and talk.text[i] == "(":
            i = next((j + 1 for j in range(i, min(len(talk), i + 6)) if talk.text[j] == ")"), i)
        if i + 1 >= len(talk) or talk.lower[i] in self._capacity:
            return i + 1 < len(talk)
        named = talk.is_upper(i + 1) and talk.lower[i + 1] not in self._agent
        return talk.text[i] == "," and not named and talk.lower[i + 1] not in self._through

    def _tied(self, mention: Mentioned, k: int) -> frozenset[str]:
        """Is the person what "yang" stands for: "Budi |yang| menyebut …", "Budi, |yang| menyebut …"?"""
        talk = self.talk
        i = mention.end
        comma = i + 1 == k - 1 and talk.text[i] == ","
        tied = i < len(talk) and talk.lower[i + 1 if comma else i] in self._relative
        return frozenset(("relative",) if tied else ())
