"""What an edit of the prompts changes is shown before anything is recorded."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from typing import TYPE_CHECKING

import pytest

from program import run
from touchline import Document, promptdiff
from touchline.errors import PromptError
from touchline.promptdiff import committed, difference, edits
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
    assert unchanged.out == f"no difference: prompt {Prompts(packaged_prompts()).fingerprint}\n"
    assert changed.out.splitlines()[:2] == ["--- HEAD", "+++ prompts"]
    assert named.out.splitlines()[:2] == ["--- packaged", "+++ prompts"]
    assert (unchanged.err, changed.err, named.err) == ("", "", "")
    assert "+- `retirement`: stops coaching for good and says so." in changed.out
    assert changed.out.splitlines()[3:] == named.out.splitlines()[3:]
    assert "tokens before the article" in changed.out.splitlines()[-1]


def test_one_folder_is_the_new_side(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One's own folder is compared with the prompts in force; where it is these, with ours."""
    edit(mine, old="stops coaching.", new="stops for good.")
    named = run("prompts", "diff", mine)
    monkeypatch.setenv("TOUCHLINE_PROMPTS", str(mine))
    in_force = run("prompts", "diff", mine)
    back = run("prompts", "diff", packaged_prompts())

    assert named.out.splitlines()[:2] == ["--- packaged", "+++ prompts"]
    assert "+- `retirement`: stops for good." in named.out
    assert in_force == named
    assert "-- `retirement`: stops for good." in back.out


def test_prompts_may_be_named_by_option(mine: Path) -> None:
    """`--prompts` is the set in force, alone or beside one folder; beside two it has no place."""
    edit(mine, old="stops coaching.", new="stops for good.")
    alone = run("prompts", "diff", "--prompts", mine)
    beside = run("prompts", "diff", packaged_prompts(), "--prompts", mine)
    both = run("prompts", "diff", mine, mine, "--prompts", mine)

    assert "+- `retirement`: stops for good." in alone.out
    assert beside.out.splitlines()[:2] == ["--- prompts", "+++ packaged"]
    assert "-- `retirement`: stops for good." in beside.out
    assert (both.code, both.out) == (2, "")
    assert "`--prompts` has no place" in both.err


def test_outside_of_git_the_packaged_set_is_compared(tmp_path: Path) -> None:
    """An installed package has no commits; what was compared instead is told on stderr."""
    folder = tmp_path / "mine"
    shutil.copytree(packaged_prompts(), folder)
    same = run("prompts", "diff", "--prompts", folder)
    edit(folder, old="stops coaching.", new="stops for good.")
    other = run("prompts", "diff", "--prompts", folder)

    assert (same.code, other.code) == (0, 0)
    assert same.out.startswith("no difference: prompt ")
    assert other.out.splitlines()[:2] == ["--- packaged", "+++ mine"]
    for ran in (same, other):
        assert f"`{folder}` has no committed version" in ran.err
        assert ran.err.endswith("compared with the packaged prompts\n")


def test_folders_of_one_name_are_told_apart(mine: Path, tmp_path: Path) -> None:
    """Where the names are alike, the sides are called by their paths."""
    other = tmp_path / "other" / "prompts"
    shutil.copytree(mine, other)
    edit(other, old="stops coaching.", new="stops for good.")

    assert difference(Prompts(mine), Prompts(other)).lines[:2] == (f"--- {mine}", f"+++ {other}")


@pytest.mark.parametrize("name", ["Part {{ part }} of", "Calendar: "])
def test_what_only_some_articles_see_is_compared_too(mine: Path, name: str) -> None:
    """A line of the frame for dated or long articles shows as well."""
    path = mine / "article.md"
    path.write_text(path.read_text("utf-8").replace(name, f"* {name}"), "utf-8")

    assert difference(Prompts(packaged_prompts()), Prompts(mine)).lines


def test_an_edit_that_no_model_sees_is_told(mine: Path) -> None:
    """A comment in a template changes the fingerprint, which makes recordings stale, alone."""
    edit(mine, old="# What counts", new="{# A remark. #}# What counts")
    ran = run("prompts", "diff", packaged_prompts(), mine)

    assert ran.out.startswith("no difference in what is sent: prompt ")
    assert len(ran.out.splitlines()) == 1


def test_only_regular_files_leave_an_archive(tmp_path: Path) -> None:
    """No member of an archive is written outside of its place, and none is a link."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        for name in ("a.md", "examples/b.yaml", "../out.md", "examples/../../out.md", "/out.md"):
            member = tarfile.TarInfo(name)
            member.size = 4
            archive.addfile(member, io.BytesIO(b"text"))
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
            member = tarfile.TarInfo(f"member-{kind.decode()}")
            member.type, member.linkname = kind, "a.md"
            archive.addfile(member)
    promptdiff._unpack(data.getvalue(), tmp_path / "place")

    found = {
        path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()
    }
    assert found == {"place/a.md", "place/examples/b.yaml"}


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

    (edit_,) = edits(Prompts(mine), document, sent=sent)

    assert edit_.file == file
    if file != "reask.md":
        assert old in edit_.before
        assert new in edit_.now
        assert new not in edit_.before


def test_an_example_more_is_named(mine: Path) -> None:
    """When examples come or go, the folder is named."""
    document = Document("The text.", language="en")
    sent = [message.content for message in Prompts(mine).render(document).messages]
    (mine / "examples" / "3-nothing.yaml").unlink()

    (gone,) = edits(Prompts(mine), document, sent=sent)

    assert gone.file == "examples/"
    assert len(gone.now) < len(gone.before)


def test_an_answer_of_an_example_is_compared_value_by_value(mine: Path) -> None:
    """One field of one event is two lines of the difference, and not the whole answer twice."""
    old = Prompts(packaged_prompts())
    path = mine / "examples" / "2-background.yaml"
    text = path.read_text("utf-8")
    assert text.count("date: 2022-10-03") == 1
    path.write_text(text.replace("date: 2022-10-03", "date: 2022-10"), "utf-8")
    signs = [line for line in difference(old, Prompts(mine)).lines[2:] if line[0] in "+-"]

    assert signs == ['-   "date": "2022-10-03",', '+   "date": "2022-10",']
