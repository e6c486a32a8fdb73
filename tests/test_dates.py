"""Calendar expressions: every row of the tables on its own example, the public functions, and what holds for any text."""

from __future__ import annotations

import itertools
import pickle
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from beritaextract import dates
from beritaextract.components.dates import DateFinder
from beritaextract.dates.context import Context
from beritaextract.dates.finder import Grammar
from beritaextract.dates.resolve import make_context, resolve
from beritaextract.dates.temporals import find_temporals
from beritaextract.dates.vocabulary import CalendarWord, Holiday, HolidayDate, NotDate, Vocabulary
from beritaextract.layers import extra, read
from beritaextract.lexicon import Lexicon, packaged
from beritaextract.tokenizer import make_tokenizer
from effort import effort

ANCHOR = date(2024, 6, 20)
MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus"]
MONTHS += ["September", "Oktober", "November", "Desember"]
DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]


def everything(grammar: Grammar, text: str) -> list[tuple[str, str]]:
    """All dates and temporals of a text."""
    findings = grammar.find(text)
    context, _ = make_context(findings.dates, ANCHOR, findings.years, None)
    resolved = resolve(findings.dates, context)
    temporals = find_temporals(findings, resolved, context, grammar.vocabulary)
    named = [(text[r.mention.start : r.mention.end], r.value.iso) for r in resolved]
    return named + [(text[t.start : t.end], f"{t.type} {t.value} {t.freq}") for t in temporals]


@lru_cache(maxsize=1)
def whole() -> Grammar:
    return Grammar(Vocabulary(packaged()))


class Without(Lexicon):
    """The packaged tables without one row."""

    def __init__(self, table: str, key: str) -> None:
        super().__init__()
        self.left_out = (table, key)

    def rows(self, table: str, row: type[Any], key: Any = None) -> tuple[Any, ...]:
        first = next(iter(row.__dataclass_fields__))
        return tuple(r for r in packaged().rows(table, row, key) if (table, getattr(r, first)) != self.left_out)


def without(table: str, key: str) -> Grammar:
    return Grammar(Vocabulary(Without(table, key)))


def table_rows() -> list[Any]:
    lexicon = packaged()
    found = [("calendar", r.form, r.example) for r in lexicon.rows("calendar", CalendarWord)]
    found += [("holidays", r.form, r.example) for r in lexicon.rows("holidays", Holiday)]
    found += [("not_dates", r.form, r.example) for r in lexicon.rows("not_dates", NotDate)]
    found += [("holiday_dates", r.key, r.example) for r in lexicon.rows("holiday_dates", HolidayDate)]
    return [pytest.param(*row, id=f"{row[0]}: {row[1]}") for row in found]


@pytest.mark.parametrize(("table", "key", "example"), table_rows())
def test_row_changes_what_its_example_says(table: str, key: str, example: str) -> None:
    assert everything(whole(), example) != everything(without(table, key), example)


@pytest.mark.parametrize("row", packaged().rows("holiday_dates", HolidayDate), ids=lambda r: r.key)
def test_holiday_falls_on_its_day(row: HolidayDate) -> None:
    assert [d.value for d in dates.find(row.example)] == [row.start]


@pytest.mark.parametrize(
    ("text", "anchor", "value"),
    [
        ("Kamis (20/6)", "2024-06-22", "2024-06-20"),
        ("Kamis (20/6)", date(2024, 6, 22), "2024-06-20"),
        ("  20 Juni 2024 ", None, "2024-06-20"),
        ("Hari Kartini", "2024-06-22", "2024-04-21"),
        ("Idulfitri 1446 H", None, "2025-03-31"),
        ("Juli", "2024-06-22", "2024-07"),
        ("2024", None, "2024"),
        ("12/6/2024 pukul 10.00 WIB", None, "2024-06-12T10:00+07:00"),
    ],
)
def test_parse_gives_the_value(text: str, anchor: str | date | None, value: str) -> None:
    found = dates.parse(text, anchor=anchor)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "balai desa",
        "kemarin",
        "tiga hari",
        "20 Juni dan 5 Juli 2024",
        "31 Februari 2024",
        "Rapat Kamis (20/6/2024)",
    ],
)
def test_parse_gives_none_for_what_is_no_single_placed_date(text: str) -> None:
    assert dates.parse(text) is None


def test_parse_says_whether_the_weekday_contradicts() -> None:
    right, wrong = dates.parse("Kamis (20/6/2024)"), dates.parse("Rabu (20/6/2024)")
    assert right is not None
    assert wrong is not None
    assert (right.conflict, wrong.conflict) == (False, True)


def test_parse_refuses_an_anchor_that_is_no_day() -> None:
    with pytest.raises(ValueError, match="Invalid isoformat"):
        dates.parse("kemarin", anchor="pekan lalu")


@pytest.mark.parametrize(
    ("text", "grain", "relative"),
    [
        ("Kamis (20/6/2024)", "day", False),
        ("Kamis (20/6)", "day", True),
        ("kemarin", "day", True),
        ("pekan lalu", "week", True),
        ("Juni 2024", "month", False),
        ("triwulan II 2024", "quarter", False),
        ("semester I 2024", "half", False),
        ("2019-2024", "year", False),
        ("20 Juni 2024 pukul 10.00", "minute", False),
    ],
)
def test_grain_and_relative(text: str, grain: str, relative: bool) -> None:
    found = dates.parse(text, anchor="2024-06-22")
    assert found is not None
    assert (found.grain, found.relative) == (grain, relative)


# temporals


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Pameran itu berlangsung tiga hari.", [("tiga hari", "DURATION P3D None")]),
        ("Pameran itu berlangsung dua puluh lima hari.", [("dua puluh lima hari", "DURATION P25D None")]),
        ("Pameran itu berlangsung sepekan.", [("sepekan", "DURATION P1W None")]),
        ("Pameran itu berlangsung 2 bulan.", [("2 bulan", "DURATION P2M None")]),
        ("Ia menunggu 2,5 jam di loket.", [("2,5 jam", "DURATION PT2.5H None")]),
        ("Ia menunggu setengah jam di loket.", [("setengah jam", "DURATION PT0.5H None")]),
        ("Gempa terasa 20 detik.", [("20 detik", "DURATION PT20S None")]),
        ("Ia mengajar tiga dekade.", [("tiga dekade", "DURATION P3DE None")]),
        ("Ia mengajar dua windu.", [("dua windu", "DURATION P16Y None")]),
        ("Pasar buka setiap Senin.", [("setiap Senin", "SET XXXX-WXX-1 None")]),
        (
            "Pasar buka setiap Senin dan Rabu.",
            [("setiap Senin", "SET XXXX-WXX-1 None"), ("Rabu", "SET XXXX-WXX-3 None")],
        ),
        ("Pasar buka tiap hari Minggu pagi.", [("tiap hari Minggu pagi", "SET XXXX-WXX-7TMO None")]),
        ("Pasar buka setiap hari.", [("setiap hari", "SET P1D None")]),
        ("Pasar buka setiap dua pekan.", [("setiap dua pekan", "SET P2W None")]),
        ("Pasar buka setiap pagi.", [("setiap pagi", "SET XXXX-XX-XXTMO None")]),
        ("Pasar buka setiap tanggal 5.", [("setiap tanggal 5", "SET XXXX-XX-05 None")]),
        ("Pasar buka setiap 17 Agustus.", [("setiap 17 Agustus", "SET XXXX-08-17 None")]),
        ("Pasar buka setiap bulan Mei.", [("setiap bulan Mei", "SET XXXX-05 None")]),
        ("Pasar buka setiap akhir pekan.", [("setiap akhir pekan", "SET XXXX-WXX-WE None")]),
        ("Obat diminum dua kali sehari.", [("dua kali sehari", "SET P1D 2X")]),
        ("Rapat digelar 3 kali setiap bulan.", [("3 kali setiap bulan", "SET P1M 3X")]),
        ("Acara dimulai pukul 19.00 WIB.", [("pukul 19.00 WIB", "TIME T19:00+07:00 None")]),
        ("Hujan turun tadi malam.", [("tadi malam", "TIME 2024-06-19TNI None")]),
        ("Anak berusia 3 tahun itu pulih.", []),
        ("Rahmat (26 tahun) pulih.", []),
        ("Video 20detik ditonton sehari-hari.", []),
        ("Aturan itu merujuk UU Nomor 23 Tahun 2002.", []),
        ("Ia sakit 3-5 hari.", []),
        ("Ia datang dua hari lalu.", [("dua hari lalu", "2024-06-18")]),
    ],
)
def test_temporals(text: str, wanted: list[tuple[str, str]]) -> None:
    assert everything(whole(), text) == wanted


def test_a_lone_clock_time_takes_the_day_named_before() -> None:
    found = everything(whole(), "Rapat digelar Senin (3/6/2024). Warga datang pukul 19.00 WIB.")
    assert found[1] == ("pukul 19.00 WIB", "TIME 2024-06-03T19:00+07:00 None")


# the component


@pytest.fixture(scope="module")
def component() -> Language:
    nlp = spacy.blank("id")
    nlp.tokenizer = make_tokenizer()(nlp)
    nlp.add_pipe("beritaextract_dates", config={"temporals": True})
    return nlp


@lru_cache(maxsize=1)
def bare() -> Language:
    """With spaCy's own tokeniser, as in somebody else's pipeline."""
    nlp = spacy.blank("id")
    nlp.add_pipe("beritaextract_dates")
    return nlp


def test_works_alone_under_spacys_own_tokeniser() -> None:
    doc = bare()("Rapat digelar Kamis (20/6/2024).")
    assert [row["value"] for _, row in read(doc, "dates")] == ["2024-06-20"]


def test_spans_are_exact_under_our_tokeniser(component: Language) -> None:
    doc = component(
        "Rapat digelar di balai desa, Kamis (20/6/2024) pukul 19.00-21.00 WIB. Bazar dibuka 20-22 Juni 2024."
    )
    assert [s.text for s, _ in read(doc, "dates")] == ["Kamis (20/6/2024) pukul 19.00-21.00 WIB", "20-22 Juni 2024"]


def test_anchor_and_published_come_from_the_text(component: Language) -> None:
    doc = component("Rapat berjalan lancar, kata ketua panitia, Kamis (20/6/2024).")
    assert (extra(doc, "dates", "anchor"), extra(doc, "dates", "published")) == ("2024-06-20", "2024-06-20")


def test_two_days_leave_published_open(component: Language) -> None:
    doc = component("Rapat digelar, Kamis (20/6/2024). Bazar dibuka, Sabtu (29/6/2024).")
    assert extra(doc, "dates", "published") is None


def test_a_contradicting_weekday_leaves_published_open(component: Language) -> None:
    doc = component("Rapat berjalan lancar, kata ketua panitia, Rabu (20/6/2024).")
    assert extra(doc, "dates", "published") is None


def test_temporals_are_off_by_default(component: Language) -> None:
    text = "Pameran itu berlangsung tiga hari."
    assert [r["value"] for _, r in read(component(text), "temporals")] == ["P3D"]
    assert "temporals" not in bare()(text).spans


def test_survives_pickling_and_bytes(component: Language) -> None:
    finder = component.get_pipe("beritaextract_dates")
    assert isinstance(finder, DateFinder)
    again = pickle.loads(pickle.dumps(finder))
    assert (again.name, again.temporals) == (finder.name, finder.temporals)
    assert finder.from_bytes(finder.to_bytes()) is finder


def test_a_users_row_is_used() -> None:
    nlp = spacy.blank("id")
    finder = nlp.add_pipe("beritaextract_dates")
    assert isinstance(finder, DateFinder)
    finder.use(Lexicon({"calendar.tsv": "form\tkind\tvalue\texample\nbulan puasa\tmonth\t3\tBulan puasa 2024.\n"}))
    assert [row["value"] for _, row in read(nlp("Pasar ramai pada bulan puasa 2024."), "dates")] == ["2024-03"]


# what holds for any text

FORMATS = [
    "{w} ({d}/{m}/{y})",
    "{w} ({d:02}/{m:02}/{y})",
    "{w}, {d} {M} {y}",
    "{w} {d}-{m}-{y}",
    "hari {w}, tanggal {d} {M} {y}",
    "{d} {M} {y}",
    "{d} {s} {y}",
    "{d}/{m}/{y}",
    "{d}-{m}-{y}",
    "{y}-{m:02}-{d:02}",
    "tanggal {d} bulan {M} tahun {y}",
    "{w} malam ({d}/{m}/{y})",
]
days = st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31))


@given(days, st.sampled_from(FORMATS))
@settings(max_examples=400, deadline=None)
def test_a_date_in_any_format_comes_back(day: date, form: str) -> None:
    month = MONTHS[day.month - 1]
    short = {"Mei": "Mei", "Agustus": "Agt"}.get(month, month[:3])
    text = form.format(w=DAYS[day.isoweekday() - 1], d=day.day, m=day.month, y=day.year, M=month, s=short)
    found = dates.parse(text)
    assert found is not None
    assert (found.value, found.conflict) == (day.isoformat(), False)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2050, 1, 1)), st.integers(-90, 90))
@settings(max_examples=200, deadline=None)
def test_a_short_date_near_the_anchor_gets_its_year(anchor: date, distance: int) -> None:
    day = anchor + timedelta(distance)
    found = dates.parse(f"{DAYS[day.isoweekday() - 1]} ({day.day}/{day.month})", anchor=anchor)
    assert found is not None
    assert (found.value, found.conflict) == (day.isoformat(), False)


@given(days, st.integers(1, 40))
@settings(max_examples=100, deadline=None)
def test_a_span_comes_back(start: date, length: int) -> None:
    end = start + timedelta(length)
    text = f"{start.day} {MONTHS[start.month - 1]} {start.year} hingga {end.day} {MONTHS[end.month - 1]} {end.year}"
    found = dates.parse(text)
    assert found is not None
    assert found.value == f"{start.isoformat()}/{end.isoformat()}"


PIECES = st.sampled_from(
    [w.form for w in packaged().rows("calendar", CalendarWord)]
    + [*"/-.,:()–“", "20", "6", "2024", "0", "99", "31", "0000", "9999", "1446", "Kamis", "Rapat", "\n", "İ", "½", "٣"]
)
texts = st.lists(PIECES, max_size=25).map(" ".join) | st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=80)


@given(texts, st.none() | st.dates())
@settings(max_examples=600, deadline=None)
def test_any_text_gives_offsets_that_slice_back_and_never_raises(text: str, anchor: date | None) -> None:
    found = dates.find(text, anchor=anchor)
    assert all(text[d.start : d.end] == d.text and d.value for d in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    dates.parse(text, anchor=anchor)


@given(texts)
@settings(max_examples=200, deadline=None)
def test_any_text_goes_through_the_component(text: str) -> None:
    for span, row in read(bare()(text), "dates"):
        assert span.text
        assert row["value"]


@given(texts, st.none() | st.dates())
@settings(max_examples=200, deadline=None)
def test_temporals_never_raise(text: str, anchor: date | None) -> None:
    findings = whole().find(text)
    context = Context(anchor=anchor)
    for temporal in find_temporals(findings, resolve(findings.dates, context), context, whole().vocabulary):
        assert 0 <= temporal.start < temporal.end <= len(text)


@pytest.mark.parametrize(
    "piece", ["Kamis (20/6/2024) ", "1, ", "Senin dan ", "pukul 19.00 ", "(", "Juni, ", "setiap ", "2024-"]
)
def test_work_grows_with_the_text_and_no_faster(piece: str) -> None:
    dates.find(piece)
    assert effort(lambda: dates.find(piece * 1200)) < 5 * effort(lambda: dates.find(piece * 300))
