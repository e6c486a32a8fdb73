"""What a run must never do: reach the network, start a shell, unpickle what it was given, fill the memory, steer a terminal."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console
from spacy.language import Language
from typer.testing import CliRunner

from beritaextract import extract
from beritaextract.batch import encoding
from beritaextract.cli import app
from beritaextract.display.terminal import print_tables

GUARD = """
import sys

def forbid(event, args):
    if event in FORBIDDEN:
        raise PermissionError(f"forbidden: {event} {args!r}")

sys.addaudithook(forbid)
"""
"""An audit hook cannot be taken away again, so each check is a process of its own."""

NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.bind", "urllib.Request")
SHELL = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn")
PICKLE = ("pickle.find_class",)

PAGE = f"""<html><body><article><h1>Rapat</h1><p>{"Bupati Serang membuka rapat. " * 20}</p>
<img src="http://kabar.example/a.png"><script src="http://kabar.example/a.js"></script></article></body></html>"""


def run(code: str, *arguments: str, forbidden: tuple[str, ...] = NETWORK + SHELL) -> subprocess.CompletedProcess[str]:
    program = f"FORBIDDEN = {forbidden!r}\n{GUARD}{code}"
    return subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, timeout=200)


@pytest.mark.parametrize(
    "deed",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import os; os.system('true')",
        "import pickle, fractions; pickle.loads(pickle.dumps(fractions.Fraction(1)))",
    ],
)
def test_the_guard_works(deed: str) -> None:
    """A process that does what is forbidden dies of it."""
    done = run(deed, forbidden=NETWORK + SHELL + PICKLE)
    assert done.returncode == 1
    assert "forbidden: " in done.stderr


def test_every_command_stays_on_the_machine(tmp_path: Path) -> None:
    """No command opens a connection or starts another program, on a text as on a page."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text(PAGE)
    (tmp_path / "in" / "b.txt").write_text("Bupati Serang membuka rapat. " * 20)
    annotation = {"id": "a", "text": "Rapat usai Selasa (9/7/2024).", "dates": []}
    (tmp_path / "anotasi.jsonl").write_text(json.dumps(annotation), encoding="utf8")
    code = """
import os
from beritaextract.cli import app
os.chdir(sys.argv[1])
for command in (
    "convert in -o out.jsonl --workers 1 --quiet", "convert in -o out.duckdb --workers 1 --quiet",
    "merge out.jsonl -o register.duckdb --quiet", "report out.jsonl -o out.html --quiet", "extract in/a.html --table",
    "explain in/b.txt --only quotes", "score anotasi.jsonl", "examples", "schema",
):
    app(command.split(), standalone_mode=False)
"""
    done = run(code, str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 2
    assert (tmp_path / "out.html").stat().st_size > 50_000


def test_nothing_is_unpickled() -> None:
    """Loading the tables and models and extracting a text and a page runs no pickle (only worker processes speak it)."""
    code = """
from beritaextract import Article, extract
for article in (Article("Bupati Serang membuka rapat."), Article.from_row({"html": sys.argv[1]})):
    assert extract(article).to_json()
"""
    done = run(code, PAGE, forbidden=NETWORK + SHELL + PICKLE)
    assert done.returncode == 0, done.stderr


def test_a_users_tables_run_no_code(tmp_path: Path) -> None:
    """Tables are text: what is no value of its column is named, never evaluated."""
    table = "form\tmarker\texample\n__import__('os').system('true')\tPlt\tcontoh\nlagi\t{0}\n"
    (tmp_path / "acting.tsv").write_text(table)
    code = "from beritaextract import load\nload(resources=sys.argv[1])"
    done = run(code, str(tmp_path))
    assert done.returncode == 1
    assert "forbidden" not in done.stderr
    assert "acting.tsv" in done.stderr


ORDER = "\x1b[2J\x1b]0;judul\x07\x9b31m\u202e"
"""Clears a screen, names a window, colours what follows, turns it about."""


def test_no_text_steers_a_terminal(nlp: Language) -> None:
    """Neither as a title nor within a finding; what is shown has a mark where the order stood."""
    shown = io.StringIO()
    text = f"Bupati Serang, Sudarman Wiryadi, hadir. “Pasar {ORDER} ramai,” kata Sudarman."
    print_tables(extract(text, title=f"Rapat {ORDER}", outlet=ORDER, nlp=nlp), Console(file=shown, width=200))
    assert "Pasar \ufffd[2J" in shown.getvalue()
    assert not set(ORDER) - set("[2J]0;judulm31") & set(shown.getvalue())


def test_no_message_steers_a_terminal(tmp_path: Path) -> None:
    """The columns of a table are anybody's words, and an error names them."""
    (tmp_path / "a.csv").write_text(f"kolom{ORDER},lain\n" + "1,2\n" * 200, encoding="utf8")
    done = CliRunner().invoke(app, ["extract", str(tmp_path / "a.csv")])
    assert "no column for the text among kolom\ufffd[2J" in done.stderr
    assert not set(done.stderr) & set("\x1b\x07\x9b\u202e")


@pytest.mark.parametrize(("command", "out"), [("report", "r.html"), ("merge", "r.json")])
def test_no_line_of_records_fills_the_memory(
    command: str, out: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A packed file of records can be a thousand times larger than it looks, as one of articles can."""
    monkeypatch.setattr(encoding, "LONGEST_ROW", 1_000_000)
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"id": "' + b"a" * 3_000_000 + b'"}\n'))
    done = CliRunner().invoke(app, [command, str(tmp_path / "a.jsonl.gz"), "-o", str(tmp_path / out)])
    assert done.exit_code == 2
    assert "a.jsonl.gz: line 1: over 1 MB, too long for one row" in done.stderr
