"""The assignment: as good as trying every pairing, and as good as SciPy where that is installed."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.alignment import assign

TABLES = st.tuples(st.integers(0, 5), st.integers(0, 5)).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 20), min_size=size[1], max_size=size[1]),
        min_size=size[0],
        max_size=size[0],
    )
)


def total(gains: list[list[int]], pairs: list[tuple[int, int]]) -> int:
    """The sum of what some pairs gain."""
    return sum(gains[row][column] for row, column in pairs)


def best(gains: list[list[int]]) -> int:
    """The highest total, by trying every pairing."""
    if not gains or not gains[0]:
        return 0
    if len(gains) > len(gains[0]):
        gains = [list(column) for column in zip(*gains, strict=True)]
    columns = range(len(gains[0]))
    return max(
        sum(row[column] for row, column in zip(gains, chosen, strict=True))
        for chosen in permutations(columns, len(gains))
    )


@pytest.mark.parametrize(
    ("gains", "pairs"),
    [
        ([], []),
        ([[], []], []),
        ([[0]], []),
        ([[3]], [(0, 0)]),
        ([[9, 8], [8, 0]], [(0, 1), (1, 0)]),
        ([[9, 2], [8, 0]], [(0, 1), (1, 0)]),
        ([[1], [2], [3]], [(2, 0)]),
        ([[0, 5, 0]], [(0, 1)]),
    ],
)
def test_small_tables(gains: list[list[int]], pairs: list[tuple[int, int]]) -> None:
    """The highest total wins over the best single pair; what gains nothing is not paired."""
    assert assign(gains) == pairs


@given(TABLES)
def test_no_pairing_is_better(gains: list[list[int]]) -> None:
    """No pairing of any small table has a higher total, and none uses a row or column twice."""
    pairs = assign(gains)

    assert total(gains, pairs) == best(gains)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert all(gains[row][column] for row, column in pairs)


@pytest.mark.parametrize(("rows", "columns"), [(40, 40), (60, 25), (25, 60)])
def test_large_tables_agree_with_scipy(rows: int, columns: int) -> None:
    """SciPy finds no higher total."""
    optimize = pytest.importorskip("scipy.optimize")
    numbers = random.Random(rows)  # noqa: S311 - no cryptography
    gains = [[numbers.randint(0, 99) for _ in range(columns)] for _ in range(rows)]
    found = optimize.linear_sum_assignment(gains, maximize=True)

    assert total(gains, assign(gains)) == total(gains, list(zip(*found, strict=True)))
