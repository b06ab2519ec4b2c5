"""Errors of the OpenAI client as what they mean for the article or for the run.

Foreign errors stop here. A request that may be sent again is `Lost`, a response that would only
come again is `Unusable`, and what every article would meet is one of touchline's own errors.
"""

from __future__ import annotations

import httpx2
import openai

from touchline.envelope import Unusable
from touchline.errors import (
    AccessDenied,
    CassetteError,
    QuotaExhausted,
    Redirected,
    RequestRejected,
)
from touchline.model import Failure
from touchline.retry import Lost, retry_after
from touchline.transport import AnswerTooLarge, AnswerUndecodable

__all__ = ["ParameterRefused", "of_connection", "of_status"]

_TOO_MANY_REQUESTS = 429
_LOST = frozenset({408, 409, _TOO_MANY_REQUESTS})
_SHOWN = 200
# Parameters that a server may not take; they are optional, so the request is sent without them.
_OPTIONAL = ("temperature", "seed")


class ParameterRefused(Exception):
    """The server does not take an optional parameter.

    Attributes:
        name: the parameter's.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def of_status(error: openai.APIStatusError, *, url: str, model: str) -> Exception:
    """What a status other than 200 means.

    Args:
        error: the client's error for it.
        url: where it was asked, for the message.
        model: who was asked, for the message.
    """
    status, said = error.status_code, _said(error)
    if status in _LOST or status >= 500:
        return _passing(error, url=url, said=said)
    if 300 <= status < 400:
        target = _host(error.response.headers.get("location", ""))
        return Redirected(
            f"`{url}` redirects to `{target}` ({status}); nothing was sent there. "
            "Set `base_url` to the right address"
        )
    if status in {401, 403}:
        return AccessDenied(
            f"`{url}` refuses the key ({status}): {said}. Set TOUCHLINE_API_KEY, "
            "or for OpenAI's own host OPENAI_API_KEY"
        )
    if status == 413 or "context_length" in str(error.code) or "maximum context" in said:
        return Unusable("too_long", f"the request is too long for the model: {said}")
    for name in _OPTIONAL:
        if error.param == name or f"'{name}'" in said:
            return ParameterRefused(name)
    return RequestRejected(f"`{url}` rejects the request for model `{model}` ({status}): {said}")


def of_connection(error: openai.APIConnectionError) -> Exception:
    """What a failure on the way means."""
    cause = error.__cause__
    if isinstance(cause, CassetteError):
        return cause
    why = (str(cause) if cause is not None else "") or type(cause or error).__name__
    if isinstance(cause, AnswerTooLarge):
        return Unusable("too_large", why)
    if isinstance(cause, AnswerUndecodable):
        return Lost(Failure("bad_envelope", why), tries=2)
    if isinstance(error, openai.APITimeoutError):
        return Lost(Failure("timeout", why))
    if "CERTIFICATE" in why.upper():
        why += "; if the server's certificate is your own, name it in SSL_CERT_FILE"
    return Lost(Failure("connection", f"the connection failed: {why}"))


def _passing(error: openai.APIStatusError, *, url: str, said: str) -> Exception:
    """A status that may pass, unless the account is empty."""
    status = error.status_code
    if status == _TOO_MANY_REQUESTS and "insufficient_quota" in {error.code, error.type}:
        return QuotaExhausted(f"the account at `{url}` has no credit left: {said}")
    code = "rate_limited" if status == _TOO_MANY_REQUESTS else "server_error"
    wait = retry_after(error.response.headers.get("retry-after"))
    return Lost(Failure(code, f"the server answers {status}: {said}"), wait)


def _said(error: openai.APIStatusError) -> str:
    """What the server said, short, on one line and without control characters."""
    body = error.body
    message = body.get("message") if isinstance(body, dict) else None
    text = message if isinstance(message, str) else error.response.text
    line = "".join(c for c in " ".join(text.split()) if c.isprintable())
    return line[:_SHOWN] or "nothing"


def _host(location: str) -> str:
    """The host that a redirect names, if it is a URL at all."""
    try:
        return httpx2.URL(location).host or "another path of it"
    except httpx2.InvalidURL:
        return "no valid address"
