"""Convert a Spark data frame of articles on any number of machines (extra ``spark``)."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beritaextract.batch.cluster import RESULT, RowConverter, Settings
from beritaextract.errors import InputError

try:
    import pandas as pd
    import pyarrow  # noqa: F401  (Spark moves rows to Python with it)
    import pyspark  # noqa: F401
except ImportError:
    raise InputError("Spark needs pyspark, pandas and pyarrow: pip install 'beritaextract[spark]'") from None

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

SCHEMA = ", ".join(f"{name} string" for name in RESULT)
"""The columns of a result, as ``mapInPandas`` takes them: id, record (JSON, or null), failure (JSON, or null)."""

Frames = Iterator[pd.DataFrame]


def convert(
    frame: DataFrame,
    *,
    columns: Mapping[str, str] | None = None,
    fields: Sequence[str] = (),
    resources: str | Path | None = None,
    timeout: float | None = 30,
    **options: Any,
) -> DataFrame:
    """A data frame with one row an article: ``id``, ``record`` (JSON, or null), ``failure`` (JSON, or null).

    Columns of ``frame`` are known by name as ``beritaextract convert`` knows them, or by ``columns`` ({"text": "isi"}); one
    called ``path`` becomes ``source.path``. ``fields`` are those of the record to keep (all). ``resources`` is a folder of
    tables on this machine, which travels with the work; ``timeout`` are seconds an article; ``options`` go to ``load``.
    Each Python worker of Spark loads the pipeline once. Lazy, as all of Spark. Raises InputError when a column is missing or
    a field is none.
    """
    settings = Settings.of(columns, fields, resources, timeout, options)
    wanted = settings.wanted(frame.columns, "data frame")
    use_this_python(frame)
    quoted = [f"`{column.replace('`', '``')}`" for column in wanted]
    return frame.select(*quoted).mapInPandas(_mapper(settings), SCHEMA)


def mapper(
    *,
    columns: Mapping[str, str] | None = None,
    fields: Sequence[str] = (),
    resources: str | Path | None = None,
    timeout: float | None = 30,
    **options: Any,
) -> Callable[[Frames], Frames]:
    """The function for ``DataFrame.mapInPandas(mapper(), SCHEMA)``, for those who want to call that themselves.

    Takes the options of ``convert``; a data frame without a column for the text gives a failure for every row.
    """
    use_this_python()
    return _mapper(Settings.of(columns, fields, resources, timeout, options))


def use_this_python(frame: DataFrame | None = None) -> None:
    """Have Spark's workers run the interpreter that runs this, unless PYSPARK_PYTHON or the session names one.

    Without, a local session takes the first ``python3`` of the path, which may be one without this library.
    """
    if "PYSPARK_PYTHON" in os.environ:
        return
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark import SparkContext

    context = SparkContext._active_spark_context
    if frame is not None and context is not None and not context.getConf().get("spark.pyspark.python"):
        context.pythonExec = sys.executable


def record_schema() -> StructType:
    """The record as nested columns, for ``pyspark.sql.functions.from_json("record", record_schema())``."""
    from pyspark.sql.pandas.types import from_arrow_schema

    from beritaextract.batch.arrow import record_schema as arrow_schema

    return from_arrow_schema(arrow_schema())


def _mapper(settings: Settings) -> Callable[[Frames], Frames]:
    def work(frames: Frames) -> Frames:
        converter = _converter(settings)
        for frame in frames:
            yield pd.DataFrame(list(converter.convert(_rows(frame))), columns=list(RESULT), dtype=object)

    return work


@lru_cache(maxsize=1)
def _converter(settings: Settings) -> RowConverter:
    """The pipeline of a Python worker, which Spark keeps for many tasks."""
    return RowConverter(settings)


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as plain values: None where pandas has NaN or NaT, lists where it has arrays."""
    known = frame.astype(object).where(frame.notna(), None)
    return [
        {str(column): value.tolist() if hasattr(value, "tolist") else value for column, value in row.items()}
        for row in known.to_dict("records")
    ]
