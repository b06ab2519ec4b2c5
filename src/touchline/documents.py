"""Documents: an article as it was given, and how it is read from files and records.

A document's text is frozen: offsets count in it and its digest names it. Reading decides once on
an encoding; everything after that is code points.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from touchline.errors import InvalidDocument, InvalidInput
from touchline.text import Visible, visible

__all__ = ["BadRecord", "Document", "Note", "parse_published", "read_documents", "read_lines"]

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
# "Ã" before a no-break space or a guillemet is left out: Portuguese has "MANHÃ»".
_MOJIBAKE = re.compile("Ã[\u0080-\u009f¡-ª¬-º¼-¿]|â€[\u0098-\u009d™œ“”]")
_WRITTEN = re.compile(r"[^\W_]")
_HTML = re.compile(
    r"<(?:!doctype html|html|head|body|div|p|br|span|article|script)\b", re.IGNORECASE
)
_NOT_TEXT = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"{\\rtf")
_TESTED_LANGUAGES = frozenset({"it", "en", "es", "de", "fr", "pt"})
_ASCII = 0x7F
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Note:
    """Something about a document that its reader should know."""

    code: str
    why: str


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A line or file that holds no document: where it stands and what is wrong."""

    source: str
    why: str
    code: str = "bad_line"


@dataclass(frozen=True)
class Document:
    """One article.

    Attributes:
        text: the article as given; all offsets count its code points.
        id: names the article in results and cassettes; never used as a path.
        title: printed above the text, if it is not part of it.
        url: where the article stands; carried along, never opened.
        language: BCP 47 tag, or None where unknown.
        published: the day of publication; what relative dates are resolved against.
        notes: what was noticed while reading.

    Raises:
        TypeError: `text` is no string, or another field has the wrong type.
        InvalidInput: `published` is no date.
    """

    text: str
    id: str = ""
    title: str | None = None
    url: str | None = None
    language: str | None = None
    published: dt.date | None = None
    notes: tuple[Note, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if not isinstance(self.text, str):
            kind = type(self.text).__name__
            way_out = {
                "bytes": "Document.from_bytes(...) decodes bytes",
                "PosixPath": "Document.from_file(...) reads a file",
                "WindowsPath": "Document.from_file(...) reads a file",
                "dict": "Document.from_record(...) takes a mapping",
            }.get(kind, "pass the article's text")
            message = f"the text of an article is a str, not {kind}; {way_out}"
            raise TypeError(message)
        replace = object.__setattr__
        for name in ("id", "title", "url", "language"):
            value = getattr(self, name)
            if value is not None and not isinstance(value, str):
                message = f"`{name}` of an article is a str, not {type(value).__name__}"
                raise TypeError(message)
            if value and not value.isascii():
                replace(self, name, _writable(value))
        replace(self, "text", _writable(self.text.removeprefix("\ufeff")))
        replace(self, "published", parse_published(self.published))
        if not self.id:
            replace(self, "id", self.sha256[:16])

    @cached_property
    def sha256(self) -> str:
        """Digest of the text in UTF-8, in hex."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def visible(self) -> Visible:
        """The text that a model sees, with the way back to `text`."""
        return visible(self.text)

    @property
    def unusable(self) -> str | None:
        """Why no model should be asked: `empty`, `not_text`, or None."""
        controls = self.text.count("\ufffd")
        if self.visible.replaced:
            controls += len(_CONTROL.findall(self.text))
        # The head of a PDF is ASCII, and so may be all of a small one that was read as text.
        if controls * 20 > len(self.text) or self.text.startswith("%PDF-"):
            return "not_text"
        content = self.visible.text.strip()
        titled = content == visible(self.title or "").text.strip()
        return "empty" if titled or not _WRITTEN.search(content) else None

    @cached_property
    def observations(self) -> tuple[Note, ...]:
        """What was noticed while reading, and what the text itself shows."""
        notes = list(self.notes)
        shown = self.visible
        if shown.removed or shown.replaced:
            why = f"{shown.removed} invisible and {shown.replaced} control characters kept back"
            notes.append(Note("hidden_characters", why))
        suspect = "Ã" in self.text or "â€" in self.text
        if suspect and (broken := _MOJIBAKE.findall(self.text)):
            why = (
                f"`{broken[0]}` looks like UTF-8 read in another encoding "
                f"({len(broken)} such places); not repaired"
            )
            notes.append(Note("mojibake", why))
        if len(_HTML.findall(self.text)) > 2:
            notes.append(Note("html", "the text looks like HTML; it was sent as it is"))
        language = (self.language or "").lower().split("-")[0]
        if language and language not in _TESTED_LANGUAGES:
            tested = ", ".join(sorted(_TESTED_LANGUAGES))
            why = f"language `{self.language}` is outside those touchline is tested on ({tested})"
            notes.append(Note("language_untested", why))
        return tuple(notes)

    @classmethod
    def from_bytes(cls, data: bytes, **fields: object) -> Document:
        """Decode `data` and make a document of it; `fields` as in the constructor.

        The encoding is that of a byte order mark, else UTF-8, else a guess, which is noted.

        Raises:
            InvalidDocument: the bytes are no text (a PDF, an image, an archive).
            TypeError: `data` is not bytes.
        """
        if not isinstance(data, bytes):
            message = f"from_bytes takes bytes, not {type(data).__name__}"
            raise TypeError(message)
        text, notes = _decoded(data)
        return cls(text, notes=notes, **fields)  # type: ignore[arg-type]  # checked at run time

    @classmethod
    def from_record(cls, record: Mapping[str, object], **fields: object) -> Document:
        """Make a document of a mapping.

        Its `text` is required; `id`, `title`, `url`, `published` and `language` are taken where
        they are present, other keys are ignored. `fields` win over the record's.

        Raises:
            InvalidDocument: there is no `text`, or a value has the wrong type.
        """
        if not isinstance(record, Mapping) or not isinstance(record.get("text"), str):
            message = "a document is an object with a string `text`"
            raise InvalidDocument(message)
        names = ("id", "title", "url", "language", "published")
        values = {name: record[name] for name in names if record.get(name) is not None}
        notes: tuple[Note, ...] = ()
        if type(values.get("id")) is int:
            values["id"] = str(values["id"])
        try:
            values["published"] = parse_published(values.get("published"))
        except (InvalidInput, TypeError) as error:
            # A bad date on a page must not lose the page: relative dates just stay unresolved.
            values["published"], notes = None, (Note("bad_published", str(error)),)
        try:
            return cls(record["text"], notes=notes, **{**values, **fields})  # type: ignore[arg-type]
        except TypeError as error:
            raise InvalidDocument(str(error)) from None

    @classmethod
    def from_file(cls, path: str | Path, **fields: object) -> Document:
        """Read one document from a `.json` file, or the text of any other file.

        The id is the record's own, else the file's name without its ending.

        Raises:
            InvalidDocument: the file cannot be read or holds no single document.
        """
        documents = list(read_documents(path, **fields))
        if len(documents) != 1:
            message = f"`{path}` holds {len(documents)} documents, not one; use read_documents()"
            raise InvalidDocument(message)
        (document,) = documents
        if isinstance(document, BadRecord):
            message = f"{document.source}: {document.why}"
            raise InvalidDocument(message)
        return document


def _writable(text: str) -> str:
    """Text without lone surrogates, which cannot be hashed, sent or written.

    They are replaced one for one, so that offsets stay.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return _LONE_SURROGATE.sub("\ufffd", text)
    return text


def parse_published(value: object) -> dt.date | None:
    """A day of publication from a date, a datetime or ISO 8601 text.

    >>> parse_published("2024-03-12T23:30:00+01:00")
    datetime.date(2024, 3, 12)

    Raises:
        InvalidInput: the text is no ISO date. TypeError: the value is of another type.
    """
    if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
        return value
    if isinstance(value, dt.datetime):
        return value.date()
    if not isinstance(value, str):
        message = f"`published` is a date or an ISO date in text, not {type(value).__name__}"
        raise TypeError(message)
    try:
        return dt.datetime.fromisoformat(value.strip()).date()
    except ValueError:
        message = f"`published` is `{value}`, which is no ISO date; write it like `2024-03-12`"
        raise InvalidInput(message) from None


def read_documents(path: str | Path, **fields: object) -> Iterator[Document | BadRecord]:
    """The documents of a file, one at a time; `fields` are set on each.

    A `.jsonl` file is read line by line. What holds no document comes out as a `BadRecord` in its
    place, so that nothing is lost in silence.

    Raises:
        InvalidDocument: the file cannot be read at all.
        InvalidInput: `published` in `fields` is no date.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    fields = _checked(fields)
    try:
        if suffix == ".jsonl":
            with path.open("rb") as lines:
                yield from read_lines(lines, str(path), **fields)
            return
        data = path.read_bytes()
    except OSError as error:
        message = f"`{path}` cannot be read: {error.strerror or error}"
        raise InvalidDocument(message) from None
    yield _single(data, path, fields)


def read_lines(
    lines: Iterator[bytes], source: str, **fields: object
) -> Iterator[Document | BadRecord]:
    """The documents of JSON lines; blank lines are passed over."""
    fields = _checked(fields)
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _parsed(line, f"{source}:{number}", f"{Path(source).stem}-{number}", fields)


def _checked(fields: dict[str, object]) -> dict[str, object]:
    """The fields for every document, wrong ones refused here and not once for each document."""
    if "published" not in fields:
        return fields
    return {**fields, "published": parse_published(fields["published"])}


def _single(data: bytes, path: Path, fields: dict[str, object]) -> Document | BadRecord:
    """The document of a file that is not JSON lines."""
    if path.suffix.lower() == ".json":
        return _parsed(data, str(path), path.stem, fields)
    try:
        return Document.from_bytes(data, **{"id": path.stem, **fields})
    except InvalidDocument as error:
        return BadRecord(str(path), str(error), code="not_text")


def _parsed(data: bytes, source: str, name: str, fields: dict[str, object]) -> Document | BadRecord:
    """The document of a JSON record, called `name` if it has no id; or what is wrong with it."""
    try:
        record = json.loads(data.removeprefix(b"\xef\xbb\xbf"))
        if isinstance(record, dict) and record.get("id") in (None, ""):
            record["id"] = name
        return Document.from_record(record, **fields)
    except InvalidDocument as error:
        return BadRecord(source, str(error))
    except (ValueError, RecursionError) as error:
        return BadRecord(source, f"no valid JSON: {error}")


def _decoded(data: bytes) -> tuple[str, tuple[Note, ...]]:
    """Text and the notes on how it was decoded."""
    if data.startswith(_NOT_TEXT):
        message = f"the content is no text: it begins with `{data[:4]!r}`"
        raise InvalidDocument(message)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            return text, (Note("encoding", f"{encoding}, by its byte order mark"),)
    if data[1::2].count(0) * 4 > len(data):  # every other byte: Latin letters in UTF-16, no mark
        return data.decode("utf-16-le", "replace"), (Note("encoding", "utf-16-le, guessed"),)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    # Western text is mostly ASCII with an accent here and there, too little for a detector, which
    # reads "è" as Czech; a page in another alphabet is mostly not ASCII, and there it is good.
    if b"\x00" not in data and sum(byte > _ASCII for byte in data) * 4 < len(data):
        try:
            return data.decode("cp1252"), (Note("encoding", "cp1252, assumed"),)
        except UnicodeDecodeError:
            pass
    from charset_normalizer import from_bytes

    guess = None if b"\x00" in data else from_bytes(data, cp_exclusion=["utf_7"]).best()
    if guess is None:
        message = "the content is no text in any known encoding"
        raise InvalidDocument(message)
    return str(guess), (Note("encoding", f"{guess.encoding}, guessed"),)
