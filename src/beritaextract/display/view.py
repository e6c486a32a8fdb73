"""A record as a piece of HTML for a notebook: the article with its marks, panels beside it; no script, all of it escaped."""

from __future__ import annotations

import re
import secrets
from functools import lru_cache
from importlib.resources import files

from beritaextract.display.article import Names, article_html
from beritaextract.display.labels import Labels, labels
from beritaextract.display.markup import escape, joined, link, tag
from beritaextract.display.panels import panels_html, quotes_html
from beritaextract.records import Record

_LEGEND = ("official", "person", "post", "organization", "place", "date", "quote")


def record_html(record: Record, *, lang: str = "en", prefix: str | None = None) -> str:
    """The record as an HTML fragment with its style; headings and notes in English ("en") or Indonesian ("id").

    Anchors begin with ``prefix``, which must be no other view's on the page; without it one is made up. Raises ValueError
    on another ``lang``.
    """
    words = labels(lang)
    names = Names(record, prefix or f"be-{secrets.token_hex(4)}")
    columns = tag(
        "div",
        tag("div", article_html(record, names, words), quotes_html(record, names, words), cls="be-main"),
        tag(
            "aside",
            panels_html(record, names, words) or tag("p", escape(words("nothing")), cls="be-soft"),
            cls="be-side",
        ),
        cls="be-columns",
    )
    return framed(f"{_masthead(record, words)}{_legend(words)}{columns}", words)


def framed(body: str, words: Labels) -> str:
    """A fragment in the frame that carries language, style and colours."""
    return tag("div", tag("style", style()), tag("div", body, cls="be-page"), cls="be tex2jax_ignore", lang=words.lang)


@lru_cache(maxsize=1)
def style() -> str:
    """The style sheet without its comments."""
    text = files("beritaextract").joinpath("display", "style.css").read_text(encoding="utf8")
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)).strip()


def _masthead(record: Record, words: Labels) -> str:
    heading = tag("div", escape(record.title or record.id), cls="be-masthead", role="heading", aria_level="3")
    about = [escape(part) for part in (record.source.outlet, record.source.author) if part]
    if record.published is not None:
        origin = words(f"origin_{record.published.origin}")
        about.append(escape(f"{words('published')} {record.published.value} ({origin})"))
    if record.source.url:
        about.append(link(record.source.url, record.source.url))
    elif record.source.path:
        about.append(escape(record.source.path))
    if record.title:
        about.append(escape(record.id))
    warnings = ""
    if record.warnings:
        warnings = tag("p", escape(f"{words('warnings')}: {joined(record.warnings, '; ')}"), cls="be-warning")
    return tag("header", heading, tag("p", " · ".join(about), cls="be-soft"), warnings)


def _legend(words: Labels) -> str:
    """What each kind of mark looks like."""
    marks = (tag("mark", escape(words(kind)), cls=f"be-{kind}") for kind in _LEGEND)
    noise = tag("span", escape(words("noise")), cls="be-noise")
    return tag("p", " ".join(marks), " ", noise, cls="be-legend", aria_hidden="true")
