"""Career histories: stations and honours of coaches, and nothing of a time as a player."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from touchline import Document
from touchline.builtin.careerwords import career_words
from touchline.builtin.model import answer

_PUBLISHED = dt.date(2023, 6, 20)


def _told(text: str, language: str) -> set[tuple[str, str, str | None, str | None]]:
    """Type, surname, team and date of each event of a text."""
    document = Document(text, language=language, published=_PUBLISHED)
    events = json.loads(answer(document))["events"]
    return {
        (event["type"], event["person"].split()[-1], event["team"], event["date"])
        for event in events
    }


_STATIONS = [
    (
        "it",
        (
            "Il tecnico Aldo Ferri ha 50 anni. Dal 2009 al 2012 ha guidato il Montefalco, poi"
            " due anni"
            " all'Arcevia."
        ),
        {("Montefalco", "2009"), ("Arcevia", None)},
    ),
    (
        "it",
        (
            "Aldo Ferri\nPreparatore atletico\nHa lavorato al Montefalco dal 2011 al 2014,"
            " all'Arcevia"
            " nel 2015 e al Barga dal 2016 al 2020."
        ),
        {("Montefalco", "2011"), ("Arcevia", "2015"), ("Barga", "2016")},
    ),
    (
        "en",
        "Manager Alan Firth is 50. He had spells at Marlow Town, Denby Rovers and Elmswood United.",
        {("Marlow Town", None), ("Denby Rovers", None), ("Elmswood United", None)},
    ),
    (
        "en",
        (
            "Coaching career of Alan Firth\n1998-2001 Marlow Town (assistant manager)\n"
            "2001-04 Denby Rovers"
        ),
        {("Marlow Town", "1998"), ("Denby Rovers", "2001")},
    ),
    (
        "pt",
        (
            "O técnico Aldo Ferraz tem 50 anos. Ele comandou Montalvo (2014), Serrinha"
            " (2015-2016) e"
            " Barreiro (2017)."
        ),
        {("Montalvo", "2014"), ("Serrinha", "2015/2016"), ("Barreiro", "2017")},
    ),
    (
        "es",
        "El técnico Aldo Ferrer tiene 50 años. Dirigió al Montalvo, al Serrano FC y al Pinar CF.",
        {("Montalvo", None), ("Serrano FC", None), ("Pinar CF", None)},
    ),
    (
        "de",
        "Trainerlaufbahn von Karl Ferber\n2004–2007 SV Arnsheim\n2007–2010 VfB Ancenau",
        {("SV Arnsheim", "2004"), ("VfB Ancenau", "2007")},
    ),
    (
        "fr",
        "Carrière d'entraîneur de Michel Roussel\n2003-2006 : US Valmont\n2010 : FC Ancenay",
        {("US Valmont", "2003"), ("FC Ancenay", "2010")},
    ),
]


@pytest.mark.parametrize(("language", "text", "teams"), _STATIONS)
def test_stations_of_a_career_are_told_with_their_years(
    language: str, text: str, teams: set[tuple[str, str | None]]
) -> None:
    """Each team of a list or a line is an appointment of the coach spoken of."""
    told = {(team, date) for kind, _, team, date in _told(text, language) if kind == "appointment"}
    assert told == teams


_HONOURS = [
    (
        "it",
        (
            "Il tecnico Aldo Ferri ha 50 anni. Con il Montefalco ha conquistato una Coppa Italia"
            " (2018-2019) e due Supercoppe italiane (2017 e 2019)."
        ),
        {("Montefalco", "2018/2019"), ("Montefalco", "2017"), ("Montefalco", "2019")},
    ),
    (
        "en",
        (
            "Manager Alan Firth is 50. He won the Marlow Cup with Denby Rovers in 1998 and the"
            " Elm Trophy with Elmswood United in 2000."
        ),
        {("Denby Rovers", "1998"), ("Elmswood United", "2000")},
    ),
    (
        "pt",
        (
            "O técnico Aldo Ferraz foi campeão com o Montalvo, em 2019, e bicampeão com o"
            " Serrano FC (2014/2015)."
        ),
        {("Montalvo", "2019"), ("Serrano FC", "2014"), ("Serrano FC", "2015")},
    ),
    (
        "es",
        (
            "La entrenadora Ana Ferrer ganó dos Ligas (2015 y 2017) y una Copa de la Reina (2016)"
            " con el Montalvo FC."
        ),
        {("Montalvo FC", "2015"), ("Montalvo FC", "2016"), ("Montalvo FC", "2017")},
    ),
]


@pytest.mark.parametrize(("language", "text", "honours"), _HONOURS)
def test_honours_are_told_once_for_each_year(
    language: str, text: str, honours: set[tuple[str, str]]
) -> None:
    """A prize with two years is two honours, at the team that the list names."""
    told = {(team, date) for kind, _, team, date in _told(text, language) if kind == "honour"}
    assert told == honours


_NONE = [
    # A time as a player.
    (
        "it",
        (
            "Il tecnico Aldo Ferri ha 50 anni. Da calciatore ha vestito le maglie di"
            " Montefalco e Barga"
            " e vinto un campionato di Serie C nel 1995."
        ),
    ),
    (
        "it",
        (
            "Giocatore\nCresciuto nel Montefalco, passa al Barga, con cui vince il campionato"
            " di Serie B nel 1989.\nIl tecnico Aldo Ferri vive a Lucca."
        ),
    ),
    (
        "en",
        (
            "Manager Alan Firth, who played for Marlow Town and Denby Rovers, won the Elm Cup as a"
            " player in 1996."
        ),
    ),
    ("en", "Striker Alan Firth had spells at Marlow Town and Denby Rovers and won the Elm Trophy."),
    (
        "pt",
        (
            "O técnico Aldo Ferraz tem 50 anos. Como jogador, passou por Montalvo e Serrano FC"
            " e ganhou"
            " a Copa Paulista em 1999."
        ),
    ),
    (
        "es",
        (
            "El delantero Aldo Ferrer pasó por Montalvo FC, Serrano FC y Pinar CF, y ganó la Copa"
            " Federación en 2018. El entrenador Juan Mora cuenta con él."
        ),
    ),
    # Another one's, a team's, or nothing won.
    (
        "it",
        "Il tecnico Aldo Ferri sfida il Montefalco, che ha vinto la Coppa Italia nel 2019.",
    ),
    ("it", "Il tecnico Aldo Ferri ha perso con il Montefalco una finale di Coppa Italia (2018)."),
    (
        "it",
        (
            "Il tecnico Aldo Ferri ha 50 anni. Ha portato il Montefalco fino alle semifinali di"
            " Coppa Italia nel 2018."
        ),
    ),
    ("it", "Il tecnico Aldo Ferri ha ottenuto una salvezza in Serie A con il Montefalco nel 2018."),
    ("es", "El técnico Aldo Ferrer tiene 50 años. Pasó por la Coordinación de Deportes."),
    ("en", "Manager Alan Firth won a cup tie with Marlow Town in 2019."),
    ("es", "El técnico Aldo Ferrer ganó un partido de Copa con el Montalvo FC en 2019."),
    (
        "it",
        (
            "Il tecnico Aldo Ferri ha 50 anni. Il presidente Ivo Neri ha lavorato al"
            " Montefalco e al"
            " Barga."
        ),
    ),
]


@pytest.mark.parametrize(("language", "text"), _NONE)
def test_near_misses_of_a_career_are_passed_over(language: str, text: str) -> None:
    """A playing career, another person's career, a lost final: no honour and no station."""
    kinds = {kind for kind, *_ in _told(text, language)}
    assert kinds.isdisjoint({"honour", "appointment"})


_CHRONICLE = (
    "Il tecnico Aldo Ferri ha 60 anni. Nel 1989 ha guidato il Montefalco. Nel 1991 se lo prese il"
    " Barga FC. "
)


def test_a_date_and_a_new_team_go_on_with_a_history() -> None:
    """Whatever the verb, a clause with a date and one new team is a station."""
    assert ("appointment", "Ferri", "Barga FC", "1991") in _told(_CHRONICLE, "it")


@pytest.mark.parametrize(
    "clause",
    [
        "Nel 1993 perse contro il Real Vico.",
        "Nel 1993 il presidente Ivo Neri passa al Real Vico.",
        "Nel 1993 il Real Vico di Carlo Neri scende in campo.",
        "Una finale con il Real Vico nel 1993.",
    ],
)
def test_an_opponent_or_another_one_is_no_station(clause: str) -> None:
    """A date and a team with an opponent, another person or a final tell of no station."""
    teams = {team for _, name, team, _ in _told(_CHRONICLE + clause, "it") if name == "Ferri"}
    assert "Real Vico" not in teams


_ENDINGS = [
    (
        "it",
        "Il tecnico Aldo Ferri ha 50 anni. Nel 2013 passa al Montefalco. Viene esonerato nel 2014.",
        ("dismissal", "Ferri", "Montefalco", "2014"),
    ),
    (
        "es",
        "El técnico Aldo Ferrer tiene 50 años. Dirigió al Montalvo FC en 2005. Dimitió en 2008.",
        ("resignation", "Ferrer", "Montalvo FC", "2008"),
    ),
    (
        "it",
        (
            "Il tecnico Aldo Ferri ha 50 anni. Nel 2013 passa al Montefalco, esonerato a marzo; "
            "quindi le stagioni all'Arcevia (2015-2017) e al Casteldoria."
        ),
        ("dismissal", "Ferri", "Montefalco", "2013"),
    ),
]


@pytest.mark.parametrize(("language", "text", "ending"), _ENDINGS)
def test_an_ending_is_told_at_the_team_of_the_history(
    language: str, text: str, ending: tuple[str, str, str, str]
) -> None:
    """A sacking with no team of its own belongs to the station told last."""
    assert ending in _told(text, language)


def test_an_unknown_class_of_careers_is_refused() -> None:
    """A misspelt class would be read by nobody."""
    with pytest.raises(ValueError, match="`menaged`"):
        career_words({"menaged": "coached"})
