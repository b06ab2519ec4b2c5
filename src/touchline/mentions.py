"""Names that stand in a text: people and teams, found by the words of their names.

A name is one exact search in the text without case and accents. Only where that leaves a doubt is
the text cut into words, once.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from touchline import namewords
from touchline.folding import cuts_word, fold_words
from touchline.identity import (
    begins_upper,
    capitalised,
    given_names_agree,
    name_tokens,
    own_words,
    same_person,
    tidy,
)
from touchline.searchable import MAX_OCCURRENCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchline.searchable import Searchable

__all__ = ["Mentions"]

_TOKEN = re.compile(r"[^\W_]+")
_PARAGRAPH = re.compile(r"(?:\r?\n|\r)[ \t]*[\r\n]|\u2029")
# What may stand between two words of one name; a dot only after an initial or a short form.
_JOINTS = frozenset([" ", "-", "'", "' ", " '", "/", "&", " & ", " + ", '" ', ' "'])
_DOTTED_JOINTS = frozenset([".", ". ", ".-"])
_SHORT_FORM = _MIN_SURNAME = 3
_MAX_NAME_WORDS = 8


class Mentions:
    """The names in a text; spans are of its folded form.

    Args:
        page: the text.
        language: its language as two letters, empty where unknown.
    """

    def __init__(self, page: Searchable, language: str) -> None:
        self._page = page
        self._text = page.folded.text
        self._language = language
        # An article names few people and teams, and often.
        self._persons: dict[str, str | None] = {}
        self._names: dict[str, str | None] = {}

    def name(self, name: str) -> str | None:
        """The text's own form of a name whose words stand together in the text, or None.

        Case, accents and, in German, a final genitive s do not count. The text's form is taken
        unless it is all capitals.
        """
        if name not in self._names:
            self._names[name] = self._name(name)
        return self._names[name]

    def _name(self, name: str) -> str | None:
        for start, end in self._together(name_tokens(name)):
            own = tidy(self._text[start:end])
            return tidy(name) if own.isupper() else own
        return None

    def person(self, name: str) -> str | None:
        """As `name`, for a person: without titles, cut to the fullest form that the text has.

        "Surname First" counts for "First Surname". A given name that the text does not print is
        cut off, unless the text gives the surname another one. A nickname yields to the name.
        """
        if name not in self._persons:
            self._persons[name] = self._person(name)
        return self._persons[name]

    def _person(self, name: str) -> str | None:
        own = own_words(name)
        while len(own) > 1 and fold_words(own[0]) in namewords.TITLES:
            own = own[1:]
        words = tuple(map(fold_words, own))
        if not any(len(word) > 1 and word not in namewords.NOT_NAMES for word in words):
            return None
        while len(words) > 1 and words[0] in namewords.NOT_NAMES and not self._opens_name(words):
            own, words = own[1:], words[1:]
        claimed = tidy(name) if len(own) == len(own_words(name)) else " ".join(own)
        for start, end in self._together(words):
            form = tidy(self._text[start:end])
            if capitalised(form) and form.count('"') != 1:
                return claimed if form.isupper() else form
        if len(words) == 1:
            return None
        for start, end in self._together((*words[1:], words[0])):
            form = tidy(self._text[start:end])
            if "\n" not in self._page.shown(start, end) and capitalised(form):
                return claimed if form.split()[0].isupper() else form
        return self._cut(own, words)

    @cached_property
    def _plain(self) -> str:
        """The text without case and accents, as long as the text; empty where that grows it."""
        plain = fold_words(self._text)
        return plain if len(plain) == len(self._text) else ""

    @cached_property
    def _words(self) -> list[str]:
        """The words of the text, as they stand in it."""
        return _TOKEN.findall(self._text)

    @cached_property
    def _printed(self) -> frozenset[str]:
        return frozenset(self._words)

    @cached_property
    def _joined(self) -> str:
        """The words without case and accents, a space around each."""
        return f" {fold_words(' '.join(self._words))} "

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        return [match.span() for match in _TOKEN.finditer(self._text)]

    @cached_property
    def _endings(self) -> tuple[str, ...]:
        """Endings that a name may take in the text: German writes its genitive without a sign."""
        german = self._language == "de" or (not self._language and " und " in self._joined)
        return ("", "s") if german else ("",)

    def _all(self, words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        """The places of `words`: the index of the first word, and the length of the ending."""
        joined = " ".join(words)
        for ending in self._endings if joined else ():
            wanted = f" {joined}{ending} "
            at = self._joined.find(wanted)
            index = done = 0
            for _ in range(MAX_OCCURRENCES):
                if at < 0:
                    break
                index += self._joined.count(" ", done, at)
                done = at
                yield index, len(ending)
                at = self._joined.find(wanted, at + 1)

    def _together(self, words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        """Spans in the folded text where `words` stand side by side, as the words of a name do."""
        first = self._first(words) if words and words[0] else None
        if first is not None:
            yield first
        for index, ending in self._all(words):
            printed = self._words[index : index + len(words)]
            for start, end in self._page.places(" ".join(printed)):  # the usual case
                if len(printed) == 1 or not _PARAGRAPH.search(self._page.shown(start, end)):
                    yield start, end - ending
                    break
            else:
                spans = self._spans[index : index + len(words)]
                if all(self._joint(one, other) for one, other in pairwise(spans)):
                    yield spans[0][0], spans[-1][1] - ending

    def _first(self, words: tuple[str, ...]) -> tuple[int, int] | None:
        """The first of these spans, where spaces part the words; None in any case of doubt."""
        plain, opening, wanted = self._plain, words[0], " ".join(words)
        at = plain.find(opening)
        for _ in range(MAX_OCCURRENCES):
            if at < 0:
                return None
            end = at + len(opening)
            if not (plain[at - 1 : at].isalnum() or plain[end : end + 1].isalnum()):
                if plain.startswith(wanted, at):
                    return self._checked(at, at + len(wanted), wanted)
                if plain[end : end + 1] != " " or not plain[end + 1 : end + 2].isalnum():
                    return None  # the name may go on behind a hyphen
            at = plain.find(opening, at + 1)
        return None

    def _checked(self, start: int, end: int, wanted: str) -> tuple[int, int] | None:
        """A span, if whole words stand there, in one paragraph, and are those that are wanted."""
        whole = not self._text[end : end + 1].isalnum() and not cuts_word(self._text, (start, end))
        same = fold_words(self._text[start:end]) == wanted
        broken = " " in wanted and _PARAGRAPH.search(self._page.shown(start, end))
        return (start, end) if whole and same and not broken else None

    def _joint(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        """Whether what stands between two words lets them be words of one name."""
        text = self._text
        between = text[one[1] : other[0]]
        if between in _DOTTED_JOINTS:
            return one[1] - one[0] <= _SHORT_FORM
        return between in _JOINTS and not _PARAGRAPH.search(self._page.shown(one[1], other[0]))

    def _opens_name(self, words: tuple[str, ...]) -> bool:
        """Whether a small word belongs to the name that it opens: "De Rossi", not "il Castori"."""
        article = words[0] in namewords.ARTICLES
        for index, _ in self._all(words):
            start = self._spans[index][0]
            if not self._text[start].isupper():
                opens = words[0] in namewords.PARTICLES and not article
            else:
                elided = self._text.startswith("'", start + len(words[0]))
                opens = elided or not article or not self._opens_sentence(start)
            if opens:
                return True
        return False

    def _opens_sentence(self, at: int) -> bool:
        """Whether nothing of a sentence stands before a place in the folded text."""
        before = self._text[max(0, at - 4) : at].rstrip(" '\"(-")
        if not before or before[-1] in ".!?:;":
            return True
        return "\n" in self._page.shown(at - 1, at)

    def _cut(self, own: list[str], words: tuple[str, ...]) -> str | None:
        """The fullest form that the text has of a name which it does not print whole."""
        forms: list[str] = []
        bare: str | None = None
        namesake = seen = False
        for index, ending in self._all(words[-1:]):
            start, end = self._spans[index]
            if not begins_upper(self._text[start]):
                continue
            seen = True
            first, given = self._given_before(index, words[:-1])
            named = [word for word in given if word not in namewords.PARTICLES]
            surname = self._text[start : end - ending]
            if not named:
                particle = words[-2] in namewords.PARTICLES and own[-2][0].isupper()
                if (
                    len(surname) >= _MIN_SURNAME
                    and (given or not particle)
                    and not self._leads(index)
                ):
                    bare = bare or tidy(self._text[self._spans[first][0] : end - ending])
                namesake = namesake or any(word not in words for word in given)
            elif given_names_agree(named, words[:-1]):
                whole = self._text[self._spans[first][0] : end - ending]
                forms.append(tidy(" ".join(whole.split('"')[::2])))  # without a nickname
            else:
                namesake = True
        if forms:
            fullest = max(forms, key=len)
            return fullest if all(same_person(form, fullest) for form in forms) else None
        if bare is not None and not namesake:
            return bare
        return None if seen else self._without_last(words)

    def _leads(self, index: int) -> bool:
        """Whether another name follows, to which a word is the given name."""
        if index + 1 == len(self._spans) or not self._joint(*self._spans[index : index + 2]):
            return False
        word = fold_words(self._words[index + 1])
        return word not in namewords.PARTICLES and self._is_given(index + 1, word, ())

    def _given_before(self, index: int, claimed: tuple[str, ...]) -> tuple[int, list[str]]:
        """The names and particles printed right before a surname.

        Returns:
            The index of the first word of the name, and its folded words but for the surname and
            a nickname in quotation marks.
        """
        text, given, first, quoted = self._text, [], index, False
        for at in range(index, max(0, index - _MAX_NAME_WORDS), -1):
            (start, end), after = self._spans[at - 1], self._spans[at][0]
            between = text[end:after]
            word = fold_words(self._words[at - 1])
            if not self._joint((start, end), (after, after)):
                break
            if '"' in between:
                quoted = not quoted
            if not quoted and not self._is_given(at - 1, word, claimed):
                break
            if between == "-" and word not in claimed:
                break
            if not quoted or word in claimed:
                given.append(word)
            if not quoted:
                first = at - 1
        return first, given[::-1]

    def _is_given(self, index: int, word: str, claimed: tuple[str, ...]) -> bool:
        """Whether a word of the text can be a given name or a particle."""
        printed = self._words[index]
        if word in claimed:
            return True
        if word in namewords.PARTICLES:
            opens = printed[0].isupper() and not self._opens_sentence(self._spans[index][0])
            return opens or word in {"van", "von"}
        known = word in namewords.NOT_NAMES or word in namewords.NO_GIVEN_NAMES
        # A word that stands in lower case too is no name in a headline.
        return printed[0].isupper() and not known and printed.lower() not in self._printed

    def _without_last(self, words: tuple[str, ...]) -> str | None:
        """A name without a last word that the text does not print, if no other one follows."""
        for start, end in self._together(words[:-1]) if len(words) > 2 else ():
            after = self._text[end : end + 2]
            form = tidy(self._text[start:end])
            if capitalised(form) and not (after[:1] in {" ", "-"} and after[1:].isupper()):
                return form
        return None
