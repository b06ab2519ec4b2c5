"""The command: `python -m benchmarks [--quick] [--rows cpu,replay] [--json FILE]`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks.measure import FULL, QUICK
from benchmarks.stub import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks.measure import Aim, Row, Scale

# Where each group of rows is measured; loaded when it is, because the contenders load slowly.
_GROUPS = {
    "cpu": "calls",
    "throughput": "calls",
    "replay": "replay",
    "startup": "startup",
    "memory": "memory",
    "proving": "proving",
    "builtin": "keyless",
    "evaluation": "evaluating",
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print one table."""
    options = _parser().parse_args(arguments)
    unknown = sorted(set(options.rows) - _GROUPS.keys())
    if unknown:
        sys.exit(f"`--rows` names `{unknown[0]}`; there are {', '.join(_GROUPS)}")
    for name in list(os.environ):  # the settings of whoever measures are not what is measured
        if name.startswith(("OPENAI_", "TOUCHLINE_")):
            del os.environ[name]
    rows: list[Row] = []
    with serving() as server:
        for group in options.rows:
            print(f"measuring: {group}", file=sys.stderr)
            rows += _measured(group, server, QUICK if options.quick else FULL)
    Console(width=max(160, Console().width)).print(_table(rows))
    if options.quick:
        print("A quick run tells whether it runs, not how fast.")
    if options.json is not None:
        found = [asdict(row) | {"met": row.met} for row in rows]
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _measured(group: str, server: str, scale: Scale) -> Iterator[Row]:
    """The rows of one group."""
    measure: Callable[[str, Scale], Iterator[Row]]
    measure = getattr(import_module(f"benchmarks.{_GROUPS[group]}"), group)
    return measure(server, scale)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small numbers, to see that it runs")
    parser.add_argument(
        "--rows",
        type=lambda value: value.split(","),
        default=list(_GROUPS),
        metavar="GROUP,...",
        help=f"which groups of rows, of {', '.join(_GROUPS)}; all by default",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows there as well")
    return parser


def _table(rows: Sequence[Row]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, title="touchline against its baselines, in one run")
    for heading in ("", "what", "value", "unit", "baseline", "base", "ratio", "aim", "met"):
        figures = heading in {"value", "base", "ratio", "aim"}
        table.add_column(heading, justify="right" if figures else "left")
    last = None
    for row in rows:
        if last not in {None, row.group}:
            table.add_section()
        met = "" if row.met is None else "yes" if row.met else "NO"
        table.add_row(
            row.group if row.group != last else "",
            row.name,
            _number(row.value),
            row.unit,
            row.baseline,
            _number(row.base),
            f"{row.ratio:.2f} x",
            _bound(row.aim, row.unit),
            met,
        )
        last = row.group
    return table


def _bound(aim: Aim | None, unit: str) -> str:
    """An aim in words: `<= 0.8 x`."""
    if aim is None:
        return ""
    sign = ">=" if aim.at_least else "<="
    return f"{sign} {aim.bound:g} {unit.partition(' ')[0] if aim.of_value else 'x'}"


def _number(value: float) -> str:
    """A figure with as many places as it is worth."""
    return f"{value:.2f}" if value < 100 else f"{value:,.0f}"


if __name__ == "__main__":
    main()
