"""The house rules that no linter knows, checked on the source and in fresh processes."""

from __future__ import annotations

import ast
import asyncio
import socket
import statistics
import subprocess
import sys
import urllib.error
import urllib.request
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import pytest

from conftest import NetworkBlocked

if TYPE_CHECKING:
    from collections.abc import Iterator

TESTS = Path(__file__).parent
SOURCE = TESTS.parent / "src" / "touchline"
MODULES = sorted(SOURCE.rglob("*.py"))
TEST_FILES = sorted(TESTS.rglob("test_*.py"))

BANNED_NAMES = {"common", "helper", "helpers", "manager", "misc", "util", "utils"}
HEAVY_LIBRARIES = {"aiohttp", "httpx2", "instructor", "jinja2", "openai", "vcr"}
MAX_MODULE_LINES = 400
MAX_FUNCTION_LINES = 50
MAX_MEDIAN_FUNCTION_LINES = 10
MAX_PARAMETERS = 8
MAX_POSITIONAL = 2

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def parse(path: Path) -> ast.Module:
    """Read one Python file as a tree."""
    return ast.parse(path.read_text("utf-8"), filename=str(path))


@pytest.fixture(autouse=True, scope="module")
def _without_trees() -> Iterator[None]:
    """Forget the trees at the end: the tests that follow would pay for each garbage collection."""
    yield
    parse.cache_clear()


def functions(path: Path) -> list[Function]:
    """List all functions of a file, methods and inner ones included."""
    return [node for node in ast.walk(parse(path)) if isinstance(node, Function)]


def public_functions(tree: ast.Module | ast.ClassDef) -> list[Function]:
    """List the functions that others may call: no private class has any, nor has a function."""
    found: list[Function] = []
    for node in tree.body:
        if isinstance(node, Definition) and node.name.startswith("_"):
            continue
        if isinstance(node, Function):
            found.append(node)
        elif isinstance(node, ast.ClassDef):
            found += public_functions(node)
    return found


def is_command(function: Function, path: Path) -> bool:
    """Tell whether a function is a command, whose parameters are the options of its users."""
    return path.parent.name == "cli" and "arguments." in ast.unparse(function.args)


def length(function: Function) -> int:
    """Count a function's lines from `def` to its end, its docstring apart."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def parameters(function: Function) -> tuple[list[str], list[str]]:
    """Name the parameters, `self` and `cls` apart: those given by position, and all."""
    given = function.args
    positional = [
        arg.arg for arg in given.posonlyargs + given.args if arg.arg not in {"self", "cls"}
    ]
    return positional, positional + [arg.arg for arg in given.kwonlyargs]


def undocumented(tree: ast.Module | Definition, path: str) -> list[str]:
    """Name the public definitions without a docstring, the tree itself included."""
    found = [] if ast.get_docstring(tree) else [path]
    for node in [] if isinstance(tree, Function) else tree.body:
        # An overload's docstring stands in the function itself.
        if isinstance(node, Definition) and not node.name.startswith("_") and not is_overload(node):
            found += undocumented(node, f"{path}.{node.name}")
    return found


def is_overload(node: Definition) -> bool:
    """Tell whether a definition only states types."""
    return any(ast.unparse(decorator).endswith("overload") for decorator in node.decorator_list)


def reads_environment(path: Path) -> bool:
    """Tell whether a file asks `os` for the environment."""
    names = {"environ", "environb", "getenv", "getenvb"}
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Attribute) and node.attr in names:
            return True
        if isinstance(node, ast.ImportFrom) and names & {alias.name for alias in node.names}:
            return True
    return False


def test_only_settings_reads_the_environment() -> None:
    """One module turns variables into a value; all others are given that value."""
    readers = [path.stem for path in MODULES if reads_environment(path)]

    assert set(readers) <= {"settings"}


def test_modules_are_named_for_what_they_hold() -> None:
    """No module is a drawer for things without an owner."""
    names = {path.stem for path in MODULES + TEST_FILES}

    assert not names & (BANNED_NAMES | {f"test_{name}" for name in BANNED_NAMES})


def test_modules_are_short() -> None:
    """A module that passes the limit holds two things."""
    long = {path.stem: count for path in MODULES if (count := line_count(path)) > MAX_MODULE_LINES}

    assert not long


def line_count(path: Path) -> int:
    """Count the lines of a file, blank ones included."""
    return len(path.read_text("utf-8").splitlines())


def test_functions_are_short() -> None:
    """No function passes the limit, and half of them fit in a glance."""
    lengths = {f"{path.stem}.{f.name}": length(f) for path in MODULES for f in functions(path)}
    long = {name: lines for name, lines in lengths.items() if lines > MAX_FUNCTION_LINES}

    assert not long
    assert statistics.median(lengths.values()) <= MAX_MEDIAN_FUNCTION_LINES


def test_functions_take_few_parameters() -> None:
    """Options travel in one value; a public function takes all but the first two by name."""
    many = []
    for path in MODULES:
        public = {function.lineno for function in public_functions(parse(path))}
        for function in functions(path):
            positional, every = parameters(function)
            too_many = len(every) > MAX_PARAMETERS and not is_command(function, path)
            if too_many or (len(positional) > MAX_POSITIONAL and function.lineno in public):
                many.append(f"{path.stem}.{function.name}({', '.join(every)})")

    assert not many


def test_public_signatures_are_typed() -> None:
    """A public function neither takes nor returns bare `Any`."""
    untyped = [
        f"{path.stem}.{function.name}"
        for path in MODULES
        for function in public_functions(parse(path))
        if "Any" in stated_types(function)
    ]

    assert not untyped


def stated_types(function: Function) -> set[str]:
    """Collect the annotations of a function's parameters and result, as written."""
    given = function.args
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    nodes = [arg.annotation for arg in every if arg is not None] + [function.returns]
    return {ast.unparse(node) for node in nodes if node is not None}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_public_names_are_documented(path: Path) -> None:
    """Each module and each public class, method and function says what it is for."""
    assert not undocumented(parse(path), path.stem)


@pytest.mark.parametrize("path", TEST_FILES, ids=lambda path: path.stem)
def test_tests_say_what_is_true(path: Path) -> None:
    """Each test file and each test has a docstring that states the truth under test."""
    assert not undocumented(parse(path), path.stem)


def test_import_is_light() -> None:
    """`import touchline` loads none of the heavy libraries; they wait for the first use."""
    code = "import sys, touchline; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)

    assert not HEAVY_LIBRARIES & set(run.stdout.split())


@pytest.mark.parametrize("host", ["example.org", "192.0.2.1", "10.0.0.1", "2001:db8::1"])
def test_network_is_shut(host: str, network_attempts: list[str]) -> None:
    """A plain connection to another machine is refused, by name and by address."""
    with pytest.raises(NetworkBlocked, match=host):
        socket.create_connection((host, 443), timeout=1)

    assert set(network_attempts) == {host}
    network_attempts.clear()


def test_network_is_shut_for_datagrams(network_attempts: list[str]) -> None:
    """UDP needs no connection and is refused as well."""
    with socket.socket(type=socket.SOCK_DGRAM) as sock, pytest.raises(NetworkBlocked):
        sock.sendto(b"x", ("192.0.2.1", 53))

    network_attempts.clear()


@pytest.mark.parametrize("url", ["http://example.org/", "http://192.0.2.1/"])
def test_network_is_shut_for_aiohttp(url: str, network_attempts: list[str]) -> None:
    """The event loop's own connections are refused, through aiohttp too."""

    async def fetch() -> None:
        async with aiohttp.ClientSession() as session:
            await session.get(url)

    with pytest.raises(aiohttp.ClientConnectorError, match="network is shut"):
        asyncio.run(fetch())

    network_attempts.clear()


def test_loopback_stays_open(network_attempts: list[str]) -> None:
    """A test may serve on its own machine."""
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(("localhost", server.getsockname()[1])) as client,
    ):
        assert client.getpeername() == server.getsockname()

    assert not network_attempts


def test_network_is_shut_for_urllib(network_attempts: list[str]) -> None:
    """The standard library names the refused host in its own error."""
    with pytest.raises(urllib.error.URLError, match=r"example\.org"):
        urllib.request.urlopen("http://example.org/")

    network_attempts.clear()
