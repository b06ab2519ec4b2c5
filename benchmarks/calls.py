"""Client CPU per article, and throughput where the server takes its time."""

from __future__ import annotations

import asyncio
import gc
import itertools
import statistics
import time
from typing import TYPE_CHECKING

from benchmarks.contenders import (
    AIOHTTP,
    INSTRUCTOR,
    OPENAI,
    READER,
    TOUCHLINE,
    Contender,
    contenders,
)
from benchmarks.measure import Aim, Row, all_at_once, cpu_seconds, ratios

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measure import Scale

__all__ = ["cpu", "throughput"]

_DELAY = 200  # milliseconds
_MOST_CPU = Aim(0.8)
_LEAST_THROUGHPUT = Aim(0.9, at_least=True)


def cpu(server: str, scale: Scale) -> Iterator[Row]:
    """CPU of this process for each article, against plain openai."""
    spent = asyncio.run(_cpu_rounds(f"{server}/0/v1", scale))
    base = spent[OPENAI]
    for name, series in spent.items():
        yield Row(
            "cpu",
            name,
            value=statistics.median(series) * 1_000,
            unit="ms CPU an article",
            baseline=OPENAI,
            base=statistics.median(base) * 1_000,
            ratio=ratios(series, base),
            aim=_MOST_CPU if name in {TOUCHLINE, READER} else None,
        )


async def _cpu_rounds(base_url: str, scale: Scale) -> dict[str, list[float]]:
    """CPU seconds an article: by contender, one value for each round."""
    numbers = itertools.count()
    spent: dict[str, list[float]] = {}
    async with contenders(base_url) as every:
        for contender in every.values():  # opens the connections, fills the caches
            await _seconds(contender, numbers, scale.in_flight, in_flight=scale.in_flight)
        for _ in range(scale.rounds):
            for name, contender in every.items():
                used, _ = await _seconds(
                    contender, numbers, scale.articles, in_flight=scale.in_flight
                )
                spent.setdefault(name, []).append(used / scale.articles)
    return spent


def throughput(server: str, scale: Scale) -> Iterator[Row]:
    """Articles a second where each answer takes 200 ms, against what that allows."""
    ideal = scale.in_flight * 1_000 / _DELAY
    rates = asyncio.run(_rates(f"{server}/{_DELAY}/v1", scale))
    for name, series in rates.items():
        rate = statistics.median(series)
        yield Row(
            "throughput",
            name,
            value=rate,
            unit="articles a second",
            baseline=f"ideal: {scale.in_flight} in flight, {_DELAY} ms",
            base=ideal,
            ratio=rate / ideal,
            aim=_LEAST_THROUGHPUT if name in {TOUCHLINE, READER} else None,
        )


async def _rates(base_url: str, scale: Scale) -> dict[str, list[float]]:
    """Articles a second: by contender, one value for each round; three rounds do."""
    numbers = itertools.count()
    rates: dict[str, list[float]] = {}
    async with contenders(base_url) as every:
        chosen = [every[name] for name in (AIOHTTP, OPENAI, INSTRUCTOR, TOUCHLINE, READER)]
        for contender in chosen:
            await _seconds(contender, numbers, scale.in_flight, in_flight=scale.in_flight)
        for _ in range(min(scale.rounds, 3)):
            for contender in chosen:
                _, taken = await _seconds(
                    contender, numbers, scale.delayed, in_flight=scale.in_flight
                )
                rates.setdefault(contender.name, []).append(scale.delayed / taken)
    return rates


async def _seconds(
    contender: Contender, numbers: Iterator[int], count: int, *, in_flight: int
) -> tuple[float, float]:
    """CPU and wall-clock seconds for so many articles, none of which was read before."""
    inputs = [contender.prepare(number) for number in itertools.islice(numbers, count)]
    gc.collect()
    used, started = cpu_seconds(), time.perf_counter()
    await all_at_once(contender.read, inputs, in_flight=in_flight)
    return cpu_seconds() - used, time.perf_counter() - started
