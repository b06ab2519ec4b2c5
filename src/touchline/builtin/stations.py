"""Stations of a coach's career in one sentence: teams in lists, with years and roles.

`Dal 2009 al 2012 ha guidato il Foo, poi Bar e Baz (2015)`: each team is one station. What opens a
list, and what may stand between, are word classes of the table `[career]` in the cue files.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress, count
from typing import TYPE_CHECKING

from touchline.builtin.names import AGES, is_score
from touchline.builtin.spells import Spell, bracket_end, spells_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchline.builtin.names import Mark, Name
    from touchline.builtin.views import View

__all__ = ["Station", "stations"]

_GAP = 10  # tokens from what opens a list to its first team
_BETWEEN = 12  # tokens from one team of a list to the next
_MARKS = frozenset(",;/&")
_PROOF = 30  # tokens from what opens a list to a team that it still proves
_LED = 8  # tokens from a date to the verb behind it
_LONGEST_LINE = 24  # tokens of a line that is one station
_EARLY = 3  # tokens at the head of a sentence
_VERB = 4  # tokens from a team at the head to its verb
_HEADS = frozenset(";:,–—•-")


@dataclass(slots=True)
class Station:
    """A team at which a coach was.

    Attributes:
        name: of the team. low, high: tokens of the evidence, end exclusive.
        opener: the token that opens the list, for the mode of the sentence there.
        spell: when. role: the title. sure: whether the words alone tell that he coached.
    """

    name: Name
    low: int
    high: int
    opener: int
    spell: Spell | None = None
    role: Mark | None = None
    sure: bool = False


def stations(view: View, *, goes_on: bool) -> Iterator[Station]:
    """The stations of a sentence, in order.

    Args:
        view: the sentence.
        goes_on: whether the sentence before told of stations.
    """
    done = 0
    for at in _openings(view):
        if at < done:
            continue
        found = _opened(view, at, goes_on=goes_on)
        if found:
            goes_on, done = True, found[-1].high
            yield from found


def _openings(view: View) -> list[int]:
    """The tokens that may open a list, in order: none behind the last name."""
    names = [mark.low for mark in view.marks if mark.name is not None]
    if not names:
        return []
    lower, opening = view.lower[: names[-1] + 1], view.language.career["opening"]
    places = {mark.low for mark in view.marks if mark.sign == "R" or mark.low <= _EARLY}
    places.update(compress(count(), map(opening.__contains__, lower)))
    places.update(compress(count(), map(str.isdecimal, lower)))
    return sorted(places)


def _opened(view: View, at: int, *, goes_on: bool) -> list[Station]:
    """The stations of the list that a token opens."""
    mark = view.by_low.get(at)
    if mark is not None:
        if mark.sign in "TN" and at <= _EARLY:
            return _at_head(view, mark)
        held = mark.sign == "R" and _was(view, at)
        return _by_role(view, mark, at) if held else []
    if view.is_in(at, "managed", "bench", "spells", "leading"):
        return _by_word(view, at)
    if view.is_in(at, "then"):
        return _by_word(view, at) if goes_on else []
    begun = view.spell(at)
    return _dated(view, at, begun) if begun is not None and _is_head(view, at) else []


def _by_word(view: View, at: int) -> list[Station]:
    """The stations behind a verb or a noun: `ha guidato`, `spells at`, `poi al`."""
    first, role, spell = _gap(view, at + 1)
    if first is None:
        return []
    spell = spell or _spell_before(view, at)
    verb = view.is_in(at, "managed")
    if verb and view.is_in(at + 1, "passive") and spell is None:
        return []  # "treinado pelo atual comandante da": another did
    if view.is_in(at, "leading") and not verb:
        verb = spell is not None  # "nel 2015 allena il Foo"
    placed = first.sign == "N" and at > 0 and view.is_any(at - 1, "at")
    if placed and view.is_in(at, "bench") and role is None:
        return []  # "on the bench at Treviglio": a place
    joined = role is not None or _is_joined(view, first.low)
    if not verb and not joined and not view.is_in(at, "then"):
        return []
    found = _listed(view, first, at, role=role, spell=spell, sure=verb or view.is_in(at, "bench"))
    return found if verb or joined or _is_bare_list(view, at, found) else []


def _is_bare_list(view: View, at: int, found: list[Station]) -> bool:
    """Whether "then" leads on to teams alone, with no verb: `; poi il Foo, il Bar e il Baz`."""
    if not found or found[0].name.sign != "T":
        return False
    if at > 0 and view.lower[at - 1] not in _MARKS and not view.is_any(at - 1, "and"):
        return False
    behind = found[-1].high
    return len(found) > 1 and (behind >= len(view.lower) or view.lower[behind] in ",;.")


def _is_joined(view: View, at: int) -> bool:
    """Whether a preposition, "such as" or a colon joins a noun to a team behind it."""
    while at > 0 and view.is_any(at - 1, "the") and not view.is_led(at):
        at -= 1
    before = max(0, at - 1)
    words = view.is_any(before, "of", "at", "as", "be") or view.is_in(before, "with", "like")
    return words or view.lower[before] == ":"


def _at_head(view: View, mark: Mark) -> list[Station]:
    """The team where a sentence begins, in front of a verb: `No Foo (2007), alcançou o título`."""
    led = view.is_any(mark.low - 1, "the", "at") if mark.low else False
    if not led or mark.name is None or not _is_where(view, mark.low):
        return []
    high, career = bracket_end(view.lower, mark.high), view.language.career
    station = Station(mark.name.whole, mark.low, mark.high, mark.low)
    if high > mark.high:
        _add_bracket(view, station, mark.high, high)
    for at in range(high, min(high + _VERB, len(view.lower))):
        if at in view.by_low:
            return []
        if view.is_in(at, "won", "began"):
            years = spells_in(view.lower, at, high=min(at + _GAP, len(view.lower)), words=career)
            station.spell = station.spell or next(iter(years), None)
            return [station]
    return []


def _is_where(view: View, at: int) -> bool:
    """Whether a word such as "at" stands in front of a team at the head of a sentence."""
    places = range(max(0, at - 2), at)
    return at <= _EARLY and any(view.is_in(place, "where") for place in places)


def _by_role(view: View, title: Mark, at: int) -> list[Station]:
    """The stations behind a title: `was assistant coach of`."""
    first, _, spell = _gap(view, title.high)
    if first is None or not view.is_any(title.high, "of", "at"):
        return []
    helper = title.phrase is not None and title.phrase.value == "assistant_coach"
    if helper and first.sign != "T" and view.is_any(first.low - 1, "of"):
        return []  # whom he assisted
    spell = spell or _spell_before(view, at)
    return _listed(view, first, at, role=title, spell=spell, sure=True)


def _was(view: View, at: int) -> bool:
    """Whether a role is told as one that somebody held: `was the coach of`, `as coach of`."""
    for place in range(at - 1, max(-1, at - 6), -1):
        if place in view.by_low or view.lower[place] in ",;:":
            return False
        if place > 0 and view.is_in(place, "passive") and view.is_in(place - 1, "managed"):
            return False  # "foi treinado pelo técnico do Foo"
        if view.is_in(place, "was", "spells", "managed", "bench"):
            return not any(view.is_any(i, "not") for i in range(max(0, place - 3), at))
    return False


def _is_head(view: View, at: int) -> bool:
    """Whether a date stands at the head of a sentence or clause, but for prepositions."""
    while at > 0 and (
        view.is_any(at - 1, "before_date", "the", "at", "of")
        or view.is_in(at - 1, "between", "season")
    ):
        at -= 1
    return at == 0 or view.lower[at - 1] in _HEADS or view.is_any(at - 1, "and")


def _dated(view: View, at: int, spell: Spell) -> list[Station]:
    """The stations of a line or clause that begins with a date."""
    first, role, later = _gap(view, spell.high)
    if first is None:
        return []
    alone = first.sign == "P" and _is_bare(view, first.high)
    found = _listed(view, first, at, role=role, spell=later or spell, sure=False, lenient=alone)
    if not found:
        return []
    whole = at <= 3 and len(view.lower) <= _LONGEST_LINE and _is_bare(view, found[-1].high)
    led = view.is_led(first.low)
    clause = led and (
        role is not None
        or any(view.is_in(i, "spells", "inside") for i in range(spell.high, first.low))
    )
    return found if whole or clause else []


def _is_bare(view: View, at: int) -> bool:
    """Whether nothing but brackets, titles and signs follows a token: no verb."""
    lower = view.lower
    while at < len(lower):
        mark = view.by_low.get(at)
        end = bracket_end(lower, at)
        if end > at:
            at = end
        elif mark is not None and mark.sign in "RKC":
            at = mark.high
        elif not lower[at][0].isalpha() or view.is_any(at, "the", "at", "of", "and", "as"):
            at += 1
        else:
            return False
    return True


def _spell_before(view: View, at: int) -> Spell | None:
    """The date in front of a verb, with no name between."""
    for place in range(at - 1, max(-1, at - 1 - _LED), -1):
        if place in view.by_low or view.lower[place] in _MARKS - {","} or view.is_any(place, "and"):
            return None
        if view.lower[place].isdecimal():
            low = max(0, place - 4)
            known = spells_in(view.lower, low, high=at, words=view.language.career)
            return known[-1] if known else None
    return None


def _gap(view: View, at: int) -> tuple[Mark | None, Mark | None, Spell | None]:
    """The first name behind a token, with nothing but small words, a title and dates between."""
    role, spell, start = None, None, at
    while at < len(view.lower) and at - start <= _GAP:
        mark = view.by_low.get(at)
        if mark is not None and mark.sign == "R":
            role, at = mark, mark.high
        elif mark is not None and (mark.sign in "CK" or _is_age(mark)):
            at = mark.high
        elif mark is not None and _owns(view, mark):
            at = mark.high + 1
        elif mark is not None:
            return (mark if mark.name is not None else None), role, spell
        elif (dated := view.spell(at)) is not None:
            spell, at = dated, dated.high
        elif is_score(view.lower[at - 2 : at + 1]):
            break
        elif view.lower[at].isdecimal() or view.lower[at] in ":,-–" or _is_between(view, at):
            at += 1
        else:
            break
    return None, None, None


def _owns(view: View, mark: Mark) -> bool:
    """Whether a name is a country, and its team stands behind a genitive: `Turkey's Bursa`."""
    following = view.by_low.get(mark.high + 1)
    if following is None or following.name is None or not view.is_any(mark.high, "genitive"):
        return False
    return not any(map(str.isdecimal, following.name.text))  # but not in "Bursa's U23s"


def _is_age(mark: Mark) -> bool:
    """Whether a mark is an age group: `Under 15`."""
    return mark.sign == "w" and mark.name is not None and mark.name.key[0] in AGES


def _is_between(view: View, at: int) -> bool:
    """Whether a token may stand between what opens a list and its first team."""
    small = view.is_any(at, "at", "of", "the", "a", "as", "new", "before_date")
    return small or view.is_in(at, "inside", "spells", "managed", "bench", "with", "like")


def _listed(
    view: View,
    mark: Mark,
    opener: int,
    *,
    role: Mark | None,
    spell: Spell | None,
    sure: bool,
    lenient: bool = False,
) -> list[Station]:
    """The list of teams that begins with a name; `lenient` where a person's form is no matter."""
    found: list[Station] = []
    low = opener
    head, step_role = mark, role
    step: tuple[Mark, Mark | None, Spell | None] | None = (mark, role, spell)
    while step is not None:
        mark, new, spell = step
        role = new or role
        name = mark.name
        if name is None or not (_can_be_team(view, mark) or (lenient and mark.sign == "P")):
            break
        station = Station(name.whole, low, mark.high, opener, spell, role, sure)
        found.append(station)
        at = mark.high
        end = bracket_end(view.lower, at)
        if end > at:
            _add_bracket(view, station, at, end)
            at = end
        step = _next(view, at, station)
        near = step is not None and step[0].high - opener <= _PROOF
        low = opener if near or step is None else step[0].low
    # A list of names that look like persons is one of teams where a team is in it.
    led = lenient or (head.sign == "P" and view.is_any(head.low - 1, "the"))
    teams = [item.name for item in found if item.name.sign in "TN"]
    known = sure or lenient or len(teams) > 1 or any(name.sign == "T" for name in teams)
    titled = step_role is not None and head.sign == "w"
    return found if led or titled or (teams and known) else []


def _can_be_team(view: View, mark: Mark) -> bool:
    """Whether a name can be a team's in a list of them: a person only by its form can."""
    name = mark.name
    if name is None or mark.sign not in "TNPw" or view.is_in(mark.low, "places", "units"):
        return False
    grounds = view.language.names.get("grounds", ())
    if mark.high < len(view.lower) and view.lower[mark.high] in grounds:
        return False
    if mark.sign == "P":
        return name.whole.role is None and name.whole.person <= 1
    return mark.sign != "w" or (name.key[0] not in AGES and name.place > 0)


def _add_bracket(view: View, station: Station, low: int, high: int) -> None:
    """Take over the years and the title of a bracket behind a team."""
    years = spells_in(view.lower, low, high=high, words=view.language.career)
    if years:
        last = years[-1]
        station.spell = Spell(years[0].low, last.high, years[0].first, last.last)
    title = next((m for m in view.marks if m.sign == "R" and low <= m.low < high), None)
    station.role = title or station.role
    station.high = high if years or title else station.high


def _next(view: View, at: int, station: Station) -> tuple[Mark, Mark | None, Spell | None] | None:
    """The next team of a list, its title and its date; None where the list ends."""
    joined = False
    role: Mark | None = None
    spell: Spell | None = None
    start = at
    while at < len(view.lower) and at - start <= _BETWEEN:
        mark = view.by_low.get(at)
        if mark is not None and mark.sign == "R":
            role, at = mark, mark.high
        elif mark is not None:
            if joined and _owns(view, mark):
                at = mark.high + 1
                continue
            return (mark, role, spell) if joined and mark.name is not None else None
        elif (dated := view.spell(at)) is not None:
            if joined:
                spell = dated
            elif station.spell is None or station.spell.low < station.low:
                station.spell, station.high = dated, dated.high
            at = dated.high
        else:
            links = view.lower[at] in _MARKS or view.is_any(at, "and") or view.is_in(at, "then")
            small = view.is_any(at, "at", "of", "the", "a", "as", "before_date")
            if not (links or small or view.is_in(at, "inside", "between")):
                return None
            joined = joined or links
            at += 1
    return None
