"""Reported clauses, without marks or with a fragment in marks: which words were said, and where they begin and end.

Four ways to report: the complement of a verb (Budi mengatakan, …), a source (Menurut Budi, …), a reporting word that stands
before its speaker inside or behind the clause (…, kata Budi), and the passive (Disampaikan Budi, … · Hal itu dikatakan Budi).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from beritaextract.components.complements import Complements
from beritaextract.components.cues import Cue, Cues
from beritaextract.components.discourse import Discourse, Found
from beritaextract.components.source_clauses import SourceClauses, reported, trimmed
from beritaextract.components.sources import Sources
from beritaextract.components.stretches import Stretch, stretches, taken_by

_CUES = 6  # reporting words inside a quote that may begin another one


class ReportedFinder:
    """Finds the clauses that report what a source said."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues
        self._complements = Complements(cues)
        self._clauses = SourceClauses(cues, self._complements)
        self._stop = cues.role("stop")
        self._turn = cues.role("turn")
        self._lead = cues.role("lead")
        self._pronoun = cues.role("pronoun")
        self._single = self._pronoun - cues.role("plural")
        self._relative = cues.role("relative")
        self._that = cues.role("that")
        self._joiner = cues.role("joiner")
        self._likewise = cues.role("link") | self._relative
        self._similar = cues.role("similar")
        self._denial = cues.role("denial")
        self._occasion = cues.role("occasion")
        self._within = cues.role("within")
        self._by = cues.role("by")
        self._anaphor = cues.role("anaphor")

    def find(self, talk: Discourse, cues: Mapping[int, Cue], direct: Sequence[Found]) -> list[Found]:
        """Reported clauses in text order."""
        sources = Sources(talk, self._cues)
        found: list[Found] = []
        taken = taken_by(talk, direct)
        before: Stretch | None = None
        at = iter(sorted(cues))
        cue = next(at, None)
        for stretch in stretches(talk, taken):
            here = []
            while cue is not None and cue < stretch[1]:
                if cue >= stretch[0]:
                    here.append(cue)
                cue = next(at, None)
            said = list(self._in_stretch(talk, cues, sources, stretch, here))
            if not said and here:
                told = next((k for k in here[:3] if self._points_back(talk, cues[k], stretch, k)), here[0])
                said = list(self._told_before(talk, cues, sources, stretch, told, before))
            found.extend(said)
            before = None if said else stretch
        return found

    def _in_stretch(
        self, talk: Discourse, cues: Mapping[int, Cue], sources: Sources, stretch: Stretch, here: Sequence[int]
    ) -> Iterator[Found]:
        """Quotes of one stretch: each reporting word that no quote before it covers."""
        late: Found | None = None
        end = stretch[0]
        for k in here:
            quote = self._report(talk, cues[k], sources, stretch, k) if k >= end else None
            if quote is None:
                continue
            if cues[k].row.frame == "source" and cues[k].voice != "source":
                late = quote  # "Dilansir dari X, Budi mengatakan …" is Budi's
                continue
            late = None
            second = self._second(talk, cues, sources, stretch, here, quote)
            if second is not None:
                cut, stretch = second
                quote = quote._replace(end=cut)
            yield quote
            end = quote.end
        if late is not None:
            yield late

    def _second(
        self,
        talk: Discourse,
        cues: Mapping[int, Cue],
        sources: Sources,
        stretch: Stretch,
        here: Sequence[int],
        quote: Found,
    ) -> tuple[int, Stretch] | None:
        """Where a quote ends because another begins in its sentence, and the stretch that goes on there.

        Another verb of the same subject (", serta mengajak warga …") or somebody else (", sementara Ketua DPRD menyatakan …").
        """
        inside = here[bisect_right(here, quote.start) : bisect_left(here, quote.end)]
        for k in inside[:_CUES]:
            if cues[k].voice == "active" and talk.lower[k - 1] in self._joiner:
                at, rest = k - 1, stretch
            else:
                at = self._turn_before(talk, k, quote.start)
                rest = (at + 1, stretch[1])
            cut = trimmed(talk, quote.start, at)
            if cut - quote.start > 2 and self._report(talk, cues[k], sources, rest, k) is not None:
                return cut, rest
        return None

    def _turn_before(self, talk: Discourse, k: int, first: int) -> int:
        """The word at which somebody else begins to speak before the verb at ``k``, or ``first``."""
        turn = self._turn
        return next(
            (i for i in range(k - 1, max(first, k - 20), -1) if talk.lower[i] in turn and talk.text[i - 1] == ","),
            first,
        )

    def _report(self, talk: Discourse, cue: Cue, sources: Sources, stretch: Stretch, k: int) -> Found | None:
        if cue.voice == "source":
            if k > stretch[0] and talk.text[k - 1] in ".?!":
                stretch = (k, stretch[1])
            if not (cue.carrier or k == stretch[0] or talk.text[k - 1] == "," or sources.may_name(k + 1)):
                return None  # "berubah menurut musim"
            return self._clauses.beside(talk, cue, sources, stretch, k, "quotes.menurut")
        if cue.voice in ("active", "both") and cue.row.frame == "source":
            return self._quoted_from(talk, sources, stretch, k)
        if cue.voice == "object":
            opened = k + 1 < stretch[1] and (talk.text[k + 1] == "," or talk.lower[k + 1] in self._that)
            told = opened and k > stretch[0] and talk.lower[k - 1] in self._pronoun
            return self._complement(talk, cue, sources, stretch, k) if told else None
        if cue.voice == "both" and talk.is_upper(k):
            return None  # "Minta Maaf", "Desak Made Ratna"
        if cue.voice in ("active", "both"):
            return self._complement(talk, cue, sources, stretch, k)
        if cue.voice == "passive":
            return self._passive(talk, cue, sources, stretch, k)
        return self._inverted(talk, cue, sources, stretch, k)

    # X mengatakan …

    def _complement(self, talk: Discourse, cue: Cue, sources: Sources, stretch: Stretch, k: int) -> Found | None:
        if self._complements.blocked(talk, cue, stretch, k) or not sources.can_speak(stretch[0], k):
            return None
        if self._complements.points_back(talk, k + 1, stretch[1]):
            return None
        start, opened = self._complements.start(talk, cue, sources, stretch, k)
        end = trimmed(talk, start, stretch[1])
        if not self._complements.is_content(talk, cue, start, end, opened):
            return None
        confidence = {"clause": 0.85, "noun": 0.8, "person": 0.8}.get(cue.row.frame, 0.7)
        return reported(talk, start, end, k, confidence + (0.07 if opened else 0), "quotes.complement")

    # Menurut X, … · …, kata X, …

    def _inverted(self, talk: Discourse, cue: Cue, sources: Sources, stretch: Stretch, k: int) -> Found | None:
        """A bare root with its speaker behind it, at the edge of a clause: "Saat ini, kata Budi, …", "…, ujarnya."""
        first, last = stretch
        if cue.row.kind == "writing" and cue.row.frame == "mark":
            return None
        led = k - first <= 4 and all(talk.lower[i] in self._lead for i in range(first, k)) and talk.text[k][0].islower()
        left = k == first or talk.text[k - 1] in (",", "-", "–", "—") or led or talk.inside[k - 1] >= 0
        if cue.carrier:
            right = k + 1 >= last or not talk.is_word(k + 1) or talk.lower[k + 1] in self._stop
            return self._clauses.beside(talk, cue, sources, stretch, k, "quotes.inverted") if left and right else None
        if k + 1 >= last or not sources.may_name(k + 1) or not (left or self._closes(talk, sources, stretch, k)):
            return None
        noun = k == first and talk.is_upper(k) and talk.lower[k + 1] not in self._single
        if noun and not self._sets_off(talk, sources.named_whole(k + 1, last), last):
            return None  # "|Protes| Budi terhadap wasit …", but "Kata dia ada …"
        return self._clauses.beside(talk, cue, sources, stretch, k, "quotes.inverted")

    def _sets_off(self, talk: Discourse, end: int, last: int) -> bool:
        """Does what follows the speaker's name part it from what was said: "Kata Budi|,| …", "Kata Budi |saat ditemui|, …"?"""
        return end < last and (not talk.is_word(end) or talk.lower[end] in self._that | self._occasion)

    def _closes(self, talk: Discourse, sources: Sources, stretch: Stretch, k: int) -> bool:
        """Does a comma behind the name show what none before the cue does: "Tarif itu lanjut Budi, sudah disepakati."?"""
        first, last = stretch
        end = sources.named_until(k + 1, last)
        if talk.is_upper(k) or end >= last or talk.text[end] != ",":
            return False
        if talk.lower[k + 1] in self._pronoun or sources.person_at(k + 1) is not None:
            return not self._cues.is_verb(talk.small(k - 1))  # "membaca pesan Budi, …"
        return k - first <= 4 and talk.is_upper(first) and talk.is_upper(k + 1)

    # Disampaikan X, … · diakuinya …

    def _passive(self, talk: Discourse, cue: Cue, sources: Sources, stretch: Stretch, k: int) -> Found | None:
        first, last = stretch
        if cue.row.frame == "source":
            return self._quoted_from(talk, sources, stretch, k)
        if cue.carrier:
            attribute = k > first and talk.lower[k - 1] in self._relative
            return None if attribute else self._clauses.beside(talk, cue, sources, stretch, k, "quotes.passive")
        i = k + 1
        if i >= last:
            return None
        if k == first and talk.lower[i] in self._within:
            return self._quoted_from(talk, sources, stretch, k)
        comma = talk.text[k - 1] == "," or talk.text[i] == ","
        if k > first and comma and sources.written_source(first, k) is not None:
            return self._right_of(talk, stretch, k, i, 0.75)
        if k == first and talk.text[i] == "," and cue.row.kind != "judgement":
            return self._right_of(talk, stretch, k, i, 0.7)
        agent = talk.lower[i] in self._by
        i += agent
        bahwa = next((j for j in range(i, min(last, i + 25)) if talk.lower[j] in self._that), None)
        named = i < last and (sources.may_name(i) or (agent and talk.is_word(i)))
        anaphor = talk.lower[first] in self._anaphor
        if named and bahwa is not None and (k - first <= 6 or anaphor):
            return self._right_of(talk, stretch, k, bahwa, 0.9)
        until = sources.named_until(i, last)
        if (
            cue.row.kind == "judgement"
            and talk.lower[i] in self._pronoun
            and (until >= last or talk.text[until] != ",")
        ):
            return None  # "Diperkirakan mereka masih …"
        if named and k - first <= 1 and not anaphor:
            return self._right_of(talk, stretch, k, self._clauses.past_source(talk, sources, until, last), 0.85)
        if not named and sources.written_source(first, k) is not None:
            return self._right_of(talk, stretch, k, i, 0.75)
        return None

    def _right_of(self, talk: Discourse, stretch: Stretch, k: int, i: int, confidence: float) -> Found | None:
        last = stretch[1]
        while i < last and (talk.text[i] in (",", ":") or talk.lower[i] in self._that):
            i += 1
        end = trimmed(talk, i, last)
        return reported(talk, i, end, k, confidence, "quotes.passive") if end - i > 3 else None

    def _quoted_from(self, talk: Discourse, sources: Sources, stretch: Stretch, k: int) -> Found | None:
        """Dilansir dari laman X, …: a clause taken from what somebody wrote."""
        first, last = stretch
        if k + 2 >= last or any(talk.lower[i] not in self._likewise for i in range(first, k)):
            return None
        comma = next((j for j in range(k + 1, min(last, k + 20)) if talk.text[j] == ","), None)
        if comma is None:
            return None
        start = self._complements.past_place_and_day(talk, sources, comma, last) + 1
        if start + 1 < last and talk.is_upper(start) and talk.text[start + 1] == "(":  # "Minggu (24/5) |warga …"
            start = next((j + 1 for j in range(start + 2, min(last, start + 9)) if talk.text[j] == ")"), start)
        end = trimmed(talk, start, last)
        return reported(talk, start, end, k, 0.8, "quotes.source") if end - start > 3 else None

    def _told_before(
        self,
        talk: Discourse,
        cues: Mapping[int, Cue],
        sources: Sources,
        stretch: Stretch,
        k: int,
        before: Stretch | None,
    ) -> Iterator[Found]:
        """The sentence before "Hal tersebut disampaikan Budi …" and "Budi menyampaikan hal tersebut saat …"."""
        if before is None or not self._points_back(talk, cues[k], stretch, k):
            return
        first, last = stretch
        i = k + 1 + (k + 1 < last and talk.lower[k + 1] in self._by)
        if cues[k].voice == "active":
            named = sources.can_speak(first, k)
        elif cues[k].voice == "object":
            named = talk.lower[k - 1] in self._pronoun  # "Hal itu |ia| sampaikan"
        else:
            named = i < last and sources.may_name(i)
        end = trimmed(talk, *before)
        if named and end - before[0] > 4:
            yield reported(talk, before[0], end, k, 0.75, "quotes.told_before")

    def _points_back(self, talk: Discourse, cue: Cue, stretch: Stretch, k: int) -> bool:
        """Is what was told in the sentence before: "|Hal itu| disampaikan Budi", "Budi menyampaikan |hal itu| saat …"?"""
        if cue.voice == "active":
            told = cue.row.frame != "report" and cue.row.base not in self._denial
            return told and self._complements.points_back(talk, k + 1, stretch[1])
        if cue.voice not in ("passive", "object") or k - stretch[0] > 5 or talk.lower[stretch[0]] not in self._anaphor:
            return False
        return not any(talk.lower[i] in self._similar for i in range(stretch[0], k))
