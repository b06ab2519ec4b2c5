"""Extractions for people: what was found, the words that prove it, and what was refused.

Article and model text is hostile here too: it is printed without markup, and control characters are
shown, not sent to the terminal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console

    from touchline.events import CoachingEvent, Record
    from touchline.extraction import Extraction, Issue, Rejected

__all__ = ["plain", "print_extraction"]

_STATES = {"done": "green", "partial": "yellow", "skipped": "cyan", "failed": "red"}
_STATUSES = {"planned": "cyan", "rumoured": "yellow", "denied": "magenta"}
_QUOTE = 160
_NAME = 80
_SENTENCE = 120


def plain(text: str) -> str:
    r"""Text on one line with its control and invisible characters written out.

    >>> plain("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    line = " ".join(text.split())
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in line)


def print_extraction(extraction: Extraction, console: Console) -> None:
    """Print one article's result."""
    console.print(_heading(extraction))
    rows = Table.grid(padding=(0, 2))
    rows.add_column(no_wrap=True)
    rows.add_column()
    for event in extraction.events:
        rows.add_row(_styled(_when(event), "bold"), _told(event))
    for refused in extraction.rejected:
        rows.add_row(_styled("refused", "red"), _refused(refused))
    for issue in extraction.issues:
        if not _in_heading(issue, extraction):
            rows.add_row(_styled("note", "dim"), _noted(issue, extraction))
    if rows.row_count:
        console.print(Padding(rows, (0, 0, 0, 2)))
    console.print()


def _heading(extraction: Extraction) -> Text:
    document = extraction.document
    heading = _styled(plain(document.id), "bold")
    heading.append(f"  {extraction.state}", style=_STATES[extraction.state])
    if extraction.reason:
        heading.append(f" ({_reason(extraction)})")
    count = len(extraction.events)
    rest = [f"{count} event{'' if count == 1 else 's'}"] if extraction.state != "skipped" else []
    if extraction.rejected:
        rest.append(f"{len(extraction.rejected)} refused")
    if extraction.model:
        count = extraction.attempts
        rest += [f"model {plain(extraction.model)}", f"{count} request{'' if count == 1 else 's'}"]
    return heading.append("".join(f"  {item}" for item in rest), style="dim")


def _styled(text: str, style: str) -> Text:
    """Text whose style ends with it: one that is a `Text`'s own goes over all that is appended."""
    return Text().append(text, style=style)


def _reason(extraction: Extraction) -> str:
    """The reason's code and its first sentence; of a cassette's error stderr has the words."""
    code, why = extraction.reason or "", plain(extraction.why)
    if why in {"", code} or code.startswith("cassette_"):
        return plain(code)
    sentence = why.split(". ")[0].removesuffix(".")
    return f"{plain(code)}: {_short(sentence, limit=_SENTENCE)}"


def _in_heading(issue: Issue, extraction: Extraction) -> bool:
    """Whether the heading tells an issue already."""
    return issue.code == extraction.reason and issue.why in {extraction.why, ""}


def _when(event: CoachingEvent) -> str:
    return (event.date or "undated").replace("T", " ").removesuffix(":00")


def _told(event: CoachingEvent) -> Text:
    """An event on a line, and its quotes below."""
    told = _styled(event.type.replace("_", " "), "bold green")
    if event.status != "confirmed":
        told.append(f" ({event.status})", style=_STATUSES[event.status])
    told.append(f"  {plain(event.person)}", style="bold")
    role = plain(event.role_title) if event.role_title else (event.role or "").replace("_", " ")
    parts = [plain(part) for part in (event.team, event.competition) if part]
    told.append("".join(f", {part}" for part in (*parts, role) if part))
    told.append("".join(f"; {detail}" for detail in _details(event)), style="dim")
    for item in event.evidence:
        quote = plain(item.quote)
        shown = quote if len(quote) <= _QUOTE else f"{quote[:_QUOTE]}…"
        told.append(f"\n“{shown}” [{item.start}:{item.end}]", style="italic dim")
    return told


def _details(event: CoachingEvent) -> list[str]:
    """What is known beside person, team and role."""
    named = (
        ("replaces", event.replaces),
        ("followed by", event.replaced_by),
        ("until", event.contract_until),
        ("", event.honour),
        ("", _counts(event.record)),
        ("because", event.reason),
    )
    return [f"{label} {plain(value)}".strip() for label, value in named if value]


def _counts(record: Record | None) -> str:
    """A record as `13 matches: 9 won, 1 drawn, 3 lost`."""
    if record is None:
        return ""
    counts = ((record.wins, "won"), (record.draws, "drawn"), (record.losses, "lost"))
    told = ", ".join(f"{count} {word}" for count, word in counts if count is not None)
    matches = f"{record.matches} matches" if record.matches is not None else ""
    return ": ".join(part for part in (matches, told) if part)


def _refused(refused: Rejected) -> Text:
    """A refused event as the model gave it, and why; its fields may be anything, of any size."""
    event = refused.event if isinstance(refused.event, dict) else {}
    named = [_short(str(event.get(name) or "?")) for name in ("type", "person", "team")]
    told = _styled(", ".join(named), "red")
    why = f": {_short(refused.field)} {refused.code}, {plain(refused.why)}"
    return told.append(why)


def _short(text: str, *, limit: int = _NAME) -> str:
    shown = plain(text[:limit])
    return shown if len(text) <= limit else f"{shown}…"


def _noted(issue: Issue, extraction: Extraction) -> Text:
    where = ""
    if issue.event is not None:
        event = extraction.events[issue.event]
        field = f", {plain(issue.field)}" if issue.field else ""
        where = f"{event.type} of {plain(event.person)}{field}: "
    return _styled(f"{where}{issue.code}, {plain(issue.why)}", "dim")
