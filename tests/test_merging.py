"""One event told more than once is one event; two events stay two."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.events import CoachingEvent, Evidence
from touchline.merging import contradictions, merged, same_event
from touchline.review import Finding, Judged


def event(start: int = 0, **changes: Any) -> CoachingEvent:
    """Give an event whose one quote begins at `start`."""
    fields: dict[str, Any] = dict.fromkeys(CoachingEvent.model_fields)
    fields |= {"type": "dismissal", "person": "Fabrizio Castori", "team": "Ascoli"}
    fields |= {"role": "head_coach", "status": "confirmed", "date": "2024-03-11"}
    fields["evidence"] = (Evidence(quote="x" * 5, start=start, end=start + 5),)
    return CoachingEvent.model_validate(fields | changes)


def told(*events: CoachingEvent) -> list[Judged]:
    """Give the events of one answer."""
    return [Judged(item) for item in events]


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({}, True),
        ({"person": "Castori"}, True),
        ({"person": "CASTORI Fabrizio"}, True),
        ({"team": "Ascoli Calcio 1898"}, True),
        ({"role": None}, True),
        ({"date": "2024-03"}, True),
        ({"reason": "il ko", "role_title": "tecnico", "competition": "Serie B"}, True),
        ({"person": "Marco Castori"}, False),
        ({"team": "Bari"}, False),
        ({"team": None}, False),
        ({"type": "departure"}, False),
        ({"role": "assistant_coach"}, False),
        ({"status": "denied"}, False),
        ({"date": "2024-03-12"}, False),
        ({"date": "2021"}, False),
    ],
)
def test_m19_one_event_told_twice_is_one(changes: dict[str, Any], *, same: bool) -> None:
    """Type, person, team, role, status and spell make an event; a detail more does not."""
    groups = [told(event(0)), told(event(9, **changes))]

    assert len(merged(groups)) == (1 if same else 2)
    assert len(merged(groups[::-1])) == (1 if same else 2)


def test_m19_quotes_are_united_and_at_most_three() -> None:
    """The quotes of all tellings prove the one event, each once."""
    (two,) = merged([told(event(0), event(9), event(0))])
    (three,) = merged([told(*(event(start) for start in range(0, 90, 9)))])

    assert [item.start for item in two.event.evidence] == [0, 9]
    assert [item.start for item in three.event.evidence] == [0, 9, 18]


def test_m19_the_fuller_telling_wins() -> None:
    """The union has the full name, the precise date and what only one telling gives."""
    short = event(0, person="Castori", date="2024", reason="il ko")
    full = event(9, date="2024-03-11", replaced_by="Carrera")
    for groups in ([told(short), told(full)], [told(full, short)]):
        (judged,) = merged(groups)

        assert judged.event.person == "Fabrizio Castori"
        assert judged.event.date == "2024-03-11"
        assert (judged.event.reason, judged.event.replaced_by) == ("il ko", "Carrera")


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_m19_a_short_name_does_not_join_two_teams(order: tuple[int, ...]) -> None:
    """`Oxford` is short for either; once it stands for one, the other is another event."""
    teams = ("Oxford", "Oxford United", "Oxford City")
    tellings = [told(event(10 * index, team=teams[index])) for index in order]

    kept = {judged.event.team for judged in merged(tellings)}

    assert kept == {"Oxford United", "Oxford City"}


def test_m19_two_spells_of_one_answer_stay_two() -> None:
    """What a model lists as two, one dated and one not, is two; of two answers it is one."""
    undated = event(9, date=None)

    assert len(merged([told(event(), undated)])) == 2
    assert len(merged([told(event()), told(undated)])) == 1


def test_findings_are_kept() -> None:
    """What was noticed of any telling is noticed of the event, once."""
    finding = Finding("name_cut", "person", "why")
    (judged,) = merged([[Judged(event(), (finding,))], [Judged(event(9), (finding,))]])

    assert judged.findings == (finding,)


def test_m20_told_and_denied_are_kept_and_marked() -> None:
    """An event that is told and denied stays twice, each with an issue."""
    marked = contradictions(told(event(), event(9, status="denied"), event(18, team="Bari")))

    assert [[found.code for found in item.findings] for item in marked] == [
        ["contradiction"],
        ["contradiction"],
        [],
    ]


@pytest.mark.parametrize(
    "changes",
    [{"status": "rumoured"}, {"person": "Marco Castori"}, {"date": "2021"}, {"type": "departure"}],
)
def test_m20_other_events_contradict_nothing(changes: dict[str, Any]) -> None:
    """A rumour, another person, another spell or another type is no contradiction."""
    marked = contradictions(told(event(9, **changes), event(status="denied")))

    assert not any(item.findings for item in marked)


def test_order_is_that_of_first_telling() -> None:
    """The result keeps the order in which events are first told."""
    groups = [
        told(event(9, team="Bari"), event(0, date="2024")),
        told(event(), event(team="Lecce")),
    ]

    assert [item.event.team for item in merged(groups)] == ["Bari", "Ascoli", "Lecce"]


EVENTS = st.builds(
    event,
    st.sampled_from([0, 9, 18, 27]),
    person=st.sampled_from(["Castori", "Fabrizio Castori", "F. Castori", "Marco Castori"]),
    team=st.sampled_from(["Ascoli", "Ascoli Calcio", None]),
    role=st.sampled_from(["head_coach", "analyst", None]),
    status=st.sampled_from(["confirmed", "denied"]),
    date=st.sampled_from(
        [None, "2024", "2024-03", "2024-03-11", "2024-03-11T18:00:00", "2023/2024", "2024~"]
    ),
    reason=st.sampled_from([None, "il ko"]),
)
GROUPS = st.lists(st.lists(EVENTS, max_size=4), max_size=3)


def content(judged: list[Judged]) -> set[str]:
    """Give what is told, without its order."""
    return {item.event.model_dump_json() for item in judged}


@given(GROUPS)
def test_order_of_parts_does_not_matter(groups: list[list[CoachingEvent]]) -> None:
    """However parts and the events in them are ordered, the set of events is the same."""
    parts = [told(*group) for group in groups]
    expected = content(merged(parts))

    for order in itertools.permutations(parts):
        assert content(merged(order)) == expected
    assert content(merged([part[::-1] for part in parts])) == expected


@given(GROUPS)
def test_merging_twice_changes_nothing(groups: list[list[CoachingEvent]]) -> None:
    """A merged list merges to itself."""
    once = merged([told(*group) for group in groups])

    assert merged([once]) == once


@given(GROUPS)
def test_merging_loses_no_event(groups: list[list[CoachingEvent]]) -> None:
    """Every telling is told by some event of the result."""
    result = merged([told(*group) for group in groups])

    for item in itertools.chain(*groups):
        assert any(same_event(item, known.event, loose=True) for known in result)
