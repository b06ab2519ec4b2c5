"""How tests put a question to a hosted model: a text, settings for a server, a clock of their own.

Models are made anew for each test; `touchline.api` would share one among equal settings.
"""

from __future__ import annotations

import asyncio
import time
from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from touchline.api import extract
from touchline.client import HostedModel
from touchline.documents import Document
from touchline.prompts import Prompts
from touchline.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from fault_server import FaultServer
    from touchline.extraction import Extraction
    from touchline.model import Reply, Review
    from touchline.prompts import Prompt

TEXT = "Il Torino ha esonerato Mario Rossi. Al suo posto arriva Luca Bianchi."
EVENT: dict[str, Any] = {
    "type": "dismissal",
    "person": "Mario Rossi",
    "team": "Torino",
    "role": "head_coach",
    "role_title": None,
    "status": "confirmed",
    "date": None,
    "date_text": None,
    "replaces": None,
    "replaced_by": "Luca Bianchi",
    "contract_until": None,
    "competition": None,
    "honour": None,
    "record": None,
    "reason": None,
    "evidence": ["Il Torino ha esonerato Mario Rossi."],
}
INVENTED: dict[str, Any] = {**EVENT, "evidence": ["Il Torino ha licenziato Mario Rossi."]}
KEY = "sk-test-0123456789abcdef"


class Clock:
    """Time that passes only where somebody waits; `waits` holds the seconds of each wait."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.waits: list[float] = []

    async def sleep(self, seconds: float) -> None:
        """Let time pass at once."""
        self.waits.append(seconds)
        until = self.now + seconds
        await asyncio.sleep(0)
        self.now = max(self.now, until)

    def rule(self, monkeypatch: pytest.MonkeyPatch) -> Clock:
        """Take the place of the clock that `touchline.retry` goes by."""
        patched = SimpleNamespace(monotonic=lambda: self.now, time=time.time)
        monkeypatch.setattr("touchline.retry.time", patched)
        monkeypatch.setattr("touchline.retry.asyncio", SimpleNamespace(sleep=self.sleep))
        return self


class Accepting:
    """A review that finds nothing wrong, or the problems that it is given, answer by answer."""

    def __init__(self, *problems: Sequence[str]) -> None:
        self.problems = list(problems)
        self.answers: list[str] = []

    def __call__(self, answer: str) -> tuple[str, ...]:
        """Remember an answer and judge it."""
        self.answers.append(answer)
        return tuple(self.problems.pop(0)) if self.problems else ()


@lru_cache(maxsize=1)
def prompts() -> Prompts:
    """Give the prompts that ship."""
    return Prompts()


def prompt(text: str = TEXT) -> Prompt:
    """Give the prompt for a text."""
    return prompts().render(Document(text))


def hosted(server: FaultServer | str, **options: Any) -> HostedModel:
    """Make a model of a server."""
    url = server if isinstance(server, str) else server.url
    return HostedModel(Settings.model_validate({"model": "test-1", "base_url": url, **options}))


def read(server: FaultServer | str, text: str = TEXT, **options: Any) -> Extraction:
    """Read a text with a model of a server."""
    return extract(text, model=hosted(server, **options))


def ask(model: HostedModel, text: str = TEXT, review: Review | None = None) -> Reply:
    """Put one question to a model, in an event loop of its own."""
    return asyncio.run(model.ask(prompt(text), review or Accepting()))
