"""Words with which a line of career history tells how a spell at a team ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchline.builtin.spells import Spell
    from touchline.builtin.views import View

__all__ = ["endings", "year_behind"]

_KINDS = (("sacked", "dismissal"), ("resigned", "resignation"))
_NEAR = 5  # tokens from a word to the year behind it
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


def year_behind(view: View, at: int) -> Spell | None:
    """The year behind a word; None where none is near."""
    for place in range(at + 1, min(at + 1 + _NEAR, len(view.lower))):
        spell = view.spell(place)
        if spell is not None:
            return spell
        if place in view.by_low or view.lower[place] in ",;":
            return None
    return None
