"""``convert``: every article that goes in comes out, as a record or as a failure."""

from __future__ import annotations

import json
import os
import signal
import tracemalloc
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from batches import lines, write_rows
from beritaextract import runs
from beritaextract.article import Article
from beritaextract.batch.columns import Columns
from beritaextract.batch.convert import InterruptedRunError, Options, Tally, convert
from beritaextract.batch.inputs import find_inputs
from beritaextract.batch.readers import read_inputs
from beritaextract.errors import InputError
from beritaextract.records import Failure, Record
from beritaextract.runs import run_many

TEXTS = [f"Bupati Lestari membuka pasar ke-{i} di desa itu, Kamis (20/6/2024)." for i in range(40)]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


class TestConvert:
    @pytest.mark.parametrize("workers", [1, 2])
    def test_every_article_becomes_a_record_in_order(self, here: Path, nlp: Language, workers: int) -> None:
        write_rows(here / "in.jsonl", [{"id": str(i), "text": text} for i, text in enumerate(TEXTS)])
        tally = convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=Options(workers=workers))
        assert (tally.records, tally.failures, tally.articles) == (40, 0, 40)
        found = [Record.from_dict(row) for row in lines(here / "out.jsonl")]
        assert [(record.id, record.text) for record in found] == [(str(i), text) for i, text in enumerate(TEXTS)]
        assert found == list(run_many(read_inputs(find_inputs(["in.jsonl"]), Columns()), nlp=nlp))
        assert sorted(p.name for p in here.iterdir()) == ["in.jsonl", "out.jsonl", "out.jsonl.batch.json"]

    def test_a_fault_is_a_failure_with_id_source_and_reason(self, here: Path, nlp: Language) -> None:
        rows = [
            {"id": "a", "text": "Rapat."},
            {"id": "b", "text": " "},
            {"judul": "x"},
            {"id": "d", "text": "y", "title": {"id": "?"}},
        ]
        write_rows(here / "in.jsonl", rows)
        tally = convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp)
        assert (tally.records, tally.failures) == (1, 3)
        failures = [Failure.from_dict(row) for row in lines(here / "out.jsonl.failures.jsonl")]
        assert [(f.id, f.source.path, f.error) for f in failures] == [
            ("b", "in.jsonl", "ArticleError"),
            ("in.jsonl:3", "in.jsonl", "ArticleError"),
            ("d", "in.jsonl", "ArticleError"),
        ]
        assert failures[0].reason.startswith("in.jsonl:2: no text")
        assert failures[2].reason == "in.jsonl:4: title is dict, not text"

    def test_a_date_that_cannot_be_read_is_a_warning_and_costs_no_article(self, here: Path, nlp: Language) -> None:
        write_rows(here / "in.jsonl", [{"text": "Rapat.", "tanggal": "Tidak Ditemukan"}])
        assert convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp).failures == 0
        record = lines(here / "out.jsonl")[0]
        assert record["published"] is None
        assert record["warnings"] == ["published: no date can be read in 'Tidak Ditemukan'"]

    def test_articles_with_the_same_id_are_all_kept(self, here: Path, nlp: Language) -> None:
        write_rows(here / "a.jsonl", [{"id": "1", "text": "Satu."}, {"id": "1", "text": "Dua."}])
        write_rows(here / "b.jsonl", [{"id": "1", "text": "Tiga."}])
        convert(["a.jsonl", "b.jsonl", "a.jsonl"], Path("out.jsonl"), nlp=nlp)
        assert [(row["id"], row["source"]["path"], row["text"]) for row in lines(here / "out.jsonl")] == [
            ("1", "a.jsonl", "Satu."),
            ("1", "a.jsonl", "Dua."),
            ("1", "b.jsonl", "Tiga."),
            ("1", "a.jsonl", "Satu."),
            ("1", "a.jsonl", "Dua."),
        ]

    def test_a_missing_id_is_a_stable_hash(self, here: Path, nlp: Language) -> None:
        write_rows(here / "in.jsonl", [{"text": "Satu."}, {"text": "Dua."}])
        convert(["in.jsonl"], Path("a.jsonl"), nlp=nlp)
        convert(["in.jsonl"], Path("b.jsonl"), nlp=nlp)
        assert (here / "a.jsonl").read_bytes() == (here / "b.jsonl").read_bytes()
        assert len({row["id"] for row in lines(here / "a.jsonl")}) == 2

    def test_the_limit_counts_failures_too(self, here: Path, nlp: Language) -> None:
        write_rows(here / "in.jsonl", [{"text": "Satu."}, {}, {"text": "Tiga."}])
        tally = convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=Options(limit=2))
        assert (tally.records, tally.failures) == (1, 1)

    def test_an_output_that_is_there_is_not_replaced_silently(self, here: Path, nlp: Language) -> None:
        write_rows(here / "in.jsonl", [{"text": "Satu."}])
        for name in ("out.jsonl", "out.jsonl.failures.jsonl", "out.jsonl.part"):
            (here / name).write_text("berharga")
            with pytest.raises(InputError, match=f"^{name}: is there already.*--overwrite"):
                convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp)
            assert (here / name).read_text() == "berharga"
            (here / name).unlink()

    def test_overwrite_replaces_records_and_failures(self, here: Path, nlp: Language) -> None:
        write_rows(here / "in.jsonl", [{"text": "Satu."}])
        (here / "out.jsonl").write_text("lama")
        (here / "out.jsonl.failures.jsonl").write_text("lama")
        convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=Options(overwrite=True))
        assert [row["text"] for row in lines(here / "out.jsonl")] == ["Satu."]
        assert not (here / "out.jsonl.failures.jsonl").exists()

    def test_the_output_is_no_input_of_the_folder_it_stands_in(self, here: Path, nlp: Language) -> None:
        write_rows(here / "in.jsonl", [{"text": "Satu."}])
        for _ in range(2):
            tally = convert(["."], Path("out.jsonl"), nlp=nlp, options=Options(overwrite=True))
            assert tally.articles == 1

    @pytest.mark.parametrize(
        ("out", "message"),
        [
            ("out.docx", r"^out\.docx: what shall it be\? Writable are \.jsonl"),
            ("tiada/out.jsonl", r"^tiada/out\.jsonl: there is no folder tiada"),
            ("in.jsonl", r"^in\.jsonl: is the output too"),
            ("map.jsonl", r"^map\.jsonl: is a folder"),
        ],
    )
    def test_an_output_that_cannot_be_is_refused_before_anything_is_done(
        self, here: Path, nlp: Language, out: str, message: str
    ) -> None:
        write_rows(here / "in.jsonl", [{"text": "Satu."}])
        (here / "map.jsonl").mkdir()
        with pytest.raises(InputError, match=message):
            convert(["in.jsonl"], Path(out), nlp=nlp)

    def test_a_run_that_ends_early_leaves_what_it_had(self, here: Path, nlp: Language) -> None:
        def stop(tally: Tally) -> None:
            if tally.articles == 5:
                raise KeyboardInterrupt

        write_rows(here / "in.jsonl", [{"text": text} for text in TEXTS])
        options = Options(workers=2, chunk_size=5)
        with pytest.raises(InterruptedRunError, match=r"interrupted; the 5 records so far are in out\.jsonl\.part"):
            convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=options, on_progress=stop)
        assert len(lines(here / "out.jsonl.part")) == 5
        assert not (here / "out.jsonl").exists()

    def test_a_worker_that_dies_is_replaced_and_its_article_is_a_failure(
        self, here: Path, nlp: Language, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_doc = runs.make_doc

        def deadly(nlp: Language, article: Article) -> Doc:
            if article.id in ("11", "12", "30"):
                os.kill(os.getpid(), signal.SIGKILL)  # as the system does when memory runs out
            return make_doc(nlp, article)

        monkeypatch.setattr(runs, "make_doc", deadly)
        write_rows(here / "in.jsonl", [{"id": str(i), "text": text} for i, text in enumerate(TEXTS)])
        tally = convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=Options(workers=2, chunk_size=4))
        assert (tally.records, tally.failures) == (37, 3)
        assert [row["id"] for row in lines(here / "out.jsonl")] == [str(i) for i in range(40) if i not in (11, 12, 30)]
        failures = lines(here / "out.jsonl.failures.jsonl")
        assert [(row["id"], row["error"]) for row in failures] == [(i, "WorkerDied") for i in ("11", "12", "30")]

    def test_one_worker_that_dies_does_not_end_the_run(
        self, here: Path, nlp: Language, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(runs, "make_doc", lambda nlp, article: os._exit(1))
        write_rows(here / "in.jsonl", [{"id": "1", "text": "Satu."}])
        assert convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=Options(workers=1)).failures == 1

    def test_without_order_every_article_comes_once(self, here: Path, nlp: Language) -> None:
        write_rows(here / "in.jsonl", [{"id": str(i), "text": text} for i, text in enumerate(TEXTS)])
        convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=Options(workers=2, unordered=True, chunk_size=3))
        assert sorted(int(row["id"]) for row in lines(here / "out.jsonl")) == list(range(40))

    def test_memory_does_not_grow_with_the_input(self, here: Path) -> None:
        """Reading alone: as many rows as 40 MB hold take no more memory than the first few."""
        with (here / "in.jsonl").open("w") as file:
            for i in range(20_000):
                file.write(json.dumps({"text": f"{i} " + "pasar " * 330}) + "\n")
        rows = read_inputs(find_inputs(["in.jsonl"]), Columns())
        next(rows)
        tracemalloc.start()
        assert sum(1 for _ in rows) == 19_999
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 2_000_000
