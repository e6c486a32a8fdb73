"""What direct quotes leave of the sentences: the stretches in which reported clauses are looked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from beritaextract.components.discourse import Discourse, Found

Stretch = tuple[int, int]


def taken_by(talk: Discourse, direct: Sequence[Found]) -> list[bool]:
    """Words that direct quotes have used: the passages, and the sentence part that holds their cue."""
    taken = [False] * len(talk)
    for quote in direct:
        start, end = max(0, quote.start - 1), min(len(talk), quote.end + 1)
        if quote.cue is not None and quote.cue >= quote.end:
            end = max(end, talk.sentences[talk.sentence[quote.cue]][1])
        elif quote.cue is not None and quote.cue < quote.start:
            start = min(start, talk.sentences[talk.sentence[quote.cue]][0])
        taken[start:end] = [True] * (end - start)
    return taken


def stretches(talk: Discourse, taken: Sequence[bool]) -> Iterator[Stretch]:
    """What is left of each sentence."""
    for a, b in talk.sentences:
        i = a
        while i < b:
            if taken[i]:
                i += 1
                continue
            j = i
            while j < b and not taken[j]:
                j += 1
            while i < j and not talk.is_word(i) and talk.inside[i] < 0:
                i += 1
            if j - i > 3:
                yield i, j
            i = max(j, i + 1)
