"""`touchline eval`: how well a model and a prompt meet the gold, and whether they got worse."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from touchline.cli import arguments
from touchline.errors import CassetteError, InvalidGold, InvalidInput

if TYPE_CHECKING:
    from touchline.api import Reader
    from touchline.baseline import Baseline, Comparison
    from touchline.extraction import Extraction
    from touchline.figures import Evaluation
    from touchline.gold import Gold
    from touchline.options import Options

__all__ = ["evaluate_command"]

_SOME_FAILED = 1
_WORSE = 5

Shown = Literal["none", "wrong", "all"]


_GoldDir = Annotated[
    Path, typer.Argument(metavar="GOLD_DIR", help="A folder of annotated articles, .json each.")
]
_Extractions = Annotated[
    Path | None,
    typer.Option(help="Score these (JSON or JSON lines of `extract`) and ask no model."),
]
_Format = Annotated[
    Literal["table", "json"], typer.Option("--format", help="table for people; json: one object.")
]
_Events = Annotated[
    Shown, typer.Option(help="Which events the table lists: none, those with a fault, or all.")
]
_Html = Annotated[Path | None, typer.Option(help="Write a page with texts and spans side by side.")]
_Baseline = Annotated[
    Path | None, typer.Option(help="Compare with this run; exit code 5 where it got worse.")
]
_Tolerance = Annotated[
    float, typer.Option(min=0, max=1, help="How far F1 may fall below the baseline.")
]
_Bless = Annotated[
    bool, typer.Option("--bless", help="Make this run the baseline: write it to --baseline.")
]
_Resamples = Annotated[
    int, typer.Option(min=100, max=100_000, help="Draws of documents for the intervals.")
]


def evaluate_command(
    gold_dir: _GoldDir,
    *,
    model: arguments.Model = None,
    base_url: arguments.BaseUrl = None,
    style: arguments.Style = None,
    prompts: arguments.Prompts = None,
    cassettes: arguments.Cassettes = None,
    record: arguments.Record = None,
    deadline: arguments.Deadline = None,
    jobs: arguments.Jobs = 8,
    extractions: _Extractions = None,
    format: _Format = "table",
    events: _Events = "wrong",
    output: arguments.Output = None,
    html: _Html = None,
    baseline: _Baseline = None,
    tolerance: _Tolerance = 0.01,
    bless: _Bless = False,
    resamples: _Resamples = 2_000,
) -> None:
    """Score extractions against annotated articles.

    Exit code 1 where an article has no usable answer and there is no baseline; with one, 5 where
    strict or slots F1 fell by more than the tolerance.

    \b
    touchline eval tests/gold --cassettes cassettes
    touchline eval tests/gold --cassettes cassettes --baseline baseline.json
    """  # noqa: D301 - a backspace, which tells the help to keep the lines below it
    from touchline.baseline import compare
    from touchline.evaluation import evaluate
    from touchline.extractions import read_extractions
    from touchline.gold import read_gold

    if bless and baseline is None:
        raise InvalidInput("--bless needs --baseline FILE: the file to write")
    gold = read_gold(gold_dir)
    known = _baseline(baseline, gold, bless=bless)
    options: Options = {
        "base_url": base_url,
        "style": style,
        "prompts": prompts,
        "cassettes": cassettes,
        "record": record,
        "deadline": deadline,
    }
    read = read_extractions(extractions) if extractions else _extracted(gold, model, options, jobs)
    evaluation = evaluate(gold, read, resamples=resamples)
    comparison = compare(evaluation, known, tolerance=tolerance) if known else None
    if html is not None:
        _write_page(html, evaluation, gold=gold, comparison=comparison)
    if bless and baseline is not None:
        _write_baseline(baseline, evaluation)
    _write(evaluation, comparison, path=output, shown=events if format == "table" else None)
    if code := _code(evaluation, comparison, blessed=bless):
        raise typer.Exit(code)


def _baseline(path: Path | None, gold: Gold, *, bless: bool) -> Baseline | None:
    """The baseline to compare with, read before any model is asked."""
    from touchline.baseline import read_baseline

    if path is None:
        return None
    try:
        return read_baseline(path, gold=gold.digest)
    except InvalidGold as error:
        if not bless:
            raise
        if path.exists():
            sys.stderr.write(f"touchline: nothing to compare with: {error}\n")
        return None


def _extracted(gold: Gold, model: str | None, options: Options, jobs: int) -> list[Extraction]:
    """Read every article of the gold with the model that the options name.

    Raises:
        CassetteError: an article cannot be replayed; a score without it would be of another gold.
    """
    import asyncio

    from touchline.api import Reader

    return asyncio.run(_read(Reader(model, **options), gold, jobs))


async def _read(reader: Reader, gold: Gold, jobs: int) -> list[Extraction]:
    from touchline.batch import read_all

    read: list[Extraction] = []
    errors: list[CassetteError] = []
    async for outcome in read_all(reader, gold.documents, jobs=jobs):
        read.append(outcome.extraction)
        if outcome.error is not None:
            errors.append(outcome.error)
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{len(read)} of {len(gold.articles)} articles")
            sys.stderr.flush()
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    for error in errors[:-1]:
        sys.stderr.write(f"touchline: {error}\n")
    if errors:
        raise errors[-1]
    return read


def _write(
    evaluation: Evaluation, comparison: Comparison | None, *, path: Path | None, shown: Shown | None
) -> None:
    """Write the result: a report that lists the events `shown`, or JSON where that is None."""
    stream = sys.stdout if path is None else io.StringIO()
    if shown is not None:
        from touchline.eval_report import print_report

        print_report(evaluation, comparison, stream=stream, shown=shown)
    else:
        told = evaluation.model_dump(mode="json")
        told["comparison"] = comparison and comparison.model_dump(mode="json")
        stream.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    if path is not None and isinstance(stream, io.StringIO):
        _write_file(path, stream.getvalue())


def _write_page(
    path: Path, evaluation: Evaluation, *, gold: Gold, comparison: Comparison | None
) -> None:
    from touchline.eval_page import render_page

    _write_file(path, render_page(evaluation, gold, comparison=comparison))


def _write_baseline(path: Path, evaluation: Evaluation) -> None:
    from touchline.baseline import bless

    _write_file(path, bless(evaluation).dump())
    sys.stderr.write(f"touchline: wrote the baseline `{path}`\n")


def _write_file(path: Path, content: str) -> None:
    """Write a file, whole or not at all."""
    from touchline.cassette_format import write_atomically

    write_atomically(path, content)


def _code(evaluation: Evaluation, comparison: Comparison | None, *, blessed: bool) -> int:
    """The exit code: a gate decides alone, and what is blessed is accepted."""
    if comparison is not None:
        return _WORSE if comparison.worse and not blessed else 0
    return _SOME_FAILED if evaluation.run.failed.right else 0
