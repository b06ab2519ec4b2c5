"""Many documents at once: their order, their number in memory, and what stops them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

import touchline
from fault_server import FaultServer, answer, completion
from hosted import EVENT, TEXT, hosted
from touchline.api import Reader
from touchline.batch import Outcome, read_all
from touchline.documents import BadRecord, Document
from touchline.errors import (
    AccessDenied,
    CassetteCorrupt,
    CassetteMissing,
    CassetteStale,
    InvalidInput,
    QuotaExhausted,
    RunStopped,
)
from touchline.extraction import Extraction, unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from fault_server import Request, Step


class Scripted:
    """A reader that takes a number of turns of the loop for each document, or raises."""

    def __init__(self, **errors: Exception) -> None:
        self.errors = errors
        self.running = 0
        self.most = 0
        self.started: list[str] = []
        self.cancelled: list[str] = []

    async def read(self, document: Document) -> Extraction:
        """Read a document; its text says how many turns that takes."""
        self.started.append(document.id)
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            for _ in range(int(document.text)):
                await asyncio.sleep(0)
            if document.id in self.errors:
                raise self.errors[document.id]
            return unread(document, "empty", why="as scripted")
        except asyncio.CancelledError:
            self.cancelled.append(document.id)
            raise
        finally:
            self.running -= 1


def documents(*turns: int) -> list[Document]:
    """Make documents called a, b, c … that take so many turns."""
    return [Document(str(n), id=chr(ord("a") + place)) for place, n in enumerate(turns)]


async def collect(
    reader: Scripted | Reader, source: Sequence[Document | BadRecord], *, jobs: int = 3
) -> tuple[list[Outcome], BaseException | None]:
    """Read everything; give the outcomes and what was raised after them."""
    outcomes: list[Outcome] = []
    try:
        async for outcome in read_all(reader, source, jobs=jobs):  # type: ignore[arg-type]
            outcomes.append(outcome)  # noqa: PERF401 - what came before an error counts
    except Exception as error:  # noqa: BLE001 - the error is the result
        return outcomes, error
    return outcomes, None


def ids(outcomes: Sequence[Outcome]) -> str:
    """Name the documents of outcomes."""
    return "".join(outcome.extraction.document.id for outcome in outcomes)


@pytest.mark.parametrize("jobs", [1, 2, 3, 7, 100])
@pytest.mark.parametrize("turns", [(5, 1, 9, 0, 3, 3, 1), (0,), (), (9, 0, 0, 0, 0, 0, 9)])
def test_order_is_kept(turns: tuple[int, ...], jobs: int) -> None:
    """Outcomes come in the order of the documents, one each, however long each takes."""
    reader = Scripted()
    outcomes, error = asyncio.run(collect(reader, documents(*turns), jobs=jobs))

    assert error is None
    assert ids(outcomes) == "abcdefg"[: len(turns)]
    assert reader.most <= jobs


@pytest.mark.parametrize("jobs", [1, 4])
def test_p13_the_window_is_bounded(jobs: int) -> None:
    """Never more than `jobs` documents are taken that have not come out, however slow the taker."""
    taken = 0
    ahead = []

    def source() -> Iterator[Document]:
        nonlocal taken
        for number in range(50):
            taken += 1
            yield Document(str(number % 5), id=str(number))

    async def slowly() -> int:
        out = 0
        async for _ in read_all(Scripted(), source(), jobs=jobs):  # type: ignore[arg-type]
            out += 1
            ahead.append(taken - out)
            await asyncio.sleep(0)
        return out

    assert asyncio.run(slowly()) == 50
    assert max(ahead) <= jobs - 1


@pytest.mark.parametrize("jobs", [0, -1])
def test_jobs_below_one(jobs: int) -> None:
    """Reading nothing at once would silently read nothing at all."""
    _, error = asyncio.run(collect(Scripted(), documents(1), jobs=jobs))

    assert isinstance(error, InvalidInput)
    assert f"`jobs` is {jobs}" in str(error)


def test_bad_records_are_outcomes() -> None:
    """A line that holds no document takes its place in the order, as skipped."""
    bad = BadRecord("news.jsonl, line 2", "no `text`")
    first, last = documents(3, 0)
    outcomes, error = asyncio.run(collect(Scripted(), [first, bad, last]))

    assert error is None
    middle = outcomes[1].extraction
    assert (middle.document.id, middle.state, middle.reason) == (bad.source, "skipped", "bad_line")
    assert middle.why == "no `text`"
    assert ids(outcomes) == f"a{bad.source}b"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (CassetteMissing("none"), "cassette_missing"),
        (CassetteStale("old"), "cassette_stale"),
        (CassetteCorrupt("torn"), "cassette_corrupt"),
    ],
)
def test_cassette_errors_are_outcomes(error: Exception, code: str) -> None:
    """A recording that cannot be replayed fails its document, and the others go on."""
    outcomes, raised = asyncio.run(collect(Scripted(b=error), documents(1, 1, 1)))

    assert raised is None
    assert [each.error for each in outcomes] == [None, error, None]
    failed = outcomes[1].extraction
    assert (failed.state, failed.reason, failed.why) == ("failed", code, str(error))


def test_a_stop_yields_what_has_arrived() -> None:
    """What arrived before a stop comes out, in order; the rest is cancelled; then it is raised."""
    stop = RunStopped("enough")
    reader = Scripted(c=stop)
    outcomes, error = asyncio.run(collect(reader, documents(1, 0, 4, 1, 99, 2, 0), jobs=6))

    assert error is stop
    assert ids(outcomes) == "abdfg"
    assert reader.cancelled == ["e"]
    assert reader.running == 0


def test_a_stop_sends_nothing_new() -> None:
    """A stop behind a slow document is seen at once: no further document is begun."""
    stop = RunStopped("enough")
    reader = Scripted(b=stop)
    outcomes, error = asyncio.run(collect(reader, documents(50, 1, 99, 1, 1, 1), jobs=3))

    assert error is stop
    assert ids(outcomes) == ""
    assert reader.started == ["a", "b", "c"]
    assert sorted(reader.cancelled) == ["a", "c"]


def test_two_stops_are_one() -> None:
    """The first of several stops is raised, and the others leave no warning behind."""
    reader = Scripted(a=RunStopped("late"), b=RunStopped("first"), c=RunStopped("same time"))
    outcomes, error = asyncio.run(collect(reader, documents(9, 1, 1)))

    assert (outcomes, str(error)) == ([], "first")


def test_leaving_early_cancels_the_rest() -> None:
    """Who stops taking outcomes stops the reading."""
    reader = Scripted()

    async def first() -> str:
        outcomes = read_all(reader, documents(1, 99, 99, 99))  # type: ignore[arg-type]
        outcome = await anext(outcomes)
        await outcomes.aclose()  # type: ignore[attr-defined]
        return outcome.extraction.document.id

    assert asyncio.run(first()) == "a"
    assert reader.running == 0


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        (answer(401), AccessDenied),
        (answer(429, {"error": {"message": "x", "code": "insufficient_quota"}}), QuotaExhausted),
    ],
)
def test_s05_s08_a_stop_on_the_wire(step: Step, kind: type[Exception]) -> None:
    """A run that cannot go on ends at the first sign of it, with what it has."""
    texts = [f"{TEXT} {number}" for number in range(20)]

    def choose(request: Request) -> Step:
        return completion([EVENT]) if texts[0] in request.body.decode() else step

    with FaultServer(choose=choose) as server:
        reader = Reader(hosted(server))
        source = [Document(text) for text in texts]
        outcomes, error = asyncio.run(collect(reader, source, jobs=1))

    assert type(error) is kind
    assert [outcome.extraction.state for outcome in outcomes] == ["done"]
    assert len(server.requests) == 2


def test_a_folder_is_read_with_public_names(tmp_path: Path) -> None:
    """Reader, documents and outcomes are all to be had from the package itself."""
    (tmp_path / "many.jsonl").write_text('{"text": " "}\nno JSON\n', "utf-8")

    async def states() -> list[str | None]:
        documents = touchline.read_documents(tmp_path / "many.jsonl")
        outcomes = touchline.read_all(touchline.Reader("m"), documents)
        return [outcome.extraction.reason async for outcome in outcomes]

    assert asyncio.run(states()) == ["empty", "bad_line"]
    assert touchline.Outcome is Outcome
