"""Sending again what the transport lost: one policy, one deadline, and a pause that all share."""

from __future__ import annotations

import asyncio
import datetime as dt
import email.utils
import math
import random
import time
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type

from touchline.errors import RetryTooLate, ServiceDown

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from touchline.model import Failure

__all__ = ["Lost", "Pacer", "http_date", "retry_after"]

T = TypeVar("T")

_FIRST_WAIT = 0.5
_LONGEST_BACKOFF = 20.0
_JITTER = 0.25
_FAILURES_IN_A_ROW = 20
_LONGEST_MEANT = 366 * 86_400.0  # a server that asks for more than a year says nothing


@dataclass(eq=False)
class Lost(Exception):
    """A request without a usable answer, which may be sent again.

    Attributes:
        failure: what it becomes when no try is left.
        wait: seconds that the server asks for, or None.
        sure: False where `wait` was reckoned with this machine's clock, which may be wrong.
        tries: how many losses with this code end the sending; None: the settings say.
        answered: whether the server did answer, so that it cannot be down.
    """

    failure: Failure
    wait: float | None = None
    sure: bool = True
    tries: int | None = None
    answered: bool = False

    def __str__(self) -> str:
        return self.failure.why


def retry_after(value: str | None, *, now: float | None = None) -> float | None:
    """Seconds to wait by a `Retry-After` header, or None where it says nothing usable.

    Accepts seconds and HTTP dates (RFC 9110, section 10.2.3). Negative, infinite and broken values,
    dates in the past and waits of more than a year say nothing; `now` is a time of day in seconds
    since the epoch.

    >>> retry_after("1.5"), retry_after("-1"), retry_after("nan"), retry_after("soon")
    (1.5, None, None, None)
    """
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        when = http_date(value)
        if when is None:
            return None
        seconds = when - (time.time() if now is None else now)
    return seconds if math.isfinite(seconds) and 0 < seconds <= _LONGEST_MEANT else None


def http_date(value: str | None) -> float | None:
    """An HTTP date in seconds since the epoch, or None where it is none.

    >>> http_date("Thu, 01 Jan 1970 00:01:00 GMT"), http_date("soon")
    (60.0, None)
    """
    try:
        return email.utils.parsedate_to_datetime(value or "").timestamp()
    except (ValueError, OverflowError, OSError, TypeError):
        return None


class Pacer:
    """When requests may be sent to one server, shared by all who send.

    A server that says how long to wait is obeyed by every call, not only by the one it told. After
    many failures in a row, with none answered between them, it counts as down; requests that were
    under way together fail together and count once.

    Args:
        max_tries: requests in all for one answer.
        max_wait: seconds that the server may ask for.
    """

    def __init__(self, *, max_tries: int, max_wait: float) -> None:
        self._max_tries = max_tries
        self._max_wait = max_wait
        self._open_at = 0.0
        self._failed = 0

    async def send(self, attempt: Callable[[], Awaitable[T]], *, instantly: bool = False) -> T:
        """Call `attempt` until it answers, waiting as the server and the policy say.

        Args:
            attempt: sends one request; raises `Lost` where it may be sent again.
            instantly: for a replayed recording, whose waits are over.

        Raises:
            Lost: no try is left. RetryTooLate, ServiceDown: the run should stop.
        """
        async for trial in AsyncRetrying(
            retry=retry_if_exception_type(Lost),
            stop=partial(self._exhausted, Counter()),
            wait=self._wait,
            sleep=_no_sleep if instantly else asyncio.sleep,
            reraise=True,
        ):
            with trial:
                return await (attempt() if instantly else self._counted(attempt))
        raise AssertionError  # pragma: no cover - tenacity returns or raises

    async def _counted(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Send one request when the way is open, and note what it says of the server's health."""
        await self._pause()
        before = self._failed
        try:
            answer = await attempt()
        except Lost as lost:
            if lost.answered:
                self._failed = 0
            elif self._failed == before:
                self._failed += 1
            if lost.wait is not None and not self._too_late(lost):
                self._open_at = max(self._open_at, time.monotonic() + self._asked(lost.wait))
            raise
        except Exception:
            self._failed = 0  # a refusal, or a status that ends the run: the server is there
            raise
        self._failed = 0
        return answer

    async def _pause(self) -> None:
        """Hold back while the server has asked everybody to wait, and not all return at once."""
        while (left := self._open_at - time.monotonic()) > 0:  # noqa: ASYNC110 - another call may move it
            await asyncio.sleep(left + _jitter(_JITTER))

    def _exhausted(self, losses: Counter[str], state: RetryCallState) -> bool:
        """Whether to give up; raises where the whole run should stop."""
        lost = _lost(state)
        if lost.wait is not None and self._too_late(lost):
            until = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=lost.wait)
            message = (
                f"the server asks to wait {lost.wait:.0f} seconds, more than `max_wait` "
                f"({self._max_wait:g}); go on after {until:%Y-%m-%d %H:%M:%S} UTC, "
                "or raise the setting"
            )
            raise RetryTooLate(message, seconds=lost.wait)
        if self._failed >= _FAILURES_IN_A_ROW:
            message = (
                f"{self._failed} requests in a row failed, the last so: {lost}; "
                "go on when the server answers again"
            )
            raise ServiceDown(message)
        losses[lost.failure.code] += 1
        spent = lost.tries is not None and losses[lost.failure.code] >= lost.tries
        return spent or state.attempt_number >= self._max_tries

    def _wait(self, state: RetryCallState) -> float:
        """Seconds before the next try: what the server asks, else exponential with full jitter."""
        lost = _lost(state)
        if lost.wait is not None:
            return self._asked(lost.wait) + _jitter(_JITTER)
        ceiling = min(_LONGEST_BACKOFF, _FIRST_WAIT * 2**state.attempt_number)
        return _jitter(ceiling)

    def _too_late(self, lost: Lost) -> bool:
        """Whether a server certainly asks for more patience than the settings have."""
        return lost.sure and lost.wait is not None and lost.wait > self._max_wait

    def _asked(self, wait: float) -> float:
        """The wait that a server asks for; what a doubtful clock makes too long is cut."""
        return min(wait, self._max_wait)


def _jitter(most: float) -> float:
    """Seconds up to `most`, so that those who failed together do not come back together."""
    return random.uniform(0, most)  # noqa: S311 - no secret


async def _no_sleep(_seconds: float) -> None:
    """Do not wait."""


def _lost(state: RetryCallState) -> Lost:
    outcome = state.outcome
    error = outcome.exception() if outcome is not None else None
    assert isinstance(error, Lost)
    return error
