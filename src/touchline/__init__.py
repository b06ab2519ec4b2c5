"""Coaching events from sports news, with the words that prove them.

    from touchline import extract_events

    for event in extract_events(text, published="2024-03-12"):
        print(event.type, event.person, event.team, event.date, event.evidence[0].quote)

The names below are the whole public interface. Importing the package loads neither openai nor
instructor nor vcrpy, and opens nothing; they come with the first article.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from touchline.api import Reader, aextract, aextract_events, extract, extract_events
    from touchline.cassettes import use_cassettes
    from touchline.documents import Document
    from touchline.edtf import EDTF
    from touchline.errors import (
        CassetteError,
        ConfigurationError,
        ExtractionFailed,
        InvalidInput,
        PartialExtraction,
        RunStopped,
        TouchlineError,
    )
    from touchline.evaluation import evaluate
    from touchline.events import CoachingEvent, EventType, Evidence, Record, Role, Status
    from touchline.extraction import Extraction
    from touchline.figures import Evaluation
    from touchline.gold import Gold, read_gold
    from touchline.model import Model, Reply, Review, Usage
    from touchline.settings import Settings

__all__ = [
    "EDTF",
    "CassetteError",
    "CoachingEvent",
    "ConfigurationError",
    "Document",
    "Evaluation",
    "EventType",
    "Evidence",
    "Extraction",
    "ExtractionFailed",
    "Gold",
    "InvalidInput",
    "Model",
    "PartialExtraction",
    "Reader",
    "Record",
    "Reply",
    "Review",
    "Role",
    "RunStopped",
    "Settings",
    "Status",
    "TouchlineError",
    "Usage",
    "aextract",
    "aextract_events",
    "evaluate",
    "extract",
    "extract_events",
    "read_gold",
    "use_cassettes",
]

_HOMES = {
    "CassetteError": "errors",
    "CoachingEvent": "events",
    "ConfigurationError": "errors",
    "Document": "documents",
    "EDTF": "edtf",
    "Evaluation": "figures",
    "EventType": "events",
    "Evidence": "events",
    "Extraction": "extraction",
    "ExtractionFailed": "errors",
    "Gold": "gold",
    "InvalidInput": "errors",
    "Model": "model",
    "PartialExtraction": "errors",
    "Reader": "api",
    "Record": "events",
    "Reply": "model",
    "Review": "model",
    "Role": "events",
    "RunStopped": "errors",
    "Settings": "settings",
    "Status": "events",
    "TouchlineError": "errors",
    "Usage": "model",
    "aextract": "api",
    "aextract_events": "api",
    "evaluate": "evaluation",
    "extract": "api",
    "extract_events": "api",
    "read_gold": "gold",
    "use_cassettes": "cassettes",
}


def __getattr__(name: str) -> object:
    """Load a public name when it is first used (PEP 562): `touchline --help` stays quick."""
    if name not in _HOMES:
        message = f"module `touchline` has no attribute `{name}`"
        raise AttributeError(message)
    value = globals()[name] = getattr(import_module(f"touchline.{_HOMES[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
