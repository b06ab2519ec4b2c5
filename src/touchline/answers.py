"""Reading a model's answer: text in, raw events out, with nothing guessed.

An answer is untrusted input. It is one JSON object, perhaps in a fence or with prose around it;
anything ambiguous is an invalid answer, which is asked again, never half of one.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

__all__ = ["InvalidAnswer", "RawAnswer", "bounded", "read_answer"]

_THINKING = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_MAX_DEPTH = 20
_MAX_BRACES = 50  # in prose after the object, each of which could open another one


class InvalidAnswer(ValueError):
    """The answer is not the one JSON object that was asked for; never leaves the package."""


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """The events of an answer as JSON values of any kind, and remarks as (code, sentence)."""

    events: list[Any]
    notes: tuple[tuple[str, str], ...] = ()


def read_answer(answer: str) -> RawAnswer:
    """The events of an answer, not yet validated.

    >>> read_answer('{"events": []}').events
    []

    Raises:
        InvalidAnswer: with a sentence that can be told to the model.
    """
    text = _THINKING.sub("", answer, count=1).strip()
    notes: list[tuple[str, str]] = []
    if not text.startswith("{"):
        text = _object_in(text)
        notes.append(("wrapped_answer", "the JSON object stood inside other text"))
    try:
        value, end = _DECODER.raw_decode(text)
        if text[end:].strip():
            _check_alone(text[end:])
            notes.append(("wrapped_answer", "the JSON object stood inside other text"))
        if _may_hold_surrogate(text):
            json.dumps(value, ensure_ascii=False).encode()
    except InvalidAnswer:
        raise
    except RecursionError:
        message = "the answer is nested too deeply to be the object asked for"
        raise InvalidAnswer(message) from None
    except UnicodeEncodeError:
        message = "the answer holds half of a surrogate pair, which is no character"
        raise InvalidAnswer(message) from None
    except ValueError as error:
        message = f"the answer is not valid JSON: {_short(error)}"
        raise InvalidAnswer(message) from None
    return RawAnswer(_events(value, notes), tuple(dict.fromkeys(notes)))


def bounded(value: object, depth: int = _MAX_DEPTH) -> object:
    """A JSON value; what is nested deeper than `depth`, too deep for JSON writers, becomes dots.

    >>> bounded({"a": [[1]]}, 2)
    {'a': ['…']}
    """
    if not isinstance(value, dict | list):
        return value
    if not depth:
        return "…"
    if isinstance(value, dict):
        return {key: bounded(item, depth - 1) for key, item in value.items()}
    return [bounded(item, depth - 1) for item in value]


def _may_hold_surrogate(text: str) -> bool:
    """Whether half of a surrogate pair can stand in the text, as it is or escaped."""
    if "\\u" in text:
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _events(value: Any, notes: list[tuple[str, str]]) -> list[Any]:
    if not isinstance(value, dict) or not isinstance(value.get("events"), list):
        message = "the answer is no object with a list `events`"
        raise InvalidAnswer(message)
    if extra := sorted(set(value) - {"events"}):
        notes.append(
            ("extra_keys", f"the answer has keys beside `events`: {', '.join(extra)[:80]}")
        )
    events: list[Any] = value["events"]
    return events


def _object_in(text: str) -> str:
    """The text from its first object on."""
    start = text.find("{")
    if start < 0:
        message = "the answer holds no JSON object"
        raise InvalidAnswer(message)
    return text[start:]


def _check_alone(rest: str) -> None:
    """Refuse an answer after whose object another one stands, whole or broken."""
    start = rest.find("{")
    for _ in range(_MAX_BRACES):
        if start < 0:
            return
        try:
            _DECODER.raw_decode(rest, start)
        except json.JSONDecodeError:
            start = rest.find("{", start + 1)  # a brace in prose
        except (ValueError, RecursionError):
            break  # another object, and a broken one at that
        else:
            break
    message = "the answer holds more than one JSON object; send exactly one"
    raise InvalidAnswer(message)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys are all different: which of two values was meant cannot be known."""
    value = dict(pairs)
    if len(value) != len(pairs):
        counts = Counter(name for name, _ in pairs)
        twice = next(name for name, count in counts.items() if count > 1)
        message = f"the key `{twice[:40]}` stands twice in one object"
        raise InvalidAnswer(message)
    return value


def _no_constant(name: str) -> None:
    message = f"`{name}` is no JSON value; write null"
    raise InvalidAnswer(message)


def _short(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos}"
    return "a number is too long" if "digits" in str(error) else str(error)[:100]


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant)
