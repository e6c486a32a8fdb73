"""What a batch says of itself: version, options, inputs and counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from typing import Any

import orjson

import beritaextract
from beritaextract.records import SCHEMA

KEY = b"beritaextract.batch"
"""Under which a Parquet file carries it, as JSON."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A finished run: ``articles`` are ``records`` and ``failures`` together, ``began`` and ``finished`` moments in UTC."""

    articles: int
    records: int
    failures: int
    began: str
    finished: str
    inputs: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    version: str = beritaextract.__version__
    schema: str = SCHEMA

    def to_dict(self) -> dict[str, Any]:
        """Plain values, version and schema first."""
        values = asdict(self)
        return {"version": values.pop("version"), "schema": values.pop("schema"), **values}

    def to_bytes(self, *, indent: bool = False) -> bytes:
        """The same as JSON."""
        return orjson.dumps(self.to_dict(), option=orjson.OPT_INDENT_2 if indent else None)


def moment() -> str:
    """Now, to the second: 2024-07-09T12:00:05+00:00."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")
