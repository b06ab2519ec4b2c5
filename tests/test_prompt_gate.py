"""The gate on the prompts: what is recorded answers the prompts of today, and as well as before.

When this fails after an edit in `prompts/`, the message says which file was edited, which
recordings are stale and the command that records only those again. docs/prompts.md has the walk.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from program import run

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "gold"
BASELINE = ROOT / "tests" / "data" / "baseline.json"


def test_the_recordings_answer_the_prompts_of_today(monkeypatch: pytest.MonkeyPatch) -> None:
    """No committed cassette is stale: an old answer is never replayed to a new prompt."""
    monkeypatch.chdir(ROOT)
    articles = sorted(map(str, Path("tests/gold").glob("*.json")))
    samples = sorted(map(str, Path("samples").glob("*.txt")))
    told = run("cassettes", "check", "cassettes", *articles, *samples)

    assert told.code == 0, told.err


def test_they_answer_as_well_as_the_blessed_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """The scores on the gold are those of the committed baseline: replays do not vary."""
    monkeypatch.chdir(ROOT)
    read = ("eval", "tests/gold", "--cassettes", "cassettes", "--baseline", str(BASELINE))
    told = run(*read, "--tolerance", "0")

    assert told.code == 0, told.out + told.err


def test_one_edited_word_closes_the_gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit turns the check red, and the message tells what to do."""
    monkeypatch.chdir(ROOT)
    shutil.copytree(ROOT / "prompts", tmp_path / "prompts")
    path = tmp_path / "prompts" / "system.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("stops coaching.", "stops for good."), "utf-8")
    told = run("cassettes", "check", "cassettes", "--prompts", str(tmp_path / "prompts"))

    assert told.code == 4
    assert "`prompts/system.md` edited since" in told.err
    assert "+- `retirement`: stops for good." in told.err
    assert "ascoli-carrera-3d6f14a6.yaml: stale, the prompt changed" in told.err
    assert "touchline cassettes refresh cassettes" in told.err
