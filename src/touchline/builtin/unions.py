"""Word classes that are asked for together, put together once for a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["unions"]

_LEGAL = 3  # letters of a legal form (`FC`, `SSD`), at most


def unions(
    classes: Mapping[str, frozenset[str]],
    names: Mapping[str, frozenset[str]],
    *,
    role_words: frozenset[str],
    nouns: bool,
) -> dict[str, frozenset[str]]:
    """Unions of the classes of a cue file, by what they are asked for.

    Args:
        classes: of the table `[words]`.
        names: of the table `[names]`.
        role_words: all words of the titles of coaches.
        nouns: whether nouns have a capital.

    Returns:
        `beside_name`: articles and adjectives in front of a name. `in_title`: these, and the words
        of titles. `in_list`: what joins the names of a list. `legal`: the legal forms of clubs.
        `no_head`: words that begin no name, even with a capital; `no_name`: those that end one.
    """
    beside = classes["the"] | classes["new"]
    # "The Spaniard"; elsewhere it has no capital, but as a surname.
    capital = classes["epithets"] if nouns or classes["genitive"] else frozenset()
    small = classes["small"] - names["particles"]
    return {
        "beside_name": beside,
        "in_title": beside | role_words,
        "in_list": classes["and"] | classes["at"] | classes["the"] | {","},
        "legal": frozenset(word for word in names["team_words"] if len(word) <= _LEGAL),
        "no_head": beside | names["not_names"] | small | capital,
        "no_name": names["not_names"] | classes["new"],
    }
