"""What a model sees of a text, and the way back from its offsets to the text as given."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.text import Visible, visible

HIDDEN = "\u00ad\u061c\u200b\u200d\u200f\u202e\u2066\ufeff\u3164\U000e0041\U000e0100"
CONTROLS = "\x00\x07\x0b\x1b\x7f\x85\x9f"
KEPT = "\t\n\r\u2028\u2029\u00a0\u2019«»…\ufe0f\u0301🏟é"
TEXTS = st.text(st.one_of(st.characters(), st.sampled_from(HIDDEN + CONTROLS + KEPT)))


def test_a_text_without_unseen_characters_is_not_touched() -> None:
    """A text that holds nothing to hide is the very same object, with nothing to map."""
    shown = visible(KEPT)

    assert shown == Visible(KEPT)
    assert shown.text is KEPT


@pytest.mark.parametrize("character", HIDDEN, ids=lambda c: f"U+{ord(c):04X}")
def test_i09_hidden_characters_leave_no_trace(character: str) -> None:
    """Bidi, zero-width, filler and tag characters are not shown, and are counted."""
    shown = visible(f"Car{character}rera")

    assert (shown.text, shown.removed, shown.replaced) == ("Carrera", 1, 0)
    assert shown.original(0, 7) == (0, 8)


@pytest.mark.parametrize("character", CONTROLS, ids=lambda c: f"U+{ord(c):04X}")
def test_i05_a_control_becomes_one_space(character: str) -> None:
    """Controls become a space each, so that length and offsets stay; they are counted."""
    shown = visible(f"a{character}b")

    assert (shown.text, shown.removed, shown.replaced) == ("a b", 0, 1)
    assert shown.original(2, 3) == (2, 3)


@pytest.mark.parametrize("character", KEPT, ids=lambda c: f"U+{ord(c):04X}")
def test_i13_other_characters_stay(character: str) -> None:
    """Line ends of every kind, tabs, quotes, marks and emoji go byte for byte."""
    assert visible(f"a{character}b").text == f"a{character}b"


def test_i09_hidden_characters_at_the_edges_of_a_span_do_not_belong_to_it() -> None:
    """A span runs from its first visible character to its last."""
    text = "\u200bab\u200b\u200bcd\u202e"
    shown = visible(text)

    assert shown.text == "abcd"
    assert shown.original(0, 2) == (1, 3)
    assert shown.original(2, 4) == (5, 7)
    assert shown.original(0, 4) == (1, 7)


@given(TEXTS)
def test_i09_every_span_leads_back(text: str) -> None:
    """The given text behind any span shows exactly that span."""
    shown = visible(text)

    assert len(shown.text) == len(text) - shown.removed
    for start in range(0, len(shown.text), 3):
        for end in range(start + 1, len(shown.text) + 1, 3):
            first, last = shown.original(start, end)
            assert visible(text[first:last]).text == shown.text[start:end]


@given(TEXTS)
def test_what_is_visible_is_visible_once(text: str) -> None:
    """Hiding again changes nothing."""
    shown = visible(text).text

    assert visible(shown).text == shown


@given(TEXTS)
def test_i11_each_character_is_shown_or_hidden_alone(text: str) -> None:
    """No normalisation and no folding: no character changes what becomes of another."""
    assert visible(text).text == "".join(visible(character).text for character in text)


def test_long_texts_take_linear_time() -> None:
    """A million hidden characters are hidden in well under a second or two."""
    started = time.process_time()
    shown = visible("a\u200b\x00" * 500_000)
    spans = [shown.original(at, at + 1) for at in range(0, 1_000_000, 1000)]

    assert shown.removed == shown.replaced == 500_000
    assert spans[1] == (1500, 1501)
    assert time.process_time() - started < 4
