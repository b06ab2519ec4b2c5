"""Settings: one frozen value that travels from the caller to the client.

This is the only module that reads the environment. The order is: what the caller passes, then
`TOUCHLINE_*`, then `OPENAI_API_KEY` and `OPENAI_BASE_URL`, then the defaults below.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from touchline.errors import ConfigurationError
from touchline.options import RecordMode, WireStyle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from touchline.options import Options

__all__ = ["DEFAULT_HOSTED_MODEL", "OPENAI_BASE_URL", "Settings", "surroundings"]

OPENAI_BASE_URL = "https://api.openai.com/v1"
DEFAULT_HOSTED_MODEL = "gpt-5.4-mini"

_Seconds = Annotated[float, Field(gt=0, le=86_400)]


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

    @property
    def hosted_by_openai(self) -> bool:
        """Whether requests go to OpenAI's own host."""
        return (self.base_url or OPENAI_BASE_URL).startswith("https://api.openai.com/")

    @property
    def chosen_model(self) -> str | None:
        """The model in force: the one named, else the default where OpenAI's key is set."""
        if self.model is None and self.hosted_by_openai and self.api_key is not None:
            return DEFAULT_HOSTED_MODEL
        return self.model

    @property
    def wire_style(self) -> WireStyle:
        """The style in force: the one set, else the one that suits the host."""
        return self.style or ("strict" if self.hosted_by_openai else "schema")

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
        key_is_theirs = "api_key" in found and sources["api_key"] == "OPENAI_API_KEY"
        try:
            settings = cls.model_validate({**found, **passed})
        except ValidationError as error:
            raise ConfigurationError(_explained(error, passed, sources)) from None
        if key_is_theirs and "api_key" not in passed and not settings.hosted_by_openai:
            # A key of OpenAI's must not reach another host just because it lies around.
            settings = settings.model_copy(update={"api_key": None})
        return settings


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
    for field in Settings.model_fields:
        names = [f"TOUCHLINE_{field.upper()}"]
        if field in {"api_key", "base_url"}:
            names.append(f"OPENAI_{field.upper()}")
        for name in names:
            if environment.get(name):
                values[field], sources[field] = environment[name], name
                break
    return values, sources


def _explained(error: ValidationError, passed: dict[str, object], sources: dict[str, str]) -> str:
    """The first thing wrong with the settings, with its value and where it was set."""
    first = error.errors(include_url=False)[0]
    field = str(first["loc"][0])
    origin = "the argument" if field in passed else f"the variable `{sources.get(field, field)}`"
    if field not in Settings.model_fields:
        known = ", ".join(sorted(Settings.model_fields))
        return f"`{field}` is not a setting of touchline; the settings are {known}"
    value = "(hidden)" if field == "api_key" else f"`{first['input']}`"
    return f"setting `{field}` from {origin} is {value}: {first['msg']}"
