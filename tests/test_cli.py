"""The command line as a person runs it, each case in a process of its own."""

from __future__ import annotations

import gzip
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import beritaextract

TEXT = (
    "Plh Sekda Banten, Virgojanti, membuka rapat di Kota Serang, Kamis (20/6/2024).\n\n“Rapat usai,” ujar Virgojanti.\n"
)
BERITA = [sys.executable, "-m", "beritaextract"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*args: str, status: int = 0, given: bytes = b"") -> tuple[str, str]:
    """Standard output and standard error of a command that must end with ``status``."""
    done = subprocess.run([*BERITA, *args], input=given, capture_output=True, timeout=120)
    out, said = done.stdout.decode(), done.stderr.decode()
    assert done.returncode == status, said
    assert "Traceback" not in said
    return out, said


def lines(name: str) -> list[Any]:
    return [json.loads(line) for line in Path(name).read_text(encoding="utf8").splitlines()]


class TestProgram:
    def test_version(self) -> None:
        assert run("--version") == (f"beritaextract {beritaextract.__version__}\n", "")

    def test_console_script_is_the_same_program(self) -> None:
        script = Path(sys.executable).with_name("beritaextract")
        if not script.exists():
            pytest.skip("not installed with its script")
        assert subprocess.run([script, "--version"], capture_output=True).stdout == run("--version")[0].encode()

    def test_version_and_help_load_neither_spacy_nor_the_tables(self) -> None:
        code = (
            "import sys\nfrom beritaextract.cli import main\nsys.argv = ['beritaextract', '--help']\n"
            "try:\n    main()\nexcept SystemExit:\n    pass\n"
            "assert not {'spacy', 'pydantic', 'dateparser', 'pyarrow'} & set(sys.modules)"
        )
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)

    def test_help_names_the_commands(self) -> None:
        out, _ = run("--help")
        assert {"extract", "convert", "schema"} <= set(out.split())

    @pytest.mark.parametrize(
        "args", [("mengubah",), ("extract",), ("convert", "a.txt"), ("extract", "a.txt", "--salah")]
    )
    def test_bad_usage_ends_with_2(self, here: Path, args: tuple[str, ...]) -> None:
        run(*args, status=2)

    def test_schema_is_the_published_one(self) -> None:
        published = Path(__file__).parents[1] / "docs" / "record.schema.json"
        assert run("schema")[0] == published.read_text(encoding="utf8")


class TestExtract:
    def test_a_text_becomes_a_pretty_record(self, here: Path) -> None:
        Path("artikel.txt").write_text(TEXT, encoding="utf8")
        out, said = run("extract", "artikel.txt")
        record = json.loads(out)
        assert said == ""
        assert out == json.dumps(record, indent=2, ensure_ascii=False) + "\n"
        assert record["text"] == TEXT
        assert record["source"] == {"path": "artikel.txt", "url": None, "outlet": None, "author": None}

    def test_options_say_what_is_known(self, here: Path) -> None:
        known = {
            "id": "x-1",
            "title": "Rapat",
            "published": "20 Juni 2024",
            "outlet": "Kabar Kita",
            "url": "https://a.example/1",
        }
        options = [part for key, value in known.items() for part in (f"--{key}", value)]
        record = json.loads(run("extract", "-", *options, given=TEXT.encode())[0])
        assert (record["id"], record["title"]) == ("x-1", "Rapat")
        assert record["published"] == {"value": "2024-06-20", "origin": "given"}
        assert record["source"]["outlet"] == "Kabar Kita"
        assert record["source"]["url"] == "https://a.example/1"

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
    def test_other_encodings_are_read(self, here: Path, encoding: str) -> None:
        Path("a.txt").write_bytes(TEXT.encode(encoding))
        assert json.loads(run("extract", "a.txt")[0])["text"] == TEXT

    def test_a_page_becomes_a_record_of_its_text(self, here: Path) -> None:
        pytest.importorskip("trafilatura")
        paragraphs = "".join(f"<p>{TEXT} Kalimat ke-{i} menyusul di paragraf ini.</p>" for i in range(4))
        page = f"<html><head><title>Rapat</title></head><body><article>{paragraphs}</article></body></html>"
        Path("a.html").write_text(page, encoding="utf8")
        record = json.loads(run("extract", "a.html")[0])
        assert "Virgojanti" in record["text"]
        assert "<p>" not in record["text"]
        assert json.loads(run("extract", "-", given=page.encode())[0])["text"] == record["text"]

    def test_one_row_of_json_is_one_article(self, here: Path) -> None:
        row = json.dumps({"id": "x", "isi": TEXT}).encode()
        assert json.loads(run("extract", "-", given=row)[0])["id"] == "x"
        assert "convert takes many" in run("extract", "-", given=row + b"\n" + row, status=2)[1]

    def test_tables_are_for_people(self, here: Path) -> None:
        out, _ = run("extract", "-", "--table", "--title", "Rapat [kerja]", given=TEXT.encode())
        assert out.startswith("Rapat [kerja]")

    @pytest.mark.parametrize(
        ("content", "message", "status"),
        [
            (None, "a.txt: no such file", 2),
            (b"", "a.txt: empty file", 1),
            (b" \n ", "no text", 1),
            (b"%PDF-1.4 teks", "a.txt: not text but a PDF", 1),
            (b"te\0ks", "a.txt: not text but binary data", 1),
            ("新闻报道说今天的市场很热闹".encode("gbk"), "a.txt: neither UTF-8 (byte 0 is wrong) nor cp1252", 1),
        ],
    )
    def test_a_fault_is_one_line_that_names_the_file(
        self, here: Path, content: bytes | None, message: str, status: int
    ) -> None:
        if content is not None:
            Path("a.txt").write_bytes(content)
        out, said = run("extract", "a.txt", status=status)
        assert out == ""
        assert message in said
        assert said.startswith("beritaextract: ")
        assert said.count("\n") == 1

    def test_a_date_that_cannot_be_read_is_a_fault(self) -> None:
        assert (
            "no date can be read in 'entah'"
            in run("extract", "-", "--published", "entah", given=b"Rapat.", status=1)[1]
        )

    def test_a_folder_is_for_convert(self, here: Path) -> None:
        assert "convert takes many" in run("extract", ".", status=2)[1]

    def test_resources_that_are_not_there_are_bad_usage(self, here: Path) -> None:
        assert "tiada: no such folder" in run("extract", "-", "--resources", "tiada", given=b"Rapat.", status=2)[1]

    def test_a_faulty_table_is_named_with_its_line(self, here: Path) -> None:
        Path("milik").mkdir()
        Path("milik/abbreviations.tsv").write_text("tiada\nx\n")
        assert "abbreviations.tsv:1:" in run("extract", "-", "--resources", "milik", given=b"Rapat.", status=2)[1]


class TestConvert:
    def test_tables_folders_and_patterns_together(self, here: Path) -> None:
        Path("map").mkdir()
        Path("map/b.txt").write_text("Dua.")
        Path("map/a.txt").write_text("Satu.")
        Path("t.csv").write_text("judul,isi,tanggal\nPasar,Tiga.,20/6/2024\n")
        Path("r1.jsonl").write_text('{"text": "Empat."}\n')
        Path("r2.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Lima."}\n'))
        out, said = run("convert", "map", "t.csv", "r*.jsonl*", "-", "-o", "out.jsonl", given=b"Enam.")
        assert out == ""
        assert said.startswith("beritaextract: 6 records in out.jsonl (")
        rows = lines("out.jsonl")
        assert [row["text"] for row in rows] == ["Satu.", "Dua.", "Tiga.", "Empat.", "Lima.", "Enam."]
        assert rows[2]["title"] == "Pasar"
        assert rows[2]["published"] == {"value": "2024-06-20", "origin": "given"}

    def test_failures_stand_beside_the_records(self, here: Path) -> None:
        good = [json.dumps({"id": str(i), "text": TEXT}) for i in range(1, 21)]
        good[16] = "{" + good[16]
        good[18] = '{"id": "19"}'
        Path("in.jsonl").write_text("\n".join(good))
        Path("kosong.txt").write_text("")
        _, said = run("convert", "in.jsonl", "kosong.txt", "-o", "out.jsonl", status=1)
        assert [row["id"] for row in lines("out.jsonl")] == [str(i) for i in range(1, 21) if i not in (17, 19)]
        failures = lines("out.jsonl.failures.jsonl")
        assert [row["id"] for row in failures] == ["in.jsonl:17", "19", "kosong.txt"]
        assert failures[0]["reason"].startswith("in.jsonl:17: not JSON")
        assert "3 failures in out.jsonl.failures.jsonl" in said
        assert "in.jsonl:17: not JSON" in said

    def test_a_column_can_be_named(self, here: Path) -> None:
        Path("t.csv").write_text("kode,uraian,isi\n7,Rapat usai.,bukan ini\n")
        run("convert", "t.csv", "-o", "out.jsonl", "--text-column", "uraian", "--id-column", "kode")
        assert [(row["id"], row["text"]) for row in lines("out.jsonl")] == [("7", "Rapat usai.")]

    def test_quiet_says_nothing_when_all_is_well(self, here: Path) -> None:
        assert run("convert", "-", "-o", "out.jsonl", "--quiet", given=b"Rapat.") == ("", "")

    def test_no_bar_in_a_pipe(self, here: Path) -> None:
        _, said = run("convert", "-", "-o", "out.jsonl", given=b"Rapat.")
        assert said.count("\n") == 1
        assert "\x1b" not in said

    def test_a_bar_on_a_terminal(self, here: Path) -> None:
        Path("in.jsonl").write_text('{"text": "Rapat."}\n' * 20)
        ours, theirs = pty.openpty()
        with subprocess.Popen([*BERITA, "convert", "in.jsonl", "-o", "out.jsonl"], stderr=theirs) as process:
            os.close(theirs)
            seen = b""
            try:
                while part := os.read(ours, 4096):
                    seen += part
            except OSError:  # how Linux says that the other side has closed
                pass
        os.close(ours)
        assert process.returncode == 0
        assert b"articles" in seen
        assert b"20 records in out.jsonl" in seen

    @pytest.mark.parametrize(
        ("args", "message"),
        [
            (("tiada.jsonl", "-o", "out.jsonl"), "tiada.jsonl: no such file or folder"),
            (("surat.docx", "-o", "out.jsonl"), "surat.docx: what is in it?"),
            (("in.jsonl", "-o", "out.xyz"), "out.xyz: what shall it be?"),
            (("in.jsonl", "-o", "tiada/out.jsonl"), "there is no folder tiada"),
            (("in.jsonl", "-o", "lama.jsonl"), "lama.jsonl: is there already; --overwrite replaces it"),
            (("in.jsonl", "-o", "out.jsonl", "--format", "docx"), "docx is none of"),
            (("in.jsonl", "-o", "out.jsonl", "--resume", "--overwrite"), "either --overwrite or --resume"),
            (("-", "-o", "out.jsonl", "--resume"), "--resume needs files"),
            (("in.jsonl", "-o", "out.jsonl", "--workers", "-1"), "--workers"),
        ],
    )
    def test_bad_usage_is_said_before_anything_is_done(self, here: Path, args: tuple[str, ...], message: str) -> None:
        Path("in.jsonl").write_text('{"text": "Rapat."}\n')
        Path("surat.docx").write_text("x")
        Path("lama.jsonl").write_text("lama")
        before = {p.name: p.read_text() for p in here.iterdir()}
        _, said = run("convert", *args, status=2)
        assert message in " ".join(said.replace("│", " ").split())
        assert {p.name: p.read_text() for p in here.iterdir()} == before

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
    def test_a_folder_that_may_not_be_written_is_named(self, here: Path) -> None:
        Path("in.jsonl").write_text('{"text": "Rapat."}\n')
        Path("tutup").mkdir(mode=0o500)
        assert "tutup/out.jsonl: cannot be written" in run("convert", "in.jsonl", "-o", "tutup/out.jsonl", status=2)[1]

    def test_a_full_disk_is_said(self, here: Path) -> None:
        if not Path("/dev/full").exists():
            pytest.skip("no /dev/full")
        Path("in.jsonl").write_text('{"text": "Rapat."}\n' * 3)
        Path("out.jsonl.part").symlink_to("/dev/full")
        assert "No space left" in run("convert", "in.jsonl", "-o", "out.jsonl", "--overwrite", status=1)[1]

    def test_one_and_two_workers_give_the_same_bytes(self, here: Path) -> None:
        rows = [json.dumps({"text": f"{TEXT} Kalimat ke-{i}."}) for i in range(50)]
        Path("in.jsonl").write_text("\n".join(rows))
        run("convert", "in.jsonl", "-o", "a.jsonl", "--workers", "1")
        run("convert", "in.jsonl", "-o", "b.jsonl", "--workers", "2")
        assert Path("a.jsonl").read_bytes() == Path("b.jsonl").read_bytes()
