"""Of whom what was found is kept: those who are coaches; and in which role each of them is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from touchline.builtin.found import ENDS, MOVES, STARTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from touchline.builtin.found import Found

__all__ = ["give_roles", "of_coaches"]

# Words for these are hardly said of players, who also sign, renew, leave and win.
_COACHES_ONLY = frozenset({"dismissal", "resignation", "interim_appointment", "stand_in"})
_ROUND = MOVES | {"honour"}  # of what else anybody at a club is told
_ELSEWHERE = frozenset({"assistant_coach", "youth_coach"})  # who is one here was more elsewhere
_LEFT = frozenset({"mutual_termination", "contract_expiry"})  # who did, before a new coach came
_SEVERAL = 3  # coaches, of whom most that an article tells must be told, so that all are


def of_coaches(
    found: Sequence[Found], *, leaving: int | None, known: AbstractSet[int], always: bool
) -> list[Found]:
    """What is told of coaches.

    Args:
        found: all that was found.
        leaving: identity of the one person who is surely a coach if he leaves.
        known: identities of those whom the article calls coaches.
        always: whether that one is a coach whatever he does.
    """
    coaches = {id(item.person) for item in found if item.role is not None or _is_sent(item)}
    coaches |= known
    # Teams that lose a coach: who comes, or goes along, is mostly one too.
    bereft = {
        id(item.team)
        for item in found
        if item.type in ENDS and item.time == "news" and (item.coach or item.role is not None)
    }
    coaches |= {
        id(item.person)
        for item in found
        if item.coach or (id(item.team) in bereft and (item.beside or item.type in STARTS))
    }
    followed = {
        id(item.team)
        for item in found
        if item.type in STARTS and item.time == "news" and item.role == "head_coach"
    }
    coaches |= {
        id(item.person)
        for item in found
        if id(item.team) in followed and item.type in _LEFT and item.time == "news"
    }
    coaches |= {id(item.other) for item in found if item.role == "head_coach"}
    persons = {id(item.person) for item in found if item.person.sign == "P"}
    count = len(persons & coaches)
    among = count >= _SEVERAL and 2 * count > len(persons)  # a round of coaches
    return [
        item
        for item in found
        if id(item.person) in coaches
        or (among and item.type in _ROUND)
        or item.type in _COACHES_ONLY
        or ((always or item.type in ENDS) and id(item.person) == leaving)
    ]


def _is_sent(item: Found) -> bool:
    """Whether a finding is one that is told of coaches alone: sent away, or put in charge."""
    return item.type in _COACHES_ONLY and item.person.sign == "P" and item.status != "rumoured"


def give_roles(events: Sequence[Found], *, printed: AbstractSet[str]) -> None:
    """Give each event that tells no role the one role in which the article knows its person.

    Args:
        events: of one article.
        printed: the roles of which the article holds a title.
    """
    roles: dict[int, set[str]] = {}
    for event in events:
        told = {role for role in (event.role, event.person.role) if role is not None}
        roles.setdefault(id(event.person), set()).update(told)
    vacant = {
        id(event.team)
        for event in events
        if event.type in ENDS and event.time == "news" and event.role == "head_coach"
    }
    for event in events:
        known = roles[id(event.person)]
        if event.role is not None:
            continue
        if len(known) == 1 and not known <= _ELSEWHERE:
            event.role = next(iter(known))
            continue
        follows = event.type in STARTS and event.time == "news" and id(event.team) in vacant
        if not known and (follows or (event.coach and printed <= {"head_coach"})):
            event.role = "head_coach"
