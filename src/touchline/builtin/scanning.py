"""Tokens and sentences of an article, with the page's noise left out.

Everything is linear in the text. Offsets count code points of the text that is given.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from itertools import accumulate, compress, islice
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

# Markup, and what stands for it: white space, of the same length. A link keeps its words.
_ENTITY = re.compile(r"&(?:#\d{2,5}|#x[0-9a-fA-F]{2,5}|[a-zA-Z]{2,8});")
_LINK = re.compile(
    r"!?\[([^\[\]\r\n]{0,200})\]"
    r"\((?:[^()\s]|\([^()\s]{0,80}\)){0,300}(?:[ \t]+\"[^\"\r\n]{0,200}\")?\)"
)
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"]+")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_EMPHASIS = re.compile(r"(?<![^\W_])_+|_+(?![^\W_])")
_JOINER = "\u2060"  # fills what an entity leaves: a word goes on behind it

# In front of each question and answer of an interview: `D.`, `R:`.
_TURN = re.compile(r"(?m)^[ \t]*[DRQAPF][ \t]?[.:)][ \t]+(?=\S)")
_TURNS = 4  # of them, in an interview

_LINE = re.compile(r"[^\r\n\u2028\u2029\x85]+")
_TOKEN = re.compile(
    r"((?! )(?:[a-zA-ZÀ-ÖØ-öø-ÿ]++(?=[ ,.])"  # most words: no more has to be tried
    r"|[^\W\d_](?:(?<=[Ee])x-(?=\w)|[\w\-\u0300-\u036f\u2060]*+"
    r"(?:['’]\u2060*(?=[^\W\d_])(?!(?:s|t|d|m|ll|re|ve)\b)|))"
    r"|\d+|[^\w\s\"'“”„«»‘’‹›*\\\u2060]|['’]\u2060*s\b))"
)
_CUT = ("…", "...", "[…]", "[...]")
_ENDS = frozenset(".!?…")
_STOPS = frozenset("!?…")
_MOST_TOKENS = 250_000  # a million characters of prose have fewer
_MOST_BLOCKS = 20_000
_LONGEST = 120  # tokens of one sentence; what is longer is a table or a list, cut where it stands
_LONG_LINE = 300  # code points: a longer line is an article, whatever words it holds
_ORDINAL = 2  # digits of a German ordinal, at most
_MENU = "|•·>"
_TRAIL = 120  # code points of the trail of sections above an article, at most
_SECTION = 30  # and of one section
_STEPS = (" » ", " › ", " / ")  # from a section to the next


@dataclass(slots=True)
class Sentence:
    """A sentence as parallel lists of its tokens.

    Attributes:
        words: as printed. lower: in lower case. starts, ends: code points in the text.
        block: number of the block (a paragraph, a headline) it stands in.
        question: whether it ends with a question mark.
        spoken, own, subjects: of answers in an interview, see `touchline.builtin.interviews`.
    """

    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    block: int = 0
    question: bool = False
    spoken: bool = False
    own: frozenset[int] = frozenset()
    subjects: frozenset[int] = frozenset()

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands in the text."""
        return self.starts[0], self.ends[-1]


def mended(text: str) -> str:
    """The text with its worst mojibake mended, every other character where it was.

    >>> mended("Bilicâ€™s staff")
    'Bilic  ’s staff'
    >>> mended("dell&#39;Arcevia [Ferri](https://a.it/b)").split()[1:]
    ['Ferri']
    """
    if "â€" in text or "Ã" in text:
        for broken, whole in _MOJIBAKE.items():
            text = text.replace(broken, whole)
    if "](" in text:
        text = _LINK.sub(_link_words, text)
    if "://" in text:
        text = _ADDRESS.sub(_blank, text)
    if "&" in text:
        text = _ENTITY.sub(_character, text)
    if "<" in text:
        text = _TAG.sub(_blank, text)
    if len(_TURN.findall(text)) >= _TURNS:
        text = _TURN.sub(_blank, text)
    return _EMPHASIS.sub(_blank, text) if "_" in text else text


def _blank(match: re.Match[str]) -> str:
    """White space as long as a match."""
    return " " * len(match[0])


def _link_words(match: re.Match[str]) -> str:
    """The words of a link, where they stood; those of a picture are a sentence, or a file."""
    words, behind = match[1], match.end() - match.end(1)
    if match[0][0] != "!":
        return " " + words + " " * behind
    return "  " + words + "." + " " * (behind - 1) if " " in words else _blank(match)


def _character(match: re.Match[str]) -> str:
    """The character of an entity, as long as the entity was printed."""
    size = len(match[0])
    whole = html.unescape(match[0])
    if len(whole) != 1 or whole in "\r\n":
        return match[0]
    return whole.ljust(size) if whole.isspace() else whole.ljust(size, _JOINER)


def blocks(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """The parts of a page that are prose: start and end of each, line by line.

    Menus, cut headlines, boxes of related articles and cookie lines are left out. A line that
    goes on in lower case on the next one is one block with it.
    """
    lines = [(match.span(), match[0].strip()) for match in _LINE.finditer(text)]
    noise = _Noise.of([line for _, line in lines if len(line) < _LONG_LINE], language)
    start = end = -1
    boxed = False
    for (low, high), line in lines:
        blank = end >= 0 and len(text[end:low].splitlines()) > 1  # an empty line between
        if not line:
            continue
        if boxed and blank:
            boxed = False
        noisy = noise.holds(line)
        boxed = boxed or (noisy and len(line) < 40 and noise.opens_box(line))
        if noisy or boxed:
            if start >= 0:
                yield start, end
            start, end = -1, high
            continue
        if start >= 0 and line[0].islower() and not blank and text[end - 1] not in ".!?:":
            end = high
            continue
        if start >= 0:
            yield start, end
        start, end = low, high
    if start >= 0:
        yield start, end


@dataclass(frozen=True, slots=True)
class _Noise:
    """What is no prose, of the words for it that stand in short lines: mostly none do."""

    lines: tuple[str, ...]
    boxes: tuple[str, ...]

    @classmethod
    def of(cls, lines: list[str], language: Language) -> _Noise:
        """Look for the words in all lines at once, so that none has to be asked for the others."""
        lower = "\n".join(lines).lower()
        return cls(
            tuple([words for words in language.noise if words in lower]),
            tuple([words for words in language.boxes if words in lower]),
        )

    def holds(self, line: str) -> bool:
        """Whether a line is no prose of the article."""
        if line.endswith(_CUT) and len(line) < 160:
            return True
        if len(line) < 400 and (line.startswith("+ ") or sum(map(line.count, _MENU)) >= 2):
            return True  # "+ Foo signs Bar" leads to another story
        if len(line) < _TRAIL and _is_trail(line):
            return True
        if len(line) >= _LONG_LINE or not (self.lines or self.boxes):
            return False
        lower = line.lower()
        return any(_stands_in(words, lower) for words in self.lines) or lower.startswith(self.boxes)

    def opens_box(self, line: str) -> bool:
        """Whether a line opens a box of related articles."""
        return line.lower().startswith(self.boxes)


def _is_trail(line: str) -> bool:
    """Whether a line is the trail of sections above an article: short parts with a capital each.

    >>> _is_trail("Home » Serie D » Girone E"), _is_trail("Home / News / Giovani")
    (True, True)
    >>> _is_trail("«Ci siamo » ha detto"), _is_trail("Vice: Neri / Portieri: Galli / Ugo Moro")
    (False, False)
    >>> _is_trail("Le club a limogé Ferrand ce matin » a déclaré le président.")
    False
    """
    sign = next((sign for sign in _STEPS if sign in line), None)
    if sign is None or ":" in line or line[-1] in _ENDS or "«" in line:
        return False
    parts = line.split(sign)
    short = all(part[:1].isupper() and len(part) <= _SECTION for part in parts)
    return short and len(parts) > 1 + (sign == " / ")


def _stands_in(words: str, line: str) -> bool:
    """Whether words stand in a line, not inside another word (`ri|guarda anche`)."""
    at = line.find(words)
    while at > 0 and line[at - 1].isalnum():
        at = line.find(words, at + 1)
    return at >= 0


@dataclass(slots=True)
class _Tokens:
    """The tokens of a block as parallel lists; see `Sentence`."""

    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, text: str, start: int, end: int, *, most: int) -> _Tokens:
        """The tokens of a block, or the first of them."""
        # In turn a gap and a token: where each ends is the sum of the sizes so far.
        pieces = _TOKEN.split(text[start:end], most)
        places = [*accumulate(map(len, pieces), initial=start)]
        words = pieces[1::2]
        # No token holds a line feed, so that all are put in lower case at once.
        lower = _lower("\n".join(words)).split("\n") if words else []
        return cls(words, lower, places[1:-1:2], places[2::2])


def sentences(text: str, language: Language) -> Iterator[Sentence]:
    """The sentences of an article's prose, up to as many tokens as a long one has."""
    left = _MOST_TOKENS
    for number, (start, end) in enumerate(islice(blocks(text, language), _MOST_BLOCKS)):
        tokens = _Tokens.of(text, start, end, most=left)
        left -= len(tokens.words)
        yield from _cut(text, tokens, number=number, language=language)
        if left <= 0:
            return


def _cut(text: str, tokens: _Tokens, *, number: int, language: Language) -> Iterator[Sentence]:
    """Cut a block into sentences."""
    words = tokens.words
    if _may_be_parted(tokens, language):
        tokens = _parted(tokens, language)
        words = tokens.words
    low, size = 0, len(words)
    for at in compress(range(size), map(_ENDS.__contains__, words)):
        while at - low > _LONGEST:
            yield _sentence(tokens, low, low + _LONGEST, number=number)
            low += _LONGEST
        ended = not (words[at] == "." and _abbreviates(text, tokens, at, language))
        if ended and at + 1 < size:
            ended = _begins(text, tokens.ends[at], words[at + 1])
        if ended or at - low >= _LONGEST:
            if at > low:
                yield _sentence(tokens, low, at, number=number)
            low = at + 1 if ended else at
    while low < size:
        high = min(low + _LONGEST, size)
        yield _sentence(tokens, low, high, number=number)
        low = high


def _may_be_parted(tokens: _Tokens, language: Language) -> bool:
    """Whether a block can hold a compound."""
    if not language.compounds.isdisjoint(tokens.lower):
        return True
    hyphened = language.capital_nouns and "-" in "".join(tokens.words)
    return hyphened and any(language.is_compound(word) for word in tokens.words if "-" in word)


def _parted(tokens: _Tokens, language: Language) -> _Tokens:
    """The tokens with compounds cut in two: `Arnsheim-Trainer`, `exentrenador`."""
    parts = _Tokens([], [], [], [])
    for at, word in enumerate(tokens.words):
        cuts = [(0, len(word))]
        if language.is_compound(word):
            cut = word.rfind("-") if "-" in word else len("ex")
            cuts = [(0, cut), (cut + ("-" in word), len(word))]
        for low, high in cuts:
            parts.words.append(word[low:high])
            parts.lower.append(_lower(word[low:high]))
            parts.starts.append(tokens.starts[at] + low)
            parts.ends.append(tokens.starts[at] + high)
    return parts


def _sentence(tokens: _Tokens, low: int, high: int, *, number: int) -> Sentence:
    """The sentence of some tokens; full stops inside it go, the one behind it counts."""
    question = high < len(tokens.words) and tokens.words[high] == "?"
    words, lower = tokens.words[low:high], tokens.lower[low:high]
    starts, ends = tokens.starts[low:high], tokens.ends[low:high]
    if not _STOPS.isdisjoint(words):
        kept = [word not in _STOPS for word in words]
        words, lower = [*compress(words, kept)], [*compress(lower, kept)]
        starts, ends = [*compress(starts, kept)], [*compress(ends, kept)]
    return Sentence(words, lower, starts, ends, number, question)


def _lower(word: str) -> str:
    """A word as the cue files write it: in lower case, composed, with a plain apostrophe."""
    if word.isascii():
        return word.lower()
    if _JOINER in word:
        word = word.replace(_JOINER, "")
    return unicodedata.normalize("NFC", word.lower().replace("’", "'"))


def _abbreviates(text: str, tokens: _Tokens, at: int, language: Language) -> bool:
    """Whether a full stop belongs to an initial, an abbreviation or a number."""
    words, end = tokens.words, tokens.ends[at]
    if at == 0 or tokens.ends[at - 1] != tokens.starts[at]:
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
