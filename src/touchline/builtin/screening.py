"""Ruling out articles that cannot hold a coaching event, at the price of a few set look-ups."""

from __future__ import annotations

import re

from touchline.builtin.speech import spoken

__all__ = ["holds_cue"]

_WORD = re.compile(r"[^\W\d_][\w\-]*")


def holds_cue(text: str, tag: str | None) -> bool:
    """Whether a text holds a coaching word: of a role, or `coaching` in its cue file."""
    language = spoken(text, tag)
    if language is None:
        return True
    words = {word.lower() for word in _WORD.findall(text)}
    return not words.isdisjoint(language.coaching)
