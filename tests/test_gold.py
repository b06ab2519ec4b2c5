"""Reading the gold: what is right is read whole, what is wrong is an error with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scored import EVENTS, TEXT, gold, write_gold
from touchline import read_gold
from touchline.errors import InvalidGold
from touchline.gold import Gold, GoldArticle

if TYPE_CHECKING:
    from collections.abc import Callable

CORPUS = Path(__file__).parent / "gold"


def test_the_corpus_is_read_whole() -> None:
    """Every article and event of the project's gold is there, each quote at its place."""
    corpus = read_gold(CORPUS)
    written = [json.loads(path.read_text("utf-8")) for path in sorted(CORPUS.glob("*.json"))]

    assert [document.id for document in corpus.documents] == [data["id"] for data in written]
    assert corpus.events == sum(len(data["events"]) for data in written)
    for article, data in zip(corpus.articles, written, strict=True):
        assert article.document.text == data["text"]
        assert article.kind == data["kind"]
        for event in article.events:
            for quote in event.evidence:
                assert article.document.text[quote.start : quote.end] == quote.quote


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    """A folder and a single file give the same events that were written."""
    known = gold(EVENTS, [])
    folder = write_gold(tmp_path / "gold", known)

    assert read_gold(folder).digest == known.digest
    assert read_gold(folder / "a0.json").articles[0].events == EVENTS


def test_the_digest_follows_the_content_alone() -> None:
    """Another order of events is the same gold; another field, text or article is another."""
    known = gold(EVENTS)
    changed = EVENTS[0].model_copy(update={"team": "Bari"})

    assert gold(reversed(EVENTS)).digest == known.digest
    assert gold((changed, *EVENTS[1:])).digest != known.digest
    assert gold(EVENTS[1:]).digest != known.digest
    assert gold(EVENTS, []).digest != known.digest
    assert Gold((GoldArticle(known.documents[0], ()),)).digest != known.digest


def _event(change: Callable[[dict[str, Any]], object]) -> Callable[[dict[str, Any]], object]:
    return lambda data: change(data["events"][0])


BROKEN = [
    (lambda data: data.pop("text"), "lacks `text`"),
    (lambda data: data.update(evnts=[]), "unknown key `evnts`"),
    (lambda data: data.update(events={}), "`events` is a list"),
    (lambda data: data.update(events=["Castori"]), "event 1: an event is an object"),
    (lambda data: data.update(published="12 March"), "`published` is `12 March`"),
    (_event(lambda raw: raw.update(evidence=[])), "event 1: `evidence` is a list"),
    (_event(lambda raw: raw.update(evidence=["non è stato"])), "`non è stato` does not stand"),
    (_event(lambda raw: raw.update(evidence=["Castori"])), "`Castori` stands more than once"),
    (_event(lambda raw: raw.update(evidence=[7])), "the quote `7` does not stand"),
    (_event(lambda raw: raw.update(date="12/3/2024")), "`date` is `12/3/2024`"),
    (_event(lambda raw: raw.update(type="sacking")), "`type` is `sacking`"),
    (_event(lambda raw: raw.pop("team")), "`team` is missing; write null"),
    (_event(lambda raw: raw.update(club="Ascoli")), "`club` is no field of an event"),
]


@pytest.mark.parametrize(("breaks", "message"), BROKEN)
def test_a_wrong_file_is_named_with_its_fault(
    breaks: Callable[[dict[str, Any]], object], message: str, tmp_path: Path
) -> None:
    """The error names the file, the event, the field and the value."""
    path = write_gold(tmp_path, gold(EVENTS)) / "a0.json"
    data = json.loads(path.read_text("utf-8"))
    breaks(data)
    path.write_text(json.dumps(data), "utf-8")

    with pytest.raises(InvalidGold) as caught:
        read_gold(tmp_path)

    assert message in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("content", "message"), [("{", "no valid JSON"), ("[]", "no object"), ("[" * 100_000, "JSON")]
)
def test_a_file_that_holds_no_article(content: str, message: str, tmp_path: Path) -> None:
    """What is no JSON object is refused by name."""
    (tmp_path / "a.json").write_text(content, "utf-8")

    with pytest.raises(InvalidGold, match=message):
        read_gold(tmp_path)


def test_no_gold_at_all(tmp_path: Path) -> None:
    """A folder that is not there, or has no article, is an error and no gold of nothing."""
    with pytest.raises(InvalidGold, match="does not exist"):
        read_gold(tmp_path / "none")
    with pytest.raises(InvalidGold, match=r"no \.json file"):
        read_gold(tmp_path)


def test_two_articles_of_one_id(tmp_path: Path) -> None:
    """Two files of one id are named, both of them."""
    write_gold(tmp_path, gold(EVENTS))
    (tmp_path / "b.json").write_text((tmp_path / "a0.json").read_text("utf-8"), "utf-8")

    with pytest.raises(InvalidGold, match=r"a0\.json` and `.*b\.json` have the id `a0`"):
        read_gold(tmp_path)


def test_the_text_of_the_tests_holds_their_quotes() -> None:
    """The made-up events quote the made-up text."""
    assert all(
        TEXT[item.start : item.end] == item.quote for known in EVENTS for item in known.evidence
    )
