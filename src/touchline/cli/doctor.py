"""`touchline doctor`: what is in force here, and what is missing, without printing a secret."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from touchline.cli.codes import ExitCode
from touchline.cli.output import show
from touchline.errors import ConfigurationError, PromptError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from touchline.settings import Settings

__all__ = ["doctor"]

_LIBRARIES = ("touchline", "openai", "instructor", "pydantic", "vcrpy", "httpx2", "aiohttp")
_NETWORK = ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "ssl_cert_file")


def doctor() -> None:
    """Show the settings in force, their origin, prompts and versions. Connects to nothing."""
    from importlib.metadata import version

    from touchline.settings import Settings, surroundings

    settings = Settings.load()
    network, sources = surroundings(_NETWORK)
    rows = [("python", sys.version.split()[0]), *((name, version(name)) for name in _LIBRARIES)]
    rows += _server(settings, sources)
    refused = _refusal(settings.base_url)
    if refused:
        rows.append(("", f"this address will be refused: {refused}"))
    rows += _others(settings, sources)
    rows += ((name, _bare(value)) for name, value in network.items())
    usable, prompt_set = _prompt_set(settings.prompts)
    rows.append(("prompt set", prompt_set))
    for name, value in rows:
        show(f"{name:19} {value}")
    if refused or not usable:
        raise typer.Exit(ExitCode.UNUSABLE)


def _server(settings: Settings, sources: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Model, address and key: enough to see what would be asked, and never the key itself."""
    from touchline.settings import BUILTIN, OPENAI_BASE_URL

    nothing = "none; name one with --model or TOUCHLINE_MODEL, or replay with --cassettes"
    chosen = settings.chosen_model or nothing
    if settings.model is None and chosen == BUILTIN:
        chosen = "builtin, which reads by cue words: no model is named and no key is set"
    yield "model", _from("model", chosen, sources)
    yield "base_url", _from("base_url", _bare(settings.base_url or OPENAI_BASE_URL), sources)
    source = sources.get("api_key")
    if source is None:
        yield "api_key", "not set"
    elif settings.api_key is None:
        yield "api_key", f"{source} is set, but is for OpenAI's host only; set TOUCHLINE_API_KEY"
    else:
        yield "api_key", f"set (from {source})"


def _others(settings: Settings, sources: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The other settings, with the values that stand in for what is not set."""
    derived = {"style": settings.wire_style}
    for name in type(settings).model_fields:
        if name not in {"model", "base_url", "api_key"}:
            value = derived.get(name, getattr(settings, name))
            yield name, _from(name, "not set" if value is None else str(value), sources)


def _refusal(url: str | None) -> str | None:
    """Why an address cannot be used, without what may be secret in it; None where it can."""
    from touchline.transport import check_address

    try:
        check_address(url or "https://host/v1")
    except ConfigurationError as error:
        return str(error).replace(url or "", _bare(url or ""))
    return None


def _from(name: str, value: str, sources: dict[str, str]) -> str:
    return f"{value} (from {sources[name]})" if name in sources else value


def _prompt_set(folder: Path | None) -> tuple[bool, str]:
    """Whether the prompt set can be used, and which it is, or why not."""
    from touchline.prompts import Prompts

    try:
        prompts = Prompts(folder)
    except PromptError as error:
        return False, str(error)
    return True, f"{prompts.folder}, fingerprint {prompts.fingerprint}"


def _bare(url: str) -> str:
    """A URL without what may be secret in it: a user's name and password, and its query.

    >>> _bare("http://me:secret@proxy.example:3128"), _bare("https://host/v1?key=secret")
    ('http://…@proxy.example:3128', 'https://host/v1?…')
    >>> _bare("me:secret@proxy.example:3128"), _bare("localhost, .example.org")
    ('…@proxy.example:3128', 'localhost, .example.org')
    """
    scheme, mark, rest = url.partition("://") if "://" in url else ("", "", url)
    rest, query, _ = rest.partition("?")
    user, at, host = rest.rpartition("@")
    return f"{scheme}{mark}{'…@' if at and user else ''}{host}{'?…' if query else ''}"
