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
    from touchline.batch import Outcome, read_all
    from touchline.cassettes import use_cassettes
    from touchline.documents import Document, read_documents
    from touchline.edtf import EDTF
    from touchline.errors import (
        CassetteCorrupt,
        CassetteError,
        CassetteMissing,
        CassetteStale,
        ConfigurationError,
        ExtractionFailed,
        InvalidInput,
        NoModel,
        PartialExtraction,
        RunStopped,
        TouchlineError,
    )
    from touchline.evaluation import evaluate
    from touchline.events import CoachingEvent, EventType, Evidence, Record, Role, Status
    from touchline.extraction import Extraction, Issue, Rejected
    from touchline.figures import Evaluation
    from touchline.gold import Gold, read_gold
    from touchline.model import Failure, Model, Reply, Review, Usage
    from touchline.promptset import Prompt
    from touchline.settings import Settings

__all__ = [
    "EDTF",
    "CassetteCorrupt",
    "CassetteError",
    "CassetteMissing",
    "CassetteStale",
    "CoachingEvent",
    "ConfigurationError",
    "Document",
    "Evaluation",
    "EventType",
    "Evidence",
    "Extraction",
    "ExtractionFailed",
    "Failure",
    "Gold",
    "InvalidInput",
    "Issue",
    "Model",
    "NoModel",
    "Outcome",
    "PartialExtraction",
    "Prompt",
    "Reader",
    "Record",
    "Rejected",
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
    "read_all",
    "read_documents",
    "read_gold",
    "use_cassettes",
]

_HOMES = {
    "CassetteCorrupt": "errors",
    "CassetteError": "errors",
    "CassetteMissing": "errors",
    "CassetteStale": "errors",
    "CoachingEvent": "events",
    "ConfigurationError": "errors",
    "Document": "documents",
    "EDTF": "edtf",
    "Evaluation": "figures",
    "EventType": "events",
    "Evidence": "events",
    "Extraction": "extraction",
    "ExtractionFailed": "errors",
    "Failure": "model",
    "Gold": "gold",
    "InvalidInput": "errors",
    "Issue": "extraction",
    "Model": "model",
    "NoModel": "errors",
    "Outcome": "batch",
    "PartialExtraction": "errors",
    "Prompt": "promptset",
    "Reader": "api",
    "Record": "events",
    "Rejected": "extraction",
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
    "read_all": "batch",
    "read_documents": "documents",
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
