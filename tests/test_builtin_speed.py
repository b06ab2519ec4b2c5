"""The short cuts of the built-in reader: they skip work, never an answer."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from touchline import Document, Reader
from touchline.builtin import BuiltinModel, cues, moments
from touchline.builtin.encoding import encoded
from touchline.builtin.naming import learned
from touchline.builtin.scanning import sentences
from touchline.loops import run_at_once
from touchline.model import is_local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchline.builtin.encoding import Encoded

_DATES = (
    "Mid-March, pre-July 2024; since Sunday-night 12 March 2024, next Monday.",
    "L’altro ieri e dall’1 marzo 2023, lunedì 4 marzo; oggi.",
    "Aujourd’hui, avant-hier, après-demain et le 3 d’avril.",
    "Na terça-feira passada, 5 de março de 2024, e amanhã.",
    "Heute, am 19 August und letzten Montag.",
    "12march 2x10 may_ _may 13/14/2024 2023/24.",
)


def _lines(code: str) -> Iterator[tuple[Encoded, set[str]]]:
    """The sentences of a language's examples as patterns see them, and the signs of their marks."""
    language = cues.language(code)
    for cue in language.cues:
        for text in (*(text for text, _ in cue.yes), *cue.no):
            found = list(sentences(text, language))
            marks = learned(found, language, text=text).marks
            for sentence, own in zip(found, marks, strict=True):
                signs = {mark.sign for mark in own}
                yield encoded(sentence, own, text=text, language=language), signs


@pytest.mark.parametrize("code", cues.languages())
def test_a_pattern_that_is_passed_over_would_not_have_matched(code: str) -> None:
    """What a pattern needs is told by its words and marks: no match is lost."""
    language = cues.language(code)
    patterns = [pattern for cue in language.cues for pattern in cue.patterns][::4]
    passed = 0
    for line, signs in list(_lines(code))[::5]:
        tried = {pattern.rank for _, pattern in language.index.patterns(line.sentence.lower, signs)}
        for pattern in patterns:
            if pattern.rank not in tried or not [*pattern.found_in(line.signs)]:
                passed += 1
                assert pattern.regex.search(line.signs) is None, pattern.source
    assert passed


@pytest.mark.parametrize("text", _DATES)
def test_a_date_is_found_wherever_its_pattern_stands(text: str) -> None:
    """Trying a few words finds what the regex finds anywhere."""
    (sentence,) = sentences(text, cues.language("en"))
    lowered = text.lower()
    everywhere = [found.span() for found in moments._PHRASE.finditer(lowered)]
    kept = [span for span in everywhere if text[slice(*span)] not in {"may", "mai", "mars"}]
    assert kept == [(moment.start, moment.end) for moment in moments.moments(sentence, text)]


def test_a_run_loads_no_templates_and_no_cassettes() -> None:
    """The keyless model needs no prompt, so nothing that makes one is loaded."""
    script = (
        "import sys; from touchline import Document, extract;"
        "d = Document('Il Bari ha esonerato il tecnico Aldo Ferri.', language='it')\n"
        "e = extract(d, model='builtin');"
        "assert e.events and len(e.prompt) == 8, e;"
        "print(sorted({'jinja2', 'yaml', 'httpx2', 'openai'} & sys.modules.keys()))"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=False, text=True, timeout=60
    )
    assert (run.returncode, run.stdout) == (0, "[]\n"), run.stderr


def test_at_once_and_in_a_loop_say_the_same() -> None:
    """The built-in model awaits nothing: without a loop its reading is the same."""
    document = Document("Il Bari ha esonerato il tecnico Aldo Ferri.", language="it")
    reader = Reader("builtin")
    alone, looped = run_at_once(reader.read(document)), asyncio.run(reader.read(document))
    assert is_local(BuiltinModel())
    assert alone.events == looped.events != ()


def test_what_waits_cannot_run_at_once() -> None:
    """A coroutine that waits is closed, and the caller told."""
    with pytest.raises(RuntimeError, match="waits for something"):
        run_at_once(asyncio.sleep(0))


_UNITS = ("a", "1", "(", "[x] ", "A", "parola ", "esonerato ", "il tecnico Rossi del Bari, ")


@pytest.mark.parametrize("unit", _UNITS)
def test_x08_a_million_of_the_same_is_read_in_one_go(unit: str) -> None:
    """A long line of anything ends, and tells nothing."""
    document = Document(unit * (1_000_000 // len(unit)), language="it")
    reading = run_at_once(Reader("builtin", max_article_chars=2_000_000).read(document))
    assert reading.events == ()
    assert re.fullmatch("done|skipped", reading.state)
