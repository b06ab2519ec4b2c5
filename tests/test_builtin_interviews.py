"""Interviews, candidates and whole staffs: what hangs on more than one sentence of an article."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from touchline import Document
from touchline.builtin.interviews import speech_of
from touchline.builtin.model import answer

_HEAD = "Carla Neri si racconta\n\nIncontro con l'allenatrice dell'FC Arcevia.\n\n"
_ASKED = "Come ha cominciato?\n{}\n\nE adesso?\n«Adesso si lavora»."


def _events(text: str) -> list[dict[str, Any]]:
    """The events that the reader claims of an Italian text published on a Wednesday."""
    document = Document(text, id="x", language="it", published=dt.date(2025, 2, 12))
    return list(json.loads(answer(document))["events"])


def _told(text: str) -> set[tuple[str, str, str | None]]:
    return {(event["type"], event["person"], event["team"]) for event in _events(text)}


_ANSWERS: dict[str, tuple[str, tuple[str, str]]] = {
    "sent-away": (
        "«Nel 2019 allenavo il Real Montefalco. A marzo mi hanno esonerata».",
        ("dismissal", "Real Montefalco"),
    ),
    "of-her-own-will": (
        "«Allenavo il Real Montefalco. Nel 2019 mi sono dimessa».",
        ("resignation", "Real Montefalco"),
    ),
    "here": ("«Sono arrivata qui nel 2021».", ("appointment", "FC Arcevia")),
    "won": (
        "«Con il Real Montefalco ho vinto la Coppa Italia».",
        ("honour", "Real Montefalco"),
    ),
    "we": ("«Con il Real Montefalco vincemmo il campionato».", ("honour", "Real Montefalco")),
    "bare": ("Nel 2019 firmai con il Real Montefalco.", ("appointment", "Real Montefalco")),
}


@pytest.mark.parametrize("name", _ANSWERS)
def test_an_answer_tells_of_the_one_who_speaks(name: str) -> None:
    """The first person is whom the head of an interview names."""
    said, (kind, team) = _ANSWERS[name]
    text = _HEAD + _ASKED.format(said)
    if name == "bare":
        text = text.replace("«Adesso si lavora»", "Adesso si lavora")
    assert (kind, "Carla Neri", team) in _told(text)


_NOT_SAID = {
    "by-a-player": _HEAD.replace("l'allenatrice", "l'attaccante")
    + _ASKED.format("«Nel 2019 firmai con il Real Montefalco»."),
    "of-others": _HEAD + _ASKED.format("«A marzo sono stati esonerati in due»."),
    "with-no-questions": "Il tecnico Ugo Neri parla dell'FC Arcevia. «Mi hanno esonerato nel "
    "2019», dice il presidente Aldo Galli.",
}


@pytest.mark.parametrize("name", _NOT_SAID)
def test_no_answer_tells_of_others(name: str) -> None:
    """Players, others and quotes in the news are left alone."""
    assert _events(_NOT_SAID[name]) == []


def test_speech_refuses_a_key_that_nothing_reads() -> None:
    """A misspelt key of the table is an error."""
    with pytest.raises(ValueError, match="verb`"):
        speech_of({"verb": {"ha": "ho"}})


def test_candidates_need_no_title_where_a_bench_is_empty() -> None:
    """And do need one on the market for players."""
    named = " In pole c'è Aldo Ferri."
    found = _events("La panchina dell'FC Arcevia è vacante." + named)
    assert [(e["person"], e["status"], e["role"]) for e in found] == [
        ("Aldo Ferri", "rumoured", "head_coach")
    ]
    assert _events("Il mercato dell'FC Arcevia è fermo." + named) == []


def test_the_croat_is_who_was_named_before_him() -> None:
    """An epithet means the person in front of it, also behind a preposition."""
    text = (
        "La panchina dell'FC Arcevia è vacante. In pole c'è Aldo Ferri. Sfuma la pista che portava "
        "a Luka Novak: il croato ha detto no."
    )
    found = {(e["person"], e["status"]) for e in _events(text)}
    assert found == {("Aldo Ferri", "rumoured"), ("Luka Novak", "denied")}


_STAFF = "Vice allenatore: Ugo Neri\nPreparatore atletico: Aldo Ferri\nMatch analyst: Rino Galli\n"


def test_a_whole_staff_is_told_by_its_form() -> None:
    """Three lines of titles and names behind a word for a staff; not two, nor a line-up."""
    head = "FC Arcevia, ecco lo staff tecnico per la nuova stagione\n\n"
    assert {(e["type"], e["person"]) for e in _events(head + _STAFF)} == {
        ("appointment", "Ugo Neri"),
        ("appointment", "Aldo Ferri"),
        ("appointment", "Rino Galli"),
    }
    assert _events(head + "\n".join(_STAFF.split("\n")[:2])) == []
    assert _events("FC Arcevia, la formazione di domenica\n\n" + _STAFF) == []


def test_a_staff_leaves_at_the_end_of_its_contracts() -> None:
    """The sentence in front of the list tells how."""
    head = "L'FC Arcevia: alla scadenza dei contratti non faranno più parte dello staff:\n"
    assert {e["type"] for e in _events(head + _STAFF)} == {"contract_expiry"}


def test_who_leads_while_the_coach_is_banned_stands_in() -> None:
    """Where nobody is banned, the same words appoint."""
    banned = "Il tecnico dell'FC Arcevia Aldo Ferri è stato squalificato per due turni. "
    led = "La squadra sarà guidata dal vice Ugo Neri."
    assert ("stand_in", "Ugo Neri", "FC Arcevia") in _told(banned + led)
    assert ("appointment", "Ugo Neri", "FC Arcevia") not in _told(banned + led)


def test_a_presentation_on_a_day_to_come_is_planned() -> None:
    """Whatever the verb says."""
    text = "Giovedì 20 febbraio la presentazione del nuovo tecnico dell'FC Arcevia, Aldo Ferri."
    found = [e for e in _events(text) if e["type"] == "presentation"]
    assert [(e["status"], e["date"]) for e in found] == [("planned", "2025-02-20")]


_RECORDS = {
    "ne ha vinte otto, pareggiate tre e perse sette": (8, 3, 7),
    "ha vinto undici volte, pareggiato quattro e perso sei": (11, 4, 6),
    "conta 7 vittorie, 3 pareggi e nessuna sconfitta": (7, 3, 0),
}


@pytest.mark.parametrize("words", _RECORDS)
def test_records_are_counted_behind_verbs_too(words: str) -> None:
    """Numbers as words, in front or behind, and none."""
    (found,) = _events(f"Il tecnico dell'FC Arcevia Aldo Ferri {words}.")
    record = found["record"]
    assert (record["wins"], record["draws"], record["losses"]) == _RECORDS[words]


def test_a_club_in_search_of_the_new_coach_has_candidates() -> None:
    """Also with no word for an empty bench; not once somebody was appointed."""
    text = "L'FC Arcevia accelera per il nuovo allenatore. Il favorito è Aldo Ferri."
    assert {(e["person"], e["status"]) for e in _events(text)} == {("Aldo Ferri", "rumoured")}
    filled = "L'FC Arcevia ha affidato la panchina a Ugo Neri, che parla per il nuovo allenatore. "
    assert "Aldo Ferri" not in {e["person"] for e in _events(filled + "Il favorito è Aldo Ferri.")}
