"""Who reads the article: touchline, and what its user would otherwise call.

The others get their requests ready made, byte for byte what touchline sends; touchline's own time
includes making the prompt, proving each quote and settling each date.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aiohttp
import instructor
from openai import AsyncOpenAI

from benchmarks.articles import EVENTS, MODEL, article
from touchline import Document, Reader, aextract_events
from touchline.events import Answer, answer_schema
from touchline.prompts import Prompts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

__all__ = [
    "AIOHTTP",
    "BARE",
    "INSTRUCTOR",
    "OPENAI",
    "READER",
    "TOUCHLINE",
    "Contender",
    "contenders",
]

AIOHTTP = "aiohttp alone: one POST, nothing read"
OPENAI = "plain openai"
BARE = "plain openai, without the schema"
INSTRUCTOR = "plain instructor, JSON_SCHEMA"
TOUCHLINE = "touchline aextract_events()"
READER = "touchline Reader.read()"

_KEY = "benchmark-key"


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to read an article.

    Attributes:
        name: as the table has it.
        prepare: makes the input for an article's number, off the clock.
        read: reads it.
    """

    name: str
    prepare: Callable[[int], Any]
    read: Callable[[Any], Awaitable[object]]


@contextlib.asynccontextmanager
async def contenders(base_url: str) -> AsyncIterator[dict[str, Contender]]:
    """All contenders by name, their clients open for the block."""
    async with (
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session,
        AsyncOpenAI(base_url=base_url, api_key=_KEY) as client,
        AsyncOpenAI(base_url=base_url, api_key=_KEY) as patched,
    ):
        every = (
            _aiohttp(session, base_url),
            _openai(OPENAI, client, _options()),
            _openai(BARE, client, {"model": MODEL, "temperature": 0, "seed": 0}),
            _instructor(patched),
            _touchline(base_url),
            _reader(base_url),
        )
        yield {contender.name: contender for contender in every}


def _options() -> dict[str, Any]:
    """What touchline sends beside the messages."""
    named = {"name": "events", "schema": answer_schema()}
    response_format = {"type": "json_schema", "json_schema": named}
    return {"model": MODEL, "temperature": 0, "seed": 0, "response_format": response_format}


def _messages(prompts: Prompts, number: int) -> list[dict[str, str]]:
    """What touchline asks about an article."""
    prompt = prompts.render(Document(article(number)))
    return [{"role": message.role, "content": message.content} for message in prompt.messages]


def _aiohttp(session: aiohttp.ClientSession, base_url: str) -> Contender:
    prompts, options = Prompts(), _options()
    headers = {"Authorization": f"Bearer {_KEY}", "Content-Type": "application/json"}

    def prepare(number: int) -> bytes:
        return json.dumps({"messages": _messages(prompts, number), **options}).encode()

    async def read(body: bytes) -> object:
        url = f"{base_url}/chat/completions"
        async with session.post(url, data=body, headers=headers) as response:
            return await response.read()

    return Contender(AIOHTTP, prepare, read)


def _openai(name: str, client: AsyncOpenAI, options: dict[str, Any]) -> Contender:
    prompts = Prompts()

    async def read(messages: Any) -> object:
        completion = await client.chat.completions.create(messages=messages, **options)
        return completion.choices[0].message.content

    return Contender(name, lambda number: _messages(prompts, number), read)


def _instructor(client: AsyncOpenAI) -> Contender:
    prompts = Prompts()
    patched = instructor.from_openai(client, mode=instructor.Mode.JSON_SCHEMA)

    async def read(messages: Any) -> object:
        answer = await patched.chat.completions.create(
            messages=messages,
            response_model=Answer,
            max_retries=1,
            model=MODEL,
            temperature=0,
            seed=0,
        )
        assert len(answer.events) == len(EVENTS)
        return answer

    return Contender(INSTRUCTOR, lambda number: _messages(prompts, number), read)


def _touchline(base_url: str) -> Contender:
    async def read(text: str) -> object:
        events = await aextract_events(text, model=MODEL, base_url=base_url, api_key=_KEY)
        assert len(events) == len(EVENTS)
        return events

    return Contender(TOUCHLINE, article, read)


def _reader(base_url: str) -> Contender:
    reader = Reader(MODEL, base_url=base_url, api_key=_KEY)

    async def read(document: Document) -> object:
        extraction = await reader.read(document)
        assert extraction.state == "done", extraction.issues
        return extraction

    return Contender(READER, lambda number: Document(article(number)), read)
