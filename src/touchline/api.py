"""What a script calls: from a text to proved events, in one function.

Settings decide which model answers and whether a recording does; the reading itself knows neither.
"""

from __future__ import annotations

import warnings
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Unpack

from touchline.cassettes import Label, ambient, open_tape, peek
from touchline.documents import Document, parse_published
from touchline.errors import ExtractionFailed, NoModel, PartialExtraction
from touchline.events import CoachingEvent, schema_fingerprint
from touchline.extraction import Extraction, run, screened
from touchline.loops import run_anywhere
from touchline.settings import Settings

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from touchline.client import HostedModel
    from touchline.model import Model
    from touchline.options import Options
    from touchline.prompts import Prompts

__all__ = ["Reader", "aextract", "aextract_events", "extract", "extract_events"]


class Reader:
    """Settings, prompts and a model, ready for any number of documents.

    Args:
        model: a model's name, or an object with `Model.ask`; None leaves it to the settings.
        options: the keywords of `Settings`.

    Raises:
        ConfigurationError: a setting or the prompt folder cannot be used.
    """

    def __init__(self, model: str | Model | None = None, **options: Unpack[Options]) -> None:
        named = model if isinstance(model, str) else None
        self.settings = _in_surroundings(Settings.load(named, options))
        self._model: Model | None = None if isinstance(model, str) else model
        self._prompts: Prompts | None = None

    @property
    def prompts(self) -> Prompts:
        """The prompt set, read when it is first needed."""
        if self._prompts is None:
            self._prompts = _prompts(self.settings.prompts)
        return self._prompts

    async def read(self, document: Document) -> Extraction:
        """Read one document.

        Raises:
            ConfigurationError, RunStopped, CassetteError: no document could be read so.
        """
        settings = self.settings
        if (skipped := screened(document, settings)) is not None:
            return skipped
        if self._model is not None:
            return await run(document, self._model, prompts=self.prompts, settings=settings)
        if settings.cassettes is None:
            model = _hosted(settings.model_copy(update={"model": _chosen(settings)}))
            return await run(document, model, prompts=self.prompts, settings=settings)
        return await self._read_with_tape(document, settings.cassettes)

    async def _read_with_tape(self, document: Document, folder: Path) -> Extraction:
        """Read with the document's cassette: replayed, or recorded on the way."""
        settings = self.settings
        loaded = None if settings.record == "all" else peek(folder, document.id)
        model, style = settings.model, settings.style
        if settings.record != "none" and loaded is None:
            model, style = _chosen(settings), settings.wire_style
        wanted = Label(
            model=model,
            style=style,
            prompt=self.prompts.fingerprint,
            schema=schema_fingerprint(),
            article=_article(document),
            prompt_text=self.prompts.head[0].content,
        )
        key = settings.api_key.get_secret_value() if settings.api_key else None
        with open_tape(folder, wanted, mode=settings.record, secret=key, loaded=loaded) as tape:
            heard = settings.model_copy(
                update={"model": tape.label.model, "style": tape.label.style}
            )
            return await run(document, _hosted(heard), prompts=self.prompts, settings=heard)


async def aextract(
    document: Document | str, *, model: str | Model | None = None, **options: Unpack[Options]
) -> Extraction:
    """Read one document, and return all that is known about it; see `extract`."""
    if not isinstance(document, Document):
        document = Document(document)
    return await Reader(model, **options).read(document)


def extract(
    document: Document | str, *, model: str | Model | None = None, **options: Unpack[Options]
) -> Extraction:
    """Read one document, and return all that is known about it.

    Args:
        document: a `Document`, or the text of an article.
        model: a model's name at the server, or any object with `Model.ask`.
        options: the keywords of `Settings`, such as `base_url`, `prompts` or `cassettes`.

    Returns:
        An `Extraction` in one of its four states. A failure of this article is a value in it.

    Raises:
        ConfigurationError: settings or prompts are wrong, or the server refuses them.
        RunStopped: going on makes no sense, for this article or any other.
        CassetteError: a recording is missing, stale or corrupt.
        TypeError: `document` is neither a document nor a text.
    """
    return run_anywhere(aextract(document, model=model, **options))


async def aextract_events(
    text: str | Document,
    *,
    published: dt.date | str | None = None,
    language: str | None = None,
    model: str | Model | None = None,
    **options: Unpack[Options],
) -> list[CoachingEvent]:
    """The coaching events that an article tells; see `extract_events`."""
    document = _described(text, published, language)
    return _events(await aextract(document, model=model, **options))


def extract_events(
    text: str | Document,
    *,
    published: dt.date | str | None = None,
    language: str | None = None,
    model: str | Model | None = None,
    **options: Unpack[Options],
) -> list[CoachingEvent]:
    """The coaching events that an article tells, each proved by quotes from it.

    Args:
        text: the article, or a `Document`; offsets in the events count its code points.
        published: its day of publication, a date or `YYYY-MM-DD`; relative dates need it.
        language: BCP 47 tag, where known.
        model: a model's name at the server, or any object with `Model.ask`.
        options: the keywords of `Settings`, such as `base_url`, `prompts` or `cassettes`.

    Returns:
        The events that stand; an empty list where there are none.

    Raises:
        ExtractionFailed: there is no usable answer for this article; `.code` says why.
        ConfigurationError, RunStopped, CassetteError, TypeError: as `extract` raises them.

    Warns:
        PartialExtraction: some events of the answer were refused; `extract` returns them too.
    """
    document = _described(text, published, language)
    return _events(extract(document, model=model, **options))


def _described(
    text: str | Document, published: dt.date | str | None, language: str | None
) -> Document:
    """The document to read; what the caller says of it wins over what it says itself."""
    if not isinstance(text, Document):
        return Document(text, published=parse_published(published), language=language)
    return replace(
        text,
        published=parse_published(published) or text.published,
        language=language or text.language,
    )


def _events(extraction: Extraction) -> list[CoachingEvent]:
    """The events of an extraction, for a caller who wants nothing else."""
    name = extraction.document.id
    if extraction.state == "failed":
        code = extraction.reason or "failed"
        message = f"article `{name}` failed ({code}): {extraction.why}"
        raise ExtractionFailed(message, code=code, extraction=extraction)
    if extraction.state == "partial":
        message = (
            f"article `{name}`: {len(extraction.rejected)} events refused"
            f"{f', and {extraction.reason} in a part of it' if extraction.reason else ''}; "
            "extract() returns them with the reasons"
        )
        warnings.warn(message, PartialExtraction, stacklevel=3)
    return list(extraction.events)


def _in_surroundings(settings: Settings) -> Settings:
    """The settings, with the cassettes of an enclosing `use_cassettes` where none are named."""
    surroundings = ambient()
    if surroundings is None or settings.cassettes is not None:
        return settings
    folder, record = surroundings
    return settings.model_copy(update={"cassettes": folder, "record": record})


def _chosen(settings: Settings) -> str:
    """The model to ask.

    Raises:
        NoModel: none is named and there is no default; the message lists the ways on.
    """
    if settings.chosen_model is not None:
        return settings.chosen_model
    message = (
        "no model is named. Set OPENAI_API_KEY to use OpenAI's; or name one of your own server "
        "with `model` and `base_url` (--model, --base-url; TOUCHLINE_MODEL, TOUCHLINE_BASE_URL); "
        "or replay a recording with `cassettes` (--cassettes DIR)"
    )
    raise NoModel(message)


def _article(document: Document) -> dict[str, str | None]:
    """What a cassette keeps of a document."""
    return {
        "id": document.id,
        "title": document.title,
        "url": document.url,
        "language": document.language,
        "published": document.published.isoformat() if document.published else None,
        "text": document.text,
    }


@lru_cache(maxsize=32)
def _hosted(settings: Settings) -> HostedModel:
    """One client for equal settings: making one costs more than a call."""
    from touchline.client import HostedModel

    return HostedModel(settings)


def _prompts(folder: Path | None) -> Prompts:
    """The prompt set of a folder, read again only when a file in it has changed."""
    from touchline.prompts import Prompts, packaged_prompts

    folder = folder or packaged_prompts()
    files = sorted(folder.glob("**/*"))
    stamp = tuple((str(file), file.stat().st_mtime_ns) for file in files if file.is_file())
    return _read_prompts(Prompts, folder, stamp)


@lru_cache(maxsize=8)
def _read_prompts(
    read: type[Prompts], folder: Path, _stamp: tuple[tuple[str, int], ...]
) -> Prompts:
    return read(folder)
