"""Scoring extractions against the gold, intervals included."""

from __future__ import annotations

import asyncio
import random
import statistics
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Aim, Row, cpu_of, ratios
from touchline import Reader, evaluate, read_gold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.measure import Scale
    from touchline import Extraction, Gold

__all__ = ["evaluation"]

_GOLD = Path(__file__).parents[1] / "tests" / "gold"
_BASELINE = "one interval: random.choices() and three sums for each draw"
_MOST = Aim(40.0)


def evaluation(_server: str, scale: Scale) -> Iterator[Row]:
    """CPU of all figures and their intervals, against one interval made the plain way."""
    gold = read_gold(_GOLD)
    extractions = asyncio.run(_extracted(gold))
    counts = [
        (each.strict.right, each.strict.found, each.strict.gold)
        for each in evaluate(gold, extractions, resamples=1).articles
    ]
    plain: list[float] = []
    ours: list[float] = []
    for _ in range(scale.rounds):
        plain.append(cpu_of(lambda: _interval(counts, scale.resamples)))
        ours.append(cpu_of(lambda: evaluate(gold, extractions, resamples=scale.resamples)))
    yield Row(
        "evaluation",
        f"evaluate(): {len(gold.articles)} articles, {scale.resamples:,} draws, every figure",
        value=statistics.median(ours) * 1_000,
        unit="ms CPU",
        baseline=_BASELINE,
        base=statistics.median(plain) * 1_000,
        ratio=ratios(ours, plain),
        aim=_MOST,
    )


async def _extracted(gold: Gold) -> list[Extraction]:
    reader = Reader("builtin")
    return [await reader.read(document) for document in gold.documents]


def _interval(counts: Sequence[tuple[int, int, int]], resamples: int) -> tuple[float, float]:
    """The middle 95% of F1 over draws of articles."""
    generator = random.Random(0)
    values = []
    for _ in range(resamples):
        drawn = generator.choices(counts, k=len(counts))
        right = sum(count[0] for count in drawn)
        both = sum(count[1] for count in drawn) + sum(count[2] for count in drawn)
        values.append(2 * right / both if both else 0.0)
    values.sort()
    return values[round(0.025 * (resamples - 1))], values[round(0.975 * (resamples - 1))]
