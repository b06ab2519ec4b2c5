"""What people read: every event with its proof, and no character that a terminal would obey."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.console import Console

from touchline.documents import Document
from touchline.events import CoachingEvent, Evidence, Record
from touchline.extraction import Extraction, Issue, Rejected, screened, unread
from touchline.report import plain, print_extraction
from touchline.settings import Settings

HOSTILE = "[/b][red]x[/] \x1b[31m\x1b]0;t\x07 \u202eevil \u200b\nnext\r line \x00 {{ 7*7 }}"


def event(**changes: Any) -> CoachingEvent:
    """Give an event with all that can be told, some of it changed."""
    values: dict[str, Any] = {
        "type": "dismissal",
        "person": "Renzo Gualdoni",
        "team": "Vallombrina",
        "role": "head_coach",
        "role_title": None,
        "status": "confirmed",
        "date": None,
        "date_text": None,
        "replaces": None,
        "replaced_by": None,
        "contract_until": None,
        "competition": None,
        "honour": None,
        "record": None,
        "reason": None,
        "evidence": (Evidence(quote="esonerato Gualdoni", start=3, end=21),),
    }
    return CoachingEvent(**values | changes)


def extraction(document: Document | None = None, **values: Any) -> Extraction:
    """Give an extraction as reading would make it."""
    bare = unread(document or Document("text", id="a"), "empty", why="")
    defaults: dict[str, Any] = {"state": "done", "reason": None, "issues": ()}
    return bare.model_copy(update=defaults | values)


def printed(of: Extraction, width: int = 100) -> str:
    """Give what is printed, without spaces at the ends of lines."""
    stream = io.StringIO()
    print_extraction(of, Console(file=stream, width=width, markup=False, highlight=False))
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())


def test_an_event_is_a_line_with_its_quotes() -> None:
    """When, what, who, where and as what; then how it is known."""
    told = event(
        date="2024-03-13T18:00:00",
        status="planned",
        type="presentation",
        role_title="tecnico",
        competition="Serie B",
        replaces="Ugo Corbaz",
        contract_until="2025-06",
        reason="i risultati",
    )
    done = extraction(events=(told,), model="m-1", attempts=1)

    assert printed(done, width=120) == (
        "a  done  1 event  model m-1  1 request\n"
        "  2024-03-13 18:00  presentation (planned)  Renzo Gualdoni, Vallombrina, Serie B, "
        "tecnico; replaces Ugo Corbaz; until\n"
        "                    2025-06; because i risultati\n"
        "                    “esonerato Gualdoni” [3:21]\n"
    )


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (Record(matches=13, wins=9, draws=1, losses=3), "13 matches: 9 won, 1 drawn, 3 lost"),
        (Record(wins=0, losses=2), "0 won, 2 lost"),
        (Record(matches=5), "5 matches"),
    ],
)
def test_a_record_tells_the_counts_that_are_known(record: Record, told: str) -> None:
    """Zero is a count; what the text does not state is not printed."""
    shown = printed(extraction(events=(event(type="results", record=record),)))

    assert f"head coach; {told}\n" in shown


def test_nothing_found_is_told() -> None:
    """An article without events has a line; so has one that was not sent."""
    skipped = screened(Document(" ", id="blank"), Settings())
    assert skipped is not None

    assert printed(extraction(model="m", attempts=2)) == "a  done  0 events  model m  2 requests\n"
    assert printed(skipped) == "blank  skipped (empty)\n"


def test_what_was_refused_is_told_with_the_reason() -> None:
    """A refused event and a note each have a line of their own."""
    refused = Rejected(
        event={"type": "dismissal", "person": "Ugo", "team": None},
        code="ungrounded",
        field="person",
        why="`Ugo` is no name that stands in the article",
    )
    notes = (
        Issue(code="weekday_mismatch", event=0, field="date", why="13 March was a Wednesday"),
        Issue(code="contradiction", event=0, why="also denied"),
        Issue(code="html", why="the text looks like HTML"),
    )
    shown = printed(
        extraction(state="partial", events=(event(),), rejected=(refused,), issues=notes)
    )

    assert "a  partial  1 event  1 refused" in shown
    assert "refused  dismissal, Ugo, ?: person ungrounded, `Ugo` is no name" in shown
    assert "note     dismissal of Renzo Gualdoni, date: weekday_mismatch, 13 March" in shown
    assert "note     dismissal of Renzo Gualdoni: contradiction, also denied" in shown
    assert "note     html, the text looks like HTML" in shown


@pytest.mark.parametrize("raw", ["no event", 7, None, [], {"type": {"a": 1}, "person": "x" * 9999}])
def test_whatever_was_refused_can_be_printed(raw: object) -> None:
    """A model may give anything for an event; little of it is shown."""
    refused = Rejected(event=raw, code="invalid_event", field="x" * 9999, why="no event")

    assert len(printed(extraction(state="partial", rejected=(refused,)))) < 600


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\nb\r\n\tc", "a b c"),
        ("\u202ecba", "\\u202ecba"),
        ("a\u200bb\U000e0041", "a\\u200bb\\U000e0041"),
        ("\x9b2J\x85", "\\x9b2J"),
        ("perché «ok» ’ 監督", "perché «ok» ’ 監督"),
    ],
)
def test_x06_plain_writes_out_what_a_terminal_obeys(text: str, shown: str) -> None:
    """Controls, bidi and invisible characters are shown as escapes; letters stay."""
    assert plain(text) == shown


def test_x06_hostile_text_is_shown_and_not_obeyed() -> None:
    """Markup, escapes, bidi and newlines in any field that a text or a model fills."""
    fields = dict.fromkeys(
        ["person", "team", "role_title", "replaces", "replaced_by", "competition", "honour"],
        HOSTILE,
    )
    evidence = (Evidence(quote=HOSTILE, start=0, end=len(HOSTILE)),)
    hostile = extraction(
        Document("text", id=HOSTILE),
        state="partial",
        reason="failed",
        model=HOSTILE,
        events=(event(**fields, reason=HOSTILE, evidence=evidence),),
        rejected=(Rejected(event=fields, code="c", field=HOSTILE, why=HOSTILE),),
        issues=(Issue(code="c", event=0, field=HOSTILE, why=HOSTILE),),
    )
    shown = printed(hostile, width=10_000)

    assert all(character.isprintable() for line in shown.split("\n") for character in line)
    assert len(shown.splitlines()) == 5
    assert shown.count("[/b][red]x[/]") >= 10
    assert "{{ 7*7 }}" in shown
    assert "\\x1b[31m" in shown


def test_a_long_quote_is_cut() -> None:
    """A quote that fills the screen shows its head; its offsets are whole."""
    quote = "parola " * 100
    shown = printed(
        extraction(events=(event(evidence=(Evidence(quote=quote, start=0, end=700),)),)), width=300
    )

    assert "…” [0:700]" in shown
    assert len(max(shown.splitlines(), key=len)) < 220


@pytest.mark.parametrize(
    ("reason", "why", "shown"),
    [
        ("timeout", "no answer in time", "timeout: no answer in time"),
        ("server_error", "It failed (500).\nTry later. Or not.", "server_error: It failed (500)"),
        ("refused", "w" * 500, f"refused: {'w' * 120}…"),
        ("cassette_stale", "Recorded with another prompt.", "cassette_stale"),
        ("empty", "", "empty"),
    ],
)
def test_a_failure_is_told_once(reason: str, why: str, shown: str) -> None:
    """The heading has the code and a sentence on one line; no note says it again."""
    issue = Issue(code=reason, why=why)
    failed = extraction(state="failed", reason=reason, issues=(issue,))

    assert printed(failed, width=300) == f"a  failed ({shown})  0 events\n"


def test_the_failure_of_another_part_is_told_too() -> None:
    """The heading tells of the first part that failed; a note tells of the next."""
    issues = tuple(Issue(code="truncated", why=f"part {n} of 3: cut off") for n in (1, 3))
    shown = printed(extraction(state="partial", reason="truncated", issues=issues))

    assert shown.startswith("a  partial (truncated: part 1 of 3: cut off)  0 events\n")
    assert shown.count("part 1 of 3") == 1
    assert "note  truncated, part 3 of 3: cut off" in shown


def test_a_style_ends_with_its_words() -> None:
    """Padding, commas and quotes do not take the colour of what stands before them."""
    told = extraction(
        state="partial",
        model="m",
        events=(event(replaces="Ugo Corbaz", date="2024"),),
        rejected=(Rejected(event={}, code="c", field="f", why="w"),),
        issues=(Issue(code="html", why="w"),),
    )
    stream = io.StringIO()
    print_extraction(
        told, Console(file=stream, width=60, force_terminal=True, color_system="standard")
    )
    shown = stream.getvalue()

    assert "\x1b[1ma\x1b[0m\x1b[33m  partial\x1b[0m" in shown
    assert "\x1b[1;32mdismissal\x1b[0m\x1b[1m  Renzo Gualdoni\x1b[0m, Vallombrina" in shown
    assert "\x1b[2m; replaces Ugo" in shown
    assert "\x1b[2;3m“esonerato Gualdoni” [3:21]\x1b[0m" in shown
    assert "\x1b[31m?, ?, ?\x1b[0m: f c, w" in shown
    assert not [line for line in shown.splitlines() if line.endswith(" \x1b[0m")]
