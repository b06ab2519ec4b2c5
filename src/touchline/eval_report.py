"""An evaluation for a terminal: the figures, what went wrong event by event, and what a change did.

Every figure stands beside the amount of gold behind it. Article and model text is printed without
markup and with its control characters shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from touchline.figures import FEW, WIDE
from touchline.report import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from touchline.baseline import Comparison, Difference, Flip
    from touchline.events import CoachingEvent
    from touchline.figures import (
        ArticleResult,
        Dates,
        Evaluation,
        Group,
        Interval,
        Outcome,
        Rate,
        RunFigures,
        Score,
    )

__all__ = ["Shown", "print_comparison", "print_evaluation", "print_outcomes", "print_report"]


Shown = Literal["none", "wrong", "all"]
"""Which events are listed."""

_STYLES = {"missed": "red", "invented": "magenta", "near": "yellow", "found": "green"}
_KINDS = {
    "lost": "red",
    "invented": "magenta",
    "changed": "yellow",
    "gained": "green",
    "withdrawn": "green",
}
_SHOWN = 110
_WIDE = 104  # columns that the tables need in full; narrower ones leave some figures out


def print_report(
    evaluation: Evaluation,
    comparison: Comparison | None,
    *,
    console: Console,
    shown: Shown = "wrong",
) -> None:
    """Print the whole: the events, then the figures, and last what changed since a baseline."""
    print_outcomes(evaluation, console, shown=shown)
    print_evaluation(evaluation, console)
    if comparison is not None:
        print_comparison(comparison, console)


def print_evaluation(evaluation: Evaluation, console: Console) -> None:
    """Print the figures."""
    size = evaluation.size
    console.print(Text(plain(str(evaluation.signature)), style="dim"))
    console.print(
        f"{size.documents} documents, {size.without_events} of them without events; "
        f"{size.events} events. Intervals: {evaluation.level:.0%} of {evaluation.resamples} draws "
        "of documents. Strict: type, person and team right."
    )
    if size.documents < FEW:
        console.print(Text(WIDE.format(count=size.documents), style="bold"))
    wide = console.width >= _WIDE
    console.print(_headline(evaluation, wide=wide))
    for title, groups in (
        ("language", evaluation.by_language),
        ("type", evaluation.by_type),
        ("status", evaluation.by_status),
    ):
        console.print(_groups(title, groups, wide=wide))
    console.print(_fields(evaluation.by_field))
    for name, value in _rest(evaluation):
        console.print(Text(f"{name:26} ", style="bold").append(value, style="not bold"))
    console.print()


def print_outcomes(evaluation: Evaluation, console: Console, *, shown: Shown = "wrong") -> None:
    """Print what became of each event: `all`, or those with anything `wrong`."""
    for result in evaluation.articles:
        listed = [item for item in result.outcomes if shown == "all" or _is_wrong(item)]
        if shown == "none" or not (listed or result.state == "failed"):
            continue
        console.print(_article_heading(result))
        rows = Table.grid(padding=(0, 2))
        rows.add_column(no_wrap=True)
        rows.add_column()
        for item in listed:
            rows.add_row(Text(item.verdict, style=_STYLES[item.verdict]), _outcome(item))
        console.print(Padding(rows, (0, 0, 1, 2), expand=False))


def print_comparison(comparison: Comparison, console: Console) -> None:
    """Print each event whose fate changed, and the difference to the baseline."""
    rows = Table.grid(padding=(0, 2))
    rows.add_column(no_wrap=True)
    rows.add_column()
    for flip in comparison.flips:
        rows.add_row(Text(flip.kind, style=_KINDS[flip.kind]), _flip(flip))
    console.print(Text("Against the baseline", style="bold"))
    console.print(
        Padding(rows, (0, 0, 1, 2), expand=False) if comparison.flips else "no event flipped"
    )
    before, now = (side.model_dump(by_alias=True) for side in (comparison.before, comparison.now))
    for name, value in before.items():
        if value != now[name]:
            console.print(Text(f"{name}: {plain(value)} before, {plain(now[name])} now"))
    for name, difference in (("strict F1", comparison.strict), ("slots F1", comparison.slots)):
        console.print(Text(f"{name:10} {_difference(difference)}"))
    verdict = "Worse than" if comparison.worse else "Within"
    style = "bold red" if comparison.worse else "bold green"
    console.print(Text(f"{verdict} the tolerance of {comparison.tolerance:g}", style=style))


def _headline(evaluation: Evaluation, *, wide: bool) -> Table:
    table = _table("", "right", "found", "gold", "precision", "recall", "F1")
    for name, score in (
        ("strict", evaluation.strict),
        ("in any type", evaluation.untyped),
        ("slots", evaluation.slots),
    ):
        figures = (
            _with_interval(score.precision, score.precision_interval if wide else None),
            _with_interval(score.recall, score.recall_interval if wide else None),
            _with_interval(score.f1, score.f1_interval),
        )
        table.add_row(name, *_counts(score), *figures)
    return table


def _groups(title: str, groups: dict[str, Group], *, wide: bool) -> Table:
    both = ("precision", "recall") if wide else ()
    table = _table(title, "documents", "events", *both, "strict F1", "slots F1")
    for name, group in groups.items():
        strict, slots = group.strict, group.slots
        figures = (_number(strict.precision), _number(strict.recall)) if wide else ()
        table.add_row(
            plain(name),
            str(group.documents),
            str(strict.gold),
            *figures,
            _with_interval(strict.f1, strict.f1_interval),
            _with_interval(slots.f1, slots.f1_interval),
        )
    return table


def _fields(fields: dict[str, Score]) -> Table:
    table = _table("field", "right", "found", "gold", "precision", "recall", "F1")
    for name, score in fields.items():
        figures = (_number(score.precision), _number(score.recall))
        table.add_row(name, *_counts(score), *figures, _with_interval(score.f1, score.f1_interval))
    return table


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(first, min_width=20)
    for name in others:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _rest(evaluation: Evaluation) -> Iterable[tuple[str, str]]:
    """What stands below the tables, a name and a sentence each."""
    evidence, false = evaluation.evidence, evaluation.false_events
    yield from _date_lines(evaluation.dates)
    yield "quotes that are slices", _rate(evidence.slices)
    overlap = _with_interval(evidence.overlap.f1, evidence.overlap.f1_interval)
    yield "quotes against the gold's", f"{overlap} F1 of code points, of events found"
    yield "articles all right", _rate(evaluation.exact_articles)
    share = f"{_number(false.per_100, 1)} per 100 documents without events"
    yield "false events", f"{share} ({false.events} in {false.documents})"
    yield "told twice", str(evaluation.duplicates)
    prefilter = evaluation.prefilter
    yield "--prefilter would read", f"{_rate(prefilter.let_through)} with events"
    yield "--prefilter would skip", f"{_rate(prefilter.ruled_out)} without events"
    yield "type taken for another", _confusions(evaluation.types)
    yield "status taken for another", _confusions(evaluation.statuses)
    yield from _run_lines(evaluation.run, evaluation.size.documents)


def _date_lines(dates: Dates) -> Iterable[tuple[str, str]]:
    yield "dates exact", f"{_rate(dates.exact)}; of all dated gold {_rate(dates.exact_of_all)}"
    of_all = _rate(dates.contained_of_all)
    yield "dates contained", f"{_rate(dates.contained)}; of all dated gold {of_all}"
    yield "dates missing, spurious", f"{dates.missing}, {dates.spurious}"


def _run_lines(run: RunFigures, documents: int) -> Iterable[tuple[str, str]]:
    reasons = ", ".join(f"{plain(name)} {count}" for name, count in sorted(run.reasons.items()))
    states = ", ".join(f"{name} {count}" for name, count in sorted(run.states.items()))
    yield "documents", f"{states}{f' ({reasons})' if reasons else ''}"
    yield "events refused", str(run.refused)
    yield "re-asks per document", _number(run.reasks, 2)
    about = "about " if run.tokens_estimated else ""
    yield "tokens", f"{about}{run.input_tokens} in, {run.output_tokens} out, {run.requests} answers"
    each = run.seconds / documents if documents else 0.0
    yield "seconds", f"{run.seconds:.1f}; {each:.2f} a document, median {run.seconds_median:.2f}"


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


def _is_wrong(item: Outcome) -> bool:
    return item.verdict != "found" or bool(item.wrong)


def _article_heading(result: ArticleResult) -> Text:
    counts = result.strict
    heading = Text(plain(result.id), style="bold")
    heading.append(
        f"  {result.state}{f' ({plain(result.reason)})' if result.reason else ''}  "
        f"{counts.right} right of {counts.gold} in the gold and {counts.found} found",
        style="not bold dim",
    )
    return heading


def _outcome(item: Outcome) -> Text:
    """An event, what is wrong with it, and its first quote."""
    event = item.gold or item.found
    assert event is not None
    told = Text(_named(event))
    if item.gold is not None and item.found is not None:
        for name in item.wrong:
            wanted, found = (_value(side, name) for side in (item.gold, item.found))
            told.append(f"\n{name}: {found}, and in the gold {wanted}", style="yellow")
    if item.other_type is not None:
        where = "told as" if item.verdict == "missed" else "in the gold as"
        told.append(f"\n{where} {item.other_type}", style="yellow")
    if item.duplicate:
        told.append("\ntold twice", style="yellow")
    return told.append(f"\n{_quote(event.evidence[0].quote)}", style="italic dim")


def _flip(flip: Flip) -> Text:
    told = Text(plain(flip.event)).append(f"  {plain(flip.article)}", style="dim")
    for name, (before, now) in flip.fields.items():
        told.append(f"\n{name}: {_text(before)} before, {_text(now)} now", style="yellow")
    for quote in flip.evidence:
        told.append(f"\n{_quote(quote)}", style="italic dim")
    return told


def _named(event: CoachingEvent) -> str:
    values = (event.type, event.person, event.team, event.role, event.status, event.date)
    honour = (event.honour,) if event.honour else ()
    return " | ".join(_text(value) for value in (*values, *honour))


def _value(event: CoachingEvent, name: str) -> str:
    value = getattr(event, name)
    return _text(None if value is None else str(value))


def _text(value: str | None) -> str:
    return "-" if value is None else plain(value)


def _quote(quote: str) -> str:
    shown = plain(quote)
    return f"“{shown}”" if len(shown) <= _SHOWN else f"“{shown[:_SHOWN]}…”"


def _difference(value: Difference) -> str:
    interval = "" if value.interval is None else " [{:+.3f}, {:+.3f}]".format(*value.interval)
    return (
        f"{_number(value.before)} before, {_number(value.now)} now: "
        f"{value.difference:+.3f}{interval}"
    )


def _counts(score: Score) -> tuple[str, str, str]:
    return str(score.right), str(score.found), str(score.gold)


def _number(value: float | None, digits: int = 3) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def _with_interval(value: float | None, interval: Interval | None) -> str:
    if interval is None:
        return _number(value)
    return "{} [{:.2f}, {:.2f}]".format(_number(value), *interval)


def _rate(rate: Rate) -> str:
    return f"{_with_interval(rate.rate, rate.interval)} ({rate.right} of {rate.of})"
