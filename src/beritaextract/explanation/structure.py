"""What an explanation is made of, and as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class Option:
    """One candidate of a choice.

    ``score`` is the sum of ``evidence``, each piece as value times weight; ``share`` the candidate's part of the softmax, where
    the choice has one.
    """

    label: str
    score: float
    share: float | None
    chosen: bool
    evidence: dict[str, float]


@dataclass(frozen=True, slots=True)
class Choice:
    """A decision among candidates, the likeliest first; ``says`` what came of it."""

    says: str
    by: str | None
    why: str | None
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found, or was looked at and left: where it stands, what it is, by which rule and why.

    ``kept`` is False for what is not in the record.
    """

    text: str
    start: int | None
    end: int | None
    says: str
    by: str | None = None
    why: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """One field of the record: the stages that work on it, what was found, and facts of it as a whole."""

    name: str
    stages: tuple[str, ...]
    findings: tuple[Finding, ...]
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class Explanation:
    """Why an article's record is as it is: versions and tables in use, the article, and a part for each field."""

    environment: dict[str, Any]
    article: dict[str, Any]
    parts: tuple[Part, ...]

    def part(self, name: str) -> Part:
        """The part of that name. Raises KeyError when it is not there."""
        for part in self.parts:
            if part.name == name:
                return part
        raise KeyError(name)

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists and scalars."""
        return asdict(self)

    def to_json(self) -> str:
        """JSON, indented."""
        return orjson.dumps(self, option=orjson.OPT_INDENT_2).decode("utf8")

    def __str__(self) -> str:
        """As ``beritaextract explain`` prints it into a pipe."""
        from beritaextract.explanation.terminal import plain

        return plain(self)

    def __repr__(self) -> str:
        return str(self)
