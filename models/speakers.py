"""Train the weights of data/speaker_weights.tsv: who said a quote, among the candidates that the chain sees.

    python models/speakers.py ../shared [--write]

Learns from the annotated quotes of ../shared/gold and from the judgements of ``speaker_choices.tsv`` about quotes of the news
corpus. Every quote with a choice is one case of a conditional logit whose weights are pulled towards ``speaker_prior.tsv``.
Because who spoke last is evidence, the cases are taken once with the prior and once with the weights learnt from them. The
figures printed are of articles that the weights did not see; ``--write`` puts the weights of all articles into the table. No
seed, nothing random: the same files give the same table.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc

import beritaextract
from beritaextract.article import Article
from beritaextract.components.descriptions import Candidate
from beritaextract.components.discourse import Discourse, discourse
from beritaextract.components.speakers import SpeakerLinker
from beritaextract.layers import extra, read
from beritaextract.pipeline import make_doc
from choices import Choice, fit, log_loss, share_right, write_weights
from corpus import read_rows
from tables import table

FOLDS = 5
PULL = 0.5
STEPS = 400

Span = tuple[int, int]


@dataclass(frozen=True)
class Told:
    """A quote whose speaker is known: by forms of the name (gold), or by where the name stands (judgements)."""

    span: Span
    forms: tuple[tuple[str, ...], ...] = ()
    places: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Case:
    """An article that went through the chain, and what is known of its quotes."""

    doc: Doc
    told: tuple[Told, ...]
    gold: bool


class Recorder(SpeakerLinker):
    """A speaker stage that keeps the candidates of every quote, with the weights that it is given."""

    def __init__(self, weights: dict[str, float]) -> None:
        super().__init__("recorder")
        self.weights = weights
        self.seen: list[tuple[Any, list[Candidate]]] = []

    def _speaker(self, scene: Any, quote: Any, last: Any) -> Any:
        self.seen.append((quote, scene.candidates(quote, last)[0]))
        return super()._speaker(scene, quote, last)


def words(text: str | None) -> tuple[str, ...]:
    """Lower-cased words."""
    return tuple(re.findall(r"\w+", (text or "").casefold()))


def overlap(a: Span, b: Span) -> float:
    """Intersection over union of two spans of characters."""
    inter = min(a[1], b[1]) - max(a[0], b[0])
    return max(inter, 0) / (max(a[1], b[1]) - min(a[0], b[0]))


def gold_told(article: dict[str, Any]) -> Iterator[Told]:
    """The annotated quotes of an article."""
    forms = {p["name"]: tuple(words(f) for f in [p["name"], *p.get("aliases", [])]) for p in article["people"]}
    for quote in article["quotes"]:
        at = article["text"].find(quote["text"])
        if at >= 0 and quote["speaker"] is not None:
            named = forms.get(quote["speaker"], (words(quote["speaker"]),))
            yield Told((at, at + len(quote["text"])), forms=named)


def judged(corpus: Path) -> Iterator[tuple[dict[str, Any], list[Told]]]:
    """The articles of ``speaker_choices.tsv`` with its judgements; SystemExit when the corpus has another text or none."""
    by_article: dict[str, list[dict[str, str]]] = {}
    for row in table("speaker_choices"):
        by_article.setdefault(row["id"], []).append(row)
    for article in read_rows(corpus):
        rows = by_article.pop(article["id"], [])
        if not rows:
            continue
        if hashlib.sha256(article["text"].encode()).hexdigest()[:12] != rows[0]["text"]:
            raise SystemExit(f"{corpus}: {article['id']} is not the text that speaker_choices.tsv judges")
        yield article, [_judgement(row) for row in rows]
    if by_article:
        raise SystemExit(f"{corpus}: no article {', '.join(sorted(by_article))}, which speaker_choices.tsv judges")


def _judgement(row: dict[str, str]) -> Told:
    places = [part.split("-") for part in row["speaker"].split("|")]
    return Told((int(row["start"]), int(row["end"])), places=tuple((int(a), int(b)) for a, b in places))


def cases(shared: Path) -> list[Case]:
    """Gold and judged articles, through the chain once."""
    nlp = beritaextract.load()
    for name in nlp.pipe_names[nlp.pipe_names.index("speakers") :]:
        nlp.remove_pipe(name)
    gold = [(a, list(gold_told(a)), True) for a in read_rows(shared / "gold" / "dev.jsonl")]
    read_by_eye = [(a, told, False) for a, told in judged(shared / "corpus" / "articles.jsonl.gz")]
    found = []
    for article, told, is_gold in [*gold, *read_by_eye]:
        known = {k: article[k] for k in ("title", "outlet", "url") if article.get(k)}
        found.append(Case(nlp(make_doc(nlp, Article(article["text"], **known))), tuple(told), is_gold))
    return found


def choices(case: Case, names: Sequence[str], weights: np.ndarray) -> list[Choice]:
    """The quotes of one article whose speaker is known and a candidate, one of several."""
    recorder = Recorder(dict(zip(names, weights.tolist(), strict=True)))
    recorder.find(case.doc)
    talk = discourse(case.doc)
    made = []
    for quote, candidates in recorder.seen:
        span = talk.start[quote.start], talk.end[quote.end - 1]
        told = max(case.told, key=lambda t: overlap(span, t.span), default=None)
        if told is None or len(candidates) < 2 or overlap(span, told.span) < 0.5:
            continue
        right = np.array([is_same(talk, c, told) for c in candidates])
        if right.any():
            made.append((np.array([[c.features.get(n, 0.0) for n in names] for c in candidates]), right))
    return made


def is_same(talk: Discourse, candidate: Candidate, told: Told) -> bool:
    """Is this candidate the one who is known to have spoken?"""
    persons = extra(talk.doc, "people", "persons", [])
    if not 0 <= candidate.person < len(persons):
        name = talk.start[candidate.name[0]], talk.end[candidate.name[1] - 1]
        return name in told.places
    person = persons[candidate.person]
    if any(words(form) in told.forms for form in [person["name"], *person["aliases"]]):
        return True
    mentions = [(s.start_char, s.end_char) for s, row in read(talk.doc, "people") if row["person"] == candidate.person]
    return any(a < d and c < b for a, b in mentions for c, d in told.places)


def train(data: Sequence[Case], names: Sequence[str], prior: np.ndarray) -> np.ndarray:
    """The weights that these articles give, in two rounds."""
    weights = prior
    for _ in range(2):
        weights = fit([c for case in data for c in choices(case, names, weights)], prior, pull=PULL, steps=STEPS)
    return weights


def measure(data: Sequence[Case], names: Sequence[str], prior: np.ndarray) -> None:
    """Print how many choices are right in articles that the weights did not see, beside the prior's."""
    held: dict[bool, list[tuple[int, float, float, float, float]]] = {True: [], False: []}
    for fold in range(FOLDS):
        weights = train([case for n, case in enumerate(data) if n % FOLDS != fold], names, prior)
        for gold, rows in held.items():
            test = [case for case in data[fold::FOLDS] if case.gold is gold]
            before = [c for case in test for c in choices(case, names, prior)]
            after = [c for case in test for c in choices(case, names, weights)]
            figures = [f(d, w) for f in (share_right, log_loss) for d, w in ((before, prior), (after, weights))]
            rows.append((len(after), *figures))
    for gold, rows in held.items():
        total = sum(n for n, *_ in rows)
        right, fitted, loss, fitted_loss = (sum(row[0] * row[k] for row in rows) / total for k in range(1, 5))
        print(
            f"{'annotated' if gold else 'judged'}: {total} quotes with a choice; right: prior {right:.3f}, learnt and held "
            f"out {fitted:.3f}; log loss {loss:.3f}, {fitted_loss:.3f}"
        )


def main() -> int:
    """Train, measure and print; write with ``--write``."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--write", action="store_true", help="put the weights into the table")
    args = parser.parse_args()
    rows = table("speaker_prior")
    names, prior = [row["feature"] for row in rows], np.array([float(row["prior"]) for row in rows])
    data = cases(args.shared)
    measure(data, names, prior)
    weights = train(data, names, prior)
    for name, before, after in zip(names, prior, weights, strict=True):
        print(f"{name:16}{before:7.2f}{after:7.2f}")
    if args.write:
        write_weights("speaker_weights", dict(zip(names, weights, strict=True)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
