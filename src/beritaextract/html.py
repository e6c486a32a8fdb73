"""A saved news page as an Article: the main text, and what the page says of it.

Needs the extra ``html`` (``pip install beritaextract[html]``): trafilatura finds the main text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from beritaextract.article import Article
from beritaextract.errors import ArticleError, InputError
from beritaextract.pagemeta import PageMeta, read_meta
from beritaextract.published import parse_published

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.I)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BLANKS = re.compile(r"[ \t\r\f\v]+")
_WORDS = re.compile(r"\w+")
_MOST_TAGS = 40_000  # of saved news pages the largest has 4,100; the main text of more takes out of all proportion long
_SHORTEST = 80
_HEAD_LINES = 8


def read_page(
    html: str | bytes | Iterable[str | bytes], *, path: str | None = None, known: Mapping[str, str | None] | None = None
) -> Article:
    """The article of a page, or of the several pages that one article was split into.

    Paragraphs are kept, separated by an empty line. What the caller knows (``known``: id, title, published, outlet, url)
    wins over what the page says. Raises ArticleError when the page holds no article, InputError when trafilatura is not
    installed.
    """
    pages = [html] if isinstance(html, (str, bytes)) else list(html)
    read = [_read_one(page) for page in pages]
    if not read:
        raise ArticleError("no page given")
    meta = read[0][0]
    text = "\n\n".join(_join([paragraphs for _, paragraphs in read]))
    if len(text) < _SHORTEST:
        raise ArticleError(f"no article in the page: only {len(text)} characters of main text")
    values = {key: value for key, value in (known or {}).items() if value}
    given = "published" in values
    facts = {"title": meta.title, "outlet": meta.outlet, "published": meta.published, "url": meta.url} | values
    return Article(
        text=text,
        id=facts.get("id"),
        title=facts["title"],
        published=facts["published"],
        outlet=facts["outlet"],
        url=facts["url"],
        path=path,
        published_origin="given" if given else "metadata",
        author=meta.author,
    )


def decode(data: bytes) -> str:
    """The text of a page's bytes: by its byte order mark, what it declares, else UTF-8, else cp1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    declared = _CHARSET.search(data[:4096])
    for name in ("utf-8-sig", declared.group(1).decode("ascii") if declared else "", "cp1252"):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "replace")


def _read_one(page: str | bytes) -> tuple[PageMeta, list[str]]:
    """Metadata and paragraphs of one page."""
    try:
        from trafilatura import extract
        from trafilatura.utils import load_html
    except ImportError:
        raise InputError("reading HTML needs trafilatura; install it with: pip install 'beritaextract[html]'") from None
    source = page if isinstance(page, str) else decode(page)
    source = _UNPRINTABLE.sub(" ", _DECLARATION.sub("", source))
    if (tags := source.count("<")) > _MOST_TAGS:
        raise ArticleError(f"no article in the page: {tags:,} tags, where {_MOST_TAGS:,} are the most that are read")
    tree: Any = load_html(source) if "<" in source else None
    if tree is None:
        raise ArticleError("no article in the page: it is no HTML")
    meta = read_meta(tree)
    if meta.is_front_page:
        raise ArticleError("no article in the page: it is a front page or list of articles")
    text = (
        extract(source, include_comments=False, include_tables=False, fast=True)
        or extract(source, include_comments=False)
        or ""
    )
    paragraphs = _without_head(_paragraphs(text), meta.title)
    return meta, paragraphs if _has_prose(paragraphs) else _captions(tree, meta)


def _has_prose(paragraphs: list[str]) -> bool:
    """Is there a paragraph that is a sentence, not only links and buttons?"""
    return any(len(p) >= 60 and p.rstrip("\"”’')")[-1:] in ".!?…" for p in paragraphs)


def _captions(tree: Any, meta: PageMeta) -> list[str]:
    """What a page of photographs says: its captions, else its description."""
    found = tree.xpath("//figcaption|//*[contains(concat(' ', normalize-space(@class), ' '), ' caption ')]")
    texts = [" ".join(element.text_content().split()) for element in found]
    captions = [t for t in dict.fromkeys(texts) if len(t) >= 40]
    return captions or ([meta.description] if meta.description else [])


def _paragraphs(text: str) -> list[str]:
    """The lines of trafilatura's text, each a paragraph, without runs of blanks."""
    return [line for raw in text.splitlines() if (line := _BLANKS.sub(" ", raw).strip())]


def _without_head(paragraphs: list[str], title: str | None) -> list[str]:
    """The paragraphs from the article on, without the headline and the date line that stand above it."""
    wanted = [w.lower() for w in _WORDS.findall(title or "")]
    for number, paragraph in enumerate(paragraphs[:_HEAD_LINES]):
        if wanted and [w.lower() for w in _WORDS.findall(paragraph)] == wanted:
            paragraphs = paragraphs[number + 1 :]
            break
    while paragraphs and len(paragraphs[0]) <= 60 and _is_date(paragraphs[0]):
        paragraphs = paragraphs[1:]
    return paragraphs


def _is_date(line: str) -> bool:
    try:
        return bool(parse_published(line)) and len(_WORDS.findall(line)) <= 9
    except ArticleError:
        return False


def _join(pages: list[list[str]]) -> list[str]:
    """The paragraphs of all pages in order; what a later page repeats of an earlier one is dropped."""
    seen: set[str] = set()
    joined: list[str] = []
    for page in pages:
        fresh = [p for p in page if p not in seen or len(p) < 40]
        seen.update(page)
        joined.extend(fresh)
    return joined
