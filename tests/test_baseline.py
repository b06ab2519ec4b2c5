"""The prompt gate: what flips between two runs, and when a run counts as worse."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scored import APPOINTMENT, DISMISSAL, EVENTS, HONOUR, RUMOUR, event, extractions, gold
from touchline import CoachingEvent, evaluate
from touchline.baseline import Baseline, bless, compare, read_baseline
from touchline.errors import InvalidGold

if TYPE_CHECKING:
    from pathlib import Path

    from touchline.baseline import Comparison

SOME = st.lists(st.sampled_from(EVENTS), max_size=8)
INVENTED = event("retirement", "Sauro Bedin", "Bari", "Sauro Bedin")


def changed(known: CoachingEvent, **fields: Any) -> CoachingEvent:
    """An event with some fields changed."""
    return CoachingEvent.model_validate({**known.model_dump(), **fields})


def compared(before: list[CoachingEvent], now: list[CoachingEvent], **options: float) -> Comparison:
    """What changed between two answers to the one article that holds all events."""
    known = gold(EVENTS)
    one = evaluate(known, extractions(known, before), resamples=20)
    other = evaluate(known, extractions(known, now), resamples=20)
    return compare(other, bless(one), **options)


def flips(before: list[CoachingEvent], now: list[CoachingEvent]) -> list[tuple[str, str]]:
    """The kind and the event of each flip, the event by its type and person."""
    return [
        (flip.kind, " ".join(flip.event.split(" | ")[:2])) for flip in compared(before, now).flips
    ]


NO_TEAM = changed(DISMISSAL, team=None)
FLIPS = [
    ([DISMISSAL], [DISMISSAL], []),
    ([DISMISSAL], [], [("lost", "dismissal Fabrizio Castori")]),
    ([], [DISMISSAL], [("gained", "dismissal Fabrizio Castori")]),
    ([DISMISSAL], [NO_TEAM], [("lost", "dismissal Fabrizio Castori")]),
    ([NO_TEAM], [DISMISSAL], [("gained", "dismissal Fabrizio Castori")]),
    ([NO_TEAM], [], [("changed", "dismissal Fabrizio Castori")]),
    ([DISMISSAL], [changed(DISMISSAL, date=None)], [("changed", "dismissal Fabrizio Castori")]),
    ([DISMISSAL], [changed(DISMISSAL, person="Castori")], []),
    ([], [INVENTED], [("invented", "retirement Sauro Bedin")]),
    ([INVENTED], [], [("withdrawn", "retirement Sauro Bedin")]),
    (
        [DISMISSAL, INVENTED],
        [APPOINTMENT],
        [
            ("lost", "dismissal Fabrizio Castori"),
            ("gained", "appointment Massimo Carrera"),
            ("withdrawn", "retirement Sauro Bedin"),
        ],
    ),
]


@pytest.mark.parametrize(("before", "now", "expected"), FLIPS)
def test_flips(
    before: list[CoachingEvent], now: list[CoachingEvent], expected: list[tuple[str, str]]
) -> None:
    """Each event whose fate changed is told once, the worst first; all others are not."""
    assert flips(before, now) == expected


@given(SOME)
def test_a_run_against_itself_shows_nothing(told: list[CoachingEvent]) -> None:
    """No flip and no difference, duplicates included."""
    comparison = compared(told, told)

    assert comparison.flips == ()
    assert comparison.strict.difference == comparison.slots.difference == 0
    assert not comparison.worse


@given(SOME, SOME)
def test_what_is_lost_one_way_is_gained_the_other(
    before: list[CoachingEvent], now: list[CoachingEvent]
) -> None:
    """A comparison turned round has the same flips, turned round."""
    turned = {"lost": "gained", "gained": "lost", "invented": "withdrawn", "withdrawn": "invented"}
    there = {(flip.kind, flip.event) for flip in compared(before, now).flips}
    back = {(turned.get(flip.kind, flip.kind), flip.event) for flip in compared(now, before).flips}

    assert there == back


def test_a_flip_shows_fields_and_evidence() -> None:
    """A changed field has both values and the found event's quote; a loss has the gold's quote."""
    quote = event("dismissal", "Fabrizio Castori", "Ascoli", "esonerato dall'Ascoli").evidence
    told = changed(DISMISSAL, date="2024-03", evidence=[item.model_dump() for item in quote])
    (change,) = compared([DISMISSAL], [told]).flips
    (loss,) = compared([told], []).flips

    assert change.fields == {"date": ("2024-03-12", "2024-03")}
    assert change.evidence == ("esonerato dall'Ascoli",)
    assert loss.evidence == ("Fabrizio Castori è stato esonerato",)


def test_worse_is_what_falls_by_more_than_the_tolerance() -> None:
    """One event of six lost is within a tolerance of 0.2 and beyond one of 0.01; a gain is fine."""
    most = list(EVENTS[1:])

    assert compared(list(EVENTS), most).worse
    assert not compared(list(EVENTS), most, tolerance=0.2).worse
    assert not compared(most, list(EVENTS), tolerance=0.0).worse
    assert not compared(most, most, tolerance=0.0).worse


def test_slots_can_make_a_run_worse_alone() -> None:
    """Lost fields count although every event is still found."""
    bare = [changed(known, role=None, date=None, honour=None) for known in EVENTS]
    comparison = compared(list(EVENTS), bare)

    assert comparison.strict.difference == 0
    assert comparison.worse


def test_the_difference_has_the_interval_of_pairs() -> None:
    """Where every article loses alike the paired interval is narrow, whatever the articles."""
    known = gold(*[EVENTS] * 8, *[[]] * 4)
    full, less = [*[EVENTS] * 8, *[[]] * 4], [*[EVENTS[:3]] * 8, *[[]] * 4]
    one = evaluate(known, extractions(known, *full))
    other = evaluate(known, extractions(known, *less))
    difference = compare(other, bless(one)).strict

    assert difference.before == 1.0
    assert difference.interval == pytest.approx((difference.difference, difference.difference))


def test_a_baseline_is_a_small_file_that_reads_back(tmp_path: Path) -> None:
    """Read back it is the same value, to the letter, and what is right is not in it."""
    known = gold(EVENTS)
    baseline = bless(evaluate(known, extractions(known, [*EVENTS[1:], INVENTED])))
    path = tmp_path / "baseline.json"
    path.write_text(baseline.dump(), "utf-8")

    assert read_baseline(path) == baseline
    assert read_baseline(path).dump() == baseline.dump()
    assert list(json.loads(baseline.dump())["articles"]["a0"]["wrong"]) == []
    assert baseline.articles["a0"].missed == (
        "dismissal | Fabrizio Castori | Ascoli | head_coach | confirmed | 2024-03-12",
    )
    assert list(baseline.articles["a0"].invented.values()) == ["Sauro Bedin"]
    assert baseline.dump().count("\n") < 60


def test_the_order_of_events_does_not_show_in_a_baseline() -> None:
    """The file stays the same where an answer only told its events in another order."""
    known = gold(EVENTS)
    told = [HONOUR, HONOUR, RUMOUR, INVENTED, changed(DISMISSAL, date=None)]
    one, other = (extractions(known, events) for events in (told, told[::-1]))

    assert bless(evaluate(known, one)).dump() == bless(evaluate(known, other)).dump()


@pytest.mark.parametrize(
    ("content", "message"),
    [("{}", "is no baseline: signature"), ("[", "is no baseline"), ("", "is no baseline")],
)
def test_a_file_that_is_no_baseline(content: str, message: str, tmp_path: Path) -> None:
    """It is named, with what is wrong and the way out."""
    path = tmp_path / "baseline.json"
    path.write_text(content, "utf-8")

    with pytest.raises(InvalidGold, match=message):
        read_baseline(path)
    with pytest.raises(InvalidGold, match=r"no baseline .* yet; --bless writes it"):
        read_baseline(tmp_path / "none.json")


@pytest.mark.parametrize("name", ["gold", "scorer"])
def test_a_baseline_of_another_gold_is_refused(name: str, tmp_path: Path) -> None:
    """Figures of two golds, or of two scorers, do not compare."""
    known = gold(EVENTS)
    evaluation = evaluate(known, extractions(known, EVENTS))
    blessed = bless(evaluation)
    signature = blessed.signature.model_copy(update={name: "ffffffff"})
    other = Baseline.model_validate(
        {**blessed.model_dump(by_alias=True), "signature": signature.model_dump(by_alias=True)}
    )
    path = tmp_path / "baseline.json"
    path.write_text(other.dump(), "utf-8")

    with pytest.raises(InvalidGold, match=f"the baseline is of {name} `ffffffff`"):
        compare(evaluation, other)
    with pytest.raises(InvalidGold, match=f"the baseline is of {name} `ffffffff`"):
        read_baseline(path, gold=known.digest)
