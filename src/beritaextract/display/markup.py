"""What is safe to show whatever stands in an article: all text of pages and of the terminal passes through here."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
"""Control characters, halves of surrogate pairs, and marks that turn the direction of what follows them."""

_WEB = re.compile(r"https?://[^\s\x00-\x20\"'<>\\]+\Z", re.IGNORECASE)


def clean(text: str) -> str:
    """The text with a replacement character (one for one) for what no page may hold or what would turn the text about."""
    return _UNSHOWABLE.sub("\ufffd", text)


def printable(text: str) -> str:
    """The text with a replacement character for what a terminal would act on; line ends and tabs stay."""
    return text if text.isprintable() else "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in text)


def escape(text: object) -> str:
    """Text as it may stand in an element or in a quoted attribute."""
    return html.escape(clean(str(text)), quote=True)


def tag(name: str, *content: str, **attributes: str | None) -> str:
    """An element of content that is HTML already; attributes are escaped here, ``cls`` is class, None leaves one out."""
    written = "".join(
        f' {"class" if key == "cls" else key.replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(content)}</{name}>"


def link(url: str | None, text: str) -> str:
    """A link where the address is one of the web, else the text alone ("javascript:…" is no address)."""
    if url is None or not _WEB.match(url):
        return escape(text)
    return tag("a", escape(text), href=url, target="_blank", rel="noopener noreferrer nofollow")


def joined(parts: Iterable[str | None], separator: str = " · ") -> str:
    """The parts that there are, as plain text."""
    return separator.join(part for part in parts if part)
