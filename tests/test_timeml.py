"""A record as TimeML: well-formed, the text unchanged, every expression a TIMEX3."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beritaextract.records import DateRef, Published, Record, Source, Temporal
from beritaextract.timeml import to_timeml


def record(text: str, marked: list[tuple[str, str]], temporals: tuple[Temporal, ...] = ()) -> Record:
    """A record of the text with these dates (words, value)."""
    found = []
    for words, value in marked:
        start = text.index(words)
        found.append(DateRef(words, start, start + len(words), value, "day", False, False, "dates.written"))
    published = Published("2024-06-21", "given")
    return Record("1.0", "a<1>", Source(), None, published, text, dates=tuple(found), temporals=temporals)


def timexes(made: Record) -> list[dict[str, str]]:
    root = ElementTree.fromstring(to_timeml(made))
    return [dict(t.attrib) for t in root.findall("TEXT/TIMEX3")]


def test_the_day_of_publication_is_the_creation_time() -> None:
    root = ElementTree.fromstring(to_timeml(record("Rapat.", [])))
    timex = root.find("DCT/TIMEX3")
    assert timex is not None
    assert (timex.attrib["functionInDocument"], timex.attrib["value"]) == ("CREATION_TIME", "2024-06-21")


def test_a_day_is_a_date_and_a_minute_a_time() -> None:
    made = record(
        "Rapat 20 Juni 2024, lalu 21 Juni 2024 pukul 10.00.",
        [("20 Juni 2024", "2024-06-20"), ("21 Juni 2024 pukul 10.00", "2024-06-21T10:00")],
    )
    assert [(t["type"], t["value"]) for t in timexes(made)] == [("DATE", "2024-06-20"), ("TIME", "2024-06-21T10:00")]


def test_a_span_is_a_duration_between_two_points() -> None:
    span, first, last = timexes(record("Pameran 20-22 Juni 2024.", [("20-22 Juni 2024", "2024-06-20/2024-06-22")]))
    assert (span["type"], span["value"]) == ("DURATION", "P3D")
    assert (span["beginPoint"], span["endPoint"]) == (first["tid"], last["tid"])
    assert (first["value"], last["value"]) == ("2024-06-20", "2024-06-22")


def test_spans_of_months_and_years_count_both_ends() -> None:
    made = record(
        "Masa 2019-2024 dan Januari-Juni 2024.", [("2019-2024", "2019/2024"), ("Januari-Juni 2024", "2024-01/2024-06")]
    )
    assert [t["value"] for t in timexes(made) if t["type"] == "DURATION"] == ["P6Y", "P6M"]


@pytest.mark.parametrize(
    ("value", "length"),
    [("2024-06-20T10:00/2024-06-20T12:00", "PTXH"), ("2024-Q1/2024-Q2", "PXD"), ("2024-06-30/2024-07-01", "P2D")],
)
def test_a_span_of_no_whole_days_months_or_years_has_no_length(value: str, length: str) -> None:
    assert timexes(record("Kala itu.", [("Kala itu", value)]))[0]["value"] == length


def test_of_two_expressions_that_overlap_the_longer_first_one_stays() -> None:
    """No element can hold half of another."""
    inner = Temporal("10.00", 20, 25, "TIME", "T10:00", None, None, "temporals.clock")
    made = record("Rapat 5 Mei 2024 pk 10.00 tadi.", [("5 Mei 2024 pk 10.00", "2024-05-05T10:00")], (inner,))
    assert [t["value"] for t in timexes(made)] == ["2024-05-05T10:00"]


def test_temporals_keep_how_often() -> None:
    often = Temporal("dua kali sehari", 5, 20, "SET", "P1D", None, "2X", "temporals.set")
    assert timexes(record("Obat dua kali sehari.", [], (often,))) == [
        {"tid": "t1", "type": "SET", "value": "P1D", "freq": "2X"}
    ]


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_is_well_formed_and_kept(before: str, words: str, after: str) -> None:
    words = f"5 Mei{words}"
    made = record(before + words + after, [])
    start = len(before)
    date = DateRef(words, start, start + len(words), "2024-05-05", "day", False, False, "dates.written")
    root = ElementTree.fromstring(to_timeml(Record("1.0", "a", Source(), None, None, made.text, dates=(date,))))
    body = root.find("TEXT")
    assert body is not None
    kept = re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", made.text)
    assert "".join(body.itertext()) == re.sub(r"\r\n?", "\n", kept)
