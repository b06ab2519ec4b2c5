"""`touchline prompts`: check, show, compare and copy the prompt set."""

from __future__ import annotations

import shutil
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchline.cli import arguments
from touchline.cli.codes import ExitCode
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
        raise typer.Exit(ExitCode.UNUSABLE)
    show(
        f"{_near(found.folder)}: prompt {found.fingerprint}, {len(found.examples)} examples hold, "
        f"about {found.estimated_tokens} tokens before the article"
    )


@app.command("show")
def show_(
    article: Annotated[
        str, typer.Argument(metavar="ARTICLE", help="An article, as for `touchline extract`.")
    ],
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
        sys.stdout.write(f"{_body(prompt, settings.with_hosted_model('show'))}\n")
        return
    for sent in prompt.messages:
        sys.stdout.write(f"## {sent.role}\n\n{sent.content}\n\n")


@app.command()
def copy(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to; it must not exist yet.")],
) -> None:
    """Copy the packaged prompts to a folder, to be edited there and used with --prompts."""
    from touchline.prompts import packaged_prompts

    if folder.exists():
        message = f"`{folder}` exists already; nothing was copied"
        raise InvalidInput(message)
    shutil.copytree(packaged_prompts(), folder)
    show(f"{folder}: edit the files in it, then `touchline prompts check --prompts {folder}`")


@app.command()
def diff(
    old: Annotated[
        Path | None,
        typer.Argument(metavar="OLD", help="A prompt folder; without it, the prompts in force."),
    ] = None,
    new: Annotated[
        Path | None,
        typer.Argument(
            metavar="NEW",
            help="The one to compare with it; without both, the prompts in force are compared "
            "with git's last commit of them.",
        ),
    ] = None,
    *,
    prompts: arguments.Prompts = None,
) -> None:
    """Show what an edit changes in what is sent: the rendered text, tokens and fingerprint.

    One folder is the new one. Outside of git the prompts in force are compared with the packaged.
    """
    from touchline.settings import Settings

    if prompts is not None and new is not None:
        message = "with two folders, `--prompts` has no place: only these two are compared"
        raise InvalidInput(message)
    if old is not None and new is not None:
        _compare(_prompts(old), _prompts(new))
        return
    in_force = _prompts(prompts, Settings.load())
    if old is None:
        _compare_committed(in_force)
    else:
        _compare(_other(in_force, old), _prompts(old))


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


def _prompts(folder: Path | None, settings: Settings | None = None) -> Prompts:
    """The prompt set of the folder named, else of the settings, else the packaged."""
    from touchline.prompts import Prompts

    return Prompts(folder or (settings.prompts if settings else None))


def _other(in_force: Prompts, mine: Path) -> Prompts:
    """What a folder is compared with: the prompts in force, or the packaged where it is these."""
    from touchline.prompts import Prompts

    return Prompts() if in_force.folder.resolve() == mine.resolve() else in_force


def _compare_committed(in_force: Prompts) -> None:
    """Compare the prompts in force with git's last commit of them, else with the packaged."""
    from touchline.errors import PromptError
    from touchline.promptdiff import committed

    with ExitStack() as stack:
        try:
            before = stack.enter_context(committed(in_force.folder))
        except PromptError as error:
            say(f"{error}; compared with the packaged prompts")
            before = None
        _compare(_prompts(before), in_force)


def _compare(old: Prompts, new: Prompts) -> None:
    """Print how two prompt sets differ."""
    from touchline.promptdiff import difference

    changed = difference(old, new)
    for line in changed.lines:
        show(line)
    (was, now), (fewer, more) = changed.fingerprints, changed.tokens
    if was == now and not changed.lines:
        show(f"no difference: prompt {now}")
    elif not changed.lines:
        show(f"no difference in what is sent: prompt {was} -> {now}")
    else:
        show(f"prompt {was} -> {now}, about {fewer} -> {more} tokens before the article")


def _near(folder: Path) -> Path:
    """A folder as it is called from here, where that is shorter."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder
