"""The built-in reader against the gold: the half that its cues were written with, and the other.

The halves are chosen by a digest of the article's id. The corpus is written in an oblique style
that cue words meet now and then; what the reader says of it must be right all the same.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from touchline import Evaluation, Gold, evaluate, extract, read_gold
from touchline.api import _GOLD_F1

if TYPE_CHECKING:
    from touchline import Document, Extraction
    from touchline.gold import GoldArticle

ROOT = Path(__file__).parents[1]


def is_open(article: GoldArticle) -> bool:
    """Whether cues may be written with an article in view."""
    digest = hashlib.sha256(article.document.id.encode()).hexdigest()
    return int(digest[-1], 16) % 2 == 0


@cache
def whole() -> Gold:
    """The gold."""
    return read_gold(ROOT / "tests" / "gold")


def scored(*articles: GoldArticle) -> Evaluation:
    """How well some articles are read."""
    return evaluate(Gold(articles), [read(each.document) for each in articles], resamples=100)


@cache
def read(document: Document) -> Extraction:
    """What is found in an article."""
    return extract(document, model="builtin")


@pytest.mark.parametrize(
    ("half", "precision", "recall"),
    [
        pytest.param(True, 0.86, 0.30, id="open"),
        pytest.param(False, 0.70, 0.15, id="held-out"),
    ],
)
def test_what_is_found_in_the_gold_is_mostly_right(
    *, half: bool, precision: float, recall: float
) -> None:
    """Strict precision and recall of each half; run with `-s` to see the figures."""
    strict = scored(*(each for each in whole().articles if is_open(each) == half)).strict

    print(f"P {strict.precision:.3f} R {strict.recall:.3f} F1 {strict.f1:.3f}")  # noqa: T201
    assert strict.precision is not None
    assert strict.recall is not None
    assert strict.precision >= precision
    assert strict.recall >= recall


def test_the_figures_that_users_read_are_true() -> None:
    """README's table and the line on stderr tell what is measured, to the last digit."""
    evaluation = scored(*whole().articles)
    strict, false = evaluation.strict, evaluation.false_events
    page = (ROOT / "README.md").read_text("utf-8")
    found = re.findall(r"^\| (`builtin`|language model, recorded) \| (.+) \|$", page, re.MULTILINE)
    rows = {name: row.split(" | ") for name, row in found}
    figures = (strict.precision, strict.recall, strict.f1, evaluation.stated.f1)
    builtin = [*figures, evaluation.dates.contained.rate]
    named = ("strict_precision", "strict_recall", "strict_f1", "stated_f1")
    recorded = json.loads((ROOT / "tests/data/baseline.json").read_text("utf-8"))["figures"]
    model = [recorded[name] for name in named]

    assert rows["`builtin`"][:5] == [f"{value:.3f}" for value in builtin]
    assert rows["`builtin`"][5] == f"{false.events} in {false.documents} articles"
    assert rows["language model, recorded"][:4] == [f"{value:.3f}" for value in model]
    assert (f"{strict.f1:.2f}", f"{recorded['strict_f1']:.3f}") == _GOLD_F1
