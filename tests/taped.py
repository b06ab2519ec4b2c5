"""Cassettes made up for tests: labels, exchanges, and files written as touchline writes them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from touchline.cassette_body import ReadableYaml
from touchline.cassette_format import write_atomically
from touchline.cassettes import Label, cassette_path

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://models.example/v1/chat/completions"
TEXT = "Il tecnico è stato esonerato.\nAl suo posto arriva Rossi.\n"
SYSTEM = "Read the news.\nQuote what proves each event.\n"


def label(**changes: Any) -> Label:
    """Give a label, with some of its fields (or of its article's) changed."""
    article = {
        "id": "ascoli-carrera",
        "title": None,
        "url": "https://news.example/1",
        "language": "it",
        "published": None,
        "text": TEXT,
    }
    fields: dict[str, Any] = {
        "model": "gpt-5.4-mini",
        "style": "strict",
        "prompt": "0123abcd",
        "schema": "12345678",
        "prompt_text": SYSTEM,
    }
    article |= {key: changes.pop(key) for key in list(changes) if key in article}
    return Label(**(fields | {"article": article} | changes))


def request(user: str = TEXT, **more: Any) -> dict[str, Any]:
    """Give the body of a chat request."""
    messages = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": user}]
    return {"messages": messages, "model": "gpt-5.4-mini", "temperature": 0, **more}


def reply(content: str = '{"events": []}') -> dict[str, Any]:
    """Give the body of a chat answer."""
    message = {"role": "assistant", "content": content}
    return {"id": "chatcmpl-1", "choices": [{"index": 0, "message": message}], "model": "served-1"}


def interaction(
    asked: dict[str, Any], answered: dict[str, Any] | str, *, status: int = 200, **headers: str
) -> dict[str, Any]:
    """Give one interaction in vcrpy's own form."""
    body = answered if isinstance(answered, str) else json.dumps(answered)
    names = {"content-type": "application/json", **headers}
    return {
        "request": {
            "method": "POST",
            "uri": "http://model.invalid/v1/chat/completions",
            "headers": {"content-type": ["application/json"]},
            "body": json.dumps(asked),
        },
        "response": {
            "status": {"code": status, "message": "as recorded"},
            "headers": {name.replace("_", "-"): [value] for name, value in names.items()},
            "body": {"string": body},
        },
    }


def recorded(folder: Path, of: Label | None = None, *interactions: dict[str, Any]) -> Path:
    """Write a cassette, by default of one request and its answer; give its path."""
    of = of or label()
    path = cassette_path(folder, of.document_id)
    text = ReadableYaml.serialize(
        {
            "interactions": interactions or [interaction(request(), reply())],
            "metadata": {"touchline": {"version": "0.1.0", **of.metadata()}},
        }
    )
    write_atomically(path, text)
    return path


def sent(body: dict[str, Any]) -> bytes:
    """Give a body as an SDK sends it."""
    return json.dumps(body, ensure_ascii=False).encode("utf-8")
