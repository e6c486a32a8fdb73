"""No pattern and no function that takes text from outside can be made to take long (ReDoS).

Limits are seconds of processor time, many times what is needed: they tell a hang from a run, not a fast run from a slow one.
"""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re
import signal
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import regex
from spacy.language import Language

import beritaextract
from beritaextract import Article, dates, extract
from beritaextract.errors import ArticleError
from beritaextract.published import parse_published

UNITS = (
    " ",
    "\n",
    "a",
    "A",
    "1",
    ".",
    ",",
    "(",
    '"',
    "“",
    "'",
    "-",
    "/",
    "Aa ",
    "a ",
    "1.",
    "a.",
    "A.",
    "A, ",
    "a:\n",
    "<p>",
)
"""What a regex may repeat over; words of each pattern come on top."""
TAILS = ("", "\x00!")
PAGE = (
    "<html><head><title>{0}</title><meta name='author' content='{0}'></head><body><article>{1}</article></body></html>"
)
PARAGRAPHS = "".join(
    f"<p>Bupati Serang membuka rapat ke-{n} di Kota Serang, kata Sudarman kepada warga.</p>" for n in range(5)
)
PATTERNS = (re.Pattern, type(regex.compile("")))

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no timer of processor time")


class TookTooLongError(Exception):
    pass


@contextmanager
def processor_time(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TookTooLongError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def compiled(nlp: Language) -> list[re.Pattern[str]]:
    """Every pattern that hangs on a module of ours or on the chain."""
    for module in pkgutil.walk_packages(beritaextract.__path__, "beritaextract."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    roots = [vars(module) for name, module in list(sys.modules.items()) if name.partition(".")[0] == "beritaextract"]
    waiting: list[object] = [*roots, nlp.tokenizer, *(component for _, component in nlp.pipeline)]
    seen: set[int] = set()
    found: dict[str, re.Pattern[str]] = {}
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, PATTERNS):
            if isinstance(one.pattern, str):
                found[one.pattern] = one
        elif not isinstance(one, str | bytes | int | float | types.ModuleType | type(nlp.vocab)) and _ours(one):
            waiting.extend(gc.get_referents(one))
    return list(found.values())


def _ours(one: object) -> bool:
    """Not the inside of other libraries: only their classes and functions lead there."""
    if isinstance(one, type | types.FunctionType):
        return one.__module__.partition(".")[0] == "beritaextract"
    return True


def test_no_pattern_can_be_made_to_take_long(nlp: Language) -> None:
    """Matched at one place, every pattern is done with 30,000 characters in a second; a quadratic one would need many."""
    extract("Bupati Serang, Sudarman, berkata, “Pasar ramai.”", nlp=nlp)  # what is compiled on first use
    patterns = compiled(nlp)
    assert len(patterns) > 200
    slow = []
    for pattern in patterns:
        words = list(dict.fromkeys(re.findall(r"[^\W\d_]{2,}", pattern.pattern)))[:4]
        for unit in (*UNITS, *words, *(word + " " for word in words[:2])):
            for tail in TAILS:
                try:
                    with processor_time(1):
                        pattern.match(unit * (30_000 // len(unit)) + tail)
                except TookTooLongError:
                    slow.append((pattern.pattern[:200], unit))
    assert slow == []


@pytest.mark.parametrize("unit", UNITS)
def test_no_text_takes_long(nlp: Language, unit: str) -> None:
    """The chain searches 60,000 characters of anything in two seconds at most; what is quadratic needs many."""
    with processor_time(12):
        extract("Rapat. " + unit * (60_000 // len(unit)) + "\x00!", nlp=nlp)


@pytest.mark.parametrize("unit", UNITS)
def test_nothing_read_beside_a_text_takes_long(unit: str) -> None:
    """Dates of publication, date expressions, titles and metadata of pages."""
    long = unit * (50_000 // len(unit)) + "!"
    page = PAGE.format(long, PARAGRAPHS)
    with processor_time(30):
        dates.parse(long)
        assert Article.from_row({"html": page}).text
        with pytest.raises(ArticleError, match=r"^published: [^…]{1,200}…?['\"]$"):
            parse_published(long)
