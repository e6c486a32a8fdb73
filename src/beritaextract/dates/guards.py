"""What is no date though it looks like one: "Nomor 5 Tahun 2014", "Pemilu 2024", "skor 2-1", "Pasar Minggu", "Raja Juli"."""

from __future__ import annotations

from collections.abc import Callable

from beritaextract.dates.grammar import Found
from beritaextract.dates.lexer import Atoms
from beritaextract.dates.vocabulary import Vocabulary

_JOINERS = frozenset("-–—/.,:'’&%_*")
_SIGNS = frozenset("/#$@+")
_COUNTED = frozenset("%°")
_DASHES = frozenset("-–")
_GOES_ON = frozenset(".,/-:")
_WITH_MONTH = frozenset({"written", "days_written"})  # what lost its space is a date still: "pada5 Mei 2024"
_LOOK_BACK = 8
_LIST = frozenset("WVD,&C-p")

Guard = Callable[[Found, Atoms, Vocabulary], bool]


def allowed(found: Found, atoms: Atoms, vocabulary: Vocabulary) -> bool:
    """May the expression stand where it stands?"""
    if _glued(found, atoms) or _reduplicated(found.start, atoms) or _repeated(found, atoms):
        return False
    guard = _GUARDS.get(found.rule)
    return guard is None or guard(found, atoms, vocabulary)


def _glued(found: Found, atoms: Atoms) -> bool:
    """Part of something longer: "2.024", "021-2024", "U17", "2024-an", "KPTS/013/2023", "5-20 Juni-an"."""
    text, start, end = atoms.text, atoms.start[found.start], atoms.end[found.end - 1]
    if atoms.shape[found.start] in "dyn":
        before = text[start - 1 : start]
        if before in _SIGNS or before.isdigit() or (before.isalpha() and found.rule not in _WITH_MONTH):
            return True
        if before in _JOINERS and text[start - 2 : start - 1].isalnum() and not _ends_span(found.start, atoms):
            return True
    if atoms.shape[found.end - 1] in "dyn":
        after, next_one = text[end : end + 1], text[end + 1 : end + 2]
        if after.isalnum() or after in _COUNTED or (after in _DASHES and next_one.islower()):
            return True  # "30%", "2024-an"
        return after in _GOES_ON and next_one.isdigit()
    return False


def _ends_span(start: int, atoms: Atoms) -> bool:
    """Is atom ``start`` behind the dash of a span ("9 Juli-10 Agustus 2021", "28/12/2024-3/1/2025")?"""
    return start > 1 and atoms.shape[start - 1] == "-" and atoms.shape[start - 2] in "Mmy"


def joined_to_number(atoms: Atoms, i: int) -> bool:
    """Is the number at atom ``i`` the end of a longer one ("3-5 hari", "1.500 tahun", "2 hingga 3 jam")?"""
    if i < 1 or atoms.shape[i] not in "dynN":
        return False
    if atoms.shape[i - 1] in "dynN" or (atoms.touches(i) and atoms.shape[i - 1] != "("):
        return True
    return atoms.shape[i - 1] in "C-" and i > 1 and atoms.shape[i - 2] in "dynN"


def _reduplicated(start: int, atoms: Atoms) -> bool:
    """Is it the second half of a doubled word: "hari-hari ini", "tahun-tahun lalu", "lima-enam hari lalu"?"""
    if start < 2 or atoms.shape[start - 1] != "-" or atoms.shape[start] in "dyn":
        return False
    return atoms.touches(start) and atoms.touches(start - 1) and atoms.shape[start] not in "WVMm"


def _repeated(found: Found, atoms: Atoms) -> bool:
    """Is it a repeated time (temporals.py) and no date: "setiap Senin dan Rabu", "tiap tanggal 5"?"""
    before = found.start - 1
    if found.rule == "weekday":
        while before >= 0 and found.start - before < _LOOK_BACK and atoms.shape[before] in _LIST:
            before -= 1
    return before >= 0 and atoms.shape[before] == "v"


def _numeric(found: Found, atoms: Atoms, vocabulary: Vocabulary) -> bool:
    """Not after "Nomor", "Rp", "pasal": "Nomor 12/5/2020"."""
    before = found.start - 1
    if atoms.lower(before) in (".", ":"):
        before -= 1
    return not vocabulary.bars("before", atoms.lower(before))


def _written(found: Found, atoms: Atoms, vocabulary: Vocabulary) -> bool:
    """Not in a name: "Jalan 17 Agustus", "Universitas 17 Agustus 1945", "Rp 5 Mei"."""
    before = found.start - 1
    if atoms.lower(before) == ".":
        before -= 1
    return not vocabulary.bars("name_before", atoms.lower(before))


def _tahun_year(found: Found, atoms: Atoms, vocabulary: Vocabulary) -> bool:
    """Not in a law ("Nomor 5 Tahun 2014", "UU 5 Tahun 2014") nor a plan's name ("APBD Perubahan tahun 2025")."""
    before = found.start - 1
    if before >= 0 and atoms.shape[before] in "dnIy" and not _counts(found, before, atoms, vocabulary):
        return False
    if atoms.lower(before) == "/" or (before >= 2 and atoms.shape[before - 2 : before + 1] in ("(d)", "(n)")):
        return False
    if vocabulary.bars("event", atoms.lower(before), atoms.lower(before - 1)):
        return False
    return not _followed_by_count(found, atoms, vocabulary)


def _counts(found: Found, number: int, atoms: Atoms, vocabulary: Vocabulary) -> bool:
    """A number behind a small word, before a small "tahun", is no law's: "tahap 2 tahun 2025"."""
    word = atoms.words[number - 1] if number > 0 else ""
    return word.islower() and not vocabulary.bars("before", word) and atoms.words[found.start].islower()


def _bare_year(found: Found, atoms: Atoms, vocabulary: Vocabulary) -> bool:
    """Only behind a small word that is no name of an event and counts nothing: "pada 2024", "kuota 2023"."""
    if _followed_by_count(found, atoms, vocabulary):
        return False
    before = found.start - 1
    if before > 0 and atoms.shape[before - 1 : before + 1] == "y,":
        return _after_year(found, before - 1, atoms, vocabulary)
    if found.rule == "years" and before >= 0 and atoms.shape[before] == "(" and atoms.after(found.end) == ")":
        return True  # the term of a post: "Gubernur Jakarta (1966-1977)"
    word = atoms.lower(before)
    two = atoms.lower(before - 1)
    if vocabulary.bars("event", word, two) or vocabulary.bars("before", word, two):
        return False
    if atoms.after(found.end) == "/":
        return False
    if atoms.shape[found.start] == "A":
        return True
    if before < 0:
        return False
    if atoms.shape[before] in "tFh":
        return False  # "APBD tahun 2023", which _tahun_year has refused; "Lebaran 2024", a feast
    if atoms.shape[before] in "pC~&DbL" or (atoms.shape[before] == "A"):
        return True
    return atoms.words[before].isalpha() and atoms.words[before].islower() and not atoms.touches(found.start)


def _after_year(found: Found, first: int, atoms: Atoms, vocabulary: Vocabulary) -> bool:
    """In a list of years what holds for the first holds for the others: "pada 2021, 2022, dan 2023"."""
    labelled = first > 0 and atoms.shape[first - 1] == "t"
    guard = _tahun_year if labelled else _bare_year
    return guard(Found(found.expression, first - labelled, first + 1, found.rule), atoms, vocabulary)


def _followed_by_count(found: Found, atoms: Atoms, vocabulary: Vocabulary) -> bool:
    return vocabulary.bars("after", atoms.lower(found.end))


def _month(found: Found, atoms: Atoms, vocabulary: Vocabulary) -> bool:
    """A month alone may be a person ("Raja Juli Antoni", "Mei Lin"): small words must stand around it."""
    first = atoms.shape[found.start]
    if first == "b" or found.end - found.start > 1:
        return True
    before, after = found.start - 1, found.end
    if before >= 0 and atoms.shape[before] in "dn":
        return False  # "31 April"
    if not atoms.words[found.start][0].isupper():
        return before >= 0 and atoms.shape[before] in "pbA"
    if before >= 0 and atoms.words[before][0].isupper() and atoms.shape[before] not in "pACv":
        return False
    return after >= len(atoms) or not (atoms.shape[after] == "x" and atoms.words[after][0].isupper())


def _weekday(found: Found, atoms: Atoms, vocabulary: Vocabulary) -> bool:
    """Not in a name: "Pasar Minggu", "salat Jumat", "Jumat Agung", "malam Minggu"."""
    before = found.start - 1
    if atoms.shape[found.start] in "VD" and before >= 0 and atoms.shape[before] in "dN":
        return False  # "dua Minggu", a week in capitals by mistake; "lima hari Minggu"
    if atoms.shape[found.start] == "V" and atoms.shape[found.end : found.end + 1] in ("O", "I"):
        return False  # "Minggu kedua"
    barred = vocabulary.bars("weekday_before", atoms.lower(before))
    return not barred and not vocabulary.bars("weekday_after", atoms.lower(found.end))


def _unit(found: Found, atoms: Atoms, vocabulary: Vocabulary) -> bool:
    """Not vague ("beberapa tahun lalu", "20-an tahun lalu") nor part of a span ("2 hingga 3 tahun lalu")."""
    before = found.start - 1
    if atoms.shape[found.start] == "A":
        return True
    if vocabulary.bars("before_unit", atoms.lower(before)):
        return False
    if before >= 1 and atoms.shape[before] in "C-" and atoms.shape[before - 1] in "dN":
        return False
    return before < 0 or atoms.shape[before] not in "dNk"


def _relative(found: Found, atoms: Atoms, vocabulary: Vocabulary) -> bool:
    """Not "pemilu kemarin", which was not yesterday, nor "dua hari ini"."""
    if atoms.shape[found.start] == "R":
        return found.start == 0 or atoms.shape[found.start - 1] not in "dN"
    return not vocabulary.bars("event", atoms.lower(found.start - 1))


def _holiday(found: Found, atoms: Atoms, vocabulary: Vocabulary) -> bool:
    """A holiday is a date where something happens on it ("pada Hari Kartini"), else the name of a feast.

    Nor is it one when its name goes on ("pada Hari Kemerdekaan Amerika").
    """
    before, after = found.start - 1, found.end
    if (
        found.end - found.start == 1
        and after < len(atoms)
        and atoms.shape[after] == "x"
        and atoms.words[after][0].isupper()
    ):
        return False
    return before >= 0 and atoms.shape[before] == "p" and atoms.value[before] == "at"


_GUARDS: dict[str, Guard] = {
    "numeric": _numeric,
    "written": _written,
    "days_written": _written,
    "days_numeric": _numeric,
    "month": _month,
    "tahun_year": _tahun_year,
    "tahun_years": _tahun_year,
    "year": _bare_year,
    "years": _bare_year,
    "hijri_year": lambda found, atoms, _: atoms.shape[max(found.start - 1, 0)] != "h",  # "Idul Adha 1446 H" is a name
    "weekday": _weekday,
    "weekday_direction": _weekday,
    "unit_direction": _unit,
    "position_unit": _unit,
    "ago": _unit,
    "narrative": _unit,
    "relative": _relative,
    "holiday": _holiday,
}
