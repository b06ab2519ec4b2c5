"""The command line as tests run it, and a small server that answers it.

`run` calls the program in this process with streams of its own; `start` gives it a process, for
what only a process has: signals, pipes, a locale, a clock.
"""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from unittest import mock

from touchline import Reply, cli

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from touchline import Review
    from touchline.prompts import Prompt

    Answer = Callable[[dict[str, Any]], str]

TEXT = "Il Borgo Velo ha esonerato Renzo Gualdoni. Al suo posto arriva Ettore Serafini.\n"
EVENT = {
    "type": "dismissal",
    "person": "Renzo Gualdoni",
    "team": "Borgo Velo",
    "role": "head_coach",
    "role_title": None,
    "status": "confirmed",
    "date": None,
    "date_text": None,
    "replaces": None,
    "replaced_by": "Ettore Serafini",
    "contract_until": None,
    "competition": None,
    "honour": None,
    "record": None,
    "reason": None,
    "evidence": ["ha esonerato Renzo Gualdoni"],
}
UNPROVED = {**EVENT, "person": "Ettore Serafini", "evidence": ["ha lasciato Ettore Serafini"]}


def answer(*events: dict[str, Any]) -> str:
    """Write what a model says; without arguments, the one event of `TEXT`."""
    return json.dumps({"events": list(events or (EVENT,))}, ensure_ascii=False)


class Says:
    """A model that always gives the same answer.

    Attributes:
        asked: the prompts that it was given.
    """

    name = "says"

    def __init__(self, text: str) -> None:
        self.text = text
        self.asked: list[Prompt] = []

    async def ask(self, prompt: Prompt, review: Review) -> Reply:
        """Show the answer to the review."""
        self.asked.append(prompt)
        review(self.text)
        return Reply(model=self.name, attempts=1)


@dataclass(frozen=True)
class Ran:
    """How a run of the program ended: exit code, stdout and stderr."""

    code: int
    out: str
    err: str


def run(*arguments: object, stdin: bytes = b"") -> Ran:
    """Run the program in this process."""
    streams = {name: io.TextIOWrapper(io.BytesIO(), "ascii", "strict") for name in ("out", "err")}
    streams["err"].reconfigure(errors="backslashreplace")
    before = signal.getsignal(signal.SIGTERM)
    with (
        mock.patch.object(sys, "argv", ["touchline", *map(str, arguments)]),
        mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8")),
        mock.patch.object(sys, "stdout", streams["out"]),
        mock.patch.object(sys, "stderr", streams["err"]),
    ):
        try:
            cli.main()
        except SystemExit as end:
            code = end.code
        else:
            code = 0
        finally:
            signal.signal(signal.SIGTERM, before)
    written = []
    for stream in streams.values():
        stream.flush()
        assert isinstance(stream.buffer, io.BytesIO)
        written.append(stream.buffer.getvalue().decode("utf-8"))
    return Ran(int(code or 0), written[0], written[1])


def start(*arguments: object, **environment: str) -> subprocess.Popen[bytes]:
    """Start the program in a process of its own, all its streams piped."""
    code = "from touchline.cli import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
    )


class Server:
    """An OpenAI-compatible server on this machine.

    Attributes:
        answer: makes the content of an answer from the request's body.
        status: of all answers; anything but 200 comes with an error that says `said`, and has
            `error_code`.
        bodies: the requests received, as sent; headers: theirs.
        hold: while it is cleared, answers wait.
    """

    def __init__(self) -> None:
        self.answer: Answer = lambda _body: answer()
        self.status = 200
        self.said = "no such thing"
        self.error_code: str | None = None
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.hold = threading.Event()
        self.hold.set()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    @property
    def options(self) -> tuple[str, ...]:
        """The options that make the program ask this server."""
        return ("--base-url", self.url, "--model", "local-1")

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                server.bodies.append(body)
                server.headers.append({k.lower(): v for k, v in self.headers.items()})
                server.hold.wait(30)
                sent = json.dumps(server.completion(json.loads(body))).encode()
                self.send_response(server.status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(sent)))
                self.end_headers()
                self.wfile.write(sent)

            def log_message(self, *_args: object) -> None:
                """Keep quiet."""

        return Handler

    def completion(self, body: dict[str, Any]) -> dict[str, Any]:
        """Give the answer to a request."""
        if self.status != 200:
            return {"error": {"message": self.said, "type": "t", "code": self.error_code}}
        message = {"role": "assistant", "content": self.answer(body)}
        return {
            "id": "c-1",
            "object": "chat.completion",
            "created": 0,
            "model": body["model"],
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15},
        }

    @contextmanager
    def serving(self) -> Iterator[Server]:
        """Serve for a block."""
        thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.hold.set()
            self._http.shutdown()
            self._http.server_close()
            thread.join(5)
