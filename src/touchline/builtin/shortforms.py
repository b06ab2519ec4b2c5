"""Short forms of names, led back to the full ones: surnames, given names, clubs without a form."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from touchline.builtin.cues import Language
    from touchline.builtin.names import Name, Names

__all__ = ["lead_back", "lead_nicknames"]

_INITIALS = (2, 5)  # letters, at least and at most
_UNSURE = 4  # what a name can weigh more as a club's than as a person's, and be a person's
_CLIPPED = 4  # letters of a clipped name, at least, and of what is cut off


def lead_back(by_size: list[Name], language: Language) -> None:
    """Lead each name back to the longer one that it is short for, a genitive to its owner.

    Args:
        by_size: the names, those of more words first.
        language: the cues of the article.
    """
    owners = {name.key: name for name in by_size} if language.capital_nouns else {}
    whole = language.classes["bodies"]
    squads = language.names.get("squads", frozenset())
    fulls: dict[str, list[Name]] = {}
    for name in by_size:
        key, full = name.key, None
        known = fulls.get(key[-1])
        if known is not None:
            if len(key) > 1 and not whole.isdisjoint(key):
                # "Marlow Town" is not short for its women.
                own = squads.intersection(key)
                known = [full for full in known if squads.intersection(full.key) == own]
            full = _full_of(name, known, language)
        if full is None and owners and key[-1].endswith("s"):
            owner = owners.get((*key[:-1], key[-1][:-1]))
            full = owner if owner is not None and owner.full is not name else None
        if full is None:
            for word in key:
                fulls.setdefault(word, []).append(name)
            continue
        full = full.whole
        name.full = full
        if name.mentions >= full.mentions and _is_usual(name, full, language):
            full.text = name.text
        full.mentions += name.mentions
        full.against += name.against
        full.former += name.former
        full.head += name.head
        full.first = min(full.first, name.first)
        _inherit(name, full)
    _lead_initials(by_size)
    _lead_hyphened(by_size)
    _lead_clipped(by_size, articled="article_before_team" in language.names)
    _lead_without_particle(by_size, language.names["particles"])
    for name in by_size:
        if name.full is not None:
            name.sign = name.full.sign


def _is_usual(name: Name, full: Name, language: Language) -> bool:
    """Whether a short form is a club's usual name: `Alba Stella` of Polisportiva Alba Stella."""
    head, rest = full.key[0], full.key[1:]
    return len(rest) > 1 and rest == name.key and head in language.names["team_words"]


def _lead_initials(by_size: list[Name]) -> None:
    """Lead initials back to the one team that they are the initials of (`CFC`, Colby FC)."""
    short = [
        name
        for name in by_size
        if len(name.key) == 1 and name.text.isupper() and name.full is None and name.sign in "TN"
        if _INITIALS[0] <= len(name.text) <= _INITIALS[1]
    ]
    if not short:
        return
    teams = [name for name in by_size if name.sign == "T" and name.full is None]
    initials = [(team, _initials(team)) for team in teams]
    for name in short:
        full = [team for team, letters in initials if letters == name.text and team is not name]
        if len(full) == 1:
            _give(name, full[0])


def _initials(team: Name) -> str:
    """The initials of a team, its legal form in full: `CFC` for Colby FC."""
    words = [word for word in team.text.split() if word[0].isupper()]
    return "".join(word if word.isupper() else word[0] for word in words) if len(words) > 1 else ""


def _lead_hyphened(by_size: list[Name]) -> None:
    """Lead the first part of a team's hyphened name back to it: `Atlético` of Atlético-MG.

    And a name behind the slug of an agency to the team: `Soccer-Marlow` to Marlow.
    """
    parted = [name for name in by_size if name.sign == "T" and "-" in name.key[0]]
    if not parted:
        return
    known = {name.key[0] for name in by_size if len(name.key) == 1}
    for name in by_size:
        if name.sign not in "TN" or name.full is not None or len(name.key) > 1:
            continue
        full = [team for team in parted if team.key[0].startswith(f"{name.key[0]}-")]
        if len(full) == 1 and name is not full[0]:
            _give(name, full[0].whole)
            continue
        for slugged in parted:
            slug, _, rest = slugged.key[0].partition("-")
            if rest == name.key[0] and slug not in known and slugged.full is None:
                _give(slugged, name)
                name.sign = "T"


def _lead_clipped(by_size: list[Name], *, articled: bool) -> None:
    """Lead a clipped name back to the one club that it is the head of: `Chape` of Chapecoense.

    The longer one is known as a club, or, where clubs are told by their article, may be one; but
    Romagnoli is no Roma.

    Args:
        by_size: the names of the article.
        articled: whether an article stands in front of nearly all clubs.
    """
    single = [name for name in by_size if len(name.key) == 1 and name.sign in "TN"]
    for name in single:
        head = name.key[0]
        if len(head) < _CLIPPED or name.full is not None:
            continue
        longer = [
            other
            for other in single
            if other.key[0].startswith(head) and len(other.key[0]) >= len(head) + _CLIPPED
            if other.key[0].isalpha()
            if other.full is None and other.person == 0
            if other.sign == "T" or (articled and name.sign == "T" and len(head) > _CLIPPED)
        ]
        if len(longer) == 1:
            longer[0].sign = "T"
            _give(name, longer[0])


def _lead_without_particle(by_size: list[Name], particles: AbstractSet[str]) -> None:
    """Lead a name back to the person's who has it with a particle: `Givanildo (de) Oliveira`."""
    bare = {
        tuple(word for word in name.key if word not in particles): name
        for name in by_size
        if name.sign == "P" and name.full is None and not particles.isdisjoint(name.key)
    }
    for name in by_size if bare else ():
        full = bare.get(name.key)
        free = name.full is None and len(name.key) > 1 and full is not name
        if full is not None and free and name.person >= name.team_score - _UNSURE:
            _give(name, full)
            _inherit(name, full)
            full.team_score = 0


def lead_nicknames(names: Names, nicknames: AbstractSet[str]) -> None:
    """Lead the nicknames of clubs back to the one that the article is about: `o Leão`."""
    main, labelled = names.main_team, {id(name) for name in names.labels.values()}
    if main is None or len(labelled) > 1:
        return  # of several clubs
    known = (names.by_key.get((key,)) for key in nicknames)
    found = [name for name in known if name and name.full is None and name.sign in "TN"]
    for name in found:
        if name is not main:
            _give(name, main)
            name.sign = "T"
    given = set(map(id, found))
    for mark in chain.from_iterable(names.marks) if given else ():
        if id(mark.name) in given:
            mark.sign = "T"


def _give(name: Name, full: Name) -> None:
    """Make a name a short form of a club's, which has no role or title to be passed on."""
    name.full = full
    full.mentions += name.mentions
    full.first = min(full.first, name.first)
    full.team_score += name.team_score


def _full_of(name: Name, longer: list[Name], language: Language) -> Name | None:
    """Which of some longer names a name is short for, the first mentioned before others."""
    if len(longer) > 1:
        longer = sorted(longer, key=lambda full: (full.first, -len(full.key)))
    for full in longer:
        if _can_be(name, full, language):
            return full
    return None


def _can_be(name: Name, full: Name, language: Language) -> bool:
    """Whether a name is a short form of a longer one; a club's is without its legal forms."""
    forms, of = language.classes["legal"], language.classes["of"]
    squads = language.names.get("squads", frozenset())
    if full.sign == "T":
        bare = tuple(word for word in name.key if word not in forms) or name.key
        rest = tuple(word for word in full.key if word not in forms)
        if bare in (rest, rest[: len(bare)]):
            return name.person < 3
    size = len(name.key)
    key = full.key
    oftener = full.sign == name.sign == "T" and name.mentions > full.mentions + 1 > 1
    if oftener and key[-size:] == name.key and key[-size - 1] in of:
        return False  # a body of the club's, named once: `Cifut do Corinthians`
    if full.sign == "T" and squads.isdisjoint(name.key):
        key = tuple(word for word in key if word not in squads) or key
    if size == 1 and full.sign == name.sign == "T" and name.key[0] in full.key[1:-1]:
        return True  # "City" of Lindow City Women
    tail, head = key[-size:] == name.key, key[:size] == name.key
    if full.sign in {"P", "X"}:
        # "Ferri" of Aldo Ferri Neri
        middle = size == 1 and len(key) == 3 and name.key[0] == key[1] and name.team_score == 0
        return (tail or head or middle) and name.team_score <= max(3, name.person)
    if full.sign == "T":
        person = not head and 2 <= size <= len(full.key) - 2 and name.person > name.team_score
        return (head or tail) and name.person < 3 and not person
    return False


def _inherit(name: Name, full: Name) -> None:
    """Pass on what was learned at a short form."""
    if full.sign == "X" and name.role is not None:
        full.sign = "P"
    if full.role is None:
        full.role, full.title = name.role, name.title
    full.team_score = max(full.team_score, name.team_score)
