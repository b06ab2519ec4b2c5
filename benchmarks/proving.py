"""Finding quotes and names in a long text, without a model."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from benchmarks.articles import EVENTS, long_article
from benchmarks.measure import Row, cpu_of, ratios
from touchline import Document
from touchline.folding import fold
from touchline.grounding import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.measure import Scale

__all__ = ["proving"]

_HIT: str = EVENTS[0]["evidence"][0]
_MISS = _HIT.replace("ha esonerato", "non ha esonerato")
_PERSON: str = EVENTS[0]["person"]
_CASEFOLD = "str.casefold() + find"


def proving(_server: str, scale: Scale) -> Iterator[Row]:
    """CPU of proving against one long text, against Python's own casefold and find."""
    document = Document(long_article(scale.long))
    text = document.text
    assert document.visible.text == text  # made once for a document, off the clock

    def casefold_and_find() -> None:
        folded = text.casefold()
        assert folded.find(_HIT.casefold()) >= 0
        assert folded.find(_MISS.casefold()) < 0

    def prove() -> Source:
        source = Source(document)
        assert source.quote(_HIT) is not None
        assert source.quote(_MISS) is None
        return source

    works: dict[str, Callable[[], object]] = {
        _CASEFOLD: casefold_and_find,
        "fold()": lambda: fold(text),
        "Source, a quote that stands, one that does not": prove,
        "the same, and a name that stands": lambda: prove().person(_PERSON),
        "the same, and the passage nearest to the wrong quote": lambda: prove().nearest(_MISS),
    }
    spent: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(scale.rounds):
        for name, work in works.items():
            spent[name].append(cpu_of(work))
    base = spent.pop(_CASEFOLD)
    for name, series in spent.items():
        yield Row(
            "proving",
            f"{scale.long:,} characters: {name}",
            value=statistics.median(series) * 1_000,
            unit="ms CPU",
            baseline=_CASEFOLD,
            base=statistics.median(base) * 1_000,
            ratio=ratios(series, base),
        )
