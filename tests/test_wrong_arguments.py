"""What a newcomer hands in by mistake is told by name, and never taken for something else."""

from __future__ import annotations

import io
import pydoc
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

import beritaextract
from beritaextract import (
    Article,
    ArticleError,
    Failure,
    Record,
    explain,
    extract,
    extract_many,
    register,
    show,
    to_frame,
)
from beritaextract.batch.convert import Options
from beritaextract.geojson import to_geojson
from beritaextract.records import Source
from beritaextract.runs import run_many

TEXT = "Plh Sekda Banten, Ratnaningrum, membuka rapat di Kota Serang, Selasa (9/7/2024)."
FAILURE = Failure("a", Source(), "InputError", "a:1: not JSON")
TAKERS: dict[str, Callable[[Any], object]] = {
    "to_frame": to_frame,
    "to_geojson": to_geojson,
    "register": register,
    "show": show,
}


@pytest.fixture(scope="module")
def record(nlp: Language) -> Record:
    return extract(TEXT, id="a-1", nlp=nlp)


class TestOneArticle:
    @pytest.mark.parametrize("call", [extract, explain])
    @pytest.mark.parametrize(
        ("given", "told"),
        [
            (None, "not NoneType"),
            (3, "not int"),
            ([TEXT], r"not list; extract_many takes many"),
            (TEXT.encode(), "not bytes; decode it first"),
            (Path("artikel.txt"), "Path; read its text first"),
        ],
    )
    def test_what_is_no_article_is_told(
        self, call: Callable[..., object], given: Any, told: str, nlp: Language
    ) -> None:
        with pytest.raises(ArticleError, match=rf"^an article is a text, an Article or a row with 'text' .*{told}"):
            call(given, nlp=nlp)

    @pytest.mark.parametrize("name", ["artikel.txt", "arsip/Berita-1.HTML", "https://kabar.example/a.html"])
    def test_a_name_of_a_file_is_not_taken_for_its_text(self, name: str, nlp: Language) -> None:
        with pytest.raises(ArticleError, match=r"is a file's name, not a text; read its text first"):
            extract(name, nlp=nlp)
        assert extract(f"Berkas itu bernama {name}", nlp=nlp).text

    @pytest.mark.parametrize("field", ["text", "id", "title", "outlet", "url", "author"])
    def test_a_field_that_is_no_text_is_told(self, field: str) -> None:
        with pytest.raises(ArticleError, match=f"^{field} is int, not text$"):
            Article(**({"text": TEXT} | {field: 5}))  # type: ignore[arg-type]

    def test_an_article_needs_a_text(self) -> None:
        with pytest.raises(ArticleError, match=r"^text is NoneType, not text$"):
            Article(None)  # type: ignore[arg-type]

    def test_a_row_is_an_article_too(self, nlp: Language, record: Record) -> None:
        assert extract({"id": "a-1", "text": TEXT}, nlp=nlp) == record
        assert explain({"id": "a-1", "text": TEXT}, nlp=nlp, only=["dates"]).article["id"] == "a-1"

    def test_what_is_said_beside_an_article_goes_before_what_it_says(self, nlp: Language) -> None:
        """Nothing that a caller says is passed over."""
        given = Article(TEXT, id="a", outlet="Kabar", published="2023", published_origin="metadata")
        found = extract(given, nlp=nlp, id="b", published="2024-07-10")
        assert (found.id, found.source.outlet) == ("b", "Kabar")
        assert found.published == beritaextract.records.Published("2024-07-10", "given")

    @pytest.mark.parametrize(
        ("given", "wanted"),
        [
            (date(2024, 7, 9), "2024-07-09"),
            (datetime(2024, 7, 9, 14, 5, tzinfo=timezone(timedelta(hours=7))), "2024-07-09T14:05+07:00"),
        ],
    )
    def test_a_date_may_be_a_date_of_python(self, given: date, wanted: str, nlp: Language) -> None:
        found = extract(TEXT, nlp=nlp, published=given).published
        assert found is not None
        assert found.value == wanted
        assert Article.from_row({"text": TEXT, "published": given}).published is not None

    def test_a_date_that_is_a_number_is_told(self, nlp: Language) -> None:
        with pytest.raises(ArticleError, match=r"^published is int, neither text nor a date$"):
            extract(TEXT, nlp=nlp, published=20240709)  # type: ignore[arg-type]


class TestManyArticles:
    @pytest.mark.parametrize("given", [TEXT, TEXT.encode(), Article(TEXT), {"text": TEXT}])
    def test_one_is_not_taken_for_many(self, given: Any, nlp: Language) -> None:
        """A text would come out letter by letter, a row key by key."""
        with pytest.raises(TypeError, match=r"extract_many takes many articles .*; extract takes one"):
            extract_many(given, nlp=nlp)

    @pytest.mark.parametrize("library", ["pandas", "polars"])
    def test_a_data_frame_is_not_taken_for_its_columns(self, library: str, nlp: Language) -> None:
        frame = pytest.importorskip(library).DataFrame({"text": [TEXT]})
        with pytest.raises(TypeError, match=r"the rows of a data frame: frame\.to_dict"):
            extract_many(frame, nlp=nlp)

    def test_what_is_no_article_among_them_is_a_failure_that_says_so(self, nlp: Language) -> None:
        failures: list[Failure] = []
        given: list[Any] = [TEXT, None, 3, TEXT.encode()]
        assert len(list(extract_many(given, nlp=nlp, on_failure=failures.append))) == 1
        assert {failure.error for failure in failures} == {"ArticleError"}
        assert [failure.reason.rpartition("not ")[2] for failure in failures] == [
            "NoneType", "int", "bytes; decode it first",
        ]  # fmt: skip

    def test_rows_of_pandas_are_rows(self, nlp: Language) -> None:
        """What pandas puts where nothing is (NaN, NaT, NA) is nothing, its numbers and times are ids and dates."""
        pandas = pytest.importorskip("pandas")
        frame = pandas.DataFrame(
            {
                "id": [1, 2, 3],
                "text": [TEXT, float("nan"), TEXT],
                "title": pandas.array([None, "Rapat", "Rapat"], dtype="string"),
                "published": [pandas.NaT, pandas.Timestamp("2024-07-09"), pandas.Timestamp("2024-07-09 14:05")],
            }
        )
        for rows in (frame.to_dict("records"), [row for _, row in frame.iterrows()]):
            failures: list[Failure] = []
            found = list(extract_many(rows, nlp=nlp, on_failure=failures.append))
            assert [(r.id, r.title, r.warnings) for r in found] == [("1", None, ()), ("3", "Rapat", ())]
            assert found[1].published is not None
            assert found[1].published.value == "2024-07-09T14:05"
            assert [failure.reason[:7] for failure in failures] == ["no text"]

    @pytest.mark.parametrize("n_process", [1, 2])
    def test_chunks_of_no_article_are_refused(self, n_process: int, nlp: Language) -> None:
        """They would end the run before its first article."""
        with pytest.raises(ValueError, match="chunk_size is 0"):
            list(run_many([TEXT], nlp=nlp, n_process=n_process, chunk_size=0))

    @pytest.mark.parametrize("wrong", [{"chunk_size": 0}, {"workers": -1}, {"limit": 0}, {"timeout": -1}])
    def test_options_of_a_batch_that_lose_articles_are_refused(self, wrong: dict[str, Any]) -> None:
        ((name, value),) = wrong.items()
        with pytest.raises(ValueError, match=f"^{name} is {value}; it must be"):
            Options(**wrong)


class TestRecords:
    @pytest.mark.parametrize("taker", TAKERS.values(), ids=TAKERS)
    @pytest.mark.parametrize("given", [None, "a-1", b"{}", 5, ["a-1"], [FAILURE], FAILURE])
    def test_what_is_no_record_is_told(self, taker: Callable[[Any], object], given: Any) -> None:
        with pytest.raises(TypeError, match=r"a record is a Record.*, not (NoneType|str|bytes|int|Failure)"):
            taker(given)

    @pytest.mark.parametrize("taker", TAKERS.values(), ids=TAKERS)
    def test_one_record_is_enough_and_none_is_no_fault(self, taker: Callable[[Any], object], record: Record) -> None:
        assert taker(record) is not None
        assert taker([]) is not None

    @pytest.mark.parametrize("text", ["[]", "5", '"a"', "null"])
    def test_json_that_is_no_object_is_a_value_error(self, text: str) -> None:
        with pytest.raises(ValueError, match="a Record is a JSON object, not"):
            Record.from_json(text)

    def test_only_may_be_one_name(self, nlp: Language) -> None:
        assert [part.name for part in explain(TEXT, nlp=nlp, only="dates").parts] == ["dates"]


class TestWhatIsShown:
    def test_a_record_says_what_it_is_in_a_line(self, record: Record) -> None:
        assert repr(record) == "<Record a-1: 1 official, 0 other people, 0 quotes, 1 place, 1 date>"

    def test_a_record_with_a_title_shows_it(self, nlp: Language) -> None:
        titled = extract(TEXT, id="a-2", title="Rapat " * 30, nlp=nlp)
        assert (
            repr(titled)
            == f"<Record a-2 '{('Rapat ' * 30)[:59]}…': 1 official, 0 other people, 0 quotes, 1 place, 1 date>"
        )

    def test_a_register_says_how_many_it_holds(self, record: Record) -> None:
        assert repr(register([record])) == "<Register: 1 person, 1 post>"
        assert repr(register([])) == "<Register: 0 people, 0 posts>"

    def test_an_explanation_is_its_report(self, nlp: Language) -> None:
        found = explain(TEXT, nlp=nlp, only=["dates"])
        assert repr(found) == str(found)

    def test_help_shows_what_there_is(self) -> None:
        page = io.StringIO()
        pydoc.Helper(output=page).help(beritaextract)
        for name in ("extract_many(", "class Record(", "load("):  # 3.13 breaks long signatures behind the bracket
            assert name in page.getvalue()


def test_a_mapping_of_any_kind_is_a_row() -> None:
    class Row(Mapping[str, Any]):
        def __getitem__(self, key: str) -> str:
            return {"text": TEXT}[key]

        def __iter__(self) -> Any:
            return iter(["text"])

        def __len__(self) -> int:
            return 1

    assert Article.from_row(Row()).text == TEXT
