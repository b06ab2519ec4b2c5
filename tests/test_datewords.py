"""The tables of date words: complete, without clashes, and told apart from ordinary words."""

from __future__ import annotations

import pytest

from touchline import datewords
from touchline.lookups import by_word, folded, number_at, plain, tokens_of

NUMBERED = (
    *("MONTHS", "MONTHS_LOWERCASE", "MONTHS_BY_NUMBER", "WEEKDAYS", "WEEKDAYS_BY_NUMBER"),
    *("RELATIVE_DAYS", "NUMBERS", "TENS", "DECADES"),
)


@pytest.mark.parametrize("name", NUMBERED)
def test_no_word_has_two_values(name: str) -> None:
    """Folding makes no two words of one table the same with different values."""
    values: dict[str, set[int]] = {}
    for value, words in getattr(datewords, name).items():
        for word in plain(words):
            values.setdefault(word, set()).add(value)

    assert [word for word, found in values.items() if len(found) > 1] == []


def test_safe_words_are_not_in_the_careful_tables() -> None:
    """A word counts either alone or only beside a number."""
    months = {*by_word(datewords.MONTHS), *by_word(datewords.MONTHS_LOWERCASE)}

    assert months.isdisjoint(by_word(datewords.MONTHS_BY_NUMBER))
    assert set(by_word(datewords.WEEKDAYS)).isdisjoint(by_word(datewords.WEEKDAYS_BY_NUMBER))


@pytest.mark.parametrize(
    "names",
    [
        (
            "gennaio febbraio marzo aprile maggio giugno "
            "luglio agosto settembre ottobre novembre dicembre"
        ),
        "January February March April May June July August September October November December",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    ],
)
def test_every_language_has_its_months(names: str) -> None:
    """The twelve names of each language stand for 1 to 12."""
    tables = (datewords.MONTHS, datewords.MONTHS_LOWERCASE, datewords.MONTHS_BY_NUMBER)
    months = {word: value for table in tables for word, value in by_word(table).items()}

    assert [months[folded(name).casefold()] for name in names.split()] == list(range(1, 13))


@pytest.mark.parametrize(
    "names",
    [
        "lunedì martedì mercoledì giovedì venerdì sabato domenica",
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "lunes martes miércoles jueves viernes sábado domingo",
        "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "segunda terça quarta quinta sexta sábado domingo",
    ],
)
def test_every_language_has_its_weekdays(names: str) -> None:
    """The seven names of each language stand for Monday 0 to Sunday 6."""
    weekdays = by_word(datewords.WEEKDAYS) | by_word(datewords.WEEKDAYS_BY_NUMBER)

    assert [weekdays[folded(name).casefold()] for name in names.split()] == list(range(7))


@pytest.mark.parametrize(
    ("phrase", "number"),
    [
        ("ventitré", 23),
        ("trentuno", 31),
        ("twenty-two", 22),
        ("thirty one", 30),
        ("treinta y uno", 31),
        ("dieciséis", 16),
        ("einunddreißig", 31),
        ("fünfzig", 50),
        ("vingt-deux", 22),
        ("vingt et un", 21),
        ("vinte e cinco", 25),
        ("12", 12),
        ("2024", None),
        ("ventilatore", None),
    ],
)
def test_numbers(phrase: str, number: int | None) -> None:
    """Numbers are read in figures and words, those of two words as well."""
    tokens = tokens_of(folded(phrase))
    last = 0 if phrase == "thirty one" else len(tokens) - 1

    assert number_at(tokens, last)[1] == number
