"""Count how two posts of one person, and of two people, stand to each other: ``data/register_weights.tsv``.

    beritaextract convert ../shared/corpus/articles.jsonl.gz -o records.jsonl
    python models/register.py records.jsonl src/beritaextract/data/register_weights.tsv

Nobody says who is who, so names do: two profiles of one full name that hardly any other official bears are taken for one
person's, two random profiles that share no word of the name for two people's (the m and u probabilities of Fellegi and Sunter,
1969). A name counts once, however many posts it is seen in. ``clash`` keeps its numbers, which are set by hand.
"""

from __future__ import annotations

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from beritaextract.lexicon import packaged
from beritaextract.registry.evidence import Weigher, ranks_of
from beritaextract.registry.names import Names
from beritaextract.registry.posts import Posts
from beritaextract.registry.profiles import Profile, gather
from beritaextract.registry.reading import read_sightings

RARE = 0.02
RANDOM_PAIRS = 300_000
BY_HAND = "clash"
Pair = tuple[Profile, Profile, float]


def main(records: str, table: str) -> None:
    """Write the counts into the table, its comments and examples unchanged."""
    names, posts = Names(packaged()), Posts(packaged())
    sightings, _ = read_sightings([records])
    posts.learn(sightings.posts.values)
    profiles = gather(sightings, names, posts).profiles
    weigher = Weigher(packaged(), names, posts)
    same = shares(one_person(profiles, names), weigher)
    different = shares(two_people(profiles), weigher)
    path = Path(table)
    lines = [rewritten(line, same, different) for line in path.read_text(encoding="utf8").splitlines()]
    path.write_text("\n".join(lines) + "\n", encoding="utf8")


def one_person(profiles: list[Profile], names: Names) -> Iterator[Pair]:
    """Pairs of profiles of one rare full name; all pairs of a name together weigh as much as its profiles less one."""
    by_name: defaultdict[tuple[str, ...], list[Profile]] = defaultdict(list)
    for profile in profiles:
        by_name[profile.words].append(profile)
    for words, of_name in by_name.items():
        if not names.is_short(words) and names.others(words) < RARE:
            yield from ((a, b, 2 / len(of_name)) for a, b in combinations(of_name, 2))


def two_people(profiles: list[Profile]) -> Iterator[Pair]:
    """Random pairs of profiles whose names have no word in common."""
    pick = random.Random(1)
    for _ in range(RANDOM_PAIRS):
        a, b = pick.choice(profiles), pick.choice(profiles)
        if not set(a.words) & set(b.words):
            yield a, b, 1.0


def shares(pairs: Iterator[Pair], weigher: Weigher) -> dict[str, float]:
    """How often each relation stands between the pairs, and how often each combination of ranks."""
    relations: Counter[str] = Counter()
    ranks: Counter[str] = Counter()
    for a, b, weight in pairs:
        relations[weigher.evidence(a, b)] += weight  # type: ignore[assignment]
        ranks[ranks_of([a], [b])] += weight  # type: ignore[assignment]
    return {k: n / sum(counts.values()) for counts in (relations, ranks) for k, n in counts.items()}


def rewritten(line: str, same: dict[str, float], different: dict[str, float]) -> str:
    """A row of the table with its counts; anything else as it stands."""
    evidence, *rest = line.split("\t")
    if evidence not in same or evidence == BY_HAND:
        return line
    return "\t".join([evidence, f"{same[evidence]:.2g}", f"{different[evidence]:.2g}", rest[-1]])


if __name__ == "__main__":
    main(*sys.argv[1:])
