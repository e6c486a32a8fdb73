"""The site of the documentation: it is made without a complaint, holds together, and needs no network to be read."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlparse

import pytest

pytest.importorskip("mkdocs")
pytest.importorskip("material")
pytest.importorskip("mkdocstrings")
pytest.importorskip("nbconvert")
from lxml import html

ROOT = Path(__file__).parent.parent
LOADED = "//script/@src | //link[@rel='stylesheet' or @rel='icon' or @rel='preload']/@href | //img/@src | //iframe/@src"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, with notebooks as pages without outputs: that they run is tested where they are."""
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", folder],
        env={**os.environ, "EXECUTE_NOTEBOOKS": "no", "NO_MKDOCS_2_WARNING": "1"},
        cwd=ROOT,
        capture_output=True,
        encoding="utf8",
        timeout=200,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return folder


@pytest.fixture(scope="module")
def trees(site: Path) -> dict[Path, html.HtmlElement]:
    """Every page."""
    return {path: html.parse(path).getroot() for path in sorted(site.rglob("*.html")) if path.name != "404.html"}


def inside(tree: html.HtmlElement) -> Iterator[str]:
    """Links of a page that lead into the site."""
    for link in tree.xpath("//a/@href"):
        if not urlparse(link).scheme:
            yield link


def test_every_page_and_notebook_is_there(site: Path) -> None:
    sources = [*ROOT.glob("docs/**/*.md"), *ROOT.glob("docs/notebooks/*.ipynb")]
    assert sources
    for source in sources:
        assert (site / source.relative_to(ROOT / "docs")).with_suffix(".html").is_file(), source
    for page in ("index", "contributing", "changelog", "notice", "words", "models"):
        assert (site / f"{page}.html").is_file(), page


def test_every_link_and_anchor_leads_somewhere(site: Path, trees: dict[Path, html.HtmlElement]) -> None:
    ids = {path: {*tree.xpath("//@id"), *tree.xpath("//a/@name")} for path, tree in trees.items()}
    broken = []
    for path, tree in trees.items():
        for link in inside(tree):
            file, anchor = urldefrag(link)
            target = (path.parent / unquote(file)).resolve() if file else path
            if not target.exists() or (anchor and target in ids and unquote(anchor) not in ids[target]):
                broken.append(f"{path.relative_to(site)}: {link}")
    assert not broken


def test_nothing_is_fetched_from_elsewhere(site: Path, trees: dict[Path, html.HtmlElement]) -> None:
    fetched = {
        link for tree in trees.values() for link in tree.xpath(LOADED) if urlparse(link).scheme not in ("", "data")
    }
    assert not fetched
    for style in site.rglob("*.css"):
        urls = re.findall(r"url\(\s*['\"]?(\w+:[^)'\"]+)", style.read_text(encoding="utf8"))
        assert not [url for url in urls if not url.startswith("data:")], style


def test_every_public_name_is_in_the_reference(trees: dict[Path, html.HtmlElement]) -> None:
    import beritaextract
    import beritaextract.evaluation

    ids = {id for tree in trees.values() for id in tree.xpath("//@id")}
    names = {name for name in beritaextract.__all__ if not name.startswith("_")} | {*beritaextract.evaluation.__all__}
    documented = {id.rpartition(".")[2] for id in ids if id.startswith("beritaextract.")}
    assert names - documented == set()


def test_every_component_is_in_the_reference(trees: dict[Path, html.HtmlElement]) -> None:
    from importlib.metadata import entry_points

    ids = {id for tree in trees.values() for id in tree.xpath("//@id")}
    components = {
        e.value.replace(":", ".") for e in entry_points(group="spacy_factories") if e.value.startswith("beritaextract.")
    }
    assert components
    assert components - ids == set()
