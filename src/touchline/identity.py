"""The words of a name, and when two names are one person or one team.

Both questions are decided by rule: the words of the names without case, accents and signs, with
what differs by language, title or legal form taken away. Nothing is guessed from similar letters:
Marco and Fabrizio Castori are two people, Inter and Internacional two clubs.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from touchline.folding import fold_words
from touchline.namewords import GENERATIONS, NOT_NAMES, PARTICLES, TITLES
from touchline.teamwords import (
    AMBIGUOUS,
    CONNECTORS,
    FORMS,
    NICKNAMES,
    SPORTS,
    SQUADS,
    SUFFIXES,
    WORDS,
)
from touchline.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "begins_upper",
    "capitalised",
    "given_names_agree",
    "name_tokens",
    "own_words",
    "same_person",
    "same_team",
    "tidy",
]

_TOKEN = re.compile(r"[^\W_]+")
_MARKUP = re.compile(r"<[^<>]{0,200}>")
_APOSTROPHES = re.compile("['’‘`´ʼ]")
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
_LEFT_OUT = TITLES - {"don", "dom", "ing", "guida", "segundo"}  # these are names as well
_UNDER = re.compile(r"\b(?:u|sub|under|unter) ?(\d\d)s?\b")
_SINGLES = re.compile(r"\b[^\W\d_](?: [^\W\d_])+\b")
_AGE = re.compile(r"under\d\d")
_YEARS = re.compile(r"\d{2,4}")
_TEAM_ARTICLES = frozenset({"il", "l", "the"})


def same_person(one: str, other: str) -> bool:
    """Whether two names can be one person.

    They can where the surname agrees and no given name speaks against it: initials stand for names,
    titles count for nothing, given names or a second surname may be missing, the surname may stand
    first. A surname alone is anyone of that name. A particle with a capital belongs to the surname.
    Father and son are two: "Luis García" is not "Luis García Jr.".

    >>> same_person("Massimo Carrera", "M. Carrera"), same_person("mister Carrera", "Carrera")
    (True, True)
    >>> same_person("Marco Castori", "Fabrizio Castori"), same_person("Rossi", "De Rossi")
    (False, False)
    """
    if any(_one_person(first, second) for first in _forms(one) for second in _forms(other)):
        return True
    first, second = _words_in_any_order(one), _words_in_any_order(other)
    return len(first) > 1 and first == second


def given_names_agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the given names of two namesakes can be one person's.

    All names of one stand in the other, in order; an initial stands for a name, and particles of
    more than a letter do not count. All words without case and accents.

    >>> given_names_agree(["j"], ["jurgen", "norbert"]), given_names_agree(["mario"], ["fabrizio"])
    (True, False)
    """
    names = ([w for w in words if len(w) == 1 or w not in PARTICLES] for words in (one, other))
    short, long = sorted(names, key=len)
    return _stand_in_order(short, long)


def same_team(one: str | None, other: str | None) -> bool:
    """Whether two names are one team: the same words but for legal forms, years and language.

    A few well-known short forms count as the whole name. The women, the reserves and an age group
    of a club are teams of their own, wherever the name tells them. The second word of an English
    club may be missing in one name: Oxford is Oxford United or Oxford City, which are two.

    >>> same_team("A.S. Roma 1927", "Roma"), same_team("Spartak Mosca", "Spartak Moscow")
    (True, True)
    >>> same_team("Milan", "Milan Futuro"), same_team("Inter", "Internacional")
    (False, False)
    """
    if one is None or other is None:
        return one is other
    if one == other:
        return True
    first, second = _team(one), _team(other)
    less, more = sorted((first.suffixes, second.suffixes), key=len)
    return less <= more and (first.club, first.squad) == (second.club, second.squad)


# People ---------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def _forms(name: str) -> tuple[tuple[str, ...], ...]:
    """The ways to read the words of a person's name, without titles.

    With umlauts as they are or written out, with particles as part of what follows or left out.

    >>> _forms("Louis van Gaal"), _forms("Daniele De Rossi")
    ((('louis', 'vangaal'), ('louis', 'gaal')), (('daniele', 'derossi'),))
    """
    words = _untitled(name)
    readings = (
        tuple(filter(None, map(fold_words, _with_particles(spelling, keep=keep))))
        for spelling in (words, [_written_out(word) for word in words])
        for keep in (True, False)
    )
    return tuple(dict.fromkeys((*r[:-1], GENERATIONS.get(r[-1], r[-1])) for r in readings if r))


@lru_cache(maxsize=8192)
def _words_in_any_order(name: str) -> tuple[str, ...]:
    """The words of a person's name, sorted; particles stand alone, for "Li Wei" may be "Wei Li"."""
    return tuple(sorted(map(fold_words, _untitled(name))))


def _untitled(name: str) -> list[str]:
    """The words of a person's name as written, without the titles before it."""
    words = own_words(_APOSTROPHES.sub("", name))
    first = 0
    while first < len(words) - 1 and fold_words(words[first]) in _LEFT_OUT:
        first += 1
    return words[first:]


def _with_particles(words: Sequence[str], *, keep: bool) -> Iterable[str]:
    """Words with each run of particles joined to what follows.

    A run without a capital is left out unless `keep`. A capital alone is an initial.
    """
    run: list[str] = []
    for word, following in pairwise((*words, "")):
        small = word == word.lower()
        if following and fold_words(word) in PARTICLES and (small or len(word) > 1):
            run.append(word)
            continue
        if run and not keep and all(part == part.lower() for part in run):
            run = []
        yield "".join((*run, word))
        run = []


def _written_out(word: str) -> str:
    for umlaut, letters in _UMLAUTS.items():
        word = word.replace(umlaut, letters).replace(umlaut.upper(), letters.capitalize())
    return word


def _one_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one reading of each of two names leaves it open that they are one person's.

    What tells the son from the father must agree, but a surname alone can be either's. In a name of
    two words it is the surname: "Dorival Júnior".
    """
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if short[-1] != long[-1] and (_tells_generation(short) or _tells_generation(long)):
        return len(short) == 1 and short == long[-2:-1]
    return _same_words(short, long)


def _tells_generation(words: tuple[str, ...]) -> bool:
    return len(words) > 2 and words[-1] in GENERATIONS


def _same_words(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the words of two names leave it open that they are one person's."""
    if sorted(short) == sorted(long) or _surname_last(short, long):
        return True
    if len(short) > 1 and short == long[: len(short)]:  # a second surname: "Lopetegui Agote"
        return True
    # In one of the two the surname stands first: "Carrera M."
    return len(short) > 1 and (
        _surname_last(_turned(short), long) or _surname_last(short, _turned(long))
    )


def _surname_last(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether two names agree if both end in the surname."""
    if "".join(short) == "".join(long):
        return True
    return short[-1] == long[-1] and _stand_in_order(short[:-1], long[:-1])


def _turned(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name with its first word as the last."""
    return (*words[1:], words[0])


def _stand_in_order(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether all given names of one, or their initials, stand in the other, in order."""
    rest = iter(long)
    return all(any(_one_name(word, known) for known in rest) for word in short)


def _one_name(one: str, other: str) -> bool:
    """Whether two given names are equal, or one is the initial of the other."""
    return one == other or (1 in {len(one), len(other)} and one[0] == other[0])


# Teams ----------------------------------------------------------------------------------------


class _Team(NamedTuple):
    """What tells a team from others."""

    club: str
    suffixes: frozenset[str] = frozenset()
    """What news leaves out of an English club's name."""
    squad: frozenset[str] = frozenset()
    """Women, reserves, age group; empty for the first team."""


@lru_cache(maxsize=8192)
def _team(name: str) -> _Team:
    """What tells a team from others; `club` and `squad` are equal for all forms of its name.

    >>> _team("1. FC Köln").club, _team("S.p.A.").club, _team("Man Utd").club
    ('koln', 'spa', 'manchester united')
    >>> sorted(_team("Leeds United").suffixes), sorted(_team("Italia U19").squad)
    (['united'], ['under19'])
    """
    words = _team_words(name)
    if words[:1] == ["1"] or (words and words[0] in _TEAM_ARTICLES):
        words = words[1:] or words
    known = [WORDS.get(word, word) for word in words]
    squad = frozenset(word for word in known if word in SQUADS or _AGE.fullmatch(word))
    whole = [word for word in known if word not in squad and word not in CONNECTORS]
    if " ".join(whole) in NICKNAMES:  # with its form or year: "Barcelona SC", "1860 München"
        return _Team(NICKNAMES[" ".join(whole)], squad=squad)
    core = [word for word in whole if word not in FORMS and not _YEARS.fullmatch(word)]
    if not core:  # nothing but forms, years and squads
        return _Team(" ".join(words))
    if len(core) > 1 and core[0] in SPORTS:
        core = core[1:]
    length = _without_suffixes(core)
    joined = " ".join(core[:length])
    return _Team(NICKNAMES.get(joined, joined), frozenset(core[length:]), squad)


def _without_suffixes(core: list[str]) -> int:
    """How many words of a club's name remain without what news leaves out.

    At most two words are, and none behind a place that has names in several languages, for that is
    no English one: Roma City is not Roma.

    >>> _without_suffixes(["brighton", "hove", "albion"]), _without_suffixes(["roma", "city"])
    (1, 2)
    """
    length = len(core)
    least = max(1, length - 2)
    while length > least and core[length - 1] in SUFFIXES:
        place = " ".join(core[: length - 1])
        if place in AMBIGUOUS or place in WORDS or " ".join(core[:length]) in NICKNAMES:
            break
        length -= 1
    return length


def _team_words(name: str) -> list[str]:
    """The words of a team's name, with initials and an age group as one word each.

    Initials are joined within a dotted word, and where a run of letters stands apart.

    >>> _team_words("Ascoli F.C. S.p.A."), _team_words("A. S. Roma Under-19s")
    (['ascoli', 'fc', 'spa'], ['as', 'roma', 'under19'])
    """
    pieces = [_joined(" ".join(_words(piece))) for piece in name.split()]
    text = _joined(" ".join(filter(None, pieces)))
    return _UNDER.sub(r"under\1", text).split()


def _joined(text: str) -> str:
    """Text with runs of single letters joined: `s p a` is `spa`."""
    return _SINGLES.sub(lambda run: run.group().replace(" ", ""), text)


# Words ----------------------------------------------------------------------------------------


def _words(name: str) -> list[str]:
    """The words of a name without case, accents and signs."""
    return "".join(c if c.isalnum() else " " for c in fold_words(name)).split()


def own_words(name: str) -> list[str]:
    """The words of a name as written, in NFC, without markup and hidden characters.

    >>> own_words("<b>Jürgen</b> D'Amico-K.")
    ['Jürgen', 'D', 'Amico', 'K']
    """
    if not (name.isascii() and name.isprintable() and "<" not in name):
        name = unicodedata.normalize("NFC", _MARKUP.sub(" ", visible(name).text))
    return _TOKEN.findall(name)


def name_tokens(name: str) -> tuple[str, ...]:
    """The words of a name, without case and accents.

    >>> name_tokens("Ugo Sant'Elmo")
    ('ugo', 'sant', 'elmo')
    """
    return tuple(fold_words(" ".join(own_words(name))).split())


def tidy(name: str) -> str:
    """A name on one line, in NFC, without markup and unseen characters.

    >>> tidy("Mario <b>Rossi</b>")
    'Mario Rossi'
    """
    if not name.isprintable() or "<" in name:
        name = "".join(c for c in _MARKUP.sub(" ", name) if c.isprintable() or c.isspace())
    return unicodedata.normalize("NFC", " ".join(name.split()))


def begins_upper(word: str) -> bool:
    """Whether a word begins with a capital, or its script has none."""
    return word[0].upper() == word[0]


def capitalised(form: str) -> bool:
    """Whether some word of a name that is no title begins with a capital."""
    return any(begins_upper(word) and fold_words(word) not in NOT_NAMES for word in own_words(form))
