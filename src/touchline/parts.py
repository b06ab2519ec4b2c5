"""Long articles in parts, each small enough for one request.

A part is cut at paragraphs and carries the head of the page along, because what a later part tells
can rarely be understood without the headline and the first lines. Quotes are always proved against
the whole text, so a cut can lose context but never an offset.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

__all__ = ["Part", "halves", "split"]

_PARAGRAPH = re.compile(r"[\r\n\u2028\u2029]\s*")
_SENTENCE = re.compile(r"[.!?…][\"'»”’)]?\s")
_LEAD_CHARS = 600


@dataclass(frozen=True, slots=True)
class Part:
    """A slice of an article's visible text.

    Attributes:
        text: what this request is about.
        number, count: which part of how many, from 1.
        lead: the first lines of the article, repeated for context; empty in the first part.
    """

    text: str
    number: int = 1
    count: int = 1
    lead: str = ""


def split(text: str, limit: int) -> tuple[Part, ...]:
    r"""Cut `text` into parts of at most `limit` code points; the parts joined are the text.

    The cut is the last end of a paragraph within reach, else of a sentence, else of a word.

    >>> [part.text for part in split("One two.\n\nThree four.", 12)]
    ['One two.\n\n', 'Three four.']
    """
    if len(text) <= limit:
        return (Part(text),)
    pieces: list[str] = []
    start = 0
    while len(text) - start > limit:
        end = _cut(text, start, start + limit)
        pieces.append(text[start:end])
        start = end
    pieces.append(text[start:])
    return _numbered(pieces, text)


def halves(part: Part, text: str) -> tuple[Part, ...]:
    """The part in two, for an answer that did not fit; () where it cannot be cut further."""
    if len(part.text) < 2 * _LEAD_CHARS:
        return ()
    middle = _cut(part.text, 0, len(part.text) // 2 + _LEAD_CHARS // 2)
    first, second = _numbered([part.text[:middle], part.text[middle:]], text)
    return (replace(first, lead=part.lead), second)


def _numbered(pieces: list[str], text: str) -> tuple[Part, ...]:
    """The pieces as parts, each but the first with the head of the article."""
    lead = text[: _cut(text, 0, _LEAD_CHARS)].strip()
    return tuple(
        Part(piece, number, len(pieces), "" if number == 1 else lead)
        for number, piece in enumerate(pieces, 1)
    )


def _cut(text: str, start: int, end: int) -> int:
    """The best place to cut in the second half of `[start, end]`."""
    if end >= len(text):
        return len(text)
    window_start = start + (end - start) // 2
    for pattern in (_PARAGRAPH, _SENTENCE):
        ends = [match.end() for match in pattern.finditer(text, window_start, end)]
        if ends:
            return ends[-1]
    space = text.rfind(" ", window_start, end)
    return end if space < 0 else space + 1
