"""What follows the head of a post: "Kabid | Angkutan Jalan | Dishub Kota Bima", "Camat | Curug", "pakar | hukum | UI"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from beritaextract.components.organization_names import Name, NameGrammar
from beritaextract.components.organization_words import Area
from beritaextract.components.phrases import skip_blanks
from beritaextract.layers import TitleRow, Words
from beritaextract.stemming import verb_prefix

_FIELD_WORDS = 5


@dataclass(slots=True)
class Tail:
    """A post's tail: token ranges, the names read in it, and the area that it ends with.

    ``by_unit``: what is in the organisation's place is only a unit, named by its words alone ("Kabag | Prokopim").
    """

    end: int
    unit: tuple[int, int] | None = None
    organization: tuple[int, int] | None = None
    area: tuple[int, int] | None = None
    names: list[Name] = field(default_factory=list)
    place: Area | None = None
    nation: bool = False
    by_unit: bool = False


class TailReader:
    """Reads the tail of one post after another in a stretch of text."""

    def __init__(self, grammar: NameGrammar, view: Words, areas: Mapping[int, Area]) -> None:
        self._grammar = grammar
        self._view = view
        self._areas = areas

    def read(self, start: int, after: int, stop: int, row: TitleRow, *, heading: bool) -> Tail:
        """The tail of the post whose head is the tokens ``start`` to ``after``; nothing of it lies behind ``stop``."""
        tail = Tail(after)
        if row["takes"] == "none":
            if not self._name(tail, after, stop, heading):
                self._area(tail, after, stop, national=True)
            return tail
        if row["inner"] is not None:
            inner = start + row["inner"]
            lower = not self._view.text[inner][0].isupper()
            name = self._grammar.at(
                self._view, inner, stop, self._areas, heading=heading, lower=lower, resume=after, behind_post=True
            )
            if name is None:
                return tail
            self._add(tail, name)
        elif row["organization"] is not None and row["takes"] == "organization":
            if not self._name(tail, after, stop, heading):
                self._numbered(tail, after, stop)
                return tail
        elif not self._name(tail, after, stop, heading):
            self._without_form(tail, after, stop, row, heading)
        self._above(tail, stop, heading)
        return tail

    def _at(self, i: int, stop: int, heading: bool) -> Name | None:
        if i >= stop:
            return None
        return self._grammar.at(self._view, i, stop, self._areas, heading=heading, behind_post=True)

    def _name(self, tail: Tail, i: int, stop: int, heading: bool) -> bool:
        """An organisation right at token ``i``."""
        at = skip_blanks(self._view, i, stop)
        name = self._at(at, stop, heading)
        if name is None:
            return False
        self._add(tail, name)
        return True

    def _add(self, tail: Tail, name: Name) -> None:
        """Put a name where it belongs: the first unit is the unit, all that follows is the organisation."""
        tail.names.append(name)
        span = (name.start, name.end)
        if name.organ.kind == "unit" and tail.unit is None and tail.organization is None:
            tail.unit = span
        else:
            tail.organization = (tail.organization[0] if tail.organization else span[0], span[1])
        tail.end = name.end
        tail.place = name.area or tail.place
        tail.nation = tail.nation or name.nation

    def _above(self, tail: Tail, stop: int, heading: bool) -> None:
        """The bodies above a unit, "(dari) Fraksi X" behind a chamber, and a lone unit in the organisation's place."""
        while tail.unit is not None and tail.place is None and len(tail.names) < 4:
            if not self._name(tail, tail.end, stop, heading) or tail.names[-1].organ.kind != "unit":
                break
        at = skip_blanks(self._view, tail.end, stop)
        if tail.unit is not None and tail.organization is None and tail.place is None and self._comma(at, stop):
            self._name(tail, at + 1, stop, heading)
        at = skip_blanks(self._view, tail.end, stop)
        if tail.names and at < stop:
            behind = skip_blanks(self._view, at + 1, stop) if self._view.lower[at] in self._grammar.of else at
            name = self._at(behind, stop, heading)
            if name is not None and name.organ.kind == "unit":
                tail.names.append(name)
                tail.end = name.end
                tail.unit = tail.unit or (name.start, name.end)
        if tail.organization is None and tail.unit is not None:
            tail.organization, tail.unit = tail.unit, None
            tail.by_unit = not tail.names

    def _comma(self, i: int, stop: int) -> bool:
        """Is token ``i`` a comma before a body: "Dirjen Perdagangan Luar Negeri|,| Kementerian Perdagangan"?"""
        return i < stop and self._view.text[i] == "," and self._grammar.form_end(self._view, i + 1, stop) > i + 1

    def _without_form(self, tail: Tail, after: int, stop: int, row: TitleRow, heading: bool) -> None:
        """An area, a unit or a body that no form begins."""
        if row["takes"] == "area":
            local = row["organization"] is not None or row["level"] in ("district", "village")
            if not self._area(tail, after, stop) and local and not heading:
                end = self._grammar.place(self._view, after, stop, self._areas)
                tail.area = (skip_blanks(self._view, after, stop), end) if end > after else None
                tail.end = end
        elif row["takes"] == "unit":
            self._unit(tail, after, stop, heading)
        elif row["takes"] == "field":
            self._field(tail, after, stop, heading)
        elif not self._area(tail, after, stop) and not self._unit_of_body(tail, after, stop, heading):
            self._free(tail, after, stop, heading)

    def _unit(self, tail: Tail, after: int, stop: int, heading: bool) -> None:
        """A unit without its own noun: "Kabid | Angkutan Jalan", or any words up to a body: "Manager | Talent Growth | PT X"."""
        end = self._grammar.free(self._view, after, stop, self._areas, "words", heading=heading)
        longer = self._grammar.free(self._view, after, stop, self._areas, "phrase", heading=heading)
        if longer > end and self._grammar.form_end(self._view, longer, stop) > longer:
            end = longer
        if end > after:
            tail.unit, tail.end = (skip_blanks(self._view, after, stop), end), end
            self._area(tail, end, stop, joins=True)
        else:
            self._free(tail, after, stop, heading)

    def _unit_of_body(self, tail: Tail, after: int, stop: int, heading: bool) -> bool:
        """Office words with a body behind them: "anggota | Intel | Kodim 0999"."""
        end = self._grammar.free(self._view, after, stop, self._areas, "words", heading=heading)
        if end == after or self._grammar.form_end(self._view, end, stop) == end:
            return False
        tail.unit, tail.end = (skip_blanks(self._view, after, stop), end), end
        return True

    def _area(self, tail: Tail, i: int, stop: int, *, joins: bool = False, national: bool = False) -> bool:
        """An area behind token ``i``; behind a post of the Republic only the Republic ("Menko | Airlangga" is no area)."""
        end, area, nation = self._grammar.area(self._view, i, stop, self._areas)
        if end == i or (national and area is not None and area.index is not None and not nation):
            return False
        tail.place, tail.nation, tail.end = area, nation, end
        if joins and tail.unit is not None:
            tail.unit = (tail.unit[0], end)
        else:
            tail.area = (skip_blanks(self._view, i, stop), end)
        return True

    def _numbered(self, tail: Tail, after: int, stop: int) -> None:
        """The number, name or area of a body that the head itself names: "Dandim | 0999/Rimbajaya", "Danrem | Jambi"."""
        end = self._grammar.place(self._view, after, stop, self._areas)
        area_end, tail.place, _ = self._grammar.area(self._view, end, stop, self._areas)
        tail.end = max(end, area_end)
        if tail.end > after:
            tail.area = (skip_blanks(self._view, after, stop), tail.end)

    def _free(self, tail: Tail, i: int, stop: int, heading: bool) -> None:
        """Capitalised words that are no person's name: "Direktur | Nusantara Research Centre"."""
        end = self._grammar.free(self._view, i, stop, self._areas, "phrase", heading=heading)
        if end > i:
            begin = skip_blanks(self._view, i, stop)
            end = self._grammar.bracket(self._view, begin, end, stop)
            tail.organization, tail.end = (begin, end), end
            area_end, area, nation = self._grammar.area(self._view, end, stop, self._areas)
            if area_end > end:
                tail.organization = (tail.organization[0], area_end)
                tail.end, tail.place, tail.nation = area_end, area, nation

    def _field(self, tail: Tail, i: int, stop: int, heading: bool) -> None:
        """ "pakar | hukum tata negara | (dari) Universitas X": nouns in lower case up to a body, "dari" or a capital."""
        at = skip_blanks(self._view, i, stop)
        end = i
        for _ in range(_FIELD_WORDS):
            if at >= stop or not self._field_word(at):
                break
            end = at + 1
            at = skip_blanks(self._view, end, stop)
        if at >= stop:
            return
        linked = self._view.lower[at] in self._grammar.of
        body = skip_blanks(self._view, at + 1, stop) if linked else at
        if body >= stop or not self._view.text[body][0].isupper():
            return
        tail.end = end
        if self._name(tail, body, stop, heading):
            return
        run = self._grammar.free(self._view, body, stop, self._areas, "phrase", heading=heading)
        if run > body and not self._name(tail, run, stop, heading) and linked:
            self._free(tail, body, stop, heading)

    def _field_word(self, i: int) -> bool:
        word = self._view.text[i]
        if not (word.isalpha() and word.islower()) or word in self._grammar.of or word in self._grammar.stops:
            return False
        return self._grammar.is_office_word(word) or verb_prefix(word) is None
