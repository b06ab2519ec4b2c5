"""What stands of a date that a model proposes.

A model gives a date and the words of the text for it. The words and the calendar can prove it, or
prove it wrong; a year must come from the text or from the day of publication. What contradicts is
replaced where one day is left, cut to what is sure, or dropped, each with an issue. Nothing here
knows what day it is today.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from touchline.calendars import Calendar
from touchline.edtf import EDTF
from touchline.errors import InvalidDate
from touchline.lookups import folded
from touchline.phrases import Reading, read
from touchline.rulings import RULES, Claim, DateIssue, Settled, without_false_precision
from touchline.years import FIRST_YEAR, prints_season

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["Calendar", "DateIssue", "Settled", "season_repaired", "settle", "settle_status"]

_YEARS_AHEAD = 10  # what is later than so many years after publication is no news

_SEASON = re.compile(r"([12][0-9]{3})\s?([-/–—])\s?([0-9]{4}|[0-9]{2})([~?]?)")
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?(?:\.[0-9]+)?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_LAST_MONTH = 12


def settle(value: str | None, phrase: str | None, *, status: str, calendar: Calendar) -> Settled:
    """Decide what stands of a date that a model proposes.

    Args:
        value: the proposed date, meant to be EDTF; None or blank for none.
        phrase: the text's own words for the date, None where there are none.
        status: of the event; `planned` looks ahead for "on Thursday", `confirmed` back.
        calendar: of the text.

    Returns:
        The date as proposed, or another one, or none; each change with an issue. Forms that can
        mean one thing only (`2023-24`, an hour without seconds) are repaired in silence.

    >>> import datetime as dt
    >>> calendar = Calendar.of("…", dt.date(2024, 3, 12))
    >>> settle("2023-03-13", "mercoledì 13 marzo", status="planned", calendar=calendar).date
    EDTF('2024-03-13')
    >>> settle("2024-02-30", None, status="planned", calendar=calendar).issues[0].code
    'bad_date'
    """
    if value is None or not value.strip():
        return Settled(None)
    reading = read(phrase) if phrase else Reading()
    repaired = _moment_repaired(_season_read(value.strip(), phrase, reading, calendar=calendar))
    try:
        when = EDTF(repaired)
    except InvalidDate as error:
        return Settled(None, (DateIssue("bad_date", str(error)),))
    claim = Claim(when, phrase, reading, status, calendar)
    rulings = (ruling for rule in RULES if (ruling := rule(claim)) is not None)
    settled = next(rulings, None) or claim.stands()
    if not settled.issues:
        settled = without_false_precision(claim)
    return _within_bounds(settled, claim)


def settle_status(
    status: str, when: EDTF | None, *, published: dt.date | None
) -> tuple[str, DateIssue | None]:
    """Let the calendar decide between `confirmed` and `planned`; other statuses stay.

    >>> import datetime as dt
    >>> settle_status("confirmed", EDTF("2024-03-13"), published=dt.date(2024, 3, 12))[0]
    'planned'
    >>> settle_status("confirmed", EDTF("2024-03"), published=dt.date(2024, 3, 12))
    ('confirmed', None)
    """
    if when is None or published is None:
        return status, None
    if status == "confirmed" and when.first > published:
        fixed, side = "planned", "after"
    elif status == "planned" and when.last < published:
        fixed, side = "confirmed", "before"
    else:
        return status, None
    why = f"`{when}` is {side} the publication on `{published}`, so `{status}` became `{fixed}`"
    return fixed, DateIssue("status_fixed", why)


def season_repaired(value: str) -> str:
    """Write a season, or a span of years with a hyphen, as EDTF does; others stay unchanged.

    >>> season_repaired("2023-24"), season_repaired("2011/12"), season_repaired("2016-2017")
    ('2023/2024', '2011/2012', '2016/2017')
    >>> season_repaired("2011-12"), season_repaired("2023-05"), season_repaired("2023-25")
    ('2011-12', '2023-05', '2023-25')
    """
    match = _SEASON.fullmatch(value)
    if not match:
        return value
    start, sign, tail, mark = match.groups()
    end = int(start) + 1
    if len(tail) == len(start):
        return f"{start}{mark}/{tail}{mark}" if int(start) < int(tail) else value
    is_month = sign == "-" and 1 <= int(tail) <= _LAST_MONTH
    return value if is_month or end % 100 != int(tail) else f"{start}{mark}/{end}{mark}"


def _season_read(value: str, phrase: str | None, reading: Reading, *, calendar: Calendar) -> str:
    """As `season_repaired`, and `2011-12` is a season where the text prints it so."""
    repaired = season_repaired(value)
    as_season = season_repaired(value.replace("-", "/"))
    if repaired != value or as_season == value.replace("-", "/"):
        return repaired
    year = int(value[:4])
    if phrase and (prints_season(folded(phrase), year) or reading.dates):
        return value if reading.dates else as_season
    return as_season if calendar.prints_season(year) else value


def _moment_repaired(value: str) -> str:
    """Give an hour the seconds that EDTF wants, and drop a zone: the text's hours are local."""
    match = _MOMENT.fullmatch(value)
    return f"{match[1]}T{match[2]}{match[3] or ':00'}" if match else value


def _within_bounds(settled: Settled, claim: Claim) -> Settled:
    """Drop a date too old, too far ahead, or in a year that an undated text does not give."""
    date, calendar = settled.date, claim.calendar
    if date is None:
        return settled
    end = EDTF(date.rpartition("/")[2]).first
    published = calendar.published
    if date.first.year < FIRST_YEAR or (published and _too_late(end, published)):
        code, limit = "date_out_of_range", f"{_YEARS_AHEAD} years after publication"
        why = f"`{date}` is before {FIRST_YEAR} or more than {limit}"
    else:
        reading = claim.reading if claim.phrase else None
        ends = (date.first.year, date.last.year)
        if published or all(calendar.allows(year, reading) for year in ends):
            return settled
        code, why = "year_not_in_text", f"no words of the undated text give the year of `{date}`"
    return Settled(None, (*settled.issues, DateIssue(code, why)))


def _too_late(day: dt.date, published: dt.date) -> bool:
    """Whether a day is more than ten years after publication."""
    latest = (published.year + _YEARS_AHEAD, published.month, published.day)
    return (day.year, day.month, day.day) > latest
