"""Proof of a prompt set: what it says holds, and what it is given comes out of it.

An example whose quote does not stand in its text teaches a model to misquote. So each example is
judged as an answer would be, before anything is sent. The instructions must name every value that
the schema allows; the frame must give the article unchanged, between markers that no text can
close; and the second question must tell every problem.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from touchline.documents import Document
from touchline.events import Draft, EventType, Role, Status
from touchline.grounding import Source
from touchline.parts import Part
from touchline.review import Finding, Refused, Reviewer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchline.prompts import Example, Prompts
    from touchline.review import Verdict

__all__ = ["PromptProblem", "check_prompts"]

# What a template or a filter in it might change: braces of its own, markup, quotation marks, a
# carriage return, a line separator, characters outside of the basic plane.
_ODD = '{{ 7*7 }} {% raw %} {# x #} <b>&amp;</b> "d\'ora" \\n «perché»\r\n\t\u2028\U0001f3c6 €.'
_TEXT = f"The text. {_ODD} Its end."
_TITLE = "The title {{ 7*7 }} & <i>"
_LEAD = f"The lead. {_ODD}"
_PROBLEMS = tuple(f"Event {number}, `reason`: `{_ODD}` is not copied." for number in (1, 2, 3))


@dataclass(frozen=True, slots=True)
class PromptProblem:
    """What is wrong with a prompt set, and in which file."""

    file: str
    why: str


def check_prompts(prompts: Prompts) -> list[PromptProblem]:
    """Everything in a prompt set that does not hold; an empty list where all does.

    That templates parse and examples have their shape is checked when the set is read; this checks
    what they say. Files beside the examples that nothing reads are problems too.

    Raises:
        PromptError: a template cannot be rendered.
    """
    return [
        *_unnamed(prompts),
        *_unframed(prompts),
        *_untold(prompts),
        *_unread(prompts),
        *(p for example in prompts.examples for p in _untrue(prompts, example)),
    ]


def _unnamed(prompts: Prompts) -> Iterator[PromptProblem]:
    """Values and fields that the instructions do not mention."""
    instructions = prompts.head[0].content
    values = [value for kind in (EventType, Role, Status) for value in kind]
    for word in (*values, *Draft.model_fields):
        if not re.search(rf"\b{re.escape(word)}\b", instructions):
            yield PromptProblem("system.md", f"`{word}` is not explained")


def _unframed(prompts: Prompts) -> Iterator[PromptProblem]:
    """What the frame does to an article: whole or in part, dated or not, each problem once."""
    found: dict[str, None] = {}
    for published in (None, dt.date(2024, 3, 12)):
        plain = Document(_TEXT, published=published)
        titled = Document(_TEXT, title=_TITLE, language="en", published=published)
        for document, part in ((plain, Part(_TEXT)), (titled, Part(_TEXT, 2, 3, _LEAD))):
            # The code of the markers, as long as no text contains it.
            code = document.sha256[:12]
            found.update(dict.fromkeys(_frame(prompts.render(document, part).article, code)))
    for why in found:
        yield PromptProblem("article.md", why)


def _frame(shown: str, code: str) -> Iterator[str]:
    """What is wrong with a rendered frame."""
    between = shown.split(_TEXT)
    if len(between) == 1:
        yield "the text of an article does not come out as it is; write `{{ article }}` for it"
    for before, after in pairwise(between):
        if not (code in _last_line(before) and code in _first_line(after)):
            yield (
                "an article's text could pass for instructions: write a line with `{{ code }}` "
                "right before `{{ article }}`, and one right after it"
            )
    for name, value in (("title", _TITLE), ("lead", _LEAD)):
        before, _, after = shown.partition(value)
        if value in shown and not (code in before and code in after):
            yield f"`{{{{ {name} }}}}` does not stand between lines with `{{{{ code }}}}`"


def _last_line(text: str) -> str:
    """The last line that is not blank."""
    return text.rstrip().rpartition("\n")[2]


def _first_line(text: str) -> str:
    """The first line that is not blank."""
    return text.lstrip().partition("\n")[0]


def _untold(prompts: Prompts) -> Iterator[PromptProblem]:
    """Whether a model that is asked again hears everything."""
    told = prompts.render(Document(_TEXT)).reask(_PROBLEMS)
    if not all(problem in told for problem in _PROBLEMS):
        why = "it does not tell each of the `problems` as it is; write a loop over them"
        yield PromptProblem("reask.md", why)


def _unread(prompts: Prompts) -> Iterator[PromptProblem]:
    """What lies among the examples and is none, by its name."""
    folder = prompts.folder / "examples"
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix != ".yaml" and path.stem != "README" and not path.name.startswith("."):
            why = "nothing reads it: the name of an example ends in `.yaml`; rename or remove it"
            yield PromptProblem(f"examples/{path.name}", why)


def _untrue(prompts: Prompts, example: Example) -> Iterator[PromptProblem]:
    """What the review finds wrong in an example's answer, each point once."""
    file = f"examples/{example.name}.yaml"
    reviewer = Reviewer(prompts.render(example.document), Source(example.document))
    events: list[object] = [draft.model_dump(mode="json") for draft in example.drafts]
    reviewer(json.dumps({"events": events}, ensure_ascii=False))
    verdict = reviewer.verdicts[-1]
    if verdict.failure is not None:
        yield PromptProblem(file, verdict.failure.why)
        return
    for number, finding in _numbered(verdict, events):
        yield PromptProblem(file, f"event {number}, `{finding.field}`: {finding.why}")


def _numbered(verdict: Verdict, events: list[object]) -> Iterator[tuple[int, Finding | Refused]]:
    """The points of a verdict with the number of their event, from 1.

    A verdict keeps what stands and what is refused apart, each in the order of the answer.
    """
    judged, refused = iter(verdict.judged), list(verdict.refused)
    for number, event in enumerate(events, 1):
        if refused and refused[0].raw == event:
            yield number, refused.pop(0)
        else:
            yield from ((number, finding) for finding in next(judged).findings)
