"""The cassette file: every character comes back, damage is refused, writes are whole."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from taped import TEXT, interaction, label, recorded, reply, request
from touchline.cassette_body import close_body, open_body
from touchline.cassette_format import MAX_BYTES, dump, load, write_atomically
from touchline.cassettes import (
    cassette_path,
    load_cassette,
    open_tape,
    stored,
)
from touchline.errors import CassetteCorrupt

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from touchline.cassette_format import JSON

NASTY = st.text(
    st.one_of(
        st.sampled_from(
            list(" \t\n\r\x85\u2028\u2029\ufeff\x00\x07\x7f:-#'\"|>&*!%@{}[],?è\u0301🎉")
        ),
        st.characters(exclude_categories=["Cs"]),
    )
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | NASTY,
    lambda inner: st.lists(inner) | st.dictionaries(NASTY, inner),
    max_leaves=12,
)


class TestFormat:
    """What is written comes back, and can be read by people."""

    @given(VALUES)
    def test_every_value_comes_back(self, value: JSON) -> None:
        """Any JSON value survives, also inside lists and mappings; types are kept."""
        data = {"value": value, "list": [value, [value]]}

        back = load(dump(data), "x").data

        assert repr(back) == repr(data)

    @given(NASTY)
    def test_every_character_comes_back(self, text: str) -> None:
        """Any text survives, as a value and as a key."""
        data: dict[str, JSON] = {"value": text, "list": [text, {"key": text}], f"k{text}": 1}

        assert load(dump(data), "x").data == data

    @pytest.mark.parametrize(
        "text",
        [
            "two\nlines",
            "tab\there\nand\t\n",
            "space at the end \nof a line\n\n",
            "🎉 è\nx",
            " in\ndent",
        ],
    )
    def test_lines_stand_as_lines(self, text: str) -> None:
        """A text of several lines is a literal block, with each line as it is."""
        written = dump({"text": text})

        assert written.startswith("text: |")
        assert all(f"  {line}\n" in written for line in text.splitlines() if line)

    @pytest.mark.parametrize(
        ("scalar", "value"),
        [
            ("2024-03-13", "2024-03-13"),
            ("yes", "yes"),
            ("0x10", "0x10"),
            ("1:30", "1:30"),
            ("12", 12),
        ],
    )
    def test_only_json_is_read(self, scalar: str, value: JSON) -> None:
        """A date or a `yes` that a hand wrote without quotes stays text."""
        assert load(f"a: {scalar}", "x").data == {"a": value}

    @pytest.mark.parametrize(
        ("body", "form"),
        [
            (b'{"a": 1.5}', "json"),
            (b"[]", "json"),
            (b"", "text"),
            (b"<html>", "text"),
            (b"1", "text"),
            (b'{"a": NaN}', "text"),
            (b'{"a": 1e999}', "text"),
            (b'{"a": 1, "a": 2}', "text"),
            (rb'{"a": "\ud800"}', "text"),
            (b"[" * 60 + b"]" * 60, "text"),
            (b"[" * 9000, "text"),
            (b"caf\xe9", "base64"),
        ],
    )
    def test_bodies_open_and_close(self, body: bytes, form: str) -> None:
        """A body becomes a tree only where that loses nothing; closing gives the body back."""
        opened = open_body(body)

        assert list(opened) == [form]
        back = close_body(load(dump({"body": opened}), "x").data["body"])  # type: ignore[call-overload,index]
        assert back == body or json.loads(back) == json.loads(body)

    def test_plain_safe_loaders_read_it(self, tmp_path: Path) -> None:
        """The file is ordinary YAML: nothing of ours is needed to read it."""
        data = yaml.safe_load(recorded(tmp_path).read_text("utf-8"))

        assert data["version"] == 1
        asked, answered = data["interactions"][0]["request"], data["interactions"][0]["response"]
        assert asked["body"]["json"]["messages"][1]["content"] == TEXT
        assert answered["body"]["json"]["model"] == "served-1"
        assert data["metadata"]["touchline"]["article"]["text"] == TEXT


def cut(text: str, after: str) -> str:
    """Cut a text behind the last place of a word."""
    return text[: text.rindex(after) + len(after)]


BROKEN: dict[str, Callable[[str], str]] = {
    "cut in a string": lambda text: cut(text, "content: |"),
    "cut between keys": lambda text: cut(text, "method: POST\n"),
    "cut after the request": lambda text: text[: text.index("  response:")],
    "cut after the interactions": lambda text: text[: text.index("metadata:")],
    "cut in the article": lambda text: cut(text, "Al suo"),
    "cut in the checksum": lambda text: text.rstrip()[:-3],
    "merge markers": lambda text: text.replace(
        "version: 1\n", "<<<<<<< HEAD\nversion: 1\n=======\nversion: 1\n>>>>>>> main\n"
    ),
    "list": lambda _: "- request: {}\n",
    "null": lambda _: "null\n",
    "number": lambda _: "3\n",
    "no interactions": lambda text: text.replace("interactions:", "others:"),
    "no list of interactions": lambda _: "version: 1\ninteractions: {}\n",
    "no metadata of ours": lambda text: text.replace("touchline:", "other:"),
    "other version": lambda text: text.replace("version: 1\n", "version: 2\n"),
    "null interaction": lambda text: text.replace("interactions:\n", "interactions:\n- null\n"),
    "no method": lambda text: text.replace("    method: POST\n", ""),
    "no status": lambda text: text.replace("code: 200", "code: fine"),
    "impossible status": lambda text: text.replace("code: 200", "code: 99999"),
    "true as status": lambda text: text.replace("code: 200", "code: true"),
    "unknown body": lambda text: text.replace("      json:", "      xml:", 1),
    "no fingerprint": lambda text: text.replace("0123abcd", "0123"),
    "edited article": lambda text: text.replace("Rossi", "Verdi"),
    "key twice": lambda text: text.replace("version: 1\n", "version: 1\nversion: 1\n"),
    "two documents": lambda text: text + "---\n" + text,
    "NUL": lambda text: text.replace("POST", "PO\x00ST"),
    "binary that is no UTF-8": lambda text: text.replace("POST", "!!binary /w=="),
    "deep": lambda _: "[" * 900 + "]" * 900,
    "empty list": lambda _: "version: 1\ninteractions: []\n",
}


class TestCorrupt:
    """Files that cannot be read are refused, with the line, and left alone."""

    @pytest.mark.parametrize("how", BROKEN)
    def test_c04_broken_files(self, tmp_path: Path, how: str) -> None:
        """Each damage is CassetteCorrupt with the file's name, in every way of reading."""
        path = recorded(tmp_path)
        broken = BROKEN[how](path.read_text("utf-8"))
        path.write_text(broken, "utf-8")

        with pytest.raises(CassetteCorrupt, match=re.escape(str(path))):
            load_cassette(path)
        with pytest.raises(CassetteCorrupt), open_tape(tmp_path, label(), mode="new"):
            pass
        assert path.read_text("utf-8") == broken

    @pytest.mark.parametrize(
        ("how", "line"),
        [("merge markers", 1), ("no method", 4), ("key twice", 2), ("impossible status", 23)],
    )
    def test_c04_the_line_is_named(self, tmp_path: Path, how: str, line: int) -> None:
        """The message names the line on which the damage, or the mapping that has it, begins."""
        path = recorded(tmp_path)
        path.write_text(BROKEN[how](path.read_text("utf-8")), "utf-8")

        with pytest.raises(CassetteCorrupt, match=rf"`, line {line}: "):
            load_cassette(path)

    def test_c05_bad_utf8(self, tmp_path: Path) -> None:
        """A byte that is not UTF-8 is named; not even mode `new` overwrites the file."""
        path = recorded(tmp_path)
        raw = path.read_bytes().replace("è".encode(), b"\xe8")
        path.write_bytes(raw)

        with (
            pytest.raises(CassetteCorrupt, match="not UTF-8"),
            open_tape(tmp_path, label(), mode="new"),
        ):
            pass

        assert path.read_bytes() == raw

    @pytest.mark.parametrize(
        "tag",
        [
            "!!python/object/apply:os.system [echo]",
            "!!python/name:os.system",
            "!own {}",
            "!!set {a}",
        ],
    )
    def test_c06_tags_are_refused(self, tmp_path: Path, tag: str) -> None:
        """No tag constructs anything."""
        path = recorded(tmp_path)
        path.write_text(path.read_text("utf-8").replace("POST", tag), "utf-8")

        with pytest.raises(CassetteCorrupt, match="tag"):
            load_cassette(path)

    @pytest.mark.parametrize(
        "content",
        [
            "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
            "a: &a [*a]\n",
            "a: &a text\nb: *a\n",
            "[" * 100_000,
            "- " * 100_000,
            "? " * 100_000,
            "".join(f"{' ' * depth}a:\n" for depth in range(400)) + " " * 400 + "b",
        ],
        ids=["bomb", "ring", "text", "brackets", "lists", "keys", "indents"],
    )
    def test_c07_aliases_and_depth(self, tmp_path: Path, content: str) -> None:
        """An alias of any kind, and nesting that would overflow a stack, are refused."""
        path = tmp_path / "x.yaml"
        path.write_text(content, "utf-8")

        with pytest.raises(CassetteCorrupt, match=r"alias|nested"):
            load_cassette(path)

    def test_c07_size(self, tmp_path: Path) -> None:
        """A file of 50 MB is refused by its size; one byte less than the limit is read."""
        path = tmp_path / "x.yaml"
        with path.open("wb") as file:
            file.truncate(50_000_000)

        with pytest.raises(CassetteCorrupt, match=f"50000000 bytes, where at most {MAX_BYTES}"):
            load_cassette(path)

    def test_a_folder_in_its_place(self, tmp_path: Path) -> None:
        """What cannot be opened is corrupt as well."""
        path = cassette_path(tmp_path, "ascoli-carrera")
        path.mkdir()

        with pytest.raises(CassetteCorrupt, match="cannot be opened"):
            load_cassette(path)

    def test_many_brackets_are_no_depth(self, tmp_path: Path) -> None:
        """A text full of brackets is text."""
        text = "[{- ? " * 2000 + "\n"
        recorded(tmp_path, label(text=text), interaction(request(text), reply()))

        assert load_cassette(cassette_path(tmp_path, "ascoli-carrera")).label.text == text


class TestWriting:
    """A file is written whole or not at all."""

    @pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
    def test_c12_a_failed_write_keeps_the_old_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
    ) -> None:
        """When the disk fails halfway the old cassette stands, and no scrap beside it."""
        path = recorded(tmp_path)
        before = path.read_bytes()

        def fail(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(step, fail)
        with pytest.raises(OSError, match="No space"):
            write_atomically(path, "new")

        assert path.read_bytes() == before
        assert list(tmp_path.iterdir()) == [path]

    def test_c12_killed_while_writing(self, tmp_path: Path) -> None:
        """A process that dies between writing and renaming leaves the old cassette whole."""
        path = recorded(tmp_path)
        before = path.read_bytes()
        program = (
            "import os, sys; from pathlib import Path\n"
            "from touchline.cassette_format import write_atomically\n"
            "os.fsync = lambda _: os._exit(9)\n"
            "write_atomically(Path(sys.argv[1]), 'new')\n"
        )

        done = subprocess.run([sys.executable, "-c", program, str(path)], check=False)

        assert done.returncode == 9
        assert path.read_bytes() == before
        assert [each.path for each in stored(tmp_path)] == [path]

    def test_utf8_and_newlines(self, tmp_path: Path) -> None:
        """The bytes do not depend on the platform."""
        write_atomically(tmp_path / "new" / "x.yaml", "è\n")

        assert (tmp_path / "new" / "x.yaml").read_bytes() == b"\xc3\xa8\n"
