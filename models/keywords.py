"""Count words for key phrases: how many articles use a word, how often it stands as a noun, which pairs belong together.

    python models/keywords.py ../shared src/beritaextract/data/word_statistics.json.gz

Whether a word is a noun is read off its neighbours: after "para", "dari", "sebuah" or before "tersebut" it is one, after
"akan", "telah", "sangat" it is a verb or adjective. A pair of nouns belongs together ("reformasi birokrasi") when it is seen
much more often than its words would meet by chance. No fitting, no seed; about four minutes on one core.
"""

from __future__ import annotations

import gzip
import math
import sys
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import orjson

from beritaextract.components.topics import key
from corpus import Words, read_rows, read_words
from tables import table


def neighbours() -> dict[str, frozenset[str]]:
    """What stands before verbs, before nouns and behind nouns, from ``noun_neighbours.tsv``."""
    rows = table("noun_neighbours")
    return {place: frozenset(r["word"] for r in rows if r["where"] == place) for place in ("verb", "noun", "behind")}


NEIGHBOURS = neighbours()
NOUN = 0.55


class Counts:
    """Words and pairs of the corpus, counted an article at a time."""

    def __init__(self) -> None:
        self.articles = 0
        self.used: Counter[str] = Counter()
        self.noun: Counter[str] = Counter()
        self.verb: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()

    def add(self, article: Words) -> None:
        """Count one article."""
        text = article.text
        keys = [key(word) if word[0].isalpha() else "" for word in text]
        self.articles += 1
        self.used.update(set(keys) - {""})
        self.pairs.update({(a, b) for a, b in pairwise(keys) if a and b and a != b})
        for before, word, behind in zip(["", *text], keys, [*text[1:], ""], strict=False):
            self.verb[word] += before in NEIGHBOURS["verb"]
            self.noun[word] += (before in NEIGHBOURS["noun"]) + (behind in NEIGHBOURS["behind"])

    def nominal(self, word: str) -> float:
        """How often the word stands as a noun, of the places that tell: "petani" 0.92, "digelar" 0.01."""
        return (self.noun[word] + 1) / (self.noun[word] + self.verb[word] + 2)

    def belongs(self, pair: tuple[str, str], seen: int) -> bool:
        """Is the pair much more frequent than chance (normalised pointwise mutual information of 0.22 at least)?"""
        if seen < 8 or any(self.nominal(word) < NOUN for word in pair):
            return False
        share = seen / self.articles
        by_chance = self.used[pair[0]] * self.used[pair[1]] / self.articles**2
        return math.log(share / by_chance) / -math.log(share) >= 0.22


def pack(counts: Counts) -> bytes:
    """The statistics as gzipped JSON: words with [articles, percent noun], pairs with the number of articles."""
    words = {w: [n, round(100 * counts.nominal(w))] for w, n in sorted(counts.used.items()) if n >= 6 and len(w) > 1}
    pairs = {" ".join(p): n for p, n in sorted(counts.pairs.items()) if counts.belongs(p, n)}
    return gzip.compress(orjson.dumps({"articles": counts.articles, "words": words, "pairs": pairs}), mtime=0)


def main(articles: Iterable[Words], out: Path) -> None:
    """Count the corpus and write the statistics."""
    counts = Counts()
    for article in articles:
        if len(article.text) >= 40:
            counts.add(article)
    out.write_bytes(pack(counts))
    print(f"{counts.articles} articles, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main(read_words(read_rows(Path(sys.argv[1]) / "corpus" / "articles.jsonl.gz")), Path(sys.argv[2]))
