"""Records of made-up articles as the register reads them: who is said to hold which post, when."""

from __future__ import annotations

from itertools import count
from typing import Any

Said = dict[str, Any]

_numbers = count(1)


def post(title: str, area: str | None = None, organization: str | None = None, **more: Any) -> Said:
    """A post in the state: post("Camat", "33.24.03"), post("Kepala Dinas", "36.73", "Dishub Kota Serang", acting="Plt")."""
    return {
        "text": more.pop("text", title),
        "start": 0,
        "end": 1,
        "acting": None,
        "former": False,
        "title": title,
        "unit": None,
        "organization": organization,
        "jurisdiction": {"code": area, "name": area} if area else None,
        "level": None,
        "public": True,
        "confidence": 0.9,
        "by": "test",
    } | more


def person(name: str, *posts: Said, aliases: tuple[str, ...] = (), rank: str | None = None) -> Said:
    return {"id": "p1", "name": name, "aliases": list(aliases), "rank": rank, "positions": list(posts)}


def article(*people: Said, on: str | None = "2024-06-20", id: str | None = None, url: str | None = None) -> Said:
    """The record of an article that names these officials."""
    return {
        "id": id or f"a{next(_numbers)}",
        "source": {"path": None, "url": url, "outlet": "Kabar Cisadane", "author": None},
        "published": {"value": on, "origin": "given"} if on else None,
        "officials": list(people),
    }
