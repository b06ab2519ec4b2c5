"""Which patterns a sentence can match: told by its words, before any is searched for.

What a pattern needs one of is a bit; a word or sign has the bits of all needs that it meets. Those
of a sentence are put together once, and each pattern is asked by one comparison of integers.
"""

from __future__ import annotations

from itertools import chain
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
        self._by_key: dict[str, list[tuple[int, int]]] = {}  # what each needs, and its rank
        for cue, pattern in patterns:
            self._by_rank[pattern.rank] = cue, pattern
            # A sentence that is asked for a pattern holds a key of it: that need is met.
            needs = {need for need in pattern.needs if not need >= pattern.keys}
            needed = sum(bits.setdefault(need, 1 << len(bits)) for need in needs)
            for key in pattern.keys:
                self._by_key.setdefault(key, []).append((needed, pattern.rank))
        self._all = (1 << len(bits)) - 1
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
        by_key = self._by_key
        keys = {*filter(by_key.__contains__, lower)}
        held = [*signs, *understood]
        if "R" in signs:
            held.append(ROLE_KEY)
            if ROLE_KEY in by_key:
                keys.add(ROLE_KEY)
        if not keys:
            return []
        if any(map(str.isdecimal, lower)):
            held.append(AGE_KEY)
        met = 0
        for bits in filter(None, map(self._bits.get, chain(lower, held))):
            met |= bits
        unmet = self._all ^ met
        chosen = {rank for key in keys for needed, rank in by_key[key] if not needed & unmet}
        return [self._by_rank[rank] for rank in sorted(chosen)]
