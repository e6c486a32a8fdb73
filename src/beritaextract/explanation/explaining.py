"""``explain``: run an article through the chain and tell why its record is as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from beritaextract.article import Article, as_article
from beritaextract.assemble import assemble
from beritaextract.errors import InputError
from beritaextract.explanation import findings, posts
from beritaextract.explanation.environment import environment
from beritaextract.explanation.places import places
from beritaextract.explanation.quotes import quotes
from beritaextract.explanation.structure import Explanation, Finding, Part
from beritaextract.layers import extra
from beritaextract.pipeline import default_chain, make_doc

Told = tuple[Iterable[Finding], dict[str, Any]]
Teller = Callable[[Language, Doc], Told]

_PARTS: dict[str, tuple[tuple[str, ...], Teller]] = {
    "segments": (("segments", "marks", "sentences"), lambda _, doc: (findings.segments(doc), {})),
    "organizations": (("organizations",), lambda _, doc: (findings.organizations(doc), {})),
    "people": (("people",), lambda _, doc: (posts.people(doc), {})),
    "officials": (("titles", "officials"), lambda _, doc: (posts.officials(doc), {})),
    "places": (("toponyms", "places"), places),
    "dates": (("dates",), lambda _, doc: (findings.dates(doc), findings.date_facts(doc))),
    "quotes": (("quotes", "speakers"), lambda nlp, doc: (quotes(nlp, doc), {})),
    "topics": (("topics",), lambda nlp, doc: (findings.topics(nlp, doc), {})),
    "keywords": (("keywords",), lambda _, doc: (findings.keywords(doc), {})),
}
"""Each field of the record with the stages that make it, and what tells its findings and facts."""

PARTS = tuple(_PARTS)


def explain(
    article: str | Article | Mapping[str, Any],
    /,
    *,
    nlp: Language | None = None,
    only: str | Iterable[str] | None = None,
    id: str | None = None,
    title: str | None = None,
    published: str | date | None = None,
    outlet: str | None = None,
    url: str | None = None,
) -> Explanation:
    """What each stage added to one article, by which rule, and among which candidates; ``str()`` of it is the report.

    Takes what ``extract`` takes. ``only`` names parts ("quotes", "places") or stages ("speakers"). Raises ArticleError as
    ``extract`` does, and InputError when ``only`` names no part.
    """
    wanted = chosen_parts(only)
    given = as_article(article, id=id, title=title, published=published, outlet=outlet, url=url)
    nlp = nlp or default_chain()
    doc = nlp(make_doc(nlp, given))
    return Explanation(environment(nlp), _about(doc), tuple(_part(name, nlp, doc) for name in wanted))


def chosen_parts(only: str | Iterable[str] | None) -> tuple[str, ...]:
    """Parts by their names or by those of their stages ("quotes,places"), in the order of PARTS.

    Raises InputError on another name.
    """
    given = only.split(",") if isinstance(only, str) else only or ()
    names = [name.strip().lower() for name in given if name.strip()]
    known = {stage: part for part, (stages, _) in _PARTS.items() for stage in (*stages, part)}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise InputError(f"{unknown[0]}: no such part; parts are {', '.join(PARTS)}")
    wanted = {known[name] for name in names}
    return tuple(part for part in PARTS if not names or part in wanted)


def _part(name: str, nlp: Language, doc: Doc) -> Part:
    stages, tell = _PARTS[name]
    found, facts = tell(nlp, doc)
    return Part(name, stages, tuple(found), facts)


def _about(doc: Doc) -> dict[str, Any]:
    """The article as the record has it."""
    record = assemble(doc)
    return {
        "id": record.id,
        "title": record.title,
        "outlet": record.source.outlet,
        "published": record.published.value if record.published else None,
        "published from": record.published.origin if record.published else None,
        "dateline outlet": extra(doc, "segments", "outlet"),
        "characters": len(record.text),
        "sentences": sum(1 for _ in doc.sents) if doc.has_annotation("SENT_START") else None,
        "warnings": list(record.warnings),
    }
