"""The word classes of career histories: the table `[career]` of a cue file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from touchline.builtin.patterns import spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["CLASSES", "career_words", "forms_of", "words_of"]

CLASSES = tuple(
    (
        "auxiliary began bench between brought careers champion counts gained cups including "
        "inside kinds leading leads like managed palmares passive places playing prize_ends "
        "resigned retired rises rose sacked season short spells then thrice titles to trained "
        "twice units was where with with_only won"
    ).split()
)
"""What the table may hold; each class is a list of words."""

_WINNING = ("won", "brought", "rose", "champion", "palmares")
_PRIZES = ("cups", "titles", "rises", "champion", "rose")
_OPENING = ("managed", "bench", "spells", "then", "leading")
_BEGINNING = ("managed", "bench", "spells", "won", "brought", "rose")


def career_words(table: Mapping[str, str | Iterable[str]]) -> dict[str, frozenset[str]]:
    """The classes of a table, all of them; empty where the table has none.

    `opening` and `winning` are the words with which a list of teams or of honours can begin,
    `prizes` those that alone make a prize possible, `beginning` those in front of which the
    subject stands, `turning` those of a time.

    Raises:
        ValueError: the table has a class that nothing reads.

    >>> sorted(career_words({"managed": "allenat/o/a"})["managed"])
    ['allenata', 'allenato']
    """
    if unknown := sorted(set(table) - set(CLASSES)):
        raise ValueError(f"`[career]` has no class `{unknown[0]}`")
    words = {name: forms_of(table.get(name, "")) for name in CLASSES}
    words["opening"] = frozenset().union(*(words[name] for name in _OPENING))
    words["winning"] = frozenset().union(*(words[name] for name in _WINNING))
    words["prizes"] = frozenset().union(*(words[name] for name in _PRIZES))
    words["turning"] = words["playing"] | words["managed"] | words["bench"]
    words["ending"] = words["sacked"] | words["resigned"]
    words["beginning"] = frozenset().union(*(words[name] for name in _BEGINNING))
    words["telling"] = words["opening"] | words["winning"] | words["with_only"] | words["ending"]
    words["any"] = words["telling"] | words["turning"]
    return words


def words_of(words: str | Iterable[str]) -> list[str]:
    """Words of a table: one string, or a list of strings."""
    return words.split() if isinstance(words, str) else list(words)


def forms_of(words: str | Iterable[str]) -> frozenset[str]:
    """The forms of the words of a table, with each of their endings.

    >>> sorted(forms_of("stop gol/o/i"))
    ['goli', 'golo', 'stop']
    """
    return frozenset(form for word in words_of(words) for form in spellings(word))
