"""The lines in which an error shows how two requests or texts differ."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from touchline.cassette_diff import differences, text_diff

if TYPE_CHECKING:
    from touchline.cassette_format import JSON


@pytest.mark.parametrize(
    ("now", "then", "lines"),
    [
        ({"a": [1, {"b": "x"}]}, {"a": [1, {"b": "x"}]}, []),
        ([1, 2], [1], ["at: 2 items now, 1 recorded"]),
        (
            "x" * 30 + "è",
            "x" * 30,
            [f"at: from character 30: `{'x' * 20}è` now, `{'x' * 20}` recorded"],
        ),
        ({"k": None}, {}, ["at.k: `null` now, nothing recorded"]),
        ({}, {"k": "v" * 99}, [f"at.k: nothing now, `{'v' * 59}…` recorded"]),
        (1, True, ["at: `1` now, `true` recorded"]),
    ],
)
def test_places_are_named(now: JSON, then: JSON, lines: list[str]) -> None:
    """Each difference has its path and a glimpse of both sides; equal values have none."""
    assert list(differences(now, then, path="at")) == lines


def test_long_diffs_are_cut() -> None:
    """A text that changed everywhere shows its first lines, and how many more there are."""
    old, new = ("\n".join(f"{word} {i}" for i in range(5000)) for word in ("a", "b"))

    lines = text_diff(old, new, name="x", limit=10)

    assert len(lines) == 11
    assert re.fullmatch(r"… and \d+ more lines", lines[-1])


def test_late_differences_are_found() -> None:
    """A change behind thousands of equal lines is shown."""
    old = "\n".join(str(i) for i in range(5000))

    assert "+new" in text_diff(old, old + "\nnew", name="x")
