"""Prompts as files: reading and rendering them.

A prompt folder holds `system.md`, `article.md`, `reask.md` and `examples/*.yaml`. Templates are
code: whoever edits them is trusted. The article is not: it only ever enters as a variable, inside
markers whose code is derived from its own digest, so that no text can close them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import traceback
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import ValidationError

from touchline.documents import Document
from touchline.errors import PromptError
from touchline.events import Draft, draft_fields
from touchline.parts import Part
from touchline.promptset import Message, Prompt, check_folder, fingerprint, packaged_prompts
from touchline.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = ["Example", "Message", "Prompt", "Prompts", "packaged_prompts"]

_VARIABLES = {
    "system.md": frozenset({"fields"}),
    "article.md": frozenset(
        "article calendar code language lead part parts published title weekday".split()
    ),
    "reask.md": frozenset({"problems"}),
}
_CALENDAR_DAYS = 10
_CODE_DIGITS = 12
# The days by their English names, which strftime gives only while nobody has set a locale.
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
# What a template may raise beside jinja2's own errors: `{{ 1 / 0 }}`, `{{ fields + 1 }}`.
_TEMPLATE_ERRORS = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Example:
    """A few-shot example: an invented article and the events that it tells."""

    name: str
    document: Document
    drafts: tuple[Draft, ...]


class Prompts:
    """A prompt folder, read once.

    Attributes:
        folder: where it was read.
        fingerprint: eight hex digits over all its files; line endings do not count.
        head: the messages before the article.

    Raises:
        PromptError: a file is missing, does not parse, or uses an unknown variable.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or packaged_prompts()
        check_folder(self.folder)
        # The sandbox keeps a template from reaching Python; it does not limit CPU or memory.
        environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(self.folder),
            undefined=StrictUndefined,
            autoescape=False,
            keep_trailing_newline=True,
        )
        self._templates = {name: self._template(environment, name) for name in _VARIABLES}
        self.examples = tuple(self._read_examples())
        self.fingerprint = fingerprint(self.folder)
        self.head = tuple(self._head())

    def render(self, document: Document, part: Part | None = None) -> Prompt:
        """The request for a document, or for one part of it."""
        part = part or Part(document.visible.text)
        article = self._article(document, part)
        return Prompt(document, part, self.head, article, self.fingerprint, self._reask)

    @cached_property
    def estimated_tokens(self) -> int:
        """Tokens that every request spends before its article, estimated from bytes."""
        return sum(len(message.content.encode()) for message in self.head) // 4

    def _template(self, environment: ImmutableSandboxedEnvironment, name: str) -> Any:
        where = self.folder / name
        try:
            template = environment.get_template(name)
            tree = environment.parse(where.read_text("utf-8"))
        except (TemplateError, UnicodeDecodeError, OSError) as error:
            line = getattr(error, "lineno", None)
            message = f"`{where}`{f', line {line}' if line else ''} is no template: {error}"
            raise PromptError(message) from None
        for unknown in sorted(meta.find_undeclared_variables(tree) - _VARIABLES[name]):
            line = min(each.lineno for each in tree.find_all(nodes.Name) if each.name == unknown)
            known = ", ".join(sorted(_VARIABLES[name]))
            message = f"`{where}`, line {line}: `{unknown}` is no variable of it; it has {known}"
            raise PromptError(message)
        return template

    def _rendered(self, name: str, **variables: object) -> str:
        try:
            text: str = self._templates[name].render(**variables)
        except _TEMPLATE_ERRORS as error:
            where = f"`{self.folder / name}`{_template_line(error, self._templates[name].filename)}"
            raise PromptError(f"{where} cannot be rendered: {error}") from None
        return text

    def _head(self) -> Iterator[Message]:
        fields = [{"name": name, "description": text} for name, text in draft_fields()]
        yield Message("system", self._rendered("system.md", fields=fields))
        for example in self.examples:
            part = Part(example.document.visible.text)
            yield Message("user", self._article(example.document, part))
            yield Message("assistant", _answer(example.drafts))

    def _article(self, document: Document, part: Part) -> str:
        published = document.published
        return self._rendered(
            "article.md",
            published=published.isoformat() if published else None,
            weekday=_DAYS[published.weekday()] if published else None,
            calendar=_calendar(published) if published else None,
            language=_language(document),
            title=_title(document),
            lead=part.lead,
            part=part.number,
            parts=part.count,
            code=_code(document, part),
            article=part.text,
        )

    def _reask(self, problems: Sequence[str]) -> str:
        return self._rendered("reask.md", problems=list(problems))

    def _read_examples(self) -> Iterator[Example]:
        import yaml

        class Plain(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
            """Reads dates as text: `2024-03` and `2024-03-13` are EDTF here, not objects."""

        Plain.yaml_implicit_resolvers = {
            first: [item for item in items if not item[0].endswith((":timestamp", ":int"))]
            for first, items in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }
        for path in sorted((self.folder / "examples").glob("*.yaml")):
            try:
                data = yaml.load(path.read_text("utf-8"), Loader=Plain)  # noqa: S506 - a safe loader
                yield _example(path.stem, data)
            except yaml.MarkedYAMLError as error:
                line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
                message = f"`{path}`{line} is no YAML: {error.problem}"
                raise PromptError(message) from None
            except (yaml.YAMLError, OSError, RecursionError, TypeError, ValueError) as error:
                message = f"`{path}` is no example: {_first_line(error)}"
                raise PromptError(message) from None


def _example(name: str, data: Any) -> Example:
    """An example from its data.

    Raises:
        TypeError, ValueError: the data has not the shape of an example.
    """
    if not isinstance(data, dict) or set(data) != {"language", "published", "text", "events"}:
        message = "its keys are language, published, text and events, all four"
        raise ValueError(message)
    if not isinstance(data["events"], list):
        message = "its `events` are a list; `[]` where there are none"
        raise TypeError(message)
    document = Document(
        data["text"], id=name, language=data["language"], published=data["published"]
    )
    drafts = []
    for number, event in enumerate(data["events"], 1):
        try:
            drafts.append(Draft.model_validate(_with_counts(event)))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            path = ".".join(str(step) for step in first["loc"])
            message = f"event {number}, `{path}`: {first['msg']}"
            raise ValueError(message) from None
    return Example(name, document, tuple(drafts))


def _with_counts(event: Any) -> Any:
    """An event with the numbers of its record read as numbers; what is none stays for pydantic."""
    if not isinstance(event, dict) or not isinstance(event.get("record"), dict):
        return event
    counts = {
        key: int(value) if isinstance(value, str) and value.isdecimal() else value
        for key, value in event["record"].items()
    }
    return {**event, "record": counts}


def _template_line(error: Exception, file: str) -> str:
    """The line of a template on which rendering failed; jinja2 puts it into the traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == file]
    return f", line {lines[-1]}," if lines else ""


def _answer(drafts: Sequence[Draft]) -> str:
    """The answer that an example shows: every field present, as the wire schema asks."""
    events = [draft.model_dump(mode="json") for draft in drafts]
    return json.dumps({"events": events}, ensure_ascii=False)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def _title(document: Document) -> str:
    """The title on one line, without what no reader sees."""
    return " ".join(visible(document.title or "").text.split())


def _language(document: Document) -> str | None:
    """The language, where it is a tag: free text has no place outside the markers."""
    language = document.language
    return language if language and _LANGUAGE.fullmatch(language) else None


def _calendar(published: dt.date) -> str:
    """The days around publication: models reckon weekdays wrongly and copy them well."""
    days = []
    for offset in range(-_CALENDAR_DAYS, _CALENDAR_DAYS + 1):
        try:
            day = published + dt.timedelta(days=offset)
        except OverflowError:
            continue
        days.append(f"{_DAYS[day.weekday()][:3]} {day.isoformat()}")
    return ", ".join(days)


def _code(document: Document, part: Part) -> str:
    """A code for the markers that nothing between or around them contains."""
    digest = document.sha256
    shown = (part.text, part.lead, _title(document))
    while any(digest[:_CODE_DIGITS] in text for text in shown):
        digest = hashlib.sha256(digest.encode()).hexdigest()
    return digest[:_CODE_DIGITS]
