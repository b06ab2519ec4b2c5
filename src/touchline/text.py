"""What a model may see of a text, and the way back to the text as given.

The text of a document is frozen: offsets count in it. Characters that no reader sees (zero-width,
bidi, tag characters) and control characters are kept from the model, because they are the usual
carriers of hidden instructions and break tokenisers. Nothing else is touched.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

__all__ = ["Visible", "one_line", "printable", "visible"]

# Controls become one space each, so that the words beside them do not run together; tab, line
# feed and carriage return are text.
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
# Soft hyphen, zero-width and joiners, bidi marks and overrides, invisible operators, blank fillers,
# and the plane of tags and supplementary variation selectors (used to smuggle text past a reader).
# The common variation selectors stay: emoji are written with them.
_HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_UNSEEN = re.compile(f"[{_CONTROL}{_HIDDEN}]")
_IS_CONTROL = re.compile(f"[{_CONTROL}]")


@dataclass(frozen=True, slots=True)
class Visible:
    """The text that a model sees.

    Attributes:
        text: the given text without its hidden characters, controls as spaces.
        removed: how many characters were hidden.
        replaced: how many controls became a space.
    """

    text: str
    removed: int = 0
    replaced: int = 0
    _at: tuple[int, ...] = ()  # where, in `text`, characters are missing
    _gone: tuple[int, ...] = ()  # and how many are missing up to there

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span in the given text behind the span `[start, end)`, not empty, of the visible one.

        Hidden characters inside the span belong to it; those at its edges do not.
        """
        return self._shifted(start), self._shifted(end - 1) + 1

    def _shifted(self, position: int) -> int:
        before = bisect_right(self._at, position)
        return position + (self._gone[before - 1] if before else 0)


def visible(text: str) -> Visible:
    r"""Hide from `text` what no reader sees; linear in its length.

    >>> shown = visible("Car\u200brera")
    >>> shown.text, shown.removed, shown.original(0, 7)
    ('Carrera', 1, (0, 8))
    """
    if (text.isascii() and text.isprintable()) or _UNSEEN.search(text) is None:
        return Visible(text)
    parts: list[str] = []
    at: list[int] = []
    gone: list[int] = []
    last = length = removed = replaced = 0
    for match in _UNSEEN.finditer(text):
        kept = text[last : match.start()]
        parts.append(kept)
        length += len(kept)
        last = match.end()
        if _IS_CONTROL.match(match.group()):
            parts.append(" ")
            length += 1
            replaced += 1
        else:
            removed += 1
            at.append(length)
            gone.append(removed)
    parts.append(text[last:])
    return Visible("".join(parts), removed, replaced, tuple(at), tuple(gone))


def printable(text: str) -> str:
    r"""Escape what a terminal would obey rather than show.

    >>> print(printable("è \x1b[2J\u202e"))
    è \x1b[2J\u202e
    """
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def one_line(text: str, *, limit: int = 200) -> str:
    r"""Foreign text on one line, short, without control characters.

    >>> one_line(" a\n\x1b[2Jb ")
    'a [2Jb'
    """
    return "".join(c for c in " ".join(text.split()) if c.isprintable())[:limit]
