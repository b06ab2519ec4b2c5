"""One event told more than once is one event: merging by identity, never by overlap of spans."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from touchline.events import MAX_QUOTES, CoachingEvent, EventType, Status
from touchline.identity import same_person, same_team
from touchline.review import Finding, Judged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
    """The events of several answers or parts, each told once, in order of first telling.

    The order of groups, and of events in them, decides the order of the result and nothing else;
    merging the result once more changes nothing.
    """
    told = [
        _Telling(judged, group, (group, place))
        for group, events in enumerate(groups)
        for place, judged in enumerate(events)
    ]
    # United events are compared once more: what a union filled in can make two of them one.
    while any(one.same(other) for one, other in _alike(told)):  # hardly ever
        clusters: list[list[_Telling]] = []
        for telling in _sorted(told):
            for cluster in clusters:
                if all(known.same(telling) for known in cluster):
                    cluster.append(telling)
                    break
            else:
                clusters.append([telling])
        united = [
            _Telling(_united(cluster), 0, min(item.first for item in cluster))
            for cluster in clusters
        ]
        if len(united) == len(told):
            break  # alike one way round only: nothing is left to unite
        told = united
    return [telling.judged for telling in sorted(told, key=attrgetter("first"))]


@dataclass(frozen=True, slots=True)
class _Telling:
    """An event, the answer or part that tells it, and where it is told first."""

    judged: Judged
    group: int
    first: tuple[int, int]

    def same(self, other: _Telling) -> bool:
        """Whether two tellings are of one event."""
        loose = self.group != other.group
        return same_event(self.judged.event, other.judged.event, loose=loose)


def _alike(told: list[_Telling]) -> Iterator[tuple[_Telling, _Telling]]:
    """The pairs of tellings that agree in type and status."""
    kinds: dict[tuple[EventType, Status], list[_Telling]] = {}
    for telling in told:
        event = telling.judged.event
        kinds.setdefault((event.type, event.status), []).append(telling)
    for kind in kinds.values():
        yield from combinations(kind, 2)


def _sorted(told: list[_Telling]) -> list[_Telling]:
    """The order in which tellings are united: dated ones first, the more precise before the less.

    It depends on what is told alone, so that no order of parts can change what becomes of them.
    """
    ranks = [_rank(telling) for telling in told]
    if len(set(ranks)) == len(ranks):  # nearly always; the whole of an event costs more to compare
        return [telling for _, telling in sorted(zip(ranks, told, strict=True), key=itemgetter(0))]
    return sorted(told, key=lambda item: (_rank(item), *_wording(item)))


def _rank(telling: _Telling) -> tuple[object, ...]:
    """What decides between tellings, but for the wording."""
    event = telling.judged.event
    date, spans = event.date, tuple((item.start, item.end) for item in event.evidence)
    length = (date.last - date.first).days if date else 0
    known = sum(getattr(event, name) is not None for name in _DETAILS)
    return (date is None, length, -len(date or ""), -known, spans, -len(event.person))


def _wording(telling: _Telling) -> tuple[str, str]:
    """All of an event and its findings, as text."""
    return telling.judged.event.model_dump_json(), repr(telling.judged.findings)


def _united(tellings: list[_Telling]) -> Judged:
    """Tellings as one event: the fullest name, the most precise date, the quotes of all."""
    one, *others = [telling.judged for telling in tellings]
    for other in others:
        one = _union(one, other)
    return one


def _union(one: Judged, other: Judged) -> Judged:
    """Two tellings of an event as one: the fuller names, the more precise date, quotes of both."""
    first, second = one.event.model_dump(), other.event.model_dump()
    filled = {name: second[name] if value is None else value for name, value in first.items()}
    quotes = {(item.start, item.end): item for item in (*one.event.evidence, *other.event.evidence)}
    filled["person"] = max(one.event.person, other.event.person, key=len)
    if first["team"] and second["team"]:  # the short form fits others, whom the full one does not
        filled["team"] = max(first["team"], second["team"], key=len)
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
