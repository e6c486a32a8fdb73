"""Kill runs at random moments, over and over, and see that nothing is lost and nothing comes twice.

Usage: soak.py [--kills N] [--articles N] [--workers N] [--seed N]

Every kind of output is converted in one go, and then once more with ``kill -9`` at random moments of its life, each time
gone on with by ``--resume``: while it starts, reads, writes, notes how far it is, builds the product and gives it its name.
At the end both must hold the same. Articles are those of the example batch over and over; every ninth has no text.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sys
import tempfile
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import beritaextract
from beritaextract.batch.convert import Options, convert

sys.path.insert(0, str(Path(__file__).parents[1]))

from batches import OUTPUTS, content, lines, write_rows

KINDS = {**OUTPUTS, "bebas.jsonl": Options(unordered=True)}
"""One output of each kind, and one without order."""


def main() -> None:
    """Convert, kill, compare, say."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    args = parser.parse_args()
    chance = random.Random(args.seed)
    print(f"{args.kills} kills, {args.articles} articles, {args.workers} workers, --seed {args.seed}", flush=True)
    nlp = beritaextract.load()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        write_rows(Path("in.jsonl"), articles(args.articles))
        faults = 0
        for place, (name, options) in enumerate(KINDS.items()):
            share = args.kills // len(KINDS) + (place < args.kills % len(KINDS))
            options = replace(options, workers=args.workers, checkpoint_every=32, chunk_size=8)
            faults += not soaked(name, options, nlp, share, chance)
        os.chdir("/")
    sys.exit(f"{faults} of {len(KINDS)} outputs are not what they should be" if faults else 0)


def articles(count: int) -> list[dict[str, Any]]:
    """So many rows of the example batch, each with an id of its own, every ninth without a text."""
    known = ("text", "title", "published", "outlet", "url")
    examples = [{key: asdict(article)[key] for key in known} for article in beritaextract.examples()]
    rows = [{"id": str(i), **examples[i % len(examples)]} for i in range(count)]
    return [row | {"text": ""} if i % 9 == 0 else row for i, row in enumerate(rows)]


def soaked(name: str, options: Options, nlp: Any, kills: int, chance: random.Random) -> bool:
    """Whether an output that was killed so often holds what one in one go does."""
    began = time.monotonic()
    whole = Path("sekaligus") / name
    whole.parent.mkdir(exist_ok=True)
    convert(["in.jsonl"], whole, options=options, nlp=nlp)
    took = time.monotonic() - began
    out, moments = Path(name), []
    while len(moments) < kills:
        moment = chance.uniform(0, 1.2 * took)
        if killed(out, replace(options, resume=True), nlp, moment):
            moments.append(moment)
        else:  # it came to its end before that
            remove(out)
    tally = convert(["in.jsonl"], out, options=replace(options, resume=True), nlp=nlp)
    good = same(out, whole) and tally.articles == len(lines(Path("in.jsonl")))
    left = [path.name for path in Path.cwd().iterdir() if path.name.startswith(f"{name}.")]
    good = good and set(left) <= {f"{name}.failures.jsonl", f"{name}.batch.json"}
    said = "as in one go" if good else "NOT as in one go"
    print(f"{name:14} {kills} kills: {tally.records} records, {tally.failures} failures, {said}", flush=True)
    return good


def killed(out: Path, options: Options, nlp: Any, after: float) -> bool:
    """Whether a run was killed after so many seconds, not over before."""
    fork = multiprocessing.get_context("fork")
    process = fork.Process(target=convert, args=(["in.jsonl"], out), kwargs={"options": options, "nlp": nlp})
    process.start()
    process.join(after)
    was_running = process.exitcode is None
    process.kill()
    process.join()
    return was_running


def remove(out: Path) -> None:
    """Take away an output, so that it can be made again."""
    for path in (*(out.iterdir() if out.is_dir() else ()), Path(f"{out}.failures.jsonl"), Path(f"{out}.batch.json")):
        path.unlink(missing_ok=True)
    if out.is_dir():
        out.rmdir()
    out.unlink(missing_ok=True)


def same(one: Path, other: Path) -> bool:
    """Whether two outputs hold the same, failures too; an output without order may have its own."""
    pairs = [(content(one), content(other))]
    pairs.append((lines(Path(f"{one}.failures.jsonl")), lines(Path(f"{other}.failures.jsonl"))))
    if one.name.startswith("bebas"):
        pairs = [(sorted(a, key=by_id), sorted(b, key=by_id)) for a, b in pairs]
    return all(a == b for a, b in pairs)


def by_id(row: dict[str, Any]) -> int:
    """The number that is the id of a row."""
    return int(row["id"])


if __name__ == "__main__":
    main()
