"""Tokens and sentences of an article, with the page's noise left out.

Everything is linear in the text. Offsets count code points of the text that is given.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchline.builtin.cues import Language

__all__ = ["Sentence", "blocks", "mended", "sentences"]

# What UTF-8 read as cp1252 makes of quotes, and as many characters that read like the quote.
_MOJIBAKE = {
    "â€™": "  ’",
    "â€˜": "  ‘",
    "â€œ": "  “",
    "â€": " ”",
    "Ã©": "é ",
    "Ã¡": "á ",
    "Ã­": "í ",
}

_LINE = re.compile(r"[^\r\n\u2028\u2029\x85]+")
_TOKEN = re.compile(
    r"[Ee]x-(?=\w)"
    r"|[^\W\d_][\w\-\u0300-\u036f]*(?:['’](?=[^\W\d_])(?!(?:s|t|d|m|ll|re|ve)\b))?"
    r"|['’]s\b|\d+|[^\w\s\"'“”„«»‘’‹›*]"
)
_CUT = ("…", "...", "[…]", "[...]")
_ENDS = frozenset(".!?…")
_STOPS = frozenset("!?…")
_MOST_TOKENS = 250_000  # a million characters of prose have fewer
_MOST_BLOCKS = 20_000
_LONGEST = 120  # tokens of one sentence; what is longer is a table or a list, cut where it stands
_LONG_LINE = 300  # code points: a longer line is an article, whatever words it holds
_ORDINAL = 2  # digits of a German ordinal, at most
_MENU = re.compile(r"[|•·>]")


@dataclass(slots=True)
class Sentence:
    """A sentence as parallel lists of its tokens.

    Attributes:
        words: as printed. lower: in lower case. starts, ends: code points in the text.
        block: number of the block (a paragraph, a headline) it stands in.
        question: whether it ends with a question mark.
    """

    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    block: int = 0
    question: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands in the text."""
        return self.starts[0], self.ends[-1]


def mended(text: str) -> str:
    """The text with its worst mojibake mended, every other character where it was.

    >>> mended("Bilicâ€™s staff")
    'Bilic  ’s staff'
    """
    if "â€" not in text and "Ã" not in text:
        return text
    for broken, whole in _MOJIBAKE.items():
        text = text.replace(broken, whole)
    return text


def blocks(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """The parts of a page that are prose: start and end of each, line by line.

    Menus, cut headlines, boxes of related articles and cookie lines are left out. A line that
    goes on in lower case on the next one is one block with it.
    """
    start = end = -1
    boxed = False
    for match in _LINE.finditer(text):
        line = match.group().strip()
        blank = match.start() > end + 2 if end >= 0 else False
        if not line:
            continue
        if boxed and blank:
            boxed = False
        noise = _is_noise(line, language)
        boxed = boxed or (noise and len(line) < 40 and language.is_box(line))
        if noise or boxed:
            if start >= 0:
                yield start, end
            start, end = -1, match.end()
            continue
        if start >= 0 and line[0].islower() and not blank and text[end - 1] not in ".!?:":
            end = match.end()
            continue
        if start >= 0:
            yield start, end
        start, end = match.span()
    if start >= 0:
        yield start, end


def _is_noise(line: str, language: Language) -> bool:
    """Whether a line is no prose of the article."""
    if line.endswith(_CUT) and len(line) < 160:
        return True
    if len(line) < 400 and len(_MENU.findall(line)) >= 2:
        return True
    return len(line) < _LONG_LINE and language.is_noise(line)


def sentences(text: str, language: Language) -> Iterator[Sentence]:
    """The sentences of an article's prose, up to as many tokens as a long one has."""
    left = _MOST_TOKENS
    for number, (start, end) in enumerate(islice(blocks(text, language), _MOST_BLOCKS)):
        tokens = list(islice(_TOKEN.finditer(text, start, end), left))
        left -= len(tokens)
        yield from _cut(text, tokens, number=number, language=language)
        if left <= 0:
            return


def _cut(
    text: str, tokens: list[re.Match[str]], *, number: int, language: Language
) -> Iterator[Sentence]:
    """Cut a block into sentences."""
    words = [token.group() for token in tokens]
    spans = [token.span() for token in tokens]
    if any(language.is_compound(word) for word in words):
        words, spans = _parted(words, spans, language)
    low = 0
    for at, word in enumerate(words):
        ended = word in _ENDS and not (
            word == "." and _abbreviates(text, spans, words, at, language)
        )
        if ended:
            following = words[at + 1] if at + 1 < len(words) else None
            ended = following is None or _begins(text, spans[at][1], following)
        if ended or at - low >= _LONGEST:
            if at > low:
                yield _sentence(words, spans, low, at, number=number)
            low = at + 1 if ended else at
    if low < len(words):
        yield _sentence(words, spans, low, len(words), number=number)


def _parted(
    words: list[str], spans: list[tuple[int, int]], language: Language
) -> tuple[list[str], list[tuple[int, int]]]:
    """The tokens with compounds cut in two: `Arnsheim-Trainer`, `exentrenador`."""
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    for word, (start, end) in zip(words, spans, strict=True):
        if not language.is_compound(word):
            parts.append(word)
            places.append((start, end))
            continue
        cut = word.rfind("-") if "-" in word else len("ex")
        behind = cut + ("-" in word)
        parts += [word[:cut], word[behind:]]
        places += [(start, start + cut), (start + behind, end)]
    return parts, places


def _sentence(
    words: list[str], spans: list[tuple[int, int]], low: int, high: int, *, number: int
) -> Sentence:
    """The sentence of some tokens; full stops inside it go, the one behind it counts."""
    question = high < len(words) and words[high] == "?"
    kept = [at for at in range(low, high) if words[at] not in _STOPS]
    printed = [words[at] for at in kept]
    lower = [_lower(word) for word in printed]
    starts, ends = [spans[at][0] for at in kept], [spans[at][1] for at in kept]
    return Sentence(printed, lower, starts, ends, number, question)


def _lower(word: str) -> str:
    """A word as the cue files write it: in lower case, composed, with a plain apostrophe."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", word.lower().replace("’", "'"))


def _abbreviates(
    text: str, spans: list[tuple[int, int]], words: list[str], at: int, language: Language
) -> bool:
    """Whether a full stop belongs to an initial, an abbreviation or a number."""
    end = spans[at][1]
    if at == 0 or spans[at - 1][1] != spans[at][0]:
        return False
    last = words[at - 1]
    if len(last) == 1 and last.isupper():
        league = at > 1 and words[at - 2].lower() in language.names["not_names"]  # Serie B.
        return not league
    if last.isdecimal():
        following = text[end : end + 2]
        if language.capital_nouns and len(last) <= _ORDINAL and following[:1] == " ":
            return at + 1 < len(words)  # "am 19. August", "der 1. FC"
        return following[:1].isdecimal() or following[1:].islower()
    return last.lower() in language.abbreviations


def _begins(text: str, at: int, word: str) -> bool:
    """Whether a new sentence begins behind a full stop."""
    if at < len(text) and text[at].isalpha() and (text[at].islower() or word.isupper()):
        return False
    return word[:1].isupper() or not word[:1].isalpha() or text[at : at + 1].isspace()
