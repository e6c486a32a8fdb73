"""Lists of people and posts: whose is which in "A, Camat X, B, Camat Y", "Bupati dan Wakil Bupati X, A dan B"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from beritaextract.components.binding import is_relatives
from beritaextract.components.name_tables import NameTables
from beritaextract.components.post_context import before_area, title_before
from beritaextract.components.posts import PostReader
from beritaextract.components.wordline import BREAK, TITLE, Line

Mentioned = tuple[int, int, int]
"""First word, word behind the last, person."""

_SURE_CHAIN = 3


@dataclass(frozen=True, slots=True)
class Listings:
    """What lists of an article tell: ``own`` are first words of titles that belong to the name before them."""

    own: frozenset[int]
    at: Mapping[int, int]
    """The number of the mention that begins at a word."""


def read_listings(
    line: Line, mentions: Sequence[Mentioned], reader: PostReader, tables: NameTables, named: frozenset[int]
) -> Listings:
    """Look for the titles that are the name's before them although another name follows."""
    at = {start: k for k, (start, _, _) in enumerate(mentions)}
    own: set[int] = set()
    for start, end, _ in mentions:
        if not is_relatives(line, start, tables.words):
            own.update(_linked(line, end, reader, tables, named))
        own.update(_served(line, end, mentions, at, tables))
    done = -1
    for k in range(len(mentions)):
        if k > done and not _has_title(line, mentions[k][0], tables):
            titles, done = _chain(line, mentions, k, at, reader, tables, named)
            own.update(titles)
    return Listings(frozenset(own), at)


def _has_title(line: Line, start: int, tables: NameTables) -> bool:
    return title_before(line, before_area(line, start), tables) is not None


def _linked(line: Line, end: int, reader: PostReader, tables: NameTables, named: frozenset[int]) -> Iterator[int]:
    """ "Gunarto selaku |Camat Weleri|, Ratmini selaku …"."""
    link = tables.links.match(line, end) if end < len(line) and not line.gap[end] else None
    if link is None or link[0] >= len(line) or line.gap[link[0]] or line.cover[link[0]] != TITLE:
        return
    close = reader.forward(line, link[0], named)
    if close < len(line) and close in named and line.gap[close] == ",":
        yield link[0]


def _served(
    line: Line, end: int, mentions: Sequence[Mentioned], at: Mapping[int, int], tables: NameTables
) -> Iterator[int]:
    """ "Gunarto, |kuasa hukum| Ratmini Lestari, menolak": the name behind the title is whom its holder serves."""
    if end >= len(line) or line.gap[end] != "," or line.cover[end] != TITLE:
        return
    title = line.titles[line.span[end]]["title"].lower()
    close = line.span_end(end)
    if title not in tables.words["client"] | tables.words["speaks"] or close not in at or line.gap[close]:
        return
    behind = mentions[at[close]][1]
    if behind >= len(line) or line.gap[behind] in (",", BREAK):
        yield end


def _chain(
    line: Line,
    mentions: Sequence[Mentioned],
    k: int,
    at: Mapping[int, int],
    reader: PostReader,
    tables: NameTables,
    named: frozenset[int],
) -> tuple[list[int], int]:
    """The titles of "|A, Camat X, B, Camat Y, dan C, Camat Z|", each the name's before it, and the last mention looked at."""
    joins = tables.words["joins"]
    titles: list[int] = []
    followed, joined = 0, False
    while True:
        end = mentions[k][1]
        if end >= len(line) or line.gap[end] != "," or line.cover[end] != TITLE:
            closed = False
            break
        titles.append(end)
        close = reader.forward(line, end, named)
        link = close < len(line) and line.key[close] in joins
        behind = close + 1 if link else close
        if behind not in at or behind >= len(line) or line.gap[close] not in (("", ",") if link else (",",)):
            closed = True
            break
        k, followed, joined = at[behind], followed + 1, joined or link
    another = closed and _begins_with_title(line, titles[-1], reader, joins, named)
    sure = followed and not another and (joined or closed or followed >= _SURE_CHAIN)
    return (titles if sure else []), k


def _begins_with_title(line: Line, last: int, reader: PostReader, joins: frozenset[str], named: frozenset[int]) -> bool:
    """Does the list go on with a title that "dan" or a comma joins: its entries begin with the titles, not the names?"""
    close = reader.forward(line, last, named)
    if close >= len(line) or line.gap[close] not in ("", ","):
        return False
    return line.cover[close + (line.key[close] in joins and close + 1 < len(line))] == TITLE


def joined_names(
    line: Line, mentions: Sequence[Mentioned], k: int, at: Mapping[int, int], tables: NameTables
) -> list[int]:
    """Numbers of the mentions that "dan" or a dash joins to mention ``k``: "Anggota DPRD |A, B, dan C|", "|A-B|"."""
    found: list[int] = []
    while True:
        end = mentions[k][1]
        if end >= len(line) or line.gap[end] not in ("", ",", "/"):
            return []
        if line.gap[end] == "/":
            return [*found, at[end]] if end in at else []
        link = line.key[end] in tables.words["joins"]
        start = end + 1 if link else end
        if start not in at or (not link and line.gap[end] != ",") or (link and line.gap[start]):
            return []
        k = at[start]
        found.append(k)
        if link:
            return found


def entry_before(
    doc: Doc, line: Line, start: int, reader: PostReader, tables: NameTables, named: frozenset[int]
) -> int | None:
    """The first word of the post that heads an entry with a name behind a colon: "|Direktur Utama|: Gunarto Salim"."""
    if start == 0 or doc[line.first[start] - 1].text != ":":
        return None
    if not (line.cover[start - 1] or line.shape[start - 1] in "CU"):
        return None
    title = title_before(line, start, tables, closed=True)
    if title is None or tables.is_plural(line, title) or any(i in named for i in range(title, start)):
        return None
    first = reader.chain(line, title, named)
    opens = line.gap[first] == BREAK and line.shape[first] != "l" and "," not in line.gap[first:start]
    return first if opens else None
