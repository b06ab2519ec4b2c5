"""The rules by which the words of a text prove a proposed date, or prove it wrong.

Each rule looks at one kind of words ("Wednesday 13 March", "yesterday", "in 2009") and rules, or
has nothing to say. `touchline.dates` asks them in order; the first ruling counts.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from touchline.calendars import Calendar, shifted
from touchline.edtf import EDTF
from touchline.errors import InvalidDate
from touchline.phrases import SHORT, PrintedDate, Reading

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["RULES", "Claim", "DateIssue", "Settled", "without_false_precision"]

_WEEKDAY_DAYS = 13  # "on Thursday" is a day within so many days of publication
_WEEK = 7
_YEAR_ALONE = 3  # words, up to which a phrase such as "nel 2009" is about the year
_LEAP_YEAR = 2000  # has every day that a year can have
_SHOWN = 60
_WEEKDAYS: Final = (
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
)


@dataclass(frozen=True, slots=True)
class DateIssue:
    """What was wrong with a proposed date.

    Attributes:
        code: `bad_date`, `weekday_mismatch`, `date_mismatch`, `relative_date`, `year_not_in_text`,
            `false_precision`, `date_out_of_range` or `status_fixed`.
        why: one sentence, values in backticks.
    """

    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Settled:
    """The date that stands, None where none does, and what was changed to get there."""

    date: EDTF | None
    issues: tuple[DateIssue, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A proposed date of the profile, with what it is judged by."""

    when: EDTF
    phrase: str | None
    reading: Reading
    status: str
    calendar: Calendar

    def stands(self) -> Settled:
        """Keep the model's date."""
        return Settled(self.when)

    def replaced(self, date: EDTF | dt.date | None, code: str, *, why: str = "") -> Settled:
        """Put another date, or none, in place of the model's; an hour stays on a new day."""
        if isinstance(date, dt.date):
            hour = f"T{self.when.time.isoformat()}" if self.when.time else ""
            date = _edtf(f"{date.isoformat()}{hour}")
        if not why:
            means = f"means `{date}`" if date else "does not settle the date"
            why = f"`{_shown(self.phrase)}` {means}; the model gave `{self.when}`"
        return Settled(date, (DateIssue(code, why),))

    def holds(self, day: dt.date) -> bool:
        """Whether the model's date can mean a day."""
        return self.when.first <= day <= self.when.last

    @property
    def is_day(self) -> bool:
        """Whether the model's date is one day, with or without an hour."""
        return self.when.precision in {"second", "day"}


def _edtf(value: str) -> EDTF | None:
    """A date as EDTF; None in a year that the profile does not hold."""
    try:
        return EDTF(value)
    except InvalidDate:
        return None


def _contradiction(claim: Claim) -> Settled | None:
    """A weekday that contradicts its own printed date settles nothing."""
    for date in claim.reading.dates:
        if date.year and date.day and date.weekday is not None and not date.on(date.year):
            day = PrintedDate(date.month, date.day).on(date.year)
            is_day = f"`{day}` is a {_WEEKDAYS[day.weekday()]}" if day else "there is no such day"
            why = f"`{_shown(claim.phrase)}` contradicts itself: {is_day}"
            return claim.replaced(None, "weekday_mismatch", why=why)
    return None


def _printed_date(claim: Claim) -> Settled | None:
    """A printed day, or month, that the model's date must agree with."""
    dates = claim.reading.dates
    if not dates or claim.reading.narrated:
        return None
    if len(dates) > 1:  # a range, or a choice: not checked
        return claim.stands()
    date = dates[0]
    if date.day is None:
        return _printed_month(claim, date)
    if PrintedDate(date.month, date.day).on(date.year or _LEAP_YEAR) is None:
        why = f"`{_shown(claim.phrase)}` is not in the calendar"
        return claim.replaced(None, "date_mismatch", why=why)
    if date.weekday is None:
        return _printed_day(claim, date)
    return _printed_weekday_and_day(claim, date)


def _printed_weekday_and_day(claim: Claim, date: PrintedDate) -> Settled:
    """`Wednesday 13 March`, with or without a year: one day fits, or none."""
    days = claim.calendar.days(date)
    if any(claim.holds(day) for day in days):
        return claim.stands()
    if not days and not claim.is_day:
        return claim.stands()
    today = claim.calendar.reference
    if claim.reading.offset is not None and today is not None and claim.holds(today):
        return claim.stands()  # "tomorrow, Wednesday 13 March" dates the day of the page too
    first = claim.when.first
    fits = claim.is_day and date.on(first.year) == first
    dated = claim.calendar.published is not None
    if fits and (first.year in claim.calendar.years if dated else not days):
        return claim.stands()
    return claim.replaced(days[0] if days else None, "weekday_mismatch")


def _printed_day(claim: Claim, date: PrintedDate) -> Settled:
    """`13 March`, with or without a year."""
    day = date.on(date.year or claim.when.first.year)
    if day and claim.holds(day):
        return claim.stands()
    if date.year is None:
        if claim.when.precision in {"year", "interval"}:
            return claim.stands()
        if day and not claim.calendar.knows_year(day):
            day = None
    return claim.replaced(day, "date_mismatch")


def _printed_month(claim: Claim, date: PrintedDate) -> Settled:
    """`March`, with or without a year."""
    year = date.year or claim.when.first.year
    month = EDTF(f"{year}-{date.month:02d}")
    if claim.when.first <= month.last and month.first <= claim.when.last:
        return claim.stands()
    if date.year is None and claim.when.precision == "interval":
        return claim.stands()
    sure = date.year is not None or claim.calendar.knows_year(month.first)
    return claim.replaced(month if sure else None, "date_mismatch")


def _relative_day(claim: Claim) -> Settled | None:
    """`Yesterday`, which counts from publication or from the day that the text implies."""
    offset, calendar = claim.reading.offset, claim.calendar
    if offset is None or claim.reading.narrated:
        return None
    if calendar.reference is not None:
        day = shifted(calendar.reference, offset)
        if day is None or claim.holds(day):
            return claim.stands()
        return claim.replaced(day, "date_mismatch")
    why = f"`{_shown(claim.phrase)}` counts from a day of publication, which is not known"
    anchor = calendar.anchor_year
    if anchor is None or abs(claim.when.first.year - anchor) > 1:
        return claim.replaced(None, "relative_date", why=why)
    if not claim.is_day:
        return claim.stands()
    return claim.replaced(claim.when.month, "relative_date", why=why)


def _weekday_alone(claim: Claim) -> Settled | None:
    """`On Thursday`, which is a day near publication."""
    reading, day = claim.reading, claim.calendar.reference
    if not reading.weekdays or reading.dates or reading.narrated or reading.length > SHORT:
        return None
    if day is None:
        return _weekday_undated(claim)
    around = (shifted(day, n) for n in range(-_WEEKDAY_DAYS, _WEEKDAY_DAYS + 1))
    if any(d and d.weekday() in reading.weekdays and claim.holds(d) for d in around):
        return claim.stands()
    fits = not claim.is_day or claim.when.first.weekday() in reading.weekdays
    if fits and _is_told(claim):
        return claim.stands()
    one = reading.weekdays[0] if len(reading.weekdays) == 1 else None
    found = None if one is None else _nearest(claim, day, weekday=one)
    return claim.replaced(found, "weekday_mismatch")


def _is_told(claim: Claim) -> bool:
    """Whether the text names the month or the year of a date, which then may lie far back."""
    first = claim.when.first
    return first.year in claim.calendar.years or claim.calendar.prints_month(first.month)


def _nearest(claim: Claim, day: dt.date, *, weekday: int) -> dt.date | None:
    """The weekday before or after a day, or the day itself, as words and status point."""
    direction = claim.reading.direction
    ahead = claim.status == "planned"
    if claim.status not in {"planned", "confirmed"}:
        ahead = claim.when.first > day
    if direction > 0 or (direction == 0 and ahead):
        days = (weekday - day.weekday()) % _WEEK or (_WEEK if direction else 0)
    else:
        days = -((day.weekday() - weekday) % _WEEK or (_WEEK if direction else 0))
    return shifted(day, days)


def _weekday_undated(claim: Claim) -> Settled:
    """A weekday in a text without a day to count from: wrong days lose the day."""
    first = claim.when.first
    if not claim.is_day or first.weekday() in claim.reading.weekdays:
        return claim.stands()
    kept = None
    if claim.calendar.allows(first.year, claim.reading):
        is_month = claim.calendar.prints_month(first.month)
        kept = claim.when.month if is_month else claim.when.year
    why = f"`{claim.when}` is a {_WEEKDAYS[first.weekday()]}, not `{_shown(claim.phrase)}`"
    return claim.replaced(kept, "weekday_mismatch", why=why)


def _year_alone(claim: Claim) -> Settled | None:
    """`In 2009`, or `2016/17`: the model's date must touch the year."""
    reading = claim.reading
    years = sorted(reading.years)
    if reading.narrated or reading.spans or reading.hinted or reading.dates or not years:
        return None
    if reading.length > _YEAR_ALONE:
        return None
    if claim.when.first.year <= years[-1] and years[0] <= claim.when.last.year:
        return None
    return claim.replaced(EDTF("/".join(map(str, (years[0], *years[1:][-1:])))), "date_mismatch")


def without_false_precision(claim: Claim) -> Settled:
    """Cut a midnight, a first of January or of a month that no word of the text tells."""
    when, calendar = claim.when, claim.calendar
    kept = when
    if when.time == dt.time() and not calendar.prints_midnight():
        kept = when.day
    if kept.precision == "day" and when.first.day == 1:
        kept = _without_first(claim, kept)
    if kept == when:
        return claim.stands()
    why = f"the text tells `{kept}`, and the model gave `{when}`"
    return claim.replaced(kept, "false_precision", why=why)


def _without_first(claim: Claim, when: EDTF) -> EDTF:
    """A first of a month, cut to what the phrase prints, unless the text prints the day."""
    reading, month = claim.reading, when.first.month
    told = reading.weekdays or reading.offset is not None or any(d.day for d in reading.dates)
    if told or claim.calendar.prints_first(month):
        return when
    january = month == 1
    if reading.dates:
        return when.month
    if reading.years and not reading.spans:
        return when.month if not january and claim.calendar.prints_month(month) else when.year
    reference = claim.calendar.reference
    near = reference is not None and abs((when.first - reference).days) <= _WEEKDAY_DAYS
    return when.year if january and not near else when


def _shown(phrase: str | None) -> str:
    """A phrase as a message shows it: one line, not long."""
    words = " ".join((phrase or "").split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


RULES: Final[tuple[Callable[[Claim], Settled | None], ...]] = (
    _contradiction,
    _printed_date,
    _relative_day,
    _weekday_alone,
    _year_alone,
)
