"""Proof that words stand in a text: quotes by equality after the folding, names by their tokens.

Everything here is linear in the text and looks at it once. A `Source` is made per document; a quote
is one exact search in its folded text, a name one exact search in its joined tokens.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from touchline.events import Evidence
from touchline.folding import fold, fold_words
from touchline.namewords import NOT_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchline.documents import Document

__all__ = ["MIN_QUOTE", "Source", "name_tokens"]

MIN_QUOTE = 4
"""Quotes shorter than this many code points prove nothing."""

_TOKEN = re.compile(r"[^\W_]+")
_MARKUP = re.compile(r"<[^<>]{0,200}>")
_MAX_OCCURRENCES = 200
_PREPOSITIONS = frozenset("de del a al da dal ne nel su sul co col".split())
_ARTICLES = frozenset("l lo la le gli i".split())
# Scripts written without spaces between words begin here; below, a quote must not cut a word.
_SPACED_SCRIPTS_END = "\u0e00"


def name_tokens(name: str) -> tuple[str, ...]:
    """The words of a name, without case and accents.

    >>> name_tokens("Ugo Sant'Elmo")
    ('ugo', 'sant', 'elmo')
    """
    return tuple(fold_words(" ".join(_own_words(name))).split())


class Source:
    """A document's text, prepared for proving what a model says of it.

    Spans are in code points of the text as given, end exclusive.
    """

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self._visible = document.visible
        self._folded = fold(self._visible.text)
        self._anchors: dict[str, list[int]] = {}

    # Quotes ---------------------------------------------------------------------------------

    def quote(self, words: str, near: str | None = None) -> Evidence | None:
        """The slice of the text that equals `words` after the folding, or None.

        Of several places the one nearest to the name `near` counts, else the first.
        """
        wanted = fold(words).text.strip()
        places = list(self._places(wanted))
        if not places:
            return None
        anchors = self._starts(near) if near and len(places) > 1 else []
        start, end = min(places, key=lambda place: _distance(place[0], anchors))
        start, end = self._visible.original(*self._folded.source(start, end))
        return Evidence(quote=self.text[start:end], start=start, end=end)

    def quotes(self, words: str, near: str | None = None) -> list[Evidence]:
        """The slices behind a quote; two where it joins two places with dots. Empty: no proof."""
        if (whole := self.quote(words, near)) is not None:
            return [whole]
        pieces = [piece.strip(" ,;:") for piece in fold(words).text.split("...")]
        pieces = [
            piece for piece in re.split(r"\[\.*\]|\(\.*\)|\.\.\.", "...".join(pieces)) if piece
        ]
        found = [self.quote(piece, near) for piece in pieces]
        if len(found) < 2 or any(len(piece) < MIN_QUOTE for piece in pieces):
            return []
        return [] if None in found else [evidence for evidence in found if evidence is not None]

    def nearest(self, words: str) -> str | None:
        """The passage most like `words`, to be shown to whoever misquoted it; never a proof."""
        from rapidfuzz import fuzz

        wanted = fold(words).text.strip()
        found = fuzz.partial_ratio_alignment(wanted, self._folded.text, score_cutoff=60)
        if found is None or found.dest_end <= found.dest_start:
            return None
        text = self._folded.text
        start = text.rfind(" ", 0, found.dest_start + 1) + 1
        end = text.find(" ", max(found.dest_end - 1, start))
        return text[start : end if end >= 0 else len(text)]

    def _places(self, wanted: str) -> Iterator[tuple[int, int]]:
        """Where `wanted` stands in the folded text, whole words only, either case first."""
        if not wanted:
            return
        other = wanted[0].swapcase()
        forms = [wanted] if other == wanted[0] or len(other) > 1 else [wanted, other + wanted[1:]]
        text = self._folded.text
        left = _MAX_OCCURRENCES
        for form in forms:
            at = text.find(form)
            while at >= 0 and left:
                end = at + len(form)
                if not (_splits_word(text, end) or _cuts_into_word(text, at)):
                    yield at, end
                    left -= 1
                at = text.find(form, at + 1)

    def negated(self, evidence: Evidence) -> bool:
        """Whether the word before the quote takes back what the quote says."""
        before = self.text[max(0, evidence.start - 12) : evidence.start]
        return bool(_NEGATION.search(before))

    # Names ----------------------------------------------------------------------------------

    def name(self, name: str) -> str | None:
        """The text's own form of a name whose words stand together in the text, or None.

        Case, accents and a final genitive s do not count; "Surname First" counts for "First
        Surname". The text's form is taken unless it is all capitals.
        """
        words = name_tokens(name)
        for order in (words, (*words[1:], *words[:1])):
            place = self._find(order)
            if place is not None:
                own = self._form(place, len(order))
                return own if order == words and own and not own.isupper() else _tidy(name)
        return None

    def person(self, name: str) -> str | None:
        """As `name`, for a person: without titles, cut to the fullest form that the text has.

        A surname alone stands for the name only where the text gives it no other first name.
        """
        words = name_tokens(name)
        while len(words) > 1 and words[0] in NOT_NAMES:
            words = words[1:]
        if all(word in NOT_NAMES for word in words) or not any(len(word) > 1 for word in words):
            return None
        bare = name if words == name_tokens(name) else " ".join(_own_words(name)[-len(words) :])
        if (found := self.name(bare)) is not None:
            return found if self._capitalised(found) else None
        for size in range(len(words) - 1, 1, -1):
            for start in (len(words) - size, *range(len(words) - size)):
                place = self._find(words[start : start + size])
                if place is not None and words[start + size - 1] not in NOT_NAMES:
                    return self._form(place, size)
        surname = words[-1:]
        place = self._find(surname)
        if place is None or len(surname[0]) < 3 or self._has_other_first_name(words):
            return None
        found = self._form(place, 1)
        return found if self._capitalised(found) else None

    @cached_property
    def _words(self) -> list[str]:
        """The words of the text, as they stand in it."""
        return _TOKEN.findall(self._folded.text)

    @cached_property
    def _joined(self) -> str:
        """The words without case and accents, a space around each."""
        return f" {fold_words(' '.join(self._words))} "

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        return [match.span() for match in _TOKEN.finditer(self._folded.text)]

    def _find(self, words: tuple[str, ...]) -> int | None:
        """The index of the first word of the first place of `words`, or None."""
        return next(self._all(words), None)

    def _all(self, words: tuple[str, ...]) -> Iterator[int]:
        """The places of `words`, each as the index of its first word; a final s may follow."""
        joined = " ".join(words)
        for ending in ("", "s"):
            wanted = f" {joined}{ending} "
            at = self._joined.find(wanted) if joined else -1
            for _ in range(_MAX_OCCURRENCES):
                if at < 0:
                    break
                yield self._joined.count(" ", 0, at + 1) - 1
                at = self._joined.find(wanted, at + 1)

    def _form(self, index: int, size: int) -> str:
        """The text's own words at a place, on one line, in NFC."""
        plain = " ".join(self._words[index : index + size])
        if plain in self._folded.text:  # nothing but spaces between the words: the usual case
            return _tidy(plain)
        start, end = self._spans[index][0], self._spans[index + size - 1][1]
        return _tidy(self._folded.text[start:end])

    def _starts(self, name: str) -> list[int]:
        """Where in the folded text a person is named, by the surname, in ascending order."""
        starts = self._anchors.get(name)
        if starts is None:
            surname = (_own_words(name) or [""])[-1]
            starts = self._anchors[name] = [start for start, _ in self._places(surname)]
        return starts

    def _capitalised(self, form: str) -> bool:
        """Whether some word of a name that is no title begins with a capital in the text."""
        return any(
            word[0].upper() == word[0]
            for word in _own_words(form)
            if fold_words(word) not in NOT_NAMES
        )

    def _has_other_first_name(self, words: tuple[str, ...]) -> bool:
        """Whether the text puts another capitalised name right before the surname."""
        text = self._folded.text
        for index in self._all(words[-1:]):
            if index == 0:
                continue
            start, end = self._spans[index - 1]
            between = text[end : self._spans[index][0]]
            word = fold_words(self._words[index - 1])
            if between == " " and text[start].isupper() and word not in (*words, *NOT_NAMES):
                return True
        return False


_NEGATION = re.compile(
    r"(?:^|[^\w])(?:non|not|never|nicht|nie|kein|keinen|ne|n['’]|não|nao|nunca|jamais|mai|no)\s*$",
    re.IGNORECASE,
)


def _distance(place: int, anchors: list[int]) -> int:
    """From a place to the nearest anchor; without anchors every place is as good as another."""
    if not anchors:
        return 0
    after = bisect_right(anchors, place)
    return min(abs(place - anchor) for anchor in anchors[max(0, after - 1) : after + 1])


def _splits_word(text: str, at: int) -> bool:
    """Whether a cut at `at` would run through a word or a number."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    return before.isalnum() and after.isalnum() and max(before, after) < _SPACED_SCRIPTS_END


def _cuts_into_word(text: str, at: int) -> bool:
    """Whether a quote that begins at `at` lacks the first letters of its first word.

    Italian melts prepositions and articles: a quote of "gli esoneri" out of "degli esoneri" or of
    "l'Europeo" out of "dell'Europeo" is copied faithfully, and is let through.
    """
    if not _splits_word(text, at):
        return False
    start = max(0, at - 4)
    prefix = re.split(r"[\W_]", text[start:at])[-1].lower()
    rest = re.split(r"[\W_]", text[at : at + 4], maxsplit=1)[0].lower()
    return not (prefix in _PREPOSITIONS and rest in _ARTICLES)


def _own_words(name: str) -> list[str]:
    return _TOKEN.findall(unicodedata.normalize("NFC", _MARKUP.sub(" ", name)))


def _tidy(name: str) -> str:
    """A name on one line, in NFC, without markup and unseen characters."""
    bare = "".join(c for c in _MARKUP.sub(" ", name) if c.isprintable() or c.isspace())
    return unicodedata.normalize("NFC", " ".join(bare.split()))
