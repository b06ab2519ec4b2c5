"""Which team an article without a foremost one is about, and the paragraphs of a round-up."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchline.builtin.names import Name, Names
    from touchline.builtin.scanning import Sentence

__all__ = ["mark_town", "part_stories"]

_MOST = 3_000  # sentences that are looked at
_OFTEN = 3  # mentions of a town that stands for its club, at least
_BEGINS = 2  # tokens in front of a team with which a sentence begins, at most
_FIRST_LINES = 4  # sentences in which the team of a story is named
_LABELS = 3  # labelled paragraphs of a round-up, at least
_STORY = 8  # tokens that such a paragraph's first sentence has more than


def part_stories(sentences: Sequence[Sentence], names: Names) -> None:
    """Find the team of an article that tells one story, or that of each paragraph of a round-up."""
    if names.main_team is None:
        names.main_team = _of_story(names)
        names.is_story = names.main_team is not None
    if not _is_round_up(sentences, names):
        return
    names.is_round_up, names.main_team = True, None
    for sentence, marks in zip(sentences, names.marks, strict=True):
        team = next((mark.name for mark in marks if mark.sign == "T" and mark.name), None)
        if team is not None and not team.against:
            names.labels.setdefault(sentence.block, team)


def mark_town(names: list[Name]) -> None:
    """Take a name that is printed often for a team's, where no team's is printed twice.

    The press calls a club by its town alone, and then nothing tells it from a surname but that
    no full name of a person ends with it.
    """
    if any(name.sign == "T" and name.mentions > 1 for name in names):
        return
    surnames = {name.key[-1] for name in names if len(name.key) > 1 and name.sign in "PX"}
    unsure = [name for name in names if name.sign == "N" and len(name.key) == 1]
    often = [name for name in unsure if name.mentions >= _OFTEN and name.key[0] not in surnames]
    if len(often) == 1 and often[0].first <= 1 and often[0].place == 0:
        often[0].sign, often[0].team_score = "T", _OFTEN


def _of_story(names: Names) -> Name | None:
    """The team that is named first, where no sentence begins with another: one story's."""
    first: Name | None = None
    for marks in islice(names.marks, _MOST):
        for mark in marks:
            team = mark.name.whole if mark.sign == "T" and mark.name is not None else None
            if team is None or team is first or 2 * (team.against + team.former) > team.mentions:
                continue
            if first is not None and mark.low <= _BEGINS and mark is marks[0]:
                return None
            first = first or team
    return first if first is not None and first.is_sure and first.first <= _FIRST_LINES else None


def _is_round_up(sentences: Sequence[Sentence], names: Names) -> bool:
    """Whether each paragraph begins with a label, such as the sport it is of: `Handball: ...`."""
    block, labelled = -1, 0
    for sentence, marks in zip(sentences, names.marks, strict=True):
        if sentence.block != block:
            block = sentence.block
            single = sentence.words[1:2] == [":"] and len(sentence.words) > _STORY
            labelled += single and not any(mark.low == 0 and mark.sign in "RX" for mark in marks)
    return labelled >= _LABELS
