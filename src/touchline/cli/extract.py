"""`touchline extract`: articles in, coaching events out."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from touchline.cli import arguments
from touchline.cli.output import say
from touchline.errors import InvalidDocument, InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchline.api import Reader
    from touchline.cli.output import Output
    from touchline.documents import BadRecord, Document
    from touchline.options import Options

__all__ = ["Format", "extract", "list_inputs"]

Format = Literal["table", "json", "jsonl"]
_Format = Annotated[
    Format, typer.Option("--format", help="table for people; json: one array; jsonl: one a line.")
]


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
    documents = list_inputs(paths, published=published, language=language)
    with Output(format, path=output, with_text=text) as sink:
        asyncio.run(_read(reader, documents, sink, jobs))
    if sink.code:
        raise typer.Exit(sink.code)


async def _read(
    reader: Reader, documents: Iterator[Document | BadRecord], sink: Output, jobs: int
) -> None:
    from touchline.batch import read_all

    async for outcome in read_all(reader, documents, jobs=jobs):
        sink.write(outcome)


def list_inputs(
    paths: list[str], *, published: str | None = None, language: str | None = None
) -> Iterator[Document | BadRecord]:
    """The documents of all paths, in order, read as they are needed.

    An id that two of them share is reported on stderr.

    Raises:
        InvalidInput: a path is no readable file, or `published` is no date.
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
    return _documents(paths, fields)


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


def _documents(paths: list[str], fields: dict[str, object]) -> Iterator[Document | BadRecord]:
    from touchline.documents import Document

    seen: dict[str, str] = {}
    for path in paths:
        for document in _of_path(path, fields):
            if isinstance(document, Document):
                if document.id in seen:
                    where = f"`{seen[document.id]}` and `{path}`"
                    say(f"two articles have the id `{document.id[:200]}`: {where}")
                seen[document.id] = path
            yield document


def _of_path(path: str, fields: dict[str, object]) -> Iterator[Document | BadRecord]:
    """The documents of one path, or the one on standard input."""
    from touchline.documents import BadRecord, Document, read_documents

    if path != "-":
        yield from read_documents(path, **fields)
        return
    try:
        yield Document.from_bytes(sys.stdin.buffer.read(), **fields)
    except InvalidDocument as error:
        yield BadRecord("standard input", str(error), code="not_text")
