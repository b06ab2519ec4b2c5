"""Sending again: how long, how often, and when the run should stop; rows S01 to S07 and S30."""

from __future__ import annotations

import asyncio
import email.utils
import time

import pytest

from fault_server import FaultServer, answer, completion, said
from hosted import EVENT, Accepting, Clock, ask, hosted, prompt, read
from touchline.errors import RetryTooLate, ServiceDown
from touchline.model import Failure
from touchline.retry import _FAILURES_IN_A_ROW, Lost, Pacer, retry_after

NOW = 1_700_000_000.0
SAYS_NOTHING = [
    "-1",
    "0",
    "nan",
    "inf",
    "-inf",
    "1e400",
    "soon",
    "",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "Thu, 32 Foo 2026 00:00:00 GMT",
    "Fri, 31 Dec 100000 23:59:59 GMT",
    "Fri, 31 Dec 9999 23:59:59 GMT",
    "9" * 300,
]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Put the policy on a clock that does not make anybody wait."""
    return Clock().rule(monkeypatch)


def date(seconds: float) -> str:
    """Give an HTTP date."""
    return email.utils.formatdate(seconds, usegmt=True)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("1", 1.0),
        (" 2.5 ", 2.5),
        ("600", 600.0),
        (date(NOW + 90), 90.0),
        (date(NOW - 90), None),
        *((value, None) for value in SAYS_NOTHING),
    ],
)
def test_s04_retry_after_values(value: str | None, seconds: float | None) -> None:
    """Seconds and dates are understood; anything odd says nothing, and never raises."""
    assert retry_after(value, now=NOW) == seconds


@pytest.mark.parametrize("value", SAYS_NOTHING)
def test_s04_odd_retry_after_on_the_wire(value: str, clock: Clock) -> None:
    """An odd `Retry-After` neither masks the status nor changes the back-off."""
    with FaultServer(answer(429, retry_after=value)) as server:
        result = read(server, max_tries=3)

    assert (result.state, result.reason) == ("failed", "rate_limited")
    assert len(server.requests) == 3
    assert all(wait <= 2.0 for wait in clock.waits)


def test_s01_retry_after_is_obeyed(clock: Clock) -> None:
    """The wait is at least what the server asks for, and the attempts are told."""
    with FaultServer(answer(429, retry_after="1"), completion([EVENT])) as server:
        result = read(server)

    assert (result.state, result.attempts) == ("done", 2)
    assert len(server.requests) == 2
    assert 1.0 <= sum(clock.waits) <= 1.5
    assert result.usage.requests == 1


def test_s01_all_workers_pause(clock: Clock) -> None:
    """A call that starts later waits too, though the server told another one."""
    sent: list[float] = []

    async def both() -> None:
        pacer = Pacer(max_tries=3, max_wait=60)
        told = asyncio.Event()

        async def first() -> None:
            sent.append(clock.now)
            if len(sent) == 1:
                told.set()
                raise Lost(Failure("rate_limited", "slow down"), wait=10.0, answered=True)

        async def second() -> None:
            sent.append(clock.now)

        task = asyncio.create_task(pacer.send(first))
        await told.wait()
        await asyncio.gather(task, pacer.send(second))

    asyncio.run(both())

    assert sent[0] == 1000.0
    assert all(moment >= 1010.0 for moment in sent[1:])
    assert len(sent) == 3


def test_s02_exponential_back_off_with_full_jitter(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a word from the server the waits double up to a cap; then the article fails."""
    monkeypatch.setattr("touchline.retry._jitter", lambda most: most)
    with FaultServer(answer(429)) as server:
        result = read(server, max_tries=8)

    assert (result.state, result.reason, result.attempts) == ("failed", "rate_limited", 8)
    assert len(server.requests) == 8
    assert clock.waits == [1, 2, 4, 8, 16, 20, 20]


def test_s02_jitter_spreads() -> None:
    """Two calls that failed together do not come back together."""
    pacer = Pacer(max_tries=2, max_wait=60)
    assert pacer._asked(3.0) == 3.0

    waits = {Clock().now, *(round(_backoff(), 6) for _ in range(20))}

    assert len(waits) > 10


def _backoff() -> float:
    """Give the wait after a first failure."""
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def fails() -> None:
        raise Lost(Failure("server_error", "503"))

    async def send() -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("touchline.retry.asyncio.sleep", sleep)
            with pytest.raises(Lost):
                await Pacer(max_tries=2, max_wait=60).send(fails)

    asyncio.run(send())
    return waits[0]


def test_s03_wait_within_max_wait(clock: Clock) -> None:
    """A long wait that the settings allow is waited."""
    with FaultServer(answer(429, retry_after="600"), completion([])) as server:
        result = read(server, max_wait=601)

    assert result.state == "done"
    assert len(server.requests) == 2
    assert sum(clock.waits) >= 600


def test_s03_wait_beyond_max_wait_stops(clock: Clock) -> None:
    """A longer one stops the run at once, with the time to go on."""
    told = r"600 seconds.*max_wait.*go on after 2.*UTC"
    with (
        FaultServer(answer(429, retry_after="600")) as server,
        pytest.raises(RetryTooLate, match=told) as got,
    ):
        read(server, max_wait=60)

    assert got.value.seconds == 600
    assert len(server.requests) == 1
    assert not clock.waits


def test_s03_a_stop_makes_nobody_else_wait(clock: Clock) -> None:
    """After a stop the next question is sent at once: it is the caller's to decide."""
    with FaultServer(answer(429, retry_after="600"), completion([])) as server:
        model = hosted(server)
        with pytest.raises(RetryTooLate):
            ask(model)
        assert ask(model).failure is None

    assert not clock.waits


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408, 409, 529])
def test_s06_passing_statuses_are_sent_again(status: int, clock: Clock) -> None:
    """A passing failure leaves no trace in the result but the attempts."""
    with FaultServer(completion([EVENT])) as server:
        plain = read(server)
    with FaultServer(answer(status, b"<html>busy</html>"), completion([EVENT])) as server:
        result = read(server)

    assert len(server.requests) == 2
    assert server.bodies[0] == server.bodies[1]
    assert result.events == plain.events
    assert (result.usage, result.issues) == (plain.usage, plain.issues)
    assert len(clock.waits) == 1


@pytest.mark.parametrize("status", [500, 503])
def test_s06_passing_statuses_that_stay(status: int, clock: Clock) -> None:
    """A failure that does not pass is the article's, after the tries that the settings allow."""
    with FaultServer(answer(status, {"error": {"message": "overloaded"}})) as server:
        result = read(server, max_tries=3)

    assert (result.state, result.reason) == ("failed", "server_error")
    assert f"{status}: overloaded" in result.why
    assert len(server.requests) == 3
    assert len(clock.waits) == 2


def test_s07_service_down(clock: Clock) -> None:
    """Many failures in a row, over several articles, stop the run."""
    with FaultServer(answer(503)) as server:
        model = hosted(server, max_tries=6)
        for _ in range((_FAILURES_IN_A_ROW - 1) // 6):
            assert ask(model).failure is not None
        with pytest.raises(ServiceDown, match=f"{_FAILURES_IN_A_ROW} requests in a row.*503"):
            ask(model)

    assert len(server.requests) == _FAILURES_IN_A_ROW
    assert clock.waits


SIGNS_OF_LIFE = {
    "answer": completion([]),
    "refusal": said(None, refusal="no"),
    "rate limit": answer(429),
    "empty answer": said(""),
    "too long": answer(400, b"maximum context"),
}


@pytest.mark.parametrize("sign", SIGNS_OF_LIFE)
def test_s07_any_answer_closes_the_circuit(sign: str, clock: Clock) -> None:
    """A server that answers now and then, whatever it says, is not down."""
    fails = [answer(503)] * (_FAILURES_IN_A_ROW - 1)
    with FaultServer(*fails, SIGNS_OF_LIFE[sign], *fails, completion([])) as server:

        async def many() -> None:
            model = hosted(server, max_tries=2)
            while len(server.requests) < 2 * len(fails):
                await model.ask(prompt(), Accepting())

        asyncio.run(many())

    assert clock.waits


def test_s07_failures_at_the_same_time_count_once(clock: Clock) -> None:
    """A burst of requests that fail together is one failure, not a service that is down."""

    async def burst() -> list[BaseException | None]:
        pacer = Pacer(max_tries=1, max_wait=60)
        ready = asyncio.Event()

        async def fails() -> None:
            await ready.wait()
            raise Lost(Failure("server_error", "503"))

        tasks = [asyncio.create_task(pacer.send(fails)) for _ in range(3 * _FAILURES_IN_A_ROW)]
        await asyncio.sleep(0)
        ready.set()
        return [
            each if isinstance(each, BaseException) else None
            for each in await asyncio.gather(*tasks, return_exceptions=True)
        ]

    assert {type(each) for each in asyncio.run(burst())} == {Lost}
    assert not clock.waits


def test_s30_date_against_the_server_s_own_clock(clock: Clock) -> None:
    """Where the server tells its time, its date is a wait, however wrong our clock is."""
    then = {"date": date(NOW), "retry_after": date(NOW + 30)}
    with FaultServer(answer(503, **then), completion([])) as server:
        assert read(server).state == "done"

    assert 30 <= sum(clock.waits) <= 31


def test_s30_date_without_a_clock_is_cut(clock: Clock) -> None:
    """Where it does not, a date far ahead may be a wrong clock: it is cut and does not stop."""
    far = date(time.time() + 7200)
    with FaultServer(answer(503, retry_after=far), completion([])) as server:
        assert read(server, max_wait=60).state == "done"

    assert 60 <= sum(clock.waits) <= 61


def test_s30_date_by_the_server_s_clock_may_stop(clock: Clock) -> None:
    """A date that is certain and too far stops the run, as seconds would."""
    then = {"date": date(NOW), "retry_after": date(NOW + 600)}
    with FaultServer(answer(429, **then)) as server, pytest.raises(RetryTooLate):
        read(server, max_wait=60)

    assert not clock.waits


def test_tries_of_a_kind_are_counted_alone(clock: Clock) -> None:
    """A 503 does not use up the second try of an empty answer."""
    with FaultServer(answer(503), said(""), completion([EVENT])) as server:
        result = read(server)

    assert result.state == "done"
    assert len(server.requests) == 3
    assert len(clock.waits) == 2


def test_replay_does_not_wait() -> None:
    """A recorded failure replays without its wait, and does not count against the service."""

    async def replay() -> int:
        pacer = Pacer(max_tries=2, max_wait=60)
        sent = 0

        async def fails() -> None:
            nonlocal sent
            sent += 1
            raise Lost(Failure("rate_limited", "slow down"), wait=59.0)

        for _ in range(2 * _FAILURES_IN_A_ROW):
            with pytest.raises(Lost):
                await pacer.send(fails, instantly=True)
        return sent

    assert asyncio.run(asyncio.wait_for(replay(), 5)) == 4 * _FAILURES_IN_A_ROW


def test_cancelling_a_wait_ends_it() -> None:
    """A call that waits for its next try can be cancelled; nothing is sent after that."""
    with FaultServer(answer(503, retry_after="50")) as server:

        async def cancelled() -> None:
            task = asyncio.create_task(hosted(server).ask(prompt(), Accepting()))
            await asyncio.sleep(0.1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        asyncio.run(cancelled())

    assert len(server.requests) == 1
