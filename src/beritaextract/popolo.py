"""Officials in the Popolo shape: persons, organizations, posts and memberships, as civic data projects exchange them.

The classes and their required properties are those of popoloproject.com: a person and an organization have a name, a post
has an organization or an area, a membership ties a person to a post and its organization. What the record knows beyond
Popolo stands in the properties ``acting_status``, ``former`` and ``public`` of a membership.
"""

from __future__ import annotations

from typing import Any

from beritaextract.records import Jurisdiction, Person, Position, Record

Item = dict[str, Any]


def to_popolo(record: Record) -> Item:
    """Persons, organizations, posts, areas and memberships of a record; every id is unique within the result.

    A post whose organization the article does not name stands on its area alone ("Bupati Kendal").
    """
    collected = Collected()
    for person in (*record.officials, *record.other_people):
        collected.add(record, person)
    return collected.document()


class Collected:
    """The lists of a Popolo document as they grow."""

    def __init__(self) -> None:
        self.persons: list[Item] = []
        self.organizations: dict[str, Item] = {}
        self.areas: dict[str, Item] = {}
        self.posts: dict[tuple[str | None, ...], Item] = {}
        self.memberships: list[Item] = []

    def add(self, record: Record, person: Person) -> None:
        """A person with a membership a position."""
        self.persons.append(_person(record, person))
        for position in person.positions:
            self.membership(person.id, position, _sources(record))

    def document(self) -> Item:
        """What has been collected."""
        return {
            "persons": self.persons,
            "organizations": list(self.organizations.values()),
            "areas": list(self.areas.values()),
            "posts": list(self.posts.values()),
            "memberships": self.memberships,
        }

    def membership(self, person_id: str, position: Position, sources: list[Item], **more: Any) -> None:
        """A person in a post; ``more`` are further properties."""
        organization = self._organization(position)
        post = self._post(position, organization)
        item: Item = {
            "id": f"m{len(self.memberships) + 1}",
            "label": position.text,
            "role": position.title,
            "person_id": person_id,
            "post_id": post["id"],
            "organization_id": organization["id"] if organization else None,
            "area_id": post["area_id"],
            "acting_status": position.acting,
            "former": position.former,
            "public": position.public,
            **more,
            "sources": sources,
        }
        self.memberships.append(present(item))

    def _organization(self, position: Position) -> Item | None:
        if position.organization is None:
            return None
        key = position.organization.casefold()
        if key not in self.organizations:
            area = self._area(position.jurisdiction)
            self.organizations[key] = present(
                {
                    "id": f"o{len(self.organizations) + 1}",
                    "name": position.organization,
                    "classification": position.level,
                    "area_id": area["id"] if area else None,
                }
            )
        return self.organizations[key]

    def _post(self, position: Position, organization: Item | None) -> Item:
        area = self._area(position.jurisdiction)
        place = organization["id"] if organization else None
        key = (position.title, position.unit, place, area["id"] if area else None)
        if key not in self.posts:
            label = f"{position.title} {position.unit}" if position.unit else position.title
            self.posts[key] = {
                "id": f"t{len(self.posts) + 1}",
                "label": label,
                "role": position.title,
                "organization_id": place,
                "area_id": area["id"] if area else None,
            }
        return self.posts[key]

    def _area(self, jurisdiction: Jurisdiction | None) -> Item | None:
        if jurisdiction is None or jurisdiction.code is None:
            return None
        if jurisdiction.code not in self.areas:
            identifier = {
                "scheme": "kemendagri" if jurisdiction.code[0].isdigit() else "iso-3166",
                "identifier": jurisdiction.code,
            }
            area = {"id": f"a{len(self.areas) + 1}", "name": jurisdiction.name, "identifiers": [identifier]}
            self.areas[jurisdiction.code] = area
        return self.areas[jurisdiction.code]


def _person(record: Record, person: Person) -> Item:
    prefixes = [*person.honorifics, *([person.rank] if person.rank else [])]
    return present(
        {
            "id": person.id,
            "name": person.name,
            "other_names": [{"name": alias} for alias in person.aliases],
            "honorific_prefix": " ".join(prefixes) or None,
            "honorific_suffix": ", ".join(person.degrees) or None,
            "sources": _sources(record),
        }
    )


def _sources(record: Record) -> list[Item]:
    return [{"url": record.source.url}] if record.source.url else []


def present(item: Item) -> Item:
    """Without properties that have no value."""
    return {key: value for key, value in item.items() if value is not None and value != []}
