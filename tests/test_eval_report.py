"""The terminal's list of events and flips: each fault in words, beside its event."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from rich.console import Console

from scored import APPOINTMENT, DISMISSAL, EVENTS, PAST, RUMOUR, extractions, gold
from touchline import CoachingEvent, evaluate
from touchline.baseline import bless, compare
from touchline.eval_report import print_comparison, print_evaluation, print_outcomes

if TYPE_CHECKING:
    from collections.abc import Callable


def changed(known: CoachingEvent, **fields: Any) -> CoachingEvent:
    """An event with some fields changed."""
    return CoachingEvent.model_validate({**known.model_dump(), **fields})


def printed(show: Callable[[Console], None]) -> str:
    """What is printed on a wide terminal, with the spaces at the ends of lines cut off."""
    stream = io.StringIO()
    show(Console(file=stream, width=160, markup=False, highlight=False))
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())


def test_each_fault_is_told_in_words() -> None:
    """Wrong fields with both values, another type on both sides, what was told twice."""
    known = gold(EVENTS)
    told = [
        changed(DISMISSAL, type="departure"),
        APPOINTMENT,
        changed(APPOINTMENT, date="2024"),
        changed(PAST, team=None, role=None),
        changed(RUMOUR, status="confirmed"),
    ]
    evaluation = evaluate(known, extractions(known, told))
    text = printed(lambda console: print_outcomes(evaluation, console))

    assert "missed    dismissal | Fabrizio Castori | Ascoli" in text
    assert "told as departure" in text
    assert "in the gold as dismissal" in text
    assert (
        "invented  appointment | Massimo Carrera | Ascoli | head_coach | confirmed | 2024" in text
    )
    assert "told twice" in text
    assert "near      appointment | Massimo Carrera | Juventus" in text
    assert "team: -, and in the gold Juventus" in text
    assert "role: -, and in the gold assistant_coach" in text
    assert "status: confirmed, and in the gold rumoured" in text
    figures = printed(lambda console: print_evaluation(evaluation, console))
    assert "dismissal as departure 1" in figures
    assert "rumoured as confirmed 1" in figures


def test_a_failed_article_is_listed_although_nothing_was_to_be_found() -> None:
    """Failures are never hidden, in articles without events either."""
    known = gold([], [])
    evaluation = evaluate(known, extractions(known, [], [], state="failed", reason="refused"))
    text = printed(lambda console: print_outcomes(evaluation, console))

    assert "a0  failed (refused)  0 right of 0 in the gold and 0 found" in text


def test_flips_are_told_with_fields_and_evidence() -> None:
    """Kind, event, article, both values of a changed field, the quote; the verdict comes last."""
    known = gold(EVENTS)
    before = bless(evaluate(known, extractions(known, EVENTS, model="one")))
    now = [changed(DISMISSAL, date="2024-03"), *EVENTS[1:5]]
    comparison = compare(evaluate(known, extractions(known, now, model="two")), before)
    text = printed(lambda console: print_comparison(comparison, console))

    assert "changed  dismissal | Fabrizio Castori" in text
    assert "date: 2024-03-12 before, 2024-03 now" in text
    assert "lost     appointment | Sauro Bedin | Bari | rumoured  a0" in text
    assert "“potrebbe allenare il Bari”" in text
    assert "model                one before, two now" in text
    assert "F1 with the status   1.000 before" in text
    assert "false events         0 before, 0 now: +0" in text
    assert text.splitlines()[-1] == "Worse than the tolerance of 0.01"
