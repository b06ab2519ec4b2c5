"""Review of answers: each claim is proved, mended where one mending is possible, or refused."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from scripted import (
    ARTICLE,
    PROMPTS,
    TEXT,
    claim,
    codes,
    falls,
    reviewed,
    signing,
    stands,
    written,
)
from touchline import Document
from touchline.grounding import Source
from touchline.review import MAX_EVENTS, Reviewer

EXAMPLE_QUOTE = PROMPTS.examples[0].drafts[0].evidence[0]


def told(event: dict[str, Any]) -> str:
    """Give what a model is told about one claim."""
    return " ".join(reviewed(event).problems)


def dated(text: str, published: str | None, **changes: Any) -> tuple[Any, list[tuple[str, str]]]:
    """Give the date that stands of an appointment in a text, and what was found."""
    document = Document(text, published=published)  # type: ignore[arg-type]
    event = signing(person="Rossi", team=None, role=None, evidence=["Rossi"], **changes)
    judged = stands(event, document)
    return judged.event.date, codes(judged)


def test_true_claim_stands_as_it_is() -> None:
    """A claim that the article proves comes back whole, and nobody is told anything."""
    verdict = reviewed(claim())
    (judged,) = verdict.judged
    event = judged.event

    assert (verdict.problems, verdict.refused, judged.findings) == ((), (), ())
    assert event.person == "Fabrizio Castori"
    assert (event.team, event.reason, event.date_text) == (
        "Ascoli",
        "il ko con la Sampdoria",
        "ieri",
    )
    assert (event.date, event.replaced_by) == ("2024-03-11", "Massimo Carrera")
    assert [TEXT[item.start : item.end] for item in event.evidence] == [claim()["evidence"][0]]


@pytest.mark.parametrize(
    "quote",
    [
        "La società ha comunicato la separazione",
        "L'Ascoli ha esonerato oggi Fabrizio Castori",
        "L'Ascoli ha esonerato ieri Marco Castori",
        "the club has sacked Castori",
        "el club ha destituido a Castori",
        "der Verein hat Castori entlassen",
        "le club a limogé Castori",
        "o clube demitiu Castori",
    ],
)
def test_m01_quote_from_nowhere_is_dropped(quote: str) -> None:
    """A quote that is not in the text proves nothing; without any the event falls."""
    refused = falls(claim(evidence=[quote]))

    assert (refused.code, refused.field) == ("ungrounded", "evidence")
    assert quote in told(claim(evidence=[quote]))
    kept = stands(claim(evidence=[quote, "Con lui vanno via"]))
    assert [item.quote for item in kept.event.evidence] == ["Con lui vanno via"]
    assert codes(kept) == [("ungrounded", "evidence")]


@pytest.mark.parametrize(
    ("quote", "stands_"),
    [
        ("Non è stato esonerato il preparatore", True),
        ("è stato esonerato il  preparatore", True),
        ("stato esonerato l'analista", False),
        ("mercoledì 13 marzo alle 18", True),
        ("mercoledì 12 marzo alle 18", False),
        ("tre sconfitte in 13 partite", True),
        ("tre sconfitte in 14 partite", False),
    ],
)
def test_m02_near_misses_are_no_quotes(quote: str, *, stands_: bool) -> None:
    """One digit or one word makes the difference between a quote and none."""
    assert bool(reviewed(claim(evidence=[quote])).judged) is stands_


def test_m02_negation_left_out_is_noticed() -> None:
    """A quote that begins right after its "non" stands with an issue, and is asked for whole."""
    event = claim(person="Carlo Pescosolido", evidence=["è stato esonerato il preparatore"])
    verdict = reviewed(event)

    assert ("negated", "evidence") in codes(verdict.judged[0])
    assert "`Non`".lower() in " ".join(verdict.problems).lower()
    assert ("negated", "evidence") not in codes(stands({**event, "status": "denied"}))


def test_m03_joined_quote_becomes_two() -> None:
    """A quote joined with dots stands as two."""
    quote = "L'Ascoli ha esonerato ieri [...] Con lui vanno via"
    quotes = [item.quote for item in stands(claim(evidence=[quote])).event.evidence]

    assert quotes == ["L'Ascoli ha esonerato ieri", "Con lui vanno via"]


def test_m04_quote_of_an_example_is_dropped() -> None:
    """What a model copies from the prompt's examples proves nothing here."""
    refused = falls(claim(evidence=[EXAMPLE_QUOTE]))

    assert (refused.code, refused.field) == ("ungrounded", "evidence")


@pytest.mark.parametrize(
    ("evidence", "code"),
    [
        ([], "ungrounded"),
        (["ko"], "evidence_too_short"),
        (["13 "], "evidence_too_short"),
        ([""], "evidence_too_short"),
        ([TEXT], "evidence_too_long"),
        ([TEXT[:-20]], "evidence_too_long"),
    ],
)
def test_m05_quotes_of_no_or_all_words_fall(evidence: list[str], code: str) -> None:
    """No quote, a quote of up to three characters, or nearly the whole article proves nothing."""
    assert falls(claim(evidence=evidence)).code == code


def test_m05_short_article_may_be_quoted_whole() -> None:
    """A line of news is its own shortest quote."""
    document = Document("Ascoli, esonerato Fabrizio Castori")
    event = claim(date=None, date_text=None, replaced_by=None, reason=None)

    assert stands({**event, "evidence": [document.text]}, document).findings == ()


def test_m05_first_three_quotes_are_kept() -> None:
    """Of nine quotes three are kept, and that is said."""
    quotes = [
        "Castori",
        "Sampdoria",
        "Bocchini",
        "Carrera",
        "marzo",
        "Serie B",
        "Bari",
        "nove",
        "pareggio",
    ]
    judged = stands(claim(evidence=quotes))

    assert [item.quote for item in judged.event.evidence] == quotes[:3]
    assert codes(judged) == [("quotes_cut", "evidence")]


def test_m05_endless_quotes_are_not_all_read() -> None:
    """A thousand quotes cost no more than twenty."""
    judged = stands(claim(evidence=["Castori", *["nowhere at all"] * 1_000]))

    assert len(judged.findings) < 30


def test_m06_place_nearest_to_the_person_is_quoted() -> None:
    """The same words at two places are quoted beside the person's name."""
    document = Document("Rossi: via subito. Intanto il Bari e Bianchi: via subito.")
    event = claim(team=None, date=None, date_text=None, replaced_by=None, reason=None)
    (item,) = stands(
        {**event, "person": "Bianchi", "evidence": ["via subito"]}, document
    ).event.evidence

    assert item.start == document.text.rfind("via subito")


@pytest.mark.parametrize(
    "person", ["Mario Castori", "Fabrizio Castorini", "Fabrizio Rossi", "Zdeněk Zeman"]
)
def test_m07_person_from_nowhere_is_dropped(person: str) -> None:
    """An event of somebody whom the text does not name falls."""
    refused = falls(claim(person=person))

    assert (refused.code, refused.field) == ("ungrounded", "person")
    assert person in told(claim(person=person))


@pytest.mark.parametrize(
    ("person", "found"),
    [("FABRIZIO CASTORI", "Fabrizio Castori"), ("Castori Marco", "Marco Castori"),
     ("mister Fabrizio Castori", "Fabrizio Castori"), ("Marco Castori", "Marco Castori")],
)  # fmt: skip
def test_m07_person_has_the_form_of_the_text(person: str, found: str) -> None:
    """Case, order and title do not count; two people of one surname stay apart."""
    assert stands(claim(person=person)).event.person == found


def test_m08_added_first_name_is_cut_and_noted() -> None:
    """A first name from a model's memory is cut off, and that is said."""
    document = Document("Ieri Castori è stato esonerato.")
    event = claim(team=None, date=None, date_text=None, replaced_by=None, reason=None)
    judged = stands({**event, "evidence": ["è stato esonerato"]}, document)

    assert judged.event.person == "Castori"
    assert codes(judged) == [("name_cut", "person")]


def test_m08_initial_is_written_out_and_noted() -> None:
    """An initial in place of the printed name yields to it, and that is said."""
    judged = stands(claim(person="F. Castori"))

    assert judged.event.person == "Fabrizio Castori"
    assert codes(judged) == [("name_form", "person")]


@pytest.mark.parametrize(
    "person",
    [
        *("il tecnico", "lui", "Il vice", "he", "el técnico", "der Trainer", "l'entraîneur"),
        *("o treinador", "...", " "),
    ],
)
def test_m09_role_or_pronoun_is_no_person(person: str) -> None:
    """An event of "il tecnico" or "lui" falls."""
    assert falls(claim(person=person)).field == "person"


@pytest.mark.parametrize("field", ["team", "competition", "replaces", "replaced_by"])
def test_m10_name_from_nowhere_becomes_null(field: str) -> None:
    """A team, league or other person that the text does not name is null with an issue."""
    judged = stands(claim(**{field: "Real Cisana"}))

    assert getattr(judged.event, field) is None
    assert codes(judged) == [("ungrounded", field)]
    assert f"`{field}`: `Real Cisana`" in told(claim(**{field: "Real Cisana"}))


@pytest.mark.parametrize(
    ("field", "value", "stands_"),
    [
        ("type", "Dismissal", True),
        ("type", "esonero", True),
        ("type", "Interim Appointment", True),
        ("type", "transfer", False),
        ("type", "", False),
        ("role", "manager", True),
        ("role", "Head-Coach", True),
        ("role", "president", False),
        ("status", "rumored", True),
        ("status", "likely", False),
    ],
)
def test_m11_values_outside_an_enum_fall(field: str, value: str, *, stands_: bool) -> None:
    """Known spellings are repaired; any other value drops the event and names the field."""
    verdict = reviewed(claim(**{field: value}))

    assert bool(verdict.judged) is stands_
    if not stands_:
        assert (verdict.refused[0].code, verdict.refused[0].field) == ("unknown_value", field)
        assert f"`{field}`" in verdict.problems[0]


@pytest.mark.parametrize(
    ("event", "field"),
    [
        (claim(note="x"), "note"),
        (claim(team=5), "team"),
        (claim(evidence="Castori"), "evidence"),
        (claim(person=None), "person"),
        (claim(person="x" * 6_000), "person"),
        ({key: value for key, value in claim().items() if key != "evidence"}, "evidence"),
        ({key: value for key, value in claim().items() if key != "status"}, "status"),
        (claim(**{"k" * 10_000: 1}), "k" * 100),
    ],
)
def test_m12_misshapen_event_falls_alone(event: dict[str, Any], field: str) -> None:
    """An extra key, a wrong type or a missing key drops the event; the others live."""
    verdict = reviewed(event, signing())

    assert [item.event.person for item in verdict.judged] == ["Massimo Carrera"]
    assert [(item.code, item.field) for item in verdict.refused] == [("invalid_event", field)]
    assert len(verdict.problems) == 1
    assert len(verdict.problems[0]) < 500


@pytest.mark.parametrize("event", ["Castori", 5, None, [], True])
def test_m12_event_that_is_no_object_falls_alone(event: Any) -> None:
    """What is no object is no event."""
    verdict = reviewed(event, signing())

    assert len(verdict.judged) == 1
    assert verdict.refused[0].raw == event


@pytest.mark.parametrize("date", ["13/03/2024", "2024-3-5", "2024-02-30", "marzo 2024", "2024-13"])
def test_m13_unreadable_date_becomes_null(date: str) -> None:
    """A date that is not EDTF is null with an issue; day and month are not guessed."""
    assert dated("Rossi firma.", "2024-03-12", date=date) == (None, [("bad_date", "date")])


@pytest.mark.parametrize("date", ["2023-24", "2023/24", "2023/2024"])
def test_m14_season_is_a_span_of_years(date: str) -> None:
    """A season has one meaning, and never that of a winter."""
    assert dated("Rossi firma nel 2023-24.", "2024-03-12", date=date) == ("2023/2024", [])


@pytest.mark.parametrize("date", ["2017/2016", "0000", "20244"])
def test_m15_impossible_year_becomes_null(date: str) -> None:
    """A span backwards, year 0 and a year of five digits are null with an issue."""
    found, issues = dated("Rossi firma.", "2024-03-12", date=date)

    assert found is None
    assert len(issues) == 1


@pytest.mark.parametrize(
    ("date", "text", "found"),
    [
        ("2024-03-14", "mercoledì 13 marzo", "2024-03-13"),
        ("2024-03-13", "mercoledì 13 marzo", "2024-03-13"),
        ("2024-03-13", "martedì 13 marzo 2024", None),
    ],
)
def test_m16_weekday_decides(date: str, text: str, found: str | None) -> None:
    """A printed weekday mends a date where one day fits, and drops one that contradicts itself."""
    changes = {"status": "planned", "date": date, "date_text": text}
    got, issues = dated(f"Rossi firma {text}.", "2024-03-12", **changes)

    assert got == found
    assert len(issues) == (date != found)


@pytest.mark.parametrize("date", ["2024-03-11", "2026-11-24"])
def test_m17_relative_date_without_publication_is_null(date: str) -> None:
    """No day is "yesterday" in an undated text."""
    found, issues = dated("Rossi ha firmato ieri.", None, date=date, date_text="ieri")

    assert found is None
    assert issues


@pytest.mark.parametrize(
    ("status", "date", "became", "code"),
    [
        ("confirmed", "2024-03-20", "planned", "status_fixed"),
        ("planned", "2024-03-01", "confirmed", "status_fixed"),
        ("rumoured", "2024-03-20", "rumoured", None),
        ("denied", "2024-03-20", "denied", None),
        ("confirmed", "1849", "confirmed", "date_out_of_range"),
        ("planned", "2036", "planned", "date_out_of_range"),
        ("planned", "2034", "planned", None),
    ],
)
def test_m18_status_and_calendar_agree(
    status: str, date: str, became: str, code: str | None
) -> None:
    """What is yet to come is planned, what is past is not, and no date is absurd."""
    document = Document("Rossi firma.", published="2024-03-12")  # type: ignore[arg-type]
    event = signing(
        person="Rossi", team=None, role=None, evidence=["Rossi"], status=status, date=date
    )
    judged = stands(event, document)

    assert judged.event.status == became
    assert [found for found, _ in codes(judged)] == ([code] if code else [])


def test_contract_end_knows_nothing_of_date_text() -> None:
    """The words for the date of an event say nothing of the end of a contract."""
    text = "Rossi ha firmato ieri un contratto fino a giugno 2026."
    document = Document(text, published="2024-03-12")  # type: ignore[arg-type]
    event = signing(person="Rossi", team=None, role=None, evidence=["Rossi"])
    dates = {"date": "2024-03-11", "date_text": "ieri", "contract_until": "2026-06"}
    judged = stands({**event, **dates}, document)

    assert (judged.event.date, judged.event.contract_until) == ("2024-03-11", "2026-06")
    assert judged.findings == ()


@pytest.mark.parametrize(
    ("record", "kept"),
    [
        ({"matches": 13, "wins": 9, "draws": 1, "losses": 3}, True),
        ({"matches": 14, "wins": 9, "draws": 1, "losses": 3}, False),
        ({"matches": None, "wins": 9, "draws": 1, "losses": 3}, True),
        ({"matches": 13, "wins": 9, "draws": None, "losses": 3}, True),
        ({"matches": 11, "wins": 9, "draws": None, "losses": 3}, False),
        ({"matches": -13, "wins": 9, "draws": 1, "losses": 3}, False),
        ({"matches": 13, "wins": "nine", "draws": 1, "losses": 3}, False),
        ({"matches": 1.5, "wins": 9, "draws": 1, "losses": 3}, False),
    ],
)
def test_m21_record_that_does_not_add_up_is_null(record: dict[str, Any], *, kept: bool) -> None:
    """Counts that contradict each other, or are none, cost the record and leave the event."""
    quote = "nove vittorie, un pareggio e tre sconfitte in 13 partite"
    judged = stands(signing(type="results", team="Bari", record=record, evidence=[quote]))

    assert (judged.event.record is not None) is kept
    assert codes(judged) == ([] if kept else [("record_mismatch", "record")])


def test_m21_nobody_replaces_himself() -> None:
    """A person who replaces the person is null with an issue, by surname too."""
    judged = stands(signing(replaces="Carrera"))

    assert judged.event.replaces is None
    assert codes(judged) == [("self_reference", "replaces")]
    assert stands(signing(replaces="Marco Castori")).event.replaces == "Marco Castori"


def test_m22_absurd_number_of_events_is_no_answer() -> None:
    """Two hundred events may be; one more is no reading of an article."""
    assert len(reviewed(*[claim()] * MAX_EVENTS).judged) == MAX_EVENTS

    failure = reviewed(*[claim()] * (MAX_EVENTS + 1)).failure
    assert failure is not None
    assert failure.code == "implausible"


@pytest.mark.parametrize("wrap", ["{}", '{{"events": [], "x": "{}"}}', "```\n{}\n```"])
def test_m27_repeated_instructions_are_no_answer(wrap: str) -> None:
    """An answer that repeats a line of the instructions is a leak, JSON or not."""
    line = max(PROMPTS.head[0].content.splitlines(), key=len)
    reviewer = Reviewer(PROMPTS.render(ARTICLE), Source(ARTICLE))

    assert reviewer(wrap.format(line.replace('"', '\\"'))) == ()
    failure = reviewer.verdicts[-1].failure
    assert failure is not None
    assert failure.code == "prompt_leak"


def test_m27_article_that_quotes_the_instructions_is_no_leak() -> None:
    """A line that stands in the article may stand in the answer."""
    line = max(PROMPTS.head[0].content.splitlines(), key=len)
    document = dataclasses.replace(ARTICLE, text=f"{TEXT}\n{line}", id="quoting")

    assert reviewed(claim(evidence=[line]), document=document).failure is None


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("role_title", "head coach", None),
        ("role_title", "vice", "vice"),
        ("reason", "the defeat against Sampdoria", None),
        ("reason", "il ko con la\u00a0Sampdoria", "il ko con la Sampdoria"),
        ("date_text", "yesterday", None),
        ("team", "<b>Ascoli</b>", "Ascoli"),
        ("team", "Asc\u00adoli", "Ascoli"),
        ("team", "Ascoli\x00", "Ascoli"),
        ("replaced_by", "mister <i>Massimo</i> Carrera\u202e", "Massimo Carrera"),
    ],
)
def test_m28_free_text_is_the_text_s_own(field: str, value: str, found: str | None) -> None:
    """Free text is a slice of the article or null; names lose markup, controls and titles."""
    assert getattr(stands(claim(**{field: value})).event, field) == found


@pytest.mark.parametrize("honour", [None, "Supercoppa italiana", "Scudetto"])
def test_honour_needs_its_title(honour: str | None) -> None:
    """An honour whose title the text does not print falls; with the printed title it stands."""
    event = signing(
        type="honour", team="Spartak Mosca", evidence=["Carrera ha vinto la Supercoppa russa"]
    )

    assert falls({**event, "honour": honour}).code == "missing_field"
    assert stands({**event, "honour": "Supercoppa russa"}).event.honour == "Supercoppa russa"
    assert stands(signing(honour="Supercoppa russa")).event.honour is None


def test_results_need_a_record() -> None:
    """Results without counts are none; counts of another type are dropped."""
    event = signing(type="results", team="Bari", evidence=["nove vittorie"])

    assert falls(event).field == "record"
    assert stands(signing(record={"wins": 9})).event.record is None


def test_problems_are_told_in_bounds() -> None:
    """A hopeless answer is not repeated to the model in full."""
    verdict = reviewed(*[claim(person="Zeman" * 900, evidence=["x" * 4_000] * 3)] * MAX_EVENTS)

    assert len(verdict.refused) == MAX_EVENTS
    assert len("".join(verdict.problems)) < 50_000
    assert "more points" in verdict.problems[-1]


def test_reviewer_remembers_every_verdict() -> None:
    """Each answer has its verdict, in order."""
    reviewer = Reviewer(PROMPTS.render(ARTICLE), Source(ARTICLE))
    for answer in ("no", written([claim()]), written([])):
        reviewer(answer)

    assert [len(verdict.judged) for verdict in reviewer.verdicts] == [0, 1, 0]
    assert reviewer.verdicts[0].failure is not None
