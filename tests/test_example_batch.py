"""The example batch: what it promises, and what a reader finds in it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from typer.testing import CliRunner

import beritaextract
from beritaextract import Record, extract_many
from beritaextract.cli import app
from beritaextract.example_articles import example_rows, examples

try:
    import tomllib
except ModuleNotFoundError:
    import tomli as tomllib

FACTS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("example_batch.toml").read_text("utf8"))["article"]
TEXTS = [row for row in example_rows() if "text" in row]


@pytest.fixture(scope="module")
def records(nlp: Language) -> dict[str, Record]:
    pytest.importorskip("trafilatura")
    return {record.id: record for record in extract_many(examples(pages=True), nlp=nlp)}


def test_it_is_part_of_the_public_names() -> None:
    assert [article.id for article in beritaextract.examples()] == [row["id"] for row in TEXTS]


def test_every_article_says_where_and_when_it_appeared() -> None:
    for row in TEXTS:
        assert all(row[key] for key in ("id", "outlet", "url", "published", "title", "text")), row["id"]


def test_there_are_forty_articles_or_more_each_with_an_id_of_its_own() -> None:
    assert len({row["id"] for row in TEXTS}) == len(TEXTS) >= 40


def test_every_address_is_one_that_nobody_can_register() -> None:
    assert {row["url"].split("/")[2].rsplit(".", 1)[1] for row in TEXTS} == {"example"}


def test_articles_are_short() -> None:
    assert max(len(row["text"].split()) for row in TEXTS) < 200


def test_pages_are_read_as_articles(records: dict[str, Record]) -> None:
    page = records["diy-museum"]
    assert (page.title, page.source.author) == ("Museum Radio Tua Dibuka di Kotagede", "Bagas Wirotomo")
    assert page.published is not None
    assert page.published.value == "2025-01-19T08:00+07:00"
    assert "Komentar" not in page.text


def test_a_month_of_one_province_is_told(records: dict[str, Record]) -> None:
    month = [
        r for r in records.values() if r.published and r.published.value.startswith("2024-06") and "kalsel" in r.id
    ]
    assert len(month) >= 15
    posts = Counter(p.name for r in month for p in r.officials)
    assert posts["Norhidayat Asmara"] >= 5


def test_topics_spread_over_the_top_levels(records: dict[str, Record]) -> None:
    assert len({record.topics[0].code for record in records.values()}) >= 12


def test_regions_spread_over_the_country() -> None:
    outlets = Counter(row["outlet"] for row in TEXTS)
    assert len(outlets) >= 12


def test_an_acting_head_is_acting_until_she_is_sworn_in(records: dict[str, Record]) -> None:
    held = {
        id: [post.acting for p in records[id].officials if p.name == "Normalinda Fitriani" for post in p.positions]
        for id in ("kalsel-03", "kalsel-16", "kalsel-10")
    }
    assert held == {"kalsel-03": ["Plt"], "kalsel-16": ["Plt"], "kalsel-10": [None]}


def test_a_post_changes_hands_during_the_month(records: dict[str, Record]) -> None:
    holders = {
        id: [p.name for p in records[id].officials for post in p.positions if post.title == "Bupati"]
        for id in ("kalsel-04", "kalsel-11")
    }
    assert holders == {"kalsel-04": ["Syamsir Alamsyah Hamdani"], "kalsel-11": ["Nurul Fajrianoor"]}


def test_one_name_is_two_people(records: dict[str, Record]) -> None:
    titles = {
        id: [post.title for p in records[id].people if p.name == "Hasanuddin Basri" for post in p.positions]
        for id in ("kalsel-07", "sulsel-pengamat")
    }
    assert titles == {"kalsel-07": ["Kepala Dinas"], "sulsel-pengamat": ["Pengamat"]}


def test_one_word_is_a_regency_here_and_a_city_there(records: dict[str, Record]) -> None:
    codes = {
        id: {p.code for p in records[id].places if "banjar" in p.text.lower()} for id in ("kalsel-05", "jabar-tanggul")
    }
    assert codes == {"kalsel-05": {"63.03"}, "jabar-tanggul": {"32.79"}}


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["id"])
def test_officials_hold_the_posts_that_the_article_gives_them(fact: dict[str, Any], records: dict[str, Record]) -> None:
    found = {
        (p.name, post.text, post.acting or "", post.jurisdiction.code if post.jurisdiction else "")
        for p in records[fact["id"]].officials
        for post in p.positions
    }
    assert {tuple(row) for row in fact["officials"]} - found == set()


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["id"])
def test_what_is_said_has_its_speaker(fact: dict[str, Any], records: dict[str, Record]) -> None:
    quotes = records[fact["id"]].quotes
    for source, kind, beginning in fact["said"]:
        said = [(q.speaker.name if q.speaker else None, q.kind) for q in quotes if q.text.startswith(beginning)]
        assert said == [(source, kind)], beginning


def test_the_facts_are_of_articles_that_are_there(records: dict[str, Record]) -> None:
    assert [fact["id"] for fact in FACTS] == list(records)


class TestCommand:
    def test_it_writes_rows_that_convert_reads(self) -> None:
        done = CliRunner().invoke(app, ["examples"])
        assert done.exit_code == 0
        assert [json.loads(line) for line in done.stdout.splitlines()] == TEXTS

    def test_pages_come_with_it_when_asked_for(self) -> None:
        done = CliRunner().invoke(app, ["examples", "--pages"])
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        assert [set(row) for row in rows[len(TEXTS) :]] == [{"id", "html"}] * 2
