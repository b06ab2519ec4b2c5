"""Calling asynchronous code from synchronous code, wherever that runs.

One event loop in a thread of its own serves all synchronous calls of a process: inside a notebook's
running loop, from many threads at once, and after a fork. So they share one client and its
connections.
"""

from __future__ import annotations

import asyncio
import atexit
import contextvars
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

__all__ = ["run_anywhere", "run_at_once"]

T = TypeVar("T")

_GRACE_SECONDS = 5.0


class _Background:
    """An event loop in a daemon thread, started when it is first needed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def loop(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None or self._loop.is_closed():
                started = threading.Event()
                self._thread = threading.Thread(
                    target=self._serve, args=(started,), name="touchline", daemon=True
                )
                self._thread.start()
                started.wait()
            assert self._loop is not None
            return self._loop

    @property
    def is_this_thread(self) -> bool:
        """Whether the caller runs inside the loop, and would wait for itself."""
        return threading.current_thread() is self._thread

    def forget(self) -> None:
        """After a fork the child has no thread; it starts its own."""
        if self._loop is not None:
            # Its sockets and its selector are the parent's too. What ends in the child must not
            # take them out of the parent's hands: to it, the loop is closed.
            vars(self._loop)["_closed"] = True
            self._loop.set_exception_handler(lambda _loop, _context: None)
        self._lock = threading.Lock()
        self._loop = self._thread = None

    def stop(self) -> None:
        """Let the loop cancel its tasks and close the clients, and end the thread."""
        loop, thread = self._loop, self._thread
        if loop is not None and thread is not None and thread.is_alive():
            loop.call_soon_threadsafe(loop.stop)
            thread.join(timeout=_GRACE_SECONDS)

    def _serve(self, started: threading.Event) -> None:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        self._loop = loop
        loop.call_soon(started.set)
        try:
            loop.run_forever()
            loop.run_until_complete(_cancel_all())
            # The clients are closed by their generators.
            loop.run_until_complete(loop.shutdown_asyncgens())
        finally:
            loop.close()


_background = _Background()
atexit.register(_background.stop)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_background.forget)


def run_anywhere(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run `coroutine` to its end and return its result.

    The context variables of the caller hold inside. An interrupt cancels what is running and waits
    for it to end; a second one does not wait.
    """
    if _background.is_this_thread:  # synchronous code that asynchronous code of ours has called
        with ThreadPoolExecutor(max_workers=1) as pool:
            context = contextvars.copy_context()
            return pool.submit(context.run, asyncio.run, coroutine).result()
    loop = _background.loop()
    ended = threading.Event()
    tasks: list[asyncio.Task[T]] = []

    def start() -> None:
        tasks.append(loop.create_task(coroutine))
        tasks[0].add_done_callback(lambda _task: ended.set())

    def cancel() -> None:
        for task in tasks:
            task.cancel()
        if not tasks:  # the interrupt came before the call below
            coroutine.close()
            ended.set()

    try:
        loop.call_soon_threadsafe(start)  # the context of this call is that of the task
        ended.wait()
    except BaseException:
        loop.call_soon_threadsafe(cancel)
        ended.wait(timeout=_GRACE_SECONDS)
        raise
    return tasks[0].result()


def run_at_once(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that awaits nothing, and return its result; it needs no loop.

    Raises:
        RuntimeError: it waits for something.
    """
    try:
        coroutine.send(None)
    except StopIteration as stopped:
        result: T = stopped.value
        return result
    coroutine.close()
    message = "a coroutine that was to end at once waits for something"
    raise RuntimeError(message)


async def _cancel_all() -> None:
    """Cancel what still runs in the loop and wait for its end."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
