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
        `beside_name`: articles and adjectives in front of a name. `beside_person`: these and what
        coaches are called, as "Spaniard". `in_title`: these and the words of titles.
        `in_list`: what joins the names of a list. `legal`: the legal forms of clubs. `bodies`: the
        other words of clubs, where some tell a club's teams apart.
        `at_or_of`, `governing`, `leading`: prepositions, without and with "with", and "as".
        `only_who`: relative pronouns that are no articles; `related`: all of them, and "where".
        `little`: what stands between a name and a title of it.
        `whole_heads`: first words of names that are one only with the second.
        `no_head`: words that begin no name, even with a capital.
        `telling_ahead`, `telling_behind`: words that may say in front of a name, or behind it,
        what it is; `joining`: those that make a list of it.
    """
    none: frozenset[str] = frozenset()
    beside = classes["the"] | classes["new"]
    # "The Spaniard"; elsewhere it has no capital, but as a surname.
    capital = classes["epithets"] if nouns or classes["genitive"] else frozenset()
    small = classes["small"] - names["particles"]
    legal = frozenset(word for word in names["team_words"] if len(word) <= _LEGAL)
    return {
        "beside_name": beside,
        "beside_person": beside | classes["epithets"],
        "in_title": beside | classes["epithets"] | role_words,
        "at_or_of": classes["at"] | classes["of"],
        "governing": classes["at"] | classes["of"] | classes["aside"],
        "leading": classes["of"] | classes["aside"] | classes["as"],
        "only_who": classes["who"] - classes["the"],
        "related": classes["who"] | classes["there"],
        "little": beside | classes["a"] | classes["as"] | {",", "("},
        "in_list": classes["and"] | classes["at"] | classes["the"] | {","},
        "legal": legal,
        "whole_heads": frozenset(name.split()[0] for name in names.get("wholes", ())),
        "bodies": names["team_words"] - legal if names.get("squads") else frozenset(),
        "no_head": beside | names["not_names"] | small | capital,
        "telling_ahead": classes["of"]
        | classes["at"]
        | names["team_before"]
        | names["place_before"]
        | names.get("said", none),
        "telling_behind": classes["genitive"]
        | classes["plural"]
        | classes.get("have", none)
        | classes.get("be", none)
        | names["says"]
        | names["team_verbs"]
        | names.get("grounds", none)
        | {"("},
        "joining": classes["and"] | {","},
    }
