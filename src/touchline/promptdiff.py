"""What an edit of a prompt set changes in what is sent.

Files are compared as a model sees them: rendered, with an article that stands for any other, so
that a change of a schema description or of the frame shows as well as one of the wording. Answers
of examples, which are one line of JSON, are shown with a line for each value. The article is
rendered twice, as bare and as rich as an article can be, because a frame may treat the two apart.
"""

from __future__ import annotations

import datetime as dt
import difflib
import io
import json
import subprocess
import tarfile
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from touchline.documents import Document
from touchline.errors import PromptError
from touchline.parts import Part
from touchline.prompts import packaged_prompts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from touchline.prompts import Prompts

__all__ = ["Edit", "PromptDiff", "committed", "difference", "edits"]

_ARTICLES = (
    (Document("The article."), Part("The article.")),
    (
        Document("…", title="The title.", language="en", published=dt.date(2024, 3, 12)),
        Part("A part of the article.", 2, 3, "The lead."),
    ),
)


@dataclass(frozen=True, slots=True)
class PromptDiff:
    """The difference between two prompt sets.

    Attributes:
        lines: a unified diff of the rendered requests; empty where a model sees no difference.
            Its sides are called `packaged`, or by the name of their folder.
        fingerprints: before and after, eight hex digits.
        tokens: before every article, before and after, estimated from bytes.
    """

    lines: tuple[str, ...]
    fingerprints: tuple[str, str]
    tokens: tuple[int, int]


def difference(old: Prompts, new: Prompts) -> PromptDiff:
    """Compare two prompt sets."""
    before, after = (_rendered(prompts).splitlines() for prompts in (old, new))
    names = _names(old.folder, new.folder)
    lines = difflib.unified_diff(before, after, *names, lineterm="")
    return PromptDiff(
        tuple(lines),
        (old.fingerprint, new.fingerprint),
        (old.estimated_tokens, new.estimated_tokens),
    )


@dataclass(frozen=True, slots=True)
class Edit:
    """A file of a prompt set that was edited: its name in the folder, and what of it was sent."""

    file: str
    before: str
    now: str


def edits(prompts: Prompts, document: Document, *, sent: Sequence[str]) -> tuple[Edit, ...]:
    """What has been edited in a prompt set since a request was sent.

    Args:
        prompts: the set as it is now.
        document: the article of the request.
        sent: the contents of its messages, in order, up to the article.

    Returns:
        The files that differ. `reask.md`, without what it says, where nothing else differs: that
        shows only when a model is asked again.
    """
    now = [message.content for message in prompts.render(document).messages]
    if len(now) != len(sent):
        return (Edit("examples/", _joined(sent[1:-1]), _joined(now[1:-1])),)
    edited = [Edit("system.md", sent[0], now[0])] if now[0] != sent[0] else []
    # The frame is around this article and those of the examples; what of it some articles do not
    # see, such as the line for a language, may have changed around the examples alone.
    asked_all = [number for number in range(1, len(now), 2) if now[number] != sent[number]]
    frame = now[-1] != sent[-1] or len(asked_all) == len(prompts.examples) > 1
    if frame:
        edited.append(Edit("article.md", sent[asked_all[-1]], now[asked_all[-1]]))
    for number, example in enumerate(prompts.examples):
        both = slice(1 + 2 * number, 3 + 2 * number)
        asked, told = (before != after for before, after in zip(sent[both], now[both], strict=True))
        if told or (asked and not frame):
            name = f"examples/{example.name}.yaml"
            edited.append(Edit(name, _joined(sent[both]), _joined(now[both])))
    return tuple(edited) or (Edit("reask.md", "", ""),)


def _joined(messages: Sequence[str]) -> str:
    """Messages below each other, those that are JSON with a line for each value."""
    return "\n\n".join(map(_indented, messages))


def _indented(message: str) -> str:
    r"""A message that is JSON with a line for each value, which a diff can show; others as is.

    >>> _indented('{"events": []}'), _indented("Read.")
    ('{\n "events": []\n}', 'Read.')
    """
    try:
        return json.dumps(json.loads(message), ensure_ascii=False, indent=1)
    except ValueError:
        return message


@contextmanager
def committed(folder: Path) -> Iterator[Path]:
    """A prompt folder as git's last commit has it, in a temporary place for the time of a block.

    Raises:
        PromptError: the folder is in no git checkout, or not committed, or git is not there.
    """
    command = ["git", "-C", str(folder), "archive", "--format=tar", "HEAD", "."]
    try:
        run = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - no shell
    except (OSError, subprocess.CalledProcessError) as error:
        told = getattr(error, "stderr", b"") or str(error).encode()
        message = f"`{folder}` has no committed version: {told.decode('utf-8', 'replace').strip()}"
        raise PromptError(message) from None
    with tempfile.TemporaryDirectory() as name:
        place = Path(name) / "HEAD"
        _unpack(run.stdout, place)
        yield place


def _unpack(archive: bytes, place: Path) -> None:
    """Write the regular files of a tar archive below `place`; links and ways out are left alone."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as members:
        for member in members:
            name = PurePosixPath(member.name)
            content = members.extractfile(member) if member.isreg() else None
            if content is None or name.is_absolute() or ".." in name.parts:
                continue
            path = place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.read())


def _names(old: Path, new: Path) -> tuple[str, str]:
    """What the two sides are called, in few words, and not alike."""
    packaged = packaged_prompts().resolve()
    first, second = (
        "packaged" if folder.resolve() == packaged else folder.resolve().name
        for folder in (old, new)
    )
    return (first, second) if first != second else (str(old), str(new))


def _rendered(prompts: Prompts) -> str:
    """All that a prompt set can say, message by message."""
    bare, rich = (prompts.render(document, part) for document, part in _ARTICLES)
    messages = [f"## {message.role}\n\n{_indented(message.content)}" for message in bare.messages]
    asked_again = f"## asked again\n\n{bare.reask(['A problem.'])}"
    return "\n\n".join((*messages, f"## user, a part\n\n{rich.article}", asked_again))
