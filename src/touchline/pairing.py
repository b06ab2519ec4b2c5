"""Which event found is which event of the gold, and in which fields the two agree.

Events are paired one to one within an article, with the highest total similarity. Two events can be
one where type, person and team are the same; or where type and either person or team are, and the
quotes overlap, or one of the two names no team. As many pairs as possible are of the first sort,
`strict`; among those pairings the most similar one counts. The order of the events never matters:
they are sorted by what they say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from touchline.alignment import assign
from touchline.events import EventType
from touchline.folding import fold_words
from touchline.identity import same_person, same_team

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from touchline.edtf import EDTF
    from touchline.events import CoachingEvent

__all__ = [
    "FIELDS",
    "agreeing",
    "covered",
    "dates_agree",
    "filled",
    "is_strict",
    "leftover_pairs",
    "pairs",
]

FIELDS = (
    "type",
    "person",
    "team",
    "role",
    "role_title",
    "status",
    "date",
    "replaces",
    "replaced_by",
    "contract_until",
    "competition",
    "honour",
    "record",
    "reason",
)
"""The slots of an event; evidence and `date_text` are measured apart or not at all."""

_PEOPLE = frozenset({"person", "replaces", "replaced_by"})
_TITLES = frozenset({"competition", "honour"})
_PHRASES = frozenset({"role_title", "reason"})
_ARTICLES = frozenset(
    "the a il lo la l i gli le un una el los las der die das dem den les o os as".split()
)

# Types that are taken for each other without being unlike things.
_FAMILIES: dict[EventType, str] = {
    **dict.fromkeys(
        (
            EventType.DISMISSAL,
            EventType.RESIGNATION,
            EventType.MUTUAL_TERMINATION,
            EventType.CONTRACT_EXPIRY,
            EventType.DEPARTURE,
            EventType.RETIREMENT,
        ),
        "leaving",
    ),
    **dict.fromkeys(
        (EventType.APPOINTMENT, EventType.INTERIM_APPOINTMENT, EventType.STAND_IN), "taking up"
    ),
    **dict.fromkeys((EventType.CONTRACT_EXTENSION, EventType.CONFIRMATION), "staying"),
}

# How much each field says about which event it is; a date that agrees counts half.
_WEIGHTS = {
    "person": 8,
    "team": 6,
    "date": 6,
    "role": 4,
    "status": 4,
    "honour": 4,
    "record": 4,
    "replaces": 2,
    "replaced_by": 2,
    "contract_until": 2,
    "competition": 1,
    "role_title": 1,
}
_OVERLAP = 6
_MOST = sum(_WEIGHTS.values()) + _OVERLAP


def filled(event: CoachingEvent) -> list[str]:
    """The fields of an event that are not null."""
    return [name for name in FIELDS if getattr(event, name) is not None]


def agreeing(one: CoachingEvent, other: CoachingEvent) -> set[str]:
    """The fields that say the same in both events, null against null included.

    People and teams are compared by identity, competition and honour as words without articles,
    `role_title` and `reason` as phrases of which one may be part of the other, the rest exactly.
    """
    return {name for name in FIELDS if _agree(name, getattr(one, name), getattr(other, name))}


def is_strict(agreed: set[str]) -> bool:
    """Whether type, person and team are among the fields that agree."""
    return {"type", "person", "team"} <= agreed


def dates_agree(one: EDTF | None, other: EDTF | None) -> bool:
    """Whether two dates differ in precision at most; False where one is null."""
    return one is not None and other is not None and one.agrees(other)


def covered(event: CoachingEvent) -> set[int]:
    """The places in the text, in code points, that an event's quotes take up."""
    return {place for item in event.evidence for place in range(item.start, item.end)}


def pairs(gold: Sequence[CoachingEvent], found: Sequence[CoachingEvent]) -> list[tuple[int, int]]:
    """The pairs (index in `gold`, index in `found`) of events that are one."""

    def gain(one: CoachingEvent, other: CoachingEvent) -> tuple[bool, int]:
        agreed = agreeing(one, other)
        if "type" not in agreed or not _can_be_one(one, other, agreed):
            return False, 0
        return is_strict(agreed), _similarity(one, other, agreed)

    rows, columns = _sorted(gold), _sorted(found)
    table = [[gain(gold[row], found[column]) for column in columns] for row in rows]
    # One strict pair more outweighs all that the other pairs can gain.
    strict = _MOST * (min(len(rows), len(columns)) + 1)
    gains = [[strict * sure + value for sure, value in row] for row in table]
    return sorted((rows[row], columns[column]) for row, column in assign(gains))


def leftover_pairs(
    gold: Sequence[CoachingEvent],
    found: Sequence[CoachingEvent],
    *,
    taken: Iterable[tuple[int, int]],
) -> list[tuple[int, int]]:
    """Pairs among the events that `taken` leaves, without regard to type: told as something else.

    The person must be the same; and the quotes overlap, or the team is the same and the two types
    are kinds of one thing, such as two ways to leave.
    """
    used = list(taken)
    rows = [index for index in _sorted(gold) if index not in {row for row, _ in used}]
    columns = [index for index in _sorted(found) if index not in {column for _, column in used}]

    def gain(one: CoachingEvent, other: CoachingEvent) -> int:
        agreed = agreeing(one, other)
        akin = "team" in agreed and _FAMILIES.get(one.type) == _FAMILIES.get(other.type, "")
        if "person" not in agreed or not (akin or _overlap(one, other)):
            return 0
        return _similarity(one, other, agreed)

    gains = [[gain(gold[row], found[column]) for column in columns] for row in rows]
    return sorted((rows[row], columns[column]) for row, column in assign(gains))


def _can_be_one(one: CoachingEvent, other: CoachingEvent, agreed: set[str]) -> bool:
    """Whether two events of one type are close enough to be one that was told wrong."""
    if is_strict(agreed):
        return True
    if "person" in agreed and (one.team is None or other.team is None):
        return True
    return not {"person", "team"}.isdisjoint(agreed) and _overlap(one, other) > 0


def _similarity(one: CoachingEvent, other: CoachingEvent, agreed: set[str]) -> int:
    """How alike two events are, from 1 to `_MOST`."""
    known = sum(weight for name, weight in _WEIGHTS.items() if name in agreed)
    if "date" not in agreed and dates_agree(one.date, other.date):
        known += _WEIGHTS["date"] // 2
    return max(known + _overlap(one, other), 1)


def _overlap(one: CoachingEvent, other: CoachingEvent) -> int:
    """How far the quotes of two events lie on the same words, from 0 to `_OVERLAP`, rounded up."""
    first, second = covered(one), covered(other)
    shared = len(first & second)
    return -(-2 * shared * _OVERLAP // (len(first) + len(second))) if shared else 0


def _agree(name: str, one: object, other: object) -> bool:
    """Whether a field says the same in two events."""
    if one is None or other is None or one == other:
        return one == other
    first, second = str(one), str(other)
    if name in _PEOPLE:
        return same_person(first, second)
    if name == "team":
        return same_team(first, second)
    if name in _TITLES:
        return _plain(first) == _plain(second)
    return name in _PHRASES and _is_part(_plain(first), _plain(second))


def _plain(text: str) -> list[str]:
    """The words of a phrase without case, accents, signs and articles."""
    words = "".join(c if c.isalnum() else " " for c in fold_words(text)).split()
    return [word for word in words if word not in _ARTICLES]


def _is_part(one: list[str], other: list[str]) -> bool:
    """Whether the words of one phrase stand in the other, in a row."""
    short, long = sorted((one, other), key=len)
    return bool(short) and any(
        long[start : start + len(short)] == short for start in range(len(long) - len(short) + 1)
    )


def _sorted(events: Sequence[CoachingEvent]) -> list[int]:
    """The indices of events, ordered by what the events say and not by where they stand."""
    return sorted(range(len(events)), key=lambda index: events[index].model_dump_json())
