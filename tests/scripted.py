"""A model that plays scripted answers, and a short article with claims about it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from touchline import Document, extract
from touchline.grounding import Source
from touchline.model import Failure, Reply, Usage
from touchline.prompts import Prompts
from touchline.review import Judged, Refused, Reviewer, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from touchline.extraction import Extraction
    from touchline.model import Review
    from touchline.prompts import Prompt

Scripted = str | list[dict[str, Any]] | Failure
"""An answer: text as it is, events to be written as JSON, or a failure in place of one."""

TEXT = (
    "Ascoli, via Castori\n\n"
    "L'Ascoli ha esonerato ieri Fabrizio Castori: decisivo il ko con la Sampdoria. "
    "Con lui vanno via il vice Riccardo Bocchini e l'analista Marco Castori.\n\n"
    "Al suo posto arriva Massimo Carrera, che ha firmato fino al 2025 e sarà presentato "
    "mercoledì 13 marzo alle 18. Non è stato esonerato il preparatore Carlo Pescosolido. "
    "Carrera ha vinto la Supercoppa russa con lo Spartak Mosca; in Serie B ha guidato il Bari: "
    "nove vittorie, un pareggio e tre sconfitte in 13 partite."
)
ARTICLE = Document(TEXT, id="ascoli", language="it", published="2024-03-12")  # type: ignore[arg-type]
PROMPTS = Prompts()


def claim(**changes: Any) -> dict[str, Any]:
    """Give a true claim about the article, as a model makes it, with some fields changed."""
    fields: dict[str, Any] = {
        "type": "dismissal",
        "person": "Fabrizio Castori",
        "team": "Ascoli",
        "role": "head_coach",
        "status": "confirmed",
        "date": "2024-03-11",
        "date_text": "ieri",
        "replaced_by": "Massimo Carrera",
        "reason": "il ko con la Sampdoria",
        "evidence": ["L'Ascoli ha esonerato ieri Fabrizio Castori"],
    }
    return fields | changes


def signing(**changes: Any) -> dict[str, Any]:
    """Give a second true claim: who comes."""
    return claim(
        **{
            "type": "appointment",
            "person": "Massimo Carrera",
            "date": None,
            "date_text": None,
            "replaced_by": None,
            "reason": None,
            "evidence": ["Al suo posto arriva Massimo Carrera"],
            **changes,
        }
    )


def written(events: list[dict[str, Any]]) -> str:
    """Write events as a model answers them."""
    return json.dumps({"events": events}, ensure_ascii=False)


def reviewed(*events: dict[str, Any], document: Document = ARTICLE) -> Verdict:
    """Judge one answer about a document."""
    reviewer = Reviewer(PROMPTS.render(document), Source(document))
    reviewer(written(list(events)))
    return reviewer.verdicts[-1]


def stands(event: dict[str, Any], document: Document = ARTICLE) -> Judged:
    """Judge one claim that must stand."""
    (judged,) = reviewed(event, document=document).judged
    return judged


def falls(event: dict[str, Any], document: Document = ARTICLE) -> Refused:
    """Judge one claim that must fall."""
    verdict = reviewed(event, document=document)
    assert not verdict.judged
    (refused,) = verdict.refused
    return refused


def codes(judged: Judged) -> list[tuple[str, str]]:
    """List what was found in a claim that stands: code and field."""
    return [(finding.code, finding.field) for finding in judged.findings]


class ScriptedModel:
    """A `Model` that plays answers: one to each question and, while problems are found, re-asks.

    Args:
        answers: played in order, the same script for every prompt; or a function that gives the
            script for a prompt.
    """

    def __init__(self, *answers: Scripted | Callable[[Prompt], Sequence[Scripted]]) -> None:
        self.name = "scripted"
        self.prompts: list[Prompt] = []
        self.told: list[str] = []
        self._answers = answers

    async def ask(self, prompt: Prompt, review: Review) -> Reply:
        """Play the script for a prompt until nothing is wrong or the script ends."""
        self.prompts.append(prompt)
        first = self._answers[0]
        script = first(prompt) if callable(first) else self._answers
        reply = Reply(model="scripted-1")
        for answer in script:
            reply.attempts += 1
            reply.usage.add(Usage(requests=1, input_tokens=10, output_tokens=5))
            if isinstance(answer, Failure):
                reply.failure = answer
                break
            assert not callable(answer)
            problems = review(answer if isinstance(answer, str) else written(answer))
            if not problems:
                break
            self.told.append(prompt.reask(problems))
        return reply


def read(*answers: Scripted, document: Document = ARTICLE, **options: Any) -> Extraction:
    """Read a document with a model that plays `answers`."""
    return extract(document, model=ScriptedModel(*answers), **options)
