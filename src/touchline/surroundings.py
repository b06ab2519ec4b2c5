"""The `use_cassettes` block that a call stands in, known without loading what cassettes need."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from touchline.options import RecordMode

__all__ = ["AMBIENT", "ambient"]

AMBIENT: ContextVar[tuple[Path, RecordMode] | None] = ContextVar(
    "touchline_cassettes", default=None
)
"""Folder and mode of the innermost block."""


def ambient() -> tuple[Path, RecordMode] | None:
    """Give the folder and mode of the `use_cassettes` block we are in."""
    return AMBIENT.get()
