"""The command line: arguments in, results on stdout, everything else on stderr.

Commands are nouns with verbs, one file each; errors become exit codes in one place, here. Modules
that cost time to load are imported inside the commands, so that `--help` answers at once.
"""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup
from typer.main import get_command

from touchline.cli.cassettes import app as cassettes
from touchline.cli.codes import ExitCode
from touchline.cli.doctor import doctor
from touchline.cli.eval import evaluate_command
from touchline.cli.extract import extract
from touchline.cli.output import STDOUT, say, writing
from touchline.cli.prompts import app as prompts
from touchline.cli.schema import schema
from touchline.errors import (
    CassetteError,
    ExtractionFailed,
    InvalidInput,
    RunStopped,
    TouchlineError,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

__all__ = ["app", "main"]

_EXIT_CODES: tuple[tuple[type[TouchlineError], ExitCode], ...] = (
    (CassetteError, ExitCode.CASSETTE),
    (RunStopped, ExitCode.STOPPED),
    (ExtractionFailed, ExitCode.SOME_FAILED),
    (TouchlineError, ExitCode.UNUSABLE),
)


class _Program(TyperGroup):
    """All commands; whoever reads their output may stop reading it."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]  # typer's own context
        """Run the command; end in silence where nobody reads on, as `cat` does."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                _flush()
        except BrokenPipeError:
            _drop_the_rest()
            sys.exit(ExitCode.PIPE_CLOSED)


def _flush() -> None:
    """Write what is still buffered for stdout.

    Raises:
        InvalidInput: it cannot be written, such as on a full disk.
    """
    try:
        with writing(STDOUT):
            sys.stdout.flush()
    except InvalidInput:
        _drop_the_rest()
        raise


def _drop_the_rest() -> None:
    """Send what is still buffered nowhere; Python would complain about it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


app = typer.Typer(
    cls=_Program,
    help="Read sports news and return coaching events, each with the words that prove it.",
    epilog="Exit codes: 0 all done or skipped; 1 some partial or failed; 2 usage or configuration; "
    "3 the run was stopped; 4 a cassette is missing, stale or corrupt; 5 worse than the baseline.",
    no_args_is_help=True,
    rich_markup_mode=None,  # rich help costs as much time as all the rest of --help
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(extract)
app.command("eval")(evaluate_command)
app.add_typer(prompts, name="prompts")
app.add_typer(cassettes, name="cassettes")
app.command()(schema)
app.command()(doctor)


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        typer.echo(f"touchline {version('touchline')}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Options of the program itself."""


def main() -> None:
    """Run the command line and exit with its code."""
    _open_streams()
    terminated: list[int] = []

    def terminate(number: int, _frame: FrameType | None) -> None:
        """End as an interrupt does: asyncio cancels its tasks then, and files close."""
        terminated.append(number)
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in a job in the background
            sys.exit(ExitCode.TERMINATED)
        signal.raise_signal(signal.SIGINT)

    signal.signal(signal.SIGTERM, terminate)
    # Articles hold any character, whatever the locale can write.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = _code_of_run()
    except SystemExit:
        if not terminated:
            raise
        code = ExitCode.TERMINATED
    sys.exit(code)


@cache
def _commands() -> Callable[..., object]:
    """The commands as they are run, made once in a process of several runs."""
    return get_command(app)


def _code_of_run() -> ExitCode:
    """Run the command; give the exit code of an error of ours, which is told on stderr."""
    try:
        _commands()(prog_name="touchline")
    except TouchlineError as error:
        say(error)
        return next(code for kind, code in _EXIT_CODES if isinstance(error, kind))
    except OSError as error:
        with contextlib.suppress(InvalidInput):  # it may be of stdout, before any command
            _flush()
        say(error)
        return ExitCode.UNUSABLE
    return ExitCode.DONE


def _open_streams() -> None:
    """See to streams that whoever started us has closed; Python has None for them.

    Without stdin and stderr a command can work. Its results must go somewhere.
    """
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - till the end
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as above
    if sys.stdout is None:
        say("standard output is closed; results have nowhere to go")
        sys.exit(ExitCode.UNUSABLE)
