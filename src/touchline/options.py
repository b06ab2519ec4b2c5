"""The keywords that every entry point takes, and the words that two of them are limited to.

Apart from `settings` so that a command line can name them without loading pydantic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import SecretStr

__all__ = ["Options", "RecordMode", "WireStyle"]

WireStyle = Literal["strict", "schema", "tool", "object", "prompt"]
"""How the output schema is put to the server, strictest first."""

RecordMode = Literal["none", "new", "all"]
"""Replay only; record articles that have no cassette; record all again."""


class Options(TypedDict, total=False):
    """The keywords of `Settings` beside the model's name; None counts as not passed."""

    base_url: str | None
    api_key: str | SecretStr | None
    style: WireStyle | None
    prompts: str | Path | None
    cassettes: str | Path | None
    record: RecordMode | None
    reasks: int | None
    timeout: float | None
    deadline: float | None
    max_wait: float | None
    max_tries: int | None
    max_response_bytes: int | None
    max_chars: int | None
    max_article_chars: int | None
    seed: int | None
    prefilter: bool | None
