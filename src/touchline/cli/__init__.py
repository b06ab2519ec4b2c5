"""The command line: arguments in, results on stdout, everything else on stderr.

Commands are nouns with verbs, one file each; errors become exit codes in one place, here. Modules
that cost time to load are imported inside the commands, so that `--help` answers at once.
"""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from touchline.cli.cassettes import app as cassettes
from touchline.cli.doctor import doctor
from touchline.cli.eval import evaluate_command
from touchline.cli.extract import extract
from touchline.cli.prompts import app as prompts
from touchline.cli.schema import schema
from touchline.errors import CassetteError, ExtractionFailed, RunStopped, TouchlineError

if TYPE_CHECKING:
    from types import FrameType

__all__ = ["app", "main"]

_TERMINATED = 143
_UNUSABLE = 2
_EXIT_CODES: tuple[tuple[type[TouchlineError], int], ...] = (
    (CassetteError, 4),
    (RunStopped, 3),
    (ExtractionFailed, 1),
    (TouchlineError, 2),
)

app = typer.Typer(
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
    signal.signal(signal.SIGTERM, _terminated)
    try:
        app()
    except TouchlineError as error:
        sys.stderr.write(f"touchline: {error}\n")
        sys.exit(next(code for kind, code in _EXIT_CODES if isinstance(error, kind)))
    except OSError as error:
        sys.stderr.write(f"touchline: {error}\n")
        sys.exit(_UNUSABLE)


def _terminated(_signal: int, _frame: FrameType | None) -> None:
    """A polite request to end is an exception like any other, so that files close."""
    sys.exit(_TERMINATED)
