"""Options that several commands share, each said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from touchline.options import RecordMode, WireStyle

__all__ = [
    "BaseUrl",
    "Cassettes",
    "Deadline",
    "Jobs",
    "Language",
    "Model",
    "Output",
    "Paths",
    "Prefilter",
    "Prompts",
    "Published",
    "Record",
    "Style",
    "WithText",
]

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...",
        help="Articles: .txt or .md, a .json document (id, text, title, url, published, "
        "language), .jsonl with one a line, or - for text on standard input.",
    ),
]
Published = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Day of publication, YYYY-MM-DD; relative dates need it."),
]
Language = Annotated[
    str | None, typer.Option(metavar="TAG", help="Language of the text, such as it.")
]
Model = Annotated[str | None, typer.Option(metavar="NAME", help="The model's name at the server.")]
BaseUrl = Annotated[
    str | None,
    typer.Option(metavar="URL", help="An OpenAI-compatible server, up to and with /v1."),
]
Style = Annotated[
    WireStyle | None, typer.Option(help="How the output schema is put to the server.")
]
Prompts = Annotated[
    Path | None,
    typer.Option("--prompts", metavar="DIR", help="A prompt folder in place of the packaged one."),
]
Cassettes = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="A folder of recorded answers, to replay or to record."),
]
Record = Annotated[
    RecordMode | None,
    typer.Option(help="none: replay only; new: record what has no cassette; all: record again."),
]
Prefilter = Annotated[
    bool | None,
    typer.Option(
        "--prefilter/--no-prefilter", help="Skip articles without a coaching word, unasked."
    ),
]
Deadline = Annotated[
    float | None,
    typer.Option(metavar="SECONDS", help="Seconds for one article, waits and re-asks included."),
]
Jobs = Annotated[int, typer.Option(metavar="N", min=1, max=256, help="Articles in flight at once.")]
Output = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Write the result here; an old file stands until the new one is whole.",
    ),
]
WithText = Annotated[
    bool, typer.Option("--text/--no-text", help="Whether JSON carries the article's text.")
]
