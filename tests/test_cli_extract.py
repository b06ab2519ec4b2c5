"""`touchline extract`: data on stdout, all else on stderr, and an exit code for scripts."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer

from program import EVENT, TEXT, UNPROVED, Ran, Server, answer, run, start
from touchline import cli
from touchline.api import _tell_of_fallback

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COMMANDS = [
    ("extract",),
    ("eval",),
    ("schema",),
    ("doctor",),
    ("prompts",),
    ("prompts", "check"),
    ("prompts", "show"),
    ("prompts", "copy"),
    ("prompts", "diff"),
    ("cassettes",),
    ("cassettes", "list"),
    ("cassettes", "check"),
    ("cassettes", "refresh"),
]
HELP_SECONDS = 1.0  # The aim is 0.3, which the benchmark watches; a shared machine is slower.


@pytest.fixture
def server() -> Iterator[Server]:
    """Give a server that answers."""
    with Server().serving() as serving:
        yield serving


@pytest.fixture
def article(in_tmp_path: Path) -> Path:
    """Give an article in a folder where we are."""
    path = in_tmp_path / "borgo-velo.txt"
    path.write_text(TEXT, "utf-8")
    return Path(path.name)


def records(ran: Ran) -> list[Any]:
    """Give the lines of JSON on stdout."""
    return [json.loads(line) for line in ran.out.splitlines()]


def test_a_table_for_people(server: Server, article: Path) -> None:
    """By default the events stand in a table, with nothing on stderr."""
    ran = run("extract", article, *server.options)

    assert ran == Ran(
        0,
        "borgo-velo  done  1 event  model local-1  1 request\n"
        "  undated  dismissal  Renzo Gualdoni, Borgo Velo, head coach; "
        "followed by Ettore Serafini\n"
        "           “ha esonerato Renzo Gualdoni” [14:41]\n\n",
        "",
    )


def test_without_a_key_builtin_reads(article: Path) -> None:
    """Two commands' worth of output for nothing: events on stdout, one line about it on stderr."""
    _tell_of_fallback.cache_clear()
    ran = run("extract", article, article)
    named = run("extract", article, "--model", "builtin")

    assert (ran.code, ran.out.count("model builtin  0 requests")) == (0, 2)
    assert "dismissal  Renzo Gualdoni, Borgo Velo" in ran.out
    told = [line for line in ran.err.splitlines() if "two articles have the id" not in line]
    assert len(told) == 1
    assert told[0].startswith("touchline: no model is named and no key is set: `builtin` reads by")
    assert (named.code, named.err) == (0, "")


def test_json_is_one_array(server: Server, article: Path) -> None:
    """Whatever the number of articles, stdout is one JSON value."""
    empty = Path("empty.jsonl")
    empty.write_text("", "utf-8")
    none, one, two = (
        json.loads(run("extract", *paths, *server.options, "--format", "json").out)
        for paths in ([empty], [article], [article, empty, article])
    )

    assert (len(none), len(one), len(two)) == (0, 1, 2)
    assert one[0]["document"]["text"] == TEXT
    assert one[0]["events"][0]["evidence"] == [
        {"quote": "ha esonerato Renzo Gualdoni", "start": 14, "end": 41}
    ]


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_no_text_leaves_the_text_out(server: Server, article: Path, form: str) -> None:
    """The article's text can stay where it is; its digest tells which it was."""
    ran = run("extract", article, *server.options, "--format", form, "--no-text")
    record = json.loads(ran.out)
    record = record[0] if form == "json" else record

    assert record["document"]["text"] is None
    assert len(record["document"]["sha256"]) == 64


def test_all_kinds_of_input(server: Server, in_tmp_path: Path) -> None:
    """Text, Markdown, a JSON document, JSON lines and standard input, in the order given."""
    record = {"id": "own", "text": TEXT, "title": "T", "published": "2024-03-12", "language": "it"}
    (in_tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (in_tmp_path / "b.md").write_text(TEXT, "utf-8")
    (in_tmp_path / "c.json").write_text(json.dumps(record), "utf-8")
    (in_tmp_path / "d.jsonl").write_text(f'{{"text": "{TEXT.strip()}"}}\n' * 2, "utf-8")
    paths = ["a.txt", "b.md", "c.json", "d.jsonl", "-"]
    ran = run("extract", *paths, *server.options, "--format", "jsonl", stdin=TEXT.encode())
    documents = [record["document"] for record in records(ran)]

    assert (ran.code, ran.err) == (0, "")
    assert [each["id"] for each in documents][:5] == ["a", "b", "own", "d-1", "d-2"]
    assert documents[5]["id"] == documents[5]["sha256"][:16]
    assert (documents[2]["title"], documents[2]["published"]) == ("T", "2024-03-12")


def test_options_describe_the_articles(server: Server, article: Path) -> None:
    """What is said on the command line holds for every article."""
    options = ["--published", "2024-03-12", "--language", "it", "--style", "tool"]
    (record,) = records(run("extract", article, *server.options, *options, "--format", "jsonl"))
    body = json.loads(server.bodies[0])

    assert (record["document"]["published"], record["document"]["language"]) == ("2024-03-12", "it")
    assert "Published: 2024-03-12, a Tuesday." in body["messages"][-1]["content"]
    assert "tools" in body


def test_bad_lines_keep_their_place(server: Server, in_tmp_path: Path) -> None:
    """A line that is no document is skipped with its number; the run goes on."""
    lines = [f'{{"id": "x", "text": "{TEXT.strip()}"}}', "{oops", '{"id": 3}', '{"text": " "}']
    (in_tmp_path / "many.jsonl").write_text("\n".join(lines), "utf-8")
    ran = run("extract", "many.jsonl", *server.options, "--format", "jsonl")
    found = [(each["document"]["id"], each["state"], each["reason"]) for each in records(ran)]

    assert ran.code == 0
    assert found == [
        ("x", "done", None),
        ("many.jsonl:2", "skipped", "bad_line"),
        ("many.jsonl:3", "skipped", "bad_line"),
        ("many-4", "skipped", "empty"),
    ]
    assert "no valid JSON" in records(ran)[1]["issues"][0]["why"]
    assert len(server.bodies) == 1


@pytest.mark.parametrize("stdin", [b"%PDF-1.7", b"\xff\xfe\x00"])
def test_i03_what_is_no_text_on_stdin_is_skipped(server: Server, stdin: bytes) -> None:
    """A pipe of something else is told and not sent."""
    (record,) = records(run("extract", "-", *server.options, "--format", "jsonl", stdin=stdin))

    assert record["state"] == "skipped"
    assert record["reason"] in {"not_text", "empty"}
    assert server.bodies == []


def test_ids_that_two_articles_share_are_reported(server: Server, in_tmp_path: Path) -> None:
    """Both are read; stderr says so, for results and cassettes are named by them."""
    for folder in ("one", "two"):
        (in_tmp_path / folder).mkdir()
        (in_tmp_path / folder / "a.txt").write_text(TEXT, "utf-8")
    ran = run("extract", "one/a.txt", "two/a.txt", *server.options, "--format", "jsonl")

    assert len(records(ran)) == 2
    assert ran.err == "touchline: two articles have the id `a`: `one/a.txt` and `two/a.txt`\n"
    assert ran.code == 0


def test_shared_ids_are_told_with_their_lines(server: Server, in_tmp_path: Path) -> None:
    """In JSON lines a place is file and line; blank lines count."""
    record = json.dumps({"id": "x", "text": TEXT})
    (in_tmp_path / "a.jsonl").write_text(f"{record}\n\n{record}\n", "utf-8")
    (in_tmp_path / "b.json").write_text(record, "utf-8")
    ran = run("extract", "a.jsonl", "b.json", *server.options, "--format", "jsonl")

    assert (ran.code, len(records(ran))) == (0, 3)
    assert ran.err.splitlines() == [
        "touchline: two articles have the id `x`: `a.jsonl:1` and `a.jsonl:3`",
        "touchline: two articles have the id `x`: `a.jsonl:3` and `b.json`",
    ]


@pytest.mark.parametrize(
    ("paths", "places", "asked"),
    [
        (["c.txt", "one/a.txt", "two/a.md"], "`one/a.txt` and `two/a.md`", 0),
        (["one/a.txt", "one/a.txt"], "`one/a.txt` and `one/a.txt`", 0),
        (["many.jsonl"], "`many.jsonl:1` and `many.jsonl:3`", 2),
        (["one/a.txt", "a.json"], "`one/a.txt` and `a.json`", 1),
        (["one/a.txt", "one/a.pdf"], None, 1),
    ],
)
def test_shared_ids_are_refused_with_cassettes(
    server: Server, in_tmp_path: Path, paths: list[str], places: str | None, asked: int
) -> None:
    """Two articles with one id would have one cassette: the second is not asked for."""
    for name in ("c.txt", "one/a.txt", "two/a.md"):
        (in_tmp_path / name).parent.mkdir(exist_ok=True)
        (in_tmp_path / name).write_text(TEXT, "utf-8")
    (in_tmp_path / "one" / "a.pdf").write_bytes(b"%PDF-1.7")
    rows = [json.dumps({"id": name, "text": TEXT}) for name in ("a", "b", "a")]
    (in_tmp_path / "many.jsonl").write_text("\n".join(rows), "utf-8")
    (in_tmp_path / "a.json").write_text(rows[0], "utf-8")
    tapes = ("--cassettes", "tapes", "--record", "new", "--jobs", "1")
    ran = run("extract", *paths, *server.options, *tapes)

    assert len(server.bodies) == asked
    assert ran.code == (0 if places is None else 2)
    assert places is None or f"two articles have the id `a`: {places}. They would share" in ran.err


@pytest.mark.parametrize(
    ("answers", "code", "states"),
    [
        ([answer()], 0, ["done"]),
        ([answer(EVENT, UNPROVED)] * 2, 1, ["partial"]),
        (["no JSON"] * 2, 1, ["failed"]),
    ],
)
def test_the_exit_code_tells_the_worst_state(
    server: Server, article: Path, answers: list[str], code: int, states: list[str]
) -> None:
    """0 where all is done or skipped, 1 where an article is partial or failed."""
    given = iter(answers)
    server.answer = lambda _body: next(given)
    ran = run("extract", article, *server.options, "--format", "jsonl")

    assert ran.code == code
    assert [record["state"] for record in records(ran)] == states


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nothing.txt"], "`nothing.txt` does not exist"),
        (["."], "`.` is a folder; name the files in it"),
        (["borgo-velo.txt", "--published", "12 March"], "`published` is `12 March`"),
        (["borgo-velo.txt", "--model", "m", "--prompts", "none"], "`none` is no prompt folder"),
        (["borgo-velo.txt", "--base-url", "http://127.0.0.1:9/v1"], "no model on it"),
        (["borgo-velo.txt", "--model", "m", "--base-url", "here"], "`base_url` is `here`"),
        (["borgo-velo.txt", "--model", "m", "--deadline", "0"], "setting `deadline` from the"),
        (["borgo-velo.txt", "--output", "no/such/folder"], "`no/such/folder` cannot be written"),
        (["borgo-velo.txt", "--format", "xml"], "'xml' is not one of"),
        (["borgo-velo.txt", "--jobs", "0"], "Invalid value for '--jobs'"),
        ([], "Missing argument"),
    ],
)
@pytest.mark.usefixtures("article")
def test_wrong_use_is_exit_code_2(arguments: list[str], told: str) -> None:
    """Usage and configuration are told on stderr in one message, and nothing is on stdout."""
    ran = run("extract", *arguments)

    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert "Traceback" not in ran.err


def test_a_file_without_rights_is_told_first(
    server: Server, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That a file cannot be read is known before the first request is paid for."""
    monkeypatch.setattr("os.access", lambda *_args: False)
    ran = run("extract", article, *server.options)

    assert ran == Ran(2, "", "touchline: `borgo-velo.txt` cannot be read: permission denied\n")
    assert server.bodies == []


def test_a_refused_request_is_exit_code_2(server: Server, article: Path) -> None:
    """What every article would meet stops the run as a matter of configuration."""
    server.status = 401
    ran = run("extract", article, *server.options)

    assert (ran.code, ran.out) == (2, "")
    assert "refuses the key (401)" in ran.err


def test_a_stopped_run_is_exit_code_3(server: Server, article: Path) -> None:
    """An empty account stops the run; what was read before is written."""
    server.status, server.error_code = 429, "insufficient_quota"
    ran = run("extract", article, *server.options)

    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("touchline: stopped before the first article\n")
    assert "no credit left" in ran.err


def test_what_was_read_before_a_stop_is_written(server: Server, in_tmp_path: Path) -> None:
    """A run that stops at its third article has written two; the file is whole JSON."""
    for number in range(3):
        (in_tmp_path / f"{number}.txt").write_text(TEXT, "utf-8")

    def stop_at_third(_body: object) -> str:
        if len(server.bodies) == 3:
            server.status, server.error_code = 429, "insufficient_quota"
        return answer()

    server.answer = stop_at_third
    paths = [f"{number}.txt" for number in range(3)]
    options = ["--jobs", 1, "--format", "json", "--output", "out.json"]
    ran = run("extract", *paths, *server.options, *options)

    assert ran.code == 3
    assert "stopped after 2 articles" in ran.err
    assert len(json.loads((in_tmp_path / "out.json").read_text("utf-8"))) == 2


def test_the_output_file_is_replaced_whole(server: Server, article: Path) -> None:
    """The old content stands until the new one is whole; no other file is left."""
    output = Path("out.jsonl")
    output.write_text("old", "utf-8")
    seen: list[str] = []

    def look(_body: object) -> str:
        seen.append(output.read_text("utf-8"))
        return answer()

    server.answer = look
    ran = run("extract", article, *server.options, "--output", output, "--format", "jsonl")

    assert ran == Ran(0, "", "")
    assert seen == ["old"]
    assert json.loads(output.read_text("utf-8"))["state"] == "done"
    assert sorted(path.name for path in Path().iterdir()) == ["borgo-velo.txt", "out.jsonl"]
    assert output.stat().st_mode & 0o777 == 0o666 & ~umask()


def umask() -> int:
    """Give the rights that new files lack."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_run_that_reads_nothing_leaves_the_output_file(server: Server, article: Path) -> None:
    """A refused key does not cost the results of yesterday."""
    Path("out.jsonl").write_text("old", "utf-8")
    server.status = 401
    ran = run("extract", article, *server.options, "--output", "out.jsonl")

    assert ran.code == 2
    assert Path("out.jsonl").read_text("utf-8") == "old"
    assert sorted(path.name for path in Path().iterdir()) == ["borgo-velo.txt", "out.jsonl"]


def test_an_output_that_is_a_link_or_a_device_stays_one(server: Server, article: Path) -> None:
    """A symbolic link keeps pointing, and `/dev/null` is written to, not replaced."""
    Path("results").mkdir()
    Path("link.txt").symlink_to("results/target.txt")
    os.mkfifo("pipe")
    code = "print(open('pipe', encoding='utf-8').read())"
    reader = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    outputs = [
        run("extract", article, *server.options, "--output", name)
        for name in ("link.txt", "pipe", "/dev/null")
    ]

    assert [ran.code for ran in outputs] == [0, 0, 0]
    assert Path("link.txt").is_symlink()
    assert "Renzo Gualdoni" in Path("results/target.txt").read_text("utf-8")
    assert b"Renzo Gualdoni" in reader.communicate(timeout=120)[0]
    assert Path("/dev/null").is_char_device()


@pytest.mark.usefixtures("article")
def test_an_output_in_a_folder_without_rights_is_told_first(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That nothing can be written is known before the first request is paid for."""

    def refuse(*_args: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", refuse)
    ran = run("extract", "borgo-velo.txt", *server.options, "--output", "out.txt")

    assert ran == Ran(2, "", "touchline: `out.txt` cannot be written: Permission denied\n")
    assert server.bodies == []


HOSTILE_ID = "[/b] \x1b[31mred\x1b]0;title\x07 \u202ednuor\u200b\nnext\rline"


@pytest.mark.parametrize("text", [TEXT, f"{TEXT} [/b][bold] \x1b[2J \u202e \x9b"])
def test_x06_hostile_text_is_shown_and_not_obeyed(
    server: Server, in_tmp_path: Path, text: str
) -> None:
    """Markup does not crash the table; escapes, bidi and newlines do not reach the terminal."""
    record = json.dumps({"id": HOSTILE_ID, "text": text})
    (in_tmp_path / "a.jsonl").write_text(f"{record}\n{record}\n", "utf-8")
    hostile = {**EVENT, "person": "\x1b[31m[/b]\u202e", "type": "[/b]\x07\n"}
    server.answer = lambda _body: answer(EVENT, hostile)
    ran = run("extract", "a.jsonl", *server.options)

    for stream in (ran.out, ran.err):
        assert all(c.isprintable() for line in stream.split("\n") for c in line)
    assert ran.code == 1
    assert ran.out.count("[/b] \\x1b[31mred") == 2
    assert "two articles have the id `[/b] \\x1b[31mred" in ran.err


@pytest.mark.parametrize(
    ("form", "variables"),
    [
        ("table", {"LC_ALL": "C", "PYTHONUTF8": "0", "TERM": "xterm-256color"}),
        ("jsonl", {"PYTHONIOENCODING": "ascii"}),
    ],
)
def test_p17_any_character_in_any_locale(
    in_tmp_path: Path, form: str, variables: dict[str, str]
) -> None:
    """Output is UTF-8 under LC_ALL=C and any other encoding; a pipe gets no colours."""
    record = {"id": "«Società» – 監督解任", "text": " "}
    (in_tmp_path / "a.json").write_text(json.dumps(record), "utf-8")
    command = ("extract", "a.json", "--format", form)
    process = start(*command, **variables)
    out, err = process.communicate(timeout=120)

    assert (process.returncode, err) == (0, b"")
    assert b"\x1b" not in out
    assert timeless(out.decode()) == timeless(run(*command).out)


def timeless(output: str) -> str:
    """Cut what a clock measured."""
    return "\n".join(line.split('"seconds":')[0] for line in output.splitlines())


@pytest.mark.parametrize(
    "command", [("schema", "extraction"), ("extract", "many.jsonl", "--cassettes", "none")]
)
def test_p17_a_closed_pipe_is_no_error(in_tmp_path: Path, command: tuple[str, ...]) -> None:
    """Where the reader of a pipe goes away, the program ends in silence."""
    lines = "".join(f'{{"id": "{n}", "text": " "}}\n' for n in range(5000))
    (in_tmp_path / "many.jsonl").write_text(lines, "utf-8")
    with start(*command) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        if command[0] == "extract":
            assert process.stdout.readline() == b"0  skipped (empty)\n"
        process.stdout.close()
        error = process.stderr.read()

    assert (process.returncode, error) == (141, b"")


@pytest.mark.parametrize("command", [("schema",), ("extract", "a.txt"), ("--help",), ("doctor",)])
def test_p17_a_closed_stdout_is_told_in_a_line(in_tmp_path: Path, command: tuple[str, ...]) -> None:
    """Where stdout was closed before the start, there is one line on stderr and no traceback."""
    (in_tmp_path / "a.txt").write_text(" ", "utf-8")
    ran = in_shell('exec "$@" >&-', *command)
    told = b"touchline: standard output is closed; results have nowhere to go\n"

    assert (ran.returncode, ran.stdout, ran.stderr) == (2, b"", told)


def in_shell(line: str, *command: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program as `"$@"` in a line of the shell."""
    code = "from touchline.cli import main; main()"
    words = ["sh", "-c", line, "sh", sys.executable, "-c", code, *command]
    return subprocess.run(words, capture_output=True, check=False, timeout=120)


@pytest.mark.parametrize("closed", ["<&- 2>&-"])
def test_p17_other_closed_streams_are_empty(in_tmp_path: Path, closed: str) -> None:
    """Without stdin there is no text, and without stderr no message; results come all the same."""
    (in_tmp_path / "a.txt").write_text(TEXT, "utf-8")
    ran = in_shell(f'exec "$@" {closed}', "extract", "a.txt", "-", "--cassettes", "none")

    assert ran.returncode == 4
    assert ran.stdout.startswith(b"a  failed (cassette_missing)  0 events\n")
    assert b"  skipped (empty)\n" in ran.stdout
    assert b"Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("command", "unbuffered"),
    [
        (("schema",), "1"),
        (("extract", "a.txt"), ""),
    ],
)
def test_p17_a_full_disk_behind_stdout_is_told(
    in_tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], unbuffered: str
) -> None:
    """The message names stdout; Python has nothing to add at its end."""
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    (in_tmp_path / "a.txt").write_text(" ", "utf-8")
    ran = in_shell('exec "$@" >/dev/full', *command)
    told = b"touchline: standard output cannot be written: No space left on device\n"

    assert (ran.returncode, ran.stderr) == (2, told)


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_p17_help_on_a_full_disk(option: str) -> None:
    """What is told before any command ends in one line too."""
    ran = in_shell('exec "$@" >/dev/full', option)

    assert ran.returncode == 2
    assert ran.stderr.startswith(b"touchline: ")
    assert ran.stderr.count(b"\n") == 1


@pytest.mark.parametrize("form", ["table", "json", "jsonl"])
def test_a_full_disk_behind_the_output_names_the_file(
    server: Server, article: Path, form: str
) -> None:
    """An error of the system names no file; the message does."""
    ran = run("extract", article, *server.options, "--output", "/dev/full", "--format", form)

    told = "touchline: `/dev/full` cannot be written: No space left on device\n"
    assert ran == Ran(2, "", told)


def test_a_disk_that_fills_up_leaves_the_old_content(
    server: Server, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the new content does not fit, the old one stands, and nothing else is left."""
    Path("out.jsonl").write_text("old", "utf-8")

    def fill(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fill)
    ran = run("extract", article, *server.options, "--output", "out.jsonl", "--format", "jsonl")

    assert ran == Ran(2, "", "touchline: `out.jsonl` cannot be written: No space left on device\n")
    assert Path("out.jsonl").read_text("utf-8") == "old"
    assert sorted(path.name for path in Path().iterdir()) == ["borgo-velo.txt", "out.jsonl"]


@pytest.mark.parametrize(
    ("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["interrupt", "terminate"]
)
def test_a_signal_ends_the_run_and_keeps_what_was_read(
    server: Server, in_tmp_path: Path, sent: signal.Signals, code: int
) -> None:
    """What arrived before the signal is written whole; the exit code is the shell's."""
    for number in range(3):
        (in_tmp_path / f"{number}.txt").write_text(TEXT, "utf-8")
    held: Callable[[Any], str] = lambda _body: hold_after(server, 2)  # noqa: E731
    server.answer = held
    options = ["--jobs", 1, "--format", "json", "--output", "out.json"]
    process = start("extract", *sorted(in_tmp_path.glob("?.txt")), *server.options, *options)
    await_requests(server, 3)
    process.send_signal(sent)
    out, err = process.communicate(timeout=120)

    assert (process.returncode, out) == (code, b"")
    assert b"Traceback" not in err
    assert b"stopped after 2 articles" in err
    assert len(json.loads((in_tmp_path / "out.json").read_text("utf-8"))) == 2
    assert not [path for path in in_tmp_path.iterdir() if path.name.startswith(".")]


def hold_after(server: Server, answered: int) -> str:
    """Answer so many requests, and hold the next ones back."""
    if len(server.bodies) >= answered:
        server.hold.clear()
    return answer()


def await_requests(server: Server, count: int) -> None:
    """Wait until the server has got so many requests."""
    deadline = time.monotonic() + 120
    while len(server.bodies) < count:
        assert time.monotonic() < deadline, "the program sent no request"
        time.sleep(0.01)


def test_recording_and_replaying(
    server: Server, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--record new` records once; a replay needs neither model, key, server nor sockets."""
    record = ("--cassettes", "tapes", "--record")
    first = run("extract", article, *server.options, *record, "new", "--format", "jsonl")
    again = run("extract", article, *server.options, *record, "new", "--format", "jsonl")
    assert len(server.bodies) == 1

    with monkeypatch.context() as patch:
        patch.setattr(socket.socket, "connect", lambda *_args: pytest.fail("connected"))
        replayed = run("extract", article, "--cassettes", "tapes", "--format", "jsonl")
    assert first.code == again.code == replayed.code == 0
    assert records(first)[0]["events"] == records(again)[0]["events"]
    assert records(first)[0]["events"] == records(replayed)[0]["events"]

    run("extract", article, *server.options, *record, "all")
    assert len(server.bodies) == 2


def test_an_outage_is_not_recorded(server: Server, article: Path) -> None:
    """A server that fails leaves no cassette, and stderr says so once."""
    tapes = ("--cassettes", "tapes", "--record")
    server.status = 500
    ran = run("extract", article, *server.options, *tapes, "new", "--deadline", "0.2")
    assert (ran.code, list(Path().glob("tapes/*"))) == (1, [])
    assert ran.err.startswith("touchline: Cassette `tapes/borgo-velo-")
    assert "not saved: `" in ran.err
    assert len(ran.err.splitlines()) == 1

    server.status = 200
    assert run("extract", article, *server.options, *tapes, "new").code == 0
    (path,) = Path("tapes").iterdir()
    good = path.read_bytes()
    server.status = 500
    assert run("extract", article, *server.options, *tapes, "all", "--deadline", "0.2").code == 1
    assert path.read_bytes() == good
    assert run("extract", article, "--cassettes", "tapes").code == 0


def test_recording_needs_a_folder(server: Server, article: Path) -> None:
    """`--record` without `--cassettes` would ask and keep nothing: it asks nothing."""
    ran = run("extract", article, *server.options, "--record", "new")

    assert (ran.code, ran.out, server.bodies) == (2, "", [])
    assert "--cassettes DIR" in ran.err


def test_c01_a_missing_cassette_is_exit_code_4(article: Path) -> None:
    """The message names the file and the command to record it; the article counts as failed."""
    ran = run("extract", article, "--cassettes", "tapes", "--format", "jsonl")

    assert ran.code == 4
    assert "`tapes/borgo-velo-" in ran.err
    assert "--record new" in ran.err
    assert records(ran)[0]["reason"] == "cassette_missing"


def test_c01_a_missing_cassette_is_told_once(article: Path) -> None:
    """The table has the code alone; the words stand on stderr."""
    ran = run("extract", article, "--cassettes", "tapes")

    assert (ran.code, ran.out) == (4, "borgo-velo  failed (cassette_missing)  0 events\n\n")
    assert ran.err.count("tapes/borgo-velo-") == 1


def test_cassettes_in_a_file_are_a_matter_of_configuration(article: Path) -> None:
    """What is no folder is refused before the first article."""
    ran = run("extract", article, "--cassettes", article)

    told = "setting `cassettes` from the argument is `borgo-velo.txt`: it is a file, not a folder"
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"touchline: {told}")


def test_a_stop_after_one_article_is_told(server: Server, in_tmp_path: Path) -> None:
    """One article is told in the singular."""
    for number in range(2):
        (in_tmp_path / f"{number}.txt").write_text(TEXT, "utf-8")

    def stop_at_second(_body: object) -> str:
        if len(server.bodies) == 2:
            server.status, server.error_code = 429, "insufficient_quota"
        return answer()

    server.answer = stop_at_second
    ran = run("extract", "0.txt", "1.txt", *server.options, "--jobs", 1)

    assert ran.code == 3
    assert ran.err.startswith("touchline: stopped after 1 article\n")


def test_c02_an_edited_prompt_makes_a_cassette_stale(server: Server, article: Path) -> None:
    """The message says that the prompt changed, and shows the lines."""
    run("prompts", "copy", "mine")
    tapes = ("--cassettes", "tapes")
    run("extract", article, *server.options, *tapes, "--record", "new", "--prompts", "mine")
    system = Path("mine/system.md")
    system.write_text(system.read_text("utf-8").replace("sports news", "sports pages"), "utf-8")
    ran = run("extract", article, *tapes, "--prompts", "mine", "--format", "jsonl")

    assert ran.code == 4
    assert "is stale: prompt changed" in ran.err
    assert "\n  -You read one article of sports news" in ran.err
    assert "\n  +You read one article of sports pages" in ran.err
    assert "--record all" in ran.err
    assert records(ran)[0]["reason"] == "cassette_stale"


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_has_help(command: tuple[str, ...], option: str) -> None:
    """Help says what a command does, and what each option is for."""
    ran = run(*command, option)
    options = [line for line in ran.out.splitlines() if line.strip().startswith("--")]

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: touchline {' '.join(command)}")
    assert "\\" not in ran.out
    assert all(len(line.split("  ")) > 1 for line in options)


def test_help_names_what_an_option_takes() -> None:
    """A value has a word for what it is, not the name of a Python type."""
    shown = run("extract", "--help").out

    assert not [kind for kind in ("<str>", "<path>", "<int", "<float") if kind in shown]
    for option in ("--jobs N ", "--deadline SECONDS", "--output FILE", "--cassettes DIR"):
        assert option in shown


def test_no_command_lacks_its_help_test() -> None:
    """The list above names every command there is."""
    program = typer.main.get_command(cli.app)

    assert set(names(program)) == set(COMMANDS)


def names(command: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Give the names of all commands below one."""
    for name, below in getattr(command, "commands", {}).items():
        yield (*above, name)
        yield from names(below, (*above, name))


def test_the_program_tells_its_commands_and_version() -> None:
    """Without a command there is help; `--version` names the release."""
    shown = run("--help")

    assert shown.code == 0
    for command in COMMANDS:
        assert command[0] in shown.out
    assert "Exit codes: 0" in shown.out
    assert "Usage: touchline" in run().out + run().err
    assert run("--version").out.startswith("touchline 0.")
    assert run("nothing").code == 2


def test_help_is_quick() -> None:
    """`--help` loads no heavy library, and takes little time of a processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = start("--help")
    process.communicate(timeout=120)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    code = "import sys; from touchline import cli; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True)

    assert process.returncode == 0
    assert spent < HELP_SECONDS
    heavy = {"pydantic", "openai", "instructor", "vcr", "jinja2", "yaml", "asyncio", "rich.console"}
    assert not heavy & set(loaded.split())


def test_the_module_runs_as_the_script_does() -> None:
    """`python -m touchline` works where the script is not on the path."""
    told = subprocess.check_output([sys.executable, "-m", "touchline", "--version"], text=True)
    assert told == run("--version").out
