"""Where the name of an organisation ends: "Dinas Perumahan dan Permukiman (Disperkim) Kota Bima | Budi Laksana".

The form that begins a name (``organizations.tsv``) says what may follow it. Names of offices are read word by word from a
vocabulary, other names run over capitalised words; an area closes a name, and so does what looks like a person.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from beritaextract.components.organization_forms import Organ
from beritaextract.components.organization_runs import LONGEST, Runs
from beritaextract.components.organization_words import Area, written_so
from beritaextract.components.phrases import skip_blanks
from beritaextract.layers import Words

_DEEPEST = 3


@dataclass(slots=True)
class Name:
    """The name of an organisation: its tokens, the row that begins it, and the area in it.

    ``form`` and ``words`` are the tokens behind the row's form and behind the words it takes.
    ``nation``: the name ends in RI, Republik Indonesia and the like; ``within`` is the body that a part of a party or
    ministry belongs to (DPC | Partai Golkar).
    """

    start: int
    end: int
    organ: Organ
    form: int
    words: int
    area: Area | None = None
    nation: bool = False
    within: Name | None = None


class NameGrammar(Runs):
    """The reading of a name from its first token."""

    @property
    def first_words(self) -> Collection[str]:
        """The words that forms begin with, in lower case."""
        return self._forms.first_words

    def name_of(self, view: Words, i: int) -> str | None:
        """The full name that the form at token ``i`` stands for."""
        found = self._forms.at(view, i, len(view))
        return None if found is None else found[1].name

    def at(
        self,
        view: Words,
        i: int,
        end: int,
        areas: Mapping[int, Area],
        *,
        heading: bool = False,
        lower: bool = False,
        resume: int = 0,
        behind_post: bool = False,
        depth: int = 0,
    ) -> Name | None:
        """The organisation whose name starts with token ``i``, None when no form does or what it needs is missing.

        ``lower`` accepts a name in lower case behind a post in lower case ("kepala dinas sosial"); ``resume`` is where to go on
        when the form is part of a post's head ("Kepala Bidang (Kabid) | Perdagangan"). ``behind_post`` admits what is an
        organisation only there and else a place ("pegawai | Kantor Kecamatan Curug").
        """
        for after, organ in self._forms.all_at(view, i, end):
            if not lower and not written_so(view, i, after, organ.form):
                continue
            if organ.kind == "local" and not behind_post:
                return None
            name = Name(i, max(after, resume), organ, after, after)
            self._read(view, name, end, areas, heading, lower, behind_post, depth)
            if organ.takes in ("area", "none") or name.end > after:
                return name
        return None

    def free(self, view: Words, i: int, end: int, areas: Mapping[int, Area], style: str, *, heading: bool) -> int:
        """Token behind the run of a name that starts with token ``i`` without any form; ``i`` when there is none."""
        if style == "words":
            return self._words(view, i, end, areas, heading, False)
        at, stop = min(end, skip_blanks(view, i + 1, end)), min(end, i + LONGEST)
        while at < stop and not self._starts_office(view, at, end):
            at += 1
        after = self._cut(view, i, self._run(view, i, at, areas, heading, dan=True), end, kept=0, post=True)
        before_office = after > i and skip_blanks(view, after, end) == at < stop
        return after if before_office or any(self._no_name(view.text[k]) for k in range(i, after)) else i

    def area(self, view: Words, i: int, end: int, areas: Mapping[int, Area]) -> tuple[int, Area | None, bool]:
        """(token behind, area, nation) of the area that starts with token ``i``: "Kota Bima", "Bogor Kota", "RI"."""
        at = skip_blanks(view, i, end)
        if at < end and view.text[at] == "/" and i > 0 and view.text[i - 1].isdigit():
            at += 1
        word = self._tails.at(view, at, end) if at < end and view.text[at][0].isupper() else None
        if word is not None and word[1].kind == "before":
            behind = skip_blanks(view, word[0], end)
            at, word = (behind, None) if behind in areas else (at, None)
        nation = word is not None and word[1].kind == "nation" and at not in areas
        after = i
        if nation and word is not None:
            after = self._bracket(view, at, word[0], end)
            at = skip_blanks(view, after, end)
        area = areas.get(at) or self._country(view, at, end)
        if area is not None and area.end <= end:
            after = self._bracket(view, at, area.end, end)
            part = self._tails.at(view, at, end) if (at := skip_blanks(view, after, end)) < end else None
            if part and part[1].kind == "part" and view.text[at][0].isupper() and at not in areas:
                after = part[0]
        return after, area, nation

    def _read(
        self,
        view: Words,
        name: Name,
        end: int,
        areas: Mapping[int, Area],
        heading: bool,
        lower: bool,
        post: bool,
        depth: int,
    ) -> None:
        """Extend ``name`` over what its form takes, the area, brackets, and the government it is an office of."""
        takes = name.organ.takes
        i = name.end
        if takes == "none":
            name.end = name.words = self._bracket(view, name.start, i, end)
            return
        first = self._bracket(view, name.start, i, end)
        if takes == "words":
            after = self._words(view, first, end, areas, heading, lower)
        elif takes in ("phrase", "name"):
            run = self._run(view, first, end, areas, heading, dan=takes == "phrase")
            legal = takes == "name" and name.organ.form.isupper()  # "PT Surya Pratama" is called like a person
            placed = takes == "name" and skip_blanks(view, run, end) in areas  # "UIN Syarif Hidayatullah Jakarta"
            after = run if placed or (legal and not post) else self._cut(view, first, run, end, kept=1, post=post)
        elif takes == "place":
            after = self._place(view, first, end, areas, post)
        elif takes == "body":
            after = self._within(view, name, first, end, areas, heading, depth)
        else:
            after = first
        name.end = name.words = self._close(view, self._bracket(view, name.start, max(after, first), end), end)
        name.end, name.area, name.nation = self.area(view, name.end, end, areas)
        if name.within is not None and name.area is None:
            name.area, name.nation = name.within.area, name.within.nation
        if depth < _DEEPEST:
            self._join_government(view, name, end, areas, depth)

    def _within(
        self, view: Words, name: Name, i: int, end: int, areas: Mapping[int, Area], heading: bool, depth: int
    ) -> int:
        """DPC + Partai Golkar, Kanwil + Kemenag; any capitalised words that are no person where no form follows."""
        at = skip_blanks(view, i, end)
        if at < end and depth < _DEEPEST:
            name.within = self.at(view, at, end, areas, heading=heading, depth=depth + 1)
        if name.within is not None:
            return name.within.end
        return self._cut(view, i, self._run(view, i, end, areas, heading, dan=False), end, kept=0)

    def _join_government(self, view: Words, name: Name, end: int, areas: Mapping[int, Area], depth: int) -> None:
        """ "Dinas Koperasi Pemkab Kendal" is one name."""
        at = skip_blanks(view, name.end, end)
        found = self._forms.at(view, at, end) if at < end and name.area is None else None
        if found is not None and found[1].kind == "government" and view.text[at][0].isupper():
            government = self.at(view, at, end, areas, depth=depth + 1)
            if government is not None:
                name.end, name.area = government.end, government.area
                name.within = name.within or government

    def form_end(self, view: Words, i: int, end: int) -> int:
        """Token behind the form that starts with token ``i``, or ``i``."""
        at = skip_blanks(view, i, end)
        found = self._forms.at(view, at, end) if at < end else None
        return found[0] if found is not None and written_so(view, at, found[0], found[1].form) else i
