"""Exit codes: what a script learns from the end of a command."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["ExitCode"]


class ExitCode(IntEnum):
    """How a command ended; those above 128 are a shell's own, 128 and a signal's number.

    >>> ExitCode.STOPPED == 3
    True
    """

    DONE = 0
    """All is done, or was rightly skipped."""
    SOME_FAILED = 1
    """An article is partial or failed; a check found something."""
    UNUSABLE = 2
    """Usage, settings, or a file that cannot be read or written."""
    STOPPED = 3
    """Going on made no sense."""
    CASSETTE = 4
    """A cassette is missing, stale or corrupt."""
    WORSE = 5
    """An evaluation fell below its baseline."""
    INTERRUPTED = 130
    PIPE_CLOSED = 141
    TERMINATED = 143
