"""The engine of a run, the readers, the writers and ``convert`` itself."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from beritaextract.batch.columns import Columns
from beritaextract.batch.convert import InterruptedRunError, Options, Tally, convert
from beritaextract.batch.inputs import find_inputs
from beritaextract.batch.readers import read_inputs
from beritaextract.batch.timelimit import TimeLimitError, time_limit
from beritaextract.batch.workers import Workers
from beritaextract.errors import BeritaExtractError, InputError
from beritaextract.pipeline import run_many
from beritaextract.records import Failure, Record, Source


def double(item: int) -> int:
    """An item of 13 kills the process that works on it."""
    if item == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * item


def make_double() -> Callable[[int], int]:
    return double


def cannot_start() -> Callable[[int], int]:
    raise RuntimeError("no pipeline here")


def lost(item: int) -> int:
    return -item


def workers(n_process: int = 2) -> Workers[int, int]:
    return Workers(make_double, lost, n_process=n_process)


class TestWorkers:
    @pytest.mark.parametrize("count", [0, 1, 5, 100])
    def test_results_come_in_order(self, count: int) -> None:
        items = [i for i in range(count) if i != 13]
        assert list(workers().map(items, chunk_size=4)) == [2 * i for i in items]

    def test_only_the_item_that_kills_its_process_is_lost(self) -> None:
        assert list(workers().map(range(60), chunk_size=4)) == [-13 if i == 13 else 2 * i for i in range(60)]

    def test_killers_in_a_row_are_lost_one_by_one(self) -> None:
        assert list(workers().map([1, 13, 13, 2, 13], chunk_size=2)) == [2, -13, -13, 4, -13]

    def test_items_are_read_only_as_fast_as_results_are_taken(self) -> None:
        read = []
        results = workers().map((read.append(i) or i for i in range(100, 10_000)), chunk_size=5)
        next(results)
        assert len(read) <= 2 * 2 * 5
        results.close()

    def test_workers_that_cannot_start_are_an_error_and_no_hang(self) -> None:
        broken: Workers[int, int] = Workers(partial(cannot_start), lost, n_process=2)
        with pytest.raises(BeritaExtractError, match="no worker process can start"):
            list(broken.map(range(5), chunk_size=2))


class TestTimeLimit:
    def test_what_takes_too_long_is_stopped(self) -> None:
        with pytest.raises(TimeLimitError, match=r"took longer than 0\.05 s"), time_limit(0.05):
            slow(Record("1.0", "a", Source(), None, None, "lambat"))

    def test_a_pattern_that_runs_away_is_stopped(self) -> None:
        with pytest.raises(TimeLimitError), time_limit(0.05):
            re.match(r"(a+)+b", "a" * 60)

    def test_what_is_in_time_is_left_alone(self) -> None:
        with time_limit(5):
            pass
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)

    @pytest.mark.parametrize("n_process", [1, 2])
    def test_a_slow_article_is_a_failure_and_the_rest_go_on(self, nlp: Language, n_process: int) -> None:
        articles = ["Satu.", "lambat", "Tiga."]
        outcomes = list(run_many(articles, nlp=nlp, n_process=n_process, chunk_size=1, finish=slow, timeout=0.5))
        assert [isinstance(outcome, Failure) for outcome in outcomes] == [False, True, False]
        assert outcomes[1].error == "TimeLimitError"


def slow(record: Record) -> str:
    while record.text == "lambat":
        pass
    return record.text


TEXTS = [f"Bupati Lestari membuka pasar ke-{i} di desa itu, Kamis (20/6/2024)." for i in range(40)]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write_rows(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def lines(path: Path) -> list[Any]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf8") as file:
        return [json.loads(line) for line in file]


class TestConvert:
    @pytest.mark.parametrize("workers", [1, 2])
    def test_every_article_becomes_a_record_in_order(self, here: Path, nlp: Language, workers: int) -> None:
        write_rows(here / "in.jsonl", [{"id": str(i), "text": text} for i, text in enumerate(TEXTS)])
        tally = convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=Options(workers=workers))
        assert (tally.records, tally.failures, tally.articles) == (40, 0, 40)
        found = [Record.from_dict(row) for row in lines(here / "out.jsonl")]
        assert [(record.id, record.text) for record in found] == [(str(i), text) for i, text in enumerate(TEXTS)]
        assert found == list(run_many(read_inputs(find_inputs(["in.jsonl"]), Columns()), nlp=nlp))
        assert sorted(p.name for p in here.iterdir()) == ["in.jsonl", "out.jsonl"]

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

    def test_the_same_records_packed(self, here: Path, nlp: Language) -> None:
        write_rows(here / "in.jsonl", [{"text": text} for text in TEXTS])
        convert(["in.jsonl"], Path("a.jsonl"), nlp=nlp)
        convert(["in.jsonl"], Path("b.jsonl.gz"), nlp=nlp)
        assert lines(here / "b.jsonl.gz") == lines(here / "a.jsonl")

    def test_the_same_records_in_parquet(self, here: Path, nlp: Language) -> None:
        parquet = pytest.importorskip("pyarrow.parquet")
        text = "Plh Sekda Banten, Virgojanti, di Kota Serang, Kamis (20/6/2024). “Rapat usai,” ujar Virgojanti."
        write_rows(here / "in.jsonl", [{"text": text, "published": "2024-06-20"}, {"text": "Rapat."}])
        convert(["in.jsonl"], Path("a.jsonl"), nlp=nlp)
        convert(["in.jsonl"], Path("b.parquet"), nlp=nlp)
        table = parquet.read_table("b.parquet")
        assert table.to_pylist() == lines(here / "a.jsonl")
        assert table.schema.metadata[b"beritaextract.schema"] == b"1.0"

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
        with pytest.raises(InterruptedRunError, match=r"interrupted; the 5 records so far are in out\.jsonl\.part"):
            convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=Options(workers=2), on_progress=stop)
        assert len(lines(here / "out.jsonl.part")) == 5
        assert not (here / "out.jsonl").exists()

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


INTERRUPTIBLE = """
import sys
from pathlib import Path
from beritaextract.batch.convert import Options, convert
options = Options(resume=True, checkpoint_every=5, workers=int(sys.argv[2]))
convert(["in.jsonl"], Path(sys.argv[1]), options=options, on_progress=lambda tally: print(tally.articles, flush=True))
"""


class TestResume:
    @pytest.fixture
    def rows(self, here: Path) -> list[dict[str, Any]]:
        """Sixty rows, every seventh of them without a text."""
        rows = [{"id": str(i), "text": f"Rapat ke-{i} usai." if i % 7 else ""} for i in range(60)]
        write_rows(here / "in.jsonl", rows)
        return rows

    @pytest.mark.parametrize(("out", "workers"), [("out.jsonl", 1), ("out.jsonl.gz", 2)])
    def test_a_killed_run_goes_on_without_losing_or_doubling(
        self, here: Path, nlp: Language, rows: list[dict[str, Any]], out: str, workers: int
    ) -> None:
        for kill_at in (17, 31, None):
            command = [sys.executable, "-c", INTERRUPTIBLE, out, str(workers)]
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
                assert process.stdout is not None
                for line in process.stdout:
                    if kill_at is not None and int(line) >= kill_at:
                        process.kill()
                        break
        assert process.returncode == 0
        assert [row["id"] for row in lines(here / out)] == [row["id"] for row in rows if row["text"]]
        failures = lines(here / f"{out}.failures.jsonl")
        assert [row["id"] for row in failures] == [row["id"] for row in rows if not row["text"]]
        assert sorted(p.name for p in here.iterdir()) == sorted(["in.jsonl", out, f"{out}.failures.jsonl"])

    def test_resume_gives_the_bytes_of_a_run_in_one_go(self, here: Path, nlp: Language, rows: list[Any]) -> None:
        def stop(tally: Tally) -> None:
            if tally.articles == 44:
                raise KeyboardInterrupt

        convert(["in.jsonl"], Path("a.jsonl"), nlp=nlp)
        with pytest.raises(InterruptedRunError, match=r"are in b\.jsonl\.part; --resume goes on"):
            convert(["in.jsonl"], Path("b.jsonl"), nlp=nlp, options=Options(checkpoint_every=10), on_progress=stop)
        tally = convert(["in.jsonl"], Path("b.jsonl"), nlp=nlp, options=Options(resume=True))
        assert tally.articles == 60
        assert tally.done_before == 40
        assert (here / "a.jsonl").read_bytes() == (here / "b.jsonl").read_bytes()

    def test_a_run_with_other_inputs_or_options_is_not_gone_on_with(
        self, here: Path, nlp: Language, rows: list[Any]
    ) -> None:
        def stop(tally: Tally) -> None:
            if tally.articles == 7:
                raise KeyboardInterrupt

        with pytest.raises(InterruptedRunError):
            convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=Options(checkpoint_every=5), on_progress=stop)
        with pytest.raises(InputError, match=r"out\.jsonl\.checkpoint: of a run with other inputs, options or tables"):
            convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=Options(resume=True, columns={"text": "id"}))
        with pytest.raises(InputError, match=r"out\.jsonl\.part: is there already.*--resume goes on with it"):
            convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp)
        assert convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=Options(overwrite=True)).articles == 60

    def test_with_nothing_to_resume_it_begins(self, here: Path, nlp: Language, rows: list[Any]) -> None:
        assert convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=Options(resume=True)).articles == 60

    @pytest.mark.parametrize(
        ("given", "out", "message"), [("-", "a.jsonl", "needs files"), ("in.jsonl", "a.parquet", "needs .jsonl")]
    )
    def test_what_cannot_be_resumed_is_refused(
        self, here: Path, nlp: Language, rows: list[Any], given: str, out: str, message: str
    ) -> None:
        with pytest.raises(InputError, match=message):
            convert([given], Path(out), nlp=nlp, options=Options(resume=True))
