"""The prompt gate: a run against one that was blessed before, on the same gold.

A baseline is a small JSON file to be committed: the figures, the counts of each article, and what
was wrong, event by event, so that its diff tells what a change of prompt did. Two runs over the
same articles are compared in pairs, which shows far smaller differences than two intervals do.

A run is worse where an F1 fell by more than the tolerance (`strict`, `stated`, which wants the
status right too, or `slots`), or where articles without events got more events than before.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from touchline.bootstrap import Draws, f1, percentiles
from touchline.errors import InvalidGold, InvalidInput
from touchline.evaluation import SCORER
from touchline.figures import Interval, Signature
from touchline.flips import KINDS, BaselineArticle, Flip, flips, kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from touchline.figures import Counts, Evaluation
    from touchline.gold import Gold

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

_GATED = ("strict", "stated", "slots")
_ROUNDING = 1e-9
_SHOWN = 5


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


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
    """One F1 before and now; the interval is that of the difference, article by article.

    An F1 is null where nothing was found nor to be found. That is no fault: the difference counts
    it as 1.
    """

    before: float | None
    now: float | None
    difference: float
    interval: Interval | None


class Comparison(_Value):
    """A run against its baseline.

    Attributes:
        strict, stated, slots: the F1 that may not fall by more than the tolerance.
        false_events: events found in articles without events, before and now; more are worse.
        failed: articles without a usable answer; each had one before.
        worse: what the gate goes by.
        flips: the worst first.
    """

    before: Signature
    now: Signature
    strict: Difference
    stated: Difference
    slots: Difference
    false_events: tuple[int, int]
    failed: tuple[str, ...]
    tolerance: float
    worse: bool
    flips: tuple[Flip, ...]


def bless(evaluation: Evaluation) -> Baseline:
    """Make a run the baseline of those to come.

    Raises:
        InvalidGold: an article failed; a baseline without its answer would hide that from then on.
    """
    if failed := _failed(evaluation):
        more = f" and {len(failed) - _SHOWN} more" if len(failed) > _SHOWN else ""
        raise InvalidGold(
            f"no usable answer for `{'`, `'.join(failed[:_SHOWN])}`{more}: a run with failed "
            "articles is no baseline; ask for those again"
        )
    figures = {
        "strict_precision": evaluation.strict.precision,
        "strict_recall": evaluation.strict.recall,
        "strict_f1": evaluation.strict.f1,
        "stated_f1": evaluation.stated.f1,
        "slots_f1": evaluation.slots.f1,
        "false_events_per_100": evaluation.false_events.per_100,
    }
    rounded = {name: None if value is None else round(value, 4) for name, value in figures.items()}
    return Baseline(
        signature=evaluation.signature,
        figures=rounded,
        articles={result.id: kept(result) for result in evaluation.articles},
    )


def read_baseline(path: str | Path, *, gold: Gold | None = None) -> Baseline:
    """Read a baseline from its file.

    Args:
        path: the file.
        gold: what it must be of; None leaves that to `compare`.

    Raises:
        InvalidGold: it is not there, holds something else, is of another gold or scorer, or lacks
            an article.
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
        _check(baseline, f"the baseline `{path}`", gold=gold.digest, scorer=SCORER)
        _check_articles(baseline, f"the baseline `{path}`", [each.id for each in gold.documents])
    return baseline


def compare(
    evaluation: Evaluation, baseline: Baseline, *, tolerance: float = TOLERANCE
) -> Comparison:
    """Hold a run against its baseline.

    Args:
        evaluation: the run.
        baseline: a run over the same gold.
        tolerance: how far an F1 may fall, from 0 to 1.

    Raises:
        InvalidGold: gold or scorer are not those of the baseline, or it lacks an article.
        InvalidInput: the tolerance is another number, or none.
    """
    if not 0 <= tolerance <= 1:  # not a number neither, which no difference would be worse than
        raise InvalidInput(f"`tolerance` is `{tolerance}`; give a number from 0 to 1")
    now = evaluation.signature
    _check(baseline, "the baseline", gold=now.gold, scorer=now.scorer)
    _check_articles(baseline, "the baseline", [result.id for result in evaluation.articles])
    draws = Draws(len(evaluation.articles), count=evaluation.resamples, seed=evaluation.seed)
    pairs = [(baseline.articles[result.id], result) for result in evaluation.articles]
    strict, stated, slots = (
        _difference([(getattr(one, name), getattr(other, name)) for one, other in pairs], draws)
        for name in _GATED
    )
    empty = [pair for pair in pairs if not pair[1].strict.gold]
    false_events = sum(one.strict.found for one, _ in empty), sum(o.strict.found for _, o in empty)
    fallen = min(each.difference for each in (strict, stated, slots)) < -tolerance - _ROUNDING
    flipped = [flip for one, other in pairs for flip in flips(one, other)]
    return Comparison(
        before=baseline.signature,
        now=now,
        strict=strict,
        stated=stated,
        slots=slots,
        false_events=false_events,
        failed=_failed(evaluation),
        tolerance=tolerance,
        worse=fallen or false_events[1] > false_events[0],
        flips=tuple(sorted(flipped, key=lambda flip: KINDS.index(flip.kind))),
    )


def _failed(evaluation: Evaluation) -> tuple[str, ...]:
    """The articles of a run that have no usable answer."""
    return tuple(result.id for result in evaluation.articles if result.state == "failed")


def _check(baseline: Baseline, place: str, **now: str) -> None:
    """Refuse a baseline whose figures would not compare."""
    for name, value in now.items():
        before = getattr(baseline.signature, name)
        if before != value:
            raise InvalidGold(
                f"{place} is of {name} `{before}`, this run of `{value}`: their figures do "
                "not compare; write the baseline anew with --bless"
            )


def _check_articles(baseline: Baseline, place: str, wanted: Iterable[str]) -> None:
    """Refuse a baseline that somebody cut an article out of."""
    for name in wanted:
        if name not in baseline.articles:
            raise InvalidGold(f"{place} lacks article `{name}`; write it anew with --bless")


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
    differences = (_change(_f1(six[:3]), _f1(six[3:])) for six in drawn)
    return Difference(
        before=before,
        now=now,
        difference=_change(before, now),
        interval=percentiles(differences),
    )


def _change(before: float | None, now: float | None) -> float:
    """The difference of two F1; where nothing was found nor to be found all is right.

    >>> _change(None, None), _change(None, 0.0), _change(0.0, None)
    (0.0, -1.0, 1.0)
    """
    return (1.0 if now is None else now) - (1.0 if before is None else before)


def _f1(counts: Sequence[int]) -> float | None:
    """F1 of right, found and gold."""
    right, *both = counts
    return f1(right, sum(both))
