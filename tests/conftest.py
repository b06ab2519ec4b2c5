"""What every test stands on: no network, a clean environment, the same random examples each time.

The network is shut when the session starts, for doctests in src/ as well. A test that tries to
leave the machine gets `NetworkBlocked` and, should something swallow that error, fails at its end.
"""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

settings.register_profile("touchline", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("touchline")

OWN_VARIABLES = ("OPENAI_", "TOUCHLINE_")
TERMINAL_VARIABLES = ("COLUMNS", "FORCE_COLOR", "GITHUB_ACTIONS", "NO_COLOR", "PY_COLORS")
BLOCK = pytest.StashKey[pytest.MonkeyPatch]()
ATTEMPTS: list[str] = []
"""The hosts that were asked for since the test began."""


class NetworkBlocked(OSError):
    """A test tried to reach another machine; an `OSError`, so that sockets get closed."""


def pytest_sessionstart(session: pytest.Session) -> None:
    """Shut the network and drop the variables that steer touchline or the width of its output."""
    patch = session.config.stash[BLOCK] = pytest.MonkeyPatch()
    for name in list(os.environ):
        if name.startswith(OWN_VARIABLES) or name in TERMINAL_VARIABLES:
            patch.delenv(name)
    # asyncio and every HTTP library end in these; names are looked up at each call.
    for name in ("connect", "connect_ex", "sendto"):
        patch.setattr(socket.socket, name, _guarded_method(getattr(socket.socket, name)))
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
        patch.setattr(socket, name, _guarded_lookup(getattr(socket, name)))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Open the network again, for whoever runs pytest inside a larger program."""
    session.config.stash[BLOCK].undo()


@pytest.fixture(autouse=True)
def network_attempts() -> Iterator[list[str]]:
    """Fail a test that tried to leave the machine; a test of the block clears the list."""
    ATTEMPTS.clear()
    yield ATTEMPTS
    if ATTEMPTS:
        pytest.fail(f"the test tried to reach {', '.join(ATTEMPTS)}", pytrace=False)


@pytest.fixture
def in_tmp_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder and return it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _guarded_method(method: Callable[..., Any]) -> Callable[..., Any]:
    """Check the address, a method's last argument, before the call. Unix sockets pass."""

    def guarded(self: socket.socket, *args: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            _check(args[-1][0])
        return method(self, *args)

    return guarded


def _guarded_lookup(lookup: Callable[..., Any]) -> Callable[..., Any]:
    """Check the host, a lookup's first argument, before the call. An address needs no lookup."""

    def guarded(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name and not _is_address(name):
            _check(name)
        return lookup(host, *args, **kwargs)

    return guarded


def _check(host: str) -> None:
    """Let loopback pass; note and refuse anything else."""
    if host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback):
        return
    ATTEMPTS.append(host)
    message = (
        f"the network is shut in tests: `{host}` was asked for. "
        "Replay a cassette, or serve on 127.0.0.1."
    )
    raise NetworkBlocked(errno.ENETUNREACH, message)


def _is_address(host: str) -> bool:
    """Tell an IP address from a name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
