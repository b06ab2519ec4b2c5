"""`touchline eval`: how well a model and a prompt meet the gold, and whether they got worse."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TextIO

import typer

from touchline.cli import arguments
from touchline.cli.codes import ExitCode
from touchline.cli.extract import warnings_told
from touchline.cli.output import STDOUT, printing, replaced, say, writing
from touchline.errors import CassetteError, CassetteStale, InvalidGold, InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from touchline.api import Reader
    from touchline.baseline import Baseline, Comparison
    from touchline.extraction import Extraction
    from touchline.figures import Evaluation
    from touchline.gold import Gold
    from touchline.options import Options

__all__ = ["evaluate_command"]

_WIDTH = 120  # columns of a report that no terminal limits

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

    Exit code 1 where an article has no usable answer; with a baseline, 5 where an F1 (strict, with
    the status, or slots) fell by more than the tolerance, or articles without events got more.

    \b
    touchline eval tests/gold --cassettes cassettes
    touchline eval tests/gold --cassettes cassettes --baseline baseline.json
    """  # noqa: D301 - a backspace, which tells the help to keep the lines below it
    from touchline.baseline import compare
    from touchline.evaluation import evaluate
    from touchline.gold import read_gold

    options: Options = {
        "base_url": base_url,
        "style": style,
        "prompts": prompts,
        "cassettes": cassettes,
        "record": record,
        "deadline": deadline,
    }
    _told_apart({"--output": output, "--html": html, "--baseline": baseline})
    gold = read_gold(gold_dir)
    known = _baseline(baseline, gold, bless=bless)
    with warnings_told(), _files(output, html, baseline if bless else None) as files:
        read = _read_back(extractions, {"model": model, **options})
        read = _extracted(gold, model, options, jobs) if read is None else read
        evaluation = evaluate(gold, read, resamples=resamples)
        _write_baseline(files.baseline, evaluation)
        comparison = compare(evaluation, known, tolerance=tolerance) if known else None
        _write_page(files.page, evaluation, gold=gold, comparison=comparison)
        with writing(f"`{output}`" if output else STDOUT):
            _write(files.result, evaluation, comparison=comparison, shown=events, form=format)
    if bless:
        say(f"wrote the baseline `{baseline}`")
    if code := _code(evaluation, comparison, blessed=bless):
        raise typer.Exit(code)


def _told_apart(paths: Mapping[str, Path | None]) -> None:
    """Refuse two files in one place: the later would take the place of the earlier.

    Raises:
        InvalidInput: two options name one file.
    """
    named: dict[Path, str] = {}
    for option, path in paths.items():
        if path is None or (path.exists() and not path.is_file()):  # `/dev/null` takes all
            continue
        other = named.setdefault(path.resolve(), option)
        if other != option:
            raise InvalidInput(f"{other} and {option} both name `{path}`; give two files")


def _baseline(path: Path | None, gold: Gold, *, bless: bool) -> Baseline | None:
    """The baseline to compare with, read before any model is asked."""
    from touchline.baseline import read_baseline

    if path is None and bless:
        raise InvalidInput("--bless needs --baseline FILE: the file to write")
    if path is None:
        return None
    try:
        return read_baseline(path, gold=gold)
    except InvalidGold as error:
        if not bless:
            raise
        if path.exists():
            say(f"nothing to compare with: {error}")
        return None


def _read_back(path: Path | None, options: Mapping[str, object]) -> list[Extraction] | None:
    """The extractions in a file; None without one.

    Raises:
        InvalidInput: an option of a model stands beside it, which would change nothing.
    """
    from touchline.extractions import read_extractions

    if path is None:
        return None
    for name, value in options.items():
        if value is not None:
            raise InvalidInput(
                f"--{name.replace('_', '-')} has no place beside --extractions, which asks no "
                "model; leave one of the two out"
            )
    return read_extractions(path)


def _extracted(gold: Gold, model: str | None, options: Options, jobs: int) -> list[Extraction]:
    """Read every article of the gold with the model that the options name.

    Raises:
        Exit: an article cannot be replayed; a score without it would be of another gold.
    """
    import asyncio

    from touchline.api import Reader

    read, errors = asyncio.run(_read(Reader(model, **options), gold, jobs))
    if errors:
        _tell(errors, options)
        raise typer.Exit(ExitCode.CASSETTE)
    return read


async def _read(
    reader: Reader, gold: Gold, jobs: int
) -> tuple[list[Extraction], list[CassetteError]]:
    """Every article in its order, and what could not be replayed."""
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
    return read, errors


def _tell(errors: list[CassetteError], options: Options) -> None:
    """Print what could not be replayed: equal differences once, and the one way out for all."""
    from touchline.cassettes import stored
    from touchline.cli.cassettes import refresh_hint
    from touchline.settings import Settings

    seen: set[tuple[str, ...]] = set()
    outdated = False
    for error in errors:
        first, *lines = str(error).split("\n")
        stale = isinstance(error, CassetteStale) and not {"prompt", "schema"}.isdisjoint(
            error.changed
        )
        if stale:
            lines = lines[:-1]  # how to record this one alone
        told = tuple(lines)
        say("\n".join((first, *(() if stale and told in seen else told))))
        seen.add(told)
        outdated |= stale
    settings = Settings.load(None, options)
    if outdated and settings.cassettes is not None:
        models = [each.cassette.label.model for each in stored(settings.cassettes) if each.cassette]
        prompts = Path(settings.prompts) if settings.prompts else None
        say(refresh_hint(settings.cassettes, prompts, models=models))


@dataclass(frozen=True)
class _Files:
    """The streams of what is asked for; None for what is not."""

    result: TextIO
    page: TextIO | None
    baseline: TextIO | None


@contextmanager
def _files(output: Path | None, html: Path | None, baseline: Path | None) -> Iterator[_Files]:
    """Open every file before a model is asked, and put all in place if the block ends well.

    Raises:
        InvalidInput: one cannot be written.
    """
    with ExitStack() as stack:
        result, page, blessed = (
            stack.enter_context(replaced(path)) if path is not None else None
            for path in (output, html, baseline)
        )
        yield _Files(result or sys.stdout, page, blessed)


def _write_page(
    stream: TextIO | None, evaluation: Evaluation, *, gold: Gold, comparison: Comparison | None
) -> None:
    if stream is None:
        return
    from touchline.eval_page import render_page

    stream.write(render_page(evaluation, gold, comparison=comparison))


def _write_baseline(stream: TextIO | None, evaluation: Evaluation) -> None:
    """Write the run as a baseline; where an article failed the command ends and writes no file."""
    if stream is None:
        return
    from touchline.baseline import bless

    try:
        stream.write(bless(evaluation).dump())
    except InvalidGold as error:
        say(f"nothing is blessed or written: {error}")
        raise typer.Exit(ExitCode.SOME_FAILED) from None


def _write(
    stream: TextIO,
    evaluation: Evaluation,
    *,
    comparison: Comparison | None,
    shown: Shown,
    form: str,
) -> None:
    """Write the result: JSON, or a report that lists the events `shown`."""
    if form == "table":
        from touchline.eval_report import print_report

        with printing(stream, width=_WIDTH) as console:
            print_report(evaluation, comparison, console=console, shown=shown)
        return
    told = evaluation.model_dump(mode="json")
    told["comparison"] = comparison and comparison.model_dump(mode="json")
    stream.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def _code(evaluation: Evaluation, comparison: Comparison | None, *, blessed: bool) -> ExitCode:
    """The exit code: worse goes before failed, and what is blessed is accepted."""
    if comparison is not None and comparison.worse and not blessed:
        return ExitCode.WORSE
    return ExitCode.SOME_FAILED if evaluation.run.failed.right else ExitCode.DONE
