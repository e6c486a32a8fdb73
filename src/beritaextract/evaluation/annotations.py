"""Annotations: what a person says an article holds, one JSON object an article, one a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from beritaextract.article import Article
from beritaextract.errors import InputError
from beritaextract.records import Person, Record

Words = Annotated[str, Field(min_length=1, validation_alias=AliasChoices("text", "mention"))]
Id = Annotated[str, Field(min_length=1), BeforeValidator(lambda v: str(v) if isinstance(v, int) else v)]


class _Part(BaseModel):
    """A key that does not exist is an error, so that a slip of the pen does not quietly drop a layer."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _Stretch(_Part):
    """Words of the article. Of several such stretches the first is meant, unless ``nth`` (from 1) or ``start`` says which."""

    text: Words
    nth: int = Field(default=1, ge=1)
    start: int | None = Field(default=None, ge=0)

    def span(self, article: str) -> tuple[int, int]:
        """Start and end in the article's text. Raises ValueError when the words do not stand there."""
        if self.start is not None:
            start = self.start if article.startswith(self.text, self.start) else -1
        else:
            start = -1
            for _ in range(self.nth):
                start = article.find(self.text, start + 1)
                if start < 0:
                    break
        if start < 0:
            where = (
                f"at {self.start}" if self.start is not None else "in the text" + f", {self.nth} times" * (self.nth > 1)
            )
            raise ValueError(f"{self.text!r} does not stand {where}")
        return start, start + len(self.text)


class AnnotatedPost(_Part):
    """A post as written. Of ``title acting former jurisdiction`` those that are given are judged, null meaning "none"."""

    text: Words
    title: str
    acting: str | None = None
    former: bool = False
    jurisdiction: str | None = None


class AnnotatedPerson(_Part):
    """A named human being with other forms of the name and the posts that the article gives to them."""

    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    positions: tuple[AnnotatedPost, ...] = ()


class AnnotatedQuote(_Stretch):
    """What a source said. ``speaker`` is null when the article does not say who; left out it is not judged."""

    kind: Literal["direct", "indirect", "mixed"] = "direct"
    speaker: str | None = None


class AnnotatedPlace(_Part):
    """A place by its code; one without a code is not judged."""

    text: Words
    code: str | None = None


class AnnotatedDate(_Stretch):
    """A calendar expression and its ISO 8601 value."""

    value: str = Field(min_length=1)


class Annotation(_Part):
    """An article with what it holds. A layer that is left out is not judged; an empty list says that there is none.

    ``people`` are all named people with all their posts, ``officials`` only those with a post in the state, with those posts.
    ``title published outlet url`` are what was known of the article, ``note`` is yours.
    """

    id: Id
    text: str = Field(min_length=1)
    people: tuple[AnnotatedPerson, ...] | None = None
    officials: tuple[AnnotatedPerson, ...] | None = None
    quotes: tuple[AnnotatedQuote, ...] | None = None
    places: tuple[AnnotatedPlace, ...] | None = None
    dates: tuple[AnnotatedDate, ...] | None = None
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    note: Any = None

    @model_validator(mode="after")
    def _stands_in_its_text(self) -> Annotation:
        if self.people is not None and self.officials is not None:
            raise ValueError("either people or officials, not both")
        for stretch in (*(self.quotes or ()), *(self.dates or ())):
            stretch.span(self.text)
        people = self.people or self.officials or ()
        posts = (post.text for person in people for post in person.positions)
        for words in (*(place.text for place in self.places or ()), *posts):
            if words not in self.text:
                raise ValueError(f"{words!r} does not stand in the text")
        return self

    def article(self) -> Article:
        """The article to extract from, with what was known of it and nothing of what was annotated."""
        return Article(
            self.text, id=self.id, title=self.title, published=self.published, outlet=self.outlet, url=self.url
        )


def read_annotations(path: str | Path) -> list[Annotation]:
    """The annotations of a JSON Lines file, UTF-8; empty lines are skipped.

    Raises InputError naming file, line and field when one cannot be read, does not fit its text, or repeats an id.
    """
    found = list(_read(Path(path)))
    first: dict[str, int] = {}
    for number, annotation in found:
        if annotation.id in first:
            raise InputError(f"{path}:{number}: id {annotation.id!r} is that of line {first[annotation.id]} too")
        first[annotation.id] = number
    return [annotation for _, annotation in found]


def _read(path: Path) -> Iterator[tuple[int, Annotation]]:
    """Line number and annotation of each line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as fault:
        raise InputError(f"{path}: {fault.strerror}") from None
    except UnicodeDecodeError as fault:
        raise InputError(f"{path}: not UTF-8 (byte {fault.start})") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield number, Annotation.model_validate_json(line)
        except ValidationError as fault:
            raise InputError(f"{path}:{number}: {_said(fault)}") from None


def _said(fault: ValidationError) -> str:
    """The first thing that is wrong: "quotes.1.speaker: Input should be a valid string"."""
    first = fault.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    message = str(first["msg"]).removeprefix("Value error, ")
    return f"{where}: {message}" if where else message


def draft(record: Record) -> dict[str, Any]:
    """A record as an annotation to correct by hand, as plain dicts: ``json.dumps`` makes the line of it.

    Correct it against the article, not against your patience: what a draft misses is easily missed again.
    """
    published = record.published if record.published and record.published.origin != "text" else None
    known = {
        "title": record.title,
        "published": published and published.value,
        "outlet": record.source.outlet,
        "url": record.source.url,
    }
    return {
        "id": record.id,
        "text": record.text,
        **{key: value for key, value in known.items() if value},
        "people": [_person(person) for person in record.people],
        "quotes": [
            {"text": q.text, "start": q.start, "kind": q.kind, "speaker": q.speaker.name if q.speaker else None}
            for q in record.quotes
        ],
        "places": [{"text": p.text, "code": p.code} for p in record.places],
        "dates": [{"text": d.text, "start": d.start, "value": d.value} for d in record.dates],
    }


def _person(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "aliases": list(person.aliases),
        "positions": [
            {
                "text": post.text,
                "title": post.title,
                "acting": post.acting,
                "former": post.former,
                "jurisdiction": post.jurisdiction.code if post.jurisdiction else None,
            }
            for post in person.positions
        ],
    }
