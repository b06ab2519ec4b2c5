"""The walk of docs/prompts.md, command by command, with a stub as the model."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from program import Server, run

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "gold"
ARTICLES = ("14-caccia-alla-punta", "16-folgore-il-titolo-sbagliato")
WALK = re.compile(r"^```walk ?(\d*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def steps() -> list[tuple[str, int]]:
    """Each command of the walk with the exit code that the page tells."""
    text = (ROOT / "docs" / "prompts.md").read_text("utf-8")
    return [
        (command, int(code or 0))
        for code, block in WALK.findall(text)
        for command in block.strip().splitlines()
    ]


def answers() -> dict[str, str]:
    """What the stub says to each article: its gold, as a model would write it."""
    told = {}
    for name in ARTICLES:
        gold = json.loads((GOLD / f"{name}.json").read_text("utf-8"))
        told[gold["text"][:40]] = json.dumps({"events": gold["events"]})
    return told


def walk(command: str) -> tuple[int, str]:
    """Do one step: touchline in this process, anything else in its own."""
    words = [
        word
        for each in shlex.split(command)
        for word in (sorted(map(str, Path().glob(each))) if "*" in each else [each])
    ]
    if words[0] == "touchline":
        ran = run(*words[1:])
        return ran.code, ran.out + ran.err
    done = subprocess.run(words, capture_output=True, check=False, text=True)
    return done.returncode, done.stdout + done.stderr


def test_the_walk_goes_as_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command ends as told, a refresh asks for each article again, and the end is green."""
    (tmp_path / "gold").mkdir()
    for name in ARTICLES:
        shutil.copy(GOLD / f"{name}.json", tmp_path / "gold")
    (tmp_path / "prompts").symlink_to(ROOT / "prompts")
    told = answers()
    server = Server()
    server.answer = lambda body: next(
        said for start, said in told.items() if start in body["messages"][-1]["content"]
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOUCHLINE_BASE_URL", server.url)
    monkeypatch.setenv("TOUCHLINE_MODEL", "stub")
    with server.serving():
        for command, expected in steps():
            code, printed = walk(command)
            assert code == expected, f"{command}\n{printed}"

    assert len(steps()) == 11
    assert len(server.bodies) == 2 * len(ARTICLES)
