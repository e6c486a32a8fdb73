"""What a node of a cluster does with rows, without a cluster."""

from __future__ import annotations

import json
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from beritaextract.batch.cluster import RowConverter, Settings
from beritaextract.batch.threadlimit import limited
from beritaextract.batch.timelimit import TimeLimitError
from beritaextract.errors import InputError, ResourceError
from cluster_rows import BODY, COLUMNS, ROWS, local, tables
from effort import effort


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tables(tmp_path_factory.mktemp("tabel"))


def test_settings_travel_without_their_folder(tmp_path: Path) -> None:
    """What is pickled holds the tables, not where they lie."""
    made = Settings.of(COLUMNS, ["quotes"], tables(tmp_path), 30, {"temporals": True})
    assert pickle.loads(pickle.dumps(made)) == made
    assert str(tmp_path) not in repr(made)
    assert hash(made) == hash(Settings.of(COLUMNS, ["quotes"], tmp_path, 30, {"temporals": True}))


def test_one_converter_gives_what_a_run_here_gives(folder: Path) -> None:
    """Batch after batch, byte for byte, records and failures."""
    converter = RowConverter(Settings.of(COLUMNS, (), folder, 30, {"temporals": True}))
    results = [*converter.convert(ROWS[:2]), *converter.convert([]), *converter.convert(ROWS[2:])]
    assert {name: (record, failure) for name, record, failure in results} == local(folder)
    assert [record is None for _, record, _ in results] == [False, False, True, False, False]


def test_what_a_user_knows_reaches_the_record(folder: Path) -> None:
    """The tables, the options and the path of the rows."""
    made = local(folder)
    records = [json.loads(record) for record, _ in made.values() if record]
    assert records[0]["source"]["path"] == "s3://arsip/a1.txt"
    assert [t["text"] for t in records[0]["temporals"]] == ["tiga hari"]
    assert records[2]["officials"][0]["positions"][0]["title"] == "Juru Kunci Setu"
    assert records[2]["warnings"]


@pytest.mark.parametrize(
    ("header", "columns", "says"),
    [
        (["id", "isi"], {"text": "naskah"}, "data set: no column 'naskah' for text; there are id, isi"),
        (["id", "naskah"], {}, "data set: no column for the text; there are id, naskah; name it with columns="),
        ([], {}, "data set: no column for the text; there are none at all"),
    ],
)
def test_missing_columns_are_named(header: list[str], columns: dict[str, str], says: str) -> None:
    with pytest.raises(InputError) as caught:
        Settings.of(columns).wanted(header, "data set")
    assert str(caught.value).startswith(says)


def test_columns_without_meaning_stay_behind() -> None:
    header = ["id", "isi", "Judul", "path", "sidik_jari"]
    assert Settings().wanted(header, "data set") == ["id", "isi", "Judul", "path"]


def test_faults_of_the_caller_show_before_work_begins(tmp_path: Path) -> None:
    """An option that load does not know, a folder that is not there, a field that no record has."""
    with pytest.raises(TypeError, match="kecepatan"):
        Settings.of(options={"kecepatan": 9})
    with pytest.raises(ResourceError, match="no such folder"):
        Settings.of(resources=tmp_path / "tiada")
    with pytest.raises(InputError, match="'kutipan' is none of schema, id"):
        Settings.of(fields=["kutipan"])


class TestThreadLimit:
    """In a thread no process can set itself an alarm; Ray's actors work in one."""

    def test_work_that_takes_too_long_sees_the_error_of_the_main_thread(self) -> None:
        def work() -> str:
            try:
                for _ in range(10**9):
                    pass
            except TimeLimitError as fault:
                return f"{type(fault).__name__}: {fault}"
            return "done"

        with ThreadPoolExecutor(1) as thread:
            said = thread.submit(limited, work, 0.05, lambda fault: "too late").result()
        assert said == "TimeLimitError: took longer than 0.05 s"

    def test_work_that_is_done_in_time_is_left_alone(self) -> None:
        """Also many in a row, one of which ends as the time does."""

        def work() -> int:
            return sum(range(2000))

        with ThreadPoolExecutor(1) as thread:
            for seconds in (60, None, 0.00002):
                for _ in range(50):
                    assert thread.submit(limited, work, seconds, lambda fault: 1999000).result() == 1999000

    def test_an_article_that_takes_too_long_is_a_failure_and_the_next_one_is_read(self) -> None:
        converter = RowConverter(Settings.of(timeout=0.2))
        rows = [{"id": "panjang", "text": BODY * 1500}, {"id": "kosong", "text": " "}]
        with ThreadPoolExecutor(1) as thread:
            (_, record, failure), (_, _, empty) = thread.submit(list, converter.convert(rows)).result()
        assert (record, json.loads(failure)["error"]) == (None, "TimeLimitError")
        assert json.loads(failure)["id"] == "panjang"
        assert json.loads(empty)["error"] == "ArticleError"


def test_only_the_fields_that_are_wanted() -> None:
    """As ``convert --fields`` writes them: schema and id always."""
    converter = RowConverter(Settings.of(COLUMNS, ["dates"]))
    [(_, record, _)] = converter.convert(ROWS[:1])
    assert record is not None
    assert list(json.loads(record)) == ["schema", "id", "dates"]


def test_a_limit_that_was_kept_leaves_no_trace_in_the_interpreter() -> None:
    """A profiler hangs in CPython 3.11 once an error for a thread was called back; here it counts on."""
    thread = threading.Thread(target=lambda: limited(lambda: None, 60, lambda fault: None))
    thread.start()
    thread.join()
    assert 0 < effort(lambda: sorted([2, 1])) < 10
