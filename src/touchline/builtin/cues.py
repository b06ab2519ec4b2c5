"""Cue files: what the built-in reader knows of a language, as data.

One TOML file per language, in `cues/` at the root and in the wheel. `cues/README.md` tells what
stands in them. A file is read once and compiled; nothing here looks at an article.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from touchline import datewords
from touchline.builtin.careerwords import career_words, forms_of
from touchline.builtin.cuefile import TABLES, check, place_of
from touchline.builtin.examples import example_of
from touchline.builtin.index import Index
from touchline.builtin.interviews import Speech, speech_of
from touchline.builtin.patterns import Compiled, Grammar
from touchline.builtin.phrasebook import Phrase, expanded, paired, phrases_of
from touchline.builtin.unions import unions
from touchline.errors import ConfigurationError
from touchline.events import EventType, Role, Status

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Cue",
    "Language",
    "Phrase",
    "classed_words",
    "cue_files",
    "cues_fingerprint",
    "frequent_words",
    "language",
    "languages",
    "packaged_cues",
]

_LONG_NOUN = 7  # letters: in longer words an ending tells a noun from a surname
_FIRST_SIGN = 0xE000  # the private use area
# Words that stand in every slot have signs below 256: `re` compiles a class of higher ones slowly.
_LOW_SIGNS = range(0x80, 0x100)
_IN_SLOTS = ("the", "of", "at", "a", "many", "new", "behind", "who", "by", "genitive")


@dataclass(frozen=True, slots=True)
class Cue:
    """How a language tells one type of event.

    Attributes:
        status: what the words say of it, before negation, rumour and future are looked at.
        time: `news` for what the article reports, `past` for a line of career history.
        role: the role that the words imply, None where they imply none.
        weak: whether it yields to any other start or end at the same team.
        goes_on: whether it counts only for a person of whom the article has told an event.
        vacant: whether it counts only where the article has told that somebody left.
        unless: words that no sentence with this event holds.
        only: words of which each sentence with this event holds one; empty for any sentence.
        negated: the status that a negation gives it, or `dropped`.
        patterns: in order; an earlier cue of the file wins over a later one.
        yes: examples, as (text, what is found); no: near misses.
    """

    type: str
    status: str
    time: str
    role: str | None
    weak: bool
    goes_on: bool
    vacant: bool
    unless: frozenset[str]
    only: frozenset[str]
    negated: str
    patterns: tuple[Compiled, ...]
    yes: tuple[tuple[str, tuple[str, ...]], ...]
    no: tuple[str, ...]


@dataclass(frozen=True)
class Language:
    """A cue file, compiled.

    Attributes:
        code: ISO 639-1. cues: in the order of the file.
        classes: word classes by name. signs: the sign of each word that a pattern names.
        phrases: by first word, the longest first. pairs: by first and second word.
        index: the patterns, by the words that they need.
    """

    code: str
    cues: tuple[Cue, ...]
    classes: Mapping[str, frozenset[str]]
    signs: Mapping[str, str]
    phrases: Mapping[str, tuple[Phrase, ...]]
    pairs: Mapping[str, Mapping[str, tuple[Phrase, ...]]] = field(repr=False)
    index: Index = field(repr=False)
    names: Mapping[str, frozenset[str]]
    record: Mapping[str, str]
    settled: Mapping[str, tuple[str, ...]]
    noise: tuple[str, ...]
    boxes: tuple[str, ...]
    abbreviations: frozenset[str]
    capital_nouns: bool
    coaching: frozenset[str]
    heads: frozenset[str] = field(repr=False)
    noun_ends: tuple[str, ...]
    beside: frozenset[str] = field(repr=False)
    common: frozenset[str] = field(repr=False)
    career: Mapping[str, frozenset[str]] = field(repr=False)
    speech: Speech = field(repr=False)

    @cached_property
    def role_heads(self) -> frozenset[str]:
        """The first words of the titles of coaches."""
        return frozenset(
            word for word, found in self.phrases.items() if any(each.sign == "R" for each in found)
        )

    @cached_property
    def compounds(self) -> frozenset[str]:
        """Roles and offices of one word with "ex" before them."""
        return frozenset(f"ex{head}" for head in self.heads)

    def is_compound(self, word: str) -> bool:
        """Whether a word ends with a role or an office (`FCA-Coach`, `exentrenador`)."""
        if "-" in word:
            if not self.capital_nouns or word.lower() in self.phrases:
                return False
            return word[word.rfind("-") + 1 :].lower() in self.heads
        return word[:2] in {"ex", "Ex"} and word[2:].lower() in self.heads

    def is_noun(self, word: str) -> bool:
        """Whether a word in lower case is no name by its ending (`bundesligaprofi`)."""
        return len(word) > _LONG_NOUN and word.endswith(self.noun_ends)


def packaged_cues() -> Path:
    """The cue folder that ships with touchline; in a checkout, the folder at its root."""
    shipped = Path(str(resources.files("touchline"))) / "_data" / "cues"
    return shipped if shipped.is_dir() else Path(__file__).parents[3] / "cues"


@cache
def cue_files() -> dict[str, Path]:
    """The cue files by language, in the order of their codes."""
    return {path.stem: path for path in sorted(packaged_cues().glob("??.toml"))}


@cache
def cues_fingerprint(folder: Path | None = None) -> str:
    """Eight hex digits over all cue files of a folder, or of the packaged one.

    Line endings do not count.
    """
    digest = hashlib.sha256()
    for path in sorted((folder or packaged_cues()).glob("??.toml")):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(path.name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()[:8]


def languages() -> tuple[str, ...]:
    """The languages that have a cue file."""
    return tuple(cue_files())


@cache
def frequent_words(code: str) -> frozenset[str]:
    """The words by which a language is known; nothing of its file is compiled for them."""
    return forms_of(_content(code)["words"]["detect"])


@cache
def classed_words(code: str) -> frozenset[str]:
    """The words of all classes of a language; they tell of a text that is too short for others."""
    lists = _content(code)["words"].values()
    return frozenset().union(*map(forms_of, lists))


@cache
def language(code: str) -> Language:
    """The cue file of a language, compiled; `code` is one of `languages()`.

    Raises:
        ConfigurationError: the file cannot be used; says where and why.
    """
    try:
        return _Builder(code, _content(code)).language()
    except ValueError as error:
        raise ConfigurationError(f"`{cue_files()[code]}` is no cue file: {error}") from None


@cache
def _content(code: str) -> dict[str, Any]:
    """What stands in a cue file, checked."""
    path = cue_files()[code]
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        check(data)
    except ValueError as error:  # what `tomllib` raises is one, too
        raise ConfigurationError(f"`{path}` is no cue file: {error}") from None
    return data


class _Builder:
    """Makes a `Language` of the content of a cue file."""

    def __init__(self, code: str, data: dict[str, Any]) -> None:
        self.code = code
        self.data = data
        optional = dict.fromkeys(TABLES["words"].optional, "")
        self.classes = {
            name: forms_of(words) for name, words in {**optional, **data["words"]}.items()
        }
        self.career = career_words(data.get("career", {}))
        self.ranks = count()
        self.signs = dict.fromkeys(self.classes["and"], "&")
        self.signs |= dict.fromkeys(self.classes["he"], "h")
        slots = sorted({word for name in _IN_SLOTS for word in self.classes[name]})
        fresh = (word for word in slots if word not in self.signs)
        self.signs |= dict(zip(fresh, map(chr, _LOW_SIGNS), strict=False))
        self.grammar = Grammar(self.classes, self.sign)

    def sign(self, word: str) -> str:
        """The sign of a word; a new one for a new word."""
        found = self.signs.get(word)
        if found is None:
            found = self.signs[word] = chr(_FIRST_SIGN + len(self.signs))
        return found

    def language(self) -> Language:
        """All of it, compiled."""
        cues = tuple(self.placed(number, entry) for number, entry in enumerate(self.data["cue"]))
        for words in self.classes.values():
            for word in words:
                self.sign(word)
        patterns = ((number, each) for number, cue in enumerate(cues) for each in cue.patterns)
        names = {
            name: forms_of(words)
            for name, words in self.data["names"].items()
            if name not in {"offices", "clubs", "honours", "leagues"}
        }
        prizes = self.career["cups"] | self.career["titles"] | self.career["rises"]
        names["not_names"] |= prizes - names["team_words"]
        noise = self.data.get("noise", {})
        phrases = self.phrases()
        return Language(
            code=self.code,
            cues=cues,
            classes=self.classes | self.unions(names),
            signs=self.signs,
            phrases=phrases,
            pairs=paired(phrases),
            index=Index(patterns),
            names=names,
            record=self.counted(),
            settled={
                str(EventType(kind)): tuple(phrase.lower() for phrase in phrases)
                for kind, phrases in self.data.get("settled", {}).items()
            },
            noise=tuple(words.lower() for words in noise.get("lines", ())),
            boxes=tuple(words.lower() for words in noise.get("boxes", ())),
            abbreviations=names.get("abbreviations", frozenset()),
            capital_nouns=bool(self.data.get("capital_nouns")),
            coaching=self.coaching(),
            heads=self.heads(),
            beside=frozenset().union(
                *(self.classes[name] for name in ("behind", "epithets", "fillers"))
            ),
            noun_ends=tuple(names.get("noun_ends", ())),
            common=self.common(),
            career=self.career,
            speech=speech_of(self.data.get("speech", {})),
        )

    def unions(self, names: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
        """Classes that are asked for together."""
        nouns, role_words = bool(self.data.get("capital_nouns")), self.role_words()
        return unions(self.classes, names, role_words=role_words, nouns=nouns)

    def placed(self, number: int, entry: dict[str, Any]) -> Cue:
        """One `[[cue]]` table; an error says which."""
        try:
            return self.cue(entry)
        except ValueError as error:
            raise ValueError(f"{place_of(number, entry)}: {error}") from None

    def cue(self, entry: dict[str, Any]) -> Cue:
        """One `[[cue]]` table."""
        kind = EventType(entry["type"])
        status = Status(entry.get("status", "confirmed"))
        role = entry.get("role")
        return Cue(
            type=str(kind),
            status=str(status),
            time=entry.get("time", "news"),
            role=str(Role(role)) if role else None,
            weak=bool(entry.get("weak")),
            goes_on=bool(entry.get("goes_on")),
            vacant=bool(entry.get("vacant")),
            unless=forms_of(entry.get("unless", "")),
            only=forms_of(entry.get("only", "")),
            negated=entry.get("negated", "denied"),
            patterns=tuple(
                self.grammar.compiled(source, rank=next(self.ranks)) for source in entry["match"]
            ),
            yes=tuple(example_of(text, status=str(status)) for text in entry.get("yes", ())),
            no=tuple(entry.get("no", ())),
        )

    def phrases(self) -> dict[str, tuple[Phrase, ...]]:
        """Roles, offices and the rest by their first word, the longest first."""
        return phrases_of(self.data["roles"], self.data["names"])

    def counted(self) -> dict[str, str]:
        """The words behind the numbers of a record, by word."""
        record = self.data.get("record", {})
        return {word: name for name, words in record.items() for word in forms_of(words)}

    def coaching(self) -> frozenset[str]:
        """Words of which every article with a coaching event holds one."""
        roles = {
            max(words, key=len)
            for forms in self.data["roles"].values()
            for form in forms
            for words in expanded(form)
        }
        return frozenset(roles) | self.classes.get("coaching", frozenset())

    def role_words(self) -> frozenset[str]:
        """All words of the titles of coaches."""
        forms = (form for group in self.data["roles"].values() for form in group)
        words = {word for form in forms for words in expanded(form) for word in words}
        small = (self.classes.get(name, frozenset()) for name in ("small", "of", "aside"))
        return frozenset(words.difference(*small))

    def heads(self) -> frozenset[str]:
        """Roles and offices of one word."""
        groups = [*self.data["roles"].values(), self.data["names"].get("offices", ())]
        forms = (words for group in groups for form in group for words in expanded(form))
        return frozenset(words[0] for words in forms if len(words) == 1)

    def common(self) -> frozenset[str]:
        """Words that are no name, even with a capital at the head of a sentence."""
        phrases = {word for words in self.phrases() for word in words.split()}
        careers = frozenset().union(*self.career.values())
        return frozenset(self.signs) | _DATE_WORDS | phrases | careers


_DATE_WORDS = frozenset(
    word.strip()
    for table in (
        datewords.MONTHS,
        datewords.MONTHS_LOWERCASE,
        datewords.WEEKDAYS,
        datewords.RELATIVE_DAYS,
        datewords.NUMBERS,
        {0: "mai|may|march"},
    )
    for words in table.values()
    for word in re.split(r"[|]", words)
    if " " not in word
)
