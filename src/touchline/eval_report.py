"""An evaluation for a terminal: the figures, what went wrong event by event, and what a change did.

Every figure stands beside the amount of gold behind it. Article and model text is printed without
markup and with its control characters shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from touchline.eval_lines import (
    changes,
    counted,
    figure,
    headline,
    named,
    other_lines,
    parts,
    remarks,
    size,
    verdict,
)
from touchline.figures import FEW, WIDE
from touchline.report import plain

if TYPE_CHECKING:
    from rich.console import Console

    from touchline.baseline import Comparison, Flip
    from touchline.figures import ArticleResult, Evaluation, Group, Outcome, Score

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
_WIDE = 106  # columns that the tables need in full; narrower ones leave some figures out


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
    console.print(Text(plain(str(evaluation.signature)), style="dim"))
    console.print(size(evaluation))
    documents = evaluation.size.documents
    if documents < FEW:
        console.print(Text(WIDE.format(count=counted(documents, "document")), style="bold"))
    wide = console.width >= _WIDE
    console.print(_headline(evaluation, wide=wide))
    for title, groups in parts(evaluation):
        console.print(_groups(title, groups, wide=wide))
    console.print(_fields(evaluation.by_field))
    for name, value in other_lines(evaluation):
        console.print(Text(f"{name:26} ", style="bold").append(plain(value), style="not bold"))
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
    for name, value in changes(comparison):
        console.print(Text(f"{name:20} {plain(value)}"))
    style = "bold red" if comparison.worse else "bold green"
    console.print(Text(verdict(comparison), style=style))


def _headline(evaluation: Evaluation, *, wide: bool) -> Table:
    table = _table("", "right", "found", "gold", "precision", "recall", "F1")
    for name, score in headline(evaluation):
        table.add_row(
            name,
            *_counts(score),
            figure(score.precision, score.precision_interval if wide else None),
            figure(score.recall, score.recall_interval if wide else None),
            figure(score.f1, score.f1_interval),
        )
    return table


def _groups(title: str, groups: dict[str, Group], *, wide: bool) -> Table:
    both = ("precision", "recall") if wide else ()
    table = _table(title, "documents", "events", "found", *both, "strict F1", "slots F1")
    for name, group in groups.items():
        strict, slots = group.strict, group.slots
        figures = (figure(strict.precision), figure(strict.recall)) if wide else ()
        table.add_row(
            plain(name),
            str(group.documents),
            str(strict.gold),
            str(strict.found),
            *figures,
            figure(strict.f1, strict.f1_interval),
            figure(slots.f1, slots.f1_interval if wide else None),
        )
    return table


def _fields(fields: dict[str, Score]) -> Table:
    table = _table("field", "right", "found", "gold", "precision", "recall", "F1")
    for name, score in fields.items():
        figures = (figure(score.precision), figure(score.recall))
        table.add_row(name, *_counts(score), *figures, figure(score.f1, score.f1_interval))
    return table


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(first, min_width=20)
    for name in others:
        table.add_column(name, justify="right", no_wrap=True)
    return table


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
    told = Text(plain(named(item)))
    for remark in remarks(item):
        told.append(f"\n{plain(remark)}", style="yellow")
    return told.append(f"\n{_quote(item.event.evidence[0].quote)}", style="italic dim")


def _flip(flip: Flip) -> Text:
    told = Text(plain(flip.event)).append(f"  {plain(flip.article)}", style="dim")
    for name, (before, now) in flip.fields.items():
        told.append(f"\n{name}: {_text(before)} before, {_text(now)} now", style="yellow")
    for quote in flip.evidence:
        told.append(f"\n{_quote(quote)}", style="italic dim")
    return told


def _text(value: str | None) -> str:
    return "-" if value is None else plain(value)


def _quote(quote: str) -> str:
    shown = plain(quote)
    return f"“{shown}”" if len(shown) <= _SHOWN else f"“{shown[:_SHOWN]}…”"


def _counts(score: Score) -> tuple[str, str, str]:
    return str(score.right), str(score.found), str(score.gold)
