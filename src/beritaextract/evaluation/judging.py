"""Hold records against annotations, layer by layer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from beritaextract.errors import InputError
from beritaextract.evaluation.annotations import AnnotatedPerson, AnnotatedPost, AnnotatedQuote, Annotation
from beritaextract.evaluation.matching import best_pairs, holds, plain_name, span_overlap, word_overlap, words
from beritaextract.evaluation.scores import Scores, Verdict
from beritaextract.records import SCHEMA, Person, Position, Quote, Record, Source, as_record, each

DIRECT_OVERLAP, REPORTED_OVERLAP, POST_OVERLAP, SOURCE_OVERLAP = 0.8, 0.5, 0.5, 0.5
"""How much of two quotes (characters), posts and sources (words) must be the same for them to be the same."""


def score(records: Iterable[Record | Mapping[str, Any]], annotations: Iterable[Annotation]) -> Scores:
    """How good the records are, by the annotations of the same ids.

    A record is a Record or its dict. Records that nobody annotated are left aside; an annotated article without a record
    counts as one in which nothing was found. Raises InputError when two annotations have one id, or a record has another
    text than its annotation.
    """
    wanted: dict[str, Annotation] = {}
    for annotation in annotations:
        if annotation.id in wanted:
            raise InputError(f"article {annotation.id}: annotated twice")
        wanted[annotation.id] = annotation
    found: dict[str, Record] = {}
    for given in each(records):
        id = given.id if isinstance(given, Record) else given["id"]
        if id in wanted:
            found[id] = as_record(given)
    verdicts = [_judge(annotation, found.get(annotation.id)) for annotation in wanted.values()]
    return Scores(verdicts, missing=[id for id in wanted if id not in found])


def _judge(annotation: Annotation, record: Record | None) -> Verdict:
    verdict = Verdict(annotation.id)
    if record is None:
        record = Record(SCHEMA, annotation.id, Source(), None, None, annotation.text)
    elif record.text != annotation.text:
        raise InputError(f"article {annotation.id}: the text of the record is not that of the annotation")
    judges: dict[str, Callable[[Annotation, Record, Verdict], None]] = {
        "people": _judge_people,
        "officials": _judge_people,
        "quotes": _judge_quotes,
        "places": _judge_places,
        "dates": _judge_dates,
    }
    for layer, judge in judges.items():
        if getattr(annotation, layer) is not None:
            judge(annotation, record, verdict)
    return verdict


def _judge_people(annotation: Annotation, record: Record, verdict: Verdict) -> None:
    """People by name; their posts; and all of people when all are annotated, else only the officials."""
    every = annotation.people is not None
    wanted = (annotation.people if every else annotation.officials) or ()
    found = record.people if every else record.officials
    pairs = best_pairs(
        (likeness, i, j)
        for i, ours in enumerate(wanted)
        for j, theirs in enumerate(found)
        if (likeness := _same_person(ours, theirs))
    )
    verdict.judges("people", "posts", "officials")
    for i, ours in enumerate(wanted):
        holder = found[pairs[i]] if i in pairs else None
        verdict.right("people") if holder else verdict.missed("people", ours.name)
        _judge_posts(ours, holder, every, verdict)
    for j, theirs in enumerate(found):
        if j not in pairs.values():
            verdict.spurious("people", theirs.name)
            for post in _posts(theirs, every):
                _spurious_post(theirs, post, verdict)


def _same_person(ours: AnnotatedPerson, theirs: Person) -> float:
    """2 for the same name, 1 for a form of the name that both have, else 0."""
    if plain_name(ours.name) == plain_name(theirs.name):
        return 2.0
    return float(bool(_forms(ours) & _forms(theirs)))


def _forms(person: AnnotatedPerson | Person) -> set[str]:
    return {plain_name(form) for form in (person.name, *person.aliases)}


def _posts(person: Person, every: bool) -> list[Position]:
    return [post for post in person.positions if every or post.public]


def _judge_posts(ours: AnnotatedPerson, holder: Person | None, every: bool, verdict: Verdict) -> None:
    found = _posts(holder, every) if holder else []
    pairs = best_pairs(
        (likeness, i, j)
        for i, wanted in enumerate(ours.positions)
        for j, post in enumerate(found)
        if (likeness := word_overlap(wanted.text, post.text)) >= POST_OVERLAP
    )
    for i, wanted in enumerate(ours.positions):
        if i not in pairs:
            for layer in ("posts", "officials"):
                verdict.missed(layer, f"{ours.name}, {wanted.text}")
            continue
        verdict.right("posts")
        faults = _faults(wanted, found[pairs[i]])
        if faults:
            expected = ", ".join(f"{key} {value}" for key, value, _ in faults)
            verdict.wrong("officials", f"{ours.name}, {wanted.text}: {expected}", ", ".join(f"{f[2]}" for f in faults))
        else:
            verdict.right("officials")
    for j, post in enumerate(found):
        if holder and j not in pairs.values():
            _spurious_post(holder, post, verdict)


def _spurious_post(holder: Person, post: Position, verdict: Verdict) -> None:
    for layer in ("posts", "officials"):
        verdict.spurious(layer, f"{holder.name}, {post.text}")


def _faults(wanted: AnnotatedPost, post: Position) -> list[tuple[str, Any, Any]]:
    """Key, expected and found value of every field that was annotated and is not so."""
    found: dict[str, Any] = {
        "title": post.title,
        "acting": post.acting,
        "former": post.former,
        "jurisdiction": post.jurisdiction.code if post.jurisdiction else None,
    }
    given: list[tuple[str, Any, Any]] = [
        (key, getattr(wanted, key), value) for key, value in found.items() if key in wanted.model_fields_set
    ]
    return [(k, a, b) for k, a, b in given if (words(a) != words(b) if k == "title" else a != b)]


def _judge_quotes(annotation: Annotation, record: Record, verdict: Verdict) -> None:
    wanted = annotation.quotes or ()
    spans = [quote.span(annotation.text) for quote in wanted]
    pairs = best_pairs(
        (likeness, i, j)
        for i, span in enumerate(spans)
        for j, quote in enumerate(record.quotes)
        if (likeness := span_overlap(span, (quote.start, quote.end))) >= _needed(wanted[i])
    )
    verdict.judges("direct_quotes", "indirect_quotes", "direct_speakers", "indirect_speakers")
    for i, ours in enumerate(wanted):
        quote = record.quotes[pairs[i]] if i in pairs else None
        _judge_quote(ours, quote, annotation, record, verdict)
    for j, quote in enumerate(record.quotes):
        if j not in pairs.values():
            for what in ("quotes", "speakers"):
                verdict.spurious(f"{_side(quote.kind)}_{what}", quote.text)


def _judge_quote(
    ours: AnnotatedQuote, quote: Quote | None, annotation: Annotation, record: Record, verdict: Verdict
) -> None:
    """One quote, and its speaker where that was annotated; a quote of the other kind is a quote all the same."""
    quotes, speakers = f"{_side(ours.kind)}_quotes", f"{_side(ours.kind)}_speakers"
    named = "speaker" in ours.model_fields_set
    if quote is None:
        verdict.missed(quotes, ours.text)
        if named:
            verdict.missed(speakers, f"{ours.speaker}: {ours.text}")
        return
    verdict.right(quotes)
    if named and _same_speaker(ours.speaker, quote, annotation, record):
        verdict.right(speakers)
    elif named:
        verdict.wrong(speakers, f"{ours.speaker}: {ours.text}", str(quote.speaker and quote.speaker.name))


def _side(kind: str) -> str:
    return "direct" if kind == "direct" else "indirect"


def _needed(quote: AnnotatedQuote) -> float:
    return DIRECT_OVERLAP if quote.kind == "direct" else REPORTED_OVERLAP


def _same_speaker(wanted: str | None, quote: Quote, annotation: Annotation, record: Record) -> bool:
    """Whether both name one source: a person by any form of the name, another source by most of its words."""
    speaker = quote.speaker
    if wanted is None or speaker is None:
        return wanted is None and speaker is None
    people = annotation.people or annotation.officials or ()
    ours = next((_forms(person) for person in people if person.name == wanted), {plain_name(wanted)})
    theirs = next((_forms(person) for person in record.people if person.id == speaker.person_id), set())
    if ours & (theirs | {plain_name(speaker.name)}):
        return True
    a, b = " ".join(words(wanted)), " ".join(words(speaker.name))
    return holds(a, b) or holds(b, a) or word_overlap(a, b) >= SOURCE_OVERLAP


def _judge_places(annotation: Annotation, record: Record, verdict: Verdict) -> None:
    """Codes, each once an article."""
    wanted = {place.code: place.text for place in reversed(annotation.places or ()) if place.code}
    found = {place.code: place.text for place in reversed(record.places) if place.code}
    verdict.judges("places")
    for code, text in reversed(wanted.items()):
        verdict.right("places") if code in found else verdict.missed("places", f"{text} {code}")
    for code, text in reversed(found.items()):
        if code not in wanted:
            verdict.spurious("places", f"{text} {code}")


def _judge_dates(annotation: Annotation, record: Record, verdict: Verdict) -> None:
    """A date is right when it overlaps an annotated one and has its value."""
    wanted = annotation.dates or ()
    spans = [date.span(annotation.text) for date in wanted]
    pairs = best_pairs(
        (likeness + (wanted[i].value == date.value), i, j)
        for i, span in enumerate(spans)
        for j, date in enumerate(record.dates)
        if (likeness := span_overlap(span, (date.start, date.end)))
    )
    verdict.judges("dates")
    for i, ours in enumerate(wanted):
        date = record.dates[pairs[i]] if i in pairs else None
        if date is None:
            verdict.missed("dates", f"{ours.text} {ours.value}")
        elif date.value == ours.value:
            verdict.right("dates")
        else:
            verdict.wrong("dates", f"{ours.text} {ours.value}", date.value)
    for j, date in enumerate(record.dates):
        if j not in pairs.values():
            verdict.spurious("dates", f"{date.text} {date.value}")
