"""What a text lets one say about years: which are told as past, and which year is its own."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from touchline.calendars import Calendar, weekday_dates
from touchline.phrases import PrintedDate, Reading, read

VENIER = (
    "Martedì 5 novembre il cancello si è aperto presto: Corrado Venier ha firmato fino al 30 "
    "giugno 2021. Arriva dalla Cerretese, con cui nel 2015 vinse una coppa; il predecessore, "
    "salito nel 2018, è rimasto senza squadra il giorno prima."
)
LONG_PAST = (
    "Il nuovo tecnico, che nel 2021 guidava il Bari, sarà presentato mercoledì 13 marzo alle 18. "
    "Ieri la firma."
)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (VENIER, 2018),
        ("vinse nel 2016 e nel 2018", 2018),
        ("nella stagione 2016/17", 2016),
        ("nel 2018 firma fino al 2021", 2018),
        ("nel 2018 firma fino al 30 giugno 2021", 2018),
        ("he won in 2018 and is signed until the summer of 2028", 2018),
        ("champion of 2018, with a contract through 2027", 2018),
        ("campeón en 2018, firmó hasta junio de 2026", 2018),
        ("2018 Meister, der Vertrag gilt bis zum 30. Juni 2026", 2018),
        ("champion en 2018, il a signé jusqu’en juin 2027", 2018),
        ("campeão em 2018, tem contrato até 30 de junho de 2026", 2018),
        ("fino al 2016 al Bari, nel 2018 al Lecce", 2018),
        ("fino al 2021. Nel 2018 vinse", 2018),
        ("davanti a 2050 spettatori, come nel 2018", 2018),
        ("fino al 2021", None),
        ("senza anni", None),
    ],
)
def test_the_latest_past_year(text: str, year: int | None) -> None:
    """The latest printed year counts, but for those behind a word such as "until"."""
    assert year == Calendar.of(text, None).latest_past


def test_years_of_contracts_are_not_past() -> None:
    """A year that the model gave as the end of a contract is no past year."""
    text = "Nel 2018 era a Bari. L'intesa: 2021."

    assert Calendar.of(text, None).latest_past == 2021
    assert Calendar.of(text, None, until=[2021]).latest_past == 2018


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (LONG_PAST, 2024),
        (VENIER, 2019),
        ("Nel 2018 vinse. Martedì 5 novembre firma, domenica 10 novembre debutta.", 2019),
        ("In 2021 he left Bari. Wednesday, March 13: the unveiling.", 2024),
        ("In 2021 he left Bari. The unveiling is on Wednesday 13th March.", 2024),
        ("En 2021 dejó el Bari. Será el miércoles 13 de marzo.", 2024),
        ("2021 verließ er Bari. Vorstellung am Mittwoch, dem 13. März.", 2024),
        ("Il a quitté Bari en 2021. Présentation mercredi 13\u00a0mars.", 2024),
        ("Deixou o Bari em 2021. Apresentação na quarta-feira, 13 de março.", 2024),
        ("Nel 2021 era a Bari. Oggi, mercoledì 13 marzo 2024, firma.", 2024),
        # Near misses: another weekday fits no year of five, another day of the week another year.
        ("Nel 2021 era a Bari. Arriva martedì 13 marzo.", None),
        ("Nel 2021 era a Bari. Arriva lunedì 13 marzo.", 2023),
        ("Nel 2017 era a Bari. Arriva martedì 13 marzo.", 2018),
        # Two phrases that disagree, and a text without a past year.
        ("Nel 2021 era a Bari. Mercoledì 13 marzo, anzi lunedì 13 marzo.", None),
        ("Presentazione mercoledì 13 marzo.", None),
        ("Presentazione mercoledì 13 marzo, contratto fino al 2026.", None),
        ("Nel 2021 era a Bari. He sat 13 marched games.", None),
        ("Nel 2021 era a Bari. Mercoledì 113 marzo.", None),
        ("Nel 2021 era a Bari. Xmonday march 13.", None),
        ("Nel 2021 era a Bari. Il 13 marzo.", None),
    ],
)
def test_the_anchor_year(text: str, year: int | None) -> None:
    """Weekday, day and month fit one year of the latest past one and the four after it."""
    assert year == Calendar.of(text, None).anchor_year


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Nel 2021 era a Bari. Domani, mercoledì 13 marzo, la firma.", "2024-03-12"),
        ("Nel 2021 era a Bari. Oggi, mercoledì 13 marzo, la firma.", "2024-03-13"),
        ("Nel 2021 era a Bari. Ieri sera (mercoledì 13 marzo) la firma.", "2024-03-14"),
        ("In 2021 he left. Tomorrow, Wednesday March 13, he signs.", "2024-03-12"),
        ("2021 ging er. Heute Morgen, Mittwoch, 13. März, kam er.", "2024-03-13"),
        ("Oggi, mercoledì 13 marzo 2024, firma.", "2024-03-13"),
        ("Nel 2021 era a Bari. Firma domani. Mercoledì 13 marzo gioca.", None),
        ("Nel 2021 era a Bari. Domani firma, e poi lunedì 13 marzo gioca.", None),
        ("En 2021 se fue. Por la mañana, miércoles 13 de marzo, firma.", None),
    ],
)
def test_the_anchor_day(text: str, day: str | None) -> None:
    """A word for a day in front of the weekday gives the day of the text."""
    anchor = Calendar.of(text, None).anchor_day

    assert day == (anchor and anchor.isoformat())


def test_a_dated_text_needs_no_anchor() -> None:
    """The day of publication is the reference; without one, the implied day is."""
    published = dt.date(2020, 1, 1)

    assert Calendar.of(LONG_PAST, published).reference == published
    assert Calendar.of(LONG_PAST, published).anchor_year is None
    assert Calendar.of(LONG_PAST, None).reference is None


@pytest.mark.parametrize(
    ("phrase", "years", "not_years"),
    [
        (None, "2015 2018 2019 2020 2021", "2014 2016 2017 2022"),
        ("tre anni dopo", "2018 2021 2022 2012", "2017 2011 2025"),
        ("l'anno successivo", "2016 2019 2014", "2013 2023"),
        ("nel '98", "1998", "1997"),
        ("nei primi anni Novanta", "1990 1999", "1989 2000"),
        ("stagione 2010/11", "2010 2011", "2009 2012"),
    ],
)
def test_the_years_that_a_text_gives(phrase: str | None, years: str, not_years: str) -> None:
    """Printed years, the anchor and its neighbours, and distances of the phrase from them."""
    calendar = Calendar.of(VENIER, None)
    reading = read(phrase) if phrase else None

    assert [year for year in years.split() if not calendar.allows(int(year), reading)] == []
    assert [year for year in not_years.split() if calendar.allows(int(year), reading)] == []


def test_a_text_tells_distances_where_no_phrase_does() -> None:
    """Without a phrase for the date, the whole text's "two years later" counts."""
    calendar = Calendar.of("Nel 2010 al Bari; due anni dopo al Lecce.", None)

    assert calendar.allows(2012, None)
    assert not calendar.allows(2012, Reading())
    assert not calendar.allows(2013, None)


@pytest.mark.parametrize(
    ("text", "month", "first", "named"),
    [
        ("dal primo gennaio", 1, True, True),
        ("dal 1° gennaio 2024", 1, True, True),
        ("on January 1st", 1, True, True),
        ("1er janvier", 1, True, True),
        ("zum 1. Januar", 1, True, True),
        ("a 1 de janeiro", 1, True, True),
        ("01/01/2024", 1, True, False),
        ("2024-01-01", 1, True, False),
        ("a Capodanno", 1, True, False),
        ("l'11 gennaio", 1, False, True),
        ("21 gennaio", 1, False, True),
        ("January 10", 1, False, True),
        ("gennaio 2024", 1, False, True),
        ("they may go in march", 5, False, False),
        ("in May", 5, False, True),
        ("in march", 3, False, False),
        ("im Mai", 5, False, True),
        ("non mai", 5, False, False),
        ("dal primo marzo", 3, True, True),
    ],
)
def test_months_and_first_days(text: str, month: int, first: bool, named: bool) -> None:
    """The first of a month is known in all its forms, near misses apart."""
    calendar = Calendar.of(text, None)

    assert (first, named) == (calendar.prints_first(month), calendar.prints_month(month))


def test_days_near_publication() -> None:
    """A weekday with day and month is the one that fits within 300 days of publication."""
    printed = PrintedDate(month=12, day=31, weekday=6)

    assert Calendar.of("", dt.date(2024, 1, 2)).days(printed) == (dt.date(2023, 12, 31),)
    assert Calendar.of("", dt.date(2025, 1, 2)).days(printed) == ()
    assert Calendar.of("", dt.date.min).days(printed) == ()
    assert Calendar.of("", dt.date.max).days(printed) == ()


@pytest.mark.parametrize(
    "text",
    [
        "martedì 5 novembre ",
        "2018 fino al 2021 ",
        "13 ",
        "a",
        "1",
        "' ",
        "anni ",
        "mañana, sábado 3 de mayo ",
        "May 1 ",
        "Nel 2021 era a Bari, e due anni dopo a Lecce; martedì arriva il presidente. ",
    ],
)
def test_time_grows_with_length(text: str) -> None:
    """A text of 200,000 code points, hostile or not, costs far less than 2 s of processor time."""
    text *= 200_000 // len(text)
    start = time.process_time()
    calendar = Calendar.of(text, None)
    _ = calendar.anchor_year, calendar.anchor_day, calendar.allows(1907, None)
    _ = calendar.prints_first(1), calendar.prints_month(5), calendar.prints_midnight()

    assert time.process_time() - start < 2


def test_weekday_dates_of_both_orders() -> None:
    """Day and month stand in either order, with a year or without."""
    found = list(weekday_dates("mercoledi 13 marzo, tuesday, april 2nd 2024, 5 maggio"))

    assert found == [
        (PrintedDate(3, 13, None, 2), None),
        (PrintedDate(4, 2, 2024, 1), None),
    ]


def test_the_year_of_a_club_gives_no_year_to_its_news() -> None:
    """`Arcevia Calcio 1921` prints no date; a year behind another word does."""
    news = "{} comunica: seduta martedì 20 ottobre, come nel campionato scorso."

    assert Calendar.of(news.format("L'Arcevia Calcio 1921"), None).anchor_year is None
    assert Calendar.of(news.format("Fondata nel 1921, l'Arcevia"), None).anchor_year == 1925
    assert Calendar.of(news.format("L'U.S. 1921"), None).years == frozenset()
