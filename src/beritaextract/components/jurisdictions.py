"""Which area a post serves: the one it names, read at the level of the title, else the article's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from spacy.tokens import Doc

from beritaextract.components.posts import Post
from beritaextract.gazetteer import kind_of
from beritaextract.layers import ToponymRow, read, words

_LENGTH = {"province": 2, "regency": 5, "city": 5, "district": 8, "village": 13}


class ArticleArea:
    """How often each area of Indonesia and each country stands in the article."""

    def __init__(self, doc: Doc) -> None:
        self.codes: Counter[str] = Counter()
        self.posts: Counter[str] = Counter()
        content = words(doc).content
        for span, row in read(doc, "toponyms"):
            if row["code"]:
                self.codes[row["code"]] += 1 if content[span.start] else 2
        for _, row in read(doc, "organizations"):
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

    def is_abroad(self) -> bool:
        """Does the article speak of one foreign country, and of no place in Indonesia as often?"""
        home = sum(n for c, n in self.codes.items() if c[:1].isdigit() or c == "ID")
        away = max((n for c, n in self.codes.items() if not c[:1].isdigit() and c != "ID"), default=0)
        return away > home


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


def is_foreign(areas: Iterable[ToponymRow]) -> bool:
    """Does a post name a foreign country: "Menteri Perhubungan Jepang"?"""
    return any(a["code"] and not a["code"][:1].isdigit() and a["code"] != "ID" for a in areas)


def named_area(post: Post) -> str | None:
    """The code of the area in the post, read at its title's level: "Bupati Serang" 36.04, "Wali Kota Serang" 36.73."""
    level = post.row["level"] or (post.organ.level if post.organ else None)
    best: str | None = None
    for area in post.areas:
        code = _fitting(area, level)
        if code is not None and (best is None or len(code) > len(best)):
            best = code
    if best is None:
        best = next((b["code"] for b in post.bodies if b["code"] and b["code"] != "ID"), None)
    return best


def _fitting(area: ToponymRow, level: str | None) -> str | None:
    readings = [c for c in (area["code"], *area["candidates"]) if c]
    if level in _LENGTH:
        for code in readings:
            if kind_of(code) == level:
                return code
        if area["code"] and len(area["code"]) > _LENGTH[level]:
            return area["code"][: _LENGTH[level]]
    return area["code"]
