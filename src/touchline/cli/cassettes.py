"""`touchline cassettes`: what is recorded, what is stale, and recording that again."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from touchline.cli import arguments
from touchline.cli.codes import ExitCode
from touchline.cli.output import say, show
from touchline.errors import CassetteCorrupt, CassetteStale, InvalidInput, NoModel
from touchline.options import WireStyle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from touchline.cassettes import Stored
    from touchline.documents import BadRecord, Document
    from touchline.options import Options
    from touchline.settings import Settings

__all__ = ["app", "refresh_hint"]

_OPENAIS = re.compile(r"(ft:)?(gpt-|chatgpt-|o\d)")

app = typer.Typer(
    help="Recorded answers: list, check, refresh.", no_args_is_help=True, rich_markup_mode=None
)

_Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A folder of cassettes.")]


@app.command("list")
def list_(folder: _Folder) -> None:
    """List the cassettes of a folder: article, model, style, prompt, answers."""
    for item in _stored(folder):
        if item.cassette is None:
            show(f"{item.path.name}: {item.error}")
            continue
        label, answers = item.cassette.label, len(item.cassette.exchanges)
        edited = "  edited by hand" if item.cassette.edited else ""
        show(
            f"{item.path.name}  {_line(label.document_id)}  model {_line(label.model or '')}  "
            f"{label.style}  prompt {label.prompt}  {_counted(answers, 'answer')}{edited}"
        )


@app.command()
def check(
    folder: _Folder,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH]...", help="Articles that should replay from the folder."),
    ] = None,
    *,
    published: arguments.Published = None,
    language: arguments.Language = None,
    prompts: arguments.Prompts = None,
) -> None:
    """Name stale and corrupt cassettes and, with articles, unused and missing ones. Exit code 4."""
    from touchline.cli.extract import list_inputs

    compared = list(_compared(folder, prompts))
    inputs = list_inputs(paths or [], published=published, language=language, unique=True)
    empty = f"`{folder}` holds no cassette: there is nothing that could be replayed"
    problems = [
        *(() if compared else (empty,)),
        *_stale_ones(compared, prompts),
        *(_unmatched(folder, compared, inputs) if paths else ()),
    ]
    for problem in problems:
        say(problem)
    if any(changed for _, changed in compared):
        models = [
            item.cassette.label.model for item, changed in compared if changed and item.cassette
        ]
        say(refresh_hint(folder, prompts, models=models))
    if problems:
        raise typer.Exit(ExitCode.CASSETTE)
    show(f"{folder}: {_counted(len(compared), 'cassette')}, all fresh")


@app.command()
def refresh(
    folder: _Folder,
    *,
    prompts: arguments.Prompts = None,
    model: Annotated[
        str | None, typer.Option(help="The model to ask; by default the one recorded.")
    ] = None,
    base_url: arguments.BaseUrl = None,
    style: Annotated[
        WireStyle | None, typer.Option(help="The wire style; by default that recorded.")
    ] = None,
    deadline: arguments.Deadline = None,
    jobs: arguments.Jobs = 8,
) -> None:
    """Record the stale cassettes again, and no others. Sends requests to the model."""
    import asyncio

    from touchline.cli.extract import warnings_told

    compared = list(_compared(folder, prompts))
    stale = [item for item, changed in compared if changed]
    options: Options = {"prompts": prompts, "base_url": base_url, "deadline": deadline}
    options |= {"cassettes": folder, "record": "all"}
    _check_key(stale, model, options)
    again = _record_all(stale, model=model, style=style, options=options, jobs=jobs)
    with warnings_told():
        failed = asyncio.run(again)
    show(f"{folder}: {len(stale) - failed} recorded again")
    corrupt = [item for item, _ in compared if isinstance(item.error, CassetteCorrupt)]
    for item in corrupt:
        say(f"{item.error}")
    if corrupt or failed:
        raise typer.Exit(ExitCode.CASSETTE if corrupt else ExitCode.SOME_FAILED)


def _check_key(stale: Iterable[Stored], model: str | None, options: Options) -> None:
    """Refuse to ask OpenAI's server without a key, before the first request.

    Raises:
        NoModel: there is none; the message names the recorded model and the ways on.
    """
    from touchline.settings import Settings

    for item in stale:
        asked = model or (item.cassette.label.model if item.cassette else None)
        settings = Settings.load(asked, options).with_hosted_model("record with")
        if settings.hosted_by_openai and settings.api_key is None:
            raise NoModel(
                f"there is no key to ask OpenAI's server for `{settings.model}`: set "
                "OPENAI_API_KEY, or name the server with --base-url URL, and with --model NAME "
                "the model as it is called there"
            )


async def _record_all(
    stale: list[Stored],
    *,
    model: str | None,
    style: WireStyle | None,
    options: Options,
    jobs: int,
) -> int:
    """Record again, a few at a time; how many failed."""
    import asyncio

    from touchline.api import Reader, is_outage
    from touchline.documents import Document

    gate = asyncio.Semaphore(jobs)

    async def record(item: Stored) -> bool:
        assert item.cassette is not None
        label = item.cassette.label
        own: Options = {**options, "style": style or cast("WireStyle", label.style)}
        async with gate:
            reader = Reader(model or label.model, **own)
            extraction = await reader.read(Document.from_record(label.article))
        show(f"{item.path.name}: {extraction.state}, {_counted(len(extraction.events), 'event')}")
        return extraction.state == "failed" or is_outage(extraction)

    return sum(await asyncio.gather(*map(record, stale)))


def _stored(folder: Path) -> list[Stored]:
    """What is in a folder.

    Raises:
        InvalidInput: there is no such folder.
    """
    from touchline.cassettes import stored

    if not folder.is_dir():
        message = f"`{folder}` is no folder of cassettes"
        raise InvalidInput(message)
    return stored(folder)


def _line(text: str) -> str:
    return " ".join(text.split())


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def refresh_hint(folder: Path, prompts: Path | None, *, models: Iterable[str | None]) -> str:
    """How stale cassettes are recorded again.

    Args:
        folder: of the cassettes.
        prompts: the prompt folder, if one was named.
        models: those that were recorded. Where one is not OpenAI's, and no server is set, the
            command needs one named: a cassette does not tell its server.
    """
    from touchline.settings import Settings

    options = [] if prompts is None else ["--prompts", str(prompts)]
    command = shlex.join(["touchline", "cassettes", "refresh", str(folder), *options])
    hint = "record the stale ones again with"
    foreign = sorted({name for name in models if name and not _OPENAIS.match(name)})
    if not foreign or Settings.load().base_url is not None:
        return f"{hint} `{command}`"
    return (
        f"{hint} `{command} --model NAME --base-url URL`: they are of `{'`, `'.join(foreign)}`, "
        "and which server that is at no cassette tells"
    )


def _compared(folder: Path, prompts: Path | None) -> Iterator[tuple[Stored, tuple[str, ...]]]:
    """Each cassette with what has changed since it was recorded."""
    from touchline.events import schema_fingerprint
    from touchline.prompts import Prompts
    from touchline.settings import Settings

    found = _stored(folder)
    now = {
        "prompt": Prompts(prompts or Settings.load().prompts).fingerprint,
        "schema": schema_fingerprint(),
    }
    for item in found:
        recorded = item.cassette.label if item.cassette is not None else None
        changed = (name for name in now if recorded and getattr(recorded, name) != now[name])
        yield item, tuple(changed)


def _stale_ones(
    compared: list[tuple[Stored, tuple[str, ...]]], prompts: Path | None
) -> Iterator[str]:
    """A line for each cassette that cannot replay, and one for what was edited."""
    told = False
    for item, changed in compared:
        if item.error is not None:
            yield f"{item.path.name}: {item.error}"
            continue
        if "prompt" in changed and not told:
            told = True
            yield _edit(item, prompts)
        if changed:
            yield f"{item.path.name}: stale, the {' and the '.join(changed)} changed"


def _edit(item: Stored, folder: Path | None) -> str:
    """Which prompt files were edited since a cassette was recorded, and how they differ."""
    from touchline.cassette_diff import text_diff
    from touchline.documents import Document
    from touchline.promptdiff import edits
    from touchline.prompts import Prompts
    from touchline.settings import Settings

    assert item.cassette is not None
    prompts = Prompts(folder or Settings.load().prompts)
    document = Document.from_record(item.cassette.label.article)
    count = len(prompts.head) + 1
    sent = [content for _, content in item.cassette.messages[:count]]
    edited = edits(prompts, document, sent=sent)
    lines = [line for each in edited for line in text_diff(each.before, each.now, name=each.file)]
    told = ", ".join(f"`{prompts.folder.name}/{each.file}`" for each in edited)
    edit = f"{told} edited since: prompt {item.cassette.label.prompt} -> {prompts.fingerprint}"
    return "\n  ".join((edit, *lines))


def _unmatched(
    folder: Path,
    compared: list[tuple[Stored, tuple[str, ...]]],
    inputs: Iterable[Document | BadRecord],
) -> Iterator[str]:
    """A line for each cassette without its article, and the other way round."""
    from touchline.cassettes import cassette_path
    from touchline.cassettes import check as compare
    from touchline.documents import Document
    from touchline.extraction import screened
    from touchline.settings import Settings

    settings = Settings.load()
    documents = [
        item for item in inputs if isinstance(item, Document) and screened(item, settings) is None
    ]
    found = compare(folder, [document.id for document in documents])
    yield from (
        f"{path.name}: unused, none of the articles given is its own" for path in found.unused
    )
    yield from (f"{_line(name)}: no cassette" for name in found.missing)
    known = {item.path: item for item, _ in compared}
    for document in documents:
        item = known.get(cassette_path(folder, document.id))
        if item is not None and (error := _replay_error(item, document, settings)) is not None:
            yield str(error)


def _replay_error(item: Stored, document: Document, settings: Settings) -> CassetteStale | None:
    """Why an article would not replay; prompt and schema, which are told apart, aside."""
    from touchline.cassettes import article_fields, open_tape

    if item.cassette is None:
        return None
    wanted = replace(
        item.cassette.label,
        model=settings.model,
        style=settings.style,
        article=article_fields(document),
    )
    key = settings.api_key.get_secret_value() if settings.api_key else None
    try:
        with open_tape(item.path.parent, wanted, secret=key, loaded=item.cassette):
            return None
    except CassetteStale as error:
        return error
