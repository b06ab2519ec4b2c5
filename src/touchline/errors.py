"""Every error that touchline raises, drawn as a tree.

::

    TouchlineError
    ├── InvalidInput (ValueError)        what the caller passed cannot be used
    │   ├── InvalidDate                  a date outside touchline's EDTF profile
    │   ├── InvalidDocument              a file or record that holds no document
    │   └── InvalidGold                  gold, extractions or a baseline that cannot be measured
    ├── ConfigurationError               settings, prompts or the server's answer to them
    │   ├── NoModel                      a server is named and no model on it, or none to record
    │   ├── PromptError                  a prompt folder that cannot be rendered
    │   ├── AccessDenied                 401, 403: the key is missing, wrong or not allowed
    │   ├── RequestRejected              400, 404, 422: the server refuses the request itself
    │   └── Redirected                   3xx: the server is elsewhere; nothing was sent there
    ├── RunStopped                       going on makes no sense, for this article or any other
    │   ├── QuotaExhausted               429 `insufficient_quota`
    │   ├── RetryTooLate                 the server asks for a longer wait than `max_wait`
    │   └── ServiceDown                  too many failures of the transport in a row
    ├── ExtractionFailed                 one article has no usable answer; `.code` tells
    └── CassetteError                    a recording cannot be replayed
        ├── CassetteMissing              there is none
        ├── CassetteStale                it answers another prompt, schema, model or article
        └── CassetteCorrupt              it cannot be read

A failure of one article is a value inside the library (`Failure`) and becomes `ExtractionFailed`
only where a caller asked for events and nothing else. No error of another library gets out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from touchline.extraction import Extraction

__all__ = [
    "AccessDenied",
    "CassetteCorrupt",
    "CassetteError",
    "CassetteMissing",
    "CassetteStale",
    "ConfigurationError",
    "ExtractionFailed",
    "InvalidDate",
    "InvalidDocument",
    "InvalidGold",
    "InvalidInput",
    "NoModel",
    "PartialExtraction",
    "PromptError",
    "QuotaExhausted",
    "Redirected",
    "RequestRejected",
    "RetryTooLate",
    "RunStopped",
    "ServiceDown",
    "TouchlineError",
]


class TouchlineError(Exception):
    """The root: catch this to catch all that touchline raises on purpose."""


class InvalidInput(TouchlineError, ValueError):
    """What the caller passed cannot be used."""


class InvalidDate(InvalidInput):
    """A date that touchline's EDTF profile does not hold."""


class InvalidDocument(InvalidInput):
    """A file, line or record that holds no document."""


class InvalidGold(InvalidInput):
    """Gold, or what is to be measured against it, that cannot be used."""


class ConfigurationError(TouchlineError):
    """Settings, prompts or credentials are wrong; every article would fail alike."""


class NoModel(ConfigurationError):
    """A server is named and no model on it, or there is none that could be recorded."""


class PromptError(ConfigurationError):
    """A prompt folder that cannot be read, rendered or proved."""


class AccessDenied(ConfigurationError):
    """The server refuses the key (401, 403)."""


class RequestRejected(ConfigurationError):
    """The server refuses the request itself (400, 404, 422): model, schema or a parameter."""


class Redirected(ConfigurationError):
    """The server answers with a redirect; it was not followed."""


class RunStopped(TouchlineError):
    """Going on makes no sense, for this article or for any other."""


class QuotaExhausted(RunStopped):
    """The account has no credit left (429 `insufficient_quota`)."""


class RetryTooLate(RunStopped):
    """The server asks for a longer wait than `max_wait`.

    Attributes:
        seconds: how long the server asked to wait.
    """

    def __init__(self, message: str, *, seconds: float) -> None:
        super().__init__(message)
        self.seconds = seconds


class ServiceDown(RunStopped):
    """Too many requests in a row failed on their way."""


class ExtractionFailed(TouchlineError):
    """One article has no usable answer.

    Attributes:
        code: the reason, one of `touchline.model.FAILURES`.
        extraction: the whole record, with document, usage and attempts.
    """

    def __init__(self, message: str, *, code: str, extraction: Extraction) -> None:
        super().__init__(message)
        self.code = code
        self.extraction = extraction


class CassetteError(TouchlineError):
    """A recording cannot be replayed."""


class CassetteMissing(CassetteError):
    """There is no recording for this article."""


class CassetteStale(CassetteError):
    """The recording answers another request.

    Attributes:
        changed: what differs: some of `prompt`, `schema`, `model`, `style`, `article`, `request`.
    """

    def __init__(self, message: str, *, changed: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.changed = changed


class CassetteCorrupt(CassetteError):
    """The recording cannot be read."""


class PartialExtraction(UserWarning):
    """Some events of an article were refused; the rest is returned."""
