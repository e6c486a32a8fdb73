"""An explanation as text: in colours on a terminal, plain in a pipe."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from beritaextract.display.markup import printable
from beritaextract.explanation.structure import Choice, Explanation, Finding, Option, Part

_WIDEST = 96
"""Characters of a finding's text that are shown."""

_OPTIONS = 5
"""Candidates of a choice that are shown; JSON has them all."""


def show(explanation: Explanation, console: Console | None = None) -> None:
    """Print it on a console, standard output unless told."""
    console = console or Console()
    for line in _lines(explanation):
        console.print(line, soft_wrap=True)


def plain(explanation: Explanation) -> str:
    """The same without colours."""
    page = io.StringIO()
    show(explanation, Console(file=page, force_terminal=False, color_system=None))
    return page.getvalue().rstrip("\n")


def _lines(explanation: Explanation) -> Iterator[Text]:
    env, about = explanation.environment, explanation.article
    versions = f"Python {env['python']}, spaCy {env['spacy']}, {env['platform']}"
    yield Text.assemble((f"beritaextract {env['beritaextract']}", "bold"), (f" ({versions})", "dim"))
    changed = ", ".join(f"{name} ({rows} rows)" for name, rows in sorted(env["changed"].items()))
    yield Text(f"tables: {env['tables']} packaged, fingerprint {env['fingerprint']}; yours: {changed or 'none'}")
    yield Text(f"stages: {' > '.join(env['stages'])}")
    yield Text(f"article: {_facts(about)}")
    for part in explanation.parts:
        yield Text()
        yield from _part(part)


def _part(part: Part) -> Iterator[Text]:
    kept = sum(finding.kept for finding in part.findings)
    stages = f" (stages: {', '.join(part.stages)})" if part.stages != (part.name,) else ""
    others = f", {len(part.findings) - kept} looked at and left" if kept < len(part.findings) else ""
    yield Text.assemble((part.name.upper(), "bold"), f"{stages}: {kept}{others}")
    if part.facts:
        yield Text(f"  {_facts(part.facts)}")
    for finding in part.findings:
        yield from _finding(finding)


def _finding(finding: Finding) -> Iterator[Text]:
    place = "" if finding.start is None else f"[{finding.start}:{finding.end}] "
    mark = "+ " if finding.kept else "- "
    yield Text.assemble(
        (f"  {mark}{place}", "dim"),
        (f"“{_short(finding.text)}”", "cyan" if finding.kept else "dim"),
        " ",
        (finding.says, "bold" if finding.kept else "dim"),
    )
    if finding.by is not None:
        yield _because(finding.by, finding.why, "      ")
    if finding.facts:
        yield Text(f"      {_facts(finding.facts)}", style="dim")
    for choice in finding.choices:
        yield from _choice(choice)


def _choice(choice: Choice) -> Iterator[Text]:
    yield Text.assemble("      → ", (choice.says, "green" if choice.by else "yellow"))
    if choice.by is not None or choice.why is not None:
        yield _because(choice.by, choice.why, "        ")
    for option in choice.options[:_OPTIONS]:
        yield _option(option)
    if len(choice.options) > _OPTIONS:
        yield Text(f"          … and {len(choice.options) - _OPTIONS} more", style="dim")


def _option(option: Option) -> Text:
    share = "" if option.share is None else f" ({option.share:.0%})"
    pieces = ", ".join(
        f"{name} {value:+.2f}" for name, value in sorted(option.evidence.items(), key=lambda item: -abs(item[1]))
    )
    mark = "▸" if option.chosen else " "
    style = "bold" if option.chosen else ""
    return Text.assemble(
        f"        {mark} ", (f"{option.score:+.2f}{share} {_short(option.label)}", style), (f"  {pieces}", "dim")
    )


def _because(by: str | None, why: str | None, indent: str) -> Text:
    rule = (by or "", "magenta")
    return Text.assemble(indent, rule, ": " if by and why else "", why or "")


def _facts(facts: Mapping[str, Any]) -> str:
    """ "confidence 0.97 · area Banten (36)"."""
    return " · ".join(f"{name} {_value(value)}" for name, value in facts.items() if value not in (None, [], ()))


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {number:+.2f}" for name, number in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return _short(str(value))


def _short(text: str) -> str:
    """One line of at most _WIDEST characters, no control character among them (a terminal would act on them)."""
    line = printable(" ".join(text.split()))
    return line if len(line) <= _WIDEST else f"{line[: _WIDEST - 20]} … {line[-16:]}"
