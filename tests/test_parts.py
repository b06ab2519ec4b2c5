"""Long articles in parts: nothing lost, nothing too long, and cuts between paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growth import growth
from touchline.parts import Part, halves, split

PROSE = st.text(st.sampled_from("ab é.!? \t\r\n\u2028…\"'»🏀"), max_size=300)


@given(PROSE, st.integers(1, 80))
def test_parts_joined_are_the_text(text: str, limit: int) -> None:
    """Every code point is in one part, in order, and no part is longer than asked."""
    parts = split(text, limit)

    assert "".join(part.text for part in parts) == text
    assert all(len(part.text) <= limit for part in parts)
    assert all(part.text for part in parts) or not text
    assert [(part.number, part.count) for part in parts] == [
        (number, len(parts)) for number in range(1, len(parts) + 1)
    ]


@given(st.lists(st.text(st.sampled_from("ab .,"), min_size=1, max_size=30), max_size=20))
def test_cuts_fall_between_paragraphs(paragraphs: list[str]) -> None:
    """Where paragraphs are at most half as long as a part, every cut is at the end of one."""
    text = "\n\n".join(paragraphs)
    for part in split(text, 70)[:-1]:
        assert part.text.rstrip(" ").endswith("\n")


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("", 10, [""]),
        ("One two.", 10, ["One two."]),
        ("One two.\n\nThree four.", 12, ["One two.\n\n", "Three four."]),
        ("One two.\r\n\r\nThree four.", 12, ["One two.\r\n\r\n", "Three four."]),
        ("One two.\u2029Three four.", 12, ["One two.\u2029", "Three four."]),
        ("One two. Three four.", 12, ["One two. ", "Three four."]),
        ("«Via.» Ora arriva", 10, ["«Via.» ", "Ora arriva"]),
        ("one two three four", 10, ["one two ", "three four"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
    ],
)
def test_the_best_cut_within_reach_is_taken(text: str, limit: int, pieces: list[str]) -> None:
    """A paragraph's end, else a sentence's, else a word's, else the limit."""
    assert [part.text for part in split(text, limit)] == pieces


def test_later_parts_carry_the_head_of_the_article() -> None:
    """The headline and first lines come with every part but the first."""
    text = "Ascoli, via Castori.\n\n" + "Una frase qualsiasi. " * 200
    first, *others = split(text, 1_000)

    assert first.lead == ""
    assert all(part.lead.startswith("Ascoli, via Castori.") for part in others)
    assert all(len(part.lead) <= 600 for part in others)


def test_a_part_is_halved_until_it_is_short() -> None:
    """An answer that did not fit is asked for in two; a short part is not cut."""
    text = "Una frase qualsiasi. " * 100
    first, second = halves(Part(text), text)

    assert first.text + second.text == text
    assert max(len(first.text), len(second.text)) < len(text)
    assert (first.lead, bool(second.lead)) == ("", True)
    assert halves(Part("breve"), "breve") == ()


@pytest.mark.parametrize("piece", ["a", " ", "\n", "\r", ". ", '."', "…", "\n \t", "\u2028 "])
def test_splitting_takes_linear_time(piece: str) -> None:
    """Twice the text takes no more than about twice the time."""
    assert growth(lambda text: split(text, 500), piece) < 3
    assert growth(lambda text: split(text, 15_000), piece) < 3
