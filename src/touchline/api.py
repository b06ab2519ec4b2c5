"""What a script calls: from a text to proved events, in one function.

Settings decide which model answers and whether a recording does; the reading itself knows neither.
"""

from __future__ import annotations

import logging
import os
import time
import warnings
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeAlias, Unpack

from touchline.documents import Document, parse_published
from touchline.errors import ConfigurationError, ExtractionFailed, PartialExtraction
from touchline.events import CoachingEvent, schema_fingerprint
from touchline.extraction import Extraction, run, screened, unread
from touchline.loops import run_anywhere, run_at_once
from touchline.model import is_local
from touchline.promptset import Unrendered, packaged_prompts
from touchline.settings import BUILTIN, Settings
from touchline.surroundings import ambient

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from touchline.client import HostedModel
    from touchline.model import Model
    from touchline.options import Options
    from touchline.prompts import Prompts

__all__ = ["Reader", "aextract", "aextract_events", "extract", "extract_events", "is_outage"]


_Stamp: TypeAlias = tuple[tuple[int, int, int], ...]

_OUTAGES = frozenset(
    {"server_error", "rate_limited", "timeout", "connection", "not_api", "bad_envelope"}
)
_GOLD_F1 = ("0.44", "0.996")
"""Strict F1 on tests/gold of `builtin` and of the recorded language model."""

_CLOCK_TICK = 50_000_000  # ns; file systems count time in steps of up to 10 ms


class Reader:
    """Settings, prompts and a model, ready for any number of documents.

    Args:
        model: a model's name, or an object with `Model.ask`; None leaves it to the settings.
        options: the keywords of `Settings`.

    Raises:
        ConfigurationError: a setting cannot be used, or asks for a recording that cannot be made.
    """

    def __init__(self, model: str | Model | None = None, **options: Unpack[Options]) -> None:
        named = model if isinstance(model, str) else None
        self.settings = Settings.load(named, _in_surroundings(options))
        self._model: Model | None = None if isinstance(model, str) else model
        if self._model is not None:
            _check_unrecorded(options)
        elif self.settings.record != "none" and self.settings.cassettes is None:
            message = (
                f"`record` is `{self.settings.record}`, and no folder is named to record to. Name "
                "it with `cassettes` (--cassettes DIR; TOUCHLINE_CASSETTES)"
            )
            raise ConfigurationError(message)

    @property
    def prompts(self) -> Prompts:
        """The prompt set as its files stand now: an edit holds from the next document on."""
        return _folder(self.settings.prompts).prompts()

    async def read(self, document: Document) -> Extraction:
        """Read one document.

        Raises:
            ConfigurationError, RunStopped, CassetteError: no document could be read so.
        """
        settings = self.settings
        if (
            skipped := screened(document, settings) or _prefiltered(document, settings)
        ) is not None:
            return skipped
        taped = self._model is None and settings.model != BUILTIN
        if taped and settings.cassettes is not None:
            return await self._read_with_tape(document, settings.cassettes)
        model = self._model if self._model is not None else _chosen(settings)
        if is_local(model):
            bare = Unrendered(getattr(model, "fingerprint", ""))
            return await run(document, model, prompts=bare, settings=settings)
        return await run(document, model, prompts=self.prompts, settings=settings)

    async def _read_with_tape(self, document: Document, folder: Path) -> Extraction:
        """Read with the document's cassette: replayed, or recorded on the way."""
        from touchline.cassettes import Label, article_fields, open_tape, peek

        settings, prompts = self.settings, self.prompts
        loaded = None if settings.record == "all" else peek(folder, document.id)
        model, style = settings.model, settings.style
        if settings.record != "none" and loaded is None:
            model = settings.with_hosted_model("record").model
            style = settings.wire_style
        wanted = Label(
            model=model,
            style=style,
            prompt=prompts.fingerprint,
            schema=schema_fingerprint(),
            article=article_fields(document),
            prompt_text=prompts.head[0].content,
        )
        key = settings.api_key.get_secret_value() if settings.api_key else None
        with open_tape(folder, wanted, mode=settings.record, secret=key, loaded=loaded) as tape:
            heard = settings.model_copy(
                update={"model": tape.label.model, "style": tape.label.style}
            )
            extraction = await run(document, _hosted(heard), prompts=prompts, settings=heard)
            if is_outage(extraction):
                tape.discard(
                    f"`{extraction.reason}` is no answer to the article. What was recorded before "
                    "stands; record again when the server answers."
                )
            return extraction


def is_outage(extraction: Extraction) -> bool:
    """Whether an article, or a part of it, has no answer because the server or the way failed.

    That passes, so it is not recorded: a cassette would repeat it for ever.
    """
    return extraction.reason in _OUTAGES


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
    reading = aextract(document, model=model, **options)
    return run_at_once(reading) if model == BUILTIN else run_anywhere(reading)


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
        count = len(extraction.rejected)
        message = (
            f"article `{name}`: {count} event{'' if count == 1 else 's'} refused"
            f"{f', and {extraction.reason} in a part of it' if extraction.reason else ''}; "
            "extract() returns them with the reasons"
        )
        warnings.warn(message, PartialExtraction, stacklevel=3)
    return list(extraction.events)


def _in_surroundings(options: Options) -> Options:
    """The options, with folder and mode of an enclosing `use_cassettes` where none are passed.

    The mode of a block is for its own folder: whoever passes another one gets neither.
    """
    surroundings = ambient()
    if surroundings is None or options.get("cassettes") is not None:
        return options
    folder, record = surroundings
    passed = options.get("record")
    return {**options, "cassettes": folder, "record": record if passed is None else passed}


def _check_unrecorded(options: Options) -> None:
    """Refuse to record, or replay, a model of the caller's own.

    Raises:
        ConfigurationError: that was asked for.
    """
    for name, value in (("cassettes", options.get("cassettes")), ("record", options.get("record"))):
        if value not in (None, "none"):
            message = (
                f"`{name}` is `{value}`, and the model is an object of your own: cassettes record "
                "hosted models only. Leave one of the two out"
            )
            raise ConfigurationError(message)


def _prefiltered(document: Document, settings: Settings) -> Extraction | None:
    """The record of a document that holds no coaching word, where such are to be skipped."""
    if not settings.prefilter:
        return None
    from touchline.builtin import can_hold_event  # loads the cues

    if can_hold_event(document.visible.text, document.language):
        return None
    return unread(document, "no_coaching_words", why="no word of the article is a coach's")


def _chosen(settings: Settings) -> Model:
    """The model in force: the keyless one, or one behind a server."""
    asked = settings.with_model()
    if asked.model != BUILTIN:
        return _hosted(asked)
    from touchline.builtin import BuiltinModel  # loads the cues

    if settings.model is None:
        _tell_of_fallback()
    return BuiltinModel()


@cache
def _tell_of_fallback() -> None:
    """Say once in a process that no language model reads, and what one would add."""
    logging.getLogger("touchline").warning(
        "no model is named and no key is set: `builtin` reads by cue words. On the gold of this "
        "project its F1 is %s, a language model's %s: name one with --model, or set "
        "OPENAI_API_KEY. `--model builtin` keeps this quiet",
        *_GOLD_F1,
    )


@lru_cache(maxsize=32)
def _hosted(settings: Settings) -> HostedModel:
    """One client for equal settings: making one costs more than a call."""
    from touchline.client import HostedModel

    return HostedModel(settings)


class _Folder:
    """A prompt folder, read again at the next call after a file in it has changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: tuple[Prompts, tuple[str, ...], _Stamp] | None = None

    def prompts(self) -> Prompts:
        """The prompt set as its files stand now."""
        if self._known is not None:
            prompts, watched, stamp = self._known
            if _stamp(watched) == stamp:
                return prompts
        from touchline.prompts import Prompts  # loads jinja2

        examples = self._folder / "examples"
        files = (self._folder, *self._folder.glob("*"), *examples.glob("*"))
        watched = tuple(map(str, files))
        stamp = _stamp(watched)
        prompts = Prompts(self._folder)
        newest = max((changed for changed, *_ in stamp), default=0)
        # A file may change twice within a tick of its clock: what is that fresh is read again.
        settled = time.time_ns() - newest > _CLOCK_TICK
        self._known = (prompts, watched, stamp) if settled else None
        return prompts


def _stamp(paths: tuple[str, ...]) -> _Stamp:
    """What changes when one of the files does; a folder's entry changes with its list of files."""
    found = []
    for path in paths:
        try:
            stat = os.stat(path)  # noqa: PTH116 - a third of the time of Path.stat, on every call
        except OSError:
            found.append((0, 0, 0))
        else:
            found.append((stat.st_mtime_ns, stat.st_size, stat.st_ino))
    return tuple(found)


@lru_cache(maxsize=16)
def _folder(path: Path | None) -> _Folder:
    """The one watcher of a prompt folder; None stands for the packaged one."""
    return _Folder(path or packaged_prompts())
