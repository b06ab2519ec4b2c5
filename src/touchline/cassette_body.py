"""Bodies and interactions: from vcrpy's strings to readable trees and back.

A body stands as a tree under `json`, or as it is under `text` or `base64`, whatever loses nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING, Any, NoReturn

from touchline.cassette_format import dump, load

if TYPE_CHECKING:
    from collections.abc import Callable

    from touchline.cassette_format import JSON

__all__ = ["ReadableYaml", "close_body", "open_body", "responses_checksum"]

_MAX_LEVELS = 50  # Neither half of YAML recurses far; deeper JSON stays text.


def _once(pairs: list[tuple[str, JSON]]) -> dict[str, JSON]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"`{name}` is not JSON")


def _finite(digits: str) -> float:
    if (number := float(digits)) in (float("inf"), float("-inf")):
        raise ValueError(f"`{digits}` is no finite number")
    return number


def _is_shallow(data: JSON, levels: int) -> bool:
    """Tell whether `data` has at most so many levels."""
    if not isinstance(data, dict | list):
        return True
    inner = data.values() if isinstance(data, dict) else data
    return levels > 0 and all(_is_shallow(item, levels - 1) for item in inner)


def open_body(body: bytes | str) -> dict[str, JSON]:
    r"""Make a body readable: `json` if nothing is lost by it, otherwise `text` or `base64`.

    >>> open_body(b'{"a": 1}'), open_body('{"a": 1, "a": 2}'), open_body(b"\xff")
    ({'json': {'a': 1}}, {'text': '{"a": 1, "a": 2}'}, {'base64': '/w=='})
    """
    raw = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(raw).decode("ascii")}
    try:
        data = json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_finite
        )
        json.dumps(data, ensure_ascii=False).encode("utf-8")  # Refuses an escaped lone surrogate.
    except (ValueError, RecursionError):
        return {"text": text}
    fits = isinstance(data, dict | list) and _is_shallow(data, _MAX_LEVELS)
    return {"json": data} if fits else {"text": text}


def close_body(body: JSON) -> bytes:
    """Give a body's bytes: the inverse of `open_body`, also for a body as plain vcrpy has it.

    Raises:
        ValueError: the body is of none of these forms.
    """
    if body is None or isinstance(body, str):
        return (body or "").encode("utf-8")
    if isinstance(body, dict) and len(body) == 1:
        ((form, value),) = body.items()
        if form == "json":
            return json.dumps(value, ensure_ascii=False).encode("utf-8")
        if form in ("text", "string") and isinstance(value, str):
            return value.encode("utf-8")
        if form == "base64" and isinstance(value, str):
            return base64.b64decode(value)
    raise ValueError("the body is neither `json`, `text` nor `base64`")


def responses_checksum(interactions: list[JSON]) -> str:
    """Give the SHA-256 of all status codes, headers and bodies of the responses, in their order."""
    parts: list[JSON] = []
    for item in interactions:
        response: Any = item["response"] if isinstance(item, dict) else None
        parts.append([response["status"]["code"], response.get("headers"), response["body"]])
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode("utf-8")).hexdigest()


class ReadableYaml:
    """The format as a serializer of vcrpy: `VCR.register_serializer("yaml", ReadableYaml)`."""

    @staticmethod
    def serialize(cassette: dict[str, Any]) -> str:
        """Write vcrpy's mapping of `interactions` and `metadata`; the checksum is the last line.

        The metadata stands last, so that a cut file lacks it and cannot be taken for a whole one.
        """
        items: list[JSON] = [_with_bodies(item, open_body) for item in cassette["interactions"]]
        data: dict[str, JSON] = {"version": 1, "interactions": items}
        if ours := cassette.get("metadata", {}).get("touchline"):
            sealed = {**ours, "checksum": responses_checksum(items)}
            data["metadata"] = {**cassette["metadata"], "touchline": sealed}
        return dump(data)

    @staticmethod
    def deserialize(text: str) -> dict[str, Any]:
        """Read a file's text into vcrpy's mapping, bodies as strings."""
        data: Any = load(text, "cassette").data
        data["interactions"] = [_with_bodies(i, close_body) for i in data["interactions"]]
        return dict(data)


def _with_bodies(item: Any, convert: Callable[[Any], Any]) -> JSON:
    """Convert the two bodies of one interaction; vcrpy wraps the response's in `string`."""
    request, response = item["request"], item["response"]
    body = response["body"]
    opened = (
        convert(body.get("string") or "") if convert is open_body else {"string": convert(body)}
    )
    return {
        "request": {**request, "body": convert(request["body"] or "")},
        "response": {**response, "body": opened},
    }
