"""When two names are one person or one team, and what the words of a name are."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize("piece", ["<", "a", "a ", "\u0301", "\x00", "<b>", "'"])
def test_names_are_read_in_linear_time(piece: str) -> None:
    """A name as long as an article costs no more than its length."""
    assert growth(own_words, piece) < 3
    assert growth(tidy, piece) < 3
    assert growth(lambda name: same_person(name, "Castori"), piece) < 3
