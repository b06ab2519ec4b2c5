"""Replaying recorded answers, with no network to fall back on."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import yaml

from benchmarks.articles import EVENTS, MODEL, short_article
from benchmarks.measure import Aim, Row, all_at_once, cpu_of, ratios
from touchline import Document, Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measure import Scale

__all__ = ["replay"]

_MOST_MILLISECONDS = Aim(2.0, of_value=True)


def replay(server: str, scale: Scale) -> Iterator[Row]:
    """CPU of replaying one cassette after the other, against reading the same files as YAML."""
    articles = [Document(short_article(n), id=f"news-{n}") for n in range(scale.cassettes)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        recording = Reader(
            MODEL, base_url=f"{server}/0/v1", api_key="-", cassettes=folder, record="new"
        )
        asyncio.run(all_at_once(recording.read, articles, in_flight=8))
        files = sorted(folder.glob("*.yaml"))
        assert len(files) == scale.cassettes
        with _no_network():
            _replay(folder, articles[:10])
            read, replayed = [], []
            for _ in range(min(scale.rounds, 5)):
                read.append(cpu_of(lambda: _load(files)) / len(files))
                replayed.append(cpu_of(lambda: _replay(folder, articles)) / len(files))
    yield Row(
        "replay",
        f"{scale.cassettes} cassettes through Reader.read()",
        value=statistics.median(replayed) * 1_000,
        unit="ms CPU an answer",
        baseline="yaml.load(CSafeLoader) of the same files",
        base=statistics.median(read) * 1_000,
        ratio=ratios(replayed, read),
        aim=_MOST_MILLISECONDS,
    )


def _replay(folder: Path, articles: list[Document]) -> None:
    reader = Reader(cassettes=folder)

    async def read(document: Document) -> None:
        extraction = await reader.read(document)
        assert len(extraction.events) == len(EVENTS), extraction.issues

    asyncio.run(all_at_once(read, articles, in_flight=1))


def _load(files: list[Path]) -> None:
    for file in files:
        yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)


@contextlib.contextmanager
def _no_network() -> Iterator[None]:
    """Refuse every connection for a block."""
    refused = mock.Mock(side_effect=OSError("a replay opens no connection"))
    with mock.patch.multiple(socket.socket, connect=refused, connect_ex=refused):
        yield
