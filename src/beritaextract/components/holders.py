"""Whose is a post that stands beside a name: before it, behind it, or joined to it by words such as "dijabat oleh"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from beritaextract.components.binding import Bound, appointed, goes_on_listing, is_relatives, is_wished, pairs_of
from beritaextract.components.jurisdictions import is_public
from beritaextract.components.listings import Mentioned, entry_before, joined_names, read_listings
from beritaextract.components.name_tables import NameTables, PostLink
from beritaextract.components.post_context import before_area, title_before
from beritaextract.components.post_terms import behind_age, is_demanded, is_dismissed, is_over
from beritaextract.components.posts import Post, PostReader
from beritaextract.components.wordline import BREAK, TITLE, Line, PhraseIndex
from beritaextract.layers import facts
from beritaextract.lexicon import Lexicon


class HolderFinder:
    """The tables that tell whose a post is, compiled."""

    def __init__(self, lexicon: Lexicon, tables: NameTables, reader: PostReader) -> None:
        self.tables, self.reader = tables, reader
        links = lexicon.rows("post_links", PostLink, key=lambda r: (r.form, r.kind))
        self.held_by: PhraseIndex[str] = PhraseIndex((r.form, r.kind) for r in links if r.kind in ("before", "then"))

    def bind(
        self, doc: Doc, line: Line, mentions: Sequence[Mentioned], named: frozenset[int]
    ) -> tuple[list[Bound], set[int]]:
        """All posts written beside a name, and the words of the titles used."""
        search = _Search(self, doc, line, mentions, named)
        search.before_names()
        search.behind_names()
        return search.bound, search.used


class _Search:
    """One Doc being searched for posts beside names."""

    def __init__(
        self, finder: HolderFinder, doc: Doc, line: Line, mentions: Sequence[Mentioned], named: frozenset[int]
    ) -> None:
        self._doc, self._line, self._mentions, self._named = doc, line, mentions, named
        self._tables, self._reader, self._held_by = finder.tables, finder.reader, finder.held_by
        self._year = (facts(doc).get("published") or "")[:4]
        self._lists = read_listings(line, mentions, self._reader, self._tables, named)
        self.bound: list[Bound] = []
        self.used: set[int] = set()
        self._beside: set[int] = set()

    def before_names(self) -> None:
        """Bind the posts that stand before names."""
        pairs = pairs_of(self._line, self._mentions)
        single = self._named - pairs
        for k, (start, end, _) in enumerate(self._mentions):
            for found in self._before(k, single):
                if start in pairs and found.post.organization and not is_public(found.post):
                    continue
                self._beside.add(end)
                for one in self._shared(k, found):
                    self._keep(one)

    def behind_names(self) -> None:
        """Bind the posts that stand behind names."""
        for k in range(len(self._mentions)):
            for found in self._behind(k):
                self._keep(found)

    def _keep(self, found: Bound) -> None:
        """A post bound, unless it is a word that is a post only with a body behind it: "pejabat", "petugas"."""
        line, post = self._line, found.post
        self.used.update(i for i in range(post.start, post.end) if line.cover[i] == TITLE)
        found.former = found.former or is_over(line, post.end, self._tables.words, self._year)
        vague = post.head - post.start == 1 and post.row["title"].lower() in self._tables.words["vague"]
        if not vague or post.organization or post.unit or post.areas:
            self.bound.append(found)

    def _before(self, k: int, named: frozenset[int]) -> Iterator[Bound]:
        """ "Plh Sekda Banten, |Virgojanti", "Camat Weleri dijabat oleh |Gunarto", "Ketua X yang juga Ketua Y, |Gunarto"."""
        line, (start, _, person) = self._line, self._mentions[k]
        if start == 0:
            return
        end, by, former = start, "title_before_name", False
        link = self._held_by.match_before(line, start)
        if link is not None and line.gap[start] in ("", ",") and line.shape[link[0]] == "l":
            end, by = link[0], "held_by"
            former = link[1] == "then"
        elif line.gap[start] in (",", BREAK):
            by = "title_comma_name"
        if line.gap[start] == BREAK:
            entry = entry_before(self._doc, line, start, self._reader, self._tables, named)
            if entry is not None:
                yield Bound(person, self._reader.read(self._doc, line, entry, start), False, by)
            return
        while end > 0:
            end = before_area(line, end)
            title = title_before(line, end, self._tables)
            if title is None or self._tables.is_plural(line, title) or any(i in named for i in range(title, end)):
                return
            first = self._reader.chain(line, title, named)
            if first in self._lists.own:
                return
            if by == "title_comma_name" and (self._is_nobodys(first) or self._is_companion(first, k)):
                return
            yield Bound(person, self._reader.read(self._doc, line, first, end), former, by)
            link = self._tables.links.match_before(line, first) if first and not line.gap[first] else None
            if link is not None and link[1] == "behind":
                end, by = link[0], "link"
            elif first and line.gap[first] == "/":
                end, by = first, "link"
            else:
                return

    def _is_nobodys(self, first: int) -> bool:
        """Is a post before a comma a relative's or only spoken of: "istri |Bupati|, Ratmini", "selain kursi |dirut|, Budi …"?"""
        line, words = self._line, self._tables.words
        return first > 0 and not line.gap[first] and line.key[first - 1] in words["kin"] | words["seat"]

    def _is_companion(self, first: int, k: int) -> bool:
        """Is a post before a comma somebody else's, who is with the subject? "|Kepada Bupati|, Gunarto mengeluhkan …"."""
        line, end = self._line, self._mentions[k][1]
        if first == 0 or line.gap[first] or line.key[first - 1] not in self._tables.words["beside"]:
            return False
        opens = line.gap[first - 1] in (BREAK, ",") or line.gap[first - 2] == BREAK
        return opens and end < len(line) and not line.gap[end] and self._tables.is_verb(line.key[end])

    def _shared(self, k: int, found: Bound) -> Iterator[Bound]:
        """The post for each who holds it: the client's lawyer, both of a pair, all of "Anggota DPRD A dan B"."""
        post, words = found.post, self._tables.words
        title = post.row["title"].lower()
        if found.by == "title_before_name" and post.end == post.head and post.row["takes"] == "organization":
            other = self._of_client(k, post)
            if other is not None:
                yield Bound(other[0], other[1], found.former, found.by)
                return
            if title in words["client"]:
                self._beside.discard(self._mentions[k][1])
                self.used.update(range(post.start, post.head))
                return
        joined = joined_names(self._line, self._mentions, k, self._lists.at, self._tables)
        first = self._first_of_pair(post)
        if first is not None:
            if len(joined) == 1:
                yield Bound(found.person, first, found.former, found.by)
                yield Bound(self._mentions[joined[0]][2], post, found.former, found.by)
            return
        yield found
        if title in words["shared"]:
            for other_one in joined:
                yield Bound(self._mentions[other_one][2], post, found.former, found.by)

    def _first_of_pair(self, post: Post) -> Post | None:
        """The first of two titles of which the second is its deputy's: "|Bupati| dan Wakil Bupati Kendal"."""
        line, start = self._line, post.start
        if (
            start < 2
            or line.gap[start]
            or line.gap[start - 1]
            or line.key[start - 1] not in self._tables.words["joins"]
        ):
            return None
        title = title_before(line, start - 1, self._tables)
        if title is None or any(i in self._named for i in range(title, start - 1)):
            return None
        first = self._reader.chain(line, title, self._named)
        if not post.row["title"].endswith(f" {line.titles[line.span[first]]['title']}"):
            return None
        pair = self._reader.read(self._doc, line, first, start - 1)
        if not pair.areas and not pair.organization:
            pair.areas, pair.bodies = post.areas, post.bodies
        return pair

    def _of_client(self, k: int, post: Post) -> tuple[int, Post] | None:
        """The post is the next name's when that stands in commas: "Jubir |Ratmini Lestari|, Gunarto, membantah"."""
        line, end = self._line, self._mentions[k][1]
        client = post.row["title"].lower() in self._tables.words["client"]
        if post.row["public"]:
            return None
        joined = joined_names(line, self._mentions, k, self._lists.at, self._tables)
        if client and joined:
            end = self._mentions[joined[-1]][1]
        named = self._held_by.match(line, end) if end < len(line) and line.gap[end] in ("", ",") else None
        start = named[0] if named is not None and named[1] == "before" else end
        after = self._lists.at.get(start)
        if after is None or line.gap[end] not in (("", ",") if start > end else (",",)):
            return None
        close = self._mentions[after][1]
        if not client and start == end and not self._is_apposition(close):
            return None
        whole = self._reader.read(self._doc, line, post.start, end)
        whole.organization = None
        return self._mentions[after][2], whole

    def _is_apposition(self, close: int) -> bool:
        """Does what follows a name in commas go on with the sentence, not with a list?"""
        line = self._line
        if close >= len(line) or line.gap[close] == BREAK or line.shape[close] != "l":
            return False
        return line.key[close] not in self._tables.words["joins"]

    def _behind(self, k: int) -> list[Bound]:
        """ "Gunarto Salim|, Camat Weleri,", "Gunarto Salim| selaku Camat", "Gunarto| (Camat Weleri)"; several in a row."""
        found: list[Bound] = []
        line = self._line
        _, end, person = self._mentions[k]
        listed = end in self._beside
        end = behind_age(line, end)
        while end < len(line):
            at, by, former = self._link_behind(k, end)
            if at is None or at in self.used or at in self._named or line.cover[at] != TITLE:
                break
            close = self._close(at)
            if at not in self._lists.own and self._is_anothers(at, close, by, listed):
                break
            if by == "link":
                start = max((a for a, b, who in self._mentions if b == end and who == person), default=end)
                if is_wished(line, end, start, self._tables.words):
                    break
                former = former or is_dismissed(line, start, end, self._tables.words)
                person = appointed(line, end, person, self._mentions, self._tables.words)
                second = self._second_of_pair(k, at, close)
                if second is not None:
                    first = self._reader.read(self._doc, line, at, close)
                    first.areas = first.areas or second.areas
                    return [Bound(self._mentions[k - 1][2], first, former, by), Bound(person, second, former, by)]
            found.append(Bound(person, self._reader.read(self._doc, line, at, close), former, by))
            if by == "link" and k and found[-1].post.row["title"].lower() in self._tables.words["shared"]:
                both = joined_names(line, self._mentions, k - 1, self._lists.at, self._tables) == [k]
                found.extend([Bound(self._mentions[k - 1][2], found[-1].post, former, by)] if both else [])
            end = close
        return found

    def _close(self, at: int) -> int:
        """Where the post ends that begins at word ``at``, the name of whom its holder serves included."""
        line, close = self._line, self._reader.forward(self._line, at, self._named)
        if at in self._lists.own and close in self._lists.at and not line.gap[close]:
            return self._mentions[self._lists.at[close]][1]
        return close

    def _is_anothers(self, at: int, close: int, by: str, listed: bool) -> bool:
        """Does a post behind a name belong to the name that follows it, or to nobody?"""
        line = self._line
        if close < len(line) and close in self._named and line.gap[close] in ("", ","):
            return True
        return by == "name_comma_title" and self._is_listed(at, close, listed)

    def _second_of_pair(self, k: int, at: int, close: int) -> Post | None:
        """The deputy's title of two: "A dan B sebagai Bupati dan |Wakil Bupati Kendal|"."""
        line = self._line
        if k == 0 or close + 1 >= len(line) or line.gap[close] or line.cover[close + 1] != TITLE:
            return None
        both = joined_names(line, self._mentions, k - 1, self._lists.at, self._tables) == [k]
        if not both or line.key[close] not in self._tables.words["joins"] or line.gap[close + 1]:
            return None
        deputy = line.titles[line.span[close + 1]]["title"]
        if not deputy.endswith(f" {line.titles[line.span[at]]['title']}"):
            return None
        return self._reader.read(self._doc, line, close + 1, self._reader.forward(line, close + 1, self._named))

    def _is_listed(self, at: int, close: int, listed: bool) -> bool:
        """Is a post behind a name and a comma the next of a list rather than the person's?"""
        line = self._line
        another = close < len(line) and line.gap[close] == "," and line.cover[close] == TITLE
        return another or ((listed or close == line.span_end(at)) and goes_on_listing(line, close, self._tables.words))

    def _lacks_comma(self, end: int) -> bool:
        """Is a title right behind a name without a post the name's: "atas nama Lukman |Ketua Harian PMI Kendal|"?"""
        line = self._line
        if end in self._beside or line.heading[end] or line.shape[end] == "l":
            return False
        close = self._reader.forward(line, end, self._named)
        if close == line.span_end(end) or (close < len(line) and line.key[close] in self._tables.words["joins"]):
            return False
        return close == len(line) or line.gap[close] in ("", ",", BREAK)

    def _link_behind(self, k: int, end: int) -> tuple[int | None, str, bool]:
        """Where a title may begin behind a name, how it is joined, and whether it is a former post."""
        line = self._line
        gap = line.gap[end]
        if gap not in ("", ",", "(", ")"):
            return None, "", False
        if line.cover[end] == TITLE:
            if not gap:
                return (end, "link", False) if self._lacks_comma(end) else (None, "", False)
            return end, "bracket" if gap == "(" else "name_comma_title", False
        link = self._tables.links.match(line, end)
        if (
            link is None
            or link[0] >= len(line)
            or line.gap[link[0]]
            or is_relatives(line, self._mentions[k][0], self._tables.words)
        ):
            return None, "", False
        former = link[1] == "former" and not is_demanded(line, self._mentions[k][0], self._tables.words)
        return link[0], "link", former
