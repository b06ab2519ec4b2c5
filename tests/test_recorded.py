"""The recorded articles, replayed: what a real model answered is read right, without a network."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import touchline
from touchline import EDTF, CoachingEvent, Document, Extraction
from touchline.cassettes import Stored, stored
from touchline.identity import same_person, same_team

ROOT = Path(__file__).parents[1]
CASSETTES = ROOT / "cassettes"
GOLD = {
    path.stem: json.loads(path.read_text("utf-8"))
    for folder in (ROOT / "tests" / "gold", ROOT / "tests" / "data" / "samples")
    for path in sorted(folder.glob("*.json"))
}
SAMPLES = sorted(path.stem for path in (ROOT / "samples").glob("*.txt"))
RECORDED = [item for item in stored(CASSETTES) if item.cassette is not None]


def replayed(item: Stored) -> Extraction:
    """The extraction of a recorded article."""
    assert item.cassette is not None
    document = Document.from_record(item.cassette.label.article)
    return touchline.extract(document, cassettes=CASSETTES)


def is_told(wanted: dict[str, Any], event: CoachingEvent) -> bool:
    """Whether an event is the one that the gold has: type, person and team, and no other honour."""
    return (
        wanted["type"] == event.type
        and same_person(wanted["person"], event.person)
        and same_team(wanted["team"], event.team)
        and (wanted["honour"] is None or event.honour is not None)
    )


@pytest.mark.parametrize("item", RECORDED, ids=lambda item: item.path.stem)
def test_a_recording_replays_to_proved_events(item: Stored) -> None:
    """Each cassette replays to the end, and every quote is the slice that its offsets say."""
    extraction = replayed(item)

    assert extraction.state in {"done", "partial"}
    text = extraction.document.text
    assert text is not None
    for event in extraction.events:
        for evidence in event.evidence:
            assert text[evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_read_in_full(name: str) -> None:
    """Of an undated page every event is found, none invented, and no date contradicts the gold."""
    document = Document.from_file(ROOT / "samples" / f"{name}.txt")
    extraction = touchline.extract(document, cassettes=CASSETTES)
    wanted = GOLD[name]["events"]

    def key(event: Any) -> tuple[str, str, str]:
        return str(event["type"]), event["person"], event["team"]

    assert extraction.state == "done"
    assert Counter(map(key, wanted)) == Counter(
        key(event.model_dump()) for event in extraction.events
    )
    for event in wanted:
        if event["date"]:
            dates = [found.date for found in extraction.events if is_told(event, found)]
            assert any(date and date.agrees(EDTF(event["date"])) for date in dates), event


def test_the_year_of_the_ascoli_page_follows_from_its_weekday() -> None:
    """With 2021 as the last year told as past, "mercoledì 13 marzo" is in 2024."""
    document = Document.from_file(ROOT / "samples" / "ascoli-carrera.txt")
    events = touchline.extract_events(document, cassettes=CASSETTES)
    (presentation,) = [event for event in events if event.type == "presentation"]

    assert presentation.date == "2024-03-13T18:00:00"
    assert not [event for event in events if event.date and event.date.first.year > 2024]


def test_what_was_recorded_agrees_with_the_gold() -> None:
    """Of 100 recorded events at least 97 are in the gold, and the other way round."""
    found = wanted = matched = 0
    for item in RECORDED:
        assert item.cassette is not None
        gold = GOLD[item.cassette.label.document_id]["events"]
        left = list(replayed(item).events)
        found, wanted = found + len(left), wanted + len(gold)
        for event in gold:
            match = next((other for other in left if is_told(event, other)), None)
            if match is not None:
                left.remove(match)
                matched += 1

    assert found
    assert matched >= 0.97 * found
    assert matched >= 0.97 * wanted
