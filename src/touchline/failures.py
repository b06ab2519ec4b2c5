"""Errors of the OpenAI client as what they mean for the article or for the run.

Foreign errors stop here. A request that may be sent again is `Lost`, a response that would only
come again is `Unusable`, and what every article would meet is one of touchline's own errors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

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
from touchline.retry import Lost, http_date, retry_after
from touchline.transport import AnswerTooLarge, AnswerUndecodable

__all__ = ["Asked", "ParameterRefused", "of_error"]

_TOO_MANY_REQUESTS = 429
_LOST = frozenset({408, 409, _TOO_MANY_REQUESTS})
_SHOWN = 200
_ECHO = 40  # so many characters in a row of the article are a quotation of it
# Parameters that a server may not take; they are optional, so the request is sent without them.
_NO_ADDRESS = "no valid address"
_OPTIONAL = ("temperature", "seed")
# How servers say that a request does not fit, by code, type or in words.
_TOO_LONG = re.compile(
    r"context[_ ]length|exceed_context_size|maximum context|context size|context window"
    r"|prompt is too long|too many tokens|tokens exceed",
    re.IGNORECASE,
)
_FILTERED = frozenset({"content_filter", "content_policy_violation"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asked of whom: for messages, and for what must not stand in them.

    Attributes:
        url: where it was sent. model: who was asked.
        key: is blotted out wherever the server repeats it.
        article: where the server quotes it, the quotation is left out.
    """

    url: str
    model: str
    key: str | None = None
    article: str = ""


class ParameterRefused(Exception):
    """The server does not take an optional parameter.

    Attributes:
        name: the parameter's.
        rejection: what to raise where the request holds no such parameter.
    """

    def __init__(self, name: str, rejection: RequestRejected) -> None:
        super().__init__(name)
        self.name = name
        self.rejection = rejection


def of_error(error: openai.OpenAIError, asked: Asked) -> Exception:
    """What an error of the OpenAI client means: `Lost`, `Unusable`, or an error of touchline's.

    Args:
        error: any error that the client raises.
        asked: the request that it answers.
    """
    if isinstance(error, openai.APIStatusError):
        return _of_status(error, asked)
    if isinstance(error, openai.APIConnectionError):
        return _of_connection(error, asked)
    if isinstance(error, openai.APIError):
        return Lost(Failure("bad_envelope", f"the answer cannot be read: {_short(error.message)}"))
    return RequestRejected(f"the client of `{asked.url}` failed: {_short(str(error))}")


def _of_status(error: openai.APIStatusError, asked: Asked) -> Exception:
    """What a status other than 200 means."""
    status, said = error.status_code, _said(error, asked)
    if status in _LOST or status >= 500:
        return _passing(error, asked, said)
    if 300 <= status < 400:
        return _redirected(asked, _host(error.response.headers.get("location", "")), f" ({status})")
    if status in {401, 403}:
        return AccessDenied(
            f"`{asked.url}` refuses the key ({status}): {said}. Set TOUCHLINE_API_KEY, "
            "or for OpenAI's own host OPENAI_API_KEY"
        )
    if status == 402:
        return QuotaExhausted(f"the account at `{asked.url}` has no credit left: {said}")
    return _of_request(error, asked, said)


def _of_request(error: openai.APIStatusError, asked: Asked, said: str) -> Exception:
    """What a status means that finds fault with the request itself."""
    names = f"{error.code} {error.type}"[:_SHOWN]
    if error.status_code == 413 or _TOO_LONG.search(f"{names} {said}"):
        return Unusable("too_long", f"the request is too long for the model: {said}")
    if not _FILTERED.isdisjoint(names.split()):
        return Unusable("filtered", f"the provider's content filter refuses the article: {said}")
    rejection = RequestRejected(
        f"`{asked.url}` rejects the request for model `{asked.model}` ({error.status_code}): {said}"
    )
    for name in _OPTIONAL:
        if error.param == name or re.search(f"""['"`]{name}['"`]""", said):
            return ParameterRefused(name, rejection)
    return rejection


def _redirected(asked: Asked, target: str, status: str = "") -> Redirected:
    """A redirect, which is told and not followed."""
    return Redirected(
        f"`{asked.url}` redirects to `{target}`{status}; nothing was sent there. "
        "Set `base_url` to the right address"
    )


def _of_connection(error: openai.APIConnectionError, asked: Asked) -> Exception:
    """What a failure on the way means."""
    cause = error.__cause__
    if isinstance(cause, CassetteError):
        return cause
    if isinstance(cause, httpx2.RemoteProtocolError) and "location header" in str(cause):
        return _redirected(asked, _NO_ADDRESS)  # httpx2 reads where to, though it is not to follow
    why = _short(str(cause or "")) or type(cause or error).__name__
    if isinstance(cause, AnswerTooLarge):
        return Unusable("too_large", f"{why} (`max_response_bytes`)")
    if isinstance(cause, AnswerUndecodable):
        return Lost(Failure("bad_envelope", why), tries=2, answered=True)
    if isinstance(error, openai.APITimeoutError):
        return Lost(Failure("timeout", why))
    if "CERTIFICATE" in why.upper():
        why += "; if the server's certificate is your own, name it in SSL_CERT_FILE"
    return Lost(Failure("connection", f"the connection failed: {why}"))


def _passing(error: openai.APIStatusError, asked: Asked, said: str) -> Exception:
    """A status that may pass, unless the account is empty."""
    limited = error.status_code == _TOO_MANY_REQUESTS
    # The client does not check that what a server sends as a code is a text.
    if limited and "insufficient_quota" in (error.code, error.type):
        return QuotaExhausted(f"the account at `{asked.url}` has no credit left: {said}")
    failure = Failure(
        "rate_limited" if limited else "server_error",
        f"the server answers {error.status_code}: {said}",
    )
    headers = error.response.headers
    value, clock = headers.get("retry-after"), http_date(headers.get("date"))
    # A date is reckoned from the server's own clock where it tells that.
    sure = clock is not None or http_date(value) is None
    return Lost(failure, retry_after(value, now=clock), sure=sure, answered=limited)


def _said(error: openai.APIStatusError, asked: Asked) -> str:
    """What the server said: short, on one line, without the key and without the article."""
    body = error.body
    message = body.get("message") if isinstance(body, dict) else None
    text = message if isinstance(message, str) else error.response.text
    if asked.key:
        text = text.replace(asked.key, "[key]")
    line = _short(text)
    article = " ".join(asked.article.split())
    windows = range(len(line) - _ECHO + 1)
    if any(line[at : at + _ECHO] in article for at in windows):
        return "something that quotes the article"
    return line or "nothing"


def _short(text: str) -> str:
    """Foreign text on one line, short, without control characters."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())[:_SHOWN]


def _host(location: str) -> str:
    """The host that a redirect names, if it is a URL at all."""
    try:
        return _short(httpx2.URL(location).host) or "another path of it"
    except (httpx2.InvalidURL, UnicodeError):
        return _NO_ADDRESS
