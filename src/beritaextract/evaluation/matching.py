"""When two descriptions mean the same: names, posts, spans; and which of many belong together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from beritaextract.components.name_tables import Honorific, Rank
from beritaextract.lexicon import packaged

_WORD = re.compile(r"\w+")
Span = tuple[int, int]


def words(text: str | None) -> list[str]:
    """The words of a text, whatever their case and punctuation."""
    return _WORD.findall((text or "").casefold())


def plain_name(name: str | None) -> str:
    """A name without what may stand round it: "Dr. Hj. Ratmini Lestari, M.Si." is "ratmini lestari"."""
    whole = words((name or "").split(",")[0])
    kept = [word for word in whole if word not in _words_of_address()]
    return " ".join(kept or whole)


def word_overlap(a: str | None, b: str | None) -> float:
    """Words that both have, as a share of the words that either has."""
    ours, theirs = Counter(words(a)), Counter(words(b))
    either = sum((ours | theirs).values())
    return sum((ours & theirs).values()) / either if either else 0.0


def span_overlap(a: Span, b: Span) -> float:
    """Characters that both cover, as a share of the characters from the first to the last."""
    both = min(a[1], b[1]) - max(a[0], b[0])
    return both / (max(a[1], b[1]) - min(a[0], b[0])) if both > 0 else 0.0


def holds(outer: str, inner: str) -> bool:
    """Whether the words of ``inner`` stand in ``outer`` one after another: "kepala dinas kesehatan", "dinas kesehatan"."""
    return bool(inner) and f" {inner} " in f" {outer} "


def best_pairs(likeness: Iterable[tuple[float, int, int]]) -> dict[int, int]:
    """One partner for each, the likeliest pairs first; of equals the earlier ones."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, ours, theirs in sorted(likeness, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if ours not in pairs and theirs not in taken:
            pairs[ours] = theirs
            taken.add(theirs)
    return pairs


@lru_cache(maxsize=1)
def _words_of_address() -> frozenset[str]:
    """Honorifics, degrees in front and ranks, word by word."""
    forms = [row.form for row in packaged().rows("honorifics", Honorific)]
    forms += [row.form for row in packaged().rows("ranks", Rank)]
    return frozenset(word for form in forms for word in words(form))
