"""The date value: what the profile holds, what it refuses and why, and how it compares."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle

import pytest
from edtf import parse_edtf
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from touchline.edtf import EDTF
from touchline.errors import InvalidDate

DAYS = st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31))
MARKS = st.sampled_from(["", "~", "?"])
PLAIN = st.one_of(
    DAYS.map(lambda day: day.isoformat()),
    DAYS.map(lambda day: f"{day:%Y-%m}"),
    DAYS.map(lambda day: f"{day:%Y}"),
)
MARKED = st.tuples(PLAIN, MARKS).map("".join)
MOMENTS = st.datetimes(dt.datetime(1000, 1, 1), dt.datetime(2999, 12, 31)).map(  # noqa: DTZ001
    lambda moment: f"{moment:%Y-%m-%dT%H:%M:%S}"
)


def interval_of(one: str, two: str) -> str:
    """Two dates as an interval, the earlier first."""
    return "/".join(sorted((one, two), key=lambda date: EDTF(date).first))


INTERVALS = st.builds(interval_of, MARKED, MARKED)
ANY = st.one_of(MARKED, MOMENTS, INTERVALS)


@pytest.mark.parametrize(
    ("value", "precision", "first", "last"),
    [
        ("2024", "year", "2024-01-01", "2024-12-31"),
        ("2024-02", "month", "2024-02-01", "2024-02-29"),
        ("2023-02", "month", "2023-02-01", "2023-02-28"),
        ("2024-03-13", "day", "2024-03-13", "2024-03-13"),
        ("2024-02-29", "day", "2024-02-29", "2024-02-29"),
        ("2024-03-13T18:00:00", "second", "2024-03-13", "2024-03-13"),
        ("2016/2017", "interval", "2016-01-01", "2017-12-31"),
        ("2024-03/2024-05-10", "interval", "2024-03-01", "2024-05-10"),
        ("2024/2024", "interval", "2024-01-01", "2024-12-31"),
        ("1000", "year", "1000-01-01", "1000-12-31"),
        ("2999-12-31", "day", "2999-12-31", "2999-12-31"),
    ],
)
def test_the_profile(value: str, precision: str, first: str, last: str) -> None:
    """Each form of the profile tells its precision and its two ends."""
    date = EDTF(value)

    assert (precision, first, last) == (
        date.precision,
        date.first.isoformat(),
        date.last.isoformat(),
    )


@pytest.mark.parametrize(
    "value",
    [
        *("", " ", "2024 ", " 2024", "2024\n", "24", "20244", "-2024", "0000", "0999", "3000"),
        *("2024-", "2024-3", "2024-00", "2024-13", "2024-1-01", "2024-3-5", "13/03/2024"),
        *("2024-02-30", "2023-02-29", "2024-04-31", "2024-03-00", "2024-03-32"),
        *("2024-03-13T18:00", "2024-03-13T24:00:00", "2024-03-13T18:60:00", "2024-03-13T1:00:00"),
        *("2024-03-13T18:00:00Z", "2024-03-13T18:00:00+01:00", "2024-03-13 18:00:00"),
        *("2024-03-13T18:00:00~", "2024-03T18:00:00", "2024-02-30T18:00:00"),
        *("2017/2016", "2024-03-14/2024-03-13", "2016/", "/2016", "2016/..", "../2016"),
        *("2016/2017/2018", "2024-03-13T18:00:00/2024-03-14", "2016//2017"),
        *("2024%", "2024~?", "~2024", "2024-~03", "202X", "20XX-03", "[2016,2017]", "{2016..2018}"),
        *("Y20240", "2024-21", "2024-41", "2023-24", "2023/24", "2023-2024"),
        *("٢٠٢٤", "２０２４", "2024‐03", "march 2024", "null"),
    ],
)
def test_m13_m15_what_the_profile_refuses(value: str) -> None:
    """Near misses are refused, and the message names the value in backticks."""
    with pytest.raises(InvalidDate, match=r"^`") as caught:
        EDTF(value)

    assert value.strip("\n")[:40] in str(caught.value)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("2023-24", "`2023-24` is the winter of 2023 in EDTF: write the season as `2023/2024`"),
        ("2020-21", "`2020-21` is the spring of 2020 in EDTF: write the season as `2020/2021`"),
        ("2023-22", "summer of 2023"),
        ("2023-25", "no month 25"),
        ("2024-25", "write the season as `2024/2025`"),
        ("2023/24", "write the season as `2023/2024`"),
        ("2024-02-30", "no day 30 in 2024-02"),
        ("2017/2016", "ends before it starts"),
        ("2024-03-13T18:00", "write `2024-03-13T18:00:00`"),
        ("2024-03-13T25:00:00", "no such time of day"),
        ("x" * 500, f"`{'x' * 40}…` is not a date"),
    ],
)
def test_m14_the_message_names_the_way_out(value: str, says: str) -> None:
    """The message says what the value means, or what to write."""
    with pytest.raises(InvalidDate) as caught:
        EDTF(value)

    assert says in str(caught.value)


def test_what_is_no_string_is_refused() -> None:
    """A number is not taken for a year."""
    with pytest.raises(InvalidDate, match="`2024` is not a date: it is of type int"):
        EDTF(2024)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "approximate", "uncertain"),
    [
        ("2012~", True, False),
        ("2012-08?", False, True),
        ("2012~/2014?", True, True),
        ("2012/2014~", True, False),
        ("2012", False, False),
    ],
)
def test_qualifiers(value: str, approximate: bool, uncertain: bool) -> None:
    """A mark on either side of an interval counts for the whole."""
    date = EDTF(value)

    assert (approximate, uncertain) == (date.approximate, date.uncertain)


def test_it_is_a_string() -> None:
    """It equals, hashes, sorts and serialises as the string that it is."""
    date = EDTF("2024-03")

    assert date == "2024-03"
    assert {"2024-03", date} == {date}
    assert json.dumps([date]) == '["2024-03"]'
    assert repr(date) == "EDTF('2024-03')"
    assert EDTF(date) == date


def test_parts() -> None:
    """A date can be cut to its first day, month and year, and tells its hour."""
    date = EDTF("2024-03-13T18:30:00")

    assert (date.day, date.month, date.year) == ("2024-03-13", "2024-03", "2024")
    assert dt.time(18, 30) == date.time
    assert EDTF("2024").time is None


@pytest.mark.parametrize(
    ("one", "two", "contains", "agrees"),
    [
        ("2024-03", "2024-03-13", True, True),
        ("2024-03-13", "2024-03", False, True),
        ("2024-03", "2024-04-13", False, False),
        ("2016/2017", "2017-05", True, True),
        ("2016/2017", "2017/2018", False, False),
        ("2024-03-13", "2024-03-13T18:00:00", True, True),
        ("2024-03-13T18:00:00", "2024-03-13", False, True),
        ("2024-03-13T18:00:00", "2024-03-13T18:00:00", True, True),
        ("2024-03-13T18:00:00", "2024-03-13T19:00:00", False, False),
        ("2024-03-13T18:00:00", "2024-03-14T18:00:00", False, False),
        ("2024~", "2024", True, True),
    ],
)
def test_comparison(one: str, two: str, contains: bool, agrees: bool) -> None:
    """A date contains a more precise one, and agrees with a less precise one as well."""
    assert contains == EDTF(one).contains(EDTF(two))
    assert agrees == EDTF(one).agrees(EDTF(two)) == EDTF(two).agrees(EDTF(one))


class Event(BaseModel):
    """A model with a date, as the events are."""

    date: EDTF | None = None


def test_pydantic_reads_and_writes_strings() -> None:
    """A field holds an EDTF, and leaves the model as a plain string."""
    event = Event.model_validate_json('{"date": "2024-03"}')

    assert type(event.date) is EDTF
    assert type(event.model_dump()["date"]) is str
    assert event.model_dump_json() == '{"date":"2024-03"}'
    assert Event(date=EDTF("2024-03")) == event
    assert {"type": "string"} in Event.model_json_schema()["properties"]["date"]["anyOf"]


def test_pydantic_reports_a_bad_date() -> None:
    """The message of `InvalidDate` reaches the reader of a validation error."""
    with pytest.raises(ValidationError, match="winter of 2023"):
        Event.model_validate({"date": "2023-24"})


@given(ANY)
def test_round_trips(value: str) -> None:
    """Any date of the profile survives parsing, pickling and copying, and its ends are ordered."""
    date = EDTF(value)

    assert value == date == pickle.loads(pickle.dumps(date)) == copy.deepcopy(date)  # noqa: S301
    assert type(pickle.loads(pickle.dumps(date))) is EDTF  # noqa: S301
    assert date.first <= date.last
    assert date.contains(date)


@given(st.text(max_size=30))
def test_any_other_text_is_refused_in_one_way(value: str) -> None:
    """Whatever comes in, there is a date or an `InvalidDate` of one line."""
    try:
        EDTF(value)
    except InvalidDate as error:
        assert len(str(error).splitlines()) == 1  # noqa: PT017


@given(st.from_regex(r"[12][0-9]{3}-[0-9]{2}(-[0-9]{2})?", fullmatch=True))
def test_what_we_refuse_of_a_dates_form_is_no_day_of_the_calendar(value: str) -> None:
    """A value in the form of a month or a day is accepted exactly if the calendar has it."""
    try:
        expected = dt.date.fromisoformat(value if len(value) > 7 else f"{value}-01") is not None
    except ValueError:
        expected = False
    try:
        accepted = EDTF(value) == value
    except InvalidDate:
        accepted = False

    assert expected == accepted


@pytest.mark.parametrize(
    "value",
    [
        *("2024", "2024-02", "2024-03-13", "2016/2017", "2024-03/2024-05-10", "2012~", "2012-08?"),
        *("2012~/2014-05?", "1000", "2999-12-31", "2000-02-29", "1900-02"),
    ],
)
def test_the_oracle_reads_the_same(value: str) -> None:
    """The edtf library accepts our dates and gives them the same ends."""
    date, oracle = EDTF(value), parse_edtf(value)

    first, last = oracle.lower_strict(), oracle.upper_strict()
    assert (first.tm_year, first.tm_mon, first.tm_mday) == date.first.timetuple()[:3]
    assert (last.tm_year, last.tm_mon, last.tm_mday) == date.last.timetuple()[:3]


def test_m14_the_oracle_reads_a_season_as_a_winter() -> None:
    """Why `2023-24` is refused: the standard reads the end of the year 2023."""
    oracle = parse_edtf("2023-24")

    assert oracle.lower_strict().tm_mon == 12
    assert oracle.lower_strict().tm_year == 2023


@given(st.one_of(MARKED, INTERVALS))
def test_the_oracle_accepts_all_that_we_accept(value: str) -> None:
    """Nothing leaves touchline that another reader of EDTF would refuse."""
    assume(len(value) < 30)

    assert str(parse_edtf(value)) == value
