"""A handful of articles as a table of a newsroom, and what the library makes of them on this machine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from beritaextract import Failure, Record, load
from beritaextract.article import InputRow
from beritaextract.runs import run_many

BODY = (
    "Plt Kepala Dinas Perhubungan Kota Serang, Gunarto Salim, menutup Jalan Ciwaru selama tiga hari. "
    "“Warga kami minta memutar lewat Cipocok,” kata Gunarto, Selasa (9/7/2024)."
)
COLUMNS = {"text": "naskah"}

ROWS: list[dict[str, Any]] = [
    {"id": "a1", "naskah": BODY, "judul": "Jalan Ciwaru Ditutup", "tanggal": "2024-07-09", "path": "s3://arsip/a1.txt"},
    {"id": "a2", "naskah": "Bupati Kendal Ratmini Lestari panen padi di Kecamatan Weleri, kemarin.", "tanggal": "12 Juni 2024"},
    {"id": "a3", "naskah": "   "},
    {"id": None, "naskah": "Juru Kunci Setu Darmawan membuka pintu air.", "tanggal": "Tidak Ditemukan"},
    {"id": "a5", "naskah": "Air “sungai 😀 naik” di Desa Sukamaju.\n\nKata camat, “tak apa.”"},
]  # fmt: skip
"""A whole row, one with little, one without a text, one without an id and with a date that is none, odd characters."""


def tables(folder: Path) -> Path:
    """A folder of tables with a title that only this newsroom knows."""
    (folder / "titles.tsv").write_text(
        "form\ttitle\tlevel\tpublic\ttakes\torganization\tneeds\texample\n"
        "Juru Kunci Setu\tJuru Kunci Setu\t\tyes\tnone\t\t\tJuru Kunci Setu Darmawan hadir.\n",
        encoding="utf8",
    )
    return folder


def program(name: str, folder: Path) -> str:
    """A program that docs/scaling.md shows, for a bucket that is a folder here."""
    page = (Path(__file__).parent.parent / "docs" / "scaling.md").read_text(encoding="utf8")
    shown = re.search(rf'^```text title="{name}"\n(.*?)^```$', page, flags=re.M | re.S)
    assert shown is not None
    return re.sub(r"s3a?://kabar", folder.as_posix(), shown[1])


def local(resources: Path) -> dict[str, tuple[str | None, str | None]]:
    """By id, the record and the failure of the same articles here, as JSON."""
    names = {"naskah": "text", "judul": "title", "tanggal": "published"}
    rows = [
        InputRow({names[key]: row[key] for key in row if key in names} | {"id": row["id"]}, row.get("path"))
        for row in ROWS
    ]
    outcomes = list(run_many(rows, nlp=load(resources=resources, temporals=True)))
    return {one.id: _as_row(one) for one in outcomes}


def _as_row(outcome: Record | Failure) -> tuple[str | None, str | None]:
    text = outcome.to_bytes().decode()
    return (None, text) if isinstance(outcome, Failure) else (text, None)
