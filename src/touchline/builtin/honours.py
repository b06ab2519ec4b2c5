"""Titles, cups and promotions in one sentence: in lists, with counts, years and teams.

`Ha conquistato una Coppa Italia (2018-2019) e due Supercoppe (2017 e 2019)`: one prize for each
year that is named, else one. A prize is known by the phrases of the cue file, or by its form: a
word for a cup, a title or a promotion with a name, an adjective or a league beside it.
"""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

from touchline.builtin.spells import bracket_end, spells_in
from touchline.builtin.trophies import compounds, prize_at, prize_end
from touchline.builtin.wins import Prize, give_years, spread, year_near

if TYPE_CHECKING:
    from touchline.builtin.names import Mark, Name
    from touchline.builtin.views import View

__all__ = ["Prize", "prizes"]

_FAR = 7  # tokens from a verb to what was won
_NEXT = 11  # tokens from one prize of a list to the next
_NEAR = 4  # tokens from a name to the verb of a relative clause
_DATED = 3  # tokens from a year to the verb behind it
_TEAM = 7  # tokens from a prize to the team with which it was won
_SIGNS = frozenset("TNC")


def prizes(view: View) -> list[Prize]:
    """The prizes of a sentence, in order."""
    found: list[Prize] = []
    career, done = view.language.career, 0
    words = career["winning"]
    if not career["rises"].isdisjoint(view.lower):
        words |= career["with_only"]
    if words.isdisjoint(view.lower) or not _can_hold(view):
        return found
    for at in compress(range(len(view.lower)), map(words.__contains__, view.lower)):
        if at < done:
            continue
        group = _won(view, at) if at not in view.by_low or view.by_low[at].sign == "H" else []
        if group:
            _give_teams(view, group, at)
            found += group
            done = group[-1].end
    return found


def _can_hold(view: View) -> bool:
    """Whether a sentence has a word for a prize, or a mark of one or of a league."""
    if not view.language.career["prizes"].isdisjoint(view.lower):
        return True
    if "H" in view.signs or "K" in view.signs:
        return True
    ends = compounds(view)
    return any(word.endswith(ends) for word in view.lower) if ends else False


def _won(view: View, at: int) -> list[Prize]:
    """The prizes of the list that a word for winning opens."""
    if view.is_in(at, "champion"):
        return _as_champion(view, at)
    verb, brought = view.is_in(at, "won"), view.is_in(at, "brought")
    head = view.is_in(at, "palmares") and _announces(view, at)
    rose = view.is_in(at, "rose")
    if view.is_in(at, "with_only") and at + 1 < len(view.lower) and view.is_in(at + 1, "rises"):
        return _list(view, at, brought=False)
    if not (verb or head or brought or rose) or _is_idle(view, at):
        return []
    if view.is_in(at, "gained") and (front := _in_front(view, at)):
        return front
    if rose:
        return _risen(view, at)
    return _list(view, at, brought=brought)


def _in_front(view: View, at: int) -> list[Prize]:
    """The prize right in front of a participle: `due campionati vinti con il Foo nel 2014`."""
    for low in range(max(0, at - _FAR), at):
        span = prize_at(view, low)
        named = span is not None and (span[1] - low > 1 or view.by_low.get(low) is not None)
        ends = {at, at - 1} if view.lower[at - 1] == "," else {at}
        if span is not None and named and span[1] in ends and not _is_short(view, low, at):
            prize = Prize(low, at + 1, trigger=at)
            give_years(view, prize)
            prize.high = span[1]
            return [prize]
    return []


def _announces(view: View, at: int) -> bool:
    """Whether a word such as "honours" opens a list: a colon, "such as" or a verb follows."""
    behind = view.lower[at + 1 : at + 4]
    return (
        ":" in behind
        or any(view.is_any(at + i, "as") for i in (1, 2) if at + i < len(view.lower))
        or (view.is_in(at, "palmares") and not view.is_in(at, "titles"))
    )


def _is_idle(view: View, at: int) -> bool:
    """Whether a verb is negated, or its subject is a team."""
    if any(view.is_any(place, "not") for place in range(max(0, at - 3), at)):
        return True
    place, ends = at - 1, _ends(view)
    while (
        place >= 0
        and place not in ends
        and (view.is_any(place, "fillers") or view.is_in(place, "auxiliary"))
    ):
        place -= 1
    mark = ends.get(place)
    if place >= 1 and view.is_any(place, "who"):
        if view.is_in(place - 1, "with") or view.is_any(place - 1, "at", "of"):
            return False
        behind = place - 1
        while behind >= 0 and view.lower[behind] == ",":
            behind -= 1
        mark = ends.get(behind)
        return mark is not None and mark.sign in _SIGNS
    if mark is None or mark.sign not in _SIGNS:
        return False
    before = mark.low - 1
    while before >= 0 and view.is_any(before, "the") and not view.is_in(before, "with"):
        before -= 1
    return before < 0 or not (view.is_in(before, "with") or view.is_any(before, "at", "of"))


def _ends(view: View) -> dict[int, Mark]:
    """The names by their last tokens."""
    return {mark.high - 1: mark for mark in view.marks if mark.name is not None}


def _list(view: View, at: int, *, brought: bool) -> list[Prize]:
    """The prizes behind a verb."""
    found: list[Prize] = []
    place = _behind_holder(view, at)
    stop = place + _FAR
    while place < min(len(view.lower), stop):
        span = prize_at(view, place) or (None if brought or found else _league_at(view, at, place))
        if span is None:
            if _breaks(view, place, first=not found, brought=brought):
                break
            mark = view.by_low.get(place)
            stop += mark.high - mark.low - 1 if mark is not None else 0  # a name is one step
            place = mark.high if mark is not None else place + 1
            continue
        if brought and not found and not _is_reached(view, at, span[0]):
            break
        if _is_short(view, at + 1 if not found else found[-1].end, span[1]):
            stop = place = span[1]
            break
        prize = Prize(*span, trigger=at)
        give_years(view, prize)
        found.append(prize)
        place, stop = prize.end, prize.end + _NEXT
    return found


def _behind_holder(view: View, at: int) -> int:
    """Where a list begins: behind a person whose honours they are (`nel palmarès di Ferri`)."""
    if not view.is_in(at, "palmares"):
        return at + 1
    near = (mark for mark in view.marks if at < mark.low <= at + _NEAR and mark.sign == "P")
    return next((mark.high for mark in near), at + 1)


def _league_at(view: View, low: int, at: int) -> tuple[int, int] | None:
    """A league right behind a verb: `ha vinto la Serie D`, `led X to the win of the Serie D`."""
    mark = view.by_low.get(at)
    led = any(view.is_in(place, "brought") for place in range(max(0, low - _FAR), low))
    near = all(
        view.is_any(place, "the") or (led and view.is_any(place, "of"))
        for place in range(low + 1, at)
    )
    return (at, mark.high) if mark is not None and mark.sign == "K" and near else None


def _is_reached(view: View, low: int, high: int) -> bool:
    """Whether somebody was led to a prize: a word for "to" stands between, or the prize has it."""
    between = any(view.is_any(i, "at") or view.is_in(i, "to") for i in range(low + 1, high + 1))
    return between or view.lower[high] in view.language.classes["at"]


def _is_short(view: View, low: int, high: int) -> bool:
    """Whether it was a final or a second place."""
    places = range(max(0, low - 1), min(high + 1, len(view.lower)))
    return any(view.is_in(place, "short") for place in places)


def _breaks(view: View, at: int, *, first: bool, brought: bool) -> bool:
    """Whether a token ends the way from a verb to its prize."""
    related = view.is_any(at, "who") and not view.is_in(at, "including")
    if view.lower[at] == ";" or view.plays(at) or related:
        return True
    mark = view.by_low.get(at)
    if mark is not None and mark.sign == "P":
        return True
    if first and not brought and mark is not None and mark.sign in "TNC":
        return at == 0 or not (view.is_in(at - 1, "with") or view.is_any(at - 1, "at", "of", "the"))
    if first:
        behind = range(at + 1, min(at + 3, len(view.lower)))
        return view.lower[at] == "," and not any(view.is_in(i, "including") for i in behind)
    return view.is_in(at, "won", "brought", "rose", "spells", "managed", "bench")


def _as_champion(view: View, at: int) -> list[Prize]:
    """`Campeão com o Foo, em 2019`: who is called a champion, of a league or with a team."""
    if at > 0 and (view.is_in(at - 1, "short") or view.is_any(at - 1, "the", "not")):
        return []
    mark = view.by_low.get(at)
    end = prize_end(view, mark.high if mark is not None and mark.sign == "H" else at + 1)
    prize = Prize(at, end, trigger=at)
    give_years(view, prize)
    team = _team_behind(view, prize.end, stop=len(view.lower))
    bare = end == at + 1 and not prize.years
    if bare and team is None:
        # A German verb has it behind: "mit dem SV Foo wurde er Meister".
        front = [mark for mark in view.marks if mark.high <= at and mark.sign == "T"]
        if not (view.language.capital_nouns and front and _is_with(view, front[-1])):
            return []
    found = [prize]
    place = prize.end
    while place < min(len(view.lower), found[-1].end + 4):
        span = prize_at(view, place)
        if span is not None and not _is_short(view, found[-1].end, span[1]):
            more = Prize(*span, trigger=at)
            give_years(view, more)
            found.append(more)
            place = more.end
        elif view.is_any(place, "and", "of", "the") or view.lower[place] == ",":
            place += 1
        else:
            break
    return found


def _risen(view: View, at: int) -> list[Prize]:
    """`Stieg in die Regionalliga auf`: a verb for going up, and a league behind it."""
    for place in range(at + 1, min(len(view.lower), at + 1 + _FAR)):
        mark = view.by_low.get(place)
        league = (
            mark is None and view.is_in(place, "places") and view.is_any(place - 1, "at", "the")
        )
        if league or (mark is not None and mark.sign in "KH"):
            high = mark.high if mark is not None else prize_end(view, place + 1)
            prize = Prize(at, high, trigger=at)
            give_years(view, prize)
            words = view.language.career
            prize.years = prize.years or spells_in(view.lower, at, high=place, words=words)
            return [prize]
        if view.lower[place] in ",;" or (mark is not None and mark.sign == "P"):
            return []
    return []


def _give_teams(view: View, group: list[Prize], trigger: int) -> None:
    """The team of each prize: behind it, of the one before, in front of the verb, at the end."""
    own: list[Name | None] = []
    for index, prize in enumerate(group):
        stop = group[index + 1].low if index + 1 < len(group) else len(view.lower)
        own.append(_team_behind(view, prize.end, stop=stop))
    first = group[0]
    high = first.high if first.low == trigger and view.is_in(trigger, "rose") else first.low
    front = _team_inside(view, trigger, high) or _team_before(view, trigger)
    later = next((team for team in own if team is not None), None)
    last: Name | None = None
    low = max(0, trigger - _DATED)
    for prize in group:
        joins = [i for i in range(low, prize.low) if view.lower[i] == "," or view.is_any(i, "and")]
        low = joins[-1] if joins else low
        if not prize.years and low < prize.low:
            known = spells_in(view.lower, low, high=prize.low, words=view.language.career)
            prize.years = known[-1:]  # "nel 1994 vinse il campionato e nel 1996 la Coppa"
        low = prize.end
    for prize, team in zip(group, own, strict=True):
        last = team or last
        prize.team = last or front or later
        if team is not None and not prize.years:
            _year_behind_team(view, prize)


def _year_behind_team(view: View, prize: Prize) -> None:
    """A year behind the team of a prize: `with Foo in 2016`, `com o Foo (2014/2015)`."""
    for mark in view.marks:
        if mark.low >= prize.end and mark.name is not None and mark.name.whole is prize.team:
            end = bracket_end(view.lower, mark.high)
            if end > mark.high:
                prize.years = spells_in(view.lower, mark.high, high=end, words=view.language.career)
            else:
                spell = year_near(view, mark.high)
                prize.years = [spell] if spell is not None else []
            prize.end = max(prize.end, prize.years[-1].high if prize.years else mark.high)
            spread(view, prize)
            return


def _team_behind(view: View, at: int, *, stop: int) -> Name | None:
    """The team behind a prize, with a word for "with" in front and no other verb behind."""
    for place in range(at, min(stop, at + _TEAM, len(view.lower))):
        mark = view.by_low.get(place)
        if view.is_in(place, "won", "brought", "rose", "champion") or view.lower[place] == ";":
            return None
        if mark is None or mark.name is None:
            continue
        if mark.sign not in "TNw" or not _is_with(view, mark):
            return None
        joined = any(view.is_any(i, "and") for i in range(at, place))
        behind = range(mark.high, min(mark.high + 4, len(view.lower)))
        if joined and any(view.is_in(i, "won", "brought", "rose") for i in behind):
            return None
        return mark.name.whole
    return None


def _is_with(view: View, mark: Mark) -> bool:
    """Whether a team stands behind a word for "with"."""
    place = mark.low - 1
    while (
        place > 0
        and (view.is_any(place, "the") or view.is_in(place, "inside"))
        and not view.is_in(place, "with")
    ):
        place -= 1
    if place > 0 and view.is_any(place, "of") and view.is_in(place - 1, "bench"):
        return True  # "alla guida della Foo"
    return place >= 0 and view.is_in(place, "with")


def _team_before(view: View, at: int) -> Name | None:
    """The team in front of a verb: `con el Foo ganó`, `al Foo, donde ganó`."""
    for mark in reversed(view.marks):
        if mark.high > at or mark.name is None:
            continue
        if at - mark.high > _TEAM + 3:
            return None
        near = at - mark.high <= _NEAR or _is_with(view, mark)
        if view.is_in(mark.low, "places"):
            continue  # "Club Brugge in Belgium, winning"
        if mark.sign == "T" or (mark.sign == "N" and near):
            return mark.name.whole
        if mark.sign == "N" and near:
            # "dismissed by Rangers after a year at Ibrox, where he won": rather the sure one
            sure = [m for m in view.marks if m.sign == "T" and m.name and m.high <= mark.low]
            between = range(sure[-1].high, mark.low) if sure else range(0)
            listed = all(view.lower[i] == "," or view.is_any(i, "and") for i in between)
            rather = None if listed else sure[-1].name
            return (rather or mark.name).whole
    return None


def _team_inside(view: View, low: int, high: int) -> Name | None:
    """The team between "led" and what it was led to."""
    names = [m.name.whole for m in view.marks if m.name and m.sign in "TN" and low < m.low < high]
    return names[-1] if names else None
