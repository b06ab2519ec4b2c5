"""Settings: which value counts, where it came from, and who may be sent a key."""

from __future__ import annotations

import itertools
import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from touchline.errors import ConfigurationError, NoModel
from touchline.settings import (
    BUILTIN,
    DEFAULT_HOSTED_MODEL,
    OPENAI_BASE_URL,
    Settings,
    surroundings,
)

if TYPE_CHECKING:
    from touchline.options import Options

KEY = "sk-proj-0123456789abcdef"
ELSEWHERE = "https://models.example/v1"


def load(model: str | None = None, options: Options | None = None, **environment: str) -> Settings:
    """Load settings from an environment of our own."""
    return Settings.load(model, options, environment=environment)


def key(settings: Settings) -> str | None:
    """Give the key in force."""
    return settings.api_key.get_secret_value() if settings.api_key else None


@pytest.mark.parametrize("present", [*itertools.product([False, True], repeat=3)])
def test_the_nearest_value_counts(present: tuple[bool, bool, bool]) -> None:
    """Arguments come before TOUCHLINE_*, that before OPENAI_*, and that before the defaults."""
    argument, own, openai = present
    options: Options = {}
    environment: dict[str, str] = {}
    if argument:
        options |= {"base_url": "https://a.example/v1", "api_key": "key-argument"}
    if own:
        environment |= {"TOUCHLINE_BASE_URL": "https://t.example/v1"}
        environment |= {"TOUCHLINE_API_KEY": "key-touchline"}
    if openai:
        environment |= {"OPENAI_BASE_URL": "https://api.openai.com/v1/", "OPENAI_API_KEY": KEY}
    settings = load(options=options, **environment)

    nearest = [
        ("https://a.example/v1", "key-argument"),
        ("https://t.example/v1", "key-touchline"),
        ("https://api.openai.com/v1/", KEY),
    ]
    expected = next((pair for pair, there in zip(nearest, present, strict=True) if there), None)
    assert (settings.base_url, key(settings)) == (expected or (None, None))


def test_every_setting_has_a_variable() -> None:
    """A name in capitals after TOUCHLINE_ sets the field; blanks count as not set."""
    settings = load(
        TOUCHLINE_MODEL=" local-1\n",
        TOUCHLINE_STYLE="tool",
        TOUCHLINE_PROMPTS="my/prompts",
        TOUCHLINE_CASSETTES="tapes",
        TOUCHLINE_RECORD="new",
        TOUCHLINE_REASKS="0",
        TOUCHLINE_TIMEOUT="1.5",
        TOUCHLINE_SEED="7",
        TOUCHLINE_MAX_CHARS=" ",
    )

    assert (settings.model, settings.style, settings.record) == ("local-1", "tool", "new")
    assert (settings.prompts, settings.cassettes) == (Path("my/prompts"), Path("tapes"))
    assert (settings.reasks, settings.timeout, settings.seed) == (0, 1.5, 7)
    assert settings.max_chars == Settings().max_chars


def test_none_counts_as_not_passed() -> None:
    """A None among the arguments leaves the choice to the environment."""
    assert load(None, {"style": None}, TOUCHLINE_STYLE="object").style == "object"


@pytest.mark.parametrize(
    ("url", "theirs"),
    [
        (None, True),
        ("https://api.openai.com/v1", True),
        ("https://api.openai.com", True),
        ("https://API.OpenAI.com:443/v1", True),
        ("https://eu.api.openai.com/v1", True),
        (" https://api.openai.com/v1 \n", True),
        ("http://api.openai.com/v1", False),
        ("https://api.openai.com:8443/v1", False),
        ("https://api.openai.com.example/v1", False),
        ("https://api.openai.com@models.example/v1", False),
        ("https://me@api.openai.com/v1", False),
        ("https://models.example\\@api.openai.com/v1", False),
        ("https://models.example/api.openai.com/v1", False),
        ("https://evilapi.openai.com/v1", False),
        ("https://[api.openai.com/v1", False),
        ("https://api.openai.com:port/v1", False),
        ("https://azure.example/openai/v1", False),
    ],
)
def test_x11_a_key_of_openai_stays_with_openai(url: str | None, theirs: bool) -> None:
    """OPENAI_API_KEY is given to OpenAI's own host alone, whoever names another."""
    for settings in (
        load(options={"base_url": url}, OPENAI_API_KEY=KEY),
        load(OPENAI_API_KEY=KEY, OPENAI_BASE_URL=url or ""),
        load(OPENAI_API_KEY=KEY, TOUCHLINE_BASE_URL=url or ""),
    ):
        assert settings.hosted_by_openai is theirs
        assert key(settings) == (KEY if theirs else None)


def test_x11_a_key_meant_for_the_host_is_sent() -> None:
    """TOUCHLINE_API_KEY and the argument hold for whatever host is named."""
    named: Options = {"base_url": ELSEWHERE}

    assert key(load(options=named, TOUCHLINE_API_KEY="mine", OPENAI_API_KEY=KEY)) == "mine"
    assert key(load(options={**named, "api_key": KEY}, OPENAI_API_KEY=KEY)) == KEY


@pytest.mark.parametrize("bad", ["sk-abc\ndef0123456789", "sk-abc def", "sk-“abc”", "sk-\x00abc"])
def test_x11_a_key_that_cannot_be_sent_is_refused(bad: str) -> None:
    """The message says what a key looks like, and does not show this one."""
    for options, environment in (({"api_key": bad}, {}), ({}, {"OPENAI_API_KEY": bad})):
        with pytest.raises(ConfigurationError, match="printable ASCII") as caught:
            Settings.load(None, options, environment=environment)  # type: ignore[arg-type]
        assert "(hidden)" in str(caught.value)
        assert "abc" not in str(caught.value)
        assert caught.value.__suppress_context__


@pytest.mark.parametrize("key_given", [KEY, f" {KEY}\n"])
def test_x11_no_text_of_the_settings_shows_the_key(key_given: str) -> None:
    """Neither repr, str, nor a dump holds it; space around it is cut."""
    settings = load(OPENAI_API_KEY=key_given)

    assert key(settings) == KEY
    for text in (repr(settings), str(settings), settings.model_dump_json(), f"{settings!r:>5}"):
        assert KEY not in text
    assert "api_key" not in repr(settings)


@pytest.mark.parametrize(
    ("options", "environment", "told"),
    [
        ({"style": "xml"}, {}, "setting `style` from the argument is `xml`"),
        ({}, {"TOUCHLINE_TIMEOUT": "soon"}, "`timeout` from the variable `TOUCHLINE_TIMEOUT`"),
        ({}, {"TOUCHLINE_RECORD": "once"}, "`record` from the variable `TOUCHLINE_RECORD` is"),
        ({"timeout": 0}, {}, "setting `timeout` from the argument is `0`"),
        ({"reasks": 6}, {"TOUCHLINE_REASKS": "1"}, "`reasks` from the argument is `6`"),
        ({"base_url": ["https://x"]}, {}, "setting `base_url` from the argument"),
        ({"tiemout": 3}, {}, "`tiemout` is not a setting of touchline; the settings are api_key"),
    ],
)
def test_a_wrong_value_is_told_with_its_origin(
    options: Any, environment: dict[str, str], told: str
) -> None:
    """The message names the field, the value, and the argument or variable it came from."""
    with pytest.raises(ConfigurationError) as caught:
        load(None, options, **environment)

    assert told in str(caught.value)


def test_the_model_in_force() -> None:
    """The one named; else the default where OpenAI is asked with a key; else the keyless one."""
    assert load("mine").with_model().model == "mine"
    assert load(TOUCHLINE_MODEL="theirs").with_model().model == "theirs"
    assert load("mine", TOUCHLINE_MODEL="theirs").model == "mine"
    assert load(OPENAI_API_KEY=KEY).with_model().model == DEFAULT_HOSTED_MODEL
    assert load().with_model().model == BUILTIN
    with pytest.raises(NoModel, match=r"OPENAI_API_KEY"):
        load(options={"base_url": OPENAI_BASE_URL}).with_model()


@pytest.mark.parametrize("variable", ["OPENAI_API_KEY", "TOUCHLINE_API_KEY", "NONE"])
def test_a_server_without_a_model_needs_a_name(variable: str) -> None:
    """Where a server is named, a key of OpenAI's is no way on; a model's name is."""
    settings = load(options={"base_url": ELSEWHERE}, **{variable: "k"})

    assert settings.chosen_model is None
    with pytest.raises(NoModel, match=r"TOUCHLINE_MODEL.*--cassettes") as caught:
        settings.with_model()
    assert "OPENAI_API_KEY" not in str(caught.value)


@pytest.mark.parametrize("name", ["id", "language", "published", "title", "url"])
def test_what_belongs_to_an_article_is_told(name: str) -> None:
    """Whoever passes a field of `Document` as a setting is told where it goes."""
    passed: Any = {name: "2024-03-12"}
    with pytest.raises(ConfigurationError) as caught:
        load(options=passed)

    assert f"`Document(text, {name}=…)`" in str(caught.value)
    assert "the settings are" not in str(caught.value)


def test_cassettes_are_in_a_folder(tmp_path: Path) -> None:
    """A file is refused; a folder that does not exist yet may be recorded into."""
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(ConfigurationError, match=r"/file`: it is a file, not a folder"):
        load(options={"cassettes": tmp_path / "file"})

    for folder in (tmp_path, tmp_path / "new", Path("x" * 9999), Path("a\0b")):
        assert load(options={"cassettes": folder}).cassettes == folder


def test_the_wire_style_in_force() -> None:
    """`strict` for OpenAI, `schema` for any other, and what is named before both."""
    assert load().wire_style == "strict"
    assert load(options={"base_url": ELSEWHERE}).wire_style == "schema"
    assert load(options={"base_url": ELSEWHERE, "style": "prompt"}).wire_style == "prompt"


def test_settings_are_a_value() -> None:
    """Frozen, equal by content, with a hash, and the same after a journey."""
    one, other = load("m", TOUCHLINE_SEED="3"), load("m", {"seed": 3})

    assert one == other
    assert hash(one) == hash(other)
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - our own bytes
    with pytest.raises(ValidationError, match="frozen"):
        one.model = "other"  # type: ignore[misc]


def test_the_surroundings_name_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """`doctor` is told which variables count; no key is among the values."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("TOUCHLINE_MODEL", "m")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:1")
    found, sources = surroundings(["https_proxy"])

    assert found["HTTPS_PROXY"] == "http://proxy.example:1"
    assert sources == {"api_key": "OPENAI_API_KEY", "model": "TOUCHLINE_MODEL"}
