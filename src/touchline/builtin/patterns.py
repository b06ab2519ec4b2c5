"""The language of cue patterns: words and slots, compiled to a regex over one sign per token.

A sentence is encoded with one character per token (`touchline.builtin.encoding`), so that a
pattern is a short regex over a short string: a gap of six words is `.{0,6}`, and nothing in it can
backtrack far. What a pattern may hold is told in `cues/README.md`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = [
    "AGE_KEY",
    "ELISION",
    "ROLE_KEY",
    "SIGNS",
    "Compiled",
    "Grammar",
    "PatternError",
    "spellings",
]

# One sign per kind of token; a word that some pattern names has a sign of its own.
SIGNS = {
    "person": "P",
    "name": "N",  # a name that may be a person's or a team's
    "team": "T",
    "club": "C",  # "the club": the team that is spoken of
    "role": "R",
    "office": "X",  # a person who is no coach: chairman, striker
    "former": "F",  # what a person once was: no pattern sees it
    "pronoun": "h",
    "honour": "H",
    "league": "K",
    "number": "#",
    "word": "w",
}

# Stand for the classes of these names until they are known.
_ARTICLE, _OF, _OWN, _NEW, _WHO, _BY, _BEHIND, _AT, _A, _MANY = map(chr, [*range(1, 9), 0x0E, 0x0F])
_CLASSES = {
    _ARTICLE: "the",
    _OF: "of",
    _OWN: "genitive",
    _NEW: "new",
    _WHO: "who",
    _BY: "by",
    _BEHIND: "behind",
    _AT: "at",
    _A: "a",
    _MANY: "many",
}
_NOTHING = "[\x00]"  # for a class that a language leaves empty: no sign is that
_NEAR = "[^PNXh,;:.?!]{0,4}?"
_FAR = "[^PX;:.?!]{0,9}?"
_ASIDE = f"(?:,[^P;:.,?!]{{1,12}},|,?R?{_WHO})?"
_TEAMS_OWN = f"(?:[TNC]{_OWN}?(?:&T)?|P{_OWN})?"
_R = f"R{_BEHIND}{{0,2}}"
_ROLE_OF = f"(?:{_OF}{_ARTICLE}?[TNC])?"
_TITLED = f"{_ARTICLE}{{0,2}}{_NEW}{{0,2}}{_TEAMS_OWN}{_NEW}{{0,2}}{_R}{_ROLE_OF}"
_ONE = f"(?:{_TITLED},?)?{_ARTICLE}?"
# Behind "the coach of Bari, Aldo Ferri" a comma may close what the first one opened.
_OPENED = "(?P<comma№>,)"
_FIRST = f"(?:{_TITLED}{_OPENED}?)?{_ARTICLE}?"
_CLOSED = "(?(comma№),?|)"
_NAME = "(?:P|N(?![RF]))"
_JOINED = f"[,&]{{1,2}}(?:{_BY}|(?<=&){_OF})?{_ONE}"
_NO_COACH = f"[,&]{{1,2}}{_BY}?{_ARTICLE}{{0,2}}X"
# "The assistant A, with him at Bari, the analyst B": what stands between commas is no end.
_PASSED = f",[^PNXhR;:,&]{{1,9}}[,&]{{1,2}}{_BY}?{_TITLED}"
_TITLE_BEHIND = f"(?:,{_R}(?=,?&|,[^,&]{{0,3}}P))?"  # "A, analyst, and B, scout"
_LIST = (
    f"(?:(?:{_TITLE_BEHIND}{_JOINED}|{_PASSED}|;&?(?:{_BY})?{_TITLED}){_NAME}|{_NO_COACH}){{0,9}}"
)
_UNNAMED = (
    f"{_ARTICLE}{_NEW}?{_R}(?:{_OF}{_ARTICLE}?[TC])?(?!{_OF})(?!{_WHO})(?!{_ARTICLE}?,?[PNT])"
)
_TEAM_LIST = f"(?:[,&]{{1,2}}{_AT}?{_ARTICLE}{{0,2}}[TN]){{0,7}}"
_CLUB_OF = f"(?:C(?:{_OF}{_ARTICLE}?)?)"  # "the squad of Talleres" is Talleres
_COUNT = f"{_ARTICLE}{{0,2}}(?:{_A}|{_MANY}|#){{0,2}}"
_HEAD = "(?:^|(?<=;)),?"
_PEOPLE = frozenset({"PERSON", "NAMED"})
_NAMING = ("NAMED", "PERSON", "OTHER", "(", ":", ",", ".")
_NOT_OWNER = f"(?!{_OWN})"
# In each, `№` stands for the number of the slot in its pattern.
_SLOTS = {
    "PERSON": f"(?P<person№>{_FIRST}(?:{_NAME}{_LIST}|h|{_UNNAMED})){_CLOSED}{_ASIDE}",
    "NAMED": f"(?P<person№>{_FIRST}{_NAME}{_LIST}){_CLOSED}{_ASIDE}",
    "OTHER": f"(?P<other№>{_FIRST}{_NAME}){_CLOSED}{_ASIDE}",
    "TEAM": f"(?P<team№>{_ARTICLE}{{0,2}}(?:{_CLUB_OF}?[TN]|C(?:{_OF}{_ARTICLE}?X)?)){_ASIDE}",
    "TEAMS": f"(?P<teams№>{_ARTICLE}{{0,2}}[TN]{_TEAM_LIST})",
    "ROLE": f"(?P<role№>{_ARTICLE}{{0,2}}{_R}{_ROLE_OF})",
    "HONOUR": f"(?P<honour№>{_ARTICLE}{{0,2}}H(?:[,&]{{1,2}}{_COUNT}H){{0,6}})",
    "LEAGUE": f"(?P<league№>{_ARTICLE}{{0,2}}K)",
    "NUMBER": "#",
    "..": _NEAR,
    "...": _FAR,
}
# The signs of which each slot takes one; a pronoun is told by its words.
_NEEDS = {
    "PERSON": frozenset("PNR"),
    "NAMED": frozenset("PN"),
    "OTHER": frozenset("PN"),
    "TEAM": frozenset("TNC"),
    "TEAMS": frozenset("TN"),
    "HONOUR": frozenset("H"),
}
_SHARED = ("and", "he")  # classes whose words have one sign together
ELISION = re.compile(r"(\w')(?=[^\W\d_])(?!s\b)")
"""Where an elided word ends: `dell'arbitro` is two tokens."""

ROLE_KEY = "@role"
"""The key of a pattern that has nothing rarer than a role."""

AGE_KEY = "#"
"""Stands for any number: an age can stand for a person."""

_SIGN_OF = {ROLE_KEY: "R", AGE_KEY: "h"}  # an age that stands for a person is a pronoun
_MARKS = frozenset("PNRTCH")

# A group of single words is one piece.
_WORDS = r"[^\s()|?A-Z,:;.^]+"
_PIECE = re.compile(rf"\({_WORDS}(?:\|{_WORDS})+\)\??|\(|\)\??|\||[^\s()|]+")
_ENDS = frozenset({"|", ")", ")?"})
_STOPS = frozenset({",", ":", ";"})
# What a pattern may name: a class, or a word as it is cut from a text, with endings.
_WORD = re.compile(r"@\w*|['’]?[^\W_][\w'’/-]*|&")


class PatternError(ValueError):
    """A pattern that cannot be read; says which and why."""


@dataclass(frozen=True)
class Compiled:
    """A pattern, ready to be searched in encoded sentences.

    Attributes:
        expression: a regex over signs; its groups are named for the slots.
        keys: words of which a sentence must hold one for the pattern to match.
        negative: whether the pattern itself says "not".
        first: the slot that it begins with, or nothing.
        rank: its place in the cue file.
        needs: words and signs of marks; a sentence must hold one of each set.
        order: a regex for a sign of each of them, in their order.
    """

    source: str
    expression: str
    keys: frozenset[str]
    negative: bool
    first: str
    rank: int = 0
    needs: frozenset[frozenset[str]] = field(default=frozenset(), repr=False)
    order: tuple[str, ...] = field(default=(), repr=False)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The expression, compiled; most of a file's patterns never are in one process."""
        return re.compile(self.expression)

    @cached_property
    def _in_order(self) -> re.Pattern[str]:
        """Goes on to the next sign of each need in turn, and never back."""
        return re.compile("".join([f"[^{one[1:]}*+{one}" for one in self.order]))

    def found_in(self, signs: str) -> Iterator[re.Match[str]]:
        """The matches in an encoded sentence.

        Most sentences that hold what a pattern needs hold it in another order, which is seen soon.
        """
        return self.regex.finditer(signs) if self._in_order.match(signs) else iter(())

    @property
    def names_person(self) -> bool:
        """Whether it has a slot for the person."""
        return "PERSON" in self.source or "NAMED" in self.source

    def span(self, match: re.Match[str], slot: str) -> tuple[int, int] | None:
        """The signs of a slot, end exclusive; None where the pattern has none or it is empty."""
        for group in self._groups.get(slot, ()):
            if match.start(group) >= 0:
                return match.span(group)
        return None

    @cached_property
    def _groups(self) -> dict[str, list[int]]:
        """The groups of each slot: one for each alternative that has it."""
        groups: dict[str, list[int]] = {}
        for name, number in self.regex.groupindex.items():
            groups.setdefault(name.rstrip("0123456789"), []).append(number)
        return groups


def spellings(word: str) -> tuple[str, ...]:
    """The words that a word with endings stands for.

    >>> spellings("esonerat/o/a"), spellings("sacked")
    (('esonerato', 'esonerata'), ('sacked',))
    """
    stem, *endings = word.split("/")
    return tuple(stem + ending for ending in endings) if endings else (stem,)


class _Need(NamedTuple):
    """What a pattern needs one of.

    Attributes:
        held: words, and signs of marks, of which a sentence must hold one.
        words: of them, those that can be the key of the pattern; empty for a slot.
        rarity: of the words: few and long ones are likely to be rare.
    """

    held: frozenset[str]
    words: frozenset[str] = frozenset()
    rarity: tuple[int, int] = (0, 0)

    @classmethod
    def of(cls, held: frozenset[str], words: frozenset[str]) -> _Need:
        """A need of words."""
        return cls(held, words, (min(map(len, words)), -len(words)) if words else (0, 0))


_rarity = attrgetter("rarity")


class Grammar:
    """Compiles the patterns of a language; what many of them hold is put together once.

    Args:
        classes: the word classes of the language; `the`, `of` and `not` mean something here.
        sign: gives a word its sign.
    """

    def __init__(self, classes: dict[str, frozenset[str]], sign: Callable[[str], str]) -> None:
        self.classes = classes
        self._sign = sign
        self.words = cache(self._words)
        self.slot = cache(self._slot)
        self.one_of = cache(self._signs)

    def compiled(self, source: str, *, rank: int = 0) -> Compiled:
        """Compile a pattern.

        Args:
            source: the pattern as written in a cue file.
            rank: its place in the cue file.

        Raises:
            PatternError: the pattern cannot be read, or has no word that must be there.
        """
        parser = _Parser(self, _PIECE.findall(ELISION.sub(r"\1 ", source)))
        small, nots = (self.classes.get(name, frozenset()) for name in ("small", "not"))
        try:
            regex, needed = parser.whole()
        except PatternError as error:
            raise PatternError(f"`{source}`: {error}") from None
        own = [need for need in needed if not need.words <= small]
        if not own:
            problem = "it needs a word of its own, beside slots and small words"
            raise PatternError(f"`{source}`: {problem}")
        keys = max(own, key=_rarity).words
        negative = not all(need.words.isdisjoint(nots) for need in needed)
        order = tuple([self.one_of(need.held) for need in needed])
        needs = frozenset([need.held for need in needed])
        first = next((piece for piece in parser.pieces if piece != "("), "")
        first = first if first in _SLOTS else ""
        return Compiled(source, regex, keys, negative, first, rank, needs, order)

    def _words(self, piece: str) -> tuple[str, list[_Need]]:
        """A regex for a word, a class of words or some of these, and what it needs."""
        words: frozenset[str] = frozenset()
        for name in piece.removesuffix("?").strip("()").split("|"):
            if not _WORD.fullmatch(name) or (name[0] != "@" and name != name.lower()):
                raise PatternError(f"`{name or piece}` is no word in lower case, so none is found")
            if name[0] == "@" and name[1:] not in self.classes:
                raise PatternError(f"there is no word class `{name}`")
            words = words.union(self.classes[name[1:]] if name[0] == "@" else spellings(name))
        if piece[-1] == "?":
            return f"{self.one_of(words)}?", []
        held = words
        for name in _SHARED:
            alike = self.classes.get(name, frozenset())
            if not alike.isdisjoint(words):
                held |= alike  # another word with the sign of one of them does as well
        return self.one_of(words), [_Need.of(held, words)]

    def _slot(self, slot: str, *, owner: bool) -> tuple[str, list[_Need]]:
        """A regex for a slot, with `№` for its number, and what it needs.

        Args:
            slot: its name.
            owner: whether a genitive is behind it.
        """
        regex = _SLOTS[slot] + (_NOT_OWNER if slot in _PEOPLE and not owner else "")
        for mark, name in _CLASSES.items():
            regex = regex.replace(mark, self.one_of(self.classes.get(name, frozenset())))
        if slot == "ROLE":
            return regex, [_Need.of(frozenset({ROLE_KEY}), frozenset({ROLE_KEY}))]
        held = _NEEDS.get(slot, frozenset())
        if slot == "PERSON":
            known = (self.classes.get(name, ()) for name in ("he", "epithets"))
            held = held.union({AGE_KEY}, *known)
        return regex, [_Need(held)] if held else []

    def _signs(self, held: frozenset[str]) -> str:
        """A regex for the sign of any of some words, and marks."""
        signs = {
            item if item in _MARKS else _SIGN_OF.get(item) or self._sign(item) for item in held
        }
        return f"[{re.escape(''.join(sorted(signs)))}]" if signs else _NOTHING


@dataclass(slots=True)
class _Parser:
    """Turns the pieces of one pattern into a regex, and notes its words."""

    grammar: Grammar
    pieces: list[str]
    at: int = 0
    slots: int = 0

    def whole(self) -> tuple[str, list[_Need]]:
        """All of it; the regex, and what must be there."""
        found = self.sequence()
        if self.at < len(self.pieces):
            raise PatternError(f"`{self.pieces[self.at]}` closes nothing")
        return found

    def sequence(self) -> tuple[str, list[_Need]]:
        """A run of items; the regex, and what must be there of each item."""
        parts: list[str] = []
        needed: list[_Need] = []
        while self.at < len(self.pieces) and self.pieces[self.at] not in _ENDS:
            piece = self.pieces[self.at]
            self.at += 1
            regex, needs = self.group() if piece == "(" else self.item(piece)
            parts.append(regex)
            needed += needs
        return "".join(parts), needed

    def group(self) -> tuple[str, list[_Need]]:
        """Alternatives in parentheses, with a question mark behind them where they may lack."""
        regexes: list[str] = []
        needs: list[list[_Need]] = []
        while True:
            regex, needed = self.sequence()
            regexes.append(regex)
            needs.append(needed)
            end = self.pieces[self.at] if self.at < len(self.pieces) else ""
            self.at += 1
            if end == "|":
                continue
            if not end:
                raise PatternError("a parenthesis is not closed")
            break
        regex = f"(?:{'|'.join(regexes)})"
        return (f"{regex}?", []) if end == ")?" else (regex, _of_any(needs))

    def item(self, piece: str) -> tuple[str, list[_Need]]:
        """A slot, a gap, the head of the sentence, a class of words, a sign or a word."""
        if piece in _SLOTS:
            self.slots += 1
            following = self.pieces[self.at] if self.at < len(self.pieces) else ""
            regex, needs = self.grammar.slot(piece, owner=following.startswith("@genitive"))
            regex = regex.replace("№", str(self.slots))
            if piece == "ROLE" and not following.startswith(_NAMING):
                regex += "(?!,?P)"  # a title of the person behind it
            return regex, needs
        if piece == "^":
            return _HEAD, []
        if piece.removesuffix("?") in _STOPS:
            return piece, []
        if piece.isupper() and piece[0] != "@":
            raise PatternError(f"there is no slot `{piece}`")
        return self.grammar.words(piece)


def _of_any(needs: Sequence[Sequence[_Need]]) -> list[_Need]:
    """What several alternatives need together: the union of one need of each, if each has one."""
    if not all(needs):
        return []
    best = [max(some, key=_rarity) for some in needs]
    if not all(need.words for need in best):
        return [_Need(frozenset().union(*(some[0].held for some in needs)))]
    held, words = (frozenset().union(*sets) for sets in list(zip(*best, strict=True))[:2])
    return [_Need.of(held, words)]
