"""Marks of a sentence: the phrases of the cue file in it, and what looks like a name."""

from __future__ import annotations

from itertools import compress, count
from operator import itemgetter, or_
from typing import TYPE_CHECKING

from touchline.builtin.names import AGES, Mark
from touchline.builtin.phrasebook import phrase_at

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from touchline.builtin.cues import Language
    from touchline.builtin.scanning import Sentence

__all__ = ["PAST_REACH", "marks_of"]

PAST_REACH = 5
"""Tokens from "former" to an office: `former Marlow Town and England captain`."""

_LONGEST = 6  # tokens of a name
_SURE_WORD = 6  # letters, over which a word of the cues is no name even with a capital
_DATELINE = 12  # tokens of a place, a state and an agency
_SAINTS = frozenset({"st", "ste", "mt", "ft"})  # of places: `St. Louis`
_LEGAL = 3  # letters of a legal form, at most
_LABEL = 3  # words of a name that labels a paragraph, at most
_YEAR, _SHORT_YEAR = 4, 2  # digits
_FOUNDED = frozenset({"18", "19"})  # centuries: a year behind a club's form is part of its name
_HEADS = frozenset("–—")  # behind these a headline begins anew
_PROSE = 0.5  # of its tokens are in lower case, where a sentence is no headline
_DASHES = frozenset("-–—")
_LEAGUES = ("-league", "-liga")
_FIRST = itemgetter(0)


def marks_of(
    sentence: Sentence, language: Language, *, printed: AbstractSet[str], alone: bool
) -> list[Mark]:
    """The marks of a sentence: phrases of the cue file and names, in order.

    In capitals throughout, a long sentence or a line of its own tells no names from words.

    Args:
        sentence: its tokens.
        language: its cues.
        printed: the tokens of the whole article.
        alone: whether the sentence is a block of its own.
    """
    marks: list[Mark] = []
    words, lower = sentence.words, sentence.lower
    shouted = words[0].isupper() and (alone or len(words) > _LABEL)
    shouted = shouted and not any(word.islower() for word in words)
    begin = end = _after_dateline(sentence)
    pairs = language.pairs
    capital = map(str.isupper, map(_FIRST, words))
    for at in compress(count(), map(or_, capital, map(pairs.__contains__, lower))):
        if at < end:
            continue
        phrase = phrase_at(lower, at, pairs=pairs) if lower[at] in pairs else None
        if phrase is not None and phrase.sign == "X" and _is_club(sentence, at, language):
            phrase = None
        if phrase is not None:
            end = at + len(phrase.words)
            past = phrase.sign == "X" and _is_past(lower, at, language)
            marks.append(Mark(at, end, "F" if past else phrase.sign, phrase=phrase))
        elif not shouted and words[at][0].isupper():
            first = at == begin or words[at - 1] in _HEADS
            low, end = _name_at(sentence, at, language, printed=printed, first=first)
            if low < end and not _is_shouted(words[low:end]):
                marks += _apart(low, end, marks, lower=lower, language=language)
    return marks


def _is_club(sentence: Sentence, at: int, language: Language) -> bool:
    """Whether an office with a capital is part of a club's name: `Defensor Sporting`."""
    words, lower = sentence.words, sentence.lower
    if at == 0 or at + 1 >= len(words) or not words[at][0].isupper() or language.capital_nouns:
        return False
    if lower[at] not in language.names["team_words"] or language.classes["genitive"]:
        return False
    return words[at + 1][0].isupper() or lower[at + 1] in language.names["particles"]


def _is_past(lower: list[str], at: int, language: Language) -> bool:
    """Whether an office is a former one: `l'ex centrocampista`, `former England striker`."""
    classes = language.classes
    if at > 0 and lower[at - 1] in classes["once"]:
        return True
    before = lower[max(0, at - PAST_REACH) : at]
    if "," in before:
        before = before[len(before) - before[::-1].index(",") :]
    return not classes["ex"].isdisjoint(before)


def _is_shouted(words: list[str]) -> bool:
    """Whether a run of capitals is a headline inside a line (`ROSSI FA LE VALIGIE`)."""
    return len(words) >= _LABEL and all(word.isupper() for word in words)


def _apart(
    low: int, high: int, marks: list[Mark], *, lower: list[str], language: Language
) -> list[Mark]:
    """A name; behind "the coach of", a team's and a person's side by side, apart.

    In `tecnico della Casertana Sandro Pochesci` the last two words are the person's.
    """
    role = marks[-1] if marks and marks[-1].sign == "R" else None
    between = lower[role.high : low] if role else []
    of_team = len(between) == 1 and between[0] in language.names["team_before"]
    of_team = of_team or _is_of_the(between, language)
    of_team = of_team and lower[high : high + 1] != [","]  # the person stands behind the comma
    if not of_team or high - low not in {3, 4} or lower[low] in language.classes["the"]:
        return [Mark(low, high, "N")]
    middle = high - 2
    if lower[middle] in language.names["particles"]:
        return [Mark(low, high, "N")]  # `treinador do Montalvo do Norte`
    form = middle - low == 1 and len(lower[low]) <= _LEGAL
    if form and lower[low] in language.names["team_words"]:
        return [Mark(low, high, "N")]  # a club's name: `FC Bourg Péronnas`
    if not language.names["team_words"].isdisjoint(lower[middle:high]):
        return [Mark(low, high, "N")]
    return [Mark(low, middle, "N"), Mark(middle, high, "N")]


def _is_of_the(between: list[str], language: Language) -> bool:
    """Whether what stands between a role and a name is an article of a club's: `de l'`."""
    articles = language.names.get("team_articles", frozenset())
    led = len(between) == 2 and between[0] in language.classes["of"]
    return (led or len(between) == 1) and between[-1] in articles


def _after_dateline(sentence: Sentence) -> int:
    """Where a sentence begins behind `ASCOLI PICENO -`, or `LEEDS, Ohio (AP) --`."""
    words = sentence.words
    if words[0].isupper() and len(words[0]) > 1:
        dash = next((at for at, word in enumerate(words[:_DATELINE]) if word in _DASHES), 0)
        if dash and all(word[0].isupper() or not word[0].isalnum() for word in words[:dash]):
            while dash + 1 < len(words) and words[dash + 1] in _DASHES:
                dash += 1
            return dash + 1
    for at, word in enumerate(sentence.words[:5]):
        if word in _DASHES and at:
            return at + 1
        if not (word.isupper() or word in {"(", ")", "."}) or (len(word) == 1 and word.isalpha()):
            return 0
    return 0


def _name_at(
    sentence: Sentence, at: int, language: Language, *, printed: AbstractSet[str], first: bool
) -> tuple[int, int]:
    """The tokens of the name that begins at a capital, end exclusive; empty for no name."""
    words, lower = sentence.words, sentence.lower
    if _is_whole(sentence, at, language):
        return at, _end_of_name(sentence, at + 2, language, start=at)
    if _is_small(lower[at], language) and not (at > 0 and _is_capital_part(sentence, at, language)):
        return at, at
    label = len(words) == 1 and words[0].isupper() and lower[0] in language.career["places"]
    first = (first or words[at].endswith("'")) and not label
    if first and _is_common(lower, at, language, printed):
        return at, at
    if len(lower[at]) > _SURE_WORD and lower[at] in language.signs:
        return at, at
    end = _end_of_name(sentence, at + 1, language, start=at)
    return (at, at) if end == at + 1 and len(words[at]) == 1 else (at, end)


def _end_of_name(sentence: Sentence, end: int, language: Language, *, start: int) -> int:
    """Where a name ends that goes on for as long as its tokens can belong to one."""
    while end < len(sentence.words) and end - start < _LONGEST:
        step = _continues(sentence, end, language)
        if step == 0:
            break
        end += step
    return end


def _is_whole(sentence: Sentence, at: int, language: Language) -> bool:
    """Whether two tokens are one name, though one of them alone is none: `New Zealand`."""
    if at < 0 or sentence.lower[at] not in language.classes["whole_heads"]:
        return False
    if at + 1 >= len(sentence.words) or not sentence.words[at + 1][0].isupper():
        return False
    wholes = language.names.get("wholes", frozenset())
    return " ".join(sentence.lower[at : at + 2]) in wholes


def _is_small(word: str, language: Language) -> bool:
    """Whether a word begins no name in spite of its capital: `La`, `Serie`, `Caretaker`."""
    return word in language.classes["no_head"] or language.is_noun(word)


def _is_capital_part(sentence: Sentence, at: int, language: Language) -> bool:
    """Whether an adjective or article with a capital is part of a name: `Novo Hamburgo`."""
    classes, words = language.classes, sentence.words
    if language.capital_nouns or at + 1 >= len(words):
        return False
    if classes["genitive"]:  # English headlines have capitals everywhere
        return _is_new_world(sentence, at, language)
    if sentence.lower[at] in classes["the"] and words[at].istitle() and not words[at].endswith("'"):
        # "della La Salle", but not "La Salle" at the head of a sentence
        led = at > 0 and sentence.lower[at - 1] in classes["at_or_of"]
        return led and words[at - 1].islower() and words[at + 1][0].isupper()
    if sentence.lower[at] not in classes["new"] or not words[at + 1][0].isupper():
        return False
    behind = sentence.lower[at + 1]
    known = behind in language.names["not_names"] or behind in classes["new"]
    return not known and phrase_at(sentence.lower, at + 1, pairs=language.pairs) is None


def _is_last_part(sentence: Sentence, at: int, language: Language) -> bool:
    """Whether an adjective with a capital ends a name: `Piovese Nuova`."""
    classes, words = language.classes, sentence.words
    if classes["genitive"] or language.capital_nouns or sentence.lower[at] not in classes["new"]:
        return False
    lone = at + 1 >= len(words) or not words[at + 1][0].isupper()
    if not lone or phrase_at(sentence.lower, at, pairs=language.pairs) is not None:
        return False
    return _is_prose(words)


def _is_new_world(sentence: Sentence, at: int, language: Language) -> bool:
    """Whether "New" begins a name in an English sentence that is no headline: `New Hampshire`."""
    words = sentence.words
    if sentence.lower[at] != "new" or at == 0 or not words[at + 1][0].isupper():
        return False
    if phrase_at(sentence.lower, at + 1, pairs=language.pairs) is not None:
        return False
    return _is_prose(words)


def _is_prose(words: list[str]) -> bool:
    """Whether most words of a sentence have no capital, as in a headline they may have."""
    letters = [word for word in words if word[0].isalpha()]
    return sum(map(str.islower, letters)) >= _PROSE * len(letters)


def _is_common(lower: list[str], at: int, language: Language, printed: AbstractSet[str]) -> bool:
    """Whether a word has its capital from the head of the sentence alone, not from a club."""
    word = lower[at]
    if word in language.classes["small"] or word.endswith("'"):
        return True
    common = word in language.common or (word in printed and word.islower())
    club = language.names["team_words"]
    return common and not (word in club or (at + 1 < len(lower) and lower[at + 1] in club))


def _continues(sentence: Sentence, at: int, language: Language) -> int:
    """How many tokens from `at` on belong to the name in front of them."""
    words, lower = sentence.words, sentence.lower
    if words[at][0].isupper():
        part = _is_capital_part(sentence, at, language) or _is_last_part(sentence, at, language)
        part = part or _is_whole(sentence, at - 1, language)
        return 1 if part or not _ends_name(lower, at, language) else 0
    if words[at].isdecimal():
        return 1 if _is_part_of_club(words[at], lower[at - 1], language) else 0
    if at + 1 < len(words) and words[at + 1][0].isupper():
        if words[at] == "." and (len(words[at - 1]) == 1 or lower[at - 1] in _SAINTS):
            return 1
        glued = sentence.starts[at + 1] == sentence.ends[at] and not lower[at].endswith("'")
        elided = lower[at] in {"d'", "o'"} and lower[at] not in language.classes["of"]
        elided = elided or (lower[at] == "d'" and "di" in language.classes["of"])  # Capo d'Orlando
        joins = (lower[at] in language.names["particles"] and not glued) or elided
        return 2 if joins and not _ends_name(lower, at + 1, language) else 0
    if at + 2 < len(words) and words[at + 2][0].isupper():
        particles = language.names["particles"]
        joins = lower[at] in particles and lower[at + 1] in particles | language.classes["the"]
        return 3 if joins and not _ends_name(lower, at + 2, language) else 0  # `de la Torre`
    return 0


def _is_part_of_club(number: str, before: str, language: Language) -> bool:
    """Whether a number belongs to a club's name: `Under 19`, `Calcio 1919`, `Hannover 96`."""
    if before in AGES:
        return True
    if language.capital_nouns and len(number) == _SHORT_YEAR and number[0] in "09":
        return True
    founded = len(number) == _YEAR and number[:2] in _FOUNDED
    return founded and before in language.names["team_words"]


def _ends_name(lower: list[str], at: int, language: Language) -> bool:
    """Whether a capitalised token belongs to no name: a competition, an adjective, a role."""
    word, pairs = lower[at], language.pairs
    phrase = phrase_at(lower, at, pairs=pairs)
    no_name = word in language.names["not_names"] or language.is_noun(word)
    if no_name or word.endswith(_LEAGUES):
        return True
    romance = not (language.classes["genitive"] or language.capital_nouns)
    if word in language.classes["new"]:
        # `Vila Nova`, but no `Bari Nuovo allenatore`
        behind = at + 1 < len(lower) and phrase_at(lower, at + 1, pairs=pairs) is not None
        if behind or not romance:
            return True
    if phrase is not None and phrase.sign in "CX" and romance:
        return not language.names["team_words"].issuperset(phrase.words)  # `Foo Clube`
    return phrase is not None
