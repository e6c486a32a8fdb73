"""Convert a Ray Data data set of articles on any number of machines (extra ``ray``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beritaextract.batch.cluster import RESULT, RowConverter, Settings, meant
from beritaextract.errors import InputError

try:
    import pyarrow as pa
    import ray
    import ray.data
except ImportError:
    raise InputError("Ray Data needs ray and pyarrow: pip install 'beritaextract[ray]'") from None

if TYPE_CHECKING:
    from ray.data import Dataset

_SCHEMA = pa.schema([(name, pa.string()) for name in RESULT])


def convert(
    dataset: Dataset,
    *,
    columns: Mapping[str, str] | None = None,
    fields: Sequence[str] = (),
    resources: str | Path | None = None,
    timeout: float | None = 30,
    workers: int | tuple[int, int] | None = None,
    batch_size: int = 64,
    ray_options: Mapping[str, Any] | None = None,
    **options: Any,
) -> Dataset:
    """A data set with one row an article: ``id``, ``record`` (JSON, or null), ``failure`` (JSON, or null).

    Columns of ``dataset`` are known by name as ``beritaextract convert`` knows them, or by ``columns`` ({"text": "isi"}); one
    called ``path`` becomes ``source.path``. ``fields`` are those of the record to keep (all). ``resources`` is a folder of
    tables on this machine, which travels with the work; ``timeout`` are seconds an article; ``options`` go to ``load``.

    The work is done by actors that load the pipeline once: ``workers`` of them, or from so many to so many (otherwise from
    one to one a core of the cluster), each of one core unless ``ray_options``, keywords of ``Dataset.map_batches``, say
    otherwise. Lazy, as all of Ray Data: reading the result starts the work. Rows come in any order unless
    ``DataContext.execution_options.preserve_order`` is set. Raises InputError when a column is missing or a field is none.
    """
    settings = Settings.of(columns, fields, resources, timeout, options)
    header = dataset.columns()
    if header is None:  # no row at all
        return ray.data.from_arrow(_SCHEMA.empty_table())
    settings.wanted(header, "data set")
    pool = _pool(workers)
    return dataset.map_batches(
        _Worker,
        fn_constructor_args=(settings,),
        batch_size=batch_size,
        batch_format="pyarrow",
        compute=pool,
        **{"num_cpus": 1, **(ray_options or {})},
    )


class _Worker:
    """The actor: a pipeline that is loaded once and then given batch after batch."""

    def __init__(self, settings: Settings) -> None:
        self.converter = RowConverter(settings)

    def __call__(self, batch: pa.Table) -> pa.Table:
        known = batch.select(meant(batch.column_names, self.converter.columns))  # blocks may differ in their columns
        rows = [dict(zip(RESULT, result, strict=True)) for result in self.converter.convert(known.to_pylist())]
        return pa.Table.from_pylist(rows, schema=_SCHEMA)


def _pool(workers: int | tuple[int, int] | None) -> ray.data.ActorPoolStrategy:
    """So many actors, from so many to so many, or from one to one a core that the cluster has now."""
    if workers is None:
        if not ray.is_initialized():
            ray.init()
        resources: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
        workers = (1, max(1, int(resources.get("CPU", 1))))
    fewest, most = workers if isinstance(workers, tuple) else (workers, workers)
    if not 1 <= fewest <= most:
        raise ValueError(f"workers is {workers}; it must be 1 or more, or such a pair, the smaller number first")
    return ray.data.ActorPoolStrategy(min_size=fewest, max_size=most)
