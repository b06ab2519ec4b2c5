"""A server that plays a script of faults over raw sockets, and keeps what arrived.

Each request is answered by the next step of the script; after its end by the last one, again and
again. A step is given the line to the client and does with it what it likes::

    with FaultServer(answer(503), completion([])) as server:
        ...                      # base_url=server.url
    assert len(server.requests) == 2
"""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

JSON = {"content-type": "application/json"}


@dataclass(frozen=True)
class Request:
    """What arrived: the target of the first line, headers with lower-case names, exact body."""

    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        """The body, read as JSON."""
        value: dict[str, Any] = json.loads(self.body)
        return value


@dataclass
class Line:
    """The way to one client; `keep` tells whether it may ask again on it."""

    sock: socket.socket
    request: Request
    keep: bool = False
    sent: int = 0

    def send(self, data: bytes) -> None:
        """Send all of `data`."""
        self.sock.sendall(data)
        self.sent += len(data)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until the client hangs up or the server stops; tell whether either did in time."""
        self.sock.settimeout(seconds)
        try:
            self.sock.recv(1)
        except TimeoutError:
            return False
        finally:
            self.sock.settimeout(None)
        return True

    def reset(self) -> None:
        """Make the close that follows a reset."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


Step = Callable[[Line], None]


def head(status: int, headers: Mapping[str, str]) -> bytes:
    """Give the bytes of a status line and headers."""
    lines = [f"HTTP/1.1 {status} As scripted", *(f"{k}: {v}" for k, v in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8")


def answer(status: int, body: object = b"", **headers: str) -> Step:
    """Answer with a status, a body (bytes, or a value for JSON) and headers (`_` for `-`)."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    names = {name.replace("_", "-"): value for name, value in headers.items()}

    def play(line: Line) -> None:
        line.keep = True
        line.send(head(status, {**JSON, "content-length": str(len(content)), **names}) + content)

    return play


def envelope(content: object, **changes: Any) -> dict[str, Any]:
    """Give a chat completion; `changes` go to the choice, the message or the top, by their name."""
    message: dict[str, Any] = {"role": "assistant", "content": content}
    message |= {k: changes.pop(k) for k in ("refusal", "tool_calls") if k in changes}
    choice = {"index": 0, "message": message, "finish_reason": changes.pop("finish_reason", "stop")}
    body = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "test-1"}
    usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    return {**body, "choices": [choice], "usage": usage, **changes}


def completion(events: list[dict[str, Any]], **changes: Any) -> Step:
    """Answer with events, in the shape of a chat completion; `changes` as in `envelope`."""
    return answer(200, envelope(json.dumps({"events": events}), **changes))


def said(text: object, **changes: Any) -> Step:
    """Answer with a message of any content, in the shape of a chat completion."""
    return answer(200, envelope(text, **changes))


def raw(data: bytes, *, reset: bool = False) -> Step:
    """Send bytes as they are and hang up, by a reset where asked."""

    def play(line: Line) -> None:
        line.send(data)
        if reset:
            line.wait(0.02)  # or the reset overtakes the bytes
            line.reset()

    return play


def hang() -> Step:
    """Say nothing."""

    def play(line: Line) -> None:
        line.wait()

    return play


def drip(data: bytes, *, every: float) -> Step:
    """Send one byte each `every` seconds."""

    def play(line: Line) -> None:
        for place in range(len(data)):
            line.send(data[place : place + 1])
            if line.wait(every):
                return

    return play


def endless(start: bytes, chunk: bytes) -> Step:
    """Send `start` and then `chunk` for ever."""

    def play(line: Line) -> None:
        line.send(start)
        while True:
            line.send(chunk)

    return play


class FaultServer:
    """The server; a context manager that listens on a free port of this machine.

    Attributes:
        requests: all that arrived, in order. connections: how many were opened.
        lines: how each was answered, in the same order.
        choose: finds the step by the request; it takes the place of the script.
    """

    def __init__(
        self,
        *script: Step,
        choose: Callable[[Request], Step] | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.choose = choose
        self.tls = tls
        self.requests: list[Request] = []
        self.lines: list[Line] = []
        self.connections = 0
        self._left = deque(script)
        self._stopping = False
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._sockets: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port: int = self._listener.getsockname()[1]

    @property
    def url(self) -> str:
        """The base URL for a client."""
        return f"http{'s' if self.tls else ''}://127.0.0.1:{self.port}/v1"

    @property
    def bodies(self) -> list[bytes]:
        """The bodies that arrived."""
        return [request.body for request in self.requests]

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping = True
        socket.create_connection(("127.0.0.1", self.port)).close()  # wakes the one who accepts
        self._threads[0].join(timeout=5)
        for sock in self._sockets:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(timeout=5)
        self._listener.close()

    def _start(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            sock, _ = self._listener.accept()
            if self._stopping:
                sock.close()
                return
            self.connections += 1
            self._start(self._serve, sock)

    def _serve(self, sock: socket.socket) -> None:
        with contextlib.suppress(OSError), contextlib.closing(self._secured(sock)) as wire:
            self._sockets.append(wire)
            for request in self._arriving(wire):
                line = Line(wire, request)
                step = self._next(request, line)
                step(line)
                if not line.keep:
                    return

    def _secured(self, sock: socket.socket) -> socket.socket:
        if self.tls is None:
            return sock
        try:
            return self.tls.wrap_socket(sock, server_side=True)
        except OSError:  # the client does not trust the certificate
            sock.close()
            raise

    def _next(self, request: Request, line: Line) -> Step:
        with self._lock:
            self.requests.append(request)
            self.lines.append(line)
            if self.choose is None:
                return self._left.popleft() if len(self._left) > 1 else self._left[0]
        return self.choose(request)

    def _arriving(self, sock: socket.socket) -> Iterator[Request]:
        """The requests of one connection, each once it is complete."""
        buffer = b""
        while True:
            while b"\r\n\r\n" not in buffer:
                more = sock.recv(1 << 16)
                if not more or not (buffer + more)[:1].isalpha():  # hung up, or greets in TLS
                    return
                buffer += more
            start, _, buffer = buffer.partition(b"\r\n\r\n")
            first, *lines = start.decode("latin-1").split("\r\n")
            pairs = (line.split(":", 1) for line in lines)
            headers = {name.lower(): value.strip() for name, value in pairs}
            length = int(headers.get("content-length", 0))
            while len(buffer) < length:
                if not (more := sock.recv(1 << 16)):
                    return
                buffer += more
            yield Request(first.split(" ")[1], headers, buffer[:length])
            buffer = buffer[length:]
