"""Every example of tests/examples/*.toml, run through the whole chain.

An example is a text of ours, what is known of it (title, published, outlet) and, for each layer it is about, the complete
list of items that must be found, in order. Of an item only the fields that the example names are compared; a layer it does
not name is not looked at.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from beritaextract import extract

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FOLDER = Path(__file__).parent / "examples"
KNOWN = ("title", "published", "outlet")
LAYERS = ("segments", "officials", "other_people", "organizations", "quotes", "places", "dates", "topics", "keywords")


def examples() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        for example in tomllib.loads(path.read_text(encoding="utf8"))["example"]:
            found.append(pytest.param(example, id=f"{path.stem}: {example['fact']}"))
    return found


@pytest.mark.parametrize("example", examples())
def test_example(example: dict[str, Any], nlp: Language) -> None:
    unknown = set(example) - {"fact", "text", "people", *KNOWN, *LAYERS}
    assert not unknown, f"unknown keys {unknown}"
    known = {key: example[key] for key in KNOWN if key in example}
    record = extract(example["text"], nlp=nlp, **known).to_dict()
    for item in [x for layer in LAYERS for x in record[layer] if {"text", "start", "end"} <= set(x)]:
        assert record["text"][item["start"] : item["end"]] == item["text"]
    record["people"] = sorted(record["officials"] + record["other_people"], key=lambda p: int(p["id"][1:]))
    for layer in ("people", *LAYERS):
        if layer in example:
            with_text = (
                [{**x, "text": record["text"][x["start"] : x["end"]]} for x in record[layer]]
                if layer == "segments"
                else record[layer]
            )
            assert narrow(with_text, example[layer]) == example[layer], layer


def narrow(found: Any, wanted: Any) -> Any:
    """``found`` with only the fields that ``wanted`` names, so that a failing assert shows a readable difference."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        return {key: narrow(found.get(key, "(no such field)"), value) for key, value in wanted.items()}
    if isinstance(wanted, (list, tuple)) and isinstance(found, (list, tuple)):
        pairs = [narrow(f, w) for f, w in zip(found, wanted, strict=False)]
        shape = wanted[0] if wanted else {}
        return pairs + [narrow(f, shape) if shape else f for f in found[len(wanted) :]]
    return found
