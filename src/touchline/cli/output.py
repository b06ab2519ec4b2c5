"""Where results go: tables or JSON, to stdout or into a file, with messages on stderr."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TextIO

from touchline.cli.codes import ExitCode
from touchline.errors import ConfigurationError, InvalidInput
from touchline.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from rich.console import Console

    from touchline.batch import Outcome
    from touchline.extraction import Extraction

__all__ = ["STDOUT", "Output", "ReplacedFile", "printing", "replaced", "say", "show", "writing"]

STDOUT = "standard output"

_WIDTH = 100  # columns of a table that no terminal limits
_MODE = 0o666


def say(message: object) -> None:
    """Write a message to stderr, with what a terminal would obey written out."""
    sys.stderr.write(f"touchline: {_harmless(str(message))}\n")


def show(line: str) -> None:
    """Write a line of result to stdout, with what a terminal would obey written out."""
    with writing(STDOUT):
        sys.stdout.write(f"{_harmless(line)}\n")


@contextlib.contextmanager
def writing(name: str) -> Iterator[None]:
    """Name what cannot be written; a closed pipe is seen to where the program ends.

    Raises:
        InvalidInput: the disk is full, or what stands behind the file is broken.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        message = f"{name} cannot be written: {error.strerror or error}"
        raise InvalidInput(message) from None


def _harmless(text: str) -> str:
    return "\n".join(map(printable, text.split("\n")))


class Output:
    """Takes outcomes one by one and writes them in one of the formats.

    Attributes:
        code: the exit code so far: DONE, SOME_FAILED for articles, CASSETTE for failed cassettes.

    Raises:
        InvalidInput: the file cannot be written; known before the first article is read.
    """

    def __init__(self, form: str, *, path: Path | None, with_text: bool) -> None:
        self.code = ExitCode.DONE
        self._form = form
        self._with_text = with_text
        self._count = 0
        self._progressed = False
        self._path = path
        self._written = True
        self._file = ReplacedFile(path) if path else None
        self._stream = self._file.stream if self._file else sys.stdout

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the array and the file, also after a stop: nothing read is lost.

        Raises:
            InvalidInput: the file cannot be written; its old content stands.
        """
        if self._progressed:
            sys.stderr.write("\n")
        if self._written and (error is None or self._count):
            self._finish()
        elif self._file is not None:
            self._file.discard()
        if error is not None and self._written:
            self._tell_stop(error)

    def _finish(self) -> None:
        with self._writing():
            if self._form == "json":
                self._stream.write("\n]\n" if self._count else "[]\n")
            self._stream.flush()
            if self._file is not None:
                self._file.replace()

    def _tell_stop(self, error: BaseException) -> None:
        """Say how far the run came; that the settings are wrong tells enough by itself."""
        if self._count:
            say(f"stopped after {_articles(self._count)}")
        elif not isinstance(error, ConfigurationError):
            say("stopped before the first article")

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Name the file in an error of writing, and remember that it cannot be written."""
        try:
            with writing(f"`{self._path}`" if self._path else STDOUT):
                yield
        except (BrokenPipeError, InvalidInput):
            self._written = False
            if self._file is not None:
                self._file.discard()
            raise

    def write(self, outcome: Outcome) -> None:
        """Write one result.

        Raises:
            InvalidInput: the file or stdout cannot be written.
        """
        extraction = outcome.extraction
        if outcome.error is not None:
            self.code = ExitCode.CASSETTE
            say(outcome.error)
        elif extraction.state in {"partial", "failed"}:
            self.code = max(self.code, ExitCode.SOME_FAILED)
        self._count += 1
        with self._writing():
            if self._form == "table":
                self._print(extraction)
            else:
                self._dump(extraction if self._with_text else extraction.without_text())
        self._progress()

    def _print(self, extraction: Extraction) -> None:
        from touchline.report import print_extraction

        with printing(self._stream, width=_WIDTH) as console:
            print_extraction(extraction, console)

    def _dump(self, extraction: Extraction) -> None:
        if self._form == "jsonl":
            self._stream.write(extraction.model_dump_json() + "\n")
            self._stream.flush()
            return
        self._stream.write("[\n" if self._count == 1 else ",\n")
        self._stream.write(extraction.model_dump_json(indent=1))

    def _progress(self) -> None:
        """A running count on a terminal, where the results do not show it themselves."""
        if sys.stderr.isatty() and (self._file is not None or not sys.stdout.isatty()):
            sys.stderr.write(f"\r{_articles(self._count)}")
            sys.stderr.flush()
            self._progressed = True


def _articles(count: int) -> str:
    return f"{count} article{'' if count == 1 else 's'}"


@contextlib.contextmanager
def printing(stream: TextIO, *, width: int) -> Iterator[Console]:
    """Give a console that prints to a stream, plainly where that is no terminal.

    Args:
        stream: where it goes.
        width: columns of a page that no terminal limits.
    """
    from rich.console import Console

    on_terminal = stream.isatty()
    # Away from a terminal rich does not see the stream: it would exit at a closed pipe.
    page = stream if on_terminal else io.StringIO()
    plain: dict[str, Any] = {} if on_terminal else {"width": width, "force_terminal": False}
    yield Console(file=page, markup=False, highlight=False, emoji=False, **plain)
    if isinstance(page, io.StringIO):  # tables come padded, which is of no use in a file
        stream.writelines(f"{line.rstrip()}\n" for line in page.getvalue().splitlines())


@contextlib.contextmanager
def replaced(path: Path) -> Iterator[TextIO]:
    """Give a stream for the new content of a file, which is put in place if the block ends well.

    Raises:
        InvalidInput: the file cannot be written; known before the block begins, but for a full
            disk. The old content stands.
    """
    file = ReplacedFile(path)
    try:
        with writing(f"`{path}`"):
            yield file.stream
            file.replace()
    except BaseException:
        file.discard()
        raise


class ReplacedFile:
    """A file that holds its old content until the new one is whole.

    What is written goes to a file beside it, which takes its place at the end. A device, such as
    `/dev/null`, is written to as it is. A symbolic link stays, and its target is replaced.

    Raises:
        InvalidInput: the folder does not exist or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = Path(os.path.realpath(path))
        self._temporary: Path | None = None
        try:
            if self._path.exists() and not self._path.is_file():
                self.stream: TextIO = self._path.open("w", encoding="utf-8", newline="\n")
                return
            self.stream = tempfile.NamedTemporaryFile(  # type: ignore[assignment]  # noqa: SIM115
                "w",
                encoding="utf-8",
                newline="\n",
                dir=self._path.parent,
                prefix=f".{self._path.name[:100]}.",
                delete=False,
            )
        except OSError as error:
            message = f"`{path}` cannot be written: {error.strerror or error}"
            raise InvalidInput(message) from None
        self._temporary = Path(self.stream.name)

    def replace(self) -> None:
        """Put the new content in place.

        Raises:
            OSError: the disk is full or the folder is gone; the old content stands.
        """
        if self._temporary is None:
            self.stream.close()
            return
        try:
            self.stream.flush()
            os.fsync(self.stream.fileno())
            self.stream.close()
            self._temporary.chmod(_MODE & ~_umask())
            self._temporary.replace(self._path)
        except BaseException:
            self.discard()
            raise

    def discard(self) -> None:
        """Leave the old content as it is."""
        with contextlib.suppress(OSError):  # what cannot be written is not wanted
            self.stream.close()
        if self._temporary is not None:
            self._temporary.unlink(missing_ok=True)


def _umask() -> int:
    """The rights that new files lack; there is no other way to ask than to set them."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
