"""Which patterns a sentence can match: told by its words, before any is searched for.

What a pattern needs one of is a bit; a word or sign has the bits of all needs that it meets. Those
of a sentence are put together once, and each pattern is asked by one comparison of integers.
"""

from __future__ import annotations

from functools import reduce
from itertools import compress, repeat
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
        self._by_key: dict[str, tuple[list[int], list[tuple[int, Compiled]]]] = {}
        for cue, pattern in patterns:
            needed = sum(bits.setdefault(need, 1 << len(bits)) for need in set(pattern.needs))
            for key in pattern.keys:
                masks, group = self._by_key.setdefault(key, ([], []))
                masks.append(needed)
                group.append((cue, pattern))
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
        groups = [*map(self._by_key.__getitem__, self._by_key.keys() & lower)]
        held = [*lower, *signs, *understood]
        if "R" in signs:
            held.append(ROLE_KEY)
            groups.append(self._by_key.get(ROLE_KEY, ([], [])))
        if not groups:
            return []
        if any(map(str.isdecimal, lower)):
            held.append(AGE_KEY)
        met = reduce(or_, filter(None, map(self._bits.get, held)), 0)
        masks = [mask for needed, _ in groups for mask in needed]
        items = (item for _, group in groups for item in group)
        chosen = compress(items, map(eq, masks, map(and_, masks, repeat(met))))
        found = {item[1].rank: item for item in chosen}
        return [found[rank] for rank in sorted(found)]
