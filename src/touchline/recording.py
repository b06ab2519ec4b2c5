"""The transport before the network: it plays the open tape, records on it, or lets through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx2

from touchline.cassettes import current_tape

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["TapeTransport"]


class TapeTransport(httpx2.AsyncBaseTransport):
    """Answers from the open tape (`touchline.cassettes.open_tape`) or from the live transport.

    Args:
        live: the transport that reaches the network, or a function that makes it. The function is
            called at the first request that needs it: a replay opens no socket and no connector.
    """

    def __init__(
        self, live: httpx2.AsyncBaseTransport | Callable[[], httpx2.AsyncBaseTransport]
    ) -> None:
        self._live = live if isinstance(live, httpx2.AsyncBaseTransport) else None
        self._source = live

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer one request.

        Raises:
            CassetteStale: the open tape holds no answer to it. An SDK may wrap the error;
                `Tape.failure` has it.
        """
        tape = current_tape()
        if tape is None:
            return await self._network().handle_async_request(request)
        if tape.replaying:
            found = tape.answer(request.method, str(request.url), body=await request.aread())
            return httpx2.Response(
                found.status, headers=dict(found.headers), content=found.body, request=request
            )
        from touchline.recorder import VcrRecorder  # loads vcrpy, which only recording needs

        if not isinstance(tape.recorder, VcrRecorder):
            tape.recorder = VcrRecorder(tape)
        return await tape.recorder.send(request, self._network())

    def _network(self) -> httpx2.AsyncBaseTransport:
        if self._live is None:
            source = self._source
            self._live = source if isinstance(source, httpx2.AsyncBaseTransport) else source()
        return self._live

    async def aclose(self) -> None:
        """Close the live transport, if one was made."""
        if self._live is not None:
            await self._live.aclose()
