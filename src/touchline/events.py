"""The vocabulary of coaching events: what a model fills in, and what touchline returns.

Two shapes, apart on purpose. A `Draft` is a claim: strings as a model gives them, small enough
for any structured-output mode. A `CoachingEvent` is a fact about a text: every quote carries its
offsets, every date is EDTF. Only `touchline.review` turns the one into the other.

What each type and field means is told in `prompts/system.md`.
"""

from __future__ import annotations

import hashlib
import json
from enum import StrEnum
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from touchline.edtf import EDTF

__all__ = [
    "MAX_QUOTES",
    "Answer",
    "CoachingEvent",
    "Draft",
    "DraftRecord",
    "EventType",
    "Evidence",
    "Record",
    "Role",
    "Status",
    "answer_schema",
    "draft_fields",
    "schema_fingerprint",
]

MAX_QUOTES = 3
"""An event is proved by one to three quotes; more are cut to the first three."""


class EventType(StrEnum):
    """What happened to the person."""

    APPOINTMENT = "appointment"
    INTERIM_APPOINTMENT = "interim_appointment"
    DISMISSAL = "dismissal"
    RESIGNATION = "resignation"
    MUTUAL_TERMINATION = "mutual_termination"
    CONTRACT_EXPIRY = "contract_expiry"
    DEPARTURE = "departure"
    CONTRACT_EXTENSION = "contract_extension"
    CONFIRMATION = "confirmation"
    STAND_IN = "stand_in"
    SUSPENSION = "suspension"
    PRESENTATION = "presentation"
    HONOUR = "honour"
    RESULTS = "results"
    RETIREMENT = "retirement"


class Role(StrEnum):
    """The person's place on the technical staff."""

    HEAD_COACH = "head_coach"
    ASSISTANT_COACH = "assistant_coach"
    FITNESS_COACH = "fitness_coach"
    GOALKEEPING_COACH = "goalkeeping_coach"
    SET_PIECE_COACH = "set_piece_coach"
    ANALYST = "analyst"
    YOUTH_COACH = "youth_coach"
    ACADEMY_DIRECTOR = "academy_director"
    OTHER_STAFF = "other_staff"


class Status(StrEnum):
    """How sure the text is of it."""

    CONFIRMED = "confirmed"
    PLANNED = "planned"
    RUMOURED = "rumoured"
    DENIED = "denied"


# Spellings that models are known to use for a value of an enum. Anything else is refused:
# guessing further would turn an unknown kind of event into a known one.
_ALIASES: dict[str, str] = {
    "sacking": "dismissal",
    "sacked": "dismissal",
    "esonero": "dismissal",
    "hiring": "appointment",
    "nomina": "appointment",
    "caretaker_appointment": "interim_appointment",
    "mutual_consent": "mutual_termination",
    "extension": "contract_extension",
    "honor": "honour",
    "manager": "head_coach",
    "coach": "head_coach",
    "assistant": "assistant_coach",
    "goalkeeper_coach": "goalkeeping_coach",
    "video_analyst": "analyst",
    "match_analyst": "analyst",
    "rumored": "rumoured",
    "rumour": "rumoured",
}


def _repaired(value: object) -> object:
    """The enum value behind a known spelling; anything else as it came."""
    if not isinstance(value, str):
        return value
    key = value.strip().lower().replace(" ", "_").replace("-", "_")
    return _ALIASES.get(key, key)


class _Frozen(BaseModel):
    """A value: fixed once made, closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


_Repaired = BeforeValidator(_repaired)
_Count = Annotated[int, Field(ge=0, le=100_000, strict=True)]
_Text = Annotated[str, Field(max_length=5_000)]


class DraftRecord(_Frozen):
    """A counted record, as a model gives it."""

    matches: _Count | None = None
    wins: _Count | None = None
    draws: _Count | None = None
    losses: _Count | None = None


class Draft(_Frozen):
    """One event as a model claims it; nothing here is proved.

    The descriptions of the fields are the contract that the prompt shows to the model.
    """

    type: Annotated[EventType, _Repaired] = Field(
        description="What happened, one of the types listed above."
    )
    person: _Text = Field(
        min_length=1,
        description="The fullest form of the name that the text prints, without titles. "
        "Never a pronoun, a role or a nickname where the text gives the name.",
    )
    team: _Text | None = Field(
        default=None,
        description="The team or national team, in the fullest common form that the text prints; "
        "null only where the text names none.",
    )
    role: Annotated[Role | None, _Repaired] = Field(
        default=None, description="The role it is about; null where the text does not tell it."
    )
    role_title: _Text | None = Field(
        default=None,
        description="The title of that role as printed near the event, copied letter by letter; "
        "null where none is printed.",
    )
    status: Annotated[Status, _Repaired] = Field(
        description="confirmed, planned, rumoured or denied, as defined above."
    )
    date: _Text | None = Field(
        default=None,
        description="When it happened or will happen, in EDTF; null where the text gives nothing "
        "to go by. See the section on dates.",
    )
    date_text: _Text | None = Field(
        default=None,
        description="The text's own words for that date, copied letter by letter "
        '("mercoledì 13 marzo", "last Tuesday", "nel 2009"); null where there are none.',
    )
    replaces: _Text | None = Field(
        default=None,
        description="For one who takes up a role: who held it before. "
        "For a stand_in: who is absent.",
    )
    replaced_by: _Text | None = Field(
        default=None, description="For one who leaves: who takes the role next."
    )
    contract_until: _Text | None = Field(
        default=None,
        description="End of the contract as EDTF, as precise as the text says and no more.",
    )
    competition: _Text | None = Field(
        default=None,
        description="League or level in which the team plays at the time of the event, as printed; "
        "null where the text does not say it.",
    )
    honour: _Text | None = Field(
        default=None,
        description="For an honour only, and then required: the title, cup or promotion, "
        "copied from the text.",
    )
    record: DraftRecord | None = Field(
        default=None,
        description="For results only: the counts that the text states; "
        "a count that it does not state is null.",
    )
    reason: _Text | None = Field(
        default=None,
        description="Why, in a few consecutive words copied from the text, where it is stated.",
    )
    evidence: tuple[_Text, ...] = Field(
        description="One to three quotes, each copied character by character from one place in "
        "the article, each the shortest that shows the event.",
    )


class Answer(_Frozen):
    """The whole answer of a model. `events` is required: no default may stand for a broken one."""

    events: tuple[Draft, ...]


class Evidence(_Frozen):
    """A slice of the article: `text[start:end] == quote`, in code points, end exclusive."""

    quote: str
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]


class Record(_Frozen):
    """A counted record in charge of a team; null where the text states no number."""

    matches: int | None = None
    wins: int | None = None
    draws: int | None = None
    losses: int | None = None


class CoachingEvent(_Frozen):
    """One proved coaching event.

    Every quote in `evidence` is a slice of the article. `person` stands in the article; so do
    `team`, `role_title`, `date_text`, `replaces`, `replaced_by`, `competition`, `honour` and
    `reason` wherever they are not null. `date` and `contract_until` are EDTF.
    """

    type: EventType
    person: str
    team: str | None
    role: Role | None
    role_title: str | None
    status: Status
    date: EDTF | None
    date_text: str | None
    replaces: str | None
    replaced_by: str | None
    contract_until: EDTF | None
    competition: str | None
    honour: str | None
    record: Record | None
    reason: str | None
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1, max_length=MAX_QUOTES)]


# What providers' strict modes refuse or local grammars choke on; pydantic checks it on our side.
_NOT_ON_THE_WIRE = frozenset({"title", "default", "description", "$defs", "pattern", "format"})
_NOT_ON_THE_WIRE |= {"minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum"}


def _flat(node: Any, definitions: dict[str, Any]) -> Any:
    """A schema node without references, bounds and prose; nullable types in one list."""
    if "$ref" in node:
        return _flat(definitions[node["$ref"].rsplit("/", 1)[1]], definitions)
    if "anyOf" in node:
        first = _flat(node["anyOf"][0], definitions)  # pydantic writes `X | None` as [X, null]
        nullable = {**first, "type": [first["type"], "null"]}
        return {**nullable, "enum": [*first["enum"], None]} if "enum" in first else nullable
    flat = {key: value for key, value in node.items() if key not in _NOT_ON_THE_WIRE}
    if "properties" in flat:
        fields = flat["properties"].items()
        flat["properties"] = {name: _flat(value, definitions) for name, value in fields}
        flat["required"] = list(flat["properties"])
        flat["additionalProperties"] = False
    if "items" in flat:
        flat["items"] = _flat(flat["items"], definitions)
    return flat


@cache
def answer_schema() -> dict[str, Any]:
    """The JSON Schema that a model's answer is asked to fill, for every wire style.

    Flat (no references), small, every key required and nullable where it may be unknown: the
    common ground of strict modes, local grammars and tool calls.
    """
    raw = Answer.model_json_schema()
    flat: dict[str, Any] = _flat(raw, raw["$defs"])
    return flat


@cache
def schema_fingerprint() -> str:
    """Eight hex digits that change with the wire schema or with any description in it."""
    parts = [answer_schema(), draft_fields()]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:8]


@cache
def draft_fields() -> tuple[tuple[str, str], ...]:
    """Name and description of each field that a model fills, in order."""
    return tuple((name, field.description or "") for name, field in Draft.model_fields.items())
