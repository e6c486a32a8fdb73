"""``beritaextract convert`` as a person types it: kinds of output, fields, workers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from batches import content, write_rows

TEXT = "“Pasar itu dibangun warga,” ujar Camat Curug, Darmawan Yusup."


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_rows(tmp_path / "in.jsonl", [{"id": "a", "text": TEXT}])
    return tmp_path


def convert(*args: str, status: int = 0) -> str:
    """What the command says on standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "beritaextract", "convert", "in.jsonl", *args], capture_output=True, text=True
    )
    assert done.returncode == status, done.stderr
    assert done.stdout == ""
    return " ".join(done.stderr.replace("│", " ").split())


def test_a_name_with_a_slash_is_a_folder_of_parquet_tables(here: Path) -> None:
    assert "1 records in tabel (" in convert("-o", "tabel/")
    assert [row["speaker"] for row in content(Path("tabel"))["quotes.parquet"]] == ["Darmawan Yusup"]


def test_tables_can_be_csv(here: Path) -> None:
    convert("-o", "tabel", "--tables", "csv", "--workers", "auto")
    assert [row["title"] for row in content(Path("tabel"))["officials.csv"]] == ["Camat"]


def test_fields_are_listed_with_commas(here: Path) -> None:
    convert("-o", "out.jsonl", "--fields", "title, quotes", "--unordered", "--workers", "1")
    assert list(json.loads(Path("out.jsonl").read_text())) == ["schema", "id", "title", "quotes"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("-o", "out.jsonl", "--fields", "kutipan"), "--fields: 'kutipan' is none of schema, id,"),
        (("-o", "out.jsonl", "--workers", "banyak"), "banyak is neither a number nor auto"),
        (("-o", "tabel", "--tables", "xlsx"), "xlsx is neither parquet nor csv"),
        (("-o", "out.jsonl", "--tables", "csv"), "out.jsonl: tables go into a folder"),
        (("-o", "tabel"), "a folder of tables is named with a / at its end"),
    ],
)
def test_bad_usage_is_said_before_anything_is_done(here: Path, args: tuple[str, ...], message: str) -> None:
    assert message in convert(*args, status=2)
    assert [path.name for path in here.iterdir()] == ["in.jsonl"]
