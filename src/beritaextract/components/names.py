"""Find names of persons: runs of capitalised words, weighed by what the words are and by what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from beritaextract.components.addresses import Piece, pieces
from beritaextract.components.name_aliases import beside
from beritaextract.components.name_bounds import acronyms, best_stretch, brand_words, wants_more, widen
from beritaextract.components.name_contexts import evidence_before, is_ministers
from beritaextract.components.name_evidence import Evidence
from beritaextract.components.name_scores import Said, piece_scores
from beritaextract.components.name_tables import name_tables
from beritaextract.components.post_context import before_area, title_before
from beritaextract.components.wordline import BREAK, TITLE, TOPONYM, Line
from beritaextract.lexicon import Lexicon


@dataclass(slots=True)
class Found:
    """One mention of a person: word indices of the name, and what stands round it.

    ``before`` and ``after`` are where honorifics begin and degrees end. ``weight`` is the log odds that this is a person;
    ``left`` the kind of evidence before it (post, honorific, rank, says, names, alias, initials, role, near) or "";
    ``title`` that of the post before it.
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
    title: str | None = None


_THRESHOLD = 1.0
_LONGEST = 7
_SHORT = 3
_BLOCKED = -5.0
"""Evidence against a name that nothing makes up for: it is a thing's or a place's."""

_LEFT = {
    "post": 2.6,
    "honorific": 2.6,
    "rank": 3.5,
    "says": 2.0,
    "names": 3.5,
    "alias": 2.0,
    "initials": 3.0,
    "role": 1.5,
    "near": 0.9,
    "": 0.0,
}
"""What the evidence before a name weighs, in log odds."""


class NameFinder:
    """The search for names in a Line."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.tables = name_tables(lexicon)
        self._evidence = Evidence(self.tables)
        self._serving = self.tables.words["client"] | self.tables.words["speaks"]

    def find(self, line: Line) -> tuple[list[Found], list[tuple[int, int]]]:
        """Mentions of persons in text order, and the runs of capitalised words in which none was found."""
        found: list[Found] = []
        rest: list[tuple[int, int]] = []
        after, said = 0, Said(line, self.tables)
        for start, end in self._runs(line):
            if end - start == 1 and self._is_common(line, start):
                rest.append((start, end))
                continue
            for piece in pieces(line, max(start, after), end, self.tables):
                after = piece.after
                if not piece.left and found:
                    last = found[-1]
                    piece.left = beside(line, piece, (last.start, last.end), last.after, self.tables.words)
                person = self._weigh(line, piece, said)
                if person is None or person.weight <= _THRESHOLD or (found and self._is_held(line, person, found[-1])):
                    rest.append((piece.start, piece.end))
                else:
                    found.append(person)
                    if piece.start < person.start:
                        rest.append((piece.start, person.start))
        return found, rest

    def _is_common(self, line: Line, i: int) -> bool:
        """A lone word that nothing beside it makes a name: "Sementara itu", "hari |Senin|". It spares weighing most runs."""
        if i + 1 < len(line) and line.gap[i + 1] in ("(", ","):
            if self.tables.scores.get(line.key[i], 0.0) > -2.5:
                return False
        elif self.tables.score(line, i) >= 0.7:
            return False
        if line.gap[i] == BREAK:
            return True
        before = i - 1
        if TITLE in line.cover[max(0, i - 6) : i]:
            return False
        plain = not line.gap[i] and line.shape[before] == "l" and not line.cover[before]
        return (
            plain
            and line.key[before] not in self.tables.cue_words
            and line.key[before] not in self.tables.words["joins"]
        )

    def _is_held(self, line: Line, person: Found, last: Found) -> bool:
        """Is a lone word in commas what the post of the name before is of? "Sulaiman, Kadus |Gadeng|, membenarkan"."""
        start, end = person.start, person.end
        if person.left != "post" or last.left == "post" or end - start > 1 or line.gap[start] or end >= len(line):
            return False
        if line.gap[end] != "," or person.before < start or self.tables.score(line, start) >= 0.7:
            return False
        title = title_before(line, start, self.tables)
        return title is not None and line.gap[line.span_start(title)] == "," and last.after == line.span_start(title)

    def may_be_short(self, line: Line, run: tuple[int, int], start: int, end: int) -> bool:
        """May words of a known name stand for the person again here? Not in "Stadion Gunarto", "Gunarto Cup"."""
        if all(line.cover[i] == TOPONYM and self.tables.scores.get(line.key[i], 0.0) < 0 for i in range(start, end)):
            return False
        scores = [self.tables.score(line, i) for i in range(start, end)]
        if line.heading[start]:
            return min(scores) > -3
        if not self._may_be_name(line, start, end) or (max(scores) < -1 and line.gap[start] == BREAK):
            return False
        return self._evidence.against(line, Piece(*run), start, end) > -2.6

    def weigh_words(self, line: Line, run: tuple[int, int], start: int, end: int) -> tuple[float, float] | None:
        """Log odds that words of a run are a name by themselves and by what follows; None where they cannot be one."""
        if end - start > _LONGEST or not self._may_be_name(line, start, end):
            return None
        if all(line.cover[i] == TOPONYM and self.tables.scores.get(line.key[i], 0.0) < 0 for i in range(start, end)):
            return None
        inside = sum(self.tables.score(line, i) for i in range(start, end))
        piece = Piece(*run)
        if self._evidence.against(line, piece, start, end) <= _BLOCKED:
            return None
        return 0.7 * max(-5.0, min(4.5, inside)), self._evidence.right(line, piece, end)

    def _runs(self, line: Line) -> Iterator[tuple[int, int]]:
        """Stretches of words that could be names: capitalised, in no title or organisation, particles inside."""
        particles = self.tables.words["particle"]
        i, n, shape = 0, len(line), line.shape
        while i < n:
            if shape[i] == "l" or not self._evidence.is_name_shaped(line, i) or self._opens(line, i):
                i += 1
                continue
            j = i + 1
            while j < n and not line.gap[j]:
                if self._evidence.is_name_shaped(line, j) or self._is_surname(line, j):
                    j += 1
                    continue
                k = j
                while k < min(n, j + 2) and line.key[k] in particles and not line.gap[k]:
                    k += 1
                if k == j or k >= n or line.gap[k] or not self._evidence.is_name_shaped(line, k):
                    break
                j = k + 1
            yield i, j
            i = j

    def _opens(self, line: Line, i: int) -> bool:
        """A reporting word that opens a sentence before a name: "|Menurut| Lestari", "|Didampingi| Lestari"."""
        if line.gap[i] != BREAK or self.tables.scores.get(line.key[i], 0.0) > -2:
            return False
        cue = self.tables.cues.match(line, i)
        return cue is not None and cue[0] == i + 1 and cue[1] in ("says", "near")

    def _is_surname(self, line: Line, i: int) -> bool:
        """A word of a post or an area that ends a name: "Gunarto Hakim"."""
        if (
            line.cover[i] not in (TITLE, TOPONYM)
            or line.shape[i] != "C"
            or self.tables.scores.get(line.key[i], -4.0) < -3
        ):
            return False
        alone = line.span_start(i) == i and line.span_end(i) == i + 1
        closed = i + 1 == len(line) or line.gap[i + 1] != "" or line.shape[i + 1] == "l"
        return alone and closed and self.tables.score(line, i - 1) > 0

    def _weigh(self, line: Line, piece: Piece, said: Said) -> Found | None:
        """The likeliest name in a piece with its weight."""
        left, fixed = evidence_before(line, piece.start if piece.before < 0 else piece.before, self.tables)
        if piece.left in ("", "near"):
            piece.left = left or piece.left
        piece.fixed = piece.fixed or (fixed and left == piece.left) or (fixed and left == "post")
        scores = piece_scores(line, piece, self.tables, said)
        start, end = self._bounds(line, piece, scores)
        if start >= end or end - start > _LONGEST or not self._may_be_name(line, start, end):
            return None
        if piece.before >= 0 and self.tables.not_names.match(line, piece.before) is not None:
            return None
        if end < piece.end:
            piece.degrees, piece.after = [], end
        if start > piece.start and piece.left == "rank":
            piece.rank = None
        inside = scores[start - piece.start : end - piece.start]
        expected = piece.left == "post" and is_ministers(line, piece.start, self.tables)
        weight = _LEFT[piece.left] + 0.7 * max(-1.0 if expected else -5.0, min(4.5, sum(inside)))
        weight += self._evidence.right(line, piece, end)
        if weight > _THRESHOLD:
            weight += self._evidence.against(line, piece, start, end)
        if weight <= _THRESHOLD:
            return None
        loose = not piece.fixed or (line.gap[piece.start] in ("", ")") and sum(inside) < 0.7)
        title = self._title(line, piece)
        served = title is not None and title.lower() in self._serving
        if piece.left == "post" and loose and not served and self._evidence.another_follows(line, end):
            weight -= 3.0
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
            title=title,
        )

    def _title(self, line: Line, piece: Piece) -> str | None:
        """The title of the post that stands before a piece."""
        at = piece.start if piece.before < 0 else piece.before
        i = title_before(line, before_area(line, at), self.tables) if at else None
        if i is None or not line.cover[at - 1] or self.tables.is_plural(line, i):
            return None
        return line.titles[line.span[i]]["title"]

    def _bounds(self, line: Line, piece: Piece, scores: list[float]) -> tuple[int, int]:
        """Where in the piece the likeliest name begins and ends."""
        first = 1 if wants_more(line, piece, scores, self.tables.blockers) else acronyms(line, piece, scores)
        first = first or self._country(line, piece)
        if first >= len(scores):
            return piece.start, piece.start
        a, b = best_stretch(scores[first:], piece.fixed)
        a, b = a + first, b + first
        if not line.heading[piece.start]:
            a, b = widen(scores, a, b, first, whole=bool(piece.left))
        start, end = piece.start + a, piece.start + b
        if piece.left == "post" and piece.before < 0 and not line.gap[piece.start]:
            start += brand_words(line, start, end, scores[a:b])
        while end > start and line.key[end - 1] in self.tables.words["particle"]:
            end -= 1
        return start, end

    def _country(self, line: Line, piece: Piece) -> int:
        """How many words before a name are a country that a post is of: "Jaksa Agung |Bolivia| Roger Marino"."""
        behind = piece.left == "post" and piece.before < 0 and not line.gap[piece.start]
        found = self.tables.countries.match(line, piece.start) if behind and line.cover[piece.start - 1] else None
        return found[0] - piece.start if found is not None and found[0] < piece.end else 0

    def _may_be_name(self, line: Line, start: int, end: int) -> bool:
        """Not initials, degrees or words of address alone: "M. R.", "S.Pd.", "Letkol"; not "El Nino", "Melati Foundation"."""
        if not self.tables.lone.isdisjoint(line.key[start:end]):
            return False
        words = range(start, end)
        if all(line.shape[i] in "Il" or self.tables.is_degree(line, i) for i in words):
            return False
        if end - start > 1 and not line.heading[start] and all(_is_short_capitals(line, i) for i in words):
            return False
        found = self.tables.address.match(line, start), self.tables.not_names.match(line, start)
        return all(match is None or match[0] < end for match in found)


def _is_short_capitals(line: Line, i: int) -> bool:
    """An initial or an abbreviation: both words of "Kapolsek |SU I|"."""
    return line.shape[i] in "UI" and len(line.key[i]) <= _SHORT
