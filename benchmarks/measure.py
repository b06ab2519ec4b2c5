"""Clocks, and what stands in the table."""

from __future__ import annotations

import asyncio
import gc
import resource
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

__all__ = ["FULL", "QUICK", "Aim", "Row", "Scale", "all_at_once", "cpu_of", "cpu_seconds", "ratios"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured.

    Attributes:
        rounds: of each contender, one after the other, so that a busy moment hits all of them.
        articles: for each contender in a round, where the server does not wait.
        delayed: the same where it waits 200 ms.
        in_flight: articles at once.
        cassettes: recorded and replayed.
        starts: fresh processes of each kind; the best counts.
        few, many: articles between which memory must not grow.
        long: code points of the long text.
        resamples: draws behind each interval of an evaluation.
    """

    rounds: int = 7
    articles: int = 192
    delayed: int = 960
    in_flight: int = 64
    cassettes: int = 500
    starts: int = 7
    few: int = 100
    many: int = 1_000
    long: int = 1_000_000
    resamples: int = 1_000


FULL = Scale()
QUICK = Scale(
    rounds=1,
    articles=8,
    delayed=16,
    in_flight=8,
    cassettes=10,
    starts=1,
    few=10,
    many=20,
    long=50_000,
    resamples=50,
)


@dataclass(frozen=True, slots=True)
class Aim:
    """What a row should reach: a bound of its ratio, or of its value."""

    bound: float
    at_least: bool = False
    of_value: bool = False

    def met_by(self, row: Row) -> bool:
        """Whether a row reaches it."""
        measured = row.value if self.of_value else row.ratio
        return measured >= self.bound if self.at_least else measured <= self.bound


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        group: what `--rows` calls it.
        name: what was measured.
        value: how much, in `unit`.
        baseline: what it is compared with.
        base: how much that was, in `unit`, in the same run.
        ratio: the median of the ratios of the rounds, which no other load can shift for long.
        aim: what it should reach, if anything.
    """

    group: str
    name: str
    value: float
    unit: str
    baseline: str
    base: float
    ratio: float
    aim: Aim | None = None

    @property
    def met(self) -> bool | None:
        """Whether the aim is reached; None without one."""
        return None if self.aim is None else self.aim.met_by(self)


def cpu_seconds() -> float:
    """User and system time that this process has used, all threads together."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def cpu_of(work: Callable[[], object]) -> float:
    """CPU seconds of one call, after the garbage of earlier ones has gone."""
    gc.collect()
    started = cpu_seconds()
    work()
    return cpu_seconds() - started


async def all_at_once(
    read: Callable[[T], Awaitable[object]], items: Iterable[T], *, in_flight: int
) -> None:
    """Read all items, `in_flight` of them at any time."""
    waiting = iter(items)

    async def worker() -> None:
        for item in waiting:
            await read(item)

    async with asyncio.TaskGroup() as group:
        for _ in range(in_flight):
            group.create_task(worker())


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios of two series of rounds."""
    return statistics.median(our / their for our, their in zip(ours, theirs, strict=True))
