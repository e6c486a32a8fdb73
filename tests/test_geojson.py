"""Places as GeoJSON."""

from __future__ import annotations

import json

from spacy.language import Language

from beritaextract import extract
from beritaextract.geojson import to_geojson

TEXT = "Rombongan terbang dari Kota Serang ke Jepang, lalu menginap di Hotel Kencana."


def test_a_point_for_each_place_with_a_position(nlp: Language) -> None:
    """Longitude first; a hotel has no position."""
    made = to_geojson(extract(TEXT, id="a1", nlp=nlp))
    assert made["type"] == "FeatureCollection"
    assert [f["geometry"] for f in made["features"]] == [
        {"type": "Point", "coordinates": [106.174, -6.12]},
        {"type": "Point", "coordinates": [139.69, 35.69]},
    ]
    assert made["features"][0]["properties"] == {
        "article": "a1",
        "published": None,
        "text": "Kota Serang",
        "kind": "city",
        "name": "Kota Serang",
        "code": "36.73",
        "path": "Kota Serang, Banten, Indonesia",
        "country": "ID",
        "role": "location",
        "confidence": made["features"][0]["properties"]["confidence"],
    }
    json.dumps(made)


def test_many_records_in_one_collection(nlp: Language) -> None:
    records = [extract(TEXT, id=name, nlp=nlp) for name in ("a1", "a2")]
    assert [f["properties"]["article"] for f in to_geojson(records)["features"]] == ["a1", "a1", "a2", "a2"]
    assert to_geojson([])["features"] == []
