"""Fixtures: the whole chain, loaded once a session."""

from __future__ import annotations

import pytest
from spacy.language import Language

import beritaextract


@pytest.fixture(scope="session")
def nlp() -> Language:
    return beritaextract.load()
