"""What the built-in reader takes for a person's name and for a club's, and for whose news."""

from __future__ import annotations

import pytest

from keyless import told
from touchline import Document, extract
from touchline.builtin.cues import language
from touchline.builtin.naming import learned
from touchline.builtin.scanning import sentences

_FOUND: dict[str, tuple[str, str, tuple[str, str, str]]] = {
    "given name that is also a region's": (
        "it",
        "L'Arcevia ha scelto il nuovo allenatore: ecco Emiliano Ferri, 51 anni.",
        ("appointment", "Emiliano Ferri", "Arcevia"),
    ),
    "given names of two capitals": (
        "it",
        "La Virtus Arcevia ha affidato la panchina a JJ Ferri.",
        ("appointment", "JJ Ferri", "Virtus Arcevia"),
    ),
    "sentence in capitals": (
        "en",
        (
            "MARLOW TOWN CAN CONFIRM THAT THE CLUB HAS PARTED COMPANY WITH MANAGER ALAN FIRTH.\n\n"
            "Alan had been in charge of Marlow Town since May."
        ),
        ("dismissal", "ALAN FIRTH", "Marlow Town"),
    ),
    "team of a headline": (
        "it",
        "Arcevia, panchina a rischio\n\nIl tecnico Aldo Ferri è stato esonerato ieri sera.",
        ("dismissal", "Aldo Ferri", "Arcevia"),
    ),
    "name with a preposition": (
        "it",
        "Il Città di Cetona ha scelto Aldo Ferri come nuovo allenatore.",
        ("appointment", "Aldo Ferri", "Città di Cetona"),
    ),
    "usual name": (
        "it",
        (
            "La Polisportiva Alba Cetona comunica che Aldo Ferri è il nuovo allenatore.\n\n"
            "Al tecnico l'Alba Cetona ha dato due anni."
        ),
        ("appointment", "Aldo Ferri", "Alba Cetona"),
    ),
    "first part of a hyphened name": (
        "pt",
        "O Atlético-MG perdeu ontem.\n\nO Atlético anunciou o técnico Aldo Ferraz hoje.",
        ("appointment", "Aldo Ferraz", "Atlético-MG"),
    ),
    "club that tells its own news": (
        "it",
        (
            "L'Arcevia ha esonerato il tecnico Aldo Ferri, e l'Arcevia ora è ultima.\n\n"
            "Nel girone C, il Cetona comunica che la guida della prima squadra è affidata a "
            "mister Ugo Neri."
        ),
        ("appointment", "Ugo Neri", "Cetona"),
    ),
    "club with a verb of its own": (
        "en",
        (
            "It was a hard week for managers, with Marlow sacking Alan Firth on Monday before "
            "Colby United parted ways with Ben Cope."
        ),
        ("dismissal", "Alan Firth", "Marlow"),
    ),
    "staff that also leaves": (
        "en",
        (
            "Marlow Town have sacked manager Alan Firth.\n\n"
            "Ben Cope and Carl Dunn will also leave the club with immediate effect."
        ),
        ("departure", "Ben Cope", "Marlow Town"),
    ),
    "club of a short sentence at the head of a paragraph": (
        "it",
        (
            "L'Arcevia ha esonerato il tecnico Aldo Ferri. L'Arcevia è ultima.\n\n"
            "Situazione diversa a Cetona. Il direttore ha confermato coach Ugo Neri.\n\n"
            "L'Arcevia cerca ora un nuovo allenatore."
        ),
        ("confirmation", "Ugo Neri", "Cetona"),
    ),
    "news in front of a semicolon": (
        "es",
        (
            "El Montalvo también cambió de técnico: se fue el entrenador Mario Ortuño; y hace unos "
            "días el Cetona destituyó al técnico Gustavo Denis."
        ),
        ("departure", "Mario Ortuño", "Montalvo"),
    ),
    "three words in front of a date": (
        "pt",
        "O Montalvo demitiu na noite desta segunda-feira o técnico Aldo Ferraz.",
        ("dismissal", "Aldo Ferraz", "Montalvo"),
    ),
    "interim coach who replaces another": (
        "en",
        (
            "Marlow Town manager Alan Firth was sacked on Sunday and replaced by interim coach Ben "
            "Cope."
        ),
        ("interim_appointment", "Ben Cope", "Marlow Town"),
    ),
    "teams of a result": (
        "en",
        (
            "Carl Dunn had 20 points to help Colby rout Risley 79-58 on Tuesday.\n\n"
            "Colby played its first game without head coach Alan Firth, who was fired on Sunday."
        ),
        ("dismissal", "Alan Firth", "Colby"),
    ),
    "only person at the head of a paragraph": (
        "it",
        (
            "L'Arcevia ha esonerato Aldo Ferri. Al suo posto ecco mister Ugo Neri.\n\n"
            "Con oltre trecento gare da allenatore tra i professionisti, il toscano Ugo Neri è un "
            "esperto. Ha guidato il Cetona dal 2012 al 2015."
        ),
        ("appointment", "Ugo Neri", "Cetona"),
    ),
    "persons beside their age groups": (
        "it",
        (
            "L'U.S. Arcevia comunica lo staff. Confermati Aldo Ferri in Under 16, Ugo Neri in "
            "Under 15 e Rino Galli in Under 14. La Primavera è affidata a Ezio Moro."
        ),
        ("appointment", "Ezio Moro", "U.S. Arcevia"),
    ),
    "club whose adjective begins the sentence": (
        "it",
        (
            "Serie D, quattro cambi in panchina\n\n"
            "Pescina: torna Galli. Il Pescina ha esonerato il tecnico Ugo Neri.\n\n"
            "Virtus Norba: via Moro. La Virtus Norba ha esonerato il tecnico Ezio Moro.\n\n"
            "Nuova Cetona: cambio. Si dividono le strade della Nuova Cetona e del tecnico Rino "
            "Bassi. Al suo posto Aldo Ferri."
        ),
        ("appointment", "Aldo Ferri", "Nuova Cetona"),
    ),
    "club of one whom another has sent away": (
        "it",
        (
            "L'Arcevia ha esonerato ieri Ugo Neri.\n\nAl suo posto è stato scelto Aldo Ferri, 52 "
            "anni, fermo da febbraio quando era stato sollevato dall'incarico dalla Virtus Cetona."
        ),
        ("appointment", "Aldo Ferri", "Arcevia"),
    ),
    "club of those who stay, under a headline of two names": (
        "it",
        (
            "Arcevia-Ferri, è finita\n\nL'Arcevia ha esonerato il tecnico Aldo Ferri.\n\n"
            "Resta il preparatore dei portieri Ugo Neri, confermato."
        ),
        ("confirmation", "Ugo Neri", "Arcevia"),
    ),
    "clipped name of a club": (
        "pt",
        (
            "A Montalvense tem novo técnico.\n\n"
            "O novo comandante da Montal, Aldo Ferraz, será apresentado nesta quinta."
        ),
        ("presentation", "Aldo Ferraz", "Montalvense"),
    ),
    "club with a body of its own": (
        "pt",
        (
            "O Montalvo cresceu. O Montalvo venceu. O Montalvo viajou.\n\n"
            "Segundo o Cifar do Montalvo, Aldo Ferraz será técnico do Montalvo."
        ),
        ("appointment", "Aldo Ferraz", "Montalvo"),
    ),
    "person with and without a particle": (
        "pt",
        (
            "Aldo Ferraz é o novo técnico do Montalvo.\n\n"
            "Aldo de Ferraz foi demitido do Norba em 2010.\n\nAldo Ferraz será apresentado hoje."
        ),
        ("presentation", "Aldo de Ferraz", "Montalvo"),
    ),
    "place in front of a person": (
        "it",
        (
            "L'Arcevia riparte. L'allenatore Aldo Ferri lascia l'Arcevia.\n\n"
            "Resta a Cetona Ugo Neri, confermato dal club. Ugo Neri resta in sella."
        ),
        ("confirmation", "Ugo Neri", "Arcevia"),
    ),
    "name with a preposition behind a title": (
        "it",
        (
            "Oggi il battesimo del nuovo tecnico del Città di Cetona. "
            "Aldo Ferri è il nuovo allenatore del Città di Cetona."
        ),
        ("appointment", "Aldo Ferri", "Città di Cetona"),
    ),
    "candidate who is at another club today": (
        "en",
        (
            "Colby Town have sacked manager Carl Dunn. Colby Town are bottom.\n\n"
            "Marlow's Alan Firth is expected to succeed him at the helm."
        ),
        ("appointment", "Alan Firth", "Colby Town"),
    ),
    "player and coach": (
        "en",
        (
            "Colby Town have sacked manager Carl Dunn.\n\n"
            "Alan Firth was appointed player/coach in the summer of 2017."
        ),
        ("appointment", "Alan Firth", "Colby Town"),
    ),
    "legal form at the head of a sentence": (
        "it",
        "L'A.C. Arcevia comunica di aver esonerato l'allenatore Aldo Ferri.",
        ("dismissal", "Aldo Ferri", "A.C. Arcevia"),
    ),
    "year of foundation": (
        "it",
        "Arcevia 1909 rende noto che Aldo Ferri sarà il nuovo allenatore della prima squadra.",
        ("appointment", "Aldo Ferri", "Arcevia 1909"),
    ),
    "trail of sections above the article": (
        "it",
        (
            "Sport » Calcio » Dilettanti\n\nArcevia, via Ferri\n\nIl pareggio è costato il posto a "
            "Aldo Ferri, esonerato ieri dall'Arcevia.\n\nCon lui lavorava Ugo Neri, mentre il "
            "preparatore dei portieri Rino Galli è stato confermato."
        ),
        ("confirmation", "Rino Galli", "Arcevia"),
    ),
    "label in capitals in front of a dash": (
        "it",
        (
            "Valzer delle panchine: il punto\n\n"
            "VIRTUS CETONA – Il tecnico Ugo Neri è stato confermato.\n\n"
            "PRO NORBA – Fumata bianca vicina: il tecnico Rino Galli ha detto sì.\n\n"
            "ARCEVIA – I biancorossi hanno scelto il tecnico Aldo Ferri. Firma arrivata lunedì."
        ),
        ("appointment", "Aldo Ferri", "ARCEVIA"),
    ),
    "club that is called by one common word": (
        "pt",
        (
            "O Juventude não conta mais com o técnico Aldo Ferraz. O treinador entregou o cargo "
            "após a derrota para o Vila Norba. Hugo Nunes é o mais cotado para substituí-lo."
        ),
        ("appointment", "Hugo Nunes", "Juventude"),
    ),
    "club that is called victory": (
        "pt",
        (
            "A fase do Vitória não é boa. O time perdeu o técnico Aldo Ferraz, demitido ontem, e "
            "joga domingo no Pardal. O Pardal espera bom público."
        ),
        ("dismissal", "Aldo Ferraz", "Vitória"),
    ),
    "nickname of a club": (
        "pt",
        (
            "O Montalvo trocou de treinador. O Montalvo perdeu do Norba.\n\n"
            "O técnico Aldo Ferraz deixou o comando do Leão nesta terça-feira."
        ),
        ("departure", "Aldo Ferraz", "Montalvo"),
    ),
}


@pytest.mark.parametrize("name", _FOUND)
def test_a_name_is_read_as_what_it_is(name: str) -> None:
    """The names of persons and clubs, in the forms that desks give them."""
    code, text, event = _FOUND[name]
    assert event in told(text, code)


def test_a_single_name_behind_a_verb_of_speech_is_a_person() -> None:
    """`Disse Cuca` tells what nothing else on the page does; `contra Norba` does not."""
    text = "O Montalvo venceu ontem.\n\nPrecisamos de todos – disse Cuca.\n\nFoi contra Norba."
    cues = language("pt")
    names = learned(list(sentences(text, cues)), cues, text=text)

    assert [name.text for name in names.persons()] == ["Cuca"]


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("O Montalvo quer Jorgim. O nome de Jorgim agrada. Hoje Jorgim treina.", ["Jorgim"]),
        ("O Montalvo quer o Jorgim. O nome do Jorgim agrada. Hoje o Jorgim treina.", []),
        (
            "Aldo Ferraz treinou. Além de Aldo Ferraz, o meia Hugo Nunes apareceu.",
            ["Aldo Ferraz"],
        ),
        ("Aldo Ferraz, o meia, treinou. Além de Aldo Ferraz, apareceu o Norba.", []),
    ],
)
def test_who_may_be_a_coach(text: str, persons: list[str]) -> None:
    """One word without an article is a person's name, and an office that has a name is his."""
    cues = language("pt")
    names = learned(list(sentences(text, cues)), cues, text=text)

    assert [name.text for name in names.persons()] == persons


_NOT_FOUND: dict[str, tuple[str, str, str, str]] = {
    "where he comes from": (
        "it",
        "L'Arcevia cambia: il tecnico di Cetona, Aldo Ferri, è stato esonerato.",
        "Aldo Ferri",
        "Cetona",
    ),
    "who was trained by a coach": (
        "pt",
        "Quando jogava, Aldo Ferraz foi treinado pelo técnico do Montalvo, Hugo Nunes.",
        "Aldo Ferraz",
        "Montalvo",
    ),
    "player that is sent off": (
        "en",
        "Marlow Town manager Alan Firth saw red: Carl Dunn, 33, was dismissed for a foul.",
        "Carl Dunn",
        "Marlow Town",
    ),
    "run of points": (
        "en",
        "Colby Town went on a 20-0 run in the first half, coach Alan Firth said.",
        "Alan Firth",
        "Colby Town",
    ),
    "player that supports another": (
        "it",
        "Il tecnico dell'Arcevia conferma in avanti Lasagni, supportato da Falletti.",
        "Falletti",
        "Arcevia",
    ),
    "chief of an assistant is no team": (
        "it",
        (
            "L'Arcevia ha scelto Aldo Ferri come vice di Galli. Nel 2016 la prima esperienza da "
            "vice di Galli all'AS Cetona. Nel 2018, dopo l'esonero di Galli, Ferri siede da "
            "traghettatore sulla panchina. Affiancherà Rino Galli."
        ),
        "Aldo Ferri",
        "Galli",
    ),
    "first of two surnames": (
        "it",
        (
            "L'Arcevia cambia. Si dimette Neri.\n\n"
            "Dopo la gara si è dimesso il tecnico Aldo Neri Galli, all'Arcevia da giugno."
        ),
        "Neri",
        "Arcevia",
    ),
    "spell of a person, no club": (
        "pt",
        (
            "O Montalvo mudou: a passagem de Aldo Ferraz pelo Montalvo terminou ontem. O técnico "
            "Hugo Nunes, demitido em abril, comandava Aldo Ferraz."
        ),
        "Hugo Nunes",
        "Aldo Ferraz",
    ),
    "agent of the coach": (
        "pt",
        (
            "O Montalvo acertou com o técnico Aldo Ferraz. O empresário do treinador, Adriano "
            "Braga, confirma. Adriano Braga iniciou a primeira passagem pelo Norba em 2010."
        ),
        "Adriano Braga",
        "Norba",
    ),
    "another post": (
        "en",
        (
            "Colby Town have sacked manager Carl Dunn.\n\n"
            "Alan Firth will serve as interim athletic director."
        ),
        "Alan Firth",
        "Colby Town",
    ),
    "where a candidate is today": (
        "en",
        (
            "Colby Town have sacked manager Carl Dunn. Colby Town are bottom.\n\n"
            "Marlow boss Ben Cope and Risley's Alan Firth have also been linked with the role."
        ),
        "Alan Firth",
        "Risley",
    ),
    "club that is not named": (
        "pt",
        (
            "O Montalvo perdeu ontem.\n\nO técnico Aldo Ferraz dirigirá um clube saudita. "
            "O Montalvo busca um treinador."
        ),
        "Aldo Ferraz",
        "Montalvo",
    ),
    "slug of an agency": (
        "en",
        (
            "Soccer-Marlow sack coach Firth after cup exit\n\n"
            "Marlow sacked coach Alan Firth on Thursday. Marlow are bottom of the table."
        ),
        "Alan Firth",
        "Soccer-Marlow",
    ),
    "player whose name begins with the club's": (
        "it",
        (
            "La Roma ha esonerato il tecnico Aldo Ferri. La Roma è quinta.\n\n"
            "Ieri Romagnoli ha parlato, poi ancora Romagnoli ha detto no."
        ),
        "Aldo Ferri",
        "Romagnoli",
    ),
    "where and when he was born": (
        "it",
        "Il Cetona ricorda Aldo Ferri: nato a Norba 1903, ha allenato il Cetona per dieci anni.",
        "Aldo Ferri",
        "Norba 1903",
    ),
    "nickname in another club's paragraph": (
        "pt",
        (
            "MONTALVO: O técnico Aldo Ferraz deixou o Montalvo. O Montalvo perdeu.\n\n"
            "NORBA: O técnico Hugo Nunes deixou o comando do Leão. O Norba perdeu."
        ),
        "Hugo Nunes",
        "MONTALVO",
    ),
    "record of two clubs": (
        "it",
        (
            "Domenica il derby. Il tecnico Aldo Ferri guida l'Arcevia da giugno. I precedenti sono "
            "undici: cinque vittorie dell'Arcevia, quattro pareggi e due vittorie del Cetona."
        ),
        "Aldo Ferri",
        "Arcevia",
    ),
}


@pytest.mark.parametrize("name", _NOT_FOUND)
def test_a_near_miss_is_no_event(name: str) -> None:
    """Near misses: no event of this person at this team."""
    code, text, person, team = _NOT_FOUND[name]
    assert (person, team) not in {event[1:] for event in told(text, code)}


def test_a_list_of_teams_is_proved_from_its_first_word_on() -> None:
    """The word that opens a list stands in the evidence of each team, also of a short name."""
    text = (
        "Il tecnico Aldo Ferri è il nuovo allenatore dell'Arcevia. "
        "In carriera ha allenato il Cetona, il Norba e l'Ari."
    )
    events = extract(Document(text, id="x", language="it"), model="builtin").events
    proof = {event.team: event.evidence[0].quote for event in events}
    assert proof["Ari"] == "allenato il Cetona, il Norba e l'Ari"
    assert proof["Cetona"] == "allenato il Cetona"
