"""The examples of a cue file: a text, and what is found in it."""

from __future__ import annotations

__all__ = ["example_of"]


def example_of(text: str, *, status: str) -> tuple[str, tuple[str, ...]]:
    """An example: `text => person; team / person; team`, with `; status` where it differs."""
    sentence, arrow, found = text.partition("=>")
    if not arrow:
        raise ValueError(f"the example `{text}` has no `=>`")
    events = []
    for event in found.split("/"):
        parts = [part.strip() for part in event.split(";")]
        events.append("; ".join([*parts, *([] if len(parts) > 2 else [status])]))
    return sentence.strip(), tuple(events)
