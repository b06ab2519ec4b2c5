"""Many documents through one reader: a window of them at once, results in order.

Memory holds the window and no more, so the input may be larger than memory. What stops the run does
not lose what has already arrived.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchline.documents import BadRecord, Document
from touchline.errors import CassetteCorrupt, CassetteError, CassetteMissing, CassetteStale
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

    Raises:
        ConfigurationError, RunStopped: after the outcomes that had arrived by then.
    """
    window: deque[asyncio.Task[Outcome]] = deque()
    source = iter(documents)
    try:
        while True:
            while len(window) < jobs and (item := next(source, None)) is not None:
                window.append(asyncio.ensure_future(_outcome(reader, item)))
            if not window:
                return
            await asyncio.wait([window[0]])
            if window[0].exception() is not None:
                break
            yield window.popleft().result()
        stopped = window.popleft()
        for task in window:
            if task.done() and not task.exception():
                yield task.result()
        stopped.result()
    finally:
        for task in window:
            task.cancel()
        await asyncio.gather(*window, return_exceptions=True)


async def _outcome(reader: Reader, item: Document | BadRecord) -> Outcome:
    """What becomes of one item; only what stops the run is raised."""
    if isinstance(item, BadRecord):
        return Outcome(unread(Document("", id=item.source), item.code, why=item.why))
    try:
        return Outcome(await reader.read(item))
    except CassetteError as error:
        code = next(code for kind, code in _CASSETTE_CODES if isinstance(error, kind))
        return Outcome(unread(item, code, why=str(error), state="failed"), error)
