"""How likely two profiles are one person's: names, posts, areas and times weighed against chance (after Fellegi and Sunter)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from beritaextract.lexicon import Lexicon
from beritaextract.registry.names import Likeness, Names
from beritaextract.registry.posts import Posts, Relation
from beritaextract.registry.profiles import Profile

Evidence = Literal[Relation, "clash", "ranks", "rank", "no rank"]

HOLDERS = 3
"""How many hold a post after one another while an archive is collected."""

CERTAIN = 0.98
"""That one article's two posts of one name are one person's; the chain reads names inside an article so well."""

OFTEN = 0.3
"""An officer's rank is not always written; of somebody who has none it hardly ever is."""

OVERLAP = 60
"""Days that two posts in places apart may both be seen for: reports lag behind appointments."""


@dataclass(frozen=True, slots=True)
class RegisterWeight:
    """A row of ``register_weights.tsv``: how often two profiles of one person stand so to each other, and two of different
    people."""

    evidence: Evidence
    same: float
    different: float
    example: str


class Weigher:
    """The probability that two groups of profiles are one person's."""

    def __init__(self, lexicon: Lexicon, names: Names, posts: Posts) -> None:
        rows = lexicon.rows("register_weights", RegisterWeight)
        self._ratio = {row.evidence: row.same / row.different for row in rows}
        self.names = names
        self.posts = posts

    def odds(self, a: Sequence[Profile], b: Sequence[Profile], alike: Likeness) -> float:
        """One person's to different people's: the ranks, and the tie that says most; a clash says more than any other tie."""
        ranks = self._ratio[ranks_of(a, b)]
        ties = [(self.evidence(x, y), x, y) for x in a for y in b]
        if any(kind == "clash" for kind, _, _ in ties):
            return ranks * self._ratio["clash"] / alike.others
        return ranks * max(self._odds(kind, x, y, alike) for kind, x, y in ties)

    def evidence(self, a: Profile, b: Profile) -> Relation | Literal["clash"]:
        """How two profiles stand to each other in place and time."""
        relation = self.posts.relation(a.post, a.body, b.post, b.body)
        if relation == "apart" and _both_seen(a, b) > OVERLAP:
            return "clash"
        return relation

    def _odds(self, kind: Evidence, a: Profile, b: Profile, alike: Likeness) -> float:
        """Of one tie. In one post, against as many other holders as the name fits; words are glued only there."""
        if kind == "post":
            seats = max(self.posts.seats(a.post), self.posts.seats(b.post))
            return 1 / (alike.share * seats * HOLDERS)
        return 0.0 if alike.how == "glued" else self._ratio[kind] / alike.others


def ranks_of(a: Sequence[Profile], b: Sequence[Profile]) -> Literal["ranks", "rank", "no rank"]:
    """Are both written with a rank of police or army, one, or none?"""
    ranked = [sum(p.ranked for p in side) > OFTEN * sum(len(p.sightings) for p in side) for side in (a, b)]
    return "ranks" if all(ranked) else "rank" if any(ranked) else "no rank"


def probability(odds: float) -> float:
    """Odds of 3 to 1 are 0.75."""
    return odds / (1 + odds)


def _both_seen(a: Profile, b: Profile) -> int:
    """Days between the first and last on which both were seen in their posts."""
    if not a.first or not b.first:
        return 0
    return min(a.last, b.last) - max(a.first, b.first)
