"""Find the names of organisations, and what belongs to each post behind its head."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from beritaextract.components.base import TableComponent
from beritaextract.components.organization_forms import Organ
from beritaextract.components.organization_names import Name, NameGrammar
from beritaextract.components.organization_words import Area
from beritaextract.components.phrases import skip_blanks
from beritaextract.components.post_tails import Tail, TailReader
from beritaextract.layers import OrganizationRow, PostTail, Words, ranges, words, write
from beritaextract.lexicon import Lexicon

_HEADINGS = frozenset({"title", "subheading"})


@Language.factory("beritaextract_organizations", assigns=["doc.spans"], requires=["doc.spans"])
class OrganizationFinder(TableComponent):
    """Adds the layer ``organizations``, with the tail of every post (``PostTail``) in its extra ``tails``.

    A name begins with a form of ``organizations.tsv`` and runs over what the form takes, an area and abbreviations in
    brackets: "Setda Provinsi Banten", "Dinas Komunikasi dan Informatika (Kominfo) Kota Bima", "DPC Partai Golkar Kendal". An
    abbreviation that the article itself explains names the organisation from there on. Names that no form begins are found
    behind a post ("Direktur Nusantara Research Centre").
    """

    def __init__(self, nlp: Language, name: str = "beritaextract_organizations") -> None:
        super().__init__(name)

    def compile(self, lexicon: Lexicon) -> None:
        """Read the tables."""
        self._grammar = NameGrammar(lexicon)

    def __call__(self, doc: Doc) -> Doc:
        """Add the layer."""
        reading = Reading(self._grammar, doc)
        tails = reading.tails()
        rows = reading.rows()
        found = [(Span(doc, a, b, label="ORG"), row) for a, b, row in rows]
        write(doc, "organizations", found, tails=tails)
        return doc


class Reading:
    """One Doc being read."""

    def __init__(self, grammar: NameGrammar, doc: Doc) -> None:
        self._grammar = grammar
        self._view = words(doc)
        self._toponyms = ranges(doc, "toponyms")
        self._areas = {start: Area(end, k) for k, (start, end, _) in enumerate(self._toponyms)}
        self._titles = ranges(doc, "titles")
        self._starts = [start for start, _, _ in self._titles]
        self._stretches = _stretches(doc, self._view)
        self._reader = TailReader(grammar, self._view, self._areas)
        self._found: dict[int, tuple[int, Name | None]] = {}
        self._defined: dict[str, OrganizationRow] = {}

    def tails(self) -> list[PostTail]:
        """The tail of every post, in the order of the layer ``titles``."""
        starts = [a for a, _, _ in self._stretches]
        out: list[PostTail] = []
        for k, (start, end, row) in enumerate(self._titles):
            at = bisect_right(starts, start) - 1
            stop, heading = (self._stretches[at][1], self._stretches[at][2]) if at >= 0 else (end, False)
            reach = self._grammar.form_end(self._view, end, stop)
            later = (s for s in self._starts[k + 1 : k + 4] if s >= reach)
            stop = max(end, min(stop, next(later, stop)))
            tail = self._reader.read(start, end, stop, row, heading=heading)
            self._keep(tail)
            out.append(self._post_tail(tail))
        return out

    def rows(self) -> list[tuple[int, int, OrganizationRow]]:
        """Every organisation: (first token, token behind the last, row)."""
        out: list[tuple[int, int, OrganizationRow]] = []
        text, lower, first = self._view.text, self._view.lower, self._grammar.first_words
        for start, stop, heading in self._stretches:
            i = start
            while i < stop:
                if lower[i] not in first and i not in self._found and text[i] not in self._defined:
                    i += 1
                    continue
                found = self._at(i, stop, heading)
                if found is None:
                    i += 1
                    continue
                end, row = found
                self._define(i, end, row)
                if out and out[-1][2]["unit"] and skip_blanks(self._view, out[-1][1], stop) == i:
                    out[-1] = (*out[-1][:2], _within(out[-1][2], row))
                out.append((i, end, row))
                i = end
        return out

    def _at(self, i: int, stop: int, heading: bool) -> tuple[int, OrganizationRow] | None:
        if i in self._found:
            end, name = self._found[i]
            return end, self._row(name) if name is not None else self._free_row(i, end)
        text = self._view.text[i]
        if text in self._defined:
            return i + 1, self._defined[text]
        if self._in_title(i) or self._grammar.in_country(self._view, i, stop):
            return None
        stop = self._before_title(i, stop)
        name = self._grammar.at(self._view, i, stop, self._areas, heading=heading)
        return None if name is None else (name.end, self._row(name))

    def _in_title(self, i: int) -> bool:
        """Is token ``i`` within a post's head, of which the organisation has been read already, if it names one?"""
        k = bisect_right(self._starts, i) - 1
        return k >= 0 and self._starts[k] < i < self._titles[k][1]

    def _before_title(self, i: int, stop: int) -> int:
        """Where the next post begins, which no name runs into, unless the form of the name itself does."""
        k = bisect_right(self._starts, i)
        if k == len(self._starts) or self._starts[k] >= stop:
            return stop
        inside = self._grammar.form_end(self._view, i, stop) > self._starts[k]
        return stop if inside else self._starts[k]

    def _keep(self, tail: Tail) -> None:
        """Remember the names read behind a post, also those without a form, for the layer."""
        for name in tail.names:
            self._found[name.start] = (name.end, name)
        if (
            tail.organization
            and not tail.by_unit
            and not any(tail.organization[0] <= n.start < tail.organization[1] for n in tail.names)
        ):
            self._found[tail.organization[0]] = (tail.organization[1], None)

    def _define(self, start: int, end: int, row: OrganizationRow) -> None:
        """Learn the abbreviation in the name's brackets: "Organisasi Perangkat Daerah (OPD)"."""
        for k in range(start + 1, end - 2):
            bracketed = self._view.text[k] == "(" and self._view.text[k + 2] == ")" and self._view.text[k + 1].isupper()
            if (
                bracketed
                and row["by"] != "organizations.post"
                and self._grammar.name_of(self._view, k + 1) != row["name"]
            ):
                self._defined[self._view.text[k + 1]] = {**row, "by": "organizations.defined"}

    def _row(self, name: Name) -> OrganizationRow:
        organ = name.organ
        return {
            "name": " ".join(self._full(name)).replace(" ,", ","),
            "code": self._code(name.area, organ.level == "national" or (name.nation and organ.public == "yes")),
            "level": organ.level or self._level(name.area),
            "public": _public(organ),
            "unit": organ.kind == "unit",
            "by": "organizations.form",
        }

    def _free_row(self, start: int, end: int) -> OrganizationRow:
        name = " ".join(self._plain(start, end))
        return {"name": name, "code": None, "level": None, "public": None, "unit": False, "by": "organizations.post"}

    def _full(self, name: Name) -> Iterator[str]:
        """The words of a name in full: forms and abbreviations spelt out, brackets left out, the area as the gazetteer has it."""
        yield name.organ.name
        within = name.within
        for text in self._plain(name.form, name.words if within is None else min(within.start, name.words)):
            yield self._grammar.office(text) or text if name.organ.takes == "words" and text.isupper() else text
        if within is not None:
            yield from self._full(within)
        else:
            yield from self._area_words(name)

    def _plain(self, start: int, end: int) -> Iterator[str]:
        """The words of a stretch without its brackets."""
        k = start
        while k < end:
            if self._view.text[k] == "(":
                k = next((j + 1 for j in range(k, end) if self._view.text[j] == ")"), end)
                continue
            if not self._view.text[k].isspace():
                yield self._view.text[k]
            k += 1

    def _area_words(self, name: Name) -> Iterator[str]:
        at = skip_blanks(self._view, name.words, name.end)
        if name.area is None or name.area.index is None:
            yield from (w for w in self._view.text[at : name.end] if not w.isspace())
            return
        start, end, row = self._toponyms[name.area.index]
        full: str = row["name"]
        marker = self._view.text[start]
        if end - start > 1 and marker in self._grammar.level_words and not full.startswith(marker):
            full = f"{marker} {full}"  # "Setda Provinsi Banten", of the area called Banten
        level, _, bare = full.partition(" ")
        written = self._view.lower[start] == level.lower()
        plain = not written and (name.organ.takes == "place" or name.organ.public != "yes")
        repeated = level == name.organ.name.split()[-1]
        yield bare if bare and level in self._grammar.level_words and (plain or repeated) else full

    def _code(self, area: Area | None, nation: bool) -> str | None:
        if area is not None and area.index is not None:
            code: str | None = self._toponyms[area.index][2]["code"]
            return code
        return "ID" if nation else None

    def _level(self, area: Area | None) -> str | None:
        if area is None or area.index is None:
            return None
        kind: str = self._toponyms[area.index][2]["kind"]
        return kind if kind in ("province", "regency", "city", "district", "village") else None

    def _post_tail(self, tail: Tail) -> PostTail:
        organs = [n.organ for n in tail.names]
        known = [p for o in organs if (p := _public(o)) is not None]
        national = any(o.level == "national" for o in organs) or (
            tail.nation and (tail.organization is None or True in known)
        )
        return {
            "end": tail.end,
            "unit": tail.unit,
            "organization": tail.organization,
            "area": tail.area,
            "code": self._code(tail.place, national),
            "level": next((o.level for o in organs if o.level), None) or self._level(tail.place),
            "public": known[-1] if known else None,
        }


def _within(unit: OrganizationRow, body: OrganizationRow) -> OrganizationRow:
    """A unit right before its body serves the same area."""
    return {**unit, "code": unit["code"] or body["code"], "level": unit["level"] or body["level"]}


def _public(organ: Organ) -> bool | None:
    return None if organ.public is None else organ.public == "yes"


def _stretches(doc: Doc, view: Words) -> list[tuple[int, int, bool]]:
    """(first token, token behind, heading) of the stretches of content that no name runs out of."""
    segments = ranges(doc, "segments")
    if not segments:
        return [(0, len(doc), False)]
    return [(a, b, row["kind"] in _HEADINGS) for a, b, row in segments if a < b and view.content[a]]
