"""Reading a model's answer: one JSON object, or an invalid answer, and never a crash."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growth import growth
from scripted import falls
from touchline.answers import InvalidAnswer, bounded, read_answer

EMPTY = '{"events": []}'


def invalid(answer: str) -> str:
    """Give the sentence that an invalid answer is refused with."""
    with pytest.raises(InvalidAnswer) as caught:
        read_answer(answer)
    return str(caught.value)


@pytest.mark.parametrize(
    "answer",
    [
        f"```json\n{EMPTY}\n```",
        f"```\n{EMPTY}```",
        f"Here is the answer:\n{EMPTY}",
        f"{EMPTY}\nThat is all {{as you asked}}.",
        f"{EMPTY} {{a}} {{b}} {{c}}",
    ],
)
def test_s28_one_object_in_prose_is_read_and_noted(answer: str) -> None:
    """A fence or prose around the one object is passed over, with a note."""
    raw = read_answer(answer)

    assert raw.events == []
    assert [code for code, _ in raw.notes] == ["wrapped_answer"]


@pytest.mark.parametrize(
    "answer", [EMPTY, f"  {EMPTY}\n", f"<think>{{maybe}} {EMPTY}</think>{EMPTY}"]
)
def test_s28_bare_object_is_read_without_a_note(answer: str) -> None:
    """The object alone, or after a model's thinking, is the answer."""
    assert read_answer(answer).notes == ()


@pytest.mark.parametrize(
    "answer",
    [
        EMPTY + EMPTY,
        f"{EMPTY}\n{EMPTY}",
        f"{EMPTY} or {{rather}} {EMPTY}",
        f"{EMPTY} {{}}",
        f'{EMPTY} {{"a": NaN}}',
        EMPTY + " {" * 60,
    ],
)
def test_s28_two_objects_are_no_answer(answer: str) -> None:
    """Which of two objects was meant cannot be known."""
    assert "more than one JSON object" in invalid(answer)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ('{"events": [], "events": [1]}', "`events` stands twice"),
        ('{"events": [{"a": 1, "a": 2}]}', "`a` stands twice"),
        ('{"events": [NaN]}', "`NaN`"),
        ('{"events": [-Infinity]}', "`-Infinity`"),
        (r'{"events": ["\ud800"]}', "surrogate"),
        (r'{"events": ["\udfff\ud800"]}', "surrogate"),
        ('{"events": ["\ud800"]}', "surrogate"),
        ('{"events": ' + "[" * 100_000, "nested too deeply"),
        ('{"events": ' + '{"a":' * 100_000, "nested too deeply"),
        ('{"events": [' + "9" * 5_000 + "]}", "too long"),
        ('{"events": [', "not valid JSON"),
        ("", "no JSON object"),
        ("There are no events.", "no JSON object"),
        ("[]", "no JSON object"),
        ("null", "no JSON object"),
        ("{}", "list `events`"),
        ('{"events": null}', "list `events`"),
        ('{"events": {}}', "list `events`"),
        ('{"event": []}', "list `events`"),
    ],
)
def test_s29_broken_answers_are_refused_in_words(answer: str, said: str) -> None:
    """What is no clean JSON object with events is refused, and the model is told why."""
    assert said in invalid(answer)


def test_s29_whole_surrogate_pairs_are_characters() -> None:
    """An escaped astral character is no half of anything."""
    assert read_answer(r'{"events": ["\ud83c\udfc0"]}').events == ["🏀"]


def test_extra_keys_are_noted() -> None:
    """A remark beside the events costs nothing."""
    raw = read_answer('{"events": [], "comment": "none found"}')

    assert [code for code, _ in raw.notes] == ["extra_keys"]


@given(st.text())
def test_s29_any_text_is_read_or_refused(answer: str) -> None:
    """No text makes the reader raise anything but its own error."""
    with suppress(InvalidAnswer):
        read_answer(answer)


@given(st.text(st.sampled_from('{}[]":,\\ude09NaN-e. \n`<think>/events'), max_size=60))
def test_s29_any_broken_json_is_read_or_refused(tail: str) -> None:
    """Near JSON, neither."""
    for answer in (tail, f'{{"events": [{tail}]}}', f"{EMPTY}{tail}"):
        with suppress(InvalidAnswer):
            read_answer(answer)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner)
        ),
    )
)
def test_events_come_as_they_were_given(value: object) -> None:
    """Nothing is guessed: an event of any JSON type is handed on."""
    assert read_answer(json.dumps({"events": [value]})).events == [value]


def test_s29_deep_events_can_be_written_again() -> None:
    """What is refused is kept only as deep as JSON writers go."""
    deep: object = 1
    for _ in range(500):
        deep = [deep]
    refused = falls({"type": deep, "person": "x"})

    assert json.dumps(refused.raw).count("[") < 25
    assert refused.code == "unknown_value"


@pytest.mark.parametrize(("depth", "shown"), [(1, {"a": "…"}), (2, {"a": ["…"]}), (3, {"a": [{}]})])
def test_bounded_cuts_what_is_deep(depth: int, shown: object) -> None:
    """A value is kept to a depth, and dots stand for the rest."""
    assert bounded({"a": [{}]}, depth) == shown


@pytest.mark.parametrize(
    "piece", ["{", "<think>", " ", '{"a":1} ', "```", "\\ud800", '"', "[", "}"]
)
def test_reading_takes_linear_time(piece: str) -> None:
    """Twice the answer takes no more than about twice the time."""

    def read(text: str) -> None:
        for answer in (text, EMPTY + text, '{"events": ["' + text):
            with suppress(InvalidAnswer):
                read_answer(answer)

    assert growth(read, piece) < 3


def test_many_keys_are_counted_in_linear_time() -> None:
    """A duplicate behind very many keys is found at once."""

    def read(text: str) -> None:
        keys = ",".join(f'"{number}":1' for number in range(len(text)))
        assert "stands twice" in invalid(f'{{"events":[],{keys},"0":2}}')

    assert growth(read, "x") < 3
