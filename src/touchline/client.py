"""The hosted model: the OpenAI client and instructor behind `Model.ask`.

`instructor` runs the loop of validating an answer and asking again; what is valid is decided by a
`Review`, and what is asked again is said in our words. `touchline.wire` puts the request together,
because instructor's modes differ in what they send and all leave out `strict`.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import weakref
from collections.abc import AsyncGenerator, Mapping, Sequence  # noqa: TC003 - pydantic looks them up
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Self, cast

import httpx2
import instructor
import openai
from instructor.core.exceptions import InstructorRetryException, ResponseParsingError
from openai.types import CompletionUsage
from pydantic import BaseModel

from touchline.cassettes import current_tape
from touchline.envelope import Completion, Unusable, read_completion
from touchline.errors import ConfigurationError, RequestRejected
from touchline.failures import ParameterRefused, of_connection, of_status
from touchline.model import Failure, Reply
from touchline.prompts import Message
from touchline.recording import TapeTransport
from touchline.retry import Lost, Pacer
from touchline.settings import OPENAI_BASE_URL
from touchline.transport import BoundedTransport
from touchline.wire import request_body

if TYPE_CHECKING:
    from touchline.model import Review
    from touchline.prompts import Prompt
    from touchline.settings import Settings

__all__ = ["HostedModel"]

_CONNECT_SECONDS = 10.0
_FIXED_TEMPERATURE = ("gpt-5", "o1", "o3", "o4")  # families that take no other than their own


class HostedModel:
    """A model behind an OpenAI-compatible server. One client serves all calls of an event loop.

    Args:
        settings: with a model's name.

    Raises:
        ConfigurationError: the base URL is no http(s) URL.
    """

    def __init__(self, settings: Settings) -> None:
        url = settings.base_url or OPENAI_BASE_URL
        if not url.startswith(("http://", "https://")):
            message = f"`base_url` is `{url}`; it begins with http:// or https:// and ends in /v1"
            raise ConfigurationError(message)
        self.settings = settings
        self.name = settings.model or ""
        self._url = url
        self._clients: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, _Client] = (
            weakref.WeakKeyDictionary()
        )
        self._pacer = Pacer(max_tries=settings.max_tries, max_wait=settings.max_wait)
        self._parameters = _parameters(settings)
        # The mode names instructor's way to read an answer; what is sent is up to `wire`.
        self._create: Any = instructor.patch(create=_send, mode=instructor.Mode.JSON_SCHEMA)

    async def ask(self, prompt: Prompt, review: Review) -> Reply:
        """See `touchline.model.Model.ask`."""
        call = _Call(self, prompt, review)
        token = _in_call.set(True)
        try:
            await self._create(
                response_model=_REVIEWED,
                messages=[],
                context=_Unshown(call=call),
                strict=False,
                max_retries=self.settings.reasks,
                call=call,
            )
        except InstructorRetryException as error:
            cause = error.__cause__
            if isinstance(cause, (Lost, Unusable)):
                call.reply.failure = cause.failure
            elif not isinstance(cause, ResponseParsingError):  # else the review has the verdict
                raise (cause or error) from None
        finally:
            _in_call.reset(token)
        return call.reply

    async def complete(self, prompt: Prompt, extra: Sequence[Message], call: _Call) -> Completion:
        """Send a request until it is answered, without the parameters that the server refuses.

        Raises:
            Lost: no try is left. Unusable: the answer cannot be used.
        """
        tape = current_tape()
        replayed = tape is not None and tape.replaying
        style = self.settings.wire_style
        while True:
            parameters = dict(self._parameters)
            body = request_body(prompt, extra, style=style, parameters=parameters)
            attempt = partial(self._attempt, body, call)
            try:
                return await self._pacer.send(attempt, instantly=replayed)
            except ParameterRefused as error:
                if error.name not in parameters:
                    message = f"`{self._url}` refuses `{error.name}`, which was not sent"
                    raise RequestRejected(message) from None
                self._parameters.pop(error.name, None)

    async def _attempt(self, body: bytes, call: _Call) -> Completion:
        """Send one request and read its answer."""
        call.reply.attempts += 1
        client = self._client()
        try:
            async with asyncio.timeout(self.settings.timeout):
                response = await client.post(
                    "/chat/completions", cast_to=httpx2.Response, content=body
                )
        except TimeoutError:
            why = f"no whole answer within {self.settings.timeout:g} seconds"
            raise Lost(Failure("timeout", why)) from None
        except openai.APIStatusError as error:
            raise of_status(error, url=self._url, model=self.name) from None
        except openai.APIConnectionError as error:
            raise of_connection(error) from None
        return call.received(response.content, sent=len(body))

    def _client(self) -> openai.AsyncOpenAI:
        """The client of the running event loop."""
        loop = asyncio.get_running_loop()
        known = self._clients.get(loop)
        if known is None:
            known = self._clients[loop] = _Client(self._new_client())
        return known.client

    def _new_client(self) -> openai.AsyncOpenAI:
        settings = self.settings
        headers: dict[str, Any] = {"accept-encoding": "gzip"}
        if not settings.hosted_by_openai:
            # The SDK takes these from the environment and would send them to any host.
            headers |= dict.fromkeys(("OpenAI-Organization", "OpenAI-Project"), openai.omit)
        timeout = httpx2.Timeout(settings.timeout, connect=min(settings.timeout, _CONNECT_SECONDS))
        transport = TapeTransport(lambda: BoundedTransport(max_bytes=settings.max_response_bytes))
        return openai.AsyncOpenAI(
            api_key=settings.api_key.get_secret_value() if settings.api_key else "-",
            base_url=self._url,
            max_retries=0,
            timeout=timeout,
            default_headers=headers,
            http_client=httpx2.AsyncClient(
                transport=transport, timeout=timeout, follow_redirects=False
            ),
        )


class _Client:
    """A client that lives as long as its event loop.

    A loop finishes its asynchronous generators before it closes; this one closes the client.
    """

    def __init__(self, client: openai.AsyncOpenAI) -> None:
        self.client = client
        self._lifetime = self._live()
        # The first step registers the generator with the loop; it reaches `yield` without waiting.
        with contextlib.suppress(StopIteration):
            self._lifetime.asend(None).send(None)

    async def _live(self) -> AsyncGenerator[None]:
        try:
            yield
        finally:
            await self.client.close()


class _Call:
    """One question to a hosted model, over its retries and re-asks."""

    def __init__(self, model: HostedModel, prompt: Prompt, review: Review) -> None:
        self.reply = Reply()
        self._model = model
        self._prompt = prompt
        self._review = review
        self._problems: tuple[str, ...] = ()

    def reviewed(self, answer: str) -> tuple[str, ...]:
        """What is wrong with an answer."""
        self._problems = self._review(answer)
        return self._problems

    async def send(self, messages: Sequence[Mapping[str, Any]]) -> _Answered:
        """Send the prompt, and what instructor added to it when it asks again."""
        extra = [Message(each["role"], each["content"]) for each in messages]
        if extra:  # instructor wrote the last one; the words are ours
            extra[-1] = Message("user", self._prompt.reask(self._problems))
        completion = await self._model.complete(self._prompt, extra, self)
        return _Answered((_Choice(_Message(completion.text)),), _NO_USAGE)

    def received(self, content: bytes, *, sent: int) -> Completion:
        """Read an answer and account for it.

        Raises:
            Lost: it is worth another try. Unusable: it is not.
        """
        reply = self.reply
        try:
            completion = read_completion(content, asked=self._model.name, request_size=sent)
        except Unusable as error:
            if error.usage is not None:
                reply.usage.add(error.usage)
            if error.tries > 1:
                raise Lost(error.failure, tries=error.tries) from None
            raise
        reply.usage.add(completion.usage)
        reply.model = completion.model or reply.model
        reply.notes += (note for note in completion.notes if note not in reply.notes)
        return completion


async def _send(*, call: _Call, messages: list[Any], **_options: Any) -> _Answered:
    """What instructor takes for the API."""
    return await call.send(messages)


class _Unshown(dict[str, Any]):
    """A validation context that is falsy: with any other, instructor renders messages."""

    def __bool__(self) -> bool:
        return False


class _Reviewed(BaseModel):
    """What instructor validates: an answer is valid when its review finds nothing wrong."""

    @classmethod
    def model_json_schema(cls, *_args: Any, **_options: Any) -> dict[str, Any]:
        """Nothing: the schema on the wire is `answer_schema()`, put there by `wire`."""
        return {}

    @classmethod
    def model_validate_json(
        cls, json_data: str | bytes | bytearray, *, context: Any = None, **_options: Any
    ) -> Self:
        """Show the answer to the review that travels in `context`."""
        problems = context["call"].reviewed(str(json_data))
        if problems:
            raise ResponseParsingError("\n".join(problems))
        return cast("Self", cls.model_construct())


_REVIEWED = instructor.response_schema(_Reviewed)  # once: instructor would make a class per call

# What instructor reads of a completion: a small part of the SDK's own classes, and cheaper by far.
# It adds up usage on its own; ours is counted in `_Call`, so it is given zeros.
_NO_USAGE = CompletionUsage(completion_tokens=0, prompt_tokens=0, total_tokens=0)


@dataclass(frozen=True, slots=True)
class _Message:
    content: str
    role: str = "assistant"


@dataclass(frozen=True, slots=True)
class _Choice:
    message: _Message
    finish_reason: str = "stop"


@dataclass(frozen=True, slots=True)
class _Answered:
    choices: tuple[_Choice]
    usage: CompletionUsage


def _parameters(settings: Settings) -> dict[str, object]:
    """What is sent beside messages and schema."""
    parameters: dict[str, object] = {"model": settings.model or ""}
    if not parameters["model"].startswith(_FIXED_TEMPERATURE):  # type: ignore[attr-defined]
        parameters["temperature"] = 0
    if settings.seed is not None:
        parameters["seed"] = settings.seed
    return parameters


_in_call: ContextVar[bool] = ContextVar("touchline_in_call", default=False)


def _keep_articles_out(_record: logging.LogRecord) -> bool:
    """Drop what the libraries log of our calls: it holds articles and answers."""
    return not _in_call.get()


for _name in ("openai._base_client", "instructor", "instructor.v2", "instructor.v2.retry"):
    logging.getLogger(_name).addFilter(_keep_articles_out)
