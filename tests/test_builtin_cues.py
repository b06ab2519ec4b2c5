"""The cue files: their examples hold, every cue has both kinds, a broken pattern says so."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest

from touchline import Document
from touchline.builtin import cues
from touchline.builtin.model import answer
from touchline.builtin.patterns import Compiled, Grammar, PatternError, spellings

_FILES = {code: tomllib.loads(path.read_text("utf-8")) for code, path in cues.cue_files().items()}
_CUES = [
    pytest.param(code, number, id=f"{code}-{number}-{cue['type']}")
    for code, file in _FILES.items()
    for number, cue in enumerate(file["cue"])
]
_CLASSES = {"small": frozenset({"is"}), "not": frozenset({"not"}), "of": frozenset({"of"})}


def _told(text: str, code: str) -> list[tuple[str, str]]:
    """The events of a text: the type of each, and `person; team; status`."""
    events: list[dict[str, Any]] = json.loads(answer(Document(text, language=code)))["events"]
    return [
        (event["type"], f"{event['person']}; {event['team']}; {event['status']}")
        for event in events
    ]


def _compiled(source: str) -> Compiled:
    """A pattern over a toy language, in which each word has a sign of its own."""
    signs: dict[str, str] = {}
    grammar = Grammar(_CLASSES, lambda word: signs.setdefault(word, chr(0xE000 + len(signs))))
    return grammar.compiled(source)


@pytest.mark.parametrize(("code", "number"), _CUES)
def test_the_examples_of_a_cue_hold(code: str, number: int) -> None:
    """What a `yes` promises is found; a `no` tells no event of the type; a cue has both kinds."""
    cue = cues.language(code).cues[number]
    for text, events in cue.yes:
        told = _told(text, code)
        for event in events:
            assert (cue.type, event) in told, text
    for text in cue.no:
        assert [event for kind, event in _told(text, code) if kind == cue.type] == [], text

    assert cue.yes
    assert cue.no


@pytest.mark.parametrize("code", cues.languages())
def test_no_pattern_nests_quantifiers_without_bound(code: str) -> None:
    """No pattern can loop: every repetition has an end."""
    for cue in cues.language(code).cues:
        for pattern in cue.patterns:
            assert "*" not in pattern.expression, pattern.source
            assert "+" not in pattern.expression, pattern.source


def test_endings_are_spelled_out() -> None:
    """A slash gives endings; two give the bare word, too."""
    assert spellings("esonerat/o/a") == ("esonerato", "esonerata")
    assert spellings("coach//es") == ("coach", "coaches")


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("(a|b", "is not closed"),
        ("a) b", "closes nothing"),
        ("@nothing sacked", "no word class `@nothing`"),
        ("TRAINER sacked", "no slot `TRAINER`"),
        ("PERSON is TEAM", "a word of its own"),
        ("sacked ? PERSON", "`[?]` is no word"),
        ("sacked ,then PERSON", "`,then` is no word"),
        ("sacked :[ PERSON", "is no word"),
        ("sacked ..? PERSON", "`..` is no word"),
        ("sacked (by|Under) TEAM", "`Under` is no word in lower case"),
    ],
)
def test_a_broken_pattern_says_what_is_wrong(source: str, problem: str) -> None:
    """The message names the pattern and the fault."""
    with pytest.raises(PatternError, match=problem) as error:
        _compiled(source)
    assert source in str(error.value)


@pytest.mark.parametrize(
    ("source", "keys"),
    [
        ("PERSON sacked", {"sacked"}),
        ("PERSON is (sacked|fired)", {"sacked", "fired"}),
        ("PERSON is (very)? sacked by TEAM", {"sacked"}),
        ("PERSON is ROLE", {"@role"}),
    ],
)
def test_a_pattern_knows_the_word_it_needs(source: str, keys: set[str]) -> None:
    """The rarest word that must be there is the key; optional and small words are not."""
    assert keys == _compiled(source).keys
