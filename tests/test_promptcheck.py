"""Proof of prompt sets: the packaged one holds, and a false example is found."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from scripted import PROMPTS
from touchline.promptcheck import check_prompts
from touchline.prompts import Prompts, packaged_prompts

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = """
language: it
published: 2024-03-12
text: "L'Ascoli ha esonerato ieri Fabrizio Castori; arriva Massimo Carrera."
events:
  - type: dismissal
    person: Fabrizio Castori
    team: Ascoli
    role: head_coach
    status: confirmed
    date: 2024-03-11
    date_text: ieri
    evidence: ["ha esonerato ieri Fabrizio Castori"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy the packaged prompts, with one true example."""
    copy = tmp_path / "prompts"
    shutil.copytree(packaged_prompts(), copy)
    for path in (copy / "examples").iterdir():
        path.unlink()
    (copy / "examples" / "one.yaml").write_text(EXAMPLE, "utf-8")
    return copy


def changed(path: Path, old: str, new: str) -> None:
    """Change one thing in a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_packaged_prompts_hold() -> None:
    """The examples that ship are proved by their own texts, and every value is explained."""
    assert check_prompts(PROMPTS) == []


def test_true_example_holds(folder: Path) -> None:
    """An example that its text proves is no problem."""
    assert check_prompts(Prompts(folder)) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('["ha esonerato ieri', '["ha esonerato oggi', "ha esonerato oggi Fabrizio Castori"),
        ("person: Fabrizio Castori", "person: Mario Castori", "Mario Castori"),
        ("team: Ascoli", "team: Bari", "Bari"),
        ("date: 2024-03-11", "date: 2024-03-10", "ieri"),
        ("status: confirmed", "status: planned", "became"),
    ],
)
def test_false_example_is_found(folder: Path, old: str, new: str, said: str) -> None:
    """An example that its own text does not prove is named, with what is wrong."""
    changed(folder / "examples" / "one.yaml", old, new)
    problems = check_prompts(Prompts(folder))

    assert {problem.file for problem in problems} == {"examples/one.yaml"}
    assert any(said in problem.why for problem in problems)


def test_unexplained_value_is_found(folder: Path) -> None:
    """A type that the instructions do not mention cannot be expected of a model."""
    changed(folder / "system.md", "retirement", "ending")
    problems = check_prompts(Prompts(folder))

    assert ("system.md", "`retirement` is not explained") in [(p.file, p.why) for p in problems]
