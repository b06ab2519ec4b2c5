"""The word classes of career histories: the table `[career]` of a cue file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from touchline.builtin.patterns import spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["career_words"]

_CLASSES = (
    *("auxiliary", "between", "brought", "careers", "champion", "counts", "cups", "inside"),
    *("kinds", "managed", "palmares", "places", "playing", "prize_ends", "rises", "rose"),
    *("short", "spells", "then", "thrice", "titles", "to", "twice", "was"),
    *("with", "with_only", "won"),
)


def career_words(table: Mapping[str, str | Iterable[str]]) -> dict[str, frozenset[str]]:
    """The classes of a table, all of them; empty where the table has none.

    Raises:
        ValueError: the table has a class that nothing reads.

    >>> sorted(career_words({"managed": "allenat/o/a"})["managed"])
    ['allenata', 'allenato']
    """
    if unknown := sorted(set(table) - set(_CLASSES)):
        raise ValueError(f"`[career]` has no class `{unknown[0]}`")
    return {
        name: frozenset(form for word in _split(table.get(name, "")) for form in spellings(word))
        for name in _CLASSES
    }


def _split(words: str | Iterable[str]) -> list[str]:
    return words.split() if isinstance(words, str) else list(words)
