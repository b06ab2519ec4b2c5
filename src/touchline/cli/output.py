"""Where results go: tables or JSON, to stdout or into a file, with messages on stderr."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TextIO

from touchline.cassette_diff import printable
from touchline.errors import InvalidInput

if TYPE_CHECKING:
    from types import TracebackType

    from rich.console import Console

    from touchline.batch import Outcome
    from touchline.extraction import Extraction

__all__ = ["Output", "ReplacedFile", "say", "show"]

_WIDTH = 100  # of a table that no terminal limits
_SOME_FAILED = 1
_CASSETTE_FAILED = 4
_MODE = 0o666


def say(message: object) -> None:
    """Write a message to stderr, with what a terminal would obey written out."""
    sys.stderr.write(f"touchline: {_harmless(str(message))}\n")


def show(line: str) -> None:
    """Write a line of result to stdout, with what a terminal would obey written out."""
    sys.stdout.write(f"{_harmless(line)}\n")


def _harmless(text: str) -> str:
    return "\n".join(map(printable, text.split("\n")))


class Output:
    """Takes outcomes one by one and writes them in one of the formats.

    Attributes:
        code: the exit code so far: 0, 1 for partial or failed articles, 4 for failed cassettes.

    Raises:
        InvalidInput: the file cannot be written; known before the first article is read.
    """

    def __init__(self, form: str, *, path: Path | None, with_text: bool) -> None:
        self.code = 0
        self._form = form
        self._with_text = with_text
        self._count = 0
        self._progressed = False
        self._file = ReplacedFile(path) if path else None
        self._stream = self._file.stream if self._file else sys.stdout
        self._console: Console | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the array and the file, also after a stop: nothing read is lost."""
        if self._progressed:
            sys.stderr.write("\n")
        if isinstance(error, BrokenPipeError):
            return
        if error is not None and not self._count:
            if self._file is not None:
                self._file.discard()
            return
        if self._form == "json":
            self._stream.write("\n]\n" if self._count else "[]\n")
        self._stream.flush()
        if self._file is not None:
            self._file.replace()
        if error is not None:
            say(f"stopped after {self._count} articles")

    def write(self, outcome: Outcome) -> None:
        """Write one result."""
        extraction = outcome.extraction
        self._count += 1
        if outcome.error is not None:
            self.code = _CASSETTE_FAILED
            say(outcome.error)
        elif extraction.state in {"partial", "failed"}:
            self.code = max(self.code, _SOME_FAILED)
        if self._form == "table":
            self._print(extraction)
        else:
            self._dump(extraction if self._with_text else extraction.without_text())
        self._progress()

    def _print(self, extraction: Extraction) -> None:
        from touchline.report import print_extraction

        if self._console is None:
            from rich.console import Console

            plain: dict[str, Any] = {"width": _WIDTH, "force_terminal": False}
            self._console = Console(
                file=self._stream,
                markup=False,
                highlight=False,
                emoji=False,
                **({} if self._stream.isatty() else plain),
            )
        if self._stream.isatty():
            print_extraction(extraction, self._console)
            return
        with self._console.capture() as captured:
            print_extraction(extraction, self._console)
        # Tables come padded to their width, which is of no use in a file.
        self._stream.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines())

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
            sys.stderr.write(f"\r{self._count} articles")
            sys.stderr.flush()
            self._progressed = True


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
        self.stream.close()
        if self._temporary is not None:
            self._temporary.unlink(missing_ok=True)


def _umask() -> int:
    """The rights that new files lack; there is no other way to ask than to set them."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
