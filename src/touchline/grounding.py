"""Proof that words stand in a text: quotes by equality after the folding, names by their tokens.

Everything here is linear in the text and looks at it once. A `Source` is made per document; a quote
is one exact search in its folded text, a name (`touchline.mentions`) one in its words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from touchline import namewords
from touchline.events import Evidence
from touchline.folding import fold
from touchline.identity import own_words
from touchline.mentions import Mentions
from touchline.searchable import Searchable
from touchline.text import visible

if TYPE_CHECKING:
    from touchline.documents import Document

__all__ = ["MIN_QUOTE", "Source"]

MIN_QUOTE = 4
"""Quotes shorter than this many code points prove nothing."""

_TOKEN = re.compile(r"[^\W_]+")
_DOTS = re.compile(r"[\[(]?\.{3,}[\])]?")
_MAX_PIECES = 4  # of a quote that joins several places with dots
_NEAREST_QUERY = 200  # code points of a misquote that are looked for; the search grows with them


class Source:
    """A document's text, prepared for proving what a model says of it.

    Spans are in code points of the text as given, end exclusive.
    """

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self._page = Searchable(document.visible)
        self._language = (document.language or "").lower().split("-")[0]
        self._anchors: dict[str, list[int]] = {}

    @cached_property
    def _mentions(self) -> Mentions:
        return Mentions(self._page, self._language)

    def name(self, name: str) -> str | None:
        """The text's own form of a team's or league's name; see `Mentions.name`."""
        return self._mentions.name(name)

    def person(self, name: str) -> str | None:
        """The text's own form of a person's name; see `Mentions.person`."""
        return self._mentions.person(name)

    def quote(self, words: str, near: str | None = None) -> Evidence | None:
        """The slice of the text that equals `words` after the folding, or None.

        Of several places the one nearest to the name `near` counts, else the first.
        """
        if (place := self._place(words, near)) is None:
            return None
        start, end = place
        return Evidence(quote=self.text[start:end], start=start, end=end)

    def copied(self, words: str, near: str | None = None) -> str | None:
        """As `quote`, the words of the slice alone."""
        place = self._place(words, near)
        return None if place is None else self.text[slice(*place)]

    def _place(self, words: str, near: str | None) -> tuple[int, int] | None:
        wanted = fold(visible(words).text).text.strip()
        places = [*self._page.places(wanted)]
        if self._page.dotted:
            places = [place for place in places if not self._page.halves_dots(place)]
        if not places:
            return None
        start, end = places[0]
        if near and len(places) > 1:
            anchors = self._starts(near)
            start, end = min(places, key=lambda place: _distance(place[0], anchors))
        return self._page.original(start, end)

    def quotes(self, words: str, near: str | None = None) -> list[Evidence]:
        """The slices behind a quote; several where it joins places with dots. Empty: no proof."""
        if (whole := self.quote(words, near)) is not None:
            return [whole]
        joined = fold(visible(words).text).text
        pieces = [piece for part in _DOTS.split(joined) if (piece := part.strip(" ,;:"))]
        if not 2 <= len(pieces) <= _MAX_PIECES or any(len(piece) < MIN_QUOTE for piece in pieces):
            return []
        found = [self.quote(piece, near) for piece in pieces]
        return [] if None in found else [evidence for evidence in found if evidence is not None]

    def nearest(self, words: str) -> str | None:
        """The passage most like `words`, to be shown to whoever misquoted it; never a proof."""
        from rapidfuzz import fuzz

        text, wanted = self._page.folded.text, fold(words).text.strip()[:_NEAREST_QUERY]
        found = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=60)
        if found is None or found.dest_end <= found.dest_start:
            return None
        start = text.rfind(" ", 0, found.dest_start + 1) + 1
        end = text.find(" ", max(found.dest_end - 1, start))
        return text[start : end if end >= 0 else len(text)]

    def negated(self, evidence: Evidence) -> str | None:
        """The word right before a quote that takes back what it says, or None.

        Only words that negate nothing else in the text's language count: "no" is Spanish, "mai"
        Italian. "Not only", "non appena", "finché non" and their like take nothing back.
        """
        before = self.text[max(0, evidence.start - 40) : evidence.start]
        words = before.lower().split()
        if not words or not before[-1].isspace():
            return None
        known = namewords.NEGATIONS.get(self._language, namewords.NEGATIONS[""])
        contracted = self._language in {"en", ""} and words[-1].endswith(("n't", "n’t"))
        if words[-1] not in known and not contracted:
            return None
        first = _TOKEN.search(evidence.quote.lower())
        if first and first.group() in namewords.NO_NEGATIONS:
            return None
        return None if " ".join(words[:-1]).endswith(namewords.NEGATED_UNTIL) else words[-1]

    def _starts(self, name: str) -> list[int]:
        """Where in the folded text a person's surname stands, in ascending order."""
        if name not in self._anchors:
            surname = (own_words(name) or [""])[-1]
            self._anchors[name] = sorted(start for start, _ in self._page.places(surname))
        return self._anchors[name]


def _distance(place: int, anchors: list[int]) -> int:
    """From a place to the nearest anchor; without anchors every place is as good as another."""
    if not anchors:
        return 0
    after = bisect_right(anchors, place)
    return min(abs(place - anchor) for anchor in anchors[max(0, after - 1) : after + 1])
