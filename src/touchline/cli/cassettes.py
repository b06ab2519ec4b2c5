"""`touchline cassettes`: what is recorded, what is stale, and recording that again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from touchline.options import WireStyle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchline.cassettes import Stored
    from touchline.options import Options

__all__ = ["app"]

app = typer.Typer(help="Recorded answers: list, check, refresh.", rich_markup_mode=None)

_Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A folder of cassettes.")]
_Prompts = Annotated[
    Path | None, typer.Option("--prompts", help="A prompt folder in place of the packaged one.")
]
_STALE = 4


@app.command("list")
def list_(folder: _Folder) -> None:
    """List the cassettes of a folder: article, model, style, prompt, answers."""
    from touchline.cassettes import stored
    from touchline.report import plain

    for item in stored(folder):
        if item.cassette is None:
            typer.echo(f"{item.path.name}: {item.error}")
            continue
        label, answers = item.cassette.label, len(item.cassette.exchanges)
        edited = "  edited by hand" if item.cassette.edited else ""
        typer.echo(
            f"{item.path.name}  {plain(label.document_id)}  model {plain(label.model or '')}  "
            f"{label.style}  prompt {label.prompt}  {answers} answer{'s' * (answers > 1)}{edited}"
        )


@app.command()
def check(
    folder: _Folder,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH]...", help="Articles that should replay from the folder."),
    ] = None,
    *,
    prompts: _Prompts = None,
) -> None:
    """Name stale and corrupt cassettes and, with articles, unused and missing ones. Exit code 4."""
    problems = [*_stale_ones(folder, prompts), *(_unmatched(folder, paths) if paths else ())]
    for problem in problems:
        typer.echo(problem, err=True)
    if problems:
        typer.echo(
            f"Record the stale ones again with `touchline cassettes refresh {folder}`", err=True
        )
        raise typer.Exit(_STALE)
    typer.echo(f"{folder}: {len(list(folder.glob('*.yaml')))} cassettes, all fresh")


@app.command()
def refresh(
    folder: _Folder,
    *,
    prompts: _Prompts = None,
    model: Annotated[
        str | None, typer.Option(help="The model to ask; by default the one recorded.")
    ] = None,
    base_url: Annotated[str | None, typer.Option(help="An OpenAI-compatible server.")] = None,
    style: Annotated[
        WireStyle | None, typer.Option(help="The wire style; by default the one recorded.")
    ] = None,
    deadline: Annotated[float | None, typer.Option(help="Seconds for one article.")] = None,
    jobs: Annotated[int, typer.Option(min=1, max=256, help="Articles in flight at once.")] = 8,
) -> None:
    """Record the stale cassettes again, and no others. Sends requests to the model."""
    import asyncio

    stale = [item for item, changed in _compared(folder, prompts) if changed]
    options: Options = {"prompts": prompts, "base_url": base_url, "deadline": deadline}
    asyncio.run(_record_all(folder, stale, model=model, style=style, options=options, jobs=jobs))
    typer.echo(f"{folder}: {len(stale)} recorded again")


async def _record_all(
    folder: Path,
    stale: list[Stored],
    *,
    model: str | None,
    style: WireStyle | None,
    options: Options,
    jobs: int,
) -> None:
    import asyncio

    gate = asyncio.Semaphore(jobs)

    async def record(item: Stored) -> None:
        from touchline.api import Reader
        from touchline.documents import Document

        assert item.cassette is not None
        label = item.cassette.label
        async with gate:
            recorded: Options = {
                **options,
                "style": style or cast("WireStyle", label.style),
                "cassettes": folder,
                "record": "all",
            }
            reader = Reader(model or label.model, **recorded)
            extraction = await reader.read(Document.from_record(label.article))
            typer.echo(f"{item.path.name}: {extraction.state}, {len(extraction.events)} events")

    await asyncio.gather(*(record(item) for item in stale))


def _compared(folder: Path, prompts: Path | None) -> Iterator[tuple[Stored, tuple[str, ...]]]:
    """Each cassette with what has changed since it was recorded."""
    from touchline.cassettes import stored
    from touchline.events import schema_fingerprint
    from touchline.prompts import Prompts
    from touchline.settings import Settings

    now = {
        "prompt": Prompts(prompts or Settings.load().prompts).fingerprint,
        "schema": schema_fingerprint(),
    }
    for item in stored(folder):
        recorded = item.cassette.label if item.cassette is not None else None
        changed = (name for name in now if recorded and getattr(recorded, name) != now[name])
        yield item, tuple(changed)


def _stale_ones(folder: Path, prompts: Path | None) -> Iterator[str]:
    """A line for each cassette that cannot replay."""
    for item, changed in _compared(folder, prompts):
        if item.error is not None:
            yield f"{item.path.name}: {item.error}"
        elif changed:
            yield f"{item.path.name}: stale, the {' and the '.join(changed)} changed"


def _unmatched(folder: Path, paths: list[str]) -> Iterator[str]:
    """A line for each cassette without its article, and the other way round."""
    from touchline.cassettes import check as compare
    from touchline.cassettes import peek
    from touchline.cli.extract import list_inputs
    from touchline.documents import Document

    documents = [item for item in list_inputs(paths, None, None) if isinstance(item, Document)]
    found = compare(folder, [document.id for document in documents])
    yield from (
        f"{path.name}: unused, none of the articles given is its own" for path in found.unused
    )
    yield from (f"{name}: no cassette" for name in found.missing)
    for document in documents:
        known = peek(folder, document.id) if document.id not in found.missing else None
        if known is not None and known.label.text != document.text:
            yield f"{known.path.name}: stale, the article changed"
