"""What an edit of a prompt set changes in what is sent.

Files are compared as a model sees them: rendered, with an article that stands for any other, so
that a change of a schema description or of the frame shows as well as one of the wording. It is
rendered twice, as bare and as rich as an article can be, because a frame may treat the two apart.
"""

from __future__ import annotations

import datetime as dt
import difflib
import io
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

__all__ = ["PromptDiff", "committed", "difference", "edited_files"]

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


def edited_files(prompts: Prompts, document: Document, *, sent: Sequence[str]) -> tuple[str, ...]:
    """Which files of a prompt set have been edited since a request was sent.

    Args:
        prompts: the set as it is now.
        document: the article of the request.
        sent: the contents of its messages, in order, up to the article.

    Returns:
        Names within the folder. `reask.md` where nothing else differs: what it says shows only
        when a model is asked again.
    """
    now = [message.content for message in prompts.render(document).messages]
    if len(now) != len(sent):
        return ("examples/",)
    frame = now[-1] != sent[-1]  # around this article, and so around those of the examples too
    named = ["system.md"] if now[0] != sent[0] else []
    named += ["article.md"] if frame else []
    for number, example in enumerate(prompts.examples):
        asked, told = 1 + 2 * number, 2 + 2 * number
        if now[told] != sent[told] or (now[asked] != sent[asked] and not frame):
            named.append(f"examples/{example.name}.yaml")
    return tuple(named) or ("reask.md",)


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
    messages = [f"## {message.role}\n\n{message.content}" for message in bare.messages]
    asked_again = f"## asked again\n\n{bare.reask(['A problem.'])}"
    return "\n\n".join((*messages, f"## user, a part\n\n{rich.article}", asked_again))
