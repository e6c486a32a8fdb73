"""The input: one article as text or as a page, with what the caller knows of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from beritaextract.errors import ArticleError
from beritaextract.published import parse_published
from beritaextract.records import Source

_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Article:
    """An article to extract from; ``text`` is never changed, every offset of the record counts in it.

    ``published`` may be any date that dateparser can read ("2024-06-20", "Kamis, 20 Jun 2024 14:05 WIB").
    """

    text: str
    id: str | None = None
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    path: str | None = None
    published_origin: str = "given"
    warnings: tuple[str, ...] = ()
    author: str | None = None

    @classmethod
    def from_row(cls, row: Mapping[str, Any], *, path: str | None = None) -> Article:
        """The article of an input row with ``text`` or ``html`` and optionally id, title, published, outlet, url.

        Other keys are ignored. A ``published`` that cannot be read ("Tidak Ditemukan") is no reason to lose an article: it
        is left out and said in the record's ``warnings``. Raises ArticleError when there is no text or a value is no string.
        """
        values = {key: _text(row, key) for key in ("id", "text", "html", "title", "published", "outlet", "url")}
        html, text = values.pop("html"), values.pop("text")
        values["published"], warnings = _readable(values["published"])
        if text is not None:
            return cls(
                text,
                id=values["id"],
                title=values["title"],
                published=values["published"],
                outlet=values["outlet"],
                url=values["url"],
                path=path,
                warnings=warnings,
            )
        if html is None:
            raise ArticleError("no text: a row needs a 'text' or an 'html' with something in it")
        from beritaextract.html import read_page

        page = read_page(html, path=path, known=values)
        return replace(page, warnings=warnings + page.warnings)

    def check_characters(self) -> None:
        """Raises ArticleError at half a character (a lone surrogate), which Python can hold and no file can."""
        for name in ("text", "id", "title", "outlet", "url", "path", "author"):
            half = _HALF.search(getattr(self, name) or "")
            if half is not None:
                raise ArticleError(
                    f"{name}: half a character (U+{ord(half[0]):04X}) at {half.start()}; decode with errors='replace'"
                )

    @property
    def source(self) -> Source:
        """Where it came from."""
        return Source(path=self.path, url=self.url, outlet=self.outlet, author=self.author)

    @property
    def key(self) -> str:
        """Its id, or where none was given a stable hash of source and text."""
        if self.id:
            return self.id
        named = self.url or self.path or ""
        return hashlib.sha256(f"{named}\0{self.text}".encode("utf8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class InputRow:
    """A row as a file gave it and where it stood; a worker makes the Article of it, pages included."""

    values: Mapping[str, Any]
    path: str | None = None
    line: int | None = None

    @property
    def place(self) -> str:
        """File and line: "berita.csv:17"."""
        return ":".join(str(part) for part in (self.path, self.line) if part is not None)

    def article(self) -> Article:
        """The article of the row. Raises ArticleError as ``Article.from_row`` does."""
        return Article.from_row(self.values, path=self.path)


def _readable(published: str | None) -> tuple[str | None, tuple[str, ...]]:
    """The date if it can be read, and what to say if it cannot."""
    if published is None:
        return None, ()
    try:
        parse_published(published)
    except ArticleError as fault:
        return None, (str(fault),)
    return published, ()


def _text(row: Mapping[str, Any], key: str) -> str | None:
    """The value as text, None when it is missing or blank; an id or a year may be written as a number."""
    value = row.get(key)
    if isinstance(value, int) and not isinstance(value, bool) and key in ("id", "published"):
        value = str(value)
    if value is not None and not isinstance(value, str):
        raise ArticleError(f"{key} is {type(value).__name__}, not text")
    return value if value and value.strip() else None
