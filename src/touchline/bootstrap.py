"""Bootstrap intervals over documents: how far a figure could lie off for other articles.

Documents are drawn with replacement, never events: the events of one article share its difficulty.
The draws are made once, from a fixed seed, so that all figures of a run stand on the same draws and
two runs over the same documents are compared draw by draw.
"""

from __future__ import annotations

import random
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["LEVEL", "RESAMPLES", "SEED", "Draws", "f1", "percentiles", "ratio"]

LEVEL = 0.95
"""The share of the draws that an interval holds."""

RESAMPLES = 2_000
SEED = 20_240_313
_ROUNDING = 1e-12


def ratio(part: float, whole: float) -> float | None:
    """`part / whole`; None where there is nothing to divide.

    >>> ratio(1, 4), ratio(0, 0)
    (0.25, None)
    """
    return part / whole if whole else None


def f1(right: float, both: float) -> float | None:
    """The harmonic mean of precision and recall; None where nothing is found nor to be found.

    Args:
        right: how many of those found are in the gold.
        both: how many are found and how many are in the gold, added up.

    >>> f1(1, 2 + 2), f1(0, 0 + 3), f1(0, 0)
    (0.5, 0.0, None)
    """
    return ratio(2 * right, both)


class Draws:
    """Draws of documents with replacement.

    Args:
        documents: how many there are.
        count: how often as many are drawn.
        seed: makes the draws repeatable.
    """

    def __init__(self, documents: int, *, count: int = RESAMPLES, seed: int = SEED) -> None:
        generator = random.Random(seed)  # noqa: S311 - sampling is no cryptography
        everyone = range(documents)
        # A getter is three times as fast as a comprehension. One index more, of an added zero,
        # keeps it from giving a bare number for a single document.
        self._picks = [
            itemgetter(*generator.choices(everyone, k=documents), documents)
            for _ in range(count if documents else 0)
        ]

    def sums(self, column: Sequence[int]) -> list[int]:
        """The total of one number per document, in each draw."""
        padded = [*column, 0]
        return [sum(pick(padded)) for pick in self._picks]


def percentiles(values: Iterable[float | None]) -> tuple[float, float] | None:
    """The middle `LEVEL` of some values; None where all are equal, which tells nothing of others.

    >>> percentiles([0.5, None, 0.7])
    (0.5, 0.7)
    >>> percentiles([0.5, 0.5])
    """
    known = sorted(value for value in values if value is not None)
    if not known or known[-1] - known[0] < _ROUNDING:
        return None
    last = len(known) - 1
    cut = int(last * (1 - LEVEL) / 2 + _ROUNDING)  # as many off either end, and rather too few
    return known[cut], known[last - cut]
