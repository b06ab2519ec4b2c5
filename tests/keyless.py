"""What the built-in model answers, for the tests of its parts."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from touchline import Document
from touchline.builtin.model import answer


def claimed(text: str, code: str = "it") -> list[dict[str, Any]]:
    """The events that the reader claims of a text published on a Wednesday."""
    document = Document(text, id="x", language=code, published=dt.date(2025, 2, 12))
    return list(json.loads(answer(document))["events"])


def told(text: str, code: str = "it") -> set[tuple[str, str, str | None]]:
    """The events that the reader claims, as (type, person, team)."""
    return {(event["type"], event["person"], event["team"]) for event in claimed(text, code)}
