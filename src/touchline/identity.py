"""The words of a name, and when two names in one article are one person or one team."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from touchline.folding import fold_words
from touchline.namewords import NOT_NAMES, PARTICLES
from touchline.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

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

# Legal and generic parts of a club's name: "AS Roma" and "Roma" are one club.
_FORMS = frozenset(
    "ac afc ag as asd bc ca cd cf calcio club ec fc fk football ga if kf kv nk rc rcd sad sc sd "
    "se sk sl sp spa srl ss ssc ssd sv tsg ud us usd utd vfb vfl".split()
)

_AGE_GROUPS = frozenset("under u sub unter".split())  # the number after these is no year


def same_person(one: str, other: str) -> bool:
    """Whether two names can be one person: one surname, and no given name that speaks against it.

    >>> same_person("Massimo Carrera", "Carrera"), same_person("Marco Castori", "Fabrizio Castori")
    (True, False)
    >>> same_person("J. Klopp", "Jürgen Klopp"), same_person("ROSSI Mario", "Mario Rossi")
    (True, True)
    """
    short, long = sorted((_words(one), _words(other)), key=len)
    if not short:
        return False
    if short == long or [*short[1:], short[0]] == long:
        return True
    if len(short) > 1 and long[: len(short)] == short:  # a second surname: "Luis Enrique Martínez"
        return True
    return short[-1] == long[-1] and given_names_agree(short[:-1], long[:-1])


def given_names_agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the given names of two namesakes can be one person's.

    All names of one stand in the other, in order; an initial stands for a name, particles do not
    count. All words without case and accents.

    >>> given_names_agree(["j"], ["jurgen", "norbert"]), given_names_agree(["mario"], ["fabrizio"])
    (True, False)
    """
    short, long = sorted(
        ([word for word in words if word not in PARTICLES] for words in (one, other)), key=len
    )
    rest = iter(long)
    return all(any(_one_name(word, known) for known in rest) for word in short)


def same_team(one: str | None, other: str | None) -> bool:
    """Whether two names are one team: the same words but for legal forms and years of foundation.

    >>> same_team("AS Roma", "Roma"), same_team("Milan", "Milan Futuro")
    (True, False)
    """
    if one is None or other is None:
        return one is other
    return _core(one) == _core(other)


def _one_name(one: str, other: str) -> bool:
    """Whether two given names are equal, or one is the initial of the other."""
    return one == other or (1 in {len(one), len(other)} and one[0] == other[0])


def _words(name: str) -> list[str]:
    """The words of a name without case, accents and signs."""
    return "".join(c if c.isalnum() else " " for c in fold_words(name)).split()


def _core(team: str) -> list[str]:
    """The words of a team's name that tell it from others."""
    words = _words(team)
    core = [
        word
        for before, word in zip(["", *words], words, strict=False)
        if word not in _FORMS and not (word.isdigit() and before not in _AGE_GROUPS)
    ]
    return core or words


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
