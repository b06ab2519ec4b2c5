"""`touchline eval`: what it prints and writes, and its exit codes."""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

from scored import APPOINTMENT, DISMISSAL, EVENTS, extractions, gold, write_gold
from touchline import evaluate
from touchline.cli import main
from touchline.eval_report import print_evaluation
from touchline.prompts import packaged_prompts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from touchline import CoachingEvent

KNOWN = gold(EVENTS, [])


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    """Run the command line and give its exit code."""
    monkeypatch.setattr(sys, "argv", ["touchline", "eval", *map(str, arguments)])
    with pytest.raises(SystemExit) as caught:
        main()
    code = caught.value.code
    assert code is None or isinstance(code, int)
    return code or 0


def told(path: Path, *found: Sequence[CoachingEvent], **fields: Any) -> Path:
    """Write what was found in each article as `touchline extract` does."""
    lines = [item.model_dump_json() + "\n" for item in extractions(KNOWN, *found, **fields)]
    path.write_text("".join(lines), "utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the gold of two articles, one of them without events."""
    return write_gold(tmp_path / "gold", KNOWN)


@contextmanager
def serving(events: Sequence[CoachingEvent]) -> Iterator[str]:
    """Serve one answer to every request, on this machine, and give the address."""
    drafts = [
        {**known.model_dump(mode="json"), "evidence": [item.quote for item in known.evidence]}
        for known in events
    ]
    message = {"role": "assistant", "content": json.dumps({"events": drafts})}
    answer = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "scripted",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100},
    }

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            body = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_recorded_answers_are_scored_without_a_server(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Recorded once, a model is scored from its cassettes, with the same figures."""
    cassettes = tmp_path / "cassettes"
    with serving([DISMISSAL, APPOINTMENT]) as url:
        asked = (folder, "--model", "scripted", "--base-url", url, "--cassettes", cassettes)
        first = run(monkeypatch, *asked, "--record", "new", "--format", "json")
    recorded = json.loads(capsys.readouterr().out)
    again = run(monkeypatch, folder, "--cassettes", cassettes, "--format", "json")
    replayed = json.loads(capsys.readouterr().out)

    assert first == again == 0
    assert replayed["strict"] == recorded["strict"]
    assert (replayed["strict"]["right"], replayed["strict"]["found"]) == (2, 4)
    assert replayed["false_events"] == {"documents": 1, "events": 2, "per_100": 200.0}
    assert replayed["signature"]["model"] == "scripted"
    assert replayed["run"]["input_tokens"] == 2000
    assert replayed["comparison"] is None


def test_a_missing_cassette_is_no_score(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """An article that cannot be replayed ends the run with code 4, each of them named."""
    (tmp_path / "cassettes").mkdir()
    code = run(monkeypatch, folder, "--cassettes", tmp_path / "cassettes")
    printed = capsys.readouterr()

    assert code == 4
    assert printed.out == ""
    assert "`a0`" in printed.err
    assert "`a1`" in printed.err


def test_stale_cassettes_are_told_with_one_difference(
    folder: Path,
    in_tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """After an edit of the prompts: what differs, once; which cassettes; and the way out, once."""
    shutil.copytree(packaged_prompts(), in_tmp_path / "mine")
    tapes = ("--cassettes", "tapes", "--prompts", "mine")
    with serving([DISMISSAL]) as url:
        asked = ("--model", "scripted", "--base-url", url, "--record", "new")
        run(monkeypatch, folder, *tapes, *asked)
    with (in_tmp_path / "mine" / "system.md").open("a", encoding="utf-8") as system:
        system.write("Another sentence.\n")
    capsys.readouterr()
    code = run(monkeypatch, folder, *tapes, "--output", "result.txt")
    printed = capsys.readouterr()
    lines = printed.err.splitlines()

    assert (code, printed.out) == (4, "")
    assert printed.err.count("+Another sentence.") == 1
    assert sum("is stale: prompt changed." in line for line in lines) == 2
    assert lines[-1].startswith(
        "touchline: record the stale ones again with `touchline cassettes refresh tapes "
        "--prompts mine --model NAME --base-url URL`: they are of `scripted`"
    )
    assert "--record all" not in printed.err
    assert not (in_tmp_path / "result.txt").exists()


def test_the_table_tells_figures_and_faults(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Sizes, intervals' width, what was missed with its quote: all is readable as plain text."""
    found = told(tmp_path / "found.jsonl", EVENTS[1:], [DISMISSAL])
    code = run(monkeypatch, folder, "--extractions", found)
    printed = capsys.readouterr().out

    assert code == 0
    assert f"model:scripted gold:{KNOWN.digest} scorer:2." in printed
    assert "2 documents, 1 of them without events; 6 events" in printed
    assert "Only 2 documents: the intervals are wide" in printed
    assert "missed  dismissal | Fabrizio Castori | Ascoli | head_coach" in printed
    assert "“Fabrizio Castori è stato esonerato”" in printed
    assert "invented  dismissal | Fabrizio Castori" in printed
    assert "100.0 per 100 documents without events (1 in 1)" in printed
    assert "found  " not in printed.split("prompt:")[0]
    assert max(map(len, printed.splitlines())) <= 120


@pytest.mark.parametrize(("events", "count"), [("none", 0), ("wrong", 1), ("all", 6)])
def test_which_events_are_listed(
    events: str,
    count: int,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """None, those with a fault, or all."""
    found = told(tmp_path / "found.jsonl", EVENTS[1:], [])
    run(monkeypatch, folder, "--extractions", found, "--events", events)

    assert capsys.readouterr().out.split("prompt:")[0].count("“") == count


def test_x06_hostile_names_do_not_reach_the_terminal_as_markup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Square brackets and escape codes in names are printed as they are written."""
    hostile = DISMISSAL.model_copy(update={"person": "[/b] \x1b[31m[link=x]Castori"})
    folder = write_gold(tmp_path / "gold", gold([hostile], []))
    read = extractions(gold([hostile], []), [], [])
    path = tmp_path / "found.jsonl"
    path.write_text("\n".join(item.model_dump_json() for item in read), "utf-8")
    run(monkeypatch, folder, "--extractions", path)

    assert r"[/b] \x1b[31m[link=x]Castori" in capsys.readouterr().out


def test_the_gate(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Blessed once, the same answers pass, worse ones end with 5, and blessing accepts them."""
    good = told(tmp_path / "good.jsonl", EVENTS, [])
    bad = told(tmp_path / "bad.jsonl", EVENTS[1:], [])
    gate = ("--baseline", tmp_path / "baseline.json")

    assert run(monkeypatch, folder, "--extractions", good, *gate) == 2
    assert "--bless writes it" in capsys.readouterr().err
    assert run(monkeypatch, folder, "--extractions", good, *gate, "--bless") == 0
    first = (tmp_path / "baseline.json").read_text("utf-8")
    assert run(monkeypatch, folder, "--extractions", good, *gate) == 0
    assert "no event flipped" in capsys.readouterr().out
    assert run(monkeypatch, folder, "--extractions", bad, *gate) == 5
    assert "Worse than the tolerance of 0.01" in capsys.readouterr().out
    assert run(monkeypatch, folder, "--extractions", bad, *gate, "--tolerance", "0.3") == 0
    assert (tmp_path / "baseline.json").read_text("utf-8") == first
    assert run(monkeypatch, folder, "--extractions", bad, *gate, "--bless") == 0
    assert (tmp_path / "baseline.json").read_text("utf-8") != first


def test_a_baseline_of_another_gold_can_be_blessed_anew(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Refused with code 2 as a gate; with --bless it is replaced, and that is said."""
    found = told(tmp_path / "found.jsonl", EVENTS, [])
    other = write_gold(tmp_path / "other", gold(EVENTS[1:], []))
    gate = ("--extractions", found, "--baseline", tmp_path / "baseline.json")
    run(monkeypatch, folder, *gate, "--bless")

    assert run(monkeypatch, other, *gate) == 2
    assert "baseline.json` is of gold" in capsys.readouterr().err
    assert run(monkeypatch, other, *gate, "--bless") == 0
    assert "nothing to compare with" in capsys.readouterr().err
    assert run(monkeypatch, other, *gate) == 0


def test_results_are_written_to_files(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With --output and --html nothing is printed; the files hold the JSON and the page."""
    found = told(tmp_path / "found.jsonl", EVENTS, [])
    output, html = tmp_path / "result.json", tmp_path / "result.html"
    read = ("--extractions", found, "--format", "json", "--output", output, "--html", html)
    code = run(monkeypatch, folder, *read)

    assert code == 0
    assert capsys.readouterr().out == ""
    assert json.loads(output.read_text("utf-8"))["strict"]["f1"] == 1.0
    assert html.read_text("utf-8").startswith("<!DOCTYPE html>")


def test_what_cannot_be_written_is_told_before_a_model_is_asked(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong path costs nothing: no request is sent, and the message names it."""
    with serving([]) as url:
        asked = ("--model", "scripted", "--base-url", url, "--deadline", "0.001")
        code = run(monkeypatch, folder, *asked, "--html", "no/such/page.html")
    told_of = capsys.readouterr()

    assert (code, told_of.out) == (2, "")
    assert "`no/such/page.html` cannot be written: No such file or directory" in told_of.err


def test_a_page_that_fails_leaves_the_old_files(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Files are put in place together, at the end: an error before leaves what was there."""
    known = tmp_path / "known.json"
    known.write_text("old", "utf-8")
    code = run(monkeypatch, folder, "--extractions", tmp_path / "none.jsonl", "--output", known)

    assert code == 2
    assert known.read_text("utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gold", "known.json"]


def test_a_failed_article_shows_in_the_exit_code(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With no usable answer the end is 1, behind a gate too: each article had one when blessed."""
    found = told(tmp_path / "found.jsonl", [], [], state="failed", reason="refused")
    silent = told(tmp_path / "silent.jsonl", [], [])
    baseline = tmp_path / "baseline.json"

    assert run(monkeypatch, folder, "--extractions", found) == 1
    assert "failed 2 (refused 2)" in capsys.readouterr().out
    assert run(monkeypatch, folder, "--extractions", silent, "--baseline", baseline, "--bless") == 0
    assert run(monkeypatch, folder, "--extractions", found, "--baseline", baseline) == 1
    assert "failed now           a0, a1; each had an answer before" in capsys.readouterr().out


def test_a_run_with_failed_articles_is_not_blessed(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It ends with 1, names the articles, and leaves every file as it was."""
    found = told(tmp_path / "found.jsonl", EVENTS, [], state="failed", reason="refused")
    baseline, page = tmp_path / "baseline.json", tmp_path / "page.html"
    baseline.write_text("old", "utf-8")
    read = ("--extractions", found, "--baseline", baseline, "--html", page, "--bless")

    assert run(monkeypatch, folder, *read) == 1
    assert "nothing is blessed or written: no usable answer for `a0`, `a1`" in (
        capsys.readouterr().err
    )
    assert baseline.read_text("utf-8") == "old"
    assert not page.exists()


USAGE = [
    (("--bless",), "--bless needs --baseline"),
    (("--extractions", "none.jsonl"), "`none.jsonl` cannot be read"),
    (("--tolerance", "2"), "tolerance"),
    (("--tolerance", "nan"), "'--tolerance'"),
    (("--extractions", "x", "--model", "m"), "--model has no place beside --extractions"),
    (("--extractions", "x", "--base-url", "u"), "--base-url has no place beside --extractions"),
    (("--extractions", "x", "--cassettes", "c"), "--cassettes has no place beside --extractions"),
    (("--output", "x", "--html", "./x"), "--output and --html both name `x`"),
    (("--html", "x", "--baseline", "x"), "--html and --baseline both name `x`"),
    (("--extractions", "."), "`.` cannot be read: Is a directory"),
]


@pytest.mark.parametrize(("options", "message"), USAGE)
def test_wrong_usage_ends_with_2(
    options: tuple[str, ...],
    message: str,
    folder: Path,
    in_tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The message says what is wrong."""
    assert in_tmp_path.is_dir()
    assert run(monkeypatch, folder, *options) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"document": {}}\n', "`found.jsonl`, line 1 holds no extraction: document.id"),
        ("\n\n{", "line 3 holds no extraction"),
        ('[{"state": "done"}]', "`found.jsonl` holds no extraction: 0.document"),
    ],
)
def test_a_file_without_extractions_is_named(
    content: str,
    message: str,
    folder: Path,
    in_tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The error names the file and the line."""
    (in_tmp_path / "found.jsonl").write_text(content, "utf-8")

    assert run(monkeypatch, folder, "--extractions", "found.jsonl") == 2
    assert message in capsys.readouterr().err


def test_an_array_of_extractions_is_read_too(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What `extract --format json` writes counts like its lines."""
    read = extractions(KNOWN, EVENTS, [])
    path = tmp_path / "found.json"
    path.write_text(f"[{','.join(item.model_dump_json() for item in read)}]", "utf-8")

    assert run(monkeypatch, folder, "--extractions", path, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["exact_articles"]["rate"] == 1.0


@pytest.mark.parametrize("width", [80, 120])
def test_the_tables_fit_their_terminal(width: int) -> None:
    """No figure is cut off: a narrow terminal gets fewer of them."""
    stream = io.StringIO()
    found = extractions(KNOWN, EVENTS[1:], [DISMISSAL])
    print_evaluation(evaluate(KNOWN, found), Console(file=stream, width=width))
    lines = [line.rstrip() for line in stream.getvalue().splitlines()]

    assert all(len(line) <= width for line in lines)
    assert any(line.endswith("F1") for line in lines)
    assert any(re.match(r"type +documents +events +found", line) for line in lines)
    assert all("…" not in line for line in lines)
    slots = next(line for line in lines if line.startswith("slots"))
    assert re.fullmatch(r"slots +23 +30 +30 .* 0\.767 \[0\.\d\d, 0\.\d\d\]", slots)
