"""`touchline schema`: the JSON Schemas of what comes out and of what a model fills in."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Literal

import typer

from touchline.cli.output import STDOUT, writing

__all__ = ["schema"]


def schema(
    name: Annotated[
        Literal["event", "extraction", "answer"],
        typer.Argument(
            help="event: one event; extraction: one line of output; answer: the model's."
        ),
    ] = "event",
) -> None:
    """Print a JSON Schema."""
    from touchline.schemas import json_schemas

    with writing(STDOUT):
        sys.stdout.write(json.dumps(json_schemas()[name], ensure_ascii=False, indent=2) + "\n")
