"""A run that was stopped, killed or cut off goes on without losing or doubling an article, whatever its output is."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from batches import OUTPUTS, content, killed, lines, with_kills, write_rows
from beritaextract import runs
from beritaextract.article import Article
from beritaextract.batch import partfile
from beritaextract.batch.convert import InterruptedRunError, Options, Tally, convert
from beritaextract.batch.interruption import Interruption
from beritaextract.batch.kinds import kind_of
from beritaextract.batch.writers import Output
from beritaextract.errors import InputError

ROWS: list[dict[str, Any]] = [
    {
        "id": str(i),
        "text": f"“Rapat ke-{i} usai,” kata Camat Curug, Darmawan Yusup, Selasa (9/7/2024)." if i % 7 else "",
    }
    for i in range(60)
]
"""Sixty rows, every seventh of them without a text."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_rows(tmp_path / "in.jsonl", ROWS)
    return tmp_path


@pytest.fixture(scope="module")
def whole(nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The content of every kind of output of a run in one go, by its name."""
    folder = tmp_path_factory.mktemp("sekaligus")
    before = Path.cwd()
    os.chdir(folder)  # so that the source of every record is the same
    write_rows(folder / "in.jsonl", ROWS)
    for name, options in OUTPUTS.items():
        convert(["in.jsonl"], Path(name), nlp=nlp, options=options)
    os.chdir(before)
    return {name: content(folder / name) for name in OUTPUTS}


def stop_at(articles: int) -> Any:
    """An ``on_progress`` that breaks off hard, as a second Ctrl-C does."""

    def stop(tally: Tally) -> None:
        if tally.articles >= articles:
            raise KeyboardInterrupt

    return stop


def left_over(folder: Path, out: str) -> list[str]:
    """Files of a run that should be gone when it is over."""
    return [
        p.name
        for p in folder.iterdir()
        if p.name.startswith(out) and p.name.endswith((".part", ".checkpoint", ".new", ".old"))
    ]


SMALL = {"chunk_size": 4, "checkpoint_every": 8}


class TestKills:
    @pytest.mark.parametrize("name", OUTPUTS)
    def test_a_killed_run_goes_on_without_losing_or_doubling(
        self, here: Path, nlp: Language, whole: dict[str, Any], name: str
    ) -> None:
        with_kills(Path(name), replace(OUTPUTS[name], workers=2, **SMALL), nlp, seed=len(name), kills=2)
        assert content(Path(name)) == whole[name]
        failures = [row["id"] for row in lines(here / f"{name}.failures.jsonl")]
        assert failures == [row["id"] for row in ROWS if not row["text"]]
        assert left_over(here, name) == []

    def test_without_order_too(self, here: Path, nlp: Language, whole: dict[str, Any]) -> None:
        options = replace(OUTPUTS["out.jsonl"], workers=2, unordered=True, **SMALL)
        with_kills(Path("out.jsonl"), options, nlp, seed=3, kills=3)
        assert sorted(lines(here / "out.jsonl"), key=lambda row: int(row["id"])) == whole["out.jsonl"]

    @pytest.mark.parametrize("name", OUTPUTS)
    def test_a_run_killed_while_it_builds_the_product_builds_it_again(
        self, here: Path, nlp: Language, whole: dict[str, Any], name: str
    ) -> None:
        assert killed(Path(name), replace(OUTPUTS[name], **SMALL), nlp, when=lambda tally: tally.building, after=0.01)
        tally = convert(["in.jsonl"], Path(name), nlp=nlp, options=replace(OUTPUTS[name], resume=True, **SMALL))
        assert tally.articles == 60
        assert content(Path(name)) == whole[name]

    @pytest.mark.parametrize("name", ["out.jsonl", "out.duckdb", "csv"])
    @pytest.mark.parametrize("step", range(6))
    def test_whatever_step_of_giving_names_is_the_last_the_run_goes_on(
        self, here: Path, nlp: Language, whole: dict[str, Any], name: str, step: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A power cut between any two of the steps that rename and remove."""
        options = replace(OUTPUTS[name], chunk_size=60)
        with monkeypatch.context() as patch:
            cut_off_after(patch, step)
            with pytest.raises(PowerCutError):
                convert(["in.jsonl"], Path(name), nlp=nlp, options=options)
        assert convert(["in.jsonl"], Path(name), nlp=nlp, options=replace(options, resume=True)).articles == 60
        assert content(Path(name)) == whole[name]
        assert len(lines(here / f"{name}.failures.jsonl")) == 9
        assert left_over(here, name) == []


class PowerCutError(BaseException):
    """Nothing that comes after it happens."""


def cut_off_after(patch: pytest.MonkeyPatch, steps: int) -> None:
    """Let so many renamings and removals of a run's files happen after its work is done; then comes the power cut."""
    left = steps
    begun = False

    def limited(method: Any) -> Any:
        def call(path: Path, *args: Any, **kwargs: Any) -> Any:
            nonlocal left
            if begun:
                if left == 0:
                    raise PowerCutError
                left -= 1
            return method(path, *args, **kwargs)

        return call

    commit = Output.commit

    def committing(self: Output, batch: Any) -> None:
        nonlocal begun
        begun = True
        commit(self, batch)
        raise PowerCutError  # where there were fewer steps

    patch.setattr(Path, "replace", limited(Path.replace))
    patch.setattr(Path, "unlink", limited(Path.unlink))
    patch.setattr(Output, "commit", committing)
    patch.setattr(Output, "__exit__", lambda self, *fault: self._close())


class TestResume:
    def test_it_gives_the_bytes_of_a_run_in_one_go(self, here: Path, nlp: Language) -> None:
        convert(["in.jsonl"], Path("a.jsonl"), nlp=nlp)
        options = Options(chunk_size=4, checkpoint_every=10)
        with pytest.raises(InterruptedRunError, match=r"are in b\.jsonl\.part; --resume goes on"):
            convert(["in.jsonl"], Path("b.jsonl"), nlp=nlp, options=options, on_progress=stop_at(44))
        tally = convert(["in.jsonl"], Path("b.jsonl"), nlp=nlp, options=replace(options, resume=True))
        assert (tally.articles, tally.done_before) == (60, 36)
        assert (here / "a.jsonl").read_bytes() == (here / "b.jsonl").read_bytes()

    def test_a_run_with_other_inputs_or_options_is_not_gone_on_with(self, here: Path, nlp: Language) -> None:
        options = Options(**SMALL)
        with pytest.raises(InterruptedRunError):
            convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=options, on_progress=stop_at(20))
        for other in (replace(options, columns={"text": "id"}), replace(options, fields=("quotes",))):
            with pytest.raises(
                InputError, match=r"out\.jsonl\.checkpoint: of a run with other inputs, options or tables"
            ):
                convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=replace(other, resume=True))
        with pytest.raises(InputError, match=r"out\.jsonl\.part: is there already.*--resume goes on with it"):
            convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=options)
        assert (
            convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=replace(options, overwrite=True)).articles == 60
        )

    def test_with_nothing_to_resume_it_begins(self, here: Path, nlp: Language) -> None:
        assert convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=Options(resume=True)).articles == 60

    def test_a_run_that_replaces_an_output_is_gone_on_with_as_such(self, here: Path, nlp: Language) -> None:
        Path("out.jsonl").write_text("lama")
        options = Options(overwrite=True, **SMALL)
        with pytest.raises(InterruptedRunError):
            convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=options, on_progress=stop_at(20))
        assert Path("out.jsonl").read_text() == "lama"
        convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=replace(options, overwrite=False, resume=True))
        assert len(lines(here / "out.jsonl")) == 51

    def test_standard_input_cannot_be_resumed(self, here: Path, nlp: Language) -> None:
        with pytest.raises(InputError, match="needs files"):
            convert(["-"], Path("a.jsonl"), nlp=nlp, options=Options(resume=True))

    def test_a_part_that_lost_its_end_is_refused(self, here: Path, nlp: Language) -> None:
        with pytest.raises(InterruptedRunError):
            convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=Options(**SMALL), on_progress=stop_at(40))
        os.truncate("out.jsonl.part", 100)
        with pytest.raises(InputError, match=r"out\.jsonl\.part: shorter than at its last checkpoint"):
            convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=Options(resume=True, **SMALL))

    def test_a_checkpoint_that_is_none_is_refused(self, here: Path, nlp: Language) -> None:
        Path("out.jsonl.checkpoint").write_text('{"run": 1}')
        with pytest.raises(InputError, match=r"out\.jsonl\.checkpoint: no checkpoint"):
            convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=Options(resume=True))

    def test_what_was_done_ahead_of_a_gap_is_not_done_again(
        self, here: Path, nlp: Language, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As it is when an unordered run ends while its first chunk is slow."""
        make_doc = runs.make_doc

        def slow(nlp: Language, article: Article) -> Doc:
            while article.id == "1" and not Path("lanjut").exists():
                time.sleep(0.01)
            return make_doc(nlp, article)

        def stop(tally: Tally) -> None:
            if tally.articles >= 40:
                Path("lanjut").touch()
                raise KeyboardInterrupt

        monkeypatch.setattr(runs, "make_doc", slow)
        options = Options(unordered=True, workers=2, **SMALL)
        with pytest.raises(InterruptedRunError):
            convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=options, on_progress=stop)
        note = json.loads(Path("out.jsonl.checkpoint").read_text())
        assert (note["done"], note["ahead"][0]) == (0, [4, 8])
        convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=replace(options, resume=True))
        found = sorted(int(row["id"]) for row in lines(here / "out.jsonl"))
        assert found == [int(row["id"]) for row in ROWS if row["text"]]


def until_full(append: Any, *, room: int) -> Any:
    """``append`` as it is on a disk with room for so many pieces, and half of one more."""

    def call(self: Any, data: bytes) -> None:
        nonlocal room
        room -= 1
        if room < 0:
            append(self, data[: len(data) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "x")
        append(self, data)

    return call


class TestFullDisk:
    @pytest.mark.parametrize("name", OUTPUTS)
    def test_a_disk_that_fills_up_costs_nothing(
        self, here: Path, nlp: Language, whole: dict[str, Any], name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        options = replace(OUTPUTS[name], **SMALL)
        with monkeypatch.context() as patch:
            patch.setattr(partfile.PartFile, "append", until_full(partfile.PartFile.append, room=25))
            with pytest.raises(InterruptedRunError, match=r"No space left on device: 'x'; the .*--resume goes on"):
                convert(["in.jsonl"], Path(name), nlp=nlp, options=options)
        convert(["in.jsonl"], Path(name), nlp=nlp, options=replace(options, resume=True))
        assert content(Path(name)) == whole[name]

    @pytest.mark.parametrize("name", ["out.duckdb", "tabel"])
    def test_a_disk_that_is_full_when_the_product_is_built_is_said_and_the_half_of_it_removed(
        self, here: Path, nlp: Language, whole: dict[str, Any], name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        kind = type(kind_of(Path(name), tables=OUTPUTS[name].tables))
        build = kind.build
        with monkeypatch.context() as patch:

            def full(self: Any, part: Path, new: Path, batch: Any) -> None:
                build(self, part, new, batch)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(new))

            patch.setattr(kind, "build", full)
            with pytest.raises(InterruptedRunError, match="No space left on device"):
                convert(["in.jsonl"], Path(name), nlp=nlp, options=OUTPUTS[name])
        assert not Path(f"{name}.new").exists()
        convert(["in.jsonl"], Path(name), nlp=nlp, options=replace(OUTPUTS[name], resume=True))
        assert content(Path(name)) == whole[name]


class TestTwoRuns:
    def test_a_second_run_on_the_same_output_is_refused_while_the_first_goes_on(
        self, here: Path, nlp: Language, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(partfile, "_PATIENCE", 0.0)
        kind = kind_of(Path("out.jsonl"))
        with Output(Path("out.jsonl"), kind, run="x"):
            for options in (Options(resume=True), Options(overwrite=True)):
                with pytest.raises(InputError, match=r"out\.jsonl\.part: another run is writing it"):
                    convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=options)


CTRL_C = """
import sys
from pathlib import Path
from beritaextract.batch.convert import InterruptedRunError, Options, convert
options = Options(checkpoint_every=1000, chunk_size=4, workers=2)
try:
    convert(sys.argv[1:], Path("out.jsonl"), options=options, on_progress=lambda tally: print(tally.articles, flush=True))
except InterruptedRunError as fault:
    print(fault)
"""


class TestCtrlC:
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_what_is_in_flight_is_finished_and_noted(self, here: Path, nlp: Language, number: int) -> None:
        write_rows(here / "in.jsonl", ROWS * 6)
        with subprocess.Popen([sys.executable, "-c", CTRL_C, "in.jsonl"], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            process.send_signal(number)
            said = process.stdout.read().splitlines()
        kept = len(lines(here / "out.jsonl.part"))
        assert said[-1] == f"interrupted; the {kept:,} records so far are in out.jsonl.part; --resume goes on"
        assert 0 < kept < 300
        options = Options(chunk_size=4, resume=True)
        tally = convert(["in.jsonl"], Path("out.jsonl"), nlp=nlp, options=options)
        assert tally.done_before >= kept
        assert [row["id"] for row in lines(here / "out.jsonl")] == [row["id"] for row in ROWS if row["text"]] * 6

    def test_waiting_for_input_that_does_not_come_is_broken_off(self) -> None:
        def rows() -> Iterator[int]:
            yield 1
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(60)

        with Interruption() as stop:
            assert list(stop.guard(rows())) == [1]
            assert stop.wanted

    def test_a_second_one_ends_it_at_once(self) -> None:
        with Interruption() as stop:
            os.kill(os.getpid(), signal.SIGINT)
            assert stop.wanted
            with pytest.raises(KeyboardInterrupt):
                os.kill(os.getpid(), signal.SIGINT)
