"""When two names are one person or one team: pairs that are, and beside them pairs that are not."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growth import growth
from touchline.identity import (
    begins_upper,
    capitalised,
    given_names_agree,
    name_tokens,
    own_words,
    same_person,
    same_team,
    tidy,
)

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
    ("Massimo Carrera", "Carrera M."),
    ("M. Carrera", "Carrera Massimo"),
    ("M. Carrera", "Carrera M."),
    ("Daniele De Rossi", "De Rossi D."),
    ("Gian Piero Gasperini", "Gasperini G.P."),
    ("Gianpiero Gasperini", "Gasperini Gian Piero"),
    ("Carlo Rossi", "Rossi Carlo Maria"),
    ("Rossi Carlo", "Carlo Maria Rossi"),
    ("Li Wei", "Wei Li"),
    ("Maria Li Calzi", "Li Calzi"),
    ("Luis García Jr.", "Luis García Júnior"),
    ("Luis García Jr.", "L. García Jr."),
    ("Luis García Jr.", "García"),
    ("Dorival Júnior", "Dorival Silvestre Jr."),
    ("Dorival Júnior", "Júnior"),
    ("Abel Neto", "Abel Neto Silva"),
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
    ("Massimo Carrera", "Carrera F."),
    ("F. Carrera", "Carrera Massimo"),
    ("Massimo Carrera", "Massimo F."),
    ("Daniele De Rossi", "Rossi D."),
    ("Paolo Rossi", "Rossi Carlo Maria"),
    ("Carlo Rossi", "Rossi Maria"),
    ("Li Wei", "Wang Li"),
    ("Li Wei", "Li Tie"),
    ("Maria Li Calzi", "Calzi"),
    ("Luis García", "Luis García Jr."),
    ("García Luis", "Luis García Jr."),
    ("Luis García Sr.", "Luis García Jr."),
    ("Luis Pérez Jr.", "Luis García Jr."),
    ("Antônio Moreira", "Antônio Moreira Neto"),
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
    ("Oxford", "Oxford United"),
    ("Oxford", "Oxford City"),
    ("Torquay United", "Torquay Utd"),
    ("Brighton", "Brighton Albion"),
    ("York", "York City"),
    ("New York City", "New York City FC"),
    ("Roma City", "Roma City FC"),
    ("Monaco", "AS Monaco 1924"),
    ("Monaco 1860", "TSV 1860 München"),
    ("Barcelona", "Barça"),
    ("Barcelona SC", "Barcelona Sporting Club"),
    ("Barcelona SC", "Barcelona de Guayaquil"),
    ("Paris FC", "Paris Football Club"),
    ("Ascoli", "Ascoli Calcio 1898 F.C. S.p.A."),
    ("Venezia", "Venezia F.C. S.r.l."),
    ("Venezia", "S.S.D. Venezia"),
    ("Mainz", "1. FSV Mainz 05"),
    ("Magonza", "Mainz 05"),
    ("Eintracht Frankfurt", "Frankfurt"),
    ("Dinamo Kiev", "Dynamo Kyiv"),
    ("Austria", "Österreich"),
    ("Autriche", "Österreich"),
    ("Austria Vienna", "FK Austria Wien"),
    ("Real Betis Balompié", "Betis"),
    ("Brasil Sub-20", "Sub-20 de Brasil"),
    ("England Under-21s", "England U21"),
    ("Italia Under 21 femminile", "Italia femminile Under 21"),
    ("Irlanda del Nord", "Northern Ireland"),
    ("Nordirland", "Irlande du Nord"),
    ("Irlanda", "Republic of Ireland"),
    ("Corea del Sud", "South Korea"),
    ("Barça B", "Barcelona B"),
    ("Barça Femení", "Barcelona Women"),
    ("Man Utd Women", "Manchester United Women"),
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
    ("Oxford United", "Oxford City"),
    ("Cambridge United", "Cambridge City"),
    ("Adelaide United", "Adelaide City"),
    ("Torquay United", "Torquay Town"),
    ("Carlisle United", "Carlisle City"),
    ("New York City", "New York"),
    ("Kansas City", "Kansas"),
    ("Melbourne City", "Melbourne"),
    ("Queens Park", "Queens Park Rangers"),
    ("Roma City", "Roma"),
    ("Monaco 1860", "Monaco"),
    ("Monaco 1860", "Bayern Monaco"),
    ("FC Barcelona", "Barcelona SC"),
    ("Paris FC", "Paris"),
    ("Paris FC", "PSG"),
    ("Ascoli F.C. S.p.A.", "Ancona F.C. S.p.A."),
    ("Venezia F.C. B", "Venezia F.C."),
    ("FSV Frankfurt", "Eintracht Frankfurt"),
    ("1. FSV Mainz 05 II", "Mainz"),
    ("Dinamo Kiev", "Dinamo Mosca"),
    ("Austria", "Austria Wien"),
    ("Österreich", "Australien"),
    ("Real Betis Balompié", "Real Sociedad"),
    ("Sub-20 de Brasil", "Sub-17 de Brasil"),
    ("Sub-20 de Brasil", "Brasil"),
    ("England Under-21s", "England"),
    ("Irlanda del Nord", "Irlanda"),
    ("Republic of Ireland", "Northern Ireland"),
    ("Corea del Sud", "Corea del Nord"),
    ("Barça B", "Barça"),
    ("Barça B", "Barça Femení"),
    ("Man Utd Women", "Man City Women"),
    ("B 93", "B 1903"),
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
    assert same_person(one, one) or not same_person(one, other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Fabrizio Castori", "Fabrizio Castori", True),
        ("Fabrizio Castori", "FABRIZIO CASTORI", True),
        ("Fabrizio Castori", "Castori", True),
        ("Fabrizio Castori", "F. Castori", True),
        ("Fabrizio Castori", "Castori Fabrizio", True),
        ("Sérgio Conceição", "Sergio Conceicao", True),
        ("Roberto De Zerbi", "De Zerbi", True),
        ("Paulo de Sousa", "Paulo Sousa", True),
        ("Luiz Felipe Scolari", 'Luiz Felipe "Felipão" Scolari', True),
        ("Luis Enrique", "Luis Enrique Martínez", True),
        ("Pierre-Emerick Stone", "Pierre Emerick Stone", True),
        ("Fabrizio Castori", "Marco Castori", False),
        ("Fabrizio Castori", "M. Castori", False),
        ("Fabrizio Castori", "Fabrizia Castori", False),
        ("Fabrizio Castori", "Fabrizio Castoro", False),
        ("Fabrizio Castori", "Fabrizio", False),
        ("Daniele De Rossi", "Paolo Rossi", False),
        ("", "Castori", False),
        ("…", "…", False),
    ],
)
def test_same_person(one: str, other: str, *, same: bool) -> None:
    """A surname and no given name against it make one person, whichever comes first."""
    assert same_person(one, other) is same
    assert same_person(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ([], ["fabrizio"], True),
        (["f"], ["fabrizio"], True),
        (["luiz"], ["luiz", "felipe"], True),
        (["felipe"], ["luiz", "felipe"], True),
        (["de"], ["paulo"], True),
        (["felipe", "luiz"], ["luiz", "felipe"], False),
        (["m"], ["fabrizio"], False),
        (["fa"], ["fabrizio"], False),
    ],
)
def test_given_names_agree(one: list[str], other: list[str], *, agree: bool) -> None:
    """Given names agree where all of one stand in the other, in order."""
    assert given_names_agree(one, other) is agree
    assert given_names_agree(other, one) is agree


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("AS Roma", "Roma", True),
        ("1. FC Köln", "FC Koln", True),
        ("Ascoli Calcio 1898", "ASCOLI", True),
        ("FC", "FC", True),
        (None, None, True),
        ("Roma", None, False),
        ("Roma", "Lazio", False),
        ("Milan", "Milan Futuro", False),
        ("Schalke 04", "Schalke", True),
        ("Italia Under 19", "Italia Under 21", False),
        ("Brasil Sub-20", "Brasil", False),
        ("Manchester United", "Manchester City", False),
        ("FC", "AS", False),
    ],
)
def test_same_team(one: str | None, other: str | None, *, same: bool) -> None:
    """Legal forms and years do not count; every other word does."""
    assert same_team(one, other) is same
    assert same_team(other, one) is same


@pytest.mark.parametrize(
    ("name", "words", "form"),
    [
        ("Ugo Sant'Elmo", ["Ugo", "Sant", "Elmo"], "Ugo Sant'Elmo"),
        ("<b>Ugo</b>\n Rossi", ["Ugo", "Rossi"], "Ugo Rossi"),
        ("Ros\u00adsi\x00", ["Rossi"], "Rossi"),
        ("Terzic\u0301", ["Terzić"], "Terzić"),
        ("…", [], "…"),
    ],
)
def test_words_and_form_of_a_name(name: str, words: list[str], form: str) -> None:
    """Markup, hidden characters and line breaks are no part of a name."""
    assert own_words(name) == words
    assert tidy(name) == form


def test_name_tokens_are_bare() -> None:
    """The words of a name compare without case and accents."""
    assert name_tokens("Edin TERZIĆ-Groß") == ("edin", "terzic", "gross")


@pytest.mark.parametrize(
    ("form", "upper"),
    [
        ("Castori", True),
        ("il castori", False),
        ("Il Mister", False),
        ("van Gaal", True),
        ("王", True),
    ],
)
def test_a_name_begins_with_a_capital(form: str, *, upper: bool) -> None:
    """Some word that is no title has a capital, where the script has any."""
    assert capitalised(form) is upper
    assert begins_upper("É")
    assert not begins_upper("é")


@pytest.mark.parametrize("piece", ["<", "a", "a ", "\u0301", "\x00", "<b>", "'", "a.", "city "])
def test_names_are_read_in_linear_time(piece: str) -> None:
    """A name as long as an article costs no more than its length."""
    assert growth(own_words, piece) < 3
    assert growth(tidy, piece) < 3
    turn = count()  # what was read before is remembered, and would cost nothing
    assert growth(lambda name: same_person(f"{name} {next(turn)}", "Castori"), piece) < 3
    assert growth(lambda name: same_team(f"{name} {next(turn)}", "Ascoli"), piece) < 3
