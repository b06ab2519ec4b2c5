"""The bytes of a request: one function for every wire style.

Styles differ in where the output schema stands, and in nothing else. The instructions in front of
every article are the same, so their JSON is made once: it costs more than the rest of a call.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from touchline.events import answer_schema
from touchline.promptset import Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from touchline.options import WireStyle
    from touchline.promptset import Prompt
    from touchline.settings import Settings

__all__ = ["request_body", "request_parameters"]

# Families that take no temperature but their own.
_FIXED_TEMPERATURE = re.compile(r"gpt-5|o\d", re.IGNORECASE)


def request_body(
    prompt: Prompt,
    extra: Sequence[Message] = (),
    *,
    style: WireStyle,
    parameters: Mapping[str, object],
) -> bytes:
    """The JSON of a request, ready to send; the same for every wire style but for the schema.

    Args:
        prompt: instructions, examples and article.
        extra: an answer and what was wrong with it, when asking again.
        style: where the schema stands.
        parameters: the model's name and sampling parameters.
    """
    tail = b",".join(_message(message) for message in (Message("user", prompt.article), *extra))
    options = _options(style, tuple(sorted(parameters.items())))
    return b'{"messages":[' + _head(prompt.head) + tail + b"]," + options + b"}"


@lru_cache(maxsize=16)
def _head(messages: tuple[Message, ...]) -> bytes:
    return b"".join(_message(message) + b"," for message in messages)


@lru_cache(maxsize=64)
def _options(style: WireStyle, parameters: tuple[tuple[str, object], ...]) -> bytes:
    return _json({**dict(parameters), **_schema_option(style)})[1:-1]


def _message(message: Message) -> bytes:
    return _json({"role": message.role, "content": message.content})


def _json(value: object) -> bytes:
    """JSON in UTF-8; half a surrogate pair, as a bad answer may hold it, becomes `?`."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _schema_option(style: WireStyle) -> dict[str, Any]:
    """The part of a request that holds the output schema."""
    schema = answer_schema()
    match style:
        case "prompt":
            return {}
        case "object":
            return {"response_format": {"type": "json_object"}}
        case "tool":
            function = {"name": "events", "parameters": schema}
            choice = {"type": "function", "function": {"name": "events"}}
            return {"tools": [{"type": "function", "function": function}], "tool_choice": choice}
        case "schema" | "strict":
            named: dict[str, Any] = {"name": "events", "schema": schema}
            if style == "strict":
                named["strict"] = True
            return {"response_format": {"type": "json_schema", "json_schema": named}}


def request_parameters(settings: Settings) -> dict[str, object]:
    """What is sent beside messages and schema."""
    parameters: dict[str, object] = {"model": settings.model or ""}
    if not _FIXED_TEMPERATURE.match((settings.model or "").rsplit("/", 1)[-1]):
        parameters["temperature"] = 0
    if settings.seed is not None:
        parameters["seed"] = settings.seed
    return parameters
