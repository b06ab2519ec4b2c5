"""What differs between a recorded request and a new one, in lines that a terminal can show."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING

from touchline.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchline.cassette_format import JSON

__all__ = ["differences", "matching_key", "parsed", "text_diff"]

_MAX_LINES = 400  # difflib is quadratic at worst; nobody reads a longer diff in an error.


def parsed(body: bytes | str) -> JSON:
    """Read a body as JSON; a body that is none is given as text.

    >>> parsed(b'{"a": 1}'), parsed("a=1")
    ({'a': 1}, 'a=1')
    """
    try:
        data: JSON = json.loads(body)
    except (ValueError, RecursionError):
        return body if isinstance(body, str) else body.decode("utf-8", "backslashreplace")
    return data


def matching_key(data: JSON) -> str:
    r"""Write JSON in its one canonical form: requests match when their forms are equal.

    >>> matching_key({"b": 1, "a": "è"}) == matching_key(parsed('{"a":"\\u00e8","b":1}'))
    True
    """
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def differences(now: JSON, recorded: JSON, *, path: str = "") -> Iterator[str]:
    """Name each place where two JSON values differ, with a glimpse of both.

    >>> list(differences({"a": [1, "new"], "b": 0}, {"a": [1, "old"]}))
    ['a[1]: from character 0: `new` now, `old` recorded', 'b: `0` now, nothing recorded']
    """
    if isinstance(now, dict) and isinstance(recorded, dict):
        for key in sorted({*now, *recorded}):
            where = f"{path}.{key}" if path else key
            if key not in recorded:
                yield f"{where}: `{_glimpse(now[key])}` now, nothing recorded"
            elif key not in now:
                yield f"{where}: nothing now, `{_glimpse(recorded[key])}` recorded"
            else:
                yield from differences(now[key], recorded[key], path=where)
    elif isinstance(now, list) and isinstance(recorded, list):
        for at, (a, b) in enumerate(zip(now, recorded, strict=False)):
            yield from differences(a, b, path=f"{path}[{at}]")
        if len(now) != len(recorded):
            yield f"{path}: {len(now)} items now, {len(recorded)} recorded"
    elif isinstance(now, str) and isinstance(recorded, str) and now != recorded:
        yield f"{path or 'body'}: {_parting(now, recorded)}"
    elif now != recorded or type(now) is not type(recorded):
        yield f"{path or 'body'}: `{_glimpse(now)}` now, `{_glimpse(recorded)}` recorded"


def _glimpse(value: JSON) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return printable(_cut(text, 60))


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _parting(now: str, recorded: str) -> str:
    """Show two texts from just before the code point where they part."""
    pairs = enumerate(zip(now, recorded, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(now), len(recorded)))
    begin = max(0, at - 20)
    ours, theirs = (printable(text[begin : at + 40]) for text in (now, recorded))
    return f"from character {at}: `{ours}` now, `{theirs}` recorded"


def text_diff(recorded: str, now: str, *, name: str, limit: int = 20) -> list[str]:
    r"""Give a unified diff of at most `limit` lines; empty if the texts are equal.

    >>> text_diff("one\ntwo", "one\n2", name="prompt")
    ['--- prompt, recorded', '+++ prompt, now', '@@', ' one', '-two', '+2']
    """
    old, new = recorded.splitlines(), now.splitlines()
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    first = max(0, same - 1)
    # Hunks lose their numbers, which would count from the first difference.
    lines = [
        "@@" if line.startswith("@@ ") else printable(_cut(line, 160))
        for line in difflib.unified_diff(
            old[first : first + _MAX_LINES],
            new[first : first + _MAX_LINES],
            f"{name}, recorded",
            f"{name}, now",
            n=1,
            lineterm="",
        )
    ]
    more = len(lines) - limit
    return lines if more <= 0 else [*lines[:limit], f"… and {more} more lines"]
