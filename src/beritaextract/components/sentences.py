"""Sentence boundaries fit for news: never across segments, never inside a closed quotation."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from beritaextract.components.base import TableComponent
from beritaextract.layers import Words, read, words
from beritaextract.lexicon import Lexicon
from beritaextract.tokenizer import QUOTES, Abbreviation

_ENDS = frozenset({".", "?", "!", "…", "...", ".."})
_CLOSERS = frozenset(QUOTES) | {")", "]"}


@Language.factory("beritaextract_sentences", assigns=["token.is_sent_start", "doc.sents"], requires=["doc.spans"])
class SentenceSplitter(TableComponent):
    """Sets ``token.is_sent_start``.

    A sentence starts with a segment ("Kamis (20/6/2024).⏎Wali Kota …"), after a final mark and what closes with it when
    the next word can open one ("…katanya. “Kita …"), never after an abbreviation ("Jl. Merdeka", "S.H. mengatakan") and
    never inside a closed passage of quotation marks: a quotation belongs whole to the sentence that reports it.
    """

    def __init__(self, nlp: Language, name: str = "beritaextract_sentences") -> None:
        super().__init__(name)

    def compile(self, lexicon: Lexicon) -> None:
        """Abbreviations that may also end a sentence ("dll.")."""
        rows = lexicon.rows("abbreviations", Abbreviation)
        self._ending = frozenset(r.form.lower() for r in rows if r.ends)

    def __call__(self, doc: Doc) -> Doc:
        """Set the boundaries."""
        if len(doc):
            starts = self.find(doc)
            for i, token in enumerate(doc):
                token.is_sent_start = i in starts
        return doc

    def find(self, doc: Doc) -> set[int]:
        """Indices of the tokens that start a sentence."""
        view = words(doc)
        inside = [False] * len(view)
        for span, row in read(doc, "marks"):
            if row["closed"]:
                inside[span.start + 1 : span.end] = [True] * (span.end - span.start - 1)
        starts = {0} | {span.start for span, _ in read(doc, "segments")}
        i = 0
        while i < len(view):
            after = self._end_at(view, i)
            if after is not None:
                if after < len(view) and not inside[after] and _can_open(view, after):
                    starts.add(after)
                i = max(after, i + 1)
            else:
                i += 1
        return {s for s in starts if s < len(view)}

    def _end_at(self, view: Words, i: int) -> int | None:
        """Index behind a sentence that ends with token ``i`` and what closes with it, else None."""
        text = view.text[i]
        if text not in _ENDS and view.lower[i] not in self._ending:
            return None
        j = i + 1
        while j < len(view) and (view.text[j] in _CLOSERS or view.text[j] in _ENDS) and view.start[j] == view.end[j - 1]:
            j += 1
        while j < len(view) and view.text[j].isspace():
            j += 1
        return j


def _can_open(view: Words, i: int) -> bool:
    """Can token ``i`` be the first of a sentence? "Kita", "“Kita", "8", "- Kita", "iPhone" (no), "ujarnya" (no)."""
    j = i
    while j < len(view) and not view.text[j][:1].isalnum():
        j += 1
    return j < len(view) and (view.text[j][0].isupper() or view.text[j][0].isdigit())
