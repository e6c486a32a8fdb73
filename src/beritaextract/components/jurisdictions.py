"""Which area a post serves: the one it names, read at the level of the title, else the article's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from beritaextract.components.place_names import ForeignPlace
from beritaextract.components.posts import Post
from beritaextract.components.wordline import Line, PhraseIndex
from beritaextract.gazetteer import Country, kind_of
from beritaextract.layers import ToponymRow, ranges, words
from beritaextract.lexicon import Lexicon

_LENGTH = {"province": 2, "regency": 5, "city": 5, "district": 8, "village": 13}


class ArticleArea:
    """How often each area of Indonesia and each country stands in the article."""

    def __init__(self, doc: Doc) -> None:
        self.codes: Counter[str] = Counter()
        self.posts: Counter[str] = Counter()
        self.abroad: bool | None = None
        """Does the article name one foreign country more often than all of Indonesia? None before it was asked."""
        content = words(doc).content
        named = {i for _, _, row in ranges(doc, "people") for i in range(*row["outer"])}
        for start, _, row in ranges(doc, "toponyms"):
            if row["code"] and start not in named:
                self.codes[row["code"]] += 1 if content[start] else 2
        for _, _, row in ranges(doc, "organizations"):
            if row["code"]:
                self.codes[row["code"]] += 2

    def note(self, code: str) -> None:
        """A post of the article serves this area."""
        if code != "ID":
            self.posts[code] += 1

    def at(self, level: str | None) -> str | None:
        """The article's area at a level: "Bupati" alone, "Sekda" alone (any of province, regency, city)."""
        for counts, weight in ((self.posts, 1), (self.codes, 1)):
            ranked = Counter[str]()
            for code, n in counts.items():
                for fitting in _up(code, level):
                    ranked[fitting] += n * weight
            if ranked:
                return max(ranked, key=lambda c: (ranked[c], len(c)))
        return None

    def at_home(self) -> int:
        """How often areas of Indonesia are named."""
        return sum(n for c, n in self.codes.items() if c[:1].isdigit() or c == "ID")


class Countries:
    """Foreign countries by name."""

    def __init__(self, lexicon: Lexicon) -> None:
        rows = [row for row in lexicon.rows("countries", Country) if row.code != "ID"]
        names = [(name, row.code) for row in rows for name in (row.name, *row.variants)]
        towns = [(row.name, row.country) for row in lexicon.rows("foreign_places", ForeignPlace)]
        self._names = PhraseIndex(names + towns)

    def named(self, line: Line, start: int, end: int) -> Iterator[str]:
        """Codes of the foreign countries named by the words ``start`` to ``end``: "Menteri Perhubungan |Jepang|"."""
        for i in range(start, end):
            found = self._names.match(line, i) if line.shape[i] != "l" else None
            if found is not None and found[0] <= end:
                yield found[1]

    def is_abroad(self, line: Line, area: ArticleArea) -> bool:
        """Does the article name one foreign country more often than all of Indonesia?"""
        if area.abroad is None:
            counts = Counter(self.named(line, 0, len(line)))
            area.abroad = max(counts.values(), default=0) > area.at_home() + line.key.count("indonesia")
        return area.abroad


def _up(code: str, level: str | None) -> Iterable[str]:
    """The area of a level that a code lies in; for any level the regency or city, or the province itself."""
    if not code[:1].isdigit():
        return ()
    if level is None:
        return (code[:5],)
    length = _LENGTH.get(level, 5)
    if len(code) < length:
        return ()
    cut = code[:length]
    return (cut,) if kind_of(cut) == level or length != 5 else ()


def named_area(post: Post) -> str | None:
    """The code of the area in the post, read at its title's level: "Bupati Serang" 36.04, "Wali Kota Serang" 36.73."""
    level = post.row["level"] or (post.organ.level if post.organ else None)
    served = next((b["code"] for b in post.bodies if b["code"] and b["code"] != "ID"), None)
    if served is not None and level is None:
        return served
    best: str | None = None
    for area in post.areas:
        code = _fitting(area, level)
        if code is not None and (best is None or len(code) > len(best)):
            best = code
    return best or served


def _fitting(area: ToponymRow, level: str | None) -> str | None:
    readings = [c for c in (area["code"], *area["candidates"]) if c]
    if level in _LENGTH:
        for code in readings:
            if kind_of(code) == level:
                return code
        if area["code"] and len(area["code"]) > _LENGTH[level]:
            return area["code"][: _LENGTH[level]]
    return area["code"]


def is_public(post: Post) -> bool:
    """Is it a post in the state: by the title, else by the organisation, else by the level of government?"""
    if post.row["public"] is not None:
        whole = post.organ is not None and post.organ.takes == "none" and post.organ.public == "no"
        return post.row["public"] and not (whole and post.row["takes"] == "unit")  # "Dirjen WHO"
    known = [b["public"] for b in post.bodies if b["public"] is not None]
    if known:
        return known[0]
    if post.organ is not None and post.organ.public is not None:
        return post.organ.public == "yes"
    if post.row["title"].startswith("Kepala") and (post.row["takes"] == "unit" or (post.organization and post.areas)):
        return True
    return post.above is not None or (post.row["level"] is not None and post.organization is None)


def level_of(post: Post) -> str | None:
    """National, province, regency, city, district, village or None, as the words of the post tell it."""
    if post.row["level"] or post.above:
        return post.row["level"] or post.above
    return next((b["level"] for b in post.bodies if b["level"]), post.organ.level if post.organ else None)


def level_at(post: Post, code: str | None) -> str | None:
    """The level of a post in the state: its title's, else that of the area it serves ("Sekda Banten": province)."""
    if code == "ID":
        return "national"
    if post.row["level"] or code is None:
        return level_of(post)
    kind = kind_of(code)
    return kind if kind in _LENGTH else level_of(post)


def jurisdiction(post: Post, code: str | None, area: ArticleArea) -> str | None:
    """The Kemendagri code of the area that a public post serves, ``ID`` for the Republic."""
    level = level_of(post)
    if post.row["level"] == "national":
        return "ID"
    if code:
        return code
    if level == "national":
        return "ID"
    national = any(b["code"] == "ID" for b in post.bodies)
    if national:
        return "ID"
    regional = (
        post.above is not None
        or post.row["takes"] in ("area", "none", "unit")
        or (
            post.organ is not None
            and post.organ.level is None
            and (post.organ.head is not None or post.organ.takes == "area")
        )
    )
    return area.at(level) if regional or level else None
