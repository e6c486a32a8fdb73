"""Which mentions name the same human being: short names, first names, initials, spellings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from beritaextract.components.names import Found
from beritaextract.components.wordline import Line

_NEAR = 20
"""Words back to the person whose second name of several words stands here."""

_SURE_SHORT = 4
"""Letters of a first name's beginning that stand for it whatever stands before: "|Agus| menambahkan" of Agustanto."""


@dataclass(slots=True)
class Named:
    """One person in the making: the words of the fullest name, and every mention with the words it has.

    ``nicknames`` are names of one word that is none of the full name's, ``others`` second names of several words.
    """

    words: tuple[str, ...]
    mentions: list[tuple[Found, tuple[str, ...]]] = field(default_factory=list)
    nicknames: set[str] = field(default_factory=set)
    others: set[tuple[str, ...]] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)

    @property
    def last_seen(self) -> int:
        """Word index of the latest mention."""
        return self.mentions[-1][0].start if self.mentions else 0

    def add(self, found: Found, name: tuple[str, ...]) -> None:
        """Take a mention in; the longest form becomes the name."""
        self.mentions.append((found, name))
        if found.title:
            self.titles.add(found.title)
        if len(name) == 1 and name[0] not in self.words:
            self.nicknames.add(name[0])
        elif found.left == "alias":
            self.others.add(name)
        if len(name) > len(self.words) and not is_nickname(name, self.words):
            self.words = name


def name_words(line: Line, start: int, end: int) -> tuple[str, ...]:
    """The words of a name in a form that can be compared: "Mas’ud" → "mas'ud"."""
    return tuple(key.replace("’", "'").replace("‘", "'").replace("`", "'") for key in line.key[start:end])


class _Known:
    """The persons so far, found by the words of their names and by what short forms begin and end with."""

    def __init__(self) -> None:
        self.persons: list[Named] = []
        self._by_key: dict[str, list[int]] = {}

    def add(self, person: Named) -> None:
        """Know one more person."""
        self.persons.append(person)
        self.note(len(self.persons) - 1, person.words)

    def note(self, index: int, words: tuple[str, ...]) -> None:
        """Know a form of a person's name."""
        for key in _keys(words):
            found = self._by_key.setdefault(key, [])
            if not found or found[-1] != index:
                found.append(index)

    def near(self, name: tuple[str, ...]) -> list[int]:
        """Indices of the persons that a name may mean, each once."""
        return sorted({index for key in _keys(name) for index in self._by_key.get(key, ())})


def _keys(words: tuple[str, ...]) -> set[str]:
    """Words, and for short forms what they begin and end with, and the initials."""
    edges = {edge for w in words if len(w) >= 3 for edge in ("^" + w[:2], w[-3:] + "$")}
    return {*words, *edges, "".join(w[0] for w in words)} if len(words) > 1 else {*words, *edges}


def cluster(line: Line, mentions: Iterable[Found]) -> list[Named]:
    """Persons in the order of their first mention; mentions in body text are settled before those in headlines."""
    known = _Known()
    for found in sorted(mentions, key=lambda f: (f.heading, _abbreviates(line, f), f.start)):
        name = name_words(line, found.start, found.end)
        index = match(known, name, found)
        if index is None and found.left == "again":
            continue
        if index is None:
            known.add(Named(name))
            index = len(known.persons) - 1
        known.persons[index].add(found, name)
        known.note(index, name)
    return known.persons


def _abbreviates(line: Line, found: Found) -> int:
    """0 for a name in full, 1 for its initials in brackets, 2 for capitals elsewhere: "Ketua SBY", which the brackets explain."""
    if found.end - found.start > 1 or line.shape[found.start] != "U" or found.heading:
        return 0
    return 1 if found.left == "initials" else 2


def match(known: _Known, name: tuple[str, ...], found: Found) -> int | None:
    """The person that a mention names again, or None. The closest form wins, then the latest mention."""
    persons = known.persons
    near = known.near(name)
    scored = [
        (_closeness(persons[i], name, found), persons[i].last_seen <= found.start, persons[i].last_seen, i)
        for i in near
    ]
    best = max(scored, key=lambda item: item[:3], default=None)
    if best is not None and best[0] > 0:
        return best[3]
    if found.left in ("alias", "initials") and persons:
        far = found.start if len(name) == 1 else _NEAR
        before = [i for i in range(len(persons)) if 0 < found.start - persons[i].last_seen <= far]
        return max(before, key=lambda i: persons[i].last_seen, default=None)
    if len(name) == 1 and (found.left or len(name[0]) >= _SURE_SHORT):
        short = [i for i in near if is_nickname(name, persons[i].words)]
        if not found.left:
            short = [i for i in short if persons[i].words[0].startswith(name[0])]
        return short[0] if len(short) == 1 else None
    return None


def _closeness(person: Named, name: tuple[str, ...], found: Found) -> int:
    """Likeness; a surname with another post than the full name's is another's: "Wali Kota Alfin", "Ketua PKK Sri Alfin"."""
    if len(name) == 1 and name[0] in person.nicknames:
        return 4
    short, long = sorted((name, person.words), key=len)
    surname = len(short) == 1 < len(long) and short[0] == long[-1]
    if surname and found.title and person.titles and found.title not in person.titles:
        return 0
    return max(likeness(name, form) for form in (person.words, *person.others))


def likeness(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    """How surely two names are one person's: 4 the same, 3 one inside the other, 2 spelt alike, 0 not.

    "Budi" and "Budi Santoso" 3; "M. Ridwan" and "Muhammad Ridwan" 3; "Akhmad Salim" and "Ahmad Salim" 2.
    """
    if a == b:
        return 4
    short, long = sorted((a, b), key=len)
    if _inside(short, long):
        return 3 if short[0] == long[0] or short[-1] == long[-1] or len(short) > 1 else 2
    if len(short) > 1 and len(short) == len(long) and _spelt_alike(short, long):
        return 2
    return 0


def _inside(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Do the words of a name stand in another in this order? An initial stands for a word that begins with it."""
    if len(short) == 1 and (len(short[0]) < 2):
        return False
    i = 0
    for word in long:
        if i < len(short) and (word == short[i] or (len(short) > 1 and _initial(word, short[i]))):
            i += 1
    return i == len(short)


def _initial(a: str, b: str) -> bool:
    """ "m" and "muhammad"; one of the two is a single letter."""
    return (len(a) == 1) != (len(b) == 1) and a[:1] == b[:1]


def _spelt_alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """All words the same but one, which differs by one letter: "Akhmad Salim", "Ahmad Salim"."""
    different = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return len(different) == 1 and min(map(len, different[0])) >= 4 and _one_edit(*different[0])


def _one_edit(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    if len(long) - len(short) > 1:
        return False
    i = 0
    while i < len(short) and short[i] == long[i]:
        i += 1
    rest = 1 if len(long) == len(short) else 0
    return short[i + rest :] == long[i + 1 :]


def is_nickname(name: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """A short form: "Bandi" of "Subandi", "Rian" of "Rianumi", "Gunsal" of "Gunarto Salim", "GSP" of "Gunarto Salim Putra"."""
    if len(name) != 1 or not 3 <= len(name[0]) <= 6 or name[0] in full:
        return False
    short = name[0]
    if short == "".join(w[0] for w in full) or any(w.startswith(short) or w.endswith(short) for w in full):
        return True
    return len(full) > 1 and any(
        short[:k] == full[0][:k] and full[1].startswith(short[k:]) for k in range(2, len(short) - 1)
    )
