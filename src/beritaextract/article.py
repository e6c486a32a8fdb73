"""The input: one article as text or as a page, with what the caller knows of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from beritaextract.errors import ArticleError
from beritaextract.records import Source


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

    @classmethod
    def from_row(cls, row: Mapping[str, Any], *, path: str | None = None) -> Article:
        """The article of an input row with ``text`` or ``html`` and optionally id, title, published, outlet, url.

        Other keys are ignored. Raises ArticleError when there is no text or a value is no string.
        """
        values: dict[str, str | None] = {}
        for key in ("id", "text", "html", "title", "published", "outlet", "url"):
            value = row.get(key)
            if isinstance(value, (int, float)) and not isinstance(value, bool) and key in ("id", "published"):
                value = str(value)
            if value is not None and not isinstance(value, str):
                raise ArticleError(f"{key} is {type(value).__name__}, not text")
            values[key] = value if value and value.strip() else None
        if values["text"] is None and values["html"] is None:
            raise ArticleError("no text: a row needs a 'text' or an 'html' with something in it")
        html = values.pop("html")
        if values["text"] is None and html is not None:
            from beritaextract.html import read_page

            return read_page(html, path=path, known=values)
        return cls(text=values.pop("text") or "", path=path, **values)

    @property
    def source(self) -> Source:
        """Where it came from."""
        return Source(path=self.path, url=self.url, outlet=self.outlet)

    @property
    def key(self) -> str:
        """Its id, or where none was given a stable hash of source and text."""
        if self.id:
            return self.id
        named = self.url or self.path or ""
        return hashlib.sha256(f"{named}\0{self.text}".encode("utf8", "surrogatepass")).hexdigest()[:16]
