"""Saved pages: the main text, what the page says of it, and pages that hold no article."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beritaextract import extract, load
from beritaextract.article import Article
from beritaextract.errors import ArticleError, InputError

pytest.importorskip("trafilatura")

from beritaextract.html import decode, read_page

PARAGRAPHS = (
    "SERANG, KOMPAS.com – Bupati Serang Ratna Prawira membuka pasar tani di alun-alun kota, Kamis (20/6/2024). "
    "Pasar itu buka setiap pagi sampai akhir bulan dan menampung dua ratus pedagang dari tujuh kecamatan.",
    "“Kita ingin petani menjual langsung kepada warga, tanpa perantara yang menaikkan harga,” kata Ratna di depan para pedagang.",
    "Menurut Ratna, pemerintah kabupaten menyediakan tenda, air bersih, dan petugas kebersihan selama pasar berlangsung.",
    "Sejumlah pedagang mengaku senang karena sewa tempat dibebaskan. Mereka berharap pasar serupa digelar di kecamatan lain.",
)
ARTICLE = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
NEWS = (
    '{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Bupati Buka Pasar Tani &amp; Bazar",'
    ' "datePublished": "2024-06-20T14:05:00+07:00", "publisher": {"@type": "Organization", "name": "Kabar Serang"},'
    ' "mainEntityOfPage": {"@id": "https://kabarserang.id/2024/06/20/pasar-tani"}}'
)


def page(head: str = "", body: str = ARTICLE, before: str = "") -> str:
    return (
        f"<!doctype html><html lang='id'><head><meta charset='utf-8'>{head}</head><body>"
        "<nav><a href='/'>Beranda</a> <a href='/politik'>Politik</a></nav>"
        f"{before}<article><div class='content'>{body}</div></article>"
        "<footer>Hak cipta redaksi. Tentang kami. Pedoman media siber.</footer></body></html>"
    )


class TestText:
    def test_paragraphs_are_kept_and_the_page_around_is_not(self) -> None:
        assert read_page(page()).text == "\n\n".join(PARAGRAPHS)

    def test_the_headline_and_the_date_line_above_the_article_are_not_its_text(self) -> None:
        body = f"<h1>Bupati Buka Pasar Tani</h1><p>Kamis, 20 Juni 2024 14:05 WIB</p>{ARTICLE}"
        article = read_page(page("<meta property='og:title' content='Bupati Buka Pasar Tani'>", body))
        assert article.title == "Bupati Buka Pasar Tani"
        assert article.text.startswith("SERANG, KOMPAS.com – Bupati")

    def test_pages_of_one_article_become_one_without_repetitions(self) -> None:
        more = "<p>Pada hari kedua, pasar itu dikunjungi lebih dari seribu warga dari kota dan desa sekitar, menurut panitia.</p>"
        more += (
            "<p>Panitia menambah dua puluh tenda agar pedagang yang datang belakangan mendapat tempat yang layak.</p>"
        )
        article = read_page(
            [page(f"<script type='application/ld+json'>{NEWS}</script>"), page(body=f"<p>{PARAGRAPHS[0]}</p>{more}")]
        )
        assert article.text.count("Pasar itu buka setiap pagi") == 1
        assert article.text.startswith(PARAGRAPHS[0])
        assert article.text.endswith("mendapat tempat yang layak.")
        assert article.title == "Bupati Buka Pasar Tani & Bazar"

    def test_a_page_of_photographs_gives_its_captions(self) -> None:
        captions = "Warga memilih sayur di pasar tani Serang pada Kamis pagi (20/6) sebelum hujan turun."
        figure = f"<figure><img src='a.jpg'><figcaption>{captions}</figcaption></figure>"
        article = read_page(page("<meta property='og:type' content='article'>", figure))
        assert captions in article.text


class TestMetadata:
    def test_json_ld_comes_first(self) -> None:
        head = f"<script type='application/ld+json'>{NEWS}</script><meta property='og:site_name' content='lain'>"
        article = read_page(page(head), path="a.html")
        assert (article.title, article.outlet) == ("Bupati Buka Pasar Tani & Bazar", "Kabar Serang")
        assert (article.published, article.published_origin) == ("2024-06-20T14:05+07:00", "metadata")
        assert (article.url, article.path) == ("https://kabarserang.id/2024/06/20/pasar-tani", "a.html")

    def test_a_graph_and_broken_json_beside_it(self) -> None:
        graph = f'{{"@graph": [{NEWS}]}}'
        head = f"<script type='application/ld+json'>{{oops</script><script type='application/ld+json'>{graph}</script>"
        assert read_page(page(head)).outlet == "Kabar Serang"

    def test_opengraph_and_meta(self) -> None:
        head = (
            "<meta property='og:title' content='Bupati Buka Pasar Tani - Kabar Serang'>"
            "<meta property='og:site_name' content='Kabar Serang'>"
            "<meta property='article:published_time' content='2024-06-20T07:05:00Z'><link rel='canonical' href='https://kabarserang.id/a/b'>"
        )
        article = read_page(page(head))
        assert (article.title, article.outlet) == ("Bupati Buka Pasar Tani", "Kabar Serang")
        assert (article.published, article.url) == ("2024-06-20T14:05+07:00", "https://kabarserang.id/a/b")

    @pytest.mark.parametrize(
        "written",
        [
            "<time itemprop='datePublished' datetime='2024-06-20T14:05:00+07:00'>Kamis</time>",
            "<span itemprop='datePublished'>Kamis, 20 Juni 2024 14:05 WIB</span>",
            "<div class='tanggal'>Kamis, 20 Jun 2024 14:05 WIB</div>",
            "<p><b>Sartono Wibawa</b> | 20 Juni 2024, 14:05 WIB</p>",
        ],
    )
    def test_a_date_written_near_the_headline(self, written: str) -> None:
        before = f"<div>Rabu, 1 Januari 2025</div><h1>Bupati Buka Pasar Tani</h1>{written}"
        article = read_page(page("<title>Bupati Buka Pasar Tani</title>", before=before))
        assert article.published == "2024-06-20T14:05+07:00"

    def test_a_date_in_the_address_is_better_than_none(self) -> None:
        head = "<link rel='canonical' href='https://kabarserang.id/2024/06/20/pasar-tani'>"
        assert read_page(page(head)).published == "2024-06-20"

    def test_a_page_that_names_no_outlet_has_the_host_of_its_address(self) -> None:
        head = "<link rel='canonical' href='https://www.kabarserang.id/a/b'>"
        article = read_page(page(head))
        assert article.outlet == "kabarserang.id"
        assert extract(article).source.outlet == "kabarserang.id"

    def test_the_record_names_the_outlet_of_a_known_domain(self) -> None:
        article = read_page(page("<link rel='canonical' href='https://bola.kompas.com/read/1/pasar-tani'>"))
        assert extract(article).source.outlet == "Kompas.com"

    def test_a_users_outlets_name_a_page_by_its_address(self, tmp_path: Path) -> None:
        (tmp_path / "outlets").mkdir()
        file = tmp_path / "outlets" / "kabar-serang.toml"
        file.write_text('name = "Kabar Serang Raya"\ndomains = ["kabarserang.id"]\n', encoding="utf8")
        row = {"html": page("<link rel='canonical' href='https://www.kabarserang.id/a/b'>")}
        assert extract(row, nlp=load(resources=tmp_path, model=None)).source.outlet == "Kabar Serang Raya"

    def test_a_known_outlet_at_the_end_of_the_title(self) -> None:
        article = read_page(page("<title>Bupati Buka Pasar Tani - ANTARA News</title>"))
        assert article.outlet == "ANTARA"

    def test_what_the_page_does_not_say_is_none(self) -> None:
        article = read_page(page())
        assert (article.title, article.published, article.outlet, article.url) == (None, None, None, None)

    def test_what_the_caller_knows_wins(self) -> None:
        known = {"id": "7", "title": "Judul", "published": "1 Mei 2020", "outlet": None}
        article = read_page(page(f"<script type='application/ld+json'>{NEWS}</script>"), known=known)
        assert (article.id, article.title, article.published, article.published_origin) == (
            "7",
            "Judul",
            "1 Mei 2020",
            "given",
        )
        assert article.outlet == "Kabar Serang"

    def test_a_row_with_html(self) -> None:
        article = Article.from_row({"id": "a", "html": page(), "title": "Judul"})
        assert (article.id, article.title) == ("a", "Judul")
        assert article.text.startswith("SERANG, KOMPAS.com")


class TestNoArticle:
    @pytest.mark.parametrize(
        "html",
        [
            "",
            " ",
            "\x00\x01",
            "Bukan halaman.",
            "<html></html>",
            "<html><body><p>Pendek.</p></body></html>",
            "<<<>>>",
            "<p",
            b"\xff\xfe",
            b"\x89PNG\r\n",
        ],
    )
    def test_an_empty_or_broken_page(self, html: str | bytes) -> None:
        with pytest.raises(ArticleError, match="no article in the page"):
            read_page(html)

    def test_a_front_page(self) -> None:
        with pytest.raises(ArticleError, match="front page"):
            read_page(page("<link rel='canonical' href='https://kabarserang.id/'>"))

    def test_a_list_of_articles(self) -> None:
        post = f"<article><h2>Judul</h2><p>{PARAGRAPHS[1]}</p></article>"
        with pytest.raises(ArticleError, match="front page"):
            read_page(f"<html><body>{post * 6}</body></html>")

    def test_no_page_at_all(self) -> None:
        with pytest.raises(ArticleError, match="no page given"):
            read_page([])

    def test_without_trafilatura_the_extra_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "trafilatura", None)
        with pytest.raises(InputError, match=r"beritaextract\[html\]"):
            read_page(page())


class TestAnyPage:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    def test_encodings(self, encoding: str) -> None:
        html = page().replace("<meta charset='utf-8'>", "").replace("–", "-").replace("“", '"').replace("”", '"')
        html = html.replace("Ratna", "Renée")
        assert "Renée Prawira" in read_page(html.encode(encoding)).text

    def test_a_declared_encoding(self) -> None:
        assert decode("<meta charset='iso-8859-2'>Š".encode("iso-8859-2")).endswith("Š")
        assert decode(b"<meta charset='entah'>a").endswith("a")

    def test_unclosed_elements_and_control_characters(self) -> None:
        broken = page(body=ARTICLE.replace("</p>", "").replace("Ratna", "Ra\x00\x0btna", 1)).replace(
            "</div></article>", ""
        )
        assert PARAGRAPHS[2] in read_page(broken).text

    @given(st.text(), st.text(max_size=60))
    @settings(max_examples=60, deadline=None)
    def test_any_text_in_a_page_is_an_article_or_an_article_error(self, text: str, title: str) -> None:
        with contextlib.suppress(ArticleError):
            assert read_page(page(f"<title>{title}</title><meta property='og:title' content='{title}'>", text)).text

    @pytest.mark.parametrize(
        "html",
        [
            page(body=ARTICLE * 1500),
            "<div>" * 200_000,
            "<p>Warga antre. " * 60_000,
            page(body="&amp;" * 200_000),
            page(f"<script>{'a' * 1_000_000}</script>"),
        ],
        ids=["long", "deep", "unclosed", "entities", "script"],
    )
    def test_a_megabyte_does_not_hang(self, html: str) -> None:
        with contextlib.suppress(ArticleError):
            assert read_page(html).text


def test_a_page_of_more_tags_than_any_article_is_refused_by_name() -> None:
    with pytest.raises(ArticleError, match="250,004 tags"):
        read_page("<html><body><article>" + "<p>a" * 250_000 + "</article>")


def test_a_long_article_is_not_refused() -> None:
    assert len(read_page(page(body=ARTICLE * 500)).text) > 100_000


@pytest.mark.parametrize(
    ("head", "author"),
    [
        ("", None),
        ("<meta name='author' content='Sartono Wibawa'>", "Sartono Wibawa"),
        ("<meta property='article:author' content='https://kabarserang.id/sartono'>", None),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "publisher": {"name": "Kabar Serang"},'
            ' "author": [{"@type": "Person", "name": "Ratna Dewi"}, {"name": "Sartono"}, {"name": "Kabar Serang"}]}</script>'
            "<meta name='author' content='Redaksi'>",
            "Ratna Dewi, Sartono",
        ),
    ],
)
def test_the_authors_that_a_page_states(head: str, author: str | None) -> None:
    assert read_page(page(head)).source.author == author


def test_a_file_of_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(page(f"<script type='application/ld+json'>{NEWS}</script>"), encoding="utf8")
    assert read_page(path.read_bytes(), path=str(path)).path == str(path)
