"""The words round what is shown, in Indonesian or English."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from beritaextract.lexicon import packaged

LANGUAGES = ("en", "id")


@dataclass(frozen=True, slots=True)
class Label:
    """A row of ``display_labels.tsv``: a word by its key, in Indonesian and English; ``{n}`` stands for a number."""

    key: str
    id: str
    en: str
    example: str


class Labels:
    """The words of one language; ``labels("says", 3)`` is "quoted 3×". A key without a row is shown as it is."""

    def __init__(self, lang: str) -> None:
        if lang not in LANGUAGES:
            raise ValueError(f"lang is {lang!r}; it must be one of {', '.join(map(repr, LANGUAGES))}")
        self.lang = lang
        self._words = {row.key: row.id if lang == "id" else row.en for row in packaged().rows("display_labels", Label)}

    def __call__(self, key: str, n: int | None = None) -> str:
        """The word of a key, with the number ``n`` in it."""
        word = self._words.get(key, key.partition("_")[2] or key)
        return word if n is None else word.replace("{n}", f"{n:,}" if self.lang == "en" else f"{n:,}".replace(",", "."))

    def number(self, value: float) -> str:
        """A confidence or score to two places: 0.98, in Indonesian 0,98."""
        return f"{value:.2f}" if self.lang == "en" else f"{value:.2f}".replace(".", ",")


@lru_cache(maxsize=len(LANGUAGES))
def labels(lang: str) -> Labels:
    """The words of a language. Raises ValueError when it is neither "en" nor "id"."""
    return Labels(lang)
