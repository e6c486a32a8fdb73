"""Records as data frames."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import Any

import pytest
from spacy.language import Language

from beritaextract import Record, extract, to_frame
from beritaextract.errors import InputError
from beritaextract.tables import TABLES, table_rows
from cluster_rows import BODY

LIBRARIES = ("pandas", "polars")
PLACES = "Rombongan terbang dari Kota Serang ke Jepang, lalu menginap di Hotel Kencana."


@pytest.fixture(scope="module")
def records(nlp: Language) -> list[Record]:
    return [extract(BODY, id="a1", published="2024-07-09", nlp=nlp), extract(PLACES, id="a2", nlp=nlp)]


def rows(frame: Any) -> list[dict[str, Any]]:
    """The rows of either library's frame, absent cells as None."""
    if hasattr(frame, "to_dicts"):
        return list(frame.to_dicts())
    return [{k: None if v is None or v != v or str(v) in ("<NA>", "NaT") else v for k, v in row.items()} for row in
            frame.astype(object).to_dict("records")]  # fmt: skip


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("table", TABLES)
def test_rows_are_those_of_the_flat_table(table: str, library: str, records: list[Record]) -> None:
    """Every cell, in both libraries, also of records read from JSON."""
    pytest.importorskip(library)
    wanted = [
        {k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()} for row in table_rows(records, table)
    ]
    given = [json.loads(record.to_bytes()) for record in records]
    made = [
        {k: str(v)[:10] if isinstance(v, date) else v for k, v in row.items()}
        for row in rows(to_frame(given, table, library=library))
    ]
    assert made == wanted


@pytest.mark.parametrize("table", TABLES)
def test_empty_frames_have_the_types_of_full_ones(table: str, records: list[Record]) -> None:
    for library in LIBRARIES:
        pytest.importorskip(library)
        empty, full = (to_frame(given, table, library=library) for given in ([], records))
        assert list(empty.columns) == list(TABLES[table].names)
        assert list(empty.dtypes) == list(full.dtypes)
        assert len(empty) == 0


def test_days_are_days_in_both_libraries(records: list[Record]) -> None:
    """Years that a clock of nanoseconds cannot hold stay."""
    polars, pandas = pytest.importorskip("polars"), pytest.importorskip("pandas")
    old = extract("Prasasti itu berangka tahun 1450.", id="a3")
    frame = to_frame([*records, old], "dates")
    assert frame["first_day"].dt.year.tolist() == [2024, 1450]
    assert to_frame(records, "dates", library="polars")["first_day"].to_list() == [date(2024, 7, 9)]
    assert to_frame([], "dates", library="polars").schema["first_day"] == polars.Date
    assert isinstance(frame, pandas.DataFrame)


def test_one_record_is_enough_and_quotes_are_the_default(records: list[Record]) -> None:
    frame = to_frame(records[0])
    assert frame[["speaker", "text"]].values.tolist() == [["Gunarto Salim", "Warga kami minta memutar lewat Cipocok,"]]


def test_places_make_a_geodataframe(records: list[Record]) -> None:
    """Longitude and latitude are columns; what has no position is left out first."""
    geopandas = pytest.importorskip("geopandas")
    frame = to_frame(records, "places").dropna(subset=["lat"])
    made = geopandas.GeoDataFrame(frame, geometry=geopandas.points_from_xy(frame.lon, frame.lat), crs="EPSG:4326")
    serang = made[made.code == "36.73"].iloc[0]
    assert (serang.geometry.x, serang.geometry.y) == (106.174, -6.12)
    assert made.to_crs("EPSG:3857").geometry.is_valid.all()
    assert sorted(made["name"]) == ["Jepang", "Kota Serang"]


def test_wrong_names_are_said(records: list[Record]) -> None:
    with pytest.raises(ValueError, match="no table 'kutipan'; tables are articles, people"):
        to_frame(records, "kutipan")
    with pytest.raises(ValueError, match="library is 'dask'"):
        to_frame(records, library="dask")  # type: ignore[arg-type]


@pytest.mark.parametrize("library", LIBRARIES)
def test_missing_library_is_named(library: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(InputError, match=f"pip install {library}"):
        to_frame([], library=library)
