"""The outlets that the library knows: one small file each, ``data/outlets/*.toml``.

``name``     the outlet's name as a record gives it
``domains``  the domains of its pages; one covers its subdomains too
``dateline`` the names it signs datelines with ("KOMPAS.com", "ANTARA News")
``dash``     false for an outlet whose datelines may end without a dash ("Liputan6.com, Jakarta Gempa …")

An outlet that no file names is read just as well when a domain or a bracket gives its dateline away; a file adds the names
that nothing gives away.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from beritaextract.errors import ResourceError
from beritaextract.lexicon import Lexicon, packaged

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


@dataclass(frozen=True, slots=True)
class Outlet:
    """One file of ``data/outlets``."""

    name: str
    domains: tuple[str, ...] = ()
    dateline: tuple[str, ...] = ()
    dash: bool = True


def read_outlets(lexicon: Lexicon) -> list[Outlet]:
    """All outlets, by file name. Raises ResourceError that names the file on a fault in one of them."""
    return [_read(f"outlets/{name}.toml", text) for name, text in lexicon.texts("outlets", ".toml").items()]


@lru_cache(maxsize=1)
def packaged_outlets() -> tuple[Outlet, ...]:
    """The outlets as shipped, read once."""
    return tuple(read_outlets(packaged()))


def host_of(url: str | None) -> str | None:
    """The host of an address ("bola.kompas.com"); None where it has none, or is no address at all."""
    try:
        return urlsplit(url).hostname if url else None
    except ValueError:  # "http://[kabar"
        return None


def bare_host(url: str | None) -> str | None:
    """The host of an address without "www."; None where it has none."""
    host = host_of(url)
    return host.removeprefix("www.") if host else None


def outlet_of(host: str, outlets: Iterable[Outlet]) -> str | None:
    """The name of the outlet that a page of ``host`` belongs to ("bola.kompas.com": "Kompas.com"), if a file says so."""
    return next((o.name for o in outlets if any(host == d or host.endswith(f".{d}") for d in o.domains)), None)


def _read(file: str, text: str) -> Outlet:
    try:
        values: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise ResourceError(f"{file}: {fault}") from None
    unknown = set(values) - {f.name for f in fields(Outlet)}
    if unknown:
        raise ResourceError(
            f"{file}: unknown keys {sorted(unknown)}; the keys are {', '.join(f.name for f in fields(Outlet))}"
        )
    for key, value in values.items():
        if key in ("domains", "dateline"):
            if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
                raise ResourceError(f"{file}: {key} is no list of texts")
            values[key] = tuple(value)
    if not isinstance(values.get("name"), str) or not isinstance(values.get("dash", True), bool):
        raise ResourceError(f"{file}: name must be a text, and dash true or false")
    return Outlet(**values)
