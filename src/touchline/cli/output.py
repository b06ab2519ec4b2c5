"""Where results go: tables or JSON, to stdout or whole into a file, with progress on stderr."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Self, TextIO

if TYPE_CHECKING:
    from types import TracebackType

    from touchline.batch import Outcome
    from touchline.extraction import Extraction

__all__ = ["Output", "write_whole"]

_WIDTH = 100  # of a table that no terminal limits
_SOME_FAILED = 1
_CASSETTE_FAILED = 4


class Output:
    """Takes outcomes one by one and writes them in one of the formats.

    Attributes:
        code: the exit code so far: 0, 1 for partial or failed articles, 4 for failed cassettes.
    """

    def __init__(self, form: str, *, path: Path | None, with_text: bool) -> None:
        self.code = 0
        self._form = form
        self._path = path
        self._with_text = with_text
        self._count = 0
        self._stream: TextIO = io.StringIO() if path else sys.stdout
        if not path and isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the array and write the file, also after a stop: nothing read is lost."""
        if self._form == "json":
            self._stream.write("\n]\n" if self._count else "[]\n")
        if self._path is not None and isinstance(self._stream, io.StringIO):
            write_whole(self._path, self._stream.getvalue())
        else:
            self._stream.flush()
        if error is not None and self._count:
            sys.stderr.write(f"touchline: stopped after {self._count} articles\n")

    def write(self, outcome: Outcome) -> None:
        """Write one result."""
        extraction = outcome.extraction
        self._count += 1
        if outcome.error is not None:
            self.code = _CASSETTE_FAILED
            sys.stderr.write(f"touchline: {outcome.error}\n")
        elif extraction.state in {"partial", "failed"}:
            self.code = max(self.code, _SOME_FAILED)
        if self._form == "table":
            self._print(extraction)
        else:
            self._dump(extraction if self._with_text else extraction.without_text())
        self._progress()

    def _print(self, extraction: Extraction) -> None:
        from rich.console import Console

        from touchline.report import print_extraction

        width = None if self._stream.isatty() else _WIDTH
        console = Console(
            file=self._stream, width=width, markup=False, highlight=False, emoji=False
        )
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
        if sys.stderr.isatty() and (self._path is not None or not sys.stdout.isatty()):
            sys.stderr.write(f"\r{self._count} articles")
            sys.stderr.flush()


def write_whole(path: Path, content: str) -> None:
    """Write a file so that it holds its old content or the new one, never half of it.

    Raises:
        OSError: the folder cannot be written.
    """
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)
