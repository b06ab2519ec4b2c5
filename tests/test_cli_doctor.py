"""`touchline doctor`: what is in force and where it comes from, and no secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from program import run

if TYPE_CHECKING:
    from pathlib import Path

KEY = "sk-proj-0123456789abcdef"


def rows(monkeypatch: pytest.MonkeyPatch, **variables: str) -> dict[str, str]:
    """Run in an environment, and give the rows by their names."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    ran = run("doctor")
    assert (ran.code, ran.err) == (0, "")
    return {line[:19].strip(): line[20:] for line in ran.out.splitlines()}


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget the proxies of this machine."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def test_defaults_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any variable: the defaults, versions, and what to do for a model."""
    found = rows(monkeypatch)

    assert found["python"].startswith("3.")
    assert found["touchline"].startswith("0.")
    assert found["model"].startswith("builtin, which reads by cue words")
    assert found["base_url"] == "https://api.openai.com/v1"
    assert found["api_key"] == "not set"
    assert (found["style"], found["record"], found["timeout"]) == ("strict", "none", "120.0")
    assert (found["prompts"], found["cassettes"]) == ("not set", "not set")
    assert "fingerprint" in found["prompt set"]


def test_sources_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a variable sets is shown with its name."""
    found = rows(
        monkeypatch,
        TOUCHLINE_MODEL="local-1",
        OPENAI_BASE_URL="http://localhost:8000/v1",
        TOUCHLINE_TIMEOUT="5",
        HTTPS_PROXY="http://proxy.example:3128",
        no_proxy="localhost, .example.org",
    )

    assert found["model"] == "local-1 (from TOUCHLINE_MODEL)"
    assert found["base_url"] == "http://localhost:8000/v1 (from OPENAI_BASE_URL)"
    assert found["timeout"] == "5.0 (from TOUCHLINE_TIMEOUT)"
    assert found["style"] == "schema"
    assert found["HTTPS_PROXY"] == "http://proxy.example:3128"
    assert found["no_proxy"] == "localhost, .example.org"


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"OPENAI_API_KEY": KEY}, "set (from OPENAI_API_KEY)"),
        ({"TOUCHLINE_API_KEY": KEY}, "set (from TOUCHLINE_API_KEY)"),
        (
            {"OPENAI_API_KEY": KEY, "TOUCHLINE_BASE_URL": "https://models.example/v1"},
            "OPENAI_API_KEY is set, but is for OpenAI's host only; set TOUCHLINE_API_KEY",
        ),
    ],
)
def test_x11_a_key_is_explained_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], told: str
) -> None:
    """Where a key comes from and whether it counts, and not a character of it."""
    found = rows(monkeypatch, **variables)

    assert found["api_key"] == told
    assert not [value for value in found.values() if KEY[3:] in value]


def test_x11_a_bad_key_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that cannot be sent is told as hidden."""
    monkeypatch.setenv("OPENAI_API_KEY", f"{KEY} {KEY}")
    ran = run("doctor")

    assert ran.code == 2
    assert "`api_key` from the variable `OPENAI_API_KEY` is (hidden)" in ran.err
    assert KEY not in ran.out + ran.err


@pytest.mark.parametrize("name", ["OPENAI_BASE_URL", "HTTPS_PROXY", "all_proxy"])
@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("https://me:secret@host.example:8000/v1", "https://…@host.example:8000/v1"),
        ("me:secret@host.example:8000", "…@host.example:8000"),
        ("https://host.example/v1?key=secret", "https://host.example/v1?…"),
        ("host.example:8000", "host.example:8000"),
    ],
)
def test_x11_a_password_in_an_address_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, shown: str
) -> None:
    """Neither a server's address nor a proxy's shows name, password or query."""
    monkeypatch.setenv(name, value)
    ran = run("doctor")
    found = {line[:19].strip(): line[20:] for line in ran.out.splitlines()}
    row = found["base_url" if name == "OPENAI_BASE_URL" else name]

    assert row.removesuffix(f" (from {name})") == shown
    assert "secret" not in ran.out + ran.err


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://me:secret@host.example/v1", "`base_url` holds a user or a password"),
        ("host.example:8000?key=secret", "`base_url` is `host.example:8000?…`, which is no"),
    ],
)
def test_x11_an_address_that_will_be_refused_is_told(
    monkeypatch: pytest.MonkeyPatch, url: str, told: str
) -> None:
    """What the first request would find out is told here, below the address."""
    monkeypatch.setenv("TOUCHLINE_BASE_URL", url)
    ran = run("doctor")
    lines = ran.out.splitlines()
    place = next(n for n, line in enumerate(lines) if f"refused: {told}" in line)

    assert ran.code == 2
    assert lines[place - 1].startswith("base_url ") or lines[place - 2].startswith("base_url ")
    assert "secret" not in ran.out + ran.err


def test_an_unusable_prompt_set_is_told(in_tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest is shown all the same; the exit code says that something is wrong."""
    (in_tmp_path / "mine").mkdir()
    monkeypatch.setenv("TOUCHLINE_PROMPTS", "mine")
    ran = run("doctor")

    assert ran.code == 2
    assert "prompt set          `mine` is no prompt folder: it lacks system.md" in ran.out
    assert "\npython " in f"\n{ran.out}"


def test_x06_a_hostile_variable_is_not_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Escapes in a value are written out."""
    monkeypatch.setenv("TOUCHLINE_MODEL", "\x1b[31mred\u202e")

    assert "\\x1b[31mred\\u202e (from TOUCHLINE_MODEL)" in run("doctor").out
