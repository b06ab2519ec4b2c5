"""Which of the languages with a cue file a text is written in."""

from __future__ import annotations

import re

from touchline.builtin.cues import Language, classed_words, frequent_words, language, languages

__all__ = ["spoken"]

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 6_000  # code points, from the head of the text; menus are short
_FEWEST = 3


def spoken(text: str, tag: str | None) -> Language | None:
    """The language of an article: as its tag says, else by its words; None if none fits.

    Args:
        text: the article.
        tag: a BCP 47 tag, None where unknown.
    """
    known = languages()
    if tag:
        code = tag.lower().replace("_", "-").split("-")[0]
        return language(code) if code in known else None
    words = [*map(str.lower, _WORD.findall(text[:_SAMPLE]))]
    for vocabulary in (frequent_words, classed_words):
        counts = {code: sum(map(vocabulary(code).__contains__, words)) for code in known}
        best = max(counts, key=lambda code: (counts[code], code), default=None)
        if best is not None and counts[best] >= _FEWEST:
            return language(best)
    return None  # two sentences hold few of the frequent words, but enough of the others
