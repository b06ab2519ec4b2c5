"""What the built-in reader does with Portuguese and Spanish: names, opponents, vacancies, lists."""

from __future__ import annotations

import json

import pytest

from keyless import told
from touchline import Document
from touchline.builtin.model import answer

_FOUND: dict[str, tuple[str, str, tuple[str, str, str]]] = {
    "one-name-defined": (
        "pt",
        "Após a saída de Tuca, Bigu é o novo técnico do Montalvo. O Bigu chega hoje.",
        ("appointment", "Bigu", "Montalvo"),
    ),
    "one-name-as": (
        "pt",
        "Hoje o Bigu treina. Bigu será apresentado como novo técnico do Montalvo.",
        ("presentation", "Bigu", "Montalvo"),
    ),
    "club-with-its-form": (
        "pt",
        "O Montalvo Clube demitiu o técnico Aldo Ferraz.",
        ("dismissal", "Aldo Ferraz", "Montalvo Clube"),
    ),
    "club-with-an-adjective": (
        "pt",
        "O técnico Aldo Ferraz foi demitido pela Serra Nova.",
        ("dismissal", "Aldo Ferraz", "Serra Nova"),
    ),
    "club-with-an-office": (
        "es",
        "El técnico Aldo Ferrer firmó con Temuco Central.",
        ("appointment", "Aldo Ferrer", "Temuco Central"),
    ),
    "after-an-ending": (
        "es",
        "El Montalvo destituyó al técnico Íñigo Nieto. El equipo será dirigido por Aldo Ferrer.",
        ("interim_appointment", "Aldo Ferrer", "Montalvo"),
    ),
    "after-a-ban": (
        "pt",
        (
            "O técnico Rui Neves cumpre suspensão. Caberá ao auxiliar Aldo Ferraz comandar o "
            "Montalvo no domingo."
        ),
        ("stand_in", "Aldo Ferraz", "Montalvo"),
    ),
    "title-behind-in-a-list": (
        "es",
        (
            "El Montalvo nombró entrenador a Íñigo Nieto. Junto a él llegan Aldo Ferrer, "
            "preparador físico, e Iván Mora, analista."
        ),
        ("appointment", "Iván Mora", "Montalvo"),
    ),
    "numbered-team": (
        "pt",
        (
            "Veja a dança dos treinadores.\n\n"
            "1) SERRANO – Rui Neves foi demitido.\n\n"
            "2) MONTALVO – Aldo Ferraz foi demitido."
        ),
        ("dismissal", "Aldo Ferraz", "MONTALVO"),
    ),
    "record-of-one-kind": (
        "pt",
        "O técnico Aldo Ferraz deixou o Montalvo após três derrotas em três jogos.",
        ("results", "Aldo Ferraz", "Montalvo"),
    ),
    "clause-about-a-coach": (
        "pt",
        (
            "O técnico Rui Neves deixou o Montalvo. Com passagens por times como Serrano FC e "
            "Caldas FC, o treinador Aldo Ferraz assume."
        ),
        ("appointment", "Aldo Ferraz", "Caldas FC"),
    ),
}


@pytest.mark.parametrize("name", _FOUND)
def test_what_is_told_is_found(name: str) -> None:
    """Each text tells of the event beside it."""
    code, text, event = _FOUND[name]
    assert event in told(text, code)


_LEFT: dict[str, tuple[str, str, tuple[str, str, str]]] = {
    "score": (
        "pt",
        "O técnico Aldo Ferraz comandou o time no 1 a 1 com o Serrano FC.",
        ("appointment", "Aldo Ferraz", "Serrano FC"),
    ),
    "clause-about-a-player": (
        "pt",
        (
            "O Montalvo demitiu o técnico Aldo Ferraz. Com passagens por times como Serrano FC e "
            "Caldas FC, o meia lembrou do treinador."
        ),
        ("appointment", "Aldo Ferraz", "Serrano FC"),
    ),
    "vacancy-before-any-ending": (
        "es",
        "El Montalvo será dirigido por Aldo Ferrer el domingo, recordó el técnico.",
        ("interim_appointment", "Aldo Ferrer", "Montalvo"),
    ),
    "team-behind-an-aside": (
        "pt",
        "O Montalvo lamentou a saída do técnico Aldo Ferraz, que vai para o Serrano FC, do Catar.",
        ("departure", "Aldo Ferraz", "Catar"),
    ),
    "other-story": (
        "pt",
        "O técnico do Montalvo treinou o time.\n+ Aldo Ferraz é o novo técnico do Serrano FC",
        ("appointment", "Aldo Ferraz", "Serrano FC"),
    ),
    "department": (
        "es",
        "El técnico Aldo Ferrer asume la Gerencia Deportiva Institucional.",
        ("appointment", "Aldo Ferrer", "Gerencia Deportiva Institucional"),
    ),
}


@pytest.mark.parametrize("name", _LEFT)
def test_what_is_not_told_is_left_out(name: str) -> None:
    """Each text does not tell of the event beside it."""
    code, text, event = _LEFT[name]
    assert event not in told(text, code)


def test_a_confirmation_yields_to_a_renewal_and_a_chief_is_no_predecessor() -> None:
    """Of one day's news the contract counts; whom somebody assisted is not whom he replaced."""
    renewed = told(
        "O técnico Aldo Ferraz fica no Montalvo. Aldo Ferraz renovou o contrato com o Montalvo.",
        "pt",
    )
    assert {kind for kind, _, _ in renewed} == {"contract_extension"}
    events = json.loads(
        answer(Document("El entrenador Aldo Ferrer fue ayudante de Íñigo Nieto en el Montalvo."))
    )["events"]
    assert [(event["person"], event["replaces"]) for event in events] == [("Aldo Ferrer", None)]
