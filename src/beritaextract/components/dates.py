"""Calendar expressions and their ISO 8601 values."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from beritaextract.components.base import TableComponent
from beritaextract.dates.context import Context
from beritaextract.dates.finder import HEAD, Findings, Grammar, Mention
from beritaextract.dates.resolve import Resolved, make_context, resolve
from beritaextract.dates.temporals import Temporal, find_temporals
from beritaextract.dates.vocabulary import Vocabulary
from beritaextract.layers import CONTENT_KINDS, DateRow, TemporalRow, facts, full_text, read, write
from beritaextract.lexicon import Lexicon


@Language.factory("beritaextract_dates", assigns=["doc.spans"], default_config={"temporals": False})
class DateFinder(TableComponent):
    """Adds the layer ``dates``: "Kamis (20/6/2024)", "kemarin", "20-22 Juni 2024", "triwulan II 2024".

    Relative ones count from ``published``, else from the day that the dateline or the article's own dates tell; where
    there is none, they are left out. The extra ``anchor`` is that day, ``published`` the same where the text makes it
    certain. With ``temporals`` the layer of that name has durations, sets and lone clock times too.
    """

    def __init__(self, nlp: Language | None, name: str = "beritaextract_dates", *, temporals: bool = False) -> None:
        self.temporals = temporals
        super().__init__(name)

    def compile(self, lexicon: Lexicon) -> None:
        """Read the tables and set up the grammar over them."""
        self._vocabulary = Vocabulary(lexicon)
        self._grammar = Grammar(self._vocabulary)

    def __call__(self, doc: Doc) -> Doc:
        """Add the layer."""
        text = full_text(doc)
        findings = [self._grammar.find(text, start, end) for start, end in _content(doc, len(text))]
        published = _day(facts(doc).get("published"))
        mentions = [m for f in findings for m in f.dates]
        years = {year for f in findings for year in f.years}
        context, reference = make_context(mentions, published, years, self._dateline(doc, text))
        resolved = resolve(mentions, context)
        names = [(s.start_char, s.end_char) for s, _ in read(doc, "people")]
        kept = [r for r in resolved if not r.mention.stamp and not _is_name(r.mention, names)]
        anchor = context.anchor.isoformat() if context.anchor else None
        certain = reference.day.isoformat() if reference.day and reference.certain else None
        write(doc, "dates", [(_span(doc, r.mention), _row(r)) for r in kept], anchor=anchor, published=certain)
        if self.temporals:
            self._write_temporals(doc, findings, resolved, context)
        return doc

    @property
    def settings(self) -> dict[str, Any]:
        """Whether temporals are found too."""
        return {"temporals": self.temporals}

    def _write_temporals(self, doc: Doc, findings: list[Findings], resolved: list[Resolved], context: Context) -> None:
        found = [t for f in findings for t in find_temporals(f, resolved, context, self._vocabulary)]
        write(doc, "temporals", [(_chars(doc, t.start, t.end, t.type), _temporal_row(t)) for t in found])

    def _dateline(self, doc: Doc, text: str) -> date | None:
        """The day that a dateline gives in full ("Jakarta, 20 Juni 2024 -"), or the stamp of a page outside its content."""
        for span, row in read(doc, "segments"):
            if row["kind"] in CONTENT_KINDS or (row["kind"] != "dateline" and span.start_char > HEAD):
                continue
            found = self._grammar.find(text, span.start_char, span.end_char).dates
            told = found if row["kind"] == "dateline" else [m for m in found if m.stamp]
            for resolved in resolve(told, Context()):
                if resolved.value.first == resolved.value.last:
                    return resolved.value.first
        return None


def _content(doc: Doc, length: int) -> Iterator[tuple[int, int]]:
    """Character offsets of each segment of the article itself."""
    segments = read(doc, "segments")
    if not segments:
        yield 0, length
    for span, row in segments:
        if row["kind"] in CONTENT_KINDS:
            yield span.start_char, span.end_char


def _is_name(mention: Mention, names: list[tuple[int, int]]) -> bool:
    """Does the mention stand inside a person's name ("Maret Samuel")? Names are in the order of the text."""
    at = bisect_right(names, mention.start, key=lambda name: name[0])
    return at > 0 and mention.end <= names[at - 1][1]


def _span(doc: Doc, mention: Mention) -> Span:
    return _chars(doc, mention.start, mention.end, mention.rule)


def _chars(doc: Doc, start: int, end: int, label: str) -> Span:
    span = doc.char_span(start, end, label=label, alignment_mode="expand")
    assert span is not None  # it lies inside the text
    return span


def _temporal_row(found: Temporal) -> TemporalRow:
    by = f"temporals.{found.type.lower()}"
    return {"type": found.type, "value": found.value, "quant": found.quant, "freq": found.freq, "by": by}


def _row(resolved: Resolved) -> DateRow:
    value, mention = resolved.value, resolved.mention
    return {
        "value": value.iso,
        "grain": value.grain,
        "relative": mention.expression.relative,
        "conflict": value.conflict,
        "by": f"dates.{mention.rule}",
    }


def _day(published: str | None) -> date | None:
    if not published:
        return None
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None
