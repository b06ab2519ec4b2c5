"""The JSON Schemas that touchline publishes, made from its models.

`python -m touchline.schemas DIR` writes them; a test fails where the committed files differ.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from touchline.events import CoachingEvent, answer_schema
from touchline.extraction import Extraction

__all__ = ["json_schemas", "write_schemas"]


def json_schemas() -> dict[str, dict[str, Any]]:
    """The schemas by name: `event`, `extraction`, and `answer`, which goes to the model."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {
        "event": dialect | CoachingEvent.model_json_schema(mode="serialization"),
        "extraction": dialect | Extraction.model_json_schema(mode="serialization"),
        "answer": dialect | answer_schema(),
    }


def write_schemas(folder: Path) -> None:
    """Write each schema to `<name>.schema.json` in `folder`."""
    for name, schema in json_schemas().items():
        content = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        (folder / f"{name}.schema.json").write_text(content, "utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m touchline.schemas DIR")
    write_schemas(Path(sys.argv[1]))
