"""A chat completion, read with suspicion: from the bytes of a response to the answer's text.

Servers differ in what they send around an answer. Everything that is not one usable answer has its
own name here, so that a refusal is never taken for an empty list, nor a login page for a bad model.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from touchline.model import Failure, Usage

__all__ = ["Completion", "Unusable", "read_completion"]

_SHOWN = 200
_ABSURD_TOKENS = 50_000_000
_DATED = re.compile(r"[-_@:]?(?:\d{4}-?\d{2}-?\d{2}|latest)$")


class Unusable(Exception):
    """A response without a usable answer.

    Attributes:
        failure: its code and what happened.
        tries: how many requests this is worth in all; 1 means it would only happen again.
    """

    def __init__(self, code: str, why: str, *, tries: int = 1, usage: Usage | None = None) -> None:
        super().__init__(why)
        self.failure = Failure(code, why)
        self.tries = tries
        self.usage = usage


@dataclass(frozen=True, slots=True)
class Completion:
    """One usable answer: its text, who gave it, what it consumed, and remarks."""

    text: str
    model: str | None
    usage: Usage
    notes: tuple[tuple[str, str], ...]


def read_completion(content: bytes, *, asked: str, request_size: int) -> Completion:
    """The answer in the body of a response with status 200.

    Args:
        content: the body.
        asked: the model's name in the request; another in the answer is noted.
        request_size: bytes of the request, for estimating usage where the server tells none.

    Raises:
        Unusable: the body holds no usable answer.
    """
    body = _parsed(content, request_size)
    choices = body.get("choices")
    usage = _usage(body.get("usage"), request_size, len(content))
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        said = body.get("error")
        message = said.get("message") if isinstance(said, dict) else said
        why = f"the answer has no choices{f': {_shown(message)}' if message else ''}"
        raise Unusable("bad_envelope", why, tries=2, usage=usage)
    choice = choices[0]
    message = choice.get("message")
    if not isinstance(message, dict):
        raise Unusable("bad_envelope", "the answer's choice has no message", tries=2, usage=usage)
    _check_ending(choice, message, usage)
    notes = []
    if len(choices) > 1:
        notes.append(("several_choices", f"{len(choices)} choices, the first used"))
    text = _text(message, usage, notes)
    named = body.get("model")
    model = (_shown(named) if isinstance(named, str) else "") or None
    if model and _family(model) != _family(asked):
        notes.append(("other_model", f"`{model}` answered for `{asked}`"))
    return Completion(text, model, usage, tuple(notes))


def _parsed(content: bytes, request_size: int) -> dict[str, Any]:
    """The JSON object of a body; what is none was an answer all the same, and may be billed."""
    usage = _usage(None, request_size, len(content))
    try:
        body = json.loads(content.decode("utf-8"))
    except UnicodeDecodeError:
        why = "the answer is not valid UTF-8"
        raise Unusable("bad_envelope", why, tries=2, usage=usage) from None
    except (ValueError, RecursionError):
        start = _shown(content[: 4 * _SHOWN].decode("utf-8", "replace"))
        if start.startswith("<"):
            why = (
                f"the server answers with a page, not with JSON: {start}; "
                "is `base_url` right, and is a proxy or a login in between?"
            )
            raise Unusable("not_api", why, tries=2) from None
        why = f"the answer is no JSON: {start or 'it is empty'}"
        raise Unusable("bad_envelope", why, tries=2, usage=usage) from None
    if not isinstance(body, dict):
        why = f"the answer is no object but {type(body).__name__}"
        raise Unusable("bad_envelope", why, tries=2, usage=usage)
    return body


def _check_ending(choice: dict[str, Any], message: dict[str, Any], usage: Usage) -> None:
    """Refusals, filters and cut-off answers are told as such."""
    if isinstance(refusal := message.get("refusal"), str) and refusal:
        raise Unusable("refused", f"the model refused: {_shown(refusal)}", usage=usage)
    reason = choice.get("finish_reason")
    if reason == "content_filter":
        why = "the provider's content filter stopped the answer"
        raise Unusable("filtered", why, usage=usage)
    if reason == "length":
        raise Unusable("truncated", "the answer hit the model's token limit", usage=usage)


def _text(message: dict[str, Any], usage: Usage, notes: list[tuple[str, str]]) -> str:
    """The answer's text, from a tool call where there is one."""
    calls = message.get("tool_calls")
    if isinstance(calls, list) and calls:
        if len(calls) > 1:
            notes.append(("several_calls", f"{len(calls)} tool calls, the first used"))
        function = calls[0].get("function") if isinstance(calls[0], dict) else None
        text = function.get("arguments") if isinstance(function, dict) else None
    else:
        text = message.get("content")
        if isinstance(text, list):  # content in parts, as some servers send it
            parts = [part.get("text") for part in text if isinstance(part, dict)]
            text = "".join(part for part in parts if isinstance(part, str))
    if not isinstance(text, str) or not text.strip():
        why = "the model answered with nothing, which is not the same as no events"
        raise Unusable("empty_answer", why, tries=2, usage=usage)
    return text


def _usage(told: Any, request_size: int, answer_size: int) -> Usage:
    """Tokens as the server counts them, or an estimate of a token for four bytes."""
    told = told if isinstance(told, dict) else {}
    counts = [told.get("prompt_tokens"), told.get("completion_tokens")]
    if all(type(count) is int and 0 < count < _ABSURD_TOKENS for count in counts):
        return Usage(1, counts[0], counts[1])
    return Usage(1, request_size // 4, answer_size // 4, estimated=True)


def _family(model: str) -> str:
    """A model's name without provider, date and case: what two names of one model share."""
    return _DATED.sub("", model.rsplit("/", 1)[-1].lower())


def _shown(text: object) -> str:
    """Foreign text on one line, short, without control characters."""
    line = " ".join(str(text).split())
    return "".join(c for c in line if c.isprintable())[:_SHOWN]
