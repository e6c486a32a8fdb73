"""A record gives itself in the formats of others."""

from __future__ import annotations

from spacy.language import Language

from beritaextract import extract

TEXT = (
    "Plh Sekda Banten, Ratnaningrum, membuka rapat di Kota Serang, Selasa (9/7/2024). "
    "“Warga tidak boleh lagi bolak-balik,” kata Ratnaningrum, “hanya untuk satu tanda tangan saja.”"
)


def test_methods_give_popolo_geojson_and_timeml(nlp: Language) -> None:
    record = extract(TEXT, nlp=nlp)
    assert [p["name"] for p in record.to_popolo()["persons"]] == ["Ratnaningrum"]
    assert [f["properties"]["code"] for f in record.to_geojson()["features"]] == ["36.73"]
    assert 'value="2024-07-09"' in record.to_timeml()


def test_the_second_part_of_an_interrupted_quote_names_the_first(nlp: Language) -> None:
    record = extract(TEXT, nlp=nlp)
    assert [(q.id, q.continues) for q in record.quotes] == [("q1", None), ("q2", "q1")]
    assert record.quotes_by("Ratnaningrum") == record.quotes
