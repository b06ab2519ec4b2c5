"""The prompt gate: what flips between two runs, and when a run counts as worse."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scored import (
    APPOINTMENT,
    DISMISSAL,
    EVENTS,
    HONOUR,
    PAST,
    RUMOUR,
    event,
    extraction,
    extractions,
    gold,
)
from touchline import CoachingEvent, evaluate
from touchline.baseline import Baseline, bless, compare, read_baseline
from touchline.bootstrap import Draws, percentiles
from touchline.errors import InvalidGold, InvalidInput

if TYPE_CHECKING:
    from pathlib import Path

    from touchline.baseline import Comparison
    from touchline.figures import Evaluation

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
    ([DISMISSAL], [changed(DISMISSAL, person="F. Castori")], []),
    (
        [DISMISSAL],
        [changed(DISMISSAL, person="Castori")],
        [("lost", "dismissal Fabrizio Castori")],
    ),
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


def test_a_status_can_make_a_run_worse_alone() -> None:
    """A denial told as a fact is the worst error of all, and the gate wants it right."""
    told = [changed(known, status="confirmed") for known in EVENTS]
    comparison = compared(list(EVENTS), told, tolerance=0.1)

    assert comparison.strict.difference == 0
    assert comparison.slots.difference > -0.1 > comparison.stated.difference
    assert comparison.worse


def many(events: int, right: int) -> Evaluation:
    """An evaluation in which some of the events are right and the others are of other people."""
    people = [changed(RUMOUR, person=f"Bedin{chr(97 + number)}") for number in range(events)]
    other = changed(HONOUR, type="retirement", team="Bari", honour=None, role=None)
    known = gold(people)
    return evaluate(known, extractions(known, [*people[:right], *[other] * (events - right)]))


def test_a_fall_by_the_tolerance_itself_is_within_it() -> None:
    """From 0.8 to 0.7 is a fall of 0.1, whatever floating point makes of it; more is worse."""
    before = bless(many(10, 8))

    assert 0.7 - 0.8 < -0.1
    assert not compare(many(10, 7), before, tolerance=0.1).worse
    assert compare(many(10, 7), before, tolerance=0.0999).worse
    assert not compare(many(10, 8), before, tolerance=0.0).worse


@pytest.mark.parametrize("tolerance", [float("nan"), -0.1, 1.1])
def test_a_tolerance_is_a_share(tolerance: float) -> None:
    """What is no number from 0 to 1 would open or close the gate for ever."""
    with pytest.raises(InvalidInput, match="`tolerance` is"):
        compared([], [], tolerance=tolerance)


def test_one_false_event_more_is_worse_at_any_tolerance() -> None:
    """An event in an article that tells none is weighed by number, and fewer are better."""
    known = gold(*[EVENTS] * 20, [])
    runs = [
        evaluate(known, extractions(known, *[EVENTS] * 20, told), resamples=20)
        for told in ([], [RUMOUR], [RUMOUR, PAST])
    ]
    gates = [[compare(now, bless(before), tolerance=1.0) for now in runs] for before in runs]

    assert [[gate.worse for gate in row] for row in gates] == [
        [False, True, True],
        [False, False, True],
        [False, False, False],
    ]
    assert gates[0][2].false_events == (0, 2)
    assert gates[0][1].strict.difference > -0.01


def test_nothing_to_find_and_nothing_found_is_right() -> None:
    """On a gold without events the first false event lets the F1 fall from all right to none."""
    known = gold([], [])
    silent = evaluate(known, extractions(known, [], []))
    false = evaluate(known, extractions(known, [RUMOUR], [RUMOUR]))
    half = evaluate(known, extractions(known, [RUMOUR], []))
    difference = compare(false, bless(silent)).strict

    assert (difference.before, difference.now, difference.difference) == (None, 0.0, -1.0)
    assert compare(half, bless(silent)).strict.interval == (-1.0, 0.0)
    assert compare(silent, bless(false)).strict.difference == 1.0
    assert compare(silent, bless(silent)).strict.difference == 0.0


def test_a_run_with_failures_is_no_baseline() -> None:
    """It is refused by name; behind a gate the failures are told, each had an answer before."""
    known = gold(EVENTS, [])
    good = evaluate(known, extractions(known, EVENTS, []))
    bad = evaluate(
        known,
        [
            *extractions(known, EVENTS, [])[:1],
            extraction(known.articles[1], [], state="failed", reason="refused"),
        ],
    )

    with pytest.raises(InvalidGold, match="no usable answer for `a1`: a run with failed articles"):
        bless(bad)
    assert compare(bad, bless(good)).failed == ("a1",)
    assert compare(good, bless(good)).failed == ()


def test_a_baseline_that_lacks_an_article_is_refused(tmp_path: Path) -> None:
    """The message names the article, and the file where there is one."""
    known = gold(EVENTS, [])
    evaluation = evaluate(known, extractions(known, EVENTS, []))
    blessed = bless(evaluation)
    less = blessed.model_copy(update={"articles": {"a0": blessed.articles["a0"]}})
    path = tmp_path / "baseline.json"
    path.write_text(less.dump(), "utf-8")

    with pytest.raises(InvalidGold, match="the baseline lacks article `a1`"):
        compare(evaluation, less)
    with pytest.raises(InvalidGold, match=r"the baseline `.*baseline\.json` lacks article `a1`"):
        read_baseline(path, gold=known)


def test_events_of_one_name_keep_their_own_fates() -> None:
    """Of two events that differ in nothing that names them, each is known by its place."""
    first = changed(APPOINTMENT, role=None, replaces="Fabrizio Castori")
    second = changed(first, replaces=None, evidence=[HONOUR.evidence[0].model_dump()])
    known = gold([first, second])
    one, other = (
        evaluate(known, extractions(known, told), resamples=10) for told in ([first], [second])
    )
    kinds = {(flip.kind, flip.evidence) for flip in compare(other, bless(one)).flips}

    assert kinds == {
        ("lost", ("Al suo posto Massimo Carrera",)),
        ("gained", ("vinse la Supercoppa",)),
    }
    assert {flip.event for flip in compare(other, bless(one)).flips} == {
        "appointment | Massimo Carrera | Ascoli | confirmed"
    }


def test_flips_are_sorted_by_kind_over_all_articles() -> None:
    """What was lost anywhere stands before what was gained anywhere."""
    known = gold([DISMISSAL], [HONOUR], [DISMISSAL, HONOUR])
    before = evaluate(known, extractions(known, [], [HONOUR], [DISMISSAL]))
    now = evaluate(known, extractions(known, [DISMISSAL], [RUMOUR], [HONOUR]))
    told = [(flip.kind, flip.article) for flip in compare(now, bless(before)).flips]

    assert told == [
        ("lost", "a1"),
        ("lost", "a2"),
        ("invented", "a1"),
        ("gained", "a0"),
        ("gained", "a2"),
    ]


def test_figures_of_a_baseline_are_rounded() -> None:
    """Four digits tell enough, and none is lost where a figure is 0 or is none."""
    known = gold(EVENTS)
    some = bless(evaluate(known, extractions(known, EVENTS[:3]))).figures
    none = bless(evaluate(known, extractions(known, []))).figures

    assert some["strict_f1"] == 0.6667
    assert (none["strict_f1"], none["stated_f1"], none["strict_precision"]) == (0.0, 0.0, None)


def test_two_runs_are_compared_on_the_same_draws() -> None:
    """Where articles differ much and runs little, pairs show what two intervals would hide."""
    sizes = [0, 1, 2, 3, 4, 5, 6] * 2
    known = gold(*[EVENTS] * len(sizes))
    before = evaluate(known, extractions(known, *[EVENTS[:size] for size in sizes]))
    now = evaluate(known, extractions(known, *[EVENTS[: max(size - 1, 0)] for size in sizes]))
    paired = compare(now, bless(before)).strict.interval
    assert paired is not None
    drawn = []
    for run, seed in ((before, 1), (now, 2)):
        draws = Draws(len(sizes), seed=seed)
        rights = draws.sums([article.strict.right for article in run.articles])
        founds = draws.sums([article.strict.found for article in run.articles])
        drawn.append(
            [2 * right / (found + 84) for right, found in zip(rights, founds, strict=True)]
        )
    apart = percentiles(new - old for old, new in zip(*drawn, strict=True))
    assert apart is not None

    assert paired[0] < compare(now, bless(before)).strict.difference < paired[1] < 0
    assert paired[1] - paired[0] < (apart[1] - apart[0]) / 3


def test_the_difference_has_the_interval_of_pairs() -> None:
    """Where every article loses alike no draw differs, and there is no interval."""
    known = gold(*[EVENTS] * 8, *[[]] * 4)
    full, less = [*[EVENTS] * 8, *[[]] * 4], [*[EVENTS[:3]] * 8, *[[]] * 4]
    one = evaluate(known, extractions(known, *full))
    other = evaluate(known, extractions(known, *less))
    difference = compare(other, bless(one)).strict

    assert difference.before == 1.0
    assert difference.interval is None


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
        "dismissal | Fabrizio Castori | Ascoli | head_coach | confirmed | 2024-03-12 @0",
    )
    assert list(baseline.articles["a0"].invented.values()) == ["Sauro Bedin"]
    assert baseline.dump().count("\n") < 65


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

    with pytest.raises(InvalidGold, match=f"the baseline .*is of {name} `ffffffff`"):
        compare(evaluation, other)
    with pytest.raises(InvalidGold, match=f"the baseline .*is of {name} `ffffffff`"):
        read_baseline(path, gold=known)
