"""When two names are one person or one team: pairs that are, and beside them pairs that are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.identity import same_person, same_team

SAME_PEOPLE = [
    ("Massimo Carrera", "Massimo Carrera"),
    ("Massimo Carrera", "MASSIMO CARRERA"),
    ("Massimo Carrera", "Carrera"),
    ("Massimo Carrera", "M. Carrera"),
    ("Massimo Carrera", "Carrera Massimo"),
    ("mister Carrera", "Massimo Carrera"),
    ("Sir Alex Ferguson", "Alex Ferguson"),
    ("Dott. Marco Castori", "M. Castori"),
    ("Zoran Petrušić", "Zoran Petrusic"),
    ("Sönke Petersen", "Soenke Petersen"),
    ("Sönke Petersen", "Sonke Petersen"),
    ("Ralf Stöver", "STÖVER"),
    ("Danilo Mužić", "D. Muzic"),
    ("José Mourinho", "Jose\u0301 Mourinho"),
    ("Roberto D'Aversa", "Roberto D’Aversa"),
    ("Roberto D'Aversa", "D'Aversa"),
    ("Daniele De Rossi", "De Rossi"),
    ("Daniele De Rossi", "D. De Rossi"),
    ("Gian Piero Gasperini", "Gianpiero Gasperini"),
    ("Gian Piero Gasperini", "G.P. Gasperini"),
    ("Gian Piero Gasperini", "Gasperini"),
    ("Jean-Pierre Rozec", "Jean Pierre Rozec"),
    ("François Le Hénaff", "Le Henaff"),
    ("Louis van Gaal", "Van Gaal"),
    ("Louis van Gaal", "Gaal"),
    ("Paulo de Sousa", "Paulo Sousa"),
    ("Luis Enrique", "Luis Enrique Martínez"),
    ("Elia Drigo", "E. Drigo"),
    ("Abel Fernando Moreira Ferreira", "Abel Ferreira"),
    ("António Calça e Pina", "António Calça Pina"),
    ("Julen Lopetegui Agote", "Julen Lopetegui"),
    ("José Pedro Meireles", "Pedro Meireles"),
    ("Francesco «Ciccio» Greco", "Francesco Greco"),
    ("Park Hang-seo", "Hang-seo Park"),
]

OTHER_PEOPLE = [
    ("Marco Castori", "Fabrizio Castori"),
    ("M. Castori", "Fabrizio Castori"),
    ("E. Castori", "Fabrizio Castori"),
    ("Massimo Carrera", "Massimo Carrara"),
    ("Massimo Carrera", "Massimo"),
    ("Massimo Carrera", "Massimo C."),
    ("Simone Inzaghi", "Filippo Inzaghi"),
    ("Sauro Morbidelli", "Nicola Morbidelli"),
    ("Daniel Sousa", "Paulo Sousa"),
    ("Daniele De Rossi", "Rossi"),
    ("Daniele De Rossi", "Daniele Rossi"),
    ("Marco Rossi", "Marco Rossini"),
    ("Don Revie", "Dan Revie"),
    ("Massimo Carrera", "mister"),
    ("", ""),
    ("Massimo Carrera", "?"),
]

SAME_TEAMS = [
    ("Ascoli", "ASCOLI"),
    ("Ascoli", "Ascoli Calcio 1898 FC S.p.A."),
    ("Roma", "A.S. Roma"),
    ("Roma", "A. S. Roma 1927"),
    ("l'Ascoli", "Ascoli"),
    ("L'Aquila", "L’Aquila Calcio"),
    ("Köln", "1. FC Köln"),
    ("Schalke", "FC Schalke 04"),
    ("Inter", "Internazionale"),
    ("Inter", "F.C. Internazionale Milano"),
    ("Inter", "Inter Milan"),
    ("Juventus", "Juve"),
    ("Verona", "Hellas Verona"),
    ("Milan", "AC Milan"),
    ("Atlético Madrid", "Atlético de Madrid"),
    ("Atlético Madrid", "Atletico Madrid"),
    ("Spartak Mosca", "Spartak Moscow"),
    ("Spartak Mosca", "FK Spartak Moskva"),
    ("AEK Atene", "AEK Athens"),
    ("Bayern Monaco", "FC Bayern München"),
    ("Manchester United", "Man Utd"),
    ("Leeds", "Leeds United"),
    ("Harrowby Town", "Harrowby"),
    ("Tottenham", "Tottenham Hotspur"),
    ("Brighton", "Brighton & Hove Albion"),
    ("Paris Saint-Germain", "PSG"),
    ("Vitória de Guimarães", "Vitória Guimarães"),
    ("Sporting", "Sporting CP"),
    ("Italia Under 19", "Italia U19"),
    ("Italia", "Italy"),
    ("Chelsea Women", "Chelsea FC Women"),
    ("Roma Femminile", "AS Roma Women"),
    ("Pallacanestro Montefosco", "Montefosco"),
    ("St. Pauli", "FC Sankt Pauli"),
    (None, None),
]

OTHER_TEAMS = [
    ("Inter", "Internacional"),
    ("Inter", "Inter Miami"),
    ("Milan", "Milan Futuro"),
    ("Milan", "Inter Milan"),
    ("Real Madrid", "Atlético Madrid"),
    ("Real Madrid", "Real Madrid Castilla"),
    ("Real Madrid", "Madrid"),
    ("Real Cisana", "Cisana"),
    ("Manchester United", "Manchester City"),
    ("Manchester United", "Manchester"),
    ("Sheffield United", "Sheffield Wednesday"),
    ("Bristol City", "Bristol Rovers"),
    ("Italia Under 19", "Italia Under 21"),
    ("Italia Under 19", "Italia"),
    ("Chelsea", "Chelsea Women"),
    ("Barcelona", "Barcelona B"),
    ("Bayern München", "Bayern München II"),
    ("Köln", "Fortuna Köln"),
    ("Spartak Mosca", "Lokomotiv Mosca"),
    ("Verona", "Virtus Verona"),
    ("Sporting", "Sporting Gijón"),
    ("Athletic Bilbao", "Atlético Madrid"),
    ("Roma", None),
    ("FC", "AC"),
]


@pytest.mark.parametrize(("one", "other"), SAME_PEOPLE)
def test_one_person(one: str, other: str) -> None:
    """Accents, case, titles, initials, order and left-out names make no other person."""
    assert same_person(one, other)
    assert same_person(other, one)


@pytest.mark.parametrize(("one", "other"), OTHER_PEOPLE)
def test_two_people(one: str, other: str) -> None:
    """Another first name, another surname or no surname at all is someone else."""
    assert not same_person(one, other)
    assert not same_person(other, one)


@pytest.mark.parametrize(("one", "other"), SAME_TEAMS)
def test_one_team(one: str | None, other: str | None) -> None:
    """Legal forms, years, languages and well-known short forms make no other team."""
    assert same_team(one, other)
    assert same_team(other, one)


@pytest.mark.parametrize(("one", "other"), OTHER_TEAMS)
def test_two_teams(one: str | None, other: str | None) -> None:
    """A like name, the women, the reserves and an age group are teams of their own."""
    assert not same_team(one, other)
    assert not same_team(other, one)


@given(st.text(), st.text())
def test_the_order_of_the_two_does_not_matter(one: str, other: str) -> None:
    """Both questions are symmetric, for any two strings."""
    assert same_person(one, other) == same_person(other, one)
    assert same_team(one, other) == same_team(other, one)
    assert same_team(one, one)
