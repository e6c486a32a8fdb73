"""What a run must never do: reach the network, start a shell, unpickle what it was given."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

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


def test_a_run_stays_on_the_machine(tmp_path: Path) -> None:
    """Converting a text and a page opens no connection and starts no other program."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text(PAGE)
    (tmp_path / "in" / "b.txt").write_text("Bupati Serang membuka rapat. " * 20)
    code = """
from beritaextract.cli import main
sys.argv = ["beritaextract", "convert", sys.argv[1] + "/in", "-o", sys.argv[1] + "/out.jsonl", "--workers", "1", "--quiet"]
main()
"""
    done = run(code, str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 2


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
