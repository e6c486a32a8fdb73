"""The input: one article as text or as a page, with what the caller knows of it."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from numbers import Integral
from typing import Any, TypeVar

from beritaextract.errors import ArticleError
from beritaextract.published import parse_published
from beritaextract.records import Source

Given = TypeVar("Given")

_HALF = re.compile("[\ud800-\udfff]")
_FILE_NAME = re.compile(r"\S{1,300}\.(?:txt|html?|jsonl?|csv|tsv|parquet)", re.I)
_TEXTS = ("text", "id", "title", "outlet", "url", "path", "author")
_NOTHING = {"NaTType", "NAType"}
"""Types of what pandas puts where there is no time or no value."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article to extract from; ``text`` is never changed, every offset of the record counts in it.

    ``published`` may be any date that dateparser can read ("2024-06-20", "Kamis, 20 Jun 2024 14:05 WIB"), or a date of Python.
    Raises ArticleError for a value of another type.
    """

    text: str
    id: str | None = None
    title: str | None = None
    published: str | date | None = None
    outlet: str | None = None
    url: str | None = None
    path: str | None = None
    published_origin: str = "given"
    warnings: tuple[str, ...] = ()
    author: str | None = None

    def __post_init__(self) -> None:
        for name in _TEXTS:
            value = getattr(self, name)
            if not isinstance(value, str) and (value is not None or name == "text"):
                raise ArticleError(f"{name} is {type(value).__name__}, not text")
        if not isinstance(self.published, str | date | None):
            raise ArticleError(f"published is {type(self.published).__name__}, neither text nor a date")

    @classmethod
    def from_row(cls, row: Mapping[str, Any], *, path: str | None = None) -> Article:
        """The article of an input row with ``text`` or ``html`` and optionally id, title, published, outlet, url.

        Other keys are ignored, and NaN, NaT and NA of pandas are nothing. A ``published`` that cannot be read ("Tidak
        Ditemukan") is no reason to lose an article: it is left out and said in the record's ``warnings``. Raises ArticleError
        when there is no text, a value is no string, or ``row`` is no row.
        """
        if not hasattr(row, "get"):  # a mapping, or a row of pandas, which is none by name
            raise ArticleError(_no_article(row))
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


def as_article(given: str | Article | Mapping[str, Any], **known: str | date | None) -> Article:
    """The article of a text, an Article or a row; what is ``known`` beside it goes before what it says itself.

    Raises ArticleError for anything else, a file's name in place of its text too, and as ``Article.from_row`` does.
    """
    said = {name: value for name, value in known.items() if value is not None}
    if isinstance(given, str):
        if _FILE_NAME.fullmatch(given):
            raise ArticleError(f"{given!r} is a file's name, not a text; read its text first")
        return Article(given, **said)  # type: ignore[arg-type]
    article = given if isinstance(given, Article) else Article.from_row(given)
    if "published" in said:
        said["published_origin"] = "given"
    return replace(article, **said) if said else article  # type: ignore[arg-type]


def many(articles: Iterable[Given]) -> Iterable[Given]:
    """The articles, once it is clear that they are many. Raises TypeError for one (its letters or keys would be many)."""
    if isinstance(articles, str | bytes | Article | Mapping):
        raise TypeError("extract_many takes many articles (a list, a generator …); extract takes one")
    if hasattr(articles, "columns"):
        raise TypeError(
            "extract_many takes the rows of a data frame: frame.to_dict('records'), in polars frame.to_dicts()"
        )
    return articles


def plain(value: Any) -> Any:
    """A cell as it is meant: NaN, NaT and NA are nothing, 7.0 and numpy's 7 are 7, a date is ISO 8601; else the value itself."""
    if value is None or type(value).__name__ in _NOTHING:
        return None
    if isinstance(value, float):
        return None if value != value else int(value) if value.is_integer() else value
    if isinstance(value, Integral) and not isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def _no_article(given: object) -> str:
    """What is wrong with something that is no article, and what to do."""
    hint = ""
    if isinstance(given, bytes):
        hint = "; decode it first"
    elif isinstance(given, os.PathLike):
        hint = "; read its text first"
    elif isinstance(given, list | tuple):
        hint = "; extract_many takes many"
    return f"an article is a text, an Article or a row with 'text' or 'html', not {type(given).__name__}{hint}"


def _text(row: Mapping[str, Any], key: str) -> str | None:
    """The value as text, None when it is missing or blank; an id or a year may be written as a number."""
    value = row.get(key)
    if not isinstance(value, str):
        value = plain(value)
        if isinstance(value, int) and not isinstance(value, bool) and key in ("id", "published"):
            value = str(value)
    if value is not None and not isinstance(value, str):
        raise ArticleError(f"{key} is {type(value).__name__}, not text")
    return value if value and value.strip() else None
