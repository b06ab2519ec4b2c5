"""The assignment problem: pairing two lists one to one with the highest total.

The Hungarian method with potentials (Kuhn 1955, Munkres 1957), one row at a time, in O(rows² ·
columns). Whole numbers keep it exact: there is no rounding that could decide between two pairings.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["assign"]


def assign(gains: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Pair rows with columns, each at most once, so that the sum of the gains is the highest.

    Args:
        gains: what each row gains with each column, 0 or more; rows of equal length. A gain of 0
            means that the two must not be paired.

    Returns:
        The pairs (row, column), by row.

    >>> assign([[7, 5, 0], [6, 1, 0]])
    [(0, 1), (1, 0)]
    >>> assign([[0, 0]])
    []
    """
    if not gains or not gains[0]:
        return []
    if len(gains) > len(gains[0]):
        pairs = _solved([list(column) for column in zip(*gains, strict=True)])
        found = [(row, column) for column, row in pairs]
    else:
        found = _solved(gains)
    return sorted((row, column) for row, column in found if gains[row][column] > 0)


def _solved(gains: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """The best pairing of every row, where there are no more rows than columns."""
    pairing = _Pairing(gains)
    for row in range(len(gains)):
        pairing.add(row)
    taken = enumerate(pairing.taken[:-1])
    return [(row, column) for column, row in taken if row >= 0]


class _Pairing:
    """The best pairing of the rows added so far, with the prices that prove it.

    `taken` is the row of each column, or -1; one column more than there are stands for "not paired
    yet", which is where the search for a row's place starts.
    """

    def __init__(self, gains: Sequence[Sequence[int]]) -> None:
        self._gains = gains
        self._columns = len(gains[0])
        self._row_price = [0] * len(gains)
        self._column_price = [0] * (self._columns + 1)
        self.taken = [-1] * (self._columns + 1)

    def add(self, row: int) -> None:
        """Pair one row more, moving others to where the total is the highest."""
        start = self._columns
        self.taken[start] = row
        came_from = [start] * start
        slack = [math.inf] * start
        done: dict[int, None] = {}  # columns on the way, in the order they were reached
        here = start
        while self.taken[here] >= 0:
            done[here] = None
            here = self._nearest(here, done, slack, came_from)
        while here != start:  # along the way back every column passes to the row before it
            before = came_from[here]
            self.taken[here], here = self.taken[before], before

    def _nearest(
        self, here: int, done: dict[int, None], slack: list[float], came_from: list[int]
    ) -> int:
        """The cheapest column to go on to; prices move so that going there costs nothing."""
        row = self.taken[here]
        gain, price = self._gains[row], self._row_price[row]
        open_columns = [column for column in range(self._columns) if column not in done]
        for column in open_columns:
            loss = -gain[column] - price - self._column_price[column]
            if loss < slack[column]:
                slack[column], came_from[column] = loss, here
        nearest = min(open_columns, key=slack.__getitem__)
        step = int(slack[nearest])
        for column in done:
            self._row_price[self.taken[column]] += step
            self._column_price[column] -= step
        for column in open_columns:
            slack[column] -= step
        return nearest
