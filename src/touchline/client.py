"""The hosted model: the OpenAI client and instructor behind `Model.ask`.

`instructor` runs the loop of validating an answer and asking again; what is valid is decided by a
`Review`, and what is asked again is said in our words. `touchline.wire` puts the request together,
because instructor's modes differ in what they send and all leave out `strict`.
"""

from __future__ import annotations

import asyncio
import logging
import weakref
from collections.abc import Mapping, Sequence  # noqa: TC003 - pydantic looks them up
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Self

import httpx2
import instructor
import openai
from instructor.core import retry_async
from instructor.core.exceptions import InstructorRetryException, ResponseParsingError
from openai.types import CompletionUsage

from touchline.cassettes import current_tape
from touchline.envelope import Completion, Unusable, read_completion
from touchline.failures import Asked, ParameterRefused, of_error
from touchline.lifetimes import LoopBound, close_all
from touchline.model import Failure, Reply
from touchline.promptset import Message
from touchline.recording import TapeTransport
from touchline.retry import Lost, Pacer
from touchline.settings import OPENAI_BASE_URL
from touchline.transport import BoundedTransport, check_address
from touchline.wire import request_body, request_parameters

if TYPE_CHECKING:
    from touchline.model import Review
    from touchline.promptset import Prompt
    from touchline.settings import Settings

__all__ = ["HostedModel"]

_CONNECT_SECONDS = 10.0


class HostedModel:
    """A model behind an OpenAI-compatible server. One client serves all calls of an event loop.

    Args:
        settings: with a model's name.

    Raises:
        ConfigurationError: the base URL is no http(s) URL, or holds a password.
    """

    def __init__(self, settings: Settings) -> None:
        url = settings.base_url or OPENAI_BASE_URL
        check_address(url)
        self._key = settings.api_key.get_secret_value() if settings.api_key else None
        self.settings = settings
        self.name = settings.model or ""
        self._url = url
        self._clients: dict[asyncio.AbstractEventLoop, LoopBound[openai.AsyncOpenAI]] = {}
        # Unlike a garbage collector's order of things, this closes before it warns of what is open.
        weakref.finalize(self, close_all, self._clients).atexit = False
        self._pacer = Pacer(max_tries=settings.max_tries, max_wait=settings.max_wait)
        self._parameters = request_parameters(settings)

    async def ask(self, prompt: Prompt, review: Review) -> Reply:
        """See `touchline.model.Model.ask`."""
        call = _Call(self, prompt, review)
        token = _in_call.set(True)
        try:
            async with asyncio.timeout(self.settings.deadline):
                await self._converse(call)
        except TimeoutError:
            why = f"no answer within the deadline of {self.settings.deadline:g} seconds"
            call.reply.failure = Failure("timeout", why)
        except InstructorRetryException as error:
            cause = error.__cause__
            if isinstance(cause, (Lost, Unusable)):
                call.reply.failure = self._without_key(cause.failure)
            elif not isinstance(cause, ResponseParsingError):  # else the review has the verdict
                raise (cause or error) from None
        finally:
            _in_call.reset(token)
        return call.reply

    async def _converse(self, call: _Call) -> None:
        """Ask, and ask again: instructor's loop, without what its `patch` does to a request."""
        await retry_async(
            _send,
            _REVIEWED,
            args=(),
            kwargs={"messages": [], "call": call},
            context=_Unshown(call=call),
            strict=False,
            max_retries=self.settings.reasks,
            mode=instructor.Mode.JSON_SCHEMA,
        )

    async def complete(
        self, prompt: Prompt, extra: Sequence[Message], *, call: _Call
    ) -> Completion:
        """Send a request until it is answered, without the parameters that the server refuses.

        Raises:
            Lost: no try is left. Unusable: the answer cannot be used.
        """
        tape = current_tape()
        replayed = tape is not None and tape.replaying
        style = self.settings.wire_style
        while True:
            body = request_body(prompt, extra, style=style, parameters=call.parameters)
            attempt = partial(self._attempt, body, call)
            try:
                return await self._pacer.send(attempt, instantly=replayed)
            except ParameterRefused as error:
                if call.parameters.pop(error.name, None) is None:
                    raise error.rejection from None
                if tape is None:  # a recording tells of the refusal itself, for each article
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
        except openai.OpenAIError as error:
            asked = Asked(self._url, self.name, key=self._key, article=call.article)
            raise of_error(error, asked) from None
        return call.received(response.content, sent=len(body))

    def parameters(self) -> dict[str, object]:
        """What is sent beside messages and schema, as far as the server is known to take it."""
        return dict(self._parameters)

    def _without_key(self, failure: Failure) -> Failure:
        """A failure whose words do not repeat the key, should the server have done so."""
        return replace(failure, why=failure.why.replace(self._key or "\n", "[key]"))

    def _client(self) -> openai.AsyncOpenAI:
        """The client of the running event loop."""
        loop = asyncio.get_running_loop()
        known = self._clients.get(loop)
        if known is None:
            forget = partial(self._clients.pop, loop, None)
            known = self._clients[loop] = LoopBound(self._new_client(), forget)
        return known.client

    def _new_client(self) -> openai.AsyncOpenAI:
        settings = self.settings
        timeout = httpx2.Timeout(settings.timeout, connect=min(settings.timeout, _CONNECT_SECONDS))
        transport = TapeTransport(lambda: BoundedTransport(max_bytes=settings.max_response_bytes))
        kind = openai.AsyncOpenAI if settings.hosted_by_openai else _Elsewhere
        return kind(
            api_key=self._key or "-",
            base_url=self._url,
            max_retries=0,
            timeout=timeout,
            default_headers={"accept-encoding": "gzip"},
            http_client=httpx2.AsyncClient(
                transport=transport,
                timeout=timeout,
                follow_redirects=False,
                event_hooks={"response": [_read_as_utf8]},
            ),
        )


class _Elsewhere(openai.AsyncOpenAI):
    """The client for hosts that are not OpenAI's: these headers and the key, and nothing else.

    The SDK takes organisation, project and any header in OPENAI_CUSTOM_HEADERS from the
    environment, and would send them to whatever host it is given.
    """

    @property
    def default_headers(self) -> dict[str, str | openai.Omit]:
        """The headers of every request."""
        return {
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
            "Content-Type": "application/json",
            "User-Agent": "touchline",
        }


async def _read_as_utf8(response: httpx2.Response) -> None:
    """Read what a server says in UTF-8: with some charsets that it may name, the SDK would fail."""
    response.encoding = "utf-8"


class _Call:
    """One question to a hosted model, over its retries and re-asks."""

    def __init__(self, model: HostedModel, prompt: Prompt, review: Review) -> None:
        self.reply = Reply()
        self.parameters = model.parameters()
        self.article = prompt.part.text
        self._model = model
        self._prompt = prompt
        self._review = review
        self._reasks: list[str] = []

    def reviewed(self, answer: str) -> tuple[str, ...]:
        """What is wrong with an answer."""
        problems = self._review(answer)
        if problems:
            self._reasks.append(self._prompt.reask(problems))
        return problems

    async def send(self, messages: Sequence[Mapping[str, Any]]) -> _Answered:
        """Send the prompt, and what instructor added to it when it asks again."""
        words = iter(self._reasks)  # in place of instructor's, with which the model is not asked
        extra = [
            Message("user", next(words)) if each["role"] == "user" else _told(each)
            for each in messages
        ]
        completion = await self._model.complete(self._prompt, extra, call=self)
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
                raise Lost(error.failure, tries=error.tries, answered=True) from None
            raise
        reply.usage.add(completion.usage)
        reply.model = completion.model or reply.model
        reply.notes += (note for note in completion.notes if note not in reply.notes)
        return completion


def _told(message: Mapping[str, Any]) -> Message:
    """An answer as instructor repeats it to the model."""
    return Message("assistant", message["content"])


async def _send(*, call: _Call, messages: list[Any], **_options: Any) -> _Answered:
    """What instructor takes for the API."""
    return await call.send(messages)


class _Unshown(dict[str, Any]):
    """A validation context that is falsy: with any other, instructor renders messages."""

    def __bool__(self) -> bool:
        return False


class _Reviewed:
    """What instructor validates: an answer is valid when its review finds nothing wrong.

    No pydantic model: instructor looks at every attribute of one, at each call.
    """

    @classmethod
    def model_validate_json(
        cls, json_data: str, *, context: Mapping[str, _Call], strict: bool
    ) -> Self:
        """Show the answer to the review that travels in `context`."""
        assert not strict  # there is nothing here that could be strict
        problems = context["call"].reviewed(json_data)
        if problems:
            raise ResponseParsingError("\n".join(problems))
        return cls()


_REVIEWED: Any = _Reviewed  # instructor's types ask for a model; it calls the method above only

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


_in_call: ContextVar[bool] = ContextVar("touchline_in_call", default=False)


def _keep_articles_out(_record: logging.LogRecord) -> bool:
    """Drop what the libraries log of our calls: it holds articles and answers."""
    return not _in_call.get()


for _name in ("openai._base_client", "instructor", "instructor.v2", "instructor.v2.retry"):
    logging.getLogger(_name).addFilter(_keep_articles_out)
