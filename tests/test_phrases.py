"""What a phrase prints of a date, in six languages, with the near misses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.phrases import PrintedDate, Reading, read

WEDNESDAY_13_MARCH = PrintedDate(month=3, day=13, weekday=2)


@pytest.mark.parametrize(
    "phrase",
    [
        *(
            "mercoledì 13 marzo",
            "Mercoledì 13 marzo, alle 18",
            "mer. 13 marzo",
            "MERCOLEDÌ 13 MARZO",
        ),
        *(
            "mercoledi\u0300 13 marzo",
            "mercoledì, 13 marzo",
            "mercoledì 13/3",
            "mercoledì tredici marzo",
        ),
        *("Wednesday 13 March", "Wednesday, March 13", "Wednesday, 13th of March", "Wed 13 Mar"),
        *("Wednesday, March the 13th", "on Wednesday March 13th at 6pm", "Wed. March 13"),
        *("miércoles 13 de marzo", "el miércoles, 13 de marzo", "mié 13 de marzo"),
        *("Mittwoch, den 13. März", "am Mittwoch, dem 13. März", "Mittwoch, 13.März"),
        *("mercredi 13 mars", "le mercredi 13\u00a0mars", "Mer. 13 mars"),
        *(
            "quarta-feira, 13 de março",
            "quarta, dia 13 de março",
            "na quarta\u2011feira 13 de março",
        ),
    ],
)
def test_weekday_day_and_month(phrase: str) -> None:
    """Weekday, day and month are read in all languages and forms."""
    assert read(phrase).dates == (WEDNESDAY_13_MARCH,)


@pytest.mark.parametrize(
    ("phrase", "date"),
    [
        ("13 marzo 2024", PrintedDate(3, 13, 2024)),
        ("13 de março de 2024", PrintedDate(3, 13, 2024)),
        ("13. März 2024", PrintedDate(3, 13, 2024)),
        ("March 13, 2024", PrintedDate(3, 13, 2024)),
        ("13/03/2024", PrintedDate(3, 13, 2024)),
        ("3/13/2024", PrintedDate(3, 13, 2024)),
        ("13.3.2024", PrintedDate(3, 13, 2024)),
        ("2024-03-13", PrintedDate(3, 13, 2024)),
        ("13.03.24", PrintedDate(3, 13)),
        ("4/4/2024", PrintedDate(4, 4, 2024)),
        ("il primo aprile", PrintedDate(4, 1)),
        ("1er mai 2023", PrintedDate(5, 1, 2023)),
        ("1º de janeiro", PrintedDate(1, 1)),
        ("the first of March", PrintedDate(3, 1)),
        ("treinta y uno de enero", PrintedDate(1, 31)),
        ("nell'agosto del 2012", PrintedDate(8, None, 2012)),
        ("agosto de 2012", PrintedDate(8, None, 2012)),
        ("im August", PrintedDate(8)),
        ("a marzo", PrintedDate(3)),
        ("in May", PrintedDate(5)),
        ("im Mai", PrintedDate(5)),
        ("may 2021", PrintedDate(5, None, 2021)),
        ("12 ago 2021", PrintedDate(8, 12, 2021)),
        ("Sept. 13, 2021", PrintedDate(9, 13, 2021)),
    ],
)
def test_other_dates(phrase: str, date: PrintedDate) -> None:
    """Dates with a year, months, figures, ordinals and abbreviations are read."""
    assert read(phrase).dates == (date,)


@pytest.mark.parametrize(
    "phrase",
    [
        *("they may leave", "may", "march on", "the march of time", "the players marched"),
        *("sat down", "he sat on the bench", "sun", "the sun", "wed in June"[:3], "mon ami"),
        *("mai", "non aveva mai vinto", "Nicola Marzo", "l'ex Beppe Agosto", "dez anos"),
        *("won 13 out of 20", "3 set a 1", "alle 18.30", "2-1", "quinta vitória", "la quinta"),
        *("segunda divisão", "", "   ", "?!", "90 minuti", "il 13"),
    ],
)
def test_what_is_no_date(phrase: str) -> None:
    """Ordinary words that look like months, weekdays or dates are left alone."""
    reading = read(phrase)

    assert (reading.dates, reading.weekdays, reading.offset) == ((), (), None)


@pytest.mark.parametrize(
    ("phrase", "days"),
    [
        ("il 13 e 14 marzo", [13, 14]),
        ("13-15 marzo", [13, 15]),
        ("dal 13 al 15 marzo", [13, 15]),
        ("13. bis 20. März", [13, 20]),
        ("dal 13 marzo al 30 giugno", [13, 30]),
        ("3/4/2024", [3, 4]),
    ],
)
def test_two_dates(phrase: str, days: list[int]) -> None:
    """A range, a choice and an order of figures that can mean two dates give two."""
    assert sorted(date.day or 0 for date in read(phrase).dates) == days


@pytest.mark.parametrize(
    ("phrase", "offset"),
    [
        *(("ieri", -1), ("l'altro ieri", -2), ("L’altro ieri", -2), ("oggi stesso", 0)),
        *(("stamattina", 0), ("domani alle 15", 1), ("dopodomani", 2), ("domattina", 1)),
        *(("yesterday", -1), ("the day before yesterday", -2), ("tonight", 0), ("this morning", 0)),
        *(("tomorrow night", 1), ("the day after tomorrow", 2)),
        *(("ayer", -1), ("anteayer", -2), ("hoy", 0), ("mañana", 1), ("pasado mañana", 2)),
        *(("mañana por la mañana", 1), ("ayer por la mañana", -1), ("esta mañana", 0)),
        *(("gestern Abend", -1), ("vorgestern", -2), ("heute Morgen", 0), ("morgen früh", 1)),
        *(("übermorgen", 2), ("diesen Morgen", 0)),
        *(("hier soir", -1), ("avant-hier", -2), ("aujourd’hui", 0), ("après-demain", 2)),
        *(("ontem à noite", -1), ("anteontem", -2), ("hoje", 0), ("depois de amanhã", 2)),
        *(
            ("por la mañana", None),
            ("a media mañana", None),
            ("am Morgen", None),
            ("morgens", None),
        ),
        *(("jeden Morgen", None), ("Dienstag Morgen", None), ("de manhã", None), ("manana", 1)),
        *(
            ("lendemain", None),
            ("tra ieri e oggi", None),
            ("soggiorno", None),
            ("ierimattina", None),
        ),
        ("ieri sera al termine di un lungo consiglio straordinario", None),
    ],
)
def test_relative_days(phrase: str, offset: int | None) -> None:
    """Words for a day count from publication; mornings, and long phrases, do not."""
    assert read(phrase).offset == offset


@pytest.mark.parametrize(
    ("phrase", "weekdays", "direction"),
    [
        ("giovedì", (3,), 0),
        ("giovedì scorso", (3,), -1),
        ("giovedì prossimo", (3,), 1),
        ("next Thursday", (3,), 1),
        ("last Thursday", (3,), -1),
        ("el jueves pasado", (3,), -1),
        ("el jueves que viene", (3,), 1),
        ("am kommenden Donnerstag", (3,), 1),
        ("am Donnerstagabend", (3,), 0),
        ("jeudi dernier", (3,), -1),
        ("na quinta-feira", (3,), 0),
        ("na quinta", (3,), 0),
        ("quinta passada", (3,), -1),
        ("tra sabato e domenica", (5, 6), 0),
        ("Saturdays", (), 0),
        ("samstags", (), 0),
    ],
)
def test_weekdays(phrase: str, weekdays: tuple[int, ...], direction: int) -> None:
    """A weekday alone is read with the word that points ahead or back."""
    reading = read(phrase)

    assert (weekdays, direction) == (reading.weekdays, reading.direction)


@pytest.mark.parametrize(
    "phrase",
    [
        *("il giorno prima", "il sabato successivo", "entro marzo", "ogni domenica", "ancora oggi"),
        *("the day before", "the following day", "the Saturday after", "still today", "by March"),
        *("al día siguiente", "la víspera", "am Tag darauf", "zwei Tage später", "le lendemain"),
        *("la veille", "no dia seguinte", "fino al 30 giugno 2026", "until 30 June", "bis Samstag"),
        *("hasta hoy", "jusqu’en juin", "até sábado", "sabato 9 e domenica 10 marzo", "x" * 200),
    ],
)
def test_narrated(phrase: str) -> None:
    """What counts from another moment, or is an end to come, is marked."""
    assert read(phrase).narrated


@pytest.mark.parametrize(
    ("phrase", "spans"),
    [
        *(
            ("tre anni dopo", {3}),
            ("un anno dopo", {1}),
            ("l'anno successivo", {1}),
            ("3 anni fa", {3}),
        ),
        *(("ten years later", {10}), ("the following year", {1}), ("thirty-one years later", {31})),
        *(("dos años después", {2}), ("al año siguiente", {1}), ("zehn Jahre später", {10})),
        *(("ein Jahr später", {1}), ("im Jahr darauf", {1}), ("dix ans plus tard", {10})),
        *(("l’année suivante", {1}), ("no ano seguinte", {1}), ("vinte e cinco anos depois", {25})),
        *(("nell'anno 2016", set()), ("an hour later", set()), ("tre giorni dopo", set())),
    ],
)
def test_spans(phrase: str, spans: set[int]) -> None:
    """Distances in years are read in figures and words."""
    assert read(phrase).spans == spans


@pytest.mark.parametrize(
    ("phrase", "years", "hinted"),
    [
        ("nel 2009", {2009}, ""),
        ("stagione 2016/17", {2016, 2017}, ""),
        ("stagione 2016-2017", {2016, 2017}, ""),
        ("1999/00", {1999, 2000}, ""),
        ("2024-03", {2024}, ""),
        ("dal 2016-19", {2016, 2019}, ""),
        ("2016-12", {2016}, ""),
        ("2017/2016", {2017}, ""),
        ("nel '98", set(), "1998"),
        ("negli anni Duemila", set(), "2000 2009"),
        ("the '80s", set(), "1980 1989"),
        ("años 90", set(), "1990 1999"),
        ("modello X2018", set(), ""),
        ("the 1990s", set(), "1990 1999"),
        ("gli anni Ottanta", set(), "1980 1989"),
        ("in den neunziger Jahren", set(), "1990 1999"),
        ("l'11 luglio", set(), ""),
        ("al 45' minuto", set(), ""),
        ("1900 spettatori", set(), ""),
        ("2000 euro", set(), ""),
        ("20244", set(), ""),
        ("1849 o 2101", set(), ""),
    ],
)
def test_years(phrase: str, years: set[int], hinted: str) -> None:
    """Years, seasons, short years and decades are read; counts and days are not."""
    reading = read(phrase)

    assert reading.years - {1990} == years
    assert {int(year) for year in hinted.split()} <= reading.hinted
    assert bool(hinted) == bool(reading.hinted)


@given(st.text(max_size=300))
def test_any_text_can_be_read(phrase: str) -> None:
    """Reading never fails, and gives days and months of a calendar."""
    reading = read(phrase)

    assert isinstance(reading, Reading)
    assert all(1 <= date.month <= 12 for date in reading.dates)
