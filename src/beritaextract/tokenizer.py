"""A spaCy tokeniser for Indonesian news.

On top of spaCy's ``id`` defaults: abbreviations of ``data/abbreviations.tsv`` and initials keep their full stop ("Jl.", "M.
Ridwan", "S.Pd.I."), numbers, dates and clock times stay whole ("20/6/2024", "1,2", "07.30"), reduplication and clitics stay
whole ("langkah-langkah", "katanya"), paired names are split ("Jakarta-Bandung"), and so are quotation marks and lost
sentence spaces ("ungkapnya.“Kita", "gratis.Kuota", "Jl.Merdeka"). The text itself is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import cast

from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, CURRENCY, UNITS
from spacy.lang.tokenizer_exceptions import URL_MATCH
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

from beritaextract.lexicon import Lexicon, packaged

QUOTES = "\"“”„«»‘’'`"
"""Every character that news use as a quotation mark."""

_DOUBLE = re.escape('"“”„«»')
_PICTURE = "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff]"
_EMOJI = f"(?:{_PICTURE}[\ufe0f\u200d\U0001f3fb-\U0001f3ff]*)+"
_INITIALS = rf"(?:[{ALPHA_UPPER}]\.)+[{ALPHA_UPPER}]{{0,3}}\.?$"
_TWICE = r"(?=[^\W\d]{2,20}-)(?i:[^\W\d]{0,6}?([^\W\d]{2,14})-\1[^\W\d]{0,8}$)"
_PREFIXED = rf"[{ALPHA_LOWER}]{{2,6}}-[{ALPHA_UPPER}]\w*$"
_ENTITY = "&(?:quot|ldquo|rdquo|lsquo|rsquo|apos|nbsp|amp);"
_LONG, _PIECE = 1000, 250
_LONG_RUN = re.compile(rf"\S{{{_LONG},}}")
_INVISIBLE = "[\u200b\u200e\u200f\u2060\ufeff]"
_CACHED = 100_000
"""How many runs between blanks are tokenised once only."""


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A row of ``abbreviations.tsv``: a form written with a full stop that does not end a sentence, and what it stands for.

    ``ends`` is yes for those that often stand at the end of a sentence ("dll.", "S.H."): a capital after them starts a new
    one. ``any_case`` is yes where the form is also written in small letters and in capitals ("jl.", "JL.").
    """

    form: str
    full: str
    ends: bool
    example: str
    any_case: bool = False


class NewsTokenizer(Tokenizer):  # type: ignore[misc]
    """spaCy's tokeniser, in linear time for any text.

    spaCy takes affixes off one at a time, which is quadratic in the length of a run without spaces; runs of a thousand
    characters (a data address, a row of a table that lost its spaces) are tokenised in pieces.
    """

    def __call__(self, text: str) -> Doc:
        """The Doc of a text."""
        if len(text) < _LONG or not any(len(run) >= _LONG for run in text.split()):
            return cast(Doc, super().__call__(text))
        words: list[str] = []
        spaces: list[bool] = []
        for piece in _pieces(text):
            for token in super().__call__(piece):
                words.append(token.text)
                spaces.append(bool(token.whitespace_))
        return Doc(self.vocab, words=words, spaces=spaces)


class _Affixes:
    """A regex of affixes that is not asked about words of letters only, which have none; most words are such."""

    def __init__(self, regex: re.Pattern[str]) -> None:
        self._search, self._finditer = regex.search, regex.finditer
        self.pattern = regex.pattern
        """What spaCy saves of it."""

    def search(self, word: str) -> re.Match[str] | None:
        """As of the regex."""
        return None if word.isalpha() else self._search(word)

    def finditer(self, word: str) -> Iterable[re.Match[str]]:
        """As of the regex."""
        return () if word.isalpha() else self._finditer(word)


def _pieces(text: str) -> Iterator[str]:
    """The text cut within its long runs only, so that the pieces together are the text."""
    at = 0
    for run in _LONG_RUN.finditer(text):
        for cut in range(run.start(), run.end(), _PIECE):
            if cut > at:
                yield text[at:cut]
                at = cut
    yield text[at:]


@registry.tokenizers("beritaextract.tokenizer.v1")  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], NewsTokenizer]:
    """The registered maker: ``[nlp.tokenizer] @tokenizers = "beritaextract.tokenizer.v1"``."""

    def make(nlp: Language) -> NewsTokenizer:
        forms = abbreviation_forms(packaged())
        return NewsTokenizer(
            nlp.vocab,
            rules={},
            prefix_search=_Affixes(compile_prefix_regex(_prefixes(forms))).search,
            suffix_search=_Affixes(compile_suffix_regex(_suffixes())).search,
            infix_finditer=_Affixes(compile_infix_regex(_infixes())).finditer,
            token_match=_kept_whole(forms).match,
            url_match=URL_MATCH,
            max_cache_size=_CACHED,
        )

    return make


def use_abbreviations(tokenizer: Tokenizer, lexicon: Lexicon) -> None:
    """Make a tokeniser of ``make_tokenizer`` keep the abbreviations of this lexicon whole, in place of those it kept."""
    forms = abbreviation_forms(lexicon)
    tokenizer.prefix_search = _Affixes(compile_prefix_regex(_prefixes(forms))).search
    tokenizer.token_match = _kept_whole(forms).match


def abbreviation_forms(lexicon: Lexicon) -> set[str]:
    """All spellings of the table's abbreviations: "Jl.", "jl.", "JL."; a degree also without its last stop ("M.Si")."""
    forms: set[str] = set()
    for row in lexicon.rows("abbreviations", Abbreviation):
        form = row.form
        spelt = {form, form[:1].upper() + form[1:]} | ({form.lower(), form.upper()} if row.any_case else set())
        forms |= spelt | {s[:-1] for s in spelt if "." in s[:-1] and s.endswith(".")}
    return forms


def _kept_whole(forms: Iterable[str]) -> re.Pattern[str]:
    """Tokens never split: abbreviations, initials, "Undang-Undang", "bersama-sama", "non-ASN"."""
    return re.compile(rf"{_one_of(forms)}$|{_INITIALS}|{_TWICE}|{_PREFIXED}")


def _one_of(forms: Iterable[str]) -> str:
    """One regex for many forms, branching on the first character so that a failing match is found out early."""
    branches = []
    for first, group in groupby(sorted(forms), key=lambda form: form[0]):
        rest = "|".join(re.escape(form[1:]) for form in sorted(group, key=len, reverse=True))
        branches.append(f"{re.escape(first)}(?:{rest})")
    return f"(?:{'|'.join(branches) or '(?!)'})"


def _prefixes(forms: Iterable[str]) -> list[str]:
    up, low = ALPHA_UPPER, ALPHA_LOWER
    return [
        _ENTITY,
        "…",
        r"\.\.+",
        "--+",
        "[-–—](?=[^0-9])",
        rf"[{re.escape(QUOTES)}]",
        r"[()\[\]{}<>§%=#*+&,:;!?/|•·~]",
        rf"\.(?=[{ALPHA}{re.escape(QUOTES)}])",
        r"[Rr]p\.?(?=[0-9])",
        CURRENCY,
        "±",
        _EMOJI,
        _INVISIBLE,
        rf"{_one_of(f for f in forms if f.endswith('.'))}(?=[{up}][{low}]|[0-9]|[{up}]\.[{up}][{low}]{{3}})",
        rf"[{up}]\.(?=(?:[{up}]\.){{0,4}}[{up}][{low}]{{3}})",
    ]


def _suffixes() -> list[str]:
    return [
        _ENTITY,
        "…",
        r"\.\.+",
        "[-–—]+",
        rf"[{re.escape(QUOTES)}]",
        r"[)\]}>,:;!?%*=/|~•]",
        rf"(?<=[0-9{ALPHA}{re.escape(QUOTES)}%²\-\+\)\]])(?<!\.[{ALPHA_UPPER}])(?<![0-9]/R[TW])\.",
        rf"(?<=[0-9])(?:{UNITS})",
        r"(?<=[0-9])(?:" + CURRENCY + ")",
        rf"(?<=[.:][0-9]{{2}})[{ALPHA_UPPER}]{{3,4}}",
        _EMOJI,
        _INVISIBLE,
    ]


def _infixes() -> list[str]:
    letters, low, up = ALPHA, ALPHA_LOWER, ALPHA_UPPER
    domain = "(?!(?:Com|Co|Id|Net|Org|Info|Go)\\b)"
    return [
        _ENTITY,
        "…",
        r"\.\.+",
        "--+",
        "[–—]",
        rf"[{_DOUBLE}]",
        r"[()\[\]{}|•]",
        _EMOJI,
        rf"(?<=[{low}]{{2}})[.?!]{domain}(?=[{up}])",
        rf"(?<=[{low}]{{3}})\.(?=[0-9]{{1,2}}(?:\.|$))",
        rf"(?<=[{up}0-9%][{up}0-9)%])[.?!]{domain}(?=[{up}][{low}])",
        rf"(?<=\))[.?!](?=[{up}])",
        rf"[.,?!;:](?=[{_DOUBLE}‘’'])",
        rf"(?<=[{_DOUBLE}])[.,?!;:]",
        rf"(?<=[.,?!])['‘’](?=[{letters}])",
        rf"(?<=[{letters}0-9%).]),(?=[{letters}])",
        rf"(?<=[{letters}])[:;<>=/?!](?=[{letters}])",
        rf"(?<=[0-9])/(?=[{up}])",
        rf"(?<=/[{up}]{{2}}\.)(?=[0-9])",
        rf"(?<=[{low}]{{3}})-(?=[{up}](?:[{low}]{{2}}|[{up}]))",
        rf"(?<=[{up}]{{3}})-(?=[{up}](?:[{low}]{{2}}|[{up}]))",
    ]
