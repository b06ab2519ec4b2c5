"""An evaluation in words and numbers, for the terminal and the page alike.

What is given here is text as it was found: whoever shows it makes it harmless.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchline.baseline import Comparison, Difference
    from touchline.figures import (
        Dates,
        Evaluation,
        Group,
        Interval,
        Outcome,
        Rate,
        RunFigures,
        Score,
    )

__all__ = [
    "changes",
    "counted",
    "figure",
    "headline",
    "named",
    "other_lines",
    "parts",
    "remarks",
    "size",
    "verdict",
]


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "document"), counted(0, "event")
    ('1 document', '0 events')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def figure(value: float | None, interval: Interval | None = None, *, digits: int = 3) -> str:
    """A figure with its interval, where there is one.

    >>> figure(0.5, (0.25, 0.75)), figure(None)
    ('0.500 [0.25, 0.75]', '-')
    """
    if value is None:
        return "-"
    return f"{value:.{digits}f}" + (" [{:.2f}, {:.2f}]".format(*interval) if interval else "")


def size(evaluation: Evaluation) -> str:
    """How much gold there is, and what the intervals are."""
    told = evaluation.size
    return (
        f"{counted(told.documents, 'document')}, {told.without_events} of them without events; "
        f"{counted(told.events, 'event')}. Intervals: {evaluation.level:.0%} of "
        f"{evaluation.resamples} draws of documents. Strict: type, person and team right."
    )


def headline(evaluation: Evaluation) -> tuple[tuple[str, Score], ...]:
    """The figures of the whole, by name."""
    return (
        ("strict", evaluation.strict),
        ("with the status", evaluation.stated),
        ("in any type", evaluation.untyped),
        ("slots", evaluation.slots),
    )


def parts(evaluation: Evaluation) -> tuple[tuple[str, dict[str, Group]], ...]:
    """The figures of parts of the gold, by what they are parts by."""
    return (
        ("language", evaluation.by_language),
        ("type", evaluation.by_type),
        ("status", evaluation.by_status),
    )


def other_lines(evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    """All other figures, a name and a sentence each."""
    evidence, false = evaluation.evidence, evaluation.false_events
    yield from _date_lines(evaluation.dates)
    yield "quotes that are slices", _rate(evidence.slices)
    overlap = figure(evidence.overlap.f1, evidence.overlap.f1_interval)
    yield "quotes against the gold's", f"{overlap} F1 of code points, of events found"
    yield "articles all right", _rate(evaluation.exact_articles)
    share = f"{figure(false.per_100, digits=1)} per 100 documents without events"
    yield "false events", f"{share} ({false.events} in {false.documents})"
    yield "told twice", str(evaluation.duplicates)
    prefilter = evaluation.prefilter
    yield "--prefilter would read", f"{_rate(prefilter.let_through)} with events"
    yield "--prefilter would skip", f"{_rate(prefilter.ruled_out)} without events"
    yield "type taken for another", _confusions(evaluation.types)
    yield "status taken for another", _confusions(evaluation.statuses)
    yield from _run_lines(evaluation.run, evaluation.size.documents)


def _date_lines(dates: Dates) -> Iterator[tuple[str, str]]:
    yield "dates exact", f"{_rate(dates.exact)}; of all dated gold {_rate(dates.exact_of_all)}"
    of_all = _rate(dates.contained_of_all)
    yield "dates contained", f"{_rate(dates.contained)}; of all dated gold {of_all}"
    yield "dates missing, spurious", f"{dates.missing}, {dates.spurious}"


def _run_lines(run: RunFigures, documents: int) -> Iterator[tuple[str, str]]:
    reasons = ", ".join(f"{name} {count}" for name, count in sorted(run.reasons.items()))
    states = ", ".join(f"{name} {count}" for name, count in sorted(run.states.items()))
    yield "documents", f"{states}{f' ({reasons})' if reasons else ''}"
    yield "events refused", str(run.refused)
    yield "re-asks per document", figure(run.reasks, digits=2)
    about = "about " if run.tokens_estimated else ""
    answers = counted(run.requests, "answer")
    yield "tokens", f"{about}{run.input_tokens} in, {run.output_tokens} out, {answers}"
    each = run.seconds / documents if documents else 0.0
    yield "seconds", f"{run.seconds:.1f}; {each:.2f} a document, median {run.seconds_median:.2f}"


def _rate(rate: Rate) -> str:
    return f"{figure(rate.rate, rate.interval)} ({rate.right} of {rate.of})"


def _confusions(table: dict[str, dict[str, int]]) -> str:
    """Off-diagonal entries, the most frequent first."""
    found = [
        (count, gold, other)
        for gold, row in table.items()
        for other, count in row.items()
        if other != gold
    ]
    told = (f"{gold} as {other} {count}" for count, gold, other in sorted(found, reverse=True))
    return "; ".join(told) or "never"


def named(item: Outcome) -> str:
    """An outcome's event on one line."""
    event = item.event
    values = (event.type, event.person, event.team, event.role, event.status, event.date)
    honour = (event.honour,) if event.honour else ()
    return " | ".join(_value(value) for value in (*values, *honour))


def remarks(item: Outcome) -> Iterator[str]:
    """What is wrong with an outcome's event, a sentence each."""
    for name in item.wrong:
        wanted, found = (_value(getattr(side, name, None)) for side in (item.gold, item.found))
        yield f"{name}: {found}, and in the gold {wanted}"
    if item.other_type is not None:
        where = "told as" if item.verdict == "missed" else "in the gold as"
        yield f"{where} {item.other_type}"
    if item.duplicate:
        yield "told twice"


def _value(value: object) -> str:
    return "-" if value is None else str(value)


def changes(comparison: Comparison) -> Iterator[tuple[str, str]]:
    """What a run changed: the signature where it differs, each F1, false events, failures."""
    before, now = (side.model_dump(by_alias=True) for side in (comparison.before, comparison.now))
    for name, value in before.items():
        if value != now[name]:
            yield name, f"{value} before, {now[name]} now"
    for name, difference in (
        ("strict F1", comparison.strict),
        ("F1 with the status", comparison.stated),
        ("slots F1", comparison.slots),
    ):
        yield name, _difference(difference)
    was, are = comparison.false_events
    yield "false events", f"{was} before, {are} now: {are - was:+d}"
    if comparison.failed:
        yield "failed now", f"{', '.join(comparison.failed)}; each had an answer before"


def _difference(value: Difference) -> str:
    interval = "" if value.interval is None else " [{:+.3f}, {:+.3f}]".format(*value.interval)
    return (
        f"{figure(value.before)} before, {figure(value.now)} now: {value.difference:+.3f}{interval}"
    )


def verdict(comparison: Comparison) -> str:
    """The last word: whether the gate is open, and why not."""
    was, are = comparison.false_events
    if are > was:
        more = counted(are - was, "false event")
        return f"Worse: {more} more in documents without events"
    kept = "Worse than" if comparison.worse else "Within"
    return f"{kept} the tolerance of {comparison.tolerance:g}"
