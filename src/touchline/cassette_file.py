"""What a cassette says: the label, the recorded exchanges, and the name of its file."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from touchline.cassette_body import close_body, responses_checksum
from touchline.cassette_diff import matching_key, parsed
from touchline.cassette_format import JSON, Tree, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = [
    "ARTICLE_FIELDS",
    "Answer",
    "Cassette",
    "Exchange",
    "Label",
    "cassette_path",
    "kept_headers",
    "load_cassette",
    "neutral_path",
    "scrub",
]

ARTICLE_FIELDS = ("id", "title", "url", "language", "published", "text")
_KEPT = ("content-type", "retry-after")
_HTTP_STATUS = range(100, 600)
_FINGERPRINT = re.compile(r"[0-9a-f]{8}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_BASE_PATH = re.compile(r"\A.*(?=/chat/completions\Z)", re.DOTALL)


def scrub(text: str, secret: str | None) -> str:
    """Replace the secret by `[secret]`, also where JSON escapes some of its characters.

    >>> scrub("Bearer abcdefgh.", "abcdefgh")
    'Bearer [secret].'
    """
    for form in {secret, json.dumps(secret)[1:-1]} if secret else ():
        text = text.replace(form, "[secret]")
    return text


def neutral_path(url: str) -> str:
    """Give an URL's path without the server's own prefix, so that any server's recording replays.

    >>> neutral_path("https://models.example/openai/v1/chat/completions?x=1")
    '/v1/chat/completions'
    """
    return _BASE_PATH.sub("/v1", urlsplit(url).path)


def kept_headers(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Keep the headers that an answer needs, under lower-case names; everything else goes.

    >>> kept_headers([("Content-Type", "text/html"), ("Set-Cookie", "a=1")])
    {'content-type': 'text/html'}
    """
    return {name.lower(): value for name, value in headers if name.lower() in _KEPT}


@dataclass(frozen=True, slots=True)
class Label:
    """What an answer depends on.

    Attributes:
        model: its name; None takes the recorded one.
        style: the wire style; None takes the recorded one.
        prompt: the prompt's fingerprint, 8 hex digits.
        schema: the answer schema's fingerprint, 8 hex digits.
        article: `ARTICLE_FIELDS` to strings or None; `id` and `text` are strings.
        prompt_text: the system message as rendered now: only for the diff of a stale prompt.
        note: a remark for the reader of the file.
    """

    model: str | None
    style: str | None
    prompt: str
    schema: str
    article: Mapping[str, str | None]
    prompt_text: str | None = field(default=None, compare=False, repr=False)
    note: str | None = field(default=None, compare=False)

    @property
    def document_id(self) -> str:
        """The article's id."""
        return self.article["id"] or ""

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article["text"] or ""

    def without(self, secret: str | None) -> Label:
        """Give the label with `secret` blotted out of the article."""
        if not secret or not any(secret in (value or "") for value in self.article.values()):
            return self
        blotted = {key: value and scrub(value, secret) for key, value in self.article.items()}
        return replace(self, article=blotted)

    def metadata(self) -> dict[str, JSON]:
        """Give the label as it stands in a file under `metadata.touchline`."""
        article: dict[str, JSON] = {key: self.article.get(key) for key in ARTICLE_FIELDS[:-1]}
        article |= {"sha256": _sha256(self.text), "text": self.text}
        found: dict[str, JSON] = {"model": self.model, "style": self.style}
        found |= {"prompt": self.prompt, "schema": self.schema}
        return found | ({"note": self.note} if self.note else {}) | {"article": article}


@dataclass(frozen=True, slots=True)
class Answer:
    """One recorded HTTP answer: status code, lower-case headers, body in bytes."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Exchange:
    """One recorded request (method, neutral path, body as JSON) and its answer."""

    method: str
    path: str
    body: JSON
    answer: Answer

    @property
    def key(self) -> tuple[str, str, str]:
        """What a new request is matched by: nothing else counts."""
        return self.method, self.path, matching_key(self.body)


@dataclass(frozen=True, slots=True)
class Cassette:
    """A loaded cassette.

    Attributes:
        path: its file.
        label: what it was recorded for.
        exchanges: in the order in which they replay.
        version: of the touchline that recorded it.
        edited: whether a response was changed by hand since. That is allowed, and shown.
    """

    path: Path
    label: Label
    exchanges: tuple[Exchange, ...]
    version: str
    edited: bool

    @property
    def messages(self) -> tuple[tuple[str, str], ...]:
        """Role and text of each message of the first request, as far as it is a chat of texts."""
        body = self.exchanges[0].body
        messages = body.get("messages") if isinstance(body, dict) else None
        return tuple(
            (str(message.get("role")), content)
            for message in (messages if isinstance(messages, list) else ())
            if isinstance(message, dict) and isinstance(content := message.get("content"), str)
        )

    @property
    def system_text(self) -> str | None:
        """The recorded system message, or None if there is none."""
        said = (text for role, text in self.messages if role in {"system", "developer"})
        return next(said, None)


def cassette_path(folder: Path, document_id: str) -> Path:
    """Name the file of an article: a readable slug and 8 hex digits of the id's SHA-256.

    The name is safe whatever the id holds: no separators, no dot but the suffix's, no device name,
    at most 54 characters; and ids that differ only in case have different names.

    >>> from pathlib import Path
    >>> cassette_path(Path("cassettes"), "Ascoli, Carrerà!").name
    'ascoli-carrera-15358ec0.yaml'
    >>> cassette_path(Path("cassettes"), "../..").name
    '0cfd1c96.yaml'
    """
    plain = unicodedata.normalize("NFKD", document_id[:200])
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")
    key = _sha256(document_id)[:8]
    return folder / f"{slug}-{key}.yaml" if slug else folder / f"{key}.yaml"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def load_cassette(path: Path) -> Cassette:
    """Read a cassette, strictly.

    Raises:
        CassetteMissing: there is no file, or it is empty.
        CassetteCorrupt: it cannot be read, or is not a cassette of touchline.
    """
    tree = read(path)
    if not isinstance(tree.data, dict):
        tree.refuse("no mapping with `interactions` and `metadata`")
    if tree.integer(tree.data, "version") != 1:
        tree.refuse("`version` is not 1", tree.data)
    items = tree.sequence(tree.data, "interactions")
    exchanges = tuple(_exchange(tree, item) for item in items)
    if not exchanges:
        tree.refuse("`interactions` is empty", tree.data)
    ours = tree.mapping(tree.mapping(tree.data, "metadata"), "touchline")
    checksum = tree.text(ours, "checksum")
    if not _SHA256.fullmatch(checksum):
        tree.refuse("`checksum` has no 64 hex digits: the file is cut", ours)
    return Cassette(
        path=path,
        label=_label(tree, ours),
        exchanges=exchanges,
        version=tree.text(ours, "version"),
        edited=responses_checksum(items) != checksum,
    )


def _exchange(tree: Tree, item: JSON) -> Exchange:
    request, response = tree.mapping(item, "request"), tree.mapping(item, "response")
    status = tree.integer(tree.mapping(response, "status"), "code")
    if status not in _HTTP_STATUS:
        tree.refuse(f"status `{status}` is not HTTP's", response)
    try:
        body = _request_body(request.get("body"))
        answer = close_body(response.get("body"))
    except ValueError as error:
        tree.refuse(str(error), item)
    return Exchange(
        method=tree.text(request, "method"),
        path=neutral_path(tree.text(request, "uri")),
        body=body,
        answer=Answer(status, _headers(tree, response), answer),
    )


def _request_body(body: JSON) -> JSON:
    """Give a request's body as JSON, which a tree already is."""
    if isinstance(body, dict) and body.keys() == {"json"}:
        return body["json"]
    return parsed(close_body(body))


def _headers(tree: Tree, response: dict[str, JSON]) -> dict[str, str]:
    found: list[tuple[str, str]] = []
    for name, values in tree.mapping({"headers": {}, **response}, "headers").items():
        first = values[0] if isinstance(values, list) and values else values
        if isinstance(first, str | int):  # A hand-written `retry-after: 5` is a number.
            found.append((name, str(first)))
    return kept_headers(found)


def _label(tree: Tree, ours: dict[str, JSON]) -> Label:
    article = tree.mapping(ours, "article")
    tree.text(article, "id")
    if _sha256(tree.text(article, "text")) != tree.text(article, "sha256"):
        tree.refuse("the article's text does not have its `sha256`", article)
    prompt, schema = tree.text(ours, "prompt"), tree.text(ours, "schema")
    if not (_FINGERPRINT.fullmatch(prompt) and _FINGERPRINT.fullmatch(schema)):
        tree.refuse("`prompt` and `schema` have 8 hex digits each", ours)
    note = ours.get("note")
    return Label(
        model=tree.text(ours, "model"),
        style=tree.text(ours, "style"),
        prompt=prompt,
        schema=schema,
        article={key: _text_or_none(article.get(key)) for key in ARTICLE_FIELDS},
        note=note if isinstance(note, str) else None,
    )


def _text_or_none(value: JSON) -> str | None:
    return None if value is None else str(value)
