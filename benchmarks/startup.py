"""What a fresh process pays before it does anything."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from benchmarks.measure import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measure import Scale

__all__ = ["startup"]

_NOTHING = "python -c pass"
_OPENAI = "import openai"
_SCRIPTS = {
    _NOTHING: "pass",
    _OPENAI: "import openai",
    "import touchline": "import touchline",
    "from touchline import extract_events": "from touchline import extract_events",
    "touchline --help": (
        "import sys; sys.argv = ['touchline', '--help']; from touchline.cli import main; main()"
    ),
}


def startup(_server: str, scale: Scale) -> Iterator[Row]:
    """CPU of fresh processes, the best of several, against bare Python and the openai package."""
    best = dict.fromkeys(_SCRIPTS, float("inf"))
    for _ in range(scale.starts):
        for name, script in _SCRIPTS.items():
            best[name] = min(best[name], _cpu_of_process(script))
    for name in list(_SCRIPTS)[2:]:
        for baseline in (_NOTHING, _OPENAI):
            yield Row(
                "startup",
                name,
                value=best[name] * 1_000,
                unit="ms CPU",
                baseline=baseline,
                base=best[baseline] * 1_000,
                ratio=best[name] / best[baseline],
            )


def _cpu_of_process(script: str) -> float:
    """CPU seconds of a Python that runs a script."""
    command = [sys.executable, "-c", script]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, script
    return usage.ru_utime + usage.ru_stime
