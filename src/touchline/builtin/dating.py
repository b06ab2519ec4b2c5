"""Which of a sentence's dates belongs to a match, and which ends a contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from touchline.builtin.found import STARTS
from touchline.builtin.moments import Moment, hour_in, resolved

if TYPE_CHECKING:
    from touchline.builtin.encoding import Encoded
    from touchline.builtin.found import Found
    from touchline.builtin.matches import Match
    from touchline.builtin.names import Mark
    from touchline.calendars import Calendar

__all__ = ["dates_behind", "give_date", "of_today"]

_NEAR = 8  # tokens from a match to the date that belongs to it
_UNTIL = 4  # tokens in front of a date in which a word like "until" stands
_SINCE = 2  # tokens in front of a date in which a word like "since" stands
_DAY = len("2024-03-13")


def give_date(found: Found, match: Match, *, text: str, calendar: Calendar) -> None:
    """Give a finding its date, the words for it, and the end of a contract."""
    dates: list[tuple[int, Moment]] = []
    for moment in match.line.moments:
        if _is_end(moment, match):
            if found.contract_until is None and moment.low >= match.low and found.time == "news":
                found.contract_until = resolved(moment, ahead=True, calendar=calendar)
            continue
        if found.type not in STARTS and _is_since(moment, match):
            continue  # "in charge since 2023, he was sacked"
        distance = max(match.low - moment.high, moment.low - match.high, 0)
        if distance <= _NEAR and not _is_apart(moment, match):
            dates.append((distance, moment))
    if dates:
        _dated(found, match, min(dates, key=_distance)[1], text=text, calendar=calendar)
    news = found.time == "news" and found.status == "confirmed"
    if found.date is None and news and not dates:
        of_today(found, calendar)


def dates_behind(mark: Mark, line: Encoded, *, calendar: Calendar) -> list[tuple[str, str]]:
    """The dates in a bracket right behind a mark (`due Supercoppe (2017 e 2019)`), as printed too.

    Returns: pairs of an EDTF value and its words.
    """
    lower = line.sentence.lower
    if lower[mark.high : mark.high + 1] != ["("]:
        return []
    end = next((at for at in range(mark.high, len(lower)) if lower[at] == ")"), mark.high)
    inside = [moment for moment in line.moments if mark.high < moment.low and moment.high <= end]
    values = [(resolved(moment, ahead=False, calendar=calendar), moment) for moment in inside]
    return [(value, moment.text) for value, moment in values if value is not None]


def _distance(dated: tuple[int, Moment]) -> int:
    return dated[0]


def _dated(found: Found, match: Match, moment: Moment, *, text: str, calendar: Calendar) -> None:
    """Take over a date, if the calendar can tell it."""
    ahead = found.status in {"planned", "rumoured"}
    value = resolved(moment, ahead=ahead, calendar=calendar)
    if value is None:
        return
    found.date, found.date_text = value, moment.text
    if found.type == "presentation" and len(value) == _DAY:
        hour = hour_in(text, match.line.sentence.span)
        found.date += f"T{hour}" if hour else ""


def _is_end(moment: Moment, match: Match) -> bool:
    """Whether a date is the end of something."""
    before = match.line.sentence.lower[max(0, moment.low - _UNTIL) : moment.low]
    return not match.language.classes["until"].isdisjoint(before)


def _is_since(moment: Moment, match: Match) -> bool:
    """Whether a date is the beginning of what went on until now."""
    before = match.line.sentence.lower[max(0, moment.low - _SINCE) : moment.low]
    return not match.language.classes["since"].isdisjoint(before)


def _is_apart(moment: Moment, match: Match) -> bool:
    """Whether a name stands between a match and a date."""
    behind = moment.high <= match.low
    low, high = (moment.high, match.low) if behind else (match.high + 1, moment.low)
    marks = match.line.marks.values()
    return any(mark.sign in {"P", "T"} and low <= mark.low < high for mark in marks)


def of_today(found: Found, calendar: Calendar) -> None:
    """News with no date of its own has the day of publication; undated, the month at most."""
    if calendar.published is not None:
        found.date = calendar.published.isoformat()
    elif calendar.anchor_day is not None:
        found.date = calendar.anchor_day.isoformat()[: len("2024-03")]
