"""When two names in one article are one person or one team."""

from __future__ import annotations

from touchline.folding import fold_words

__all__ = ["same_person", "same_team"]

# Legal and generic parts of a club's name: "AS Roma" and "Roma" are one club.
_FORMS = frozenset(
    "ac afc ag as asd bc ca cd cf calcio club ec fc fk football ga if kf kv nk rc rcd sad sc sd "
    "se sk sl sp spa srl ss ssc ssd sv tsg ud us usd utd vfb vfl".split()
)


def same_person(one: str, other: str) -> bool:
    """Whether two names can be one person: the same words, or a surname and a full name.

    >>> same_person("Massimo Carrera", "Carrera"), same_person("Marco Castori", "Fabrizio Castori")
    (True, False)
    """
    first, second = _words(one), _words(other)
    short, long = sorted((first, second), key=len)
    return bool(short) and (first == second or (len(short) == 1 and long[-1] == short[0]))


def same_team(one: str | None, other: str | None) -> bool:
    """Whether two names are one team: the same words but for legal forms and years of foundation.

    >>> same_team("AS Roma", "Roma"), same_team("Milan", "Milan Futuro")
    (True, False)
    """
    if one is None or other is None:
        return one is other
    return _core(one) == _core(other)


def _words(name: str) -> list[str]:
    """The words of a name without case, accents and signs."""
    return "".join(c if c.isalnum() else " " for c in fold_words(name)).split()


def _core(team: str) -> list[str]:
    """The words of a team's name that tell it from others."""
    words = _words(team)
    core = [word for word in words if word not in _FORMS and not word.isdigit()]
    return core or words
