"""Reading with the built-in model, which asks nobody: all of its time is ours."""

from __future__ import annotations

import asyncio
import re
import statistics
from typing import TYPE_CHECKING

from benchmarks.articles import article
from benchmarks.measure import Aim, Row, all_at_once, cpu_of, ratios
from touchline import Document, Reader, extract
from touchline.builtin.model import answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.measure import Scale
    from touchline import Extraction

__all__ = ["builtin"]

_BASELINE = "words of the same texts by a regex, in lower case"
_WORD = re.compile(r"\w+|[^\w\s]")
_MOST_OF_ANSWER = Aim(35.0)
_MOST = Aim(50.0)


def builtin(_server: str, scale: Scale) -> Iterator[Row]:
    """CPU of the built-in model for each article, against looking at every word of it."""
    texts = [article(number) for number in range(scale.articles)]
    reader = Reader("builtin")

    def documents() -> list[Document]:
        return [Document(text) for text in texts]

    works: dict[str, Callable[[], object]] = {
        _BASELINE: lambda: [[word.lower() for word in _WORD.findall(text)] for text in texts],
        "the model's answer alone": lambda: [answer(document) for document in documents()],
        'Reader("builtin").read(), proved': lambda: asyncio.run(
            all_at_once(reader.read, documents(), in_flight=1)
        ),
        'extract(…, model="builtin"), proved': lambda: [
            _checked(document) for document in documents()
        ],
    }
    spent: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():  # compiles the cues
        work()
    for _ in range(scale.rounds):
        for name, work in works.items():
            spent[name].append(cpu_of(work) / len(texts))
    base = spent.pop(_BASELINE)
    for name, series in spent.items():
        yield Row(
            "builtin",
            f"{len(texts[0]):,} characters: {name}",
            value=statistics.median(series) * 1_000,
            unit="ms CPU an article",
            baseline=_BASELINE,
            base=statistics.median(base) * 1_000,
            ratio=ratios(series, base),
            aim=_MOST_OF_ANSWER if "answer" in name else _MOST,
        )


def _checked(document: Document) -> Extraction:
    extraction = extract(document, model="builtin")
    assert extraction.state == "done", extraction.issues
    assert extraction.events
    return extraction
