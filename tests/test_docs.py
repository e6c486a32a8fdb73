"""The sessions (>>>) in README and docs give what they show."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/*.md"), *ROOT.glob("src/beritaextract/**/README.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_sessions_in_docs(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(
        str(page), module_relative=False, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    )
    assert result.failed == 0


def test_session_in_package() -> None:
    import beritaextract

    assert doctest.testmod(beritaextract, optionflags=doctest.ELLIPSIS).failed == 0
