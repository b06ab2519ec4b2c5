"""The table of faults in docs/faults.md, made from the names and docstrings of the tests.

A test whose name begins with the id of a fault (`test_s01_…`) states what happens then.
`python tests/fault_table.py` writes the page; a test fails where it is stale.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "faults.md"

_NAME = re.compile(r"test_([a-z]\d\d)_\w+")
_HEAD = """# Faults, and what happens then

What can go wrong with a server (S), a model (M), a process (P), an input (I), a cassette (C) or an
output (X), and what touchline does then. Each line is the statement of a test of the name given,
so each is true of the version that you are reading. Made by `python tests/fault_table.py`.

| fault | what happens | test |
|---|---|---|
"""


@cache
def fault_tests() -> list[tuple[str, str, str]]:
    """The id of the fault, the statement and the place of each test that is named for one."""
    found = []
    for path in sorted((ROOT / "tests").glob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                match = _NAME.fullmatch(node.name)
                if match:
                    statement = " ".join((ast.get_docstring(node) or "").split("\n\n")[0].split())
                    found.append((match[1].upper(), statement, f"{path.stem}.{node.name}"))
    order = "SMPICX"
    return sorted(found, key=lambda row: (order.find(row[0][0]), row[0], row[2]))


def page() -> str:
    """The whole page."""
    lines = [
        f"| {fault} | {statement.replace('|', chr(92) + '|')} | `{place}` |"
        for fault, statement, place in fault_tests()
    ]
    return _HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
