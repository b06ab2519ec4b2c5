"""What an edit of the prompts changes is shown before anything is recorded."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from program import run
from touchline import Document
from touchline.errors import PromptError
from touchline.promptdiff import committed, difference, edited_files
from touchline.prompts import Prompts, packaged_prompts

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A prompt folder of one's own, committed in a git repository."""
    folder = tmp_path / "work" / "prompts"
    shutil.copytree(packaged_prompts(), folder)
    identity = ("-c", "user.name=A", "-c", "user.email=a@b.invalid")
    for command in (("init", "-q"), ("add", "."), (*identity, "commit", "-qm", "Prompts")):
        subprocess.run(["git", *command], cwd=folder.parent, check=True)
    return folder


def edit(folder: Path, *, old: str, new: str) -> None:
    """Replace words in the instructions."""
    path = folder / "system.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_equal_sets_have_no_difference(mine: Path) -> None:
    """A copy renders alike and has the same fingerprint."""
    same = difference(Prompts(packaged_prompts()), Prompts(mine))

    assert same.lines == ()
    assert same.fingerprints[0] == same.fingerprints[1]


def test_one_word_shows_as_one_line(mine: Path) -> None:
    """The line that changed stands in the difference, before and after, and nothing else does."""
    old = Prompts(packaged_prompts())
    edit(mine, old="- `retirement`: stops coaching.", new="- `retirement`: stops for good.")
    changed = difference(old, Prompts(mine))
    signs = [line for line in changed.lines[2:] if line[0] in "+-"]

    assert signs == ["-- `retirement`: stops coaching.", "+- `retirement`: stops for good."]
    assert changed.fingerprints[0] != changed.fingerprints[1]


def test_the_command_compares_with_the_last_commit(
    mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without an old folder, git's last commit is the other side; with two, they are compared."""
    monkeypatch.setenv("TOUCHLINE_PROMPTS", str(mine))
    unchanged = run("prompts", "diff")
    edit(mine, old="stops coaching.", new="stops coaching for good and says so.")
    changed = run("prompts", "diff")
    named = run("prompts", "diff", str(packaged_prompts()), str(mine))

    assert unchanged.code == changed.code == named.code == 0
    assert unchanged.out.count("\n") == 1
    assert "+- `retirement`: stops coaching for good and says so." in changed.out
    assert changed.out.splitlines()[3:] == named.out.splitlines()[3:]
    assert "tokens before the article" in changed.out.splitlines()[-1]


def test_what_git_does_not_have_is_told(tmp_path: Path) -> None:
    """A folder outside of git has no committed version, and the message says which folder."""
    with (
        pytest.raises(PromptError, match="has no committed version") as told,
        committed(tmp_path),
    ):
        pass  # pragma: no cover

    assert str(tmp_path) in str(told.value)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("system.md", "stops coaching.", "stops for good."),
        ("article.md", "Language:", "In:"),
        ("examples/1-caretaker.yaml", "Resta al suo posto il", "Rimane il"),
        ("reask.md", "Change nothing else.", "Change nothing."),
    ],
)
def test_the_edited_file_is_named(mine: Path, file: str, old: str, new: str) -> None:
    """From what was sent and the files of today follows which of them was edited."""
    document = Document("The text.", language="en")
    sent = [message.content for message in Prompts(mine).render(document).messages]
    text = (mine / file).read_text("utf-8")
    assert old in text
    (mine / file).write_text(text.replace(old, new), "utf-8")

    assert edited_files(Prompts(mine), document, sent=sent) == (file,)


def test_an_example_more_is_named(mine: Path) -> None:
    """When examples come or go, the folder is named."""
    document = Document("The text.", language="en")
    sent = [message.content for message in Prompts(mine).render(document).messages]
    (mine / "examples" / "3-nothing.yaml").unlink()

    assert edited_files(Prompts(mine), document, sent=sent) == ("examples/",)
