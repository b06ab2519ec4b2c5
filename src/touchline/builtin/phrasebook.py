"""The phrases of a cue file that are one sign: roles, offices, club nouns, honours and leagues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from touchline.builtin.patterns import ELISION, spellings
from touchline.events import Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Phrase", "expanded", "paired", "phrase_at", "phrases_of"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that are one sign: a role, an office, a club noun, an honour, a league."""

    words: tuple[str, ...]
    sign: str
    value: str = ""


def expanded(form: str) -> list[tuple[str, ...]]:
    """The spellings of a phrase, each as its words.

    >>> expanded("preparator/e/i atletic/o/i")[3]
    ('preparatori', 'atletici')
    """
    found: list[tuple[str, ...]] = [()]
    for word in ELISION.sub(r"\1 ", form.lower()).split():
        found = [(*words, spelling) for words in found for spelling in spellings(word)]
    return found


def phrases_of(roles: Mapping[str, Any], names: Mapping[str, Any]) -> dict[str, tuple[Phrase, ...]]:
    """The phrases of the tables `[roles]` and `[names]` by their first word, the longest first."""
    found: dict[str, list[Phrase]] = {}
    groups = [("R", str(Role(role)), forms) for role, forms in roles.items()]
    groups += [("X", "", names.get("offices", ())), ("C", "", names.get("clubs", ()))]
    groups += [("H", "", names.get("honours", ())), ("K", "", names.get("leagues", ()))]
    for sign, value, forms in groups:
        for form in forms:
            for words in expanded(form):
                found.setdefault(words[0], []).append(Phrase(words, sign, value))
    return {
        word: tuple(sorted(group, key=lambda phrase: -len(phrase.words)))
        for word, group in found.items()
    }


def paired(
    phrases: Mapping[str, Sequence[Phrase]],
) -> dict[str, dict[str, tuple[Phrase, ...]]]:
    """Phrases by their first word and their second; by nothing, where they are one word."""
    found: dict[str, dict[str, list[Phrase]]] = {}
    for first, group in phrases.items():
        for phrase in group:
            second = phrase.words[1] if len(phrase.words) > 1 else ""
            found.setdefault(first, {}).setdefault(second, []).append(phrase)
    return {
        first: {second: tuple(group) for second, group in groups.items()}
        for first, groups in found.items()
    }


def phrase_at(
    lower: Sequence[str], at: int, *, pairs: Mapping[str, Mapping[str, Sequence[Phrase]]]
) -> Phrase | None:
    """The longest phrase that begins at a token.

    Args:
        lower: the tokens of a sentence, in lower case.
        at: a token.
        pairs: the phrases, as `paired` gives them.
    """
    groups = pairs.get(lower[at])
    if groups is None:
        return None
    for phrase in groups.get(lower[at + 1], ()) if at + 1 < len(lower) else ():
        words = phrase.words
        if len(words) == 2 or tuple(lower[at : at + len(words)]) == words:
            return phrase
    alone = groups.get("")
    return alone[0] if alone else None
