"""What a cue found, and how findings of one article become one event each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from touchline.events import MAX_QUOTES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from touchline.builtin.names import Name

__all__ = ["ENDS", "STARTS", "Found", "combined"]

STARTS = frozenset({"appointment", "interim_appointment"})
ENDS = frozenset(
    {"dismissal", "resignation", "mutual_termination", "contract_expiry", "departure", "retirement"}
)


@dataclass(slots=True)
class Found:
    """One event as a sentence tells it; names are led back to their full forms.

    Attributes:
        weak: whether it yields to any other news of the same person and team.
        coach: whether a coach is spoken of, even where the person's role is not told.
        spans: the evidence, as code points of the text.
    """

    type: str
    person: Name
    team: Name | None
    status: str
    time: str
    spans: list[tuple[int, int]]
    weak: bool = False
    coach: bool = False
    role: str | None = None
    role_title: str | None = None
    date: str | None = None
    date_text: str | None = None
    other: Name | None = None
    honour: str | None = None
    contract_until: str | None = None
    record: dict[str, int] = field(default_factory=dict)

    @property
    def year(self) -> str | None:
        """The year of its date."""
        return self.date[:4] if self.date else None

    def same(self, other: Found) -> bool:
        """Whether two findings are one event."""
        return (
            self.type == other.type
            and self.person is other.person
            and (self.team is other.team or self.team is None or other.team is None)
            and (self.year is None or other.year is None or self.year == other.year)
            and (self.honour is None or other.honour is None or self.honour == other.honour)
        )

    def absorb(self, other: Found) -> None:
        """Take over what another telling of the same event adds."""
        for name in ("team", "role", "role_title", "other", "contract_until"):
            if getattr(self, name) is None:
                setattr(self, name, getattr(other, name))
        if self.date is None:
            self.date, self.date_text = other.date, other.date_text
        if self.status == "rumoured" and other.status in {"confirmed", "planned"}:
            self.status = other.status
        if other.status == "denied" and self.status == "confirmed":
            self.status = "denied"  # a headline says more than the text that follows
        self.weak &= other.weak
        for start, end in other.spans:
            clear = all(end <= low or high <= start for low, high in self.spans)
            if clear and len(self.spans) < MAX_QUOTES:
                self.spans.append((start, end))

    def draft(self, text: str) -> dict[str, Any]:
        """The event in the shape that a model answers with."""
        other = self.other.text if self.other else None
        starts = self.type in STARTS or self.type == "stand_in"
        counts = ("matches", "wins", "draws", "losses")
        return {
            "type": self.type,
            "person": self.person.text,
            "team": self.team.text if self.team else None,
            "role": self.role,
            "role_title": self.role_title,
            "status": self.status,
            "date": self.date,
            "date_text": self.date_text,
            "replaces": other if starts else None,
            "replaced_by": other if self.type in ENDS else None,
            "contract_until": self.contract_until,
            "competition": None,
            "honour": self.honour,
            "record": {name: self.record.get(name) for name in counts} if self.record else None,
            "reason": None,
            "evidence": [text[start:end] for start, end in self.spans],
        }


def combined(found: Iterable[Found]) -> list[Found]:
    """One finding for each event, in the order of the text."""
    events: list[Found] = []
    by_person: dict[int, list[Found]] = {}
    for item in found:
        known = by_person.setdefault(id(item.person), [])
        twin = next((event for event in known if event.same(item)), None)
        if twin is None:
            known.append(item)
            events.append(item)
        else:
            twin.absorb(item)
    return [event for event in events if not _yields(event, by_person[id(event.person)])]


def _yields(event: Found, others: list[Found]) -> bool:
    """Whether another event of the person tells the same thing more exactly."""
    for other in others:
        if other is event or other.team is not event.team:
            continue
        if event.status in {"rumoured", "denied"} and event.type in STARTS and other.type in ENDS:
            return True
        if event.type == "appointment" and other.type == "interim_appointment":
            return _overlap(event.spans[0], other.spans[0])
        if event.weak and event.date is None and not other.weak and other.type in STARTS | ENDS:
            return True
        if event.type == "departure" and other.type in ENDS - {"departure"}:
            return other.status in (event.status, "confirmed")
    return False


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans share some of the text."""
    return one[0] < other[1] and other[0] < one[1]
