"""Read the words of a post: where it ends, its unit, its organisation and its areas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc

from beritaextract.components.name_tables import NameTables
from beritaextract.components.organization_forms import Organ, TailWord
from beritaextract.components.post_context import title_before
from beritaextract.components.wordline import BREAK, ORGANIZATION, TITLE, TOPONYM, Line, PhraseIndex
from beritaextract.gazetteer import Country
from beritaextract.layers import OrganizationRow, TitleRow, ToponymRow
from beritaextract.lexicon import Lexicon

_LONGEST = 28


@dataclass(slots=True)
class Post:
    """The words ``start`` to ``end`` of a Line, read as a post; ``head`` is where those behind the title's head begin."""

    start: int
    head: int
    end: int
    row: TitleRow
    unit: str | None = None
    organization: str | None = None
    organ: Organ | None = None
    bodies: tuple[OrganizationRow, ...] = ()
    areas: tuple[ToponymRow, ...] = ()
    above: str | None = None


class PostReader:
    """The grammar of posts: head + unit + organisation + area."""

    def __init__(self, lexicon: Lexicon, tables: NameTables) -> None:
        self._tables, self._words = tables, tables.words
        rows = lexicon.rows("organizations", Organ)
        self._organs: PhraseIndex[Organ] = PhraseIndex((row.form, row) for row in rows)
        names = [
            name.lower().split() for row in lexicon.rows("countries", Country) for name in (row.name, *row.variants)
        ]
        self._in_country = frozenset(pair for name in names for pair in pairwise(name))
        tails = lexicon.rows("organization_tails", TailWord)
        self._nation = frozenset(w for row in tails if row.kind == "nation" for w in row.form.lower().split())
        self._before_area = frozenset(row.form.lower() for row in tails if row.kind == "before")

    def chain(self, line: Line, i: int, named: frozenset[int]) -> int:
        """The first word of a chain of titles, of which the first is the post: "|Koordinator Stafsus Presiden"."""
        a = self._spelt_out(line, line.span_start(i))
        while a > 0 and not line.gap[a] and line.cover[a - 1] != TOPONYM:
            if line.shape[a - 1] not in "CU" and line.cover[a - 1] != TITLE:
                break
            before = title_before(line, a, self._tables) if line.key[a - 1] not in self._words["team"] else None
            if before is None or any(k in named for k in range(before, a)):
                break
            a = line.span_start(before)
        return a

    def _spelt_out(self, line: Line, a: int) -> int:
        """Where a post begins whose abbreviation in brackets word ``a`` is: "|Direktur Lalu Lintas (|Dirlantas)"."""
        if a == 0 or not _is_bracketed(line, a):
            return a
        title = title_before(line, a, self._tables)
        if title is None or any(line.gap[k] for k in range(title + 1, a)):
            return a
        first = line.span_start(title)
        return first if line.key[first][0] == line.key[a][0] else a

    def forward(self, line: Line, i: int, named: frozenset[int]) -> int:
        """Where the post ends whose title begins at word ``i``; ``named`` are the words of persons' names.

        "Kepala Dinas Perhubungan Banten| mengatakan", "Anggota DPRD Jambi dari Fraksi PKS|, Budi".
        """
        j = line.span_end(i)
        field = line.titles[line.span[i]]["takes"] in ("field", "unit")
        plain = 0
        while j < len(line) and j - i < _LONGEST and j not in named:
            step = self._step(line, j, named)
            if step is None and field and plain < 4 and not line.gap[j] and self._is_plain_noun(line.key[j]):
                step, plain = j + 1, plain + 1
            if step is None:
                break
            j = step
        return j

    def _step(self, line: Line, j: int, named: frozenset[int]) -> int | None:
        """Behind the next part of a post that begins at word ``j``, or None where it ends before."""
        gap = line.gap[j]
        if gap == "(":
            return self._bracket(line, j)
        if gap == "," and not _in_one_span(line, j):
            return None
        if gap == BREAK or (gap == "/" and line.shape[j - 1] != "d" and line.cover[j] != TOPONYM):
            return None
        if line.cover[j] in (ORGANIZATION, TOPONYM):
            k = j
            while k < len(line) and line.cover[k] == line.cover[j] and line.span[k] == line.span[j]:
                k += 1
            return k
        if line.cover[j] == TITLE:
            return line.span_end(j) if not gap and line.cover[j - 1] != TOPONYM else None
        if line.shape[j] == "d":
            return j + 1 if len(line.key[j]) <= 4 or line.key[j][0].isalpha() else None
        if line.shape[j] in "CUI":
            after_area = line.cover[j - 1] == TOPONYM and self._organs.match(line, j) is None
            return None if after_area else j + 1
        return self._joined(line, j, named)

    def _joined(self, line: Line, j: int, named: frozenset[int]) -> int | None:
        """A small word that goes on to more of the post: "Pekerjaan Umum |dan| Penataan Ruang", "|dari| Fraksi PKS"."""
        k = j + 1
        if k >= len(line) or line.gap[k] or k in named or line.shape[k] not in "CU" or line.cover[k] == TITLE:
            return None
        if line.key[j] in self._words["joins"] or line.key[j] in self._words["english"]:
            return None if line.cover[j - 1] in (TITLE, TOPONYM) or line.cover[k] == TOPONYM else k
        if line.key[j] in self._words["of"]:
            return k if line.key[j] not in self._words["body"] or line.cover[k] == ORGANIZATION else None
        return None

    def _is_plain_noun(self, key: str) -> bool:
        """A lower-case word that may say of what somebody is an expert: "pengamat |kebijakan publik|"."""
        return key.isalpha() and not (
            self._tables.is_surely_verb(key) or key in self._words["stop"] or self._words.connects(key)
        )

    def _bracket(self, line: Line, j: int) -> int | None:
        """Behind an explanation in brackets: "(PUPR)", "(Kobar)"; not "(42)", "(20/6/2024)"."""
        k = j
        while k < len(line) and k - j < 8:
            if line.shape[k] not in "CU":
                return None
            k += 1
            if k == len(line) or line.gap[k] == ")":
                return k
            if line.gap[k]:
                return None
        return None

    def read(self, doc: Doc, line: Line, start: int, end: int) -> Post:
        """The post of the words ``start`` to ``end``, which begin with a title."""
        row = line.titles[line.span[start]]
        head = line.span_end(start)
        post = Post(start, head, end, row)
        first, last = tokens_of(doc, line, start, end)
        post.areas = self._areas(line, post, first, last)
        post.bodies = tuple(line.rows_within("organizations", first, last))
        self._share_head(line, post)
        self._parts(doc, line, post)
        return post

    def _share_head(self, line: Line, post: Post) -> None:
        """The last word of a head that "dan" joins to more is of the unit: "Direktur |Umum| dan Operasional Kopimanis"."""
        head, title = post.head, post.row["title"].split()
        if (
            head + 1 >= post.end
            or line.gap[head]
            or line.key[head] not in self._words["joins"]
            or head - post.start < 2
        ):
            return
        if len(title) > 1 and title[-1].lower() == line.key[head - 1] and line.shape[head + 1] in "CU":
            post.row = {**post.row, "title": " ".join(title[:-1]), "takes": "unit"}
            post.head = head - 1

    def _is_called_as_places_are(self, post: Post, row: ToponymRow) -> bool:
        plain = row["kind"] == "village" and not row["marker"] and post.row["level"] != "village"
        return plain and row["name"].lower() in self._tables.blockers

    def _areas(self, line: Line, post: Post, first: int, last: int) -> tuple[ToponymRow, ...]:
        """The areas that the post names.

        Not the Metro of "Polda |Metro| Jaya", a village called as places are ("Kapolresta |Bandara|"), nor whence somebody comes
        ("dari |Jambi|").
        """
        named = post.head == post.start + 1 and line.area[post.start]  # "Karo", head of a bureau and a regency
        within = line.rows_within("toponyms", line.last[post.start] if named else first, last)
        rows = tuple(row for row in within if not self._is_called_as_places_are(post, row))
        for i in range(post.start, post.end - 1):
            if line.key[i] in self._before_area and line.area[i]:
                together = line.cover[i + 1] == line.cover[i] and line.span[i + 1] == line.span[i]
                if line.area[i + 1] or together:
                    rows = tuple(row for row in rows if row["name"].split()[-1].lower() != line.key[i])
            elif line.key[i] in self._words["of"] and line.area[i + 1] and not line.cover[i]:
                from_there = tuple(line.rows_within("toponyms", line.first[i + 1], last))
                rows = tuple(row for row in rows if row not in from_there)
        return rows

    def _parts(self, doc: Doc, line: Line, post: Post) -> None:
        """Set unit, organisation and what the table knows of it."""
        inner = post.row.get("inner")
        begin = line.at.get(line.first[post.start] + inner, post.head) if inner is not None else post.head
        while (
            begin < post.end and line.key[begin] in self._words["of"] and line.cover[begin] == 0 and begin >= post.head
        ):
            begin += 1
        if begin >= post.end or (post.row["takes"] == "none" and line.gap[begin] == "(" and begin == post.head):
            return
        bodies, units = self._starts(line, begin, post)
        if bodies and bodies[0][0] <= post.head and inner is not None and post.row["takes"] == "unit":
            bodies = bodies[1:] if bodies[0][0] > begin or units[:1] == [begin] else bodies
        if bodies:
            body, organ = bodies[0]
            if line.cover[body] == TITLE and body >= post.head:
                post.above = line.titles[line.span[body]]["level"]
            later = next((u for u in units if u > body), None)
            close = post.end if later is None else later
            post.organ = organ
            post.organization = written(doc, line, body, self._before_joint(line, close, body))
            if body > begin and not (post.row["takes"] == "area" and all(line.area[begin:body])):
                post.unit = written(doc, line, begin, self._before_joint(line, body, begin))
            elif later is not None:
                post.unit = written(doc, line, later, post.end)
            return
        self._lone(doc, line, post, begin)

    def _before_joint(self, line: Line, end: int, start: int) -> int:
        """Drop what only joins: "DPRD Jambi |dari| Fraksi PKS"."""
        while end - 1 > start and line.shape[end - 1] == "l" and self._words.connects(line.key[end - 1]):
            end -= 1
        return end

    def _starts(self, line: Line, begin: int, post: Post) -> tuple[list[tuple[int, Organ | None]], list[int]]:
        """Words where the name of a body begins, and where that of a unit does."""
        bodies: list[tuple[int, Organ | None]] = []
        units: list[int] = []
        i = begin
        while i < post.end:
            begins = (
                line.shape[i] in "CU" and (line.key[i - 1], line.key[i]) not in self._in_country
            )  # "Amerika |Serikat"
            match = self._organs.match(line, i) if begins else None
            opens = line.cover[i] == ORGANIZATION and (i == begin or line.span[i - 1] != line.span[i])
            opens = opens and not all(line.area[i : min(line.span_end(i), post.end)])
            if match is not None and match[1].kind == "unit":
                inside = line.cover[i] == ORGANIZATION and i > begin and bool(bodies)
                if not inside or line.span_start(i) > max(bodies[-1][0], post.head):
                    units.append(i)
            elif match is not None or opens:
                bodies.append((i, match[1] if match is not None else None))
            elif line.cover[i] == TITLE and line.span[i] != line.span[post.start] and not _is_bracketed(line, i):
                bodies.append((i, None))
            i += 1
        return bodies, units

    def _lone(self, doc: Doc, line: Line, post: Post, begin: int) -> None:
        """No body is named: an area alone is no organisation, a lone unit is one."""
        words = [
            i for i in range(begin, post.end) if not line.area[i] and (line.shape[i] != "d" or line.key[i][0].isalpha())
        ]
        if begin >= post.head and (post.row["takes"] in ("area", "none") or post.row["organization"]):
            return
        if (
            not any(line.shape[i] in "CU" and line.key[i] not in self._nation for i in words)
            and post.row["takes"] != "organization"
        ):
            return
        if words and any(line.shape[i] != "I" and line.key[i] not in self._words["particle"] for i in words):
            post.organization = written(doc, line, begin, post.end)
            match = self._organs.match(line, begin)
            post.organ = match[1] if match else None


def tokens_of(doc: Doc, line: Line, start: int, end: int) -> tuple[int, int]:
    """Tokens of the words ``start`` to ``end``, with the bracket that closes them."""
    first, last = line.first[start], line.last[end - 1]
    opened = any(line.gap[i] == "(" for i in range(start + 1, end))
    if opened and last < len(doc) and doc[last].text == ")":
        last += 1
    return first, last


def written(doc: Doc, line: Line, start: int, end: int) -> str | None:
    """The words as written, on one line; None for no words."""
    if start >= end:
        return None
    first, last = tokens_of(doc, line, start, end)
    return " ".join(doc[first:last].text.split())


def written_words(post: Post) -> list[str]:
    """The words of a post's unit and organisation."""
    return f"{post.unit or ''} {post.organization or ''}".split()


def overlap(a: str | None, b: str | None) -> float:
    """Share of the shorter one's words that both have; 1 when one is missing."""
    x, y = set(_words(a)), set(_words(b))
    return len(x & y) / min(len(x), len(y)) if x and y else 1.0


def _words(text: str | None) -> Iterable[str]:
    return (text or "").lower().replace("(", " ").replace(")", " ").replace(",", " ").split()


def _in_one_span(line: Line, j: int) -> bool:
    return line.cover[j] == ORGANIZATION and line.cover[j - 1] == ORGANIZATION and line.span[j] == line.span[j - 1]


def _is_bracketed(line: Line, i: int) -> bool:
    """Is word ``i`` a title of one word in brackets, the abbreviation of the post before it?"""
    return line.gap[i] == "(" and line.span_end(i) == i + 1 < len(line) and line.gap[i + 1] == ")"
