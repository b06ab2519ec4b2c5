"""Settings: one frozen value that travels from the caller to the client.

This is the only module that reads the environment. The order is: what the caller passes, then
`TOUCHLINE_*`, then `OPENAI_API_KEY` and `OPENAI_BASE_URL`, then the defaults below.
"""

from __future__ import annotations

import os
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from touchline.errors import ConfigurationError, NoModel
from touchline.options import RecordMode, WireStyle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from touchline.options import Options

__all__ = ["BUILTIN", "DEFAULT_HOSTED_MODEL", "OPENAI_BASE_URL", "Settings", "surroundings"]

OPENAI_BASE_URL = "https://api.openai.com/v1"
DEFAULT_HOSTED_MODEL = "gpt-5.4-mini"
BUILTIN = "builtin"
"""The model that needs no key and no network."""

_OPENAI_HOST = "api.openai.com"
_SENDABLE = re.compile(r"[\x21-\x7e]+")
_Seconds = Annotated[float, Field(gt=0, le=86_400)]


_NO_MODEL_THERE = (
    "a server is named with `base_url`, but no model on it. Name the model as that server calls it "
    "with `model` (--model NAME, TOUCHLINE_MODEL); or replay a recording with `cassettes` "
    "(--cassettes DIR)"
)
_NO_KEY = (
    "OpenAI's server is named with `base_url`, but there is no key for it. Set OPENAI_API_KEY; or "
    "leave `base_url` out and read by cue words, without a key, with `--model builtin`"
)
_OF_DOCUMENT = frozenset({"id", "language", "published", "title", "url"})


class Settings(BaseModel):
    """Everything that shapes a run, checked once.

    Attributes:
        model: the model's name at the server; None leaves it to `chosen_model`, or to a recording.
        base_url: an OpenAI-compatible server, up to and with `/v1`; None for OpenAI's own.
        api_key: sent to `base_url` only; never printed.
        style: how the schema is put to the server; None picks `strict` for OpenAI, else `schema`.
        prompts: a folder that replaces the packaged prompts.
        cassettes: a folder of recordings; None talks to the server.
        record: what `cassettes` is for.
        reasks: how often an answer that fails its checks is asked again.
        timeout: seconds for one request, from sending it to the last byte of its answer.
        deadline: seconds for one article, waits and re-asks included.
        max_wait: seconds that a `Retry-After` may ask for; beyond it the run stops.
        max_tries: requests sent for one answer before a failing transport counts as failed.
        max_response_bytes: size at which an answer is cut off and refused, decoded.
        max_chars: code points of article in one request; longer articles are split.
        max_article_chars: code points beyond which an article is skipped as `too_long`.
        seed: sent where the server takes one; None sends none.
        prefilter: skip articles without a coaching word instead of asking a model about them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False)

    model: str | None = None
    base_url: str | None = None
    api_key: SecretStr | None = Field(default=None, repr=False)
    style: WireStyle | None = None
    prompts: Path | None = None
    cassettes: Path | None = None
    record: RecordMode = "none"
    reasks: Annotated[int, Field(ge=0, le=5)] = 1
    timeout: _Seconds = 120.0
    deadline: _Seconds = 600.0
    max_wait: _Seconds = 60.0
    max_tries: Annotated[int, Field(ge=1, le=20)] = 5
    max_response_bytes: Annotated[int, Field(ge=1_000)] = 8_000_000
    max_chars: Annotated[int, Field(ge=500)] = 24_000
    max_article_chars: Annotated[int, Field(ge=500)] = 1_000_000
    seed: int | None = 0
    prefilter: bool = False

    @field_validator("base_url")
    @classmethod
    def _without_spaces(cls, url: str | None) -> str | None:
        return (url or "").strip() or None

    @field_validator("api_key")
    @classmethod
    def _sendable(cls, key: SecretStr | None) -> SecretStr | None:
        """Refuse here what an HTTP library would refuse later, with the key in its message."""
        value = key.get_secret_value().strip() if key is not None else ""
        if value and not _SENDABLE.fullmatch(value):
            message = "a key is printable ASCII without spaces"
            raise ValueError(message)
        return SecretStr(value) if value else None

    @field_validator("cassettes")
    @classmethod
    def _no_file(cls, folder: Path | None) -> Path | None:
        """Refuse a file here: each article would fail on it with an error of the system."""
        if folder is not None and _is_file(folder):
            message = "it is a file, not a folder of cassettes"
            raise ValueError(message)
        return folder

    @property
    def hosted_by_openai(self) -> bool:
        """Whether requests go to OpenAI's own host, or to one of its regions."""
        return _is_openai(self.base_url or OPENAI_BASE_URL)

    @property
    def chosen_model(self) -> str | None:
        """The model in force: the one named, else OpenAI's with its key, else the keyless one.

        None where a server is named and no model on it that it could be asked for.
        """
        if self.model is not None:
            return self.model
        if self.hosted_by_openai and self.api_key is not None:
            return DEFAULT_HOSTED_MODEL
        return BUILTIN if self.base_url is None else None

    @property
    def wire_style(self) -> WireStyle:
        """The style in force: the one set, else the one that suits the host."""
        return self.style or ("strict" if self.hosted_by_openai else "schema")

    def with_model(self) -> Settings:
        """The settings with the model that is to be asked.

        Raises:
            NoModel: a server is named and no model on it; the message lists the ways on.
        """
        if self.model is not None:
            return self
        if self.chosen_model is not None:
            return self.model_copy(update={"model": self.chosen_model})
        raise NoModel(_NO_KEY if self.hosted_by_openai else _NO_MODEL_THERE)

    def with_hosted_model(self, purpose: str) -> Settings:
        """The settings with a model behind a server.

        Args:
            purpose: what it is wanted for, as in "there is no model to …".

        Raises:
            NoModel: none is named and there is no default, or it is the keyless one.
        """
        asked = self.with_model()
        if asked.model == BUILTIN:
            raise NoModel(
                f"there is no model to {purpose}: set OPENAI_API_KEY, or name a model and a server "
                "(--model, --base-url); `builtin` is sent no request"
            )
        return asked

    @classmethod
    def load(
        cls,
        model: str | None = None,
        options: Options | None = None,
        *,
        environment: Mapping[str, str] | None = None,
    ) -> Settings:
        """Settle arguments and environment into one value.

        Args:
            model: the model's name; None leaves the choice to the environment.
            options: what the caller passed by keyword; a None in it counts as not passed.
            environment: stands in for `os.environ`.

        Raises:
            ConfigurationError: a value cannot be used; the message names where it came from.
        """
        environment = os.environ if environment is None else environment
        passed = {key: value for key, value in (options or {}).items() if value is not None}
        if model is not None:
            passed["model"] = model
        found, sources = _from_environment(environment)
        settle = _settled if _hashable(passed.values()) else _settled.__wrapped__
        try:
            return settle(tuple(passed.items()), tuple(found.items()), sources.get("api_key"))
        except ValidationError as error:
            raise ConfigurationError(_explained(error, passed, sources)) from None


@lru_cache(maxsize=64)
def _settled(
    passed: tuple[tuple[str, object], ...], found: tuple[tuple[str, str], ...], key_from: str | None
) -> Settings:
    """Settings from both, made once: a call per article should not check them again."""
    settings = Settings.model_validate({**dict(found), **dict(passed)})
    key_is_theirs = key_from == "OPENAI_API_KEY" and "api_key" not in dict(passed)
    if key_is_theirs and not settings.hosted_by_openai:
        # A key of OpenAI's must not reach another host just because it lies around.
        settings = settings.model_copy(update={"api_key": None})
    return settings


def _hashable(values: Iterable[object]) -> bool:
    try:
        hash(tuple(values))
    except TypeError:
        return False
    return True


def _is_file(path: Path) -> bool:
    """Whether something that is no folder stands at `path`; what cannot be seen may be one."""
    try:
        return path.exists() and not path.is_dir()
    except (OSError, ValueError):
        return False


@lru_cache(maxsize=64)
def _is_openai(url: str) -> bool:
    """Whether a URL leads to OpenAI over TLS; nothing may stand before the host's name."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    theirs = host == _OPENAI_HOST or host.endswith(f".{_OPENAI_HOST}")
    plain = "@" not in parts.netloc and "\\" not in url and port in {None, 443}
    return theirs and plain and parts.scheme == "https"


def surroundings(names: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Variables that are set, for `touchline doctor`: no secret is among the values.

    Returns:
        The values of the variables called `names`, in either case, as they are set; and for each
        setting that comes from the environment the variable that it comes from.
    """
    found = {
        name: os.environ[name]
        for plain in names
        for name in (plain, plain.upper())
        if os.environ.get(name)
    }
    return found, _from_environment(os.environ)[1]


def _from_environment(environment: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Values set in the environment, by field, and the variable that each came from."""
    values: dict[str, str] = {}
    sources: dict[str, str] = {}
    if _names().isdisjoint(environment):  # looked up on every call
        return values, sources
    for field, names in _variables():
        for name in names:
            if name in environment and (value := environment[name].strip()):
                values[field], sources[field] = value, name
                break
    return values, sources


@cache
def _variables() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The variables of each setting, the one that counts first."""
    shared = {"api_key", "base_url"}
    return tuple(
        (field, tuple(f"{owner}_{field.upper()}" for owner in ("TOUCHLINE", "OPENAI")))
        if field in shared
        else (field, (f"TOUCHLINE_{field.upper()}",))
        for field in Settings.model_fields
    )


@cache
def _names() -> frozenset[str]:
    """All variables that count."""
    return frozenset(name for _, names in _variables() for name in names)


def _explained(error: ValidationError, passed: dict[str, object], sources: dict[str, str]) -> str:
    """The first thing wrong with the settings, with its value and where it was set."""
    first = error.errors(include_url=False)[0]
    field = str(first["loc"][0])
    origin = "the argument" if field in passed else f"the variable `{sources.get(field, field)}`"
    if field in _OF_DOCUMENT:
        return (
            f"`{field}` is not a setting of touchline; it belongs to the article: "
            f"pass `Document(text, {field}=…)` in place of the text"
        )
    if field not in Settings.model_fields:
        known = ", ".join(sorted(Settings.model_fields))
        return f"`{field}` is not a setting of touchline; the settings are {known}"
    value = "(hidden)" if field == "api_key" else f"`{first['input']}`"
    why = first["msg"].removeprefix("Value error, ")
    return f"setting `{field}` from {origin} is {value}: {why}"
