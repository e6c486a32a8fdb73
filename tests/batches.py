"""What the tests of the batch share: rows in, runs that are killed, and the content of any kind of output."""

from __future__ import annotations

import csv
import gzip
import io
import json
import multiprocessing
import random
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from spacy.language import Language

from beritaextract.batch import zstd
from beritaextract.batch.convert import Options, Tally, convert
from beritaextract.batch.csvtables import unescaped

OUTPUTS: dict[str, Options] = {
    "out.jsonl": Options(),
    "out.jsonl.gz": Options(),
    "out.jsonl.zst": Options(),
    "out.parquet": Options(),
    "out.duckdb": Options(),
    "tabel": Options(tables="parquet"),
    "csv": Options(tables="csv"),
}
"""One output of each kind, with the options that make it."""


def write_rows(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def lines(path: Path) -> list[Any]:
    """The values of a .jsonl, packed or not."""
    data = path.read_bytes()
    if path.name.endswith(".gz"):
        data = gzip.decompress(data)
    elif path.name.endswith(".zst"):
        data = io.BufferedReader(zstd.Unpacked(io.BytesIO(data))).read()
    return [json.loads(line) for line in data.splitlines()]


def content(out: Path) -> Any:
    """All that an output of any kind holds, but for the batch it says it is."""
    if out.is_dir():
        files = sorted(path for path in out.iterdir() if path.name != "batch.json")
        return {path.name: csv_rows(path) if path.suffix == ".csv" else parquet_rows(path) for path in files}
    if out.suffix == ".parquet":
        return parquet_rows(out)
    return duckdb_rows(out) if out.suffix == ".duckdb" else lines(out)


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf8", newline="") as file:
        return [{name: unescaped(cell) for name, cell in row.items()} for row in csv.DictReader(file)]


def parquet_rows(path: Path) -> Any:
    from pyarrow import parquet

    return parquet.read_table(path).to_pylist()


def duckdb_rows(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    import duckdb

    with duckdb.connect(str(path), read_only=True) as connection:
        names = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall()
            for name in sorted(names)
            if name != "batch"
        }


def killed(out: Path, options: Options, nlp: Language, *, when: Callable[[Tally], bool], after: float = 0.0) -> bool:
    """Run ``in.jsonl`` into ``out`` in a process that is killed (kill -9) once ``when`` holds; whether it was."""
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe(duplex=False)

    def report(tally: Tally) -> None:
        if when(tally):
            theirs.send_bytes(b"now")
            time.sleep(after and 60 * tally.building)  # held where it is; or on it goes, and is killed on the way

    process = fork.Process(
        target=convert, args=(["in.jsonl"], out), kwargs={"options": options, "nlp": nlp, "on_progress": report}
    )
    process.start()
    theirs.close()
    try:
        ours.recv_bytes()
    except EOFError:  # it came to its end
        process.join()
        return False
    time.sleep(after)
    process.kill()
    process.join()
    ours.close()
    return True


def with_kills(out: Path, options: Options, nlp: Language, *, seed: int, kills: int) -> None:
    """Run into ``out`` with so many kills on the way, and then to the end."""
    chance = random.Random(seed)
    for _ in range(kills):
        at = chance.randrange(10, 60)
        killed(out, replace(options, resume=True), nlp, when=lambda tally, at=at: tally.articles >= at)  # type: ignore[misc]
    convert(["in.jsonl"], out, options=replace(options, resume=True), nlp=nlp)
