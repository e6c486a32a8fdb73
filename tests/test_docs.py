"""README and docs: all code in them does what they say, and all links lead somewhere."""

from __future__ import annotations

import csv
import doctest
import gzip
import importlib.metadata
import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language

import test_examples
from pages import NOT_RUN, Reader, blocks, commands, programs

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    [
        *(ROOT / "README.md", ROOT / "CONTRIBUTING.md"),
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("src/beritaextract/**/README.md"),
    ]
)
SECURITY = ROOT / "SECURITY.md"
LINKED = [*PAGES, SECURITY, ROOT / "CHANGELOG.md", ROOT / "models" / "README.md"]
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
ARTICLE = ROOT / "docs" / "examples" / "siaran-pers.txt"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A reader's folder with the files that pages take for granted: an article, a page, an archive, tables."""
    monkeypatch.chdir(tmp_path)
    text = ARTICLE.read_text(encoding="utf8")
    shutil.copytree(ROOT / "docs" / "examples", tmp_path / "docs" / "examples")
    shutil.copy(ROOT / "docs" / "notebooks" / "anotasi.jsonl", tmp_path)
    (tmp_path / "artikel.txt").write_text(text, encoding="utf8")
    paragraphs = "".join(f"<p>{line}</p>" for line in text.splitlines() if line)
    (tmp_path / "halaman.html").write_text(
        f"<html><body><article>{paragraphs}</article></body></html>", encoding="utf8"
    )
    (tmp_path / "arsip").mkdir()
    rows = [{"id": f"a-{n}", "text": text, "published": "2024-07-10"} for n in (1, 2)]
    for row in rows:
        (tmp_path / "arsip" / f"{row['id']}.txt").write_text(row["text"], encoding="utf8")
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (tmp_path / "tambahan.jsonl").write_text(lines, encoding="utf8")
    (tmp_path / "2024-07.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    with (tmp_path / "tambahan.csv").open("w", encoding="utf8", newline="") as file:
        table = csv.DictWriter(file, fieldnames=list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    (tmp_path / "dump.gz").write_bytes(gzip.compress((tmp_path / "tambahan.csv").read_bytes()))
    return tmp_path


@each_page
def test_what_a_page_shows_is_what_happens(page: Path, desk: Path) -> None:
    reader = Reader(page, desk)
    reader.follow()
    assert not reader.faults, "\n\n".join(reader.faults)


def shown_commands() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for block in blocks(page):
            if block.language in ("sh", "console"):
                yield from ((page, command) for command, _ in commands(block))


def test_every_program_that_is_not_run_is_one_that_pages_show() -> None:
    assert set(NOT_RUN) <= {program for _, command in shown_commands() for program in programs(command)}


def test_every_target_of_make_exists() -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf8"), re.M))
    named = {w for _, c in shown_commands() if c.startswith("make") for w in re.sub(r"#.*|\w+=\S*", "", c).split()[1:]}
    assert named
    assert named <= targets


def test_every_promise_of_safety_names_a_test_that_there_is() -> None:
    """A row of the table says what holds it: files of tests, or single tests of them."""
    rows = [row for row in SECURITY.read_text(encoding="utf8").splitlines() if row.startswith("| ")][1:]
    assert len(rows) > 8
    for row in rows:
        named = re.findall(r"`(tests/\w+\.py)(?:::(\w+))?`", row.split("|")[3])
        assert named, row
        for file, test in named:
            assert f"def {test}" in (ROOT / file).read_text(encoding="utf8"), f"{file}::{test}"


def test_the_architecture_tells_where_everything_lives() -> None:
    """Every module and folder of the package has its place in the table."""
    package = ROOT / "src" / "beritaextract"
    table = (ROOT / "docs" / "architecture.md").read_text(encoding="utf8").partition("## Where things live")[2]
    named = set(re.findall(r"`(\w+(?:\.py|/))`", table))
    there = {path.name for path in package.glob("[!_]*.py")}
    there |= {f"{path.name}/" for path in package.glob("[!_]*/") if path.is_dir()}
    assert named & {"models/", "docs/"} == {"models/", "docs/"}
    assert there == named - {"models/", "docs/", "tests/"}


def test_every_extra_to_install_exists() -> None:
    extras = set(importlib.metadata.metadata("beritaextract").get_all("Provides-Extra") or ())
    texts = [page.read_text(encoding="utf8") for page in PAGES]
    named = {
        extra
        for text in texts
        for found in re.findall(r"beritaextract\[([\w,]+)\]", text)
        for extra in found.split(",")
    }
    assert named
    assert named <= extras


def test_the_fix_that_contributing_walks_through_is_a_fix(nlp: Language) -> None:
    shown = {block.language: block.body for block in blocks(ROOT / "CONTRIBUTING.md")}
    for example in tomllib.loads(shown["toml"])["example"]:
        test_examples.test_example(example, nlp)
    table = ROOT / "src" / "beritaextract" / "data" / "cue_verbs.tsv"
    assert shown["tsv"].strip() in table.read_text(encoding="utf8").splitlines()


def anchors(page: Path) -> set[str]:
    """What a link into a page may point at: its headings, as the site and GitHub spell them."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf8"), flags=re.M | re.S)
    heads = re.findall(r"^#+ +(.+?) *$", text, flags=re.M)
    return {re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", head).strip().lower()) for head in heads}


@pytest.mark.parametrize("page", LINKED, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_between_files_leads_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```$|`[^`\n]*`", "", page.read_text(encoding="utf8"), flags=re.M | re.S)
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, anchor = target.partition("#")
        if re.match(r"\w+:", path):
            continue
        file = page.parent / path if path else page
        if not file.exists() or (anchor and file.suffix == ".md" and anchor not in anchors(file)):
            broken.append(target)
    assert not broken


class TestTheReader:
    """Would a wrong page be found out?"""

    def follow(self, desk: Path, text: str) -> str:
        (desk / "halaman.md").write_text(text, encoding="utf8")
        reader = Reader(desk / "halaman.md", desk)
        reader.follow()
        return "\n".join(reader.faults)

    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("```python\n>>> 1 + 1\n3\n```", "Expected:\n    3\nGot:\n    2"),
            ("```console\n$ beritaextract --version\nberitaextract 99\n```", "expected\nberitaextract 99"),
            (
                "```sh\nberitaextract extract tidak-ada.txt\n```",
                "ends with 2: beritaextract: tidak-ada.txt: no such file",
            ),
            ("```sh\nrm -r .\n```", "rm"),
            ("```sh\necho hai | perl\n```", "perl"),
            ("```\nberitaextract extract a.txt\n```", "what is that?"),
            ("```toml\nname =\n```", "no toml: Invalid value"),
            ("```json\n{\n```", "no json: Expecting property name"),
            ("```text\n$ beritaextract extract a.txt\n```", "never run"),
            ("```text\nfrom beritaextract.batch.convert import ubah\n```", "no ubah in beritaextract.batch.convert"),
            ('```text title="a.py"\nx = \n```', "no Python"),
            ("```text\nberitaextract ubah FILE\n```", "no command ubah"),
            ("```text\nberitaextract convert IN -o OUT --cepat\n```", "convert has no --cepat"),
        ],
    )
    def test_finds_what_a_page_gets_wrong(self, desk: Path, text: str, fault: str) -> None:
        assert fault in self.follow(desk, text)

    def test_does_not_pass_over_code_that_fails(self, desk: Path) -> None:
        with pytest.raises(ZeroDivisionError):
            self.follow(desk, "```python\n1 / 0\n```")

    def test_follows_a_page_from_top_to_bottom_in_one_folder(self, desk: Path) -> None:
        text = (
            '```toml title="data_ku/outlets/kabar.toml"\nname = "Kabar"\n```\n```python\nx = 1\n```\n'
            "```python\n>>> x\n1\n\n```\n```console\n$ ls data_ku/outlets\nkabar.toml\n$ ls data_ku \\\n    | wc -l\n1\n```\n"
            "```sh\nberitaextract extract artikel.txt --resources data_ku  # as it is\n```"
        )
        assert not self.follow(desk, text)


def test_session_in_package() -> None:
    import beritaextract
    import beritaextract.evaluation

    for module in (beritaextract, beritaextract.evaluation):
        assert doctest.testmod(module, optionflags=doctest.ELLIPSIS).failed == 0


def test_no_target_of_make_is_taken_for_a_file_of_that_name() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf8")
    phony = set(re.findall(r"^\.PHONY:(.*)$", text, re.M)[0].split())
    assert set(re.findall(r"^([\w-]+):", text, re.M)) == phony
