"""What a server's refusal means, for the article or for the run; rows S05, S08 to S12 and S19."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

import httpx2
import openai
import pytest

from fault_server import FaultServer, answer, completion, envelope, said
from hosted import EVENT, KEY, TEXT, Clock, ask, hosted, read
from touchline.envelope import Unusable
from touchline.errors import (
    AccessDenied,
    CassetteStale,
    QuotaExhausted,
    Redirected,
    RequestRejected,
    TouchlineError,
)
from touchline.failures import Asked, ParameterRefused, of_error
from touchline.retry import Lost

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")
ASKED = Asked("https://models.example/v1", "test-1", key=KEY, article=TEXT)
REQUEST = httpx2.Request("POST", "https://models.example/v1/chat/completions")


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Put the policy on a clock that does not make anybody wait."""
    return Clock().rule(monkeypatch)


def error(message: str, **more: Any) -> dict[str, Any]:
    """Give an error as OpenAI shapes it."""
    return {"error": {"message": message, "type": "invalid_request_error", **more}}


STOPS: dict[str, tuple[int, object, type[TouchlineError], str]] = {
    "s05_quota_as_code": (
        429,
        error("You exceeded your current quota", code="insufficient_quota"),
        QuotaExhausted,
        r"no credit left: You exceeded your current quota",
    ),
    "s05_quota_as_type": (
        429,
        error("You exceeded your quota", type="insufficient_quota"),
        QuotaExhausted,
        "no credit left",
    ),
    "s05_payment_required": (402, error("Insufficient Balance"), QuotaExhausted, "no credit left"),
    "s08_no_key": (401, error("Missing key"), AccessDenied, r"\(401\): Missing key.*OUCHLINE_API"),
    "s08_forbidden": (403, b"<html>Forbidden</html>", AccessDenied, "OPENAI_API_KEY"),
    "s08_empty": (401, b"", AccessDenied, r"\(401\): nothing"),
    "s09_model": (
        404,
        error("The model `test-1` does not exist", code="model_not_found"),
        RequestRejected,
        r"model `test-1` \(404\): The model `test-1` does not exist",
    ),
    "s09_schema": (400, error("Invalid schema"), RequestRejected, r"\(400\): Invalid schema"),
    "s09_unprocessable": (422, {"detail": "no"}, RequestRejected, r"\(422\)"),
    "s09_no_such_path": (405, b"", RequestRejected, r"\(405\): nothing"),
}


def named(row: str) -> list[str]:
    """Name the stops of a row."""
    return [name for name in STOPS if name.startswith(row)]


def stops(name: str) -> None:
    """Check that a status stops the run at the first request, and does not show the key."""
    status, body, kind, match = STOPS[name]
    with FaultServer(answer(status, body)) as server, pytest.raises(kind, match=match) as got:
        read(server, api_key=KEY)

    assert type(got.value) is kind
    assert KEY not in f"{got.value} {got.value!r}"
    assert len(server.requests) == 1


@pytest.mark.parametrize("name", named("s05"))
def test_s05_an_empty_account_stops(name: str) -> None:
    """An account without credit stops the run at the first request, in the provider's words."""
    stops(name)


@pytest.mark.parametrize("name", named("s08"))
def test_s08_a_refused_key_stops(name: str) -> None:
    """A refused key stops the run at once; the message names the variables and not the key."""
    stops(name)


@pytest.mark.parametrize("name", named("s09"))
def test_s09_a_rejected_request_stops(name: str) -> None:
    """An unknown model or a refused schema stops the run, in the provider's words."""
    stops(name)


def test_s05_other_429_is_no_stop(clock: Clock) -> None:
    """A plain rate limit is not an empty account."""
    limited = answer(429, error("Rate limit", code="rate_limit_exceeded", type="requests"))
    with FaultServer(limited, completion([])) as server:
        assert read(server).state == "done"

    assert len(server.requests) == 2
    assert clock.waits


def test_s08_key_is_blotted_out() -> None:
    """A server that repeats the key does not get it into our message."""
    body = error(f"Incorrect API key provided: {KEY}.")
    with (
        FaultServer(answer(401, body)) as server,
        pytest.raises(AccessDenied, match=r"provided: \[key\]"),
    ):
        read(server, api_key=KEY)

    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("status", [400, 500])
def test_x11_a_server_that_quotes_the_article(status: int) -> None:
    """A refusal that repeats the article leaves it out of the message."""
    with FaultServer(answer(status, error(f"Cannot process: {TEXT}"))) as server:
        reply: object
        try:
            reply = ask(hosted(server, max_tries=1))
        except RequestRejected as refusal:
            reply = refusal

    assert "quotes the article" in str(reply)
    assert "Mario Rossi" not in str(reply)


TOO_LONG = [
    (400, error("This model's maximum context length is 8192 tokens.", code=None)),
    (400, error("Input too long", code="context_length_exceeded")),
    (
        400,
        error("the request exceeds the available context size", type="exceed_context_size_error"),
    ),
    (400, error("Input tokens exceed the configured limit of 272000 tokens.")),
    (413, b""),
    (413, b"<html>Request Entity Too Large</html>"),
]


@pytest.mark.parametrize(("status", "body"), TOO_LONG)
def test_s10_too_long(status: int, body: object) -> None:
    """An article that does not fit and cannot be halved fails without another try."""
    with FaultServer(answer(status, body)) as server:
        result = read(server)

    assert (result.state, result.reason, result.attempts) == ("failed", "too_long", 1)
    assert len(server.requests) == 1


def test_s10_too_long_is_halved() -> None:
    """An article that does not fit is asked for in two halves."""
    text = "\n\n".join([TEXT, "Il resto della cronaca non parla di panchine. " * 40])
    with FaultServer(answer(413), completion([EVENT]), completion([])) as server:
        result = read(server, text)

    assert (result.state, len(result.events), result.attempts) == ("done", 1, 3)
    assert len(server.requests) == 3
    assert max(map(len, server.bodies[1:])) < len(server.bodies[0])


def test_s11_page_with_502() -> None:
    """A page of a gateway is sent again; its text is short and on one line in the reason."""
    page = b"<html>\r\n<h1>Bad\x1b[31m Gateway\x07</h1>" + b"<p>sorry</p>" * 1000
    with FaultServer(answer(502, page, content_type="text/html")) as server:
        result = read(server, max_tries=2)

    assert (result.state, result.reason) == ("failed", "server_error")
    assert len(server.requests) == 2
    assert result.why.isprintable()
    assert len(result.why) <= 200 + len("the server answers 502: ")


CHARSETS = [
    "rot13",
    "hex",
    "utf-16",
    "idna",
    "punycode",
    "undefined",
    "base64",
    "none-such",
    "\xff",
]


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("status", [200, 500])
def test_s11_charsets_that_cannot_be_read(charset: str, status: int) -> None:
    """A server that names a nonsensical charset cannot crash the client."""
    kind = f"text/html; charset={charset}"
    with FaultServer(answer(status, b"<p>\xff\xfe</p>", content_type=kind)) as server:
        result = read(server, max_tries=2)

    assert result.state == "failed"
    assert result.reason == ("server_error" if status == 500 else "bad_envelope")
    assert len(server.requests) == 2


def test_s12_login_page_with_200() -> None:
    """A page with status 200 is sent again once; then the reason points at what is in between."""
    page = b"<!DOCTYPE html><title>Log in</title>"
    with FaultServer(answer(200, page, content_type="text/html")) as server:
        result = read(server)

    assert (result.state, result.reason, result.attempts) == ("failed", "not_api", 2)
    assert "proxy" in result.why
    assert "Log in" in result.why
    assert len(server.requests) == 2


@pytest.mark.parametrize("status", [300, 301, 302, 303, 307, 308])
def test_s19_redirects_are_not_followed(status: int) -> None:
    """Another host gets nothing, neither article nor key; the run stops and names it."""
    with FaultServer(completion([])) as other:
        target = f"http://localhost:{other.port}/v1/chat/completions"
        with (
            FaultServer(answer(status, location=target)) as server,
            pytest.raises(Redirected, match=rf"to `localhost` \({status}\); nothing was sent"),
        ):
            read(server, api_key=KEY)

    assert len(server.requests) == 1
    assert (other.connections, other.requests) == (0, [])


LOCATIONS = {
    "": "another path of it",
    "/v2/chat": "another path of it",
    "//elsewhere.example/x": "elsewhere.example",
    f"https://user:{KEY}@elsewhere.example/": "elsewhere.example",
    "http://[::1": "no valid address",
    "http://xn--\xe9/": "no valid address",
    "http://a\x1bb/": "no valid address",
    f"http://{'a' * 5000}.example/": "aaa",
}


@pytest.mark.parametrize("location", LOCATIONS)
def test_s19_odd_targets(location: str) -> None:
    """A target that is no address is told as such, without what it smuggles."""
    with (
        FaultServer(answer(302, location=location)) as server,
        pytest.raises(Redirected, match=LOCATIONS[location]) as got,
    ):
        read(server)

    assert KEY not in str(got.value)
    assert len(str(got.value)) < 400
    assert len(server.requests) == 1


@pytest.mark.parametrize("code", ["content_filter", "content_policy_violation"])
def test_s24_filter_before_the_model(code: str) -> None:
    """An article that the provider refuses to read fails alone; the run goes on."""
    with FaultServer(answer(400, error("The prompt was filtered", code=code))) as server:
        result = read(server)

    assert (result.state, result.reason, result.attempts) == ("failed", "filtered", 1)
    assert len(server.requests) == 1


ODD_BODIES: list[object] = [
    {"error": {"message": ["x"], "code": ["insufficient_quota"], "type": {"a": 1}, "param": [2]}},
    {"error": "a text"},
    {"error": None},
    {"error": {"message": "\ud800"}},
    [],
    [1],
    "text",
    None,
    b"[" * 100_000,
    b'{"error":{"message":' + b"9" * 5000 + b"}}",
    b"\xff\xfe\x00",
]


@pytest.mark.parametrize("body", ODD_BODIES, ids=lambda body: repr(body)[:30])
@pytest.mark.parametrize("status", [400, 429])
def test_s29_odd_error_bodies(body: object, status: int) -> None:
    """A status with a body of any shape is told as that status."""
    with FaultServer(answer(status, body)) as server:
        model = hosted(server, max_tries=2)
        if status == 400:
            with pytest.raises(RequestRejected, match=r"\(400\)") as got:
                ask(model)
            assert str(got.value).encode()
        else:
            failure = ask(model).failure
            assert failure is not None
            assert failure.code == "rate_limited"

    assert len(server.requests) == (1 if status == 400 else 2)


REFUSALS = [
    error("Unsupported value: 'temperature' does not support 0", param="temperature"),
    error("Unknown parameter", param="temperature"),
    {"detail": [{"loc": ["body", "temperature"], "msg": "Extra inputs are not permitted"}]},
    error("`temperature` is deprecated for this model."),
]


@pytest.mark.parametrize("body", REFUSALS, ids=lambda body: str(body)[:40])
def test_optional_parameters_are_dropped_once(body: object) -> None:
    """A parameter that the server refuses is left out, from then on and for all calls."""
    with FaultServer(answer(400, body), completion([])) as server:
        model = hosted(server)
        replies = [ask(model) for _ in range(3)]

    assert [reply.attempts for reply in replies] == [2, 1, 1]
    sent = [request.json for request in server.requests]
    assert ["temperature" in each for each in sent] == [True, False, False, False]
    assert all(each["seed"] == 0 for each in sent)


def test_both_optional_parameters_are_dropped() -> None:
    """Each is dropped by a refusal of its own."""
    steps = [answer(400, error("no", param=name)) for name in ("seed", "temperature")]
    with FaultServer(*steps, completion([])) as server:
        assert ask(hosted(server)).attempts == 3

    assert not {"seed", "temperature"} & set(server.requests[-1].json)


def test_a_refusal_of_what_was_not_sent_is_told() -> None:
    """A server that goes on refusing is quoted, not asked for ever."""
    body = error("'temperature' must be set", param="temperature")
    with (
        FaultServer(answer(400, body)) as server,
        pytest.raises(RequestRejected, match=r"\(400\): 'temperature' must be set"),
    ):
        ask(hosted(server))

    assert len(server.requests) == 2


def kinds(root: type[T]) -> Iterator[type[T]]:
    """List a class of errors and all below it."""
    yield root
    for kind in root.__subclasses__():
        yield from kinds(kind)


def made(kind: type[openai.OpenAIError], status: int) -> openai.OpenAIError:
    """Make an error of a class of the client's, however it is constructed."""
    response = httpx2.Response(status, json=error("said"), request=REQUEST)
    completed = openai.types.chat.ChatCompletion.model_validate(envelope("x"))
    attempts: list[dict[str, Any]] = [
        {"response": response, "body": None},
        {"message": "said", "response": response, "body": None},
        {"message": "said", "request": REQUEST},
        {"message": "said", "request": REQUEST, "body": None},
        {"request": REQUEST},
        {"completion": completed},
        {"message": "said"},
        {"symbol": "said"},
        {"message": "said", "unsent_messages": []},
        {},
    ]
    for arguments in attempts:
        try:
            return kind(**arguments)
        except TypeError:
            continue
    return kind("said")


@pytest.mark.parametrize("kind", sorted({*kinds(openai.OpenAIError)}, key=repr))
@pytest.mark.parametrize("status", [301, 400, 401, 404, 429, 503])
def test_every_error_of_the_client_is_mapped(kind: type[openai.OpenAIError], status: int) -> None:
    """No error that the client can raise goes out as it is, whatever a new version adds."""
    meant = of_error(made(kind, status), ASKED)

    assert isinstance(meant, (Lost, Unusable, ParameterRefused, TouchlineError))
    assert str(meant)


@pytest.mark.parametrize("kind", sorted({*kinds(httpx2.HTTPError)}, key=repr))
def test_every_error_of_the_wire_is_mapped(kind: type[httpx2.HTTPError]) -> None:
    """Whatever breaks on the wire becomes a loss, by way of the client."""
    wrapped = openai.APIConnectionError(request=REQUEST)
    wrapped.__cause__ = kind.__new__(kind)
    Exception.__init__(wrapped.__cause__, "it broke")

    assert isinstance(of_error(wrapped, ASKED), (Lost, Unusable))


def test_cassette_errors_pass() -> None:
    """A recording that does not fit is told as that."""
    wrapped = openai.APIConnectionError(request=REQUEST)
    wrapped.__cause__ = CassetteStale("stale")

    assert of_error(wrapped, ASKED) is wrapped.__cause__


def test_certificates_are_explained() -> None:
    """A certificate that is not trusted points at the variable that names one's own."""
    wrapped = openai.APIConnectionError(request=REQUEST)
    wrapped.__cause__ = httpx2.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed")

    assert "SSL_CERT_FILE" in str(of_error(wrapped, ASKED))


def test_refusals_in_a_200_are_told() -> None:
    """An error object under status 200 is quoted."""
    with FaultServer(answer(200, error("upstream is busy"))) as server:
        result = read(server)

    assert (result.reason, result.attempts) == ("bad_envelope", 2)
    assert "upstream is busy" in result.why
    assert len(server.requests) == 2


def test_key_in_a_failure_is_blotted_out() -> None:
    """A page with status 200 that repeats the key does not get it into the result."""
    with FaultServer(answer(200, f"<p>{KEY}".encode()), said("{}")) as server:
        result = read(server, api_key=KEY, max_tries=1)

    assert "[key]" in result.why
    assert KEY not in json.dumps(result.model_dump(mode="json"))
