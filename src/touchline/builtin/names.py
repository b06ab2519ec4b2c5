"""The names of an article, as they are found in it: what one is, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from touchline.builtin.cues import Phrase

__all__ = ["AGES", "Mark", "Name", "Names", "is_opposed", "is_score"]

AGES = frozenset({"under", "sub"})
"""First words of the names of age groups."""

_SURE_TEAM = 4
_OFTEN = 3
_RESULT = 6  # tokens from a result to the preposition in front of an opponent
_GOALS = 2  # digits
_VERSUS = frozenset({"a", "x", "-", "–", ":", "à"})


@dataclass(slots=True, eq=False)
class Name:
    """A name of the article, over all its mentions.

    Attributes:
        key: its words in lower case. text: as printed where it is first mentioned.
        sign: `P` person, `T` team, `N` either, `X` a person who is no coach, `w` neither.
        opens_former: whether it is first mentioned as where somebody was before.
        full: the fullest form of the same name, itself if there is none.
        role, title: of a person, where the article gives them beside the name.
        team: of a person, where the article gives it beside a role of today.
        articled: mentions with an article, where persons have one as well as teams.
        titled: mentions that a title makes a person's.
    """

    key: tuple[str, ...]
    text: str
    sign: str = "N"
    person: int = 0
    team_score: int = 0
    place: int = 0
    office: int = 0
    mentions: int = 0
    inner: int = 0
    against: int = 0
    former: int = 0
    head: int = 0
    first: int = 0
    full: Name | None = None
    role: str | None = None
    title: str | None = None
    team: Name | None = None
    articled: int = 0
    titled: int = 0

    @property
    def is_sure(self) -> bool:
        """Whether a team is told as one more than once, or by its form, or is named often."""
        whole = self.whole
        often = whole.mentions >= (_OFTEN - 1 if whole.first <= 1 else _OFTEN)
        return whole.team_score >= _SURE_TEAM or often

    @property
    def whole(self) -> Name:
        """The fullest form."""
        return self.full or self


@dataclass(slots=True)
class Mark:
    """Some tokens of a sentence that are one sign.

    Attributes:
        low, high: tokens, end exclusive. sign: see `touchline.builtin.patterns.SIGNS`.
    """

    low: int
    high: int
    sign: str
    name: Name | None = None
    phrase: Phrase | None = None


@dataclass(slots=True)
class Names:
    """What was learned: the names, and the marks of each sentence.

    Attributes:
        lead: who is named first, in the headline or right behind it, nobody oftener than he, and
            in more than one paragraph.
        opener: who is named first there, however often others are.
        labels: for a block that begins with a team's name alone (`EMPOLI.`), that name.
        is_round_up: whether its paragraphs have labels, and so nothing in common.
        is_story: whether its main team is no more than the first that is named.
        speaker: who answers in an interview.
        leads: for a block that begins with the coach of another team than the main one, that team.
    """

    by_key: dict[tuple[str, ...], Name] = field(default_factory=dict)
    marks: list[list[Mark]] = field(default_factory=list)
    labels: dict[int, Name] = field(default_factory=dict)
    leads: dict[int, Name] = field(default_factory=dict)
    has_teams: bool = False
    is_round_up: bool = False
    is_story: bool = False
    main_team: Name | None = None
    main_person: Name | None = None
    speaker: Name | None = None
    lead: Name | None = None
    opener: Name | None = None

    def can_be_person(self, name: Name) -> bool:
        """Whether a name is a person's, or can well be one: nothing makes it a team's."""
        return name.sign != "N" or name.team_score == 0

    def can_be_team(self, name: Name) -> bool:
        """Whether a name is a team's, or can well be one, for want of a surer one."""
        if name.sign != "N":
            return True
        plain = len(name.key) == 1 and name.place == 0
        return name.team_score > 0 or plain or not self.has_teams

    @property
    def is_profile(self) -> bool:
        """Whether the article is about one person: named twice as often as any other."""
        main = self.main_person
        others = [name.mentions for name in self.persons() if name is not main]
        return main is not None and main.mentions >= 2 * max(others, default=0)

    @property
    def can_name_team(self) -> bool:
        """Whether the article names a team, or holds a name that may be one's."""
        return self.has_teams or any(
            name.sign == "N" and (name.team_score > 0 or name.mentions > 1 or name.place > 0)
            for name in self.by_key.values()
        )

    def persons(self) -> list[Name]:
        """The fullest forms of the persons, in the order of their first mention."""
        return [name for name in self.by_key.values() if name.sign == "P" and name.full is None]


def is_opposed(lower: Sequence[str], low: int, *, classes: Mapping[str, frozenset[str]]) -> bool:
    """Whether the name at a token is an opponent's: behind "against", or a score or a result.

    >>> words = {"against": frozenset(), "aside": frozenset({"with"})}
    >>> is_opposed(["a", "2", "-", "2", "with", "Foo"], 5, classes=words)
    True
    """
    against, aside = classes["against"], classes["aside"]
    at = low - 1
    if at < 0:
        return False
    if lower[at] in against or (at > 0 and lower[at - 1] in against):
        return True
    if at < 1 or lower[at] not in aside:
        at -= 1
        if at < 1 or lower[at] not in aside:
            return False
    before = lower[max(0, at - _RESULT) : at]
    if "," in before:
        before = before[len(before) - before[::-1].index(",") :]
    return is_score(before) or not classes.get("result", frozenset()).isdisjoint(before)


def is_score(words: Sequence[str]) -> bool:
    """Whether some tokens end with a score.

    >>> is_score(["in", "2", "-", "0"]), is_score(["2009", "-", "2012"])
    (True, False)
    """
    if len(words) < 3 or words[-2] not in _VERSUS:
        return False
    return all(word.isdecimal() and len(word) <= _GOALS for word in (words[-3], words[-1]))
