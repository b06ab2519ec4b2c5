"""Where a title, a cup or a promotion stands in a sentence, by phrase or by form.

`Coppa Italia di Serie D`, `Durand Cup`, `Niederrheinpokal`, `due titoli regionali`: a word for a
prize with a name, an adjective, a league or a count beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from touchline.builtin.spells import bracket_end

if TYPE_CHECKING:
    from touchline.builtin.views import View

__all__ = ["compounds", "prize_at", "prize_end"]

_LONGEST = 7  # tokens of a prize


def prize_at(view: View, at: int) -> tuple[int, int] | None:
    """The prize that begins at a token: first token, and end."""
    mark = view.by_low.get(at)
    lower = view.lower
    if mark is not None and mark.sign == "H":
        if mark.high - mark.low > 1 or view.is_in(at, "cups", "titles", "rises"):
            return at, prize_end(view, mark.high)
        return at, mark.high
    if view.is_in(at, "cups", "titles", "rises") or lower[at].endswith(compounds(view)):
        return _with_qualifier(view, at)
    return _led_by_name(view, at)


def compounds(view: View) -> tuple[str, ...]:
    """Endings of compounds for prizes (German): `-pokal`."""
    return tuple(view.language.career["prize_ends"])


def _with_qualifier(view: View, at: int) -> tuple[int, int] | None:
    """A word for a prize, with a name, an adjective, a league or a count beside it."""
    end = prize_end(view, at + 1)
    counted = at > 0 and (view.is_in(at - 1, "counts") or view.lower[at - 1].isdecimal())
    if end > at + 1 or counted or view.lower[at].endswith(compounds(view)):
        return at, end
    if view.is_in(at, "rises"):
        return at, end
    dated = bracket_end(view.lower, at + 1) > at + 1 or (
        at + 2 < len(view.lower) and view.lower[at + 2].isdecimal()
    )
    the = at > 0 and view.is_any(at - 1, "the", "a")
    return (at, end) if dated and the else None


def prize_end(view: View, at: int) -> int:
    """Where a prize ends whose head stands in front of a token: `Coppa Italia di Serie D`."""
    words, start = view.sentence.words, at
    while at < len(words) and at - start < _LONGEST:
        mark = view.by_low.get(at)
        linked = view.is_any(at, "of", "the", "at") and not view.is_in(at, "with_only")
        if mark is not None and (mark.sign in "KH" or mark.name is not None):
            if at > start and view.is_in(at - 1, "with_only"):
                break
            at = mark.high
        elif (
            (words[at][0].isupper() and words[at][0].isalpha())
            or view.is_in(at, "kinds")
            or (linked and _goes_on(view, at + 1))
        ):
            at += 1
        else:
            break
    return at


def _goes_on(view: View, at: int) -> bool:
    """Whether a name or league follows that belongs to a prize, not a team."""
    while at < len(view.lower) and view.is_any(at, "the"):
        at += 1
    if at >= len(view.lower):
        return False
    mark = view.by_low.get(at)
    if mark is not None:
        return mark.sign in "KHNw" or (mark.name is not None and not mark.name.whole.is_sure)
    return view.sentence.words[at][0].isupper() or view.is_in(at, "kinds", "titles", "cups")


def _led_by_name(view: View, at: int) -> tuple[int, int] | None:
    """A name and a word for a prize behind it (`Durand Cup`, `National League North title`)."""
    if not view.language.classes["genitive"] and not view.language.capital_nouns:
        return None
    words, place = view.sentence.words, at
    while place < len(words) and place - at < _LONGEST:
        if place > at and (
            view.is_in(place, "cups", "titles") or view.lower[place].endswith(compounds(view))
        ):
            return at, place + 1
        mark = view.by_low.get(place)
        if mark is not None and (mark.sign in "KH" or mark.name is not None):
            if place > at and mark.sign == "H":
                return at, mark.high
            last = mark.high - 1
            if view.is_in(last, "cups", "titles") and mark.sign != "T":
                return at, mark.high
            place = mark.high
        elif words[place][0].isupper() or view.is_in(place, "kinds") or words[place] == "-":
            place += 1
        else:
            break
    return None
