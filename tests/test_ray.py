"""Ray Data gives what a run on this machine gives."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from beritaextract.errors import InputError
from cluster_rows import BODY, COLUMNS, ROWS, local, program, tables

ray = pytest.importorskip("ray", reason="needs ray")
pa = pytest.importorskip("pyarrow", reason="needs pyarrow")
pq = pytest.importorskip("pyarrow.parquet", reason="needs pyarrow")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    import ray.data

    ray.init(
        num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR", object_store_memory=100_000_000
    )
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield ray
    ray.shutdown()


def test_records_and_failures_are_those_of_a_run_here(cluster: Any, tmp_path: Path) -> None:
    """Byte for byte, with a user's columns, tables and options, over batches smaller than the data."""
    from beritaextract.batch.ray import convert

    tables(tmp_path)
    dataset = cluster.data.from_items(ROWS)
    made = convert(dataset, columns=COLUMNS, resources=tmp_path, temporals=True, workers=1, batch_size=2)
    rows = made.take_all()
    assert {row["id"]: (row["record"], row["failure"]) for row in rows} == local(tmp_path)
    assert len(rows) == len(ROWS)
    assert convert(cluster.data.from_items([])).take_all() == []


def test_the_program_that_the_documentation_shows(cluster: Any, tmp_path: Path) -> None:
    """A folder of Parquet files in, a folder of records out."""
    (tmp_path / "arsip").mkdir()
    rows = [{"id": "a1", "isi": BODY, "judul": "Jalan Ditutup", "tanggal": "2024-07-09", "url": None}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "arsip" / "a.parquet")
    exec(program("arsip_ray.py", tmp_path), {})
    [made] = pq.read_table(tmp_path / "rekaman").to_pylist()
    assert (made["id"], made["failure"]) == ("a1", None)
    assert json.loads(made["record"])["officials"][0]["name"] == "Gunarto Salim"


class Columns:
    """As much of a data set as is looked at before the work begins."""

    def columns(self) -> list[str]:
        return ["id", "naskah"]


def test_missing_columns_are_an_error_before_work_begins() -> None:
    from beritaextract.batch.ray import convert

    with pytest.raises(InputError, match="data set: no column 'isi' for text; there are id, naskah"):
        convert(Columns(), columns={"text": "isi"})  # type: ignore[arg-type]


@pytest.mark.parametrize("workers", [(3, 2), 0])
def test_number_of_workers_is_checked(workers: Any) -> None:
    from beritaextract.batch.ray import convert

    with pytest.raises(ValueError, match="workers is"):
        convert(Columns(), columns=COLUMNS, workers=workers)  # type: ignore[arg-type]


def test_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    monkeypatch.delitem(sys.modules, "beritaextract.batch.ray", raising=False)
    with pytest.raises(InputError, match=r"pip install 'beritaextract\[ray\]'"):
        import beritaextract.batch.ray  # noqa: F401
