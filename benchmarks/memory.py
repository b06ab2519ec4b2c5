"""Peak memory, each case in a process of its own: `python -m benchmarks.memory CASE URL COUNT`."""

from __future__ import annotations

import asyncio
import resource
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.articles import MODEL, article, long_article
from benchmarks.measure import Aim, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measure import Scale

__all__ = ["memory"]

_FLAT = Aim(1.1)


def memory(server: str, scale: Scale) -> Iterator[Row]:
    """The most memory that a process held, against one that did less."""
    url = f"{server}/0/v1"
    bare = _peak("nothing", url, 0)
    few = _peak("articles", url, scale.few)
    one = _peak("articles", url, 1)
    openai = _peak("openai", url, 1)
    for name, peak, baseline, base, aim in (
        (
            "from touchline import extract_events",
            _peak("import", url, 0),
            "python -c pass",
            bare,
            None,
        ),
        ("one article", one, "plain openai, one call", openai, None),
        (
            f"{scale.many} articles, 64 in flight",
            _peak("articles", url, scale.many),
            f"{scale.few} articles",
            few,
            _FLAT,
        ),
        (
            f"one article of {scale.long:,} characters",
            _peak("long", url, scale.long),
            "one article",
            one,
            None,
        ),
        (
            f"builtin: {scale.many} articles",
            _peak("builtin", url, scale.many),
            f"builtin: {scale.few} articles",
            _peak("builtin", url, scale.few),
            _FLAT,
        ),
        (
            f"builtin: one article of {scale.long:,} characters",
            _peak("builtin-long", url, scale.long),
            "builtin: one article",
            _peak("builtin", url, 1),
            None,
        ),
    ):
        yield Row("memory", name, peak, "MB peak", baseline, base, peak / base, aim)


def _peak(case: str, url: str, count: int) -> float:
    """Megabytes that a process of one case held at most."""
    command = [sys.executable, "-m", "benchmarks.memory", case, url, str(count)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _own_peak() -> float:
    """Megabytes that this process held at most."""
    # Where there is /proc: a child's ru_maxrss begins with what its parent held at the fork.
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1_024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1_048_576 if sys.platform == "darwin" else 1_024)


async def _read(url: str, texts: Iterator[str]) -> None:
    """Read texts through one reader, and keep nothing."""
    from touchline import Document, Reader
    from touchline.batch import read_all

    reader = Reader(MODEL, base_url=url, api_key="-")
    async for outcome in read_all(reader, (Document(text) for text in texts), jobs=64):
        assert outcome.extraction.events, outcome.extraction.issues


async def _read_keyless(texts: Iterator[str]) -> None:
    """Read texts with the built-in model, and keep nothing."""
    from touchline import Document, Reader

    reader = Reader("builtin", max_article_chars=2_000_000)
    for text in texts:
        extraction = await reader.read(Document(text))
        assert extraction.events, extraction.issues


async def _call(url: str) -> None:
    from openai import AsyncOpenAI

    async with AsyncOpenAI(base_url=url, api_key="-") as client:
        messages = [{"role": "user", "content": article(0)}]
        await client.chat.completions.create(model=MODEL, messages=messages)  # type: ignore[arg-type]


def _run(case: str, url: str, count: int) -> None:
    """Do what a case names."""
    match case:
        case "import":
            from touchline import extract_events  # noqa: F401 - for what it loads
        case "openai":
            asyncio.run(_call(url))
        case "articles":
            asyncio.run(_read(url, (article(number) for number in range(count))))
        case "builtin":
            asyncio.run(_read_keyless(article(number) for number in range(count)))
        case "builtin-long":
            asyncio.run(_read_keyless(iter([long_article(count)])))
        case "long":
            asyncio.run(_read(url, iter([long_article(count)])))
        case _:
            pass


if __name__ == "__main__":
    _run(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    print(f"{_own_peak():.2f}")
