"""Stems of Indonesian words, through PySastrawi behind a cache.

A stem is a feature for looking words up ("menegaskan" -> "tegas"), never something shown to a reader: the stemmer errs on
some words ("penyelidikan" -> "lidi").
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_VERBLIKE = re.compile(r"(me|di|ber|ter)[a-z-]{3,25}")


class RootWords:
    """Sastrawi's root words as a set; its own dictionary searches a list, which makes it a hundred times slower."""

    def __init__(self, words: list[str]) -> None:
        self._words = frozenset(words)

    def contains(self, word: str) -> bool:
        """Is this a root word? The one question the stemmer asks."""
        return word in self._words


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    from Sastrawi.Stemmer.Stemmer import Stemmer
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    return Stemmer(RootWords(StemmerFactory().get_words_from_file()))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of one lower-cased word: "mengungkapkan" -> "ungkap", "katanya" -> "kata"."""
    return str(_stemmer().stem(word))


@lru_cache(maxsize=100_000)
def verb_prefix(word: str) -> str | None:
    """The prefix that makes a verb of a lower-cased word: "mewakili" -> "me", "dibuka" -> "di"; None for "media", "direktur"."""
    found = _VERBLIKE.fullmatch(word)
    return found[1] if found is not None and stem(word) != word else None
