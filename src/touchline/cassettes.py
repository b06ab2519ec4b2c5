"""Recordings of model answers: one file per article, replayed without a network.

`open_tape` compares the `Label` that is wanted with the one on the article's file and makes the
`Tape` known to the transport (`touchline.recording`) for the time of its block::

    with open_tape(Path("cassettes"), label, mode="none") as tape:
        ...                      # requests are answered from the tape

Modes: `none` replays or fails; `new` records an article that has no cassette and replays the rest,
a stale one is an error; `all` records again. Neither vcrpy nor a network library is imported here.

The open tape and the folder of `use_cassettes` are context variables: tasks inherit them; a thread
started inside a block does not, unless it runs in `contextvars.copy_context()`.
"""

from __future__ import annotations

import collections
import logging
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, get_args

from touchline.cassette_diff import differences, matching_key, parsed, text_diff
from touchline.cassette_file import (
    ARTICLE_FIELDS,
    Answer,
    Cassette,
    Exchange,
    Label,
    cassette_path,
    load_cassette,
    neutral_path,
    scrub,
)
from touchline.errors import (
    CassetteError,
    CassetteMissing,
    CassetteStale,
    ConfigurationError,
    InvalidInput,
)
from touchline.options import RecordMode
from touchline.surroundings import AMBIENT, ambient
from touchline.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from touchline.cassette_format import JSON
    from touchline.documents import Document

__all__ = [
    "ARTICLE_FIELDS",
    "Answer",
    "Cassette",
    "Check",
    "Exchange",
    "Label",
    "Stored",
    "Tape",
    "ambient",
    "article_fields",
    "cassette_path",
    "check",
    "current_tape",
    "load_cassette",
    "open_tape",
    "peek",
    "stored",
    "use_cassettes",
]

_log = logging.getLogger(__name__)
_SHORTEST_SECRET = 8  # `x`, `-` or `EMPTY`, as local servers get them, are words, not secrets.


class Recorder(Protocol):
    """What records for a tape; the transport puts it there at the first request."""

    def save(self) -> None:
        """Write the cassette."""


class Tape:
    """The open cassette of one article.

    Attributes:
        path: the file.
        label: what it holds, or will hold: never without model and style.
        cassette: the loaded file; None while recording.
        secret: the value that must not be written, if there is one.
        failure: the first error of the replay. An SDK may wrap what a transport raises; here it
            is whole, and the block of `open_tape` raises it if nobody did.
        recorder: set by the transport that records.
        discarded: why the recording is not to be saved, if it is not.
    """

    def __init__(
        self, path: Path, label: Label, *, cassette: Cassette | None, secret: str | None
    ) -> None:
        self.path = path
        self.label = label
        self.cassette = cassette
        self.secret = secret
        self.failure: CassetteError | None = None
        self.recorder: Recorder | None = None
        self.discarded: str | None = None
        self._waiting: dict[tuple[str, str, str], collections.deque[Answer]] = {}
        for exchange in cassette.exchanges if cassette else ():
            self._waiting.setdefault(exchange.key, collections.deque()).append(exchange.answer)

    @property
    def replaying(self) -> bool:
        """Whether the answers come from the file; then a wait before a retry is wasted time."""
        return self.cassette is not None

    def discard(self, why: str) -> None:
        """Leave the file as it is when the block ends; a replay has nothing to discard."""
        self.discarded = why

    def answer(self, method: str, url: str, *, body: bytes) -> Answer:
        """Play the next recorded answer to this request: each once, in their order.

        Raises:
            CassetteStale: no answer is left; the message names the nearest recorded request.
        """
        data = parsed(scrub(body.decode("utf-8", "backslashreplace"), self.secret))
        key = method, neutral_path(url), matching_key(data)
        try:
            return self._waiting[key].popleft()
        except (KeyError, IndexError):
            error = _unrecorded(self, (method, key[1], data))
            self.failure = self.failure or error
            raise error from None


_TAPE: ContextVar[Tape | None] = ContextVar("touchline_tape", default=None)


def current_tape() -> Tape | None:
    """Give the tape whose block we are in."""
    return _TAPE.get()


@contextmanager
def open_tape(
    folder: Path,
    wanted: Label,
    *,
    mode: RecordMode = "none",
    secret: str | None = None,
    loaded: Cassette | None = None,
) -> Iterator[Tape]:
    """Open the article's tape for a block; after a clean end a recording is saved, otherwise not.

    Nor is one that was discarded (`Tape.discard`), which the log tells.

    Args:
        folder: of the cassettes.
        wanted: the label that the answers must have been recorded for.
        mode: see the module.
        secret: the API key in use. It is never written, wherever it stands; under 8 characters it
            counts as no secret.
        loaded: what `peek` gave for this article, which saves reading it again.

    Raises:
        CassetteMissing: mode `none`, and there is no file or an empty one.
        CassetteStale: the file was recorded for another label.
        CassetteCorrupt: the file cannot be read.
        ConfigurationError: another mode.
        InvalidInput: a recording without model or style.
    """
    _check_mode(mode)
    secret = secret if secret and len(secret) >= _SHORTEST_SECRET else None
    tape = _prepared(folder, wanted.without(secret), mode=mode, secret=secret, loaded=loaded)
    token = _TAPE.set(tape)
    try:
        yield tape
    finally:
        _TAPE.reset(token)
    if tape.failure is not None:
        raise tape.failure  # Somebody took it for a failure of the article.
    if tape.recorder is not None and tape.discarded is not None:
        _log.warning("Cassette `%s` not saved: %s", tape.path, tape.discarded)
    elif tape.recorder is not None:
        tape.recorder.save()


def _check_mode(mode: str) -> None:
    if mode not in get_args(RecordMode):
        raise ConfigurationError(f"Record mode `{mode}` is none of `none`, `new`, `all`.")


def _prepared(
    folder: Path, wanted: Label, *, mode: RecordMode, secret: str | None, loaded: Cassette | None
) -> Tape:
    """Load and compare, or make an empty tape to record on."""
    path = cassette_path(folder, wanted.document_id)
    cassette = None
    if mode != "all":
        cassette = loaded or peek(folder, wanted.document_id)
    if cassette is not None:
        _compare(cassette, wanted)
        return Tape(path, cassette.label, cassette=cassette, secret=secret)
    if mode == "none":
        why = "is empty" if path.exists() else "does not exist"
        raise CassetteMissing(
            f"No cassette for article `{printable(wanted.document_id[:80])}`: `{path}` {why}. "
            f"Record it with {_command(folder, 'new')}."
        )
    if wanted.model is None or wanted.style is None:
        raise InvalidInput(
            f"Cannot record `{path}`: a recording needs a model and a style. Name them with "
            "`--model` and `--style`."
        )
    return Tape(path, wanted, cassette=None, secret=secret)


def _command(folder: Path, mode: RecordMode) -> str:
    return f"`touchline extract … --cassettes {folder} --record {mode}`"


def _compare(cassette: Cassette, wanted: Label) -> None:
    """Raise CassetteStale if anything that the answers depend on has changed."""
    recorded = cassette.label
    wanted = replace(
        wanted, model=wanted.model or recorded.model, style=wanted.style or recorded.style
    )
    changed: list[str] = []
    lines: list[str] = []
    for name in ("prompt", "schema", "model", "style"):
        old, new = getattr(recorded, name), getattr(wanted, name)
        if old != new:
            changed.append(name)
            lines.append(f"{name}: recorded with `{printable(old)}`, now `{printable(new)}`")
    if "prompt" in changed:
        lines += _prompt_diff(cassette, wanted)
    if article := _article_diff(recorded, wanted):
        changed.append("article")
        lines += article
    if changed:
        raise _stale(cassette.path, changed, lines)


def _prompt_diff(cassette: Cassette, wanted: Label) -> list[str]:
    now, before = wanted.prompt_text, cassette.system_text
    return [] if now is None or before is None else text_diff(before, now, name="system message")


def _article_diff(recorded: Label, wanted: Label) -> list[str]:
    lines = []
    for name in ARTICLE_FIELDS[:-1]:
        old, new = recorded.article.get(name), wanted.article.get(name)
        if old != new:
            old, new = (value and printable(value[:80]) for value in (old, new))
            lines.append(f"article.{name}: recorded with `{old}`, now `{new}`")
    if recorded.text != wanted.text:
        before, now = len(recorded.text), len(wanted.text)
        lines.append(f"article.text: recorded with {before} characters, now {now}")
        lines += text_diff(recorded.text, wanted.text, name="article")
    return lines


def _stale(path: Path, changed: list[str], lines: list[str]) -> CassetteStale:
    text = "\n  ".join([f"Cassette `{path}` is stale: {', '.join(changed)} changed.", *lines])
    return CassetteStale(
        f"{text}\nRecord it again with {_command(path.parent, 'all')}.", changed=tuple(changed)
    )


def _unrecorded(tape: Tape, request: tuple[str, str, JSON]) -> CassetteStale:
    """Describe a request that no recorded one equals, beside the nearest recorded one."""
    method, path, data = request
    exchanges = tape.cassette.exchanges if tape.cassette else ()
    asked: JSON = {"method": method, "path": path, "body": data}
    ranked = [
        list(differences(asked, {"method": e.method, "path": e.path, "body": e.body}))
        for e in exchanges
    ]
    nearest = min(ranked, key=len, default=["nothing is recorded"])
    if not nearest:
        times = ranked.count([])
        nearest = [f"this request was recorded {times} times and is now made once more"]
    else:
        nearest = ["the nearest recorded request differs:", *nearest[:6]]
    return _stale(tape.path, ["request"], nearest)


def peek(folder: Path, document_id: str) -> Cassette | None:
    """Load an article's cassette, or give None if there is none (or an empty file).

    Hand the result to `open_tape` as `loaded`, so that the file is read once.

    Raises:
        CassetteCorrupt: there is one that cannot be read.
    """
    try:
        return load_cassette(cassette_path(folder, document_id))
    except CassetteMissing:
        return None


@dataclass(frozen=True, slots=True)
class Stored:
    """One file of a folder: its cassette, or the error that reading it gave."""

    path: Path
    cassette: Cassette | None
    error: CassetteError | None


def stored(folder: Path) -> list[Stored]:
    """Read all cassettes of a folder, by name; a folder that is not there has none."""
    found: list[Stored] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            found.append(Stored(path, load_cassette(path), None))
        except CassetteError as error:
            found.append(Stored(path, None, error))
    return found


@dataclass(frozen=True, slots=True)
class Check:
    """How a folder fits a list of articles.

    Attributes:
        unused: files that belong to none of the articles.
        missing: ids of articles without a file.
    """

    unused: tuple[Path, ...]
    missing: tuple[str, ...]


def check(folder: Path, document_ids: Iterable[str]) -> Check:
    """Compare a folder's files with the articles that shall replay from it; nothing is read."""
    wanted = {cassette_path(folder, each): each for each in document_ids}
    there = set(folder.glob("*.yaml"))
    return Check(
        unused=tuple(sorted(there - wanted.keys())),
        missing=tuple(each for path, each in wanted.items() if path not in there),
    )


def article_fields(document: Document) -> dict[str, str | None]:
    """Give what a label keeps of a document: `ARTICLE_FIELDS` to strings or None."""
    return {
        "id": document.id,
        "title": document.title,
        "url": document.url,
        "language": document.language,
        "published": document.published.isoformat() if document.published else None,
        "text": document.text,
    }


@contextmanager
def use_cassettes(folder: Path | str, *, record: RecordMode = "none") -> Iterator[None]:
    """Let every extraction inside the block replay from `folder`, or record to it.

    What is passed to an extraction goes before the block, and the block before the environment.
    A passed `cassettes` leaves the block out: its mode is for its own folder.

    For scripts and tests. Tasks inherit it; threads started inside do not: start them in
    `contextvars.copy_context()`, or set the variable `TOUCHLINE_CASSETTES`, which holds for the
    whole process.

    Raises:
        ConfigurationError: another mode than `none`, `new`, `all`.

    >>> with use_cassettes("cassettes"):
    ...     ambient()[1]
    'none'
    """
    _check_mode(record)
    token = AMBIENT.set((Path(folder), record))
    try:
        yield
    finally:
        AMBIENT.reset(token)
