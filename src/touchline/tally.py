"""One article against its gold: pairs, counts and what became of each event."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from touchline.figures import ArticleResult, Counts, Outcome
from touchline.merging import same_event
from touchline.pairing import (
    agreeing,
    covered,
    dates_agree,
    filled,
    is_strict,
    leftover_pairs,
    pairs,
    unclear_names,
    untyped_pairs,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from touchline.events import CoachingEvent
    from touchline.extraction import Extraction
    from touchline.figures import Verdict
    from touchline.gold import GoldArticle

__all__ = ["UNKNOWN", "Tally", "tally"]

UNKNOWN = "unknown"
"""The language of articles that tell none."""

_ORDER = {"missed": 0, "invented": 1, "near": 2, "found": 3}


@dataclass
class Tally:
    """The numbers of one article, by name: `strict`, `type:honour slots`, `field:date`...

    Attributes:
        result: what is told of the article.
        right, found, gold: counts by the name of a figure.
        types, statuses: how often the gold's (first) was told as the other (second).
    """

    result: ArticleResult
    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    types: Counter[tuple[str, str]] = field(default_factory=Counter)
    statuses: Counter[tuple[str, str]] = field(default_factory=Counter)

    def counts(self, name: str) -> Counts:
        """The counts of one figure."""
        return Counts(right=self.right[name], found=self.found[name], gold=self.gold[name])


def tally(article: GoldArticle, extraction: Extraction) -> Tally:
    """Hold what was found in an article against its gold."""
    gold, found = article.events, extraction.events
    paired = pairs(gold, found)
    others = leftover_pairs(gold, found, taken=paired)
    unclear = unclear_names(gold, found)
    result = ArticleResult(
        id=article.document.id,
        language=article.document.language,
        state=extraction.state,
        reason=extraction.reason,
        refused=len(extraction.rejected),
        strict=Counts(),
        stated=Counts(),
        slots=Counts(),
        outcomes=(
            *_known(gold, found, paired=paired, others=others, unclear=unclear),
            *_invented(gold, found, paired=paired, others=others),
        ),
    )
    counted = Tally(result)
    language = f"language:{article.document.language or UNKNOWN} "
    for side, events in ((counted.gold, gold), (counted.found, found)):
        for event in events:
            _count_event(side, event, language)
    for row, column in paired:
        agreed = agreeing(gold[row], found[column], unclear=unclear)
        _count_pair(counted, gold[row], found[column], agreed=agreed, language=language)
    counted.types.update((gold[row].type, found[column].type) for row, column in others)
    counted.right["untyped"] = len(untyped_pairs(gold, found))
    _count_quotes(counted, found, article.document.text)
    counts = {name: counted.counts(name) for name in ("strict", "stated", "slots")}
    outcomes = tuple(sorted(result.outcomes, key=_place))
    counted.result = result.model_copy(update={**counts, "outcomes": outcomes})
    return counted


def _known(
    gold: Sequence[CoachingEvent],
    found: Sequence[CoachingEvent],
    *,
    paired: Sequence[tuple[int, int]],
    others: Sequence[tuple[int, int]],
    unclear: Collection[str],
) -> Iterator[Outcome]:
    """What became of each event of the gold."""
    met = dict(paired)
    told_as = {row: found[column].type for row, column in others}
    for row, event in enumerate(gold):
        if row in met:
            other = found[met[row]]
            yield _met(event, other, agreed=agreeing(event, other, unclear=unclear))
        else:
            yield Outcome(verdict="missed", gold=event, other_type=told_as.get(row))


def _met(gold: CoachingEvent, found: CoachingEvent, *, agreed: set[str]) -> Outcome:
    asked = {*filled(gold), *filled(found)}
    wrong = tuple(name for name in type(gold).model_fields if name in asked - agreed)
    verdict: Verdict = "found" if is_strict(agreed) else "near"
    return Outcome(verdict=verdict, gold=gold, found=found, wrong=wrong)


def _invented(
    gold: Sequence[CoachingEvent],
    found: Sequence[CoachingEvent],
    *,
    paired: Sequence[tuple[int, int]],
    others: Sequence[tuple[int, int]],
) -> Iterator[Outcome]:
    """The events found that are not in the gold; the second telling of one is a duplicate."""
    meant = {column: gold[row].type for row, column in others}
    known = [found[column] for _, column in paired]
    taken = {column for _, column in paired}
    alone = [column for column in range(len(found)) if column not in taken]
    for column in sorted(alone, key=lambda column: _in_text_order(found[column])):
        event = found[column]
        again = any(same_event(event, other, loose=True) for other in known)
        known.append(event)
        yield Outcome(
            verdict="invented", found=event, other_type=meant.get(column), duplicate=again
        )


def _in_text_order(event: CoachingEvent) -> tuple[int, str]:
    """What sorts events by the place of their first quote, and those of one place by all else."""
    return event.evidence[0].start, event.model_dump_json()


def _place(outcome: Outcome) -> tuple[int, int, str]:
    return _ORDER[outcome.verdict], *_in_text_order(outcome.event)


def _count_event(side: Counter[str], event: CoachingEvent, language: str) -> None:
    """What an event adds to one side of each figure."""
    slots = filled(event)
    for group in ("", language, f"type:{event.type} ", f"status:{event.status} "):
        side[f"{group}strict"] += 1
        side[f"{group}slots"] += len(slots)
    side["stated"] += 1
    side["untyped"] += 1
    side.update(f"field:{name}" for name in slots)


def _count_pair(
    counted: Tally,
    gold: CoachingEvent,
    found: CoachingEvent,
    *,
    agreed: set[str],
    language: str,
) -> None:
    """What a pair adds to what is right."""
    strict = is_strict(agreed)
    slots = agreed & set(filled(gold))
    groups = ["", language, f"type:{gold.type} "]
    if gold.status == found.status:
        groups.append(f"status:{gold.status} ")
    for group in groups:
        counted.right[f"{group}strict"] += strict
        counted.right[f"{group}slots"] += len(slots)
    counted.right["stated"] += strict and "status" in agreed
    counted.right.update(f"field:{name}" for name in slots)
    counted.types[gold.type, found.type] += 1
    counted.statuses[gold.status, found.status] += 1
    if strict:
        _count_date(counted.right, gold, found)
        mine, theirs = covered(found), covered(gold)
        counted.right["overlap"] += len(mine & theirs)
        counted.found["overlap"] += len(mine)
        counted.gold["overlap"] += len(theirs)


def _count_date(right: Counter[str], gold: CoachingEvent, found: CoachingEvent) -> None:
    if gold.date is None:
        right["date spurious"] += found.date is not None
        return
    right["date matched"] += 1
    right["date missing"] += found.date is None
    right["date exact"] += gold.date == found.date
    right["date contained"] += dates_agree(gold.date, found.date)


def _count_quotes(counted: Tally, found: Sequence[CoachingEvent], text: str) -> None:
    """How many quotes are the slices that their offsets say."""
    quotes = [quote for event in found for quote in event.evidence]
    counted.found["quotes"] = len(quotes)
    counted.right["quotes"] = sum(text[q.start : q.end] == q.quote for q in quotes)
