"""Names by where they stand: labels of paragraphs, entries and rows of lists, runs in a line."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from touchline.builtin.marking import after_dateline
from touchline.builtin.names import AGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchline.builtin.cues import Language
    from touchline.builtin.names import Mark, Name, Names
    from touchline.builtin.scanning import Sentence

__all__ = ["QUOTES", "dashed", "label", "weigh_entries", "weigh_labels", "weigh_rows", "weigh_runs"]

_CLUB = 3  # what a name's form or company must weigh to make it a club's
_ENTRIES = 4  # lines of a list of teams, at least
_LABELS = frozenset({":", "-", "–", "—"})  # behind a team of a numbered list
_NUMBERS = frozenset("0123456789).")
QUOTES = frozenset("\"'“”„«»‘’‹›")
_ROUND_UP = 4  # blocks of a round-up that begin with a name in capitals, at least
_ROWS = 3  # blocks that begin with a name and a colon, at least, in a page of rows
_SHARE = 3  # so large a part of the names at the heads of rows, at least, is clubs'


def dashed(sentences: Sequence[Sentence]) -> bool:
    """Whether blocks begin with a name in capitals and a dash, as those of a round-up."""
    heads = (
        sentence
        for last, sentence in pairwise(sentences)
        if sentence.block != last.block and sentence.words[0].isupper()
    )
    return sum(after_dateline(sentence.words) > 0 for sentence in heads) >= _ROWS


def label(sentence: Sentence, marks: list[Mark], *, names: Names, labelled: bool) -> None:
    """Note a name at the head of a block: a sentence of its own in capitals, or before a colon.

    Args:
        sentence: the first one of the block.
        marks: those of it.
        names: of the article, to which the label is added.
        labelled: whether a dash stands behind the labels of the article.
    """
    first = marks[0] if marks else None
    if first is None or first.name is None:
        return
    if first.low > 0 and not _NUMBERS.issuperset("".join(sentence.words[: first.low])):
        return
    whole = first.high == len(sentence.words)
    at = first.high + (not whole and sentence.words[first.high].isdecimal())  # `Parona 1950:`
    signs = _LABELS if first.low > 0 or labelled else {":"}
    if at < len(sentence.words) and sentence.words[at] in signs:
        first.name.team_score += 3 * (first.low > 0 and first.name.text.isupper())
        names.labels[sentence.block] = first.name
        return
    name = first.name if whole and sentence.words[0].isupper() else None
    if name is not None:
        name.team_score += 3
        names.labels[sentence.block] = name


def weigh_labels(names: Names) -> None:
    """Take the names in capitals at the heads of several blocks for those of teams."""
    heads = {id(name): name for name in names.labels.values() if name.text.isupper()}
    if len(heads) >= _ROUND_UP:
        for name in heads.values():
            name.team_score += 3


def weigh_entries(sentences: Sequence[Sentence], names: Names, *, text: str) -> None:
    """Take the names for teams that head the lines of a list."""
    heads = [
        marks[0].name
        for sentence, marks in zip(sentences, names.marks, strict=True)
        if marks and marks[0].low == 0 and _is_entry(sentence, marks[0].high, text=text)
    ]
    listed = [name for name in heads if name is not None]
    if len({id(name) for name in listed}) >= _ENTRIES:
        for name in listed:
            name.team_score += 3


def weigh_rows(labels: list[Name]) -> bool:
    """Where blocks begin with a name and a colon, and clubs are among them, all are teams."""
    clubs = sum(name.team_score >= _CLUB for name in labels)
    if len(labels) < _ROWS or clubs * _SHARE < len(labels):
        return False
    for name in labels:
        name.team_score += _CLUB
    return True


def _is_entry(sentence: Sentence, high: int, *, text: str) -> bool:
    """Whether a line is an entry of a list, by name: `Borgo Trento: nuovo allenatore ...`.

    What somebody says stands in quotation marks.

    Args:
        sentence: the line.
        high: the end of the mark that it begins with.
        text: the article.
    """
    if high + 1 >= len(sentence.words) or sentence.words[high] != ":":
        return False
    behind = text[sentence.ends[high] : sentence.starts[high + 1]]
    return not QUOTES.intersection(behind)


def weigh_runs(marks: list[Mark], sentence: Sentence, *, language: Language) -> None:
    """Add to the names of a list of three or more what its sure teams say of them all."""
    run: list[Name] = []
    lower, allowed, end = sentence.lower, language.classes["in_list"], 0
    for mark in marks:
        joined = run and mark.name and end < mark.low and allowed.issuperset(lower[end : mark.low])
        if not joined:
            _weigh_run(run)
            run = []
        if mark.name is not None:
            run.append(mark.name)
        end = mark.high
    _weigh_run(run)


def _weigh_run(run: list[Name]) -> None:
    """A list with a sure team and no sure person is one of teams."""
    if len(run) < 3:
        return
    # "Ferri in Under 16, Neri in Under 15" is a list of persons.
    teams = sum(name.team_score + name.articled >= 3 for name in run if name.key[0] not in AGES)
    if teams == 0 or any(name.person >= 3 for name in run):
        return
    for name in run:
        name.team_score += 2
