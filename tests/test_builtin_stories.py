"""Of which club and of whom German and French sentences tell, where they do not say it."""

from __future__ import annotations

import pytest

from keyless import claimed, told

_ROUND_UP = """Kurz notiert

Fußball: Der FC Arnsheim hat am Dienstag seinen Trainer Karl Ferber fristlos entlassen.

Handball: Beim HC Burgdorf hat Trainer Hugo Nolte heute um Auflösung seines Vertrags gebeten.

Hockey: Die Löwen Tannrode haben den Vertrag mit Trainer Emil Voss bis 2027 verlängert.
"""

_TOLD: dict[str, tuple[str, str, tuple[str, str, str]]] = {
    "labelled-paragraphs": ("de", _ROUND_UP, ("dismissal", "Karl Ferber", "FC Arnsheim")),
    "second-label": ("de", _ROUND_UP, ("resignation", "Hugo Nolte", "HC Burgdorf")),
    "third-label": ("de", _ROUND_UP, ("contract_extension", "Emil Voss", "Löwen Tannrode")),
    "at-the-head": (
        "de",
        (
            "Der FC Arnsheim ist Meister. Beim SV Burgdorf hat Trainer Karl Ferber sein Amt "
            "niedergelegt. Der FC Arnsheim feiert, und der Trainer auch."
        ),
        ("resignation", "Karl Ferber", "SV Burgdorf"),
    ),
    "town-for-club": (
        "fr",
        (
            "À Valmont, on change. L'entraîneur Paul Ferrand n'est plus. Valmont perdait, Valmont "
            "l'a donc limogé."
        ),
        ("dismissal", "Paul Ferrand", "Valmont"),
    ),
    "former-is-the-last-named": (
        "fr",
        (
            "L'AS Valmont a nommé Hugo Nolin entraîneur. On parlait du coach Paul Ferrand. "
            "L'ancien coach du FC Sarzay est libre."
        ),
        ("appointment", "Paul Ferrand", "FC Sarzay"),
    ),
    "team-and-person-side-by-side": (
        "fr",
        "L'entraîneur du Stade Sarzay Paul Ferrand a été limogé.",
        ("dismissal", "Paul Ferrand", "Stade Sarzay"),
    ),
    "helper-is-not-the-subject": (
        "fr",
        (
            "L'AS Valmont a nommé l'entraîneur Paul Ferrand. Paul Ferrand sera accompagné de Hugo "
            "Nolin (adjoint). Il sera présenté jeudi."
        ),
        ("presentation", "Paul Ferrand", "AS Valmont"),
    ),
    "comma-ends-what-leads-in": (
        "fr",
        (
            "À l'AS Valmont, après le départ de l'entraîneur Paul Ferrand, Hugo Nolin et Luc Morel "
            "prennent les rênes."
        ),
        ("departure", "Paul Ferrand", "AS Valmont"),
    ),
}


@pytest.mark.parametrize("name", _TOLD)
def test_whose_event_a_sentence_tells(name: str) -> None:
    """The club and the person are found where other sentences, or the place in one, tell them."""
    code, text, event = _TOLD[name]

    assert event in told(text, code)


@pytest.mark.parametrize(
    ("code", "text", "kinds"),
    [
        ("fr", "Il y a ceux qui s'en vont, dit l'entraîneur Paul Ferrand de l'AS Valmont.", set()),
        (
            "fr",
            (
                "À l'AS Valmont, après le départ de l'entraîneur Paul Ferrand, Hugo Nolin et Luc "
                "Morel sourient."
            ),
            {("departure", "Paul Ferrand")},
        ),
        (
            "fr",
            "L'AS Valmont a nommé l'entraîneur Paul Ferrand. Le « Sorcier » succède à Hugo Nolin.",
            {("appointment", "Paul Ferrand")},
        ),
    ],
)
def test_nobody_else_is_meant(code: str, text: str, kinds: set[tuple[str, str]]) -> None:
    """A pronoun of nobody, a list that is none and a nickname give no event."""
    assert {(event["type"], event["person"]) for event in claimed(text, code)} == kinds


def test_the_date_since_when_does_not_date_the_end() -> None:
    """Who is in charge since 2023 was not sacked in 2023."""
    text = "Der Trainer des FC Arnsheim, Karl Ferber, seit 2023 im Amt, wurde am Montag entlassen."

    dates = {event["type"]: event["date"] for event in claimed(text, "de")}

    assert dates["dismissal"] == "2025-02-10"
