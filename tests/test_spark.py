"""Spark gives what a run on this machine gives."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from beritaextract.errors import InputError
from cluster_rows import BODY, COLUMNS, ROWS, local, program, tables

pytest.importorskip("pyspark", reason="needs pyspark")
needs_java = pytest.mark.skipif(
    shutil.which("java") is None and "JAVA_HOME" not in os.environ, reason="needs Java for Spark"
)
SCHEMA = "id string, naskah string, judul string, tanggal string, path string, sidik_jari double"


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    from beritaextract.batch.spark import use_this_python

    os.environ.pop("PYSPARK_PYTHON", None)
    use_this_python()
    settings = {"spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    made = SparkSession.builder.master("local[1]").config(map=settings).getOrCreate()
    made.sparkContext.setLogLevel("ERROR")
    yield made
    made.stop()


@needs_java
def test_records_and_failures_are_those_of_a_run_here(session: Any, tmp_path: Path) -> None:
    """Byte for byte, with a user's columns, tables and options; absent cells are no texts."""
    from pyspark.sql.functions import from_json

    from beritaextract.batch.spark import convert, record_schema

    names = [field.split()[0] for field in SCHEMA.split(", ")]
    frame = session.createDataFrame([tuple(row.get(name) for name in names) for row in ROWS], SCHEMA)
    made = convert(frame, columns=COLUMNS, resources=tables(tmp_path), temporals=True)
    rows = made.select("*", from_json("record", record_schema()).alias("nested")).collect()
    assert {row.id: (row.record, row.failure) for row in rows} == local(tmp_path)
    assert len(rows) == len(ROWS)
    [post] = rows[0].nested.officials[0].positions
    assert (post.acting, post.title, post.jurisdiction.code) == ("Plt", "Kepala Dinas", "36.73")


@needs_java
def test_the_program_that_the_documentation_shows(session: Any, tmp_path: Path) -> None:
    """A folder of Parquet files in, a folder of records out."""
    rows = [("a1", BODY, "2024-07-09"), ("a2", " ", None)]
    session.createDataFrame(rows, "id string, isi string, tanggal string").write.parquet(f"{tmp_path}/arsip")
    exec(program("arsip_spark.py", tmp_path), {})
    made = {row.id: row for row in session.read.parquet(f"{tmp_path}/rekaman").collect()}
    assert json.loads(made["a1"].record)["officials"][0]["name"] == "Gunarto Salim"
    assert json.loads(made["a2"].failure)["error"] == "ArticleError"


def test_the_mapper_is_a_function_over_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    """For those who call ``mapInPandas`` themselves: a result a row, in order, a failure where there is no text."""
    import pandas as pd

    from beritaextract.batch.spark import _converter, mapper

    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    work = mapper(columns={"text": "naskah"}, fields=["dates"])
    first = pd.DataFrame({"id": ["a1", "a2"], "naskah": ["Rapat usai Selasa (9/7/2024).", " "]})
    (made, lacking) = work(iter([first, pd.DataFrame({"id": ["a3"]})]))
    assert list(made.columns) == ["id", "record", "failure"]
    assert json.loads(made.record[0])["dates"][0]["value"] == "2024-07-09"
    assert [json.loads(failure)["error"] for failure in (made.failure[1], lacking.failure[0])] == ["ArticleError"] * 2
    assert made.record[1] is None
    _converter.cache_clear()


def test_missing_columns_are_an_error_before_work_begins() -> None:
    from beritaextract.batch.spark import convert

    with pytest.raises(InputError, match="data frame: no column for the text; there are id, naskah"):
        convert(SimpleNamespace(columns=["id", "naskah"]))  # type: ignore[arg-type]


def test_interpreter_of_a_session_is_set_unless_the_user_set_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session begun without PYSPARK_PYTHON would run the first python3 of the path."""
    import pyspark

    from beritaextract.batch.spark import use_this_python

    settings: dict[str, str] = {}
    context = SimpleNamespace(pythonExec="python3", getConf=lambda: settings)
    monkeypatch.setattr(pyspark.SparkContext, "_active_spark_context", context)
    frame: Any = SimpleNamespace()
    monkeypatch.setenv("PYSPARK_PYTHON", "/opt/python")
    use_this_python(frame)
    assert (os.environ["PYSPARK_PYTHON"], context.pythonExec) == ("/opt/python", "python3")
    monkeypatch.delenv("PYSPARK_PYTHON")
    settings["spark.pyspark.python"] = "/opt/python"
    use_this_python(frame)
    assert context.pythonExec == "python3"
    monkeypatch.delenv("PYSPARK_PYTHON")
    settings.clear()
    use_this_python(frame)
    assert (os.environ["PYSPARK_PYTHON"], context.pythonExec) == (sys.executable, sys.executable)


def test_cells_that_pandas_has_no_value_for_are_none() -> None:
    """NaN and NaT are no texts; an array of paragraphs is a list."""
    import numpy as np
    import pandas as pd

    from beritaextract.batch.spark import _rows

    frame = pd.DataFrame(
        {
            "text": ["isi", None],
            "published": [pd.Timestamp("2024-07-09"), pd.NaT],
            "id": [1.0, float("nan")],
            "isi": [np.array(["satu", "dua"]), None],
        }
    )
    first, second = _rows(frame)
    assert first == {"text": "isi", "published": pd.Timestamp("2024-07-09"), "id": 1.0, "isi": ["satu", "dua"]}
    assert second == {"text": None, "published": None, "id": None, "isi": None}


def test_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.delitem(sys.modules, "beritaextract.batch.spark", raising=False)
    with pytest.raises(InputError, match=r"pip install 'beritaextract\[spark\]'"):
        import beritaextract.batch.spark  # noqa: F401
