"""What a news page says of its article outside the text: title, outlet, authors, day of publication, address.

Each fact is read from the places where pages put it, the most deliberate first: JSON-LD, OpenGraph and other meta elements,
``<time>`` and ``<h1>``, and for the day at last a date written out near the headline ("Kamis, 20 Jun 2024 14:05 WIB"). The
outlet of a page that names none is the host of its address; what the outlets' files call it the chain knows, which has a user's
files too.
"""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from beritaextract.errors import ArticleError
from beritaextract.outlets import bare_host, packaged_outlets
from beritaextract.published import parse_published

_ARTICLE_TYPES = re.compile(
    r"(?:News|Blog|Report|Opinion|Analysis|Review)?Article|BlogPosting|ReportageNewsArticle|Reportage"
)
_PUBLISHED_NAMES = (
    "article:published_time",
    "datepublished",
    "publishdate",
    "dtk:publishdate",
    "pubdate",
    "article:published",
    "og:published_time",
    "dc.date.issued",
    "dcterms.created",
    "parsely-pub-date",
    "sailthru.date",
    "date",
    "datecreated",
    "createdate",
)
_AUTHOR_NAMES = ("author", "article:author", "dable:author", "content_author", "parsely-author")
_WRITTEN_DATE = re.compile(
    r"[^\W\d_]{3,9}'?,?\s+\d{1,2}\s+[^\W\d_]{3,9}\s+20\d\d|\d{1,2}[/ ](?:\d{1,2}|[^\W\d_]{3,9})[/ ]20\d\d[,| -]+\d{1,2}[:.]\d\d"
)
_DATE_IN_PATH = re.compile(r"/(20\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?=[/\d-])")
_SEPARATOR = re.compile(r"(?<!\s)\s+[-–—|•»]+\s+")
_NEAR = 60


@dataclass(frozen=True, slots=True)
class PageMeta:
    """What a page says of its article; None where it does not say."""

    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    description: str | None
    author: str | None
    is_front_page: bool


def read_meta(tree: Any) -> PageMeta:
    """The metadata of a parsed page (an lxml element)."""
    meta = _meta_elements(tree)
    items = list(_json_items(tree))
    articles = [i for i in items if any(_ARTICLE_TYPES.fullmatch(t) for t in _types(i))]
    url = _url(tree, meta, articles)
    outlet = _outlet(meta, articles)
    title = _title(tree, meta, articles, outlet)
    published = _published(tree, meta, articles, url, title)
    posts = len(tree.xpath("//article[not(ancestor::article)]"))
    at_root = url is not None and urlsplit(url).path.strip("/") == ""
    is_front_page = at_root or (posts >= 4 and not articles and published is None)
    description = max((meta.get("og:description", ""), meta.get("description", "")), key=len) or None
    outlet = outlet or _outlet_in_title(tree) or bare_host(url)
    author = _author(meta, articles, outlet)
    return PageMeta(title, outlet, published, url, description, author, is_front_page)


def _meta_elements(tree: Any) -> dict[str, str]:
    """Content of the meta elements by lower-case name or property; the first of each counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = _clean(element.get("content"))
        for key in ("property", "name", "itemprop"):
            name = element.get(key)
            if name and content:
                found.setdefault(name.strip().lower(), content)
    return found


def _json_items(tree: Any) -> Iterator[dict[str, Any]]:
    """All objects of the page's JSON-LD, nested ones too; what is no JSON is passed over."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json" or not script.text:
            continue
        try:
            data = json.loads(script.text.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        waiting: list[Any] = [data]
        while waiting:
            item = waiting.pop(0)
            if isinstance(item, list):
                waiting.extend(item)
            elif isinstance(item, dict):
                yield item
                waiting.extend(
                    v
                    for k, v in item.items()
                    if k in ("@graph", "mainEntity", "itemListElement") and isinstance(v, (list, dict))
                )


def _types(item: dict[str, Any]) -> list[str]:
    kind = item.get("@type")
    return [t for t in (kind if isinstance(kind, list) else [kind]) if isinstance(t, str)]


def _clean(value: Any) -> str | None:
    """A string with its entities and runs of blanks resolved; None for anything empty or no string."""
    if not isinstance(value, str):
        return None
    return " ".join(entities.unescape(entities.unescape(value)).split()) or None


def _url(tree: Any, meta: dict[str, str], articles: list[dict[str, Any]]) -> str | None:
    candidates = [
        _clean(link.get("href")) for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"
    ]
    candidates.append(meta.get("og:url"))
    for item in articles:
        main = item.get("mainEntityOfPage")
        candidates += [_clean(main.get("@id") if isinstance(main, dict) else main), _clean(item.get("url"))]
    return next((c for c in candidates if c and c.startswith(("http://", "https://"))), None)


def _outlet(meta: dict[str, str], articles: list[dict[str, Any]]) -> str | None:
    """The publisher's name, or the site's where the publisher gives only a domain."""
    site = meta.get("og:site_name")
    for item in articles:
        publisher = item.get("publisher")
        publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
        name = _clean(publisher.get("name") if isinstance(publisher, dict) else publisher)
        if name and not name.startswith("http"):
            return site if site and "." in name and name.islower() else name
    return site


def _author(meta: dict[str, str], articles: list[dict[str, Any]], outlet: str | None) -> str | None:
    """The names of the authors, separated by commas; an address or the outlet itself is none."""
    stated: list[str | None] = []
    for item in articles:
        authors = item.get("author")
        for author in authors if isinstance(authors, list) else [authors]:
            stated.append(_clean(author.get("name") if isinstance(author, dict) else author))
    for names in (stated, *([meta.get(name)] for name in _AUTHOR_NAMES)):
        fitting = [n for n in names if n and not n.startswith("http") and n.lower() != (outlet or "").lower()]
        if fitting:
            return ", ".join(dict.fromkeys(fitting))
    return None


def _outlet_in_title(tree: Any) -> str | None:
    """A known outlet's name at the end of the page's title: "Pasar Tani Dibuka - ANTARA News"."""
    page = next((_clean(t.text_content()) for t in tree.iter("title")), None) or ""
    last = _SEPARATOR.split(page)[-1].lower()
    signs = {sign.lower(): outlet.name for outlet in packaged_outlets() for sign in (outlet.name, *outlet.dateline)}
    return signs.get(last)


def _title(tree: Any, meta: dict[str, str], articles: list[dict[str, Any]], outlet: str | None) -> str | None:
    """The headline without the outlet's name before or behind it ("… - ANTARA News", "KapanLagi.com: …")."""
    written = [_clean(i.get("headline")) for i in articles] + [meta.get("og:title"), meta.get("twitter:title")]
    page = next((_clean(t.text_content()) for t in tree.iter("title")), None)
    candidates = [c for c in [*written, page] if c]
    headings = [h for h in (_clean(e.text_content()) for e in tree.iter("h1")) if h and len(h) >= 10]
    for heading in headings:
        if any(heading.lower() in c.lower() for c in candidates):
            return heading
    if candidates:
        return _without_outlet(candidates[0], outlet)
    return headings[0] if len(headings) == 1 else None


def _without_outlet(title: str, outlet: str | None) -> str:
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    last, head = parts[-1], title[: title.rindex(parts[-1])].rstrip(" -–—|•»")
    looks_like_site = "." in last or (outlet is not None and outlet.lower().split(".")[0] in last.lower())
    return head if looks_like_site and len(head) >= 10 else title


def _published(
    tree: Any, meta: dict[str, str], articles: list[dict[str, Any]], url: str | None, title: str | None
) -> str | None:
    """The first of the page's dates that can be read, as ISO 8601."""
    for value in _published_candidates(tree, meta, articles):
        iso = _iso(value)
        if iso:
            return iso
    iso = _written_date(tree, title)
    if iso:
        return iso
    dated = _DATE_IN_PATH.search(urlsplit(url).path) if url else None
    return _iso("-".join(dated.groups())) if dated else None


def _published_candidates(tree: Any, meta: dict[str, str], articles: list[dict[str, Any]]) -> Iterator[str]:
    for item in articles:
        yield _clean(item.get("datePublished")) or ""
    for name in _PUBLISHED_NAMES:
        yield meta.get(name, "")
    for element in tree.xpath("//*[@itemprop='datePublished']"):
        yield element.get("datetime") or element.get("content") or _clean(element.text_content()) or ""
    for element in tree.xpath("//time[@pubdate or contains(@class, 'publish') or contains(@class, 'date')]"):
        yield element.get("datetime") or _clean(element.text_content()) or ""


def _iso(value: str) -> str | None:
    if not value or len(value) > 100:
        return None
    try:
        return parse_published(value)
    except ArticleError:
        return None


def _written_date(tree: Any, title: str | None) -> str | None:
    """A date written out close to the headline, behind it rather than before it."""
    texts = [
        " ".join(t.split())
        for t in islice(
            tree.itertext("div", "span", "p", "time", "h1", "h2", "h3", "li", "td", "a", "strong", "b", "em", "i"), 4000
        )
    ]
    texts = [t for t in texts if t]
    wanted = (title or "").lower()
    at = next((i for i, t in enumerate(texts) if wanted and wanted in t.lower()), None)
    if at is None:
        return None
    behind, before = texts[at + 1 : at + _NEAR], texts[max(0, at - 15) : at][::-1]
    for text in [*behind, *before]:
        if len(text) <= 80 and _WRITTEN_DATE.search(text):
            iso = _iso(text)
            if iso:
                return iso
    return None
