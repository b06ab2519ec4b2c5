"""For the tests of your own scripts: replay in one line.

    def test_my_script(touchline_cassette):
        assert my_script.careers("article.txt")

Whatever the test calls replays from `cassettes/` beside the test file, without key and network.
`pytest --touchline-record new` records what has no cassette yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["pytest_addoption", "touchline_cassette"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--touchline-record`."""
    parser.getgroup("touchline").addoption(
        "--touchline-record",
        choices=("none", "new", "all"),
        default="none",
        help="What touchline_cassette is for: replay only (the default), record what has no "
        "cassette, or record all again.",
    )


@pytest.fixture
def touchline_cassette(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let every extraction of the test replay from `cassettes/` beside its file.

    The variables are set, not a context: so it holds in threads and child processes too.

    Returns:
        The folder.
    """
    folder = request.path.parent / "cassettes"
    monkeypatch.setenv("TOUCHLINE_CASSETTES", str(folder))
    monkeypatch.setenv("TOUCHLINE_RECORD", request.config.getoption("--touchline-record"))
    return folder
