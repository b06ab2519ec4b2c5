"""`touchline extract`: articles in, coaching events out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from touchline.errors import InvalidInput
from touchline.options import RecordMode, WireStyle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchline.api import Reader
    from touchline.cli.output import Output
    from touchline.documents import BadRecord, Document
    from touchline.options import Options

__all__ = ["Format", "extract"]

Format = Literal["table", "json", "jsonl"]


def extract(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            help="Articles: .txt or .md, a .json document (id, text, title, url, published, "
            "language), .jsonl with one a line, or - for text on standard input.",
        ),
    ],
    *,
    published: Annotated[
        str | None, typer.Option(help="Day of publication, YYYY-MM-DD; relative dates need it.")
    ] = None,
    language: Annotated[str | None, typer.Option(help="Language of the text, such as it.")] = None,
    model: Annotated[str | None, typer.Option(help="The model's name at the server.")] = None,
    base_url: Annotated[
        str | None, typer.Option(help="An OpenAI-compatible server, up to and with /v1.")
    ] = None,
    style: Annotated[
        WireStyle | None, typer.Option(help="How the output schema is put to the server.")
    ] = None,
    prompts: Annotated[
        Path | None, typer.Option(help="A prompt folder in place of the packaged one.")
    ] = None,
    cassettes: Annotated[
        Path | None, typer.Option(help="A folder of recorded answers, to replay or to record.")
    ] = None,
    record: Annotated[
        RecordMode | None,
        typer.Option(
            help="none: replay only; new: record what has no cassette; all: record again."
        ),
    ] = None,
    deadline: Annotated[
        float | None, typer.Option(help="Seconds for one article, waits and re-asks included.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, max=256, help="Articles in flight at once.")] = 8,
    format: Annotated[
        Format,
        typer.Option("--format", help="table for people; json: one array; jsonl: one a line."),
    ] = "table",
    output: Annotated[
        Path | None, typer.Option(help="Write the result here, whole or not at all.")
    ] = None,
    text: Annotated[
        bool, typer.Option("--text/--no-text", help="Whether JSON carries the article's text.")
    ] = True,
) -> None:
    r"""Read articles and print their coaching events with evidence.

    \b
    touchline extract article.txt --published 2024-03-12
    touchline extract samples/ascoli-carrera.txt --cassettes cassettes
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
    }
    reader = Reader(model, **options)
    documents = list_inputs(paths, published, language)
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
    paths: list[str], published: str | None, language: str | None
) -> Iterator[Document | BadRecord]:
    """The documents of all paths, in order, read as they are needed.

    Raises:
        InvalidInput: a path does not exist, `published` is no date, or two articles share an id.
    """
    from touchline.documents import parse_published

    fields: dict[str, object] = {}
    if published is not None:
        fields["published"] = parse_published(published)
    if language is not None:
        fields["language"] = language
    for path in paths:
        if path != "-" and not Path(path).is_file():
            message = f"`{path}` is no file"
            raise InvalidInput(message)
    return _documents(paths, fields)


def _documents(paths: list[str], fields: dict[str, object]) -> Iterator[Document | BadRecord]:
    from touchline.documents import Document

    seen: dict[str, str] = {}
    for path in paths:
        for document in _of_path(path, fields):
            if isinstance(document, Document):
                if document.id in seen:
                    where = f"`{seen[document.id]}` and `{path}`"
                    sys.stderr.write(
                        f"touchline: two articles have the id `{document.id}`: {where}\n"
                    )
                seen[document.id] = path
            yield document


def _of_path(path: str, fields: dict[str, object]) -> Iterator[Document | BadRecord]:
    """The documents of one path, or the one on standard input."""
    from touchline.documents import Document, read_documents

    if path == "-":
        yield Document.from_bytes(sys.stdin.buffer.read(), **fields)
    else:
        yield from read_documents(path, **fields)
