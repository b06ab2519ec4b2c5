"""Whom an article is about, and which team: the one that its news are of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchline.builtin.cues import Language
    from touchline.builtin.names import Mark, Name, Names
    from touchline.builtin.scanning import Sentence

__all__ = ["foremost", "headed", "lead", "leads", "opener"]

_SHARE = 3  # the main team has at least so large a part of the mentions of teams: one third
_HEADLINE = 3  # how many mentions one at the head of an article is worth
_SHORT = 14  # tokens of a sentence that says which club the next ones are about
_OPENING = 2  # the sentence, counted from 0, in which whom an article begins with is named


def opener(names: Names) -> Name | None:
    """Whom an article names first and alone, in its headline or right behind it."""
    first = min(names.persons(), key=lambda name: name.first, default=None)
    if first is None or first.first > _OPENING:
        return None
    others = (name for name in names.persons() if name is not first)
    return None if any(name.first == first.first for name in others) else first


def lead(names: Names, blocks: Sequence[int]) -> Name | None:
    """Whom an article begins with, if it comes back to him and to nobody oftener."""
    first = names.opener
    if first is None or any(name.mentions > first.mentions for name in names.persons()):
        return None
    places = {
        block
        for block, marks in zip(blocks, names.marks, strict=True)
        if any(mark.name is not None and mark.name.whole is first for mark in marks)
    }
    return first if len(places) > 1 else None


def leads(sentences: Sequence[Sentence], names: Names, *, language: Language) -> dict[int, Name]:
    """The team of each block that begins `Colby Town boss Alan Firth`, in a round-up of news."""
    leads: dict[int, Name] = {}
    if "team_before_role" not in language.names:
        return leads
    former = language.classes["ex"]
    others: dict[int, set[int]] = {}
    for sentence, marks in zip(sentences, names.marks, strict=True):
        whole = [mark.name.whole for mark in marks if mark.name is not None]
        here = others.setdefault(sentence.block, set())
        if not here and _is_led(sentence, marks, former=former) and marks[0].name is not None:
            leads[sentence.block] = marks[0].name.whole
        here.update(map(id, whole))
    main = {id(names.main_team), id(names.main_person) if names.is_profile else None}
    return {block: team for block, team in leads.items() if main.isdisjoint(others[block])}


def headed(sentences: Sequence[Sentence], names: Names, *, language: Language) -> dict[int, Name]:
    """The club of each block that begins with a short sentence of one club and nobody else.

    `Situazione diversa a Tortena.`; not where the block is about the main team, or the article
    about one person, whose clubs of the past begin so.
    """
    if names.main_team is None or names.is_profile:
        return {}
    found: dict[int, Name] = {}
    others: dict[int, set[int]] = {}
    for sentence, marks in zip(sentences, names.marks, strict=True):
        first = sentence.block not in others
        named = [mark for mark in marks if mark.sign in "PXTN"]
        others.setdefault(sentence.block, set()).update(
            id(mark.name.whole) for mark in named if mark.name is not None
        )
        if first and len(named) == 1 and len(sentence.lower) <= _SHORT and sentence.block > 0:
            name = _club_of(sentence, named[0], language=language)
            if name is not None:
                found[sentence.block] = name
    main = id(names.main_team)
    return {block: name for block, name in found.items() if main not in others[block]}


def _club_of(sentence: Sentence, mark: Mark, *, language: Language) -> Name | None:
    """The club of a mark, if it is one: a team, or a single name behind "at"."""
    name, at = mark.name, mark.low - 1
    if name is None or name.former or name.against:
        return None
    led = at >= 0 and sentence.lower[at] in language.classes["at"]
    return name.whole if mark.sign == "T" or (mark.sign == "N" and led) else None


def _is_led(sentence: Sentence, marks: list[Mark], *, former: frozenset[str]) -> bool:
    """Whether a sentence begins with a team, a title of today and a person."""
    if "".join(mark.sign for mark in marks[:3]) != "TRP":
        return False
    team, role, person = marks[:3]
    glued = team.high == role.low and role.high == person.low and team.low <= 1
    return glued and former.isdisjoint(sentence.lower[: team.low])


def foremost(teams: list[Name], *, rows: bool, labelled: bool) -> Name | None:
    """The team that an article is about; None for a round-up of several.

    It is named often, or at the head, where the news is.
    """
    weights = {
        id(name): name.mentions
        - name.against
        - name.former
        + (_HEADLINE * (name.head > 0) + (name.first == 0)) * (not name.against and not rows)
        for name in teams
    }
    sure = [name for name in teams if name.is_sure or _is_headed(name)] or teams
    best = max(sure, key=lambda name: (weights[id(name)], -name.first), default=None)
    if best is None or (best.first > 2 and best.mentions < 2 and len(teams) > 1):
        return None
    if rows and best.mentions < 2:
        return None
    if weights[id(best)] * _SHARE >= sum(weights.values()):
        return best
    others = max((weights[id(name)] for name in teams if name is not best), default=0)
    # A profile names many teams once; the one that it is about, at the head and again.
    again = best.mentions > 1 and best.first <= 1 and weights[id(best)] >= 2 * others
    return best if again and not labelled else None


def _is_headed(name: Name) -> bool:
    """Whether a team stands in the headline, or right behind it, and not as an opponent."""
    return name.first <= 1 and not name.against
