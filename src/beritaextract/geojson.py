"""The places of records as GeoJSON, for maps and GeoDataFrames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from beritaextract.records import Place, Record, as_record, each


def to_geojson(records: Record | Iterable[Record | Mapping[str, Any]]) -> dict[str, Any]:
    """A FeatureCollection (RFC 7946) with a point for each place of one record or many; places without position are left out.

    ``geopandas.GeoDataFrame.from_features(to_geojson(record))`` makes a table of it. Raises TypeError for what is no record.
    """
    many = map(as_record, each(records))
    return {
        "type": "FeatureCollection",
        "features": [_feature(record, place) for record in many for place in record.places if place.lat is not None],
    }


def _feature(record: Record, place: Place) -> dict[str, Any]:
    """One place: its point and what the record says of it."""
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "properties": {
            "article": record.id,
            "published": record.published.value if record.published else None,
            "text": place.text,
            "kind": place.kind,
            "name": place.name,
            "code": place.code,
            "path": ", ".join(place.path),
            "country": place.country,
            "role": place.role,
            "confidence": place.confidence,
        },
    }
