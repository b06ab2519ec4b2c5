"""Names of persons and teams, learned from the article itself.

There is no list of the world's clubs or coaches. A name is what has capitals; whether it is a
person's or a team's is told by the words around its mentions, all over the article. The fullest
form is the name; surnames, first names and short forms of clubs are led back to it.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from touchline.builtin.labels import (
    QUOTES,
    dashed,
    label,
    weigh_entries,
    weigh_labels,
    weigh_rows,
    weigh_runs,
)
from touchline.builtin.marking import Marker
from touchline.builtin.names import AGES, Mark, Name, Names, is_opposed
from touchline.builtin.shortforms import lead_back, lead_nicknames
from touchline.builtin.stories import mark_town, part_stories
from touchline.builtin.titles import is_shouted, is_titled, known_in, titled_in
from touchline.builtin.topics import foremost, headed, lead, leads, opener
from touchline.builtin.weighing import Weigher

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from touchline.builtin.cues import Language
    from touchline.builtin.scanning import Sentence

__all__ = ["learned"]

_MOST = 400  # names that are told apart; a text with more is a table
_MOST_WEIGHED = 3_000  # sentences; a name that is not known by then never is
_ENOUGH = 99  # mentions after which no more of a name's are weighed
_PAST = 5  # tokens from "former" to the team where somebody was
_ENDS = ([","], [":"])  # behind the team that a headline begins with
_PARTICLE = 3  # letters of a particle (`do`, `del`), at most
_PLACED = 3  # words of a place and of a person behind it
_UNLED = 3  # mentions inside sentences without an article, at least, of a person's single name
_GROUND = 4  # more than "at" in front weighs


def learned(sentences: Sequence[Sentence], language: Language, *, text: str) -> Names:
    """Find the names of an article and tell what they are."""
    names = Names()
    blocks = Counter([sentence.block for sentence in sentences])
    labelled = dashed(sentences)
    _mark_all(sentences, names, language, blocks=blocks, text=text, labelled=labelled)
    if not labelled:  # `IN POLE - ` is a label as well
        weigh_labels(names)
    weigh_entries(sentences, names, text=text)
    _weigh_all(sentences, names, language)
    rows = weigh_rows(list(names.labels.values()))
    _decide(names, language, sentences, rows=rows)
    names.leads = leads(sentences, names, language=language)
    names.opener = opener(names)
    names.lead = lead(names, [sentence.block for sentence in sentences])
    names.labels = {
        block: name
        for block, name in names.labels.items()
        if (name.text.isupper() and blocks[block] > 1 and not labelled) or name.whole.sign == "T"
    }
    part_stories(sentences, names)
    lead_nicknames(names, language.names.get("nicknames", frozenset()))
    names.labels = headed(sentences, names, language=language) | names.labels
    return names


def _mark_all(
    sentences: Sequence[Sentence],
    names: Names,
    language: Language,
    *,
    blocks: Mapping[int, int],
    text: str,
    labelled: bool,
) -> None:
    """Mark the sentences; those that are headlines, with the names of the others alone.

    Args:
        sentences: of the article.
        names: those of it, none as yet.
        language: its cues.
        blocks: how many sentences each block has.
        text: the article.
        labelled: whether its paragraphs begin with labels and a dash.
    """
    printed = set().union(*[sentence.words[1:] for sentence in sentences])
    marker = Marker(language, printed=printed, labelled=labelled)
    mentions = _Mentions(names, language, text)
    titled: dict[int, bool] = {}  # whether in capitals throughout, by number
    for number, sentence in enumerate(sentences):
        alone = blocks[sentence.block] == 1
        shouted = is_shouted(sentence.words, alone=alone)
        marks = marker.marks_of(sentence, shouted=shouted)
        names.marks.append(marks)
        if shouted or (alone and is_titled(sentence, language, printed=printed, text=text)):
            titled[number] = shouted
            continue
        mentions.note(marks, sentence, number=number)
        if number == 0 or sentences[number - 1].block != sentence.block:
            label(sentence, marks, names=names, labelled=labelled)
    for number, shouted in titled.items():
        sentence = sentences[number]
        marks = [mark for mark in names.marks[number] if mark.sign != "N"]
        if shouted:
            marks = titled_in(sentence, marks, small=language.classes["small"])
        names.marks[number] = marks = known_in(sentence, marks, known=names.by_key)
        mentions.note(marks, sentence, number=number)
    if len(names.by_key) >= _MOST:
        names.marks = [
            [mark for mark in marks if mark.sign != "N" or mark.name] for marks in names.marks
        ]


def _weigh_all(sentences: Sequence[Sentence], names: Names, language: Language) -> None:
    """Add to each name what its mentions say of it."""
    weigher = Weigher(language)
    weighed = dict.fromkeys(map(id, names.by_key.values()), 0)
    for sentence, marks in islice(zip(sentences, names.marks, strict=True), _MOST_WEIGHED):
        for index, mark in enumerate(marks):
            name = mark.name
            if name is not None and weighed[id(name)] < _ENOUGH:
                weighed[id(name)] += 1
                weigher.weigh(marks, index, name=name, sentence=sentence)
    for sentence, marks in islice(zip(sentences, names.marks, strict=True), _MOST_WEIGHED):
        if len(marks) > 2:
            weigh_runs(marks, sentence, language=language)


class _Mentions:
    """Notes each mention of a name, new or known, and what stands in front of it.

    Args:
        names: those of the article, to which new ones are added.
        language: its cues.
        text: the article.
    """

    def __init__(self, names: Names, language: Language, text: str) -> None:
        self._names, self._classes, self._text = names, language.classes, text
        self._ex, self._grounds = self._classes["ex"], language.names["team_before"]
        self._opposing = self._classes["against"] | self._classes["aside"]

    def note(self, marks: list[Mark], sentence: Sentence, *, number: int) -> None:
        """Note the mentions of one sentence."""
        lower, early = sentence.lower, number <= 1
        for mark in marks:
            if mark.sign != "N":
                continue
            name = mark.name = self._name_of(mark, sentence, number=number)
            if name is None:
                continue
            name.mentions += 1
            low = mark.low
            if low == 0:
                name.head += early
                continue
            name.inner += 1
            if not self._ex.isdisjoint(lower[max(0, low - _PAST) : low]):
                name.former += 1
            elif early:
                name.head += 1
            if lower[low - 1] in self._grounds and _is_quoted(mark, sentence, self._text):
                name.place += _GROUND  # `al "Castagnoli"`: a ground, not a team
            beside = not self._opposing.isdisjoint(lower[max(0, low - 2) : low])
            if beside and is_opposed(lower, low, classes=self._classes):
                name.against += 1

    def _name_of(self, mark: Mark, sentence: Sentence, *, number: int) -> Name | None:
        """The name of a mark, a new one where it is not known; None where there are too many."""
        low, high, by_key = mark.low, mark.high, self._names.by_key
        key = tuple(sentence.lower[low:high])
        if "'" in "".join(key):
            key = tuple([word.strip("'") for word in key])
        name = by_key.get(key)
        if name is None and len(by_key) < _MOST:
            printed = self._text[sentence.starts[low] : sentence.ends[high - 1]]
            name = by_key[key] = Name(key, " ".join(printed.split()), first=number)
        return name


def _is_quoted(mark: Mark, sentence: Sentence, text: str) -> bool:
    """Whether a name stands alone in quotation marks."""
    start, end = sentence.starts[mark.low], sentence.ends[mark.high - 1]
    return text[max(0, start - 1) : start] in QUOTES and text[end : end + 1] in QUOTES


def _mark_surnames(by_size: list[Name]) -> None:
    """Take a single name that is printed often and never with an article for a person's.

    Where clubs have one: `o Ceará anuncia Jorginho`.
    """
    for name in by_size:
        free = name.sign == "N" and len(name.key) == 1 and name.inner >= _UNLED
        if free and not (name.team_score or name.place or name.against or name.articled):
            name.sign, name.person = "P", 1


def _head_team(names: Names, sentences: Sequence[Sentence], *, parts: AbstractSet[str]) -> None:
    """Take the one word that a headline begins with for a team's: `Arcevia, panchina a rischio`.

    A person's would be short for a full name; what is part of clubs' names is a game: `Volley, `.
    """
    head, first = sentences[0], names.marks[0][0] if names.marks[0] else None
    if first is None or first.name is None or first.low > 0 or len(sentences) < 2:
        return
    if sentences[1].block == head.block or head.lower[first.high : first.high + 1] not in _ENDS:
        return
    name = first.name
    alone = name.full is None and len(name.key) == 1 and name.key[0] not in parts
    halves = name.key[0].split("-")
    if len(halves) > 1 and {key[-1] for key in names.by_key}.issuperset(halves):
        return  # `Arcevia-Ferri, `
    if alone and name.sign in "Nw" and name.person == 0:
        name.sign = "T"


def _decide(names: Names, language: Language, sentences: Sequence[Sentence], *, rows: bool) -> None:
    """Give each name its sign, and lead the short forms back to the full ones."""
    _part_places(names, sentences, led=language.classes["at"])
    by_size = sorted(names.by_key.values(), key=lambda name: (-len(name.key), name.first))
    for name in by_size:
        name.team_score += name.articled if name.titled == 0 else 0
        name.sign = _sign(name, language)
    if "article_before_team" in language.names:
        _mark_surnames(by_size)
    if "team_articles" in language.names and not language.capital_nouns:
        mark_town(by_size)
    lead_back(by_size, language)
    _head_team(names, sentences, parts=language.names["team_words"])
    _part_all(names)
    parts = language.names["team_words"]
    nicknames = language.names.get("nicknames", frozenset())
    teams = [
        name
        for name in names.by_key.values()
        if name.sign == "T" and name.full is None
        if len(name.key) > 1 or name.key[0] not in nicknames
        if len(name.key) > 1 or name.key[0] not in parts or name.mentions + name.articled > 1
    ]
    names.has_teams = any(name.sign == "T" for name in by_size)
    names.main_team = foremost(teams, rows=rows, labelled=len(names.labels) > 1)
    names.main_person = max(
        names.persons(),
        key=lambda name: (name.mentions + (name.role == "head_coach"), -name.first),
        default=None,
    )


def _part_places(names: Names, sentences: Sequence[Sentence], *, led: AbstractSet[str]) -> None:
    """Take a place off the person's name that stands right behind it: `A Cetona Aldo Ferri`.

    Args:
        names: of the article, weighed.
        sentences: of the article.
        led: prepositions in front of a place.
    """
    by_key = names.by_key
    long = {key for key, name in by_key.items() if len(key) == _PLACED and key[1:] in by_key}
    for sentence, marks in zip(sentences, names.marks, strict=True) if long else ():
        for at, mark in enumerate(marks):
            if mark.name is None or mark.name.key not in long or mark.low == 0:
                continue
            person, low = by_key[mark.name.key[1:]], mark.low
            if sentence.lower[low - 1] in led and person.person > person.team_score:
                mark.name.mentions -= 1
                if mark.name.mentions == 0:
                    del by_key[mark.name.key]
                person.mentions += 1
                person.first = min(person.first, mark.name.first)
                marks[at] = Mark(low + 1, mark.high, "N", person)


def _part_all(names: Names) -> None:
    """Give the marks of names their signs; those that are of two names, apart."""
    for number, marks in enumerate(names.marks):
        parts: list[Mark] = []
        for mark in marks:
            name = mark.name
            if name is not None:
                mark.sign, size = name.sign, len(name.key)
                if size > 1 and name.full is None and mark.high - mark.low == size:
                    parts += _parted(mark, name, names)
                    continue
            parts.append(mark)
        names.marks[number] = parts


def _parted(mark: Mark, name: Name, names: Names) -> list[Mark]:
    """A team and a person that stand side by side (`dello Spartak Carrera`), apart."""
    for at, word in enumerate(name.key[2:-1], 2):
        team = names.by_key.get(name.key[at + 1 :]) if len(word) <= _PARTICLE else None
        if team is not None and team.whole.sign == "T" and team.whole is not name:
            person = names.by_key.get(name.key[:at]) or _person_at(name, at, names=names)
            name.mentions -= 1
            return [
                Mark(mark.low, mark.low + at, person.sign, person),
                Mark(mark.low + at + 1, mark.high, "T", team),
            ]
    for size in range(1, min(3, len(name.key) - 1) + 1):
        tail = names.by_key.get(name.key[-size:])
        if tail is None or tail.whole.sign != "P" or tail.whole is name:
            continue
        head = names.by_key.get(name.key[:-size]) or _headed(name, size, names=names)
        if head is not None and head.sign == "T" and len(tail.whole.key) > 1:
            middle = mark.high - size
            name.mentions -= 1
            head.whole.mentions += 1
            return [Mark(mark.low, middle, "T", head), Mark(middle, mark.high, "P", tail)]
    return [mark]


def _person_at(name: Name, size: int, *, names: Names) -> Name:
    """The person at the head of a name that ends with a known team: `Aldo Ferraz do Montalvo`."""
    key = name.key[:size]
    text = " ".join(name.text.split()[:size])
    person = Name(key, text, "P", person=1, mentions=1, first=name.first, role=name.role)
    names.by_key[key] = person
    return person


def _headed(name: Name, size: int, *, names: Names) -> Name | None:
    """The team at the head of a team's name that ends with a person's full name."""
    words = name.text.split()
    if name.sign != "T" or size < 2 or len(words) != len(name.key):
        return None
    key = name.key[:-size]
    head = Name(key, " ".join(words[:-size]), "T", team_score=name.team_score, first=name.first)
    names.by_key[key] = head
    return head


def _sign(name: Name, language: Language) -> str:
    """What a name is, from what was weighed."""
    alone = len(name.key) == 1 and name.inner == 0
    if name.key[0] in AGES or (alone and name.key[0] in language.names["team_words"]):
        return "w"  # `Calcio` at the head of a line is the game
    if name.office > 0 and name.role is None and name.office >= name.team_score:
        return "X"
    if name.person > name.team_score and name.person >= name.place:
        return "P"
    if name.team_score > max(name.person, name.place - 1):
        return "T"
    bare = alone or (len(name.key) == 1 and language.capital_nouns)
    return "w" if bare or name.place > name.team_score else "N"
