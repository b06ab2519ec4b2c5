"""What a cue found, and how findings of one article become one event each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from touchline.events import MAX_QUOTES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from touchline.builtin.names import Name

__all__ = [
    "ENDS",
    "MOVES",
    "OPEN",
    "STARTS",
    "STAYS",
    "Found",
    "combined",
    "identity",
    "is_left",
    "is_start",
    "is_vague",
    "shared",
    "team_of_lead",
]

STARTS = frozenset({"appointment", "interim_appointment"})
STAYS = frozenset({"confirmation", "contract_extension"})
"""Types that say that somebody goes on."""

OPEN = frozenset({"rumoured", "denied"})
"""Statuses of what is no fact."""

ENDS = frozenset(
    {"dismissal", "resignation", "mutual_termination", "contract_expiry", "departure", "retirement"}
)

MOVES = STARTS | ENDS
"""Types that say that somebody comes or goes."""

_DAY = len("2024-03-13")

_FEW_TEAMS = 2  # whose coaches go or come; in news of more teams none is the main one
_ANSWER = 200  # code points from an offer to "he said no"
# What tells the same thing as an event of a type, and more exactly.
_SURER = {
    "departure": ENDS - {"departure"},
    "confirmation": STARTS | {"contract_extension"},
}

# Of two endings of one person at one team that a text tells as the same news, the first counts.
_RANK = {
    kind: rank
    for rank, kind in enumerate(
        ("mutual_termination", "contract_expiry", "resignation", "dismissal")
    )
}


@dataclass(slots=True)
class Found:
    """One event as a sentence tells it; names are led back to their full forms.

    Attributes:
        weak: whether it yields to any other news of the same person and team.
        named: whether its own words name the team.
        coach: whether a coach is spoken of, even where the person's role is not told.
        beside: whether the sentence speaks of some coach, maybe of another one.
        on_bench: whether the words say that somebody leads a team or sits on its bench.
        spans: the evidence, as code points of the text.
    """

    type: str
    person: Name
    team: Name | None
    status: str
    time: str
    spans: list[tuple[int, int]]
    weak: bool = False
    named: bool = False
    coach: bool = False
    beside: bool = False
    on_bench: bool = False
    role: str | None = None
    role_title: str | None = None
    date: str | None = None
    date_text: str | None = None
    other: Name | None = None
    honour: str | None = None
    contract_until: str | None = None
    competition: str | None = None
    reason: str | None = None
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
            and self._agrees(other)
            and (self.team is other.team or self.team is None or other.team is None)
            and (self.year is None or other.year is None or self.year == other.year)
            and (self.honour is None or other.honour is None or self.honour == other.honour)
        )

    def _agrees(self, other: Found) -> bool:
        """Whether their times and statuses can be of one event.

        A line of career history is neither what is rumoured or denied, nor news of another day.
        """
        if self.time == other.time:
            return True
        news, past = (self, other) if self.time == "news" else (other, self)
        if news.status in {"rumoured", "denied", "planned"}:
            return False
        return past.year is None or past.year == news.year

    def absorb(self, other: Found) -> None:
        """Take over what another telling of the same event adds."""
        for name in ("team", "role", "role_title", "other", "contract_until", "reason"):
            if getattr(self, name) is None:
                setattr(self, name, getattr(other, name))
        # The day that is printed beside the news, before the one on which it was published.
        printed = self.date_text is None and other.date_text is not None and self.time == other.time
        if self.date is None or (printed and len(other.date or "") == len(self.date) == _DAY):
            self.date, self.date_text = other.date, other.date_text
        if self.status == "rumoured" and other.status in {"confirmed", "planned"}:
            self.status = other.status
        if other.status == "denied" and self.status in {"confirmed", "rumoured"}:
            self.status = "denied"  # a headline says more than the text that follows
        self.weak &= other.weak
        for start, end in other.spans:
            clear = all(end <= low or high <= start for low, high in self.spans)
            if clear and len(self.spans) < MAX_QUOTES:
                self.spans.append((start, end))

    @property
    def helps(self) -> bool:
        """Whether the other person is whom an assistant of old assisted, and no predecessor."""
        helper = self.role == "assistant_coach" and self.time == "past"
        return helper and self.type in STARTS and self.other is not None

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
            "competition": self.competition,
            "honour": self.honour,
            "record": {name: self.record.get(name) for name in counts} if self.record else None,
            "reason": self.reason,
            "evidence": [text[start:end] for start, end in self.spans],
        }


def is_left(found: Found, ended: list[Found]) -> bool:
    """Whether one of some endings is of the same person at the same team."""
    return any(found.person is end.person and found.team is end.team for end in ended)


def is_vague(found: Found, certain: list[Found]) -> bool:
    """Whether other words of the sentence tell the same, and name another team for it."""
    return not found.named and any(
        found.type == other.type
        and found.person is other.person
        and found.time == other.time
        and _overlap(found.spans[0], other.spans[0])
        for other in certain
    )


def shared(told: list[Found], *, text: str) -> list[Found]:
    """Give news of a sentence that names no team the one that it names for somebody else's.

    `A takes over at Foo after B's exit`: B has left Foo, but not where a semicolon stands between.
    Returns: the findings that have changed.
    """
    moves = [item for item in told if item.time == "news" and item.type in MOVES]
    if len(moves) < 2:
        return []
    certain = [item for item in moves if item.named and item.team is not None]
    teams = {id(item.team): item.team for item in certain}
    if len(teams) != 1:
        return []
    (team,) = teams.values()
    own = {id(item.person) for item in certain}
    started = any(item.type in STARTS for item in certain)
    changed = [
        item
        for item in moves
        if not item.named
        and item.team is not team
        and id(item.person) not in own
        # "A, who left Foo, is joined by B" tells nothing of where B comes to
        and (started or item.type != "appointment")
        and any(_is_joined(item.spans[0], sure.spans[0], text=text) for sure in certain)
    ]
    for item in changed:
        item.team = team
    return changed


def _is_joined(one: tuple[int, int], other: tuple[int, int], *, text: str) -> bool:
    """Whether no semicolon stands between two spans."""
    first, last = sorted((one, other))
    return ";" not in text[first[1] : last[0]]


def is_start(kind: str) -> bool | None:
    """Whether a type of event is a start (true) or an end (false), if it is either."""
    return kind in STARTS if kind in MOVES else None


def identity(found: Found) -> tuple[str, int, int]:
    """What tells the findings of two matches in one sentence apart."""
    return found.type, id(found.person), id(found.team)


def team_of_lead(found: Iterable[Found], end: int) -> Name | None:
    """The one team to which the head of an article tells that somebody comes.

    Args:
        found: what the article tells.
        end: of its head, a code point.
    """
    news = [item for item in found if item.time == "news"]
    if len({id(i.team) for i in news if i.named and i.type in MOVES}) > _FEW_TEAMS:
        return None
    leavers = {id(item.person) for item in news if item.type in ENDS}
    teams = {
        id(item.team): item.team
        for item in news
        if item.named and item.type in STARTS and item.status == "confirmed"
        if item.spans[0][0] < end and id(item.person) not in leavers
    }
    return next(iter(teams.values())) if len(teams) == 1 else None


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
    here = [other for other in others if other is not event and other.team is event.team]
    return any(_is_surer(other, event) for other in here)


def _is_surer(other: Found, event: Found) -> bool:
    """Whether an event tells more exactly what another one of the person and team tells."""
    if (event.type in STARTS and _is_no_start(event, other)) or _is_no_stay(event, other):
        return True
    if event.type == "appointment" and other.type == "interim_appointment":
        here = _overlap(event.spans[0], other.spans[0])
        return here or (_is_one_day(event, other) and not other.weak)
    interim = event.type == "interim_appointment"
    yielding = event.weak and (event.time == "news" or event.date is None)
    ended = event.time == "news" and event.type in ENDS and other.time == "past"
    yielding = yielding and not ended  # that somebody once came there is another thing
    yielding = yielding and not (interim and _overlap(event.spans[0], other.spans[0]))
    if yielding and not other.weak and other.type in STARTS | STAYS:
        return True
    if other.type in _SURER.get(event.type, ()):
        alike = event.type == "departure" or _is_one_day(event, other)
        return alike and other.status in (event.status, "confirmed", "planned")
    ranked = _RANK.get(event.type, 0) > _RANK.get(other.type, len(_RANK))
    return ranked and other.status in (event.status, "confirmed") and _is_one_day(event, other)


def _is_no_stay(event: Found, other: Found) -> bool:
    """Whether another event says more of one who stays, or of why he does not."""
    if event.type == "contract_extension" and event.status == "denied":
        return other.type in ENDS
    extended = event.type == "confirmation" and other.type == "contract_extension"
    return extended and other.status == event.status and _is_one_day(event, other)


def _is_no_start(event: Found, other: Found) -> bool:
    """Whether another event of the person and team says that a start was none."""
    if other.type in ENDS:
        leaves = other.status == "confirmed" and other.time == event.time
        vague = leaves and event.role is None and event.date_text is None
        return vague or event.status in {"rumoured", "denied"}
    if other.type in STARTS and other.status == "denied":  # the offer, and the answer to it
        near = 0 <= other.spans[0][0] - event.spans[-1][1] < _ANSWER
        alike = event.role in (None, other.role) or other.role is None
        return event.status != "denied" and near and alike
    if other.type not in STAYS or not _overlap(event.spans[0], other.spans[0]):
        return False
    return event.date is None if event.time == "past" else other.status == event.status


def _is_one_day(one: Found, other: Found) -> bool:
    """Whether both are news, and neither has a date that the other contradicts."""
    if one.time != "news" or other.time != "news":
        return False
    return one.date_text is None or other.date_text is None or one.date == other.date


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans share some of the text."""
    return one[0] < other[1] and other[0] < one[1]
