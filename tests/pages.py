"""Pages of the documentation as a reader follows them: blocks of code from top to bottom, in a folder of their own.

===================================  ================================================================================
```` ```python ````                  with ``>>>`` a session that must show what it shows, else code that must run
```` ```sh ````                      commands that must end well
```` ```console ````                 commands behind ``$`` with what they print (``...`` stands for anything)
```` ```sql ````                     a question to the database that the page made last
```` ```tsv title="my_data/x.tsv" `` a file; a ``json``, ``toml`` … block must be that, with or without title
```` ```text ````                    something to look at
===================================  ================================================================================

All Python blocks of a page share their names. A command is run in this process, a pipeline in a shell; what is never run
is listed, with the reason, in ``NOT_RUN``.
"""

from __future__ import annotations

import ast
import doctest
import importlib
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from typer.testing import CliRunner

from beritaextract.cli import app

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

NOT_RUN = {
    "make": "runs the whole project; its target must exist",
    "python3": "makes a reader's environment",
    "pip": "needs a package index; the extras it names must exist",
    "source": "changes the shell of a reader",
    "curl": "needs the network",
}
"""Programs in the documentation that no test runs, and why."""

BESIDE = {"cat", "zcat", "head", "wc", "ls", "echo", "mkdir", "printf"}
"""Programs that may stand beside ours in a command."""

_FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w*)(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=indent)```$", re.M | re.S)
_TITLE = re.compile(r'title="([^"]+)"')
_SHELL = re.compile(r"[|<>&;*$]")
_LOOSE = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True)
class Block:
    """A block of code: what it is, the file it shows, its text, its line."""

    language: str
    title: str | None
    body: str
    line: int


def blocks(page: Path) -> Iterator[Block]:
    """The blocks of a page, from top to bottom."""
    text = page.read_text(encoding="utf8")
    for fence in _FENCE.finditer(text):
        title = _TITLE.search(fence["info"])
        indent = len(fence["indent"])
        body = "".join(line[indent:] or "\n" for line in fence["body"].splitlines(keepends=True))
        yield Block(fence["language"], title and title[1], body, text.count("\n", 0, fence.start()) + 1)


def commands(block: Block) -> Iterator[tuple[str, str]]:
    """Each command of a block with what it prints, which is empty where the page does not say."""
    body = re.sub(r"\\\n *(> )?", " ", block.body)
    if block.language == "console":
        for session in re.split(r"^\$ ", body, flags=re.M)[1:]:
            command, _, shown = session.partition("\n")
            yield command, shown.strip()
    else:
        yield from ((line, "") for line in body.splitlines() if line.strip() and not line.startswith("#"))


def programs(command: str) -> list[str]:
    """The programs of a command: "zcat a.gz | beritaextract convert -" has two."""
    bare = re.sub(r"'[^']*'|\"[^\"]*\"| #.*", "x", command)
    return [part.split()[0] for part in re.split(r"&&|[|;]", bare)]


def unknown_imports(block: Block) -> Iterator[str]:
    """What a block imports from the library that is not there; of a file of Python also what is no Python."""
    imports = "".join(line for line in block.body.splitlines(keepends=True) if line.startswith("from beritaextract"))
    try:
        tree = ast.parse(block.body if (block.title or "").endswith(".py") else imports)
    except SyntaxError as fault:
        yield f"no Python: {fault}"
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("beritaextract"):
            module = importlib.import_module(str(node.module))
            yield from (f"no {alias.name} in {node.module}" for alias in node.names if not hasattr(module, alias.name))


def unknown_options(block: Block) -> Iterator[str]:
    """Commands and options that a block names and the program does not have."""
    known = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    for line in re.findall(r"^ *beritaextract (.*)$", block.body, flags=re.M):
        name = line.split()[0]
        if not name.startswith("-") and name not in known:
            yield f"no command {name}"
        elif name in known:
            options = {option for parameter in known[name].params for option in parameter.opts}
            yield from (f"{name} has no {o}" for o in re.findall(r"(?<=\s)--?[a-z][a-z-]*", line) if o not in options)


class Reader:
    """Somebody who does what a page says, in a folder."""

    def __init__(self, page: Path, folder: Path) -> None:
        self.page = page
        self.folder = folder
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.faults: list[str] = []

    def follow(self) -> None:
        """Do all of it; what went wrong is in ``faults``."""
        for block in blocks(self.page):
            if block.title:
                file = self.folder / block.title
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(block.body, encoding="utf8")
            do = getattr(self, f"_{block.language}", None)
            if do is None:
                self.faults.append(f"{self.page.name}:{block.line}: a block of '{block.language}': what is that?")
            else:
                do(block)

    def _text(self, block: Block) -> None:
        """What is shown and not run (it needs a cluster, or is a synopsis) must at least name what there is."""
        where = f"{self.page.name}:{block.line}"
        if re.search(r"^\$ |^>>> ", block.body, flags=re.M):
            self.faults.append(f"{where}: a session in a block of text is never run")
        self.faults += [f"{where}: {fault}" for fault in (*unknown_imports(block), *unknown_options(block))]

    _tsv = _csv = _html = _text

    def _json(self, block: Block) -> None:
        self._check(json.loads, block.body, block)

    def _jsonl(self, block: Block) -> None:
        for line in block.body.splitlines():
            self._check(json.loads, line, block)

    def _toml(self, block: Block) -> None:
        self._check(tomllib.loads, block.body, block)

    def _sql(self, block: Block) -> None:
        import duckdb

        databases = sorted(self.folder.glob("*.duckdb"), key=lambda path: path.stat().st_mtime_ns)
        with duckdb.connect(str(databases[-1]), read_only=True) as database:
            database.execute(block.body)

    def _check(self, read: Callable[[str], Any], text: str, block: Block) -> None:
        try:
            read(text)
        except ValueError as fault:
            self.faults.append(f"{self.page.name}:{block.line}: no {block.language}: {fault}")

    def _python(self, block: Block) -> None:
        where = f"{self.page.name}:{block.line}"
        if ">>> " not in block.body:
            exec(compile(block.body, where, "exec"), self.names)
            return
        session = doctest.DocTestParser().get_doctest(block.body, self.names, where, str(self.page), block.line)
        session.globs = self.names  # the parser copies them; a page's blocks share them
        said: list[str] = []
        if (
            doctest.DocTestRunner(optionflags=_LOOSE, verbose=False)
            .run(session, out=said.append, clear_globs=False)
            .failed
        ):
            self.faults.append("".join(said))

    def _sh(self, block: Block) -> None:
        for command, shown in commands(block):
            self._command(command, shown, f"{self.page.name}:{block.line}")

    _console = _sh

    def _command(self, command: str, shown: str, where: str) -> None:
        used = programs(command)
        if set(used) & set(NOT_RUN):
            return
        unknown = set(used) - BESIDE - {"beritaextract", "python"}
        if unknown:
            self.faults.append(f"{where}: {command}: {unknown} is neither run nor listed as not run")
            return
        status, said = self._in_shell(command) if _is_shell(command) else _in_process(command)
        if status and not shown:
            self.faults.append(f"{where}: {command}: ends with {status}: {said[-2000:]}")
        if shown and not doctest.OutputChecker().check_output(shown + "\n", said.strip() + "\n", _LOOSE):
            self.faults.append(f"{where}: {command}: expected\n{shown}\ngot\n{said}")

    def _in_shell(self, command: str) -> tuple[int, str]:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", command],
            env={**os.environ, "PATH": path}, cwd=self.folder, encoding="utf8", timeout=120,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        return done.returncode, done.stdout


def _is_shell(command: str) -> bool:
    bare = re.sub(r"'[^']*'|\"[^\"]*\"|#.*", "", command)
    return bool(_SHELL.search(bare)) or not command.startswith("beritaextract")


def _in_process(command: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, shlex.split(command, comments=True)[1:])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output
