"""Marks of a sentence: the phrases of the cue file in it, and what looks like a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from touchline.builtin.names import AGES, Mark
from touchline.builtin.phrasebook import phrase_at

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from touchline.builtin.cues import Language
    from touchline.builtin.scanning import Sentence

__all__ = ["PAST_REACH", "Marker", "after_dateline"]

PAST_REACH = 5
"""Tokens from "former" to an office: `former Marlow Town and England captain`."""

_LONGEST = 6  # tokens of a name
_SURE_WORD = 6  # letters, over which a word of the cues is no name even with a capital
_DATELINE = 12  # tokens of a place, a state and an agency
_SAINTS = frozenset({"st", "ste", "mt", "ft"})  # of places: `St. Louis`
_ELIDED = frozenset({"d'", "o'"})
_LEGAL = 3  # letters of a legal form, at most
_LABEL = 3  # words of a name that labels a paragraph, at most
_YEAR, _SHORT_YEAR = 4, 2  # digits
_FOUNDED = frozenset({"18", "19"})  # centuries: a year behind a club's form is part of its name
_YOUNGEST = "1930"  # before this year, one behind a name is that of a club's foundation
_HEADS = frozenset("–—")  # behind these a headline begins anew
_PROSE = 0.5  # of its tokens are in lower case, where a sentence is no headline
_DASHES = frozenset("-–—")
_AGENCY = frozenset("().")  # around the name of one, in a dateline
_LEAGUES = ("-league", "-liga")


class Marker:
    """Finds the marks of the sentences of one article.

    Args:
        language: its cues.
        printed: the tokens of the article that stand inside a sentence.
        labelled: whether names in capitals and a dash, with which its paragraphs begin, are
            labels, and no places where news comes from.
    """

    def __init__(
        self, language: Language, *, printed: AbstractSet[str], labelled: bool = False
    ) -> None:
        classes, names = language.classes, language.names
        self._language, self._printed, self._labelled = language, printed, labelled
        self._pairs, self._signs, self._is_noun = language.pairs, language.signs, language.is_noun
        self._no_head, self._new, self._the = classes["no_head"], classes["new"], classes["the"]
        self._epithets = classes["epithets"]
        self._whole_heads = classes["whole_heads"]
        self._not_names, self._team_words = names["not_names"], names["team_words"]
        self._particles = names["particles"]
        self._of_heads = names.get("of_heads", frozenset())
        self._joints = self._particles | _ELIDED | {"."}
        self._english = bool(classes["genitive"])
        self._romance = not (self._english or language.capital_nouns)

    def marks_of(self, sentence: Sentence, *, shouted: bool) -> list[Mark]:
        """The marks of a sentence: phrases of the cue file and names, in order.

        In capitals throughout it tells no names from words.

        Args:
            sentence: its tokens.
            shouted: whether it is in capitals throughout.
        """
        marks: list[Mark] = []
        words, lower, pairs = sentence.words, sentence.lower, self._pairs
        begin = 0
        if words[0].isupper() or words[0] in _AGENCY:
            begin = after_dateline(words)
            if self._labelled and begin > 1:
                marks.append(Mark(0, begin - 1, "N"))
        end = begin
        for at in [at for at, word in enumerate(words) if word[0].isupper() or lower[at] in pairs]:
            if at < end:
                continue
            seconds = pairs.get(lower[at], ())
            begun = "" in seconds or (at + 1 < len(lower) and lower[at + 1] in seconds)
            phrase = phrase_at(lower, at, pairs=pairs) if begun else None
            if phrase is not None and not (phrase.sign == "X" and self._is_club(sentence, at)):
                end = at + len(phrase.words)
                past = phrase.sign == "X" and _is_past(lower, at, self._language)
                marks.append(Mark(at, end, "F" if past else phrase.sign, None, phrase))
            elif not shouted and words[at][0].isupper():
                first = at == begin or words[at - 1] in _HEADS
                end = self._end_of_name(sentence, at, first=first)
                if end - at < _LABEL:
                    if end > at:
                        marks.append(Mark(at, end, "N"))
                elif not all(map(str.isupper, words[at:end])):
                    # Or it is a headline inside a line: `ROSSI FA LE VALIGIE`.
                    marks += self._apart(at, end, marks, lower=lower)
        return marks

    def _is_club(self, sentence: Sentence, at: int) -> bool:
        """Whether an office with a capital is part of a club's name: `Defensor Sporting`."""
        words, lower = sentence.words, sentence.lower
        if not self._romance or at == 0 or at + 1 >= len(words) or not words[at][0].isupper():
            return False
        if lower[at] not in self._team_words:
            return False
        return words[at + 1][0].isupper() or lower[at + 1] in self._particles

    def _apart(self, low: int, high: int, marks: list[Mark], *, lower: list[str]) -> list[Mark]:
        """A name; behind "the coach of", a team's and a person's side by side, apart.

        In `tecnico della Casertana Sandro Pochesci` the last two words are the person's.
        """
        whole = [Mark(low, high, "N")]
        if not marks or marks[-1].sign != "R" or high - low not in {3, 4}:
            return whole
        between, team_words = lower[marks[-1].high : low], self._team_words
        of_team = len(between) == 1 and between[0] in self._language.names["team_before"]
        of_team = of_team or _is_of_the(between, self._language)
        of_team = of_team and lower[high : high + 1] != [","]  # the person is behind the comma
        middle = high - 2
        # But `treinador do Montalvo do Norte`.
        of = self._language.classes["of"]
        joint = lower[middle] in self._particles or lower[middle] in of  # `Città di Foo`
        if not of_team or lower[low] in self._the or joint:
            return whole
        form = middle - low == 1 and len(lower[low]) <= _LEGAL and lower[low] in team_words
        if form or not team_words.isdisjoint(lower[middle:high]):
            return whole  # a club's name: `FC Bourg Péronnas`
        return [Mark(low, middle, "N"), Mark(middle, high, "N")]

    def _end_of_name(self, sentence: Sentence, at: int, *, first: bool) -> int:
        """Where the name ends that begins at a capital; where it begins, for no name."""
        words, lower = sentence.words, sentence.lower
        word, low = words[at], lower[at]
        if low in self._whole_heads and self._is_whole(sentence, at):
            return self._end(sentence, at + 2, start=at)
        # Some words begin no name in spite of their capital: `La`, `Serie`, `Caretaker`.
        small = low in self._no_head or self._is_noun(low)
        # At the head of a sentence, if it has its capital inside one: `Nuova Foo`.
        parted = at > 0 or (low in self._new and word in self._printed)
        part = small and parted and self._is_capital_part(sentence, at)
        if small and not (part or _is_initial(sentence, at)):
            return at
        club = self._romance and low in self._team_words  # `Vitória`
        known = low in self._signs and not club
        if len(low) > _SURE_WORD and known and not self._is_given(sentence, at):
            return at
        if not part and (first or word[-1] == "'") and self._is_common(lower, at):
            label = len(words) == 1 and word.isupper()
            if not (label and low in self._language.career["places"]):
                return at
        end = self._end(sentence, at + 1, start=at)
        return at if end == at + 1 and len(word) == 1 else end

    def _is_given(self, sentence: Sentence, at: int) -> bool:
        """Whether a word for where one comes from is a given name: `Emiliano Ferri`."""
        if at + 1 >= len(sentence.words) or sentence.lower[at] not in self._epithets:
            return False
        return sentence.words[at + 1].istitle() and not self._ends_name(sentence.lower, at + 1)

    def _end(self, sentence: Sentence, end: int, *, start: int) -> int:
        """Where a name ends that goes on for as long as its tokens can belong to one."""
        words, lower = sentence.words, sentence.lower
        most = min(len(words), start + _LONGEST)
        while end < most:
            if words[end][0].isupper():
                if not self._is_part(sentence, end):
                    break
                end += 1
            elif lower[end] in self._joints or (
                end == start + 1 and lower[start] in self._of_heads
            ):
                step = self._joined(sentence, end)
                if step == 0:
                    break
                end += step
            elif words[end].isdecimal() and self._is_year(sentence, end, start=start):
                end += 1
            else:
                break
        return end

    def _is_whole(self, sentence: Sentence, at: int) -> bool:
        """Whether two tokens are one name, though one of them alone is none: `New Zealand`."""
        if at < 0 or sentence.lower[at] not in self._whole_heads:
            return False
        if at + 1 >= len(sentence.words) or not sentence.words[at + 1][0].isupper():
            return False
        wholes = self._language.names.get("wholes", frozenset())
        return " ".join(sentence.lower[at : at + 2]) in wholes

    def _is_capital_part(self, sentence: Sentence, at: int) -> bool:
        """Whether an adjective or article with a capital is part of a name: `Novo Hamburgo`."""
        words, lower = sentence.words, sentence.lower
        if self._english:  # its headlines have capitals everywhere
            return lower[at] == "new" and self._is_new_world(sentence, at)
        if not self._romance or at + 1 >= len(words):
            return False
        if lower[at] in self._the and words[at].istitle() and words[at][-1] != "'":
            # "della La Salle", but not "La Salle" at the head of a sentence
            led = at > 0 and lower[at - 1] in self._language.classes["at_or_of"]
            return led and words[at - 1].islower() and words[at + 1][0].isupper()
        if lower[at] not in self._new or not words[at + 1][0].isupper():
            return False
        known = lower[at + 1] in self._not_names or lower[at + 1] in self._new
        return not known and phrase_at(lower, at + 1, pairs=self._pairs) is None

    def _is_last_part(self, sentence: Sentence, at: int) -> bool:
        """Whether an adjective with a capital ends a name: `Piovese Nuova`."""
        words = sentence.words
        if not self._romance or sentence.lower[at] not in self._new:
            return False
        lone = at + 1 >= len(words) or not words[at + 1][0].isupper()
        if not lone or phrase_at(sentence.lower, at, pairs=self._pairs) is not None:
            return False
        return _is_prose(words)

    def _is_new_world(self, sentence: Sentence, at: int) -> bool:
        """Whether "New" begins a name in an English sentence that is no headline: `New York`."""
        words = sentence.words
        if at == 0 or at + 1 >= len(words) or not words[at + 1][0].isupper():
            return False
        known = phrase_at(sentence.lower, at + 1, pairs=self._pairs) is not None
        return not known and _is_prose(words)

    def _is_common(self, lower: list[str], at: int) -> bool:
        """Whether a word has its capital from the head of the sentence alone, not from a club."""
        word, club = lower[at], self._team_words
        if word in self._language.classes["small"] or word[-1] == "'":
            return True
        common = word in self._language.common or (word in self._printed and word.islower())
        return common and not (word in club or (at + 1 < len(lower) and lower[at + 1] in club))

    def _is_part(self, sentence: Sentence, at: int) -> bool:
        """Whether a token with a capital belongs to the name in front of it."""
        if not self._ends_name(sentence.lower, at):
            return True
        part = self._is_capital_part(sentence, at) or self._is_last_part(sentence, at)
        return part or self._is_whole(sentence, at - 1)

    def _joined(self, sentence: Sentence, at: int) -> int:
        """How many tokens belong to the name in front, from a particle or a full stop on."""
        words, lower, particles = sentence.words, sentence.lower, self._particles
        if at + 1 < len(words) and words[at + 1][0].isupper():
            if words[at] == "." and (len(words[at - 1]) == 1 or lower[at - 1] in _SAINTS):
                return 1
            of = self._language.classes["of"]
            glued = sentence.starts[at + 1] == sentence.ends[at] and lower[at][-1] != "'"
            elided = lower[at] in _ELIDED and lower[at] not in of
            elided = elided or (lower[at] == "d'" and "di" in of)  # Capo d'Orlando
            joins = (lower[at] in particles and not glued) or elided
            led = lower[at] in of and lower[at] not in self._language.classes["at"]
            joins = joins or (led and lower[at - 1] in self._of_heads)
            return 2 if joins and not self._ends_name(lower, at + 1) else 0
        if at + 2 < len(words) and words[at + 2][0].isupper():
            joins = lower[at] in particles
            joins = joins and (lower[at + 1] in particles or lower[at + 1] in self._the)
            return 3 if joins and not self._ends_name(lower, at + 2) else 0  # `de la Torre`
        return 0

    def _is_year(self, sentence: Sentence, at: int, *, start: int) -> bool:
        """Whether a number belongs to a club's name: `Under 19`, `Calcio 1919`, `Hannover 96`."""
        number, before = sentence.words[at], sentence.lower[at - 1]
        if before in AGES:
            return True
        if self._language.capital_nouns and len(number) == _SHORT_YEAR and number[0] in "09":
            return True
        if len(number) != _YEAR or number[:2] not in _FOUNDED:
            return False
        # Of other clubs than `Calcio 1987` hardly any is younger than `Torrebianca 1909`.
        alone = at == start + 1 and number < _YOUNGEST and before not in self._not_names
        led = start > 0 and sentence.lower[start - 1] in self._language.classes["at"]
        return before in self._team_words or (alone and not led)

    def _ends_name(self, lower: list[str], at: int) -> bool:
        """Whether a capitalised token belongs to no name: a competition, an adjective, a role."""
        word, pairs = lower[at], self._pairs
        if word in self._not_names or word.endswith(_LEAGUES) or self._is_noun(word):
            return True
        if word in self._new:
            # `Vila Nova`, but no `Bari Nuovo allenatore`
            behind = at + 1 < len(lower) and phrase_at(lower, at + 1, pairs=pairs) is not None
            if behind or not self._romance:
                return True
        phrase = phrase_at(lower, at, pairs=pairs) if word in pairs else None
        if phrase is not None and phrase.sign in "CX" and self._romance:
            return not self._team_words.issuperset(phrase.words)  # `Foo Clube`
        return phrase is not None


def _is_initial(sentence: Sentence, at: int) -> bool:
    """Whether a capital is the first of a legal form or of a name: `A.C. Foo`, `E. Bar`."""
    words, begins = sentence.words, sentence.starts
    if len(words[at]) > 1 or words[at + 1 : at + 2] != ["."] or at + 2 >= len(words):
        return False
    return begins[at + 1] == sentence.ends[at] and words[at + 2][0].isupper()


def _is_past(lower: list[str], at: int, language: Language) -> bool:
    """Whether an office is a former one: `l'ex centrocampista`, `former England striker`."""
    classes = language.classes
    if at > 0 and lower[at - 1] in classes["once"]:
        return True
    before = lower[max(0, at - PAST_REACH) : at]
    if "," in before:
        before = before[len(before) - before[::-1].index(",") :]
    return not classes["ex"].isdisjoint(before)


def _is_of_the(between: list[str], language: Language) -> bool:
    """Whether what stands between a role and a name is an article of a club's: `de l'`."""
    articles = language.names.get("team_articles", frozenset())
    led = len(between) == 2 and between[0] in language.classes["of"]
    return (led or len(between) == 1) and between[-1] in articles


def after_dateline(words: list[str]) -> int:
    """Where a sentence begins behind `ASCOLI PICENO -`, or `LEEDS, Ohio (AP) --`."""
    if words[0].isupper() and len(words[0]) > 1:
        dash = next((at for at, word in enumerate(words[:_DATELINE]) if word in _DASHES), 0)
        if dash and all(word[0].isupper() or not word[0].isalnum() for word in words[:dash]):
            while dash + 1 < len(words) and words[dash + 1] in _DASHES:
                dash += 1
            return dash + 1
    for at, word in enumerate(words[:5]):
        if word in _DASHES and at:
            return at + 1
        if not (word.isupper() or word in _AGENCY) or (len(word) == 1 and word.isalpha()):
            return 0
    return 0


def _is_prose(words: list[str]) -> bool:
    """Whether most words of a sentence have no capital, as in a headline they may have."""
    letters = [word for word in words if word[0].isalpha()]
    return sum(map(str.islower, letters)) >= _PROSE * len(letters)
