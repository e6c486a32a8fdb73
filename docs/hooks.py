"""Hooks of the site: files of the repository become pages, notebooks too, and links between all of them hold.

A notebook is stored without outputs and executed when the site is made, so that what a reader sees is what the code gives
now. Set EXECUTE_NOTEBOOKS=no for a quick look at the rest.
"""

from __future__ import annotations

import os
import posixpath
import re
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from nbclient import NotebookClient
from nbconvert import MarkdownExporter

ROOT = Path(__file__).parent.parent
PAGES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "NOTICE": "notice.md",
    "SECURITY.md": "security.md",
    "models/README.md": "models.md",
    "src/beritaextract/data/README.md": "words.md",
}
"""Files outside docs/ that are pages of the site."""

_LINK = re.compile(r"\]\((?!\w+:)(?P<path>[\w./-]+)(?P<anchor>#[\w-]+)?\)")


def execute(path: Path) -> nbformat.NotebookNode:
    """The notebook with its outputs, run in this interpreter whatever kernels a person has installed.

    It runs in the folder it lies in. Raises CellExecutionError with the cell and the traceback when a cell fails.
    """
    notebook = nbformat.read(path, as_version=4)
    kernels = KernelSpecManager(kernel_dirs=[])  # leaves the kernel of this interpreter
    manager = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=kernels)
    client = NotebookClient(notebook, km=manager, timeout=120, resources={"metadata": {"path": str(path.parent)}})
    return client.execute(cleanup_kc=True)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that lie elsewhere, and put a page with its images in place of each notebook."""
    for source, page in PAGES.items():
        text = (ROOT / source).read_text(encoding="utf8")
        files.append(File.generated(config, page, content=_relinked(text, source)))
    for file in [f for f in files if f.src_uri.endswith(".ipynb")]:
        path = Path(file.abs_src_path or "")
        notebook = nbformat.read(path, 4) if os.environ.get("EXECUTE_NOTEBOOKS") == "no" else execute(path)
        markdown, found = MarkdownExporter().from_notebook_node(notebook, {"output_files_dir": path.stem})
        files.remove(file)
        files.append(File.generated(config, _page_of(f"docs/{file.src_uri}"), content=markdown))
        for name, image in found["outputs"].items():
            files.append(File.generated(config, posixpath.join(posixpath.dirname(file.src_uri), name), content=image))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let links to notebooks and to files outside docs/ lead to their pages."""
    return markdown if page.file.src_uri in PAGES.values() else _relinked(markdown, f"docs/{page.file.src_uri}")


def _relinked(markdown: str, source: str) -> str:
    """The text of a file of the repository with its links as they are on its page."""
    here = posixpath.dirname(_page_of(source))

    def relink(link: re.Match[str]) -> str:
        target = _page_of(posixpath.normpath(posixpath.join(posixpath.dirname(source), link["path"])))
        return f"]({posixpath.relpath(target, here or '.')}{link['anchor'] or ''})"

    return _LINK.sub(relink, markdown)


def _page_of(source: str) -> str:
    """The page in the site of a file of the repository: "docs/cli.md" is "cli.md", a notebook's ends in .md."""
    return PAGES.get(source) or re.sub(r"\.ipynb$", ".md", source.removeprefix("docs/"))
