"""Clients that end with the event loop that they were opened in.

A connection belongs to a loop. Who opens one in somebody else's loop has no place to close it: this
module finds one.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Mapping

__all__ = ["Closable", "LoopBound", "close_all"]


class Closable(Protocol):
    """What has connections to close."""

    async def close(self) -> None:
        """Close them."""
        ...


C = TypeVar("C", bound=Closable)


class LoopBound(Generic[C]):
    """A client that lives as long as the running event loop, or until `close` if that is before.

    A loop finishes its asynchronous generators before it closes; this one closes the client.

    Args:
        client: what to close.
        forget: called before that, so that nobody is given a closed client.
    """

    def __init__(self, client: C, forget: Callable[[], object]) -> None:
        self.client = client
        self._forget = forget
        self._lifetime = self._live()
        self._closing: asyncio.Task[None] | None = None
        # The first step registers the generator with the loop; it reaches `yield` without waiting.
        with contextlib.suppress(StopIteration):
            self._lifetime.asend(None).send(None)

    def close(self) -> None:
        """Close from within the loop, at its next turn."""
        self._closing = asyncio.ensure_future(self._lifetime.aclose())

    async def _live(self) -> AsyncGenerator[None]:
        try:
            yield
        finally:
            self._forget()
            await self.client.close()


def close_all(clients: Mapping[asyncio.AbstractEventLoop, LoopBound[C]]) -> None:
    """Close the clients of a model that nobody holds any more, each in its loop."""
    for loop, client in list(clients.items()):
        with contextlib.suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(client.close)
