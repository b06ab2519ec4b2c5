"""`touchline prompts` and `touchline schema`: what is sent, shown before it is sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from program import TEXT, Server, run
from touchline.prompts import packaged_prompts
from touchline.schemas import json_schemas

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def server() -> Iterator[Server]:
    """Give a server that answers."""
    with Server().serving() as serving:
        yield serving


@pytest.fixture
def article(in_tmp_path: Path) -> Path:
    """Give an article in a folder where we are."""
    path = in_tmp_path / "a.json"
    text = f"{TEXT}{{{{ 7*7 }}}} «perché»\r\n\u200b[b]x[/b]"
    record = {"id": "a", "text": text, "title": "Il {{ titolo }}"}
    path.write_text(json.dumps(record), "utf-8")
    return Path(path.name)


@pytest.fixture
def mine(in_tmp_path: Path) -> Path:
    """Give a copy of the packaged prompts, made by the command."""
    assert run("prompts", "copy", "mine").code == 0
    return in_tmp_path / "mine"


@pytest.mark.parametrize("style", ["strict", "schema", "tool", "object", "prompt"])
def test_show_json_is_the_body_that_is_sent(server: Server, article: Path, style: str) -> None:
    """Byte for byte what the client sends, in every wire style."""
    described = ("--published", "2024-03-12", "--language", "it", "--style", style)
    run("extract", article, *server.options, *described)
    shown = run("prompts", "show", article, *server.options, *described, "--json")

    assert (shown.code, shown.err) == (0, "")
    assert shown.out.encode() == server.bodies[0] + b"\n"


def test_show_is_what_is_sent(server: Server, article: Path) -> None:
    """The messages with their roles, and every character of them."""
    run("extract", article, *server.options, "--published", "2024-03-12")
    shown = run("prompts", "show", article, "--published", "2024-03-12")
    messages = json.loads(server.bodies[0])["messages"]

    assert (shown.code, shown.err) == (0, "")
    assert shown.out == "".join(f"## {each['role']}\n\n{each['content']}\n\n" for each in messages)
    assert TEXT + "{{ 7*7 }} «perché»\r\n[b]x[/b]" in shown.out


def test_show_a_part_of_a_long_article(
    server: Server, in_tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part is a request of its own; there are no more of them than that."""
    monkeypatch.setenv("TOUCHLINE_MAX_CHARS", "500")
    (in_tmp_path / "long.txt").write_text(TEXT * 20, "utf-8")
    run("extract", "long.txt", *server.options)
    count = len(server.bodies)
    shown = {
        run("prompts", "show", "long.txt", *server.options, "--json", "--part", part).out
        for part in range(1, count + 1)
    }

    assert count > 3
    assert {f"{body.decode()}\n" for body in server.bodies} == shown
    beyond = run("prompts", "show", "long.txt", "--part", count + 1)
    assert beyond.code == 2
    assert f"the article has {count} parts, and no part {count + 1}" in beyond.err


def test_show_reads_standard_input() -> None:
    """As for `extract`, `-` is standard input."""
    assert TEXT in run("prompts", "show", "-", stdin=TEXT.encode()).out


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.jsonl", "", "`a.jsonl` is empty"),
        ("a.json", "{oops", "a.json: no valid JSON"),
        ("a.txt", "%PDF-1.7", "a.txt: the content is no text"),
    ],
)
def test_show_tells_what_is_no_article(
    in_tmp_path: Path, name: str, content: str, told: str
) -> None:
    """A file without a document is told with its name."""
    (in_tmp_path / name).write_text(content, "utf-8")
    ran = run("prompts", "show", name)

    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_show_json_needs_a_model(article: Path) -> None:
    """The body names the model; the messages do not need one."""
    assert "there is no model to show" in run("prompts", "show", article, "--json").err
    assert run("prompts", "show", article).code == 0


def test_check_passes_the_packaged_prompts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line with the fingerprint, the examples and what a request costs at least."""
    monkeypatch.chdir(tmp_path)
    ran = run("prompts", "check")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"{packaged_prompts()}: prompt ")
    assert "examples hold, about" in ran.out


def test_copy_makes_a_folder_that_passes(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy is equal and can be named by option or variable; nothing is overwritten."""
    by_option = run("prompts", "check", "--prompts", "mine")
    monkeypatch.setenv("TOUCHLINE_PROMPTS", "mine")
    by_variable = run("prompts", "check")

    assert by_option == by_variable
    assert by_option.out.startswith("mine: prompt ")
    again = run("prompts", "copy", "mine")
    assert (again.code, again.err) == (2, "touchline: `mine` exists already; nothing was copied\n")
    names = {path.relative_to(mine) for path in mine.rglob("*")}
    assert names == {path.relative_to(packaged_prompts()) for path in packaged_prompts().rglob("*")}


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("system.md", "{% for field", "{% fro field", "`mine/system.md`, line "),
        ("article.md", "{{ article }}", "{{ text }}", "line 19: `text` is no variable of it"),
        ("system.md", "`retirement`", "`retired`", "`mine/system.md`: `retirement` is not expl"),
        ("examples/1-caretaker.yaml", "- ex tecnico", "- ex tecnica", "event 6, `evid"),
        ("examples/1-caretaker.yaml", "honour: C", "honor: C", "event 7, `honor`: Extra"),
        ("examples/2-background.yaml", "date: 2022-10-03", "date: 2022-10-32", "event 1, `date`"),
    ],
)
def test_check_names_file_and_place(mine: Path, file: str, old: str, new: str, told: str) -> None:
    """A broken template, a value not explained, a quote that does not hold, an unknown field."""
    path = mine / file
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new), "utf-8")
    ran = run("prompts", "check", "--prompts", "mine")

    assert (ran.code, ran.out) == (2, "")
    assert all(line.startswith(f"touchline: `mine/{file}`") for line in ran.err.splitlines())
    assert told in ran.err


def test_check_tells_a_frame_that_lost_the_article(mine: Path) -> None:
    """A frame without the article, or without its code, ends the check with code 2."""
    path = mine / "article.md"
    path.write_text(path.read_text("utf-8").replace("{{ article }}", "The article."), "utf-8")
    ran = run("prompts", "check", "--prompts", "mine")

    assert (ran.code, ran.out) == (2, "")
    assert "`mine/article.md`: the text of an article does not come out as it is" in ran.err


@pytest.mark.parametrize("command", ["show", "copy", "diff"])
def test_arguments_stand_in_capitals(command: str) -> None:
    """What is to be filled in is written as in the rest of the help."""
    usage = run("prompts", command, "--help").out.splitlines()[0].partition("[OPTIONS]")[2]

    assert usage.strip()
    assert usage == usage.upper()


@pytest.mark.parametrize("name", ["system.md", "article.md", "reask.md"])
def test_check_names_a_missing_file(mine: Path, name: str) -> None:
    """A folder that lacks a template is no prompt folder."""
    (mine / name).unlink()
    ran = run("prompts", "check", "--prompts", "mine")

    assert ran.code == 2
    assert f"`mine` is no prompt folder: it lacks {name}" in ran.err


@pytest.mark.parametrize("name", ["event", "extraction", "answer"])
def test_schema_prints_json(name: str) -> None:
    """Each schema is printed as JSON; `event` is the one that is meant without a name."""
    ran = run("schema", name)

    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out) == json_schemas()[name]
    assert json.loads(run("schema").out) == json_schemas()["event"]
    assert run("schema", "none").code == 2
