"""Proof that words stand in a text: quotes by equality after the folding, names by their tokens.

Everything here is linear in the text and looks at it once. A `Source` is made per document; a quote
is one exact search in its folded text, a name one exact search in its joined tokens.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from touchline import namewords
from touchline.events import Evidence
from touchline.folding import cuts_word, fold, fold_words
from touchline.identity import (
    begins_upper,
    capitalised,
    given_names_agree,
    name_tokens,
    own_words,
    same_person,
    tidy,
)
from touchline.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchline.documents import Document

__all__ = ["MIN_QUOTE", "Source"]

MIN_QUOTE = 4
"""Quotes shorter than this many code points prove nothing."""

_TOKEN = re.compile(r"[^\W_]+")
_DOTS = re.compile(r"[\[(]?\.{3,}[\])]?")
_PARAGRAPH = re.compile(r"(?:\r?\n|\r)[ \t]*[\r\n]|\u2029")
_MAX_OCCURRENCES = 200
_MAX_TRIES = 10_000  # hits inside longer words, after which a quote counts as absent
_MAX_PIECES = 4  # of a quote that joins several places with dots
_NEAREST_QUERY = 200  # code points of a misquote that are looked for; the search grows with them
# What may stand between two words of one name; a dot only after an initial or a short form.
_JOINTS = frozenset([" ", "-", "'", "' ", " '", "/", "&", " & ", " + ", '" ', ' "'])
_DOTTED_JOINTS = frozenset([".", ". ", ".-"])
_SHORT_FORM = _MIN_SURNAME = 3
_MAX_NAME_WORDS = 8


class Source:
    """A document's text, prepared for proving what a model says of it.

    Spans are in code points of the text as given, end exclusive.
    """

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self._visible = document.visible
        self._language = (document.language or "").lower().split("-")[0]
        self._folded = fold(self._visible.text)
        self._dotted = "…" in self._visible.text
        self._anchors: dict[str, list[int]] = {}
        self._persons: dict[str, str | None] = {}  # an article names few people, and often

    # Quotes ---------------------------------------------------------------------------------

    def quote(self, words: str, near: str | None = None) -> Evidence | None:
        """The slice of the text that equals `words` after the folding, or None.

        Of several places the one nearest to the name `near` counts, else the first.
        """
        wanted = fold(visible(words).text).text.strip()
        places = [*self._places(wanted)]
        if self._dotted:
            places = [place for place in places if not self._halves_dots(place)]
        if not places:
            return None
        anchors = self._starts(near) if near and len(places) > 1 else []
        start, end = min(places, key=lambda place: _distance(place[0], anchors))
        start, end = self._visible.original(*self._folded.source(start, end))
        return Evidence(quote=self.text[start:end], start=start, end=end)

    def quotes(self, words: str, near: str | None = None) -> list[Evidence]:
        """The slices behind a quote; several where it joins places with dots. Empty: no proof."""
        if (whole := self.quote(words, near)) is not None:
            return [whole]
        joined = fold(visible(words).text).text
        pieces = [piece for part in _DOTS.split(joined) if (piece := part.strip(" ,;:"))]
        if not 2 <= len(pieces) <= _MAX_PIECES or any(len(piece) < MIN_QUOTE for piece in pieces):
            return []
        found = [self.quote(piece, near) for piece in pieces]
        return [] if None in found else [evidence for evidence in found if evidence is not None]

    def nearest(self, words: str) -> str | None:
        """The passage most like `words`, to be shown to whoever misquoted it; never a proof."""
        from rapidfuzz import fuzz

        text, wanted = self._folded.text, fold(words).text.strip()[:_NEAREST_QUERY]
        found = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=60)
        if found is None or found.dest_end <= found.dest_start:
            return None
        start = text.rfind(" ", 0, found.dest_start + 1) + 1
        end = text.find(" ", max(found.dest_end - 1, start))
        return text[start : end if end >= 0 else len(text)]

    def negated(self, evidence: Evidence) -> str | None:
        """The word right before a quote that takes back what it says, or None.

        Only words that negate nothing else in the text's language count: "no" is Spanish, "mai"
        Italian. "Not only", "non appena", "finché non" and their like take nothing back.
        """
        before = self.text[max(0, evidence.start - 40) : evidence.start]
        words = before.lower().split()
        if not words or not before[-1].isspace():
            return None
        known = namewords.NEGATIONS.get(self._language, namewords.NEGATIONS[""])
        contracted = self._language in {"en", ""} and words[-1].endswith(("n't", "n’t"))
        if words[-1] not in known and not contracted:
            return None
        first = _TOKEN.search(evidence.quote.lower())
        if first and first.group() in namewords.NO_NEGATIONS:
            return None
        return None if " ".join(words[:-1]).endswith(namewords.NEGATED_UNTIL) else words[-1]

    def _places(self, wanted: str) -> Iterator[tuple[int, int]]:
        """Where `wanted` stands in the folded text, whole words only, either case first."""
        if not wanted:
            return
        other = wanted[0].swapcase()
        forms = [wanted] if other == wanted[0] or len(other) > 1 else [wanted, other + wanted[1:]]
        text = self._folded.text
        left = _MAX_OCCURRENCES
        for form in forms:
            tries = _MAX_TRIES
            at = text.find(form)
            while at >= 0 and left and tries:
                end = at + len(form)
                if cuts_word(text, (at, end)):
                    tries -= 1
                else:
                    yield at, end
                    left -= 1
                at = text.find(form, at + 1)

    def _halves_dots(self, span: tuple[int, int]) -> bool:
        """Whether a span of the folded text begins or ends inside a three-dot character."""
        text, source = self._folded.text, self._folded.source
        return any(
            text[at - 1 : at + 1] == ".." and source(at - 1, at) == source(at, at + 1)
            for at in span
            if at
        )

    # Names ----------------------------------------------------------------------------------

    def name(self, name: str) -> str | None:
        """The text's own form of a name whose words stand together in the text, or None.

        Case, accents and, in German, a final genitive s do not count. The text's form is taken
        unless it is all capitals.
        """
        for start, end in self._together(name_tokens(name)):
            own = tidy(self._folded.text[start:end])
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
            form = tidy(self._folded.text[start:end])
            if capitalised(form) and form.count('"') != 1:
                return claimed if form.isupper() else form
        if len(words) == 1:
            return None
        for start, end in self._together((*words[1:], words[0])):
            form = tidy(self._folded.text[start:end])
            if "\n" not in self._shown(start, end) and capitalised(form):
                return claimed if form.split()[0].isupper() else form
        return self._cut(own, words)

    @cached_property
    def _words(self) -> list[str]:
        """The words of the text, as they stand in it."""
        return _TOKEN.findall(self._folded.text)

    @cached_property
    def _printed(self) -> frozenset[str]:
        return frozenset(self._words)

    @cached_property
    def _joined(self) -> str:
        """The words without case and accents, a space around each."""
        return f" {fold_words(' '.join(self._words))} "

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        return [match.span() for match in _TOKEN.finditer(self._folded.text)]

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
            for _ in range(_MAX_OCCURRENCES):
                if at < 0:
                    break
                index += self._joined.count(" ", done, at)
                done = at
                yield index, len(ending)
                at = self._joined.find(wanted, at + 1)

    def _together(self, words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        """Spans in the folded text where `words` stand side by side, as the words of a name do."""
        for index, ending in self._all(words):
            printed = self._words[index : index + len(words)]
            for start, end in self._places(" ".join(printed)):  # the usual case
                if len(printed) == 1 or not _PARAGRAPH.search(self._shown(start, end)):
                    yield start, end - ending
                    break
            else:
                spans = self._spans[index : index + len(words)]
                if all(self._joint(one, other) for one, other in pairwise(spans)):
                    yield spans[0][0], spans[-1][1] - ending

    def _joint(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        """Whether what stands between two words lets them be words of one name."""
        text = self._folded.text
        between = text[one[1] : other[0]]
        if between in _DOTTED_JOINTS:
            return one[1] - one[0] <= _SHORT_FORM
        return between in _JOINTS and not _PARAGRAPH.search(self._shown(one[1], other[0]))

    def _shown(self, start: int, end: int) -> str:
        """The visible text behind a span of the folded one, line breaks and all."""
        return self._visible.text[slice(*self._folded.source(start, end))]

    def _opens_name(self, words: tuple[str, ...]) -> bool:
        """Whether a small word belongs to the name that it opens: "De Rossi", not "il Castori"."""
        article = words[0] in namewords.ARTICLES
        for index, _ in self._all(words):
            start = self._spans[index][0]
            if not self._folded.text[start].isupper():
                opens = words[0] in namewords.PARTICLES and not article
            else:
                elided = self._folded.text.startswith("'", start + len(words[0]))
                opens = elided or not article or not self._opens_sentence(start)
            if opens:
                return True
        return False

    def _opens_sentence(self, at: int) -> bool:
        """Whether nothing of a sentence stands before a place in the folded text."""
        before = self._folded.text[max(0, at - 4) : at].rstrip(" '\"(-")
        if not before or before[-1] in ".!?:;":
            return True
        return "\n" in self._shown(at - 1, at)

    def _cut(self, own: list[str], words: tuple[str, ...]) -> str | None:
        """The fullest form that the text has of a name which it does not print whole."""
        forms: list[str] = []
        bare: str | None = None
        namesake = seen = False
        for index, ending in self._all(words[-1:]):
            start, end = self._spans[index]
            if not begins_upper(self._folded.text[start]):
                continue
            seen = True
            first, given = self._given_before(index, words[:-1])
            named = [word for word in given if word not in namewords.PARTICLES]
            surname = self._folded.text[start : end - ending]
            if not named:
                particle = words[-2] in namewords.PARTICLES and own[-2][0].isupper()
                if (
                    len(surname) >= _MIN_SURNAME
                    and (given or not particle)
                    and not self._leads(index)
                ):
                    bare = bare or tidy(self._folded.text[self._spans[first][0] : end - ending])
                namesake = namesake or any(word not in words for word in given)
            elif given_names_agree(named, words[:-1]):
                whole = self._folded.text[self._spans[first][0] : end - ending]
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
        text, given, first, quoted = self._folded.text, [], index, False
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
            after = self._folded.text[end : end + 2]
            form = tidy(self._folded.text[start:end])
            if capitalised(form) and not (after[:1] in {" ", "-"} and after[1:].isupper()):
                return form
        return None

    def _starts(self, name: str) -> list[int]:
        """Where in the folded text a person's surname stands, in ascending order."""
        if name not in self._anchors:
            surname = (own_words(name) or [""])[-1]
            self._anchors[name] = sorted(start for start, _ in self._places(surname))
        return self._anchors[name]


def _distance(place: int, anchors: list[int]) -> int:
    """From a place to the nearest anchor; without anchors every place is as good as another."""
    if not anchors:
        return 0
    after = bisect_right(anchors, place)
    return min(abs(place - anchor) for anchor in anchors[max(0, after - 1) : after + 1])
