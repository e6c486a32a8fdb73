"""The register: officials over many articles, one row a person and post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from beritaextract.lexicon import Lexicon, packaged
from beritaextract.records import Record, each
from beritaextract.registry.entries import Entry, entry_of, rows_of
from beritaextract.registry.evidence import Weigher
from beritaextract.registry.names import Names
from beritaextract.registry.people import tell_apart
from beritaextract.registry.posts import Post, Posts
from beritaextract.registry.profiles import gather
from beritaextract.registry.questions import Holder, held_then, rank, read_area, read_days, read_title
from beritaextract.registry.sightings import Sightings


class Register:
    """Who held which post when, on what evidence. Iterating gives the entries, one person's behind one another."""

    def __init__(self, sightings: Sightings, lexicon: Lexicon | None = None) -> None:
        lexicon = lexicon or packaged()
        names, posts = Names(lexicon), Posts(lexicon)
        posts.learn(sightings.posts.values)
        gathered = gather(sightings, names, posts)
        officials = tell_apart(gathered, Weigher(lexicon, names, posts))
        self._sightings = sightings
        self._posts = posts
        self._profiles = gathered.profiles
        self._rows = list(rows_of(officials, self._profiles, posts, names))
        self._by_title: defaultdict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(self._rows):
            self._by_title[row.post.title.lower()].append(number)
        self.people = len(officials)

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        people, posts = ("person", "people"), ("post", "posts")
        return f"<Register: {self.people} {people[self.people != 1]}, {len(self)} {posts[len(self) != 1]}>"

    def __iter__(self) -> Iterator[Entry]:
        return map(self.entry, range(len(self._rows)))

    def entry(self, number: int) -> Entry:
        """The entry of a row, from 0. Raises IndexError when there is none."""
        return entry_of(self._rows[number], self._profiles, self._sightings)

    def holders(
        self,
        title: str,
        *,
        area: str | None = None,
        on: str | date | None = None,
        organization: str | None = None,
    ) -> tuple[Holder, ...]:
        """Who held a post, the best supported answer first.

        ``title`` may be short, say an acting status, and name body and area too: "Plh Sekda", "Kapolres Cilegon", "Kepala Dinas
        Perhubungan Kota Serang". ``area`` is a code or a name, and one that several areas share means them all; ``on`` is a
        day, month, year or range ("2024-06-20", "2024-06", "2024"), without which everybody comes who was ever seen in the
        post; ``organization`` is the body, or a part of its name. Raises ValueError for an area or a date that there is not.
        """
        asked = read_title(title)
        area, organization = area or asked.area, organization or asked.body
        codes = read_area(area) if area is not None else None
        days = read_days(on)
        found = []
        for number in self._by_title.get(asked.title.lower(), ()):
            post = self._rows[number].post
            if (codes is None or post.area in codes) and self._is_of(post, organization):
                holder = held_then(self.entry(number), asked.acting, days)
                if holder is not None:
                    found.append(holder)
        return tuple(sorted(found, key=rank))

    def _is_of(self, post: Post, organization: str | None) -> bool:
        """Is the post of a body, however the two are written?"""
        if organization is None:
            return True
        wanted = self._posts.body(Post(post.title, None, organization, post.area, post.area_name, None))
        return wanted <= self._posts.body(post)

    def to_popolo(self) -> dict[str, Any]:
        """Persons, organizations, areas, posts and memberships; a membership's dates are those of its first and last sighting."""
        from beritaextract.registry.formats import to_popolo

        return to_popolo(self)

    def write(self, path: str | Path) -> None:
        """Write the register as its name says: .json, .jsonl, .csv, .popolo.json or .duckdb.

        Raises InputError for another name, a folder that is not there, or a missing extra.
        """
        from beritaextract.registry.formats import write

        write(self, Path(path))


def register(records: Record | Iterable[Record | Mapping[str, Any]]) -> Register:
    """The register of records, given as records or as what their JSON reads as.

    Of each article only the posts in the state are kept, as numbers and every string once, so that records may be streamed.
    The order of the records decides nothing but the numbers of the people. Raises KeyError or TypeError for what is no record.
    """
    sightings = Sightings()
    for record in each(records):
        sightings.add(record)
    return Register(sightings)
