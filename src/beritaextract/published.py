"""When an article was published, as ISO 8601, from whatever string is given."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

from beritaextract.errors import ArticleError

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@lru_cache(maxsize=4096)
def parse_published(given: str) -> str:
    """ISO 8601 day, or minute where a clock time is given: "2024-06-20", "2024-06-20T14:05+07:00".

    Reads "2024-06-20", "2024-06-20T07:05:00Z", "20/6/2024", "Kamis, 20 Jun 2024 14:05 WIB"; a numeric date is day first,
    as Indonesians write it. Raises ArticleError when no date can be read.
    """
    text = given.strip()
    if _ISO_DAY.match(text):
        try:
            moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
            return _iso(moment, has_time=len(text) > 10)
        except ValueError:
            pass  # "2024-06-20 07:05 WIB" is for dateparser
    import dateparser

    settings = {"DATE_ORDER": "DMY", "PREFER_DAY_OF_MONTH": "first", "REQUIRE_PARTS": ["day", "month", "year"]}
    zoned = re.sub(r"\bWIB\b", "+0700", re.sub(r"\bWITA\b", "+0800", re.sub(r"\bWIT\b", "+0900", text, flags=re.I), flags=re.I), flags=re.I)
    parsed = dateparser.parse(zoned, languages=["id", "en"], settings=settings)  # type: ignore[arg-type]
    if parsed is None:
        raise ArticleError(f"published: no date can be read in {given!r}")
    return _iso(parsed, has_time=bool(re.search(r"\d{1,2}[:.]\d{2}", text)))


def _iso(moment: datetime, *, has_time: bool) -> str:
    return moment.isoformat(timespec="minutes") if has_time else moment.date().isoformat()
