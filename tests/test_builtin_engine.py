"""The engine of the built-in reader: whose event, at which team, in which role, and why."""

from __future__ import annotations

import datetime as dt

import pytest

from keyless import claimed, told
from touchline import Document, extract

_TOLD: dict[str, tuple[str, str, tuple[str, str, str]]] = {
    "object-clitic": (
        "it",
        "L'Arcevia ha scelto il tecnico Aldo Ferri in estate. La società lo ha esonerato ieri.",
        ("dismissal", "Aldo Ferri", "Arcevia"),
    ),
    "apposition-with-comma": (
        "it",
        "L'allenatore dell'Arcevia, Aldo Ferri, è stato esonerato.",
        ("dismissal", "Aldo Ferri", "Arcevia"),
    ),
    "age-between-commas": (
        "it",
        (
            "Notte lunga all'FC Arcevia per il tecnico Aldo Ferri. Il tecnico, 52 anni, è stato "
            "esonerato."
        ),
        ("dismissal", "Aldo Ferri", "FC Arcevia"),
    ),
    "former-player": (
        "it",
        "L'Arcevia ha scelto l'ex centrocampista Aldo Ferri come nuovo allenatore.",
        ("appointment", "Aldo Ferri", "Arcevia"),
    ),
    "office-in-a-list": (
        "it",
        (
            "Il tecnico Aldo Ferri e il direttore sportivo Ugo Neri hanno dato le dimissioni. "
            "L'Arcevia è senza guida."
        ),
        ("resignation", "Aldo Ferri", "Arcevia"),
    ),
    "owner": (
        "en",
        (
            "Marlow Town manager Alan Firth has been sacked. Firth's assistants Ben Cope and "
            "Carl Dunn have also left Marlow Town."
        ),
        ("departure", "Carl Dunn", "Marlow Town"),
    ),
    "german-ordinal": (
        "de",
        "Der FC Arnsheim hat am 19. August Trainer Karl Ferber entlassen.",
        ("dismissal", "Karl Ferber", "FC Arnsheim"),
    ),
    "german-compound": (
        "de",
        (
            "Arnsheim-Trainer Karl Ferber ist am Montag zurückgetreten. Beim FC Arnsheim ist man "
            "überrascht."
        ),
        ("resignation", "Karl Ferber", "FC Arnsheim"),
    ),
    "glued-ex": (
        "es",
        "El Montalvo FC destituyó al técnico Aldo Ferrer.",
        ("dismissal", "Aldo Ferrer", "Montalvo FC"),
    ),
    "below-a-box": (
        "it",
        (
            "Leggi anche\n- Milan, Fonseca in bilico\n\n"
            "L'FC Arcevia ha esonerato il tecnico Aldo Ferri."
        ),
        ("dismissal", "Aldo Ferri", "FC Arcevia"),
    ),
    "replaced-by": (
        "en",
        "Marlow Town coach Alan Firth was replaced by Ben Cope on Friday.",
        ("appointment", "Ben Cope", "Marlow Town"),
    ),
    "ending-of-one-who-once-came": (
        "it",
        (
            "L'FC Arcevia ringrazia coach Aldo Ferri per l'impegno, la risoluzione del contratto è "
            "consensuale. Aldo Ferri era l'allenatore dell'FC Arcevia dal 2021."
        ),
        ("mutual_termination", "Aldo Ferri", "FC Arcevia"),
    ),
    "headline-in-title-case": (
        "en",
        (
            "Marlow Town Fire Alan Firth One Season After Winning The Cup\n\n"
            "Marlow Town have fired head coach Alan Firth after six defeats."
        ),
        ("dismissal", "Alan Firth", "Marlow Town"),
    ),
    "team-of-the-lead": (
        "it",
        (
            "Aldo Ferri è il nuovo allenatore dell'Arcevia. Ferri, che la scorsa stagione allenava"
            " il Montefalco, prende il posto di Rino Galli, esonerato ieri dopo la sconfitta con"
            " il Vico. Galli aveva guidato il Vico e il Montefalco. Il suo vice sarà Ugo Neri."
        ),
        ("appointment", "Ugo Neri", "Arcevia"),
    ),
    "record-of-the-last-spell": (
        "it",
        (
            "La Virtus Arcevia ha scelto Aldo Ferri come nuovo allenatore. Aldo Ferri arriva "
            "all'Arcevia con un contratto di un anno.\n\nFerri è stato vice allenatore del Norba "
            "nel 2021, mentre nell'estate del 2023 è arrivata la chiamata del Cetona in D. Il "
            "suo campionato si è chiuso al quinto posto, con 16 vittorie e 8 sconfitte."
        ),
        ("results", "Aldo Ferri", "Cetona"),
    ),
    "agreement-behind-a-headline": (
        "pt",
        (
            "Montalvo demite Ferraz e anuncia Hugo Nunes\n\nO técnico Aldo Ferraz não comanda mais "
            "o Montalvo. A decisão foi tomada em comum acordo.\n\nHugo Nunes, de 50 "
            "anos, chega hoje. Hugo Nunes comandou o Norba. O técnico Hugo Nunes será apresentado."
        ),
        ("mutual_termination", "Aldo Ferraz", "Montalvo"),
    ),
    "record-with-the-numbers-behind": (
        "en",
        (
            "Marlow Town have parted company with manager Alan Firth.\n\nAlan's record in all "
            "competitions was played 94, won 47, drawn 19, lost 28."
        ),
        ("results", "Alan Firth", "Marlow Town"),
    ),
}


@pytest.mark.parametrize("name", sorted(_TOLD))
def test_what_is_told_is_found(name: str) -> None:
    """Each way to name a person, a role or a team leads to the event."""
    code, text, wanted = _TOLD[name]
    assert wanted in told(text, code)


_UNTOLD: dict[str, tuple[str, str, str]] = {
    "line-up": (
        "it",
        "ARCEVIA: Rossi, Bianchi, Verdi.\nAllenatore: Mario Galli\nArbitro: Luca Pini",
        "appointment",
    ),
    "player-leaves": (
        "it",
        "Marco Zanetti lascia l'Arcevia dopo tre stagioni. Il tecnico Ugo Neri lo saluta.",
        "departure",
    ),
    "plural-denied": (
        "it",
        "L'Arcevia ha il tecnico Aldo Ferri. Gli allenatori non vengono mai esonerati.",
        "dismissal",
    ),
    "president": (
        "it",
        "Il presidente dell'Arcevia, Aldo Ferri, ha rassegnato le dimissioni.",
        "resignation",
    ),
    "title-of-another": (
        "en",
        "Ben Cope has left Marlow Town, coach Alan Firth said.",
        "departure",
    ),
}


@pytest.mark.parametrize("name", sorted(_UNTOLD))
def test_what_is_not_told_is_left_out(name: str) -> None:
    """Near misses: players, offices, line-ups and coaches at large."""
    code, text, kind = _UNTOLD[name]
    assert kind not in {event["type"] for event in claimed(text, code)}


def test_the_proof_of_a_record_holds_its_last_number() -> None:
    """Also where the numbers stand behind the words."""
    text = "Marlow Town sacked manager Alan Firth. Firth's record was won 47, drawn 19, lost 28."
    record = next(event for event in claimed(text, "en") if event["type"] == "results")

    assert record["evidence"] == ["won 47, drawn 19, lost 28"]


def test_a_staff_list_gives_each_his_role() -> None:
    """Lines of label and name, behind a sentence of a staff in news of a start."""
    text = (
        "L'FC Arcevia ha scelto Aldo Ferri come nuovo allenatore. Lo staff tecnico sarà così "
        "composto:\nVice allenatore: Ugo Neri\nPreparatore dei portieri: Carlo Dossi\n"
        "Match analyst – Dario Pozzi\nTeam manager: Luca Bini"
    )
    roles = {event["person"]: event["role"] for event in claimed(text)}
    assert roles == {
        "Aldo Ferri": "head_coach",
        "Ugo Neri": "assistant_coach",
        "Carlo Dossi": "goalkeeping_coach",
        "Dario Pozzi": "analyst",
    }


def test_a_list_gives_each_the_title_in_front_of_the_name() -> None:
    """The role of the first is not that of all."""
    text = "Lasciano l'FC Arcevia il vice Aldo Ferri e il preparatore atletico Ugo Neri."
    roles = {event["person"]: event["role"] for event in claimed(text)}
    assert roles == {"Aldo Ferri": "assistant_coach", "Ugo Neri": "fitness_coach"}


def test_a_title_of_several_years_is_one_event_for_each() -> None:
    """Years in brackets behind a title, each with its date."""
    text = (
        "Aldo Ferri è un allenatore di calcio. Nel 2015 è passato all'FC Arcevia, con cui ha "
        "vinto un campionato (2016-2017) e due Supercoppe (2017 e 2019)."
    )
    dates = [event["date"] for event in claimed(text) if event["type"] == "honour"]
    assert dates == ["2016/2017", "2017", "2019"]


def test_the_reason_and_the_league_are_the_words_of_the_text() -> None:
    """Both stand in the text; without words for them they are null."""
    text = "Serie C, l'Arcevia ha esonerato il tecnico Aldo Ferri dopo la sconfitta col Marzano."
    event = claimed(text)[0]
    assert (event["reason"], event["competition"]) == ("la sconfitta col Marzano", "Serie C")
    plain = claimed("L'Arcevia ha esonerato il tecnico Aldo Ferri.")[0]
    assert (plain["reason"], plain["competition"]) == (None, None)


def test_a_page_of_several_stories_keeps_their_teams_apart() -> None:
    """A headline that begins with another team opens its story."""
    text = (
        "Arcevia, esonerato Ferri\n\nL'Arcevia ha sollevato dall'incarico il tecnico Aldo Ferri. "
        "All'Arcevia si cerca un tecnico.\n\nMarzano, esonerato Neri\n\nUgo Neri non è più il "
        "tecnico del Marzano. La squadra è affidata al vice Carlo Dossi."
    )
    events = told(text)
    assert ("dismissal", "Aldo Ferri", "Arcevia") in events
    assert {team for _, person, team in events if person != "Aldo Ferri"} == {"Marzano"}


def test_accents_written_apart_are_read_like_others() -> None:
    """Combining marks (NFD) hide neither names nor cue words."""
    text = "L’Arcevia ha scelto il nuovo allenatore: e\u0300 Nicolo\u0300 Ferri."
    composed = "L’Arcevia ha scelto il nuovo allenatore: è Nicolò Ferri."
    assert len(claimed(text)) == len(claimed(composed))


def test_a_caretaker_has_the_role_that_he_stands_in_for() -> None:
    """The cue's role wins over the one beside the name."""
    text = "La squadra dell'FC Arcevia è affidata temporaneamente al vice Aldo Ferri."
    assert [event["role"] for event in claimed(text)] == ["head_coach"]


def test_a_communique_is_read_whole() -> None:
    """The change, the staff that goes along, the hour of the presentation, each at its team."""
    text = (
        "Sestri Marina, ribaltone in panchina\n"
        "Dopo la sconfitta contro il Borgosesia, il Sestri Marina ha deciso di sollevare "
        "dall'incarico Paolo Vigneri. Al suo posto la società ha scelto Andrea Cortese, che ha "
        "firmato fino al 30 giugno 2027.\n"
        "Con Vigneri lasciano anche il vice Luca Bruschi e il preparatore atletico Ivan Merlo.\n"
        "Cortese sarà presentato giovedì 26 novembre alle 15:00.\n"
    )
    document = Document(text, language="it", published=dt.date(2026, 11, 23))
    told = [
        (str(event.type), event.person, event.team, event.date)
        for event in extract(document, model="builtin").events
    ]

    assert told == [
        ("dismissal", "Paolo Vigneri", "Sestri Marina", "2026-11-23"),
        ("appointment", "Andrea Cortese", "Sestri Marina", "2026-11-23"),
        ("departure", "Luca Bruschi", "Sestri Marina", "2026-11-23"),
        ("departure", "Ivan Merlo", "Sestri Marina", "2026-11-23"),
        ("presentation", "Andrea Cortese", "Sestri Marina", "2026-11-26T15:00:00"),
    ]


_DATED: dict[str, tuple[str, str, tuple[str, str | None]]] = {
    "birth": (
        "it",
        "Aldo Ferri (Lucca, 3 maggio 1970) è il nuovo allenatore dell'FC Arcevia.",
        ("appointment", "2025-02-12"),
    ),
    "defeat": (
        "en",
        "Marlow Town have sacked manager Alan Firth following Saturday's 3-0 defeat.",
        ("dismissal", "2025-02-12"),
    ),
    "season-of-a-confirmation": (
        "it",
        "L'FC Arcevia conferma il tecnico Aldo Ferri per la stagione 2025/2026.",
        ("confirmation", "2025-02-12"),
    ),
    "no-later-day": (
        "it",
        "Sarà Aldo Ferri il nuovo allenatore dell'FC Arcevia.",
        ("appointment", "2025-02-12"),
    ),
    "two-years-ago": (
        "it",
        "L'FC Arcevia ha esonerato due anni fa il tecnico Aldo Ferri.",
        ("dismissal", "2023"),
    ),
    "last-year": (
        "en",
        "Marlow Town sacked manager Alan Firth in October last year.",
        ("dismissal", "2024-10"),
    ),
    "relative-clause": (
        "it",
        "L'FC Arcevia ha affidato la panchina al tecnico Aldo Ferri, che il 18 gennaio era via.",
        ("appointment", "2025-02-12"),
    ),
    "head-of-the-sentence": (
        "it",
        (
            "Il 2 maggio 2016, davanti a ventimila persone, il tecnico Aldo Ferri ha vinto lo "
            "scudetto con l'FC Arcevia."
        ),
        ("honour", "2016-05-02"),
    ),
}


@pytest.mark.parametrize(("code", "text", "event"), _DATED.values(), ids=_DATED)
def test_an_event_has_the_date_that_is_its_own(
    code: str, text: str, event: tuple[str, str | None]
) -> None:
    """Births, defeats, seasons to come and other clauses date nothing; far words may."""
    assert event in {(item["type"], item["date"]) for item in claimed(text, code)}


_TEAMS: dict[str, tuple[str, str, tuple[str, str, str]]] = {
    "right-behind": (
        "it",
        "L'FC Arcevia sceglie il tecnico Aldo Ferri. Era fermo da quando fu esonerato dal Barga.",
        ("dismissal", "Aldo Ferri", "Barga"),
    ),
    "new-in-a-name": (
        "en",
        "The New Denby Rovers fired coach Alan Firth on Tuesday after a third defeat.",
        ("dismissal", "Alan Firth", "New Denby Rovers"),
    ),
    "elided-particle": (
        "it",
        "La Pallacanestro Capo d'Arno ha esonerato il coach Aldo Ferri.",
        ("dismissal", "Aldo Ferri", "Pallacanestro Capo d'Arno"),
    ),
    "rows": (
        "it",
        (
            "Il giro delle panchine\n\nFC Barga: confermato il tecnico Ugo Neri.\n"
            "Monte Sereno: esonerato il tecnico Aldo Ferri.\nAC Lunata: resta il tecnico Rossi."
        ),
        ("dismissal", "Aldo Ferri", "Monte Sereno"),
    ),
    "plural-verb": (
        "en",
        "Denby Stars have parted company with head coach Alan Firth.",
        ("dismissal", "Alan Firth", "Denby Stars"),
    ),
}


@pytest.mark.parametrize(("code", "text", "event"), _TEAMS.values(), ids=_TEAMS)
def test_a_team_is_the_one_that_the_words_name(
    code: str, text: str, event: tuple[str, str, str]
) -> None:
    """The team right behind, whole names, and the club that a row begins with."""
    assert event in told(text, code)


def test_a_participle_belongs_to_the_name_in_front_of_it() -> None:
    """Who went to another team is not the one who comes in his place."""
    text = (
        "Il tecnico Ugo Neri riparte dall'FC Arcevia. Prende il posto del tecnico Aldo Ferri, "
        "passato all'AC Lunata."
    )
    assert ("appointment", "Ugo Neri", "AC Lunata") not in told(text)


def test_a_ground_is_no_team() -> None:
    """What stands in quotation marks behind "at", or in front of `Stadium`, is a ground."""
    text = 'L\'FC Arcevia riparte dal tecnico Aldo Ferri, che ha firmato ieri al "Castelli".'
    assert {team for _, _, team in told(text)} <= {"FC Arcevia"}


def test_an_event_without_a_role_has_the_one_of_its_person() -> None:
    """A title told once in an article counts for all that is told of a head coach."""
    text = "L'FC Arcevia sceglie il tecnico Aldo Ferri. Ha guidato l'AC Barga e l'AC Lunata."
    assert {event["role"] for event in claimed(text)} == {"head_coach"}


def test_a_page_on_several_teams_dates_nothing_by_itself() -> None:
    """What a round of coaches tells without a date may be of any day."""
    text = (
        "FC Barga: esonerato il tecnico Ugo Neri.\nAC Lunata: esonerato il tecnico Elio Rossi.\n"
        "AS Cerreto: esonerato il tecnico Aldo Ferri."
    )
    assert {event["date"] for event in claimed(text)} == {None}


def test_the_day_of_an_announcement_is_not_ahead() -> None:
    """Published on a Wednesday: "announced on Monday that he will be" tells of two days before."""
    text = "Marlow Town announced on Monday that Alan Firth will be the new head coach."
    (event,) = claimed(text, "en")
    assert (event["date"], event["status"]) == ("2025-02-10", "confirmed")


def test_a_headline_of_another_story_tells_nothing() -> None:
    """Below an article stand lines about clubs that it never speaks of."""
    text = (
        "Il Montefalco ha scelto Aldo Ferri come nuovo allenatore. Ferri guiderà il Montefalco da "
        "domani.\n\nArcevia, Neri esonerato: arriva Galli\n"
    )
    assert {(person, team) for _, person, team in told(text)} == {("Aldo Ferri", "Montefalco")}


def test_a_hyphen_can_end_an_article() -> None:
    """A text that is cut at a hyphen, which can stand inside of a date, is read to its end."""
    text = "Marlow Town have sacked manager Alan Firth on Monday -"
    assert ("dismissal", "Alan Firth", "Marlow Town") in told(text, "en")


def test_what_is_said_twice_in_a_row_is_told_once_and_a_book_is_read_in_part() -> None:
    """A million characters of short sentences cost no more than what is read of them."""
    news = "L'Arcevia ha esonerato il tecnico Aldo Ferri. "
    assert len(claimed(news * 50)) == 1

    late = "Il tecnico parla. Il mister tace. " * 12_000 + news
    assert claimed(late) == []
    assert len(claimed("Il tecnico parla. Il mister tace. " * 900 + news)) == 1
