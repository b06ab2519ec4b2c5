"""The values that an evaluation is made of: frozen, comparable, and JSON as they stand.

Rates lie between 0 and 1; a rate is null where there is nothing to divide by. Intervals hold 95% of
the draws of `touchline.bootstrap`; there is none where a single document holds all of a figure, or
where all draws are equal. Tokens are the server's count or an estimate; seconds are wall
time.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from touchline.events import CoachingEvent, EventType

__all__ = [
    "FEW",
    "WIDE",
    "ArticleResult",
    "Counts",
    "Dates",
    "Evaluation",
    "EvidenceFigures",
    "FalseEvents",
    "Group",
    "Interval",
    "Outcome",
    "PrefilterFigures",
    "Rate",
    "RunFigures",
    "Score",
    "Signature",
    "Size",
    "Verdict",
]

FEW = 100
WIDE = "Only {count}: the intervals are wide, and small differences mean nothing."
"""What every report says of a gold of fewer than `FEW` documents."""

Interval = tuple[float, float]
Verdict = Literal["missed", "invented", "near", "found"]
"""`near`: the event is there with a wrong person or team, so it counts as missed and invented."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)


class Signature(_Value):
    """What a figure belongs to: two figures compare only where all of it but the prompt agrees."""

    prompt: str
    schema_: str = Field(alias="schema")
    model: str
    gold: str
    scorer: str

    model_config = ConfigDict(populate_by_name=True)

    def __str__(self) -> str:
        """The signature on one line."""
        named = self.model_dump(by_alias=True).items()
        return " ".join(f"{name}:{value}" for name, value in named)


class Size(_Value):
    """How much gold stands behind the figures."""

    documents: int
    without_events: int
    events: int


class Counts(_Value):
    """What was right, of how much found and of how much gold."""

    right: int = 0
    found: int = 0
    gold: int = 0


class Score(Counts):
    """Precision, recall and F1, with intervals.

    Precision is null where nothing was found, recall where there is no gold, F1 where both is so;
    with one of the two F1 is 0 if nothing is right.
    """

    precision: float | None = None
    recall: float | None = None
    f1: float | None = None
    precision_interval: Interval | None = None
    recall_interval: Interval | None = None
    f1_interval: Interval | None = None


class Rate(_Value):
    """A share: `right` of `of`."""

    right: int
    of: int
    rate: float | None
    interval: Interval | None = None


class Group(_Value):
    """Figures of a part of the gold; `documents` are those that hold some of it."""

    documents: int
    strict: Score
    slots: Score


class Dates(_Value):
    """Dates of events. `contained`: equal, or one of the two holds the other.

    Attributes:
        exact, contained: of the dated gold events that were found.
        exact_of_all, contained_of_all: of all dated gold events.
        missing: found events without the gold's date. spurious: with a date where it has none.
    """

    exact: Rate
    contained: Rate
    exact_of_all: Rate
    contained_of_all: Rate
    missing: int
    spurious: int


class EvidenceFigures(_Value):
    """Quotes: how many are slices of the text as they claim, and how many lie where the gold's do.

    `overlap` counts code points of the quotes of found events; it is no part of any other figure.
    """

    slices: Rate
    overlap: Score


class FalseEvents(_Value):
    """Events found in documents that tell none."""

    documents: int
    events: int
    per_100: float | None


class PrefilterFigures(_Value):
    """What `prefilter` would do with this gold, whether it was in use or not.

    Attributes:
        let_through: of the documents with events, those that it lets a model read: its recall.
        ruled_out: of the documents without events, those that it saves.
    """

    let_through: Rate
    ruled_out: Rate


class RunFigures(_Value):
    """How the run went and what it cost.

    Attributes:
        states: documents by state. reasons: codes of those skipped or failed.
        refused: events of answers that the articles do not prove; they are not counted as found.
        reasks: requests beyond the first, per document that was sent.
    """

    states: dict[str, int]
    reasons: dict[str, int]
    failed: Rate
    refused: int
    reasks: float | None
    requests: int
    input_tokens: int
    output_tokens: int
    tokens_estimated: bool
    seconds: float
    seconds_median: float


class Outcome(_Value):
    """What became of one event.

    Attributes:
        gold, found: the event on either side; one of them is null where it was missed or invented.
        wrong: fields in which the two differ.
        other_type: for a missed event the type it was told as, for an invented one the gold's.
        duplicate: an invented event that tells another one again, a right or an invented one.
    """

    verdict: Verdict
    gold: CoachingEvent | None = None
    found: CoachingEvent | None = None
    wrong: tuple[str, ...] = ()
    other_type: EventType | None = None
    duplicate: bool = False

    @property
    def event(self) -> CoachingEvent:
        """The event: the gold's where there is one, else the one found."""
        event = self.gold or self.found
        assert event is not None
        return event


class ArticleResult(_Value):
    """One document: its counts and what became of each event, the worst first."""

    id: str
    language: str | None
    state: str
    reason: str | None
    refused: int
    strict: Counts
    stated: Counts
    slots: Counts
    outcomes: tuple[Outcome, ...]

    @property
    def exact(self) -> bool:
        """Whether every event was found, and none invented."""
        return self.strict.right == self.strict.found == self.strict.gold


class Evaluation(_Value):
    """All that is known about how well some extractions meet the gold.

    Attributes:
        strict: events with type, person and team right.
        stated: events with type, person, team and status right.
        slots: filled fields; events without a partner count all theirs as missing or spurious.
        untyped: events with person and team right, paired anew without regard to type.
        by_language, by_type, by_status: the same for parts; a status counts like a type there.
        by_field: the slots of each field.
        duplicates: found events that tell another found one again.
        types, statuses: what the gold has (outer key) and what was found for it (inner).
    """

    schema_version: Literal[1] = 1
    signature: Signature
    size: Size
    level: float
    resamples: int
    seed: int
    strict: Score
    stated: Score
    slots: Score
    untyped: Score
    by_language: dict[str, Group]
    by_type: dict[str, Group]
    by_status: dict[str, Group]
    by_field: dict[str, Score]
    dates: Dates
    evidence: EvidenceFigures
    exact_articles: Rate
    false_events: FalseEvents
    prefilter: PrefilterFigures
    duplicates: int
    types: dict[str, dict[str, int]]
    statuses: dict[str, dict[str, int]]
    run: RunFigures
    articles: tuple[ArticleResult, ...]
