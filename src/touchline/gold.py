"""The gold: articles with the events that they tell, as somebody annotated them.

One JSON file per article: `id`, `language`, `published`, `kind`, `text` and `events`, each event
with the fields of `CoachingEvent` but for `date_text`, and its `evidence` as plain quotes, each of
which stands once in the text: its place is what it says. Whatever
is wrong in a file is an error with its place: a gold read by halves gives wrong figures.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from touchline.documents import Document, parse_published
from touchline.errors import InvalidGold, InvalidInput
from touchline.events import CoachingEvent

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Gold", "GoldArticle", "read_gold"]

_REQUIRED = ("id", "text", "events")
_KNOWN = frozenset({*_REQUIRED, "language", "published", "kind", "title", "url"})
_DIGITS = 8
_SHOWN = 80


@dataclass(frozen=True)
class GoldArticle:
    """An article and its events.

    Attributes:
        document: the article; offsets in the events count its text.
        events: the events that it tells, in the order of the file; `date_text` is null.
        kind: what sort of article it is, in free words; "" where nothing is said.
    """

    document: Document
    events: tuple[CoachingEvent, ...]
    kind: str = ""


@dataclass(frozen=True)
class Gold:
    """Annotated articles, by id."""

    articles: tuple[GoldArticle, ...]

    @cached_property
    def digest(self) -> str:
        """Eight hex digits that change with any text or event, and not with their order."""
        told = sorted(_canonical(article) for article in self.articles)
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:_DIGITS]

    @property
    def documents(self) -> tuple[Document, ...]:
        """The articles without their events: what a model may see."""
        return tuple(article.document for article in self.articles)

    @property
    def events(self) -> int:
        """How many events there are in all."""
        return sum(len(article.events) for article in self.articles)


def read_gold(folder: str | Path) -> Gold:
    """Read the gold of a folder, a `.json` file per article, or of one such file.

    Raises:
        InvalidGold: there is none, or a file is wrong; the message names file, event and field.
    """
    folder = Path(folder)
    if not folder.exists():
        raise InvalidGold(f"`{folder}` does not exist; name a folder of annotated articles")
    files = [folder] if folder.is_file() else sorted(folder.glob("*.json"))
    if not files:
        raise InvalidGold(f"`{folder}` holds no .json file; the gold has one for each article")
    articles: dict[str, GoldArticle] = {}
    places: dict[str, Path] = {}
    for file in files:
        article = _article(_object(file), file)
        name = article.document.id
        if name in articles:
            both = f"`{places[name]}` and `{file}`"
            raise InvalidGold(f"{both} have the id `{name}`; change one")
        articles[name], places[name] = article, file
    return Gold(tuple(articles[name] for name in sorted(articles)))


def _object(file: Path) -> dict[str, Any]:
    """The object in a file, with the keys that an article needs."""
    try:
        data = json.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise InvalidGold(f"`{file}` cannot be read: {error.strerror or error}") from None
    except (ValueError, RecursionError) as error:
        raise InvalidGold(f"`{file}` holds no valid JSON: {error}") from None
    if not isinstance(data, dict):
        raise InvalidGold(f"`{file}` holds no object; an article is one, with id, text and events")
    if missing := [name for name in _REQUIRED if name not in data]:
        raise InvalidGold(f"`{file}` lacks `{'`, `'.join(missing)}`")
    if unknown := sorted(data.keys() - _KNOWN):
        raise InvalidGold(f"`{file}` has the unknown key `{unknown[0]}`; known: {_listed(_KNOWN)}")
    if not isinstance(data["events"], list):
        raise InvalidGold(f"`{file}`: `events` is a list; `[]` where the article tells none")
    return data


def _article(data: dict[str, Any], file: Path) -> GoldArticle:
    try:
        published = parse_published(data.get("published"))
        document = Document.from_record({**data, "published": published})
    except (InvalidInput, TypeError) as error:
        raise InvalidGold(f"`{file}`: {error}") from None
    events = tuple(
        _event(raw, document.text, f"`{file}`, event {number}")
        for number, raw in enumerate(data["events"], 1)
    )
    return GoldArticle(document, events, str(data.get("kind") or ""))


def _event(raw: object, text: str, place: str) -> CoachingEvent:
    """An event of a file, with its quotes found in the text."""
    if not isinstance(raw, dict):
        raise InvalidGold(f"{place}: an event is an object, not `{str(raw)[:_SHOWN]}`")
    quotes = raw.get("evidence")
    if not isinstance(quotes, list) or not quotes:
        raise InvalidGold(f"{place}: `evidence` is a list of one to three quotes from the text")
    spans = [_span(quote, text, place) for quote in quotes]
    try:
        return CoachingEvent.model_validate({"date_text": None, **raw, "evidence": spans})
    except ValidationError as error:
        raise InvalidGold(f"{place}: {_explained(error)}") from None


def _span(quote: object, text: str, place: str) -> dict[str, object]:
    """A quote as evidence, at the place where it stands."""
    start = text.find(quote) if isinstance(quote, str) and quote else -1
    if not isinstance(quote, str) or start < 0:
        raise InvalidGold(
            f"{place}: the quote `{str(quote)[:_SHOWN]}` does not stand in the text; "
            "copy it character by character"
        )
    if text.find(quote, start + 1) >= 0:
        raise InvalidGold(
            f"{place}: the quote `{quote[:_SHOWN]}` stands more than once in the text; "
            "copy more of what stands around the place that is meant"
        )
    return {"quote": quote, "start": start, "end": start + len(quote)}


def _explained(error: ValidationError) -> str:
    """The first thing wrong with an event, with its field and value."""
    first = error.errors(include_url=False)[0]
    field = ".".join(map(str, first["loc"]))
    if first["type"] == "missing":
        return f"`{field}` is missing; write null where the text does not tell it"
    if first["type"] == "extra_forbidden":
        return f"`{field}` is no field of an event; known: {_listed(CoachingEvent.model_fields)}"
    return f"`{field}` is `{str(first['input'])[:_SHOWN]}`: {first['msg']}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _canonical(article: GoldArticle) -> str:
    """An article as one line that does not depend on the order of its events or quotes."""
    document = article.document
    events = []
    for event in article.events:
        fields = event.model_dump(mode="json", exclude={"date_text"})
        fields["evidence"] = sorted(item.quote for item in event.evidence)
        events.append(json.dumps(fields, sort_keys=True))
    published = document.published.isoformat() if document.published else None
    told = [document.id, document.sha256, document.language, published, sorted(events)]
    return json.dumps(told, sort_keys=True)
