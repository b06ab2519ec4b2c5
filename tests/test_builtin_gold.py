"""The built-in reader against the gold: the half that its cues were written with, and the other.

The halves are chosen by a digest of the article's id. The corpus is written in an oblique style
that cue words meet now and then; what the reader says of it must be right all the same.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from touchline import CoachingEvent, Document, extract
from touchline.builtin import BuiltinModel
from touchline.identity import same_person, same_team

_GOLD = [
    json.loads(path.read_text("utf-8"))
    for path in sorted((Path(__file__).parent / "gold").glob("*.json"))
]


def _is_seen(gold: dict[str, Any]) -> bool:
    """Whether cues may be written with an article in view."""
    return int(hashlib.sha256(gold["id"].encode()).hexdigest()[-1], 16) % 2 == 0


def _events(gold: dict[str, Any]) -> tuple[CoachingEvent, ...]:
    record = {key: gold[key] for key in ("id", "language", "published", "text")}
    return extract(Document.from_record(record), model=BuiltinModel()).events


def _agree(gold: dict[str, Any], event: CoachingEvent) -> bool:
    """Strictly: the same type, person and team."""
    return (
        gold["type"] == event.type
        and same_person(gold["person"], event.person)
        and same_team(gold["team"], event.team)
    )


def _matched(gold: list[dict[str, Any]], found: tuple[CoachingEvent, ...]) -> int:
    """How many events agree, each counted once."""
    left = list(gold)
    count = 0
    for event in found:
        twin = next((item for item in left if _agree(item, event)), None)
        if twin is not None:
            left.remove(twin)
            count += 1
    return count


@pytest.mark.parametrize(
    ("seen", "precision", "recall"),
    [pytest.param(True, 0.65, 0.09, id="seen"), pytest.param(False, 0.50, 0.05, id="held-out")],
)
def test_what_is_found_in_the_gold_is_mostly_right(
    *, seen: bool, precision: float, recall: float
) -> None:
    """Strict precision and recall of each half; run with `-s` to see the figures."""
    wanted = found = matched = 0
    for gold in _GOLD:
        if _is_seen(gold) == seen:
            events = _events(gold)
            wanted += len(gold["events"])
            found += len(events)
            matched += _matched(gold["events"], events)
    print(f"P {matched / found:.3f} R {matched / wanted:.3f} of {wanted}")  # noqa: T201
    assert matched / found >= precision
    assert matched / wanted >= recall
