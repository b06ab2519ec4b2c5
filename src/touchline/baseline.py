"""The prompt gate: a run against one that was blessed before, on the same gold.

A baseline is a small JSON file to be committed: the figures, the counts of each article, and what
was wrong, event by event, so that its diff tells what a change of prompt did. Two runs over the
same articles are compared in pairs, which shows far smaller differences than two intervals do.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from touchline.bootstrap import Draws, f1, percentiles
from touchline.errors import InvalidGold
from touchline.evaluation import SCORER
from touchline.figures import Counts, Interval, Signature

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from touchline.events import CoachingEvent
    from touchline.figures import ArticleResult, Evaluation, Outcome

__all__ = [
    "TOLERANCE",
    "Baseline",
    "BaselineArticle",
    "Comparison",
    "Difference",
    "Flip",
    "bless",
    "compare",
    "read_baseline",
]

TOLERANCE = 0.01
"""How far F1 may fall before a run counts as worse: one point of a hundred."""

_LABEL = ("type", "person", "team", "role", "status", "date", "honour")
_WHO = frozenset({"person", "team"})
_ROUNDING = 1e-9


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BaselineArticle(_Value):
    """What was not right in one article.

    Attributes:
        missed: labels of gold events that were not found.
        wrong: for gold events found with wrong fields, what was found in each.
        invented: labels of events that are not in the gold, with their first quote.
    """

    strict: Counts
    slots: Counts
    missed: tuple[str, ...] = ()
    wrong: dict[str, dict[str, str | None]] = {}
    invented: dict[str, str] = {}


class Baseline(_Value):
    """A blessed run."""

    schema_version: Literal[1] = 1
    signature: Signature
    figures: dict[str, float | None]
    articles: dict[str, BaselineArticle]

    def dump(self) -> str:
        """The baseline as JSON, one value a line, in an order that depends on nothing else."""
        told = self.model_dump(mode="json", by_alias=True)
        return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


class Difference(_Value):
    """One F1 before and now; the interval is that of the difference, article by article."""

    before: float | None
    now: float | None
    difference: float
    interval: Interval | None


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


class Comparison(_Value):
    """A run against its baseline; `worse` is what the gate goes by."""

    before: Signature
    now: Signature
    strict: Difference
    slots: Difference
    tolerance: float
    worse: bool
    flips: tuple[Flip, ...]


def bless(evaluation: Evaluation) -> Baseline:
    """Make a run the baseline of those to come."""
    figures = {
        "strict_precision": evaluation.strict.precision,
        "strict_recall": evaluation.strict.recall,
        "strict_f1": evaluation.strict.f1,
        "slots_f1": evaluation.slots.f1,
        "false_events_per_100": evaluation.false_events.per_100,
    }
    rounded = {name: value and round(value, 4) for name, value in figures.items()}
    return Baseline(
        signature=evaluation.signature,
        figures=rounded,
        articles={result.id: _article(result) for result in evaluation.articles},
    )


def read_baseline(path: str | Path, *, gold: str | None = None) -> Baseline:
    """Read a baseline from its file.

    Args:
        path: the file.
        gold: the digest of the gold that it must be of; None leaves that to `compare`.

    Raises:
        InvalidGold: it is not there, holds something else or is of another gold or scorer.
    """
    try:
        baseline = Baseline.model_validate_json(Path(path).read_bytes())
    except FileNotFoundError:
        raise InvalidGold(f"there is no baseline `{path}` yet; --bless writes it") from None
    except OSError as error:
        raise InvalidGold(f"`{path}` cannot be read: {error.strerror or error}") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise InvalidGold(
            f"`{path}` is no baseline: {where}: {first['msg']}; write it anew with --bless"
        ) from None
    if gold is not None:
        _check(baseline.signature, gold=gold, scorer=SCORER)
    return baseline


def compare(
    evaluation: Evaluation, baseline: Baseline, *, tolerance: float = TOLERANCE
) -> Comparison:
    """Hold a run against its baseline.

    Args:
        evaluation: the run.
        baseline: a run over the same gold.
        tolerance: how far the strict or the slots' F1 may fall, from 0 to 1.

    Raises:
        InvalidGold: gold or scorer are not those of the baseline.
    """
    now = evaluation.signature
    _check(baseline.signature, gold=now.gold, scorer=now.scorer)
    draws = Draws(len(evaluation.articles), count=evaluation.resamples, seed=evaluation.seed)
    pairs = [(baseline.articles[result.id], result) for result in evaluation.articles]
    strict = _difference([(one.strict, other.strict) for one, other in pairs], draws)
    slots = _difference([(one.slots, other.slots) for one, other in pairs], draws)
    worst = min(strict.difference, slots.difference)
    return Comparison(
        before=baseline.signature,
        now=now,
        strict=strict,
        slots=slots,
        tolerance=tolerance,
        worse=worst < -tolerance - _ROUNDING,
        flips=tuple(flip for one, other in pairs for flip in _flips(one, other)),
    )


def _check(signature: Signature, **now: str) -> None:
    """Refuse a baseline whose figures would not compare."""
    for name, value in now.items():
        before = getattr(signature, name)
        if before != value:
            raise InvalidGold(
                f"the baseline is of {name} `{before}`, this run of `{value}`: their figures do "
                "not compare; write the baseline anew with --bless"
            )


def _article(result: ArticleResult) -> BaselineArticle:
    told = dict(_labelled(result.outcomes))
    return BaselineArticle(
        strict=result.strict,
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

    Equal names are numbered, and apart for events that are in the gold and those that are not.
    """
    seen: Counter[tuple[bool, str]] = Counter()
    for item in outcomes:
        label = _label(item.gold or item.found)
        key = (item.gold is None, label)
        seen[key] += 1
        mark = "+ " if item.gold is None else ""
        yield mark + (f"{label} #{seen[key]}" if seen[key] > 1 else label), item


def _label(event: CoachingEvent | None) -> str:
    """An event on one line.

    >>> _label(None)
    ''
    """
    values = [getattr(event, name, None) for name in _LABEL]
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


def _difference(pairs: list[tuple[Counts, Counts]], draws: Draws) -> Difference:
    """The difference of two F1 on the same draws."""
    columns = [
        [getattr(counts, name) for counts in side]
        for side in zip(*pairs, strict=True)
        for name in ("right", "found", "gold")
    ]
    totals = [sum(column) for column in columns]
    before, now = _f1(totals[:3]), _f1(totals[3:])
    drawn = zip(*(draws.sums(column) for column in columns), strict=True)
    differences = ((_f1(six[3:]) or 0.0) - (_f1(six[:3]) or 0.0) for six in drawn)
    return Difference(
        before=before,
        now=now,
        difference=(now or 0.0) - (before or 0.0),
        interval=percentiles(differences),
    )


def _f1(counts: Sequence[int]) -> float | None:
    """F1 of right, found and gold."""
    right, *both = counts
    return f1(right, sum(both))


def _flips(before: BaselineArticle, result: ArticleResult) -> Iterator[Flip]:
    """What changed in one article, the worst first."""
    told = dict(_labelled(result.outcomes))
    flips = [
        flip
        for key, item in told.items()
        if item.gold is not None and (flip := _flip(before, key, item, result.id))
    ]
    for key, item in told.items():
        if item.verdict == "invented" and key not in before.invented:
            quotes = _quotes(item.found)
            flips.append(Flip(article=result.id, kind="invented", event=key[2:], evidence=quotes))
    for key, quote in before.invented.items():
        if key not in told:
            flips.append(
                Flip(article=result.id, kind="withdrawn", event=key[2:], evidence=(quote,))
            )
    order = ("lost", "invented", "changed", "gained", "withdrawn")
    yield from sorted(flips, key=lambda flip: order.index(flip.kind))


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
    return Flip(article=article, kind=kind, event=key, fields=fields, evidence=quotes)


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
