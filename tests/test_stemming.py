"""Affixes: which words are verbs by their prefix."""

from __future__ import annotations

import pytest

from beritaextract.stemming import verb_prefix


@pytest.mark.parametrize(
    ("word", "prefix"), [("mewakili", "me"), ("dibuka", "di"), ("bertugas", "ber"), ("terpadu", "ter")]
)
def test_prefix_of_a_verb(word: str, prefix: str) -> None:
    """A word with a stem of its own behind me-, di-, ber- or ter- is a verb."""
    assert verb_prefix(word) == prefix


@pytest.mark.parametrize("word", ["media", "direktur", "berita", "terminal", "Mewakili", "camat"])
def test_no_verb(word: str) -> None:
    """Nouns that only begin like verbs, other words, and words with a capital are none."""
    assert verb_prefix(word) is None
