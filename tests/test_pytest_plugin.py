"""The fixture for other people's tests replays in one line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
CASSETTE = ROOT / "cassettes" / "ascoli-carrera-3d6f14a6.yaml"
TEST = """
from pathlib import Path
from threading import Thread

from touchline import Document, extract_events

PAGE = Document.from_file({page!r})


def test_replays(touchline_cassette):
    assert touchline_cassette == Path(__file__).parent / "cassettes"
    assert len(extract_events(PAGE)) == 18


def test_replays_in_a_thread(touchline_cassette):
    found = []
    thread = Thread(target=lambda: found.extend(extract_events(PAGE)))
    thread.start()
    thread.join()
    assert len(found) == 18


def test_is_missing(touchline_cassette):
    extract_events(Document.from_file({other!r}))
"""


def pytest_of_a_user(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run pytest in a folder, as somebody would who has touchline installed."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "-q", "--assert=plain", "-p", "no:cacheprovider"]
    return subprocess.run(
        [*command, *options],
        cwd=folder,
        env=clean,
        capture_output=True,
        check=False,
        text=True,
    )


def test_a_test_replays_from_the_folder_beside_it(tmp_path: Path) -> None:
    """A test with the fixture needs no key and no network; what is not recorded fails it."""
    (tmp_path / "cassettes").mkdir()
    shutil.copy(CASSETTE, tmp_path / "cassettes")
    page = str(ROOT / "samples" / "ascoli-carrera.txt")
    other = str(ROOT / "samples" / "carrera-spartak.txt")
    (tmp_path / "test_mine.py").write_text(TEST.format(page=page, other=other), "utf-8")
    told = pytest_of_a_user(tmp_path)

    assert "1 failed, 2 passed" in told.stdout, told.stdout + told.stderr
    assert "CassetteMissing" in told.stdout
    assert "--record new" in told.stdout
