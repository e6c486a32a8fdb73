"""Build the packaged gazetteer from the official list of areas.

    python models/gazetteer.py ../shared/data/wilayah.csv src/beritaextract/data/gazetteer.tsv.gz

The source has the columns code, name, capital, lat, lon, utc_offset, population (Kepmendagri 300.2.2-2138 of 2025). The
result is the same list, gzipped: code, name without its level word ("Serang" for Kota Serang), latitude and longitude to
three decimals (100 m), then for provinces, regencies and cities the UTC offset, the population and the seat of government.
"""

from __future__ import annotations

import csv
import gzip
import sys
from pathlib import Path

LEVEL_WORDS = ("Kabupaten Administrasi ", "Kota Administrasi ", "Kabupaten ", "Kota ")
SHORT_NAMES = {"Daerah Khusus Ibukota Jakarta": "DKI Jakarta", "Daerah Istimewa Yogyakarta": "DI Yogyakarta"}
MISSPELT_SEATS = {"Nabira": "Nabire", "Kota Prabumulih": "Prabumulih", "Sumohai": "Dekai", "Pinang": "Kota Pinang"}


def area_name(code: str, name: str) -> str:
    """The name without level word, abbreviations written out: "Kabupaten Kep. Seribu" is "Kepulauan Seribu"."""
    if code.count(".") == 1:
        for word in LEVEL_WORDS:
            if name.startswith(word):
                name = name.removeprefix(word)
                break
    name = name.removeprefix("Desa Adat ").replace("Kep. ", "Kepulauan ").replace("`", "'").replace("’", "'").strip()
    return SHORT_NAMES.get(name, name)


def row_of(area: dict[str, str]) -> str:
    """One line of the packaged file; empty cells at the end are left out."""
    lat, lon = (f"{float(area[c]):.3f}" if area[c] else "" for c in ("lat", "lon"))
    cells = [area["code"], area_name(area["code"], area["name"]), lat, lon]
    if area["code"].count(".") < 2:
        cells += [area["utc_offset"], area["population"], MISSPELT_SEATS.get(area["capital"], area["capital"])]
    return "\t".join(cells).rstrip("\t")


def build(source: Path, target: Path) -> int:
    """Write ``target``; returns how many areas it holds."""
    with source.open(encoding="utf8", newline="") as file:
        rows = [row_of(area) for area in csv.DictReader(file)]
    target.write_bytes(gzip.compress(("\n".join(rows) + "\n").encode("utf8"), 9, mtime=0))
    return len(rows)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    print(f"{build(Path(sys.argv[1]), Path(sys.argv[2]))} areas")
