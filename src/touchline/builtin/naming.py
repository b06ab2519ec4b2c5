"""Names of persons and teams, learned from the article itself.

There is no list of the world's clubs or coaches. A name is what has capitals; whether it is a
person's or a team's is told by the words around its mentions, all over the article. The fullest
form is the name; surnames, first names and short forms of clubs are led back to it.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from touchline.builtin.marking import marks_of
from touchline.builtin.names import Mark, Name, Names
from touchline.builtin.weighing import weigh, weigh_runs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from touchline.builtin.cues import Language
    from touchline.builtin.scanning import Sentence

__all__ = ["learned"]

_MOST = 400  # names that are told apart; a text with more is a table
_MOST_WEIGHED = 3_000  # sentences; a name that is not known by then never is
_SHARE = 3  # the main team has at least so large a part of the mentions of teams: one third
_HEADLINE = 3  # how many mentions one at the head of an article is worth
_FIRST = 1  # and how many more in its first line
_PAST = 5  # tokens from "former" to the team where somebody was
_LEGAL = 3  # letters of a legal form (`FC`, `SSD`), at most
_PARTICLE = 3  # letters of a particle (`do`, `del`), at most
_OFTEN = 3  # mentions of a town that stands for its club, at least
_BEGINS = 2  # tokens in front of a team with which a sentence begins, at most
_FIRST_LINES = 4  # sentences in which the team of a story is named
_LABELS = 3  # labelled paragraphs of a round-up, at least
_STORY = 8  # tokens that such a paragraph's first sentence has more than
_AGES = frozenset({"under", "sub"})


def learned(sentences: Sequence[Sentence], language: Language, *, text: str) -> Names:
    """Find the names of an article and tell what they are."""
    names = Names()
    blocks = Counter(sentence.block for sentence in sentences)
    small = set(filter(str.islower, {word for sentence in sentences for word in sentence.words}))
    for number, sentence in enumerate(sentences):
        alone = blocks[sentence.block] == 1
        marks = marks_of(sentence, language, small=small, alone=alone)
        for mark in marks:
            if mark.sign == "N":
                _mention(
                    mark,
                    sentence,
                    names,
                    number=number,
                    text=text,
                    language=language,
                )
        if number == 0 or sentences[number - 1].block != sentence.block:
            _label(sentence, marks, names)
        names.marks.append([mark for mark in marks if mark.sign != "N" or mark.name])
    _weigh_all(sentences, names, language)
    _decide(names, language)
    names.labels = {
        block: name
        for block, name in names.labels.items()
        if (name.text.isupper() and blocks[block] > 1) or name.whole.sign == "T"
    }
    if names.main_team is None:
        names.main_team = _of_story(names)
    if _is_round_up(sentences, names):
        _part_stories(sentences, names)
    return names


def _weigh_all(sentences: Sequence[Sentence], names: Names, language: Language) -> None:
    """Add up what the words around the mentions say of each name."""
    weighed = [*islice(zip(sentences, names.marks, strict=True), _MOST_WEIGHED)]
    for sentence, marks in weighed:
        for index, mark in enumerate(marks):
            if mark.name is not None:
                weigh(marks, index, sentence=sentence, language=language)
    for sentence, marks in weighed:
        if len(marks) > 2:
            weigh_runs(marks, sentence, language=language)


def _of_story(names: Names) -> Name | None:
    """The team that is named first, where no sentence begins with another: one story's."""
    first: Name | None = None
    for marks in names.marks[:_MOST_WEIGHED]:
        teams = [mark for mark in marks if mark.sign == "T" and mark.name is not None]
        for mark in teams:
            team = mark.name.whole if mark.name is not None else None
            if team is None or team is first or team.against or team.former:
                continue
            if first is not None and mark.low <= _BEGINS and mark is marks[0]:
                return None
            first = first or team
    return first if first is not None and first.is_sure and first.first <= _FIRST_LINES else None


def _is_round_up(sentences: Sequence[Sentence], names: Names) -> bool:
    """Whether each paragraph begins with a label, such as the sport it is of: `Handball: ...`."""
    block, labelled = -1, 0
    for sentence, marks in zip(sentences, names.marks, strict=True):
        if sentence.block != block:
            block = sentence.block
            single = sentence.words[1:2] == [":"] and len(sentence.words) > _STORY
            labelled += single and not any(mark.low == 0 and mark.sign in "RX" for mark in marks)
    return labelled >= _LABELS


def _part_stories(sentences: Sequence[Sentence], names: Names) -> None:
    """Give each paragraph of a round-up the team that it names first."""
    names.is_round_up, names.main_team = True, None
    for sentence, marks in zip(sentences, names.marks, strict=True):
        team = next((mark.name for mark in marks if mark.sign == "T" and mark.name), None)
        if team is not None and not team.against:
            names.labels.setdefault(sentence.block, team)


def _label(sentence: Sentence, marks: list[Mark], names: Names) -> None:
    """Note a name at the head of a block: a sentence of its own in capitals, or before a colon."""
    first = marks[0] if marks else None
    if first is None or first.name is None or first.low > 0:
        return
    whole = first.high == len(sentence.words)
    if not whole and sentence.words[first.high] == ":":
        names.labels[sentence.block] = first.name
        return
    name = first.name if whole and sentence.words[0].isupper() else None
    if name is not None:
        name.team_score += 3
        names.labels[sentence.block] = name


def _mention(
    mark: Mark, sentence: Sentence, names: Names, *, number: int, text: str, language: Language
) -> None:
    key = tuple(sentence.lower[mark.low : mark.high])
    if "'" in "".join(key):
        key = tuple([word.strip("'") for word in key])
    name = names.by_key.get(key)
    if name is None:
        if len(names.by_key) >= _MOST:
            return
        printed = text[sentence.starts[mark.low] : sentence.ends[mark.high - 1]]
        name = names.by_key[key] = Name(key, " ".join(printed.split()), first=number)
    name.mentions += 1
    name.inner += mark.low > 0
    against, former = language.classes["against"], language.classes["ex"]
    before = sentence.lower[max(0, mark.low - _PAST) : mark.low]
    name.against += not against.isdisjoint(before[-2:])
    name.former += not former.isdisjoint(before)
    mark.name = name


# -------------------------------------------------------------------------------------


def _decide(names: Names, language: Language) -> None:
    """Give each name its sign, and lead the short forms back to the full ones."""
    by_size = sorted(names.by_key.values(), key=lambda name: (-len(name.key), name.first))
    for name in by_size:
        name.sign = _sign(name, language)
    if "team_articles" in language.names and not language.capital_nouns:
        _town(by_size)
    owners = names.by_key if language.capital_nouns else {}
    legal = {word for word in language.names["team_words"] if len(word) <= _LEGAL}
    _lead_back(by_size, owners=owners, forms=frozenset(legal))
    names.marks = [
        [part for mark in marks for part in _parted(mark, names)] for marks in names.marks
    ]
    for marks in names.marks:
        for mark in marks:
            if mark.name is not None:
                mark.sign = mark.name.sign
    teams = [name for name in names.by_key.values() if name.sign == "T" and name.full is None]
    names.has_teams = any(name.sign == "T" for name in by_size)
    names.main_team = _foremost(teams)
    names.main_person = max(
        names.persons(),
        key=lambda name: (name.mentions + (name.role == "head_coach"), -name.first),
        default=None,
    )


def _town(names: list[Name]) -> None:
    """Take a name that is printed often for a team's, where no team's is printed twice.

    The press calls a club by its town alone, and then nothing tells it from a surname but that
    no full name of a person ends with it.
    """
    if any(name.sign == "T" and name.mentions > 1 for name in names):
        return
    surnames = {name.key[-1] for name in names if len(name.key) > 1 and name.sign in "PX"}
    unsure = [name for name in names if name.sign == "N" and len(name.key) == 1]
    often = [name for name in unsure if name.mentions >= _OFTEN and name.key[0] not in surnames]
    if len(often) == 1 and often[0].first <= 1 and often[0].place == 0:
        often[0].sign, often[0].team_score = "T", _OFTEN


def _lead_back(
    by_size: list[Name], *, owners: Mapping[tuple[str, ...], Name], forms: frozenset[str]
) -> None:
    """Lead each name back to the longer one that it is short for, a genitive to its owner."""
    fulls: dict[str, list[Name]] = {}
    for name in by_size:
        known = _candidates(name, fulls)
        full = next((full for full in known if _can_be(name, full, forms=forms)), None)
        if full is None and name.key[-1].endswith("s"):
            owner = owners.get((*name.key[:-1], name.key[-1][:-1]))
            full = owner if owner is not None and owner.full is not name else None
        if full is None:
            for word in name.key:
                fulls.setdefault(word, []).append(name)
            continue
        full = full.whole
        name.full = full
        full.mentions += name.mentions
        full.against += name.against
        full.former += name.former
        full.first = min(full.first, name.first)
        _inherit(name, full)
    for name in by_size:
        if name.full is not None:
            name.sign = name.full.sign


def _foremost(teams: list[Name]) -> Name | None:
    """The team that an article is about; None for a round-up of several.

    It is named often, or at the head, where the news is.
    """
    weights = {
        id(name): name.mentions
        - name.against
        - name.former
        + (_HEADLINE * (name.first <= 1) + _FIRST * (name.first == 0)) * (not name.against)
        for name in teams
    }
    sure = [name for name in teams if name.is_sure] or teams
    best = max(sure, key=lambda name: (weights[id(name)], -name.first), default=None)
    if best is None or weights[id(best)] * _SHARE < sum(weights.values()):
        return None
    return best


def _parted(mark: Mark, names: Names) -> list[Mark]:
    """A team and a person that stand side by side (`dello Spartak Carrera`), apart."""
    name = mark.name
    if name is None or len(name.key) < 2 or name.full is not None:
        return [mark]
    if mark.high - mark.low != len(name.key):
        return [mark]
    for at, word in enumerate(name.key[2:-1], 2):
        team = names.by_key.get(name.key[at + 1 :]) if len(word) <= _PARTICLE else None
        if team is not None and team.whole.sign == "T":
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
    if name.key[0] in _AGES or (alone and name.key[0] in language.names["team_words"]):
        return "w"  # `Calcio` at the head of a line is the game
    if name.office > 0 and name.role is None and name.office >= name.team_score:
        return "X"
    if name.person > name.team_score and name.person >= name.place:
        return "P"
    if name.team_score > max(name.person, name.place - 1):
        return "T"
    bare = alone or (len(name.key) == 1 and language.capital_nouns)
    return "w" if bare or name.place > name.team_score else "N"


def _candidates(name: Name, fulls: dict[str, list[Name]]) -> list[Name]:
    """Longer names that a name can be short for, the first mentioned first."""
    last = name.key[-1]
    longer = (full for full in fulls.get(last, ()) if len(full.key) >= len(name.key))
    found = [full for full in longer if full is not name]
    return sorted(found, key=lambda full: (full.first, -len(full.key)))


def _can_be(name: Name, full: Name, *, forms: frozenset[str]) -> bool:
    """Whether a name is a short form of a longer one; a club's is without its legal forms."""
    if full.sign == "T":
        bare = tuple(word for word in name.key if word not in forms) or name.key
        rest = tuple(word for word in full.key if word not in forms)
        if bare in (rest, rest[: len(bare)]):
            return name.person < 3
    size = len(name.key)
    tail, head = full.key[-size:] == name.key, full.key[:size] == name.key
    if full.sign in {"P", "X"}:
        return (tail or head) and name.team_score <= max(3, name.person)
    if full.sign == "T":
        person = not head and 2 <= size <= len(full.key) - 2 and name.person > name.team_score
        return (head or tail) and name.person < 3 and not person
    return False


def _inherit(name: Name, full: Name) -> None:
    """Pass on what was learned at a short form."""
    if full.sign == "X" and name.role is not None:
        full.sign = "P"
    if full.role is None:
        full.role, full.title = name.role, name.title
    full.team_score = max(full.team_score, name.team_score)
