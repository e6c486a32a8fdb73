"""Names beside another name: its initials or second form in brackets or behind "atau", the next of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from beritaextract.components.addresses import Piece
from beritaextract.components.name_tables import PostWords
from beritaextract.components.wordline import BREAK, TITLE, Line

_LEAST_INITIALS = 3
_LOOSE = frozenset({"says", "near", ""})
"""Evidence before a lone word that a body may have as well: "menurut |Counterpoint|"."""


class Name(Protocol):
    """What is looked at of a name that was found: its words, and the kind of evidence before it."""

    start: int
    end: int
    left: str


AnyName = TypeVar("AnyName", bound=Name)


def beside(line: Line, piece: Piece, name: tuple[int, int], after: int, words: PostWords) -> str:
    """Evidence from the name just before, its words and where its degrees end, that a piece is a name too.

    "Suharno Wibawa (|Suwi|)", "Gunarto Salim-|Ratmini Lestari|", "Siti dan |Ani|"; "alias" where it is the same person's.
    """
    start, end = piece.start, piece.end
    if after == start:
        follows = line.gap[end] if end < len(line) else BREAK
        bracketed = line.gap[start] == "(" and follows == ")"
        if bracketed and are_initials(line, piece, name):
            return "initials"
        if bracketed and (end - start == 1 or shares_word(line, piece, name)):
            return "alias"
        joined = end < len(line) and line.key[end] in words["joins"]
        if line.gap[start] == "/" or (line.gap[start] == "," and (follows == "," or joined)):
            return "near"
    if after == start - 1 and not line.gap[start] and not line.gap[after]:
        if line.key[after] in words["joins"]:
            return "near"
        if line.key[after] in words["or"] and shares_word(line, piece, name):
            return "alias"
    return ""


def are_initials(line: Line, piece: Piece, name: tuple[int, int]) -> bool:
    """Is a piece the capitals that a name begins with: "Gunarto Hadi Wibawa (|GHW|)"?"""
    key = line.key[piece.start]
    if piece.end - piece.start > 1 or len(key) < _LEAST_INITIALS or line.shape[piece.start] != "U":
        return False
    return key == "".join(word[0] for word in line.key[slice(*name)])


def shares_word(line: Line, piece: Piece, name: tuple[int, int]) -> bool:
    """Has a piece of several words one with a name, and not all: "Edward Omar Hidayat atau |Eddy Hidayat|"?"""
    own, other = set(line.key[piece.start : piece.end]), set(line.key[slice(*name)])
    return len(own) > 1 and bool(own & other) and own != other


def without_bodies(line: Line, found: Sequence[AnyName], words: PostWords) -> list[AnyName]:
    """Names but lone words that a post beside one is of: "menurut |Counterpoint|" where "analis Counterpoint, Woo Jin" stands."""
    before = (name.start - 1 for name in found if name.start > 1 and line.gap[name.start] == ",")
    served = words["client"] | words["speaks"]
    bodies = {
        line.key[k]
        for k in before
        if not line.gap[k]
        and line.cover[k - 1] == TITLE
        and line.titles[line.span[k - 1]]["title"].lower() not in served
    }
    if not bodies:
        return list(found)
    bodies.difference_update(*(line.key[name.start : name.end] for name in found if name.end - name.start > 1))
    return [
        name
        for name in found
        if name.end - name.start > 1 or name.left not in _LOOSE or line.key[name.start] not in bodies
    ]
