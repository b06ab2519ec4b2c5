"""Proof of prompt sets: the packaged one holds, and a false example is found."""

from __future__ import annotations

import json
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


def test_a_wrong_quote_is_told_once(folder: Path) -> None:
    """One point, one line: that of the verdict, not what a model would hear as well."""
    changed(folder / "examples" / "one.yaml", 'ha esonerato ieri Fabrizio Castori"', 'ha oggi"')
    (problem,) = check_prompts(Prompts(folder))

    assert problem.why == "event 1, `evidence`: `ha oggi` is not in the article"


def test_a_wrong_date_is_told_once_with_its_event(folder: Path) -> None:
    """The number is that of the event in the file, also behind one that is refused."""
    path = folder / "examples" / "one.yaml"
    event = path.read_text("utf-8").partition("events:\n")[2]
    changed(path, "person: Fabrizio", "person: Mario")
    with path.open("a", encoding="utf-8") as file:
        file.write(event.replace("date: 2024-03-11", "date: 2024-03-10"))
    first, second = check_prompts(Prompts(folder))

    assert first.why.startswith("event 1, `person`: ")
    assert second.why.startswith("event 2, `date`: ")


def test_a_leak_in_an_example_is_found(folder: Path) -> None:
    """An answer that is refused as a whole is a problem, though it has no finding."""
    line = max(Prompts(folder).head[0].content.splitlines(), key=len).strip()
    path = folder / "examples" / "one.yaml"
    changed(path, "ieri\n", f"ieri\n    reason: {json.dumps(line)}\n")
    (problem,) = check_prompts(Prompts(folder))

    assert problem.why == "the answer repeats the instructions"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{{ article }}", "The article.", "does not come out as it is"),
        ("{{ article }}", "{{ article | escape }}", "does not come out as it is"),
        ("{{ article }}", "{{ article | upper }}", "does not come out as it is"),
        ("{{ article }}", "{{ article[:40] }}", "does not come out as it is"),
        ("{{ article }}", "{% if published %}{{ article }}{% endif %}", "does not come out"),
        ("[article {{ code }}]", "[article]", "could pass for instructions"),
        ("[end of article {{ code }}]", "[end of article]", "could pass for instructions"),
        ("{{ code }}", "", "could pass for instructions"),
        ("[end of article {{ code }}]", "[end of article {{ code }}]\n{{ article }}", "pass for"),
        ("[head {{ code }}]\n", "", "`{{ title }}` does not stand between"),
        ("{{ lead }}\n", "", None),
        ("[article {{ code }}]", "<article id='{{ code }}'>", None),
        ("Language: ", "In: ", None),
    ],
)
def test_frame_gives_the_article_between_its_codes(
    folder: Path, old: str, new: str, said: str | None
) -> None:
    """A frame that loses or changes the article, or lets it pass for instructions, is found."""
    changed(folder / "article.md", old, new)
    problems = check_prompts(Prompts(folder))

    assert {problem.file for problem in problems} <= {"article.md"}
    assert len({problem.why for problem in problems}) == len(problems)
    assert said is None or any(said in problem.why for problem in problems)
    assert bool(problems) == bool(said)


@pytest.mark.parametrize(
    ("new", "holds"),
    [
        ("- {{ problem }}", True),
        ("{{ loop.index }}. {{ problem }}", True),
        ("- A point.", False),
        ("- {{ problem[:20] }}", False),
        ("{% if loop.first %}{{ problem }}{% endif %}", False),
        ("- {{ problem | e }}", False),
    ],
)
def test_every_problem_is_told(folder: Path, new: str, holds: bool) -> None:
    """Who is asked again must hear each point, as it is."""
    changed(folder / "reask.md", "- {{ problem }}", new)
    problems = check_prompts(Prompts(folder))

    assert [problem.file for problem in problems] == ([] if holds else ["reask.md"])


@pytest.mark.parametrize(
    ("name", "ignored"),
    [
        *(("two.yml", True), ("two.YAML", True), ("notes.txt", True), ("one.yaml~", True)),
        *(("README.md", False), ("README", False), (".gitkeep", False)),
    ],
)
def test_a_file_that_nothing_reads_is_named(folder: Path, name: str, ignored: bool) -> None:
    """An example with another ending would be left out in silence; a README may lie there."""
    (folder / "examples" / name).write_text(EXAMPLE, "utf-8")
    problems = check_prompts(Prompts(folder))

    assert [problem.file for problem in problems] == ([f"examples/{name}"] if ignored else [])


def test_no_examples_are_no_problem(folder: Path) -> None:
    """A prompt set may do without any."""
    shutil.rmtree(folder / "examples")

    assert check_prompts(Prompts(folder)) == []


def test_unexplained_value_is_found(folder: Path) -> None:
    """A type that the instructions do not mention cannot be expected of a model."""
    changed(folder / "system.md", "retirement", "ending")
    problems = check_prompts(Prompts(folder))

    assert ("system.md", "`retirement` is not explained") in [(p.file, p.why) for p in problems]
