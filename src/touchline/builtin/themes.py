"""What an article as a whole is about: changes of coaches, or one coach."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchline.builtin.cues import Language
    from touchline.builtin.names import Name, Names
    from touchline.builtin.scanning import Sentence

__all__ = ["Theme"]

_OFTEN = 3  # words of coaching in an article about a coach, at least
_HEAD = 30  # tokens of the head of an article: its headline, mostly


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

    def settled(self, person: Name, *, text: str) -> str | None:
        """What the article elsewhere says of a departure: the club's decision, or both sides'.

        Sentences that name somebody else do not count.
        """
        spans = [
            sentence.span
            for sentence, marks in zip(self._sentences, self._names.marks, strict=True)
            if all(mark.sign != "P" or mark.name.whole is person for mark in marks if mark.name)
        ]
        lower = "\n".join(text[start:end] for start, end in spans).lower()
        for kind, phrases in self._language.settled.items():
            if any(phrase in lower for phrase in phrases):
                return kind
        return None
