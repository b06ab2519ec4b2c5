"""News that hang on other news of the same club: candidates, and who stands in.

A candidate is seldom called a coach beside the name: `Piace anche Aldo Ferri`. Where the article
says that the bench is empty, or names another candidate for it, he is one.
Who leads a team while its coach is banned stands in for him.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from touchline.builtin.found import ENDS, OPEN, STARTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from touchline.builtin.cues import Language
    from touchline.builtin.found import Found
    from touchline.builtin.names import Mark, Name, Names
    from touchline.builtin.scanning import Sentence

__all__ = ["candidates", "stood_in"]

_HEAD = "head_coach"


def candidates(
    found: Sequence[Found], names: Names, *, sentences: Sequence[Sentence], language: Language
) -> list[Found]:
    """The findings of candidates for the bench of a club that seeks a coach.

    Each is given the role that is to be filled.
    """
    asked = [
        item
        for item in found
        if item.type in STARTS and item.status in OPEN and item.time == "news" and item.team
    ]
    if not asked:
        return []
    sought = {
        id(item.team)
        for item in found
        if item.time == "news"
        and (item.type in ENDS or (item.type in STARTS and item.status in OPEN))
        and _is_of_head_coach(item)
    }
    filled = any(
        item.type in STARTS
        and item.status not in OPEN
        and item.time == "news"
        and item.team is names.main_team
        for item in found
    )
    if _seeks(sentences, names, language=language, filled=filled):
        sought.add(id(names.main_team))
    chosen = [item for item in asked if id(item.team) in sought]
    for item in chosen:
        item.role = item.role or item.person.role or _HEAD
    return chosen


def _is_of_head_coach(item: Found) -> bool:
    """Whether news leaves a bench empty: "the dismissal of Jorginho" is mostly a coach's."""
    role = item.role or item.person.role
    return role == _HEAD or (role is None and item.type == "dismissal")


def _seeks(
    sentences: Sequence[Sentence], names: Names, *, language: Language, filled: bool
) -> bool:
    """Whether a sentence says that a bench is empty, or a coach is sought.

    Where nobody was appointed, it does so with "for the new coach", too.
    """
    words, benches = language.classes["seeks"], language.career["bench"]
    for sentence, marks in zip(sentences, names.marks, strict=True):
        if not filled and _speaks_of_newcomer(sentence, marks, language):
            return True
        if words.isdisjoint(sentence.lower):
            continue
        offices = any(mark.sign == "X" for mark in marks)
        roles = any(mark.sign == "R" for mark in marks)
        sure = not language.classes["surely"].isdisjoint(words.intersection(sentence.lower))
        if sure or not benches.isdisjoint(sentence.lower) or (roles and not offices):
            return True
    return False


def _speaks_of_newcomer(sentence: Sentence, marks: Sequence[Mark], language: Language) -> bool:
    """Whether a sentence that names nobody has "the new coach" behind a preposition."""
    classes, lower = language.classes, sentence.lower
    if not classes["seeks"] or any(mark.sign in "PX" for mark in marks):
        return False
    for mark in marks:
        at = mark.low - 1
        head = mark.sign == "R" and mark.phrase is not None and mark.phrase.value == _HEAD
        if not head or at < 1 or lower[at] not in classes["arriving"]:
            continue
        while at > 0 and (lower[at - 1] in classes["the"] or lower[at - 1] in classes["a"]):
            at -= 1
        if at > 0 and lower[at - 1] in classes["governing"]:
            return True
    return False


def stood_in(found: Iterable[Found]) -> list[Found]:
    """The findings, with those who lead a team while its coach is banned as standing in.

    Only where nobody left that team, and one head coach of it is banned. What a weak cue takes for
    standing in is dropped everywhere else.
    """
    items = list(found)
    banned: dict[int, set[int]] = {}
    absent: dict[int, Name] = {}
    for item in items:
        if item.type == "suspension" and item.team is not None:
            banned.setdefault(id(item.team), set()).add(id(item.person))
            if (item.role or item.person.role or _HEAD) == _HEAD:
                absent[id(item.team)] = item.person
    gone = {id(item.team) for item in items if item.type in ENDS and item.time == "news"}
    bereft = absent.keys() - gone
    seated = {
        (id(item.person), id(item.team)) for item in items if item.type == "stand_in" and item.weak
    }
    kept: list[Found] = []
    for item in items:
        led = item.on_bench or (id(item.person), id(item.team)) in seated
        start = item.type in STARTS and item.time == "news" and led
        weak = item.type == "stand_in" and item.weak
        team = absent.get(id(item.team)) if id(item.team) in bereft else None
        stands = team is not None and id(item.person) not in banned[id(item.team)]
        if (start or weak) and stands:
            known = item.other or team
            kept.append(replace(item, type="stand_in", other=known, role=_HEAD, weak=False))
        elif not weak:
            kept.append(item)
    return kept
