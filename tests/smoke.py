"""Install built packages into an empty environment each and run the example article with them: smoke.py FILE…"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

LARGEST_WHEEL = 25_000_000  # bytes
NEEDED = (
    "py.typed", "pipeline.cfg", "data/titles.tsv", "data/gazetteer.tsv.gz", "models/id_berita/entities", "LICENSE", "NOTICE",
)  # fmt: skip
EXAMPLE = Path(__file__).parents[1] / "docs" / "examples" / "siaran-pers.txt"
PROGRAM = """
import beritaextract, sys
record = beritaextract.extract(open(sys.argv[1], encoding="utf8").read())
assert [p.positions[0].acting for p in record.officials] == ["Plh", "Plt"], record.officials
assert beritaextract.Record.from_json(record.to_json()) == record
print(beritaextract.__version__, beritaextract.__file__)
"""


def main() -> None:
    """Try every file; the first that fails ends it with what went wrong."""
    for name in sys.argv[1:]:
        path = Path(name).resolve()
        if path.suffix == ".whl":
            check_contents(path)
        with tempfile.TemporaryDirectory() as folder:
            try_out(path, Path(folder))
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB, installs and runs")


def check_contents(wheel: Path) -> None:
    """Type information, tables, models and licence notices are inside, and it is not too large."""
    inside = zipfile.ZipFile(wheel).namelist()
    missing = [needed for needed in NEEDED if not any(name.endswith(needed) for name in inside)]
    if missing:
        sys.exit(f"{wheel.name}: lacks {', '.join(missing)}")
    if wheel.stat().st_size > LARGEST_WHEEL:
        sys.exit(f"{wheel.name}: {wheel.stat().st_size:,} bytes are over {LARGEST_WHEEL:,}")


def try_out(path: Path, folder: Path) -> None:
    """Install it alone, with the base dependencies only, and run it from another folder than the project's."""
    venv.create(folder / "env", with_pip=True)
    python = folder / "env" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    quiet = ["--quiet", "--disable-pip-version-check"]
    subprocess.run([python, "-m", "pip", "install", *quiet, path], check=True, cwd=folder)
    subprocess.run([python, "-c", PROGRAM, EXAMPLE], check=True, cwd=folder)
    subprocess.run(
        [python, "-m", "beritaextract", "extract", EXAMPLE], check=True, cwd=folder, stdout=subprocess.DEVNULL
    )


if __name__ == "__main__":
    main()
