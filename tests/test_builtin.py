"""The built-in reader: what it finds in the samples, what it leaves alone, and that it is exact."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from touchline import CoachingEvent, Document, extract
from touchline.builtin import BuiltinModel, can_hold_event
from touchline.builtin.cues import cues_fingerprint
from touchline.builtin.model import answer

if TYPE_CHECKING:
    from collections.abc import Callable

_ROOT = Path(__file__).parents[1]
_GOLD = [
    json.loads(path.read_text("utf-8")) for path in sorted((_ROOT / "tests/gold").glob("*.json"))
]


def _events(text: str, code: str | None = None, published: str | None = None) -> list[Any]:
    """The proved events of a text."""
    record = {"text": text, "id": "x", "language": code, "published": published}
    extraction = extract(Document.from_record(record), model=BuiltinModel())
    assert extraction.state in {"done", "skipped"}
    return list(extraction.events)


@pytest.fixture(scope="module")
def ascoli() -> list[CoachingEvent]:
    """The events of the first sample, an undated page."""
    return _events((_ROOT / "samples/ascoli-carrera.txt").read_text("utf-8"))


@pytest.fixture(scope="module")
def spartak() -> list[CoachingEvent]:
    """The events of the second sample."""
    return _events((_ROOT / "samples/carrera-spartak.txt").read_text("utf-8"))


def _told(events: list[CoachingEvent]) -> set[tuple[str, str, str | None]]:
    return {(str(event.type), event.person, event.team) for event in events}


def test_sample_gives_the_change_of_coach(ascoli: list[CoachingEvent]) -> None:
    """Who comes and who is sent away."""
    assert ("appointment", "Massimo Carrera", "Ascoli") in _told(ascoli)
    assert ("dismissal", "Fabrizio Castori", "Ascoli") in _told(ascoli)


def test_sample_gives_the_staff_that_leaves(ascoli: list[CoachingEvent]) -> None:
    """Four people in one list, each with the role beside the name."""
    leavers = {(event.person, event.role) for event in ascoli if event.type == "departure"}
    assert leavers == {
        ("Riccardo Bocchini", "assistant_coach"),
        ("Tommaso Marolda", "assistant_coach"),
        ("Carlo Pescosolido", "fitness_coach"),
        ("Marco Castori", "analyst"),
    }


def test_sample_gives_the_hour_of_the_presentation(ascoli: list[CoachingEvent]) -> None:
    """The year of an undated page follows from its weekday."""
    dates = [event.date for event in ascoli if event.type == "presentation"]
    assert dates == ["2024-03-13T18:00:00"]


def test_sample_gives_most_of_the_career(ascoli: list[CoachingEvent]) -> None:
    """Clubs that the page names in a line of history."""
    teams = {event.team for event in ascoli if event.type == "appointment"}
    assert teams >= {"Ascoli", "Spartak Mosca", "AEK Atene", "Bari"}
    honours = {event.honour for event in ascoli if event.type == "honour"}
    assert len(honours) >= 2


def test_second_sample_gives_the_caretaker_and_the_record(spartak: list[CoachingEvent]) -> None:
    """A caretaker, the man he follows, and thirteen matches counted."""
    assert ("interim_appointment", "Massimo Carrera", "Spartak Mosca") in _told(spartak)
    assert ("dismissal", "Dmitri Alenichev", "Spartak Mosca") in _told(spartak)
    records = [event.record for event in spartak if event.record is not None]
    counts = [(r.matches, r.wins, r.draws, r.losses) for r in records]
    assert counts == [(13, 9, 1, 3)]


def test_a_date_is_reckoned_from_publication() -> None:
    """Yesterday, last Monday and today, from the day of publication."""
    text = "Il tecnico Aldo Ferri si è dimesso lunedì. L'Arcevia ha scelto il tecnico Ugo Neri."
    events = _events(text, "it", "2025-01-15")
    assert {str(event.type): event.date for event in events} == {
        "resignation": "2025-01-13",
        "appointment": "2025-01-15",
    }


@pytest.mark.parametrize("gold", _GOLD, ids=[item["id"] for item in _GOLD])
def test_every_quote_is_exact_and_nothing_is_refused(gold: dict[str, Any]) -> None:
    """The grounding finds nothing to refuse, and offsets point at the quotes."""
    document = Document.from_record(_record(gold))
    extraction = extract(document, model=BuiltinModel())
    assert extraction.rejected == ()
    for event in extraction.events:
        for evidence in event.evidence:
            assert gold["text"][evidence.start : evidence.end] == evidence.quote


def _record(gold: dict[str, Any]) -> dict[str, Any]:
    return {key: gold[key] for key in ("id", "language", "published", "text")}


@pytest.mark.parametrize("gold", _GOLD[:6], ids=[item["id"] for item in _GOLD[:6]])
def test_an_answer_is_the_same_in_every_run(gold: dict[str, Any]) -> None:
    """Byte for byte."""
    document = Document.from_record(_record(gold))
    assert answer(document) == answer(document)


_NOTHING: dict[str, tuple[str, str]] = {
    "recipe": (
        "it",
        (
            "Crema di zucca. Il cuoco Aldo Ferri consiglia di lasciare riposare la crema "
            "per un'ora. Sollevare dal fuoco e servire con i crostini."
        ),
    ),
    "transfer": (
        "it",
        (
            "Il Rovello ha ingaggiato l'attaccante Fabio Bianchi, che ha firmato fino al "
            "2027. Lascia il difensore Marco Zanetti. Soddisfatto il tecnico Ugo Neri."
        ),
    ),
    "match": (
        "it",
        (
            "Il Collesano ha battuto 2-1 il Marzano. Il tecnico Ugo Ferrante: «Abbiamo "
            "meritato». Ammonito Rocchi, squalificato per la prossima il terzino Bruni."
        ),
    ),
    "politics": (
        "it",
        (
            "Il consigliere Piero Testa ha annunciato le dimissioni. Il sindaco Laura "
            "Fabbri ha nominato un nuovo assessore."
        ),
    ),
    "chairman": (
        "en",
        (
            "Marlow Town chairman Carl Rowe has resigned after nine years. The club will "
            "appoint a new chairman in June."
        ),
    ),
    "signing": (
        "en",
        (
            "Marlow Town have signed striker Alan Firth on a two-year deal. Manager Joe "
            "Penn said he was delighted. Defender Tom Ash has left the club."
        ),
    ),
    "report": (
        "en",
        (
            "Marlow Town beat Denby Rovers 3-1. Alan Firth was dismissed for a second "
            "yellow card after an hour. Manager Joe Penn praised his side."
        ),
    ),
    "gardening": (
        "en",
        ("The head gardener, Alan Firth, left the roses alone until March."),
    ),
    "business": (
        "en",
        (
            "The bank has appointed Anna Field as its new finance director. She replaces "
            "Paul Reed, who retired in May."
        ),
    ),
    "question": (
        "it",
        ("Chi sarà il nuovo allenatore dell'Arcevia? Torna il tecnico Aldo Ferri?"),
    ),
    "condition": (
        "it",
        ("Se perde domenica, l'Arcevia esonera il tecnico Aldo Ferri."),
    ),
    "menu": (
        "it",
        (
            "Home | Serie A | Serie B | Video\n"
            "LEGGI ANCHE\n"
            "Arcevia, esonerato il tecnico Ferri\n"
            "\n"
            "Il Comune ha approvato il progetto dello stadio."
        ),
    ),
}


@pytest.mark.parametrize("name", _NOTHING)
def test_other_news_gives_no_event(name: str) -> None:
    """Recipes, transfers, reports, politics, menus: nothing."""
    code, text = _NOTHING[name]
    assert _events(text, code) == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("it", "Il Borgo Velo ha esonerato Renzo Gualdoni. Al suo posto arriva Ettore Serafini."),
        ("en", "Marlow Town have sacked manager Alan Firth."),
        ("es", "El Atlético Peñalba destituyó a su entrenador, Luis Cano."),
        ("pt", "O Guarapari demitiu o técnico Ademir Fesan nesta segunda-feira."),
        ("de", "Der FC Arnsheim hat Trainer Karl Ferber entlassen."),
        ("fr", "L'AS Valmont a limogé son entraîneur Paul Ferrand."),
    ],
)
def test_a_sentence_tells_its_language(code: str, text: str) -> None:
    """Untagged, the shortest news is read as it is with its tag."""
    assert _events(text, None) == _events(text, code)
    assert _events(text, None)


@pytest.mark.parametrize("code", ["fi", "ja", None])
def test_a_language_without_a_cue_file_gives_nothing(code: str | None) -> None:
    """No guess in a language that is not known; the pre-filter lets it pass."""
    text = "Seuran hallitus on tänään irtisanonut valmentajan."
    assert _events(text, code) == []
    assert can_hold_event(text, code)


@pytest.mark.parametrize(
    ("text", "can"),
    [
        ("L'Arcevia ha esonerato Aldo Ferri.", True),
        ("Il tecnico della caldaia non è venuto.", True),
        ("Il Comune ha approvato il progetto dello stadio, che costerà molto.", False),
    ],
)
def test_the_prefilter_rules_out_what_holds_no_coaching_word(text: str, *, can: bool) -> None:
    """It may let a caldaia pass; it must not lose an esonero."""
    assert can == can_hold_event(text, "it")


def test_the_prefilter_loses_no_article_of_the_gold() -> None:
    """Every annotated article with an event passes."""
    lost = [
        gold["id"]
        for gold in _GOLD
        if gold["events"] and not can_hold_event(gold["text"], gold["language"])
    ]
    assert lost == []


_LONG = {
    "capitals": "Massimo Carrera ",
    "surnames": "Rossi, ",
    "words": "parola ",
    "letters": "a",
    "commas": ", a",
    "elisions": "l'A",
    "brackets": "(",
    "dates": "12 marzo ",
    "years": "2024",
    "lines": "A\n",
    "cues": "Massimo Carrera è stato esonerato. ",
    "lists": "il vice Aldo Ferri, ",
    "records": "3 vittorie, ",
    "menus": "a | ",
    "dots": "… ",
    "hyphens": "a-",
    "mojibake": "â€™",
}


@pytest.mark.parametrize("name", _LONG)
def test_long_input_is_read_in_linear_time(name: str) -> None:
    """Four times the text takes little more than four times the time."""
    unit = _LONG[name]

    def reading(size: int) -> Callable[[], str]:
        document = Document(unit * (size // len(unit)), language="it")
        return lambda: answer(document)

    answer(Document("Il tecnico Aldo Ferri.", language="it"))
    short = max(_least(reading(10_000), runs=2), 0.005)
    assert _least(reading(40_000), runs=2) < 16 * short


def _least(work: Callable[[], object], *, runs: int = 4) -> float:
    """The least processor time of a few runs, in seconds."""
    times = []
    for _ in range(runs):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def test_a_result_tells_which_cues_read_it(tmp_path: Path) -> None:
    """The fingerprint of a result is that of the cue files, and another one after an edit."""
    known = extract("Il Borgo Velo ha esonerato Renzo Gualdoni.", model="builtin").prompt
    same, edited = tmp_path / "same", tmp_path / "edited"
    for folder in (same, edited):
        shutil.copytree(_ROOT / "cues", folder)
    with (edited / "it.toml").open("a", encoding="utf-8") as file:
        file.write("# One more line.\n")

    assert known == cues_fingerprint(same)
    assert known != cues_fingerprint(edited)
