"""Tables: how cells are read, how a user's folder changes them, and how faults are told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from beritaextract.errors import ResourceError
from beritaextract.lexicon import Lexicon, parse_table
from beritaextract.tokenizer import Abbreviation


@dataclass(frozen=True)
class Unit:
    form: str
    full: str | None
    kind: Literal["berat", "panjang"]
    factor: float
    plural: bool
    spellings: tuple[str, ...]
    note: str = ""


HEADER = "form\tfull\tkind\tfactor\tplural\tspellings"


def test_cells_are_read_by_the_field_type() -> None:
    rows, removed = parse_table(f"# satuan\n\n{HEADER}\nkg\tkilogram\tberat\t1.5\tyes\tKg|KG\n!ons\n", "unit.tsv", Unit)
    assert rows == [Unit("kg", "kilogram", "berat", 1.5, True, ("Kg", "KG"))]
    assert removed == {"ons"}


def test_missing_cells_at_the_end_are_empty() -> None:
    rows, _ = parse_table(f"{HEADER}\nm\t\tpanjang\t1", "unit.tsv", Unit)
    assert rows == [Unit("m", None, "panjang", 1.0, False, ())]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("kg\t\tberat\tsatu", "unit.tsv:2: column factor"),
        ("kg\t\tisi\t1", "unit.tsv:2: column kind: 'isi' is none of 'berat', 'panjang'"),
        ("kg\t\tberat\t1\tya", "unit.tsv:2: column plural: 'ya' is neither 'yes' nor empty"),
        ("kg\t\tberat\t1\t\t\t\t", "unit.tsv:2: 8 cells under 6 columns"),
    ],
)
def test_a_fault_names_file_line_and_column(line: str, told: str) -> None:
    with pytest.raises(ResourceError) as fault:
        parse_table(f"{HEADER}\n{line}", "unit.tsv", Unit)
    assert told in str(fault.value)


@pytest.mark.parametrize(
    ("header", "told"), [("form\tfull", "missing columns"), (HEADER + "\twarna", "unknown columns ['warna']")]
)
def test_a_wrong_header_is_told(header: str, told: str) -> None:
    with pytest.raises(ResourceError, match=r"unit\.tsv:1") as fault:
        parse_table(header, "unit.tsv", Unit)
    assert told in str(fault.value)


def test_a_users_table_adds_replaces_and_removes(tmp_path: Path) -> None:
    packaged = {r.form: r for r in Lexicon().rows("abbreviations", Abbreviation)}
    assert "Jl." in packaged
    table = "form\tfull\tends\texample\nGg.\tGang Kecil\t\tRumahnya di Gg. Mawar.\nZzz.\tZona\t\tDi Zzz. Utara.\n!Jl.\n"
    (tmp_path / "abbreviations.tsv").write_text(table, encoding="utf8")
    rows = {r.form: r for r in Lexicon.read(tmp_path).rows("abbreviations", Abbreviation)}
    assert rows["Zzz."].full == "Zona"
    assert rows["Gg."].full == "Gang Kecil"
    assert "Jl." not in rows


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="no such folder"):
        Lexicon.read(tmp_path / "tidak_ada")


def test_a_table_that_mirrors_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "judul.tsv").write_text("form\n", encoding="utf8")
    with pytest.raises(ResourceError, match=r"no table judul\.tsv"):
        Lexicon.read(tmp_path)


def test_a_table_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "abbreviations.tsv").write_bytes(b"form\xff")
    with pytest.raises(ResourceError, match="not UTF-8"):
        Lexicon.read(tmp_path)
