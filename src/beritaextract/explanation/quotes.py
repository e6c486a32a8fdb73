"""Quotes: the rule that found each, its reporting word, and who was weighed as its speaker."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from beritaextract.components.cues import CueVerb
from beritaextract.confidence import scales
from beritaextract.explanation.rules import why
from beritaextract.explanation.speakers import speaker_options
from beritaextract.explanation.structure import Choice, Finding, Option
from beritaextract.layers import QuoteRow, SpeakerRow, full_text, read
from beritaextract.lexicon import packaged


def quotes(nlp: Language, doc: Doc) -> Iterator[Finding]:
    """Every quote with the choice of its speaker."""
    options = speaker_options(nlp, doc)
    speakers: dict[int, tuple[Span, SpeakerRow]] = {row["quote"]: (span, row) for span, row in read(doc, "speakers")}
    verbs = {row.base: row for row in packaged().rows("cue_verbs", CueVerb)}
    for n, (span, row) in enumerate(read(doc, "quotes")):
        said = speakers.get(n)
        score = row["confidence"] * (said[1]["confidence"] if said is not None else 1.0)
        says = row["kind"] if row["link"] is None else f"{row['kind']}, goes on with q{row['link'] + 1}"
        yield Finding(
            text=full_text(doc)[span.start_char : span.end_char],
            start=span.start_char,
            end=span.end_char,
            says=f"q{n + 1} {says}",
            by=row["by"],
            why=why(row["by"]),
            facts={"confidence": scales().probability("quotes", row["kind"], score), **_cue(doc, row, verbs)},
            choices=(_speaker(doc, row, said, options.get(span.start, ())),),
        )


def _cue(doc: Doc, row: QuoteRow, verbs: dict[str, CueVerb]) -> dict[str, str]:
    """The reporting word with what cue_verbs.tsv says of it."""
    if row["cue"] is None:
        return {}
    start, end = row["cue"]
    verb = verbs.get(row["lemma"] or "")
    kind = f" ({verb.base}: {verb.kind}, {verb.frame})" if verb is not None else ""
    return {"cue": f"{full_text(doc)[start:end]}{kind}"}


def _speaker(doc: Doc, row: QuoteRow, said: tuple[Span, SpeakerRow] | None, options: tuple[Option, ...]) -> Choice:
    if said is None:
        return Choice("no speaker", None, "nobody in the article can have said it", options)
    span, who = said
    person = f" (p{who['person'] + 1})" if who["person"] is not None else ", no named person"
    words = full_text(doc)[span.start_char : span.end_char]
    if not options and row["link"] is not None:
        return Choice(f"{who['name']}{person}", who["by"], f"it goes on with q{row['link'] + 1}", options)
    return Choice(f"{who['name']}{person}, told by “{words}”", who["by"], why(who["by"]), options)
