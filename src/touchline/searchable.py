"""A text prepared for searching: folded once, with the way back to the text as given."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from touchline.folding import Folded, cuts_word, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchline.text import Visible

__all__ = ["MAX_OCCURRENCES", "Searchable"]

MAX_OCCURRENCES = 200
"""Places of one name or quote that are looked at."""

_MAX_TRIES = 10_000  # hits inside longer words, after which a quote counts as absent


class Searchable:
    """A visible text and its folded form; spans are of the folded one."""

    def __init__(self, visible: Visible) -> None:
        self._visible = visible

    @cached_property
    def folded(self) -> Folded:
        """The text after the folding; made when it is first asked for."""
        return fold(self._visible.text)

    @cached_property
    def dotted(self) -> bool:
        """Whether the text holds a three-dot character."""
        return "…" in self._visible.text

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span in the text as given behind a span."""
        return self._visible.original(*self.folded.source(start, end))

    def shown(self, start: int, end: int) -> str:
        """The visible text behind a span, line breaks and all."""
        return self._visible.text[slice(*self.folded.source(start, end))]

    def places(self, wanted: str) -> Iterator[tuple[int, int]]:
        """Where `wanted` stands in the folded text, whole words only, either case first."""
        if not wanted:
            return
        other = wanted[0].swapcase()
        forms = [wanted] if other == wanted[0] or len(other) > 1 else [wanted, other + wanted[1:]]
        text = self.folded.text
        left = MAX_OCCURRENCES
        for form in forms:
            tries = _MAX_TRIES
            at = text.find(form)
            while at >= 0 and left and tries:
                end = at + len(form)
                if cuts_word(text, (at, end)):
                    tries -= 1
                else:
                    yield at, end
                    left -= 1
                at = text.find(form, at + 1)

    def halves_dots(self, span: tuple[int, int]) -> bool:
        """Whether a span of the folded text begins or ends inside a three-dot character."""
        text, source = self.folded.text, self.folded.source
        return any(
            text[at - 1 : at + 1] == ".." and source(at - 1, at) == source(at, at + 1)
            for at in span
            if at
        )
