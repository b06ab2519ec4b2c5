"""What the words around a name say of it: a person's, a team's, a place's, or no coach's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from touchline.builtin.mentions import SCORE, Mention

if TYPE_CHECKING:
    from touchline.builtin.cues import Language
    from touchline.builtin.names import Mark, Name
    from touchline.builtin.scanning import Sentence

__all__ = ["Weigher"]

_LONGEST_PERSON = 4  # words
_FORM = range(2, 5)  # letters
_GROUND = 6  # more than "at" and a title in front can weigh
_AS = 4  # tokens from "was" to "as": `foi apresentado hoje como`
_NO_FORM = frozenset({"II", "III", "IV", "JR", "SR", "TV"})


class Weigher:
    """Weighs the mentions of names in one article.

    Args:
        language: its cues.
    """

    def __init__(self, language: Language) -> None:
        classes, names = language.classes, language.names
        self._language, self._classes = language, classes
        self._ahead, self._behind = classes["telling_ahead"], classes["telling_behind"]
        self._joining, self._team_words = classes["joining"], names["team_words"]
        self._places = names.get("place_heads", frozenset())

    def weigh(self, marks: list[Mark], index: int, *, name: Name, sentence: Sentence) -> None:
        """Add to a name what one of its mentions says of it."""
        mark = marks[index]
        self._by_form(mark, name, sentence)
        previous = marks[index - 1] if index else None
        following = marks[index + 1] if index + 1 < len(marks) else None
        titled = index > 1 and previous is not None and previous.sign in "TNCR"
        title = marks[index - 2] if titled and marks[index - 2].sign in "RX" else None
        lower, low, high = sentence.lower, mark.low, mark.high
        ahead = low > 0 and lower[low - 1] in self._ahead
        behind = high < len(lower) and lower[high] in self._behind
        told = ahead or behind or title is not None or self._tells_ahead(low, previous, lower)
        if not (told or _tells_behind(high, following, lower)):
            return  # all that follows looks at these words and marks
        beyond = marks[index + 2] if index + 2 < len(marks) else None
        mention = Mention(
            mark, name, previous, following, beyond, lower, self._language, self._classes
        )
        if ahead:
            _by_word_ahead(mention)
        _by_article(mention)
        if behind:
            _by_word_behind(mention)
        if title is not None and previous is not None and _is_of_coach(mention, title, previous):
            name.office += 3  # "the agent of the coach, Carl Rowe"
        elif previous is not None:
            _by_mark_before(mention, previous)
            if index > 1 and previous.sign == "R" and previous.high == low:
                _by_team_before_role(mention, marks[index - 2], previous)
            if title is not None and previous.sign != "R":
                _by_title_before(mention, title, previous)
        if following is not None:
            if behind and name.role is None:
                _by_definition(mention, marks[index + 1 : index + 4])
            _by_mark_behind(mention, following)

    def _by_form(self, mark: Mark, name: Name, sentence: Sentence) -> None:
        """A club's name has its parts, a person's two to four words."""
        if not self._team_words.isdisjoint(name.key) or name.key[-1].isdecimal():
            name.team_score += 4
        elif 2 <= len(name.key) <= _LONGEST_PERSON and name.key[0] not in self._places:
            # Once, however often it is mentioned: "il Sestri Marina" has the form as well.
            name.person = name.person or 1
            words = sentence.words[mark.low : mark.high]
            if any(map(str.isupper, words)) and any(map(_is_form, words)):
                name.team_score += 2 * (not all(map(str.isupper, words)))  # `IFK Mariehamn`

    def _tells_ahead(self, low: int, previous: Mark | None, lower: list[str]) -> bool:
        """Whether the mark in front of a name may say something of it."""
        if previous is None or previous.sign in "RXC":
            return previous is not None
        if previous.name is None:
            return False
        return not self._joining.isdisjoint(lower[previous.high : low])


def _tells_behind(high: int, following: Mark | None, lower: list[str]) -> bool:
    """Whether the mark behind a name may say something of it."""
    if following is None or following.sign in "RX":
        return following is not None
    return following.low <= high + SCORE or lower[following.high : following.high + 1] == [")"]


def _is_form(word: str) -> bool:
    """Whether a word looks like a club's legal form or initials."""
    if len(word) == 2 and "J" in word:
        return False  # given names: `JJ Redick`
    return word.isalpha() and word.isupper() and len(word) in _FORM and word not in _NO_FORM


def _by_mark_behind(mention: Mention, following: Mark) -> None:
    """A role or an office behind, the goals of a match, or a team in brackets."""
    name = mention.name
    played = mention.has_score(following) or mention.beats(following)
    if following.name is not None and played:
        name.team_score += 3
        following.name.team_score += 3
    if following.sign == "R":
        _by_role_behind(mention, following)
    elif following.sign == "X":
        _by_office_behind(mention, following)
    elif mention.brackets_only(following):
        name.team = name.team or following.name  # "Aldo Ferri (Bari)"


def _by_word_ahead(mention: Mention) -> None:
    """The word right in front of a name, and what it says with the words beside it."""
    lower, classes = mention.lower, mention.classes
    low, high = mention.mark.low, mention.mark.high
    before = lower[low - 1]
    if before in classes["of"]:
        at = high + (lower[high : high + 1] == [","] and high + 1 < len(lower))
        if at < len(lower) and lower[at] in classes["there"]:
            mention.name.place += 2  # "his dismissal at Belluno, where"
    _by_word_in_front(mention, before, lower[low - 2] if low > 1 else "")


def _by_word_behind(mention: Mention) -> None:
    """The word right behind a name: a genitive, a ground, what persons or teams do."""
    lower, names, classes = mention.lower, mention.language.names, mention.classes
    name, high = mention.name, mention.mark.high
    after = lower[high]
    if mention.owns:
        name.team_score += 2
    if after in names.get("grounds", ()):
        name.place += _GROUND  # Home Park
    if after in names["says"]:
        name.person += 2
    alone = len(name.key) == 1 and high + 1 < len(lower)
    if alone and after in classes.get("have", ()):
        after = lower[high + 1]
    if after in classes["plural"] and not mention.is_listed:
        name.team_score += 3  # "Colby Stars have appointed"
    if after in names["team_verbs"]:
        if mention.is_subject:
            name.person += 2  # "Alan Firth appointed Marlow head coach"
        else:
            name.team_score += 2


def _by_word_in_front(mention: Mention, before: str, noun: str) -> None:
    """An article or a preposition in front of a name, and the word in front of that."""
    name, names, classes = mention.name, mention.language.names, mention.classes
    role_of = mention.previous is not None and mention.previous.sign == "R"
    if before in names["team_before"]:
        if role_of and mention.before == [before]:
            return
        if "article_before_person" in names:
            name.articled += 2
        else:
            name.team_score += 2
    elif before in names["place_before"]:
        name.place += 2
    elif before in names.get("said", ()):
        name.person += 2 * (len(name.key) == 1)
    elif noun in names.get("team_nouns", ()) and before in classes["at_or_of"]:
        # "al frente de Foo", "passagens por Foo"; but "a passagem de Aldo Ferraz"
        name.team_score += 2 * (len(name.key) == 1 or before not in classes["of"])


def _by_article(mention: Mention) -> None:
    """What a club's name has in front: an article, a word for a club, the place of its coach."""
    lower, classes, low = mention.lower, mention.classes, mention.mark.low
    if low == 0:
        return
    before, names = lower[low - 1], mention.language.names
    back = low - 1 - (before in classes["the"])
    if back > 0 and lower[back - 1] in classes["helm"] and lower[back] in classes["of"]:
        mention.name.team_score += 3  # "à la barre de Valmont"
    if before in names.get("team_articles", ()) and len(mention.name.key) > 1:
        mention.name.team_score += 2  # "l'Alliance Vendôme"
    elif "team_ends" in names and before.endswith(tuple(names["team_ends"])):
        mention.name.team_score += 2  # "Eishockey-Zweitligist Wölfe Harzberg"


def _by_mark_before(mention: Mention, previous: Mark) -> None:
    """A role or an office in front (`manager Karl Robinson`), or a list of persons."""
    other = previous.name
    if other is not None:
        if other.person >= 3 > other.team_score:
            between = mention.before
            joined = len(between) == 1 and between[0] in mention.classes["joining"]
            mention.name.person += 2 * (joined and not mention.owns)
        if mention.before and mention.classes["genitive"].issuperset(mention.before):
            mention.name.team = mention.name.team or other  # "Marlow's Alan Firth"
    elif previous.sign in "RXC":
        _by_title_in_front(mention, previous)


def _by_title_in_front(mention: Mention, title: Mark) -> None:
    """A role, an office or a word for a club in front, with nothing or "of" between."""
    between, name = mention.before, mention.name
    if between in ([], [","], [":"]):
        if title.sign == "R" and title.phrase is not None:
            name.person += 3
            name.titled += not between
            if name.role is None:
                name.role = title.phrase.value
        elif title.sign == "X":
            name.office += 3
            name.person += 2
        elif title.sign == "C" and title.high == mention.mark.low:
            name.team_score += 3  # "la società Feralpi Salò"
    elif title.sign == "R" and len(between) <= 2 and between[0] in mention.classes["of"]:
        _by_role_of(mention, title)


def _by_title_before(mention: Mention, title: Mark, team: Mark) -> None:
    """A role or an office, its team and a comma in front: `the chairman of N, Carl Rowe`."""
    between = mention.lower[title.high : team.low]
    if mention.before not in ([], [","]):
        return
    melted = not between and team.sign == "C"  # "el presidente | del club"
    if not melted and (len(between) not in {1, 2} or between[0] not in mention.classes["of"]):
        return
    mention.name.person += 2
    if title.sign == "X":
        mention.name.office += 3
    elif mention.name.role is None and title.phrase is not None:
        mention.name.role = title.phrase.value
    before = mention.lower[max(0, title.low - 2) : title.low]
    if title.sign == "R" and mention.classes["ex"].isdisjoint(before):
        mention.name.team = mention.name.team or team.name


def _is_of_coach(mention: Mention, title: Mark, role: Mark) -> bool:
    """Whether an office in front is that of a coach's man, who is named behind a comma."""
    between = mention.lower[title.high : role.low]
    led = 1 <= len(between) <= 2 and between[0] in mention.classes["of"]
    return led and title.sign == "X" and role.sign == "R" and mention.before == [","]


def _by_team_before_role(mention: Mention, team: Mark, role: Mark) -> None:
    """`Marlow Town boss Karl Robinson` is there today, but behind "former"."""
    lower, classes = mention.lower, mention.classes
    between = lower[team.high : role.low]
    if "team_before_role" not in mention.language.names or team.name is None:
        return
    if not classes["genitive"].issuperset(between):
        return
    before = lower[max(0, team.low - 2) : team.low]
    if classes["ex"].isdisjoint(before):
        mention.name.team = mention.name.team or team.name


def _by_role_of(mention: Mention, role: Mark) -> None:
    """`Coach of N` makes a team; `vice di Rino Galli` is more often told by the chief."""
    helper = role.phrase is not None and role.phrase.value == "assistant_coach"
    born = mention.before[0] in mention.language.names.get("born_before", ())
    if born and len(mention.name.key) == 1:
        # "il tecnico di Cetona": no club without its article; "il vice di Galli" is a person's.
        mention.name.person += helper
        mention.name.place += 2 * (not helper)
        return
    if helper and len(mention.name.key) > 1 and not mention.is_club:
        mention.name.person += 2
    else:
        mention.name.team_score += 3


def _by_role_behind(mention: Mention, role: Mark) -> None:
    """A role behind a name: `Swindon Town manager`, `Karl Robinson, manager of`, `(fitness)`."""
    name, between = mention.name, mention.behind
    if not between:
        if "team_before_role" in mention.language.names and len(name.key) < _LONGEST_PERSON:
            name.team_score += 2
        return
    if between[0] not in {",", "("}:
        return
    if mention.classes["beside_name"].issuperset(between[1:]):
        beyond = mention.beyond
        listed = beyond is not None and beyond.name is not None and beyond.low == role.high
        if beyond is not None and beyond.sign == "X" and _is_and(mention, role.high, beyond.low):
            return  # "A and B, coach and director": one each
        if listed and len(between) > 1 and between[1] in mention.classes["the"]:
            return  # "behind Foo, the coach Bar": two clauses
        name.person += 2
        if name.role is None and not listed and role.phrase is not None:
            name.role = role.phrase.value  # but not in `Galli, vice Neri`
        if beyond is not None and mention.classes["ex"].isdisjoint(between):
            of = mention.lower[role.high : beyond.low]
            if 1 <= len(of) <= 2 and of[0] in mention.classes["of"]:
                name.team = name.team or beyond.name


def _is_and(mention: Mention, low: int, high: int) -> bool:
    """Whether "and" alone stands between two tokens."""
    return high - low == 1 and mention.lower[low] in mention.classes["and"]


def _by_definition(mention: Mention, behind: list[Mark]) -> None:
    """What a sentence says somebody is.

    `Aldo Ferri (Bari, 5 aprile 1976) è un allenatore`; `Ferri is the new coach`, `Ferri foi
    apresentado como novo técnico`: no team is.
    """
    lower, classes, at = mention.lower, mention.classes, mention.mark.high
    if at < len(lower) and lower[at] == "(":
        at = next((i + 1 for i in range(at, len(lower)) if lower[i] == ")"), at)
    if at >= len(lower) or lower[at] not in classes.get("be", ()):
        return
    at += 1
    beyond = next(
        (i + 1 for i in range(at, min(at + _AS, len(lower))) if lower[i] in classes["as"]), at
    )
    if not any(at <= mark.low < beyond for mark in behind):
        at = beyond
    start = at
    passed = classes["a"] | classes["the"] | classes["new"] | classes["fillers"]
    while at < len(lower) and lower[at] in passed:
        at += 1
    if len(mention.name.key) < 2 and classes["new"].isdisjoint(lower[start:at]):
        return
    role = next((mark for mark in behind if mark.low == at and mark.sign == "R"), None)
    if role is not None and role.phrase is not None:
        mention.name.person += 2 + (len(mention.name.key) < 2)
        mention.name.titled += 1
        mention.name.role = role.phrase.value


def _by_office_behind(mention: Mention, office: Mark) -> None:
    """An office behind a name: `Carl Rowe, the chairman`, `Carl Rowe as their new chairman`.

    Not in `besides Carl Rowe, the captain Alan Firth`, where it has a name of its own.
    """
    between, beyond = mention.behind, mention.beyond
    own = beyond is not None and beyond.name is not None and beyond.low == office.high
    if own and between[:1] == [","]:
        return
    if len(mention.name.key) > 1 and between and mention.classes["little"].issuperset(between):
        mention.name.office += 3
