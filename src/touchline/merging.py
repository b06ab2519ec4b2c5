"""One event told more than once is one event: merging by identity, never by overlap of spans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from touchline.events import MAX_QUOTES, CoachingEvent, EventType, Status
from touchline.identity import same_person, same_team
from touchline.review import Finding, Judged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from touchline.edtf import EDTF

__all__ = ["contradictions", "merged", "same_event"]

_DETAILS = ("role", "replaces", "replaced_by", "contract_until", "honour", "record")


def same_event(one: CoachingEvent, other: CoachingEvent, *, loose: bool = False) -> bool:
    """Whether two claims are one event: type, person, team, role, status and spell agree.

    Within one answer a model that lists two events means two, unless nothing tells them apart.
    Between answers or parts (`loose`) a date that is missing or less precise is no difference.
    """
    if (one.type, one.status) != (other.type, other.status):
        return False
    if not (same_person(one.person, other.person) and same_team(one.team, other.team)):
        return False
    pairs = ((getattr(one, name), getattr(other, name)) for name in _DETAILS)
    if any(first is not None and second is not None and first != second for first, second in pairs):
        return False
    if one.date is None or other.date is None:
        return loose or one.date == other.date
    return one.date.agrees(other.date)


def merged(groups: Iterable[Iterable[Judged]]) -> list[Judged]:
    """The events of several answers or parts, each told once, in order of first telling."""
    events: list[Judged] = []
    for group in groups:
        before = len(events)
        for candidate in group:
            for index, known in enumerate(events):
                if same_event(known.event, candidate.event, loose=index < before):
                    events[index] = _union(known, candidate)
                    break
            else:
                events.append(candidate)
    return events


def _union(one: Judged, other: Judged) -> Judged:
    """Two tellings of an event as one: the fuller name, the more precise date, quotes of both."""
    first, second = one.event.model_dump(), other.event.model_dump()
    filled = {name: second[name] if value is None else value for name, value in first.items()}
    quotes = {(item.start, item.end): item for item in (*one.event.evidence, *other.event.evidence)}
    filled["person"] = max(one.event.person, other.event.person, key=len)
    filled["date"] = _finer(one.event.date, other.event.date)
    filled["evidence"] = tuple(quotes.values())[:MAX_QUOTES]
    event = CoachingEvent.model_validate(filled)
    return Judged(event, tuple(dict.fromkeys((*one.findings, *other.findings))))


def _finer(one: EDTF | None, other: EDTF | None) -> EDTF | None:
    """The more precise of two dates that agree."""
    if one is None or other is None:
        return one or other
    return other if one != other and one.contains(other) else one


def contradictions(events: list[Judged]) -> list[Judged]:
    """Mark events that are both told as facts and denied; both stay."""
    marked = list(events)
    for index, denied in enumerate(events):
        if denied.event.status is not Status.DENIED:
            continue
        for other, told in enumerate(events):
            if told.event.status in {Status.CONFIRMED, Status.PLANNED} and _at_odds(
                denied.event, told.event
            ):
                why = "the article tells this event and denies it too"
                finding = Finding("contradiction", "status", why)
                for position in (index, other):
                    known = marked[position]
                    marked[position] = Judged(known.event, (*known.findings, finding))
    return marked


def _at_odds(one: CoachingEvent, other: CoachingEvent) -> bool:
    """Whether the two differ in status alone."""
    alike = one.model_copy(update={"status": other.status})
    return one.type is not EventType.HONOUR and same_event(alike, other, loose=True)
