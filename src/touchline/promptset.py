"""Prompt folders as files: where they are, their fingerprint, and what one asks of a model.

Rendering one is the business of `touchline.prompts`, which loads what that needs.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from touchline.errors import PromptError
from touchline.parts import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from touchline.documents import Document

__all__ = [
    "TEMPLATES",
    "Message",
    "Prompt",
    "PromptSet",
    "Unrendered",
    "check_folder",
    "fingerprint",
    "packaged_prompts",
]

TEMPLATES = ("system.md", "article.md", "reask.md")
"""The files that every prompt folder has."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """One request, ready for any model.

    Attributes:
        document: what it is about; a model that reads for itself takes its text from here.
        part: the slice of the document that this request covers.
        head: instructions and examples, the same for every article of a prompt set.
        article: the user's message with the article in it.
        fingerprint: of the prompt set, eight hex digits.
    """

    document: Document
    part: Part
    head: tuple[Message, ...]
    article: str
    fingerprint: str
    _reask: Callable[[Sequence[str]], str] = field(repr=False)

    @property
    def messages(self) -> tuple[Message, ...]:
        """The whole request, in order."""
        return (*self.head, Message("user", self.article))

    def reask(self, problems: Sequence[str]) -> str:
        """The message that tells the model what did not hold."""
        return self._reask(problems)


class PromptSet(Protocol):
    """What makes prompts of documents."""

    @property
    def fingerprint(self) -> str:
        """Eight hex digits that name the set."""
        ...

    def render(self, document: Document, part: Part | None = None) -> Prompt:
        """The request for a document, or for one part of it."""
        ...


@dataclass(frozen=True, slots=True)
class Unrendered:
    """The prompt set of a model that reads the document itself: its prompts are bare.

    Attributes:
        fingerprint: of what the model reads with, eight hex digits; empty where it has none.
    """

    fingerprint: str

    def render(self, document: Document, part: Part | None = None) -> Prompt:
        """A prompt without a message."""
        part = part or Part(document.visible.text)
        return Prompt(document, part, (), "", self.fingerprint, _say_nothing)


def _say_nothing(_problems: Sequence[str]) -> str:
    return ""


@cache
def packaged_prompts() -> Path:
    """The prompt folder that ships with touchline; in a checkout, the folder at its root."""
    shipped = Path(str(resources.files("touchline"))) / "_data" / "prompts"
    return shipped if shipped.is_dir() else Path(__file__).parents[2] / "prompts"


def check_folder(folder: Path) -> None:
    """Refuse a folder that lacks one of the files.

    Raises:
        PromptError: it does.
    """
    missing = [name for name in TEMPLATES if not (folder / name).is_file()]
    if missing:
        message = (
            f"`{folder}` is no prompt folder: it lacks {', '.join(missing)}; "
            "copy the packaged one with `touchline prompts copy DIR`"
        )
        raise PromptError(message)


def fingerprint(folder: Path) -> str:
    """Eight hex digits over all files of a prompt folder; line endings do not count.

    Raises:
        PromptError: one of them cannot be read.
    """
    digest = hashlib.sha256()
    paths = [folder / name for name in TEMPLATES]
    # Any other template counts as well: one of the three may include it.
    paths += sorted({*folder.glob("*.md")} - {*paths})
    for path in [*paths, *sorted((folder / "examples").glob("*.yaml"))]:
        try:
            content = path.read_text("utf-8").replace("\r\n", "\n")
        except (OSError, UnicodeDecodeError) as error:
            raise PromptError(f"`{path}` cannot be read: {error}") from None
        digest.update(f"{path.name}\0{content}\0".encode())
    return digest.hexdigest()[:8]
