"""Many documents through one reader: a window of them at once, results in order.

Memory holds the window and no more, so the input may be larger than memory. What stops the run does
not lose what has already arrived.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from touchline.documents import BadRecord, Document
from touchline.errors import (
    CassetteCorrupt,
    CassetteError,
    CassetteMissing,
    CassetteStale,
    InvalidInput,
)
from touchline.extraction import Extraction, unread

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from touchline.api import Reader

__all__ = ["Outcome", "read_all"]

_CASSETTE_CODES: tuple[tuple[type[CassetteError], str], ...] = (
    (CassetteMissing, "cassette_missing"),
    (CassetteStale, "cassette_stale"),
    (CassetteCorrupt, "cassette_corrupt"),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result for one document, and the cassette's error where that is why it failed."""

    extraction: Extraction
    error: CassetteError | None = None


async def read_all(
    reader: Reader, documents: Iterable[Document | BadRecord], *, jobs: int = 8
) -> AsyncIterator[Outcome]:
    """Read documents, at most `jobs` at once; one outcome each, in their order.

    When one of them stops the run, nothing new is sent and what is under way is cancelled.

    Raises:
        InvalidInput: `jobs` is below 1.
        ConfigurationError, RunStopped: after the outcomes that had arrived by then.
    """
    if jobs < 1:
        message = f"`jobs` is {jobs}; at least 1 document is read at once"
        raise InvalidInput(message)
    window: deque[asyncio.Task[Outcome]] = deque()
    stopped: asyncio.Future[BaseException] = asyncio.get_running_loop().create_future()
    source = iter(documents)
    try:
        while not stopped.done():
            while len(window) < jobs and (item := next(source, None)) is not None:
                task = asyncio.ensure_future(_outcome(reader, item))
                task.add_done_callback(partial(_note_stop, stopped))
                window.append(task)
            if not window:
                return
            awaited: list[asyncio.Future[Any]] = [window[0], stopped]
            await asyncio.wait(awaited, return_when=asyncio.FIRST_COMPLETED)
            if not stopped.done():
                yield window.popleft().result()
        for task in window:
            if task.done() and not task.cancelled() and task.exception() is None:
                yield task.result()
        raise stopped.result()
    finally:
        for task in window:
            task.cancel()
        await asyncio.gather(*window, return_exceptions=True)


def _note_stop(stopped: asyncio.Future[BaseException], task: asyncio.Task[Outcome]) -> None:
    """Tell that a task has failed in a way that no other should follow."""
    if task.cancelled() or stopped.done():
        return
    error = task.exception()
    if error is not None:
        stopped.set_result(error)


async def _outcome(reader: Reader, item: Document | BadRecord) -> Outcome:
    """What becomes of one item; only what stops the run is raised."""
    if isinstance(item, BadRecord):
        return Outcome(unread(Document("", id=item.source), item.code, why=item.why))
    try:
        return Outcome(await reader.read(item))
    except CassetteError as error:
        code = next(code for kind, code in _CASSETTE_CODES if isinstance(error, kind))
        return Outcome(unread(item, code, why=str(error), state="failed"), error)
