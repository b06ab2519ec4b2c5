"""`touchline extract`: articles in, coaching events out."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from touchline.cli import arguments
from touchline.cli.output import say
from touchline.errors import InvalidDocument, InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from touchline.api import Reader
    from touchline.cli.output import Output
    from touchline.documents import BadRecord, Document
    from touchline.options import Options

__all__ = ["Format", "extract", "list_inputs", "warnings_told"]

Format = Literal["table", "json", "jsonl"]
_Format = Annotated[
    Format, typer.Option("--format", help="table for people; json: one array; jsonl: one a line.")
]
_ANOTHER_ID = "They would share a cassette: give one of them another `id`, or its file another name"


def extract(
    paths: arguments.Paths,
    *,
    published: arguments.Published = None,
    language: arguments.Language = None,
    model: arguments.Model = None,
    base_url: arguments.BaseUrl = None,
    style: arguments.Style = None,
    prompts: arguments.Prompts = None,
    cassettes: arguments.Cassettes = None,
    record: arguments.Record = None,
    deadline: arguments.Deadline = None,
    prefilter: arguments.Prefilter = None,
    jobs: arguments.Jobs = 8,
    format: _Format = "table",
    output: arguments.Output = None,
    text: arguments.WithText = True,
) -> None:
    """Read articles and print their coaching events with evidence.

    For example: touchline extract article.txt --published 2024-03-12
    """
    import asyncio

    from touchline.api import Reader
    from touchline.cli.output import Output

    options: Options = {
        "base_url": base_url,
        "style": style,
        "prompts": prompts,
        "cassettes": cassettes,
        "record": record,
        "deadline": deadline,
        "prefilter": prefilter,
    }
    reader = Reader(model, **options)
    unique = reader.settings.cassettes is not None
    documents = list_inputs(paths, published=published, language=language, unique=unique)
    with warnings_told(), Output(format, path=output, with_text=text) as sink:
        asyncio.run(_read(reader, documents, sink, jobs))
    if sink.code:
        raise typer.Exit(sink.code)


async def _read(
    reader: Reader, documents: Iterator[Document | BadRecord], sink: Output, jobs: int
) -> None:
    from touchline.batch import read_all

    async for outcome in read_all(reader, documents, jobs=jobs):
        sink.write(outcome)


@contextmanager
def warnings_told() -> Iterator[None]:
    """Tell on stderr what the library warns of inside the block, as messages of the program."""
    import logging

    log, handler = logging.getLogger("touchline"), logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("touchline: %(message)s"))
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


def list_inputs(
    paths: list[str],
    *,
    published: str | None = None,
    language: str | None = None,
    unique: bool = False,
) -> Iterator[Document | BadRecord]:
    """The documents of all paths, in order, read as they are needed.

    Args:
        paths: files, or `-` for standard input.
        published: day of publication of each, `YYYY-MM-DD`.
        language: BCP 47 tag of each.
        unique: whether an id that two of them share is an error, at once where the names of text
            files show it, else when the second one is due. Otherwise it is told on stderr.

    Raises:
        InvalidInput: a path is no readable file, `published` is no date, or see `unique`.
    """
    from touchline.documents import parse_published

    fields: dict[str, object] = {}
    if published is not None:
        fields["published"] = parse_published(published)
    if language is not None:
        fields["language"] = language
    for path in paths:
        if path != "-":
            _check_readable(path)
    if unique:
        _check_names(paths)
    return _documents(paths, fields, unique=unique)


def _check_readable(path: str) -> None:
    """Refuse what cannot be read before anything is sent."""
    if Path(path).is_dir():
        message = f"`{path}` is a folder; name the files in it"
    elif not Path(path).exists():
        message = f"`{path}` does not exist"
    elif not os.access(path, os.R_OK):
        message = f"`{path}` cannot be read: permission denied"
    else:
        return
    raise InvalidInput(message)


def _check_names(paths: list[str]) -> None:
    """Refuse text files that share their name, which is their id."""
    seen: dict[str, str] = {}
    for path in paths:
        name = Path(path).stem
        if Path(path).suffix.lower() not in {".txt", ".md"}:
            continue  # the id stands in the file, or there may be no text in it
        if name in seen:
            message = f"{_shared(name, seen[name], path)}. {_ANOTHER_ID}"
            raise InvalidInput(message)
        seen[name] = path


def _shared(name: str, first: str, second: str) -> str:
    return f"two articles have the id `{name[:200]}`: `{first}` and `{second}`"


def _documents(
    paths: list[str], fields: dict[str, object], *, unique: bool
) -> Iterator[Document | BadRecord]:
    from touchline.documents import Document

    seen: dict[str, str] = {}
    for path in paths:
        for place, item in _of_path(path, fields):
            if isinstance(item, Document):
                if item.id in seen:
                    shared = _shared(item.id, seen[item.id], place)
                    if unique:
                        message = f"{shared}. {_ANOTHER_ID}"
                        raise InvalidInput(message)
                    say(shared)
                seen[item.id] = place
            yield item


def _of_path(path: str, fields: dict[str, object]) -> Iterator[tuple[str, Document | BadRecord]]:
    """The documents of one path, or the one on standard input, each with its place."""
    from touchline.documents import BadRecord, Document, read_documents

    if path == "-":
        try:
            yield path, Document.from_bytes(sys.stdin.buffer.read(), **fields)
        except InvalidDocument as error:
            yield path, BadRecord("standard input", str(error), code="not_text")
    elif Path(path).suffix.lower() == ".jsonl":
        yield from _of_lines(path, fields)
    else:
        for item in read_documents(path, **fields):
            yield path, item


def _of_lines(path: str, fields: dict[str, object]) -> Iterator[tuple[str, Document | BadRecord]]:
    """The documents of a `.jsonl` file, each with file and line."""
    from touchline.documents import read_lines

    number = 0

    def numbered(file: Iterable[bytes]) -> Iterator[bytes]:
        nonlocal number
        for line in file:
            number += 1
            yield line

    with Path(path).open("rb") as file:
        for item in read_lines(numbered(file), path, **fields):
            yield f"{path}:{number}", item
