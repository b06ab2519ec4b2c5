"""Cassettes: format, strict loading, staleness, replay. Tests of catalogue rows bear their ids."""

from __future__ import annotations

import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from pathlib import Path
from typing import Any

import pytest
import yaml

from taped import SYSTEM, TEXT, URL, interaction, label, recorded, reply, request, sent
from touchline.cassettes import (
    Cassette,
    Tape,
    ambient,
    cassette_path,
    check,
    current_tape,
    load_cassette,
    open_tape,
    peek,
    stored,
    use_cassettes,
)
from touchline.errors import (
    CassetteCorrupt,
    CassetteMissing,
    CassetteStale,
    ConfigurationError,
    InvalidInput,
)


class TestNames:
    """An article's id never becomes a path."""

    @pytest.mark.parametrize(
        ("document_id", "slug"),
        [
            ("Ascoli, Carrerà!", "ascoli-carrera"),
            ("../../etc/passwd", "etc-passwd"),
            ("a\x00b", "a-b"),
            ("CON", "con"),
            ("x" * 300, "x" * 40),
            ("日本", ""),
            ("..", ""),
            ("", ""),
            ("\ud800", ""),
            ("https://a.example/b?c=1", "https-a-example-b-c-1"),
        ],
    )
    def test_i23_names_are_safe(self, document_id: str, slug: str) -> None:
        """The name is a slug and 8 hex digits, or the digits alone."""
        path = cassette_path(Path("folder"), document_id)

        assert path.parent == Path("folder")
        assert re.fullmatch(
            re.escape(slug) + ("-" if slug else "") + r"[0-9a-f]{8}\.yaml", path.name
        )

    def test_i23_ids_equal_but_for_case(self) -> None:
        """Ids that differ only in case have names that differ even where case does not count."""
        names = {cassette_path(Path(), each).name.lower() for each in ("Rossi", "rossi", "ROSSI")}

        assert len(names) == 3


class TestMissing:
    """No recording, or an empty one."""

    def test_c01_missing_names_path_and_command(self, tmp_path: Path) -> None:
        """A replay without a file fails at once and says how to record it."""
        path = cassette_path(tmp_path, "ascoli-carrera")

        with pytest.raises(CassetteMissing) as caught, open_tape(tmp_path, label()):
            pass

        assert str(path) in str(caught.value)
        assert f"touchline extract … --cassettes {tmp_path} --record new" in str(caught.value)
        assert peek(tmp_path, "ascoli-carrera") is None

    @pytest.mark.parametrize("content", [b"", b" \n\n"])
    def test_c03_empty_is_missing(self, tmp_path: Path, content: bytes) -> None:
        """An empty file is as none; a replay neither records nor writes."""
        path = cassette_path(tmp_path, "ascoli-carrera")
        path.write_bytes(content)

        with pytest.raises(CassetteMissing, match="is empty"), open_tape(tmp_path, label()):
            pass

        assert path.read_bytes() == content
        assert peek(tmp_path, "ascoli-carrera") is None

    def test_recording_needs_model_and_style(self, tmp_path: Path) -> None:
        """Only a replay can take them from the file."""
        with (
            pytest.raises(InvalidInput, match="model"),
            open_tape(tmp_path, label(model=None), mode="new"),
        ):
            pass

    def test_modes_are_known(self, tmp_path: Path) -> None:
        """A misspelt mode is named, with those that there are."""
        wrong: Any = "once"

        blocks = (
            lambda: open_tape(tmp_path, label(), mode=wrong),
            lambda: use_cassettes(tmp_path, record=wrong),
        )
        for block in blocks:
            with pytest.raises(ConfigurationError, match="`once`"), block():
                pass


class TestStale:
    """A recording of something else."""

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("prompt", "ffff0000"),
            ("schema", "ffff0000"),
            ("model", "other-model"),
            ("style", "prompt"),
        ],
    )
    def test_c02_changed_fingerprint(self, tmp_path: Path, name: str, value: str) -> None:
        """Each thing that an answer depends on is compared; the error has both values."""
        recorded(tmp_path)

        with pytest.raises(CassetteStale) as caught, open_tape(tmp_path, label(**{name: value})):
            pass

        assert caught.value.changed == (name,)
        message = str(caught.value)
        assert f"`{getattr(label(), name)}`" in message
        assert f"`{value}`" in message
        assert "--record all`" in message

    def test_c02_prompt_diff(self, tmp_path: Path) -> None:
        """A changed prompt shows its changed lines, made from the recorded request."""
        recorded(tmp_path)
        now = SYSTEM.replace("each event", "every event")
        wanted = label(prompt="ffff0000", prompt_text=now)

        with pytest.raises(CassetteStale) as caught, open_tape(tmp_path, wanted):
            pass

        assert "-Quote what proves each event." in str(caught.value)
        assert "+Quote what proves every event." in str(caught.value)

    @pytest.mark.parametrize(
        "asked",
        [
            {"input": "no chat"},
            {"messages": [{"role": "user", "content": "x"}]},
            {"messages": [{"role": "system", "content": [{"type": "text", "text": "parts"}]}]},
        ],
    )
    def test_c02_no_diff_without_a_system_message(
        self, tmp_path: Path, asked: dict[str, Any]
    ) -> None:
        """A recorded request without a plain system message still says what changed."""
        recorded(tmp_path, label(), interaction(asked, reply()))

        with (
            pytest.raises(CassetteStale, match="prompt changed") as caught,
            open_tape(tmp_path, label(prompt="ffff0000")),
        ):
            pass

        assert "@@" not in str(caught.value)

    @pytest.mark.parametrize(
        ("name", "value", "shown"),
        [
            ("text", TEXT.replace("Rossi", "Bianchi"), "+Al suo posto arriva Bianchi."),
            ("text", TEXT + "\x1b[2J\n", r"+\x1b[2J"),
            ("title", "A title", "article.title: recorded with `None`, now `A title`"),
            ("published", "2024-03-13", "article.published"),
        ],
    )
    def test_c02_changed_article(self, tmp_path: Path, name: str, value: str, shown: str) -> None:
        """A changed article is named with its difference, without control characters."""
        recorded(tmp_path)

        with (
            pytest.raises(CassetteStale) as caught,
            open_tape(tmp_path, label(**{name: value}), mode="new"),
        ):
            pass

        assert caught.value.changed == ("article",)
        assert shown in str(caught.value)
        assert "\x1b" not in str(caught.value)

    def test_model_and_style_come_from_the_cassette(self, tmp_path: Path) -> None:
        """A replay that names neither takes the recorded ones."""
        recorded(tmp_path)

        with open_tape(tmp_path, label(model=None, style=None)) as tape:
            assert (tape.label.model, tape.label.style) == ("gpt-5.4-mini", "strict")

    def test_peeked_cassette_is_not_read_again(self, tmp_path: Path) -> None:
        """What `peek` loaded is used even when the file is gone."""
        path = recorded(tmp_path)
        loaded = peek(tmp_path, "ascoli-carrera")
        path.unlink()

        with open_tape(tmp_path, label(), loaded=loaded) as tape:
            assert tape.cassette is loaded


class TestReplay:
    """Answers come from the tape alone."""

    def test_answer_as_recorded(self, tmp_path: Path) -> None:
        """Status, kept headers and body come back."""
        recorded(tmp_path)

        with open_tape(tmp_path, label()) as tape:
            found = tape.answer("POST", URL, body=sent(request()))

        assert (found.status, found.headers) == (200, {"content-type": "application/json"})
        assert json.loads(found.body) == reply()
        assert tape.replaying

    def test_c09_edits_are_allowed_and_shown(self, tmp_path: Path) -> None:
        """A hand-edited answer or status replays, and `edited` says so."""
        path = recorded(tmp_path)
        assert not load_cassette(path).edited
        text = path.read_text("utf-8")

        path.write_text(
            text.replace("code: 200", "code: 500").replace("served-1", "other"), "utf-8"
        )

        assert load_cassette(path).edited
        with open_tape(tmp_path, label()) as tape:
            found = tape.answer("POST", URL, body=sent(request()))
        assert found.status == 500
        assert b"other" in found.body

    def test_c10_each_answer_plays_once(self, tmp_path: Path) -> None:
        """The same request once more has an answer only if it was recorded once more."""
        twice = [interaction(request(), reply(text)) for text in ("one", "two")]
        recorded(tmp_path, label(), *twice)

        with open_tape(tmp_path, label()) as tape:
            one, two = (tape.answer("POST", URL, body=sent(request())).body for _ in range(2))
        assert (b"one" in one, b"two" in two) == (True, True)
        with pytest.raises(CassetteStale, match="recorded 2 times") as caught:
            tape.answer("POST", URL, body=sent(request()))

        assert caught.value.changed == ("request",)
        assert tape.failure is caught.value

    def test_c11_failures_replay_in_order(self, tmp_path: Path) -> None:
        """A recorded 429 and the 200 behind it come in their order; the header is kept."""
        error = interaction(request(), {"error": {}}, status=429, retry_after="7")
        recorded(tmp_path, label(), error, interaction(request(), reply()))

        with open_tape(tmp_path, label()) as tape:
            first, second = (tape.answer("POST", URL, body=sent(request())) for _ in range(2))

        assert (first.status, first.headers["retry-after"], second.status) == (429, "7", 200)

    def test_c13_other_sdk(self, tmp_path: Path) -> None:
        """Key order, escapes, host, base path and headers do not count."""
        path = recorded(tmp_path)
        text = path.read_text("utf-8").replace(
            "    headers:\n", "    headers:\n      user-agent: [other/1]\n      x-thing: [y]\n"
        )
        path.write_text(text, "utf-8")
        asked = dict(reversed(request().items()))

        with open_tape(tmp_path, label()) as tape:
            body = json.dumps(asked, indent=2).encode("ascii")
            assert (
                tape.answer("POST", "http://[::1]:8/api/v1/chat/completions", body=body).status
                == 200
            )

    def test_c13_plain_vcrpy_bodies(self, tmp_path: Path) -> None:
        """Bodies as vcrpy itself writes them, texts and `!!binary`, replay."""
        path = recorded(tmp_path)
        data = yaml.safe_load(path.read_text("utf-8"))
        item = data["interactions"][0]
        item["request"]["body"] = json.dumps(request())
        item["response"]["body"] = {"string": json.dumps(reply()).encode()}
        path.write_text(yaml.safe_dump(data), "utf-8")

        with open_tape(tmp_path, label()) as tape:
            assert json.loads(tape.answer("POST", URL, body=sent(request())).body) == reply()

    @pytest.mark.parametrize(
        ("method", "url", "change", "shown"),
        [
            ("GET", URL, {}, "method: from character 0: `GET` now, `POST` recorded"),
            ("POST", URL.replace("chat/completions", "models"), {}, "path: from character"),
            ("POST", URL, {"seed": 1}, "body.seed: `1` now, nothing recorded"),
            ("POST", URL, {"temperature": 0.5}, "body.temperature: `0.5` now, `0` recorded"),
            ("POST", URL, {"temperature": False}, "body.temperature: `false` now"),
        ],
    )
    def test_a_miss_names_the_difference(
        self, tmp_path: Path, method: str, url: str, change: dict[str, Any], shown: str
    ) -> None:
        """A request that is not on the tape is stale; the nearest recorded one is compared."""
        recorded(tmp_path)

        with pytest.raises(CassetteStale) as caught, open_tape(tmp_path, label()) as tape:
            tape.answer(method, url, body=sent(request() | change))

        assert caught.value.changed == ("request",)
        assert shown in str(caught.value)

    def test_a_swallowed_miss_is_raised_at_the_end(self, tmp_path: Path) -> None:
        """Whoever takes the error for a failure of the article gets it when the tape closes."""
        recorded(tmp_path)

        def swallow(tape: Tape) -> None:
            with suppress(CassetteStale):
                tape.answer("POST", URL, body=b"not JSON \xff")

        with pytest.raises(CassetteStale, match="not JSON"), open_tape(tmp_path, label()) as tape:
            swallow(tape)

    def test_the_tape_is_open_in_its_block_only(self, tmp_path: Path) -> None:
        """The context variable is set and set back, nested and after errors."""
        recorded(tmp_path)
        recorded(tmp_path, label(id="other"))

        assert current_tape() is None
        with open_tape(tmp_path, label()) as outer:
            with suppress(KeyError), open_tape(tmp_path, label(id="other")) as inner:
                assert current_tape() is inner
                raise KeyError
            assert current_tape() is outer
        assert current_tape() is None

    def test_replay_is_fast(self, tmp_path: Path) -> None:
        """Loading, matching and answering takes few milliseconds of CPU at a body of 25 kB.

        The aim is 2 ms; the bound leaves room for slow machines, not for another YAML reader.
        """
        text = "Il tecnico è stato esonerato dopo la sconfitta di domenica.\n" * 250
        fields = {
            f"field_{i}": {"type": ["string", "null"], "description": "x" * 90} for i in range(60)
        }
        asked = request(text, response_format={"schema": {"properties": fields}})
        assert len(sent(asked)) > 20_000
        recorded(tmp_path, label(text=text), interaction(asked, reply("x" * 3000)))

        def play() -> float:
            begin = time.process_time()
            with open_tape(tmp_path, label(text=text)) as tape:
                tape.answer("POST", URL, body=sent(asked))
            return time.process_time() - begin

        assert min(play() for _ in range(20)) < 0.008


class TestFolder:
    """What a folder holds, and for whom."""

    def test_stored_lists_good_and_bad(self, tmp_path: Path) -> None:
        """Each file gives its cassette or its error; other files do not count."""
        recorded(tmp_path)
        (tmp_path / "a.yaml").write_text("]", "utf-8")
        (tmp_path / "b.yaml").touch()
        (tmp_path / "notes.txt").touch()

        found = stored(tmp_path)

        assert [each.path.name for each in found] == [
            "a.yaml",
            "ascoli-carrera-3d6f14a6.yaml",
            "b.yaml",
        ]
        assert [type(each.error) for each in found] == [
            CassetteCorrupt,
            type(None),
            CassetteMissing,
        ]
        assert isinstance(found[1].cassette, Cassette)
        assert found[1].cassette.label == label()
        assert stored(tmp_path / "none") == []

    def test_c14_unused_and_missing(self, tmp_path: Path) -> None:
        """A file that belongs to no article, and an article without a file, are named."""
        used, unused = recorded(tmp_path), recorded(tmp_path, label(id="nobody"))

        found = check(tmp_path, ["ascoli-carrera", "new one"])

        assert (found.unused, found.missing) == ((unused,), ("new one",))
        assert used.exists()

    def test_use_cassettes_sets_the_surroundings(self, tmp_path: Path) -> None:
        """Folder and mode hold inside the block, also in a nested one, and end with it."""
        assert ambient() is None
        with use_cassettes(tmp_path), use_cassettes(str(tmp_path), record="new"):
            assert ambient() == (tmp_path, "new")
        assert ambient() is None

    def test_threads_need_a_copied_context(self, tmp_path: Path) -> None:
        """A thread started inside the block sees the folder only in a copy of the context."""
        with use_cassettes(tmp_path), ThreadPoolExecutor(1) as pool:
            bare = pool.submit(ambient).result()
            copied = pool.submit(copy_context().run, ambient).result()

        assert (bare, copied) == (None, (tmp_path, "none"))

    def test_notes_are_kept(self, tmp_path: Path) -> None:
        """A remark in the metadata is read; it changes nothing."""
        recorded(tmp_path, label(note="status set by hand"))

        with open_tape(tmp_path, label()) as tape:
            assert tape.label.note == "status set by hand"
