"""The date value: a string known to be a date of touchline's EDTF profile.

The profile is the part of the Extended Date/Time Format (Library of Congress, 2019) that news
about coaches needs: a year, a month, a day, a day with an hour, or a span of dates, each of the
dates perhaps uncertain (`?`) or approximate (`~`). The rest of the standard (seasons 21 to 41,
unspecified digits, open ends, sets, years outside 1000 to 2999) is refused.

`2023-24` is refused on purpose: a reader means the season 2023/24, and EDTF the winter of 2023.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, Self

from touchline.errors import InvalidDate

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

__all__ = ["EDTF", "Precision"]

Precision = Literal["second", "day", "month", "year", "interval"]

_DATE = re.compile(r"([12][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?])?")
_DAY = re.compile(r"([12][0-9]{3})-([0-9]{2})-([0-9]{2})()")  # as _DATE, with no mark
_HOUR = re.compile(r"([0-9]{2}):([0-9]{2}):([0-9]{2})")
_SEASON = re.compile(r"([12][0-9]{3})[-/]([0-9]{2})")
_MINUTES = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")

# The seasons of EDTF level 1, which stand where a month would.
_SEASON_CODES = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_MONTHS = 12
_SHOWN = 40


class _Parts(NamedTuple):
    """What a date says, in plain values."""

    precision: Precision
    first: dt.date
    last: dt.date
    time: dt.time | None = None
    approximate: bool = False
    uncertain: bool = False


class EDTF(str):
    """A `str` known to be a date of touchline's EDTF profile.

    It equals, sorts and hashes as the plain string, so JSON and dictionaries need nothing special.

    Args:
        value: the date, for example `2024`, `2024-03`, `2024-03-13`, `2024-03-13T18:00:00`
            (local time, seconds obligatory), `2016/2017` or `2012~`.

    Raises:
        InvalidDate: the value is not of the profile; the message names it and the way out.

    >>> EDTF("2024-03").last
    datetime.date(2024, 3, 31)
    >>> EDTF("2016/2017").precision
    'interval'
    >>> EDTF("2023-24")
    Traceback (most recent call last):
        ...
    touchline.errors.InvalidDate: `2023-24` is the winter of 2023 in EDTF: \
write the season as `2023/2024`
    """

    __slots__ = ("_parts",)
    _parts: _Parts

    def __new__(cls, value: str) -> Self:
        """Check the value and keep what it says."""
        if not isinstance(value, str):
            raise _invalid(str(value), f"is not a date: it is of type {type(value).__name__}")
        self = super().__new__(cls, value)
        self._parts = _parse(str(value))
        return self

    def __repr__(self) -> str:
        """Tell the type, since the value alone looks like any string."""
        return f"EDTF({str(self)!r})"

    def __reduce__(self) -> tuple[type[Self], tuple[str]]:
        """Pickle and copy as the string, which is parsed again."""
        return type(self), (str(self),)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[EDTF], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Let pydantic validate from `str` and write `str`."""
        from pydantic_core import core_schema

        text = core_schema.str_schema()
        return core_schema.no_info_after_validator_function(
            cls,
            text,
            serialization=core_schema.plain_serializer_function_ser_schema(str, return_schema=text),
        )

    @property
    def precision(self) -> Precision:
        """How much is told: `second`, `day`, `month`, `year` or `interval`."""
        return self._parts.precision

    @property
    def first(self) -> dt.date:
        """The first day that the date can mean."""
        return self._parts.first

    @property
    def last(self) -> dt.date:
        """The last day that the date can mean, inclusive."""
        return self._parts.last

    @property
    def time(self) -> dt.time | None:
        """The local time of day, where one is told."""
        return self._parts.time

    @property
    def approximate(self) -> bool:
        """Whether the date, or a side of the interval, bears `~`."""
        return self._parts.approximate

    @property
    def uncertain(self) -> bool:
        """Whether the date, or a side of the interval, bears `?`."""
        return self._parts.uncertain

    @property
    def day(self) -> EDTF:
        """The first day, without an hour.

        >>> EDTF("2024-03-13T18:00:00").day
        EDTF('2024-03-13')
        """
        return EDTF(self.first.isoformat())

    @property
    def month(self) -> EDTF:
        """The month of the first day.

        >>> EDTF("2024-03-13").month
        EDTF('2024-03')
        """
        return EDTF(f"{self.first:%Y-%m}")

    @property
    def year(self) -> EDTF:
        """The year of the first day."""
        return EDTF(f"{self.first:%Y}")

    def contains(self, other: EDTF) -> bool:
        """Tell whether all that `other` can mean lies within this date.

        A date with an hour contains nothing but the same hour.

        >>> EDTF("2024-03").contains(EDTF("2024-03-13T18:00:00"))
        True
        >>> EDTF("2024-03-13T18:00:00").contains(EDTF("2024-03-13"))
        False
        """
        if self.time is not None and self.time != other.time:
            return False
        return self.first <= other.first and other.last <= self.last

    def agrees(self, other: EDTF) -> bool:
        """Tell whether one of the two contains the other: they differ in precision at most.

        >>> EDTF("2024-03-13T18:00:00").agrees(EDTF("2024-03-13"))
        True
        >>> EDTF("2024-03-13T18:00:00").agrees(EDTF("2024-03-13T19:00:00"))
        False
        """
        return self.contains(other) or other.contains(self)


def _invalid(value: str, why: str) -> InvalidDate:
    """Make the error, with the value cut to what fits into one line."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in value[:_SHOWN])
    return InvalidDate(f"`{shown}{'…' if len(value) > _SHOWN else ''}` {why}")


@lru_cache(maxsize=2048)
def _parse(value: str) -> _Parts:
    """Read a date of the profile.

    >>> _parse("2024~").approximate
    True
    """
    if match := _DATE.fullmatch(value):
        return _date(value, match)
    day, sign, hour = value.partition("T")
    if sign and (date := _DAY.fullmatch(day)) and (time := _HOUR.fullmatch(hour)):
        return _date(value, date)._replace(precision="second", time=_time(value, time))
    start, slash, end = value.partition("/")
    if slash and (one := _DATE.fullmatch(start)) and (two := _DATE.fullmatch(end)):
        return _interval(value, _date(value, one), _date(value, two))
    raise _shapeless(value)


def _date(value: str, match: re.Match[str]) -> _Parts:
    """Read one date; `value` is the whole, for the message."""
    year, month, day, mark = match.groups()
    y, m = int(year), int(month or 1)
    if not 1 <= m <= _MONTHS:
        raise _no_month(value, y, m, alone=match[0] == value)
    precision: Precision
    if day:
        precision, first = "day", _day(value, y, month=m, day=int(day))
        last = first
    elif month:
        precision, first, last = "month", dt.date(y, m, 1), _month_end(y, m)
    else:
        precision, first, last = "year", dt.date(y, 1, 1), dt.date(y, _MONTHS, 31)
    return _Parts(precision, first, last, approximate=mark == "~", uncertain=mark == "?")


def _time(value: str, match: re.Match[str]) -> dt.time:
    """Read an hour."""
    hour, minute, second = map(int, match.groups())
    try:
        return dt.time(hour, minute, second)
    except ValueError:
        raise _invalid(value, "has no such time of day: write `00:00:00` to `23:59:59`") from None


def _interval(value: str, start: _Parts, end: _Parts) -> _Parts:
    """Join the two sides of a span."""
    if start.first > end.last:
        raise _invalid(value, "ends before it starts: write the earlier date first")
    return _Parts(
        "interval",
        start.first,
        end.last,
        approximate=start.approximate or end.approximate,
        uncertain=start.uncertain or end.uncertain,
    )


def _day(value: str, year: int, *, month: int, day: int) -> dt.date:
    """Return the day, or refuse one that is not in the calendar."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        why = f"is not in the calendar: no day {day} in {year}-{month:02d}"
        raise _invalid(value, why) from None


def _month_end(year: int, month: int) -> dt.date:
    """Return the last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _no_month(value: str, year: int, code: int, *, alone: bool) -> InvalidDate:
    """Say why not to a month outside 1 to 12, and tell a season what it would mean."""
    means = f"the {_SEASON_CODES[code]} of {year}" if code in _SEASON_CODES else None
    if alone and (year + 1) % 100 == code:
        what = f"is {means} in EDTF" if means else f"has no month {code}"
        return _invalid(value, f"{what}: write the season as `{year}/{year + 1}`")
    if means:
        return _invalid(value, f"holds a season of EDTF ({means}), which this profile leaves out")
    return _invalid(value, f"has no month {code:02d}: months are `01` to `12`")


def _shapeless(value: str) -> InvalidDate:
    """Say why not to what has no shape of the profile, and name the right one where it is plain."""
    season = _SEASON.fullmatch(value)
    if season and (int(season[1]) + 1) % 100 == int(season[2]):
        return _invalid(
            value, f"is not EDTF: write the season as `{season[1]}/{int(season[1]) + 1}`"
        )
    if _MINUTES.fullmatch(value):
        return _invalid(value, f"lacks the seconds that EDTF wants: write `{value}:00`")
    return _invalid(
        value,
        "is not a date of the EDTF profile: write `2024`, `2024-03`, `2024-03-13`, "
        "`2024-03-13T18:00:00` or `2016/2017`, with `~` or `?` at the end where unsure",
    )
