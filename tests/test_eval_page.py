"""The page of an evaluation: complete, readable without colour, and safe with hostile texts."""

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from scored import (
    APPOINTMENT,
    DISMISSAL,
    EVENTS,
    HONOUR,
    RUMOUR,
    TEXT,
    extraction,
    extractions,
    gold,
)
from touchline import CoachingEvent, Document, evaluate
from touchline.baseline import bless, compare
from touchline.eval_lines import other_lines
from touchline.eval_page import render_page
from touchline.gold import Gold, GoldArticle

if TYPE_CHECKING:
    from collections.abc import Sequence

HOSTILE = (
    '<script>alert(1)</script> "onload="x {{ 7 * 7 }} {% raw %} </div></body> javascript:x '
    "<img src=x onerror=alert(1)> &amp; \x00\x1b[31m \u202eoriv"
)
ALLOWED = set(
    "html head meta title style body h1 h2 h3 p table caption tr th td details summary section div "
    "mark span br".split()
)
ALLOWED_ATTRIBUTES = set("charset class content dir http-equiv lang name open scope".split())


class Page(HTMLParser):
    """What a browser would see of a page: tags, attributes, and the texts of the two sides."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: dict[str, set[str]] = {}
        self.meta: dict[str, str] = {}
        self.texts: list[str] = []
        self.style = ""
        self._inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag; a side's text begins at its div."""
        self.tags.append(tag)
        values = {name: value or "" for name, value in attrs}
        for name, value in values.items():
            self.attributes.setdefault(name, set()).add(value)
        if tag == "meta" and "http-equiv" in values:
            self.meta[values["http-equiv"]] = values["content"]
        if tag in {"meta", "br", "img"}:
            return
        kind = "text" if values.get("class") == "text" else "label" if tag == "span" else tag
        if kind == "text":
            self.texts.append("")
        self._inside.append(kind)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the name of the base class
        """Leave a tag."""
        self._inside.pop()

    def handle_data(self, data: str) -> None:
        """Keep text of a side, without its labels, and the style sheet."""
        if "text" in self._inside and "label" not in self._inside:
            self.texts[-1] += data
        if self._inside and self._inside[-1] == "style":
            self.style += data


def page(of: Gold, *found: Sequence[CoachingEvent]) -> str:
    """The page for what was found in each article."""
    read = [extraction(article, events) for article, events in zip(of.articles, found, strict=True)]
    return render_page(evaluate(of, read, resamples=10), of)


def hostile_gold() -> Gold:
    """An article whose id, text, names and quotes try to be markup."""
    known = CoachingEvent.model_validate(
        {
            **DISMISSAL.model_dump(),
            "person": HOSTILE,
            "team": HOSTILE,
            "honour": HOSTILE,
            "evidence": [{"quote": HOSTILE, "start": 0, "end": len(HOSTILE)}],
        }
    )
    document = Document(f"{HOSTILE} {TEXT}", id=HOSTILE, language="<b>it</b>")
    return Gold((GoldArticle(document, (known,), HOSTILE),))


def test_x03_hostile_text_stays_text() -> None:
    """Ids, names, quotes and texts that hold markup are shown as they are and become no element."""
    known = hostile_gold()
    other = known.articles[0].events[0].model_copy(update={"person": "</mark><b>" + HOSTILE})
    html = page(known, [other])
    seen = Page(html)

    assert set(seen.tags) <= ALLOWED
    assert set(seen.attributes) <= ALLOWED_ATTRIBUTES
    assert seen.tags.count("style") == 1
    assert "49" not in Page(page(known, [])).texts[0]
    for text in seen.texts:
        assert text.replace("\u2400", "\x00").replace("\u241b", "\x1b") == f"{HOSTILE} {TEXT}"
    for side in seen.attributes["class"]:
        assert re.fullmatch("[a-z ]+", side)


def test_x03_the_policy_allows_one_style_sheet_and_nothing_else() -> None:
    """No script, no address, no loading: the style sheet is named by its digest."""
    html = page(gold(EVENTS), EVENTS[1:])
    seen = Page(html)
    digest = base64.b64encode(hashlib.sha256(seen.style.encode()).digest()).decode()

    assert seen.meta["Content-Security-Policy"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert "url(" not in seen.style
    assert "@import" not in seen.style
    assert not {"href", "src", "style", "onclick", "action"} & set(seen.attributes)


def test_the_texts_stand_whole_on_both_sides() -> None:
    """Cut into spans, with overlaps and across articles, each text is still the article's."""
    seen = Page(page(gold(EVENTS, [], EVENTS[:2]), EVENTS[::-1], [RUMOUR], []))

    assert seen.texts == [TEXT] * 6


def test_spans_are_labelled_in_words() -> None:
    """Number and verdict stand before each span, so that nobody needs the colours."""
    html = page(gold([DISMISSAL, APPOINTMENT]), [APPOINTMENT, HONOUR])

    assert '<span class="label missed">1 missed</span><mark class="missed">Fabrizio' in html
    assert '<span class="label invented">2 invented</span><mark class="invented">vinse' in html
    assert html.count('<span class="label found">3 found</span><mark class="found">') == 2


def test_what_went_wrong_comes_first() -> None:
    """Articles with missed or invented events come first and open; in each the found come last."""
    html = page(gold(EVENTS, EVENTS), EVENTS, EVENTS[1:])

    assert html.index("<summary>a1") < html.index("<summary>a0")
    assert html.count("<details open>") == 1
    assert html.index("1 missed") < html.index("2 found")


@pytest.mark.parametrize(("count", "told"), [(2, True), (100, False)])
def test_few_documents_are_said_in_bold(count: int, told: bool) -> None:
    """Below a hundred documents the page says that the intervals are wide."""
    html = page(gold(*[[DISMISSAL]] * count), *[[DISMISSAL]] * count)

    assert (f'<p class="wide">Only {count} documents: the intervals are wide' in html) is told


def test_every_table_scrolls_by_itself() -> None:
    """On a narrow screen a table moves inside its own box, and F1 is its first figure."""
    html = page(gold(EVENTS, []), EVENTS[1:], [RUMOUR])
    style = Page(html).style

    assert html.count("<table>") == html.count('<div class="wider"><table>') > 6
    assert ".wider { overflow-x: auto; }" in style
    heads = re.findall(r'<tr><th scope="col">(?:figure|type|field)</th>(.*?)</th>', html)
    assert [re.sub("<.*?>", "", head) for head in heads] == ["F1", "strict F1", "F1"]


def test_the_page_has_all_figures_that_the_terminal_has() -> None:
    """Fields, dates, evidence, false events, the prefilter and the run stand there in words."""
    known = gold(EVENTS, [])
    found = [extraction(known.articles[0], EVENTS[1:]), extraction(known.articles[1], [RUMOUR])]
    evaluation = evaluate(known, found, resamples=10)
    html = render_page(evaluation, known)
    shown = unescape(html)

    for name, value in other_lines(evaluation):
        assert f'<th scope="row">{name}</th><td class="value">{value}</td>' in shown
    for name in evaluation.by_field:
        assert f'<th scope="row">{name}</th>' in html
    assert "(1 in 1)" in html
    assert "<caption>By field</caption>" in html


def test_one_document_is_one_document() -> None:
    """Numbers and their nouns agree."""
    html = page(gold([DISMISSAL]), [DISMISSAL])

    assert "<p>1 document, 0 of them without events; 1 event. " in html
    assert "Only 1 document: the intervals are wide" in html


def test_a_comparison_is_shown_with_its_signature_and_intervals() -> None:
    """Another model, each difference with its interval, false events and failures: all is there."""
    known = gold(*[EVENTS, EVENTS[:2]] * 3, [], [])
    told = [EVENTS, EVENTS[:2]] * 3
    before = evaluate(known, extractions(known, *told, [], [], model="one"))
    now = [
        *extractions(known, EVENTS[1:], *told[1:], [RUMOUR], [], model="two")[:-1],
        extraction(known.articles[-1], [], state="failed", reason="refused", model="two"),
    ]
    html = render_page(
        evaluate(known, now), known, comparison=compare(evaluate(known, now), bless(before))
    )

    shown = dict(
        re.findall(r'<tr><th scope="row">([^<]*)</th><td class="value">([^<]*)</td></tr>', html)
    )
    assert shown["model"] == "one before, two now"
    for name in ("strict F1", "F1 with the status", "slots F1"):
        assert re.fullmatch(
            r"1\.000 before, 0\.\d+ now: -0\.\d+ \[-0\.\d+, [+-]0\.\d+\]", shown[name]
        )
    assert shown["false events"] == "0 before, 1 now: +1"
    assert shown["failed now"] == "a7; each had an answer before"
    assert '<p class="worse">Worse: 1 false event more in documents without events.</p>' in html


def test_a_comparison_is_shown_with_its_flips() -> None:
    """What flipped since the baseline stands on the page, with its evidence."""
    known = gold(EVENTS)
    (article,) = known.articles
    before = bless(evaluate(known, [extraction(article, EVENTS)]))
    now = evaluate(known, [extraction(article, EVENTS[1:])])
    html = render_page(now, known, comparison=compare(now, before))

    assert "Worse than the tolerance of 0.01." in html
    assert '<th scope="row">lost</th>' in html
    assert "“Fabrizio Castori è stato esonerato”" in html
