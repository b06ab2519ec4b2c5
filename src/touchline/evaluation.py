"""How well extractions meet the gold: `evaluate`, which neither reads nor prints.

Each article is tallied alone (`touchline.tally`); here the tallies are added up, and their spread
over the articles becomes the intervals.
"""

from __future__ import annotations

import statistics
from collections import Counter
from typing import TYPE_CHECKING

from touchline.bootstrap import LEVEL, RESAMPLES, SEED, Draws, ratio
from touchline.builtin import can_hold_event
from touchline.errors import InvalidGold
from touchline.events import EventType, Status
from touchline.figures import (
    Dates,
    Evaluation,
    EvidenceFigures,
    FalseEvents,
    Group,
    PrefilterFigures,
    RunFigures,
    Signature,
    Size,
)
from touchline.pairing import FIELDS, SCORER
from touchline.tally import UNKNOWN, tally
from touchline.totals import Totals, confusion

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from touchline.extraction import Extraction
    from touchline.gold import Gold
    from touchline.tally import Tally

__all__ = ["SCORER", "evaluate"]

_SHOWN = 5


def evaluate(
    gold: Gold, extractions: Iterable[Extraction], *, resamples: int = RESAMPLES, seed: int = SEED
) -> Evaluation:
    """Hold extractions against the gold.

    Args:
        gold: what `read_gold` gives.
        extractions: one for each article of the gold, in any order; those of other articles do
            not count. A failed one counts as one without events.
        resamples: draws behind each interval.
        seed: makes the intervals repeatable.

    Raises:
        InvalidGold: an article has no extraction or two, or was extracted from another text.
    """
    read = _by_article(gold, extractions)
    tallies = [tally(article, found) for article, found in zip(gold.articles, read, strict=True)]
    totals = Totals(tallies, Draws(len(tallies), count=resamples, seed=seed))
    return Evaluation(
        signature=_signature(gold, read),
        size=_size(gold),
        level=LEVEL,
        resamples=resamples,
        seed=seed,
        strict=totals.score("strict", whole=True),
        stated=totals.score("stated", whole=True),
        slots=totals.score("slots", whole=True),
        untyped=totals.score("untyped", whole=True),
        by_language=_by_language(gold, totals),
        by_type=totals.groups("type", EventType),
        by_status=totals.groups("status", Status),
        by_field={name: totals.score(f"field:{name}") for name in FIELDS},
        dates=_dates(totals),
        evidence=EvidenceFigures(
            slices=totals.rate(totals.right("quotes"), totals.answered("quotes")),
            overlap=totals.score("overlap"),
        ),
        exact_articles=totals.rate([t.result.exact for t in tallies], [1] * len(tallies)),
        false_events=_false_events(tallies),
        prefilter=_prefilter(gold, totals),
        duplicates=sum(item.duplicate for t in tallies for item in t.result.outcomes),
        types=confusion(t.types for t in tallies),
        statuses=confusion(t.statuses for t in tallies),
        run=_run(read, totals),
        articles=tuple(t.result for t in tallies),
    )


def _by_article(gold: Gold, extractions: Iterable[Extraction]) -> list[Extraction]:
    """The extraction of each article of the gold, in its order."""
    wanted = {document.id: document.sha256 for document in gold.documents}
    read: dict[str, Extraction] = {}
    for extraction in extractions:
        name = extraction.document.id
        if name not in wanted:
            continue
        if name in read:
            raise InvalidGold(f"article `{name}` has two extractions; give one")
        if extraction.document.sha256 != wanted[name]:
            raise InvalidGold(
                f"the extraction of article `{name}` is of another text than the gold's; "
                "extract it from the gold's text"
            )
        read[name] = extraction
    missing = [name for name in wanted if name not in read]
    if missing:
        more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
        raise InvalidGold(
            f"no extraction of `{'`, `'.join(missing[:_SHOWN])}`{more}: a figure without them "
            "would be of another gold; give one for each article, failed ones included"
        )
    return [read[name] for name in wanted]


def _signature(gold: Gold, read: Sequence[Extraction]) -> Signature:
    return Signature(
        prompt=_joined(extraction.prompt for extraction in read),
        schema_=_joined(extraction.schema_fingerprint for extraction in read),
        model=_joined(extraction.model for extraction in read),
        gold=gold.digest,
        scorer=SCORER,
    )


def _joined(names: Iterable[str | None]) -> str:
    """The one name that all share, or all of them; articles that were not sent have none."""
    return "+".join(sorted({name for name in names if name})) or "none"


def _size(gold: Gold) -> Size:
    empty = sum(not article.events for article in gold.articles)
    return Size(documents=len(gold.articles), without_events=empty, events=gold.events)


def _by_language(gold: Gold, totals: Totals) -> dict[str, Group]:
    """The figures by language, the largest first; `documents` counts those without events too."""
    sizes = Counter(document.language or UNKNOWN for document in gold.documents)
    groups = totals.groups("language", (name for name, _ in sizes.most_common()))
    return {
        name: group.model_copy(update={"documents": sizes[name]}) for name, group in groups.items()
    }


def _dates(totals: Totals) -> Dates:
    exact, contained = totals.right("date exact"), totals.right("date contained")
    matched, every = totals.right("date matched"), totals.gold("field:date")
    return Dates(
        exact=totals.rate(exact, matched),
        contained=totals.rate(contained, matched),
        exact_of_all=totals.rate(exact, every),
        contained_of_all=totals.rate(contained, every),
        missing=sum(totals.right("date missing")),
        spurious=sum(totals.right("date spurious")),
    )


def _prefilter(gold: Gold, totals: Totals) -> PrefilterFigures:
    """What the cheap test for coaching words says of each article."""
    told = [bool(article.events) for article in gold.articles]
    read = [can_hold_event(item.visible.text, item.language) for item in gold.documents]
    return PrefilterFigures(
        let_through=totals.rate([a and b for a, b in zip(told, read, strict=True)], told),
        ruled_out=totals.rate(
            [not (a or b) for a, b in zip(told, read, strict=True)], [not each for each in told]
        ),
    )


def _false_events(tallies: Sequence[Tally]) -> FalseEvents:
    empty = [counted.result.strict.found for counted in tallies if not counted.result.strict.gold]
    share = ratio(100 * sum(empty), len(empty))
    return FalseEvents(documents=len(empty), events=sum(empty), per_100=share)


def _run(read: Sequence[Extraction], totals: Totals) -> RunFigures:
    failed = [extraction.state == "failed" for extraction in read]
    sent = [extraction.attempts - 1 for extraction in read if extraction.attempts]
    seconds = [extraction.seconds for extraction in read]
    return RunFigures(
        states=dict(Counter(extraction.state for extraction in read)),
        reasons=dict(Counter(extraction.reason for extraction in read if extraction.reason)),
        failed=totals.rate(failed, [1] * len(read)),
        refused=sum(len(extraction.rejected) for extraction in read),
        reasks=ratio(sum(sent), len(sent)),
        requests=sum(extraction.usage.requests for extraction in read),
        input_tokens=sum(extraction.usage.input_tokens for extraction in read),
        output_tokens=sum(extraction.usage.output_tokens for extraction in read),
        tokens_estimated=any(extraction.usage.estimated for extraction in read),
        seconds=round(sum(seconds), 3),
        seconds_median=round(statistics.median(seconds), 3) if seconds else 0.0,
    )
