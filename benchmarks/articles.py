"""The article that every contender reads, made up for the purpose, and the answer that it gets.

The article is undated: its year has to be worked out from its weekdays, which is the dearer case.
"""

from __future__ import annotations

import json
from typing import Any

__all__ = ["ANSWER", "EVENTS", "MODEL", "article", "long_article", "short_article"]

MODEL = "stub-1"

_SHORT = """\
Valdombra, via Ottorino Galassi: squadra a Dario Benvenuti

VALDOMBRA – La società ha esonerato Ottorino Galassi dopo la sconfitta di Pontelungo. \
Al suo posto è stato nominato Dario Benvenuti, che firma fino al 30 giugno 2025. \
La presentazione del nuovo allenatore è fissata per mercoledì 13 marzo alle 15. \
Nel 2021 Benvenuti aveva vinto il campionato di Serie C con il San Biagio.
"""
_MORE = """\

Per il tecnico di Roccaforte è stato fatale il quarto ko in cinque partite: l’“1-3” di domenica, \
maturato nell’ultimo quarto d’ora, ha convinto il presidente a cambiare dopo una notte di \
riflessioni. La squadra è quartultima, con ventinove punti in ventotto giornate, e ha davanti a \
sé un calendario che non lascia respiro: prima la trasferta sul campo della capolista, poi due \
scontri diretti in casa. Il comunicato del club ringrazia l’allenatore uscente e il suo staff \
“per la \
professionalità e la dedizione dimostrate in questi mesi”.

Benvenuti, 51 anni, cresciuto nel vivaio del Castelmauro e poi per otto stagioni centrocampista in \
cadetteria, ha cominciato dalle giovanili e si è fatto conoscere per un calcio verticale, di poche \
parole e molte corse. Con il San Biagio ha chiuso il girone con la miglior difesa; l’anno dopo la \
salvezza è arrivata all’ultima giornata, davanti a novemila persone. «Mi ha chiamato il direttore \
alle sette del mattino», ha raccontato a chi lo aspettava fuori dal centro sportivo, «e alle otto \
ero già in macchina. Non prometto niente, tranne il lavoro». Dirigerà il primo allenamento nel \
pomeriggio, a porte chiuse.

Sul mercato degli allenatori il nome era circolato già in autunno, quando la panchina aveva \
scricchiolato una prima volta. Allora la proprietà aveva scelto di aspettare; stavolta i dirigenti \
hanno fatto in fretta, perché la sosta regala dieci giorni utili. Resta da sistemare lo staff: il \
preparatore dei portieri dovrebbe rimanere, mentre per il ruolo di collaboratore si cerca un \
profilo che conosca la categoria. La tifoseria organizzata, che domenica aveva lasciato la curva a \
venti minuti dalla fine, ha fatto sapere che tornerà al suo posto e che giudicherà il campo.

Il direttore sportivo, che parlerà soltanto dopo la sosta, ha affidato a poche righe la posizione \
della società: «Abbiamo aspettato finché è stato possibile. Il gruppo ha valori superiori alla \
classifica e adesso non ha più alibi; chiediamo alla città di starci vicino». In serata la \
squadra ha lasciato il ritiro, dove era rimasta da lunedì.
"""

_NOTHING: dict[str, Any] = dict.fromkeys(
    "type person team role role_title status date date_text replaces replaced_by contract_until "
    "competition honour record reason evidence".split()
)
EVENTS: list[dict[str, Any]] = [
    _NOTHING
    | {
        "type": "dismissal",
        "person": "Ottorino Galassi",
        "team": "Valdombra",
        "role": "head_coach",
        "status": "confirmed",
        "replaced_by": "Dario Benvenuti",
        "reason": "dopo la sconfitta di Pontelungo",
        "evidence": ["La società ha esonerato Ottorino Galassi"],
    },
    _NOTHING
    | {
        "type": "appointment",
        "person": "Dario Benvenuti",
        "team": "Valdombra",
        "role": "head_coach",
        "role_title": "allenatore",
        "status": "confirmed",
        "replaces": "Ottorino Galassi",
        "contract_until": "2025-06-30",
        "evidence": ["è stato nominato Dario Benvenuti", "firma fino al 30 giugno 2025"],
    },
    _NOTHING
    | {
        "type": "presentation",
        "person": "Dario Benvenuti",
        "team": "Valdombra",
        "role": "head_coach",
        "status": "planned",
        "date": "2024-03-13",
        "date_text": "mercoledì 13 marzo",
        "evidence": ["La presentazione del nuovo allenatore è fissata per mercoledì 13 marzo"],
    },
    _NOTHING
    | {
        "type": "honour",
        "person": "Dario Benvenuti",
        "team": "San Biagio",
        "role": "head_coach",
        "status": "confirmed",
        "date": "2021",
        "date_text": "Nel 2021",
        "honour": "campionato di Serie C",
        "evidence": ["Nel 2021 Benvenuti aveva vinto il campionato di Serie C con il San Biagio"],
    },
]
ANSWER = json.dumps({"events": EVENTS}, ensure_ascii=False)
"""What the stub's model says to every article: four events, all of which stand."""


def short_article(number: int) -> str:
    """An article of about 400 code points; another text for each number."""
    return f"{_SHORT}\nNotizia {number:06d}.\n"


def article(number: int) -> str:
    """An article of about 2,500 code points; another text for each number."""
    return f"{_SHORT}{_MORE}\nNotizia {number:06d}.\n"


def long_article(size: int) -> str:
    """A text of exactly `size` code points: many articles, one after the other."""
    single = len(article(0))
    return "".join(article(number) for number in range(size // single + 1))[:size]
