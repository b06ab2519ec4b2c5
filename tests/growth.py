"""How the time of a function grows with its text."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_CODE_POINTS = 20_000
_ROUNDS = 3
_NOTHING = 0.002  # seconds below which a clock says little


def growth(work: Callable[[str], object], piece: str, size: int = _CODE_POINTS) -> float:
    """Compare the time for `size` code points of repeated text with that for twice as many.

    Returns:
        The ratio of the best of several rounds: about 2 for linear work, 4 for quadratic.
    """
    text = (piece * (size // len(piece) + 1))[:size]
    return _best(work, text * 2) / max(_best(work, text), _NOTHING)


def _best(work: Callable[[str], object], text: str) -> float:
    times = []
    for _ in range(_ROUNDS):
        started = time.process_time()
        work(text)
        times.append(time.process_time() - started)
    return min(times)
