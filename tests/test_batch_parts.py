"""The small parts of a batch, each by itself."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from beritaextract.batch.checkpoint import run_of
from beritaextract.batch.columns import Columns
from beritaextract.batch.convert import convert
from beritaextract.batch.encoding import MAGIC, decode
from beritaextract.batch.inputs import Input
from beritaextract.batch.selection import selected
from beritaextract.errors import InputError
from beritaextract.tables import TABLES

OF_ARTICLES = {
    "source": {"path", "url", "outlet", "author"},
    "title": {"title"},
    "published": {"published", "published_on", "published_origin"},
    "topics": {"topic_code", "topic"},
    "officials": {"officials"},
    "other_people": {"people"},
    "quotes": {"quotes"},
    "places": {"places"},
    "warnings": {"warnings"},
    "text": {"text"},
}


class TestRuns:
    @pytest.fixture
    def one(self, tmp_path: Path) -> Input:
        (tmp_path / "a.txt").write_bytes(b"satu")
        os.utime(tmp_path / "a.txt", ns=(0, 10**18))
        return Input(str(tmp_path / "a.txt"), "txt", 4)

    def test_a_run_has_one_name(self, one: Input) -> None:
        assert run_of([one], {"limit": 3}) == run_of([one], {"limit": 3})

    def test_another_setting_another_file_another_time_is_another_run(self, one: Input, tmp_path: Path) -> None:
        """A file of the same size that was written anew may hold other articles."""
        known = {run_of([one], {"limit": 3}), run_of([one], {"limit": 4}), run_of([one, one], {"limit": 3})}
        known.add(run_of([Input(one.name, "txt", 5)], {"limit": 3}))
        os.utime(one.name, ns=(0, 10**18 + 1))
        known.add(run_of([one], {"limit": 3}))
        assert len(known) == 5


class TestFields:
    @pytest.mark.parametrize(("field", "columns"), OF_ARTICLES.items(), ids=OF_ARTICLES)
    def test_a_field_keeps_its_columns_of_articles_and_no_other(self, field: str, columns: set[str]) -> None:
        articles = selected([field])[0]
        assert articles.name == "articles"
        assert set(articles.names) == {"article_no", "article_id", *columns}

    def test_every_column_of_articles_belongs_to_a_field(self) -> None:
        assert {name for columns in OF_ARTICLES.values() for name in columns} == set(TABLES["articles"].names[2:])

    @pytest.mark.parametrize("field", ["officials", "other_people"])
    def test_people_need_both_fields_of_people(self, field: str) -> None:
        assert [table.name for table in selected([field])] == ["articles"]
        assert [table.name for table in selected(["officials", "other_people"])] == ["articles", "people", "officials"]


@pytest.mark.parametrize(("magic", "kind"), MAGIC.items(), ids=MAGIC.values())
def test_what_is_no_text_is_refused_with_what_it_is(magic: bytes, kind: str) -> None:
    with pytest.raises(InputError, match=f"^a.txt: not text but {kind}$"):
        decode(magic + b" teks biasa saja", "a.txt")


def test_rows_that_each_have_keys_of_their_own_fill_no_memory() -> None:
    columns = Columns()
    for number in range(3_000):
        assert columns.row({"isi": "a", f"kunci{number}": 1}, "a.jsonl").values == {"text": "a"}
    assert len(columns._plans) <= 1_001


class TestConvert:
    @pytest.mark.parametrize("given", ["a.txt", Path("a.txt"), ["a.txt"], (Path("a.txt"),)])
    def test_one_input_needs_no_list_and_names_may_be_paths(
        self, given: Any, nlp: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        Path("a.txt").write_text("Rapat usai.", encoding="utf8")
        assert convert(given, "out.jsonl", nlp=nlp).records == 1
        assert json.loads(Path("out.jsonl").read_text(encoding="utf8"))["source"]["path"] == "a.txt"

    def test_a_name_with_a_slash_is_a_folder(self, nlp: Language, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("Rapat usai.", encoding="utf8")
        convert(tmp_path / "a.txt", f"{tmp_path}/tabel/", nlp=nlp)
        assert (tmp_path / "tabel" / "articles.parquet").is_file()

    def test_no_input_is_a_fault_and_no_empty_output(self, nlp: Language, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="no input is named"):
            convert([], tmp_path / "out.jsonl", nlp=nlp)
        assert not list(tmp_path.iterdir())
