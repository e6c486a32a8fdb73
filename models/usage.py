"""Which rules, table rows and lines of code never fire on news: usage.py --shared ../shared [--articles N]

Runs a sample of the corpus through the chain and lists what it had no use for. A row that never fires is not wrong (its
example proves it), but nobody would miss it in these articles; a rule or a line that never fires is worth a look. Rows are
counted where a layer names them (titles, reporting words, boilerplate); of other tables a row counts as seen when its words
stand in a text. The articles of ``tests/examples`` are run apart: a rule that only they fire is one that news do not.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import coverage

ROOT = Path(__file__).parents[1]
NAMED = ("form", "word", "term", "cue", "base", "name", "prefix")
"""First columns that are words of a text; the others are codes and names of features."""
NO_WORDS = frozenset({"name_words", "stopwords", "report_labels", "display_labels", "columns", "published_words"})
"""Tables that are counted, or whose words never stand in an article's text."""
STAGES = ("segments.py", "paragraphs.py", "datelines.py", "headlines.py", "boilerplate.py", "gazetteer.py")
"""Modules of stages that stand beside the components."""


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=11)
    args = parser.parse_args()
    path = args.shared / "corpus" / "articles.jsonl.gz"
    if not path.exists():
        sys.exit(f"{path}: not there; make coverage needs the corpus")
    run = coverage.Coverage(source=["beritaextract"], data_file=None, branch=False)
    run.start()  # before anything imports the library
    from corpus import read_rows

    texts = [row["text"] for row in read_rows(path)]
    texts = random.Random(args.seed).sample(texts, min(args.articles, len(texts)))
    fired = fire(texts)
    run.stop()
    shown = fire(example_texts())
    print(f"{len(texts)} articles of {path}, seed {args.seed}")
    print_rules(fired, shown)
    print_rows(fired, texts)
    print_lines(run)


def fire(texts: Iterable[str]) -> Counter[tuple[str, str]]:
    """How often each rule id and each table row that a layer names came up."""
    from beritaextract import load
    from beritaextract.article import Article
    from beritaextract.layers import extra, read
    from beritaextract.pipeline import make_doc

    nlp, fired = load(temporals=True), Counter[tuple[str, str]]()
    for text in texts:
        doc = nlp(make_doc(nlp, Article(text)))
        for layer in doc.spans:
            for _, row in read(doc, layer):
                fired.update((kind, str(row[key])) for kind, key in KEYS[layer] if row.get(key))
        fired.update(("rule", person["by"]) for person in extra(doc, "people", "persons", []))
    return fired


class _Keys(dict[str, tuple[tuple[str, str], ...]]):
    def __missing__(self, layer: str) -> tuple[tuple[str, str], ...]:
        return (("rule", "by"),)


KEYS = _Keys(titles=(("titles", "row"),), quotes=(("rule", "by"), ("cue_verbs", "lemma")))
"""What a row of a layer tells of: the rule, or the row of a table."""


def example_texts() -> Iterator[str]:
    """The texts of all examples in the tests."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    for path in sorted((ROOT / "tests" / "examples").glob("*.toml")):
        yield from (example["text"] for example in tomllib.loads(path.read_text(encoding="utf8"))["example"])


def print_rules(fired: Counter[tuple[str, str]], shown: Counter[tuple[str, str]]) -> None:
    """Rules of ``rules.tsv`` that no article fired, and those that fired but are not in it."""
    from beritaextract.explanation.rules import Rule
    from beritaextract.lexicon import packaged

    known = {row.rule for row in packaged().rows("rules", Rule)}
    never = sorted(rule for rule in known if not fired["rule", rule])
    print(f"\nrules: {len(known)} known, {len(never)} never fired")
    for rule in never:
        print(f"  {rule:40} {shown['rule', rule]} times in the tests' examples")


def print_rows(fired: Counter[tuple[str, str]], texts: list[str]) -> None:
    """For every table, how many rows were seen, and the first words of those that were not."""
    words = " ".join(" ".join(text.lower().split()) for text in texts)
    print(f"\n{'table':24} {'rows':>5} {'seen':>5}   not seen")
    for name, keys in table_keys():
        counted = any(table == name for table, _ in fired)
        unseen = [key for key in keys if not (fired[name, key] if counted else stands(key, words))]
        print(
            f"{name:24} {len(keys):5} {len(keys) - len(unseen):5}   {', '.join(unseen[:12])}{' …' * (len(unseen) > 12)}"
        )


def table_keys() -> Iterator[tuple[str, list[str]]]:
    """The tables whose first column is words of a text, with those words."""
    for path in sorted((ROOT / "src" / "beritaextract" / "data").glob("*.tsv")):
        lines = [line for line in path.read_text(encoding="utf8").splitlines() if line and not line.startswith("#")]
        if path.stem not in NO_WORDS and lines[0].split("\t")[0] in NAMED:
            yield path.stem, [line.split("\t")[0] for line in lines[1:]]


def stands(key: str, words: str) -> bool:
    """Do a row's words stand in the texts, as words or as the beginning of productive forms ("kadis")?"""
    key = key.lower().strip("-*")
    return key in words


def print_lines(run: coverage.Coverage) -> None:
    """The share of each component's lines that ran, and the lines that did not."""
    print("\ncode of the components that no article ran")
    for path in sorted((ROOT / "src" / "beritaextract").glob("**/*.py")):
        inside = path.relative_to(ROOT / "src" / "beritaextract")
        if inside.parts[0] not in ("components", "dates") and inside.name not in STAGES:
            continue
        _, statements, _, missing, ranges = run.analysis2(str(path))
        if missing:
            print(f"{inside!s:40} {1 - len(missing) / len(statements):6.1%}   {ranges}")


if __name__ == "__main__":
    main()
