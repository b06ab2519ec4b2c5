"""Which event found is which event of the gold, and in which fields the two agree.

Events are paired one to one within an article, with the highest total similarity. Two events can be
one where type, person and team are the same; or where type and either person or team are, and the
quotes overlap, or one of the two names no team. As many pairs as possible are of the first sort,
`strict`; among those pairings the most similar one counts. The order of the events never matters:
they are sorted by what they say.

A name found that fits two people of an article's gold, such as the surname of father and son, says
nothing of either: see `unclear_names`.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from touchline import namewords, teamwords
from touchline.alignment import assign
from touchline.events import EventType
from touchline.folding import fold_words
from touchline.identity import same_person, same_team

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from touchline.edtf import EDTF
    from touchline.events import CoachingEvent

__all__ = [
    "FIELDS",
    "SCORER",
    "agreeing",
    "covered",
    "dates_agree",
    "filled",
    "is_strict",
    "leftover_pairs",
    "pairs",
    "unclear_names",
    "untyped_pairs",
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
_TITLES = frozenset({"competition", "honour", "role_title"})
_REASON = 0.5  # F1 of words from which two reasons are one; nobody words a reason twice alike
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


def _digest() -> str:
    """Six hex digits of the tables that decide who and what agrees, those of names included."""
    tables = [getattr(teamwords, name) for name in sorted(teamwords.__all__)]
    tables += [namewords.GENERATIONS, namewords.NOT_NAMES, namewords.PARTICLES, namewords.TITLES]
    tables += [FIELDS, _ARTICLES, _FAMILIES, _WEIGHTS, _OVERLAP, _REASON]
    told = [sorted(map(str, table)) if isinstance(table, frozenset) else table for table in tables]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:6]


SCORER = f"2.{_digest()}"
"""The version of the scorer: it changes when equal extractions could get other figures.

The number stands for the code; the rest is a digest of its tables and weights.
"""


def filled(event: CoachingEvent) -> list[str]:
    """The fields of an event that are not null."""
    return [name for name in FIELDS if getattr(event, name) is not None]


def agreeing(
    one: CoachingEvent, other: CoachingEvent, *, unclear: Collection[str] = ()
) -> set[str]:
    """The fields that say the same in both events, null against null included.

    People and teams are compared by identity; competition, honour and `role_title` as words without
    articles; `reason` by the words that both hold, from an F1 of a half; the rest exactly.

    Args:
        one: an event of the gold.
        other: an event found.
        unclear: names of `unclear_names`; as a `person` they agree with nobody but themselves.
    """
    agreed = {name for name in FIELDS if _agree(name, getattr(one, name), getattr(other, name))}
    if other.person in unclear and other.person != one.person:
        agreed.discard("person")
    return agreed


def unclear_names(gold: Sequence[CoachingEvent], found: Sequence[CoachingEvent]) -> frozenset[str]:
    """The names of people found that fit two different people of an article's gold.

    A name that the gold itself uses is clear: the article tells no more.
    """
    people = {
        name
        for event in gold
        for name in (event.person, event.replaces, event.replaced_by)
        if name is not None
    }
    return frozenset(
        name
        for name in {event.person for event in found} - people
        if any(
            not same_person(one, other)
            for one, other in combinations(sorted(filter(_fits(name), people)), 2)
        )
    )


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
    unclear = unclear_names(gold, found)

    def gain(one: CoachingEvent, other: CoachingEvent) -> tuple[bool, int]:
        agreed = agreeing(one, other, unclear=unclear)
        if "type" not in agreed or not _can_be_one(one, other, agreed):
            return False, 0
        return is_strict(agreed), _similarity(one, other, agreed)

    rows, columns = _sorted(gold), _sorted(found)
    table = [[gain(gold[row], found[column]) for column in columns] for row in rows]
    # One strict pair more outweighs all that the other pairs can gain.
    strict = _MOST * (min(len(rows), len(columns)) + 1)
    gains = [[strict * sure + value for sure, value in row] for row in table]
    return sorted((rows[row], columns[column]) for row, column in assign(gains))


def untyped_pairs(
    gold: Sequence[CoachingEvent], found: Sequence[CoachingEvent]
) -> list[tuple[int, int]]:
    """As many pairs as possible of events with the same person and team, whatever their types."""
    unclear = unclear_names(gold, found)
    rows, columns = _sorted(gold), _sorted(found)
    gains = [
        [
            int({"person", "team"} <= agreeing(gold[row], found[column], unclear=unclear))
            for column in columns
        ]
        for row in rows
    ]
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
    unclear = unclear_names(gold, found)
    rows = [index for index in _sorted(gold) if index not in {row for row, _ in used}]
    columns = [index for index in _sorted(found) if index not in {column for _, column in used}]

    def gain(one: CoachingEvent, other: CoachingEvent) -> int:
        agreed = agreeing(one, other, unclear=unclear)
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
        return _plain(first) == _plain(second) != []
    return name == "reason" and _common(_plain(first), _plain(second)) >= _REASON


def _plain(text: str) -> list[str]:
    """The words of a phrase without case, accents, signs and articles."""
    words = "".join(c if c.isalnum() else " " for c in fold_words(text)).split()
    return [word for word in words if word not in _ARTICLES]


def _common(one: list[str], other: list[str]) -> float:
    """The F1 of the words that two phrases share, each as often as both hold it.

    >>> _common(["sconfitta", "contro", "samp"], ["sconfitta"])
    0.5
    """
    shared = (Counter(one) & Counter(other)).total()
    return 2 * shared / (len(one) + len(other)) if shared else 0.0


def _fits(name: str) -> Callable[[str], bool]:
    """Whether another name can be that person's."""
    return lambda other: same_person(name, other)


def _sorted(events: Sequence[CoachingEvent]) -> list[int]:
    """The indices of events, ordered by what the events say and not by where they stand."""
    return sorted(range(len(events)), key=lambda index: events[index].model_dump_json())
