"""The declared folding, and the way back from folded text to the text it came from.

Two strings count as equal when they agree after this folding and nothing looser: Unicode NFC,
apostrophes and quotation marks of any form, dashes of any form, three dots, and runs of white
space. A lost "non", another digit or another name survives the folding and is refused.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Folded", "cuts_word", "fold", "fold_words"]

_SPACES = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_SAME_LENGTH = {
    # The last three are what NFC turns into signs of this row.
    **dict.fromkeys("‘’‚‛`´ʼʹ′＇\u0374\u1fef\u1ffd", "'"),
    **dict.fromkeys("“”„‟«»″＂〝〞", '"'),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    **dict.fromkeys(_SPACES, " "),
}
_PREPOSITIONS = frozenset("de del a al da dal ne nel su sul co col".split())
_CONTRACTED = frozenset("l lo la le gli i".split())  # articles that Italian melts into them
# Words before a hyphen that turn what follows into something else.
_REVERSALS = frozenset("ex vice non anti co".split())
# Scripts written without spaces between words begin here; below, a quote must not cut a word.
_SPACED_SCRIPTS_END = "\u0e00"
# Letters that carry no accent to strip but are written plain where one is missing.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "œ": "oe", "æ": "ae"}
)
_SPACES_ON = re.compile(" +")
_UNEVEN = re.compile(f"[{re.escape(''.join(_SAME_LENGTH))}]")
_NOT_ASCII = re.compile("[^\\x00-\\x7f]")
_FEW = 64  # different characters, up to which so many fast passes beat one slow translate
# Letters that are no marks and yet compose with what stands before them: Korean vowels and finals,
# and the second halves of vowel signs of India, Burma, Bali and Sri Lanka.
_JOINING = (
    "\u1161-\u11ff\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf"
    "\u102e\u1b35\U00011127\U0001133e\U00011357\U000114b0\U000114ba\U000114bd\U000115af\U00011930"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and, for each place where its length differs, where it came from.

    Segments alternate; segment i runs from `_folded[i]` in the folded text and from `_source[i]` in
    the source. In a segment marked in `_changed` the two do not correspond character by character.
    """

    text: str
    _folded: tuple[int, ...] = (0,)
    _source: tuple[int, ...] = (0,)
    _changed: tuple[bool, ...] = (False,)

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The span in the source behind the span `[start, end)`, not empty, of the folded text.

        A span that ends inside a changed segment takes the whole of it.
        """
        first = bisect_right(self._folded, start) - 1
        begin = self._source[first]
        if not self._changed[first]:
            begin += start - self._folded[first]
        last = bisect_right(self._folded, end - 1) - 1
        if self._changed[last]:
            return begin, self._source[last + 1]
        return begin, self._source[last] + end - self._folded[last]


def fold(text: str) -> Folded:
    r"""Fold `text`; linear in its length.

    >>> fold("L’ex  tecnico — «via»").text
    'L\'ex tecnico - "via"'
    >>> fold("a  b").source(2, 3)
    (3, 4)
    """
    if text.isascii() and text.isprintable() and "`" not in text and "  " not in text:
        return Folded(text)  # most names and quotes
    even = _replaced(text, {sign: _SAME_LENGTH[sign] for sign in _UNEVEN.findall(text)})
    spots = _runs_and_dots(even) if unicodedata.is_normalized("NFC", even) else _decomposed(even)
    parts: list[str] = []
    folded, source, changed = [0], [0], [False]
    length = last = 0
    for start, end, piece in spots:
        parts += (even[last:start], piece)
        length += start - last
        folded += (length, length + len(piece))
        source += (start, end)
        changed += (True, False)
        length += len(piece)
        last = end
    parts.append(even[last:])
    return Folded("".join(parts), tuple(folded), tuple(source), tuple(changed))


def _runs_and_dots(text: str) -> Iterator[tuple[int, int, str]]:
    """Runs of spaces and three-dot characters in composed text: where, and what they become.

    Two plain searches side by side; one pattern for both would try it at every character.
    """
    run, dots = text.find("  "), text.find("…")
    while run >= 0 or dots >= 0:
        if dots < 0 or 0 <= run < dots:
            end = _SPACES_ON.match(text, run).end()  # type: ignore[union-attr]  # it always matches
            yield run, end, " "
            run = text.find("  ", end)
        else:
            yield dots, dots + 1, "..."
            dots = text.find("…", dots + 1)


def _decomposed(text: str) -> Iterator[tuple[int, int, str]]:
    """The same for text with decomposed letters, and these letters with their marks."""
    odd = {c for c in set(text) if unicodedata.combining(c) or not _composed(c)}
    marks = "".join(map(re.escape, sorted(odd))) + _JOINING
    for match in re.finditer(f"  +|…|[^{marks}]?[{marks}]+", text):
        yield *match.span(), _folded_piece(match.group())


def _composed(character: str) -> bool:
    return unicodedata.is_normalized("NFC", character)


def _folded_piece(piece: str) -> str:
    """What a run of spaces, three dots or a decomposed cluster becomes."""
    if piece[0] == " " and not piece.strip(" "):
        return " "
    return "..." if piece == "…" else unicodedata.normalize("NFC", piece)


def fold_words(text: str) -> str:
    """Text without case and accents, for comparing names; spaces stay where they were.

    >>> fold_words("Petrušić STRAẞE")
    'petrusic strasse'
    """
    folded = text.lower()
    if folded.isascii():
        return folded
    return _replaced(folded, {letter: _bare(letter) for letter in set(_NOT_ASCII.findall(folded))})


def _replaced(text: str, changes: Mapping[str, str]) -> str:
    """Text with other characters for those of `changes`; linear in its length."""
    if len(changes) > _FEW:
        return text.translate({ord(character): other for character, other in changes.items()})
    for character, other in changes.items():
        text = text.replace(character, other)
    return text


@lru_cache(maxsize=4096)
def _bare(character: str) -> str:
    """A letter without its accents; nothing for an accent alone."""
    letters = unicodedata.normalize("NFD", character.casefold()).translate(_PLAIN_LETTERS)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def cuts_word(text: str, span: tuple[int, int]) -> bool:
    """Whether a span of a folded text begins or ends inside a word or number.

    >>> cuts_word("Castorini", (0, 7)), cuts_word("degli esoneri", (2, 13))
    (True, False)
    """
    return _splits_word(text, span[1]) or _loses_head(text, span[0])


def _splits_word(text: str, at: int) -> bool:
    """Whether a cut at `at` would run through a word or a number."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if not after.isalnum():
        return unicodedata.combining(after) > 0
    return before.isalnum() and max(before, after) < _SPACED_SCRIPTS_END


def _loses_head(text: str, at: int) -> bool:
    """Whether a piece that begins at `at` lacks the first letters of its first word.

    Italian melts prepositions and articles: a quote of "gli esoneri" out of "degli esoneri" or of
    "l'Europeo" out of "dell'Europeo" is copied faithfully, and is let through. "Ex-" and "vice-"
    belong to the word that they change.
    """
    if at == 0 or text[at - 1] == " ":
        return False
    before = re.split(r"[\W_]", text[max(0, at - 5) : at])
    if text[at - 1] == "-":
        return before[-2].lower() in _REVERSALS
    if not _splits_word(text, at):
        return False
    rest = re.split(r"[\W_]", text[at : at + 4], maxsplit=1)[0].lower()
    return not (before[-1].lower() in _PREPOSITIONS and rest in _CONTRACTED)
