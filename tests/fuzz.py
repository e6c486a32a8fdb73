"""Feed the functions that take text from outside with whatever atheris comes up with: fuzz.py TARGET [--seconds N] [--folder DIR]

TARGET is text, dates, page, rows or tables. An input that raises anything but the errors the library raises on purpose, or
whose offsets do not slice back, ends the run and stays in the folder. ``pip install atheris`` first: it has no wheel
for every system, so the tests do not need it (``make fuzz`` does).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import atheris

with atheris.instrument_imports(include=["beritaextract"]):
    import beritaextract
    from beritaextract import dates, html, pagemeta  # noqa: F401  (or they are imported at first use, unwatched)
    from beritaextract.batch.columns import Columns
    from beritaextract.batch.inputs import find_inputs
    from beritaextract.batch.readers import read_inputs
    from beritaextract.components.cues import CueVerb
    from beritaextract.components.title_forms import Title
    from beritaextract.dates.vocabulary import CalendarWord
    from beritaextract.errors import BeritaExtractError, ResourceError
    from beritaextract.lexicon import Lexicon
    from beritaextract.outlets import read_outlets

    NLP = beritaextract.load()  # imports the components
    from test_robust import WORDS


PAGE = (
    "<html><head><title>Rapat Irigasi</title></head><body><article><h1>Rapat Irigasi Digelar</h1>"
    + "<p>Bupati Sumber Makmur membuka rapat tentang irigasi di pendopo. “Saluran ini kita perbaiki,” katanya.</p>" * 4
    + "{}</article></body></html>"
)
"""A page with an article long enough to be one; what atheris makes up stands in it."""


TAGS = (
    "<p>", "</p>", "<div>", "</div>", '<div class="baca-juga">', "<ul><li>", "</ul>", "<br>", "<h2>", "<table><tr><td>", "<!--",
    "<script>", "</script>", "<style>", "<title>", "<article>", "</article>", "<figcaption>", "<noscript>", "<svg>", "<p hidden>",
    '<meta name="author" content="Rini">', '<time datetime="2024-06-20">', '<a href="/tag/pasar">', "</a>", "&lt;", "&#x0;",
    "-->", "]]>",
    '<meta property="article:published_time" content="2024-06-20T08:00:00+07:00">',
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Rapat"}</script>',
)  # fmt: skip


class WordMutator:
    """Puts words of Indonesian news, and tags, between what atheris makes up; bytes alone would never spell a post."""

    def __call__(self, data: bytes, max_size: int, seed: int) -> bytes:
        """Mutate as atheris does, then put in, take out or double a piece."""
        chance = random.Random(seed)
        pieces = atheris.Mutate(data, max_size).decode("utf8", "ignore").split(" ")
        at = chance.randrange(len(pieces) + 1)
        change = chance.randrange(4)
        if change == 0:
            pieces[at:at] = chance.choices([*WORDS, *TAGS], k=chance.randint(1, 6))
        elif change == 1:
            pieces[at:at] = pieces[: chance.randint(0, 9)]
        elif change == 2:
            del pieces[at : at + chance.randint(1, 5)]
        return " ".join(pieces).encode("utf8", "ignore")[:max_size]


def offsets_hold(text: str, data: Any) -> None:
    """Every item of a record that has text, start and end slices back."""
    if isinstance(data, dict) and {"text", "start", "end"} <= set(data):
        assert text[data["start"] : data["end"]] == data["text"], data
    for part in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        offsets_hold(text, part)


def text(data: bytes) -> None:
    """The whole chain on a text, half surrogates included."""
    given = data.decode("utf8", "surrogateescape" if data[:1] == b"a" else "replace")
    try:
        record = beritaextract.extract(given, nlp=NLP)
    except BeritaExtractError:
        return
    offsets_hold(given, json.loads(record.to_bytes()))


def expressions(data: bytes) -> None:
    """The grammar of dates."""
    given = data.decode("utf8", "replace")
    dates.parse(given, anchor="2024-06-20")
    for found in dates.find(given, anchor="2024-06-20"):
        assert given[found.start : found.end] == found.text


def page(data: bytes) -> None:
    """A saved page, in whatever encoding."""
    try:
        article = beritaextract.Article.from_row({"html": PAGE.format(data.decode("utf8", "replace"))})
    except BeritaExtractError:
        return
    assert article.text.strip()


def rows(data: bytes) -> None:
    """A file of any kind; the first byte chooses its suffix."""
    kinds = ("jsonl", "json", "csv", "tsv", "txt", "html", "jsonl.gz", "csv.zst", "parquet")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{kinds[data[0] % len(kinds)] if data else 'jsonl'}"
        path.write_bytes(data[1:])
        try:
            for _ in read_inputs(find_inputs([str(path)]), Columns()):
                pass
        except BeritaExtractError:
            return


READ: dict[str, Callable[[Lexicon], object]] = {
    "titles.tsv": lambda lexicon: lexicon.rows("titles", Title),
    "calendar.tsv": lambda lexicon: lexicon.rows("calendar", CalendarWord),
    "cue_verbs.tsv": lambda lexicon: lexicon.rows("cue_verbs", CueVerb),
    "outlets/baru.toml": read_outlets,
}


def tables(data: bytes) -> None:
    """A user's table of titles, of dates, of an outlet; the first byte chooses. One in fifty is loaded whole."""
    names = tuple(READ)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / names[data[0] % len(names) if data else 0]
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data[1:])
        try:
            READ[path.relative_to(folder).as_posix()](Lexicon.read(folder))
            if len(data) % 50 == 0:
                beritaextract.load(resources=folder)
        except ResourceError as fault:
            if path.name not in str(fault):
                raise AssertionError(f"the message names no file: {fault}") from fault


TARGETS: dict[str, Callable[[bytes], None]] = {
    "text": text, "dates": expressions, "page": page, "rows": rows, "tables": tables,
}  # fmt: skip


def main() -> None:
    """Run one target; what it found comes out with its traceback."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--folder", type=Path, default=Path("out/fuzz"))
    args = parser.parse_args()
    where = args.folder / args.target
    where.mkdir(parents=True, exist_ok=True)
    options = [f"-max_total_time={args.seconds}", "-max_len=2000", "-rss_limit_mb=4000", f"-artifact_prefix={where}/"]
    atheris.Setup([sys.argv[0], *options, str(where)], TARGETS[args.target], custom_mutator=WordMutator())
    atheris.Fuzz()


if __name__ == "__main__":
    main()
