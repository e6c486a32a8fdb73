"""What the flat tables are: their names, columns, meanings and keys. ``tables`` makes their rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Kind = Literal["text", "integer", "number", "boolean", "day"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what a cell is, what it means, and whether it may be empty.

    In Python the cells are str, int, float, bool and datetime.date (``day``), or None.
    """

    name: str
    kind: Kind
    meaning: str
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what a row is, its columns, the columns of its primary key, and those that point at a row of another table."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: Mapping[str, tuple[str, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)


def _columns(*described: str) -> Iterator[Column]:
    """ "name kind? meaning" -> columns; a question mark behind the kind: the cell may be empty."""
    for line in described:
        name, kind, meaning = line.split(" ", 2)
        yield Column(name, kind.rstrip("?"), meaning, kind.endswith("?"))  # type: ignore[arg-type]


def _table(
    name: str, meaning: str, *described: str, key: str = "", references: Mapping[str, tuple[str, ...]] | None = None
) -> Table:
    """A table of items; ``key`` is the column that tells the items of an article apart."""
    article = _columns("article_no integer which article of the batch, from 1", "article_id text the record's id")
    return Table(
        name,
        meaning,
        (*article, *_columns(*described)),
        ("article_no", key) if key else ("article_no",),
        MappingProxyType({"articles": ("article_no",), **(references or {})} if key else {}),
    )


_AREA = (
    "area_code text? Kemendagri code of the area served: 36, 36.73; ID for the Republic",
    "area text? the name of that area",
    "province_code text? code of the province it is or lies in",
    "regency_code text? code of the regency or city it is or lies in",
)
_SPAN = (
    "start_char integer where it begins in the article's text, in characters",
    "end_char integer the first character behind it",
)
_SURE = ("confidence number how sure it is, 0 to 1", "rule text the component and rule that made it")
_OF_PERSON = MappingProxyType({"people": ("article_no", "person_id")})

_ALL = (
    _table(
        "articles",
        "one row an article",
        "path text? the file it came from",
        "url text? its address",
        "outlet text? the outlet",
        "author text? the authors that its page states",
        "title text? the headline",
        "published text? when it appeared, ISO 8601: a day, or a minute with offset",
        "published_on day? the day of that",
        "published_origin text? given, metadata or text",
        "topic_code text? the likeliest IPTC Media Topic",
        "topic text? its Indonesian label",
        "officials integer how many people with a post in the state",
        "people integer how many people in all",
        "quotes integer how many quotes",
        "places integer how many places",
        "warnings text? what could not be used of what was given",
        "text text the article",
    ),
    _table(
        "people",
        "one row a person of an article",
        "person_id text the person's id within the article: p1",
        "name text the fullest form of the name",
        "official boolean whether the person holds or held a post in the state",
        "aliases text? other forms of the name",
        "honorifics text? H., Bapak … as written",
        "degrees text? S.H., M.Si. … as written",
        "rank text? police or military rank as written",
        "mentions integer how often the article speaks of the person",
        "confidence number that this is a person of that name, 0 to 1",
        key="person_id",
    ),
    _table(
        "officials",
        "one row a person and post; private posts too, with public false",
        "post_no integer which post of the article, from 1",
        "person_id text the person's id within the article: p1",
        "name text the person's name",
        "acting text? Plt, Plh, Pj, Pjs, Pgs, Ad Interim; empty for a full holder",
        "title text the head of the post in full words: Sekretaris Daerah",
        "unit text? the part of an organization",
        "organization text? the organization, as written",
        *_AREA,
        "level text? national, province, regency, city, district, village",
        "public boolean whether it is a post in the state",
        "former boolean whether the post is over",
        "text text the post as written",
        *_SPAN,
        *_SURE,
        key="post_no",
        references=_OF_PERSON,
    ),
    _table(
        "quotes",
        "one row a quote",
        "quote_id text the quote's id within the article: q1",
        "kind text direct, indirect or mixed",
        "text text what was said",
        "speaker text? who said it: a person's name, or another source as written",
        "person_id text? the speaker's id within the article; empty when it is no named person",
        "speaker_text text? the words that say who speaks",
        "cue text? the reporting word as written: ungkapnya",
        "cue_lemma text? its base form: ungkap",
        "continues text? the quote that it goes on with",
        *_SPAN,
        *_SURE,
        key="quote_id",
        references=_OF_PERSON,
    ),
    _table(
        "places",
        "one row a place of an article, at its first mention",
        "place_no integer which place of the article, from 1",
        "name text the official name where it is known, else as written",
        "text text as written",
        "kind text province, regency, city, district, village, country, foreign, venue, natural, region",
        "code text? Kemendagri code; of a country its ISO 3166 code",
        "province_code text? code of the province it is or lies in",
        "regency_code text? code of the regency or city it is or lies in",
        "path text? names from the place up to the country: Kota Serang > Banten > Indonesia",
        "country text? ISO 3166 code",
        "lat number? degrees north",
        "lon number? degrees east",
        "role text location, or dateline for the town the report was filed from",
        *_SPAN,
        *_SURE,
        key="place_no",
    ),
    _table(
        "dates",
        "one row a calendar expression",
        "date_no integer which expression of the article, from 1",
        "text text as written",
        "value text ISO 8601: 2024-07-09, 2024-07, 2024-Q3, 2024-07-09/2024-07-11",
        "first_day day? its first day",
        "last_day day? its last day",
        "grain text minute, day, week, month, quarter, third, half, year",
        "relative boolean whether it counts from another date",
        "conflict boolean whether the weekday written is not that of the date",
        *_SPAN,
        "rule text the component and rule that made it",
        key="date_no",
    ),
    _table(
        "topics",
        "one row an IPTC Media Topic of an article",
        "topic_no integer its place among the article's topics, the likeliest is 1",
        "code text medtop:11000000",
        "name text its English label",
        "name_id text its Indonesian label",
        "score number how sure, 0 to 1",
        key="topic_no",
    ),
    _table(
        "organizations",
        "one row an organization of an article, at its first mention",
        "organization_no integer which organization of the article, from 1",
        "name text in full words: Pemerintah Provinsi Banten",
        "text text as first written: Pemprov Banten",
        *_AREA,
        *_SPAN,
        key="organization_no",
    ),
    _table(
        "keywords",
        "one row a key phrase of an article",
        "keyword_no integer its place among the article's key phrases, the most telling is 1",
        "text text the phrase",
        "score number how telling it is, 0 to 1",
        key="keyword_no",
    ),
)

TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for table in _ALL})
"""All tables by name: articles first, each behind those that it points at."""
