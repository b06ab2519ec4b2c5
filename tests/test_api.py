"""The functions that a script calls: what they return, raise and warn, and from where."""

from __future__ import annotations

import asyncio
import datetime as dt
import inspect
import json
import logging
import shutil
import subprocess
import sys
import threading
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import touchline
from hosted import Clock
from program import EVENT, TEXT, UNPROVED, Says, Server, answer
from touchline import (
    ConfigurationError,
    Document,
    ExtractionFailed,
    InvalidInput,
    PartialExtraction,
    Reader,
    Settings,
    aextract,
    aextract_events,
    extract,
    extract_events,
    use_cassettes,
)
from touchline.api import _tell_of_fallback
from touchline.errors import NoModel
from touchline.prompts import packaged_prompts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchline.options import Options, RecordMode

KEY = "sk-proj-0123456789abcdef"


@pytest.fixture
def server() -> Iterator[Server]:
    """Give a server that answers."""
    with Server().serving() as serving:
        yield serving


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the packaged prompts, to be edited."""
    return Path(shutil.copytree(packaged_prompts(), tmp_path / "prompts"))


def at(server: Server, key: str | None = None) -> Options:
    """Give the options that ask a server."""
    return {"base_url": server.url, "api_key": key}


def test_the_public_names_are_there() -> None:
    """Every name of `__all__` can be had, and stands in it once."""
    assert len(touchline.__all__) == len(set(touchline.__all__))
    assert {name for name in touchline.__all__ if not hasattr(touchline, name)} == set()
    assert set(touchline.__all__) <= set(dir(touchline))
    with pytest.raises(AttributeError, match="`nothing`"):
        touchline.nothing  # noqa: B018 - it must raise


def test_events_of_a_text(server: Server) -> None:
    """A text in, its proved events out."""
    (event,) = extract_events(TEXT, model="local-1", **at(server))

    assert (event.type, event.person, event.team) == ("dismissal", "Renzo Gualdoni", "Borgo Velo")
    quote = event.evidence[0]
    assert TEXT[quote.start : quote.end] == quote.quote == "ha esonerato Renzo Gualdoni"


def test_both_forms_take_the_same() -> None:
    """The functions with and without await have the same parameters."""
    for one, other in ((extract, aextract), (extract_events, aextract_events)):
        assert inspect.signature(one) == inspect.signature(other)


def test_what_the_caller_says_of_a_document_counts() -> None:
    """`published` and `language` go before what the document says itself; its id stays."""
    model = Says(answer())
    document = Document(TEXT, id="a", published=dt.date(2020, 1, 1), language="en")
    extract_events(document, published="2024-03-12", language="it", model=model)
    extract_events(document, model=model)
    asked = [prompt.document for prompt in model.asked]

    assert [each.published for each in asked] == [dt.date(2024, 3, 12), dt.date(2020, 1, 1)]
    assert [each.language for each in asked] == ["it", "en"]
    assert [each.id for each in asked] == ["a", "a"]


def test_nothing_to_read_has_no_events() -> None:
    """A skipped article is an empty list, without a call and without a prompt."""
    model = Says(answer())

    assert extract_events("  ", model=model) == []
    assert extract("  ", model=model).state == "skipped"
    assert model.asked == []


@pytest.mark.parametrize("text", [None, b"bytes", 7, ["text"]])
def test_i02_what_is_no_text_is_a_type_error(text: Any) -> None:
    """The error comes at once, before any setting is looked at."""
    for call in (extract, extract_events):
        with pytest.raises(TypeError, match="a str, not"):
            call(text)


def test_i20_a_broken_date_is_refused() -> None:
    """A date of publication that is none is the caller's mistake."""
    with pytest.raises(InvalidInput, match="`12 March`"):
        extract_events(TEXT, published="12 March", model=Says(answer()))


def test_a_failed_article_raises() -> None:
    """`extract_events` raises with the code and the whole record; `extract` returns it."""
    with pytest.raises(ExtractionFailed, match=r"article `a` failed \(invalid_answer\)") as caught:
        extract_events(Document(TEXT, id="a"), model=Says("no JSON"))

    assert caught.value.code == "invalid_answer"
    assert caught.value.extraction.state == "failed"
    assert extract(TEXT, model=Says("no JSON")).reason == "invalid_answer"


def line_of(warning: warnings.WarningMessage) -> str:
    """Give the line of this file that a warning points at."""
    assert warning.filename == __file__
    return Path(__file__).read_text("utf-8").splitlines()[warning.lineno - 1].strip()


def test_a_partial_article_warns_where_it_was_asked_for() -> None:
    """What stands is returned; the warning points at the line of the caller."""
    model = Says(answer(EVENT, UNPROVED))
    with pytest.warns(PartialExtraction, match="1 event refused") as caught:
        events = extract_events(TEXT, model=model)

    assert [event.person for event in events] == ["Renzo Gualdoni"]
    assert line_of(caught[0]) == "events = extract_events(TEXT, model=model)"


def test_a_partial_article_warns_an_asynchronous_caller() -> None:
    """So it does for a caller who awaits, also after a real wait."""

    class Slow(Says):
        async def ask(self, prompt: Any, review: Any) -> Any:
            await asyncio.sleep(0)
            return await super().ask(prompt, review)

    async def ask() -> None:
        await aextract_events(TEXT, model=Slow(answer(EVENT, UNPROVED, UNPROVED)))

    with pytest.warns(PartialExtraction, match="2 events refused") as caught:
        asyncio.run(ask())

    assert line_of(caught[0]).startswith("await aextract_events(TEXT, model=Slow(")


def test_a_whole_article_does_not_warn() -> None:
    """Nothing is said where everything stands."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")

        assert len(extract_events(TEXT, model=Says(answer()))) == 1


def test_p16_inside_a_running_loop(server: Server) -> None:
    """In a notebook both forms work, the one without await too."""

    async def cell() -> tuple[int, int]:
        options = at(server)
        waited = await aextract_events(TEXT, model="local-1", **options)
        return len(extract_events(TEXT, model="local-1", **options)), len(waited)

    assert asyncio.run(cell()) == (1, 1)
    assert asyncio.run(cell()) == (1, 1)  # a new loop has a client of its own


def test_p16_in_threads(server: Server) -> None:
    """Many threads share one client and its connections."""
    found: list[int] = []

    def read(number: int) -> None:
        found.append(len(extract_events(f"{TEXT}{number}", model="local-1", **at(server))))

    threads = [threading.Thread(target=read, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert found == [1] * 12
    assert len(server.bodies) == 12


def test_p16_after_a_fork(server: Server) -> None:
    """A child process starts its own loop and client, and so does its parent go on."""
    code = f"""
import os
from touchline import extract_events
def read():
    return len(extract_events({TEXT!r}, model="local-1", base_url={server.url!r}))
assert read() == 1
child = os.fork()
found = read()
if child == 0:
    os._exit(found)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == found == 1
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)

    assert len(server.bodies) == 3


def test_many_at_once(server: Server) -> None:
    """A reader serves any number of documents of one loop."""

    async def read() -> list[str]:
        reader = Reader("local-1", **at(server))
        documents = [Document(TEXT, id=str(number)) for number in range(20)]
        done = await asyncio.gather(*map(reader.read, documents))
        return [extraction.document.id for extraction in done]

    assert asyncio.run(read()) == [str(number) for number in range(20)]


def test_an_edited_prompt_holds_from_the_next_call_on(folder: Path) -> None:
    """Files are looked at on every call; nothing has to be restarted, and no call is lost."""
    model = Says(answer())
    reader = Reader(model, prompts=folder)

    def instructions() -> str:
        extract(TEXT, model=model, prompts=folder)
        first = model.asked[-1].head[0].content
        asyncio.run(reader.read(Document(TEXT)))
        assert model.asked[-1].head[0].content == first
        return first

    before = instructions()
    system = folder / "system.md"
    system.write_text(before.replace("sports news", "sports pages"), "utf-8")
    assert "sports pages" in instructions()
    system.write_text(before.replace("sports news", "sports NEWS!"), "utf-8")
    assert "sports NEWS!" in instructions()

    (folder / "examples" / "3-nothing.yaml").unlink()
    extract(TEXT, model=model, prompts=folder)
    assert len(model.asked[-1].head) == 5
    shutil.rmtree(folder / "examples")
    extract(TEXT, model=model, prompts=folder)
    assert len(model.asked[-1].head) == 1
    system.unlink()
    with pytest.raises(ConfigurationError, match=r"lacks system\.md"):
        extract(TEXT, model=model, prompts=folder)


def test_unchanged_prompts_are_read_once() -> None:
    """Calls with the same folder share one prompt set and one settings value."""
    one, other = Reader("m"), Reader("m")

    assert one.prompts is other.prompts
    assert one.settings is other.settings


def test_a_wrong_setting_is_told_at_once() -> None:
    """Before the text is read; a misspelt keyword names the right ones."""
    with pytest.raises(ConfigurationError, match="`tiemout` is not a setting"):
        extract(TEXT, model="m", tiemout=3)  # type: ignore[call-arg]
    with pytest.raises(ConfigurationError, match="begins with http"):
        extract(TEXT, model="m", base_url="localhost:8000/v1")


def test_without_a_model_and_a_key_builtin_reads(caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is sent anywhere; what a language model would add is told, once in a process."""
    _tell_of_fallback.cache_clear()

    read = [extract(TEXT), extract(TEXT)]

    assert [(each.model, each.attempts) for each in read] == [("builtin", 0)] * 2
    (told,) = caplog.messages
    assert "`builtin` reads by cue words" in told
    assert "OPENAI_API_KEY" in told


def test_builtin_by_name_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """Who asks for it knows what it is."""
    _tell_of_fallback.cache_clear()

    extract(TEXT, model="builtin")

    assert not caplog.messages


def test_a_server_without_a_model_is_not_replaced_by_builtin() -> None:
    """Whoever names a server wants it asked."""
    with pytest.raises(NoModel, match="no model on it"):
        extract(TEXT, base_url="http://127.0.0.1:9/v1")
    with pytest.raises(NoModel, match="OPENAI_API_KEY"):
        extract(TEXT, base_url="https://api.openai.com/v1")


def test_settings_come_from_the_environment(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script may leave everything to variables."""
    monkeypatch.setenv("TOUCHLINE_MODEL", "local-7")
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)

    assert extract(TEXT).model == "local-7"
    assert json.loads(server.bodies[0])["model"] == "local-7"


@pytest.mark.parametrize(
    ("variables", "sent"),
    [
        ({"OPENAI_API_KEY": KEY}, "Bearer -"),
        ({"OPENAI_API_KEY": KEY, "TOUCHLINE_API_KEY": "mine-0123456789"}, "Bearer mine-0123456789"),
        ({"TOUCHLINE_API_KEY": KEY, "OPENAI_ORG_ID": "org-1"}, f"Bearer {KEY}"),
        ({}, "Bearer -"),
    ],
)
def test_x11_a_key_of_openai_is_not_sent_elsewhere(
    server: Server, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], sent: str
) -> None:
    """What reaches a server of one's own is the key meant for it; nothing else of OpenAI's."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    extract(TEXT, model="local-1", **at(server))
    (headers,) = server.headers

    assert headers.get("authorization", "Bearer -") == sent
    assert not {name for name in headers if name.startswith("openai-")}


@pytest.mark.parametrize("status", [200, 400, 401, 404])
def test_x11_no_log_and_no_error_shows_key_or_article(
    server: Server, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    """Logs at DEBUG and messages of errors hold neither, also where the server repeats both."""
    server.status = status
    server.said = f"Incorrect API key provided: {KEY}. Your text: {TEXT}"
    told = ""
    with caplog.at_level(logging.DEBUG):
        try:
            extract(TEXT, model="local-1", **at(server, KEY))
        except ConfigurationError as error:
            told = f"{error} {error!r} {error.__cause__!r}"

    assert (status == 200) is (told == "")
    for text in (told, caplog.text):
        assert KEY not in text
        assert "ha esonerato" not in text


def test_x11_the_repr_of_a_reader_shows_no_key() -> None:
    """Settings hide the key wherever they are printed."""
    reader = Reader("m", api_key=KEY)

    assert KEY not in f"{reader!r} {reader.settings!r} {vars(reader)!r}"
    assert isinstance(reader.settings, Settings)


def test_a_recording_replays(server: Server, tmp_path: Path) -> None:
    """Inside `use_cassettes` everything is recorded once and replays without server or key."""
    with use_cassettes(tmp_path, record="new"):
        recorded = extract(TEXT, model="local-1", **at(server))
    with use_cassettes(tmp_path):
        replayed = extract(TEXT)

    assert len(server.bodies) == 1
    assert replayed.events == recorded.events
    assert replayed.model == "local-1"
    assert extract(TEXT).model == "builtin"


def test_arguments_go_before_the_block_and_that_before_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each place that can name cassettes wins over those farther away."""
    monkeypatch.setenv("TOUCHLINE_CASSETTES", "far")
    monkeypatch.setenv("TOUCHLINE_RECORD", "all")

    def found(**options: Any) -> tuple[Path | None, str]:
        settings = Reader("m", **options).settings
        return settings.cassettes, settings.record

    assert found() == (Path("far"), "all")
    with use_cassettes(tmp_path):
        assert found() == (tmp_path, "none")
        assert found(cassettes=None, record=None) == (tmp_path, "none")
        assert found(record="new") == (tmp_path, "new")
        assert found(cassettes="near", record="none") == (Path("near"), "none")
        with use_cassettes(tmp_path / "inner", record="new"):
            assert found() == (tmp_path / "inner", "new")
            assert found(record="none") == (tmp_path / "inner", "none")


def test_a_mode_of_a_block_is_for_its_own_folder(tmp_path: Path) -> None:
    """Another folder, named inside the block, is not recorded over."""
    with use_cassettes(tmp_path, record="all"):
        assert Reader("m", cassettes="other").settings.record == "none"


def test_a_recording_needs_a_folder(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mode that records asks nobody as long as nothing says where to."""
    modes: tuple[RecordMode, ...] = ("new", "all")
    for mode in modes:
        with pytest.raises(ConfigurationError, match=f"`record` is `{mode}`, and no folder"):
            Reader("local-1", base_url=server.url, record=mode)
    monkeypatch.setenv("TOUCHLINE_RECORD", "new")
    with pytest.raises(ConfigurationError, match="TOUCHLINE_CASSETTES"):
        extract(TEXT, model="local-1", **at(server))

    assert server.bodies == []
    assert extract(TEXT, model="local-1", base_url=server.url, record="none").state == "done"


def test_a_model_of_ones_own_is_not_recorded(tmp_path: Path) -> None:
    """Cassettes hold what a server answers; asking for more is told, and not passed over."""
    model = Says(answer())
    with pytest.raises(ConfigurationError, match="hosted models only"):
        extract(TEXT, model=model, cassettes=tmp_path)
    with pytest.raises(ConfigurationError, match="`record` is `new`"):
        extract(TEXT, model=model, record="new")

    assert model.asked == []
    assert extract(TEXT, model=model, record="none").state == "done"


@pytest.mark.parametrize(
    ("status", "reason"), [(500, "server_error"), (503, "server_error"), (429, "rate_limited")]
)
def test_an_outage_is_not_recorded(
    server: Server, tmp_path: Path, caplog: pytest.LogCaptureFixture, status: int, reason: str
) -> None:
    """It would replay for ever: the old recording stands, and the log tells."""
    options: Options = {**at(server), "cassettes": tmp_path, "max_tries": 1}
    new: Options = {**options, "record": "new"}
    over: Options = {**options, "record": "all"}
    extract(TEXT, model="local-1", **new)
    (path,) = tmp_path.iterdir()
    good = path.read_bytes()
    server.status = status
    failed = extract(TEXT, model="local-1", **over)
    assert path.read_bytes() == good
    path.unlink()
    again = extract(TEXT, model="local-1", **new)

    assert (failed.reason, again.reason) == (reason, reason)
    assert list(tmp_path.iterdir()) == []
    told = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert [message.split(" is no answer")[0] for message in told] == [
        f"Cassette `{path}` not saved: `{reason}`"
    ] * 2


class Recovering(Server):
    """A server whose first answer is a 503."""

    def completion(self, body: dict[str, Any]) -> dict[str, Any]:
        """Fail once."""
        self.status = 503 if len(self.bodies) == 1 else 200
        return super().completion(body)


def test_c11_a_failure_that_passed_is_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the article has its answer in the end, what went before belongs to the recording."""
    Clock().rule(monkeypatch)
    options: Options = {"cassettes": tmp_path, "record": "new"}
    with Recovering().serving() as server:
        options["base_url"] = server.url
        recorded = extract(TEXT, model="local-1", **options)
    replayed = extract(TEXT, cassettes=tmp_path)
    (path,) = tmp_path.iterdir()

    assert (recorded.state, recorded.attempts) == ("done", 2)
    assert (replayed.state, replayed.attempts) == ("done", 2)
    assert path.read_text("utf-8").count("code: 503") == 1


def test_an_unusable_answer_is_recorded(server: Server, tmp_path: Path) -> None:
    """What the model itself got wrong is an answer, and replays."""
    server.answer = lambda _body: "no JSON"
    options: Options = {**at(server), "cassettes": tmp_path}
    new: Options = {**options, "record": "new"}
    failed = extract(TEXT, model="local-1", **new)
    server.bodies.clear()
    replayed = extract(TEXT, **options)

    assert failed.reason == replayed.reason == "invalid_answer"
    assert server.bodies == []
