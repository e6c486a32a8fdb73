"""The notebooks of the documentation: each runs from top to bottom, offline, and shows what it promises."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat")
pytest.importorskip("nbclient")
pytest.importorskip("nbconvert")
pytest.importorskip("ipykernel")
pytest.importorskip("mkdocs")

DOCS = Path(__file__).parent.parent / "docs"
NOTEBOOKS = sorted(DOCS.glob("notebooks/*.ipynb"))
SHOWS = {
    "five_minutes": ["text/html: Darmawan Suhendi", "text/html: Kutipan", "text/html: Norhidayat Asmara"],
    "month_of_a_province": ["image/png: ", "text/html: Plh Sekda Kalsel", "text/html: Barito Pos"],
    "own_annotations": ["text/html: direct quotes with the right speaker", "text/plain: 'with the day'"],
    "own_titles_and_outlets": ["text/html: Kabar Sangihe", "text/plain: 'Kapitalaung'"],
}
"""Output that each notebook must have, by kind and a part of it; an empty part stands for any."""


@pytest.fixture(scope="module")
def hooks() -> ModuleType:
    """The module that makes pages of notebooks."""
    spec = importlib.util.spec_from_file_location("hooks", DOCS / "hooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def outputs(notebook: Any) -> list[str]:
    """What the cells put out, as "kind: text"."""
    found = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return [f"{kind}: {text}" for output in found for kind, text in output.get("data", {}).items()]


def test_every_notebook_is_said_what_it_shows() -> None:
    assert {path.stem for path in NOTEBOOKS} == set(SHOWS)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs_and_shows_what_it_promises(
    path: Path, hooks: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "MPLCONFIGDIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    before = sorted(path.parent.iterdir())
    found = outputs(hooks.execute(path))
    for kind, _, part in (shown.partition(": ") for shown in SHOWS[path.stem]):
        assert any(output.startswith(kind) and part in output for output in found), f"{kind}: {part}"
    assert sorted(path.parent.iterdir()) == before, "a notebook leaves nothing behind"


def test_a_kernel_of_the_same_name_that_a_user_installed_is_not_taken(
    hooks: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel = tmp_path / "kernels" / "python3"
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text('{"argv": ["false"], "display_name": "theirs", "language": "python"}')
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    path = tmp_path / "satu.ipynb"
    cell = nbformat.v4.new_code_cell("import sys\nsys.prefix")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    import sys

    assert outputs(hooks.execute(path)) == [f"text/plain: {sys.prefix!r}"]


def test_a_cell_that_fails_is_an_error(hooks: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "salah.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 / 0")]), path)
    with pytest.raises(Exception, match="ZeroDivisionError"):
        hooks.execute(path)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_is_stored_without_outputs_and_valid(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code
    assert not any(cell.outputs or cell.execution_count for cell in code)
