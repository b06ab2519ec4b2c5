"""Clients that end with their event loop, or before it when they are told to."""

from __future__ import annotations

import asyncio

from touchline.lifetimes import LoopBound, close_all


class Client:
    """A client that notes what happens to it."""

    def __init__(self) -> None:
        self.said: list[str] = []

    async def close(self) -> None:
        """Close after a turn of the loop."""
        await asyncio.sleep(0)
        self.said.append("closed")

    def forget(self) -> None:
        """Note that nobody is given this client any more."""
        self.said.append("forgotten")


def test_a_client_ends_with_its_loop() -> None:
    """The loop closes it, after it was forgotten, while it still runs."""
    client = Client()
    kept: list[object] = []

    async def work() -> None:
        kept.append(LoopBound(client, client.forget))
        await asyncio.sleep(0)
        assert client.said == []

    asyncio.run(work())

    assert client.said == ["forgotten", "closed"]


def test_a_client_ends_before_its_loop() -> None:
    """Told to close, it is closed some turns later, and once."""
    client = Client()

    async def work() -> None:
        close_all({asyncio.get_running_loop(): LoopBound(client, client.forget)})
        for _ in range(5):
            await asyncio.sleep(0)
        assert client.said == ["forgotten", "closed"]

    asyncio.run(work())

    assert client.said == ["forgotten", "closed"]


def test_a_closed_loop_closes_nothing_again() -> None:
    """What ended with its loop is passed over."""
    client = Client()
    known: dict[asyncio.AbstractEventLoop, LoopBound[Client]] = {}

    async def work() -> None:
        known[asyncio.get_running_loop()] = LoopBound(client, client.forget)

    asyncio.run(work())
    close_all(known)

    assert client.said == ["forgotten", "closed"]
