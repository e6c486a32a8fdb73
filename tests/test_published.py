"""The day of publication, from whatever string is given."""

from __future__ import annotations

import contextlib
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beritaextract.errors import ArticleError
from beritaextract.lexicon import packaged
from beritaextract.published import PublishedWord, parse_published


@pytest.mark.parametrize(
    ("given_", "iso"),
    [
        ("2024-06-20", "2024-06-20"),
        ("  2024/6/20 ", "2024-06-20"),
        ("20240620", "2024-06-20"),
        ("20/6/2024", "2024-06-20"),
        ("20-06-2024", "2024-06-20"),
        ("20.6.24", "2024-06-20"),
        ("3/4/2024", "2024-04-03"),
        ("10/21/2025 20:43", "2025-10-21T20:43"),
        ("20 Juni 2024", "2024-06-20"),
        ("20 Jun 2024", "2024-06-20"),
        ("Jum'at, 07 Pebruari 2020", "2020-02-07"),
        ("Kamis, 20 Jun 2024 14:05 WIB", "2024-06-20T14:05+07:00"),
        ("Tayang: Kamis, 20 Juni 2024 14.05 WITA", "2024-06-20T14:05+08:00"),
        ("Kamis, 20 Juni 2024 | 14:05 WIT", "2024-06-20T14:05+09:00"),
        ("Diperbarui 20 Jun 2024, 14:05 wib", "2024-06-20T14:05+07:00"),
        ("Kabar.com - 20/06/2024, 14:05 WIB", "2024-06-20T14:05+07:00"),
        (", Jurnalis-Kamis, 20 Juni 2024 |14:05 WIB", "2024-06-20T14:05+07:00"),
        ("13+December+2018", "2018-12-13"),
        ("June 20, 2024 2:05 PM", "2024-06-20T14:05"),
        ("June 20, 2024 12:05 am", "2024-06-20T00:05"),
        ("2024-06-20T14:05:00+07:00", "2024-06-20T14:05+07:00"),
        ("2024-06-20T14:05:00.123+0700", "2024-06-20T14:05+07:00"),
        ("2024-06-20 14:05:59", "2024-06-20T14:05"),
        ("2024-06-20T14:05", "2024-06-20T14:05"),
        ("1718867100", "2024-06-20T14:05+07:00"),
        ("1718867100000", "2024-06-20T14:05+07:00"),
    ],
)
def test_what_pages_and_feeds_write(given_: str, iso: str) -> None:
    assert parse_published(given_) == iso


@pytest.mark.parametrize(
    "given_", ["2024-06-20T17:05:00Z", "Thu, 20 Jun 2024 17:05:00 GMT", "2024-06-20T17:05:00+00:00"]
)
def test_a_time_in_utc_is_given_in_jakartas_so_that_the_day_is_indonesias(given_: str) -> None:
    assert parse_published(given_) == "2024-06-21T00:05+07:00"


def test_midnight_without_a_zone_is_how_tables_write_a_day() -> None:
    assert parse_published("2018-10-07 00:00:00") == "2018-10-07"
    assert parse_published("2018-10-07T00:00:00+07:00") == "2018-10-07T00:00+07:00"


@pytest.mark.parametrize(
    "given_",
    [
        "",
        "?",
        "Tidak ditemukan",
        "kemarin",
        "3 jam yang lalu",
        "Kamis",
        "Juni 2024",
        "2024",
        "31/2/2024",
        "2024-13-45",
        "x" * 10_000,
    ],
)
def test_what_gives_no_day_is_refused(given_: str) -> None:
    with pytest.raises(ArticleError, match=r"^published: "):
        parse_published(given_)


@pytest.mark.parametrize("row", packaged().rows("published_words", PublishedWord), ids=lambda r: r.form)
def test_every_word_is_read_in_its_example(row: PublishedWord) -> None:
    iso = parse_published(row.example)
    if row.kind == "month":
        assert iso[5:7] == f"{int(row.value):02}"
    else:
        assert iso.endswith(row.value if row.value != "+00:00" else "21:05+07:00")


@given(st.dates(date(1990, 1, 1), date(2039, 12, 31)))
def test_any_day_is_read_back(day: date) -> None:
    assert parse_published(day.isoformat()) == day.isoformat()
    assert parse_published(f"{day.day}/{day.month}/{day.year}") == day.isoformat()


@given(st.datetimes(datetime(1990, 1, 1), datetime(2039, 12, 31)), st.integers(1, 14))
def test_any_minute_with_an_offset_is_read_back(moment: datetime, hours: int) -> None:
    zoned = moment.replace(tzinfo=timezone(timedelta(hours=hours)))
    assert parse_published(zoned.isoformat()) == zoned.isoformat(timespec="minutes")


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_an_article_error(text: str) -> None:
    with contextlib.suppress(ArticleError):
        assert datetime.fromisoformat(parse_published(text))
