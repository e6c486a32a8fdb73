"""Scores against annotations: what counts as right, and what a faulty annotation says."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from typer.testing import CliRunner

import beritaextract
from beritaextract.cli import app
from beritaextract.errors import InputError
from beritaextract.evaluation import LAYERS, Annotation, Error, Score, draft, read_annotations, score
from beritaextract.evaluation.matching import best_pairs, holds, plain_name, span_overlap, word_overlap
from beritaextract.records import (
    DateRef,
    Jurisdiction,
    Mention,
    Person,
    Place,
    Position,
    Quote,
    Record,
    Source,
    Speaker,
)

TEXT = (
    "Plt Camat Curug, Dr. Darmawan Suhendi, dan pengusaha Ratri hadir di Kota Serang, 9 Juli 2024. "
    "“Jalan itu dibuka,” kata Darmawan. “Siap,” ujar Ratri. Menurut polisi, lalu lintas lancar."
)


def at(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"text": words, "start": start, "end": start + len(words)}


def post(words: str = "Plt Camat Curug", title: str = "Camat", *, public: bool = True) -> Position:
    area = Jurisdiction("36.73.05", "Kecamatan Curug")
    return Position(**at(words), acting="Plt", former=False, title=title, unit=None, organization=None,
                    jurisdiction=area, level="district", public=public, confidence=0.9, by="hand")  # fmt: skip


def person(id: str, name: str, *aliases: str, posts: tuple[Position, ...] = ()) -> Person:
    mentions = (Mention(**at(name), kind="name"),)
    return Person(id, name, aliases, (), (), None, posts, mentions, 0.9)


def quote(id: str, words: str, speaker: str | None, person_id: str | None, kind: str = "direct") -> Quote:
    said_by = Speaker(speaker, person_id, **at(speaker)) if speaker else None
    return Quote(id, kind, **at(words), speaker=said_by, cue=None, confidence=0.9, by="hand")


def place(words: str, code: str | None) -> Place:
    return Place(**at(words), kind="city", name=words, code=code, path=(), country="ID", lat=None, lon=None,
                 role="location", confidence=0.9, by="hand")  # fmt: skip


def date(words: str, value: str) -> DateRef:
    return DateRef(**at(words), value=value, grain="day", relative=False, conflict=False, by="hand")


RIGHT = Record(
    "1.0", "a-1", Source(), None, None, TEXT,
    officials=(person("p1", "Darmawan Suhendi", "Darmawan", posts=(post(),)),),
    other_people=(person("p2", "Ratri"),),
    quotes=(
        quote("q1", "Jalan itu dibuka,", "Darmawan", "p1"),
        quote("q2", "Siap,", "Ratri", "p2"),
        quote("q3", "lalu lintas lancar", "polisi", None, "indirect"),
    ),
    places=(place("Kota Serang", "36.73"),),
    dates=(date("9 Juli 2024", "2024-07-09"),),
)  # fmt: skip
POST = {"text": "Plt Camat Curug", "title": "Camat", "acting": "Plt", "former": False, "jurisdiction": "36.73.05"}
ANNOTATED: dict[str, Any] = {
    "id": "a-1",
    "text": TEXT,
    "people": [
        {"name": "Darmawan Suhendi", "aliases": ["Darmawan"], "positions": [POST]},
        {"name": "Ratri"},
    ],
    "quotes": [
        {"text": "Jalan itu dibuka,", "speaker": "Darmawan Suhendi"},
        {"text": "Siap,", "speaker": "Ratri"},
        {"text": "lalu lintas lancar", "kind": "indirect", "speaker": "polisi"},
    ],
    "places": [{"text": "Kota Serang", "code": "36.73"}],
    "dates": [{"text": "9 Juli 2024", "value": "2024-07-09"}],
}


def annotation(**changes: Any) -> Annotation:
    """The annotation of TEXT with some layers changed; a layer that is None is left out."""
    return Annotation.model_validate({k: v for k, v in {**ANNOTATED, **changes}.items() if v is not None})


def only(**layers: Any) -> Annotation:
    return Annotation.model_validate({"id": "a-1", "text": TEXT, **layers})


def counts(found: Score) -> tuple[int, int, int]:
    return found.right, found.spurious, found.missed


class TestWhatCountsAsRight:
    def test_a_record_that_is_as_annotated_has_no_errors(self) -> None:
        scores = score([RIGHT], [annotation()])
        assert not scores.errors
        assert list(scores) == list(LAYERS)
        assert {counts(found)[1:] for found in scores.values()} == {(0, 0)}
        assert {layer: found.right for layer, found in scores.items()} == {
            "people": 2, "posts": 1, "officials": 1, "direct_quotes": 2, "direct_speakers": 2,
            "indirect_quotes": 1, "indirect_speakers": 1, "places": 1, "dates": 1,
        }  # fmt: skip

    def test_the_dict_of_a_record_does_as_well(self) -> None:
        assert not score([json.loads(RIGHT.to_bytes())], [annotation()]).errors

    @pytest.mark.parametrize(
        ("key", "other"), [("title", "Lurah"), ("acting", None), ("former", True), ("jurisdiction", "36.73")]
    )
    def test_a_post_with_one_wrong_field_is_a_post_and_no_official(self, key: str, other: Any) -> None:
        scores = score([RIGHT], [only(people=[{"name": "Darmawan Suhendi", "positions": [{**POST, key: other}]}])])
        assert counts(scores["posts"]) == (1, 0, 0)
        assert counts(scores["officials"]) == (0, 1, 1)
        assert [e.kind for e in scores.errors if e.layer == "officials"] == ["wrong"]
        assert key in next(str(e) for e in scores.errors if e.layer == "officials")

    def test_a_field_of_a_post_that_is_not_annotated_is_not_judged(self) -> None:
        bare = {"text": "Plt Camat Curug", "title": "Camat"}
        assert score([RIGHT], [only(people=[{"name": "Darmawan Suhendi", "positions": [bare]}, {"name": "Ratri"}])])[
            "officials"
        ] == Score(right=1)

    def test_a_person_is_found_by_an_alias_and_whatever_honorifics_were_annotated(self) -> None:
        for name in ("Dr. Darmawan Suhendi, S.E.", "Bapak Darmawan"):
            found = score([RIGHT], [only(people=[{"name": name, "positions": [POST]}, {"name": "Ratri"}])])
            assert counts(found["people"]) == (2, 0, 0)

    def test_of_two_people_with_one_alias_the_one_of_that_name_is_meant(self) -> None:
        two = replace(RIGHT, other_people=(person("p2", "Darmawan"),))
        scores = score([two], [only(people=[{"name": "Darmawan"}, {"name": "Darmawan Suhendi", "positions": [POST]}])])
        assert not scores.errors

    def test_the_post_of_somebody_else_is_spurious_and_missed(self) -> None:
        swapped = replace(RIGHT, officials=(person("p1", "Ratri", posts=(post(),)),), other_people=())
        scores = score([swapped], [only(people=ANNOTATED["people"])])
        assert counts(scores["posts"]) == (0, 1, 1)

    def test_with_officials_annotated_only_officials_and_their_public_posts_are_judged(self) -> None:
        private = post("pengusaha Ratri", "Pengusaha", public=False)
        record = replace(RIGHT, officials=(person("p1", "Darmawan Suhendi", posts=(post(), private)),))
        scores = score([record], [only(officials=[{"name": "Darmawan Suhendi", "positions": [POST]}])])
        assert not scores.errors
        assert counts(scores["people"]) == (1, 0, 0)

    def test_a_direct_quote_must_be_nearly_the_same_and_a_reported_one_mostly(self) -> None:
        shorter = [{"text": "itu dibuka", "speaker": None}, {"text": "lintas lancar", "kind": "indirect"}]
        scores = score([RIGHT], [only(quotes=shorter)])
        assert counts(scores["direct_quotes"]) == (0, 2, 1)
        assert counts(scores["indirect_quotes"]) == (1, 0, 0)

    @pytest.mark.parametrize("speaker", ["Ratri", None, "jaksa"])
    def test_a_quote_with_another_speaker_is_a_quote_with_a_wrong_speaker(self, speaker: str | None) -> None:
        changed = [{**ANNOTATED["quotes"][0], "speaker": speaker}, *ANNOTATED["quotes"][1:]]
        scores = score([RIGHT], [annotation(quotes=changed)])
        assert counts(scores["direct_quotes"]) == (2, 0, 0)
        assert counts(scores["direct_speakers"]) == (1, 1, 1)

    @pytest.mark.parametrize("speaker", ["Darmawan", "Darmawan Suhendi", "Bapak Darmawan"])
    def test_a_speaker_may_be_annotated_by_any_form_of_the_name_without_people(self, speaker: str) -> None:
        scores = score([RIGHT], [only(quotes=[{"text": "Jalan itu dibuka,", "speaker": speaker}])])
        assert scores["direct_speakers"].right == 1

    def test_a_source_that_is_no_person_is_the_same_by_its_words_and_not_by_its_letters(self) -> None:
        def says(who: str) -> int:
            quotes = [{"text": "lalu lintas lancar", "kind": "indirect", "speaker": who}]
            return score([RIGHT], [only(quotes=quotes)])["indirect_speakers"].right

        assert says("polisi setempat") == 1
        assert says("kepolisian") == 0

    def test_a_speaker_that_is_not_annotated_is_not_judged(self) -> None:
        bare = [{"text": q["text"], "kind": q.get("kind", "direct")} for q in ANNOTATED["quotes"]]
        scores = score([RIGHT], [only(quotes=bare)])
        assert scores["direct_quotes"].right == 2
        assert counts(scores["direct_speakers"]) == (0, 0, 0)

    def test_places_are_codes_once_an_article(self) -> None:
        twice = replace(RIGHT, places=(place("Kota Serang", "36.73"), place("Serang", "36.73"), place("Curug", None)))
        assert counts(score([twice], [only(places=ANNOTATED["places"])])["places"]) == (1, 0, 0)
        other = replace(RIGHT, places=(place("Kota Serang", "36.04"),))
        scores = score([other], [only(places=ANNOTATED["places"])])
        assert [(e.kind, e.expected, e.found) for e in scores.errors] == [
            ("missed", "Kota Serang 36.73", None),
            ("spurious", None, "Kota Serang 36.04"),
        ]

    def test_a_date_must_overlap_and_have_the_value(self) -> None:
        def found(*dates: DateRef) -> tuple[int, int, int]:
            return counts(score([replace(RIGHT, dates=dates)], [only(dates=ANNOTATED["dates"])])["dates"])

        near = replace(date("9 Juli 2024", "2024-07-09"), text="9 Juli", end=date("9 Juli 2024", "").end - 5)
        assert found(date("9 Juli 2024", "2024-07-10"), near) == (1, 1, 0)

        assert found(date("9 Juli 2024", "2024-07-09")) == (1, 0, 0)
        assert found(date("Juli 2024", "2024-07-09")) == (1, 0, 0)
        assert found(date("Juli 2024", "2024-07")) == (0, 1, 1)
        assert found(date("Kota Serang", "2024-07-09")) == (0, 1, 1)


class TestWhichArticles:
    def test_a_layer_that_is_not_annotated_is_not_scored_and_an_empty_one_is(self) -> None:
        assert list(score([RIGHT], [only(places=[])])) == ["places"]
        assert counts(score([RIGHT], [only(places=[])])["places"]) == (0, 1, 0)
        with pytest.raises(KeyError, match="scored are places"):
            score([RIGHT], [only(places=[])])["dates"]

    def test_an_article_without_a_record_counts_as_one_with_nothing_in_it_and_is_named(self) -> None:
        scores = score([], [annotation()])
        assert {found.right for found in scores.values()} == {0}
        assert scores["people"].missed == 2
        assert scores.missing == ("a-1",)
        assert "1 of 1 articles have no record: a-1" in str(scores)

    def test_a_record_that_nobody_annotated_is_left_aside(self) -> None:
        assert not score([replace(RIGHT, id="b"), RIGHT], [annotation()]).errors

    def test_another_text_under_the_same_id_is_refused(self) -> None:
        with pytest.raises(InputError, match="article a-1: the text of the record is not that of the annotation"):
            score([replace(RIGHT, text=TEXT + " ")], [annotation()])

    def test_two_annotations_of_one_id_are_refused(self) -> None:
        with pytest.raises(InputError, match="article a-1: annotated twice"):
            score([RIGHT], [annotation(), annotation()])


class TestFigures:
    def test_precision_recall_and_f1(self) -> None:
        found = Score(right=6, spurious=2, missed=4)
        assert (found.precision, found.recall, found.f1, found.annotated) == (0.75, 0.6, 12 / 18, 10)

    def test_what_cannot_be_said_is_not_a_number(self) -> None:
        assert math.isnan(Score().f1)
        assert math.isnan(Score(missed=1).precision)
        assert Score(missed=1).f1 == 0

    def test_the_interval_holds_the_score_and_is_the_same_every_time(self) -> None:
        records = [replace(RIGHT, id=str(i), places=RIGHT.places if i % 3 else ()) for i in range(97)]
        annotated = [annotation(id=str(i)) for i in range(97)]
        scores = score(records, annotated)
        low, high = scores.interval("places")
        assert low < scores["places"].f1 < high
        assert score(records, annotated).interval("places") == (low, high)
        assert scores.interval("dates") == (1.0, 1.0)

    def test_the_tables_name_every_layer_that_was_scored(self) -> None:
        scores = score([RIGHT], [annotation()])
        lines = str(scores).splitlines()
        assert [line.split()[0] for line in lines[1:]] == list(LAYERS)
        assert "1.000" in lines[1]
        assert all(label in scores._repr_html_() for label in LAYERS.values())
        assert scores.to_dict()["places"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "annotated": 1}

    def test_html_escapes_ids(self) -> None:
        assert "<b>" not in score([], [annotation(id="<b>")])._repr_html_()

    @pytest.mark.parametrize(
        ("error", "said"),
        [
            (Error("a", "places", "missed", "Curug 36.73.05", None), "a: places: missed: Curug 36.73.05"),
            (Error("a", "places", "spurious", None, "Curug"), "a: places: spurious: Curug"),
            (Error("a", "dates", "wrong", "2024", "2023"), "a: dates: wrong: expected 2024, found 2023"),
        ],
    )
    def test_an_error_says_what_and_where(self, error: Error, said: str) -> None:
        assert str(error) == said


class TestAnnotations:
    def test_are_read_one_a_line(self, tmp_path: Path) -> None:
        file = tmp_path / "anotasi.jsonl"
        file.write_text(f"{json.dumps(ANNOTATED)}\n\n{json.dumps({'id': 7, 'text': 'Halo.'})}\n", encoding="utf8")
        first, second = read_annotations(file)
        assert first == annotation()
        assert (second.id, second.quotes) == ("7", None)

    @pytest.mark.parametrize(
        ("line", "message"),
        [
            ("{", "Invalid JSON"),
            ('{"id": "a"}', "text: Field required"),
            ('{"id": "a", "text": "Halo.", "quote": []}', "quote: Extra inputs are not permitted"),
            ('{"id": "a", "text": "Halo.", "quotes": [{"text": "Hai"}]}', "'Hai' does not stand in the text"),
            ('{"id": "a", "text": "Halo.", "quotes": [{"text": "Halo", "nth": 2}]}', "in the text, 2 times"),
            ('{"id": "a", "text": "Halo.", "dates": [{"text": "Halo", "start": 1, "value": "2024"}]}', "stand at 1"),
            ('{"id": "a", "text": "Halo.", "places": [{"text": "Hai"}]}', "'Hai' does not stand in the text"),
            ('{"id": "a", "text": "Halo.", "quotes": [{"text": "Halo", "kind": "oral"}]}', "quotes.0.kind"),
            ('{"id": "a", "text": "Halo.", "people": [], "officials": []}', "either people or officials"),
        ],
    )
    def test_a_fault_names_file_line_and_what_is_wrong(self, tmp_path: Path, line: str, message: str) -> None:
        file = tmp_path / "anotasi.jsonl"
        file.write_text(f"{json.dumps(ANNOTATED)}\n{line}\n", encoding="utf8")
        with pytest.raises(InputError) as fault:
            read_annotations(file)
        assert str(fault.value).startswith(f"{file}:2: ")
        assert message in str(fault.value)

    def test_an_id_that_comes_twice_is_refused(self, tmp_path: Path) -> None:
        file = tmp_path / "anotasi.jsonl"
        file.write_text(f"{json.dumps(ANNOTATED)}\n{json.dumps(ANNOTATED)}\n", encoding="utf8")
        with pytest.raises(InputError, match=":2: id 'a-1' is that of line 1 too"):
            read_annotations(file)

    def test_a_file_that_is_not_there_or_no_text_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"tidak-ada\.jsonl"):
            read_annotations(tmp_path / "tidak-ada.jsonl")
        (tmp_path / "biner.jsonl").write_bytes(b"\xff\xfe\x00")
        with pytest.raises(InputError, match="not UTF-8"):
            read_annotations(tmp_path / "biner.jsonl")

    def test_of_several_same_words_nth_and_start_say_which(self) -> None:
        twice = {"id": "a", "text": "Siap. Siap.", "dates": []}
        assert Annotation.model_validate({**twice, "quotes": [{"text": "Siap", "nth": 2}]})
        found = Annotation.model_validate({**twice, "quotes": [{"text": "Siap", "start": 6}]}).quotes
        assert found is not None
        assert found[0].span("Siap. Siap.") == (6, 10)

    def test_the_article_carries_what_was_known_and_nothing_annotated(self) -> None:
        article = annotation(published="2024-07-10", outlet="Kabar Curug").article()
        assert (article.id, article.text, article.published, article.outlet) == (
            "a-1", TEXT, "2024-07-10", "Kabar Curug",
        )  # fmt: skip


def test_a_draft_is_an_annotation_that_its_own_record_fits(nlp: Language) -> None:
    record = beritaextract.extract(TEXT, nlp=nlp, id="a-1", published="2024-07-10", outlet="Kabar Curug")
    drafted = Annotation.model_validate(json.loads(json.dumps(draft(record))))
    assert drafted.published == "2024-07-10"
    assert drafted.people
    assert drafted.quotes
    assert not score([record], [drafted]).errors


def test_a_draft_does_not_call_known_what_was_read_in_the_text() -> None:
    assert "published" not in draft(RIGHT)


class TestCommand:
    @pytest.fixture
    def annotated(self, tmp_path: Path) -> Path:
        file = tmp_path / "anotasi.jsonl"
        file.write_text(json.dumps(ANNOTATED), encoding="utf8")
        return file

    def run(self, *args: str | Path, status: int = 0) -> Any:
        done = CliRunner().invoke(app, ["score", *map(str, args)])
        assert done.exit_code == status, done.output
        return done

    def test_scores_the_records_of_a_file(self, annotated: Path, tmp_path: Path) -> None:
        records = tmp_path / "rekaman.jsonl"
        records.write_bytes(RIGHT.to_bytes())
        assert self.run(annotated, records).stdout == f"{score([RIGHT], [annotation()])}\n"

    def test_makes_the_records_where_there_are_none(self, annotated: Path) -> None:
        found = json.loads(self.run(annotated, "--json").stdout)
        assert list(found["layers"]) == list(LAYERS)
        assert found["layers"]["direct_quotes"]["annotated"] == 2
        assert found["missing"] == []

    def test_a_figure_that_nothing_can_be_said_of_is_null(self, tmp_path: Path) -> None:
        file = tmp_path / "anotasi.jsonl"
        file.write_text(json.dumps({"id": "a", "text": "Halo.", "quotes": []}), encoding="utf8")
        assert '"f1":null' in self.run(file, "--json").stdout

    def test_lists_every_error_when_asked(self, annotated: Path, tmp_path: Path) -> None:
        records = tmp_path / "rekaman.jsonl"
        records.write_bytes(replace(RIGHT, dates=()).to_bytes())
        assert "a-1: dates: missed: 9 Juli 2024 2024-07-09" in self.run(annotated, records, "--errors").stdout

    def test_a_fault_is_said_and_ends_with_2(self, annotated: Path, tmp_path: Path) -> None:
        assert "tidak-ada.jsonl" in self.run(tmp_path / "tidak-ada.jsonl", status=2).stderr
        (tmp_path / "lain.jsonl").write_bytes(replace(RIGHT, text="Lain.").to_bytes())
        assert "is not that of the annotation" in self.run(annotated, tmp_path / "lain.jsonl", status=2).stderr


class TestMatching:
    def test_names_are_compared_without_honorifics_degrees_and_ranks(self) -> None:
        for name in (
            "Dr. Hj. Ratmini Lestari, M.Si.",
            "AKBP Ratmini Lestari",
            "RATMINI  LESTARI",
            "Ibu Ratmini Lestari",
        ):
            assert plain_name(name) == "ratmini lestari"

    def test_a_name_that_is_nothing_but_an_honorific_stays(self) -> None:
        assert plain_name("Bapak") == "bapak"

    def test_overlaps(self) -> None:
        assert word_overlap("Plt Camat Curug", "Camat Curug") == 2 / 3
        assert word_overlap(None, "") == 0
        assert span_overlap((0, 10), (5, 10)) == 0.5
        assert span_overlap((0, 5), (5, 9)) == 0

    def test_words_hold_words_and_not_parts_of_them(self) -> None:
        assert holds("kepala dinas kesehatan", "dinas kesehatan")
        assert not holds("kepolisian", "polisi")
        assert not holds("polisi", "")

    @settings(max_examples=100, deadline=None)
    @given(st.lists(st.tuples(st.floats(0.1, 1), st.integers(0, 5), st.integers(0, 5))))
    def test_nobody_has_two_partners(self, likeness: list[tuple[float, int, int]]) -> None:
        pairs = best_pairs(likeness)
        assert len(set(pairs.values())) == len(pairs)
        assert set(pairs.items()) <= {(i, j) for _, i, j in likeness}
