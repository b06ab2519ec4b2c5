"""The documentation is true: its commands and examples are run, its tables made from the code."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from fault_table import PAGE, fault_tests, page
from touchline.errors import TouchlineError
from touchline.model import FAILURES

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
ELISION = "…"
ROWS = {
    *(f"S{n:02}" for n in range(1, 31)),
    *(f"M{n:02}" for n in range(1, 30)),
    *(f"I{n:02}" for n in (*range(1, 15), *range(20, 24))),
    *(f"C{n:02}" for n in range(1, 16)),
    *("X01", "X02", "X06", "X09", "X11"),
}


# Where a code of an issue, a refusal or a reason stands among the arguments of a call.
CODE_PLACES = {
    **dict.fromkeys(("DateIssue", "Failure", "Finding", "Issue", "Note", "Unusable", "found"), 0),
    **dict.fromkeys(("Refused", "replaced"), 1),
}


def blocks(language: str) -> list[tuple[str, str]]:
    """The code blocks of a language in all documents, with the place of each."""
    return [
        (f"{path.name}:{text.count(chr(10), 0, match.start()) + 1}", match[2])
        for path in DOCUMENTS
        for text in [path.read_text("utf-8")]
        for match in BLOCK.finditer(text)
        if match[1] == language
    ]


def commands() -> list[tuple[str, str, list[str]]]:
    """Each `$ touchline …` of the console blocks, with its place and the output below it."""
    found = []
    for place, block in blocks("console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            if command.startswith("touchline "):
                found.append((place, command, output.rstrip("\n").split("\n")))
    return found


@pytest.mark.parametrize(("place", "command", "output"), commands())
def test_commands_print_what_the_page_shows(place: str, command: str, output: list[str]) -> None:
    """A command of the documentation prints the lines below it; `…` stands for any others."""
    run = subprocess.run(
        [sys.executable, "-c", "from touchline.cli import main; main()", *shlex.split(command)[1:]],
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )
    printed = [line.rstrip() for line in (run.stdout or run.stderr).rstrip("\n").split("\n")]

    expected = [line for line in output if line.strip() != ELISION]
    if len(expected) == len(output):
        assert printed == expected, place
    else:
        remaining = iter(printed)
        assert all(line in remaining for line in expected), f"{place}\n{run.stdout}{run.stderr}"


@pytest.mark.parametrize(("place", "code"), blocks("python"))
def test_examples_run(place: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python example of the documentation runs as it stands, replaying our cassettes."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("TOUCHLINE_CASSETTES", str(ROOT / "cassettes"))
    try:
        exec(compile(code, place, "exec"), {"__name__": "__main__"})  # noqa: S102 - our own examples
    except TouchlineError as error:
        pytest.fail(f"{place}: {error}")


def test_links_lead_somewhere() -> None:
    """A relative link of a document names a file that is there."""
    dead = [
        f"{path.name}: {target}"
        for path in DOCUMENTS
        for target in LINK.findall(path.read_text("utf-8"))
        if not (path.parent / target).exists()
    ]

    assert not dead


def test_the_table_of_faults_is_fresh() -> None:
    """docs/faults.md says what the tests say; `python tests/fault_table.py` writes it anew."""
    assert page() == PAGE.read_text("utf-8")


def test_every_fault_has_a_test() -> None:
    """Each fault that touchline answers for has a test of its name, with a statement."""
    told = {fault for fault, statement, _ in fault_tests() if statement}

    assert told >= ROWS, sorted(ROWS - told)


def words(node: ast.expr) -> set[str]:
    """The strings that an expression can be, or has as its items, where they look like codes."""
    if isinstance(node, ast.IfExp):
        return words(node.body) | words(node.orelse)
    if isinstance(node, ast.Tuple):
        return {word for item in node.elts for word in words(item)}
    value = node.value if isinstance(node, ast.Constant) else None
    is_code = isinstance(value, str) and re.fullmatch("[a-z]+(_[a-z]+)*", value)
    return {str(value)} if is_code else set()


def codes_told(node: ast.AST) -> set[str]:
    """The codes that one node of the source gives: in a call, a note, or a name for them."""
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        given = [each.value for each in node.keywords if each.arg == "code"]
        place = CODE_PLACES.get(name, len(node.args))
        given += node.args[place : place + 1]
        if name == "append" and isinstance(node.args[0], ast.Tuple):
            given += node.args[0].elts[:1] if "notes" in ast.unparse(node.func) else []
        return {word for each in given for word in words(each)}
    if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
        return set()
    (target, *_) = node.targets if isinstance(node, ast.Assign) else [node.target]
    if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
        pairs = zip(target.elts, node.value.elts, strict=True)
        return {w for left, right in pairs if ast.unparse(left) == "code" for w in words(right)}
    return (
        words(node.value) if ast.unparse(target) in {"code", "reason", "_CASSETTE_CODES"} else set()
    )


def source_codes() -> set[str]:
    """Every code that the source can put into a result."""
    trees = (ast.parse(path.read_text("utf-8")) for path in (ROOT / "src").rglob("*.py"))
    found = {code for tree in trees for node in ast.walk(tree) for code in codes_told(node)}
    return found | set(FAILURES)


def test_every_code_is_explained() -> None:
    """docs/events.md has each code of an issue, a refusal and a reason, and none that is gone."""
    text = (ROOT / "docs" / "events.md").read_text("utf-8")
    codes = source_codes()
    table = text.partition("## What is told beside")[2]
    rows = set(re.findall(r"^\| `([a-z_]+)` \|", table, re.MULTILINE))

    assert {"ungrounded", "negated", "year_not_in_text", "several_calls", "bad_line"} <= codes
    assert not codes - set(re.findall(r"`([a-z_]+)`", text))
    assert not rows - codes


def test_every_module_has_its_place() -> None:
    """CONTRIBUTING.md names each module of the package."""
    named = set(re.findall(r"`(\w+)`", (ROOT / "CONTRIBUTING.md").read_text("utf-8")))
    modules = {path.stem for path in (ROOT / "src" / "touchline").glob("[a-z]*.py")}

    assert not modules - named
