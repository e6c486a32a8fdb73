"""Find names of persons: runs of capitalised words, weighed by what the words are and by what stands beside them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from beritaextract.components.wordline import BREAK, ORGANIZATION, TITLE, TOPONYM, Line, PhraseIndex
from beritaextract.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class NameWord:
    """A row of ``name_words.tsv``: how often a word is part of a name, and how often of something else."""

    word: str
    names: int
    others: int


@dataclass(frozen=True, slots=True)
class Honorific:
    """A row of ``honorifics.tsv``: a word before a name ("Bapak", "KH", "Dr.")."""

    form: str
    kind: Literal["common", "title", "late", "degree", "name"]
    example: str


@dataclass(frozen=True, slots=True)
class Rank:
    """A row of ``ranks.tsv``: "AKBP", "Brigjen Pol", and the branches behind an army rank ("Inf")."""

    form: str
    full: str
    kind: Literal["rank", "corps"]
    example: str


@dataclass(frozen=True, slots=True)
class Degree:
    """A row of ``degrees.tsv``: "S.H.", "M.Si."."""

    form: str
    full: str
    example: str


@dataclass(frozen=True, slots=True)
class NameCue:
    """A row of ``name_cues.tsv``: words right before a person's name ("kata", "bernama", "akrab disapa", "tersangka")."""

    form: str
    kind: Literal["says", "names", "alias", "role", "near"]
    example: str


@dataclass(frozen=True, slots=True)
class NameBlocker:
    """A row of ``name_blockers.tsv``: a word that makes the name behind it a thing's or a place's ("Stadion")."""

    form: str
    example: str


@dataclass(frozen=True, slots=True)
class NotName:
    """A row of ``not_names.tsv``: capitalised words that only look like a name ("El Nino")."""

    form: str
    example: str


@dataclass(slots=True)
class Found:
    """One mention of a person: word indices of the name, and what stands round it.

    ``before`` and ``after`` are where honorifics begin and degrees end. ``weight`` is the log odds that this is a person;
    ``left`` the kind of evidence before it (post, honorific, rank, says, names, alias, role, near) or "".
    """

    start: int
    end: int
    left: str
    weight: float
    heading: bool
    honorifics: list[str]
    degrees: list[str]
    rank: str | None
    before: int
    after: int


@dataclass(slots=True)
class _Piece:
    """A stretch that may hold one name.

    ``fixed``: the name begins with it; ``before``: where honorifics and ranks begin; ``after``: index behind the degrees.
    """

    start: int
    end: int
    left: str = ""
    fixed: bool = False
    before: int = -1
    after: int = 0
    rank: str | None = None
    honorifics: list[str] = field(default_factory=list)
    front_degrees: list[str] = field(default_factory=list)
    degrees: list[str] = field(default_factory=list)


PARTICLES = frozenset(["bin", "binti", "bint", "van", "von", "der", "den", "de", "da", "dos", "el", "al", "ibn", "ben"])
"""Words in lower case inside a name: "Ahmad bin Salim", "Willem van Dijk"."""

_VERB = re.compile(r"(?:me|ber|di|ter|ikut$|turut$|juga$|pun$|sendiri$|sudah$|telah$|akan$|lalu$|lantas$)\w*")
_DEGREE = re.compile(r"(?:S|M|A|B|D|Sp)\.(?:[A-Z][A-Za-z]{0,5}\.?){1,3}")
_AFFIXED = re.compile(r"(?:me[nm]|pem|pen|peng|ke|di|ber|ter)\w{4,}|\w{4,}(?:nya|kan|lah)$")
_CONNECTORS = frozenset(
    [
        "dan",
        "di",
        "bidang",
        "pada",
        "untuk",
        "dari",
        "urusan",
        "wilayah",
        "se",
        "serta",
        "atau",
        "bagi",
        "of",
        "and",
        "for",
        "on",
        "the",
    ]
)
_NO_PART = frozenset(
    ["yang", "itu", "ini", "saat", "pada", "ketika", "agar", "bahwa", "oleh", "dengan", "kata", "juga"]
)
_ENGLISH = frozenset(["and", "of", "for", "the", "on"])
_UNKNOWN = 0.2
_THRESHOLD = 1.0
_LONGEST = 7
_PREFIX_WEIGHT = {
    "post": 2.6,
    "honorific": 2.6,
    "rank": 3.5,
    "says": 2.0,
    "names": 3.5,
    "alias": 2.0,
    "role": 1.5,
    "near": 0.9,
    "": 0.0,
}


class NameFinder:
    """The tables of names, compiled, and the search for names in a Line."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._scores = {
            row.word: max(-4.0, min(2.5, math.log((row.names + 1) / (row.others + 1))))
            for row in lexicon.rows("name_words", NameWord)
        }
        self._endings = _endings(self._scores)
        ranks = lexicon.rows("ranks", Rank)
        honorifics = lexicon.rows("honorifics", Honorific)
        self._prefixes: PhraseIndex[str] = PhraseIndex(
            [(r.form, r.kind) for r in honorifics] + [(r.form, "rank") for r in ranks if r.kind == "rank"]
        )
        self._ranks: PhraseIndex[str] = PhraseIndex((r.form, r.full) for r in ranks if r.kind == "rank")
        self._rank_words = self._ranks.first_words()
        self._corps = frozenset(r.form.lower() for r in ranks if r.kind == "corps")
        self._degrees = frozenset(_bare(r.form) for r in lexicon.rows("degrees", Degree))
        self._cues: PhraseIndex[str] = PhraseIndex((r.form, r.kind) for r in lexicon.rows("name_cues", NameCue))
        self._not_names: PhraseIndex[bool] = PhraseIndex((r.form, True) for r in lexicon.rows("not_names", NotName))
        self._blockers = frozenset(r.form.lower().split()[-1] for r in lexicon.rows("name_blockers", NameBlocker))
        self.dotted = frozenset(k for k in self._prefixes.words() | self._corps if len(k) <= 6) | {"abd", "moh", "muh"}

    def find(self, line: Line) -> tuple[list[Found], list[tuple[int, int]]]:
        """Mentions of persons in text order, and the runs of capitalised words in which none was found."""
        self.uncover_ranks(line)
        found: list[Found] = []
        rest: list[tuple[int, int]] = []
        after = 0
        for start, end in self._runs(line):
            for piece in self._pieces(line, max(start, after), end):
                after = piece.after
                person = self._weigh(line, piece)
                if person is None or person.weight <= _THRESHOLD:
                    rest.append((piece.start, piece.end))
                else:
                    found.append(person)
                    if piece.start < person.start:
                        rest.append((piece.start, person.start))
        return found, rest

    def uncover_ranks(self, line: Line) -> None:
        """A rank is no title though a word of it may be: "Ajun |Komisaris| Besar Budi", "Kapolsek Curug |Komisaris| Budi"."""
        for i in range(len(line)):
            if line.key[i] not in self._rank_words:
                continue
            match = self._ranks.match(line, i)
            if match is None or not any(line.cover[k] == TITLE for k in range(i, match[0])):
                continue
            longer = any(line.cover[k] != TITLE for k in range(i, match[0])) or match[0] - i > 1
            behind = i > 0 and line.gap[i] in ("", ",", ")") and behind_post(line, i) is not None
            if (longer or behind) and (
                match[0] == len(line) or line.cover[match[0]] != TITLE or line.span[match[0]] != line.span[i]
            ):
                for k in range(i, match[0]):
                    line.cover[k] = 0

    def score(self, line: Line, i: int) -> float:
        """Log odds that word ``i`` is part of a name, whatever stands beside it."""
        key, shape = line.key[i], line.shape[i]
        known = self._scores.get(key)
        if shape == "I":
            value = 0.2
        elif any(c.isdigit() for c in key):
            return -3.0
        elif shape == "l":
            return 0.0
        elif known is not None:
            value = known
        elif shape == "U" and not line.heading[i]:
            value = -1.5 if len(key) <= 5 else -0.5
        elif line.heading[i]:
            value = -1.5 if _AFFIXED.match(key) else self._endings.get(key[-3:], 0.0) - 0.3
        else:
            value = _UNKNOWN + self._endings.get(key[-3:], 0.0)
        return value - 1.0 if line.cover[i] == TOPONYM else value

    def may_be_short(self, line: Line, run: int, start: int, end: int, run_end: int) -> bool:
        """May words of a known name stand for the person again here? Not in "Stadion Gunarto", "Gunarto Cup"."""
        if all(line.cover[i] == TOPONYM and self._scores.get(line.key[i], 0.0) < 0 for i in range(start, end)):
            return False
        if line.heading[start]:
            return all(self.score(line, i) > -3 for i in range(start, end))
        if not self._may_be_name(line, start, end):
            return False
        alone = all(self.score(line, i) < -1.0 for i in range(start, end))
        return not (alone and line.gap[start] == BREAK) and self._against(line, _Piece(run, run_end), start, end) > -2.6

    def _runs(self, line: Line) -> Iterator[tuple[int, int]]:
        """Stretches of words that could be names: capitalised, in no title or organisation, particles inside."""
        i, n = 0, len(line)
        while i < n:
            if not self._is_name_shaped(line, i):
                i += 1
                continue
            j = i + 1
            while j < n and not line.gap[j]:
                if self._is_name_shaped(line, j) or self._is_surname(line, j):
                    j += 1
                elif (
                    line.key[j] in PARTICLES and j + 1 < n and not line.gap[j + 1] and self._is_name_shaped(line, j + 1)
                ):
                    j += 2
                else:
                    break
            yield i, j
            i = j

    def _is_name_shaped(self, line: Line, i: int) -> bool:
        """Capitalised, in no title or organisation; an area's word only if it is a likely name word as well."""
        if line.shape[i] not in "CUI" or line.cover[i] in (TITLE, ORGANIZATION):
            return False
        if line.cover[i] != TOPONYM:
            return True
        governed = i > 0 and line.cover[i - 1] in (TITLE, TOPONYM) and not line.gap[i]
        return not governed and self._scores.get(line.key[i], -1.0) > 1.0

    def _is_surname(self, line: Line, i: int) -> bool:
        """A word of a post or an area that ends a name: "Gunarto Hakim"."""
        if line.shape[i] != "C" or self._scores.get(line.key[i], -4.0) < -3:
            return False
        alone = i + 1 == len(line) or line.span[i + 1] != line.span[i] or line.cover[i + 1] != line.cover[i]
        closed = i + 1 == len(line) or line.gap[i + 1] != "" or line.shape[i + 1] == "l"
        return alone and closed and line.cover[i] in (TITLE, TOPONYM) and self.score(line, i - 1) > 0

    def _pieces(self, line: Line, start: int, end: int) -> list[_Piece]:
        """The run cut where words of address begin: "Polda Riau Kombes Budi" → "Polda Riau", "Budi" (rank Kombes)."""
        pieces: list[_Piece] = []
        if start >= end:
            return []
        current = _Piece(start, end)
        before = self._address_before(line, start)
        if before is not None:
            current = self._address(line, before, end)
        i = current.start
        while i < end:
            if self._prefixes.match(line, i) is not None and self._splits(line, current.start, i):
                address = self._address(line, i, end)
                if address.start < end:
                    if current.start < i:
                        current.end = i
                        pieces.append(current)
                    elif current.left:
                        _merge(address, current)
                    current = address
                    i = current.start
                    continue
            i += 1
        pieces.append(current)
        for piece in pieces:
            self._cut_degrees(line, piece)
            left, fixed = self._left(line, piece.start if piece.before < 0 else piece.before)
            if not piece.left or left == "post":
                piece.left, piece.fixed = piece.left or left, piece.fixed or fixed
        return [p for p in pieces if p.start < p.end]

    def _address_before(self, line: Line, start: int) -> int | None:
        """Where an address begins that ends right before a run: "|bapak Budi", "|Letkol Inf (Purn) Budi"."""
        i = start
        if i > 1 and line.gap[i] == ")" and line.gap[i - 1] == "(" and len(line.key[i - 1]) <= 5:
            i -= 1
            while i > 1 and line.key[i - 1] in self._corps and not line.gap[i - 1]:
                i -= 1
        elif i == 0 or line.gap[i]:
            return None
        before = self._prefixes.match_before(line, i)
        return None if before is None or line.cover[i - 1] == TITLE else before[0]

    def _splits(self, line: Line, start: int, i: int) -> bool:
        """A one-letter honorific behind a name word is that name's initial: "Sutan H Pane"."""
        return i == start or len(line.key[i]) > 2 or self.score(line, i - 1) < 0

    def _address(self, line: Line, start: int, end: int) -> _Piece:
        """Read honorifics, degrees in front and ranks from ``start`` on: "Kombes Pol (Purn) Dr. H. …"."""
        piece = _Piece(start, end)
        i = start
        while i < len(line) and (i == start or line.gap[i] in ("", ")")):
            match = self._prefixes.match(line, i)
            if match is None:
                break
            text = " ".join(line.text[i : match[0]])
            i = match[0]
            kind = match[1]
            if kind == "rank":
                i = self._behind_rank(line, i, end)
                piece.rank, piece.left = text, "rank"
            elif kind == "degree":
                piece.front_degrees.append(text)
                piece.left = piece.left or "honorific"
            else:
                piece.honorifics.append(text)
                piece.left = piece.left or "honorific"
        piece.start, piece.fixed, piece.before = i, True, start
        return piece

    def _behind_rank(self, line: Line, i: int, end: int) -> int:
        """Behind the branch and what brackets add: "Letkol Inf", "Mayor Laut (P)", "Brigjen TNI (Purn)"."""
        while i < end and not line.gap[i] and line.key[i] in self._corps:
            i += 1
        if i + 1 < len(line) and line.gap[i] == "(" and len(line.key[i]) <= 5 and line.gap[i + 1] == ")":
            i += 1
        return i

    def _cut_degrees(self, line: Line, piece: _Piece) -> None:
        """Take degrees off the end, and those that follow behind commas: "Budi SH, MH"."""
        i = piece.end
        while i - 1 > piece.start and self._is_degree(line, i - 1):
            i -= 1
        for k in range(piece.start + 1, i):
            if self._is_degree(line, k) and self.score(line, k + 1) < -1:
                i = k
                break
        piece.end = i
        while i < len(line) and line.gap[i] in ("", ",") and self._is_degree(line, i):
            piece.degrees.append(line.text[i].rstrip("."))
            i += 1
        piece.after = i

    def _is_degree(self, line: Line, i: int) -> bool:
        text = line.text[i]
        if not text[0].isupper() or line.cover[i] in (TITLE, ORGANIZATION):
            return False
        return (_bare(text) in self._degrees and (line.shape[i] != "C" or "." in text or len(text) <= 4)) or bool(
            _DEGREE.fullmatch(text)
        )

    def _left(self, line: Line, start: int) -> tuple[str, bool]:
        """Evidence before a word: kind, and whether the name must begin right there."""
        gap = line.gap[start]
        if gap == BREAK or start == 0:
            return "", False
        if gap in ("", ")", ",") and behind_post(line, before_area(line, start)) is not None:
            return "post", gap != "" or line.cover[start - 1] in (ORGANIZATION, TOPONYM)
        cue = self._cues.match_before(line, start)
        if cue is not None and (gap == "" or (gap == "," and cue[1] == "role")):
            return cue[1], cue[1] in ("names", "alias")
        return "", False

    def _weigh(self, line: Line, piece: _Piece) -> Found | None:
        """The likeliest name in a piece with its weight."""
        scores = [self.score(line, i) for i in range(piece.start, piece.end)]
        first = 1 if _wants_unit(line, piece) else 0
        if first and len(scores) == 1:
            return None
        a, b = _best(scores[first:], piece.fixed)
        a, b = a + first, b + first
        if not line.heading[piece.start]:
            a, b = _widen(scores, a, b, first, whole=bool(piece.left))
        start, end = piece.start + a, piece.start + b
        while end > start and line.key[end - 1] in PARTICLES:
            end -= 1
        if start >= end or end - start > _LONGEST or not self._may_be_name(line, start, end):
            return None
        if end < piece.end:
            piece.degrees, piece.after = [], end
        weight = _PREFIX_WEIGHT[piece.left] + 0.7 * max(-5.0, min(4.5, sum(scores[a:b])))
        weight += self._right(line, piece, end) + self._against(line, piece, start, end)
        if piece.left == "post" and not piece.fixed and self._another_follows(line, end):
            weight -= 2.5
        return Found(
            start=start,
            end=end,
            left=piece.left,
            weight=weight,
            heading=line.heading[start],
            honorifics=piece.honorifics,
            degrees=piece.front_degrees + piece.degrees,
            rank=piece.rank,
            before=piece.before if piece.before >= 0 and start == piece.start else start,
            after=piece.after,
        )

    def _may_be_name(self, line: Line, start: int, end: int) -> bool:
        """Not initials, degrees or words of address alone: "M. R.", "S.Pd.", "Letkol"."""
        if all(line.shape[i] in "Il" or self._is_degree(line, i) for i in range(start, end)):
            return False
        address, other = self._prefixes.match(line, start), self._not_names.match(line, start)
        return (address is None or address[0] < end) and (other is None or other[0] < end)

    def _right(self, line: Line, piece: _Piece, end: int) -> float:
        """Evidence behind a name: degrees, an age in brackets, a verb, a post behind a comma."""
        if piece.degrees:
            return 2.5
        if end >= len(line):
            return 0.0
        gap, key = line.gap[end], line.key[end]
        if gap == "(" and key.isdigit() and 2 < int(key) < 110:
            return 2.5
        if gap == "," and line.cover[end] == TITLE:
            return 1.5
        if gap == "" and not line.heading[end] and line.shape[end] == "l":
            if key in ("selaku", "sebagai") or key.startswith(("menga", "menje", "menyam", "menut", "mene")):
                return 1.2
            return 0.8 if _VERB.fullmatch(key) else 0.0
        return 0.0

    def _another_follows(self, line: Line, end: int) -> bool:
        """A comma and a further name: what stands before is what the post is of: "Komisaris |Persesa|, Gunarto Salim"."""
        return (
            end < len(line) and line.gap[end] == "," and self._is_name_shaped(line, end) and self.score(line, end) > -1
        )

    def _against(self, line: Line, piece: _Piece, start: int, end: int) -> float:
        """Evidence against: a lone word, a thing's or place's word before it, capitalised words beside it."""
        weight = -0.8 if end - start == 1 else 0.0
        if end - start == 1 and line.gap[start] == BREAK and self._scores.get(line.key[start], 0.0) < 0.7:
            weight -= 0.6
        if self._is_blocked(line, start):
            weight -= 4.0
        if line.shape[start] == "U" and end - start == 1 and not line.heading[start] and self.score(line, start) < 0.5:
            weight -= 4.0
        if end < len(line) and not line.gap[end] and line.key[end] in _ENGLISH:
            weight -= 3.0
        if end - start == 1 and piece.left in ("honorific", "near", "role", "") and self.score(line, start) < -1:
            weight -= 1.5
        if not piece.left and line.key[start] in ("al", "el"):
            weight -= 1.5
        if not line.heading[start]:
            weight -= 1.0 * (start > piece.start and piece.left != "post") + 1.5 * (end < piece.end)
        return weight

    def _is_blocked(self, line: Line, start: int) -> bool:
        """Does a thing's or place's word stand before, or up to five capitalised words earlier? "Masjid Raya |Gunarto"."""
        if line.key[start] in self._blockers and self._scores.get(line.key[start], 0.0) < -1:
            return True
        for i in range(start - 1, max(-1, start - 6), -1):
            if line.gap[i + 1] or line.cover[i]:
                return False
            if line.key[i] in self._blockers:
                return True
            if line.shape[i] == "l":
                return False
        return False


def before_area(line: Line, start: int) -> int:
    """Where a post ends before a name when an area in commas stands between: "Anggota DPRD Bima|, NTB, Budi"."""
    i = start
    while i > 0 and line.cover[i - 1] == TOPONYM:
        i -= 1
    return i if i < start and line.gap[start] == "," and line.gap[i] == "," else start


def behind_post(line: Line, start: int) -> int | None:
    """The word of a title that the words before ``start`` lead back to: "Kepala Dinas Perhubungan Banten, |Tri"."""
    gap, plain = line.gap[start], 0
    for i in range(start - 1, max(-1, start - 25), -1):
        if line.cover[i] == TITLE:
            field = line.titles[line.span[i]]["takes"] == "field"
            return i if not plain or field or (line.gap[start] == "," and plain < 4) else None
        if gap == BREAK or (gap == "," and i < start - 1 and not _same_span(line, i)):
            return None
        if line.shape[i] == "l" and not line.cover[i] and (line.key[i] not in _CONNECTORS or i == start - 1):
            plain += 1
            if i == start - 1 and line.key[i] in _CONNECTORS:
                return None
            if plain > 5 or _VERB.fullmatch(line.key[i]) or line.key[i] in _NO_PART:
                return None
        gap = line.gap[i]
    return None


def _same_span(line: Line, i: int) -> bool:
    """Do words ``i`` and ``i + 1`` stand in one span of a layer?"""
    return line.cover[i] != 0 and line.cover[i] == line.cover[i + 1] and line.span[i] == line.span[i + 1]


def _best(scores: list[float], fixed: bool) -> tuple[int, int]:
    """The stretch with the highest sum; with ``fixed`` it begins at the first word."""
    best, span = -math.inf, (0, 0)
    starts = [0] if fixed else range(len(scores))
    for a in starts:
        total = 0.0
        for b in range(a + 1, len(scores) + 1):
            total += scores[b - 1]
            if total > best + 1e-9:
                best, span = total, (a, b)
    return span


def _widen(scores: list[float], a: int, b: int, first: int, whole: bool) -> tuple[int, int]:
    """Take in the words beside the likeliest stretch that a name may well hold: "Ni |Luh Sari| Utama".

    With ``whole`` a name runs to the end of its run, whatever its words: "Bupati |Riadi| Akhir Bintang".
    """
    while a > first and scores[a - 1] > -1.3:
        a -= 1
    while b < len(scores) and (whole or scores[b] > -2.5):
        b += 1
    return a, b


def _wants_unit(line: Line, piece: _Piece) -> bool:
    """Does a title stand right before that must be followed by a unit? "Kabag |Prokopim Faisal"."""
    i = piece.start - 1
    if i < 0 or piece.left != "post" or piece.fixed or line.gap[piece.start] or line.cover[i] != TITLE:
        return False
    return line.titles[line.span[i]]["takes"] in ("unit", "field")


def _endings(scores: dict[str, float]) -> dict[str, float]:
    """How much likelier a word with such last three letters is a name than any other word: "-nto", "-wan", "-yah"."""
    names: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for word, score in scores.items():
        if len(word) > 4 and "-" not in word:
            (names if score > 0 else others)[word[-3:]] += 1
    base = math.log((sum(names.values()) + 1) / (sum(others.values()) + 1))
    frequent = {e for e in names | others if names[e] + others[e] >= 8}
    return {e: max(-1.0, min(1.0, 0.5 * (math.log((names[e] + 1) / (others[e] + 1)) - base))) for e in frequent}


def _merge(into: _Piece, earlier: _Piece) -> None:
    into.honorifics[:0] = earlier.honorifics
    into.front_degrees[:0] = earlier.front_degrees
    into.rank, into.before = earlier.rank or into.rank, earlier.before
    if earlier.left == "rank":
        into.left = "rank"


def _bare(form: str) -> str:
    """ "S.Pd.I." → "spdi"."""
    return form.replace(".", "").replace(" ", "").lower()
