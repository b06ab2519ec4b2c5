"""Counted records: nine wins, a draw and three defeats in thirteen matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from touchline.builtin.found import Found
from touchline.lookups import folded, number_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchline.builtin.context import Context
    from touchline.builtin.cues import Language
    from touchline.builtin.encoding import Encoded
    from touchline.builtin.names import Names

__all__ = ["record_in", "results"]

_REACH = 14  # tokens from one count to the next
_LONGEST = 5  # tokens of a number, and of an adjective behind it
_CLOSE = 6  # tokens of a record of one kind: `three defeats in three matches`
_RESULTS = ("wins", "draws", "losses")
_COUNTED = frozenset({"matches", "tally", *_RESULTS})
_STOPS = frozenset({",", ".", ";", ":", "(", ")"})
_DIGITS = 4  # a number with so many is a year
_NEAR = 4  # tokens from a verb to the first number
_FEWEST, _MOST = 10, 1500  # matches of a spell


def record_in(lower: list[str], language: Language) -> tuple[dict[str, int], int, int] | None:
    """The record that a sentence counts, and its first and last token; None without one.

    At least two of wins, draws and losses must be counted, close together.
    """
    record: dict[str, int] = {}
    low = high = -1
    for at, kind in _counted(lower, language):
        if kind == "tally":
            for start in (at + 1, at - 5, at - 3):
                tally = _tally(lower, start)
                if tally and language.record.get(_behind(lower, tally[1])) == "stretch":
                    continue  # "went on a 20-0 run": points
                if tally is not None:
                    return tally[0], min(at, start), max(at, tally[1])
            continue
        begin, value = _count_before(lower, at, language)
        end = at
        if value is None:
            begin, value = _count_behind(lower, at, language)
            end = at + 1
        if value is None or kind in record or (high >= 0 and at - high > _REACH):
            continue
        record[kind] = value
        low = begin if low < 0 else min(low, begin)
        high = max(high, end)
    if sum(kind in record for kind in _RESULTS) < 2 and not (
        high - low <= _CLOSE and _is_whole(record)
    ):
        return None
    total = sum(record.get(kind, 0) for kind in _RESULTS)
    if record.get("matches", total) < total:
        del record["matches"]
    return record, low, high


def _counted(lower: list[str], language: Language) -> list[tuple[int, str]]:
    """The words for what is counted, with what each is; none where they can be no record."""
    kinds = enumerate(map(language.record.get, lower))
    found = [(at, kind) for at, kind in kinds if kind in _COUNTED and kind is not None]
    several = len({kind for _, kind in found}) > 1
    return found if several or (found and found[0][1] == "tally") else []


def results(
    line: Encoded, *, names: Names, context: Context, language: Language
) -> Iterator[Found]:
    """A counted record of a sentence, in charge of a team."""
    counted = record_in(line.sentence.lower, language)
    if counted is None:
        return
    record, low, high = counted
    if _is_of_teams(line, language):
        return
    at = line.at(low)
    titled = "R" in line.signs[:at] and "P" not in line.signs[:at]
    person = context.the_coach(line, at) if titled else context.subject(line, at)
    here = [mark.name.whole for mark in line.marks.values() if mark.name]
    known = person in here or person is names.main_person
    if person is None or not (known or person.role == "head_coach"):
        return
    teams = context.nearby.in_line(line)
    past = context.past_team(line, at, person=person) if not teams else None
    team = teams[0] if len(teams) == 1 else past or person.team or context.team
    if line.sentence.spoken and not teams:
        team = context.team_before(line, 0, person=person)
    if team is None:
        return
    yield Found(
        type="results",
        person=person,
        team=team,
        status="confirmed",
        time="past",
        spans=[(line.sentence.starts[low], line.sentence.ends[high])],
        role=person.role or "head_coach",
        record=record,
    )


def _is_of_teams(line: Encoded, language: Language) -> bool:
    """Whether a sentence counts what each of two teams won: `5 vittorie del Foo e 3 del Bar`."""
    lower, of = line.sentence.lower, language.classes["of"]
    owners = [
        mark
        for mark in line.marks.values()
        if mark.sign == "T" and mark.low > 1 and lower[mark.low - 1] in of
    ]
    teams = {id(mark.name.whole) for mark in owners if mark.name is not None}
    won = any(language.record.get(lower[mark.low - 2]) in _RESULTS for mark in owners)
    return won and len(teams) > 1


def _behind(lower: list[str], at: int) -> str:
    """The word behind a token; empty at the end."""
    return lower[at + 1] if at + 1 < len(lower) else ""


def _tally(lower: list[str], at: int) -> tuple[dict[str, int], int] | None:
    """A record as American papers print it (`went 98-104-22`), and its last token."""
    places = range(max(at, 0), min(at + _NEAR, len(lower)))
    start = next((place for place in places if lower[place].isdecimal()), -1)
    if start < 0:
        return None
    counts, end = [int(lower[start])], start
    while lower[end + 1 : end + 2] in (["-"], ["–"]) and lower[end + 2 : end + 3]:
        if not lower[end + 2].isdecimal():
            break
        counts.append(int(lower[end + 2]))
        end += 2
    if len(counts) not in {2, 3} or max(counts) > _MOST or sum(counts) < _FEWEST:
        return None
    return dict(zip(("wins", "losses", "draws"), counts, strict=False)), end


def _is_whole(record: dict[str, int]) -> bool:
    """Whether one kind of result is that of all matches: `three defeats in three matches`.

    >>> _is_whole({"losses": 3, "matches": 3}), _is_whole({"losses": 3, "matches": 5})
    (True, False)
    """
    return len(record) == 2 and record.get("matches") in {record.get(kind) for kind in _RESULTS}


def _count_before(lower: list[str], at: int, language: Language) -> tuple[int, int | None]:
    """The number right before a word, or before an adjective in front of it."""
    low = max(0, at - _LONGEST)
    words = [folded(word) for word in lower[low:at]]  # `três`, `fünf`
    for back in (1, 2):
        if at - back < 0 or lower[at - back] in _STOPS | language.classes["and"]:
            break
        if language.record.get(lower[at - back]) == "none":
            return at - back, 0
        start, value = number_at(words, at - back - low)
        if value is not None:
            return start + low, value
    return at, None


def _count_behind(lower: list[str], at: int, language: Language) -> tuple[int, int | None]:
    """The number right behind a verb (`winning 26`, `ne ha vinte otto`), and no noun behind it."""
    if at + 1 >= len(lower):
        return at, None
    if lower[at + 1].isdecimal():
        return at, int(lower[at + 1]) if len(lower[at + 1]) < _DIGITS else None
    start, value = number_at(lower, at + 1)
    behind = lower[at + 2] if at + 2 < len(lower) else ","
    alone = behind in _STOPS or behind in language.classes["and"]
    counted = language.record.get(behind) in {"matches", "times"}
    return (at, value) if start == at + 1 and (alone or counted) else (at, None)
