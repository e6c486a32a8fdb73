"""The report in a browser: headless Chromium searches, filters, opens quotes, by mouse, by keyboard and on a phone."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

import beritaextract
from beritaextract.records import Quote, Record
from beritaextract.report import write_report
from contrast import ENOUGH, contrast
from report_records import HOSTILE, POLITICS, SERANG, TERNATE, make_record

playwright_api = pytest.importorskip("playwright.sync_api", reason="the Python package playwright is not installed")
CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

SAID = "Anak-anak 🎉 sudah bisa sekolah lagi"
HARD = make_record(
    "sulit",
    f"Wartawan {HOSTILE} menulis 🎉🎉 dari Kota Serang. “{SAID},” kata {HOSTILE}.",
    title=HOSTILE,
    day="2031-01-02",
    outlet=HOSTILE,
    url="https://kabar.example/?q=<script>",
    said=[(SAID, HOSTILE)],
    places=[(f"{HOSTILE}", None, (HOSTILE,), -7.0, 110.0), SERANG],
    topics=[POLITICS],
)


@pytest.fixture(scope="module")
def records(nlp: Language) -> list[Record]:
    """The example batch, and an article that tries what it can to break the page."""
    return [*beritaextract.extract_many(beritaextract.examples(), nlp=nlp), HARD]  # type: ignore[list-item]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def report(records: list[Record], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("laporan") / "laporan.html"
    write_report(records, out, title="Contoh")
    return out


Opener = Callable[..., Any]


@pytest.fixture
def open_page(browser: Any, report: Path) -> Iterator[Opener]:
    """Opens the report; at the end of the test nothing may have been fetched, said on the console or alerted."""
    contexts, faults = [], []

    def fetched(request: Any) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            faults.append(f"fetched {request.url}")

    def alerted(dialog: Any) -> None:
        faults.append(f"alert {dialog.message}")
        dialog.dismiss()

    def opened(*, at: str = "", page: Path = report, width: int = 1280, height: int = 900, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        tab = context.new_page()
        tab.set_default_timeout(10_000)
        tab.on("request", fetched)
        tab.on("dialog", alerted)
        tab.on("console", lambda message: faults.append(f"console {message.text}"))
        tab.on("pageerror", lambda fault: faults.append(f"error {fault}"))
        tab.goto(f"{page.as_uri()}{at}")
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def number(text: str) -> int:
    """1.234 -> 1234."""
    return int(re.sub(r"\D", "", text))


def search(tab: Any, words: str) -> None:
    tab.fill("#query", words)
    tab.locator("#chips button", has_text=f"“{words}”").first.wait_for()


def found(tab: Any, what: str) -> int:
    return number(tab.locator(f"#tab-{what} .count").inner_text())


def all_quotes(records: list[Record]) -> list[tuple[Record, Quote]]:
    return [(record, quote) for record in records for quote in record.quotes]


def speaker_of(quote: Quote) -> str | None:
    return " ".join(quote.speaker.name.split()) if quote.speaker else None


def speakers(records: list[Record]) -> Counter[str]:
    return Counter(name for _, quote in all_quotes(records) if (name := speaker_of(quote)))


# what it shows


def test_it_opens_with_all_quotes_and_articles(open_page: Opener, records: list[Record]) -> None:
    tab = open_page()
    assert found(tab, "articles") == len(records)
    assert found(tab, "quotes") == len(all_quotes(records))
    assert tab.locator("h1").inner_text() == "Laporan: Contoh"


def test_markup_in_an_article_is_shown_as_text(open_page: Opener) -> None:
    tab = open_page(at="#from=2031-01-01")
    scripts = tab.locator("script").count()
    first = tab.locator(".row").first
    assert HOSTILE in first.inner_text()
    first.click()
    assert tab.locator("#reader-title").inner_text() == HOSTILE
    assert HOSTILE in tab.locator("#reader-text").inner_text()
    tab.keyboard.press("Escape")
    assert HOSTILE in tab.locator("#speakers").inner_text()
    assert tab.locator("script").count() == scripts


def test_a_quote_behind_characters_of_two_units_is_marked_where_it_stands(open_page: Opener) -> None:
    tab = open_page()
    tab.locator(".row").first.click()
    assert tab.locator("mark.current").inner_text() == SAID
    start = HARD.text.index(SAID)
    assert f"karakter {start}–{start + len(SAID)} dari {len(HARD.text)}" in tab.locator("#reader-position").inner_text()


def test_who_is_quoted_most_stands_first_with_the_number_and_the_topics(
    open_page: Opener, records: list[Record]
) -> None:
    tab = open_page()
    said = speakers(records)
    name, times = (
        tab.locator("#speakers li").first.locator(part).inner_text() for part in (".who .name", ".who .number")
    )
    assert number(times) == said[name] == max(said.values())
    topics = Counter(r.topics[0].name_id for r, q in all_quotes(records) if r.topics and speaker_of(q) == name)
    told = tab.locator("#speakers li").first.locator(".on b").all_inner_texts()
    assert [number(text) for text in told] == sorted(topics.values(), reverse=True)[:3]


def test_a_batch_without_quotes_opens_on_its_articles(open_page: Opener, tmp_path: Path) -> None:
    out = tmp_path / "tanpa.html"
    write_report([make_record("k", ""), make_record("l", "Pasar ramai.", title="Pasar")], out, lang="en")
    tab = open_page(page=out)
    assert tab.locator("#tab-articles").get_attribute("aria-selected") == "true"
    assert tab.locator(".row .title").all_inner_texts() == ["k", "Pasar"]
    assert "2 articles" in tab.locator("#totals").inner_text()
    tab.locator(".row").nth(1).click()
    assert tab.locator("#reader-text").inner_text() == "Pasar ramai."


def test_a_quote_of_nobody_says_so(open_page: Opener, tmp_path: Path) -> None:
    out = tmp_path / "siapa.html"
    write_report([make_record("s", "“Maju terus,” begitu bunyinya.", said=[("Maju terus,", None)])], out)
    tab = open_page(page=out)
    assert tab.locator(".source b").inner_text() == "sumber tidak disebut"
    assert tab.locator("#speakers").inner_text() == "Tidak ada narasumber"


# search and filters


def test_a_search_finds_articles_by_title_and_text_and_marks_the_words(
    open_page: Opener, records: list[Record]
) -> None:
    tab = open_page()
    word = "warga"
    search(tab, "WARGA")
    wanted = [r for r in records if word in (r.title or "").lower() or word in r.text.lower()]
    assert 0 < found(tab, "articles") == len(wanted) < len(records)
    tab.click("#tab-articles")
    marks = tab.locator("#rows mark").all_inner_texts()
    assert marks
    assert {mark.lower() for mark in marks} == {word}


def test_a_search_finds_quotes_by_their_words(open_page: Opener, records: list[Record]) -> None:
    quote = next(q for _, q in all_quotes(records) if len(q.text.split()) >= 6)
    phrase = " ".join(quote.text.split()[1:5]).replace('"', "")
    tab = open_page()
    search(tab, f'"{phrase}"')
    assert found(tab, "quotes") >= 1
    assert phrase.lower() in tab.locator(".row .said").first.inner_text().lower()


def test_a_search_without_a_hit_says_so(open_page: Opener) -> None:
    tab = open_page()
    search(tab, "zzzyyyxxx")
    assert tab.locator("#empty").is_visible()
    assert found(tab, "articles") == 0


def test_the_filter_by_official_leaves_the_articles_and_quotes_of_one_person(
    open_page: Opener, records: list[Record]
) -> None:
    name, times = speakers(records).most_common(1)[0]
    tab = open_page()
    tab.click("#person")
    tab.fill("#person", name)
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    assert found(tab, "quotes") == times
    assert set(tab.locator(".source b").all_inner_texts()) == {name}
    of_person = [
        r for r in records if name in {p.name for p in r.officials} | {q.speaker.name for q in r.quotes if q.speaker}
    ]
    assert found(tab, "articles") == len(of_person)


def test_the_filter_by_place_takes_in_what_lies_in_it(open_page: Opener, records: list[Record]) -> None:
    tab = open_page()
    tab.click("#place")
    tab.fill("#place", "Banten")
    tab.keyboard.press("Enter")
    within = [r for r in records if any(p.code == "36" or (p.code or "").startswith("36.") for p in r.places)]
    exactly = [r for r in records if any(p.code == "36" for p in r.places)]
    assert found(tab, "articles") == len(within) > len(exactly)
    assert "Banten" in tab.locator("#chips").inner_text()


def test_the_filters_by_topic_and_outlet_leave_theirs(open_page: Opener, records: list[Record]) -> None:
    topic = Counter(t.name_id for r in records for t in r.topics).most_common(1)[0][0]
    outlet = Counter(r.source.outlet for r in records if r.source.outlet).most_common(1)[0][0]
    tab = open_page()
    tab.select_option("#topic", label=topic)
    assert found(tab, "articles") == sum(any(t.name_id == topic for t in r.topics) for r in records)
    tab.select_option("#topic", "")
    tab.select_option("#outlet", label=outlet)
    assert found(tab, "articles") == sum(r.source.outlet == outlet for r in records)


def test_the_filter_by_date_takes_both_days_in(open_page: Opener, records: list[Record]) -> None:
    days = sorted(r.published.value[:10] for r in records if r.published)
    first, last = days[len(days) // 4], days[len(days) // 2]
    tab = open_page()
    tab.fill("#from", first)
    tab.fill("#to", last)
    assert found(tab, "articles") == sum(first <= day <= last for day in days)


def test_a_filter_chosen_amid_the_list_leads_to_its_beginning(open_page: Opener) -> None:
    tab = open_page(at="#to=2030-01-01")
    tab.evaluate("scrollTo(0, 4000)")
    tab.select_option("#topic", index=1)
    first = tab.locator(".row[data-row='0']")
    assert first.evaluate("e => e.getBoundingClientRect().top >= document.querySelector('.search').offsetHeight")
    assert first.evaluate("e => e.getBoundingClientRect().bottom < innerHeight")


def test_filters_are_taken_off_one_by_one_and_all_at_once(open_page: Opener, records: list[Record]) -> None:
    tab = open_page(at="#q=warga&place=36")
    assert tab.locator("#chips button").count() == 3
    tab.locator("#chips button").nth(1).click()
    assert tab.locator("#place").input_value() == ""
    assert tab.locator("#query").input_value() == "warga"
    tab.locator("#chips button").first.click()
    assert found(tab, "articles") == len(records)


def test_a_bar_of_the_timeline_leaves_its_days(open_page: Opener, records: list[Record]) -> None:
    tab = open_page(at="#to=2030-01-01")
    bar = tab.locator("#timeline .bar").filter(has=tab.locator("rect.fill:not([height='0'])")).last
    told = bar.get_attribute("aria-label")
    bar.locator(".hit").click()
    assert found(tab, "articles") == number(told.rpartition(":")[2])
    first, last = tab.locator("#from").input_value(), tab.locator("#to").input_value()
    days = [r.published.value[:10] for r in records if r.published]
    assert found(tab, "articles") == sum(first <= day <= last for day in days)


def test_points_and_provinces_of_the_map_choose_a_place(open_page: Opener, records: list[Record]) -> None:
    tab = open_page()
    assert tab.locator("#map .province").count() == 38
    tab.locator("#map .point").first.focus()
    tab.keyboard.press("Enter")
    assert tab.locator("#chips button").count() == 1
    tab.locator("#chips button").first.click()
    tab.locator("#map .province[data-code='62']").click(position={"x": 10, "y": 25}, force=True)
    assert "Kalimantan Tengah" in tab.locator("#chips").inner_text()


def test_a_point_stands_in_its_province(open_page: Opener, tmp_path: Path) -> None:
    out = tmp_path / "dua.html"
    write_report([make_record("t", "Di Kota Ternate.", places=[TERNATE])], out)
    tab = open_page(page=out)
    inside = """() => {
        const [point] = points;
        const province = document.querySelector("[data-code='82']").getBBox();
        const [x, y] = ["cx", "cy"].map((name) => Number(point.getAttribute(name)));
        return points.length === 1 && x > province.x && x < province.x + province.width
            && y > province.y && y < province.y + province.height;
    }"""
    assert tab.evaluate(inside)


def test_the_address_keeps_what_was_asked_for(open_page: Opener, records: list[Record]) -> None:
    tab = open_page()
    search(tab, "warga")
    tab.click("#tab-articles")
    number_found = found(tab, "articles")
    tab.reload()
    assert tab.locator("#query").input_value() == "warga"
    assert found(tab, "articles") == number_found
    assert tab.locator("#tab-articles").get_attribute("aria-selected") == "true"


# the reader


def test_opening_a_quote_shows_its_passage(open_page: Opener, records: list[Record]) -> None:
    tab = open_page(at="#to=2030-01-01")
    row = tab.locator(".row").nth(2)
    shown = row.locator(".said").inner_text()
    row.click()
    assert tab.locator("#reader").is_visible()
    current = " ".join("".join(tab.locator("mark.current").all_inner_texts()).split())
    assert current == shown
    record, quote = next((r, q) for r, q in all_quotes(records) if " ".join(q.text.split()) == shown)
    assert tab.locator("#reader-title").inner_text() == record.title
    noise = [record.text[s.start : s.end] for s in record.segments if s.kind in ("related", "credit", "dateline", "ad")]
    assert noise
    assert [" ".join(text.split()) for text in noise] == tab.locator("#reader-text .noise").all_inner_texts()
    assert f"karakter {quote.start}–{quote.end}".replace(".", "") in tab.locator(
        "#reader-position"
    ).inner_text().replace(".", "")
    assert tab.locator("mark.current").first.evaluate("e => e.getBoundingClientRect().top < innerHeight")


def test_an_article_found_by_a_word_opens_at_the_word(open_page: Opener) -> None:
    tab = open_page(at="#to=2030-01-01")
    tab.click("#tab-articles")
    search(tab, "warga")
    tab.locator(".row").first.click()
    hit = tab.locator("#reader-text mark:not(.quote)").first
    assert hit.inner_text().lower() == "warga"
    assert hit.evaluate(
        "e => { const { top, bottom } = e.getBoundingClientRect(); return top > 0 && bottom < innerHeight; }"
    )


def test_the_reader_goes_on_to_the_next_result_and_to_what_an_official_said(open_page: Opener) -> None:
    tab = open_page(at="#to=2030-01-01")
    second = tab.locator(".row .said").nth(1).inner_text()
    tab.locator(".row").first.click()
    tab.click("#next")
    assert " ".join("".join(tab.locator("mark.current").all_inner_texts()).split()) == second
    official = tab.locator("#reader-side section").nth(1).locator("button").first
    name = official.locator("b").inner_text()
    official.click()
    assert not tab.locator("#reader").is_visible()
    assert tab.locator("#person").input_value() == name


def test_a_quote_is_found_again_by_its_address(open_page: Opener) -> None:
    tab = open_page()
    tab.locator(".row").nth(1).click()
    said, address = tab.locator("mark.current").first.inner_text(), tab.evaluate("location.hash")
    other = open_page(at=address)
    assert other.locator("mark.current").first.inner_text() == said


def test_passages_are_read_with_gaps_between_them(open_page: Opener, tmp_path: Path) -> None:
    filler = "Kalimat pengisi yang panjang. " * 60
    text = f"{filler}“{SAID},” kata warga. {filler}"
    out = tmp_path / "cuplikan.html"
    write_report([make_record("c", text, said=[(SAID, "warga")])], out, passages=True)
    tab = open_page(page=out)
    assert "hanya ada awalnya" in tab.locator("#notice").inner_text()
    tab.locator(".row").first.click()
    assert tab.locator("mark.current").inner_text() == SAID
    assert tab.locator("#reader-text .gap").count() == 2


def test_quotes_are_saved_as_a_table_that_no_spreadsheet_takes_for_formulas(open_page: Opener, tmp_path: Path) -> None:
    said = "=HYPERLINK(1), katanya"
    out = tmp_path / "rumus.html"
    write_report([make_record("c", f"“{said}” kata warga.", said=[(said, "warga")], day="2024-07-09")], out)
    tab = open_page(page=out)
    with tab.expect_download() as download:
        tab.click("#save")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["quote"], row["speaker"], row["published"], row["start"]) == (f"'{said}", "warga", "2024-07-09", "1")


# by keyboard, on a phone, in the dark


def test_all_can_be_done_by_keyboard(open_page: Opener) -> None:
    tab = open_page(at="#to=2030-01-01")
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.id") == "query"
    tab.keyboard.type("warga")
    tab.locator("#chips button", has_text="“warga”").wait_for()
    order = []
    for _ in range(60):
        tab.keyboard.press("Tab")
        order.append(tab.evaluate("document.activeElement.id || document.activeElement.className"))
        if order[-1] == "row":
            break
    for stop in ("person", "place", "topic", "outlet", "from", "to", "tab-quotes", "sort", "save", "row"):
        assert stop in order
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    assert tab.evaluate("document.activeElement.dataset.row") == "2"
    tab.keyboard.press("Enter")
    assert tab.locator("#reader").is_visible()
    assert tab.evaluate("document.activeElement.className").startswith("quote")
    tab.keyboard.press("Escape")
    assert not tab.locator("#reader").is_visible()
    assert tab.evaluate("document.activeElement.dataset.row") == "2"


def test_timeline_and_tabs_are_gone_through_with_arrows(open_page: Opener) -> None:
    tab = open_page(at="#to=2030-01-01")
    tab.locator("#timeline .bar[tabindex='0']").focus()
    tab.keyboard.press("End")
    tab.keyboard.press("ArrowLeft")
    bars = tab.locator("#timeline .bar").count()
    assert tab.evaluate("bars.indexOf(document.activeElement)") == bars - 2
    tab.keyboard.press("End")
    tab.keyboard.press("Enter")
    assert tab.locator("#from").input_value() != ""
    tab.locator("#tab-quotes").focus()
    tab.keyboard.press("ArrowRight")
    assert tab.evaluate("document.activeElement.id") == "tab-articles"


def test_every_control_has_a_name(open_page: Opener) -> None:
    tab = open_page()
    nameless = """() => [...document.querySelectorAll("button, input, select, [role=button], a")].filter((e) =>
        !(e.getAttribute("aria-label") || e.textContent.trim() || e.labels?.length)).map((e) => e.outerHTML)"""
    assert tab.evaluate(nameless) == []


def test_a_phone_scrolls_only_up_and_down(open_page: Opener, records: list[Record]) -> None:
    tab = open_page(width=390, height=844, is_mobile=True, has_touch=True)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert tab.evaluate("innerWidth") == 390
    for step in ("#tab-articles", "#tab-summary", "#more", "#tab-quotes"):
        tab.tap(step)
        assert tab.evaluate(wide) == 0, step
    tab.locator(".row").nth(1).tap()
    assert tab.locator("#reader").evaluate("e => e.getBoundingClientRect().width") == 390
    assert tab.locator(".readerbody").evaluate("e => e.scrollWidth - e.clientWidth") == 0
    tab.tap("#close")
    tab.tap("#tab-summary")
    assert tab.locator("#map").is_visible()
    assert not tab.locator("#list").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_the_page_by_day_and_by_night(open_page: Opener, scheme: str) -> None:
    tab = open_page(color_scheme=scheme)
    tab.locator(".row").nth(1).click()
    seen = """(name) => {
        const e = document.querySelector(name);
        let back = e;
        while (getComputedStyle(back).backgroundColor === "rgba(0, 0, 0, 0)") back = back.parentElement;
        return [getComputedStyle(e).color, getComputedStyle(back).backgroundColor];
    }"""
    names = ("#totals", ".said", ".about", "#reader-text p", "mark.current", "#reader-text .place", ".note")
    there = [name for name in names if tab.locator(name).count()]
    assert set(names) - set(there) <= {".note"}
    poor = {name: ratio for name in there if (ratio := contrast(*tab.evaluate(seen, name))) < ENOUGH}
    assert poor == {}


# many articles


def test_only_rows_in_sight_are_in_the_page_and_all_can_be_reached(open_page: Opener, tmp_path: Path) -> None:
    many = [
        make_record(
            f"n{n}", f"“Kutipan nomor {n},” kata warga.", said=[(f"Kutipan nomor {n},", "warga")], day="2024-07-09"
        )
        for n in range(2_000)
    ]
    out = tmp_path / "banyak.html"
    write_report(many, out)
    tab = open_page(page=out)
    assert tab.locator(".row").count() < 30
    tab.locator(".row").first.focus()
    tab.keyboard.press("End")
    last = tab.locator(".row", has_text="Kutipan nomor 1999,")
    last.wait_for()
    assert last.evaluate("e => e === document.activeElement")
    assert tab.locator(".row").count() < 40
