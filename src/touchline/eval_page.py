"""An evaluation as one HTML file: figures, and each text twice, with gold spans and found spans.

The page holds no script and loads nothing: its policy allows its own style sheet, by digest, and
refuses all else. Articles and answers are hostile; they enter the template as escaped text only,
never as an attribute, an address or a name.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from touchline.eval_lines import (
    changes,
    counted,
    figure,
    headline,
    named,
    other_lines,
    parts,
    remarks,
    size,
    verdict,
)
from touchline.figures import FEW, WIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchline.baseline import Comparison
    from touchline.events import CoachingEvent
    from touchline.figures import ArticleResult, Evaluation, Outcome, Verdict
    from touchline.gold import Gold

__all__ = ["render_page"]

_LEGEND = (
    ("missed", "in the gold, not found;"),
    ("invented", "found, not in the gold;"),
    ("near", "found with a wrong person or team;"),
    ("found", "found with type, person and team right."),
)
_WORST = {"missed": 0, "invented": 1, "near": 2, "found": 3}
# Characters that HTML does not hold, as the signs that Unicode has for them.
_CONTROLS = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"}
_CONTROLS |= {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)


@dataclass(frozen=True, slots=True)
class _Mark:
    """The label of an event: its number within the article, and what became of it."""

    number: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class _Segment:
    """A stretch of text under the same events; `labels` are those of quotes that begin with it."""

    text: str
    verdict: Verdict | None
    labels: tuple[_Mark, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """An event in an article's table."""

    mark: _Mark
    event: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Article:
    """One article as it is shown."""

    id: str
    summary: str
    wrong: int
    rows: tuple[_Row, ...]
    gold: tuple[_Segment, ...]
    found: tuple[_Segment, ...]


def render_page(evaluation: Evaluation, gold: Gold, *, comparison: Comparison | None = None) -> str:
    """The page, as HTML.

    Args:
        evaluation: what is shown, the articles with most missed and invented events first.
        gold: the same that was evaluated against; it has the texts.
        comparison: adds what changed since a baseline.
    """
    environment = _environment()
    style = environment.get_template("evaluation.css").render()
    texts = {document.id: document.text for document in gold.documents}
    articles = [_article(result, texts[result.id]) for result in evaluation.articles]
    documents = evaluation.size.documents
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page: str = environment.get_template("evaluation.html.jinja").render(
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; "
        "form-action 'none'",
        evaluation=evaluation,
        size=size(evaluation),
        wide=WIDE.format(count=counted(documents, "document")) if documents < FEW else None,
        headline=headline(evaluation),
        parts=parts(evaluation),
        others=[(name, _shown(value)) for name, value in other_lines(evaluation)],
        comparison=comparison,
        changes=[(n, _shown(value)) for n, value in changes(comparison)] if comparison else [],
        verdict=verdict(comparison) if comparison else None,
        legend=_LEGEND,
        articles=sorted(articles, key=lambda article: -article.wrong),
    )
    return page


@cache
def _environment() -> Environment:
    """Where the template and its style sheet are read from."""
    folder = Path(str(resources.files("touchline"))) / "templates"
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(figure=figure, told=_told, shown=_shown)
    return environment


def _article(result: ArticleResult, text: str) -> _Article:
    marked = [(_Mark(number, item.verdict), item) for number, item in enumerate(result.outcomes, 1)]
    wrong = sum(item.verdict != "found" for item in result.outcomes)
    counts = result.strict
    state = f"{result.state}{f' ({result.reason})' if result.reason else ''}"
    return _Article(
        id=_shown(result.id),
        summary=f"{counts.right} right of {counts.gold} in the gold and {counts.found} found, "
        f"{_shown(state)}",
        wrong=wrong,
        rows=tuple(_row(mark, item) for mark, item in marked),
        gold=_segments(text, [(mark, item.gold) for mark, item in marked if item.gold]),
        found=_segments(text, [(mark, item.found) for mark, item in marked if item.found]),
    )


def _row(mark: _Mark, item: Outcome) -> _Row:
    """An event and, in words, what is wrong with it."""
    return _Row(mark, _shown(named(item)), tuple(_shown(remark) for remark in remarks(item)))


def _segments(text: str, events: Sequence[tuple[_Mark, CoachingEvent]]) -> tuple[_Segment, ...]:
    """The text cut where a quote begins or ends."""
    spans = [
        (item.start, item.end, mark)
        for mark, event in events
        for item in event.evidence
        if item.start < item.end <= len(text)
    ]
    cuts = sorted({0, len(text), *(place for span in spans for place in span[:2])})
    segments = []
    for start, end in pairwise(cuts):
        over = [mark for first, last, mark in spans if first <= start and end <= last]
        worst = min((mark.verdict for mark in over), key=_WORST.__getitem__, default=None)
        begin = tuple(mark for first, _, mark in spans if first == start)
        segments.append(_Segment(_shown(text[start:end]), worst, begin))
    return tuple(segments)


def _told(value: str | None) -> str:
    return "-" if value is None else _shown(value)


def _shown(text: str) -> str:
    return text.translate(_CONTROLS)
