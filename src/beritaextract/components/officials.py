"""Officials: posts composed of head, unit, organisation and area, each bound to the person who holds it."""

from __future__ import annotations

from bisect import bisect_left, insort
from itertools import chain, islice

from spacy.language import Language
from spacy.tokens import Doc, Span

from beritaextract.components.base import TableComponent
from beritaextract.components.binding import (
    Bound,
    PostIndex,
    code_beside,
    forms_of_posts,
    is_meant,
    length,
    mentions_of,
)
from beritaextract.components.holders import HolderFinder
from beritaextract.components.jurisdictions import (
    ArticleArea,
    Countries,
    is_public,
    jurisdiction,
    level_at,
    level_of,
    named_area,
)
from beritaextract.components.name_tables import name_tables
from beritaextract.components.organization_forms import TailWord
from beritaextract.components.posts import Post, PostReader, tokens_of, written_words
from beritaextract.components.uncovering import read_line
from beritaextract.components.wordline import TITLE, Line
from beritaextract.layers import OfficialRow, ranges, write
from beritaextract.lexicon import Lexicon

_NEAR = 80
"""Words back to a person or body that a bare title may mean."""

_MANY = 100
"""Posts back from a bare title that are looked at for its body."""

_CONFIDENCE = {
    "title_before_name": 0.97,
    "title_comma_name": 0.97,
    "name_comma_title": 0.9,
    "link": 0.85,
    "bracket": 0.85,
    "held_by": 0.85,
    "that_title": 0.7,
}


@Language.factory("beritaextract_officials", assigns=["doc.spans"], requires=["doc.spans"])
class OfficialBinder(TableComponent):
    """Adds the layer ``officials``: one span a post of a person (the longest form written), and bare titles later on.

    Posts are bound before the name ("Plh Sekda Banten, Virgojanti"), behind it ("Budi Santoso, Kepala Dinas …"; "Budi selaku …";
    "Budi (Kepala Dinas …)") and through words such as "dijabat oleh". A title without a name ("kata Bupati") stands for the
    person of the article who holds it.
    """

    def __init__(self, nlp: Language, name: str = "beritaextract_officials") -> None:
        super().__init__(name)

    def compile(self, lexicon: Lexicon) -> None:
        """Read the tables."""
        self._tables = name_tables(lexicon)
        self._countries = Countries(lexicon)
        self._reader = PostReader(lexicon, self._tables)
        tails = lexicon.rows("organization_tails", TailWord)
        self._nation = frozenset(w for row in tails if row.kind == "nation" for w in row.form.lower().split())
        self._holders = HolderFinder(lexicon, self._tables, self._reader)

    def __call__(self, doc: Doc) -> Doc:
        """Add the layer."""
        if "people" not in doc.spans or "titles" not in doc.spans or not len(doc.spans["titles"]):
            write(doc, "officials", [])
            return doc
        line = read_line(doc, self._tables)
        mentions = mentions_of(doc, line)
        named = frozenset(i for a, b, _ in mentions for i in range(a, b))
        bound, used = self._holders.bind(doc, line, mentions, named)
        bare = self._bare(doc, line, bound, used, named)
        rows = self._rows(doc, line, bound) + bare
        write(doc, "officials", sorted(rows, key=lambda r: (r[0].start, r[0].end)))
        return doc

    def _rows(self, doc: Doc, line: Line, bound: list[Bound]) -> list[tuple[Span, OfficialRow]]:
        """One row a distinct post of a person."""
        area = ArticleArea(doc)
        groups = forms_of_posts(bound)
        chosen = [(max(g, key=lambda b: (length(line, b.post), -b.post.start)), g) for g in groups]
        of_bodies = PostIndex(b for b in bound if b.post.organization)
        facts = {id(best): self._facts(of_bodies, best) for best, _ in chosen}
        for public, code in facts.values():
            if code and public:
                area.note(code)
        for best, _ in chosen:
            public, code = facts[id(best)]
            if public and code is None and level_of(best.post) is None:
                facts[id(best)] = public, code_beside(best, chosen, facts)
        return [(_span(doc, line, best.post), self._row(line, best, g, *facts[id(best)], area)) for best, g in chosen]

    def _facts(self, of_bodies: PostIndex, one: Bound) -> tuple[bool, str | None]:
        """Whether a post is public and the code it names; a post of an unnamed body is of the body named before it."""
        post = one.post
        if (
            post.organization is None
            and not post.areas
            and post.row["public"] is None
            and post.row["takes"] == "organization"
        ):
            last = next(of_bodies.before(post.start), None)
            if last is not None and post.start - last.post.start < _NEAR and post.row["level"] is None:
                return is_public(last.post), named_area(last.post)
        return is_public(post), named_area(post)

    def _row(
        self, line: Line, best: Bound, group: list[Bound], public: bool, code: str | None, area: ArticleArea
    ) -> OfficialRow:
        """What the written forms of a post together say."""
        post = best.post
        public = public and not self._is_foreign(line, post, code, area)
        served = jurisdiction(post, code, area) if public else None
        return {
            "kind": "post",
            "person": best.person,
            "acting": next((b.post.row["acting"] for b in group if b.post.row["acting"]), None),
            "former": any(b.post.row["former"] or b.former for b in group),
            "title": post.row["title"],
            "unit": post.unit,
            "organization": post.organization,
            "code": served,
            "level": level_at(post, served) if public else None,
            "public": public,
            "confidence": _CONFIDENCE[best.by],
            "by": f"officials.{best.by}",
        }

    def _is_foreign(self, line: Line, post: Post, code: str | None, area: ArticleArea) -> bool:
        """A post of another country: it names one, or it is a national post in an article that speaks of one."""
        if any(self._countries.named(line, post.head, post.end)) or self._is_of_a_body(line, post):
            return True
        bare = post.end == post.head and post.row["level"] == "national" and not code
        return bare and self._countries.is_abroad(line, area)

    def _is_of_a_body(self, line: Line, post: Post) -> bool:
        """ "Presiden |BYD Auto|" is no post of the Republic, "Presiden |RI| ke-6" is."""
        if (
            post.row["level"] != "national"
            or post.row["takes"] != "none"
            or post.row["public"]
            or post.row["organization"]
        ):
            return False
        beyond = range(post.head, post.end)
        return any(line.shape[i] in "CU" and not line.area[i] and line.key[i] not in self._nation for i in beyond)

    def _bare(
        self, doc: Doc, line: Line, bound: list[Bound], used: set[int], named: frozenset[int]
    ) -> list[tuple[Span, OfficialRow]]:
        """Titles without a name that stand for a person named elsewhere: "kata Bupati", "Politikus PDIP itu"."""
        rows: list[tuple[Span, OfficialRow]] = []
        quoted = _quoted(doc)
        seen = [
            (a, person, self._is_subject(line, a, b))
            for a, b, person in mentions_of(doc, line)
            if not quoted[line.first[a]]
        ]
        seen.sort()
        holders = PostIndex(bound)
        end = 0
        for i, cover in enumerate(line.cover):
            if i < end or cover != TITLE or i in used:
                continue
            end = self._reader.forward(line, i, named)
            post = self._reader.read(doc, line, i, end)
            nobody = self._is_nobody(line, i)
            holder = None if nobody else _holder(holders, post)
            if holder is not None:
                rows.append((_span(doc, line, post), _mention(holder.post, holder.person, post)))
                insort(seen, (i, holder.person, self._is_subject(line, i, end)))
            elif not nobody and self._points_back(line, post) and not quoted[line.first[i]]:
                near = seen[bisect_left(seen, (i - _NEAR + 1,)) : bisect_left(seen, (i,))]
                if near:
                    last = max(_sharing(holders, near, post) or [s for s in near if s[2]] or near)
                    bound.append(Bound(last[1], post, False, "that_title"))
                    holders.add(bound[-1])
        return rows

    def _points_back(self, line: Line, post: Post) -> bool:
        """ "Politikus PDIP |itu|": a title with its body, and a word that points to who was named."""
        end, start = post.end, post.start
        if end == post.head or end >= len(line) or line.gap[end]:
            return False
        if start and not line.gap[start] and line.key[start - 1] in self._tables.words["joins"]:
            return False  # "rapat yang dihadiri Asisten dan |Camat Weleri| tersebut"
        return line.key[end] in self._tables.words["pointer"]

    def _is_subject(self, line: Line, start: int, end: int) -> bool:
        """Does a verb follow, or a reporting word come before: who is spoken of?"""
        if end < len(line) and line.gap[end] in ("", ",") and self._tables.is_verb(line.key[end]):
            return True
        cue = self._tables.cues.match_before(line, start) if start else None
        return cue is not None and cue[1] == "says"

    def _is_nobody(self, line: Line, i: int) -> bool:
        """ "para bupati", "calon gubernur", "Kantor Gubernur"."""
        words = self._tables.words
        return i > 0 and line.gap[i] == "" and (line.key[i - 1] in words["nobody"] or line.key[i - 1] in words["kin"])


def _holder(holders: PostIndex, post: Post) -> Bound | None:
    """The last person named before who holds the post, else the first named behind it."""
    either = chain(holders.before(post.start, post.row["title"]), holders.behind(post.start, post.row["title"]))
    return next((b for b in either if is_meant(b.post, post)), None)


def _sharing(holders: PostIndex, near: list[tuple[int, int, bool]], post: Post) -> list[tuple[int, int, bool]]:
    """Of the mentions before "|Waketum PAN| ini" those of persons whose posts name the same body: "Ketua Fraksi PAN"."""
    words = set((post.organization or "").split())
    beside = {b.person for b in islice(holders.before(post.start), _MANY) if words & set(written_words(b.post))}
    return [mention for mention in near if mention[1] in beside]


def _quoted(doc: Doc) -> bytearray:
    """For each token whether it stands in a closed quotation."""
    inside = bytearray(len(doc))
    for start, end, row in ranges(doc, "marks"):
        if row["closed"]:
            inside[start:end] = b"\x01" * (end - start)
    return inside


def _mention(held: Post, person: int, bare: Post) -> OfficialRow:
    return {
        "kind": "mention",
        "person": person,
        "acting": bare.row["acting"],
        "former": bare.row["former"],
        "title": bare.row["title"],
        "unit": None,
        "organization": None,
        "code": None,
        "level": None,
        "public": is_public(held),
        "confidence": 0.8,
        "by": "officials.bare_title",
    }


def _span(doc: Doc, line: Line, post: Post) -> Span:
    first, last = tokens_of(doc, line, post.start, post.end)
    return Span(doc, first, last, label=post.row["title"])
