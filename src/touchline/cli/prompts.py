"""`touchline prompts`: check, show, compare and copy the prompt set."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchline.cli import arguments
from touchline.cli.output import say, show
from touchline.errors import InvalidInput

if TYPE_CHECKING:
    from touchline.prompts import Prompt, Prompts
    from touchline.settings import Settings

__all__ = ["app"]

app = typer.Typer(
    help="The prompts: check them, see what is sent, make your own.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_UNPROVED = 2


@app.command()
def check(*, prompts: arguments.Prompts = None) -> None:
    """Prove the prompt set: templates render, and each example's quotes stand in its own text."""
    from touchline.promptcheck import check_prompts
    from touchline.settings import Settings

    found = _prompts(prompts, Settings.load())
    problems = check_prompts(found)
    for problem in problems:
        say(f"`{found.folder / problem.file}`: {problem.why}")
    if problems:
        raise typer.Exit(_UNPROVED)
    show(
        f"{_near(found.folder)}: prompt {found.fingerprint}, {len(found.examples)} examples hold, "
        f"about {found.estimated_tokens} tokens before the article"
    )


@app.command("show")
def show_(
    article: Annotated[str, typer.Argument(help="An article, as for `touchline extract`.")],
    *,
    published: arguments.Published = None,
    language: arguments.Language = None,
    model: arguments.Model = None,
    base_url: arguments.BaseUrl = None,
    style: arguments.Style = None,
    prompts: arguments.Prompts = None,
    part: Annotated[int, typer.Option(min=1, help="Which part of a long article.")] = 1,
    as_json: Annotated[
        bool, typer.Option("--json", help="The request's body, byte for byte, schema included.")
    ] = False,
) -> None:
    """Print the exact messages that are sent for an article; nothing is sent."""
    from touchline.settings import Settings

    settings = Settings.load(model, {"base_url": base_url, "style": style, "prompts": prompts})
    prompt = _rendered(article, published, language, settings=settings, part=part)
    if as_json:
        sys.stdout.write(f"{_body(prompt, settings.with_model())}\n")
        return
    for sent in prompt.messages:
        sys.stdout.write(f"## {sent.role}\n\n{sent.content}\n\n")


@app.command()
def copy(folder: Annotated[Path, typer.Argument(help="Where to; it must not exist yet.")]) -> None:
    """Copy the packaged prompts to a folder, to be edited there and used with --prompts."""
    from touchline.prompts import packaged_prompts

    if folder.exists():
        message = f"`{folder}` exists already; nothing was copied"
        raise InvalidInput(message)
    shutil.copytree(packaged_prompts(), folder)
    show(f"{folder}: edit the files in it, then `touchline prompts check --prompts {folder}`")


def _rendered(
    article: str, published: str | None, language: str | None, *, settings: Settings, part: int
) -> Prompt:
    """The request for one part of an article.

    Raises:
        InvalidInput: there is no such article, or it has no such part.
    """
    from touchline.cli.extract import list_inputs
    from touchline.documents import Document
    from touchline.parts import split

    document = next(list_inputs([article], published=published, language=language), None)
    if not isinstance(document, Document):
        message = f"{document.source}: {document.why}" if document else f"`{article}` is empty"
        raise InvalidInput(message)
    parts = split(document.visible.text, settings.max_chars)
    if part > len(parts):
        message = f"the article has {len(parts)} parts, and no part {part}"
        raise InvalidInput(message)
    return _prompts(None, settings).render(document, parts[part - 1])


def _body(prompt: Prompt, settings: Settings) -> str:
    """The body of the first request."""
    from touchline.wire import request_body, request_parameters

    parameters = request_parameters(settings)
    return request_body(prompt, style=settings.wire_style, parameters=parameters).decode()


def _prompts(folder: Path | None, settings: Settings) -> Prompts:
    """The prompt set in force: of the folder named, else of the settings, else the packaged."""
    from touchline.prompts import Prompts

    return Prompts(folder or settings.prompts)


@app.command()
def diff(
    old: Annotated[
        Path | None, typer.Argument(help="A prompt folder; without one, git's last commit.")
    ] = None,
    new: Annotated[
        Path | None, typer.Argument(help="Another; without one, the prompts in force.")
    ] = None,
) -> None:
    """Show what an edit changes in what is sent: the rendered text, tokens and fingerprint."""
    from touchline.promptdiff import committed, difference
    from touchline.prompts import Prompts
    from touchline.settings import Settings

    after = _prompts(new, Settings.load())
    if old is not None:
        changed = difference(Prompts(old), after)
    else:
        with committed(after.folder) as before:
            changed = difference(Prompts(before), after)
    for line in changed.lines:
        show(line)
    (was, now), (fewer, more) = changed.fingerprints, changed.tokens
    show(f"prompt {was} -> {now}, about {fewer} -> {more} tokens before the article")


def _near(folder: Path) -> Path:
    """A folder as it is called from here, where that is shorter."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder
