"""Interviews: who answers, and what the answers tell of him, read as if another told it.

`«Mi hanno esonerata a marzo»` says of the speaker what `La hanno esonerata` says of another. Where
an article asks questions, the answers of the coach whom its head names are put into the third
person, word by word, before they are read; every other sentence stays as it is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from touchline.builtin.careerwords import forms_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from touchline.builtin.cues import Language
    from touchline.builtin.names import Name, Names
    from touchline.builtin.scanning import Sentence

__all__ = ["Speech", "hear", "speech_of"]

_QUESTIONS = 2  # blocks that end as questions, in an interview
_OPENING, _CLOSING = frozenset("«“„"), frozenset("»”")
_EITHER = '"'
_NAMED = frozenset("PTNX")
_AGREES = 3  # tokens from a verb to the participle that tells its number


@dataclass(frozen=True, slots=True)
class Speech:
    """How a language speaks of oneself.

    Attributes:
        verbs: for each verb of the first person, the one of the third that it is read as.
        words: the same for pronouns.
        asked: the same for verbs with which a question speaks to several.
        reflexive: the same in front of a verb of the first person (`mi sono` is `si è`).
        clitics: words between a subject and its verb.
        plurals: endings of words that say of an unsure verb in front that it is no first person.
        unsure: verbs that are also of the third person.
    """

    verbs: Mapping[str, str]
    asked: Mapping[str, str]
    words: Mapping[str, str]
    reflexive: Mapping[str, str]
    clitics: frozenset[str]
    plurals: tuple[str, ...]
    unsure: frozenset[str]


def speech_of(table: Mapping[str, Any]) -> Speech:
    """The table `[speech]` of a cue file; empty where the file has none.

    Raises:
        ValueError: the table has a key that nothing reads.

    >>> speech_of({"verbs": {"ha": "ho"}}).verbs
    {'ho': 'ha'}
    """
    if unknown := sorted(set(table) - set(Speech.__slots__)):
        raise ValueError(f"`[speech]` has no key `{unknown[0]}`")
    return Speech(
        verbs=_turned(table.get("verbs", {})),
        asked=_turned(table.get("asked", {})),
        words=_turned(table.get("words", {})),
        reflexive=_turned(table.get("reflexive", {})),
        clitics=forms_of(table.get("clitics", "")),
        plurals=tuple(words_of(table.get("plurals", ""))),
        unsure=forms_of(table.get("unsure", "")),
    )


def _turned(table: Mapping[str, str]) -> dict[str, str]:
    """The words of a table, each with the key that it stands under."""
    return {form: third for third, words in table.items() for form in forms_of(words)}


def hear(
    sentences: Sequence[Sentence], names: Names, *, language: Language, text: str
) -> Name | None:
    """Who answers in an interview, None where an article is none; his answers are put in order.

    A sentence of an answer is `spoken`; its `own` holds the tokens that were of the first person,
    its `subjects` those in front of which he stands as the subject.
    """
    speech = language.speech
    asked = _questions(sentences, text) if speech.verbs else []
    if len(asked) < _QUESTIONS:
        return None
    speaker = _speaker(sentences, names, before=asked[0])
    if speaker is None:
        return None
    for sentence, marks in zip(sentences, names.marks, strict=True):
        if sentence.block > asked[0]:
            named = {at for m in marks if m.sign in _NAMED for at in range(m.low, m.high)}
            places = [at for at in _spoken(sentence, text, asked=asked) if at not in named]
            if places:
                _read(sentence, places, speech)
            else:
                _read_question(sentence, speech)
    return speaker


def _questions(sentences: Sequence[Sentence], text: str) -> list[int]:
    """The blocks that end with a question, and begin with no quote."""
    asks: dict[int, bool] = {}
    for sentence in sentences:
        quoted = sentence.block not in asks and _is_quoted(sentence, text)
        asks[sentence.block] = sentence.question and not quoted
    return [block for block, asked in asks.items() if asked]


def _is_quoted(sentence: Sentence, text: str) -> bool:
    """Whether a quote is opened right in front of a sentence."""
    return text[max(0, sentence.starts[0] - 1)] in _OPENING | {_EITHER}


def _speaker(sentences: Sequence[Sentence], names: Names, *, before: int) -> Name | None:
    """The coach whom the blocks in front of the first question name most often.

    The one team that they name is the one that the article is about.
    """
    counts: Counter[int] = Counter()
    found: dict[int, Name] = {}
    teams: list[Name] = []
    titled = False
    for sentence, marks in zip(sentences, names.marks, strict=True):
        if sentence.block > before:
            break
        for mark in marks:
            titled = titled or mark.sign == "R"
            if mark.name is not None and mark.sign == "T" and mark.name.whole.is_sure:
                teams.append(mark.name.whole)
            if mark.name is not None and mark.sign == "P":
                found[id(mark.name.whole)] = mark.name.whole
                counts[id(mark.name.whole)] += 1
    if not counts:
        return None
    best = max(found, key=lambda one: (counts[one], found[one].mentions, -found[one].first))
    person = found[best]
    if not (titled or person.role is not None):
        return None
    here = {id(name): name for name in teams}
    if len(here) == 1:
        names.main_team = next(iter(here.values()))
    return person


def _spoken(sentence: Sentence, text: str, *, asked: Sequence[int]) -> Iterator[int]:
    """The tokens of a sentence that stand in quotes, or all of an answer that is printed bare."""
    if sentence.block in asked and not _is_quoted(sentence, text):
        return
    start = text.rfind("\n", 0, sentence.starts[0]) + 1
    end = text.find("\n", sentence.ends[-1])
    line = text[start : end if end >= 0 else len(text)]
    bare = not any(sign in _OPENING or sign == _EITHER for sign in line)
    open_, at = False, start
    for place, low in enumerate(sentence.starts):
        for sign in text[at:low]:
            if sign == _EITHER:
                open_ = not open_
            elif sign in _OPENING or sign in _CLOSING:
                open_ = sign in _OPENING
        at = low
        if open_ or bare:
            yield place


def _read(sentence: Sentence, places: Sequence[int], speech: Speech) -> None:
    """Put the tokens of a speech into the third person."""
    lower, own, subjects = sentence.lower, set[int](), set[int]()
    told, verbs = set(places), set[int]()
    for at in reversed(places):  # a verb is read before the pronoun in front of it
        word = lower[at]
        if word in speech.verbs:
            if word in speech.unsure and _is_plural(lower, at, speech):
                continue
            lower[at] = speech.verbs[word]
            verbs.add(at)
        elif word in speech.reflexive and at + 1 in verbs:
            lower[at] = speech.reflexive[word]
        elif word in speech.words:
            lower[at] = speech.words[word]
        else:
            continue
        own.add(at)
    for verb in verbs:
        at = verb
        while at - 1 in told and lower[at - 1] in speech.clitics:
            at -= 1
        subjects.add(at)
    sentence.spoken = bool(told)
    sentence.own, sentence.subjects = frozenset(own), frozenset(subjects)


def _read_question(sentence: Sentence, speech: Speech) -> None:
    """Put the verbs of a question that speaks to several into the third person: `avete vinto`."""
    found = [at for at, word in enumerate(sentence.lower) if word in speech.asked]
    for at in found:
        sentence.lower[at] = speech.asked[sentence.lower[at]]
    sentence.own = sentence.subjects = frozenset(found)


def _is_plural(lower: list[str], at: int, speech: Speech) -> bool:
    """Whether a word behind a verb says that several are spoken of."""
    behind = lower[at + 1 : at + 1 + _AGREES]
    return any(word.endswith(speech.plurals) for word in behind)
