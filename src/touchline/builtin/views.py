"""A sentence as career histories look at it: tokens with the word classes of its language."""

from __future__ import annotations

from itertools import compress, count
from typing import TYPE_CHECKING

from touchline.builtin.spells import Spell, spell_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchline.builtin.cues import Language
    from touchline.builtin.names import Mark
    from touchline.builtin.scanning import Sentence

__all__ = ["View"]

_OVER = 4  # tokens from "stopped" to the word for playing


class View:
    """A sentence with its marks by token, and the words of its language.

    Attributes:
        signs: of its marks, in order.
        turns: where it turns to a time as `player` or as `coach`, in order.
    """

    __slots__ = ("by_low", "language", "lower", "marks", "sentence", "signs", "turns")

    def __init__(self, sentence: Sentence, marks: Sequence[Mark], language: Language) -> None:
        self.sentence = sentence
        self.marks = marks
        self.language = language
        self.lower = sentence.lower
        self.by_low = {mark.low: mark for mark in marks}
        self.signs = "".join([mark.sign for mark in marks])
        self.turns = self._turns()

    def is_in(self, at: int, *names: str) -> bool:
        """Whether a token is in one of some classes of the table `[career]`."""
        word, career = self.lower[at], self.language.career
        for name in names:  # noqa: SIM110 - a generator costs more than what it asks
            if word in career[name]:
                return True
        return False

    def is_any(self, at: int, *names: str) -> bool:
        """Whether a token is in one of some classes of the table `[words]`."""
        word, classes = self.lower[at], self.language.classes
        for name in names:  # noqa: SIM110
            if word in classes[name]:
                return True
        return False

    def _turns(self) -> list[tuple[int, str]]:
        """Find where the sentence turns."""
        turning = self.language.career["turning"]
        places: list[int] = []
        former: set[int] = set()
        if "R" in self.signs:
            if "F" in self.signs:  # "A coach and former midfielder" tells of neither time.
                former = {mark.low for mark in self.marks if mark.sign == "F"}
            else:
                places = [mark.low for mark in self.marks if mark.sign == "R"]
        if not turning.isdisjoint(self.lower):
            places += compress(count(), map(turning.__contains__, self.lower))
        if not places:
            return []
        found: list[tuple[int, str]] = []
        for at in sorted(set(places) - former):
            if self.plays(at):
                over = any(self.is_in(i, "retired") for i in range(max(0, at - _OVER), at))
                found.append((at, "coach" if over else "player"))
            elif self.coaches(at):
                found.append((at, "coach"))
        return found

    @property
    def tells_of_player(self) -> bool:
        """Whether it turns to a time as a player."""
        return "player" in [mode for _, mode in self.turns]

    @property
    def tells(self) -> bool:
        """Whether it holds any word with which stations, honours or a time as a player begin."""
        telling = self.language.career["telling"]
        return not telling.isdisjoint(self.lower) or any(map(str.isdecimal, self.lower))

    def spell(self, at: int) -> Spell | None:
        """The year or span at a token."""
        return spell_at(self.lower, at, words=self.language.career)

    def plays(self, at: int) -> bool:
        """Whether a token tells of a time as a player."""
        former = at > 0 and self.is_any(at - 1, "ex")
        number, stop = (*self.lower[at + 1 : at + 3], "", "")[:2]
        counted = number.isdecimal() and stop == ","  # "played 94, won 47, lost 28"
        return not former and not counted and self.is_in(at, "playing")

    def is_led(self, at: int) -> bool:
        """Whether a word such as "at" or "with" stands in front, with or without an article."""
        for place in (at - 1, at - 2):
            if place < 0:
                return False
            if self.is_any(place, "at") or self.is_in(place, "with"):
                return True
            if not self.is_any(place, "the"):
                return False
        return False

    def led_to(self, at: int) -> Mark | None:
        """The person or office behind a comma at a token: `Com passagens por Foo, o meia Bar`."""
        if at >= len(self.lower) or self.lower[at] != ",":
            return None
        for place in range(at + 1, len(self.lower)):
            mark = self.by_low.get(place)
            if mark is not None and mark.sign in "PX":
                return mark
            if (mark is None or mark.sign != "R") and not self.is_any(place, "the", "new"):
                return None
        return None

    def coaches(self, at: int) -> bool:
        """Whether a token tells of a time as a coach."""
        mark = self.by_low.get(at)
        if mark is None or mark.sign != "R":
            return mark is None and self.is_in(at, "managed", "bench")
        behind = self.by_low.get(mark.high)
        titled = behind is not None and behind.name is not None
        return not titled and (at == 0 or not self.is_any(at - 1, "the"))
