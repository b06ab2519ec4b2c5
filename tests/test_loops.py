"""Synchronous calls from anywhere: threads, running loops, children, and under interrupts."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from typing import TYPE_CHECKING

import pytest

from fault_server import FaultServer, completion, hang
from hosted import EVENT, TEXT, Clock, hosted, read
from touchline import loops
from touchline.api import aextract, extract
from touchline.loops import run_anywhere

if TYPE_CHECKING:
    from collections.abc import Callable

COLOUR: ContextVar[str] = ContextVar("colour", default="none")


async def colour() -> str:
    """Give the colour in force, after a turn of the loop."""
    await asyncio.sleep(0)
    return COLOUR.get()


def test_results_and_errors_come_back() -> None:
    """A result is returned, an error is raised as it is."""

    async def fails() -> None:
        await asyncio.sleep(0)
        raise KeyError("gone")

    assert run_anywhere(colour()) == "none"
    with pytest.raises(KeyError, match="gone"):
        run_anywhere(fails())


def test_context_variables_hold_inside() -> None:
    """What the caller has set holds in the coroutine, per thread."""

    def coloured(name: str) -> str:
        token = COLOUR.set(name)
        try:
            return run_anywhere(colour())
        finally:
            COLOUR.reset(token)

    names = [str(number) for number in range(20)]
    with ThreadPoolExecutor(max_workers=8) as pool:
        assert list(pool.map(coloured, names)) == names
    assert run_anywhere(colour()) == "none"


def test_p16_inside_a_running_loop() -> None:
    """A notebook's loop may be running: the synchronous call works in it."""
    with FaultServer(completion([EVENT])) as server:

        async def notebook() -> str:
            return read(server).state

        assert asyncio.run(notebook()) == "done"

    assert len(server.requests) == 1


def test_p16_several_loops_and_threads_at_once() -> None:
    """One model serves several event loops and many threads, and nothing gets mixed up."""
    with FaultServer(completion([EVENT])) as server:
        model = hosted(server)

        async def several() -> list[str]:
            results = await asyncio.gather(*(aextract(TEXT, model=model) for _ in range(4)))
            return [result.state for result in results]

        def synchronous(_number: int) -> str:
            return extract(TEXT, model=model).state

        with ThreadPoolExecutor(max_workers=12) as pool:
            own = [pool.submit(asyncio.run, several()) for _ in range(4)]
            shared = list(pool.map(synchronous, range(16)))
            states = [state for each in own for state in each.result()]

    assert {*states, *shared} == {"done"}
    assert (len(states), len(shared), len(server.requests)) == (16, 16, 32)
    assert server.connections <= 16 + 12


def test_threads_share_one_client() -> None:
    """Synchronous calls run in one loop, so that they share its connections."""
    with FaultServer(completion([EVENT])) as server:
        model = hosted(server)
        for _ in range(5):
            extract(TEXT, model=model)

    assert (len(server.requests), server.connections) == (5, 1)


def test_a_call_from_within_does_not_wait_for_itself() -> None:
    """Asynchronous code that calls synchronous code of ours is not locked up."""

    async def within() -> str:
        return run_anywhere(colour())

    token = COLOUR.set("red")
    try:
        with ThreadPoolExecutor(max_workers=1) as pool:
            future = pool.submit(run_anywhere, within())
            assert future.result(timeout=5) == "none"
        assert run_anywhere(within()) == "red"
    finally:
        COLOUR.reset(token)


def press_ctrl_c() -> None:
    """Interrupt the main thread, from another one."""
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)


def test_p07_an_interrupt_cancels_and_waits() -> None:
    """Ctrl-C ends the call, and when it comes out nothing is running any more."""
    ended = threading.Event()

    async def slow() -> None:
        try:
            press_ctrl_c()
            await asyncio.sleep(30)
        finally:
            await asyncio.sleep(0.05)
            ended.set()

    with pytest.raises(KeyboardInterrupt):
        run_anywhere(slow())

    assert ended.is_set()
    assert run_anywhere(colour()) == "none"


def test_p07_an_interrupt_closes_the_connection() -> None:
    """Ctrl-C during a request hangs up; the next call works."""
    with FaultServer(hang(), completion([EVENT])) as server:
        model = hosted(server)

        def interrupt() -> None:
            while not server.requests:
                threading.Event().wait(0.005)
            press_ctrl_c()

        threading.Thread(target=interrupt).start()
        with pytest.raises(KeyboardInterrupt):
            extract(TEXT, model=model)
        assert extract(TEXT, model=model).state == "done"

    assert (len(server.requests), server.connections) == (2, 2)


def test_a_loop_of_its_own_can_be_stopped_and_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of the loop cancels what runs and leaves no thread; the next call starts anew."""
    background = loops._Background()
    monkeypatch.setattr(loops, "_background", background)
    begun, cancelled = threading.Event(), threading.Event()

    async def slow() -> None:
        begun.set()
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:
            cancelled.set()
            raise

    with FaultServer(completion([EVENT])) as server, ThreadPoolExecutor(max_workers=1) as pool:
        assert read(server).state == "done"
        running = pool.submit(run_anywhere, slow())
        begun.wait(timeout=5)
        thread = background._thread
        background.stop()
        assert isinstance(running.exception(timeout=5), asyncio.CancelledError)
        assert cancelled.is_set()
        assert thread is not None
        assert not thread.is_alive()
        assert read(server).state == "done"
        background.stop()
        background.stop()


def in_child(work: Callable[[], None]) -> int:
    """Do some work in a forked child and give its exit code: 0, or 1 where it raised."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # 3.12 warns of forks beside threads
        child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")
def test_p16_after_a_fork() -> None:
    """A child starts a loop and a client of its own, and its end does not cut off the parent."""
    with FaultServer(completion([EVENT])) as server:
        model = hosted(server, timeout=2, max_tries=1)

        def work() -> None:
            inherited = list(model._clients)
            assert extract(TEXT, model=model).state == "done"
            for loop in inherited:
                del model._clients[loop]
            gc.collect()  # as at the end of a program: the parent's connection is let go

        assert extract(TEXT, model=model).state == "done"
        assert in_child(work) == 0
        assert extract(TEXT, model=model).state == "done"

    assert (len(server.requests), server.connections) == (3, 2)


def test_p16_the_pause_is_shared_by_loops(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a server asks of one loop holds for calls from another."""
    clock = Clock().rule(monkeypatch)
    with FaultServer(completion([])) as server:
        model = hosted(server)
        model._pacer._open_at = clock.now + 30
        assert extract(TEXT, model=model).state == "done"
        assert asyncio.run(aextract(TEXT, model=model)).state == "done"

    assert 30 <= sum(clock.waits) <= 31
