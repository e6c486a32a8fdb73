"""How components hand their findings on: one named layer of spans on the Doc each.

A layer is a spaCy span group ``doc.spans[NAME]`` (so displaCy, ``to_bytes`` and ``nlp.pipe(n_process=2)`` know it) with one
plain dict of facts a span in ``group.attrs["rows"]``. Links between layers are indices. The layers in the order of the
chain, each row as the TypedDict of its name below:

============== ===================================================== ===================
layer          spans                                                 rows
============== ===================================================== ===================
segments       paragraphs and blocks, all of the text, in order      SegmentRow
marks          passages between quotation marks, marks included      MarkRow
titles         heads of posts: "Plh Sekda", "Plt Kepala Biro"        TitleRow
toponyms       area names that the gazetteer knows                   ToponymRow
organizations  "Pemprov Banten", "DPRD Kota Serang"                  OrganizationRow
entities       persons, organisations and locations by the trained   EntityRow
               model; also ``doc.ents``
people         every mention of a person by name                     PersonRow
officials      every post bound to a person, bare titles that        OfficialRow
               stand for a person
dates          calendar expressions                                  DateRow
temporals      durations, sets and clock times (off by default)      TemporalRow
places         places as such                                        PlaceRow
quotes         what was said, without the marks                      QuoteRow
speakers       the words that name a quote's speaker                 SpeakerRow
keywords       key phrases                                           KeywordRow
============== ===================================================== ===================

Sentences are ``doc.sents``, topics are ``doc.cats``. What the caller knew of the article (ArticleFacts) is ``doc._.article``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypedDict, cast
from weakref import WeakKeyDictionary

from spacy.tokens import Doc, Span

CONTENT_KINDS = frozenset({"title", "subheading", "body", "caption"})
"""Kinds of segment that are the article itself; nothing but the dateline's places is taken from the others."""


class ArticleFacts(TypedDict, total=False):
    """What the caller knew of the article; all optional."""

    id: str
    path: str | None
    url: str | None
    outlet: str | None
    author: str | None
    title: str | None
    published: str | None  # ISO 8601 day or minute
    published_origin: str  # given or metadata
    warnings: list[str]  # what could not be used of it


class SegmentRow(TypedDict):
    """``kind`` as in ``Record.segments``."""

    kind: str
    by: str


class MarkRow(TypedDict):
    """``closed`` is False when the passage has no closing mark of its own (it runs on, or the writer forgot)."""

    closed: bool


class TitleRow(TypedDict):
    """A head of a post. ``title`` in full words; ``row`` is the table row's key.

    ``level`` national, province, regency, city, district, village or None when the area or organisation decides;
    ``public`` None when the organisation decides; ``takes`` says what may follow: ``area`` (Bupati Serang), ``unit``
    (Kepala Biro X), ``organization`` (Ketua DPRD X), ``field`` (pakar hukum X) or ``none`` (Kapolri). ``inner`` is the token
    of the span, from 0, where the unit or organisation begins that its last words name (Plt Kepala | Dinas: 2), else None.
    """

    title: str
    acting: str | None
    former: bool
    level: str | None
    public: bool | None
    takes: str
    organization: str | None  # full form of the organisation inside an abbreviation (Kapolres: Kepolisian Resor)
    inner: int | None
    row: str


class ToponymRow(TypedDict):
    """An area name with its reading. ``code`` None when the evidence is too thin to choose among ``candidates``.

    ``marker`` is the level word that stands in the span ("Kota", "Kecamatan", "Provinsi") or right before it.
    """

    name: str
    kind: str
    code: str | None
    candidates: list[str]
    marker: str | None
    score: float
    by: str


class OrganizationRow(TypedDict):
    """``name`` in full words; ``code`` of the area it serves (``ID`` for national bodies); ``public``: a body of the state.

    ``unit`` is True for a part of a body ("Bidang Angkutan Jalan", "Komisi II"); a body right behind it is the one it is part of.
    The layer's extra ``tails`` holds a PostTail for every head in the layer ``titles``.
    """

    name: str
    code: str | None
    level: str | None
    public: bool | None
    unit: bool
    by: str


class PostTail(TypedDict):
    """What belongs to a post behind its head: token ranges of unit, organisation and bare area, and where the post ends.

    "Kabid Angkutan Jalan | Dishub | Kota Bima": unit "Angkutan Jalan", organization "Dishub Kota Bima". A range may begin
    inside the head ("Kepala Dinas Sosial": organization "Dinas Sosial"). ``code`` of the area written there, ``ID`` for a
    body of the Republic; ``public`` of the organisation, None when that is not known.
    """

    end: int
    unit: tuple[int, int] | None
    organization: tuple[int, int] | None
    area: tuple[int, int] | None
    code: str | None
    level: str | None
    public: bool | None


class EntityRow(TypedDict):
    """``score``: the probability of the entity's least sure word. The span's label is its kind.

    ``organization``: how often the model's news corpus had one of the words in an organisation's name, from 0 to 1.
    """

    score: float
    organization: float


class PersonRow(TypedDict):
    """One mention by name; ``person`` is the index into the layer's extra list ``persons`` (PersonFacts).

    ``outer`` are the tokens of the mention with the honorifics, ranks and degrees round the name.
    """

    person: int
    kind: str
    outer: tuple[int, int]


class PersonFacts(TypedDict):
    """One human being of the article."""

    name: str
    aliases: list[str]
    honorifics: list[str]
    degrees: list[str]
    rank: str | None
    confidence: float
    by: str


class OfficialRow(TypedDict):
    """A post bound to a person (``kind`` post), or a bare title that stands for a person (``kind`` mention)."""

    kind: str
    person: int
    acting: str | None
    former: bool
    title: str
    unit: str | None
    organization: str | None
    code: str | None
    level: str | None
    public: bool
    confidence: float
    by: str


class DateRow(TypedDict):
    """As in ``Record.dates``. The layer's extra ``anchor`` is the day that relative expressions count from, or None.

    Its extra ``published`` is the day of publication where the text itself makes it certain, or None.
    """

    value: str
    grain: str
    relative: bool
    conflict: bool
    by: str


class TemporalRow(TypedDict):
    """A TIMEX3 expression that is no calendar date, as in ``Record.temporals``: ``type`` DURATION, SET or TIME."""

    type: str
    value: str
    quant: str | None
    freq: str | None
    by: str


class LiesIn(TypedDict, total=False):
    """What a place without a code may have: the code of the area or country that it lies in."""

    within: str | None


class PlaceRow(LiesIn):
    """As in ``Record.places``; path, country and position follow from the code, path and country else from ``within``."""

    kind: str
    name: str
    code: str | None
    role: str
    confidence: float
    by: str


class QuoteRow(TypedDict):
    """``cue`` in character offsets; ``link`` the index of the quote that this one continues, or None."""

    kind: str
    cue: tuple[int, int] | None
    lemma: str | None
    link: int | None
    confidence: float
    by: str


class SpeakerRow(TypedDict):
    """Who said quote number ``quote``; ``person`` None for a source that is no named person."""

    quote: int
    person: int | None
    name: str
    confidence: float
    by: str


class KeywordRow(TypedDict):
    """How telling a phrase is for the article, 0 to 1."""

    score: float


class Words:
    """The Doc's tokens as plain lists, made once a Doc: text, lower-cased text, character offsets, and whether content."""

    __slots__ = ("content", "end", "lower", "start", "text")

    def __init__(self, doc: Doc) -> None:
        whole = full_text(doc)
        places: list[tuple[int, int]] = doc.to_array(["IDX", "LENGTH"]).tolist() if len(doc) else []
        self.start: list[int] = [start for start, _ in places]
        self.end: list[int] = [start + length for start, length in places]
        self.text: list[str] = [whole[start : start + length] for start, length in places]
        self.lower: list[str] = [t.lower() for t in self.text]
        self.content: list[bool] = _content_mask(doc)

    def __len__(self) -> int:
        return len(self.text)


_words: WeakKeyDictionary[Doc, Words] = WeakKeyDictionary()
_texts: WeakKeyDictionary[Doc, str] = WeakKeyDictionary()
_ranges: WeakKeyDictionary[Doc, dict[str, tuple[Any, list[tuple[int, int, Any]]]]] = WeakKeyDictionary()


def full_text(doc: Doc) -> str:
    """The Doc's text, which spaCy would put together anew at every call."""
    whole = _texts.get(doc)
    if whole is None:
        whole = _texts[doc] = doc.text
    return whole


def remember_text(doc: Doc, whole: str) -> None:
    """Spare the Doc putting its text together: it was made of ``whole``, unless its tokeniser lost some of it."""
    if len(doc) and doc[-1].idx + len(doc[-1].text_with_ws) == len(whole):
        _texts[doc] = whole


def words(doc: Doc) -> Words:
    """The Doc's tokens as plain lists; computed at the first call after the segments are known, then shared."""
    view = _words.get(doc)
    if view is None or len(view) != len(doc):
        view = _words[doc] = Words(doc)
    return view


def write(doc: Doc, layer: str, found: Iterable[tuple[Span, Any]], **extra: Any) -> None:
    """Set a layer: spans with their rows, in text order as given; ``extra`` are facts of the layer as a whole."""
    pairs = list(found)
    rows = [row for _, row in pairs]
    doc.spans[layer] = [span for span, _ in pairs]
    doc.spans[layer].attrs.update(extra, rows=rows)
    _ranges.setdefault(doc, {})[layer] = rows, [(span.start, span.end, row) for span, row in pairs]
    if layer == "segments":
        _words.pop(doc, None)


def read(doc: Doc, layer: str) -> list[tuple[Span, Any]]:
    """A layer's spans with their rows; empty when no component wrote it."""
    if layer not in doc.spans:
        return []
    group = doc.spans[layer]
    return list(zip(group, cast(Sequence[Any], group.attrs.get("rows", ())), strict=True))


def ranges(doc: Doc, layer: str) -> Sequence[tuple[int, int, Any]]:
    """A layer as (first token, token behind the last, row) each: ``read`` without making Spans, for whoever needs none."""
    if layer not in doc.spans:
        return ()
    known = _ranges.setdefault(doc, {})
    rows = doc.spans[layer].attrs.get("rows")
    if layer not in known or known[layer][0] is not rows:
        known[layer] = rows, [(span.start, span.end, row) for span, row in read(doc, layer)]
    return known[layer][1]


def extra(doc: Doc, layer: str, key: str, default: Any = None) -> Any:
    """A fact of a layer as a whole (``persons`` of people, ``anchor`` of dates)."""
    return doc.spans[layer].attrs.get(key, default) if layer in doc.spans else default


def facts(doc: Doc) -> ArticleFacts:
    """What the caller knew of the article."""
    return cast(ArticleFacts, doc._.article or {})


def _content_mask(doc: Doc) -> list[bool]:
    if "segments" not in doc.spans:
        return [True] * len(doc)
    mask = [False] * len(doc)
    for start, end, row in ranges(doc, "segments"):
        if row["kind"] in CONTENT_KINDS:
            mask[start:end] = [True] * (end - start)
    return mask


if not Doc.has_extension("article"):
    Doc.set_extension("article", default=None)
