"""A chat-completions server that always gives the same answer, in a process of its own.

It reads as much of a request as it needs to answer it, because what it costs is not what is
measured. Its path says how long it waits: `/200/v1/chat/completions` answers after 200 ms.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

from benchmarks.articles import ANSWER, MODEL

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["serving"]

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_DELAY = re.compile(rb"POST /(\d+)/")
_STATUS = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


def _response() -> bytes:
    """The bytes of every answer."""
    completion = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": MODEL,
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": ANSWER, "refusal": None},
                "logprobs": None,
                "finish_reason": "stop",
            }
        ],
        "usage": {"prompt_tokens": 4_000, "completion_tokens": 600, "total_tokens": 4_600},
    }
    body = json.dumps(completion).encode()
    return _STATUS % len(body) + body


class _Connection(asyncio.Protocol):
    """One client's connection, kept open: one request after the other."""

    def __init__(self, response: bytes) -> None:
        self._response = response
        self._received = bytearray()
        self._wanted = 0  # bytes of the request that is coming in; 0: its head is not read yet
        self._delay = 0.0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer once the request is whole."""
        self._received += data
        if not self._wanted:
            end = self._received.find(b"\r\n\r\n")
            if end < 0:
                return
            head = bytes(self._received[:end])
            length, delay = _LENGTH.search(head), _DELAY.match(head)
            self._wanted = end + 4 + (int(length[1]) if length else 0)
            self._delay = int(delay[1]) / 1_000 if delay else 0.0
        if len(self._received) < self._wanted:
            return
        del self._received[: self._wanted]
        self._wanted = 0
        if self._delay:
            asyncio.get_running_loop().call_later(self._delay, self._answer)
        else:
            self._answer()

    def _answer(self) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(self._response)


async def _serve() -> None:
    """Serve on a free port, which the first line of stdout tells, until stdin ends."""
    loop = asyncio.get_running_loop()
    response = _response()
    server = await loop.create_server(lambda: _Connection(response), "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


@contextlib.contextmanager
def serving() -> Iterator[str]:
    """Run the stub for a block; gives the URL in front of the delay, `http://127.0.0.1:PORT`."""
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.stub"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.stdin.close()


if __name__ == "__main__":
    asyncio.run(_serve())
