"""Counted records: nine wins, a draw and three defeats in thirteen matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from touchline.lookups import folded, number_at

if TYPE_CHECKING:
    from touchline.builtin.cues import Language

__all__ = ["record_in"]

_REACH = 14  # tokens from one count to the next
_LONGEST = 5  # tokens of a number, and of an adjective behind it
_CLOSE = 6  # tokens of a record of one kind: `three defeats in three matches`
_RESULTS = ("wins", "draws", "losses")


def record_in(lower: list[str], language: Language) -> tuple[dict[str, int], int, int] | None:
    """The record that a sentence counts, and its first and last token; None without one.

    At least two of wins, draws and losses must be counted, close together.
    """
    record: dict[str, int] = {}
    low = high = -1
    for at, word in enumerate(lower):
        kind = language.record.get(word)
        if kind is None:
            continue
        begin, value = _count_before(lower, at)
        if value is None:
            begin, value = _count_behind(lower, at)
        if value is None or kind in record or (high >= 0 and at - high > _REACH):
            continue
        record[kind] = value
        low = begin if low < 0 else min(low, begin)
        high = max(high, at)
    if sum(kind in record for kind in _RESULTS) < 2 and not (
        high - low <= _CLOSE and _is_whole(record)
    ):
        return None
    total = sum(record.get(kind, 0) for kind in _RESULTS)
    if record.get("matches", total) < total:
        del record["matches"]
    return record, low, high


def _is_whole(record: dict[str, int]) -> bool:
    """Whether one kind of result is that of all matches: `three defeats in three matches`.

    >>> _is_whole({"losses": 3, "matches": 3}), _is_whole({"losses": 3, "matches": 5})
    (True, False)
    """
    return len(record) == 2 and record.get("matches") in {record.get(kind) for kind in _RESULTS}


def _count_before(lower: list[str], at: int) -> tuple[int, int | None]:
    """The number right before a word, or before an adjective in front of it."""
    low = max(0, at - _LONGEST)
    words = [folded(word) for word in lower[low:at]]  # `três`, `fünf`
    for back in (1, 2):
        if at - back >= 0 and lower[at - back] in {",", ".", ";"}:
            break
        if at - back >= 0:
            start, value = number_at(words, at - back - low)
            if value is not None:
                return start + low, value
    return at, None


def _count_behind(lower: list[str], at: int) -> tuple[int, int | None]:
    """The number right behind a verb (winning 26, drawing 14)."""
    if at + 1 < len(lower) and lower[at + 1].isdecimal() and len(lower[at + 1]) < 4:
        return at, int(lower[at + 1])
    return at, None
