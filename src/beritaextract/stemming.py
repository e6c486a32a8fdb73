"""Stems of Indonesian words, through PySastrawi behind a cache.

A stem is a feature for looking words up ("menegaskan" -> "tegas"), never something shown to a reader: the stemmer errs on
some words ("penyelidikan" -> "lidi").
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
    from Sastrawi.Stemmer.Stemmer import Stemmer
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    return Stemmer(ArrayDictionary(StemmerFactory().get_words_from_file()))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of one lower-cased word: "mengungkapkan" -> "ungkap", "katanya" -> "kata"."""
    return str(_stemmer().stem(word))
