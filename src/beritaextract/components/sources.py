"""The words beside a reporting word that can name who speaks."""

from __future__ import annotations

from beritaextract.components.cues import Cues
from beritaextract.components.discourse import Discourse
from beritaextract.components.mentions import Beside, Mentioned, Range
from beritaextract.components.subjects import Subjects

_REACH = 30  # words behind a cue in which the speaker's name must begin


class Sources(Subjects):
    """What the words round a cue say about the speaker: the subject before it, and whoever is named behind it."""

    def __init__(self, talk: Discourse, cues: Cues) -> None:
        super().__init__(talk, cues)
        self._names = cues.role("pronoun") | self._agent | cues.role("indefinite")
        self._within = cues.role("within")
        self._source = cues.role("source")
        self._ends = self._stop | cues.role("capacity") | cues.role("manner")
        self._link = cues.role("link")

    def may_name(self, i: int) -> bool:
        """Can a source begin here: "dia", "Budi", "Bupati …", "seorang warga"?"""
        if i >= len(self.talk):
            return False
        lower = self.talk.lower[i]
        return lower in self._names or (self.talk.is_upper(i) and self.talk.is_word(i))

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
                back = person.end < last and talk.lower[person.end] in self._deictic  # "pemilik toko Krisna |itu|"
                return min(last, person.end + back)
            if talk.lower[j] in self._deictic:
                return j + 1
            if j > i and (talk.small(j) in self._ends or talk.inside[j] >= 0 or self._cues.is_predicate(talk.small(j))):
                break
            j += 1
        while j > i and not talk.is_word(j - 1) and talk.text[j - 1][0] not in ")@":
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
        i = self._past_link(k + 1, last)
        while i < last and (talk.small(i) in self._adverb or talk.small(i) in self._by):
            i += 1
        if i < last and talk.text[i][0] == "@":
            return Beside((), (i, i + 1), False)  # "tulis |@rini_s|"
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

    def _past_link(self, i: int, last: int) -> int:
        """Behind "seperti dilaporkan" and "dalam": “…,” demikian |seperti dilaporkan| Radio Cikande · tulis |dalam| akun itu."""
        talk = self.talk
        if i + 1 < last and talk.small(i) in self._link:
            told = self._cues.find(talk.lower[i + 1])
            i += 2 if told is not None and told.voice == "passive" else 0
        written = i + 1 < last and talk.small(i) in self._within and talk.lower[i + 1] in self._source
        return i + written

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
                late = self._past_relative(j, last) if commas == 0 else None
                return (*found, (late, frozenset())) if late is not None else tuple(found)
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

    def _past_relative(self, i: int, last: int) -> Mentioned | None:
        """The name behind a description with "yang": "kata warga |yang melintas|, Dhiko (32), …"."""
        talk = self.talk
        if talk.lower[i] not in self._relative:
            return None
        comma = next((j for j in range(i, min(last, i + _REACH)) if talk.text[j] == ","), last)
        person = self.person_at(comma + 1) if comma + 1 < last else None
        set_off = person is not None and person.end < last and talk.text[person.end] in ",(."
        return person if set_off else None
