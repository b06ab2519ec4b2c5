"""The wire: what arrives late, cut, swollen or not at all; rows S14 to S18 and S20."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import shutil
import ssl
import subprocess
import time
import tracemalloc
import zlib
from typing import TYPE_CHECKING

import httpx2
import pytest

from fault_server import FaultServer, answer, completion, drip, endless, envelope, hang, head, raw
from hosted import EVENT, KEY, Clock, hosted, read
from touchline.transport import AnswerTooLarge, AnswerUndecodable, BoundedTransport

if TYPE_CHECKING:
    from pathlib import Path

    from fault_server import Step

WHOLE = json.dumps(envelope(json.dumps({"events": [EVENT]}))).encode()
LONG = {"content-type": "application/json", "content-length": "99999"}
CHUNKED = {"content-type": "application/json", "transfer-encoding": "chunked"}


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Put the policy on a clock that does not make anybody wait."""
    return Clock().rule(monkeypatch)


def fetch(url: str, *, max_bytes: int = 100_000) -> httpx2.Response:
    """Send one request over the transport."""

    async def once() -> httpx2.Response:
        transport = BoundedTransport(max_bytes=max_bytes)
        async with httpx2.AsyncClient(transport=transport) as client:
            return await client.post(url, content=b"{}", timeout=2)

    return asyncio.run(once())


BROKEN: dict[str, tuple[Step, str]] = {
    "s15_reset_mid_body": (raw(head(200, LONG) + WHOLE[:50], reset=True), "connection"),
    "s15_shorter_than_its_length": (raw(head(200, LONG) + WHOLE), "connection"),
    "s15_close_before_headers": (raw(b""), "connection"),
    "s15_close_in_headers": (raw(b"HTTP/1.1 200 OK\r\ncontent-le"), "connection"),
    "s15_broken_chunks": (raw(head(200, CHUNKED) + b"zz\r\n{}\r\n0\r\n\r\n"), "connection"),
    "s15_cut_chunks": (raw(head(200, CHUNKED) + b"5\r\n{\r\n"), "connection"),
    "s15_no_http_at_all": (raw(b"220 mail.example ESMTP\r\n\r\n"), "connection"),
    "s15_headers_without_end": (raw(b"HTTP/1.1 200 OK\r\nx: " + b"y" * 100_000), "connection"),
    "s16_silence": (hang(), "timeout"),
    "s16_silence_after_headers": (drip(head(200, LONG)[:9], every=9), "timeout"),
    "s17_slow_loris": (drip(head(200, LONG) + WHOLE, every=0.05), "timeout"),
}


def named(row: str) -> list[str]:
    """Name the broken transfers of a row."""
    return [name for name in BROKEN if name.startswith(row)]


def sent_again(name: str, *, timeout: float) -> None:
    """Check that a broken transfer is sent again, and that the second answer counts."""
    with FaultServer(BROKEN[name][0], completion([EVENT])) as server:
        result = read(server, timeout=timeout)

    assert (result.state, result.attempts, len(result.events)) == ("done", 2, 1)
    assert len(server.requests) == 2
    assert server.bodies[0] == server.bodies[1]


@pytest.mark.parametrize("name", named("s15"))
def test_s15_broken_transfers_are_sent_again(name: str) -> None:
    """A transfer that breaks is sent again, and the second answer counts."""
    sent_again(name, timeout=2)


@pytest.mark.parametrize("name", named("s16"))
def test_s16_silence_is_sent_again(name: str) -> None:
    """A server that falls silent is left after the timeout and asked again."""
    sent_again(name, timeout=0.2)


@pytest.mark.parametrize("name", named("s17"))
def test_s17_slow_loris_is_sent_again(name: str) -> None:
    """An answer that trickles is cut after the timeout and asked for again."""
    sent_again(name, timeout=0.2)


@pytest.mark.parametrize("name", ["s15_close_before_headers", "s15_reset_mid_body", "s16_silence"])
def test_s15_broken_transfers_that_stay(name: str) -> None:
    """What stays broken is the article's failure, by its own code."""
    step, code = BROKEN[name]
    with FaultServer(step) as server:
        result = read(server, timeout=0.2, max_tries=2)

    assert (result.state, result.reason, result.attempts) == ("failed", code, 2)
    assert len(server.requests) == 2


def test_s17_slow_loris_is_cut_at_its_deadline() -> None:
    """Bytes that keep coming do not keep a request alive, and its socket is closed."""
    with FaultServer(drip(head(200, LONG) + WHOLE, every=0.03)) as server:
        begun = time.monotonic()
        result = read(server, timeout=0.3, max_tries=1)
        took = time.monotonic() - begun
        time.sleep(0.05)
        sent = server.lines[0].sent
        time.sleep(0.1)

        assert server.lines[0].sent == sent

    assert (result.reason, result.why) == ("timeout", "no whole answer within 0.3 seconds")
    assert took < 1
    assert len(server.requests) == 1


def test_s14_invalid_utf8() -> None:
    """A body that is not UTF-8 is sent again once."""
    broken = answer(200, WHOLE.replace(b"Torino", b"Tor\xffno"))
    with FaultServer(broken, completion([EVENT])) as server:
        assert read(server).state == "done"
    with FaultServer(broken) as stuck:
        result = read(stuck)

    assert (result.state, result.reason) == ("failed", "bad_envelope")
    assert "not valid UTF-8" in result.why
    assert (len(server.requests), len(stuck.requests)) == (2, 2)


def gzipped(body: bytes) -> Step:
    """Answer in gzip."""
    return answer(200, gzip.compress(body), content_encoding="gzip")


def test_gzip_is_read() -> None:
    """The one encoding that is asked for is understood, to the last byte."""
    with FaultServer(gzipped(WHOLE)) as server:
        assert read(server).state == "done"
        assert fetch(server.url).content == WHOLE

    assert server.requests[0].headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize("wbits", [zlib.MAX_WBITS, zlib.MAX_WBITS | 16])
@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 99_999, 100_000])
def test_sizes_up_to_the_limit(size: int, wbits: int) -> None:
    """An answer of exactly the limit passes, compressed or not; chunk borders lose nothing."""
    body = bytes(byte % 251 for byte in range(size))
    packer = zlib.compressobj(wbits=wbits)
    packed = packer.compress(body) + packer.flush()
    with FaultServer(answer(200, body), answer(200, packed, content_encoding="deflate")) as server:
        assert fetch(server.url).content == body
        assert fetch(server.url).content == body


ENDLESS = b"\x00" * 65_536
OVERSIZED: dict[str, Step] = {
    "one byte more": answer(200, b"x" * 100_001),
    "gzip bomb": gzipped(b" " * 50_000_000),
    "endless body": endless(head(200, {"connection": "close"}), ENDLESS),
    "endless chunks": endless(head(200, CHUNKED), b"10000\r\n" + ENDLESS + b"\r\n"),
    "endless length": endless(head(200, {"content-length": str(1 << 60)}), ENDLESS),
    "endless behind gzip": endless(
        head(200, {"content-encoding": "gzip", "connection": "close"}) + gzip.compress(WHOLE),
        ENDLESS,
    ),
    "endless empty blocks": endless(
        head(200, {"content-encoding": "deflate", "connection": "close"}) + b"\x78\x9c",
        b"\x00\x00\x00\xff\xff" * 10_000,
    ),
    "endless error": endless(head(500, {"connection": "close"}), ENDLESS),
}


@pytest.mark.parametrize("name", OVERSIZED)
def test_s18_oversized_answers_are_cut(name: str) -> None:
    """An answer over the limit, packed or unpacked, fails its article and is not asked again."""
    with FaultServer(OVERSIZED[name]) as server:
        result = read(server, max_response_bytes=100_000)

    assert (result.state, result.reason, result.attempts) == ("failed", "too_large", 1)
    assert "100000 bytes" in result.why
    assert "max_response_bytes" in result.why
    assert len(server.requests) == 1


def test_s18_gzip_bomb_does_not_unpack() -> None:
    """Reading stops at the limit: memory never holds what the bomb would become."""
    bomb = gzipped(b" " * 50_000_000)
    with FaultServer(bomb) as server:
        tracemalloc.start()
        try:
            with pytest.raises(AnswerTooLarge):
                fetch(server.url, max_bytes=1_000_000)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak < 10_000_000


UNREADABLE: dict[str, Step] = {
    "not gzip": answer(200, WHOLE, content_encoding="gzip"),
    "cut gzip": answer(200, gzip.compress(WHOLE)[:-12], content_encoding="gzip"),
    "not asked for": answer(200, WHOLE, content_encoding="br"),
    "twice": answer(200, gzip.compress(gzip.compress(WHOLE)), content_encoding="gzip, gzip"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_s13_broken_encodings_are_sent_again_once(name: str) -> None:
    """An answer whose compression is broken has a bad envelope."""
    with FaultServer(UNREADABLE[name]) as server:
        result = read(server)
        with pytest.raises(AnswerUndecodable):
            fetch(server.url)

    assert (result.state, result.reason, result.attempts) == ("failed", "bad_envelope", 2)
    assert len(server.requests) == 3


def test_s20_refused_connection() -> None:
    """A port where nobody listens is a failure that may pass."""
    with FaultServer(hang()) as server:
        url = server.url
    result = read(url, max_tries=2)

    assert (result.state, result.reason, result.attempts) == ("failed", "connection", 2)
    assert "the connection failed" in result.why


def test_s20_unknown_host(network_attempts: list[str]) -> None:
    """A name that does not resolve is a failure that may pass."""
    result = read("http://models.example/v1", max_tries=2)

    assert (result.reason, result.attempts) == ("connection", 2)
    assert set(network_attempts) == {"models.example"}
    network_attempts.clear()


def test_s20_no_tls_at_all() -> None:
    """A server that speaks no TLS fails the connection, and not the program."""
    with FaultServer(completion([])) as server:
        result = read(server.url.replace("http", "https"), max_tries=2, timeout=1)

    assert (result.state, result.reason) == ("failed", "connection")
    assert not server.requests


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a certificate that nobody trusts, with its key in the same file."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("needs the openssl program")
    folder = tmp_path_factory.mktemp("tls")
    command = f"{program} req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(folder / "key"), "-out", str(folder / "cert")]
    subprocess.run([*command.split(), *names, *files], check=True, capture_output=True)
    (folder / "both").write_bytes((folder / "key").read_bytes() + (folder / "cert").read_bytes())
    return folder


def test_s20_untrusted_certificate(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A certificate of one's own is refused with the way out, and that way works."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "both")
    with FaultServer(completion([EVENT]), tls=context) as server:
        result = read(server, max_tries=2, timeout=2)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert"))
        trusted = read(server, timeout=2)

    assert (result.state, result.reason, result.attempts) == ("failed", "connection", 2)
    assert "SSL_CERT_FILE" in result.why
    assert trusted.state == "done"
    assert len(server.requests) == 1


@pytest.fixture
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Clear the environment of proxies."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    return monkeypatch


@pytest.mark.parametrize("variable", ["http_proxy", "all_proxy", "ALL_PROXY", "HTTP_PROXY"])
@pytest.mark.parametrize("scheme", ["http://", ""])
def test_s20_proxy_of_the_environment(
    variable: str, scheme: str, no_proxies: pytest.MonkeyPatch
) -> None:
    """A proxy is used where the environment names one, in any of the usual ways."""
    with FaultServer(completion([EVENT])) as proxy:
        no_proxies.setenv(variable, f"{scheme}127.0.0.1:{proxy.port}")
        result = read("http://models.example/v1")

    assert result.state == "done"
    assert [each.target for each in proxy.requests] == ["http://models.example/v1/chat/completions"]


@pytest.mark.parametrize("exempt", ["127.0.0.1", "example.org,127.0.0.1", "*", "127.0.0.1:{port}"])
def test_s20_proxy_is_bypassed(exempt: str, no_proxies: pytest.MonkeyPatch) -> None:
    """Hosts in `no_proxy` are spoken to directly, with and without their port."""
    with FaultServer(answer(500)) as proxy, FaultServer(completion([EVENT])) as server:
        no_proxies.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        no_proxies.setenv("no_proxy", exempt.format(port=server.port))
        result = read(server)

    assert result.state == "done"
    assert (len(proxy.requests), len(server.requests)) == (0, 1)


def test_s20_proxy_is_not_bypassed_for_another_port(no_proxies: pytest.MonkeyPatch) -> None:
    """An exemption for one port does not hold for the next."""
    with FaultServer(completion([EVENT])) as proxy, FaultServer(answer(500)) as server:
        no_proxies.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        no_proxies.setenv("no_proxy", f"127.0.0.1:{server.port + 1}")
        result = read(server)

    assert result.state == "done"
    assert (len(proxy.requests), len(server.requests)) == (1, 0)


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:{port}", "http://", "http://[::1", "::"])
def test_s20_unusable_proxy(proxy: str, no_proxies: pytest.MonkeyPatch) -> None:
    """A proxy that cannot be used fails the connection, and not the program."""
    with FaultServer(completion([])) as server:
        no_proxies.setenv("http_proxy", proxy.format(port=server.port))
        result = read("http://models.example/v1", max_tries=1, timeout=1)

    assert (result.state, result.reason) == ("failed", "connection")
    assert not server.requests


def test_s20_refusing_proxy_keeps_its_password(no_proxies: pytest.MonkeyPatch) -> None:
    """A proxy that refuses the tunnel is told of without the password that its address holds."""
    with FaultServer(answer(407)) as proxy:
        no_proxies.setenv("https_proxy", f"http://reader:{KEY}@127.0.0.1:{proxy.port}")
        result = read("https://models.example/v1", max_tries=1)

    assert (result.state, result.reason) == ("failed", "connection")
    assert "407" in result.why
    assert KEY not in result.model_dump_json()
    assert len(proxy.requests) == 1


def test_answers_end_their_transfer() -> None:
    """A decoded answer no longer says how it was transferred."""
    with FaultServer(gzipped(WHOLE)) as server:
        response = fetch(server.url)

    assert not {"content-encoding", "transfer-encoding"} & {*response.headers}
    assert int(response.headers.get("content-length", len(WHOLE))) == len(WHOLE)


def test_cookies_do_not_travel_between_hosts_or_stay() -> None:
    """What a server sets as a cookie is not kept by the transport."""
    with FaultServer(answer(200, b"{}", set_cookie="a=b")) as server:

        async def twice() -> None:
            transport = BoundedTransport(max_bytes=1000)
            for _ in range(2):
                request = httpx2.Request("POST", server.url, content=b"{}")
                await transport.handle_async_request(request)
            await transport.aclose()

        asyncio.run(twice())

    assert all("cookie" not in request.headers for request in server.requests)


def test_transport_closes_unused() -> None:
    """A transport that sent nothing has nothing to close."""
    asyncio.run(BoundedTransport(max_bytes=1000).aclose())
    assert hosted("http://127.0.0.1:9/v1").name == "test-1"
