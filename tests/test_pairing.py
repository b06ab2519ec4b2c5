"""Which event found is which of the gold: as good as trying every pairing."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from scored import APPOINTMENT, DEPARTURE, DISMISSAL, HONOUR, RUMOUR, event
from touchline import CoachingEvent, pairing, teamwords
from touchline.pairing import agreeing, is_strict, leftover_pairs, pairs, unclear_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

QUOTES = ("Fabrizio Castori è stato esonerato", "Al suo posto", "Marco Castori lascia")


def changed(known: CoachingEvent, **fields: Any) -> CoachingEvent:
    """An event with some fields changed."""
    return CoachingEvent.model_validate({**known.model_dump(), **fields})


def some_events(numbers: random.Random) -> list[CoachingEvent]:
    """Up to four events that are hard to tell apart: one type and person, other teams and dates."""
    return [
        event(
            "dismissal",
            numbers.choice(["Fabrizio Castori", "Fabrizio Castori", "Marco Castori"]),
            numbers.choice(["Ascoli", "Ascoli", "Bari", None]),
            numbers.choice(QUOTES),
            role=numbers.choice(["head_coach", None]),
            date=numbers.choice(["2024-03-12", "2024-03", "2023", None]),
        )
        for _ in range(numbers.randint(1, 4))
    ]


def every_pairing(rows: int, columns: int) -> Iterator[list[tuple[int, int]]]:
    """All ways to pair some rows with some columns, one to one."""
    if not rows:
        yield []
        return
    for rest in every_pairing(rows - 1, columns):
        yield rest
        taken = {column for _, column in rest}
        for column in set(range(columns)) - taken:
            yield [*rest, (rows - 1, column)]


def worth(
    gold: Sequence[CoachingEvent],
    found: Sequence[CoachingEvent],
    *,
    paired: Sequence[tuple[int, int]],
) -> tuple[int, int]:
    """How many pairs are strict, and how alike all pairs are; less than nothing if some may not."""
    strict = alike = 0
    unclear = unclear_names(gold, found)
    for row, column in paired:
        agreed = agreeing(gold[row], found[column], unclear=unclear)
        if not pairing._can_be_one(gold[row], found[column], agreed):
            return -1, 0
        strict += is_strict(agreed)
        alike += pairing._similarity(gold[row], found[column], agreed)
    return strict, alike


def test_no_pairing_is_better() -> None:
    """No other pairing has more strict pairs, nor as many and more in common."""
    numbers = random.Random(11)  # noqa: S311 - no cryptography
    for _ in range(150):
        gold, found = some_events(numbers), some_events(numbers)
        best = max(worth(gold, found, paired=each) for each in every_pairing(len(gold), len(found)))

        assert worth(gold, found, paired=pairs(gold, found)) == best


def test_strict_pairs_go_before_likeness() -> None:
    """A pair that is right in all but its details counts more than two that are wrong alike."""
    right = event("dismissal", "Fabrizio Castori", "Ascoli", QUOTES[0])
    gold = [right, changed(DISMISSAL, team=None)]
    found = [changed(DISMISSAL, team="Ascoli"), event("dismissal", "F. Castori", None, QUOTES[2])]

    assert pairs(gold, found) == [(0, 0), (1, 1)]


MAY_BE_ONE = [
    ({"team": None}, True),
    ({"team": "Bari"}, False),
    ({"person": "Sauro Bedin"}, False),
    ({"person": "Sauro Bedin", "team": None}, False),
    ({"type": "departure", "team": None}, False),
]


@pytest.mark.parametrize(("fields", "paired"), MAY_BE_ONE)
def test_without_common_quotes_only_a_null_team_pairs(fields: dict[str, Any], paired: bool) -> None:
    """The person alone is enough where one of the two names no team, on either side."""
    elsewhere = [item.model_dump() for item in DEPARTURE.evidence]
    other = changed(DISMISSAL, evidence=elsewhere, **fields)

    assert pairs([DISMISSAL], [other]) == ([(0, 0)] if paired else [])
    assert pairs([other], [DISMISSAL]) == ([(0, 0)] if paired else [])


def test_a_less_precise_date_is_half_a_date() -> None:
    """Equal dates go before contained ones, and these before others."""
    exact, month, wrong = (
        changed(DISMISSAL, date=date) for date in ("2024-03-12", "2024-03", "2023")
    )
    alike = [
        pairing._similarity(exact, other, agreeing(exact, other)) for other in (exact, month, wrong)
    ]

    assert alike[0] - alike[1] == alike[1] - alike[2] == 3
    assert pairs([exact, wrong], [changed(wrong, date=None), month]) == [(0, 1), (1, 0)]


TOLD_AS = [
    ("dismissal", "departure", True),
    ("appointment", "interim_appointment", True),
    ("contract_extension", "confirmation", True),
    ("dismissal", "appointment", False),
    ("honour", "results", False),
    ("honour", "presentation", False),
]


@pytest.mark.parametrize(("wanted", "told", "paired"), TOLD_AS)
def test_kinds_of_one_thing_are_taken_for_each_other(wanted: str, told: str, paired: bool) -> None:
    """Elsewhere in the text two types pair if they are akin; on the same words any two do."""
    elsewhere = [item.model_dump() for item in DEPARTURE.evidence]
    gold, found = changed(DISMISSAL, type=wanted), changed(DISMISSAL, type=told)

    assert leftover_pairs([gold], [found], taken=[]) == [(0, 0)]
    far = changed(found, evidence=elsewhere)
    assert leftover_pairs([gold], [far], taken=[]) == ([(0, 0)] if paired else [])
    assert not leftover_pairs([gold], [changed(far, team="Bari")], taken=[])


def test_a_name_that_fits_two_people_is_unclear() -> None:
    """A bare surname with two bearers says nothing; a name of the gold's own is always clear."""
    son = changed(DEPARTURE, person="Marco Castori")
    names = ["Castori", "F. Castori", "Carrera", "Marco Castori"]
    found = [changed(DISMISSAL, person=name) for name in names]
    bare = changed(APPOINTMENT, person="Castori")

    assert unclear_names([DISMISSAL, son], found) == {"Castori"}
    assert unclear_names([DISMISSAL], found) == set()
    assert unclear_names([DISMISSAL, son, bare], found) == set()
    assert unclear_names([changed(APPOINTMENT, replaces="Marco Castori"), DISMISSAL], found) == {
        "Castori"
    }
    assert "person" not in agreeing(DISMISSAL, found[0], unclear={"Castori"})
    assert "person" in agreeing(DISMISSAL, found[0])


def test_titles_without_words_do_not_agree() -> None:
    """Nothing but articles is no title."""
    assert "honour" not in agreeing(changed(HONOUR, honour="la"), changed(HONOUR, honour="il"))
    assert "honour" in agreeing(changed(HONOUR, honour="la"), changed(HONOUR, honour="la"))
    assert "status" not in agreeing(RUMOUR, changed(RUMOUR, status="confirmed"))


def test_the_scorer_follows_its_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another weight, or another nickname of a club, makes another scorer."""
    number, digest = pairing.SCORER.split(".")
    assert (number, digest) == ("2", pairing._digest())
    monkeypatch.setitem(pairing._WEIGHTS, "team", 7)
    heavier = pairing._digest()
    monkeypatch.setitem(teamwords.NICKNAMES, "picchio", "ascoli")

    assert len({digest, heavier, pairing._digest()}) == 3
