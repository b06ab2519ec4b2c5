"""One document end to end: the only place that knows the order of the stages.

Document, prompt, model, review, merge, and out comes an `Extraction`: every article ends in one of
four states, with what stands, what was refused and why.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from touchline.events import CoachingEvent, schema_fingerprint
from touchline.grounding import Source
from touchline.merging import contradictions, merged, same_event
from touchline.model import FAILURES, Failure, Model, Reply, Usage, is_local
from touchline.parts import Part, halves, split
from touchline.review import Refused, Reviewer, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchline.documents import Document
    from touchline.promptset import PromptSet
    from touchline.review import Judged
    from touchline.settings import Settings

__all__ = ["Extraction", "Issue", "Rejected", "State", "run", "screened", "unread"]

State = Literal["done", "partial", "skipped", "failed"]

_PARTS_AT_ONCE = 4
_GRACE = 0.5  # seconds in which a model that keeps the deadline itself tells what it has spent
_SPLITTABLE = frozenset({"truncated", "too_long"})


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DocumentRecord(_Value):
    """The document as it was read; `text` is null where it was left out of the output."""

    id: str
    sha256: str
    title: str | None
    url: str | None
    language: str | None
    published: dt.date | None
    text: str | None


class Rejected(_Value):
    """An event that the model gave and the article does not prove."""

    event: Any
    code: str
    field: str
    why: str


class Issue(_Value):
    """Something that was changed or noticed; `event` is an index into `events`, from 0."""

    code: str
    event: int | None = None
    field: str | None = None
    why: str


class UsageRecord(_Value):
    """What the answers consumed, retries and re-asks included."""

    requests: int
    input_tokens: int
    output_tokens: int
    estimated: bool


class Extraction(_Value):
    """All that is known about one article after it was read.

    Attributes:
        state: `done`: every event of the answer stands. `partial`: some were refused, or a part of
            a long article has no answer. `skipped`: not sent. `failed`: no usable answer.
        reason: a code, for `skipped`, `failed` and a part without an answer.
        model: the name that the model gives itself, else the one that it was asked by.
        prompt: fingerprint of the prompt set, of the cue files for `builtin`; eight hex digits.
        schema_fingerprint: that of the answer's schema; in JSON it is called `schema`.
        attempts: requests sent. seconds: from reading to result.
    """

    schema_version: Literal[1] = 1
    document: DocumentRecord
    state: State
    reason: str | None = None
    events: tuple[CoachingEvent, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    issues: tuple[Issue, ...] = ()
    model: str | None = None
    prompt: str | None = None
    schema_fingerprint: Annotated[str | None, Field(alias="schema")] = None
    attempts: int = 0
    usage: UsageRecord = UsageRecord(requests=0, input_tokens=0, output_tokens=0, estimated=False)
    seconds: float = 0.0

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True
    )

    @property
    def why(self) -> str:
        """The reason in words, for `skipped` and `failed`."""
        said = next((issue.why for issue in self.issues if issue.code == self.reason), None)
        return said or FAILURES.get(self.reason or "", self.reason or "")

    def without_text(self) -> Extraction:
        """The same without the article's text, for output that must not carry it."""
        document = self.document.model_copy(update={"text": None})
        return self.model_copy(update={"document": document})


def screened(document: Document, settings: Settings) -> Extraction | None:
    """The record of a document that no model should be asked about, or None for any other."""
    reason = document.unusable
    if reason is None and len(document.text) > settings.max_article_chars:
        reason = "too_long"
    if reason is None:
        return None
    return _record(document, state="skipped", reason=reason, issues=_noted(document))


async def run(
    document: Document, model: Model, *, prompts: PromptSet, settings: Settings
) -> Extraction:
    """Read one document with a model.

    Raises:
        TypeError: `model` is no model.
        ConfigurationError, RunStopped, CassetteError: no article could be read so.
    """
    _check_model(model)
    started = time.monotonic()
    reading = _Reading(document, model, prompts, settings)
    await reading.read()
    return reading.extraction(seconds=round(time.monotonic() - started, 3))


def unread(document: Document, reason: str, *, why: str, state: State = "skipped") -> Extraction:
    """The record of a document that was not read, and why not."""
    issue = Issue(code=reason, why=why)
    return _record(document, state=state, reason=reason, issues=(issue, *_noted(document)))


def _check_model(model: object) -> None:
    if isinstance(model, type) or not callable(getattr(model, "ask", None)):
        kind = f"the class {model.__name__}" if isinstance(model, type) else type(model).__name__
        message = (
            f"a model is a name (str), or an object with `async def ask(prompt, review)` such as "
            f"`touchline.Model` describes, not {kind}"
        )
        raise TypeError(message)


def _name(model: Model) -> str:
    """The name of a model; one that has none is called by its class."""
    return getattr(model, "name", None) or type(model).__name__


class _Reading:
    """The reading of one document: its parts, their answers, and what they add up to."""

    def __init__(
        self, document: Document, model: Model, prompts: PromptSet, settings: Settings
    ) -> None:
        self._document = document
        self._model = model
        self._prompts = prompts
        self._settings = settings
        self._source = Source(document)
        self._outcomes: list[tuple[Part, Reviewer, Reply]] = []

    async def read(self) -> None:
        """Ask for every part, a few at a time, until the deadline of the article."""
        parts = split(self._document.visible.text, self._settings.max_chars)
        if is_local(self._model):
            self._outcomes = [await self._answered(part) for part in parts]
            return
        deadline = asyncio.get_running_loop().time() + self._settings.deadline + _GRACE
        if len(parts) == 1:
            self._outcomes = await self._part(parts[0], deadline)
            return
        gate = asyncio.Semaphore(_PARTS_AT_ONCE)

        async def gated(part: Part) -> list[tuple[Part, Reviewer, Reply]]:
            async with gate:
                return await self._part(part, deadline)

        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(gated(part)) for part in parts]
        except BaseExceptionGroup as errors:
            raise errors.exceptions[0] from None
        self._outcomes = [outcome for task in tasks for outcome in task.result()]

    async def _part(self, part: Part, deadline: float) -> list[tuple[Part, Reviewer, Reply]]:
        """Ask for one part; where its answer did not fit, for its two halves."""
        outcome = await self._asked(part, deadline)
        failure = outcome[2].failure
        if failure is None or failure.code not in _SPLITTABLE:
            return [outcome]
        smaller = halves(part, self._document.visible.text)
        if not smaller:
            return [outcome]
        outcomes = [await self._asked(half, deadline) for half in smaller]
        outcomes[0][2].attempts += outcome[2].attempts
        outcomes[0][2].usage.add(outcome[2].usage)
        return outcomes

    async def _answered(self, part: Part) -> tuple[Part, Reviewer, Reply]:
        """Ask for a part, however long that takes."""
        prompt = self._prompts.render(self._document, part)
        reviewer = Reviewer(prompt, self._source)
        return part, reviewer, await self._model.ask(prompt, reviewer)

    async def _asked(self, part: Part, deadline: float) -> tuple[Part, Reviewer, Reply]:
        """Ask for a part, until the deadline."""
        prompt = self._prompts.render(self._document, part)
        reviewer = Reviewer(prompt, self._source)
        try:
            async with asyncio.timeout_at(deadline):
                reply = await self._model.ask(prompt, reviewer)
        except TimeoutError:
            why = f"no answer within the deadline of {self._settings.deadline:g} seconds"
            reply = Reply(failure=Failure("timeout", why))
        return part, reviewer, reply

    def extraction(self, *, seconds: float) -> Extraction:
        """What the answers add up to."""
        judged: list[list[Judged]] = []
        rejected: list[Rejected] = []
        issues = list(_noted(self._document))
        failures: list[Failure] = []
        usage, attempts, model = Usage(), 0, None
        for part, reviewer, reply in self._outcomes:
            usage.add(reply.usage)
            attempts += reply.attempts
            model = model or reply.model
            verdict = _final(reviewer.verdicts)
            failure = reply.failure or (verdict.failure if verdict else _NO_ANSWER)
            issues += (Issue(code=code, why=why) for code, why in reply.notes)
            if failure is not None:
                where = f"part {part.number} of {part.count}: " if part.count > 1 else ""
                issues.append(Issue(code=failure.code, why=f"{where}{failure.why}"))
            if verdict is None or verdict.failure is not None:
                failures.append(failure or _NO_ANSWER)
                continue
            judged.append(list(verdict.judged))
            rejected += (_rejected(item) for item in verdict.refused)
            issues += (Issue(code=code, why=why) for code, why in verdict.notes)
        events = contradictions(merged(judged))
        for index, item in enumerate(events):
            issues += (
                Issue(code=found.code, event=index, field=found.field, why=found.why)
                for found in item.findings
            )
        return _record(
            self._document,
            state=_state(failures, answered=bool(judged), rejected=rejected),
            reason=failures[0].code if failures else None,
            events=tuple(item.event for item in events),
            rejected=tuple(rejected),
            issues=tuple(issues),
            model=model or _name(self._model),
            prompt=self._prompts.fingerprint or None,
            schema_fingerprint=schema_fingerprint(),
            attempts=attempts,
            usage=_counted(usage),
            seconds=seconds,
        )


def _counted(usage: Usage) -> UsageRecord:
    """The usage as a result keeps it; `asdict` would copy four plain values with great care."""
    return UsageRecord(
        requests=usage.requests,
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        estimated=usage.estimated,
    )


_NO_ANSWER = Failure("empty_answer", "the model returned without an answer")


def _final(verdicts: Sequence[Verdict]) -> Verdict | None:
    """The verdict that counts: the last usable one, and what stood before and is missing in it."""
    usable = [verdict for verdict in verdicts if verdict.failure is None]
    if not usable:
        return verdicts[-1] if verdicts else None
    last = usable[-1]
    extra: list[Judged] = []
    for verdict in reversed(usable[:-1]):
        extra += (
            earlier
            for earlier in verdict.judged
            if not any(
                same_event(earlier.event, known.event, loose=True)
                for known in (*last.judged, *extra)
            )
        )
    return Verdict((*last.judged, *extra), last.refused, last.problems, last.notes)


def _state(failures: Sequence[Failure], *, answered: bool, rejected: Sequence[Rejected]) -> State:
    if failures and not answered:
        return "failed"
    return "partial" if failures or rejected else "done"


def _rejected(item: Refused) -> Rejected:
    return Rejected(event=item.raw, code=item.code, field=item.field, why=item.why)


def _noted(document: Document) -> tuple[Issue, ...]:
    return tuple(Issue(code=note.code, why=note.why) for note in document.observations)


def _record(document: Document, **values: Any) -> Extraction:
    """An Extraction of a document."""
    record = DocumentRecord(
        id=document.id,
        sha256=document.sha256,
        title=document.title,
        url=document.url,
        language=document.language,
        published=document.published,
        text=document.text,
    )
    return Extraction(document=record, **values)
