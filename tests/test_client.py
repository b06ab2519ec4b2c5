"""The hosted model: what it sends where, what it counts, and what it leaves behind or hides."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import os
import threading
import traceback
import weakref
from typing import TYPE_CHECKING

import httpx2
import pytest

from fault_server import FaultServer, answer, completion, hang, said
from hosted import EVENT, INVENTED, KEY, TEXT, Accepting, Clock, ask, hosted, prompt, read
from taped import TEXT as TAPED_TEXT
from taped import label
from touchline.api import aextract, extract
from touchline.cassettes import open_tape
from touchline.client import HostedModel
from touchline.documents import Document
from touchline.errors import ConfigurationError, RequestRejected, TouchlineError
from touchline.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from fault_server import Request, Step

FOREIGN = {
    "OPENAI_API_KEY": "sk-of-openai-0123456789",
    "OPENAI_ADMIN_KEY": "sk-admin-0123456789",
    "OPENAI_ORG_ID": "org-0123456789",
    "OPENAI_PROJECT_ID": "proj-0123456789",
    "OPENAI_WEBHOOK_SECRET": "whsec-0123456789",
    "OPENAI_CUSTOM_HEADERS": "X-Tenant: tenant-0123456789\nauthorization: Bearer sk-sly-0123456789",
}


def test_usage_is_the_sum_over_retries_and_reasks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each answer counts once: no cumulative sums, and nothing for what never answered."""
    clock = Clock().rule(monkeypatch)
    steps = [completion([INVENTED]), answer(503), said(""), completion([INVENTED])]
    with FaultServer(*steps, completion([EVENT])) as server:
        result = read(server, reasks=2)

    assert (result.state, result.attempts) == ("done", 5)
    assert len(server.requests) == 5
    assert result.usage.model_dump() == {
        "requests": 4,
        "input_tokens": 400,
        "output_tokens": 80,
        "estimated": False,
    }
    assert clock.waits


@pytest.mark.parametrize("reasks", [0, 1, 3])
def test_reasks_end(reasks: int) -> None:
    """An answer that stays bad is asked again as often as the setting says."""
    with FaultServer(completion([INVENTED])) as server:
        result = read(server, reasks=reasks)

    assert (result.state, len(result.rejected)) == ("partial", 1)
    assert len(server.requests) == result.attempts == reasks + 1


def test_nothing_of_openai_s_reaches_another_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys, organisation, project and headers that lie around in the environment stay there."""
    for name, value in FOREIGN.items():
        monkeypatch.setenv(name, value)
    with FaultServer(completion([EVENT])) as server:
        result = extract(TEXT, model="test-1", base_url=server.url)

    assert result.state == "done"
    sent = json.dumps(dict(server.requests[0].headers)) + server.bodies[0].decode()
    assert "0123456789" not in sent
    assert server.requests[0].headers["authorization"] == "Bearer -"
    assert {*server.requests[0].headers} <= {
        *("host", "connection", "authorization", "accept", "accept-encoding", "content-type"),
        *("user-agent", "content-length", "x-stainless-retry-count", "x-stainless-read-timeout"),
    }


def test_openai_s_own_host_gets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """OpenAI itself is told of the organisation and the project, as its SDK does."""
    for name in ("OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, FOREIGN[name])
    model = HostedModel(Settings.load("gpt-5.4-mini", {"api_key": KEY}))
    sdk = model._new_client()
    asyncio.run(sdk.close())

    assert sdk.default_headers["OpenAI-Organization"] == FOREIGN["OPENAI_ORG_ID"]
    assert sdk.default_headers["OpenAI-Project"] == FOREIGN["OPENAI_PROJECT_ID"]
    assert str(sdk.base_url) == "https://api.openai.com/v1/"


@pytest.mark.parametrize("way", ["argument", "variable"])
def test_the_key_goes_to_the_base_url(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that is meant for the server is sent to it, past any header of the environment."""
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", FOREIGN["OPENAI_CUSTOM_HEADERS"])
    monkeypatch.setenv("OPENAI_API_KEY", FOREIGN["OPENAI_API_KEY"])
    if way == "variable":
        monkeypatch.setenv("TOUCHLINE_API_KEY", KEY)
    key = KEY if way == "argument" else None
    with FaultServer(completion([EVENT])) as server:
        extract(TEXT, model="test-1", base_url=server.url, api_key=key)

    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


def test_a_key_with_a_line_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key as a file holds it arrives without the end of its line."""
    monkeypatch.setenv("TOUCHLINE_API_KEY", f"{KEY}\n")
    with FaultServer(completion([EVENT])) as server:
        extract(TEXT, model="test-1", base_url=server.url)

    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


ADDRESSES = ["ftp://h/v1", "h:80/v1", "http://", "http://[::1", "http://a\x00b/", "/v1"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_is_none(address: str) -> None:
    """A base URL that leads nowhere is refused before anything is sent."""
    with pytest.raises(ConfigurationError, match="which is no address of a server; it begins with"):
        hosted(address)


def test_an_address_with_a_password() -> None:
    """A password in the base URL would stand in every message: it is refused, without it."""
    with pytest.raises(ConfigurationError, match="holds a user or a password") as got:
        hosted(f"https://user:{KEY}@models.example/v1")

    assert KEY not in str(got.value)


def test_x11_logs_hold_neither_article_nor_answer_nor_key(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At DEBUG, nothing that a library logs of a success, a re-ask or a failure tells content."""
    Clock().rule(monkeypatch)
    caplog.set_level(logging.DEBUG)
    for name in ("openai", "openai._base_client", "instructor", "httpx2", "aiohttp", "tenacity"):
        caplog.set_level(logging.DEBUG, logger=name)
    caplog.set_level(logging.INFO, logger="asyncio")  # a new loop's message has "events" in it
    steps: list[Step] = [
        completion([EVENT]),
        *(completion([INVENTED]), completion([EVENT])),
        *(completion([INVENTED]), completion([INVENTED])),
        *(answer(503, TEXT.encode()), said(""), said("")),
        said(None, refusal=f"I will not read: {TEXT}"),
        answer(400, f"bad request {KEY}: {TEXT}".encode()),
    ]
    with FaultServer(*steps) as server:
        for _ in range(5):
            read(server, api_key=KEY)
        with pytest.raises(RequestRejected) as got:
            read(server, api_key=KEY)
        shown = "".join(traceback.format_exception(got.value))

    told = f"{caplog.text} {[vars(record) for record in caplog.records]} {shown}"
    assert len(server.requests) == len(steps)
    for secret in ("Mario Rossi", "Bianchi", "licenziato", "events", KEY):
        assert secret not in told


def test_x11_logs_of_others_are_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    """What the same libraries log for another program in the process still comes out."""
    caplog.set_level(logging.DEBUG, logger="instructor")
    logging.getLogger("instructor").debug("mine")

    assert "mine" in caplog.text


def test_calls_at_once_share_their_connections() -> None:
    """64 calls at once are one client; a second round opens no further connection."""
    together = threading.Barrier(64)

    def after_all(_request: Request) -> Step:
        together.wait(timeout=10)
        return completion([EVENT])

    with FaultServer(choose=after_all) as server:
        model = hosted(server)

        async def rounds() -> list[str]:
            results = []
            for _ in range(2):
                calls = [aextract(TEXT, model=model) for _ in range(64)]
                results += await asyncio.gather(*calls)
            assert len(model._clients) == 1
            return [result.state for result in results]

        states = asyncio.run(rounds())

    assert states == ["done"] * 128
    assert len(server.requests) == 128
    assert server.connections == 64


def test_a_client_is_closed_with_its_loop() -> None:
    """Each event loop has a client of its own, and it ends with the loop; nothing is left over."""
    with FaultServer(completion([])) as server:
        model = hosted(server)
        loops = []
        for _ in range(3):
            loop = asyncio.new_event_loop()
            loops.append(weakref.ref(loop))
            loop.run_until_complete(model.ask(prompt(), Accepting()))
            assert len(model._clients) == 1
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()
            assert not model._clients
            del loop
        gc.collect()  # a client that is still open would warn here, and warnings are errors

    assert [loop() for loop in loops] == [None] * 3
    assert server.connections == 3


def test_a_client_is_closed_with_its_model() -> None:
    """A model that nobody holds closes its connections while the loop goes on."""
    with FaultServer(completion([])) as server:

        async def forgets() -> int:
            model = hosted(server)
            await model.ask(prompt(), Accepting())
            before = sum(line.keep for line in server.lines)
            ended = weakref.ref(model)
            del model
            assert ended() is None
            await asyncio.sleep(0.05)
            gc.collect()
            return before

        assert asyncio.run(forgets()) == 1

    assert server.connections == 1


def test_cancelling_leaves_nothing_behind() -> None:
    """A cancelled call closes its connection at once, and leaves no task."""
    with FaultServer(hang()) as server:

        async def cancelled() -> int:
            task = asyncio.create_task(hosted(server).ask(prompt(), Accepting()))
            while not server.requests:  # noqa: ASYNC110 - the server is in another thread
                await asyncio.sleep(0.005)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            return len(asyncio.all_tasks())

        assert asyncio.run(cancelled()) == 1

    assert len(server.requests) == 1


def test_a_deadline_of_the_caller_s_passes() -> None:
    """The caller's own timeout stays the caller's: it is not taken for the server's."""
    with FaultServer(hang()) as server:

        async def limited() -> None:
            async with asyncio.timeout(0.1):
                await hosted(server, timeout=5).ask(prompt(), Accepting())

        with pytest.raises(TimeoutError):
            asyncio.run(limited())

    assert len(server.requests) == 1


def test_a_review_that_fails_is_the_caller_s_error() -> None:
    """What a review of the caller's raises comes out as it is, and is not asked again."""

    def failing(answer: str) -> tuple[str, ...]:
        raise ZeroDivisionError(answer)

    with FaultServer(completion([])) as server:
        model = hosted(server)
        with pytest.raises(ZeroDivisionError):
            ask(model, review=failing)

    assert len(server.requests) == 1


class Strange(Exception):
    """An error of a library that nobody has heard of."""


@pytest.mark.parametrize(
    "error",
    [
        httpx2.ReadError("x"),
        httpx2.PoolTimeout("x"),
        httpx2.DecodingError("x"),
        httpx2.InvalidURL("x"),
        httpx2.TooManyRedirects("x"),
        RuntimeError("the client has been closed"),
        Strange("x"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_no_foreign_error_comes_out(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the wire raises becomes a failure of the article, or one of our errors."""
    Clock().rule(monkeypatch)

    def refuse(_request: httpx2.Request) -> httpx2.Response:
        raise error

    wire = httpx2.MockTransport(refuse)
    monkeypatch.setattr("touchline.client.BoundedTransport", lambda **_options: wire)
    model = hosted("http://127.0.0.1:9/v1", max_tries=2)
    try:
        failure = ask(model).failure
    except TouchlineError:
        return

    assert failure is not None
    assert failure.code == "connection" if not isinstance(error, httpx2.PoolTimeout) else "timeout"


def test_a_recording_tells_of_refused_parameters_itself(tmp_path: Path) -> None:
    """What one article's recording has learnt of the server does not silently shape the next."""
    refusal = answer(400, {"error": {"message": "no", "param": "temperature"}})

    def strict(request: Request) -> Step:
        return refusal if "temperature" in request.json else completion([])

    with FaultServer(choose=strict) as server:
        model = hosted(server)
        for name in ("one", "two"):
            with open_tape(tmp_path, label(id=name), mode="new"):
                ask(model, TAPED_TEXT)
    for name in ("one", "two"):
        with open_tape(tmp_path, label(id=name), mode="none"):
            assert ask(hosted("http://127.0.0.1:9/v1"), TAPED_TEXT).attempts == 2

    assert len(server.requests) == 4


@pytest.mark.parametrize("text", ["", " "])
def test_i01_nothing_to_read_is_not_sent(text: str) -> None:
    """An empty article is no question."""
    with FaultServer(completion([])) as server:
        assert read(server, text).state == "skipped"

    assert not server.requests


def test_a_document_names_its_answerer() -> None:
    """The result names the model as the server does, and the one asked where nobody answered."""
    with FaultServer(completion([], model="test-1-2026-03-01"), said(None, refusal="no")) as server:
        named = [extract(Document(TEXT), model=hosted(server)).model for _ in range(2)]

    assert named == ["test-1-2026-03-01", "test-1"]
    assert os.environ.get("OPENAI_API_KEY") is None
