"""The chain gives the same records however it is run, saved or sent to another process; its parts work on their own."""

from __future__ import annotations

import gc
import pickle
import subprocess
import sys
import weakref
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import beritaextract
from beritaextract import (
    Article,
    BeritaExtractError,
    Failure,
    ModelError,
    Record,
    extract,
    extract_many,
    load,
    runs,
)
from beritaextract.assemble import assemble
from beritaextract.components.base import BATCH
from beritaextract.components.marks import MarkPairer
from beritaextract.example_articles import examples
from beritaextract.layers import Words
from beritaextract.pipeline import make_doc
from beritaextract.runs import run_many

TEXTS = (
    "SERANG – Plh Sekda Banten, Virgojanti, membuka rapat di Kota Serang, Kamis (20/6/2024).\n\n"
    "“Kita perbaiki layanan publik,” ujar Virgojanti. Baca juga: Pasar Desa Dibuka Kembali\n\n"
    "Menurut dia, warga menunggu. “Harapannya, selesai tahun ini,” katanya.\n\n(red)",
    "Bupati Sumber Makmur Lestari Handayani meninjau jembatan, Senin. “Kami mulai besok,” kata Lestari.",
    "Harga cabai turun.",
    "”Belum ada laporan,” kata Kapolres",
)
FACTORIES = sorted(e.name for e in entry_points(group="spacy_factories") if e.name.startswith("beritaextract_"))


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return [Article(text, id=str(i), published="2024-06-20", outlet="Kabar Kita") for i, text in enumerate(TEXTS)]


@pytest.fixture(scope="module")
def wanted(nlp: Language, articles: list[Article]) -> list[Record]:
    return [extract(article, nlp=nlp) for article in articles]


class TestTheSameRecords:
    @pytest.mark.parametrize("n_process", [1, 2])
    def test_by_extract_many(
        self, nlp: Language, articles: list[Article], wanted: list[Record], n_process: int
    ) -> None:
        assert list(extract_many(articles, nlp=nlp, n_process=n_process, chunk_size=2)) == wanted

    @pytest.mark.parametrize("n_process", [1, 2])
    def test_by_spacys_own_pipe(
        self, nlp: Language, articles: list[Article], wanted: list[Record], n_process: int
    ) -> None:
        docs = [make_doc(nlp, article) for article in articles]
        assert [assemble(doc) for doc in nlp.pipe(docs, n_process=n_process, batch_size=2)] == wanted

    def test_after_to_disk_and_spacy_load(
        self, nlp: Language, articles: list[Article], wanted: list[Record], tmp_path: Path
    ) -> None:
        nlp.to_disk(tmp_path / "chain")
        again = spacy.load(tmp_path / "chain")
        assert [extract(article, nlp=again) for article in articles] == wanted

    def test_after_to_bytes(self, nlp: Language, articles: list[Article], wanted: list[Record]) -> None:
        again = load().from_bytes(nlp.to_bytes())
        assert [extract(article, nlp=again) for article in articles] == wanted

    def test_after_pickling(self, nlp: Language, articles: list[Article], wanted: list[Record]) -> None:
        again = pickle.loads(pickle.dumps(nlp))
        assert [extract(article, nlp=again) for article in articles] == wanted

    def test_from_a_doc_that_was_saved(self, nlp: Language, articles: list[Article], wanted: list[Record]) -> None:
        docs = [nlp(make_doc(nlp, article)) for article in articles]
        assert [assemble(Doc(nlp.vocab).from_bytes(doc.to_bytes())) for doc in docs] == wanted

    def test_a_second_time(self, nlp: Language, articles: list[Article], wanted: list[Record]) -> None:
        assert [extract(article, nlp=nlp) for article in reversed(articles)] == wanted[::-1]


class TestMemory:
    def test_no_component_keeps_a_doc(self, nlp: Language, articles: list[Article]) -> None:
        doc = nlp(make_doc(nlp, articles[0]))
        assemble(doc)
        there = weakref.ref(doc)
        del doc
        gc.collect()
        assert there() is None

    def test_a_long_run_forgets_the_words_it_met_but_for_the_first(
        self, nlp: Language, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(runs, "ARTICLES_REMEMBERED", 3)
        texts = [f"Rapat katabaru{i} usai di Kota Serang." for i in range(20)]
        found = list(run_many(texts, nlp=nlp, forget=True, chunk_size=3))
        assert [i for i in range(20) if f"katabaru{i}" in nlp.vocab.strings] == [0, 1, 2]
        assert list(run_many(texts, nlp=nlp)) == found
        assert "katabaru19" in nlp.vocab.strings


class TestCollector:
    @pytest.mark.parametrize("enabled", [True, False])
    def test_loading_leaves_the_garbage_collector_as_it_was(self, enabled: bool) -> None:
        try:
            (gc.enable if enabled else gc.disable)()
            load(model=None)
            with pytest.raises(ModelError):
                load(model="tiada")
            assert gc.isenabled() == enabled
        finally:
            gc.enable()


class TestTogether:
    def test_articles_that_go_through_the_chain_together_give_what_each_gives_alone(self, nlp: Language) -> None:
        texts = [article.text for article in examples()] + ["Hujan turun. " * 9_000]
        alone = [extract(text, nlp=nlp) for text in texts]
        assert list(extract_many(texts, nlp=nlp)) == alone
        assert list(extract_many(texts, nlp=nlp, chunk_size=1)) == alone

    def test_no_more_articles_are_taken_than_go_together(self, nlp: Language) -> None:
        taken: list[int] = []

        def source() -> Iterator[str]:
            for i in range(100):
                taken.append(i)
                yield f"Rapat ke-{i} usai."

        next(extract_many(source(), nlp=nlp, chunk_size=4))
        assert len(taken) == 4
        taken.clear()
        next(nlp.pipe(source()))
        assert len(taken) == BATCH

    def test_long_articles_go_alone(self, nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
        together: list[int] = []
        pipe = nlp.pipe

        def counting(docs: list[Doc]) -> Iterator[Doc]:
            together.append(len(docs))
            return pipe(docs)

        monkeypatch.setattr(nlp, "pipe", counting)
        monkeypatch.setattr(runs, "TOGETHER", 40)
        short, long = "Rapat usai.", "Rapat itu usai pada pukul sembilan malam di balai."
        assert len(list(run_many([short, short, long, long, short, short, short, short], nlp=nlp))) == 8
        assert together == [2, 3]

    def test_the_error_handler_of_a_component_decides_and_the_rest_go_on(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def faulty(view: Words, stretches: object) -> Iterator[Any]:
            if view.text[0] == "Rusak":
                raise RuntimeError("rusak")
            return iter(())

        alone = spacy.blank("id")
        monkeypatch.setattr(alone.add_pipe("beritaextract_titles"), "find", faulty)
        faults: list[str] = []
        alone.set_error_handler(lambda name, proc, docs, fault: faults.append(f"{name}: {docs[0].text}: {fault}"))
        assert [doc.text for doc in alone.pipe(["Satu.", "Rusak.", "Tiga."])] == ["Satu.", "Tiga."]
        assert faults == ["beritaextract_titles: Rusak.: rusak"]


class TestComponents:
    def test_every_component_of_the_chain_is_an_entry_point(self, nlp: Language) -> None:
        optional = {"beritaextract_offsets"}
        assert {nlp.get_pipe_meta(name).factory for name in nlp.pipe_names} == set(FACTORIES) - optional

    @pytest.mark.parametrize("factory", FACTORIES)
    def test_works_alone_in_a_blank_pipeline(self, factory: str) -> None:
        alone = spacy.blank("id")
        alone.add_pipe(factory)
        for text in (*TEXTS, "", " \n", "“"):
            assert alone(text).text == text

    def test_a_blank_pipeline_in_a_fresh_process_knows_them(self) -> None:
        code = "import spacy; spacy.blank('id').add_pipe('beritaextract_marks')"
        subprocess.run([sys.executable, "-c", code], check=True)


class TestImport:
    def test_import_does_not_load_spacy(self) -> None:
        code = "import sys, beritaextract; assert not {'spacy', 'pydantic', 'typer'} & set(sys.modules)"
        subprocess.run([sys.executable, "-c", code], check=True)

    def test_readers_and_records_do_not_load_spacy(self) -> None:
        code = "import sys, beritaextract.batch.convert, beritaextract.schema; assert 'spacy' not in sys.modules"
        subprocess.run([sys.executable, "-c", code], check=True)

    def test_every_public_name_is_there(self) -> None:
        assert all(getattr(beritaextract, name) is not None for name in beritaextract.__all__)
        with pytest.raises(AttributeError, match="no attribute 'tiada'"):
            _ = beritaextract.tiada


class TestFailures:
    def test_a_bad_row_goes_to_on_failure_and_the_rest_go_on(self, nlp: Language) -> None:
        failures: list[Failure] = []
        rows = [
            {"id": "a", "text": "Satu."},
            {"id": "b"},
            "Tiga.",
            {"id": "d", "text": 4},
            {"id": "e", "text": "\ud800"},
        ]
        found = list(extract_many(rows, nlp=nlp, on_failure=failures.append))
        assert [record.text for record in found] == ["Satu.", "Tiga."]
        assert [(failure.id, failure.error) for failure in failures] == [
            ("b", "ArticleError"),
            ("d", "ArticleError"),
            ("e", "ArticleError"),
        ]

    def test_without_on_failure_the_first_one_is_raised(self, nlp: Language) -> None:
        with pytest.raises(BeritaExtractError, match="article b: ArticleError: no text"):
            list(extract_many([{"id": "a", "text": "Satu."}, {"id": "b"}], nlp=nlp))

    @pytest.mark.parametrize(("n_process", "chunk_size"), [(1, 1), (1, 16), (2, 1)])
    def test_outcomes_come_in_order_and_a_failure_is_passed_on(
        self, nlp: Language, n_process: int, chunk_size: int
    ) -> None:
        unread = Failure("x", beritaextract.records.Source(), "InputError", "x:1: not JSON")
        rows = ["Satu.", unread, {"id": "c"}, "Empat."]
        outcomes = list(run_many(rows, nlp=nlp, n_process=n_process, chunk_size=chunk_size))
        assert [type(outcome) for outcome in outcomes] == [Record, Failure, Failure, Record]
        assert outcomes[1] == unread

    def test_a_fault_in_a_component_costs_its_article_only(
        self, nlp: Language, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        find = MarkPairer.find

        def faulty(self: MarkPairer, doc: Doc) -> Any:
            if doc.text == "Rusak.":
                raise RuntimeError("rusak")
            return find(self, doc)

        monkeypatch.setattr(MarkPairer, "find", faulty)
        outcomes = list(run_many(["Satu.", "Rusak.", "Tiga."], nlp=nlp))
        assert [type(outcome) for outcome in outcomes] == [Record, Failure, Record]
        assert (outcomes[1].error, outcomes[1].reason) == ("RuntimeError", "rusak")

    def test_what_came_before_the_source_failed_is_given(self, nlp: Language) -> None:
        def source() -> Iterator[str]:
            yield from TEXTS[:2]
            raise OSError("putus")

        found = extract_many(source(), nlp=nlp)
        assert [next(found).text, next(found).text] == list(TEXTS[:2])
        with pytest.raises(OSError, match="putus"):
            next(found)

    def test_a_number_of_processes_below_one_is_refused(self, nlp: Language) -> None:
        with pytest.raises(ValueError, match="n_process is 0"):
            list(run_many([], nlp=nlp, n_process=0))
