"""The entity model: its decoding against brute force, its component, the packaged pipeline, and what cannot be loaded."""

from __future__ import annotations

import itertools
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import spacy
import srsly
from spacy.language import Language
from spacy.tokens import Doc

import beritaextract
from beritaextract import extract, load
from beritaextract.components.base import TableComponent
from beritaextract.components.entities import EntityFinder
from beritaextract.components.entity_features import EntityFeatures, Sentence, WordKnowledge, sentences, shape
from beritaextract.components.entity_model import Decoder, EntityModel
from beritaextract.errors import ModelError
from beritaextract.layers import read, words
from beritaextract.lexicon import packaged
from beritaextract.model import packaged_entities, packaged_model, read_entities

LABELS = ("O", "B-LOCATION", "I-LOCATION")
NOTHING = WordKnowledge({}, {})
TEXT = (
    "Bupati Lestari Wibawa dan Ketua DPD Partai Golkar Gunarto Salim bertemu di Pasar Weleri, Kendal, Selasa (9/7/2024). "
    "“Harga pupuk turun,” kata Gunarto."
)


def small(seed: int = 3) -> EntityModel:
    """A model of three labels with random weights for a few features, under two conventions."""
    random = np.random.default_rng(seed)
    names = ("0w=di", "-1w=di", "0s=Xxx", "1s=Xxx", "rl=di", "b", "0w=kota", "2EOS", "-1BOS")
    weights = {name: random.normal(0, 2, (len(names), 3)).astype(np.float16) for name in ("satu", "dua")}
    turns = {name: random.normal(0, 2, (3, 3)).astype(np.float16) for name in ("satu", "dua")}
    return EntityModel(LABELS, {n: k for k, n in enumerate(names)}, _single(weights), _single(turns), NOTHING, {})


def _single(matrices: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {name: matrix.astype(np.float32) for name, matrix in matrices.items()}


def plain(*words_: str) -> Sentence:
    return Sentence(list(words_), list(range(len(words_))), [()] * len(words_))


def paths(model: EntityModel, sentence: Sentence, convention: str) -> dict[tuple[int, ...], float]:
    """What every way of labelling a sentence weighs, summed one feature at a time."""
    features = EntityFeatures(packaged(), model.knowledge)
    padded = ["", "", *sentence.words, "", ""]
    scores = np.zeros((len(sentence.words), len(model.labels)))
    for i, placed in enumerate(features.in_place(sentence)):
        formed = [name for k in range(5) for name in features.of_word(padded[i + k])[k]]
        for name in (*formed, *placed):
            if name in model.row:
                scores[i] += model.weights[convention][model.row[name]]
    found = {}
    for path in itertools.product(range(len(model.labels)), repeat=len(scores)):
        turns = sum(model.transitions[convention][a, b] for a, b in itertools.pairwise(path))
        found[path] = float(sum(scores[i, label] for i, label in enumerate(path)) + turns)
    return found


class TestDecoder:
    SENTENCES = (plain("di"), plain("Rapat", "di", "Kota", "Serang", "ramai"), plain("kota", "di", "Weleri"))

    @pytest.mark.parametrize("convention", ["satu", "dua"])
    @pytest.mark.parametrize("seed", range(4))
    def test_labels_are_those_of_the_heaviest_path(self, seed: int, convention: str) -> None:
        model = small(seed)
        decoder = Decoder(model, EntityFeatures(packaged(), NOTHING), convention)
        for sentence, labelled in zip(self.SENTENCES, decoder.label(self.SENTENCES), strict=True):
            weights = paths(model, sentence, convention)
            assert tuple(labelled.labels) == max(weights, key=lambda path: weights[path])

    @pytest.mark.parametrize("seed", range(4))
    def test_shares_are_the_sums_over_all_paths(self, seed: int) -> None:
        model = small(seed)
        decoder = Decoder(model, EntityFeatures(packaged(), NOTHING), "satu")
        for sentence, labelled in zip(self.SENTENCES, decoder.label(self.SENTENCES), strict=True):
            odds = {path: np.exp(weight) for path, weight in paths(model, sentence, "satu").items()}
            for i, label in itertools.product(range(len(sentence.words)), range(3)):
                share = sum(v for path, v in odds.items() if path[i] == label) / sum(odds.values())
                assert labelled.shares[i, label] == pytest.approx(share, abs=1e-4)

    def test_a_sentence_longer_than_any_is_labelled_whole(self) -> None:
        decoder = Decoder(small(), EntityFeatures(packaged(), NOTHING), None)
        (labelled,) = decoder.label([plain(*["Weleri"] * 1000)])
        assert len(labelled.labels) == 1000
        assert labelled.shares.shape == (1000, 3)

    def test_no_sentence_gives_no_labels(self) -> None:
        assert Decoder(small(), EntityFeatures(packaged(), NOTHING), None).label([]) == []

    def test_an_unknown_convention_names_those_there_are(self) -> None:
        with pytest.raises(ModelError, match=r"no convention 'tiga'.*satu, dua"):
            Decoder(small(), EntityFeatures(packaged(), NOTHING), "tiga")


class TestFeatures:
    FEATURES = EntityFeatures(packaged(), WordKnowledge({"Serang": "1 2", "00": "3 4"}, {"serang": "5 L005 f3"}))

    @pytest.mark.parametrize(("word", "wanted"), [("Budi", "Xxx"), ("BPBD", "XX"), ("Covid-19", "Xxx-dd"), ("", "")])
    def test_shape(self, word: str, wanted: str) -> None:
        assert shape(word) == wanted

    def test_a_word_speaks_for_each_place_it_is_seen_from(self) -> None:
        before, own = self.FEATURES.of_word("Serang")[1:3]
        assert {"-1w=serang", "-1c0=1", "-1t1=L005", "-1x3=ang"} <= set(before)
        assert {"0w=serang", "0c1=2", "0p4=sera", "0x1=g"} <= set(own)
        assert "-1x1=g" not in before

    def test_digits_of_a_word_are_alike_in_clusters(self) -> None:
        assert "0c0=3" in self.FEATURES.of_word("17")[2]

    def test_what_tables_say_of_words_before_names(self) -> None:
        assert "0a=raccount" not in self.FEATURES.of_word("AKBP")[2]
        assert "0a=rrank" in self.FEATURES.of_word("AKBP")[2]

    def test_a_capitalised_run_knows_what_stands_round_it(self) -> None:
        first, *_, last = itertools.islice(self.FEATURES.in_place(plain("di", "Kota", "Serang", "ramai")), 1, 3)
        assert {"rl=di", "rr=ramai", "r0=kota", "rz=serang", "rn=20"} <= set(first)
        assert {"rn=21", "ww=kota|serang", "w_w=kota|ramai"} <= set(last)

    def test_layers_tell_of_their_words_and_those_beside(self, nlp: Language) -> None:
        doc = nlp("Bupati Kendal hadir.")
        (sentence,) = sentences(doc, words(doc))
        assert sentence.words == ["Bupati", "Kendal", "hadir", "."]
        own, beside, *_ = self.FEATURES.in_place(sentence)
        assert "0TBE|area" in own
        assert "-1T=B" in beside


class TestComponent:
    @pytest.mark.parametrize(
        ("text", "wanted"),
        [
            (
                "Bupati Lestari Wibawa bertemu Gunarto Salim.",
                [("Lestari Wibawa", "PERSON"), ("Gunarto Salim", "PERSON")],
            ),
            ("Rapat itu dihadiri pengurus Partai Golkar.", [("Partai Golkar", "ORGANIZATION")]),
            ("Kebakaran terjadi di Kecamatan Weleri, Kabupaten Kendal.", ["LOCATION", "LOCATION"]),
            ("Harga pupuk turun sejak pekan lalu.", []),
        ],
    )
    def test_finds_in_our_own_sentences(self, nlp: Language, text: str, wanted: list[tuple[str, str] | str]) -> None:
        found = [(span.text, span.label_) for span in nlp(text).ents]
        assert [pair[1] if isinstance(w, str) else pair for pair, w in zip(found, wanted, strict=True)] == wanted

    def test_the_layer_and_docs_entities_are_the_same_spans_with_probabilities(self, nlp: Language) -> None:
        doc = nlp(TEXT)
        layer = read(doc, "entities")
        assert [(s.start, s.end, s.label_) for s, _ in layer] == [(s.start, s.end, s.label_) for s in doc.ents]
        assert len(layer) >= 4
        assert all(0 < row["score"] <= 1 for _, row in layer)

    def test_what_is_no_content_has_no_entities(self, nlp: Language) -> None:
        doc = nlp("Bupati Lestari Wibawa hadir di Kendal.\n\nBaca juga: Gunarto Salim Dilantik Menjadi Camat Weleri")
        assert "Gunarto Salim" not in {span.text for span in doc.ents}
        assert "Lestari Wibawa" in {span.text for span in doc.ents}

    @pytest.mark.parametrize("text", ["", " \n", "“", "Andi " * 700])
    def test_any_text_goes_through(self, nlp: Language, text: str) -> None:
        finder = nlp.get_pipe("entities")
        assert finder(nlp.make_doc(text)).text == text

    def test_labels_words_given_as_such(self) -> None:
        alone = spacy.blank("id")
        alone.add_pipe("beritaextract_entities")
        texts = ["Gubernur", "Lestari", "Wibawa", "meresmikan", "jembatan", "itu", "."]
        assert [span.text for span in alone(Doc(alone.vocab, words=texts)).ents] == ["Lestari Wibawa"]

    def test_conventions_are_chosen_by_name(self) -> None:
        model = packaged_entities()
        assert model.conventions == ("idner", "nergrit", "nerui")
        assert EntityFinder(spacy.blank("id"), convention="nergrit").settings == {"convention": "nergrit"}
        with pytest.raises(ModelError, match="no convention 'lain'"):
            EntityFinder(spacy.blank("id"), convention="lain").use_model(model)

    def test_a_model_of_ones_own_survives_pickling_and_bytes(self) -> None:
        finder = EntityFinder(spacy.blank("id"), convention="dua")
        finder.use_model(small())
        doc = Doc(spacy.blank("id").vocab, words=["Rapat", "di", "Kota", "Serang"])
        wanted = [(s.start, s.end, row) for s, row in finder.find(doc)]
        copies = [pickle.loads(pickle.dumps(finder)), EntityFinder(spacy.blank("id"), convention="dua")]
        copies[1].from_bytes(finder.to_bytes())
        for copy in copies:
            assert copy.model.conventions == ("satu", "dua")
            assert [(s.start, s.end, row) for s, row in copy.find(doc)] == wanted


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, nlp: Language) -> Path:
    """A chain on disk whose entity model labels nothing but places of its own."""
    folder = tmp_path_factory.mktemp("models") / "own"
    chain = load()
    chain.get_pipe("entities").use_model(small())
    chain.to_disk(folder)
    return folder


class TestShipping:
    def test_spacy_opens_the_packaged_pipeline_to_the_same_records(self, nlp: Language) -> None:
        code = (
            "import sys, spacy; nlp = spacy.load(sys.argv[1]); from beritaextract import extract; "
            "sys.stdout.buffer.write(extract(sys.argv[2], nlp=nlp).to_bytes())"
        )
        ran = subprocess.run([sys.executable, "-c", code, str(packaged_model()), TEXT], check=True, capture_output=True)
        assert ran.stdout == extract(TEXT, nlp=nlp).to_bytes()

    def test_the_packaged_pipeline_has_no_tables_of_its_own(self) -> None:
        chain = spacy.load(packaged_model())
        tables = [component.lexicon for _, component in chain.pipeline if isinstance(component, TableComponent)]
        assert len(tables) > 10
        assert not any(lexicon.overrides for lexicon in tables)

    def test_rules_alone_have_no_entities_and_still_make_records(self) -> None:
        rules = load(model=None)
        assert "entities" not in rules.pipe_names
        doc = rules(TEXT)
        assert not doc.ents
        assert "entities" not in doc.spans
        assert extract(TEXT, nlp=rules).officials[0].name == "Lestari Wibawa"

    def test_another_model_is_taken_from_its_folder(self, own: Path) -> None:
        assert load(model=own).get_pipe("entities").model.conventions == ("satu", "dua")
        assert load(model=str(own)).get_pipe("entities").model.labels == LABELS

    def test_a_users_tables_reach_the_packaged_model(self, tmp_path: Path) -> None:
        (tmp_path / "honorifics.tsv").write_text("form\tkind\texample\nTetua\tcommon\tTetua Lestari hadir.\n", "utf8")
        chain = load(resources=tmp_path)
        assert chain.get_pipe("entities").model is packaged_entities()
        assert chain.get_pipe("entities").lexicon.overrides

    @pytest.mark.parametrize("name", ["meta.json", "entities"])
    def test_a_folder_that_lacks_a_part_is_named(self, own: Path, tmp_path: Path, name: str) -> None:
        folder = _copy(own, tmp_path)
        (folder / name).unlink()
        with pytest.raises(ModelError, match=f"copy: .*{name}"):
            load(model=folder)

    def test_a_folder_that_is_missing_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(ModelError, match="tiada: no trained pipeline"):
            load(model=tmp_path / "tiada")

    @pytest.mark.parametrize("name", ["meta.json", "entities"])
    def test_a_part_that_cannot_be_read_is_named(self, own: Path, tmp_path: Path, name: str) -> None:
        folder = _copy(own, tmp_path)
        (folder / name).write_bytes(b"\xc1 rusak")
        with pytest.raises(ModelError, match=f"{name}: .*not readable"):
            load(model=folder)

    def test_a_model_of_other_features_says_so(
        self, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("beritaextract.components.entity_model.FEATURES", 99)
        with pytest.raises(ModelError, match=r"trained for version \d+ of the features, this library reads version 99"):
            read_entities(own)

    def test_a_model_of_a_later_library_says_so(self, own: Path, tmp_path: Path) -> None:
        folder = _copy(own, tmp_path)
        meta = srsly.read_json(folder / "meta.json")
        srsly.write_json(folder / "meta.json", {**meta, "requirements": ["beritaextract>=99"]})
        with pytest.raises(ModelError, match=f"made for beritaextract >=99, this is {beritaextract.__version__}"):
            load(model=folder)

    def test_numbers_survive_their_file(self) -> None:
        model = replace(small(), knowledge=WordKnowledge({"Serang": "1 2"}, {"serang": "5 f3"}), about={"seed": 7})
        again = EntityModel.from_bytes(model.to_bytes())
        assert (again.labels, again.row, again.about) == (model.labels, model.row, model.about)
        assert (again.knowledge.clusters, again.knowledge.usage) == ({"Serang": "1 2"}, {"serang": "5 f3"})
        assert np.array_equal(again.weights["dua"], model.weights["dua"])

    def test_the_packaged_model_tells_how_it_was_made(self) -> None:
        about = packaged_entities().about
        assert set(about) >= {"library", "seed", "trained_on"}


def _copy(folder: Path, into: Path) -> Path:
    copy = into / "copy"
    copy.mkdir()
    for part in folder.iterdir():
        if part.is_file():
            (copy / part.name).write_bytes(part.read_bytes())
    return copy
