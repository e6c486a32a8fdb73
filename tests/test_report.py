"""The report as a file: what its page holds, that nothing in it can act, and what is said of input that is none."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from beritaextract.batch.written import read_records
from beritaextract.cli import app
from beritaextract.display.labels import Label
from beritaextract.errors import InputError
from beritaextract.gazetteer import Gazetteer
from beritaextract.lexicon import packaged
from beritaextract.records import Record
from beritaextract.report import payload as packing
from beritaextract.report import report_files, write_report
from beritaextract.report.page import PROGRAM, labels, script_json
from beritaextract.report.payload import Payload
from beritaextract.schema import CONSTRAINTS
from report_records import HEALTH, HOSTILE, POLITICS, SERANG, TERNATE, make_record

PARTS = files("beritaextract").joinpath("report")
SAID = "Warga tidak boleh lagi bolak-balik"
MEETING = make_record(
    "a1",
    f"Plh Sekda Banten, Ratnaningrum, membuka rapat di Kota Serang. “{SAID},” kata Ratnaningrum.",
    title="Rapat layanan",
    day="2024-07-09",
    outlet="Kabar Cisadane",
    url="https://kabar.example/rapat",
    official=("Ratnaningrum", "Plh Sekda Banten"),
    said=[(SAID, "Ratnaningrum")],
    places=[SERANG],
    topics=[POLITICS],
)
LATER = make_record("a2", "Puskesmas di Kota Ternate dibuka.", day="2024-07-11", places=[TERNATE], topics=[HEALTH])
UNDATED = make_record("a3", "Pasar ramai.")


class Elements(HTMLParser):
    """The elements of a page with their attributes and texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], str]] = []
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), ""))
        self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            tag, attributes, text = self.found[-1]
            self.found[-1] = (tag, attributes, text + data)

    def texts(self, tag: str, **wanted: str) -> list[str]:
        return [text for name, has, text in self.found if name == tag and wanted.items() <= has.items()]


def page_of(tmp_path: Path, *records: Record, **options: Any) -> Elements:
    out = tmp_path / "laporan.html"
    write_report(records, out, **options)
    return Elements(out.read_text(encoding="utf8"))


def index_of(page: Elements) -> dict[str, Any]:
    return json.loads(page.texts("script", id="index")[0])


def texts_of(page: Elements) -> list[dict[str, list[Any]]]:
    """Of each chunk its columns by name."""
    chunks = [text for tag, has, text in page.found if tag == "script" and str(has.get("id")).startswith("texts-")]
    columns = [map(list, zip(*json.loads(chunk), strict=True)) for chunk in chunks]
    return [dict(zip(packing.BODY, bodies, strict=True)) for bodies in columns]


# what it holds


def test_articles_stand_from_the_newest_on_those_without_a_day_last(tmp_path: Path) -> None:
    assert index_of(page_of(tmp_path, UNDATED, MEETING, LATER))["articles"]["id"] == ["a2", "a1", "a3"]


def test_a_quote_has_its_article_its_position_and_its_speaker(tmp_path: Path) -> None:
    index = index_of(page_of(tmp_path, MEETING, LATER))
    start = MEETING.text.index(SAID)
    quotes = index["quotes"]
    assert (quotes["article"], quotes["start"], quotes["end"]) == ([1], [start], [start + len(SAID)])
    assert index["people"]["name"][quotes["speaker"][0]] == "Ratnaningrum"
    assert index["people"]["post"] == ["Plh Sekda Banten"]


def test_a_person_of_two_articles_is_one_person(tmp_path: Path) -> None:
    again = make_record("a4", "Ratnaningrum, Kepala BPBD.", official=("Ratnaningrum", "Kepala BPBD"))
    assert index_of(page_of(tmp_path, MEETING, again))["people"]["name"] == ["Ratnaningrum"]


def test_a_place_brings_the_names_of_the_areas_it_lies_in(tmp_path: Path) -> None:
    assert index_of(page_of(tmp_path, MEETING))["areas"] == {"36.73": "Kota Serang", "36": "Banten"}


@pytest.mark.parametrize(("lang", "name"), [("id", "kesehatan"), ("en", "health")])
def test_labels_and_topics_are_in_the_language_asked_for(tmp_path: Path, lang: Any, name: str) -> None:
    page = page_of(tmp_path, LATER, lang=lang)
    assert index_of(page)["topics"]["name"] == [name]
    assert page.texts("label", **{"for": "place"}) == [labels(lang)["of_place"]]
    assert [has["lang"] for tag, has, _ in page.found if tag == "html"] == [lang]


def test_texts_are_packed_in_chunks_in_the_order_of_the_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "CHUNK", 2)
    chunks = texts_of(page_of(tmp_path, UNDATED, MEETING, LATER))
    assert [[pieces[0][1] for pieces in chunk["pieces"]] for chunk in chunks] == [
        [LATER.text, MEETING.text],
        [UNDATED.text],
    ]


def test_marks_are_officials_other_sources_places_and_dates_where_they_stand(tmp_path: Path) -> None:
    text = f"Camat Ratnaningrum menerima Slamet di Kota Serang. “{SAID},” kata Slamet."
    record = make_record("m", text, official=("Ratnaningrum", "Camat"), said=[(SAID, "Slamet")], places=[SERANG])
    page = page_of(tmp_path, record)
    (flat,) = texts_of(page)[0]["marks"]
    marks = [flat[at : at + 4] for at in range(0, len(flat), 4)]
    index = index_of(page)
    names = [*[index["people"]["name"]] * 2, index["places"]["name"]]
    assert [(index["marks"][kind], text[start:end], names[kind][number]) for kind, start, end, number in marks] == [
        ("official", "Ratnaningrum", "Ratnaningrum"),
        ("person", "Slamet", "Slamet"),
        ("place", "Kota Serang", "Kota Serang"),
    ]


# very large batches


def long_record() -> Record:
    filler = "Kalimat pengisi yang panjang. " * 60
    return make_record("p1", f"{filler}“{SAID},” kata warga. {filler}", said=[(SAID, "warga")])


def test_passages_are_the_beginning_and_what_stands_round_quotes_at_their_places(tmp_path: Path) -> None:
    record = long_record()
    page = page_of(tmp_path, record, passages=True)
    (pieces,) = texts_of(page)[0]["pieces"]
    assert all(record.text[start : start + len(piece)] == piece for start, piece in pieces)
    assert pieces[0][0] == 0
    assert any(SAID in piece for _, piece in pieces)
    assert sum(len(piece) for _, piece in pieces) < len(record.text) / 3
    assert index_of(page)["whole"] is False


def test_passages_that_touch_are_one(tmp_path: Path) -> None:
    """Nothing of the text stands on the page twice."""
    filler = "Kalimat pengisi yang panjang. " * 60
    text = f"{filler}“{SAID},” kata warga. “Pasar ramai,” kata pedagang. {filler}“Selesai,” kata camat."
    said = [(SAID, "warga"), ("Pasar ramai,", "pedagang"), ("Selesai,", "camat")]
    (pieces,) = texts_of(page_of(tmp_path, make_record("p1", text, said=said), passages=True))[0]["pieces"]
    assert len(pieces) == 3
    assert all(start + len(piece) < after for (start, piece), (after, _) in pairwise(pieces))


def test_a_source_is_shown_with_a_post_that_is_held(tmp_path: Path) -> None:
    """Of an official never with a former one, or one outside the state."""
    text = "Bupati Serang Herlina Sari, mantan Camat Curug dan Ketua PMI, hadir. “Siap,” kata Herlina Sari."
    record = make_record("p1", text, official=("Herlina Sari", "Bupati Serang"), said=[("Siap,", "Herlina Sari")])
    (person,) = record.officials
    (held,) = person.positions
    former = replace(held, text="mantan Camat Curug", former=True)
    private = replace(held, text="Ketua PMI", public=False)
    record = replace(record, officials=(replace(person, positions=(former, private, held)),))
    assert index_of(page_of(tmp_path, record))["people"]["post"] == ["Bupati Serang"]


def test_texts_beyond_the_budget_are_cut_to_passages_also_those_read_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "TEXT_BUDGET", 5_000)
    records = [long_record(), long_record()]
    summary = write_report(records, tmp_path / "laporan.html")
    page = Elements((tmp_path / "laporan.html").read_text(encoding="utf8"))
    assert not summary.whole_texts
    assert [len(pieces) for pieces in texts_of(page)[0]["pieces"]] == [2, 2]


def test_articles_beyond_the_limit_are_counted_not_taken(tmp_path: Path) -> None:
    summary = write_report([MEETING, LATER, UNDATED], tmp_path / "laporan.html", limit=2)
    assert (summary.articles, summary.in_batch) == (2, 3)
    index = index_of(Elements((tmp_path / "laporan.html").read_text(encoding="utf8")))
    assert (len(index["articles"]["id"]), index["in_batch"]) == (2, 3)


# safety


def test_json_in_a_script_element_can_end_neither_the_element_nor_a_line() -> None:
    value = {"x": "</script><!--<script>&\u2028\u2029"}
    packed = script_json(json.dumps(value, ensure_ascii=False).encode("utf8"))
    assert not re.search("[<>&\u2028\u2029]", packed)
    assert json.loads(packed) == value


def test_markup_in_titles_texts_and_names_stays_data(tmp_path: Path) -> None:
    text = f"{HOSTILE} berkata “{HOSTILE} {SAID}”."
    record = make_record("x", text, title=HOSTILE, outlet=HOSTILE, said=[(SAID, HOSTILE)])
    harmless = page_of(tmp_path, UNDATED)
    page = page_of(tmp_path, record, title=HOSTILE)
    assert [tag for tag, _, _ in page.found] == [tag for tag, _, _ in harmless.found]
    assert index_of(page)["articles"]["title"] == [HOSTILE]


def test_the_policy_lets_run_what_the_page_brings_and_fetch_nothing(tmp_path: Path) -> None:
    page = page_of(tmp_path, MEETING)
    (policy,) = [has["content"] for tag, has, _ in page.found if tag == "meta" and "http-equiv" in has]
    program = page.texts("script")[-1]
    for name, text in (("script-src", program), ("style-src", page.texts("style")[0])):
        digest = base64.b64encode(hashlib.sha256(text.encode("utf8")).digest()).decode("ascii")
        assert f"{name} 'sha256-{digest}';" in str(policy)
    assert str(policy).startswith("default-src 'none';")


def test_the_page_refers_to_nothing_outside(tmp_path: Path) -> None:
    page = page_of(tmp_path, UNDATED)
    addresses = [value for _, has, _ in page.found for name, value in has.items() if name in ("src", "href")]
    assert addresses == ["data:,", "#results"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"])
def test_only_web_addresses_become_links(tmp_path: Path, address: str) -> None:
    page = page_of(tmp_path, make_record("u", "Isi.", url=address))
    assert texts_of(page)[0]["url"] == [None]


# what is read


def written(path: Path, *records: Record) -> Path:
    data = b"".join(record.to_bytes() + b"\n" for record in records)
    if path.suffix == ".gz":
        data = gzip.compress(data)
    elif path.suffix == ".zst":
        data = pytest.importorskip("zstandard").ZstdCompressor().compress(data)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["rekaman.jsonl", "rekaman.jsonl.gz", "rekaman.jsonl.zst", "rekaman.ndjson"])
def test_records_are_read_back_as_they_were(tmp_path: Path, name: str) -> None:
    assert list(read_records(written(tmp_path / name, MEETING, LATER))) == [MEETING, LATER]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"{", "no record: invalid JSON"),
        (b"[]", "no record: input should be an object"),
        (b'{"id": "x", "text": "Isi."}', "no record: schema: Field required"),
        (
            LATER.to_bytes().replace(b'"role":"location"', b'"role":7'),
            "no record: places[0].role: Input should be a valid",
        ),
        (LATER.to_bytes().replace(b'"id":"a2"', b'"id":"\xff"'), "no record: invalid"),
    ],
)
def test_a_line_that_is_no_record_is_told_with_file_line_and_field(tmp_path: Path, line: bytes, told: str) -> None:
    path = written(tmp_path / "rekaman.jsonl", MEETING)
    path.write_bytes(path.read_bytes() + b"\n" + line + b"\n")
    with pytest.raises(InputError) as fault:
        report_files([path], tmp_path / "laporan.html")
    assert str(fault.value).startswith(f"{path}:3: {told}")
    assert not (tmp_path / "laporan.html").exists()


def test_what_cannot_be_read_or_written_is_told(tmp_path: Path) -> None:
    good = written(tmp_path / "rekaman.jsonl", MEETING)
    empty = written(tmp_path / "kosong.jsonl")
    table = written(tmp_path / "rekaman.csv")
    cut = tmp_path / "putus.jsonl.gz"
    cut.write_bytes(written(tmp_path / "utuh.jsonl.gz", *[MEETING] * 50).read_bytes()[:-20])
    out = tmp_path / "laporan.html"
    for inputs, target, told in (
        ([tmp_path / "tiada.jsonl"], out, "tiada.jsonl: no such file"),
        ([tmp_path], out, "is a folder"),
        ([table], out, "rekaman.csv: no JSON lines by its name"),
        ([empty], out, "no record to report on"),
        ([cut], out, "putus.jsonl.gz: cannot be read further"),
        ([good], tmp_path / "rekaman.jsonl", "a name that ends in .html"),
        ([good], tmp_path / "tiada" / "laporan.html", "laporan.html: cannot be written: No such file or directory"),
    ):
        with pytest.raises(InputError, match=re.escape(told)):
            report_files(inputs, target)
    assert not list(tmp_path.glob("*.part"))


def test_several_files_make_one_report(tmp_path: Path) -> None:
    inputs = [written(tmp_path / "a.jsonl", MEETING), written(tmp_path / "b.jsonl.gz", LATER)]
    assert report_files(inputs, tmp_path / "laporan.html").articles == 2


# the command line


def test_the_command_says_what_it_made(tmp_path: Path) -> None:
    source = written(tmp_path / "rekaman.jsonl", MEETING, LATER)
    result = CliRunner().invoke(app, ["report", str(source), "-o", str(tmp_path / "laporan.html"), "--limit", "1"])
    assert result.exit_code == 0
    assert "the first 1 articles of 2" in result.output
    assert "1 articles, 1 quotes in" in result.output


def test_the_command_refuses_a_line_that_is_no_record_and_a_language_it_has_not(tmp_path: Path) -> None:
    source = tmp_path / "rekaman.jsonl"
    source.write_text("{}\n", encoding="utf8")
    out = str(tmp_path / "laporan.html")
    refused = CliRunner().invoke(app, ["report", str(source), "-o", out])
    assert (refused.exit_code, "rekaman.jsonl:1: no record" in refused.output) == (2, True)
    assert CliRunner().invoke(app, ["report", str(source), "-o", out, "--lang", "jv"]).exit_code == 2


# labels and the map


def test_every_label_is_used_and_every_label_used_is_in_the_table() -> None:
    template = PARTS.joinpath("page.html").read_text(encoding="utf8")
    program = "".join(PARTS.joinpath("program", f"{name}.js").read_text(encoding="utf8") for name in PROGRAM)
    used = set(re.findall(r"\{\{label:(\w+)\}\}", template)) | set(re.findall(r"labels\.(\w+)", program))
    used |= set(re.findall(r'say\("(\w+)"', program)) | {"report"}
    used |= {f"quote_{kind}" for kind in packing.KINDS} | {f"per_{step}" for step in ("day", "week", "month", "year")}
    used |= {f"segment_{kind}" for kind in CONSTRAINTS["Segment.kind"]["enum"] if kind not in packing.CONTENT}
    ours, shared = ({row.key for row in packaged().rows(f"{t}_labels", Label)} for t in ("report", "display"))
    assert used - shared == ours
    assert not ours & shared


def test_every_file_of_the_program_is_part_of_it() -> None:
    assert sorted(file.name for file in PARTS.joinpath("program").iterdir()) == sorted(f"{name}.js" for name in PROGRAM)


def test_the_example_of_a_label_is_its_text_filled_in() -> None:
    for label in packaged().rows("report_labels", Label):
        pattern = re.sub(r"\\\{\w+\\\}", ".+", re.escape(label.id))
        assert re.search(pattern, label.example), label.key
        assert set(re.findall(r"\{\w+\}", label.id)) == set(re.findall(r"\{\w+\}", label.en)), label.key


def test_the_map_has_every_province_where_the_gazetteer_has_it() -> None:
    outline = json.loads(PARTS.joinpath("outline.json").read_text(encoding="utf8"))
    west, north, units = outline["origin"]
    gazetteer = Gazetteer(packaged())
    assert set(outline["provinces"]) == {code for code in gazetteer if len(code) == 2}
    for code, (name, path) in outline["provinces"].items():
        lat, lon = gazetteer.position(code)
        xs, ys = zip(*points(path), strict=True)
        assert name == gazetteer.area(code).name
        assert lat is not None
        assert lon is not None
        assert min(xs) <= (lon - west) * units <= max(xs), name
        assert min(ys) <= (north - lat) * units <= max(ys), name


def points(path: str) -> list[tuple[int, int]]:
    """The points of a path of absolute beginnings (M) and relative lines (l)."""
    found = []
    for ring in path.split("M")[1:]:
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        x, y = 0, 0
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
    return found


def test_the_map_is_small() -> None:
    assert len(PARTS.joinpath("outline.json").read_bytes()) < 60_000


def test_a_payload_without_texts_in_its_index_is_ready_to_be_read_alone() -> None:
    payload = Payload()
    payload.add(MEETING)
    assert SAID not in json.dumps(payload.index())
