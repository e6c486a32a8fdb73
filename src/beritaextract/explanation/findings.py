"""The parts whose findings choose nothing: segments, organisations, dates, topics, key phrases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from beritaextract.components.topics import TopicScorer, count, labels, packaged_model, topic_words
from beritaextract.explanation.rules import why
from beritaextract.explanation.structure import Finding
from beritaextract.gazetteer import gazetteer
from beritaextract.layers import CONTENT_KINDS, extra, facts, full_text, read, words

_TELLING = 6
"""So many words are told of a topic."""


def segments(doc: Doc) -> Iterator[Finding]:
    """Every stretch of the text; what is no content gives no people, posts, quotes or dates."""
    for span, row in read(doc, "segments"):
        content = row["kind"] in CONTENT_KINDS
        yield _finding(doc, span, row["kind"] + ("" if content else ", not the article"), row["by"])


def organizations(doc: Doc) -> Iterator[Finding]:
    """Every organisation's name as written."""
    for span, row in read(doc, "organizations"):
        area = f"{gazetteer().name(row['code'])} ({row['code']})" if row["code"] else None
        told = {"area": area, "level": row["level"], "public": row["public"], "unit": row["unit"] or None}
        yield _finding(doc, span, row["name"], row["by"], {k: v for k, v in told.items() if v is not None})


def dates(doc: Doc) -> Iterator[Finding]:
    """Every date with its rule; relative ones with the day that they count from."""
    anchor = extra(doc, "dates", "anchor")
    for span, row in read(doc, "dates"):
        told: dict[str, Any] = {"grain": row["grain"]}
        if row["relative"]:
            told["counts from"] = anchor
        if row["conflict"]:
            told["conflict"] = "the weekday written is not the date's"
        yield _finding(doc, span, row["value"], row["by"], told)
    for span, row in read(doc, "temporals"):
        yield _finding(doc, span, f"{row['type']} {row['value']}", row["by"])


def date_facts(doc: Doc) -> dict[str, Any]:
    """The anchor of relative dates and where it comes from."""
    known = facts(doc)
    source = known.get("published_origin", "given") if known.get("published") else "the text"
    return {"anchor": extra(doc, "dates", "anchor"), "anchor from": source}


def topics(nlp: Language, doc: Doc) -> Iterator[Finding]:
    """Every topic with the words that speak loudest for it."""
    scorer = next((c for _, c in nlp.pipeline if isinstance(c, TopicScorer)), None)
    names = labels()
    for code, score in sorted(doc.cats.items(), key=lambda item: -item[1]):
        name = names.get(code, (code, code))[0]
        told = {} if scorer is None else _telling(scorer, doc, code)
        yield Finding(name, None, None, f"{code}, {score:.3f}", facts=told)


def _telling(scorer: TopicScorer, doc: Doc, code: str) -> dict[str, Any]:
    """Words of the model and of topic_words.tsv with what they add to the topic's score."""
    view = words(doc)
    text = [word for word, content in zip(view.lower, view.content, strict=True) if content]
    title = (facts(doc).get("title") or "").lower().split()
    found: dict[str, Any] = {}
    learnt = _learnt(text, title, code)
    if learnt:
        found["words"] = learnt
    whole = f" {' '.join([*title, *text])} "
    rows = [row for row in topic_words(scorer.lexicon) if row.topic == code and f" {row.term.lower()} " in whole]
    if rows:
        found["topic_words.tsv"] = {row.term: row.weight for row in rows}
    return found


def _learnt(text: Sequence[str], title: Sequence[str], code: str) -> dict[str, float]:
    """The words to which the model gives most for a topic; none for a topic that it does not know."""
    model = packaged_model()
    known = [(word, model.index[word], n) for word, n in count(text, title).items() if word in model.index]
    if code not in model.codes or not known:
        return {}
    rows = np.array([row for _, row, _ in known])
    values = np.log1p(np.array([n for _, _, n in known])) * model.idf[rows]
    added = values / np.linalg.norm(values) * model.weights[rows, model.codes.index(code)]
    best = sorted(zip(added.tolist(), (word for word, _, _ in known), strict=True), key=lambda p: (-p[0], p[1]))
    return {word: round(value, 2) for value, word in best[:_TELLING] if value > 0}


def keywords(doc: Doc) -> Iterator[Finding]:
    """Every key phrase with its score."""
    for span, row in read(doc, "keywords"):
        yield Finding(cut(doc, span), span.start_char, span.end_char, f"{row['score']:.3f}")


def _finding(doc: Doc, span: Span, says: str, by: str, told: dict[str, Any] | None = None) -> Finding:
    return Finding(cut(doc, span), span.start_char, span.end_char, says, by, why(by), told or {})


def cut(doc: Doc, span: Span) -> str:
    """The words of a span as they stand in the text."""
    return full_text(doc)[span.start_char : span.end_char]
