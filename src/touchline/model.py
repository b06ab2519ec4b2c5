"""The seam between touchline and whatever answers: one method, `Model.ask`.

A hosted model, a recording and a model of the caller's own all fit it. A model only carries: it
sends a prompt and hands each answer to a `Review`, which judges it against the article. Nothing
on this side of the seam knows a provider.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from touchline.promptset import Prompt

__all__ = ["FAILURES", "Failure", "Model", "Reply", "Review", "Usage", "is_local"]

FAILURES: Mapping[str, str] = MappingProxyType(
    {
        "rate_limited": "the server kept asking to slow down",
        "server_error": "the server kept failing",
        "timeout": "no whole answer in time",
        "connection": "the connection failed",
        "too_long": "the article does not fit into one request, and cannot be split further",
        "too_large": "the answer is larger than `max_response_bytes`",
        "not_api": "the server answers with a page, not with an API's JSON",
        "bad_envelope": "the answer is no chat completion",
        "truncated": "the answer was cut off",
        "refused": "the model refused",
        "filtered": "the provider's content filter stopped the answer",
        "empty_answer": "the model answered with nothing",
        "invalid_answer": "the answer does not fill the schema",
        "implausible": "more events than one article can hold",
        "prompt_leak": "the answer repeats the instructions",
    }
)
"""Why an article can fail: reason codes and what they mean."""


@dataclass(frozen=True, slots=True)
class Failure:
    """No usable answer: a code of `FAILURES` and what happened, in one sentence."""

    code: str
    why: str


@dataclass(slots=True)
class Usage:
    """What was consumed, over retries and re-asks.

    Attributes:
        requests: answers received; each may have been billed.
        input_tokens, output_tokens: as the server counts them, or estimated from bytes.
        estimated: whether any count is an estimate because the server gave none, or an absurd one.
    """

    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    estimated: bool = False

    def add(self, other: Usage) -> None:
        """Add what another part consumed."""
        self.requests += other.requests
        self.input_tokens += other.input_tokens
        self.output_tokens += other.output_tokens
        self.estimated |= other.estimated


@dataclass(slots=True)
class Reply:
    """How a question ended. The events of the answer are with the `Review` that judged it.

    Attributes:
        model: the name that the server gives itself; None where nothing answered.
        attempts: requests sent, retries and re-asks included.
        usage: what they consumed.
        failure: why there is no usable answer; None where there is one.
        notes: remarks worth keeping, as (code, sentence).
    """

    model: str | None = None
    attempts: int = 0
    usage: Usage = field(default_factory=Usage)
    failure: Failure | None = None
    notes: list[tuple[str, str]] = field(default_factory=list)


class Review(Protocol):
    """Judges one answer, and remembers the verdict."""

    def __call__(self, answer: str) -> tuple[str, ...]:
        """What is wrong with `answer`, a sentence each, to be told to the model; () if nothing."""
        ...


class Model(Protocol):
    """Whatever answers a prompt.

    Only `ask` is called for. An object without a `name` works too, and is called by its class.
    One with a true `is_local` reads the document itself, in this process, and awaits nothing: no
    template is rendered for it, so its prompts have no messages, and no deadline is kept. Its
    `fingerprint`, where it has one, stands in the results in place of the prompt set's.
    """

    @property
    def name(self) -> str:
        """The name that stands in an `Extraction` where a `Reply` has none."""
        ...

    async def ask(self, prompt: Prompt, review: Review) -> Reply:
        """Ask once, show each answer to `review`, and ask again for what it finds wrong.

        Raises:
            ConfigurationError, RunStopped, CassetteError: no article could be answered so.
        """
        ...


def is_local(model: Model) -> bool:
    """Whether a model reads for itself and awaits nothing; see `Model`."""
    return bool(getattr(model, "is_local", False))
