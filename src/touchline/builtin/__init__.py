"""The built-in reader: coaching events by cue words, with no key, no network and no training."""

from __future__ import annotations

from touchline.builtin.model import BuiltinModel, can_hold_event

__all__ = ["BuiltinModel", "can_hold_event"]
