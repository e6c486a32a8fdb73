"""How fast the chain is, against other readers of text on the same texts in the same run.

Usage: bench.py [--shared DIR] [--articles N] [--repeat N] [--workers N]

Texts are a sample of ../shared/corpus where that is, else those of tests/examples. Of each figure the best of the repeats
is printed: the other work of a machine only ever slows a run down.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

import spacy
from references import date_search, entity_network, pages
from spacy.language import Language

import beritaextract
from beritaextract.article import Article
from beritaextract.assemble import assemble
from beritaextract.pipeline import extract, make_doc
from beritaextract.records import Record
from beritaextract.runs import run_many

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[2]
CORPUS_SIZE = 30_000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    articles, origin = sample(args.shared, args.articles)
    words = sum(len(article.text.split()) for article in articles)
    print(f"machine     {machine()}")
    print(f"texts       {len(articles)} articles, {words:,} words, from {origin}")
    print(f"import      {seconds_in_a_process('import beritaextract'):.3f} s   import beritaextract")
    load = "import beritaextract; nlp = beritaextract.load()"
    print(f"load        {seconds_in_a_process(load):.3f} s   with spaCy's own import")
    nlp, blank = beritaextract.load(), spacy.blank("id")
    blank.add_pipe("sentencizer")
    before = peak_memory()
    parts = components(nlp, articles, args.repeat)
    chain = best(lambda: list(run_many(articles, nlp=nlp, finish=Record.to_bytes)), args.repeat)
    rules = beritaextract.load(model=None)
    alone = best(lambda: list(run_many(articles, nlp=rules, finish=Record.to_bytes)), args.repeat)
    plain = best(lambda: [blank(article.text) for article in articles], args.repeat)
    network = best(entity_network(articles), args.repeat)
    print_speed("chain", chain, len(articles), words, "text to JSON, one process, with models")
    print_speed("rules only", alone, len(articles), words, f"load(model=None); {chain / alone:.2f} times as fast")
    print_speed(
        "blank", plain, len(articles), words, f"spacy.blank('id') with its sentencizer, {chain / plain:.1f} times"
    )
    print_speed("CNN", network, len(articles), words, f"spaCy's entity recogniser alone, {chain / network:.1f} times")
    if args.workers > 1:
        many = best(
            lambda: list(run_many(articles, nlp=nlp, n_process=args.workers, finish=Record.to_bytes)), args.repeat
        )
        print_speed(f"{args.workers} workers", many, len(articles), words, f"{chain / many:.2f} times one process")
    for size in (200_000, 400_000):
        share = share_of_long(nlp, articles, size, args.repeat)
        print(f"linear      {share:.2f} times   {size:,} characters of articles as one text, beside one by one")
    print_others(articles, args.shared / "html")
    print(f"memory      {before:.0f} MB loaded, {peak_memory():.0f} MB at the peak")
    print("\ncomponent       ms/article   share   words/s")
    for name, spent in parts:
        share = spent / sum(seconds for _, seconds in parts)
        print(f"{name:14} {1000 * spent / len(articles):11.3f} {share:7.1%} {words / max(spent, 1e-9):9,.0f}")


def print_others(articles: list[Article], html: Path) -> None:
    """Our dates beside dateparser's, our pages beside trafilatura's."""
    theirs, ours = date_search(articles)
    print(
        f"dates       {1000 * ours:.2f} ms/article, dateparser.search {1000 * theirs:.1f} ms: {theirs / ours:.0f} times"
    )
    if (measured := pages(html)) is not None:
        theirs, ours, count = measured
        times = f"trafilatura alone {1000 * theirs:.0f} ms: {ours / theirs:.1f} times"
        print(f"pages       {1000 * ours:.0f} ms/page of {count}, {times}")


def sample(shared: Path, size: int) -> tuple[list[Article], str]:
    """Articles from all over the corpus, or our own examples over and over."""
    corpus = shared / "corpus" / "articles.jsonl.gz"
    if corpus.is_file():
        with gzip.open(corpus, "rt", encoding="utf8") as lines:
            rows = map(json.loads, islice(lines, 0, None, max(1, CORPUS_SIZE // size)))
            return [Article.from_row(row) for row in islice(rows, size)], str(corpus)
    texts = list(example_texts())
    return [Article(texts[i % len(texts)], published="2024-06-20") for i in range(size)], "tests/examples"


def example_texts() -> Iterator[str]:
    for path in sorted((ROOT / "docs" / "examples").glob("*.txt")):
        yield path.read_text(encoding="utf8")
    for path in sorted((ROOT / "tests" / "examples").glob("*.toml")):
        yield from (example["text"] for example in tomllib.loads(path.read_text(encoding="utf8"))["example"])


def components(nlp: Language, articles: list[Article], repeat: int) -> list[tuple[str, float]]:
    """Processor seconds that each step takes over all articles, every step run by itself over the same Docs."""
    steps: list[tuple[str, Callable[[Any], Any]]] = [("tokenizer", lambda article: make_doc(nlp, article))]
    steps += [(name, component) for name, component in nlp.pipeline]
    steps += [("assemble", assemble), ("to_bytes", Record.to_bytes)]
    least = {name: float("inf") for name, _ in steps}
    for _ in range(repeat):
        things: list[Any] = list(articles)
        for name, step in steps:
            gc.collect()
            gc.disable()  # all Docs are kept between the steps, which makes collections dearer than in a stream
            began = time.process_time()
            things = [step(thing) for thing in things]
            least[name] = min(least[name], time.process_time() - began)
            gc.enable()
    return list(least.items())


def share_of_long(nlp: Language, articles: list[Article], size: int, repeat: int) -> float:
    """Time that articles of so many characters in all take as one text, beside what they take one by one."""
    ends = accumulate(len(article.text) for article in articles)
    parts = [article.text for article, end in zip(articles, ends, strict=True) if end <= size]
    one_by_one = best(lambda: [extract(text, nlp=nlp) for text in parts], repeat)
    return best(lambda: extract("\n\n".join(parts), nlp=nlp), repeat) / one_by_one


def best(work: Callable[[], object], repeat: int) -> float:
    """Seconds of the fastest of some runs."""
    least = float("inf")
    for _ in range(repeat):
        began = time.perf_counter()
        work()
        least = min(least, time.perf_counter() - began)
    return least


def seconds_in_a_process(code: str) -> float:
    """Seconds that some code takes in a fresh interpreter, the interpreter's own start not counted; best of three."""
    timed = f"import time; began = time.perf_counter()\n{code}\nprint(time.perf_counter() - began)"
    runs = [subprocess.run([sys.executable, "-c", timed], capture_output=True, check=True, text=True) for _ in range(3)]
    return min(float(run.stdout) for run in runs)


def peak_memory() -> float:
    """Megabytes this process has held at most."""
    unit = 1024 if sys.platform == "linux" else 1024 * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def machine() -> str:
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        names = [
            line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        cpu = names[0] if names else cpu
    return f"{cpu}, {os.cpu_count()} cores; Python {platform.python_version()}, spaCy {spacy.__version__}, {platform.system()}"


def print_speed(name: str, spent: float, articles: int, words: int, note: str) -> None:
    print(f"{name:11} {articles / spent:,.0f} articles/s, {words / spent:,.0f} words/s   {note}")


if __name__ == "__main__":
    main()
