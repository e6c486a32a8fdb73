"""What stands beside a name for and against its being one: an age, a verb, a post; a thing's word, further capitals."""

from __future__ import annotations

import re

from beritaextract.components.addresses import Piece
from beritaextract.components.name_tables import NameTables
from beritaextract.components.post_context import title_before
from beritaextract.components.wordline import BREAK, ORGANIZATION, TITLE, TOPONYM, Line

_SITE = re.compile(r"[a-z]{2}\.[a-z]{2,5}$")
"""The end of an internet address: "Kabarlokal|al.co|"."""

_LIKELY = 1.0
_SURE = 1.5
_NEAR = 6


class Evidence:
    """The evidence round a stretch of words, in log odds that it is a person's name."""

    def __init__(self, tables: NameTables) -> None:
        self._tables = tables

    def is_name_shaped(self, line: Line, i: int) -> bool:
        """Capitalised, in no title or organisation; an area's word only if it is a likely name word as well."""
        if line.shape[i] not in "CUI" or line.cover[i] in (TITLE, ORGANIZATION) or _SITE.search(line.text[i]):
            return False
        if line.cover[i] != TOPONYM:
            return True
        governed = i > 0 and line.cover[i - 1] != 0 and not line.gap[i]
        return not governed and self._tables.scores.get(line.key[i], -1.0) > 1.0

    def right(self, line: Line, piece: Piece, end: int) -> float:
        """Evidence behind a name: degrees, an age in brackets, a verb, a post behind a comma."""
        if piece.degrees:
            return 2.5
        if end >= len(line):
            return 0.0
        gap, key = line.gap[end], line.key[end]
        if gap == "(" and key.isdecimal() and 2 < int(key[:4]) < 110:
            return 5.0 if self._tells_what(line, end + 1) else 2.5
        if gap == "," and line.shape[end] == "l" and self._tells_what(line, end):
            return 2.8
        if gap == "," and line.cover[end] == TITLE:
            return 1.5
        if gap == "," and self._is_called(line, end):
            return 2.5
        if gap == "," and piece.left == "role" and line.gap[piece.start] == ",":
            return 0.5
        if gap == "," and piece.left == "post" and line.gap[piece.start] == "," and line.shape[end] == "l":
            return 1.0
        if gap == "" and line.cover[end] == TITLE and line.shape[end] != "l" and not line.heading[end]:
            return 0.8
        link = self._tables.links.match(line, end) if gap == "" and line.shape[end] == "l" else None
        if link is not None and link[0] < len(line) and line.cover[link[0]] == TITLE and not line.gap[link[0]]:
            return 2.0
        if gap == "" and not line.heading[end] and line.shape[end] == "l":
            return 1.2 if self._tables.reports(key) else 0.8 if self._tables.is_verb(key) else 0.0
        return 0.0

    def _tells_what(self, line: Line, i: int) -> bool:
        """Do the words behind a comma or a bracket say what somebody is in private life: "|salah satu| petani", "|warga|"?"""
        if i >= len(line) or line.gap[i] not in (",", ")"):
            return False
        return line.key[i] in self._tables.roles or self._tables.someone.match(line, i) is not None

    def _is_called(self, line: Line, i: int) -> bool:
        """Does a comma lead on to the full name: "Togun, |sapaan akrab| Gunarto Salim"?"""
        cue = self._tables.cues.match(line, i) if line.shape[i] == "l" else None
        return cue is not None and cue[1] == "alias" and cue[0] < len(line) and line.shape[cue[0]] in "CU"

    def another_follows(self, line: Line, end: int) -> bool:
        """A further name follows, so this is what the post is of: "Komisaris |Persesa|, Gunarto", "Rektor |UBP| Prof. …"."""
        if end >= len(line) or line.gap[end] not in (",", ""):
            return False
        if not line.gap[end] and line.cover[end] in (TOPONYM, ORGANIZATION):
            return True
        if line.shape[end] in "CUI" and self._tables.address.match(line, end) is not None:
            return True
        return line.gap[end] == "," and self.is_name_shaped(line, end) and self._tables.score(line, end) > -1

    def against(self, line: Line, piece: Piece, start: int, end: int) -> float:
        """Evidence against: a lone word, a thing's or place's word before it, capitalised words beside it."""
        weight = self._against_lone(line, piece, start) if end - start == 1 else 0.0
        ranked = piece.left == "rank"
        addressed = ranked or piece.left == "honorific"
        if (addressed and self._is_called_after(line, piece.before)) or (
            not ranked and self._is_blocked(line, start, end, piece.left == "post")
        ):
            weight -= 6.0
        if piece.left == "post" and _in_bracket(line, start, end):
            weight -= 3.0
        if end < len(line) and not line.gap[end] and line.key[end] in self._tables.words["english"]:
            weight -= 3.0
        if not piece.left and line.key[start] in self._tables.words["particle"]:
            weight -= 2.5
        if not line.heading[start]:
            weight -= 1.0 * (start > piece.start and piece.left != "post") + 1.5 * (end < piece.end)
        return weight

    def _against_lone(self, line: Line, piece: Piece, start: int) -> float:
        """A single word is less surely a name; an acronym or a common word hardly ever."""
        if piece.left == "initials":
            return 0.0
        score = self._tables.score(line, start)
        weight = -0.8
        if line.gap[start] == BREAK and score < 0.7:
            weight -= 0.6
        if line.shape[start] == "U" and not line.heading[start] and score < _SURE:
            weight -= 4.0
        if piece.left in ("honorific", "near", "role", "") and score < -1:
            weight -= 1.5
        if piece.left == "post" and not piece.fixed and score < 0.7 and self._takes_body(line, start):
            weight -= 1.2
        return weight

    @staticmethod
    def _takes_body(line: Line, start: int) -> bool:
        """Does a title stand right before that a body's name may follow: "petugas |Avsec|"?"""
        i = start - 1
        return line.cover[i] == TITLE and not line.gap[start] and line.titles[line.span[i]]["takes"] == "organization"

    def _is_called_after(self, line: Line, before: int) -> bool:
        """Does a thing's or place's word stand right before a rank: "|Stadion| Kapten Gunarto"?"""
        i = before - 1
        if i < 0 or line.gap[before] or line.cover[i] or line.key[i] not in self._tables.blockers:
            return False
        return title_before(line, before, self._tables) is None

    def _is_blocked(self, line: Line, start: int, end: int, post: bool) -> bool:
        """Does a thing's or place's word stand before, or up to five capitalised words earlier? "Masjid Raya |Gunarto".

        Behind a ``post`` a thing's word may close the body's name: "Manajer Melati Hotel |Gunarto Salim".
        """
        blockers = self._tables.blockers
        if line.key[start] in blockers and self._tables.scores.get(line.key[start], 0.0) < -1:
            return True
        if self._names_thing(line, start) or self._is_hyphened(line, start, end):
            return True
        for i in range(start - 1, max(-1, start - 6), -1):
            if line.gap[i + 1]:
                return False
            if line.cover[i]:
                ends = i == start - 1 and line.cover[i] == ORGANIZATION and line.key[i] in blockers
                return ends and not (post and self._closes_body(line, start, end))
            if line.key[i] in blockers:
                return True
            if line.shape[i] == "l":
                return False
        return False

    def _is_hyphened(self, line: Line, start: int, end: int) -> bool:
        """Is it one half of two words that are no names together: "|Soekarno|-|Hatta|"?"""
        edges = (k for k in (start, end) if 0 < k < len(line) and line.gap[k] == "/")
        return any((line.key[k - 1], line.key[k]) in self._tables.joined_not_names for k in edges)

    def _names_thing(self, line: Line, start: int) -> bool:
        """Is it a thing that bears the name: "aplikasi itu bernama |Joko|"; not "pemilik sapi bernama |Joko|"?"""
        cue = self._tables.cues.match_before(line, start) if start and not line.gap[start] else None
        if cue is None or cue[1] != "names":
            return False
        things, found = self._tables.words["thing"], False
        for i in range(cue[0] - 1, max(-1, cue[0] - _NEAR), -1):
            if line.key[i] in self._tables.roles or line.cover[i] == TITLE:
                return False
            found = found or line.key[i] in things
            if line.gap[i]:
                break
        return found

    def _closes_body(self, line: Line, start: int, end: int) -> bool:
        """Does the thing's word before a likely name close a body's name, which no abbreviation in brackets goes on?"""
        closed = end < len(line) and line.gap[end] in (",", "(")
        return line.span_start(start - 1) < start - 1 and self._tables.score(line, start) > _LIKELY and not closed


def _in_bracket(line: Line, start: int, end: int) -> bool:
    """Does a stretch close brackets that a post's abbreviation opens? "Kepala Biro Multimedia (Karo |Mulmed|)"."""
    if end >= len(line) or line.gap[end] != ")" or line.gap[start]:
        return False
    for i in range(start - 1, max(-1, start - 4), -1):
        if line.cover[i] == TITLE or line.gap[i] not in ("", "("):
            return False
        if line.gap[i] == "(":
            return True
    return False
