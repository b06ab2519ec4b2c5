"""How the time of a function grows with its text."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_CODE_POINTS = 10_000
_ROUNDS = 4
_LINEAR = 2.5  # below it two rounds are enough
_NOTHING = 0.002  # seconds below which a clock says little


def growth(work: Callable[[str], object], piece: str, size: int = _CODE_POINTS) -> float:
    """How much longer `work` takes when repeated text of `size` code points is doubled.

    The text is made four times as long and the ratio of the times taken to its root: a busy machine
    would have to slow down one side of it more than twofold, in every round, to make linear work
    look quadratic.

    Returns:
        About 2 for linear work, 4 for quadratic.
    """
    text = (piece * (size // len(piece) + 1))[:size]
    short, long = [], []
    ratio = 0.0
    for number in range(_ROUNDS):
        short.append(_seconds(work, text))
        long.append(_seconds(work, text * 4))
        ratio = float((min(long) / max(min(short), _NOTHING)) ** 0.5)
        if number and ratio < _LINEAR:
            break
    return ratio


def _seconds(work: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    work(text)
    return time.process_time() - started
