"""The benchmarks run, and their table has the rows that it should have; no figure is judged."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.bench  # starts processes and a server: `pytest -m bench`, and CI, run it

ROOT = Path(__file__).parents[1]


def measured(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the benchmarks at their smallest in a process of their own."""
    command = [sys.executable, "-m", "benchmarks", "--quick", *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, check=False, text=True, timeout=60
    )


def test_the_table_has_its_rows(tmp_path: Path) -> None:
    """Every contender has a row with its baseline; an aim is met or not; the file has the same."""
    file = tmp_path / "rows.json"
    run = measured("--rows", "cpu,proving", "--json", str(file))
    rows: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))

    assert run.returncode == 0, run.stderr
    assert {"cpu", "proving"} == {row["group"] for row in rows}
    assert all(row["ratio"] > 0 and row["base"] > 0 for row in rows)
    aimed = [row["name"] for row in rows if row["aim"] is not None]
    assert aimed == ["touchline aextract_events()", "touchline Reader.read()"]
    assert all(row["met"] in {True, False} for row in rows if row["name"] in aimed)
    for name in ("plain openai", "plain instructor", *aimed, "fold()"):
        assert name in run.stdout


def test_the_keyless_rows_are_there(tmp_path: Path) -> None:
    """The built-in model and the evaluation are measured, each against its baseline."""
    file = tmp_path / "rows.json"
    run = measured("--rows", "builtin,evaluation", "--json", str(file))
    rows: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))

    assert run.returncode == 0, run.stderr
    assert [row["group"] for row in rows] == ["builtin"] * 3 + ["evaluation"]
    assert all(row["ratio"] > 0 and row["base"] > 0 for row in rows)
    assert all(row["met"] in {True, False} for row in rows)


def test_an_unknown_group_is_refused() -> None:
    """A misspelt group is named, with those that there are."""
    run = measured("--rows", "cpu,speed")

    assert run.returncode != 0
    assert "`speed`" in run.stderr
    assert "replay" in run.stderr
