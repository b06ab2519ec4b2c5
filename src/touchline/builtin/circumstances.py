"""What a text says around an event: why it happened, and in which league the team plays.

Both are given only where they are sure, in the very words of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchline.builtin.cues import Language
    from touchline.builtin.encoding import Encoded
    from touchline.builtin.names import Names
    from touchline.builtin.scanning import Sentence

__all__ = ["league_of", "reason_in"]

_NEAR = 5  # tokens from "after" to the word for what went wrong
_LONGEST = 12  # tokens of a reason
_HEAD = 2  # sentences in which a league needs no team beside it
_CLAUSE = frozenset(",;:–—()")


def reason_in(line: Encoded, low: int, *, language: Language, text: str) -> str | None:
    """Why somebody went, as printed: `la sconfitta col Lecco`; None where no words tell it.

    Args:
        line: the sentence.
        low: the first token of what tells the event.
        language: its classes `because` and `setback` are the words.
        text: the article.
    """
    lower, classes = line.sentence.lower, language.classes
    if classes["because"].isdisjoint(lower) or classes["setback"].isdisjoint(lower):
        return None
    places = [at for at, word in enumerate(lower) if word in classes["because"]]
    for at in sorted(places, key=lambda place: abs(place - low)):
        end = _end_of_clause(lower, at + 1, stops=_CLAUSE | classes["who"] | classes["because"])
        start = at + 1
        while start < end and lower[start] in classes["of"]:
            start += 1
        while end > start and lower[end - 1] in classes["of"] | classes["and"]:
            end -= 1
        near = lower[start : min(end, start + _NEAR)]
        if end - at <= _LONGEST and not classes["setback"].isdisjoint(near):
            return text[line.sentence.starts[start] : line.sentence.ends[end - 1]]
    return None


def _end_of_clause(lower: list[str], at: int, *, stops: frozenset[str]) -> int:
    while at < len(lower) and lower[at] not in stops:
        at += 1
    return at


def league_of(sentences: Sequence[Sentence], names: Names, *, text: str) -> str | None:
    """The one league that an article names with its main team, as printed; None without one.

    It stands at the head of the article, or in a sentence that names the team.
    """
    found: dict[tuple[str, ...], str] = {}
    for number, (sentence, marks) in enumerate(zip(sentences, names.marks, strict=True)):
        teams = {id(mark.name.whole) for mark in marks if mark.sign == "T" and mark.name}
        if number >= _HEAD and id(names.main_team) not in teams:
            continue
        for mark in marks:
            numbered = mark.low > 0 and sentence.lower[mark.low - 1].isdecimal()  # 2. Bundesliga
            if mark.sign == "K" and not numbered and sentence.words[mark.low][0].isupper():
                start, end = sentence.starts[mark.low], sentence.ends[mark.high - 1]
                found.setdefault(tuple(sentence.lower[mark.low : mark.high]), text[start:end])
    return next(iter(found.values())) if len(found) == 1 else None
