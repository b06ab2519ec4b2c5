"""`touchline doctor`: what is in force here, and what is missing, without printing a secret."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchline.settings import Settings

__all__ = ["doctor"]

_LIBRARIES = ("touchline", "openai", "instructor", "pydantic", "vcrpy", "httpx2", "aiohttp")
_NETWORK = ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "ssl_cert_file")


def doctor() -> None:
    """Show the settings in force, their origin, prompts and versions. Connects to nothing."""
    from importlib.metadata import version

    from touchline.prompts import Prompts
    from touchline.settings import Settings, surroundings

    settings = Settings.load()
    network, sources = surroundings(_NETWORK)
    prompts = Prompts(settings.prompts)
    rows = [("python", sys.version.split()[0]), *((name, version(name)) for name in _LIBRARIES)]
    rows += _server(settings, sources)
    rows += (
        (name, f"{value} (from {sources[name]})" if name in sources else str(value))
        for name, value in settings.model_dump(exclude={"model", "base_url", "api_key"}).items()
    )
    rows += network.items()
    rows.append(("prompt set", f"{prompts.folder}, fingerprint {prompts.fingerprint}"))
    for name, value in rows:
        typer.echo(f"{name:19} {value}")


def _server(settings: Settings, sources: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Model, address and key: enough to see what would be asked, and never the key itself."""
    from touchline.settings import OPENAI_BASE_URL

    yield "model", settings.chosen_model or "none; name one with --model or TOUCHLINE_MODEL"
    yield "base_url", _without_password(settings.base_url or OPENAI_BASE_URL)
    source = sources.get("api_key")
    if source is None:
        yield "api_key", "not set"
    elif settings.api_key is None:
        yield "api_key", f"{source} is set, but is for OpenAI's host only; set TOUCHLINE_API_KEY"
    else:
        yield "api_key", f"set (from {source})"


def _without_password(url: str) -> str:
    """A URL without what may stand between its scheme and its host."""
    scheme, _, rest = url.partition("://")
    user, at, host = rest.rpartition("@")
    return f"{scheme}://{'…@' if at and user else ''}{host}"
