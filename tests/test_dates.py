"""What stands of a proposed date: the rules one by one, in six languages, with near misses."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.dates import Calendar, Settled, season_repaired, settle, settle_status
from touchline.edtf import EDTF
from touchline.errors import InvalidDate
from touchline.phrases import read

PUBLISHED = dt.date(2024, 3, 12)  # a Tuesday
DATED = Calendar.of("Un testo qualsiasi, in cui nel 2019 vinse una coppa.", PUBLISHED)
VENIER = (
    "Martedì 5 novembre il cancello si è aperto presto: Corrado Venier ha firmato fino al 30 "
    "giugno 2021. Arriva dalla Cerretese, con cui nel 2015 vinse una coppa; il predecessore, "
    "salito nel 2018, è rimasto senza squadra il giorno prima. Giovedì parlerà alla stampa."
)
CARRERA = (
    "Il nuovo tecnico, che nel 2021 guidava il Bari, ha firmato ieri: comincia l'allenamento "
    "di domattina e sarà presentato mercoledì 13 marzo alle 18."
)


def settled(
    value: str | None,
    phrase: str | None,
    *,
    calendar: Calendar = DATED,
    status: str = "confirmed",
) -> tuple[str | None, str]:
    """The date that stands and the codes of its issues."""
    result = settle(value, phrase, status=status, calendar=calendar)
    assert all("`" in issue.why and "\n" not in issue.why for issue in result.issues)
    return result.date, " ".join(issue.code for issue in result.issues)


def undated(text: str) -> Calendar:
    """The calendar of a text without a day of publication."""
    return Calendar.of(text, None)


@pytest.mark.parametrize("value", [None, "", "  "])
def test_no_date_is_no_issue(value: str | None) -> None:
    """A model may leave the date out."""
    assert settle(value, "ieri", status="confirmed", calendar=DATED) == Settled(None)


@pytest.mark.parametrize(
    "value",
    [
        *("13/03/2024", "2024-3-5", "2024-02-30", "2017/2016", "0000", "20244", "2023-25"),
        *("null", "ieri", "2024-13-01", "2024-03-13T25:00:00", "2023-24-01", "20 24"),
    ],
)
def test_m13_m15_what_is_no_date(value: str) -> None:
    """No guess is made at what is not of the profile."""
    assert settled(value, None) == (None, "bad_date")


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2023-24", "2023/2024"),
        ("2023/24", "2023/2024"),
        ("2023–24", "2023/2024"),
        ("2023-2024", "2023/2024"),
        ("2016-2019", "2016/2019"),
        ("1999-00", "1999/2000"),
        ("1999/00", "1999/2000"),
        ("2011/12", "2011/2012"),
        ("2023-24~", "2023~/2024~"),
        # Months, and what is no season.
        ("2011-12", "2011-12"),
        ("2023-05", "2023-05"),
        ("2023-25", "2023-25"),
        ("2023/25", "2023/25"),
        ("2024-2023", "2024-2023"),
        ("2016/2017", "2016/2017"),
        ("2024-03-13", "2024-03-13"),
    ],
)
def test_m14_seasons_are_repaired(value: str, date: str) -> None:
    """A season of two figures becomes two years; a month stays one."""
    assert season_repaired(value) == date


@pytest.mark.parametrize(
    ("text", "phrase", "date"),
    [
        ("nella stagione 2011/12", None, "2011/2012"),
        ("nella stagione 2011-12", "stagione 2011-12", "2011/2012"),
        ("nella stagione 2011–12", "nel 2011–12", "2011/2012"),
        ("a dicembre, nella stagione 2011/12", "a dicembre", "2011-12"),
        ("nel dicembre del 2011", "dicembre del 2011", "2011-12"),
        ("nel dicembre del 2011", None, "2011-12"),
        ("il 2011-12-05", None, "2011-12"),
    ],
)
def test_m14_a_month_that_can_be_a_season(text: str, phrase: str | None, date: str) -> None:
    """`2011-12` is the season where the text prints it so, else December."""
    assert settled("2011-12", phrase, calendar=Calendar.of(text, PUBLISHED)) == (date, "")


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2024-03-13T18:00", "2024-03-13T18:00:00"),
        ("2024-03-13 18:00:00", "2024-03-13T18:00:00"),
        ("2024-03-13T18:00:00Z", "2024-03-13T18:00:00"),
        ("2024-03-13T18:00:00.000+01:00", "2024-03-13T18:00:00"),
        (" 2024-03-13 ", "2024-03-13"),
    ],
)
def test_hours_are_repaired(value: str, date: str) -> None:
    """Seconds are added and zones dropped in silence."""
    assert settled(value, None) == (date, "")


@pytest.mark.parametrize(
    "phrase",
    [
        *(
            "mercoledì 13 marzo",
            "Wednesday 13 March",
            "Wednesday, March 13",
            "miércoles 13 de marzo",
        ),
        *("Mittwoch, den 13. März", "mercredi 13 mars", "quarta-feira, 13 de março"),
        *("domani, mercoledì 13 marzo", "mercoledì 13 marzo 2024", "Wednesday, 13/03/2024"),
    ],
)
@pytest.mark.parametrize(
    ("value", "date", "code"),
    [
        ("2024-03-13", "2024-03-13", ""),
        ("2024-03-13T18:00:00", "2024-03-13T18:00:00", ""),
        ("2024-03", "2024-03", ""),
        ("2024", "2024", ""),
        ("2023/2024", "2023/2024", ""),
        ("2024-03-14", "2024-03-13", "weekday_mismatch"),
        ("2024-03-14T18:00:00", "2024-03-13T18:00:00", "weekday_mismatch"),
        ("2023-03-13", "2024-03-13", "weekday_mismatch"),
        ("2024-04", "2024-03-13", "weekday_mismatch"),
        ("2023", "2024-03-13", "weekday_mismatch"),
    ],
)
def test_m16_weekday_day_and_month(phrase: str, value: str, date: str, code: str) -> None:
    """The one day that fits replaces a day that does not; a less precise date is not wrong."""
    assert settled(value, phrase, status="planned") == (date, code)


@pytest.mark.parametrize(
    "phrase",
    [
        *("martedì 13 marzo 2024", "Tuesday, March 13, 2024", "martes 13 de marzo de 2024"),
        *("Dienstag, 13. März 2024", "mardi 13 mars 2024", "terça-feira, 13 de março de 2024"),
        *("mercoledì 30 febbraio 2024", "martedì 13/03/2024"),
    ],
)
@pytest.mark.parametrize("value", ["2024-03-13", "2024-03-12", "2024-03"])
def test_m16_a_printed_date_that_contradicts_itself(phrase: str, value: str) -> None:
    """The text does not settle it: no date."""
    assert settled(value, phrase) == (None, "weekday_mismatch")


@pytest.mark.parametrize(
    ("value", "phrase", "date", "code"),
    [
        # No year near publication fits, and the text names no other.
        ("2024-03-13", "domenica 13 marzo", None, "weekday_mismatch"),
        ("2024", "domenica 13 marzo", "2024", ""),
        # Told of another year, which the text prints (a Wednesday in 2019).
        ("2019-03-13", "mercoledì 13 marzo", "2019-03-13", ""),
        ("2013-03-13", "mercoledì 13 marzo", "2024-03-13", "weekday_mismatch"),
        ("2023-12-31", "domenica 31 dicembre", "2023-12-31", ""),
        ("2024-12-31", "domenica 31 dicembre", "2023-12-31", "weekday_mismatch"),
    ],
)
def test_m16_no_candidate_and_other_years(
    value: str, phrase: str, date: str | None, code: str
) -> None:
    """Without a day that fits there is none; a year that the text prints can be meant."""
    assert settled(value, phrase) == (date, code)


@pytest.mark.parametrize(
    ("value", "phrase", "date", "code"),
    [
        ("2024-03-13", "13 marzo", "2024-03-13", ""),
        ("2024-03-31", "13 marzo", "2024-03-13", "date_mismatch"),
        ("2024-12-03", "12 marzo", "2024-03-12", "date_mismatch"),
        ("2019-03-31", "13 marzo", "2019-03-13", "date_mismatch"),
        ("2010-03-31", "13 marzo", None, "date_mismatch"),
        ("2024-03", "13 marzo", "2024-03", ""),
        ("2024-04", "13 marzo", "2024-03-13", "date_mismatch"),
        ("2024", "13 marzo", "2024", ""),
        ("2021-07-12", "l'11 luglio 2021", "2021-07-11", "date_mismatch"),
        ("2021-07-11", "July 11, 2021", "2021-07-11", ""),
        ("2020-07-11", "11 July 2021", "2021-07-11", "date_mismatch"),
        ("2024-02-29", "30 febbraio", None, "date_mismatch"),
        ("2012-08", "nell'agosto del 2012", "2012-08", ""),
        ("2012-08-10", "nell'agosto del 2012", "2012-08-10", ""),
        ("2012-09-10", "nell'agosto del 2012", "2012-08", "date_mismatch"),
        ("2013-08", "agosto de 2012", "2012-08", "date_mismatch"),
        ("2024-04-02", "a marzo", "2024-03", "date_mismatch"),
        ("2010-04-02", "a marzo", None, "date_mismatch"),
        ("2009", "nel 2009", "2009", ""),
        ("2009-05", "in 2009", "2009-05", ""),
        ("2010-05", "nel 2009", "2009", "date_mismatch"),
        ("2017-05", "stagione 2016/17", "2017-05", ""),
        ("2018-05", "stagione 2016/17", "2016/2017", "date_mismatch"),
        ("2023-06/2024-06", "13 marzo", "2023-06/2024-06", ""),
        ("2023-06/2024-02", "a marzo", "2023-06/2024-02", ""),
        ("2023/2024", "29 febbraio", "2023/2024", ""),
        ("2019", "la coppa vinta a Bari nel 2009", "2019", ""),
        # Not plain enough to be checked.
        ("2024-03-14", "il 13 e 14 marzo", "2024-03-14", ""),
        ("2024-03-14", "il giorno dopo il 13 marzo", "2024-03-14", ""),
        ("2024-03-10", "fino al 30 giugno 2026", "2024-03-10", ""),
        ("2010", "un anno dopo il 2009", "2010", ""),
        ("2024-01-20", "after the win in 2023", "2024-01-20", ""),
        ("2024-02-10", "they may march on", "2024-02-10", ""),
        ("2024-02-10", "Nicola Marzo", "2024-02-10", ""),
        ("2024-02-10", "sat down", "2024-02-10", ""),
    ],
)
def test_printed_dates_without_weekday(
    value: str, phrase: str, date: str | None, code: str
) -> None:
    """A printed day, month or year overrules the model where the year is sure."""
    assert settled(value, phrase) == (date, code)


@pytest.mark.parametrize(
    ("value", "phrase", "status", "date", "code"),
    [
        # Published on Tuesday 12 March 2024.
        ("2024-03-07", "giovedì", "confirmed", "2024-03-07", ""),
        ("2024-03-14", "giovedì", "planned", "2024-03-14", ""),
        ("2024-03-14", "giovedì", "confirmed", "2024-03-14", ""),
        ("2024-03-08", "giovedì", "confirmed", "2024-03-07", "weekday_mismatch"),
        ("2024-03-13", "giovedì", "planned", "2024-03-14", "weekday_mismatch"),
        (
            "2024-03-15T18:00:00",
            "on Thursday",
            "planned",
            "2024-03-14T18:00:00",
            "weekday_mismatch",
        ),
        ("2024-03-13", "am Donnerstag", "rumoured", "2024-03-14", "weekday_mismatch"),
        ("2024-03-08", "el jueves", "denied", "2024-03-07", "weekday_mismatch"),
        ("2024-03-13", "jeudi dernier", "planned", "2024-03-07", "weekday_mismatch"),
        ("2024-03-08", "na próxima quinta-feira", "confirmed", "2024-03-14", "weekday_mismatch"),
        ("2024-03-11", "martedì", "confirmed", "2024-03-12", "weekday_mismatch"),
        ("2024-03-11", "martedì scorso", "confirmed", "2024-03-05", "weekday_mismatch"),
        ("2024-03-11", "next Tuesday", "planned", "2024-03-19", "weekday_mismatch"),
        ("2024-03", "giovedì", "confirmed", "2024-03", ""),
        ("2024-01", "giovedì", "confirmed", "2024-03-07", "weekday_mismatch"),
        ("2024-01-18", "giovedì", "confirmed", "2024-03-07", "weekday_mismatch"),
        ("2019-05-02", "giovedì", "confirmed", "2019-05-02", ""),
        ("2024-03-08", "tra mercoledì e giovedì", "confirmed", None, "weekday_mismatch"),
        ("2024-03-08", "il giovedì dopo", "confirmed", "2024-03-08", ""),
        ("2024-03-08", "every Thursday", "confirmed", "2024-03-08", ""),
        ("2024-03-08", "quinta vitória", "confirmed", "2024-03-08", ""),
    ],
)
def test_m16_a_weekday_alone(
    value: str, phrase: str, status: str, date: str | None, code: str
) -> None:
    """A weekday is near publication, back for what has happened and ahead for what is planned."""
    assert settled(value, phrase, status=status) == (date, code)


@pytest.mark.parametrize(
    ("value", "phrase", "date", "code"),
    [
        ("2024-03-11", "ieri sera", "2024-03-11", ""),
        ("2024-03-12", "ieri sera", "2024-03-11", "date_mismatch"),
        ("2024-03-12T18:00:00", "domani alle 18", "2024-03-13T18:00:00", "date_mismatch"),
        ("2024-03-12", "the day before yesterday", "2024-03-10", "date_mismatch"),
        ("2024-03-12", "pasado mañana", "2024-03-14", "date_mismatch"),
        ("2024-03-12", "gestern", "2024-03-11", "date_mismatch"),
        ("2024-03-11", "aujourd’hui", "2024-03-12", "date_mismatch"),
        ("2024-03-11", "depois de amanhã", "2024-03-14", "date_mismatch"),
        ("2024-03", "ieri", "2024-03", ""),
        ("2024-04", "ieri", "2024-03-11", "date_mismatch"),
        # Mornings, and days that count from elsewhere.
        ("2024-03-12", "por la mañana", "2024-03-12", ""),
        ("2024-03-12", "am Morgen", "2024-03-12", ""),
        ("2024-03-12", "morgens", "2024-03-12", ""),
        ("2024-03-12", "heute Morgen", "2024-03-12", ""),
        ("2024-03-09", "il giorno prima", "2024-03-09", ""),
        ("2024-03-09", "the following day", "2024-03-09", ""),
        ("2024-03-09", "fino a ieri", "2024-03-09", ""),
        ("2024-03-09", "tra ieri e oggi", "2024-03-09", ""),
    ],
)
def test_relative_days(value: str, phrase: str, date: str, code: str) -> None:
    """Yesterday is the day before publication, whatever the model says."""
    assert settled(value, phrase) == (date, code)


@pytest.mark.parametrize(
    ("value", "phrase", "date", "code"),
    [
        ("2024-01-01", None, "2024", "false_precision"),
        ("2024-01-01", "2024", "2024", "false_precision"),
        ("2021-07-01", "nel 2021", "2021", "false_precision"),
        ("2024-03-01", "a marzo", "2024-03", "false_precision"),
        ("2024-03-01", None, "2024-03-01", ""),
        ("2024-03-01", "il primo marzo", "2024-03-01", ""),
        ("2024-03-01", "venerdì 1 marzo", "2024-03-01", ""),
        ("2024-03-01", "venerdì", "2024-03-01", ""),
        ("2024-03-02", "a marzo", "2024-03-02", ""),
        ("2024-03-13T00:00:00", None, "2024-03-13", "false_precision"),
        ("2024-01-01T00:00:00", None, "2024", "false_precision"),
    ],
)
def test_false_precision(value: str, phrase: str | None, date: str, code: str) -> None:
    """A first of January, of a month, or a midnight that no word tells is cut."""
    assert settled(value, phrase) == (date, code)


@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        ("in carica dal 1° gennaio 2024", "2024-03-12", "2024-01-01"),
        ("in charge from New Year's Day", "2024-03-12", "2024-01-01"),
        ("firma oggi", "2024-01-01", "2024-01-01"),
        ("la firma, ieri", "2024-01-02", "2024-01-01"),
        ("dal primo luglio 2021", "2024-03-12", "2021-07-01"),
        ("a mezzanotte", "2024-03-12", "2024-03-13T00:00:00"),
    ],
)
def test_told_precision_stays(text: str, published: str, value: str) -> None:
    """What the text tells, or publication explains, is not cut."""
    calendar = Calendar.of(text, dt.date.fromisoformat(published))

    assert settled(value, None, calendar=calendar) == (value, "")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1849", "date_out_of_range"),
        ("1850", ""),
        ("1849/1851", "date_out_of_range"),
        ("2034-03-12", ""),
        ("2034-03-13", "date_out_of_range"),
        ("2034", ""),
        ("2035", "date_out_of_range"),
        ("2024/2035", "date_out_of_range"),
    ],
)
def test_m18_range(value: str, code: str) -> None:
    """Dates before 1850 or more than ten years after publication are dropped."""
    assert settled(value, None) == (None if code else value, code)


@pytest.mark.parametrize(
    ("status", "value", "fixed"),
    [
        ("confirmed", "2024-03-13", "planned"),
        ("confirmed", "2024-03-12", "confirmed"),
        ("confirmed", "2024-03-12T23:00:00", "confirmed"),
        ("confirmed", "2024-04", "planned"),
        ("confirmed", "2024-03", "confirmed"),
        ("planned", "2024-03-11", "confirmed"),
        ("planned", "2024-03-12", "planned"),
        ("planned", "2024-03", "planned"),
        ("planned", "2024-02", "confirmed"),
        ("planned", "2023/2024", "planned"),
        ("rumoured", "2024-02", "rumoured"),
        ("denied", "2025", "denied"),
    ],
)
def test_m18_status(status: str, value: str, fixed: str) -> None:
    """A date after publication is planned, one before it confirmed; the rest stays."""
    found, issue = settle_status(status, EDTF(value), published=PUBLISHED)

    assert found == fixed
    assert (issue.code if issue else None) == (None if fixed == status else "status_fixed")
    assert settle_status(status, EDTF(value), published=None) == (status, None)
    assert settle_status(status, None, published=PUBLISHED) == (status, None)


@pytest.mark.parametrize(
    ("value", "phrase", "date", "code"),
    [
        ("2019-11-05", "martedì 5 novembre", "2019-11-05", ""),
        ("2024-11-05", "martedì 5 novembre", "2019-11-05", "weekday_mismatch"),
        ("2019-11-06", "martedì 5 novembre", "2019-11-05", "weekday_mismatch"),
        ("2019-11", "martedì 5 novembre", "2019-11", ""),
        ("2019-11-04", "il giorno prima", "2019-11-04", ""),
        ("2024-11-04", "il giorno prima", None, "year_not_in_text"),
        ("2019-11-07T12:00:00", "Giovedì", "2019-11-07T12:00:00", ""),
        ("2019-11-08T12:00:00", "Giovedì", "2019-11", "weekday_mismatch"),
        ("2019-12-06", "Giovedì", "2019", "weekday_mismatch"),
        ("2017-11-08", "Giovedì", None, "weekday_mismatch"),
        ("2018", "nel 2018", "2018", ""),
        ("2018-01-01", "nel 2018", "2018", "false_precision"),
        ("2015", None, "2015", ""),
        ("2016", None, None, "year_not_in_text"),
        ("2018/2019", None, "2018/2019", ""),
        ("2015/2016", None, None, "year_not_in_text"),
        ("2018", "tre anni dopo", "2018", ""),
        ("2017", "due anni dopo", "2017", ""),
        ("2017", "nove anni dopo", None, "year_not_in_text"),
        ("2019-11-04", "ieri", "2019-11", "relative_date"),
        ("2015-11-04", "ieri", None, "relative_date"),
        ("1849", None, None, "date_out_of_range"),
    ],
)
def test_m17_an_undated_text_with_an_anchor(
    value: str, phrase: str | None, date: str | None, code: str
) -> None:
    """Tuesday 5 November, with 2018 as past and 2021 as an end to come, is in 2019."""
    assert settled(value, phrase, calendar=undated(VENIER)) == (date, code)


@pytest.mark.parametrize(
    ("value", "phrase", "date", "code"),
    [
        ("2024-03-13T18:00:00", "mercoledì 13 marzo alle 18", "2024-03-13T18:00:00", ""),
        ("2019-03-13T18:00:00", "mercoledì 13 marzo", "2024-03-13T18:00:00", "weekday_mismatch"),
        ("2024-03-12", "ieri", "2024-03", "relative_date"),
        ("2024-03", "ieri", "2024-03", ""),
        ("2024-03-13", "domattina", "2024-03", "relative_date"),
        ("2021", "nel 2021", "2021", ""),
        ("2026-06-30", None, None, "year_not_in_text"),
    ],
)
def test_m17_the_other_worked_example(
    value: str, phrase: str | None, date: str | None, code: str
) -> None:
    """Wednesday 13 March, with 2021 as past, is in 2024."""
    assert settled(value, phrase, calendar=undated(CARRERA)) == (date, code)


@pytest.mark.parametrize(
    ("text", "value", "phrase", "date", "code"),
    [
        ("Ha firmato ieri.", "2024-03-12", "ieri", None, "relative_date"),
        ("Ha firmato ieri.", "2024", "ieri", None, "relative_date"),
        ("Nel 2021 era a Bari. Firma oggi.", "2021-03-12", "oggi", None, "relative_date"),
        ("Firma oggi.", "2024-03-12", None, None, "year_not_in_text"),
        ("Nel 2021, a marzo.", "2021-03-31", "13 marzo", "2021-03-13", "date_mismatch"),
        ("Nel 2021, a marzo.", "2020-03-31", "13 marzo", None, "date_mismatch"),
        ("Firma mercoledì 13 marzo.", "2024-03-13", "mercoledì 13 marzo", None, "year_not_in_text"),
        ("Firma mercoledì.", "2024-03-13", "mercoledì", None, "year_not_in_text"),
        ("Firma mercoledì.", "2024-03-14", "mercoledì", None, "weekday_mismatch"),
    ],
)
def test_m17_an_undated_text_without_an_anchor(
    text: str, value: str, phrase: str | None, date: str | None, code: str
) -> None:
    """No year comes from nowhere, and none from today."""
    assert settled(value, phrase, calendar=undated(text)) == (date, code)


@pytest.mark.parametrize(
    ("value", "phrase", "date", "code"),
    [
        ("2024-03-12", "oggi", "2024-03-12", ""),
        ("2024-03-11", "oggi", "2024-03-12", "date_mismatch"),
        ("2024-03-14", "giovedì", "2024-03-14", ""),
        ("2024-03-15", "giovedì", "2024-03-14", "weekday_mismatch"),
    ],
)
def test_an_undated_text_that_implies_its_day(
    value: str, phrase: str, date: str, code: str
) -> None:
    """A text that says "tomorrow, Wednesday 13 March" is one of the 12th."""
    text = "Nel 2021 era a Bari. Oggi firma; domani, mercoledì 13 marzo, e giovedì si allena."

    assert settled(value, phrase, calendar=undated(text), status="planned") == (date, code)


def test_years_of_contracts_are_kept_out_of_the_past() -> None:
    """A year given as the end of a contract does not move the anchor."""
    text = "Nel 2018 vinse. Martedì 5 novembre ha firmato: scade tutto col 2021."
    calendar = Calendar.of(text.replace("scade tutto col", "è legato al club, 30 giugno"), None)
    told = Calendar.of(calendar.text, None, until=[2021])

    assert settled("2019-11-05", "Martedì 5 novembre", calendar=told) == ("2019-11-05", "")
    assert settled("2019-11-05", "Martedì 5 novembre", calendar=calendar)[1] == "weekday_mismatch"


def test_i20_absurd_days_of_publication() -> None:
    """The ends of the calendar break nothing."""
    for published in (dt.date.min, dt.date.max, dt.date(2024, 2, 29)):
        calendar = Calendar.of("", published)
        for phrase in ("ieri", "domani", "giovedì", "mercoledì 13 marzo", "13 marzo", "marzo"):
            result = settle("2024-03-13", phrase, status="planned", calendar=calendar)
            assert len(result.issues) <= 2


WORDS = (
    "mercoledì Wednesday Mittwoch 13 31 marzo March may Sat ieri mañana morgen hier 2019 2016/17 "
    "'98 fino al until anni dopo two years later next . , ( - / 1 primo gennaio de of 2024-03-13"
)
PIECES = st.sampled_from(WORDS.split())
PHRASES = st.one_of(st.none(), st.text(max_size=40), st.lists(PIECES, max_size=7).map(" ".join))
VALUES = st.one_of(
    st.text(max_size=25),
    st.dates(dt.date(1840, 1, 1), dt.date(2110, 1, 1)).map(dt.date.isoformat),
    st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)).map(lambda day: f"{day:%Y-%m}"),
    st.integers(1990, 2030).map(str),
    st.integers(1990, 2030).map(lambda year: f"{year}/{year + 1}"),
)
STATUSES = st.sampled_from(["confirmed", "planned", "rumoured", "denied", "?"])


@given(VALUES, PHRASES, STATUSES, st.one_of(st.none(), st.dates()))
def test_settling_never_fails(
    value: str, phrase: str | None, status: str, published: dt.date | None
) -> None:
    """Whatever the model gives, there is a verdict, and what stands stands when asked again."""
    calendar = Calendar.of("Nel 2018 vinse; martedì 5 novembre 2019 firmò.", published)
    result = settle(value, phrase, status=status, calendar=calendar)

    assert result.date is None or EDTF(result.date) == result.date
    assert bool(result.issues) or result.date is not None or not value.strip()
    again = settle(result.date, phrase, status=status, calendar=calendar)
    assert again.date == result.date or again.issues


@given(VALUES, PHRASES, STATUSES, st.lists(PIECES, max_size=12).map(" ".join))
def test_m17_no_year_from_nowhere(value: str, phrase: str | None, status: str, text: str) -> None:
    """For an undated text, each year that stands is one that the text or the phrase gives."""
    calendar = undated(text)
    result = settle(value, phrase, status=status, calendar=calendar)

    if result.date is not None:
        reading = read(phrase) if phrase else None
        assert calendar.allows(result.date.first.year, reading)
        assert calendar.allows(result.date.last.year, reading)


NAMES = "lunedì martedì mercoledì giovedì venerdì sabato domenica".split()
MONTHS = "January February March April May June July August September October November December"


@given(st.dates(dt.date(1900, 1, 1), dt.date(2090, 1, 1)), st.integers(-290, 290))
def test_a_date_that_agrees_is_unchanged(published: dt.date, days: int) -> None:
    """A right date stands, without an issue, for every way to print it."""
    day = published + dt.timedelta(days=days)
    calendar = Calendar.of("", published)
    for phrase in (
        f"{NAMES[day.weekday()]} {day.day} {MONTHS.split()[day.month - 1]}",
        f"{NAMES[day.weekday()]}, {day:%d/%m/%Y}",
        f"{MONTHS.split()[day.month - 1]} {day.day}, {day.year}",
        day.isoformat(),
    ):
        assert settled(day.isoformat(), phrase, calendar=calendar) == (day.isoformat(), "")


@given(st.dates(dt.date(1900, 1, 1), dt.date(2090, 1, 1)), st.integers(1, 6))
def test_m16_a_wrong_weekday_never_stands(day: dt.date, shift: int) -> None:
    """Six weekdays of seven contradict a printed date."""
    wrong = NAMES[(day.weekday() + shift) % 7]
    month = MONTHS.split()[day.month - 1]
    calendar = Calendar.of("", day)

    phrase = f"{wrong} {day.day} {month} {day.year}"
    assert settled(day.isoformat(), phrase, calendar=calendar) == (None, "weekday_mismatch")


def test_an_issue_keeps_the_message_of_a_bad_date() -> None:
    """The reason of `EDTF` is the reason of the issue."""
    with pytest.raises(InvalidDate) as caught:
        EDTF("13/03/2024")

    issue = settle("13/03/2024", None, status="confirmed", calendar=DATED).issues[0]
    assert issue.why == str(caught.value)


def test_a_phrase_that_names_tomorrow_dates_today_too() -> None:
    """A page that says "domani, mercoledì 13 marzo" was printed on the 12th, on no other day."""
    text = "Nel 2021 era a Bari. Il tecnico è atteso domani, mercoledì 13 marzo."
    calendar = Calendar.of(text, None)
    phrase = "domani, mercoledì 13 marzo"

    assert settle("2024-03-12", phrase, status="confirmed", calendar=calendar).issues == ()
    assert settle("2024-03-11", phrase, status="confirmed", calendar=calendar).date == "2024-03-13"
