"""Explanations: true to what the chain did, whole, and readable by people and machines."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Span
from typer.testing import CliRunner

import beritaextract
from beritaextract import Article, Explanation, explain, extract
from beritaextract.cli import app
from beritaextract.components.speakers import SpeakerLinker
from beritaextract.components.toponyms import ToponymFinder
from beritaextract.errors import ArticleError, InputError
from beritaextract.example_articles import examples
from beritaextract.explanation import posts
from beritaextract.explanation.environment import digest_of, fingerprint
from beritaextract.explanation.explaining import PARTS
from beritaextract.explanation.readings import ReadingRecorder, readings
from beritaextract.explanation.rules import Rule, why
from beritaextract.explanation.speakers import SpeakerRecorder, speaker_options
from beritaextract.explanation.structure import Finding, Part
from beritaextract.layers import extra, read, write
from beritaextract.lexicon import packaged, table_names
from beritaextract.pipeline import make_doc

TEXT = (
    "SERANG – Bupati Serang, Darmawan Suhendi, membuka rapat di Kecamatan Curug, Kota Serang, Kamis (20/6/2024). "
    "Camat Curug, Ratnaningrum Wiryadi, hadir.\n\n“Rapat usai kemarin,” ujar Darmawan. "
    "“Semua sudah dicek,” katanya.\n\nBaca juga: Harga Cabai Naik\n"
)
DAY = "2024-06-20"


@pytest.fixture(scope="module")
def docs(nlp: Language) -> list[Doc]:
    return [nlp(make_doc(nlp, article)) for article in examples()]


@pytest.fixture(scope="module")
def told(nlp: Language) -> Explanation:
    return explain(TEXT, nlp=nlp, published=DAY)


def finding(part: Part, text: str) -> Finding:
    return next(f for f in part.findings if f.text == text)


class TestRules:
    @pytest.mark.parametrize("row", packaged().rows("rules", Rule), ids=lambda row: row.rule)
    def test_a_rule_fires_on_its_example(self, row: Rule, nlp: Language) -> None:
        if row.rule == "people.model" and "entities" not in nlp.pipe_names:
            pytest.skip("this chain has no model of entities")
        doc = nlp(make_doc(nlp, Article(row.example.replace("|", "\n"), published=DAY)))
        layers = ("segments", "toponyms", "organizations", "officials", "dates", "places", "quotes", "speakers")
        fired = {found["by"] for layer in layers for _, found in read(doc, layer)}
        fired |= {person["by"] for person in extra(doc, "people", "persons", [])}
        assert row.rule in fired

    def test_every_rule_that_the_example_batch_meets_says_what_it_goes_by(self, nlp: Language) -> None:
        silent = {
            (part.name, f.by)
            for article in examples()
            for part in explain(article, nlp=nlp).parts
            for f in part.findings
            if f.by is not None and f.why is None
        }
        assert silent == set()

    def test_a_line_of_a_page_is_explained_by_the_row_that_knows_it(self) -> None:
        assert why("segments.baca juga") == "boilerplate.tsv has a row for 'baca juga'"

    def test_the_rule_of_somebody_else_s_component_is_unknown(self) -> None:
        assert why("quotes.milik_saya") is None


class TestSpeakers:
    def test_the_recorder_decides_as_the_chain_does(self, nlp: Language, docs: list[Doc]) -> None:
        linker = nlp.get_pipe("speakers")
        assert isinstance(linker, SpeakerLinker)
        for doc in docs:
            found = SpeakerRecorder(nlp, linker).find(doc)
            assert [(s.start, s.end, row) for s, row in found] == [
                (s.start, s.end, row) for s, row in read(doc, "speakers")
            ]

    def test_evidence_adds_up_and_the_best_is_chosen_with_the_confidence_of_the_stage(
        self, nlp: Language, docs: list[Doc]
    ) -> None:
        compared = 0
        for doc in docs:
            options = speaker_options(nlp, doc)
            quotes = read(doc, "quotes")
            for _, row in read(doc, "speakers"):
                choice = options.get(quotes[row["quote"]][0].start, ())
                if not choice:
                    continue
                compared += 1
                assert choice[0].chosen
                assert choice[0].label == row["name"]
                assert choice[0].share == pytest.approx(row["confidence"], abs=0.001)
                assert all(o.score == pytest.approx(sum(o.evidence.values()), abs=0.01) for o in choice)
        assert compared > 100

    def test_a_quote_that_goes_on_says_so(self, nlp: Language) -> None:
        text = "“Harga naik,” kata Wahyudi Pranata, “dan stok di semua pasar pun habis.”"
        second = explain(text, nlp=nlp, only=["quotes"]).part("quotes").findings[1]
        assert second.says == "q2 direct, goes on with q1"
        assert second.choices[0].why == "it goes on with q1"

    def test_a_quote_of_nobody_says_so(self, nlp: Language) -> None:
        text = "Seng itu berkarat. “Harga sudah turun sejak kemarin pagi di semua pasar.”"
        (only,) = explain(text, nlp=nlp).part("quotes").findings
        assert (only.choices[0].says, only.choices[0].by) == ("no speaker", None)

    def test_who_speaks_again_is_chosen_among_candidates(self, told: Explanation) -> None:
        choice = finding(told.part("quotes"), "Semua sudah dicek,").choices[0]
        assert choice.says == "Darmawan Suhendi (p1), told by “katanya”"
        assert [o.label for o in choice.options] == ["Darmawan Suhendi", "Ratnaningrum Wiryadi"]
        assert "last" in choice.options[0].evidence


class TestReadings:
    def test_the_recorder_decides_as_the_chain_does(self, nlp: Language, docs: list[Doc]) -> None:
        finder = nlp.get_pipe("toponyms")
        assert isinstance(finder, ToponymFinder)
        for doc in docs:
            found = finder.find(doc, ReadingRecorder(finder.lexicon))
            assert [(s.start, s.end, row) for s, row in found] == [
                (s.start, s.end, row) for s, row in read(doc, "toponyms")
            ]

    def test_evidence_adds_up_to_the_score_that_the_stage_gave(self, nlp: Language, docs: list[Doc]) -> None:
        compared = 0
        for doc in docs:
            for reading in readings(nlp, doc):
                if reading.options:
                    compared += 1
                    assert reading.options[0].score == pytest.approx(reading.mention.score, abs=0.001)
                    assert reading.options[0].score == max(o.score for o in reading.options)
                    others = [option.score for option in reading.options[1:]]
                    lead = reading.options[0].score - others[0] if others else None
                    assert reading.lead == (lead if lead is None else pytest.approx(lead, abs=0.001))
        assert compared > 300

    def test_a_name_of_two_areas_shows_what_decided(self, nlp: Language) -> None:
        text = "Warga Pandeglang dan Lebak berkumpul di Banten. Hujan turun di Serang."
        serang = finding(explain(text, nlp=nlp, only=["places"]).part("places"), "Serang")
        labels = [o.label for o in serang.choices[0].options]
        assert sorted(labels) == ["Kabupaten Serang, Banten (36.04)", "Kota Serang, Banten (36.73)"]
        assert all("province_near" in o.evidence for o in serang.choices[0].options)

    @pytest.mark.parametrize(
        ("text", "name", "says"),
        [
            ("Bupati Serang datang.", "Serang", "no place: the word before it governs the area"),
            ("Ketua DPRD Kota Serang, Darmawan Suhendi, datang.", "Kota Serang", "no place: it stands in a post"),
            ("Rapat di Kota Serang usai. Warga Kota Serang pulang.", "Kota Serang", "place of the record"),
            ("Fosil itu milik Universitas Serang Raya.", "Serang", "no place: it stands in an organisation's name"),
        ],
    )
    def test_an_area_name_says_whether_it_is_a_place(self, nlp: Language, text: str, name: str, says: str) -> None:
        found = [f for f in explain(text, nlp=nlp).part("places").findings if f.text == name]
        assert says in found[0].says

    def test_a_place_named_again_points_to_its_first_mention(self, nlp: Language) -> None:
        found = explain("Rapat di Kota Serang usai. Warga Kota Serang pulang.", nlp=nlp).part("places").findings
        assert [f.kept for f in found] == [True, False]
        assert "again" in found[1].says

    def test_common_words_that_are_villages_are_told_in_one_line(self, nlp: Language) -> None:
        part = explain("Data itu benar. Pada Senin hujan turun di Serang.", nlp=nlp).part("places")
        assert part.facts["words that are areas elsewhere"][:2] == ["Data", "Pada"]

    def test_a_venue_is_told_with_its_rule(self, nlp: Language) -> None:
        (venue,) = explain("Rapat berlangsung di Gedung Graha Pena.", nlp=nlp).part("places").findings
        assert (venue.by, venue.text, venue.kept) == ("places.head", "Gedung Graha Pena", True)


class TestOtherParts:
    def test_every_finding_stands_in_the_text(self, nlp: Language) -> None:
        for article in examples():
            for part in explain(article, nlp=nlp).parts:
                for f in part.findings:
                    assert f.start is None or article.text[f.start : f.end] == f.text, (article.id, f)

    def test_what_is_kept_is_what_the_record_has(self, nlp: Language) -> None:
        for article in examples()[:12]:
            record, told = extract(article, nlp=nlp), explain(article, nlp=nlp)
            kept = {part.name: [f for f in part.findings if f.kept] for part in told.parts}
            assert len(kept["quotes"]) == len(record.quotes)
            assert len(kept["people"]) == len(record.people)
            assert sorted((f.start, f.end) for f in kept["places"]) == sorted((p.start, p.end) for p in record.places)
            assert [f.says for f in kept["dates"]] == [d.value for d in record.dates]
            assert [f.facts["confidence"] for f in kept["quotes"]] == [q.confidence for q in record.quotes]
            assert [f.facts["confidence"] for f in kept["people"]] == [p.confidence for p in record.people]
            posts = [f for f in kept["officials"] if not f.says.startswith("stands for")]
            assert len(posts) == sum(len(p.positions) for p in record.people)

    def test_a_post_says_how_it_was_bound_and_by_which_row(self, told: Explanation) -> None:
        post = finding(told.part("officials"), "Bupati Serang")
        assert post.says == "Bupati of Darmawan Suhendi (p1)"
        assert (post.by, post.facts["head"]) == ("officials.title_comma_name", "titles.tsv Bupati")
        assert post.facts["area"] == "Kabupaten Serang (36.04)"

    def test_what_a_model_of_entities_sees_is_told_beside_what_the_rules_took(self, nlp: Language) -> None:
        doc = nlp("Bupati Serang, Darmawan Suhendi, menemui Sartini Dewi di pasar.")
        people = [span for span, _ in read(doc, "people")]
        assert [span.text for span in people] == ["Darmawan Suhendi", "Sartini Dewi"]
        market = doc.char_span(doc.text.index("pasar"), doc.text.index("pasar") + 5)
        seen = [Span(doc, span.start, span.end, label="PERSON") for span in (people[0], market)]
        write(doc, "entities", [(seen[0], {"score": 0.9}), (seen[1], {"score": 0.6})])
        found = list(posts.people(doc))
        assert [f.facts.get("model") for f in found] == [0.9, None, None]
        assert (found[2].text, found[2].kept) == ("pasar", False)

    def test_a_title_that_nobody_got_is_told(self, nlp: Language) -> None:
        (title,) = explain("Para camat berkumpul.", nlp=nlp).part("officials").findings
        assert (title.text, title.kept) == ("camat", False)

    def test_a_relative_date_says_what_it_counts_from(self, told: Explanation) -> None:
        part = told.part("dates")
        assert part.facts == {"anchor": DAY, "anchor from": "given"}
        assert finding(part, "kemarin").facts["counts from"] == DAY

    def test_an_anchor_of_the_text_is_told_as_such(self, nlp: Language) -> None:
        part = explain(TEXT, nlp=nlp).part("dates")
        assert part.facts == {"anchor": DAY, "anchor from": "the text"}

    def test_noise_is_told_with_its_row(self, told: Explanation) -> None:
        link = finding(told.part("segments"), "Baca juga: Harga Cabai Naik")
        assert (link.says, link.by) == ("related, not the article", "segments.baca juga")

    def test_a_topic_names_its_telling_words(self, nlp: Language) -> None:
        topic = explain("Gempa merusak ratusan rumah. Gempa susulan terjadi.", nlp=nlp).part("topics").findings[0]
        assert topic.text.startswith("disaster")
        assert "gempa" in topic.facts["words"]

    def test_words_that_speak_against_a_topic_are_not_told_for_it(self, nlp: Language) -> None:
        """However few speak for it."""
        for finding in explain("Gempa mengguncang bank dan pasar saham.", nlp=nlp).part("topics").findings:
            assert all(value > 0 for value in finding.facts.get("words", {}).values())


class TestExplanation:
    def test_parts_are_the_fields_of_the_record(self, told: Explanation) -> None:
        assert tuple(part.name for part in told.parts) == PARTS

    def test_versions_stages_and_tables_stand_at_the_top(self, told: Explanation, nlp: Language) -> None:
        top = told.environment
        assert top["beritaextract"] == beritaextract.__version__
        assert top["stages"] == nlp.pipe_names
        assert (top["tables"], top["fingerprint"], top["changed"]) == (len(table_names()), fingerprint(), {})
        first = str(told).splitlines()
        assert first[0].startswith(f"beritaextract {beritaextract.__version__} (Python ")
        assert first[1].endswith("yours: none")

    def test_the_fingerprint_changes_with_any_file_however_deep(self, tmp_path: Path) -> None:
        data, model = tmp_path / "data", tmp_path / "model"
        (data / "outlets").mkdir(parents=True)
        model.mkdir()
        seen = {digest_of(data, model)}
        for path in (data / "titles.tsv", data / "outlets" / "kabar.toml", model / "entities"):
            for content in (b"a", b"b"):
                path.write_bytes(content)
                seen.add(digest_of(data, model))
        assert len(seen) == 7

    def test_tables_of_yours_are_named_with_their_rows(self, tmp_path: Path) -> None:
        (tmp_path / "not_names.tsv").write_text("form\texample\nPasar Murah\tPasar Murah dibuka.\n", encoding="utf8")
        told = explain("Pasar Murah dibuka.", nlp=beritaextract.load(resources=tmp_path))
        assert told.environment["changed"] == {"not_names.tsv": 1}

    def test_parts_can_be_chosen_by_their_names_or_those_of_their_stages(self, nlp: Language) -> None:
        told = explain(TEXT, nlp=nlp, only=["speakers", " Places "])
        assert [part.name for part in told.parts] == ["places", "quotes"]
        with pytest.raises(KeyError):
            told.part("dates")

    def test_an_unknown_part_is_told_with_those_that_there_are(self, nlp: Language) -> None:
        with pytest.raises(InputError, match="kutipan: no such part; parts are segments, organizations"):
            explain(TEXT, nlp=nlp, only=["kutipan"])

    def test_it_is_json_too(self, told: Explanation) -> None:
        assert json.loads(told.to_json()) == json.loads(json.dumps(told.to_dict()))

    def test_an_empty_article_is_refused_as_by_extract(self, nlp: Language) -> None:
        with pytest.raises(ArticleError, match="no text"):
            explain("  ", nlp=nlp)

    def test_an_article_without_findings_is_explained(self, nlp: Language) -> None:
        assert "QUOTES (stages: quotes, speakers): 0" in str(explain("Hujan.", nlp=nlp))

    def test_a_chain_without_choosing_stages_is_explained(self) -> None:
        chain = beritaextract.load()
        for name in ("speakers", "toponyms", "topics"):
            chain.remove_pipe(name)
        told = explain(TEXT, nlp=chain)
        assert finding(told.part("quotes"), "Rapat usai kemarin,").choices[0].options == ()

    def test_the_chain_is_as_it_was_after_explaining(self, nlp: Language) -> None:
        before = extract(TEXT, nlp=nlp)
        explain(TEXT, nlp=nlp)
        assert extract(TEXT, nlp=nlp) == before

    def test_characters_that_move_a_terminal_are_not_printed(self, nlp: Language) -> None:
        text = "Bupati Serang, Darmawan Suhendi, berkata, “Rapat \x1b[31mmerah\x1b]0;x\x07 usai \u202etadi.”"
        assert not {"\x1b", "\x07", "\u202e"} & set(str(explain(text, nlp=nlp)))

    def test_brackets_of_the_text_are_no_markup(self, nlp: Language) -> None:
        text = "Darmawan Suhendi berkata, “Rapat [bold]usai[/bold] tadi malam.”"
        assert "[bold]usai[/bold]" in str(explain(text, nlp=nlp, only=["quotes"]))


class TestCommand:
    def run(self, *args: str, status: int = 0) -> tuple[str, str]:
        done = CliRunner().invoke(app, ["explain", *args], input=TEXT)
        assert done.exit_code == status, done.stderr
        return done.stdout, done.stderr

    def test_in_a_pipe_it_is_plain_text(self, nlp: Language) -> None:
        out, said = self.run("-", "--published", DAY)
        expected = str(explain(TEXT, nlp=nlp, published=DAY))
        assert out.partition("\n\n")[2].rstrip("\n") == expected.partition("\n\n")[2]
        assert said == ""
        assert "\x1b" not in out

    def test_json_is_for_machines(self) -> None:
        out, _ = self.run("-", "--json", "--only", "quotes,places")
        assert [part["name"] for part in json.loads(out)["parts"]] == ["places", "quotes"]

    def test_on_a_terminal_it_has_colours(self) -> None:
        ours, theirs = pty.openpty()
        environ = {**os.environ, "TERM": "xterm-256color"}
        environ.pop("NO_COLOR", None)
        with subprocess.Popen(
            [sys.executable, "-m", "beritaextract", "explain", "-", "--only", "dates"],
            stdin=subprocess.PIPE,
            stdout=theirs,
            env=environ,
        ) as process:
            os.close(theirs)
            assert process.stdin is not None
            process.stdin.write(TEXT.encode())
            process.stdin.close()
            seen = b""
            try:
                while part := os.read(ours, 4096):
                    seen += part
            except OSError:  # how Linux says that the other side has closed
                pass
        os.close(ours)
        assert process.returncode == 0
        assert b"\x1b[" in seen

    @pytest.mark.parametrize(
        ("args", "said", "status"),
        [
            (("tiada.txt",), "tiada.txt: no such file", 2),
            (("-", "--only", "kutipan"), "kutipan: no such part", 2),
            (("-", "--published", "entah"), "no date can be read", 1),
        ],
    )
    def test_a_fault_is_one_line(self, args: tuple[str, ...], said: str, status: int) -> None:
        out, fault = self.run(*args, status=status)
        assert out == ""
        assert fault.startswith("beritaextract: ")
        assert said in fault
        assert fault.count("\n") == 1
