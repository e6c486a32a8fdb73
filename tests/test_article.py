"""Articles from input rows."""

from __future__ import annotations

import pytest

from beritaextract import Article, ArticleError, extract


def test_a_row_becomes_an_article_and_other_keys_are_ignored() -> None:
    row = {"id": 7, "text": "Isi.", "title": "Judul", "published": "2024-06-20", "warna": "biru", "url": " "}
    assert Article.from_row(row, path="a.jsonl") == Article(
        "Isi.", id="7", title="Judul", published="2024-06-20", path="a.jsonl"
    )


@pytest.mark.parametrize("field", ["text", "title", "outlet", "id"])
def test_half_a_character_is_told_with_its_place(field: str) -> None:
    """Python strings can hold one, no file can: a record of it could not be written."""
    known = {"text": "Pasar ramai.", field: "Pasar \ud83d ramai."}
    with pytest.raises(ArticleError, match=rf"^{field}: half a character \(U\+D83D\) at 6"):
        extract(Article(**known))


@pytest.mark.parametrize("row", [{}, {"id": "a"}, {"text": ""}, {"text": " \n\t"}, {"text": None}])
def test_a_row_without_text_is_told(row: dict[str, object]) -> None:
    with pytest.raises(ArticleError, match="no text"):
        Article.from_row(row)


@pytest.mark.parametrize(
    ("row", "told"), [({"text": 5}, "text is int"), ({"text": "a", "title": ["b"]}, "title is list")]
)
def test_a_value_that_is_no_text_is_told(row: dict[str, object], told: str) -> None:
    with pytest.raises(ArticleError, match=told):
        Article.from_row(row)


@pytest.mark.parametrize(("given", "wanted"), [(7, "7"), (7.0, "7"), (float("nan"), None), ("7.0", "7.0")])
def test_an_id_may_be_a_number(given: object, wanted: str | None) -> None:
    """A column of whole numbers becomes one of floats as soon as one is missing."""
    assert Article.from_row({"id": given, "text": "Isi."}).id == wanted


def test_a_missing_id_is_a_stable_hash_of_source_and_text() -> None:
    assert Article("Isi.").key == Article("Isi.").key
    assert len({Article("Isi.").key, Article("Isi!").key, Article("Isi.", url="https://kabar.example/1").key}) == 3
    assert Article("Isi.", id="a-1").key == "a-1"
