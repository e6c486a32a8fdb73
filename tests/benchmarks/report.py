"""How fast a report is made, opens and answers in headless Chromium; the target is 5,000 articles opened in 2 s.

Usage: report.py [--records FILE] [--articles N] [--repeat N] [--screenshots DIR]

Without FILE (what ``beritaextract convert`` wrote) the records are those of the example batch over and over. Of each figure
the best of the repeats is printed: the other work of a machine only ever slows a run down. ``--screenshots`` also takes
pictures of the page and of its reader, 1280 and 390 pixels wide, light and dark.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

import beritaextract
from beritaextract.batch.written import read_records
from beritaextract.records import Record
from beritaextract.report import write_report

TARGET = 2.0
WINDOWS = {"desktop": (1280, 900), "phone": (390, 844)}
MEASURE = """() => {
    const at = (name) => performance.getEntriesByName(name)[0].startTime;
    const spent = (action) => { const from = performance.now(); action(); return performance.now() - from; };
    const search = (words) => spent(() => ask({ q: words }));
    const times = { ready: at("ready"), first: search("warga"), again: search("sekolah"), off: search("") };
    times.rows = document.querySelectorAll(".row").length;
    times.elements = document.querySelectorAll("*").length;
    times.memory = performance.memory.usedJSHeapSize / 1e6;
    return times;
}"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=Path)
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--screenshots", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.html"
        many = islice(read_records(args.records) if args.records else examples(), args.articles)
        records = list(many)
        began = time.perf_counter()
        made = write_report(records, out)
        spent = time.perf_counter() - began
        whole = "whole texts" if made.whole_texts else "passages"
        print(f"page        {made.articles:,} articles, {made.quotes:,} quotes, {whole}, {made.size / 1e6:.1f} MB")
        print(f"made in     {spent:.1f} s, {peak_memory():.0f} MB at the peak with the records themselves")
        measure(out, args.repeat)
        if args.screenshots:
            take_pictures(out, args.screenshots)


def examples() -> Iterator[Record]:
    """The example batch over and over, each time with other ids."""
    records = [r for r in beritaextract.extract_many(beritaextract.examples()) if isinstance(r, Record)]
    for number, record in enumerate(cycle(records)):
        yield replace(record, id=f"{record.id}-{number}")


def measure(page: Path, repeat: int) -> None:
    """Open the page anew each time; a load of the processor says how much the figures are worth."""
    runs = []
    with sync_playwright() as playwright:
        for _ in range(repeat):
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            tab = browser.new_page(viewport={"width": 1280, "height": 900})
            tab.goto(page.as_uri())
            runs.append(tab.evaluate(MEASURE))
            browser.close()
    least = {name: min(run[name] for run in runs) for name in runs[0]}
    verdict = "within" if least["ready"] < TARGET * 1000 else "OVER"
    print(
        f"open        {least['ready'] / 1000:.2f} s, {verdict} the target of {TARGET:.0f} s (load {os.getloadavg()[0]:.1f})"
    )
    print(
        f"search      {least['first']:.0f} ms the first time, {least['again']:.0f} ms then, {least['off']:.0f} ms off again"
    )
    print(f"in the page {least['rows']} rows, {least['elements']:,} elements, {least['memory']:.0f} MB of data")


def take_pictures(page: Path, folder: Path) -> None:
    """desktop-light.png, desktop-light-reader.png …"""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for name, (width, height) in WINDOWS.items():
            for scheme in ("light", "dark"):
                options: dict[str, Any] = {"viewport": {"width": width, "height": height}, "color_scheme": scheme}
                tab = browser.new_page(**options, is_mobile=name == "phone", has_touch=name == "phone")
                tab.goto(page.as_uri())
                tab.screenshot(path=folder / f"{name}-{scheme}.png")
                if name == "phone":
                    tab.click("#tab-summary")
                    tab.screenshot(path=folder / f"{name}-{scheme}-summary.png")
                    tab.click("#tab-quotes")
                tab.locator(".row").first.click()
                tab.screenshot(path=folder / f"{name}-{scheme}-reader.png")
        browser.close()
    print(f"pictures    in {folder}")


def chromium() -> str:
    """The browser's program."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        raise SystemExit("no Chromium on this machine")
    return found


def peak_memory() -> float:
    """Megabytes this process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
