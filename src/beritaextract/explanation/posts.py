"""People and posts: what made a name a name, and how each post was read and bound; and the titles that nobody got."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span

from beritaextract.confidence import scales
from beritaextract.explanation.findings import cut
from beritaextract.explanation.rules import why
from beritaextract.explanation.structure import Finding
from beritaextract.gazetteer import gazetteer
from beritaextract.layers import OfficialRow, PersonFacts, TitleRow, extra, read


def people(doc: Doc) -> Iterator[Finding]:
    """Every person, at the first mention, and what only the model takes for one, in a chain that has the model."""
    persons: list[PersonFacts] = extra(doc, "people", "persons", [])
    mentions = read(doc, "people")
    seen = [(span, row["score"]) for span, row in read(doc, "entities") if span.label_ == "PERSON"]
    for n, person in enumerate(persons):
        own = [span for span, row in mentions if row["person"] == n]
        parts = {key: person[key] for key in ("aliases", "honorifics", "degrees", "rank") if person[key]}
        written = [f"{cut(doc, span)} [{span.start_char}]" for span in own]
        yield Finding(
            text=cut(doc, own[0]) if own else person["name"],
            start=own[0].start_char if own else None,
            end=own[0].end_char if own else None,
            says=f"p{n + 1} {person['name']}",
            by=person["by"],
            why=why(person["by"]),
            facts={
                "confidence": scales().probability("people", "*", person["confidence"]),
                **_seen(seen, own),
                **parts,
                "mentions": written,
            },
        )
    for span, score in seen:
        if not any(_overlap(span, other) for other, _ in mentions):
            says = f"a person to the model ({score:.2f}), not to the rules"
            yield Finding(cut(doc, span), span.start_char, span.end_char, says, kept=False)


def _seen(seen: Sequence[tuple[Span, float]], own: Sequence[Span]) -> dict[str, float]:
    """How sure the model is that the mentions are a person."""
    scores = [score for span, score in seen if any(_overlap(span, mention) for mention in own)]
    return {"model": round(max(scores), 3)} if scores else {}


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def officials(doc: Doc) -> Iterator[Finding]:
    """Posts, bare titles that stand for a person, and titles of the content that are nobody's, in text order."""
    persons: list[PersonFacts] = extra(doc, "people", "persons", [])
    titles: list[tuple[Span, TitleRow]] = read(doc, "titles")
    found = []
    used: set[int] = set()
    for span, row in read(doc, "officials"):
        heads = [(i, title) for i, (s, title) in enumerate(titles) if span.start <= s.start and s.end <= span.end]
        used.update(i for i, _ in heads)
        found.append(_post(doc, span, row, [title for _, title in heads], persons[row["person"]]["name"]))
    found += [_nobodys(doc, span, row) for i, (span, row) in enumerate(titles) if i not in used]
    yield from sorted(found, key=lambda finding: finding.start or 0)


def _post(doc: Doc, span: Span, row: OfficialRow, heads: list[TitleRow], name: str) -> Finding:
    acting = f" ({row['acting']})" if row["acting"] else ""
    former = ", former" if row["former"] else ""
    mention = row["kind"] == "mention"
    says = f"stands for {name}" if mention else f"{row['title']}{acting}{former} of {name} (p{row['person'] + 1})"
    area = f"{gazetteer().name(row['code'])} ({row['code']})" if row["code"] else None
    facts = {
        "head": ", ".join(f"titles.tsv {head['row']}" for head in heads) or None,
        "unit": row["unit"],
        "organization": row["organization"],
        "area": area,
        "level": row["level"],
        "public": row["public"],
        "confidence": scales().probability("positions", "*", row["confidence"]),
    }
    return Finding(
        text=cut(doc, span),
        start=span.start_char,
        end=span.end_char,
        says=says,
        by=row["by"],
        why=why(row["by"]),
        facts={key: value for key, value in facts.items() if value is not None and not (mention and key == "public")},
    )


def _nobodys(doc: Doc, span: Span, row: TitleRow) -> Finding:
    return Finding(
        text=cut(doc, span),
        start=span.start_char,
        end=span.end_char,
        says=f"{row['title']}: a post of no named person, or the same post written again",
        facts={"head": f"titles.tsv {row['row']}"},
        kept=False,
    )
