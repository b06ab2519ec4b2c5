"""Gold and extractions made up for the tests of the scorer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from touchline.documents import Document
from touchline.events import CoachingEvent
from touchline.extraction import DocumentRecord, Extraction
from touchline.gold import Gold, GoldArticle

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from touchline.figures import Evaluation, Outcome

TEXT = (
    "Fabrizio Castori è stato esonerato dall'Ascoli il 12 marzo 2024. Al suo posto Massimo "
    "Carrera, già vice alla Juventus, dove vinse la Supercoppa. Marco Castori lascia lo "
    "staff dell'Ascoli. Sauro Bedin potrebbe allenare il Bari."
)


def event(type_: str, person: str, team: str | None, quote: str, **fields: Any) -> CoachingEvent:
    """Give an event of `TEXT`; the fields left out are null, and the status confirmed."""
    start = TEXT.index(quote)
    evidence = [{"quote": quote, "start": start, "end": start + len(quote)}]
    empty = dict.fromkeys(CoachingEvent.model_fields)
    known = {"type": type_, "person": person, "team": team, "status": "confirmed"}
    return CoachingEvent.model_validate({**empty, **known, "evidence": evidence, **fields})


DISMISSAL = event(
    "dismissal",
    "Fabrizio Castori",
    "Ascoli",
    "Fabrizio Castori è stato esonerato",
    role="head_coach",
    date="2024-03-12",
    replaced_by="Massimo Carrera",
)
APPOINTMENT = event(
    "appointment", "Massimo Carrera", "Ascoli", "Al suo posto Massimo Carrera", role="head_coach"
)
PAST = event(
    "appointment", "Massimo Carrera", "Juventus", "vice alla Juventus", role="assistant_coach"
)
HONOUR = event(
    "honour", "Massimo Carrera", "Juventus", "vinse la Supercoppa", honour="la Supercoppa"
)
DEPARTURE = event("departure", "Marco Castori", "Ascoli", "Marco Castori lascia lo staff")
RUMOUR = event("appointment", "Sauro Bedin", "Bari", "potrebbe allenare il Bari", status="rumoured")
EVENTS = (DISMISSAL, APPOINTMENT, PAST, HONOUR, DEPARTURE, RUMOUR)


def gold(*articles: Iterable[CoachingEvent], language: str = "it") -> Gold:
    """Give a gold of one article of `TEXT` for each list of events, with the ids a0, a1..."""
    return Gold(
        tuple(
            GoldArticle(Document(TEXT, id=f"a{index}", language=language), tuple(events))
            for index, events in enumerate(articles)
        )
    )


def extraction(article: GoldArticle, events: Iterable[CoachingEvent], **fields: Any) -> Extraction:
    """Give what was found in an article."""
    document = article.document
    record = DocumentRecord(
        id=document.id,
        sha256=document.sha256,
        title=document.title,
        url=document.url,
        language=document.language,
        published=document.published,
        text=document.text,
    )
    known: dict[str, Any] = {
        "state": "done",
        "prompt": "11111111",
        "schema_fingerprint": "22222222",
        "model": "scripted",
        "attempts": 1,
        **fields,
    }
    return Extraction(document=record, events=tuple(events), **known)


def extractions(of: Gold, *found: Iterable[CoachingEvent], **fields: Any) -> list[Extraction]:
    """Give what was found in each article of a gold, in its order."""
    return [
        extraction(article, events, **fields)
        for article, events in zip(of.articles, found, strict=True)
    ]


def verdicts(evaluation: Evaluation) -> list[tuple[str, str, str]]:
    """The verdict, type and person of each outcome, article by article."""

    def told(item: Outcome) -> tuple[str, str, str]:
        known = item.gold or item.found
        assert known is not None
        return item.verdict, str(known.type), known.person

    return [told(item) for article in evaluation.articles for item in article.outcomes]


def write_gold(folder: Path, of: Gold) -> Path:
    """Write a gold as files and give the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for article in of.articles:
        events = [
            {
                **known.model_dump(mode="json", exclude={"date_text"}),
                "evidence": [item.quote for item in known.evidence],
            }
            for known in article.events
        ]
        data = {
            "id": article.document.id,
            "language": article.document.language,
            "published": None,
            "kind": "invented:news",
            "text": article.document.text,
            "events": events,
        }
        path = folder / f"{article.document.id}.json"
        path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return folder
