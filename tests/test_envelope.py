"""Reading a chat completion with suspicion; rows S13 and S21 to S29."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fault_server import FaultServer, Step, answer, completion, envelope, said
from hosted import EVENT, INVENTED, Accepting, Clock, ask, hosted, read
from touchline.envelope import Completion, Unusable, read_completion
from touchline.model import FAILURES

EVENTS = json.dumps({"events": [EVENT]})


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Put the policy on a clock that does not make anybody wait."""
    return Clock().rule(monkeypatch)


def opened(body: object, *, asked: str = "test-1") -> Completion:
    """Read a body."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return read_completion(content, asked=asked, request_size=4000)


BROKEN: dict[str, object] = {
    "empty": b"",
    "blank": b" \n",
    "null": None,
    "list": [],
    "number": 7,
    "text": "hello",
    "cut": json.dumps(envelope(EVENTS)).encode()[:-40],
    "no object": {"object": "list", "data": []},
    "choices are null": {"choices": None},
    "choices are text": {"choices": "x"},
    "choice is null": {"choices": [None]},
    "choice without message": {"choices": [{"index": 0}]},
    "message is text": {"choices": [{"message": "x"}]},
    "brackets": b"[" * 100_000,
    "braces": b'{"a":' * 100_000,
    "long number": b'{"choices":' + b"9" * 5000 + b"}",
    "stream": b'data: {"choices": []}\n\ndata: [DONE]\n\n',
}


@pytest.mark.parametrize("name", BROKEN)
def test_s13_s29_broken_envelopes_are_sent_again_once(name: str) -> None:
    """What is no chat completion is sent again once, and then the article fails."""
    body = BROKEN[name]
    broken = answer(200, body)
    with FaultServer(broken, completion([EVENT])) as server:
        assert read(server).state == "done"
    with FaultServer(broken) as stuck:
        result = read(stuck)

    assert (result.state, result.reason, result.attempts) == ("failed", "bad_envelope", 2)
    assert (len(server.requests), len(stuck.requests)) == (2, 2)
    assert result.why.isprintable()
    assert len(result.why) < 300


def test_s21_no_choices() -> None:
    """No choice is no answer, and what the server says instead is quoted."""
    with FaultServer(answer(200, envelope("x", choices=[], error="model is loading"))) as server:
        result = read(server)

    assert (result.state, result.reason) == ("failed", "bad_envelope")
    assert "no choices: model is loading" in result.why
    assert len(server.requests) == 2


def test_s21_two_choices() -> None:
    """The first of several choices is used, and the others are noted."""
    one = envelope(EVENTS)
    one["choices"] *= 2
    with FaultServer(answer(200, one)) as server:
        result = read(server)

    assert (result.state, len(result.events)) == ("done", 1)
    assert [issue.code for issue in result.issues] == ["several_choices"]
    assert len(server.requests) == 1


def test_two_tool_calls() -> None:
    """The first of several tool calls is used, and the others are noted."""
    call = {"type": "function", "function": {"name": "events", "arguments": EVENTS}}
    with FaultServer(said(None, tool_calls=[call, call])) as server:
        result = read(server, style="tool")

    assert (result.state, len(result.events)) == ("done", 1)
    assert [issue.code for issue in result.issues] == ["several_calls"]


@pytest.mark.parametrize("text", [EVENTS, EVENTS[:-20]], ids=["whole", "cut"])
def test_s22_length_is_never_trusted(text: str) -> None:
    """An answer that hit the limit fails, even where it looks whole; a short text has no half."""
    with FaultServer(said(text, finish_reason="length")) as server:
        result = read(server)

    assert (result.state, result.reason, result.attempts) == ("failed", "truncated", 1)
    assert result.usage.output_tokens == 20
    assert len(server.requests) == 1


LONG_TEXT = "\n\n".join(
    ["Il Torino ha esonerato Mario Rossi.", "Il resto della cronaca parla della partita. " * 40]
)


def test_s22_half_the_text_is_tried() -> None:
    """A long article is asked for in halves; the cut answer is paid for."""
    cut = said(EVENTS[:-20], finish_reason="length")
    with FaultServer(cut, completion([{**EVENT, "replaced_by": None}]), completion([])) as server:
        result = read(server, LONG_TEXT)

    assert (result.state, len(result.events), result.attempts) == ("done", 1, 3)
    assert (result.usage.requests, result.usage.output_tokens) == (3, 60)
    assert len(server.requests) == 3


def test_s22_half_an_answer_is_partial() -> None:
    """Where a half is cut again, what the other half says stands."""
    cut = said(EVENTS[:-20], finish_reason="length")
    with FaultServer(cut, completion([{**EVENT, "replaced_by": None}]), cut) as server:
        result = read(server, LONG_TEXT)

    assert (result.state, result.reason, len(result.events)) == ("partial", "truncated", 1)
    assert len(server.requests) == 3


def test_s23_refusal() -> None:
    """A refusal is told in the model's words, and neither sent again nor asked again."""
    with FaultServer(said(None, refusal="I cannot\nhelp with that.")) as server:
        result = read(server)

    assert (result.state, result.reason, result.attempts) == ("failed", "refused", 1)
    assert result.why == "the model refused: I cannot help with that."
    assert result.usage.requests == 1
    assert len(server.requests) == 1


@pytest.mark.parametrize("text", [None, "", EVENTS])
def test_s24_content_filter(text: str | None) -> None:
    """An answer that a filter stopped fails at once, whatever of it has come."""
    with FaultServer(said(text, finish_reason="content_filter")) as server:
        result = read(server)

    assert (result.state, result.reason, result.attempts) == ("failed", "filtered", 1)
    assert len(server.requests) == 1


@pytest.mark.parametrize("text", [None, "", " \n\t", [], [{"type": "text"}], 7, {"a": 1}], ids=repr)
def test_s25_empty_answer(text: object) -> None:
    """No text is not an empty list of events: it is sent again once, and then it fails."""
    with FaultServer(said(text), completion([])) as server:
        assert read(server).state == "done"
    with FaultServer(said(text)) as stuck:
        result = read(stuck)

    assert (result.state, result.reason, result.attempts) == ("failed", "empty_answer", 2)
    assert result.usage.requests == 2
    assert (len(server.requests), len(stuck.requests)) == (2, 2)


SAME = [
    ("test-1", "test-1"),
    ("test-1", "test-1-2026-03-01"),
    ("test-1", "test-1-20260301"),
    ("test-1", "vendor/TEST-1"),
    ("vendor/test-1", "test-1"),
    ("llama3", "llama3:latest"),
]
OTHER = [("test-1", "test-2"), ("test-1", "test-1-mini"), ("test-1-mini", "test-1")]


@pytest.mark.parametrize(("asked", "named"), SAME)
def test_s26_dated_forms_are_the_same_model(asked: str, named: str) -> None:
    """A date, a provider and case do not make another model."""
    assert opened(envelope("x", model=named), asked=asked).notes == ()


@pytest.mark.parametrize(("asked", "named"), OTHER)
def test_s26_another_model_is_noted(asked: str, named: str) -> None:
    """Another model's answer counts, and the result says whose it is."""
    with FaultServer(completion([EVENT], model=named)) as server:
        result = read(server, model=asked)

    assert (result.state, result.model) == ("done", named)
    assert [(issue.code, issue.why) for issue in result.issues] == [
        ("other_model", f"`{named}` answered for `{asked}`")
    ]
    assert len(server.requests) == 1


@pytest.mark.parametrize("named", ["\ud800", "x\x1b[0m" * 1000, "", None, 7, ["x"]], ids=repr)
def test_s26_odd_names_of_models(named: object) -> None:
    """A name that is none cannot break the result or the terminal."""
    with FaultServer(completion([EVENT], model=named)) as server:
        result = read(server)

    assert result.state == "done"
    assert (result.model or "").isprintable()
    assert len(result.model_dump_json().encode()) < 10_000
    assert len(server.requests) == 1


ABSURD: list[Any] = [
    None,
    {},
    [],
    {"prompt_tokens": 0, "completion_tokens": 0},
    {"prompt_tokens": -5, "completion_tokens": 10},
    {"prompt_tokens": 10, "completion_tokens": 10**12},
    {"prompt_tokens": 10, "completion_tokens": True},
    {"prompt_tokens": "10", "completion_tokens": "10"},
    {"prompt_tokens": 1.5, "completion_tokens": 10},
]


@pytest.mark.parametrize("usage", ABSURD, ids=repr)
def test_s27_usage_is_estimated(usage: object) -> None:
    """Missing and absurd counts are replaced by an estimate, and the result says so."""
    with FaultServer(completion([EVENT], usage=usage)) as server:
        result = read(server)

    assert result.usage.estimated
    assert result.usage.input_tokens == len(server.bodies[0]) // 4
    assert 0 < result.usage.output_tokens < 1000
    assert len(server.requests) == 1


def test_s27_one_estimate_marks_the_sum() -> None:
    """Over a re-ask the sum is an estimate when one part of it is."""
    with FaultServer(completion([INVENTED], usage=None), completion([EVENT])) as server:
        result = read(server)

    assert result.usage.estimated
    assert (result.usage.requests, len(server.requests)) == (2, 2)


WRAPPED = {
    "fence": f"```json\n{EVENTS}\n```",
    "prose": f"Here you are:\n\n```\n{EVENTS}\n```\n\nAnything else?",
    "thoughts": f"<think>\nmaybe {{}}?\n</think>\n{EVENTS}",
}


@pytest.mark.parametrize("name", WRAPPED)
def test_s28_one_object_in_other_text(name: str) -> None:
    """One JSON object is found in its fence or prose; what stood around it is noted."""
    with FaultServer(said(WRAPPED[name])) as server:
        result = read(server)

    assert (result.state, len(result.events)) == ("done", 1)
    assert {issue.code for issue in result.issues} <= {"wrapped_answer"}
    assert bool(result.issues) == (name != "thoughts")
    assert len(server.requests) == 1


def test_s28_two_objects_are_ambiguous() -> None:
    """Which of two objects was meant cannot be known: the model is asked again."""
    with FaultServer(said(f"{EVENTS}\n{EVENTS}"), said(EVENTS)) as server:
        result = read(server)

    assert (result.state, result.attempts) == ("done", 2)
    assert "exactly one" in server.requests[1].json["messages"][-1]["content"]


HOSTILE = {
    "duplicate keys": '{"events": [], "events": []}',
    "NaN": '{"events": [NaN]}',
    "lone surrogate": '{"events": ["\\ud800"]}',
    "raw surrogate": '{"events": ["\ud800"]}',
    "brackets": '{"events": ' + "[" * 100_000,
    "long number": '{"events": [' + "9" * 5000 + "]}",
    "no json": "I found two events.",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_s29_invalid_answers_are_asked_again_once(name: str) -> None:
    """An answer that is not the one JSON object is asked again once, and then it fails."""
    with FaultServer(said(HOSTILE[name]), completion([EVENT])) as server:
        assert read(server).state == "done"
    with FaultServer(said(HOSTILE[name])) as stuck:
        result = read(stuck)

    assert (result.state, result.reason, result.attempts) == ("failed", "invalid_answer", 2)
    assert (len(server.requests), len(stuck.requests)) == (2, 2)
    assert result.model_dump_json().encode()


def test_content_in_parts_is_joined() -> None:
    """Some servers send the text in parts; other parts are no text."""
    parts = [
        {"type": "thinking", "text": None},
        {"type": "text", "text": EVENTS[:9]},
        "x",
        {"type": "text", "text": EVENTS[9:]},
    ]

    assert opened(envelope(parts)).text == EVENTS


def test_broken_answers_are_paid_for() -> None:
    """A cut answer may be billed, so it is charged by estimate; a login page is not."""
    with FaultServer(answer(200, b'{"choices": [')) as server:
        cut = read(server)
    with FaultServer(answer(200, b"<html>log in</html>")) as server:
        page = read(server)

    assert (cut.usage.requests, cut.usage.estimated) == (2, True)
    assert page.usage.requests == 0


KEYS = (
    "choices message content tool_calls function arguments usage refusal finish_reason error "
    "model text prompt_tokens"
).split()
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(KEYS),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)
BODIES = (
    st.binary(max_size=300)
    | JSON_VALUES.map(lambda value: json.dumps(value).encode())
    | st.builds(
        lambda message, usage: json.dumps(
            {"choices": [{"message": message}], "usage": usage}
        ).encode(),
        JSON_VALUES,
        JSON_VALUES,
    )
    | st.integers(0, 400).map(lambda size: json.dumps(envelope(EVENTS)).encode()[:size])
)


@given(BODIES)
@example(b"")
@example(b"\xef\xbb\xbf{}")
@example(b'{"choices": [{"message": {"tool_calls": [null]}}]}')
@example(b'{"choices": [{"message": {"tool_calls": [{"function": {"arguments": 1}}]}}]}')
def test_any_body_ends_in_exactly_one_state(body: bytes) -> None:
    """Whatever a server sends with status 200 is one answer, or one failure with a known code."""
    got: Completion | Unusable
    try:
        got = opened(body)
    except Unusable as error:
        got = error
    if isinstance(got, Unusable):
        assert got.failure.code in FAILURES
        assert got.failure.why.isprintable()
        assert got.tries in {1, 2}
    else:
        assert got.text.strip()
        assert got.usage.input_tokens >= 0
        assert (got.model or "").isprintable()


@given(st.text(max_size=200))
def test_any_text_of_an_answer_is_carried(text: str) -> None:
    """The text of an answer reaches the review as it is."""
    if text.strip():
        assert opened(envelope(text)).text == text


def test_states_on_the_wire() -> None:
    """Many kinds of bytes, one connection after the other: each call ends, by itself."""
    steps: list[Step] = [answer(200, body) for body in BROKEN.values()]
    with FaultServer(*steps, completion([])) as server:
        model = hosted(server, max_tries=1)
        replies = [ask(model, review=Accepting()) for _ in range(len(steps) + 1)]

    assert [reply.failure is None for reply in replies] == [False] * len(steps) + [True]
    assert len(server.requests) == len(steps) + 1
