"""Which patterns a sentence can match: told by its words, before any is searched for.

What a pattern needs one of is a bit; a word or sign has the bits of all needs that it meets. Those
of a sentence are put together once, and each pattern is asked by one comparison of integers.
"""

from __future__ import annotations

from functools import reduce
from itertools import chain, compress, repeat
from operator import and_, eq, or_
from typing import TYPE_CHECKING

from touchline.builtin.patterns import AGE_KEY, ROLE_KEY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from touchline.builtin.patterns import Compiled

__all__ = ["Index"]


class Index:
    """The patterns of a language by what they need.

    Args:
        patterns: each with the number of its cue.
    """

    def __init__(self, patterns: Iterable[tuple[int, Compiled]]) -> None:
        bits: dict[frozenset[str], int] = {}
        self._by_rank: dict[int, tuple[int, Compiled]] = {}
        # For each key, what its patterns need and their ranks, in the same order.
        self._masks: dict[str, list[int]] = {}
        self._ranks: dict[str, list[int]] = {}
        for cue, pattern in patterns:
            self._by_rank[pattern.rank] = cue, pattern
            needed = sum(bits.setdefault(need, 1 << len(bits)) for need in set(pattern.needs))
            for key in pattern.keys:
                self._masks.setdefault(key, []).append(needed)
                self._ranks.setdefault(key, []).append(pattern.rank)
        self._bits: dict[str, int] = {}
        for need, bit in bits.items():
            for word in need:
                self._bits[word] = self._bits.get(word, 0) | bit

    def patterns(
        self, lower: Sequence[str], signs: set[str], *, understood: Iterable[str] = ()
    ) -> list[tuple[int, Compiled]]:
        """The patterns that a sentence can match, in the order of the cue file.

        Args:
            lower: its words, in lower case.
            signs: those of its marks.
            understood: words that it does not hold, but means.

        Returns:
            Each pattern with the number of its cue.
        """
        keys = self._masks.keys() & lower
        held = [*lower, *signs, *understood]
        if "R" in signs:
            held.append(ROLE_KEY)
            if ROLE_KEY in self._masks:
                keys.add(ROLE_KEY)
        if not keys:
            return []
        if any(map(str.isdecimal, lower)):
            held.append(AGE_KEY)
        met = reduce(or_, filter(None, map(self._bits.get, held)), 0)
        masks = [*chain.from_iterable(map(self._masks.__getitem__, keys))]
        ranks = chain.from_iterable(map(self._ranks.__getitem__, keys))
        chosen = {*compress(ranks, map(eq, masks, map(and_, masks, repeat(met))))}
        return [self._by_rank[rank] for rank in sorted(chosen)]
