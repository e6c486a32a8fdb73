"""The gazetteer: names, codes, chains, positions, and what it costs."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beritaextract.gazetteer import AreaWord, FormerCode, Gazetteer, chain, gazetteer, kind_of, lookup, squeeze
from beritaextract.lexicon import packaged

AREAS = gazetteer()


def test_holds_every_area() -> None:
    """38 provinces, 514 regencies and cities, 7,285 districts, 83,762 villages."""
    lengths = [len(code) for code in AREAS]
    assert [lengths.count(n) for n in (2, 5, 8, 13)] == [38, 514, 7285, 83762]


def test_takes_less_than_60_mb() -> None:
    tracemalloc.start()
    Gazetteer(packaged())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60_000_000


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("36", "Banten"),
        ("31", "DKI Jakarta"),
        ("34", "DI Yogyakarta"),
        ("36.73", "Kota Serang"),
        ("36.04", "Kabupaten Serang"),
        ("31.71", "Jakarta Pusat"),
        ("31.01", "Kepulauan Seribu"),
        ("71.09", "Kabupaten Kepulauan Siau Tagulandang Biaro"),
        ("36.73.04", "Kecamatan Curug"),
        ("91.03.01", "Distrik Sentani"),
        ("36.73.01.1001", "Kelurahan Serang"),
        ("32.06.14.2002", "Desa Serang"),
        ("11.01.01.2003", "Gampong Ujong Padang"),
        ("ID", "Indonesia"),
        ("JP", "Jepang"),
        ("XX", "XX"),
    ],
)
def test_shows_names_as_people_write_them(code: str, name: str) -> None:
    assert AREAS.name(code) == name


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("36.73", ("Kota Serang", "Banten", "Indonesia")),
        ("36", ("Banten", "Indonesia")),
        ("ID", ("Indonesia",)),
        ("JP", ("Jepang",)),
        (None, ()),
        ("99", ()),
    ],
)
def test_path_runs_up_to_the_country(code: str | None, path: tuple[str, ...]) -> None:
    assert AREAS.path(code) == path


def test_knows_country_position_time_zone_and_population() -> None:
    assert (AREAS.country("36.73"), AREAS.country("JP"), AREAS.country(None)) == ("ID", "JP", None)
    assert AREAS.position("36.73") == (-6.12, 106.174)
    assert AREAS.position("JP") == (35.69, 139.69)
    assert AREAS.position(None) == (None, None)
    assert [AREAS.utc_offset(c) for c in ("36.73.01", "51", "91.71")] == [7, 8, 9]
    assert (AREAS.population("36") or 0) > 10_000_000
    assert AREAS.population("36.73.01") is None


@pytest.mark.parametrize(
    ("name", "within", "first"),
    [
        ("Kota Serang", None, "36.73"),
        ("kabupaten serang", None, "36.04"),
        ("Serang", None, "36.04"),
        ("Curug", "36.73", "36.73.04"),
        ("Kec. Curug", "36.73", "36.73.04"),
        ("Jabar", None, "32"),
        ("Solo", None, "33.72"),
        ("Tulangbawang", None, "18.05"),
        ("Tulang Bawang", None, "18.05"),
        ("Toli-Toli", None, "72.04"),
        ("Tolitoli", None, "72.04"),
        ("Palangka Raya", None, "62.71"),
        ("Tanjungpinang", None, "21.72"),
        ("Ujung Pandang", None, "73.71"),
        ("Kalianda", "18", "18.01.06"),
        ("Purwokerto", None, "33.02"),
        ("Mamuju Utara", None, "76.01"),
        ("Irian Jaya", None, "91"),
    ],
)
def test_looks_up_any_spelling(name: str, within: str | None, first: str) -> None:
    assert lookup(name, within)[0].code == first


def test_looks_up_nothing() -> None:
    assert lookup("Nagasari Jaya Raya") == ()
    assert lookup("") == ()
    assert lookup("Serang", within="51") == ()


def test_tells_how_many_words_a_name_may_have() -> None:
    """A scan of a text need not look further; at most words it need not look at all."""
    assert (AREAS.longest("jepang"), AREAS.longest("tidakadanama")) == (1, 0)
    assert AREAS.longest("lima") >= 3  # Lima Puluh Kota


def test_chain_and_parent() -> None:
    assert [a.name for a in chain("36.73.04.1001")] == ["Kelurahan Curug", "Kecamatan Curug", "Kota Serang", "Banten"]
    assert [a.kind for a in chain("36.73.04.1001")] == ["village", "district", "city", "province"]
    assert (AREAS.parent("36.73"), AREAS.parent("36"), AREAS.parent("JP")) == ("36", "ID", None)
    with pytest.raises(KeyError):
        chain("99.99")


def test_new_provinces_of_papua() -> None:
    """Merauke lies in Papua Selatan, Sorong in Papua Barat Daya, since 2022."""
    assert AREAS.path("93.01")[1] == "Papua Selatan"
    assert AREAS.path("96.71")[1] == "Papua Barat Daya"


@pytest.mark.parametrize(
    ("code", "kind"), [("36", "province"), ("36.04", "regency"), ("36.73", "city"), ("JP", "country")]
)
def test_kind_follows_from_the_code(code: str, kind: str) -> None:
    assert kind_of(code) == kind


@pytest.mark.parametrize("row", packaged().rows("area_words", AreaWord, key=lambda r: (r.within, r.kind)), ids=str)
def test_level_word_shows_on_its_example(row: AreaWord) -> None:
    shown = f"{row.word} " if row.word else ""
    names = [AREAS.name(c) for c in AREAS if c.startswith(row.within) and _kind(c) == row.kind]
    assert any(name in row.example for name in names), shown


def _kind(code: str) -> str:
    return "ward" if kind_of(code) == "village" and code[9] == "1" else kind_of(code)


@pytest.mark.parametrize("row", packaged().rows("former_codes", FormerCode), ids=lambda row: row.code)
def test_a_former_code_leads_to_the_area_of_its_example(row: FormerCode) -> None:
    """The example names the area and the province it lies in now; what lies in the area goes with it."""
    today = AREAS.area(AREAS.today(row.code))
    assert today.code == row.now
    province = AREAS.name(row.now[:2])
    assert row.example == f"{today.name} kini termasuk {province}."
    assert AREAS.today(f"{row.code}.02.2001") == f"{row.now}.02.2001"


@given(st.text())
def test_lookup_takes_any_text(text: str) -> None:
    assert isinstance(lookup(text), tuple)
    assert "-" not in squeeze(text)
