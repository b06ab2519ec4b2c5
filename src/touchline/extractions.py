"""Extractions read back from the files that `touchline extract` writes."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from touchline.errors import InvalidGold
from touchline.extraction import Extraction

__all__ = ["read_extractions"]

_T = TypeVar("_T")


def read_extractions(path: str | Path) -> list[Extraction]:
    """Read a JSON array of extractions, or one extraction a line.

    Raises:
        InvalidGold: the file cannot be read or holds something else; the message names the place.
    """
    try:
        content = Path(path).read_text("utf-8-sig")
    except OSError as error:
        raise InvalidGold(f"`{path}` cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise InvalidGold(f"`{path}` is no UTF-8: {error.reason} at byte {error.start}") from None
    if content.lstrip().startswith("["):
        return _parsed(TypeAdapter(list[Extraction]), content, f"`{path}`")
    one = TypeAdapter(Extraction)
    lines = enumerate(content.split("\n"), 1)  # not splitlines: a text may hold U+2028
    return [
        _parsed(one, line, f"`{path}`, line {number}") for number, line in lines if line.strip()
    ]


def _parsed(kind: TypeAdapter[_T], content: str, place: str) -> _T:
    try:
        return kind.validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the whole"
        raise InvalidGold(
            f"{place} holds no extraction: {where}: {first['msg']}; write the file with "
            "`touchline extract --format jsonl`"
        ) from None
