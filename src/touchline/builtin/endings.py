"""Words with which a line of career history tells how a spell at a team ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchline.builtin.names import Name
    from touchline.builtin.spells import Spell
    from touchline.builtin.views import View

__all__ = ["endings", "names_other", "team_behind", "year_near"]

_KINDS = (("sacked", "dismissal"), ("resigned", "resignation"))
_NEAR = 6  # tokens between a word and its year
_CLAUSE = 8  # tokens on both sides of a word in which somebody else would be the one who went
_BEFORE = 4  # tokens in front of a word in which a negation makes it none


def endings(view: View) -> Iterator[tuple[str, int]]:
    """The types of the endings that a sentence tells, and the tokens of their words."""
    for name, kind in _KINDS:
        words = view.language.career[name]
        if words.isdisjoint(view.lower):
            continue
        for at, word in enumerate(view.lower):
            near = range(max(0, at - _BEFORE), at)
            if word in words and not any(view.is_any(i, "not", "if", "rumour") for i in near):
                yield kind, at


def year_near(view: View, at: int) -> Spell | None:
    """The year nearest to a word in its clause, rather behind it; None where none is near."""
    for places in (range(at + 1, at + 1 + _NEAR), range(at - 1, at - 1 - _NEAR, -1)):
        for place in places:
            if not 0 <= place < len(view.lower) or view.lower[place] == ";":
                break
            spell = view.spell(place)
            if spell is not None:
                return spell
    return None


def team_behind(view: View, at: int) -> Name | None:
    """The team right behind a word for an ending: `fue despedido del Foo`."""
    for place in range(at + 2, min(at + 4, len(view.lower))):
        mark = view.by_low.get(place)
        if mark is not None and mark.sign in "TN" and mark.name is not None:
            return mark.name.whole if view.is_any(place - 1, "of", "at", "the") else None
    return None


def names_other(view: View, at: int, *, person: Name) -> bool:
    """Whether somebody else is named near a word for an ending."""
    near = range(max(0, at - _CLAUSE), at + _CLAUSE)
    return any(
        mark.sign in "PX"
        and mark.low in near
        and (mark.name is None or mark.name.whole is not person)
        for mark in view.marks
    )
