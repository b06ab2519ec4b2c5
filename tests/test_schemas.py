"""The published JSON Schemas: fresh, valid, and true of what touchline writes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # ships no types
import pytest
from referencing import Registry
from referencing.exceptions import Unresolvable

from program import EVENT, TEXT, UNPROVED, Says, answer
from touchline import Document, Extraction, extract
from touchline.schemas import json_schemas, write_schemas

SCHEMAS = Path(__file__).parent.parent / "schemas"
NAMES = ("event", "extraction", "answer")


def validate(value: object, schema: dict[str, Any]) -> None:
    """Check a value against a schema, with a registry that knows no other one."""
    jsonschema.Draft202012Validator(schema, registry=Registry()).validate(value)


def results() -> list[Extraction]:
    """Give an extraction of each state."""
    dated = {**EVENT, "date": "2024-03-12", "contract_until": "2025-06", "reason": "x"}
    record = {"matches": 3, "wins": 1, "draws": 1, "losses": 1}
    counted = {**EVENT, "type": "results", "record": record}
    document = Document(TEXT, title="T", published="2024-03-13")  # type: ignore[arg-type]
    return [
        extract(document, model=Says(answer(dated, counted))),
        extract(document, model=Says(answer(EVENT, UNPROVED))),
        extract(TEXT, model=Says("no JSON")),
        extract("", model=Says(answer())),
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_schema_is_fresh(name: str) -> None:
    """`python -m touchline.schemas schemas` would change nothing."""
    committed = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))

    assert committed == json_schemas()[name]


def test_there_are_no_other_schemas(tmp_path: Path) -> None:
    """What is written is what is committed, byte for byte."""
    write_schemas(tmp_path)

    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == {path.name: path.read_bytes() for path in SCHEMAS.iterdir()}


def test_schemas_are_written_from_the_command_line(tmp_path: Path) -> None:
    """The module is the tool; without a folder it says how to call it."""
    command = [sys.executable, "-m", "touchline.schemas"]
    subprocess.run([*command, str(tmp_path)], check=True)
    bare = subprocess.run(command, capture_output=True, text=True, check=False)

    assert {path.name for path in tmp_path.iterdir()} == {f"{name}.schema.json" for name in NAMES}
    assert (bare.returncode, bare.stderr) == (1, "usage: python -m touchline.schemas DIR\n")


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_schemas(name: str) -> None:
    """Each is valid against its own dialect."""
    jsonschema.Draft202012Validator.check_schema(json_schemas()[name])


def test_output_fills_its_schema() -> None:
    """What is written in any state, with or without the text, is what the schema says."""
    schemas = json_schemas()
    extractions = results()

    assert [item.state for item in extractions] == ["done", "partial", "failed", "skipped"]
    for item in extractions:
        for written in (item, item.without_text()):
            validate(json.loads(written.model_dump_json()), schemas["extraction"])
        for event in item.events:
            validate(json.loads(event.model_dump_json()), schemas["event"])
    assert Extraction.model_validate_json(extractions[0].model_dump_json()) == extractions[0]


@pytest.mark.parametrize(
    ("place", "value"),
    [("state", "finished"), ("schema_version", 2), ("surprise", 1), ("events", [{}])],
)
def test_other_output_does_not(place: str, value: object) -> None:
    """A near miss is refused by the schema."""
    written = json.loads(results()[1].model_dump_json())

    with pytest.raises(jsonschema.ValidationError):
        validate({**written, place: value}, json_schemas()["extraction"])


def test_an_answer_fills_the_answer_schema() -> None:
    """The schema that goes to the model takes what the examples show, and no less."""
    schema = json_schemas()["answer"]
    validate(json.loads(answer()), schema)

    with pytest.raises(jsonschema.ValidationError, match="'team' is a required"):
        validate({"events": [{k: v for k, v in EVENT.items() if k != "team"}]}, schema)


def test_x09_no_remote_reference_is_fetched(network_attempts: list[str]) -> None:
    """A schema that points elsewhere is refused without a lookup, and ours point nowhere else."""
    with pytest.raises(Unresolvable):
        validate({}, {"$ref": "https://schemas.example/x.json"})

    assert not network_attempts
    for schema in json_schemas().values():
        assert all(reference.startswith("#/$defs/") for reference in references(schema))


def references(node: Any) -> list[str]:
    """Give every reference of a schema."""
    if isinstance(node, list):
        return [found for each in node for found in references(each)]
    if not isinstance(node, dict):
        return []
    own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
    return own + [found for each in node.values() for found in references(each)]
