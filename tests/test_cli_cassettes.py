"""`touchline cassettes`: what is recorded, what is stale, and recording that again."""

from __future__ import annotations

import json
import shutil
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from program import TEXT, Server, answer, run

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = ("a.txt", "b.txt")
TAPES = ("--cassettes", "tapes", "--prompts", "mine")


@pytest.fixture
def server() -> Iterator[Server]:
    """Give a server that answers."""
    with Server().serving() as serving:
        yield serving


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Record two articles with prompts of our own, once for all tests, and give the folder."""
    folder = tmp_path_factory.mktemp("recorded")
    with chdir(folder), Server().serving() as server:
        for name in NAMES:
            Path(name).write_text(f"{TEXT}{name}", "utf-8")
        assert run("prompts", "copy", "mine").code == 0
        assert run("extract", *NAMES, *server.options, *TAPES, "--record", "new").code == 0
    return folder


@pytest.fixture
def articles(recorded: Path, in_tmp_path: Path) -> list[str]:
    """Give two articles, recorded with prompts of our own in the folder `tapes`."""
    shutil.copytree(recorded, in_tmp_path, dirs_exist_ok=True)
    return [*NAMES]


def edit_prompt(text: str = "Another sentence.") -> None:
    """Change the instructions."""
    path = Path("mine/system.md")
    path.write_text(f"{path.read_text('utf-8')}\n{text}\n", "utf-8")


def tape(name: str) -> Path:
    """Give the cassette of an article."""
    (path,) = Path("tapes").glob(f"{name}-*.yaml")
    return path


@pytest.mark.usefixtures("articles")
def test_list_tells_what_each_file_holds() -> None:
    """Article, model, style, prompt and number of answers; and what was edited or is broken."""
    before = run("cassettes", "list", "tapes")
    path = tape("b")
    path.write_text(path.read_text("utf-8").replace("code: 200", "code: 500"), "utf-8")
    Path("tapes/c.yaml").write_text("{oops", "utf-8")
    after = run("cassettes", "list", "tapes")
    first, second, third = after.out.splitlines()

    assert (before.code, after.code, after.err) == (0, 0, "")
    assert first == before.out.splitlines()[0]
    assert first.startswith(f"{tape('a').name}  a  model local-1  schema  prompt ")
    assert first.endswith("  1 answer")
    assert second.endswith("  1 answer  edited by hand")
    assert third.startswith("c.yaml: ")


def test_check_passes_what_replays(articles: list[str]) -> None:
    """Fresh cassettes, each with its article."""
    for paths in ([], articles):
        ran = run("cassettes", "check", "tapes", *paths, "--prompts", "mine")

        assert (ran.code, ran.out, ran.err) == (0, "tapes: 2 cassettes, all fresh\n", "")


@pytest.mark.usefixtures("articles")
def test_c02_check_names_stale_cassettes() -> None:
    """After an edit of the prompt every cassette is stale, with what was edited and the way out."""
    edit_prompt()
    ran = run("cassettes", "check", "tapes", "--prompts", "mine")
    told = ran.err.splitlines()
    again = "touchline cassettes refresh tapes --prompts mine --model NAME --base-url URL"
    hint = (
        f"touchline: record the stale ones again with `{again}`: they are of `local-1`, and "
        "which server that is at no cassette tells"
    )

    assert (ran.code, ran.out) == (4, "")
    assert told[0].startswith("touchline: `mine/system.md` edited since: prompt ")
    assert [line for line in told[1:] if line.startswith("touchline: ")] == [
        f"touchline: {tape('a').name}: stale, the prompt changed",
        f"touchline: {tape('b').name}: stale, the prompt changed",
        hint,
    ]


@pytest.mark.usefixtures("articles")
def test_the_way_out_is_one_that_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that is set, or a model of OpenAI's, needs no further option."""
    edit_prompt()
    plain = "again with `touchline cassettes refresh tapes --prompts mine`\n"
    monkeypatch.setenv("TOUCHLINE_BASE_URL", "http://127.0.0.1:9/v1")
    known = run("cassettes", "check", "tapes", "--prompts", "mine").err
    monkeypatch.delenv("TOUCHLINE_BASE_URL")
    for path in Path("tapes").iterdir():
        path.write_text(path.read_text("utf-8").replace("local-1", "gpt-5.4-mini"), "utf-8")
    theirs = run("cassettes", "check", "tapes", "--prompts", "mine").err

    assert known.endswith(plain)
    assert theirs.endswith(plain)


@pytest.mark.parametrize("paths", [[], ["a.txt"]])
def test_check_of_no_cassettes_is_not_green(in_tmp_path: Path, paths: list[str]) -> None:
    """A folder without any holds nothing that could be fresh."""
    (in_tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (in_tmp_path / "tapes").mkdir()
    ran = run("cassettes", "check", "tapes", *paths)

    assert (ran.code, ran.out) == (4, "")
    assert "touchline: `tapes` holds no cassette: there is nothing that could be replayed\n" in (
        ran.err
    )


@pytest.mark.usefixtures("articles")
def test_check_shows_every_edited_file() -> None:
    """Instructions, frame and examples: each with its own difference."""
    edit_prompt()
    for name, old, new in (
        ("article.md", "Language:", "In:"),
        ("examples/2-background.yaml", "date: 2022-10-03", "date: 2022-10"),
    ):
        path = Path("mine", name)
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    told = run("cassettes", "check", "tapes", "--prompts", "mine").err

    assert "`mine/system.md`, `mine/article.md`, `mine/examples/2-background.yaml` edited" in told
    assert "  +++ system.md, now\n" in told
    assert "  +Another sentence.\n" in told
    assert "  +++ article.md, now\n" in told
    assert "  +In:" in told
    assert "  +++ examples/2-background.yaml, now\n" in told
    assert '  +   "date": "2022-10",\n' in told


@pytest.mark.usefixtures("articles")
def test_refresh_without_a_key_sends_nothing(server: Server) -> None:
    """With no server named OpenAI's would be asked; without its key that is refused at once."""
    old = {path: path.read_bytes() for path in Path("tapes").iterdir()}
    edit_prompt()
    ran = run("cassettes", "refresh", "tapes", "--prompts", "mine")

    assert (ran.code, ran.out) == (2, "")
    assert "there is no key to ask OpenAI's server for `local-1`: set OPENAI_API_KEY" in ran.err
    assert "--base-url URL" in ran.err
    assert {path: path.read_bytes() for path in Path("tapes").iterdir()} == old
    assert server.bodies == []


def test_check_compares_with_the_articles(articles: list[str]) -> None:
    """Unused and missing cassettes are named, and those whose article changed."""
    Path("new.txt").write_text(TEXT, "utf-8")
    Path("blank.txt").write_text(" ", "utf-8")
    Path("a.txt").write_text("Another text.", "utf-8")
    paths = [articles[0], "new.txt", "blank.txt"]
    ran = run("cassettes", "check", "tapes", *paths, "--prompts", "mine")

    assert (ran.code, ran.out) == (4, "")
    assert ran.err.splitlines() == [
        f"touchline: {tape('b').name}: unused, none of the articles given is its own",
        "touchline: new: no cassette",
        f"touchline: Cassette `{Path('tapes') / tape('a').name}` is stale: article changed.",
        "  article.text: recorded with 85 characters, now 13",
        "  --- article, recorded",
        "  +++ article, now",
        "  @@",
        "  -Il Borgo Velo ha esonerato Renzo Gualdoni. Al suo posto arriva Ettore Serafini.",
        "  -a.txt",
        "  +Another text.",
        "Record it again with `touchline extract \\u2026 --cassettes tapes --record all`.",
    ]


def test_c02_check_compares_all_that_replay_compares(
    articles: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What `extract` would refuse, `check` names: another date, another language, another model."""
    options = ("--published", "2024-03-12", "--language", "it", "--prompts", "mine")
    ran = run("cassettes", "check", "tapes", *articles, *options)
    monkeypatch.setenv("TOUCHLINE_MODEL", "other-1")
    other = run("cassettes", "check", "tapes", *articles, "--prompts", "mine")

    assert (ran.code, other.code) == (4, 4)
    assert ran.err.count("  article.published: recorded with `None`, now `2024-03-12`\n") == 2
    assert ran.err.count("  article.language: recorded with `None`, now `it`\n") == 2
    assert other.err.count("  model: recorded with `local-1`, now `other-1`\n") == 2
    assert "refresh" not in ran.err + other.err  # that records the articles as they were


def test_check_passes_what_was_recorded_with_options(server: Server, articles: list[str]) -> None:
    """With the options that the articles were recorded with, all is fresh."""
    options = ("--published", "2024-03-12", "--language", "it")
    run("extract", articles[0], *server.options, *options, *TAPES, "--record", "all")
    tape("b").unlink()
    ran = run("cassettes", "check", "tapes", articles[0], "--prompts", "mine", *options)

    assert (ran.code, ran.out, ran.err) == (0, "tapes: 1 cassette, all fresh\n", "")


def test_check_names_corrupt_cassettes_once(articles: list[str]) -> None:
    """A file that cannot be read is told, with its articles too; refreshing would not help."""
    tape("a").write_text("version: 1\ninteractions: [", "utf-8")
    ran = run("cassettes", "check", "tapes", *articles, "--prompts", "mine")

    assert ran.code == 4
    assert ran.err.startswith(f"touchline: {tape('a').name}: ")
    assert ran.err.count(tape("a").name + ":") == 1
    assert "delete it and record it again with" in ran.err
    assert "--cassettes tapes --record new`" in ran.err
    assert "refresh" not in ran.err


@pytest.mark.usefixtures("articles")
def test_refresh_records_only_what_is_stale(server: Server) -> None:
    """Fresh ones stay byte for byte; the stale one is asked again as it was recorded."""
    old = tape("b").read_bytes()
    edit_prompt()
    run("extract", "a.txt", *server.options, *TAPES, "--record", "all")
    fresh = tape("a").read_bytes()
    server.bodies.clear()
    ran = run("cassettes", "refresh", "tapes", "--base-url", server.url, "--prompts", "mine")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"{tape('b').name}: done, 1 event\ntapes: 1 recorded again\n"
    assert tape("a").read_bytes() == fresh
    assert tape("b").read_bytes() != old
    (body,) = map(json.loads, server.bodies)
    assert body["model"] == "local-1"
    assert "json_schema" in body["response_format"]
    assert "Another sentence." in body["messages"][0]["content"]
    assert run("cassettes", "check", "tapes", "a.txt", "b.txt", "--prompts", "mine").code == 0
    assert run("extract", "a.txt", "b.txt", *TAPES).code == 0


@pytest.mark.usefixtures("articles")
def test_refresh_with_nothing_stale_sends_nothing(server: Server) -> None:
    """Neither model nor server is needed then."""
    ran = run("cassettes", "refresh", "tapes", "--prompts", "mine")

    assert (ran.code, ran.out, ran.err) == (0, "tapes: 0 recorded again\n", "")
    assert server.bodies == []


@pytest.mark.usefixtures("articles")
def test_refresh_takes_another_model(server: Server) -> None:
    """Model and style may change with the recording."""
    edit_prompt()
    options = ["--base-url", server.url, "--model", "local-2", "--style", "tool"]
    ran = run("cassettes", "refresh", "tapes", *options, "--prompts", "mine")
    bodies = [json.loads(body) for body in server.bodies]

    assert ran.code == 0
    assert [body["model"] for body in bodies] == ["local-2"] * 2
    assert all("tools" in body for body in bodies)
    listed = run("cassettes", "list", "tapes").out
    assert listed.count("model local-2  tool") == 2


@pytest.mark.usefixtures("articles")
def test_refresh_tells_what_failed(server: Server) -> None:
    """An article without a usable answer is exit code 1, a corrupt cassette 4."""
    edit_prompt()
    server.answer = lambda body: answer() if "b.txt" in str(body) else "no JSON"
    options = ["--base-url", server.url, "--prompts", "mine"]
    failed = run("cassettes", "refresh", "tapes", *options)
    Path("tapes/c.yaml").write_text("{oops", "utf-8")
    corrupt = run("cassettes", "refresh", "tapes", *options)

    assert failed.code == 1
    assert f"{tape('a').name}: failed, 0 events" in failed.out
    assert "tapes: 1 recorded again" in failed.out
    assert corrupt.code == 4
    assert "c.yaml" in corrupt.err


@pytest.mark.usefixtures("articles")
def test_refresh_keeps_a_good_cassette_through_an_outage(server: Server) -> None:
    """A server that fails is no answer: the old file stands, and the article counts as failed."""
    old = {path: path.read_bytes() for path in Path("tapes").iterdir()}
    edit_prompt()
    server.status = 500
    options = ("--base-url", server.url, "--prompts", "mine", "--deadline", "0.2")
    ran = run("cassettes", "refresh", "tapes", *options)

    assert ran.code == 1
    assert ran.out.splitlines()[-1] == "tapes: 0 recorded again"
    assert {path: path.read_bytes() for path in Path("tapes").iterdir()} == old
    for name in ("a", "b"):
        assert f"touchline: Cassette `{tape(name)}` not saved: `" in ran.err
    assert len(ran.err.splitlines()) == 2
    assert run("cassettes", "check", "tapes", "--prompts", "mine").code == 4


@pytest.mark.usefixtures("articles")
def test_refresh_stops_at_a_refused_key(server: Server) -> None:
    """What every article would meet is one message; the recordings stay as they are."""
    old = {path: path.read_bytes() for path in Path("tapes").iterdir()}
    edit_prompt()
    server.status = 401
    ran = run("cassettes", "refresh", "tapes", "--base-url", server.url, "--prompts", "mine")

    assert ran.code == 2
    assert "refuses the key (401)" in ran.err
    assert {path: path.read_bytes() for path in Path("tapes").iterdir()} == old


@pytest.mark.parametrize("command", ["list", "check", "refresh"])
def test_a_folder_that_is_none_is_told(in_tmp_path: Path, command: str) -> None:
    """A misspelt folder is not an empty one."""
    (in_tmp_path / "a.txt").write_text(TEXT, "utf-8")
    for name in ("tapse", "a.txt"):
        ran = run("cassettes", command, name)

        assert (ran.code, ran.out) == (2, "")
        assert ran.err == f"touchline: `{name}` is no folder of cassettes\n"


def test_i23_hostile_ids_are_no_paths_and_not_obeyed(server: Server, in_tmp_path: Path) -> None:
    """An id is neither a path nor markup, and no character of it reaches the terminal raw."""
    hostile = "../../[/b]\x1b[31m\u202e\nnext"
    record = {"id": hostile, "text": TEXT}
    (in_tmp_path / "a.jsonl").write_text(json.dumps(record), "utf-8")
    tapes = ("--cassettes", "tapes", "--record", "new")
    assert run("extract", "a.jsonl", *server.options, *tapes).code == 0
    (path,) = (in_tmp_path / "tapes").iterdir()
    listed = run("cassettes", "list", "tapes").out
    path.unlink()
    missing = run("cassettes", "check", "tapes", "a.jsonl").err

    assert path.name.startswith("b-31m-next-")
    for shown in (listed, missing):
        assert "../../[/b]\\x1b[31m\\u202e next" in shown
        assert all(c.isprintable() for line in shown.split("\n") for c in line)
