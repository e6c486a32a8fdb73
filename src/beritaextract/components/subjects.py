"""The subject of a reporting verb that stands before it: "Plh Sekda Banten, Virgojanti, juga mengatakan"."""

from __future__ import annotations

from beritaextract.components.asides import Asides
from beritaextract.components.cues import Cues
from beritaextract.components.discourse import Discourse
from beritaextract.components.mentions import Beside, Mentioned, Mentions, Range


class Subjects(Mentions):
    """Finds the subject before a verb: its words, the persons named there, and whether it can speak at all."""

    def __init__(self, talk: Discourse, cues: Cues) -> None:
        super().__init__(talk)
        self._cues = cues
        self._asides = Asides(talk, cues)
        self._agent = cues.role("agent")
        self._speaks = self._agent | cues.role("source")
        self._many = cues.role("indefinite")
        self._adverb = cues.role("adverb")
        self._relative = cues.role("relative")
        self._by = cues.role("by")
        self._joiner = cues.role("joiner")
        self._pronoun = cues.role("pronoun")
        self._stop = cues.role("stop")
        self._deictic = cues.role("deictic")
        self._supposed = cues.role("supposed")
        self._companion = cues.role("companion")
        self._outer = cues.role("stop") - cues.role("inner")
        with_whom = cues.role("companion") & cues.role("blocker")  # "dengan |PBB| memperkirakan …"
        self._leading = self._adverb | cues.role("connective") | cues.role("existence") | with_whom
        self._kin = cues.role("kin")
        self._through = cues.role("through")
        self._capacity = cues.role("capacity")
        self._beside = self._through | self._capacity

    def can_speak(self, first: int, k: int) -> bool:
        """Is the subject before the verb at ``k`` somebody who can speak?"""
        talk = self.talk
        i = self._asides.before(first, k)
        if i < first:
            return k == first or k - first <= 3
        if talk.lower[i] in self._pronoun:
            return True
        if talk.text[k - 1] == "," and self._is_whole(first, i):
            return False
        head = self._head(first, i)
        if self._is_supposed(head, i) or (talk.lower[k - 1] not in self._relative and self._is_act(first, head, i)):
            return False
        first = self._noun(first, i, k)
        if talk.lower[i] in self._deictic:
            head = self._head(first, i)
            return talk.lower[head] in self._speaks or self.mention[head] >= 0
        if talk.is_upper(i) or self._cues.is_agent(talk.lower[self._head(first, i)]):
            return True
        return any(self.mention[j] >= 0 or talk.lower[j] in self._speaks for j in range(first, k))

    def _is_act(self, first: int, head: int, i: int) -> bool:
        """Is there no subject but another act of one whom nobody names: "…, |memicu amarah| serta mengungkap"?"""
        talk = self.talk
        opens = head == first or talk.text[head - 1] == ","  # but not "Nani, 30, saat |berbelanja| mengaku"
        if not opens or not self._cues.is_verb(talk.small(head)) or talk.lower[first] in self._pronoun:
            return False
        return all(self.person_at(j) is None for j in range(first, i + 1))

    def _is_supposed(self, head: int, i: int) -> bool:
        """Has nobody spoken: "|Jika seorang pembeli| mengatakan", "yang |mengharuskan pembeli| mengatakan"?"""
        talk, verb = self.talk, self._cues.is_verb
        if talk.lower[head] in self._supposed:
            return not any(self._cues.is_predicate(talk.small(j)) for j in range(head + 1, i + 1))
        return head < i and talk.lower[head - 1] in self._relative and verb(talk.small(head)) and head > 0

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

    def _noun(self, first: int, i: int, k: int) -> int:
        """First word of what "yang" right before the verb belongs to: "Budi membaca |surat warga| yang mengeluhkan"."""
        talk = self.talk
        if k - 1 != i + 1 or talk.lower[k - 1] not in self._relative:
            return first
        verbs = (j for j in range(i, first, -1) if self._cues.is_predicate(talk.small(j - 1)))
        return next((j for j in verbs if j - 2 < first or talk.lower[j - 2] not in self._relative), first)

    def _head(self, first: int, i: int) -> int:
        """First word of the phrase that ends with word ``i``: behind the last comma and what links sentences ("Namun")."""
        talk = self.talk
        j = i
        while j > first and talk.text[j - 1] != ",":
            j -= 1
        whole = self.mentions[self.mention[j]] if self.mention[j] >= 0 else None
        if whole is not None and first <= whole.start < j and whole.person < 0:
            return whole.start  # "|Badan Meteorologi, Klimatologi|, dan Geofisika"
        if j > first + 1 and self._asides.is_area(j, i):
            return self._head(first, j - 2)
        while j < i and self.person_at(j) is None:
            day = self._asides.behind(j, i)
            if day == j and talk.is_word(j) and talk.lower[j] not in self._leading:
                break
            j = max(day, j + 1)
            if j < i and talk.lower[j] in self._deictic:
                j += 1  # "saat |ini|"
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
        i = self._asides.before(first, k)
        if i < first:
            return Beside((), None, False)
        if talk.lower[i] in self._pronoun:
            return Beside((), (i, i + 1), True)
        if talk.lower[k - 1] in self._joiner and talk.lower[first] in self._pronoun:
            return Beside((), (first, first + 1), True)  # "|Ia| memuji panitia dan berharap …"
        noun = self._noun(first, i, k)
        head = self._head(noun, i)
        first = self._phrase(head, i) if noun > first else first
        words = self._clear(self._phrase(head, i), i + 2 if i + 1 < k and talk.text[i + 1] == ")" else i + 1, k)
        back = talk.lower[i] in self._deictic
        if back and (whole := self.person_at(head)) is None:
            return Beside((), words, True)
        named = self._named_before(first, i)
        if len(named) == 1 and self._is_kin(head, named[0]):
            return Beside((), words, back)  # "|Keluarga Rudiat| mengatakan"
        if talk.lower[head] in self._agent and head > first and not any(self.person_at(j) for j in range(head, i + 1)):
            if not (
                named
                and self._past_brackets(named[-1].end) == head - 1
                and "companion" not in self._marks(first, named[-1], 0, 1)
            ):
                return Beside((), words, back)
            named = named[-1:]
        if back and not (named and named[-1].end > i):
            return Beside(((whole, frozenset()),) if whole else (), words, True)
        marked = tuple((m, self._marks(first, m, n, len(named)) | self._tied(m, k)) for n, m in enumerate(named))
        return Beside(marked, words, False)

    def _is_kin(self, head: int, name: Mentioned) -> bool:
        """Do these words name somebody by a relative: "keluarga |Rudiat|", "keluarga dari |Rudiat|", but not "Ibu |Sartini|"?"""
        talk = self.talk
        of = name.start - 1 - (talk.lower[name.start - 1] in self._by)
        return of == head and talk.lower[head] in self._kin and head not in self.titled

    def _clear(self, start: int, end: int, k: int) -> Range | None:
        """The subject alone where a whole clause was taken for it: "Warga resah |setelah| Iran …", "BMKG |merilis| …".

        What it speaks through or as is no part of it ("Kemensos |melalui akun resminya|", "PGRI |sebagai mitra|").
        """
        talk = self.talk
        if start < end - 1 and talk.small(start) in self._outer:
            start = self._past_leading(start + 1, end)
        beside = next((i for i in range(start + 1, end) if talk.small(i) in self._beside), end)
        if any(talk.lower[i] in self._relative for i in range(start, beside)):
            return start, beside
        told = next((i for i in range(start, end) if self._cues.is_predicate(talk.small(i))), end)
        joined = talk.lower[k - 1] in self._joiner
        begin = next((i + 1 for i in range(end - 1, told, -1) if talk.small(i) in self._outer and not joined), end)
        if begin < end:
            return self._past_leading(begin, end), end
        verb = next((i for i in range(start, beside) if self._cues.is_verb(talk.small(i))), beside)
        while start < verb < beside and talk.small(verb - 1) in self._adverb:
            verb -= 1
        return (start, verb) if verb > start else None

    def _past_leading(self, i: int, end: int) -> int:
        """First word of a phrase behind what a preposition left of an aside: "saat |ini| petani", "di |mana| pengelola"."""
        while i < end - 1 and (self.talk.small(i) in self._leading or self.talk.lower[i] in self._deictic):
            i += 1
        return i

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
        i = self._past_brackets(mention.end)
        if i + 1 >= len(talk) or talk.lower[i] in self._capacity:
            return i + 1 < len(talk)
        named = talk.is_upper(i + 1) and talk.lower[i + 1] not in self._agent
        return talk.text[i] == "," and not named and talk.lower[i + 1] not in self._through

    def _past_brackets(self, i: int) -> int:
        """Behind the age or party in brackets that follows a name: "Sartini |(60)|, ibu Rudiat"."""
        text = self.talk.text
        if i >= len(text) or text[i] != "(":
            return i
        return next((j + 1 for j in range(i, min(len(text), i + 6)) if text[j] == ")"), i)

    def _tied(self, mention: Mentioned, k: int) -> frozenset[str]:
        """Is the person what "yang" stands for: "Budi |yang| menyebut …", "Budi, |yang| menyebut …"?"""
        talk = self.talk
        i = mention.end
        comma = i + 1 == k - 1 and talk.text[i] == ","
        tied = i < len(talk) and talk.lower[i + 1 if comma else i] in self._relative
        return frozenset(("relative",) if tied else ())
