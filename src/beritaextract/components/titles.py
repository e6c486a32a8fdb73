"""Find the heads of posts: "Plh Sekda", "Mantan Plt Kepala Dinas", "Penjabat (Pj) Gubernur", "Wakil Ketua II"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from beritaextract.components.base import TableComponent
from beritaextract.components.organization_forms import joiners, office_words
from beritaextract.components.organization_words import abbreviates
from beritaextract.components.phrases import skip_blanks
from beritaextract.components.title_forms import Head, Marker, marker_forms, organ_forms, rank_forms, title_forms
from beritaextract.components.toponym_scan import LevelWord
from beritaextract.layers import TitleRow, Words, ranges, words, write
from beritaextract.lexicon import Lexicon
from beritaextract.stemming import verb_prefix

_ORDINAL = re.compile(r"(?:[IVX]{1,5}|[1-9]|[Kk][Ee]-\d{1,2}|[Kk][Ee]-[a-z]{4,12})$")
_FIELD_WORDS = 3
_NUMBERED = frozenset({"organization", "area", "field", "none"})


@dataclass(frozen=True, slots=True)
class Held:
    """How a post is held, as far as its markers say."""

    acting: str | None = None
    former: bool = False
    blocked: bool = False

    def with_(self, marker: Marker) -> Held:
        """What a further marker adds; the first word on acting stands."""
        return Held(
            acting=self.acting or (marker.value if marker.kind in ("acting", "after") else None),
            former=self.former or marker.kind == "former",
            blocked=self.blocked or marker.kind == "block",
        )


@Language.factory("beritaextract_titles", assigns=["doc.spans"])
class TitleFinder(TableComponent):
    """Adds the layer ``titles``: heads of posts with the markers around them.

    A head is a form of ``titles.tsv`` or of a productive pattern (Kepala/Ka- + organisation, Menteri/Men- + portfolio),
    the longest one that starts at a word; "Wakil" may precede it, its abbreviation follow in brackets ("Sekretaris Daerah
    (Sekda)"), and a number or a word such as "terpilih". Before it stand acting and former markers in any order and
    spelling ("Plt.", "PLT", "Pelaksana Tugas (Plt)", "mantan Pj"); an acting marker may also follow in brackets. Candidacies
    and things called after an office ("Calon Bupati", "Piala Presiden") are no posts.
    """

    def __init__(self, nlp: Language, name: str = "beritaextract_titles") -> None:
        super().__init__(name)

    def compile(self, lexicon: Lexicon) -> None:
        """Index the forms by their first word."""
        self._titles = title_forms(lexicon)
        self._joiners = joiners(lexicon)
        self._markers = marker_forms(lexicon)
        self._ranks = rank_forms(lexicon)
        self._bodies = organ_forms(lexicon)
        self._office = frozenset(office_words(lexicon))
        self._plain = self._office | {row.form for row in lexicon.rows("level_words", LevelWord)}
        self._openers = frozenset({*self._titles.first_words, *self._markers.first_words})
        markers = lexicon.rows("acting", Marker)
        self._marker_words = {row.form.lower(): row for row in markers if row.kind != "deputy"}
        self._deputies = {row.form.lower(): row.value for row in markers if row.kind == "deputy"}

    def __call__(self, doc: Doc) -> Doc:
        """Add the layer."""
        view = words(doc)
        write(
            doc,
            "titles",
            ((Span(doc, a, b, label=row["title"]), row) for a, b, row in self.find(view, _stretches(doc))),
        )
        return doc

    def find(self, view: Words, stretches: list[tuple[int, int]]) -> Iterator[tuple[int, int, TitleRow]]:
        """(first token, token behind the last, row) of every head, in text order."""
        lower, openers = view.lower, self._openers
        for start, end in stretches:
            i, blocked = start, -1
            while i < end:
                word = lower[i]
                if word not in openers and "-" not in word:
                    i += 1
                    continue
                found = self._post(view, i, end)
                if found is None:
                    i += 1
                    continue
                after, row = found
                if row is not None and i != blocked:
                    yield i, after, row
                    blocked = -1
                else:
                    blocked = self._behind_joiner(view, after, end)
                i = after

    def _behind_joiner(self, view: Words, i: int, end: int) -> int:
        """The token behind "dan" at ``i``: what is no post before it is none there: "calon bupati dan |wakil bupati|"."""
        at = skip_blanks(view, i, end)
        return skip_blanks(view, at + 1, end) if at < end and view.lower[at] in self._joiners else -1

    def _post(self, view: Words, i: int, end: int) -> tuple[int, TitleRow | None] | None:
        """A post whose first marker or head is token ``i``; no row when it is none that anybody holds."""
        at, held = self._before(view, i, end)
        rest = None
        if at < end and "-" in view.lower[at]:
            marker, rest = self._hyphenated(view.lower[at])
            held = held if marker is None else held.with_(marker)
        found = self._head(view, at, end, rest, i) if at < end else None
        if found is None and at < end and view.lower[at] in self._deputies:
            at, found = self._deputy(view, at, end)
        if found is None:
            return None
        after, head = found
        if held.blocked:
            return after, None
        after, held = self._behind(view, after, end, head, held)
        return after, {
            "title": head.title,
            "acting": held.acting,
            "former": held.former,
            "level": head.level,
            "public": head.public,
            "takes": head.takes,
            "organization": head.organization,
            "inner": None if head.inner is None else at - i + head.inner,
            "row": head.row,
        }

    def _deputy(self, view: Words, i: int, end: int) -> tuple[int, tuple[int, Head] | None]:
        """Where the head begins of which token ``i`` makes a deputy's, and the head so called: "Wakil |KSP|"."""
        at = skip_blanks(view, i + 1, end)
        found = self._head(view, at, end, None, i) if at < end else None
        if found is None:
            return at, None
        after, head = found
        head = replace(head, title=f"{self._deputies[view.lower[i]]} {head.title}")
        return at, (self._doubled(view, after, end, head), head)

    def _before(self, view: Words, i: int, end: int) -> tuple[int, Held]:
        """Markers from token ``i`` on: "mantan Plt.", "Penjabat (Pj)"."""
        held = Held()
        while i < end:
            bracket = view.text[i] in "(["
            at = i + 1 if bracket else i
            found = self._markers.at(view, at, end) if at < end else None
            if found is None or found[1].kind == "after":
                break
            after, marker = found
            after += after < end and view.text[after] in (".", "-")
            if bracket:
                if after >= end or view.text[after] not in ")]":
                    break
                after += 1
            held = held.with_(marker)
            i = skip_blanks(view, after, end)
        return i, held

    def _hyphenated(self, word: str) -> tuple[Marker | None, str | None]:
        """The marker before the hyphen and the word behind it: "eks-wakil"."""
        first, _, rest = word.partition("-")
        return (self._marker_words[first], rest) if first in self._marker_words else (None, None)

    def _head(self, view: Words, i: int, end: int, first: str | None, start: int) -> tuple[int, Head] | None:
        """The head proper: a form with its abbreviation in brackets: "Kepala Bidang (Kabid)"; ``start`` is its first marker."""
        found = self._titles.at(view, i, end, first)
        if found is None:
            return None
        after, head = found
        rank = self._ranks.at(view, i, end) if view.lower[i] in self._ranks else None
        if rank is not None and (rank[0] > after or (rank[0] == after and head.needs != "body")):
            return None
        if head.needs == "body" and not self._body_follows(view, after, end):
            return None
        if head.needs == "office" and not self._office_follows(view, after, end):
            return None
        if head.needs == "capital" and not view.text[i][0].isupper():
            return None
        if head.needs == "apart" and view.text[i][0].isupper() and self._behind_name(view, start):
            return None
        if (
            head.needs in ("follow", "apart")
            and not view.text[i][0].isupper()
            and not _capital_follows(view, after, end, None if head.takes == "field" else self._plain)
        ):
            return None
        return self._doubled(view, after, end, head), head

    def _behind_name(self, view: Words, i: int) -> bool:
        """Is token ``i`` right behind a capital or a number, or joined to one by "dan"? "Lukman |Hakim", "1.02 |PM"."""
        k = i - 1
        if k > 0 and view.lower[k] in self._joiners:
            k -= 1
        return k >= 0 and (view.text[k][0].isupper() or view.text[k][0].isdigit())

    def _body_follows(self, view: Words, i: int, end: int) -> bool:
        at = skip_blanks(view, i, end)
        return at < end and view.text[at][0].isupper() and self._bodies.at(view, at, end) is not None

    def _office_follows(self, view: Words, i: int, end: int) -> bool:
        """Does a word of offices or an abbreviation follow: "Karo |Humas|", "Kaur |TU|"? Not "lagu Karo Mejile"."""
        at = skip_blanks(view, i, end)
        if at >= end or not view.text[at][0].isupper():
            return False
        return view.lower[at] in self._office or (view.text[at].isupper() and len(view.text[at]) > 1)

    def _doubled(self, view: Words, after: int, end: int, head: Head) -> int:
        """Token behind "(Sekda)" when the brackets hold another form of the same title or its abbreviation, else ``after``."""
        at = skip_blanks(view, after, end)
        if at + 2 >= end or view.text[at] != "(":
            return after
        again = self._titles.at(view, at + 1, end)
        if again and again[1].title == head.title and again[0] < end and view.text[again[0]] == ")":
            return again[0] + 1
        words = head.title.lower().split()
        short = view.lower[at + 1]
        alone = view.text[at + 2] == ")" and view.text[at + 1][0].isupper() and short[0] == words[0][0]
        return at + 3 if alone and len(words) > 1 and abbreviates(short, words) else after

    def _behind(self, view: Words, after: int, end: int, head: Head, held: Held) -> tuple[int, Held]:
        """What still belongs to the head: "II", "ke-6", "terpilih", "(Plt)", "ad interim"."""
        at = skip_blanks(view, after, end)
        if head.takes in _NUMBERED and at < end and _ORDINAL.match(view.text[at]):
            after, at = at + 1, skip_blanks(view, at + 1, end)
        bracket = at < end and view.text[at] == "("
        found = self._markers.at(view, at + bracket, end) if at + bracket < end else None
        if found is None or found[1].kind == "block":
            return after, held
        behind, marker = found
        if bracket:
            behind += behind < end and view.text[behind] == "."
            if marker.kind != "acting" or behind >= end or view.text[behind] != ")":
                return after, held
            return behind + 1, held.with_(marker)
        return (behind, held.with_(marker)) if marker.kind == "after" else (after, held)


def _stretches(doc: Doc) -> list[tuple[int, int]]:
    """Stretches of content that no post runs out of."""
    segments = ranges(doc, "segments")
    if not segments:
        return [(0, len(doc))]
    content = words(doc).content
    return [(a, b) for a, b, _ in segments if a < b and content[a]]


def _capital_follows(view: Words, i: int, end: int, plain: frozenset[str] | None) -> bool:
    """Does a capital follow, behind a few ``plain`` words in lower case: "ahli |gizi klinis| RSUD", "kepala dinas |sosial| Riau"?

    None: any nouns.
    """
    for _ in range(_FIELD_WORDS + 1):
        i = skip_blanks(view, i, end)
        if i >= end or not view.text[i][0].isalpha():
            return False
        if view.text[i][0].isupper():
            return True
        if view.lower[i] not in plain if plain is not None else verb_prefix(view.lower[i]) is not None:
            return False
        i += 1
    return False
