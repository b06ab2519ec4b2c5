"""The command line: arguments in, results on stdout, everything else on stderr.

Commands are nouns with verbs, one file each; errors become exit codes in one place, here. Modules
that cost time to load are imported inside the commands, so that `--help` answers at once.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

from touchline.cli.cassettes import app as cassettes
from touchline.cli.doctor import doctor
from touchline.cli.eval import evaluate_command
from touchline.cli.extract import extract
from touchline.cli.output import say
from touchline.cli.prompts import app as prompts
from touchline.cli.schema import schema
from touchline.errors import CassetteError, ExtractionFailed, RunStopped, TouchlineError

if TYPE_CHECKING:
    from types import FrameType

__all__ = ["app", "main"]

_PIPE_CLOSED = 141
_TERMINATED = 143
_UNUSABLE = 2
_EXIT_CODES: tuple[tuple[type[TouchlineError], int], ...] = (
    (CassetteError, 4),
    (RunStopped, 3),
    (ExtractionFailed, 1),
    (TouchlineError, 2),
)


class _Program(TyperGroup):
    """All commands; whoever reads their output may stop reading it."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]  # typer's own context
        """Run the command; end in silence where nobody reads on, as `cat` does."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except BrokenPipeError:
            # What is still buffered goes nowhere; Python would complain about it at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(_PIPE_CLOSED)


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
    terminated: list[int] = []

    def terminate(number: int, _frame: FrameType | None) -> None:
        """End as an interrupt does: asyncio cancels its tasks then, and files close."""
        terminated.append(number)
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in a job in the background
            sys.exit(_TERMINATED)
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
        code = _TERMINATED
    sys.exit(code)


def _code_of_run() -> int:
    """Run the command; give the exit code of an error of ours, which is told on stderr."""
    try:
        app(prog_name="touchline")
    except TouchlineError as error:
        say(error)
        return next(code for kind, code in _EXIT_CODES if isinstance(error, kind))
    except OSError as error:
        say(error)
        return _UNUSABLE
    return 0
