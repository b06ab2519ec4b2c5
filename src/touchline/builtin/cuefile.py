"""What a cue file may hold: its tables, their keys and their values, checked before they are read.

Who adds a language writes a file by hand. A key that nothing reads, or a value that means nothing,
would make the reader miss events in silence; here it is an error that says what is wrong, where,
and what may stand there. `cues/README.md` tells what each key is for.
"""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from touchline.builtin.careerwords import CLASSES
from touchline.events import EventType, Role, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

__all__ = ["TABLES", "Table", "Values", "check", "place_of"]

_SHOWN = 80  # characters of a wrong value in an error
_CLASS = re.compile(r"@(\w+)")


@dataclass(frozen=True, slots=True)
class Values:
    """What may stand behind a key: told in words, tested by `fits`, and listed where it can be."""

    told: str
    fits: Callable[[object], bool]
    listed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """What a table of a cue file may hold.

    Attributes:
        required: the keys that must be there, each with what may stand behind it.
        optional: the keys that may lack. noun: what a key of the table is called.
    """

    required: Mapping[str, Values] = field(default_factory=dict)
    optional: Mapping[str, Values] = field(default_factory=dict)
    noun: str = "key"

    @property
    def keys(self) -> dict[str, Values]:
        """All keys that it may hold."""
        return {**self.required, **self.optional}


def _is_list(value: object) -> bool:
    """Whether a value is a list of strings."""
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_words(value: object) -> bool:
    """Whether a value is words: one string, or a list of strings."""
    return isinstance(value, str) or _is_list(value)


def _is_turned(value: object) -> bool:
    """Whether a value is a table of words."""
    return isinstance(value, dict) and all(_is_words(words) for words in value.values())


def _is_tables(value: object) -> bool:
    """Whether a value is a list of tables that has one at least."""
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _one_of(names: Iterable[str]) -> Values:
    """One of some values."""
    listed = tuple(map(str, names))
    return Values(_either(listed), lambda value: isinstance(value, str) and value in listed, listed)


def _either(names: Sequence[str]) -> str:
    """Names in backticks, with "or" in front of the last."""
    quoted = [f"`{name}`" for name in names]
    return " or ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))


_WORDS = Values("words: one string, which may be empty, or a list of strings", _is_words)
_PHRASES = Values("a list of strings", _is_list)
_PATTERNS = Values(
    "a list of patterns, one at least", lambda value: bool(value) and _is_list(value)
)
_FLAG = Values("`true` or `false`", lambda value: isinstance(value, bool))
_TURNED = Values("a table of words", _is_turned)
_TABLE = Values("a table", lambda value: isinstance(value, dict))
_YES = _one_of(["yes"])


def _all(names: str | Iterable[str], values: Values) -> dict[str, Values]:
    """Keys that take the same."""
    return dict.fromkeys(names.split() if isinstance(names, str) else names, values)


TABLES: Mapping[str, Table] = {
    "": Table(
        required={
            **_all("words roles names", _TABLE),
            "cue": Values("`[[cue]]` tables", _is_tables),
        },
        optional={**_all("career noise record settled speech", _TABLE), "capital_nouns": _FLAG},
        noun="table",
    ),
    "words": Table(
        required=_all(
            "a and as aside at before_date coaching detect ex future he if new not of "
            "rumour small surely the until who",
            _WORDS,
        ),
        optional=_all(
            "absolute against also arriving be because behind by capped changes described "
            "epithets expiring fillers follow genitive have helm him impersonal local many "
            "once outfits parting plural result seeks setback since squad staff temporary that "
            "there years",
            _WORDS,
        ),
        noun="class",
    ),
    "roles": Table(
        required={"head_coach": _PHRASES},
        optional=_all((role for role in Role if role is not Role.HEAD_COACH), _PHRASES),
        noun="role",
    ),
    "names": Table(
        required=_all(
            "not_names particles place_before says team_before team_verbs team_words", _WORDS
        ),
        optional={
            **_all("abbreviations grounds noun_ends squads team_articles team_ends", _WORDS),
            **_all("announces born_before nicknames of_heads", _WORDS),
            **_all("place_heads said team_nouns", _WORDS),
            **_all("clubs honours leagues offices wholes", _PHRASES),
            **_all("article_before_person article_before_team team_before_role", _YES),
        },
    ),
    "noise": Table(optional=_all("boxes lines", _PHRASES)),
    "record": Table(optional=_all("draws losses matches none stretch tally times wins", _WORDS)),
    "speech": Table(
        optional={
            **_all("asked reflexive verbs words", _TURNED),
            **_all("clitics plurals unsure", _WORDS),
        },
    ),
    "career": Table(optional=_all(CLASSES, _WORDS), noun="class"),
    "settled": Table(optional=_all("dismissal mutual_termination", _PHRASES), noun="type"),
    "cue": Table(
        required={"type": _one_of(EventType), "match": _PATTERNS},
        optional={
            "status": _one_of(Status),
            "time": _one_of(["news", "past"]),
            "role": _one_of(Role),
            "negated": _one_of(["denied", "dropped"]),
            **_all("goes_on vacant weak", _FLAG),
            **_all("only unless", _WORDS),
            **_all("no yes", _PHRASES),
        },
    ),
}
"""The tables of a cue file by name: under nothing the file itself, under `cue` each `[[cue]]`."""


def place_of(number: int, entry: Mapping[str, Any]) -> str:
    """Where a `[[cue]]` stands, for an error.

    >>> place_of(0, {"type": "dismissal"})
    'cue 1 (`dismissal`)'
    """
    return f"cue {number + 1} (`{entry.get('type', 'no type')}`)"


def check(data: Mapping[str, Any]) -> None:
    """Check what stands in a cue file, as `tomllib` gives it; patterns are not compiled.

    Raises:
        ValueError: a key is missing or unknown, a value is none that its key takes, a class is
            named by no pattern or a pattern names one that is not there, a pattern stands twice.

    >>> check({"words": {}, "roles": {}, "names": {}})
    Traceback (most recent call last):
    ValueError: the file lacks the table `cue`: `[[cue]]` tables
    """
    _check_table(data, TABLES[""], place="the file")
    for name in sorted(TABLES.keys() & data.keys() - {"cue"}):
        _check_table(data[name], TABLES[name], place=f"`[{name}]`", open_=name == "words")
    for number, entry in enumerate(data["cue"]):
        _check_table(entry, TABLES["cue"], place=place_of(number, entry))
    _check_patterns(data["cue"], data["words"])


def _check_table(
    table: Mapping[str, Any], model: Table, *, place: str, open_: bool = False
) -> None:
    """Check the keys and values of a table; an open one may have keys of its own."""
    for key, values in model.required.items():
        if key not in table:
            raise ValueError(f"{place} lacks the {model.noun} `{key}`: {values.told}")
    keys = model.keys
    for key, value in table.items():
        values = keys.get(key, _WORDS)
        if key not in keys and not open_:
            raise ValueError(
                f"{place} has no {model.noun} `{key}`{_nearest(key, keys)}; "
                f"it takes {_either(sorted(keys))}"
            )
        if not values.fits(value):
            near = _nearest(value, values.listed) if isinstance(value, str) else ""
            raise ValueError(f"{place} has `{key} = {_shown(value)}`{near}; it takes {values.told}")


def _check_patterns(cues: Sequence[Mapping[str, Any]], words: Mapping[str, Any]) -> None:
    """Check that no pattern stands twice, and that patterns and classes know each other."""
    seen: dict[str, str] = {}
    known = TABLES["words"].keys
    unnamed = {name for name in words if name not in known}
    for number, entry in enumerate(cues):
        place = place_of(number, entry)
        for pattern in entry["match"]:
            if pattern in seen:
                raise ValueError(
                    f"the pattern `{pattern}` stands twice, in {seen[pattern]} and in {place}; "
                    "leave one of them"
                )
            seen[pattern] = place
            named = _CLASS.findall(pattern)
            unnamed.difference_update(named)
            for name in named:
                if name not in words:
                    raise ValueError(
                        f"{place}: the pattern `{pattern}` names the class `@{name}`, "
                        f"which `[words]` lacks{_nearest(name, words)}"
                    )
    for name in sorted(unnamed):
        raise ValueError(
            f"`[words]` has the class `{name}`, which no pattern names and the reader does not "
            f"know{_nearest(name, [key for key in known if key not in words])}"
        )


def _nearest(wrong: str, names: Iterable[str]) -> str:
    """A question whether another name was meant, where one is near."""
    near = difflib.get_close_matches(wrong, names, n=1)
    return f" (did you mean `{near[0]}`?)" if near else ""


def _shown(value: object) -> str:
    """A value about as TOML writes it, cut where it is long."""
    shown = json.dumps(value, ensure_ascii=False, default=str)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
