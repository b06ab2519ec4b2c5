"""`touchline prompts`: check, show and copy the prompt set."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchline.errors import InvalidInput

if TYPE_CHECKING:
    from touchline.prompts import Prompts

__all__ = ["app"]

app = typer.Typer(
    help="The prompts: check them, see what is sent, make your own.", rich_markup_mode=None
)

_Folder = Annotated[
    Path | None, typer.Option("--prompts", help="A prompt folder in place of the packaged one.")
]


@app.command()
def check(*, prompts: _Folder = None) -> None:
    """Prove the prompt set: templates render, and each example's quotes stand in its own text."""
    from touchline.promptcheck import check_prompts

    found = _prompts(prompts)
    problems = check_prompts(found)
    for problem in problems:
        typer.echo(f"{found.folder / problem.file}: {problem.why}", err=True)
    if problems:
        raise typer.Exit(2)
    typer.echo(
        f"{found.folder}: prompt {found.fingerprint}, {len(found.examples)} examples hold, "
        f"about {found.estimated_tokens} tokens before the article"
    )


@app.command()
def show(
    article: Annotated[str, typer.Argument(help="An article, as for `touchline extract`.")],
    *,
    published: Annotated[str | None, typer.Option(help="Day of publication, YYYY-MM-DD.")] = None,
    prompts: _Folder = None,
    part: Annotated[int, typer.Option(min=1, help="Which part of a long article.")] = 1,
) -> None:
    """Print the exact messages that are sent for an article."""
    from touchline.cli.extract import list_inputs
    from touchline.documents import Document
    from touchline.parts import split
    from touchline.settings import Settings

    document = next(list_inputs([article], published, None))
    if not isinstance(document, Document):
        message = f"{document.source}: {document.why}"
        raise InvalidInput(message)
    parts = split(document.visible.text, Settings.load().max_chars)
    if part > len(parts):
        message = f"the article has {len(parts)} parts, and no part {part}"
        raise InvalidInput(message)
    for sent in _prompts(prompts).render(document, parts[part - 1]).messages:
        typer.echo(f"## {sent.role}\n\n{sent.content}\n")


@app.command()
def copy(folder: Annotated[Path, typer.Argument(help="Where to; it must not exist yet.")]) -> None:
    """Copy the packaged prompts to a folder, to be edited there and used with --prompts."""
    from touchline.prompts import packaged_prompts

    if folder.exists():
        message = f"`{folder}` exists already; nothing was copied"
        raise InvalidInput(message)
    shutil.copytree(packaged_prompts(), folder)
    typer.echo(f"{folder}: edit the files in it, then `touchline prompts check --prompts {folder}`")


def _prompts(folder: Path | None) -> Prompts:
    """The prompt set in force: of the folder named, else of the settings, else the packaged."""
    from touchline.prompts import Prompts
    from touchline.settings import Settings

    return Prompts(folder or Settings.load().prompts)
