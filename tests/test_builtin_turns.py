"""Turns that hang on a whole article, in every language but Italian, which has tests of its own.

Answers of an interview, candidates for an empty bench, and staffs that leave.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import NamedTuple

import pytest

from touchline import Document
from touchline.builtin.model import answer


class _Language(NamedTuple):
    """Invented text of a language.

    Attributes:
        coach, club, other: names. head: of an interview. asked: its questions, an answer between.
        player: the head once more, of a player.
    """

    coach: str
    club: str
    other: str
    head: str
    player: str
    asked: str


_LANGUAGES = {
    "en": _Language(
        "Alan Firth",
        "Marlow Town",
        "Denby Rovers",
        "Alan Firth looks back\n\nWe met the manager of Marlow Town.\n\n",
        "Alan Firth looks back\n\nWe met the striker of Marlow Town.\n\n",
        "How did you start?\n“{}”.\n\nAnd now?\n“Now we work”.",
    ),
    "es": _Language(
        "Aldo Ferrer",
        "FC Montalbo",
        "Real Cañada",
        "Aldo Ferrer echa la vista atrás\n\nHablamos con el entrenador del FC Montalbo.\n\n",
        "Aldo Ferrer echa la vista atrás\n\nHablamos con el delantero del FC Montalbo.\n\n",
        "¿Cómo empezó?\n«{}».\n\n¿Y ahora?\n«Ahora se trabaja».",
    ),
    "pt": _Language(
        "Aldo Ferraz",
        "FC Montalvo",
        "Real Canada",
        "Aldo Ferraz olha para trás\n\nConversamos com o técnico do FC Montalvo.\n\n",
        "Aldo Ferraz olha para trás\n\nConversamos com o atacante do FC Montalvo.\n\n",
        "Como começou?\n“{}”.\n\nE agora?\n“Agora é trabalhar”.",
    ),
    "fr": _Language(
        "Alain Fabre",
        "FC Montval",
        "FC Beauregard",
        "Alain Fabre se confie\n\nRencontre avec l'entraîneur du FC Montval.\n\n",
        "Alain Fabre se confie\n\nRencontre avec l'attaquant du FC Montval.\n\n",
        "Comment avez-vous commencé ?\n« {} ».\n\nEt maintenant ?\n« Maintenant on travaille ».",
    ),
    "de": _Language(
        "Karl Ferber",
        "FC Arnsheim",
        "SV Birkenau",
        "Karl Ferber blickt zurück\n\nWir trafen den Trainer des FC Arnsheim.\n\n",
        "Karl Ferber blickt zurück\n\nWir trafen den Stürmer des FC Arnsheim.\n\n",
        "Wie begann es?\n„{}“.\n\nUnd jetzt?\n„Jetzt wird gearbeitet“.",
    ),
}


def _told(text: str, code: str) -> set[tuple[str, str, str | None]]:
    """What the reader claims of a text that was published on a Wednesday."""
    document = Document(text, language=code, published=dt.date(2025, 2, 12))
    events = json.loads(answer(document))["events"]
    return {(event["type"], event["person"], event["team"]) for event in events}


_SAID = [
    ("en", "In 2019 I was sacked by Denby Rovers", "dismissal"),
    ("en", "I resigned at Denby Rovers in 2019", "resignation"),
    ("en", "I have managed Denby Rovers", "appointment"),
    ("es", "En 2019 firmé por el Real Cañada", "appointment"),
    ("es", "En 2019 fui destituido en el Real Cañada", "dismissal"),
    ("es", "En 2019 dirigí al Real Cañada y en marzo me destituyeron", "dismissal"),
    ("es", "Dimití en el Real Cañada en 2019", "resignation"),
    ("es", "Con el Real Cañada ganamos la Copa del Rey", "honour"),
    ("pt", "Em 2019 assinei com o Real Canada", "appointment"),
    ("pt", "Em 2019 fui demitido do Real Canada", "dismissal"),
    ("pt", "Pedi demissão do Real Canada em 2019", "resignation"),
    ("pt", "Com o Real Canada ganhamos o Campeonato Paulista", "honour"),
    ("fr", "En 2019 j'ai été limogé du FC Beauregard", "dismissal"),
    ("fr", "J'ai démissionné du FC Beauregard en 2019", "resignation"),
    ("fr", "J'ai entraîné le FC Beauregard de 2015 à 2019", "appointment"),
    ("fr", "J'entraînais le FC Beauregard. En mars ils m'ont limogé", "dismissal"),
    ("fr", "Avec le FC Beauregard nous avons remporté la Coupe de France", "honour"),
    ("de", "2019 wurde ich beim SV Birkenau entlassen", "dismissal"),
    ("de", "Ich bin 2019 beim SV Birkenau zurückgetreten", "resignation"),
    ("de", "Ich habe den SV Birkenau von 2015 bis 2019 trainiert", "appointment"),
]


@pytest.mark.parametrize(("code", "said", "kind"), _SAID)
def test_an_answer_tells_of_the_one_who_speaks(code: str, said: str, kind: str) -> None:
    """The first person is the coach whom the head of an interview names, never a player."""
    words = _LANGUAGES[code]
    text = words.asked.format(said)
    assert (kind, words.coach, words.other) in _told(words.head + text, code)
    assert _told(words.player + text, code) == set()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "They have been sacked by Denby Rovers"),
        ("en", "Two coaches were sacked in March"),
        ("es", "En marzo fueron destituidos dos"),
        ("es", "El Real Cañada destituyó a dos"),
        ("pt", "Em março dois foram demitidos"),
        ("pt", "O Real Canada demitiu dois"),
        ("fr", "En mars, deux ont été limogés"),
        ("fr", "Le FC Beauregard en a limogé deux"),
        ("de", "Im März wurden zwei entlassen"),
        ("de", "Beim SV Birkenau sind zwei entlassen worden"),
    ],
)
def test_no_answer_tells_of_others(code: str, said: str) -> None:
    """What befell others is not the speaker's."""
    words = _LANGUAGES[code]
    assert _told(words.head + words.asked.format(said), code) == set()


@pytest.mark.parametrize(
    ("code", "empty", "other", "named"),
    [
        (
            "en",
            "The manager's job at Marlow Town is vacant.",
            "The transfer market at Marlow Town is quiet.",
            "Alan Firth is a candidate.",
        ),
        (
            "es",
            "El banquillo del FC Montalbo está vacante.",
            "El técnico Hugo Nolla busca refuerzos para el FC Montalbo.",
            "Suena Aldo Ferrer.",
        ),
        (
            "pt",
            "O comando do FC Montalvo está vago.",
            "O técnico Hugo Nunes busca reforços para o FC Montalvo.",
            "O nome de Aldo Ferraz é cogitado.",
        ),
        (
            "pt",
            "O FC Montalvo está em busca de um novo treinador.",
            "O FC Montalvo está em busca de um novo atacante para o treinador.",
            "O nome de Aldo Ferraz é cogitado.",
        ),
        (
            "fr",
            "Le banc du FC Montval est vacant.",
            "L'entraîneur Hugo Noël cherche des renforts pour le FC Montval.",
            "Alain Fabre est pressenti.",
        ),
        (
            "de",
            "Die Trainersuche beim FC Arnsheim läuft.",
            "Trainer Hugo Nolte sucht Verstärkung für den FC Arnsheim.",
            "Als Favorit gilt Karl Ferber.",
        ),
    ],
)
def test_candidates_need_no_title_where_a_bench_is_empty(
    code: str, empty: str, other: str, named: str
) -> None:
    """And do need one where players are sought."""
    words = _LANGUAGES[code]
    assert _told(f"{empty} {named}", code) == {("appointment", words.coach, words.club)}
    assert _told(f"{other} {named}", code) == set()


_STAFFS = {
    "en": ("Assistant coach: Hugh Nolan", "Fitness coach: Ray Dunn", "Analyst: Rob Gale"),
    "es": (
        "Segundo entrenador: Hugo Nolla",
        "Preparador físico: Ramón Duarte",
        "Analista: Ivo Gil",
    ),
    "pt": ("Auxiliar técnico: Hugo Nunes", "Preparador físico: Ramon Duarte", "Analista: Rui Gil"),
    "fr": ("Entraîneur adjoint : Hugo Noël", "Préparateur physique : Rémi Dupré", ""),
    "de": ("Co-Trainer: Hugo Nolte", "Athletiktrainer: Rolf Duhm", "Videoanalyst: Rudi Gahl"),
}
_LEAVING = [
    ("en", "The following members of the Marlow Town staff are leaving:", "departure"),
    ("en", "Contracts have expired, and they leave the Marlow Town staff:", "contract_expiry"),
    ("en", "The new Marlow Town staff for the season that begins:", "appointment"),
    ("es", "Dejan el cuerpo técnico del FC Montalbo:", "departure"),
    ("es", "No renovados, dejan el cuerpo técnico del FC Montalbo:", "contract_expiry"),
    ("es", "El nuevo cuerpo técnico del FC Montalbo:", "appointment"),
    ("pt", "Deixam a comissão técnica do FC Montalvo:", "departure"),
    ("pt", "Com contratos vencidos, deixam a comissão do FC Montalvo:", "contract_expiry"),
    ("pt", "A nova comissão técnica do FC Montalvo:", "appointment"),
    ("fr", "Quittent le staff du FC Montval :", "departure"),
    (
        "fr",
        "À l'échéance de leurs contrats, ils quittent le staff du FC Montval :",
        "contract_expiry",
    ),
    ("de", "Das Trainerteam des FC Arnsheim verlassen:", "departure"),
    (
        "de",
        "Nach auslaufenden Verträgen verlassen das Trainerteam des FC Arnsheim:",
        "contract_expiry",
    ),
    ("de", "Das neue Trainerteam des FC Arnsheim:", "appointment"),
]


@pytest.mark.parametrize(("code", "head", "kind"), _LEAVING)
def test_a_sentence_says_whether_a_staff_comes_or_goes(code: str, head: str, kind: str) -> None:
    """Words of leaving make a list of departures, words for the end of contracts expiries."""
    told = _told("\n".join([head, *_STAFFS[code]]), code)
    assert {kind} == {each for each, _, _ in told}
    assert len(list(filter(None, _STAFFS[code]))) == len(told)
