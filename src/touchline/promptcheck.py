"""Proof of a prompt set: its own examples must pass the review that answers pass.

An example whose quote does not stand in its text teaches a model to misquote. So each example is
judged as an answer would be, before anything is sent; and the instructions must name every value
that the schema allows.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchline.events import Draft, EventType, Role, Status
from touchline.grounding import Source
from touchline.review import Reviewer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchline.prompts import Example, Prompts

__all__ = ["PromptProblem", "check_prompts"]


@dataclass(frozen=True, slots=True)
class PromptProblem:
    """What is wrong with a prompt set, and in which file."""

    file: str
    why: str


def check_prompts(prompts: Prompts) -> list[PromptProblem]:
    """Everything in a prompt set that does not hold; an empty list where all does.

    Templates and the shape of examples are checked when the set is read; this checks what they say.
    """
    return [
        *_unnamed(prompts),
        *(p for example in prompts.examples for p in _untrue(prompts, example)),
    ]


def _unnamed(prompts: Prompts) -> Iterator[PromptProblem]:
    """Values and fields that the instructions do not mention."""
    instructions = prompts.head[0].content
    values = [value for kind in (EventType, Role, Status) for value in kind]
    for word in (*values, *Draft.model_fields):
        if not re.search(rf"\b{re.escape(word)}\b", instructions):
            yield PromptProblem("system.md", f"`{word}` is not explained")


def _untrue(prompts: Prompts, example: Example) -> Iterator[PromptProblem]:
    """What the review finds wrong in an example's answer."""
    file = f"examples/{example.name}.yaml"
    reviewer = Reviewer(prompts.render(example.document), Source(example.document))
    answer = {"events": [draft.model_dump(mode="json") for draft in example.drafts]}
    for problem in reviewer(json.dumps(answer)):
        yield PromptProblem(file, problem)
    for number, judged in enumerate(reviewer.verdicts[-1].judged, 1):
        for finding in judged.findings:
            yield PromptProblem(file, f"event {number}, `{finding.field}`: {finding.why}")
