"""The transport: recording through vcrpy, replaying without a network, many tapes at once."""

from __future__ import annotations

import asyncio
import gzip
import json
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import httpx2
import openai
import pytest
import vcr
from vcr.persisters.filesystem import FilesystemPersister

from taped import TEXT, URL, label, recorded, reply, request, sent
from touchline.cassette_body import ReadableYaml
from touchline.cassettes import Label, Tape, cassette_path, load_cassette, open_tape
from touchline.errors import CassetteMissing, CassetteStale
from touchline.recording import TapeTransport

if TYPE_CHECKING:
    from pathlib import Path

    from touchline.options import RecordMode

KEY = "sk-test-0123456789abcdef"
Handler = "Callable[[httpx2.Request], Coroutine[None, None, httpx2.Response]]"


def no_network() -> httpx2.AsyncBaseTransport:
    """Stand in for the live transport of a replay: making one is the failure."""
    raise AssertionError("a replay made a live transport")


async def answering(asked: httpx2.Request) -> httpx2.Response:
    """Answer with the user's message."""
    user = json.loads(asked.content)["messages"][1]["content"]
    return httpx2.Response(200, json=reply(user))


async def post(transport: httpx2.AsyncBaseTransport, body: dict[str, Any]) -> httpx2.Response:
    """Send one request, with a key, as the SDK does."""
    headers = {"authorization": f"Bearer {KEY}", "content-type": "application/json"}
    async with httpx2.AsyncClient(transport=transport) as client:
        return await client.post(URL, content=sent(body), headers=headers)


def record(
    folder: Path,
    handler: Any,
    *bodies: dict[str, Any],
    of: Label | None = None,
    mode: RecordMode = "new",
) -> Path:
    """Record some requests, one after the other; give the path."""
    of = of or label()

    async def run() -> None:
        transport = TapeTransport(httpx2.MockTransport(handler))
        with open_tape(folder, of, mode=mode, secret=KEY):
            for body in bodies:
                await post(transport, body)

    asyncio.run(run())
    return cassette_path(folder, of.document_id)


def replay(folder: Path, *bodies: dict[str, Any], of: Label | None = None) -> list[httpx2.Response]:
    """Replay some requests; there is no live transport."""

    async def run() -> list[httpx2.Response]:
        with open_tape(folder, of or label()):
            return [await post(TapeTransport(no_network), body) for body in bodies]

    return asyncio.run(run())


def test_a_recording_replays(tmp_path: Path) -> None:
    """What was recorded comes back to the same requests, without a live transport."""
    record(tmp_path, answering, request("uno\r\n {{ 7*7 }}"), request("due\u2028"))

    found = replay(tmp_path, request("due\u2028"), request("uno\r\n {{ 7*7 }}"))

    texts = [each.json()["choices"][0]["message"]["content"] for each in found]
    assert texts == ["due\u2028", "uno\r\n {{ 7*7 }}"]
    assert load_cassette(cassette_path(tmp_path, "ascoli-carrera")).label == label()


def test_without_a_tape_all_goes_through() -> None:
    """With no tape open the live transport is asked, and made once."""
    made = []

    def live() -> httpx2.AsyncBaseTransport:
        made.append(1)
        return httpx2.MockTransport(answering)

    async def run() -> None:
        transport = TapeTransport(live)
        await transport.handle_async_request(httpx2.Request("POST", URL, json=request()))
        await transport.handle_async_request(httpx2.Request("POST", URL, json=request()))
        await transport.aclose()

    asyncio.run(run())

    assert made == [1]


def test_closing_what_was_never_used() -> None:
    """A transport that met no request closes without making a live one."""
    asyncio.run(TapeTransport(no_network).aclose())


def test_vcrpy_reads_and_plays_the_file(tmp_path: Path) -> None:
    """The file is a cassette of vcrpy's own, once our serializer is registered."""
    path = record(tmp_path, answering, request())
    machine = vcr.VCR(record_mode=vcr.mode.NONE, match_on=["method", "path"], serializer="yaml")
    machine.register_serializer("yaml", ReadableYaml)

    async def run() -> httpx2.Response:
        return await post(httpx2.MockTransport(answering), request("something else"))

    with machine.use_cassette(str(path)) as cassette:
        found = asyncio.run(run())

    assert found.json() == reply(TEXT)
    assert cassette.play_count == 1
    assert len(FilesystemPersister.load_cassette(path, ReadableYaml)[0]) == 1


class TestModes:
    """When the network is asked, and when a file is written."""

    def test_c01_missing_needs_no_network(self, tmp_path: Path) -> None:
        """Without a recording a replay fails before any request."""
        with pytest.raises(CassetteMissing):
            replay(tmp_path, request())

    def test_new_replays_what_is_there(self, tmp_path: Path) -> None:
        """A fresh cassette is played in mode `new`, and left as it is."""
        path = record(tmp_path, answering, request())
        before = path.read_bytes()

        async def refuse(_: httpx2.Request) -> httpx2.Response:
            raise AssertionError("asked the network")

        record(tmp_path, refuse, request())

        assert path.read_bytes() == before

    def test_c02_new_does_not_overwrite_a_stale_one(self, tmp_path: Path) -> None:
        """A changed prompt is an error in mode `new` too; `all` records again."""
        path = record(tmp_path, answering, request())
        changed = label(prompt="ffff0000")

        with pytest.raises(CassetteStale):
            record(tmp_path, answering, request(), of=changed)
        record(tmp_path, answering, request("again"), of=changed, mode="all")

        assert load_cassette(path).label == changed
        assert len(load_cassette(path).exchanges) == 1

    def test_c12_an_exception_saves_nothing(self, tmp_path: Path) -> None:
        """A run that ends in an error, or is cancelled, leaves the old cassette."""
        path = record(tmp_path, answering, request())
        before = path.read_bytes()

        async def run(error: BaseException) -> None:
            with open_tape(tmp_path, label(), mode="all", secret=KEY):
                await post(TapeTransport(httpx2.MockTransport(answering)), request("new"))
                raise error

        for error in (ValueError(), asyncio.CancelledError()):
            with suppress(ValueError, asyncio.CancelledError):
                asyncio.run(run(error))

        assert path.read_bytes() == before
        assert list(tmp_path.iterdir()) == [path]

    @pytest.mark.parametrize("mode", ["new", "all"])
    def test_what_is_discarded_is_not_saved(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture, mode: RecordMode
    ) -> None:
        """The block ends well, the file stays as it was, and the log says why."""
        path = cassette_path(tmp_path, "ascoli-carrera")
        if mode == "all":
            recorded(tmp_path)
        old = path.read_bytes() if path.exists() else None

        async def run() -> None:
            transport = TapeTransport(httpx2.MockTransport(answering))
            with open_tape(tmp_path, label(), mode=mode) as tape:
                await post(transport, request("another"))
                tape.discard("the server was down")

        asyncio.run(run())

        assert (path.read_bytes() if path.exists() else None) == old
        assert caplog.messages == [f"Cassette `{path}` not saved: the server was down"]

    def test_a_replay_has_nothing_to_discard(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Then nothing is said."""
        recorded(tmp_path)
        with open_tape(tmp_path, label()) as tape:
            tape.discard("the server was down")

        assert caplog.messages == []

    def test_no_requests_no_file(self, tmp_path: Path) -> None:
        """A tape that met no request writes nothing."""
        assert not record(tmp_path, answering).exists()

    def test_a_lost_request_is_not_half_recorded(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Where a request stayed without any answer nothing is saved, and a warning says so."""

        async def run() -> None:
            transport = TapeTransport(httpx2.MockTransport(losing))
            with open_tape(tmp_path, label(), mode="new", secret=KEY):
                await post(transport, request())
                with suppress(httpx2.ConnectError):
                    await post(transport, request("lost"))

        async def losing(asked: httpx2.Request) -> httpx2.Response:
            if b"lost" in asked.content:
                raise httpx2.ConnectError("gone")
            return await answering(asked)

        asyncio.run(run())

        assert list(tmp_path.iterdir()) == []
        assert "not saved" in caplog.text

    def test_c07_too_long_to_be_read_is_not_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        """A recording over the reader's limit is not saved, and a warning says so."""
        monkeypatch.setattr("touchline.recorder.MAX_BYTES", 500)

        path = record(tmp_path, answering, request())

        assert not path.exists()
        assert "over 500 bytes" in caplog.text


class TestFailures:
    """Recorded failures are part of the recording."""

    def test_c11_failures_are_recorded_in_order(self, tmp_path: Path) -> None:
        """A 429, a 500 and a 200 to one request replay in this order, without a wait."""
        answers = iter([(429, {"retry-after": "30"}), (500, {}), (200, {})])

        async def faulty(_: httpx2.Request) -> httpx2.Response:
            status, headers = next(answers)
            return httpx2.Response(status, headers=headers, json={})

        record(tmp_path, faulty, request(), request(), request())

        found = replay(tmp_path, request(), request(), request())
        assert [each.status_code for each in found] == [429, 500, 200]
        assert found[0].headers["retry-after"] == "30"

    def test_c09_bodies_that_are_no_json(self, tmp_path: Path) -> None:
        """A proxy's page and a body in another encoding come back byte for byte."""
        pages = iter([b"<html>\r\n<b>502</b>", b"caf\xe9"])

        async def faulty(_: httpx2.Request) -> httpx2.Response:
            return httpx2.Response(502, content=next(pages), headers={"content-type": "text/html"})

        record(tmp_path, faulty, request(), request())

        found = [each.content for each in replay(tmp_path, request(), request())]
        assert found == [b"<html>\r\n<b>502</b>", b"caf\xe9"]

    def test_a_miss_passes_the_sdk_whole(self, tmp_path: Path) -> None:
        """The SDK wraps what a transport raises; the tape still has it, after one try."""
        recorded(tmp_path)

        async def run() -> tuple[Tape, BaseException | None]:
            client = openai.AsyncOpenAI(
                api_key="-",
                base_url="http://model.invalid/v1",
                max_retries=0,
                http_client=httpx2.AsyncClient(transport=TapeTransport(no_network)),
            )
            with open_tape(tmp_path, label()) as tape:
                try:
                    await client.chat.completions.create(model="other", messages=[])
                except openai.APIConnectionError as error:
                    return tape, error.__cause__
            return tape, None

        with pytest.raises(CassetteStale, match=r"body.model: .* `other` now") as caught:
            asyncio.run(run())

        assert caught.value.changed == ("request",)

    def test_the_sdk_replays(self, tmp_path: Path) -> None:
        """The SDK's own request matches, whatever it adds in headers."""
        recorded(tmp_path)

        async def run() -> Any:
            client = openai.AsyncOpenAI(
                api_key="-",
                base_url="http://model.invalid/v1",
                max_retries=0,
                http_client=httpx2.AsyncClient(transport=TapeTransport(no_network)),
            )
            with open_tape(tmp_path, label()):
                done = await client.chat.completions.create(**request())
            return done.choices[0].message.content

        assert asyncio.run(run()) == '{"events": []}'


class TestSecrets:
    """What must not reach the file."""

    def test_c08_only_allowed_headers_are_kept(self, tmp_path: Path) -> None:
        """Neither the key nor cookies, accounts, request ids or the host are written."""

        async def talkative(asked: httpx2.Request) -> httpx2.Response:
            assert asked.headers["authorization"] == f"Bearer {KEY}"
            private = {"set-cookie": "a=1", "openai-organization": "acme", "x-request-id": "r"}
            return httpx2.Response(200, headers=private, json=reply())

        text = record(tmp_path, talkative, request()).read_text("utf-8")

        for word in (KEY, "Bearer", "cookie", "acme", "request-id", "models.example", "user-agent"):
            assert word not in text
        assert "http://model.invalid/v1/chat/completions" in text

    def test_c08_the_key_is_blotted_out_everywhere(self, tmp_path: Path) -> None:
        """A key in article, request, answer or error never reaches the file; it replays."""
        of = label(text=f"my key is {KEY}")
        path = record(tmp_path, answering, request(f"my key is {KEY}"), of=of)

        text = path.read_text("utf-8")
        assert KEY not in text
        assert text.count("my key is [secret]") == 3

        async def run() -> int:
            with open_tape(tmp_path, of, secret=KEY):
                return (
                    await post(TapeTransport(no_network), request(f"my key is {KEY}"))
                ).status_code

        assert asyncio.run(run()) == 200

    @pytest.mark.parametrize(
        ("status", "kept"), [(200, "org-0123456789 user_abcdefgh1"), (429, "[account] [account]")]
    )
    def test_c08_errors_do_not_name_the_account(
        self, tmp_path: Path, status: int, kept: str
    ) -> None:
        """The account is blotted out of error bodies; an article's words are not touched."""

        async def handler(_: httpx2.Request) -> httpx2.Response:
            return httpx2.Response(status, json={"x": "in org-0123456789 user_abcdefgh1"})

        path = record(tmp_path, handler, request("org-0123456789"))

        exchange = load_cassette(path).exchanges[0]
        assert json.loads(exchange.answer.body) == {"x": f"in {kept}"}
        assert "org-0123456789" in json.dumps(exchange.body)

    def test_short_keys_are_no_secrets(self, tmp_path: Path) -> None:
        """A local server's `-` or `x` is not cut out of every text."""
        with open_tape(tmp_path, label(), mode="new", secret="x") as tape:
            assert tape.secret is None

    def test_compressed_answers_are_stored_readable(self, tmp_path: Path) -> None:
        """Gzip is undone on the way to the file; a broken stream does not stop the recording."""
        bodies = iter([gzip.compress(sent(reply())), b"no gzip"])

        async def handler(_: httpx2.Request) -> httpx2.Response:
            stream = httpx2.ByteStream(next(bodies))
            return httpx2.Response(200, headers={"content-encoding": "gzip"}, stream=stream)

        async def run() -> None:
            transport = TapeTransport(httpx2.MockTransport(handler))
            with open_tape(tmp_path, label(), mode="new", secret=KEY):
                assert (await post(transport, request())).json() == reply()
                with suppress(httpx2.DecodingError):
                    await post(transport, request())

        asyncio.run(run())

        first, second = replay(tmp_path, request(), request())
        assert (first.json(), second.content) == (reply(), b"no gzip")


class TestManyAtOnce:
    """Tapes do not know of each other."""

    @staticmethod
    def labels(count: int) -> list[Label]:
        """Give labels of as many articles."""
        return [label(id=f"article-{i}", text=f"text {i}") for i in range(count)]

    def test_sixty_four_tapes_in_one_loop(self, tmp_path: Path) -> None:
        """64 articles recorded at once, over one transport, then replayed, each from its own."""
        labels = self.labels(64)

        async def jittery(asked: httpx2.Request) -> httpx2.Response:
            for _ in range(len(asked.content) % 7):
                await asyncio.sleep(0)
            return await answering(asked)

        async def read(transport: TapeTransport, of: Label, mode: RecordMode) -> list[str]:
            with open_tape(tmp_path, of, mode=mode, secret=KEY):
                found = await asyncio.gather(
                    *(post(transport, request(f"{of.text}, part {part}")) for part in range(3))
                )
            return [each.json()["choices"][0]["message"]["content"] for each in found]

        async def run(transport: TapeTransport, mode: RecordMode) -> list[list[str]]:
            return await asyncio.gather(*(read(transport, of, mode) for of in labels))

        wanted = [[f"text {i}, part {part}" for part in range(3)] for i in range(64)]
        # MockTransport's own close is harmless, so that one transport serves every client.
        assert asyncio.run(run(TapeTransport(httpx2.MockTransport(jittery)), "new")) == wanted
        assert asyncio.run(run(TapeTransport(no_network), "none")) == wanted
        assert len(list(tmp_path.glob("*.yaml"))) == 64

    @pytest.mark.parametrize("slow", [0, 1, 2])
    def test_the_order_does_not_depend_on_latency(self, tmp_path: Path, slow: int) -> None:
        """Parts asked in parallel stand in the order of asking, each with its re-ask behind it."""

        async def handler(asked: httpx2.Request) -> httpx2.Response:
            part = int(json.loads(asked.content)["messages"][1]["content"][-1])
            for _ in range(20 if part == slow else part):
                await asyncio.sleep(0)
            return httpx2.Response(200, json=reply("no JSON"))

        async def read(transport: TapeTransport, part: int) -> None:
            first = request(f"part {part}")
            await post(transport, first)
            more = [
                {"role": "assistant", "content": "no JSON"},
                {"role": "user", "content": "Again."},
            ]
            await post(transport, first | {"messages": [*first["messages"], *more]})

        async def run() -> None:
            transport = TapeTransport(httpx2.MockTransport(handler))
            with open_tape(tmp_path, label(), mode="new", secret=KEY):
                await asyncio.gather(*(read(transport, part) for part in range(3)))

        asyncio.run(run())

        exchanges = load_cassette(cassette_path(tmp_path, "ascoli-carrera")).exchanges
        bodies: list[Any] = [each.body for each in exchanges]
        order = [(body["messages"][1]["content"], len(body["messages"])) for body in bodies]
        assert order == [(f"part {part}", count) for part in range(3) for count in (2, 4)]

    def test_recording_twice_gives_the_same_file(self, tmp_path: Path) -> None:
        """The same answers give the same bytes."""
        of = label()
        first = record(tmp_path, answering, request("b"), request("a"), of=of).read_bytes()

        again = record(tmp_path, answering, request("b"), request("a"), of=of, mode="all")

        assert again.read_bytes() == first


def test_cassettes_load_no_network_library() -> None:
    """Listing, checking and replaying need neither vcrpy nor httpx2."""
    program = (
        "import sys, touchline.cassettes\n"
        "print(sorted({'vcr', 'httpx2', 'openai', 'aiohttp', 'socket'} & sys.modules.keys()))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )

    assert done.stdout.strip() == "[]"


def test_nothing_is_patched(tmp_path: Path) -> None:
    """Recording leaves vcrpy's usual targets alone, also while a tape is open."""
    targets = (httpx2.MockTransport, httpx2.AsyncHTTPTransport, httpx2.HTTPTransport)
    before = [vars(each).copy() for each in targets]
    seen = []

    async def looking(asked: httpx2.Request) -> httpx2.Response:
        seen.append([dict(vars(each)) for each in targets])
        return await answering(asked)

    record(tmp_path, looking, request())

    assert seen == [before]
