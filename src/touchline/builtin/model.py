"""`builtin`: a model with no key, no network and no training, behind the seam of all others.

It reads an article with the cues of `cues/*.toml` and answers in the schema that every model
answers in, so that its claims are proved like anyone's.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from touchline.builtin.cues import cues_fingerprint
from touchline.builtin.reader import Reading
from touchline.builtin.speech import spoken
from touchline.calendars import Calendar
from touchline.model import Reply

if TYPE_CHECKING:
    from touchline.documents import Document
    from touchline.model import Review
    from touchline.promptset import Prompt

__all__ = ["BuiltinModel", "answer", "can_hold_event"]

_ENCODER = json.JSONEncoder(ensure_ascii=False)


class BuiltinModel:
    """The cue model: deterministic, offline, and wrong only in ways that its files show."""

    is_local = True

    @property
    def name(self) -> str:
        """The name that stands in an `Extraction`."""
        return "builtin"

    @property
    def fingerprint(self) -> str:
        """Eight hex digits of the cue files: an `Extraction` tells which words read it."""
        return cues_fingerprint()

    async def ask(self, prompt: Prompt, review: Review) -> Reply:
        """Read the document of a prompt; the first part answers for all of it."""
        text = answer(prompt.document) if prompt.part.number == 1 else '{"events": []}'
        review(text)
        return Reply(model=self.name, attempts=0)


def answer(document: Document) -> str:
    """The answer for a document, as JSON; the same text always gives the same bytes."""
    text = document.visible.text
    language = spoken(text, document.language)
    if language is None:
        return '{"events": []}'
    calendar = Calendar.of(text, document.published)
    events = Reading(text, language, calendar).events()
    return _ENCODER.encode({"events": [event.draft(text) for event in events]})


def can_hold_event(text: str, language: str | None = None) -> bool:
    """Whether an article can hold a coaching event: a cheap test before a paid model.

    True for a text in no known language: what cannot be read cannot be ruled out.

    Args:
        text: the article.
        language: its BCP 47 tag, None where unknown.
    """
    from touchline.builtin.screening import holds_cue

    return holds_cue(text, language)
