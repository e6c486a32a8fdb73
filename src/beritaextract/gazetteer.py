"""The administrative areas of Indonesia and the countries of the world: names, codes, chains and positions."""

from __future__ import annotations

from functools import lru_cache


class Gazetteer:
    """Areas by code and by name; one instance a process."""

    def name(self, code: str) -> str:
        return code

    def path(self, code: str | None) -> tuple[str, ...]:
        return ()

    def country(self, code: str | None) -> str | None:
        return None

    def position(self, code: str | None) -> tuple[float | None, float | None]:
        return None, None


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The packaged gazetteer, read once a process."""
    return Gazetteer()
