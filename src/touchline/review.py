"""Review of a model's answer: each claimed event is proved against the article, or refused.

A `Reviewer` is what a model shows its answers to. It judges every event alone, remembers the
verdict and says what is wrong in words that a model can act on. What is refused or changed is kept
with a code and a reason; nothing disappears.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from pydantic import ValidationError

from touchline.answers import InvalidAnswer, bounded, read_answer
from touchline.dates import Calendar, settle, settle_status
from touchline.events import MAX_QUOTES, CoachingEvent, Draft, EventType, Record, Status
from touchline.grounding import MIN_QUOTE
from touchline.identity import name_tokens, same_person
from touchline.model import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from touchline.answers import RawAnswer
    from touchline.edtf import EDTF
    from touchline.events import Evidence
    from touchline.grounding import Source
    from touchline.promptset import Prompt

__all__ = ["MAX_EVENTS", "Finding", "Judged", "Refused", "Reviewer", "Verdict", "prove"]

MAX_EVENTS = 200
"""More events than this from one article are no reading of it."""

_MAX_QUOTE_SHARE = 0.9  # a quote of nearly the whole article points at nothing in it
_SHORT_ARTICLE = 400
_LEAK_LINE = 60
_MAX_QUOTES_READ = 20
_MAX_PROBLEMS = 40  # what a model is told at once
_SHOWN = 100  # code points of a value that is repeated in a message
_YEAR = re.compile(r"(?<!\d)(?:1[89]|2[01])\d{2}(?!\d)")
# Findings about a date that the model can mend; the others are settled by the calendar.
_MENDABLE_DATES = frozenset({"bad_date", "year_not_in_text"})


@dataclass(frozen=True, slots=True)
class Finding:
    """Something noticed about one field of an event."""

    code: str
    field: str
    why: str


@dataclass(frozen=True, slots=True)
class Judged:
    """An event that stands, and what was changed in it."""

    event: CoachingEvent
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """An event that does not stand: as the model gave it, and why."""

    raw: object
    code: str
    field: str
    why: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one answer is worth.

    `problems` is what the model is told; `failure` is set where the whole answer is unusable.
    """

    judged: tuple[Judged, ...] = ()
    refused: tuple[Refused, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    failure: Failure | None = None


class Reviewer:
    """Judges the answers to one prompt; the last of `verdicts` is the one that counts."""

    def __init__(self, prompt: Prompt, source: Source) -> None:
        self._prompt = prompt
        self._source = source
        self.verdicts: list[Verdict] = []

    def __call__(self, answer: str) -> tuple[str, ...]:
        """Judge an answer; what is wrong with it, one sentence each."""
        verdict = self._judge(answer)
        self.verdicts.append(verdict)
        return verdict.problems

    def _judge(self, answer: str) -> Verdict:
        if self._leaks(answer):
            return Verdict(failure=Failure("prompt_leak", "the answer repeats the instructions"))
        try:
            raw = read_answer(answer)
        except InvalidAnswer as error:
            why = str(error)
            return Verdict(problems=(why,), failure=Failure("invalid_answer", why))
        if len(raw.events) > MAX_EVENTS:
            why = f"{len(raw.events)} events, more than the {MAX_EVENTS} one article can hold"
            return Verdict(failure=Failure("implausible", why))
        return self._proved(raw)

    def _proved(self, raw: RawAnswer) -> Verdict:
        """Judge the events of an answer, each alone."""
        claims = [_validated(event) for event in raw.events]
        calendar = self._calendar(claim for claim, _ in claims if isinstance(claim, Draft))
        judged: list[Judged] = []
        refused: list[Refused] = []
        problems: list[str] = []
        for number, (event, (claim, findings)) in enumerate(
            zip(raw.events, claims, strict=True), 1
        ):
            if isinstance(claim, Refused):
                refused.append(claim)
                problems.append(f"Event {number}, `{claim.field}`: {claim.why}.")
                continue
            outcome, wrong = prove(
                claim, self._source, calendar=calendar, raw=event, findings=findings
            )
            who = f"Event {number} ({claim.type} of {claim.person[:_SHOWN]})"
            problems += (f"{who}, {line}" for line in wrong)
            if isinstance(outcome, Judged):
                judged.append(outcome)
            else:
                refused.append(outcome)
        if len(problems) > _MAX_PROBLEMS:
            more = f"and {len(problems) - _MAX_PROBLEMS} more points like these."
            problems = [*problems[:_MAX_PROBLEMS], more]
        return Verdict(tuple(judged), tuple(refused), tuple(problems), raw.notes)

    def _calendar(self, drafts: Iterable[Draft]) -> Calendar:
        """The calendar of the article; years in which contracts end are not its past."""
        ends = (year for draft in drafts for year in _YEAR.findall(draft.contract_until or ""))
        document = self._prompt.document
        return Calendar.of(document.visible.text, document.published, until=[int(y) for y in ends])

    def _leaks(self, answer: str) -> bool:
        """Whether a long line of the instructions stands in the answer and not in the article."""
        if not self._prompt.head:
            return False
        instructions = self._prompt.head[0].content
        plain = answer.replace('\\"', '"')  # as it stands in a JSON string
        return any(
            line in plain and line not in self._source.text for line in _long_lines(instructions)
        )


@lru_cache(maxsize=8)
def _long_lines(instructions: str) -> tuple[str, ...]:
    """The lines of the instructions that nobody writes by chance."""
    lines = (line.strip() for line in instructions.splitlines())
    return tuple(line for line in lines if len(line) >= _LEAK_LINE)


def _validated(event: object) -> tuple[Draft | Refused, tuple[Finding, ...]]:
    """An event in the shape of a draft, or why it is none; and what was left out to get there."""
    try:
        return Draft.model_validate(event), ()
    except ValidationError as error:
        errors = error.errors(include_url=False)
    first = errors[0]
    path = ".".join(str(step)[:_SHOWN] for step in first["loc"])[:_SHOWN]
    shown = (
        "" if first["type"] == "missing" else f" (it is `{str(bounded(first['input']))[:_SHOWN]}`)"
    )
    why = f"{first['msg'][:200]}{shown}"
    if isinstance(event, dict) and all(item["loc"][0] == "record" for item in errors):
        # Counts that are none, such as -1, cost the event its record, not its place.
        draft, _ = _validated({**event, "record": None})
        return draft, (Finding("record_mismatch", "record", f"`{path}`: {why}"),)
    code = "unknown_value" if first["type"] == "enum" else "invalid_event"
    return Refused(bounded(event), code, path or "event", why), ()


def prove(
    draft: Draft,
    source: Source,
    *,
    calendar: Calendar,
    raw: object,
    findings: Sequence[Finding] = (),
) -> tuple[Judged | Refused, list[str]]:
    """Prove one claimed event.

    Args:
        draft: the claim.
        source: the article.
        calendar: what the article lets one say about dates.
        raw: the claim as the model gave it, kept where it is refused.
        findings: what was noticed of it before.

    Returns:
        What stands of it, or why nothing does; and what to tell the model.
    """
    proof = _Proof(draft, source, list(findings))
    person = proof.person()
    evidence = proof.evidence(person or draft.person)
    refusal = proof.refusal(person, evidence)
    if person is None or not evidence or refusal is not None:
        finding = refusal or Finding("ungrounded", "person", "the person is not in the article")
        return Refused(raw, finding.code, finding.field, finding.why), proof.problems
    phrase = proof.slice("date_text", person)
    when = proof.date("date", phrase, calendar)
    status, change = settle_status(draft.status, when, published=calendar.published)
    if change is not None:
        proof.found(change.code, "status", change.why)
    event = CoachingEvent(
        type=draft.type,
        person=person,
        team=proof.name("team"),
        role=draft.role,
        role_title=proof.slice("role_title", person),
        status=status,  # type: ignore[arg-type]  # settle_status gives a value of the enum
        date=when,
        date_text=phrase,
        replaces=proof.other_person("replaces", person),
        replaced_by=proof.other_person("replaced_by", person),
        contract_until=proof.date("contract_until", None, calendar),
        competition=proof.name("competition"),
        honour=proof.slice("honour", person) if draft.type is EventType.HONOUR else None,
        record=proof.record() if draft.type is EventType.RESULTS else None,
        reason=proof.slice("reason", person),
        evidence=evidence,
    )
    return Judged(event, tuple(proof.findings)), proof.problems


@dataclass(slots=True)
class _Proof:
    """The proving of one draft, field by field."""

    draft: Draft
    source: Source
    findings: list[Finding] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def found(self, code: str, name: str, why: str, *, tell: str | None = None) -> None:
        """Note a finding; `tell` is what the model hears of it."""
        self.findings.append(Finding(code, name, why))
        if tell is not None:
            self.problems.append(f"`{name}`: {tell}")

    def person(self) -> str | None:
        """The person as the article names them, or None."""
        claimed = self.draft.person
        person = self.source.person(claimed)
        if person is None:
            why = f"`{claimed[:_SHOWN]}` is no name that stands in the article"
            self.problems.append(f"`person`: {why}; write the fullest form that it prints.")
        elif person != claimed and (was := name_tokens(claimed)) != (now := name_tokens(person)):
            code = "name_cut" if len(now) < len(was) else "name_form"
            why = f"`{claimed[:_SHOWN]}` became `{person}`, as the article has it"
            self.found(code, "person", why)
        return person

    def evidence(self, person: str) -> tuple[Evidence, ...]:
        """The quotes that stand, each once, at most three."""
        found: dict[tuple[int, int], Evidence] = {}
        for quote in self.draft.evidence[:_MAX_QUOTES_READ]:
            slices = self._quote(quote, person)
            found.update(((item.start, item.end), item) for item in slices)
        if self.draft.status not in {Status.DENIED, Status.RUMOURED}:
            for item in found.values():
                if (word := self.source.negated(item)) is not None:
                    why = f"the word before the quote is `{word}`: {item.quote[:60]!r}"
                    self.found("negated", "evidence", why, tell=f"{why}; quote it with that word.")
        given = max(len(found), len(self.draft.evidence))
        if len(found) > MAX_QUOTES or given > _MAX_QUOTES_READ:
            self.found("quotes_cut", "evidence", f"{given} quotes, the first {MAX_QUOTES} kept")
        return tuple(found.values())[:MAX_QUOTES]

    def _quote(self, quote: str, person: str) -> list[Evidence]:
        length = len(self.source.text)
        if len(quote.strip()) < MIN_QUOTE:
            self.found("evidence_too_short", "evidence", f"`{quote}` proves nothing")
            return []
        if length > _SHORT_ARTICLE and len(quote) > _MAX_QUOTE_SHARE * length:
            why = "a quote holds nearly the whole article"
            self.found("evidence_too_long", "evidence", why, tell=f"{why}; quote one sentence.")
            return []
        slices = self.source.quotes(quote, person)
        if not slices:
            shown = quote if len(quote) <= 200 else f"{quote[:200]}…"
            tell = f"`{shown}` does not stand in the article in these words."
            if (nearest := self.source.nearest(quote)) is not None:
                tell += f" The nearest passage is `{nearest[:300]}`."
            self.found("ungrounded", "evidence", f"`{shown}` is not in the article", tell=tell)
        return slices

    def refusal(self, person: str | None, evidence: Sequence[Evidence]) -> Finding | None:
        """Why the event cannot stand, if it cannot."""
        draft = self.draft
        if person is None:
            why = f"`{draft.person[:_SHOWN]}` is no name that stands in the article"
            return Finding("ungrounded", "person", why)
        if not evidence:
            reasons = [item for item in self.findings if item.field == "evidence"]
            last = (
                reasons[-1] if reasons else Finding("ungrounded", "evidence", "no quote is given")
            )
            if not reasons:
                self.problems.append("`evidence`: an event needs one to three quotes.")
            return last
        if draft.type is EventType.HONOUR:
            if draft.honour is None or self.source.copied(draft.honour) is None:
                claimed = (draft.honour or "null")[:_SHOWN]
                why = f"an honour needs its title as the article prints it, not `{claimed}`"
                self.problems.append(f"`honour`: {why}.")
                return Finding("missing_field", "honour", why)
        elif draft.type is EventType.RESULTS and draft.record is None and not self._lost_record():
            why = "results need a record of wins, draws or losses"
            self.problems.append(f"`record`: {why}.")
            return Finding("missing_field", "record", why)
        return None

    def _lost_record(self) -> bool:
        """Whether there was a record that could not be read."""
        return any(item.field == "record" for item in self.findings)

    def name(self, name: str) -> str | None:
        """A team or league that stands in the article, in its form; else None and a finding."""
        claimed = getattr(self.draft, name)
        if claimed is None or (found := self.source.name(claimed)) is not None:
            return found if claimed is not None else None
        why = f"`{claimed[:_SHOWN]}` does not stand in the article"
        self.found("ungrounded", name, why, tell=f"{why}; write it as printed, or null.")
        return None

    def other_person(self, name: str, person: str) -> str | None:
        """Who came before or after, if the article names them."""
        claimed = getattr(self.draft, name)
        if claimed is None:
            return None
        found = self.source.person(claimed)
        if found is None:
            why = f"`{claimed[:_SHOWN]}` does not stand in the article"
            self.found("ungrounded", name, why, tell=f"{why}; write the name as printed, or null.")
        elif same_person(found, person):
            self.found("self_reference", name, f"`{claimed[:_SHOWN]}` is the person of the event")
            return None
        return found

    def slice(self, name: str, person: str) -> str | None:
        """A field that must be copied from the article, as it stands there."""
        claimed = getattr(self.draft, name)
        if claimed is None:
            return None
        copied = self.source.copied(claimed, near=person)
        if copied is None:
            why = f"`{claimed[:200]}` is not copied from the article"
            self.found(
                "ungrounded", name, why, tell=f"{why}; copy it letter by letter, or write null."
            )
        return copied

    def date(self, name: str, phrase: str | None, calendar: Calendar) -> EDTF | None:
        """A date that the calendar and the article allow."""
        settled = settle(
            getattr(self.draft, name), phrase, status=self.draft.status, calendar=calendar
        )
        for issue in settled.issues:
            mendable = issue.code in _MENDABLE_DATES and settled.date is None
            self.found(issue.code, name, issue.why, tell=issue.why if mendable else None)
        return settled.date

    def record(self) -> Record | None:
        """The counts, if they add up."""
        counts = self.draft.record
        if counts is None:
            return None
        known = (counts.wins, counts.draws, counts.losses)
        total = sum(count for count in known if count is not None)
        whole = None not in known
        if counts.matches is not None and (
            total > counts.matches or (whole and total != counts.matches)
        ):
            why = (
                f"{counts.wins} won, {counts.draws} drawn and {counts.losses} lost are not the "
                f"{counts.matches} matches given"
            )
            self.found("record_mismatch", "record", why)
            return None
        return Record(**counts.model_dump())
