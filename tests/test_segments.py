"""Segments: the tables, the properties that hold for any text, datelines, linked headlines, the component."""

from __future__ import annotations

import pickle

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from beritaextract import extract
from beritaextract.boilerplate import Boilerplate
from beritaextract.components.segments import SegmentFinder
from beritaextract.datelines import DatelineFinder
from beritaextract.errors import ResourceError
from beritaextract.headlines import HeadlineReader, SegmentWord
from beritaextract.layers import CONTENT_KINDS, extra, read, words
from beritaextract.lexicon import Lexicon, packaged
from beritaextract.outlets import outlet_of, read_outlets
from beritaextract.segments import SegmentRules, segment

ROWS = packaged().rows("boilerplate", Boilerplate, key=lambda r: (r.cue, r.pattern))
WORDS = packaged().rows("segment_words", SegmentWord, key=lambda w: (w.word, w.role))
BLANK = spacy.blank("id")
BLANK.add_pipe("beritaextract_segments")
RULES: SegmentRules = SegmentFinder(BLANK).rules
FINDER = DatelineFinder(
    ["ANTARA", "CNN Indonesia"], days=["kamis"], towns=["bandar lampung"], dashless=["Liputan6.com"]
)

NEWSLIKE = st.lists(
    st.sampled_from(
        [
            "Baca juga:",
            "Baca Juga",
            "BACA JUGA:",
            "Simak Video 'Panen Raya':",
            "ADVERTISEMENT",
            "SCROLL TO CONTINUE WITH CONTENT",
            "[Gambas:Video CNN]",
            "[Gambas:",
            "(dtc/fay)",
            "(*)",
            "Pewarta: Sartono",
            "Editor:",
            "COPYRIGHT © ANTARA 2023",
            "Jakarta (ANTARA) -",
            "RINDANG –",
            "Liputan6.com, Jakarta",
            "Halaman 1 2 3 Selanjutnya",
            "Daftar Isi",
            "Warga Rindang Tuntut Ganti Rugi",
            "Sementara itu, warga menunggu di luar.",
            "“Kita mulai,” katanya.",
            "\n",
            "\n\n",
            " ",
            "\u00a0",
            "\t",
            ".",
            "\r\n",
            "\u200b",
        ]
    ),
    max_size=40,
).map("".join)


def found(text: str, title: str | None = None) -> list[tuple[str, str]]:
    return [(s.kind, text[s.start : s.end]) for s in segment(text, RULES, title=title).stretches]


class TestTables:
    @pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r.cue} {r.place}")
    def test_every_row_finds_what_its_example_brackets(self, row: Boilerplate) -> None:
        marked = row.example.replace("\\n", "\n")
        text = marked.replace("⟦", "").replace("⟧", "")
        start, end = marked.index("⟦"), marked.index("⟧") - 1
        assert row.cue in text.lower()
        mine = [s for s in segment(text, RULES).stretches if s.by == f"segments.{row.cue}"]
        assert mine, segment(text, RULES).stretches
        assert (mine[0].start, mine[-1].end) == (start, end)
        assert {s.kind for s in mine} == {row.kind}

    @pytest.mark.parametrize("row", WORDS, ids=lambda w: f"{w.word} {w.role}")
    def test_every_word_stands_in_its_example(self, row: SegmentWord) -> None:
        assert row.word in row.example.lower()

    def test_a_faulty_pattern_is_named(self) -> None:
        lexicon = Lexicon({"boilerplate.tsv": "cue\tpattern\tkind\tplace\texample\nlihat\t(lihat\trelated\tline\tx\n"})
        with pytest.raises(ResourceError, match=r"boilerplate.tsv: row 'lihat': column pattern"):
            SegmentFinder(BLANK).use(lexicon)

    def test_a_users_row_is_found_too(self) -> None:
        finder = SegmentFinder(BLANK)
        finder.use(
            Lexicon({"boilerplate.tsv": "cue\tpattern\tkind\tplace\texample\nkabar pilihan\t\trelated\tline\tx\n"})
        )
        text = "Pasar dibuka.\nKabar Pilihan minggu ini\nPedagang senang."
        assert [s.kind for s in segment(text, finder.rules).stretches] == ["body", "related", "body"]


class TestOutlets:
    @pytest.mark.parametrize(
        ("sign", "name"), [(sign, o.name) for o in read_outlets(packaged()) for sign in o.dateline], ids=str
    )
    def test_every_sign_is_read_in_a_dateline(self, sign: str, name: str) -> None:
        doc = BLANK(f"RINDANG, {sign} – Bupati membuka pasar tani di alun-alun kota.")
        assert read(doc, "segments")[0][0].text == f"RINDANG, {sign} –"
        assert extra(doc, "segments", "outlet") == name

    def test_every_domain_belongs_to_one_outlet(self) -> None:
        outlets = read_outlets(packaged())
        domains = [domain for outlet in outlets for domain in outlet.domains]
        assert len(domains) == len(set(domains))
        assert all(outlet_of(domain, outlets) == outlet.name for outlet in outlets for domain in outlet.domains)

    def test_a_subdomain_belongs_to_its_outlet(self) -> None:
        assert outlet_of("bola.kompas.com", read_outlets(packaged())) == "Kompas.com"
        assert outlet_of("kabarrindang.id", read_outlets(packaged())) is None

    @pytest.mark.parametrize(
        ("toml", "fault"),
        [
            ("name = ", "outlets/x.toml: "),
            ("domains = ['x.id']", "name must be a text"),
            ("name = 'X'\ndomains = 'x.id'", "domains is no list of texts"),
            ("name = 'X'\nwarna = 'biru'", r"unknown keys \['warna'\]"),
        ],
    )
    def test_a_fault_names_the_file(self, toml: str, fault: str) -> None:
        with pytest.raises(ResourceError, match=fault):
            read_outlets(Lexicon({"outlets/x.toml": toml}))

    def test_a_users_outlet_signs_datelines(self) -> None:
        finder = SegmentFinder(BLANK)
        finder.use(Lexicon({"outlets/x.toml": "name = 'Warta Rindang'\ndateline = ['WARTA']"}))
        text = "Rindang, WARTA: Pasar dibuka."
        assert segment(text, finder.rules).stretches[0][:3] == ("dateline", 0, 15)


class TestAnyText:
    @given(st.one_of(st.text(), NEWSLIKE), st.one_of(st.none(), st.text(max_size=40)))
    @settings(max_examples=300, deadline=None)
    def test_segments_are_in_order_and_cover_all_that_is_not_blank(self, text: str, title: str | None) -> None:
        stretches = segment(text, RULES, title=title).stretches
        covered = bytearray(len(text))
        last = 0
        for s in stretches:
            assert last <= s.start < s.end <= len(text)
            assert not text[s.start].isspace()
            assert not text[s.end - 1].isspace()
            covered[s.start : s.end] = b"\1" * (s.end - s.start)
            last = s.end
        assert all(covered[i] or c.isspace() for i, c in enumerate(text))

    @given(NEWSLIKE)
    @settings(max_examples=150, deadline=None)
    def test_the_layer_covers_every_token_that_is_not_blank(self, text: str) -> None:
        doc = BLANK(text)
        inside = {t.i for span, _ in read(doc, "segments") for t in span}
        assert doc.text == text
        assert all(t.i in inside or t.is_space for t in doc)

    @pytest.mark.parametrize(
        "text",
        [
            "a" * 1_000_000,
            "Baca juga: Pasar Rindang Dibuka " * 30_000,
            "Baca Juga\n" * 100_000,
            "(a/b) " * 160_000,
            "(" * 1_000_000,
            "\n" * 1_000_000,
            "Rindang, " * 110_000,
            "“Kita mulai,” katanya. " * 40_000,
            "simak breaking news dan berita pilihan " * 25_000,
            "Halaman 1 2 3 4 5 6 7 8 9 " * 40_000,
            "Sartono, Ratna, " * 60_000 + "berkontribusi dalam penulisan artikel ini",
            "Dapatkan update berita " * 40_000,
            "kata,\n" * 160_000,
            "RINDANG.COM/" * 80_000,
            ";Apa?;Apa " * 100_000,
            "Simak Video '" * 70_000,
        ],
        ids=lambda t: t[:24].replace("\n", " "),
    )
    def test_a_megabyte_of_anything_does_not_hang(self, text: str) -> None:
        assert segment(text, RULES, title="Pasar Rindang Dibuka Lagi").stretches or not text.strip()


class TestDatelines:
    @pytest.mark.parametrize(
        ("text", "outlet", "towns", "end"),
        [
            ("SERANG, KOMPAS.com – Bupati", "KOMPAS.com", ["SERANG"], "– "),
            ("TEMPO.CO, Jakarta - Bupati", "TEMPO.CO", ["Jakarta"], "- "),
            ("TEMPO.CO,Jakarta-Bupati", "TEMPO.CO", ["Jakarta"], "-"),
            ("Mataram, NTB (ANTARA News) - Bupati", "ANTARA News", ["Mataram", "NTB"], "- "),
            ("Jakarta, CNN Indonesia -- Bupati", "CNN Indonesia", ["Jakarta"], "-- "),
            ("RAWAJITU TIMUR (Kabarpro.co): Kepala", "Kabarpro.co", ["RAWAJITU TIMUR"], ": "),
            ("Kabarbumi.com (SMSI Lampung) Way Kanan - Untuk", "Kabarbumi.com", ["Way Kanan"], "- "),
            ("KLATEN, KABARKLATEN.com- – Tradisi", "KABARKLATEN.com", ["KLATEN"], "– "),
            ("Liputan6.com, Bandar Lampung Polisi", "Liputan6.com", ["Bandar Lampung"], "Lampung "),
            ("Liputan6.com, Jakarta-Kabar", "Liputan6.com", ["Jakarta"], "-"),
            ("WARTAKITA,COM -- Bupati", "WARTAKITA,COM", [], "-- "),
            ("['KOMPAS.com - Polisi", "KOMPAS.com", [], "- "),
            ("Way Kanan, Lampung – Bupati", None, ["Way Kanan", "Lampung"], "– "),
            ("JAKARTA- realme merilis", None, ["JAKARTA"], "- "),
        ],
    )
    def test_outlet_towns_and_end(self, text: str, outlet: str | None, towns: list[str], end: str) -> None:
        dateline = FINDER.at(text, 0)
        assert dateline is not None
        assert (dateline.outlet, [text[a:b] for a, b in dateline.towns]) == (outlet, towns)
        assert text[: dateline.end].endswith(end)

    def test_the_day_is_found(self) -> None:
        text = "SERANG, Kamis (20/6/2024) – Bupati"
        dateline = FINDER.at(text, 0)
        assert dateline is not None
        assert dateline.date is not None
        assert text[slice(*dateline.date)] == "Kamis (20/6/2024"

    @pytest.mark.parametrize(
        "text",
        [
            "TNI-Polri mengamankan arus mudik",
            "Jakarta-Bandung ditempuh dua jam",
            "Kompas.com memperoleh data itu",
            "Harga kakao mencapai Rp. 23.000,- per kilogram",
            "Prediksi Skor: Jepang menang",
            "Pasar Tani Rindang Dibuka\n\n- Bupati membuka pasar itu",
            "Musim Tanam Oktober 2023 – Maret 2024 diakhiri",
            "",
            "-",
        ],
    )
    def test_no_dateline(self, text: str) -> None:
        assert FINDER.at(text, 0) is None


class TestLinkedHeadlines:
    reader = HeadlineReader(WORDS)

    @pytest.mark.parametrize(
        ("headline", "rest"),
        [
            ("Warga Rindang Tuntut Ganti Rugi", " Namun, Ketua RT Sartono Wibawa memilih menunggu."),
            (
                "Pasar Rindang Dibuka Lagi, Ini Kata Bupati",
                " Pada Kamis (29/1/2026) sekitar pukul 11.00, pasar itu penuh.",
            ),
            ("Kapan Pasar Rindang Dibuka?", " Sebelumnya pasar itu ditutup dua pekan."),
            (
                "Kapan Pasar Rindang Dibuka? Ini Jadwal dari Bupati",
                " Dibandingkan dengan tahun lalu, pedagang bertambah.",
            ),
            ("Ini Dia YouTube Premium Versi Hemat", " Menurut perusahaan, layanan itu murah."),
            ("KPK usut dugaan suap proyek irigasi di Rindang", " Sementara itu, bupati enggan berkomentar."),
            ("Jubir: Jaga Jarak Kunci Cegah Covid-19", "Kemudian, Sartono mengatakan pasien bertambah."),
            ("'Pasar Rindang Dibuka Lagi':", " [Gambas:Video CNN]"),
            ("Pasar Rindang Dibuka Lagi", "  Pedagang senang dan pembeli datang lagi."),
        ],
    )
    def test_where_it_ends(self, headline: str, rest: str) -> None:
        text = f"Baca juga: {headline}{rest}"
        assert text[11 : self.reader.end(text, 11, len(text))] == headline

    def test_a_headline_that_nothing_ends_stops_at_a_word(self) -> None:
        text = "Pasar Rindang Dibuka Lagi " * 20
        end = self.reader.end(text, 0, len(text))
        assert end < 150
        assert text[end - 1].isalpha()
        assert text[end] == " "


class TestComponent:
    def test_a_boundary_inside_a_token_splits_it(self) -> None:
        doc = BLANK("Stok beras di gudang aman.\n\nBaca juga: Bulog tambah gudangPewarta: Sartono Wibawa")
        assert [(span.text, row["kind"]) for span, row in read(doc, "segments")] == [
            ("Stok beras di gudang aman.", "body"),
            ("Baca juga: Bulog tambah gudang", "related"),
            ("Pewarta: Sartono Wibawa", "credit"),
        ]

    def test_extras_of_the_dateline(self) -> None:
        doc = BLANK("Kota Serang (ANTARA News), 20 Juni 2024 - Bupati membuka pasar tani.")
        assert extra(doc, "segments", "outlet") == "ANTARA"
        assert [doc.text[a:b] for a, b in extra(doc, "segments", "dateline_towns")] == ["Kota Serang"]
        start, end = extra(doc, "segments", "dateline_date")
        assert doc.text[start:end] == "20 Juni 2024"

    def test_only_content_counts_as_content(self) -> None:
        doc = BLANK("Pasar dibuka.\nBaca juga: Warga Rindang Tuntut Ganti Rugi\nPedagang senang.")
        view = words(doc)
        assert [t for t, ok in zip(view.text, view.content, strict=True) if ok] == [
            "Pasar",
            "dibuka",
            ".",
            "Pedagang",
            "senang",
            ".",
        ]

    def test_the_outlet_of_the_dateline_is_the_records(self) -> None:
        assert extract("SERANG, KOMPAS.com – Bupati membuka pasar.").source.outlet == "Kompas.com"
        assert extract("SERANG, KOMPAS.com – Bupati membuka pasar.", outlet="Kabar Kita").source.outlet == "Kabar Kita"

    def test_it_pickles_with_a_users_tables(self) -> None:
        finder = SegmentFinder(BLANK)
        finder.use(
            Lexicon({"boilerplate.tsv": "cue\tpattern\tkind\tplace\texample\nkabar pilihan\t\trelated\tline\tx\n"})
        )
        again = pickle.loads(pickle.dumps(finder))
        text = "Pasar dibuka.\nKabar Pilihan minggu ini\nPedagang senang."
        assert segment(text, again.rules) == segment(text, finder.rules)

    @pytest.mark.parametrize("text", ["", " \n\t", "\u200b", "\x00", "."])
    def test_texts_with_nothing_in_them(self, text: str) -> None:
        doc: Doc = BLANK(text)
        assert all(row["kind"] in CONTENT_KINDS for _, row in read(doc, "segments"))


def test_a_headline_in_the_record() -> None:
    text = "Pemkab Rindang Gelar Pasar Tani\n\nRINDANG – Bupati membuka pasar tani di alun-alun."
    assert found(text)[0] == ("title", "Pemkab Rindang Gelar Pasar Tani")
    assert extract(text).title == "Pemkab Rindang Gelar Pasar Tani"


@pytest.mark.parametrize(
    ("url", "text", "outlet"),
    [
        ("https://bola.kompas.com/read/1", "Pasar ramai.", "Kompas.com"),
        ("https://bola.kompas.com/read/1", "SERANG, ANTARA - Pasar ramai.", "ANTARA"),
        ("https://kabar.example/1", "Pasar ramai.", None),
        ("http://[kabar", "Pasar ramai.", None),
    ],
)
def test_an_address_tells_the_outlet_that_no_dateline_does(url: str, text: str, outlet: str | None) -> None:
    assert extract(text, url=url).source.outlet == outlet
