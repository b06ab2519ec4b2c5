"""What an article as a whole is about: changes of coaches, or one coach."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from touchline.builtin.cues import Language
    from touchline.builtin.names import Mark, Name, Names
    from touchline.builtin.scanning import Sentence

__all__ = ["Theme", "speaks_of_coaches"]

_OFTEN = 3  # words of coaching in an article about a coach, at least
_HEAD = 30  # tokens of the head of an article: its headline, mostly
# What else an end can turn out to be.
_SETTLED = {
    "departure": frozenset({"dismissal", "mutual_termination"}),
    "dismissal": frozenset({"mutual_termination"}),
}
_OFFICES = 3  # so many more players and directors than coaches make it news of no coach


def speaks_of_coaches(
    sentences: Sequence[Sentence], language: Language, *, learn: Callable[[], Names]
) -> bool:
    """Whether an article holds a role, or a word that only news of coaches has.

    Args:
        sentences: of the article.
        language: its cues.
        learn: gives the names in it; not called where no word can be of a role.
    """
    sure, heads = language.classes["surely"], language.role_heads
    lines = [sentence.lower for sentence in sentences]
    if not all(map(sure.isdisjoint, lines)):
        return True
    if all(map(heads.isdisjoint, lines)):
        return False
    return any(mark.sign == "R" for marks in learn().marks for mark in marks)


class Theme:
    """What an article is about.

    Args:
        sentences: of the article.
        names: the people and teams in it.
        language: its cues.
    """

    def __init__(self, sentences: Sequence[Sentence], names: Names, language: Language) -> None:
        self._sentences = sentences
        self._names = names
        self._language = language

    @cached_property
    def tells_of_coaching(self) -> bool:
        """Whether an article speaks of coaching often, and of no time as a player."""
        words = self._language.classes["coaching"] | self._language.role_heads
        playing = self._language.career["playing"]
        count = 0
        for sentence in self._sentences:
            if not playing.isdisjoint(sentence.lower):
                return False
            count += len(words.intersection(sentence.lower))
        return count >= _OFTEN

    @cached_property
    def is_on_changes(self) -> bool:
        """Whether the head of the article says that it tells of changes of coaches."""
        changes, seen = self._language.classes["changes"], 0
        for sentence in self._sentences:
            if not changes.isdisjoint(sentence.lower):
                return True
            seen += len(sentence.lower)
            if seen > _HEAD:
                break
        return False

    @property
    def leaving(self) -> int | None:
        """Whom the article is about, if nobody is called the coach: if he leaves, he is one.

        Where somebody else is called the coach, one who leaves is mostly a player. An identity.
        """
        alone = all(name.role != "head_coach" for name in self._names.persons())
        signs = Counter(mark.sign for marks in self._names.marks for mark in marks)
        alone = alone and signs["X"] < signs["R"] + _OFFICES  # players are what it is about
        main = self._names.main_person
        return id(main) if alone and main is not None else None

    def is_of_another(self, sentence: Sentence, marks: Sequence[Mark]) -> bool:
        """Whether a line of its own is another story's headline: `Milan, Fonseca esonerato`.

        It begins with one word, or a club, and a comma or a colon, and the rest of the article,
        which is about a team, names nothing of what it names.
        """
        first, main = marks[0] if marks else None, self._names.main_team
        if first is None or first.name is None or first.low > 0:
            return False
        if main is None or first.name.whole is main:
            return False
        if sentence.lower[first.high : first.high + 1] not in ([","], [":"]):
            return False
        if len(first.name.key) > 1 and first.sign != "T":
            return False
        named = [mark.name.whole for mark in marks if mark.name is not None]
        return all(name.mentions <= named.count(name) for name in named)

    def settled(self, told: str, person: Name, *, text: str) -> str:
        """The type of somebody's end, by what the article elsewhere says of how he left.

        Sentences that name somebody else do not count. Where both sides agreed, a headline that
        calls it a dismissal is short for that.

        Args:
            told: the type that the words of the event tell.
            person: who left.
            text: the article.
        """
        if told not in _SETTLED:
            return told
        spans = [
            sentence.span
            for sentence, marks in zip(self._sentences, self._names.marks, strict=True)
            if all(mark.sign != "P" or mark.name.whole is person for mark in marks if mark.name)
        ]
        lower = "\n".join(text[start:end] for start, end in spans).lower()
        for kind, phrases in self._language.settled.items():
            if kind in _SETTLED[told] and any(phrase in lower for phrase in phrases):
                return kind
        return told
