"""Full-text search over the quotes of a DuckDB batch, in plain SQL.

DuckDB's own extension for it is not part of its package and would have to be fetched from the network. Here the words of
every quote are written beside it by their stems, and a macro ranks quotes by BM25 (Robertson & Zaragoza 2009, "The
Probabilistic Relevance Framework"), with the usual k1 = 1.2 and b = 0.75.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from beritaextract.stemming import stem
from beritaextract.tabledefs import Column, Table

WORD = re.compile(r"[^\W_]+")

_QUOTE = (
    Column("article_no", "integer", "which article of the batch"),
    Column("quote_id", "text", "the quote's id within the article"),
)

TERMS = Table(
    "quote_terms",
    "the index behind search_quotes(): one row a quote and stem",
    (
        Column("term", "text", "a stem: tegas"),
        *_QUOTE,
        Column("times", "integer", "how often it stands in the quote"),
        Column("words", "integer", "how many words the quote has"),
    ),
    ("term", "article_no", "quote_id"),
    {},
)
WORDS = Table(
    "quote_words",
    "one row a word of the quotes: what search_quotes() looks the words of a question up in",
    (Column("word", "text", "a word in small letters: menegaskan"), Column("term", "text", "its stem: tegas")),
    ("word",),
    {},
)

MACROS = (
    r"""
    CREATE MACRO terms_of(question) AS TABLE
    SELECT DISTINCT coalesce(known.term, asked.word) AS term
    FROM (SELECT unnest(regexp_extract_all(lower(question), '[\p{L}\p{N}]+')) AS word) AS asked
    LEFT JOIN quote_words AS known USING (word)
    """,
    """
    CREATE MACRO search_quotes(question, top := 10, every := false) AS TABLE
    WITH size AS (
        SELECT count(*) AS quotes, avg(words) AS mean
        FROM (SELECT any_value(words) AS words FROM quote_terms GROUP BY article_no, quote_id)
    ),
    asked AS (SELECT term FROM terms_of(question)),
    hits AS (SELECT * FROM quote_terms WHERE term IN (SELECT term FROM asked)),
    rarity AS (SELECT term, ln(1 + (any_value(quotes) - count(*) + 0.5) / (count(*) + 0.5)) AS idf FROM hits, size GROUP BY term),
    ranked AS (
        SELECT article_no, quote_id, count(*) AS found,
               sum(idf * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * words / mean))) AS score
        FROM hits JOIN rarity USING (term), size
        GROUP BY article_no, quote_id
    )
    SELECT round(score, 3) AS score, quotes.*
    FROM ranked JOIN quotes USING (article_no, quote_id)
    WHERE NOT every OR found = (SELECT count(*) FROM asked)
    ORDER BY ranked.score DESC, article_no, start_char
    LIMIT top
    """,
)
"""``search_quotes('harga cabai', top := 5, every := true)``: the quotes that hold the words in any of their forms."""


def index_rows(number: int, quotes: Iterable[dict[str, Any]]) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The rows of ``quote_terms`` for the quotes of one article, and the stem of every word in them."""
    rows: list[dict[str, Any]] = []
    stems: dict[str, str] = {}
    for quote in quotes:
        words = [word.lower() for word in WORD.findall(quote["text"])]
        stems.update((word, stem(word)) for word in words if word not in stems)
        for term, times in Counter(stems[word] for word in words).items():
            where = {"article_no": number, "quote_id": quote["quote_id"]}
            rows.append({"term": term, **where, "times": times, "words": len(words)})
    return rows, stems
