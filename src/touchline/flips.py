"""What became of each event in two runs over the same article.

A baseline keeps what was wrong, event by event, under names that depend on the gold alone; from
those and the outcomes of another run follow the events whose fate changed.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from touchline.figures import Counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from touchline.events import CoachingEvent
    from touchline.figures import ArticleResult, Outcome

__all__ = ["KINDS", "BaselineArticle", "Flip", "flips", "kept"]

KINDS = ("lost", "invented", "changed", "gained", "withdrawn")
"""The kinds of flips, the worst first."""

_LABEL = ("type", "person", "team", "role", "status", "date", "honour")
_WHO = frozenset({"person", "team"})


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BaselineArticle(_Value):
    """What was not right in one article.

    Attributes:
        missed: gold events that were not found, each by its label and where its first quote begins.
        wrong: for gold events found with wrong fields, what was found in each.
        invented: labels of events that are not in the gold, with their first quote.
    """

    strict: Counts
    stated: Counts
    slots: Counts
    missed: tuple[str, ...] = ()
    wrong: dict[str, dict[str, str | None]] = {}
    invented: dict[str, str] = {}


class Flip(_Value):
    """An event whose fate changed.

    Attributes:
        kind: `lost` and `gained`: found now or before alone. `changed`: found both times, with
            other fields right. `invented`: not in the gold, new. `withdrawn`: no longer invented.
        fields: what was found in each field before and now.
        evidence: quotes: the gold's where it is lost, else those of the event found.
    """

    article: str
    kind: Literal["lost", "invented", "changed", "gained", "withdrawn"]
    event: str
    fields: dict[str, tuple[str | None, str | None]] = {}
    evidence: tuple[str, ...] = ()


def kept(result: ArticleResult) -> BaselineArticle:
    """What a baseline keeps of an article."""
    told = dict(_labelled(result.outcomes))
    return BaselineArticle(
        strict=result.strict,
        stated=result.stated,
        slots=result.slots,
        missed=tuple(sorted(key for key, item in told.items() if item.verdict == "missed")),
        wrong={key: found for key, item in told.items() if (found := _wrong(item))},
        invented={
            key: item.found.evidence[0].quote
            for key, item in told.items()
            if item.verdict == "invented" and item.found is not None
        },
    )


def _labelled(outcomes: Iterable[Outcome]) -> Iterator[tuple[str, Outcome]]:
    """Each outcome by a readable name of its event, the gold's where there is one.

    An event of the gold has the place of its first quote in its name, in code points, so that its
    name depends on the gold alone. Equal names are numbered in the order of the text.
    """
    seen: Counter[str] = Counter()
    for item in sorted(outcomes, key=_place):
        start, _ = _place(item)
        label = _label(item.event)
        key = f"{label} @{start}" if item.gold else f"+ {label}"
        seen[key] += 1
        yield (f"{key} #{seen[key]}" if seen[key] > 1 else key), item


def _place(item: Outcome) -> tuple[int, str]:
    """Where the first quote of an outcome's event begins, the gold's where there is one."""
    event = item.event
    return min(quote.start for quote in event.evidence), event.model_dump_json()


def _label(event: CoachingEvent) -> str:
    """An event on one line."""
    values = [getattr(event, name) for name in _LABEL]
    return " | ".join(str(value) for value in values if value is not None)


def _wrong(item: Outcome) -> dict[str, str | None]:
    """What was found in the fields that are wrong."""
    if item.gold is None or item.found is None:
        return {}
    return {name: _told(item.found, name) for name in item.wrong}


def _told(event: CoachingEvent, name: str) -> str | None:
    """A field of an event as text."""
    value = getattr(event, name)
    if isinstance(value, BaseModel):
        return value.model_dump_json(exclude_none=True)
    return None if value is None else str(value)


def flips(before: BaselineArticle, result: ArticleResult) -> Iterator[Flip]:
    """What changed in one article."""
    told = dict(_labelled(result.outcomes))
    for key, item in told.items():
        if item.gold is not None and (flip := _flip(before, key, item, result.id)):
            yield flip
        if item.verdict == "invented" and key not in before.invented:
            quotes = _quotes(item.found)
            yield Flip(article=result.id, kind="invented", event=key[2:], evidence=quotes)
    for key, quote in before.invented.items():
        if key not in told:
            yield Flip(article=result.id, kind="withdrawn", event=key[2:], evidence=(quote,))


def _flip(before: BaselineArticle, key: str, item: Outcome, article: str) -> Flip | None:
    """What changed for one event of the gold, if anything did."""
    assert item.gold is not None
    was, now = before.wrong.get(key, {}), _wrong(item)
    had = key not in before.missed and _WHO.isdisjoint(was)
    has = item.verdict == "found"
    if had == has and was == now and (key in before.missed) == (item.verdict == "missed"):
        return None
    kind: Literal["lost", "gained", "changed"] = "changed"
    if had != has:
        kind = "gained" if has else "lost"
    both = key not in before.missed and item.found is not None
    fields = _changed(item.gold, was, now) if both else {}
    quotes = _quotes(item.gold if item.found is None else item.found)
    label = _label(item.gold)
    return Flip(article=article, kind=kind, event=label, fields=fields, evidence=quotes)


def _changed(
    gold: CoachingEvent, was: dict[str, str | None], now: dict[str, str | None]
) -> dict[str, tuple[str | None, str | None]]:
    """What was found before and now, in the fields where the two differ; right is as the gold."""

    def both(name: str) -> tuple[str | None, str | None]:
        right = _told(gold, name)
        return was.get(name, right), now.get(name, right)

    named = dict.fromkeys((*was, *now))
    return {name: both(name) for name in named if both(name)[0] != both(name)[1]}


def _quotes(event: CoachingEvent | None) -> tuple[str, ...]:
    return tuple(item.quote for item in event.evidence) if event else ()
