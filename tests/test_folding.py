"""What counts as equal when a quote is compared with a text, and the way back to the text."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growth import growth
from touchline.folding import fold, fold_words

# Letters, signs that fold, marks that compose, white space of many kinds, and what is astral.
MIXED = st.text(
    st.sampled_from("abeinosAEI éèñçßıİœ’‘“”«»–—-'\"`´….,  \t\r\n\u00a0\u202f\u2028")
    | st.sampled_from("\u0301\u0308\u0327\u1100\u1161\u11a8\u09c7\u09be\u1fef\u0374")
    | st.sampled_from("🏀𝔸한"),
    max_size=40,
)


@pytest.mark.parametrize(
    ("given_text", "folded"),
    [
        ("L’ex", "L'ex"),
        ("l`ex ´ ʼ ′", "l'ex ' ' '"),
        ("«via» “via” „via‟", '"via" "via" "via"'),
        ("2–1 — 2−1 ‑ 2-1", "2-1 - 2-1 - 2-1"),
        ("via…", "via..."),
        ("a\u00a0 \t\r\nb", "a b"),
        ("a\u2028b\u2009c\u3000d", "a b c d"),
        ("perche\u0301", "perché"),
        ("\u1112\u1161\u11ab", "한"),
        ("\u09c7\u09be", "\u09cb"),
    ],
)
def test_fold_evens_out_what_means_the_same(given_text: str, folded: str) -> None:
    """Signs of other form, white space and Unicode form do not count."""
    assert fold(given_text).text == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("è stato esonerato", "non è stato esonerato"),
        ("13 marzo", "14 marzo"),
        ("perché", "perche"),
        ("Papà", "papà"),
        ("ﬁrma", "firma"),
        ("½", "1/2"),
        ("Straße", "Strasse"),
        ("İ", "I"),
        ("ıs", "is"),
        ("ko,", "ko"),
        ("a b", "ab"),
    ],
)
def test_fold_keeps_what_does_not(one: str, other: str) -> None:
    """Words, digits, accents, case, ligatures and punctuation count."""
    assert fold(one).text != fold(other).text


@pytest.mark.parametrize(
    ("text", "span", "source"),
    [
        ("a  b", (2, 3), (3, 4)),
        ("a  b", (1, 2), (1, 3)),
        ("via…ora", (6, 9), (4, 7)),
        ("via…ora", (4, 5), (3, 4)),
        ("e\u0301e\u0301 x", (1, 2), (2, 4)),
        ("🏀  ß", (2, 3), (3, 4)),
        ("x\r\n\r\ny", (2, 3), (5, 6)),
    ],
)
def test_spans_lead_back_to_the_source(
    text: str, span: tuple[int, int], source: tuple[int, int]
) -> None:
    """A span of the folded text names the code points behind it."""
    assert fold(text).source(*span) == source


@given(MIXED)
def test_fold_is_idempotent(text: str) -> None:
    """Folding folded text changes nothing."""
    once = fold(text).text

    assert fold(once).text == once


def test_fold_is_idempotent_for_every_character() -> None:
    """No code point folds to something that would fold further."""
    everything = map(chr, range(sys.maxunicode + 1))
    suspects = [c for c in everything if not unicodedata.is_normalized("NFC", c)]
    odd = [c for c in suspects if fold(folded := fold(c).text).text != folded]

    assert len(suspects) > 1_000
    assert not odd


@given(MIXED)
def test_fold_agrees_with_nfc(text: str) -> None:
    """Composed and decomposed forms of one text fold to the same."""
    composed = fold(unicodedata.normalize("NFC", text)).text

    assert fold(unicodedata.normalize("NFD", text)).text == composed


@given(MIXED, st.data())
def test_spans_fold_to_themselves(text: str, data: st.DataObject) -> None:
    """What the source has at a span's place folds to a text that holds the span."""
    folded = fold(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    first, last = folded.source(start, end)

    assert 0 <= first < last <= len(text)
    assert folded.text[start:end] in fold(text[first:last]).text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Petrušić STRAẞE", "petrusic strasse"),
        ("ŁUKASZ Ødegård Œuvre", "lukasz odegard oeuvre"),
        ("ISPARTA ısparta İsparta", "isparta isparta isparta"),
        ("Ñandú Çalık", "nandu calik"),
        ("Владимир", "владимир"),
    ],
)
def test_fold_words_drops_case_and_accents(text: str, words: str) -> None:
    """Names compare without case and accents, and keep their spaces."""
    assert fold_words(text) == words


@pytest.mark.parametrize(
    "piece",
    ["parola ", " ", "\u00a0", "…", "e\u0301", "\u0301", "’", "–", "\r\n", "é", "🏀", "\u1161"],
)
def test_fold_takes_linear_time(piece: str) -> None:
    """Twice the text takes no more than about twice the time, whatever it repeats."""
    assert growth(fold, piece) < 3
    assert growth(fold_words, piece) < 3
