"""Records as a person sees them: safe, well formed, and true to the article."""

from __future__ import annotations

import re
import shutil
import sys
import types
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from spacy.language import Language

import strategies
from beritaextract import Record, Records, extract, extract_many, show
from beritaextract.display.ent import displacy_input
from beritaextract.display.labels import Label, labels
from beritaextract.display.markup import clean, link
from beritaextract.display.nesting import Mark, nested
from beritaextract.display.view import record_html, style
from beritaextract.example_articles import examples
from beritaextract.lexicon import packaged
from beritaextract.records import (
    Cue,
    DateRef,
    Jurisdiction,
    Mention,
    Organization,
    Person,
    Place,
    Position,
    Quote,
    Segment,
    Speaker,
    Temporal,
)
from contrast import ENOUGH, contrast

VOID = {"br", "hr", "img", "input", "meta", "link"}
ODD = "<script>alert(1)</script> \" ' onmouseover=alert(1) & \u202eterbalik\u202c \x00 \ud800"


class Page(HTMLParser):
    """What a browser makes of a fragment: elements that close in order, ids, links, classes, and the text of the article."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: list[str] = []
        self.titles: list[str] = []
        self.text: list[str] = []
        self.article: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {key: value or "" for key, value in attrs}
        self.tags.append(tag)
        self.attributes += known
        self.ids += [known["id"]] if "id" in known else []
        self.links += [known["href"]] if "href" in known else []
        self.titles += [known["title"]] if "title" in known else []
        if tag not in VOID:
            self.open.append((tag, known.get("class", "")))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        names = [cls for _, cls in self.open]
        if any(tag == "style" for tag, _ in self.open):
            return
        self.text.append(data)
        if "be-text" in names and not any(cls.startswith(("be-who", "be-kind")) for cls in names):
            self.article.append(data)

    @property
    def words(self) -> str:
        return " ".join("".join(self.text).split())


def letters(text: str) -> str:
    return "".join(clean(text).replace("\ufffd", "").split())


@pytest.fixture(scope="module")
def batch(nlp: Language) -> Records:
    return Records(extract_many(examples(), nlp=nlp))


@pytest.fixture(scope="module")
def release(batch: Records) -> Record:
    return batch[0]


SEGMENTS = ("title", "subheading", "dateline", "caption", "related", "ad", "credit", "navigation", "repeat")
PLACES = ("province", "regency", "city", "district", "village", "country", "foreign", "venue", "natural", "region")
ACTING = ("Plt", "Plh", "Pj", "Pjs", "Pgs", "Ad Interim")
BUPATI = Position(
    "satu", 11, 15, None, False, "Bupati", None, None, Jurisdiction("ID", "Indonesia"), "national", True, 0.9, "a.b"
)
RATNA = Person("p1", "Ratna", ("Rat",), (), (), None, (), (Mention("satu", 11, 15, "name"),), 0.9)
SAID = Quote("q1", "direct", "tiga", 20, 24, Speaker("Ratna", "p1", "satu", 11, 15), None, 0.9, "a.b", "q1")


def full_record(nlp: Language) -> Record:
    """A record with every kind of thing in it, at places of a text that mean nothing."""
    text = "Baca juga: satu dua tiga empat lima enam tujuh delapan sembilan sepuluh."
    former = Position("dua", 16, 19, None, True, "Ketua", None, None, None, None, False, 0.9, "a.b")
    cue = Cue("dua", "dua", 16, 19)
    return replace(
        extract(text, title="Judul", published="2024-06-01", nlp=nlp),
        segments=tuple(Segment(kind, i * 5, i * 5 + 5) for i, kind in enumerate(SEGMENTS)),
        officials=(replace(RATNA, positions=(*(replace(BUPATI, acting=acting) for acting in ACTING), former)),),
        other_people=(replace(RATNA, id="p2", name="Siti"),),
        organizations=(Organization("Lima", "lima", 31, 35, None),),
        quotes=(
            replace(SAID, cue=cue),
            replace(SAID, id="q2", kind="indirect", speaker=None, cue=cue),
            replace(SAID, id="q3", kind="mixed", cue=cue),
        ),
        places=tuple(
            Place("empat", 25, 30, kind, "Empat", None, ("Empat",), None, None, None, "dateline", 0.9, "a.b")
            for kind in PLACES
        ),
        dates=(DateRef("enam", 36, 40, "2024-06-02", "day", True, True, "a.b"),),
        topics=extract("Gubernur melantik bupati.", nlp=nlp).topics,
        keywords=(),
        warnings=("aneh",),
    )


class TestSafety:
    def test_an_article_that_holds_a_script_shows_it_as_text(self, nlp: Language) -> None:
        odd = ODD.replace("\ud800", "")
        record = extract(f"{odd} kata Ratnaningrum Wiryadi di Kota Serang.", nlp=nlp, title=odd)
        page = Page(record_html(record))
        assert "script" not in page.tags
        assert "<script>alert(1)</script>" in "".join(page.article)

    def test_no_text_breaks_out_of_an_attribute(self, release: Record) -> None:
        person = replace(release.officials[0], name=ODD, aliases=(ODD,), degrees=(ODD,), rank=ODD)
        post = replace(person.positions[0], title=ODD, text=ODD, by=ODD, acting=ODD, organization=ODD, level=ODD)
        record = replace(
            release,
            id=ODD,
            source=replace(release.source, outlet=ODD, url=ODD, author=ODD),
            officials=(replace(person, positions=(post,)),),
            places=tuple(replace(p, name=ODD, kind=ODD, by=ODD, path=(ODD, ODD)) for p in release.places),
            dates=tuple(replace(d, value=ODD, by=ODD) for d in release.dates),
            quotes=tuple(replace(q, kind=ODD, by=ODD, id=ODD) for q in release.quotes),
            topics=tuple(replace(t, name=ODD, name_id=ODD) for t in release.topics),
            keywords=tuple(replace(k, text=ODD) for k in release.keywords),
            warnings=(ODD,),
        )
        for html in (record_html(record), Records([record])._repr_html_(), str(record.show(style="ent"))):
            page = Page(html)
            assert "script" not in page.tags
            assert not {name for name in page.attributes if name.startswith("on")}
            html.encode("utf8")

    def test_marks_that_turn_the_direction_of_text_are_replaced(self, release: Record) -> None:
        record = replace(release, title="Gubernur \u202egnorok\u202c \u2066x\u2069 hadir")
        assert not set("\u202e\u202c\u2066\u2069") & set(record_html(record))

    @pytest.mark.parametrize(
        "url", ["javascript:alert(1)", "data:text/html,x", "//a.example", 'https://a.example/"x', ""]
    )
    def test_what_is_no_web_address_is_no_link(self, url: str) -> None:
        assert link(url, "teks") == "teks"

    def test_a_web_address_is_a_link_that_tells_nobody_where_from(self) -> None:
        assert link("https://kabar.example/1?a=b&c", "x") == (
            '<a href="https://kabar.example/1?a=b&amp;c" target="_blank" rel="noopener noreferrer nofollow">x</a>'
        )

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(record=strategies.records(Record))
    def test_any_record_can_be_shown(self, record: Record) -> None:
        record = replace(record, text=record.text * 3)
        page = Page(record_html(record, lang="id"))
        assert letters("".join(page.article)) == letters(record.text)
        Page(Records([record])._repr_html_())
        Page(str(record.show(style="ent")))

    def test_there_is_no_program_in_it(self, release: Record) -> None:
        assert not {"script", "iframe", "object", "link", "img"} & set(Page(record_html(release)).tags)


class TestArticle:
    def test_every_letter_of_the_article_is_shown_in_its_order(self, batch: Records) -> None:
        for record in batch:
            assert letters("".join(Page(record_html(record)).article)) == letters(record.text), record.id

    def test_a_quote_names_its_speaker_and_leads_to_the_card(self, release: Record) -> None:
        html = record_html(release, prefix="v")
        assert re.search(r'class="be-who be-h0" href="#v-p1"[^>]*>Norhidayat</a>', html)
        assert '<div id="v-p1" class="be-card be-h0">' in html

    def test_the_marks_of_a_direct_quote_stand_within_it(self, release: Record) -> None:
        assert re.search(
            r'<mark class="be-quote be-h0"[^>]*>“Kita tidak boleh .*?bergerak,”</mark>', record_html(release)
        )

    def test_noise_is_grey_and_says_what_it_is(self, release: Record) -> None:
        assert re.search(r'<span class="be-noise" title="repeated · not the article"><small', record_html(release))

    def test_a_dateline_stands_in_the_paragraph_that_it_opens(self, release: Record) -> None:
        (paragraph,) = re.findall(r"<p>(?:(?!</p>).)*BANJARBARU.*?</p>", record_html(release), flags=re.DOTALL)
        assert "memimpin" in paragraph

    def test_a_pointer_over_a_finding_is_told_rule_and_confidence(self, release: Record) -> None:
        titles = Page(record_html(release)).titles
        post = release.officials[0].positions[0]
        place = release.places[1]
        assert f"post · Gubernur · confidence {post.confidence:.2f} · rule {post.by}" in titles
        assert any(t.startswith("venue · Gedung Idham Chalid") and t.endswith(f"rule {place.by}") for t in titles)
        assert any(t.startswith("date · 2024-06-03") for t in titles)

    def test_the_view_of_a_record_without_findings_is_the_article(self, nlp: Language) -> None:
        page = Page(record_html(extract("Hujan.", nlp=nlp)))
        assert "Hujan." in page.words


class TestPanels:
    def test_a_card_tells_post_acting_and_area(self, release: Record) -> None:
        words = Page(record_html(release)).words
        assert "Sekretaris Daerah Plh (acting, day to day) Kalimantan Selatan · 63 · province" in words.replace(
            "day)Kal", "day) Kal"
        )

    def test_topics_have_bars_as_long_as_their_scores(self, release: Record) -> None:
        shares = re.findall(r'<span style="width:(\d+)%">', record_html(release))
        assert shares == [f"{topic.score:.0%}"[:-1] for topic in release.topics]

    def test_the_timeline_goes_from_the_earliest_day_and_knows_the_article_s_own(self, release: Record) -> None:
        html = record_html(release)
        days = re.findall(r'<div class="be-when">([^<]+)</div>', html)
        assert days == ["2024-06-03", "2024-06-10", "2024-08"]
        assert "this article published" in html

    def test_a_moment_is_told_with_its_clock_time(self, nlp: Language) -> None:
        record = extract("Rapat digelar Kamis (20/6/2024) pukul 09.00 WIB.", nlp=nlp)
        assert '<div class="be-when">2024-06-20 09:00 +07:00</div>' in record_html(record)

    def test_where_a_date_stands_is_shown_without_the_noise_beside_it(self, batch: Records) -> None:
        record = next(r for r in batch if r.id == "kalsel-05")
        moments = re.findall(r'<div class="be-moment".*?</div>', record_html(record))
        assert moments
        assert not any("SCROLL" in moment for moment in moments)

    def test_where_the_words_round_a_date_are_cut_is_shown(self, nlp: Language) -> None:
        """Between words, with three dots; where the paragraph begins or ends there are none."""
        long = extract(
            f"{'Warga bergotong royong. ' * 9}Rapat usai Selasa (9/7/2024) di balai{', lalu pulang' * 30}.", nlp=nlp
        )
        (moment,) = re.findall(r'<div class="be-moment".*?>(.*?)</div>', record_html(long))
        before, behind = moment.split("<b>Selasa (9/7/2024)</b>")
        assert re.match(r"… (Warga|bergotong|royong\.) .* Rapat usai $", before)
        assert re.match(r" di balai, .*(lalu|pulang,) …$", behind)
        (moment,) = re.findall(
            r'<div class="be-moment".*?>(.*?)</div>',
            record_html(extract("Rapat usai Selasa (9/7/2024) di balai.", nlp=nlp)),
        )
        assert "…" not in moment

    def test_links_within_lead_somewhere(self, batch: Records) -> None:
        for record in batch:
            page = Page(record_html(record))
            inner = {target[1:] for target in page.links if target.startswith("#")}
            assert inner <= set(page.ids), record.id

    def test_views_on_one_page_share_no_anchor(self, batch: Records) -> None:
        page = Page("".join(record_html(record) for record in [*batch[:5], batch[0]]))
        assert len(page.ids) == len(set(page.ids)) > 30


class TestLanguages:
    def test_the_words_round_it_are_indonesian_when_asked_for(self, release: Record) -> None:
        words = Page(str(release.show(lang="id"))).words
        assert "Pejabat 4" in words
        assert "politik dan pemerintahan" in words
        assert "Officials" not in words

    def test_another_language_is_refused(self, release: Record) -> None:
        with pytest.raises(ValueError, match="lang is 'fr'; it must be one of 'en', 'id'"):
            release.show(lang="fr")

    @pytest.mark.parametrize("row", packaged().rows("display_labels", Label), ids=lambda row: row.key)
    def test_every_label_is_shown_somewhere(self, row: Label, everything: dict[str, str]) -> None:
        for lang, word in (("en", row.en), ("id", row.id)):
            assert all(part in everything[lang] for part in word.split("{n}")), word
        assert any(part.strip().lower() in row.example.lower() for part in row.id.split("{n}") if part.strip())


@pytest.fixture(scope="module")
def everything(nlp: Language) -> dict[str, str]:
    """All words and notes of views and tables that have everything in them."""
    whole = full_record(nlp)
    bare = replace(
        extract("“Hujan,” kata.", nlp=nlp),
        officials=(),
        other_people=(),
        organizations=(),
        places=(),
        dates=(),
        topics=(),
        keywords=(),
        quotes=(),
    )
    origins = [replace(whole, published=replace(whole.published, origin=o)) for o in ("metadata", "text")]  # type: ignore[type-var]
    timed = replace(
        whole,
        temporals=(Temporal("tujuh", 41, 46, "DURATION", "P3D", None, None, "a.b"),),
        keywords=extract("Harga kopi naik.", nlp=nlp).keywords,
    )
    shown = {}
    for lang in ("en", "id"):
        pages = [Page(record_html(r, lang=lang)) for r in (whole, bare, timed, *origins)]
        pages.append(Page(str(Records([whole, bare]).show(lang=lang, limit=1))))
        shown[lang] = "\n".join(part for page in pages for part in [*page.titles, page.words])
    return shown


class TestNesting:
    def test_what_crosses_is_cut_and_keeps_its_note_at_its_end(self) -> None:
        a, b = Mark(0, 10, "a", ""), Mark(5, 15, "b", "", "!")
        assert nested([a, b], 0, 20) == [a, Mark(5, 10, "b", ""), Mark(10, 15, "b", "", "!")]

    def test_the_longer_of_two_that_begin_together_is_outer(self) -> None:
        assert [m.cls for m in nested([Mark(0, 3, "in", ""), Mark(0, 9, "out", "")], 0, 9)] == ["out", "in"]

    def test_the_first_given_of_two_alike_is_outer(self) -> None:
        assert [m.cls for m in nested([Mark(0, 3, "a", ""), Mark(0, 3, "b", "")], 0, 9)] == ["a", "b"]

    def test_marks_are_cut_to_the_stretch(self) -> None:
        assert nested([Mark(0, 9, "a", "", "!")], 3, 6) == [Mark(3, 6, "a", "")]
        assert nested([Mark(0, 3, "a", "")], 3, 6) == []

    def test_pieces_of_any_marks_nest_and_cover_what_the_marks_did(self) -> None:
        spans = [(a, b) for a, b in combinations(range(7), 2)]
        for trio in combinations(spans, 3):
            marks = [Mark(a, b, str(i), "") for i, (a, b) in enumerate(trio)]
            pieces = nested(marks, 0, 7)
            for p, q in combinations(pieces, 2):
                assert p.end <= q.start or q.end <= p.end, trio
            for mark in marks:
                covered = [i for p in pieces if p.cls == mark.cls for i in range(p.start, p.end)]
                assert covered == list(range(mark.start, mark.end)), trio


class TestColours:
    def pairs(self) -> dict[str, tuple[str, str]]:
        found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", style())
        return {name: (light, dark) for name, light, dark in found}

    def test_the_fallback_is_the_light_scheme(self) -> None:
        plain = dict(re.findall(r"--([\w-]+): (#\w{6});", style()))
        assert plain == {name: light for name, (light, _) in self.pairs().items()}

    @pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
    def test_every_text_stands_out_from_its_ground(self, scheme: int) -> None:
        colours = {name: pair[scheme] for name, pair in self.pairs().items()}
        grounds = ("ground", "panel", "official", "person", "place", "date", "quote", *(f"q{i}" for i in range(6)))
        together = [("ink", ground) for ground in grounds]
        together += [(text, ground) for text in ("soft", "link") for ground in ("ground", "panel")]
        together += [(f"h{i}", ground) for i in range(6) for ground in ("ground", f"q{i}")]
        together += [("badge-ink", "badge")]
        poor = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in together}
        assert {pair: ratio for pair, ratio in poor.items() if ratio < ENOUGH} == {}


class TestMany:
    def test_a_list_of_records_is_a_table_in_a_notebook(self, batch: Records) -> None:
        page = Page(batch._repr_html_())
        assert page.tags.count("tr") == len(batch) + 1
        assert "Norhidayat Asmara Gubernur Kalimantan Selatan" in page.words

    def test_a_slice_is_such_a_list_too(self, batch: Records) -> None:
        assert isinstance(batch[:3], Records)
        assert isinstance(batch[0], Record)
        assert repr(batch[:3]) == "<Records: 3>"

    def test_a_long_table_says_how_many_it_leaves_out(self, batch: Records) -> None:
        html = str(batch.show(limit=2))
        assert Page(html).tags.count("tr") == 3
        assert f"… and {len(batch) - 2} more" in html
        assert Page(str(batch.show(limit=None))).tags.count("tr") == len(batch) + 1

    def test_a_row_names_a_place_once(self, release: Record) -> None:
        """Two areas may have one name."""
        first = release.places[0]
        twice = replace(release, places=(first, replace(first, code="99.99")))
        assert Records([twice])._repr_html_().count(f">{first.name}<") == 1

    def test_any_iterable_of_records_can_be_shown(self, batch: Records) -> None:
        assert show(record for record in batch) == show(batch)

    def test_no_records_are_an_empty_table(self) -> None:
        assert "0 articles" in Page(Records()._repr_html_()).words


class TestShow:
    def test_outside_a_notebook_it_gives_the_html(self, release: Record) -> None:
        assert str(show(release)).startswith('<div class="be ')

    def test_in_a_notebook_it_puts_it_out(self, release: Record, monkeypatch: pytest.MonkeyPatch) -> None:
        put_out: list[Any] = []
        notebook = types.SimpleNamespace(HTML=lambda html: html, display=put_out.append)
        monkeypatch.setitem(sys.modules, "IPython.display", notebook)
        monkeypatch.setattr("spacy.util.is_in_jupyter", lambda: True)
        assert release.show() is None
        assert len(put_out) == 1
        assert "Norhidayat" in put_out[0]

    def test_another_style_is_refused(self, release: Record) -> None:
        with pytest.raises(ValueError, match="style is 'dep'; it must be one of 'page', 'ent'"):
            release.show(style="dep")  # type: ignore[arg-type]

    def test_displacy_s_style_is_for_one_record(self, batch: Records) -> None:
        with pytest.raises(ValueError, match="shows one record"):
            show(batch, style="ent")


class TestDisplacy:
    def test_spans_are_those_of_the_record_with_its_words_for_labels(self, release: Record) -> None:
        given = displacy_input(release)
        found = [(given["text"][e["start"] : e["end"]], e["label"]) for e in given["ents"]]
        assert found[:5] == [
            ("BANJARBARU", "PLACE"),
            ("Gubernur Kalimantan Selatan", "POST"),
            ("Norhidayat Asmara", "OFFICIAL"),
            ("Gedung Idham Chalid", "PLACE"),
            ("Senin (3/6/2024)", "DATE"),
        ]

    def test_no_two_spans_overlap(self, batch: Records) -> None:
        for record in batch:
            ents = displacy_input(record)["ents"]
            assert all(a["end"] <= b["start"] for a, b in pairwise(ents)), record.id

    def test_it_is_displacy_s_html(self, release: Record) -> None:
        html = str(release.show(style="ent"))
        assert html.startswith('<h2 style="margin: 0">')
        assert html.count('<mark class="entity"') == len(displacy_input(release)["ents"])


def test_labels_show_a_key_without_a_row_as_it_is() -> None:
    assert labels("en")("place_planet") == "planet"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no chromium")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield chromium
        chromium.close()


class TestBrowser:
    """As a browser shows it, scripts off."""

    def open(self, browser: Any, html: str, *, scheme: str = "light", width: int = 1200, body: str = "") -> Any:
        context = browser.new_context(
            java_script_enabled=False, color_scheme=scheme, viewport={"width": width, "height": 800}
        )
        page = context.new_page()
        page.set_content(f'<meta name="viewport" content="width=device-width"><body {body}>{html}')
        return page

    @pytest.mark.parametrize(
        ("scheme", "body", "ground"),
        [
            ("light", "", "rgb(255, 255, 255)"),
            ("dark", "", "rgb(21, 23, 28)"),
            ("dark", 'data-jp-theme-light="true"', "rgb(255, 255, 255)"),
            ("light", 'data-jp-theme-light="false"', "rgb(21, 23, 28)"),
        ],
    )
    def test_it_is_dark_where_the_notebook_or_else_the_system_is(
        self, browser: Any, release: Record, scheme: str, body: str, ground: str
    ) -> None:
        page = self.open(browser, record_html(release), scheme=scheme, body=body)
        assert style_of(page.locator(".be-page"), "background-color") == ground

    @pytest.mark.parametrize("width", [390, 1200])
    def test_nothing_is_wider_than_the_window(self, browser: Any, release: Record, width: int) -> None:
        page = self.open(browser, record_html(release), width=width)
        assert page.locator(".be-page").bounding_box()["width"] <= width
        widths = [part.bounding_box()["width"] for part in page.locator(".be-card, .be-text p").all()]
        assert len(widths) > 5
        assert max(widths) < width

    def test_panels_stand_beside_the_article_where_there_is_room_and_else_below(
        self, browser: Any, release: Record
    ) -> None:
        for width, beside in ((1200, True), (390, False)):
            page = self.open(browser, record_html(release), width=width)
            main, side = (page.locator(name).bounding_box() for name in (".be-main", ".be-side"))
            assert (side["x"] >= main["x"] + main["width"]) is beside

    def test_what_a_notebook_does_to_lists_and_tables_does_not_touch_it(self, browser: Any, batch: Records) -> None:
        notebook = """<style>.jp-RenderedHTMLCommon ul:not(.list-inline), .jp-RenderedHTMLCommon ol:not(.list-inline)
            {padding-left: 2em} .jp-RenderedHTMLCommon table {table-layout: fixed}
            .jp-RenderedHTMLCommon tbody tr:nth-child(odd) {background: red}</style>"""
        html = f'{notebook}<div class="jp-RenderedHTMLCommon">{record_html(batch[0])}{batch[:2]._repr_html_()}</div>'
        page = self.open(browser, html)
        assert {style_of(e, "padding-left") for e in page.locator(".be ul, .be ol").all()} == {"0px"}
        assert style_of(page.locator(".be-table"), "table-layout") == "auto"
        assert style_of(page.locator(".be-table tbody tr").first, "background-color") == "rgba(0, 0, 0, 0)"

    def test_the_name_behind_a_quote_leads_to_the_card(self, browser: Any, release: Record) -> None:
        page = self.open(browser, record_html(release, prefix="v"))
        page.locator(".be-who").first.click()
        assert style_of(page.locator("#v-p1"), "outline-style") == "solid"

    def test_a_script_in_an_article_does_not_run(self, browser: Any, release: Record) -> None:
        evil = "<script>document.title='jebol'</script><img src=x onerror=\"document.title='jebol'\">"
        record = replace(release, text=evil, title=evil, segments=(Segment("body", 0, len(evil)),), id='"><b>')
        page = browser.new_page()
        page.set_content(record_html(record) + Records([record])._repr_html_() + str(record.show(style="ent")))
        assert page.title() == ""
        assert page.locator("img, script").count() == 0


def style_of(element: Any, name: str) -> str:
    """A computed style; the browser tells it although the page itself may run nothing."""
    return str(element.evaluate(f"e => getComputedStyle(e).getPropertyValue('{name}')"))
