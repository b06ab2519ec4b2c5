"""One mention of a name: the marks and words beside it, and what can be read from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from touchline.builtin.cues import Language
    from touchline.builtin.names import Mark, Name

__all__ = ["SCORE", "Mention"]

SCORE = 3
"""Tokens of `2-1`."""

_DIGITS = 3  # of the goals or points of a team, at most
_LISTED = 6  # tokens in front of a name in which "and" makes a list of it


@dataclass(slots=True)
class Mention:
    """One mention of a name, with the marks and words beside it.

    Attributes:
        mark, name: of the mention. previous, following, beyond: the marks in front of it, behind
            it, and behind that one.
        lower: the words of the sentence. language, classes: its cues.
    """

    mark: Mark
    name: Name
    previous: Mark | None
    following: Mark | None
    beyond: Mark | None
    lower: list[str]
    language: Language
    classes: Mapping[str, frozenset[str]]

    @property
    def before(self) -> list[str]:
        """The words from the mark in front that mean something; empty without such a mark."""
        return self._meant(self.previous.high, self.mark.low) if self.previous is not None else []

    @property
    def behind(self) -> list[str]:
        """The words to the mark behind that mean something; empty without such a mark."""
        return self._meant(self.mark.high, self.following.low) if self.following is not None else []

    def _meant(self, low: int, high: int) -> list[str]:
        """The words of some tokens that mean something between a role and a name."""
        words, beside = self.lower[low:high], self.language.beside
        if beside.isdisjoint(words):
            return words
        return [word for word in words if word not in beside]

    def brackets_only(self, team: Mark) -> bool:
        """Whether a bracket behind the name holds nothing but another name."""
        return self.lower[team.high : team.high + 1] == [")"] and self.behind == ["("]

    @property
    def owns(self) -> bool:
        """Whether it is one word, and a full name is behind its genitive: `Fulham's Ed Carr`."""
        lower, following = self.lower, self.following
        genitive = lower[self.mark.high : self.mark.high + 1]
        if len(self.name.key) > 1 or not genitive or following is None or following.name is None:
            return False
        next_to = following.low == self.mark.high + 1 and len(following.name.key) > 1
        return next_to and genitive[0] in self.classes["genitive"]

    @property
    def is_listed(self) -> bool:
        """Whether a name stands in a list, or behind a preposition: not alone as the subject."""
        low, lower, classes = self.mark.low, self.lower, self.classes
        at = low - 1
        while at > 0 and (lower[at] in classes["the"] or lower[at] in classes["new"]):
            at -= 1
        if at < 0:
            return False
        ahead = self.previous
        joined = ahead is not None and ahead.high == low  # a title in front: "coaches A, B have"
        if joined or lower[at] in classes["leading"]:
            return True
        near = lower[max(0, low - _LISTED) : low]
        return "," in near or not classes["and"].isdisjoint(near)

    def beats(self, opponent: Mark) -> bool:
        """Whether a word leads to another name with goals behind: `Colby rout Marlow 79-58`."""
        apart, at = opponent.low - self.mark.high, opponent.high
        goals = self.lower[at : at + SCORE]
        if not 1 <= apart < SCORE or len(goals) < SCORE or goals[1] not in {"-", "–"}:
            return False
        return all(word.isdecimal() and len(word) <= _DIGITS for word in goals[::2])

    def has_score(self, opponent: Mark) -> bool:
        """Whether goals stand between two names: `Colby Town 2 Marlow 1`, `Colby 2-1 Marlow`."""
        low, high = self.mark.high, opponent.low
        if not low < high <= low + SCORE or not self.lower[low].isdecimal():
            return False
        between = self.lower[low:high]
        if len(between) == SCORE and between[1] in {"-", "–"}:
            between = between[::2]
        goals = all(word.isdecimal() and len(word) <= _DIGITS for word in between)
        return goals and len(between) <= _DIGITS

    @property
    def is_subject(self) -> bool:
        """Whether a verb behind the name says what the person has become, and of which team."""
        lower, at, beyond = self.lower, self.mark.high + 1, self.beyond
        if self.is_club or len(self.name.key) < 2 or at >= len(lower):
            return False
        if lower[at] in self.classes["as"]:
            return True
        team = self.following
        if team is None or beyond is None or team.low != at:
            return False
        return beyond.sign == "R" and beyond.low == team.high

    @property
    def is_club(self) -> bool:
        """Whether the name holds a part of clubs' names."""
        return not self.language.names["team_words"].isdisjoint(self.name.key)
