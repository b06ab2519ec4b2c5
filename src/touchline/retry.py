"""Sending again what the transport lost: one policy, one deadline, and a pause that all share."""

from __future__ import annotations

import asyncio
import email.utils
import math
import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type

from touchline.errors import RetryTooLate, ServiceDown

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from touchline.model import Failure

__all__ = ["Lost", "Pacer", "retry_after"]

T = TypeVar("T")

_FIRST_WAIT = 0.5
_LONGEST_BACKOFF = 20.0
_JITTER = 0.25
_FAILURES_IN_A_ROW = 20


@dataclass(eq=False)
class Lost(Exception):
    """A request without a usable answer, which may be sent again.

    Attributes:
        failure: what it becomes when no try is left.
        wait: seconds that the server asks for, or None.
        tries: how many requests may be sent in all for this kind of loss; None: the settings say.
    """

    failure: Failure
    wait: float | None = None
    tries: int | None = None

    def __str__(self) -> str:
        return self.failure.why


def retry_after(value: str | None, *, now: float | None = None) -> float | None:
    """Seconds to wait by a `Retry-After` header, or None where it says nothing usable.

    Accepts seconds and HTTP dates (RFC 9110, section 10.2.3). Negative, infinite and broken values
    and dates in the past say nothing; `now` is a time of day in seconds since the epoch.

    >>> retry_after("1.5"), retry_after("-1"), retry_after("nan"), retry_after("soon")
    (1.5, None, None, None)
    """
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            when = email.utils.parsedate_to_datetime(value).timestamp()
        except (ValueError, OverflowError, OSError, TypeError):
            return None
        seconds = when - (time.time() if now is None else now)
    return seconds if math.isfinite(seconds) and seconds > 0 else None


class Pacer:
    """When requests may be sent to one server, shared by all who send.

    A server that says how long to wait is obeyed by every call, not only by the one it told. After
    many failures in a row, with none answered between them, it counts as down.

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
            stop=self._exhausted,
            wait=self._wait,
            sleep=_no_sleep if instantly else asyncio.sleep,
            reraise=True,
        ):
            with trial:
                if not instantly:
                    await self._pause()
                answer = await attempt()
                self._failed = 0
                return answer
        raise AssertionError  # pragma: no cover - tenacity returns or raises

    async def _pause(self) -> None:
        """Hold back while the server has asked everybody to wait."""
        while (left := self._open_at - time.monotonic()) > 0:  # noqa: ASYNC110 - another call may move it
            await asyncio.sleep(left)

    def _exhausted(self, state: RetryCallState) -> bool:
        """Whether to give up; raises where the whole run should stop."""
        lost = _lost(state)
        if lost.wait is not None and lost.wait > self._max_wait:
            message = (
                f"the server asks to wait {lost.wait:.0f} seconds, more than `max_wait` "
                f"({self._max_wait:g}); try again then, or raise the setting"
            )
            raise RetryTooLate(message, seconds=lost.wait)
        if lost.wait is not None:
            self._open_at = max(self._open_at, time.monotonic() + lost.wait)
        self._failed += 1
        if self._failed >= _FAILURES_IN_A_ROW:
            message = f"{self._failed} requests in a row failed, the last so: {lost}"
            raise ServiceDown(message)
        return state.attempt_number >= (lost.tries or self._max_tries)

    def _wait(self, state: RetryCallState) -> float:
        """Seconds before the next try: what the server asks, else exponential with full jitter."""
        lost = _lost(state)
        if lost.wait is not None:
            return lost.wait + _jitter(_JITTER)
        ceiling = min(_LONGEST_BACKOFF, _FIRST_WAIT * 2**state.attempt_number)
        return _jitter(ceiling)


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
