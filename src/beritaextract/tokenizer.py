"""A spaCy tokeniser for Indonesian news.

On top of spaCy's ``id`` defaults: abbreviations of ``data/abbreviations.tsv`` and initials keep their full stop ("Jl.", "M.
Ridwan", "S.Pd.I."), numbers, dates and clock times stay whole ("20/6/2024", "1,2", "07.30"), reduplication and clitics stay
whole ("langkah-langkah", "katanya"), quotation marks and lost sentence spaces are split ("ungkapnya.“Kita",
"gratis.Kuota"). The text itself is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import spacy
from spacy.attrs import ORTH
from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, CURRENCY, UNITS
from spacy.lang.tokenizer_exceptions import URL_MATCH
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

from beritaextract.lexicon import packaged

QUOTES = "\"“”„«»‘’'`"
"""Every character that news use as a quotation mark."""

_DOUBLE = re.escape('"“”„«»')
_INITIALS = re.compile(rf"[{ALPHA_UPPER}]\.(?:[{ALPHA_UPPER}][{ALPHA_LOWER}]{{0,3}}\.?)*$|[Rr]p\.$")


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A row of ``abbreviations.tsv``: a form written with a full stop that does not end a sentence, and what it stands for.

    ``ends`` is yes for the few that often stand at the end of a sentence too ("dll.", "S.H.").
    """

    form: str
    full: str
    ends: bool
    example: str


@spacy.registry.tokenizers("beritaextract.tokenizer.v1")
def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """The registered maker: ``[nlp.tokenizer] @tokenizers = "beritaextract.tokenizer.v1"``."""

    def make(nlp: Language) -> Tokenizer:
        return Tokenizer(
            nlp.vocab,
            rules={form: [{ORTH: form}] for form in abbreviation_forms()},
            prefix_search=compile_prefix_regex(_prefixes()).search,
            suffix_search=compile_suffix_regex(_suffixes()).search,
            infix_finditer=compile_infix_regex(_infixes()).finditer,
            token_match=_INITIALS.match,
            url_match=URL_MATCH,
        )

    return make


def abbreviation_forms() -> set[str]:
    """All spellings of the table's abbreviations: "Jl.", "jl.", "JL."."""
    forms = {row.form for row in packaged().rows("abbreviations", Abbreviation)}
    return {v for f in forms for v in (f, f.lower(), f.upper(), f[:1].upper() + f[1:])}


def _prefixes() -> list[str]:
    return ["…", r"\.\.+", "--+", "[-–—](?=[^0-9])", rf"[{re.escape(QUOTES)}]", r"[(\[{<§%=#*+&,:;!?/|•·~]", r"[Rr]p\.?(?=[0-9])", CURRENCY, "±"]


def _suffixes() -> list[str]:
    return [
        "…",
        r"\.\.+",
        "[-–—]+",
        rf"[{re.escape(QUOTES)}]",
        r"[)\]}>,:;!?%*=/|~•]",
        rf"(?<=[0-9{ALPHA}{re.escape(QUOTES)}%²\-\+\)\]])\.",
        rf"(?<=[0-9])(?:{UNITS})",
        r"(?<=[0-9])(?:" + CURRENCY + ")",
    ]


def _infixes() -> list[str]:
    letters, low, up = ALPHA, ALPHA_LOWER, ALPHA_UPPER
    return [
        "…",
        r"\.\.+",
        "--+",
        "[–—]",
        rf"[{_DOUBLE}]",
        r"[()\[\]{}|•]",
        rf"(?<=[{low}])[.?!](?=[{up}])",
        rf"(?<=[{up}0-9)%])[.?!](?=[{up}][{low}])",
        rf"[.,?!;:](?=[{_DOUBLE}‘’'])",
        rf"(?<=[{_DOUBLE}])[.,?!;:]",
        rf"(?<=[.,?!])['‘’](?=[{letters}])",
        rf"(?<=[{letters}0-9%)]),(?=[{letters}])",
        rf"(?<=[{letters}])[:;<>=/?!](?=[{letters}])",
        rf"(?<=[{letters}]{{2}})-(?=[{up}]{{2}}[{letters}]*\b)(?<=[{low}]-)",
    ]
