"""Build ``src/beritaextract/data/name_words.tsv``: how often a word is part of a person's name, and how often it is not.

Usage: ``python models/name_words.py``, from the repository's root, with the corpora in ``../shared``. Counts come from

- entity corpora: tokens labelled as a person's name and other tokens (idner-news-2k, NERGrit, NERP; all MIT);
- personal names of Indonesian DBpedia as collected by modified-DEE (CC BY-SA 4.0), broken into words;
- news articles: capitalised words that stand where a person is named ("kata X,", "X mengatakan", "Bapak X", "X (42)",
  behind a title; ``name_cues.tsv``), counted once an article, against all other articles that have the word.

Only words and two numbers a word are kept; which words stood together is lost.
"""

from __future__ import annotations

import gzip
import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tables import table

SHARED = Path("../shared")
OUT = Path("src/beritaextract/data/name_words.tsv")
HEAD = """\
# Words and how often they are part of a person's name (names) or something else (others); made by models/name_words.py.
# Sources: PER tokens of idner-news-2k, NERGrit and NERP (MIT); words of person names of Indonesian DBpedia by way of
# modified-DEE (CC BY-SA 4.0); counts of capitalised words in news articles. A list of words, not of persons: the only table
# without examples beside the gazetteer.
word\tnames\tothers
"""

_TOKEN = re.compile(r"[^\W\d_]\w*(?:['’`.-][^\W\d_]\w*)*\.?|\d+|[^\w\s]")
_PLACES = ("before", "behind", "honorific", "title")
_CUES = {place: frozenset(r["word"] for r in table("name_cues") if r["place"] == place) for place in _PLACES}
_ENDS = frozenset('.!?"”“:')


@dataclass
class Counts:
    """What is known of words, lower-cased without final full stop."""

    labelled: Counter[str] = field(default_factory=Counter)
    labelled_other: Counter[str] = field(default_factory=Counter)
    listed: Counter[str] = field(default_factory=Counter)
    lower: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    capitalised: Counter[str] = field(default_factory=Counter)

    def score(self, word: str, others: float) -> float:
        """Log odds that the word is part of a name; ``others`` weighs an article with the capitalised word."""
        names = self.labelled[word] + 0.35 * self.listed[word] + self.named[word]
        rest = self.labelled_other[word] + others * self.capitalised[word] + 0.15 * self.lower[word]
        return math.log((names + 0.5) / (rest + 0.5))


def key(token: str) -> str:
    """ "Budi." → "budi"."""
    return token.lower().rstrip(".")


def count_entities(counts: Counts) -> None:
    """Person tokens and others of the entity corpora; a lower-cased other word weighs less."""
    for name in ("idner_train", "nergrit_train", "nerp_train"):
        first = True
        for line in (SHARED / "ner" / f"{name}.txt").read_text(encoding="utf8").splitlines():
            parts = line.split()
            if len(parts) < 2:
                first = True
                continue
            word, label = parts[0], parts[-1]
            if label.endswith(("PER", "PERSON", "PPL")):
                counts.labelled[key(word)] += word[0].isalpha()
            elif not first or word.islower():
                counts.labelled_other[key(word)] += 1 if word[0].isupper() or label != "O" else 0.3  # type: ignore[assignment]
            first = False


def count_listed(counts: Counts) -> None:
    """Words of the name list; it also lists the beginnings of its names, which are skipped."""
    lines = [line.strip() for line in (SHARED / "ner" / "mdee_person.txt").read_text(encoding="utf8").splitlines()]
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if not following.startswith(line + " ") and "?" not in line:
            counts.listed.update(key(w.strip("(),")) for w in line.split() if w[0].isupper())


def articles() -> Iterator[list[str]]:
    """The tokens of each article."""
    with gzip.open(SHARED / "corpus" / "articles.jsonl.gz", "rt", encoding="utf8") as lines:
        for row in map(json.loads, lines):
            if "glued_words" not in (row.get("flags") or []):
                yield _TOKEN.findall(row["text"])


def is_name_shaped(token: str) -> bool:
    """ "Budi", "Ma'mun"; not "BPBD", "A"."""
    return token[0].isupper() and len(token.rstrip(".")) > 1 and not token.rstrip(".").isupper()


def runs(tokens: list[str]) -> Iterator[tuple[int, int]]:
    """Stretches of capitalised words that no full stop breaks."""
    i = 0
    while i < len(tokens):
        j = i
        while (
            j < len(tokens)
            and is_name_shaped(tokens[j])
            and not (j > i and tokens[j - 1].endswith(".") and len(tokens[j - 1]) > 3)
        ):
            j += 1
        if j > i:
            yield i, j
        i = max(j, i + 1)


def named_part(run: list[str], scores: dict[str, float]) -> int:
    """Where a name may begin in a run: behind its last title word, at the first word that is no unlikely name word."""
    k = len(run)
    while k > 0 and run[k - 1] not in _CUES["title"] and scores.get(run[k - 1], 0.0) > -3:
        k -= 1
    while k < len(run) and scores.get(run[k], 0.0) <= -0.4:
        k += 1
    return k


def is_person_here(tokens: list[str], start: int, end: int, k: int, run: list[str]) -> bool:
    """Does a person stand at ``start + k`` to ``end``? "kata X", "Bupati X mengatakan", "Pak X", "X (42)"."""
    before = tokens[start - 1].lower() if start else "."
    after = tokens[end] if end < len(tokens) else "."
    titled = any(w in _CUES["title"] for w in run[:k])
    if key(run[k - 1] if k else before) in _CUES["honorific"] or (titled and len(run) - k >= 2):
        return True
    if end + 2 < len(tokens) and after == "(" and tokens[end + 1].isdigit() and 5 < int(tokens[end + 1]) < 100:
        return tokens[end + 2] == ")"
    alone = before in _ENDS and len(run) == 1
    return (k == 0 or titled) and (before in _CUES["before"] or (after in _CUES["behind"] and not alone))


def looks_like_name(run: list[str], scores: dict[str, float]) -> bool:
    """Two to four words of which most are names by the counts so far, none unlikely: "Siti Fadhila Ramadanti"."""
    values = [scores.get(word, 0.0) for word in run]
    return 2 <= len(run) <= 4 and sum(values) > 1.0 and max(values) > 0.7 and min(values) > -2.5 and values[0] > 0


def count_articles(counts: Counts, scores: dict[str, float]) -> None:
    """One round over the articles: with the scores so far, which words name a person, which stand capitalised elsewhere."""
    named: Counter[str] = Counter()
    elsewhere: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    for tokens in articles():
        here: set[str] = set()
        other: set[str] = set()
        lower.update({key(t) for t in tokens if t[0].islower()})
        for start, end in runs(tokens):
            run = [key(t) for t in tokens[start:end]]
            opens = start == 0 or tokens[start - 1] in _ENDS
            k = named_part(run, scores)
            if 1 <= len(run) - k <= 4 and (
                is_person_here(tokens, start, end, k, run) or looks_like_name(run[k:], scores)
            ):
                here.update(run[k:])
                other.update(run[:k])
            elif not (opens and len(run) == 1):
                other.update(run[1:] if opens else run)
        named.update(here)
        elsewhere.update(other - here)
    counts.named, counts.capitalised, counts.lower = named, elsewhere, lower


def rows(counts: Counts) -> Iterator[str]:
    """The table's rows: words that are names now and then, and frequent words that are not."""
    for word in sorted({*counts.labelled, *counts.listed, *counts.named, *counts.capitalised, *counts.lower}):
        common = word in _CUES["title"] or (
            counts.lower[word] > 2 * counts.named[word] + 5 and counts.lower[word] > counts.capitalised[word]
        )
        names = counts.labelled[word] + 0.35 * counts.listed[word] + (0 if common else counts.named[word])
        others = counts.labelled_other[word] + 0.25 * counts.capitalised[word] + 0.15 * counts.lower[word]
        likely = math.log((names + 0.5) / (others + 0.5)) > -1
        if (likely and names >= 2) or (not likely and others >= 3):
            yield f"{word}\t{round(names)}\t{round(others)}\n"


def main() -> None:
    """Count in three rounds: labelled words first, then articles twice with what the round before has taught."""
    counts = Counts()
    count_entities(counts)
    count_listed(counts)
    for weight in (0.1, 0.2, 0.2):
        vocabulary = {
            *counts.labelled,
            *counts.labelled_other,
            *counts.listed,
            *counts.named,
            *counts.capitalised,
            *counts.lower,
        }
        count_articles(counts, {w: counts.score(w, weight) for w in vocabulary})
    with OUT.open("w", encoding="utf8") as out:
        out.write(HEAD)
        out.writelines(rows(counts))


if __name__ == "__main__":
    main()
