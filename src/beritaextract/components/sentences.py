"""Sentence boundaries fit for news: never across segments, never inside a closed quotation."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from beritaextract.components.base import TableComponent
from beritaextract.layers import Words, ranges, words
from beritaextract.lexicon import Lexicon
from beritaextract.tokenizer import QUOTES, Abbreviation, abbreviation_forms

_ENDS = frozenset({".", "?", "!", "…"})
_LAST = "".join(_ENDS)  # what the last word of a sentence, or its mark, ends with
_DOTS = re.compile(r"\.\.+$")
_CLOSERS = frozenset(QUOTES) | {")", "]"}
_WITHIN = frozenset({",", ";", ":", ")", "]", "/"})
_INITIAL = re.compile(r"[^\W\d_]\.$")
_NUMBER = re.compile(r"[0-9]{1,2}$")
_LETTER = re.compile(r"[A-Za-z]$")
_DEGREE = re.compile(r"[^\W\d_]{1,5}\.[^\W\d_]")


@dataclass(frozen=True, slots=True)
class LetterWord:
    """A row of ``letter_words.tsv``: a word that a letter names ("vitamin C")."""

    word: str
    example: str


@Language.factory("beritaextract_sentences", assigns=["token.is_sent_start", "doc.sents"], requires=["doc.spans"])
class SentenceSplitter(TableComponent):
    """Sets ``token.is_sent_start``.

    A sentence starts with a segment ("Kamis (20/6/2024).⏎Wali Kota …"), after a final mark and what closes with it when
    the next word can open one ("…katanya. “Kita …"), never after an abbreviation ("Jl. Merdeka"), an initial ("M. Ridwan")
    or the number of a list's item ("8. Beras"), and never inside a closed passage of quotation marks: a quotation belongs
    whole to the sentence that reports it.
    """

    def __init__(self, nlp: Language, name: str = "beritaextract_sentences") -> None:
        super().__init__(name)

    def compile(self, lexicon: Lexicon) -> None:
        """Abbreviations that may also end a sentence ("dll."), those that may open one ("dr."), and words before letters."""
        rows = lexicon.rows("abbreviations", Abbreviation)
        self._ending = frozenset(row.form.lower() for row in rows if row.ends)
        self._forms = frozenset(abbreviation_forms(lexicon))
        self._before_letter = frozenset(row.word for row in lexicon.rows("letter_words", LetterWord))

    def __call__(self, doc: Doc) -> Doc:
        """Set the boundaries."""
        if len(doc):
            flags = np.full(len(doc), -1, dtype=np.int64)
            flags[sorted(self.find(doc))] = 1
            doc.from_array(["SENT_START"], flags.astype(np.uint64))  # type: ignore[arg-type]
        return doc

    def find(self, doc: Doc) -> set[int]:
        """Indices of the tokens that start a sentence."""
        view = words(doc)
        inside = [False] * len(view)
        for first, end, row in ranges(doc, "marks"):
            if row["closed"]:
                inside[first + 1 : end] = [True] * (end - first - 1)
        starts = {0} | {first for first, _, _ in ranges(doc, "segments")}
        i = item = 0
        while i < len(view):
            if i in starts:
                item = 0 if _first_word(view, i) != i else item
            after = self._end_at(view, i) if view.text[i][-1] in _LAST else None
            if after is None:
                i += 1
                continue
            marker = _item_number(view, i, starts, item)
            if marker is not None:
                item, opens = marker
                if not inside[opens]:
                    starts.add(opens)
            elif after < len(view) and not inside[after] and self._can_open(view, after):
                starts.add(after)
            i = max(after, i + 1)
        return {s for s in starts if s < len(view)}

    def _end_at(self, view: Words, i: int) -> int | None:
        """Index behind a sentence that ends with token ``i`` and what closes with it, else None."""
        if not self._ends(view, i):
            return None
        j = i + 1
        while (
            j < len(view) and view.start[j] == view.end[j - 1] and (view.text[j] in _CLOSERS or _is_final(view.text[j]))
        ):
            if view.text[j] in QUOTES and _opens(view, j):
                break
            j += 1
        while j < len(view) and view.text[j].isspace():
            j += 1
        return j

    def _ends(self, view: Words, i: int) -> bool:
        """Is token ``i`` a final mark, or an abbreviation that can stand for one too ("dll.", "vitamin C.")?"""
        text = view.text[i]
        if _is_final(text):
            return True
        if text[-1] != ".":
            return False
        after = next((view.text[j] for j in range(i + 1, min(i + 3, len(view))) if not view.text[j].isspace()), "")
        if view.lower[i] in self._ending:
            return not _DEGREE.match(after) and after not in self._forms
        return i > 0 and _INITIAL.match(text) is not None and view.lower[i - 1] in self._before_letter

    def _can_open(self, view: Words, i: int) -> bool:
        """Can token ``i`` be the first of a sentence? "Kita", "“Kita", "8", "- Kita", "dr." (yes), "iPhone", ", kata" (no)."""
        j = _first_word(view, i)
        if j == len(view) or any(text in _WITHIN for text in view.text[i:j]):
            return False
        first = view.text[j][0]
        return first.isupper() or first.isdigit() or (view.text[j][-1] == "." and view.text[j] in self._forms)


def _is_final(text: str) -> bool:
    return text in _ENDS or _DOTS.match(text) is not None


def _first_word(view: Words, i: int) -> int:
    while i < len(view) and not view.text[i][:1].isalnum():
        i += 1
    return i


def _opens(view: Words, i: int) -> bool:
    """Does the quotation mark ``i`` stand right before a word, behind a final mark: ``ujarnya.“Kita``?"""
    return i + 1 < len(view) and view.start[i + 1] == view.end[i] and view.text[i + 1][0].isalnum()


def _item_number(view: Words, i: int, starts: set[int], item: int) -> tuple[int, int] | None:
    """(number, index of its token) when the full stop ``i`` stands behind the number of a list's item, else None.

    That is a number or letter at the start of a sentence or line ("8. Beras", "a. Beras"), or the next in turn within one
    ("1. Beras 2. Gula").
    """
    k = i - 1
    if k < 0 or view.text[i] != "." or view.end[k] != view.start[i]:
        return None
    number, letter = _NUMBER.match(view.text[k]), _LETTER.match(view.text[k])
    if number is None and letter is None:
        return None
    in_turn = number is not None and item > 0 and int(view.text[k]) == item + 1
    at_start = (
        k in starts or (k > 0 and "\n" in view.text[k - 1]) or (k > 0 and view.text[k - 1] in "-•" and k - 1 in starts)
    )
    if not (in_turn or at_start):
        return None
    opens = k if k not in starts and not (k > 0 and k - 1 in starts) else next(s for s in (k, k - 1) if s in starts)
    return (int(view.text[k]) if number else 0), opens
