"""Recording with vcrpy: one vcrpy cassette per article, wrapped round one transport.

vcrpy usually patches a library's classes for the whole process, which two recordings at once cannot
share. Its handler is applied here to a single transport instead, and nothing is patched.
"""

from __future__ import annotations

import collections
import logging
import re
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import httpx2
from vcr.cassette import Cassette as VcrCassette
from vcr.record_mode import RecordMode as VcrMode
from vcr.request import Request as VcrRequest
from vcr.serialize import serialize
from vcr.stubs.httpx_stubs import vcr_handle_async_request

from touchline.cassette_body import ReadableYaml
from touchline.cassette_diff import matching_key, parsed
from touchline.cassette_file import kept_headers, neutral_path, scrub
from touchline.cassette_format import MAX_BYTES, write_atomically

if TYPE_CHECKING:
    from touchline.cassettes import Tape

__all__ = ["VcrRecorder"]

_log = logging.getLogger(__name__)
# Error bodies like to name the account; articles and answers are not touched.
_ACCOUNT = re.compile(r"\b(?:org|proj|user|req|sk|key)[-_][A-Za-z0-9_*-]{8,200}")


class VcrRecorder:
    """Records one article with a vcrpy cassette of its own."""

    def __init__(self, tape: Tape) -> None:
        self._tape = tape
        self._arrivals: list[str] = []
        self._cassette = VcrCassette(
            str(tape.path),
            serializer=ReadableYaml,
            record_mode=VcrMode.ALL,
            match_on=(_same_request,),
            before_record_request=self._clean_request,
            before_record_response=self._clean_response,
        )

    async def send(
        self, request: httpx2.Request, live: httpx2.AsyncBaseTransport
    ) -> httpx2.Response:
        """Send a request on its way and record the answer."""
        body = await request.aread()
        cleaned = self._clean_request(
            VcrRequest(request.method, str(request.url), body, request.headers)
        )
        self._arrivals.append(_key(cleaned))
        handle = vcr_handle_async_request(self._cassette, _forward, httpx2)
        response: httpx2.Response = await handle(live, request)
        return response

    def save(self) -> None:
        """Write the cassette, unless a request stayed without any answer: it could not replay."""
        recorded = _in_order(self._arrivals, self._cassette.data)
        lost = {*self._arrivals} - {_key(request) for request, _ in recorded}
        if lost or not recorded:
            _log.warning("Cassette `%s` not saved: a request got no answer.", self._tape.path)
            return
        text = serialize(
            {
                "requests": [request for request, _ in recorded],
                "responses": [response for _, response in recorded],
                "metadata": {"touchline": {"version": _version(), **self._tape.label.metadata()}},
            },
            ReadableYaml,
        )
        if len(text.encode("utf-8")) > MAX_BYTES:
            _log.warning("Cassette `%s` not saved: over %d bytes.", self._tape.path, MAX_BYTES)
            return
        write_atomically(self._tape.path, text)

    def _clean_request(self, request: VcrRequest) -> VcrRequest:
        """Keep method, path, body and content type; vcrpy may call this twice on one request."""
        kept = kept_headers(request.headers.items()).get("content-type")
        return VcrRequest(
            request.method,
            f"http://model.invalid{neutral_path(request.uri)}",
            self._blotted(request.body or b""),
            {"content-type": kept} if kept else {},
        )

    def _clean_response(self, response: dict[str, Any]) -> dict[str, Any]:
        """Decompress the body, keep two headers, blot out the key and, in errors, the account."""
        status, raw = response["status"], response["body"]["string"]
        headers = [
            (name, value) for name, values in response["headers"].items() for value in values
        ]
        try:
            raw = httpx2.Response(status["code"], headers=headers, content=raw).content
        except httpx2.DecodingError:
            _log.warning("Cassette `%s`: an answer's encoding is broken.", self._tape.path)
        kept = {name: [value] for name, value in kept_headers(headers).items()}
        body = self._blotted(raw, account=status["code"] >= HTTPStatus.BAD_REQUEST)
        return {"status": status, "headers": kept, "body": {"string": body}}

    def _blotted(self, body: bytes, *, account: bool = False) -> bytes:
        text = scrub(body.decode("utf-8", "surrogateescape"), self._tape.secret)
        if account:
            text = _ACCOUNT.sub("[account]", text)
        return text.encode("utf-8", "surrogateescape")


async def _forward(live: httpx2.AsyncBaseTransport, request: httpx2.Request) -> httpx2.Response:
    return await live.handle_async_request(request)


def _key(request: VcrRequest) -> str:
    return f"{request.method} {request.path} {matching_key(parsed(request.body))}"


def _same_request(one: VcrRequest, other: VcrRequest) -> bool:
    return _key(one) == _key(other)


def _in_order(
    arrivals: list[str], recorded: list[tuple[VcrRequest, dict[str, Any]]]
) -> list[tuple[VcrRequest, dict[str, Any]]]:
    """Put what vcrpy has in order of completion into an order that does not depend on latency.

    Conversations stand in the order of their first requests, which the caller makes one after the
    other; a request whose messages continue those of an earlier one belongs to its conversation.
    """
    places: dict[str, collections.deque[int]] = {}
    for place, key in enumerate(arrivals):
        places.setdefault(key, collections.deque()).append(place)
    placed = sorted(
        ((places[_key(item[0])].popleft(), item) for item in recorded), key=lambda pair: pair[0]
    )
    openings: list[tuple[int, list[Any]]] = []
    ordered = []
    for place, item in placed:
        messages = _messages(item[0])
        found = (at for at, opening in openings if messages[: len(opening)] == opening)
        root = next(found, place)
        if root == place:
            openings.append((place, messages))
        ordered.append((root, place, item))
    return [item for _, _, item in sorted(ordered, key=lambda entry: entry[:2])]


def _messages(request: VcrRequest) -> list[Any]:
    """Give the messages of a chat request; any other body counts as its only message."""
    body = parsed(request.body)
    messages = body.get("messages") if isinstance(body, dict) else None
    return messages if isinstance(messages, list) and messages else [body]


def _version() -> str:
    try:
        return version("touchline")
    except PackageNotFoundError:
        return "unknown"
