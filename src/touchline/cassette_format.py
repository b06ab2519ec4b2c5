"""The YAML of cassettes: read strictly, written readably and atomically.

Texts of many lines stand as literal blocks, and every character comes back. The reader knows the
JSON half of YAML only: no aliases, no tags, no dates; a hand-edited `2024-03-13` stays a string.
"""

from __future__ import annotations

import base64
import os
import re
import secrets
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

import yaml
from yaml.emitter import ScalarAnalysis

from touchline.errors import CassetteCorrupt, CassetteMissing

__all__ = [
    "JSON",
    "MAX_BYTES",
    "MAX_DEPTH",
    "Tree",
    "dump",
    "load",
    "read",
    "write_atomically",
]

JSON: TypeAlias = "dict[str, JSON] | list[JSON] | str | int | float | bool | None"
"""What `json.loads` gives."""

MAX_BYTES = 20_000_000
"""A longer file is refused unread; a usual cassette has 20 to 100 kB."""

MAX_DEPTH = 200
"""A file nested deeper is refused; an answer as touchline asks for it has about 10 levels."""

_TEXT, _BINARY, _PLAIN = "tag:yaml.org,2002:str", "tag:yaml.org,2002:binary", "plain"
_CONSTANTS: dict[str, JSON] = {"": None, "~": None, "null": None, "true": True, "false": False}
# Each of these PyYAML's dumper quotes when it is a string, so what it left unquoted is a number.
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"-?[0-9]+\.[0-9]*(?:[eE][-+][0-9]+)?")
_MAX_DIGITS = 1000  # Python itself refuses to read more than 4300.
_MANY_MARKS = 2000  # Far from what overflows the stack, and more than a cassette has.
_DEEP_INDENT = "\n" + " " * 300
_MERGE_MARKER = re.compile(r"^(?:<{7}|={7}|>{7})(?: |$)", re.MULTILINE)
# PyYAML's emitter refuses a literal block to a tab or to a trailing space; YAML does not.
_LITERAL = re.compile(
    "[^\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff\\ufeff\\ufffe\\uffff]"
    "[^\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff\\ufeff\\ufffe\\uffff]*"
)
_ESCAPED = re.compile(
    "[\x85\u2028\u2029\ufeff]"
)  # Line breaks to YAML 1.1, or a mark: kept only escaped.


class Tree:
    """A loaded YAML tree that knows its lines, so that each complaint can name one.

    Attributes:
        data: the whole file as JSON values.
        where: the file's name, for messages.
    """

    def __init__(self, data: JSON, where: str, lines: dict[int, int]) -> None:
        self.data = data
        self.where = where
        self._lines = lines

    def mapping(self, owner: JSON, key: str) -> dict[str, JSON]:
        """Give the mapping `owner[key]`; raise CassetteCorrupt if it is none."""
        value = self._part(owner, key)
        return value if isinstance(value, dict) else self._mistyped(owner, key)

    def sequence(self, owner: JSON, key: str) -> list[JSON]:
        """Give the list `owner[key]`; raise CassetteCorrupt if it is none."""
        value = self._part(owner, key)
        return value if isinstance(value, list) else self._mistyped(owner, key)

    def text(self, owner: JSON, key: str) -> str:
        """Give the string `owner[key]`; raise CassetteCorrupt if it is none."""
        value = self._part(owner, key)
        return value if isinstance(value, str) else self._mistyped(owner, key)

    def integer(self, owner: JSON, key: str) -> int:
        """Give the number `owner[key]`; raise CassetteCorrupt if it is none."""
        value = self._part(owner, key)
        if isinstance(value, bool) or not isinstance(value, int):
            self._mistyped(owner, key)
        return value

    def _part(self, owner: JSON, key: str) -> JSON:
        if not isinstance(owner, dict) or key not in owner:
            self.refuse(f"`{key}` is missing", owner)
        return owner[key]

    def _mistyped(self, owner: JSON, key: str) -> NoReturn:
        self.refuse(f"`{key}` holds something else than it should", owner)

    def refuse(self, why: str, owner: JSON = None) -> NoReturn:
        """Raise CassetteCorrupt, with the line on which `owner` begins if it is known."""
        _refuse(self.where, why, self._lines.get(id(owner)))


def _refuse(
    where: str, why: str, line: int | None = None, cause: Exception | None = None
) -> NoReturn:
    """Raise CassetteCorrupt; `line` counts from 1."""
    at = f", line {line}" if line else ""
    raise CassetteCorrupt(
        f"Cassette `{where}`{at}: {why}. Restore the file, or delete it and record it again with "
        f"`touchline extract … --cassettes {Path(where).parent} --record new`."
    ) from cause


_Base: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # Without libyaml: the same, slower.


class _Loader(_Base):  # type: ignore[misc]  # the base is chosen at run time
    """Composes nodes and resolves only "plain or quoted": four times faster than YAML 1.1."""

    def resolve(self, kind: type[yaml.Node], *scalar: object) -> str:
        """Tell a plain scalar, which may be a number, from a quoted one (value, implicit tags)."""
        return _PLAIN if kind is not yaml.ScalarNode or scalar[1] == (True, False) else _TEXT

    def descend_resolver(self, *_: object) -> None:
        """Do nothing: there are no path resolvers."""

    def ascend_resolver(self) -> None:
        """Do nothing: there are no path resolvers."""


class _Builder:
    """Makes JSON values of nodes, each node once."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.lines: dict[int, int] = {}
        self._seen: set[int] = set()

    def value(self, node: yaml.Node) -> JSON:
        """Give the node's value; refuse a second visit, for only an alias leads there."""
        if id(node) in self._seen:
            self._refuse(node, "an alias points here; cassettes have none")
        self._seen.add(id(node))
        if node.tag != _PLAIN and (node.tag != _TEXT or type(node) is not yaml.ScalarNode):
            return self._tagged(node)
        if type(node) is yaml.MappingNode:
            return self._mapping(node)
        if type(node) is yaml.SequenceNode:
            return [self.value(item) for item in node.value]
        return _scalar(node.value) if node.tag == _PLAIN else str(node.value)

    def _mapping(self, node: yaml.MappingNode) -> JSON:
        found: dict[str, JSON] = {}
        for key, value in node.value:
            if type(key) is not yaml.ScalarNode or key.value in found:
                self._refuse(key, "this key is no text, or stands twice")
            found[key.value] = self.value(value)
        self.lines[id(found)] = node.start_mark.line + 1
        return found

    def _tagged(self, node: yaml.Node) -> JSON:
        """Accept `!!binary`, which vcrpy writes, where it holds UTF-8; refuse every other tag."""
        if node.tag != _BINARY:
            self._refuse(node, f"the tag `{node.tag[:60]}` is not allowed")
        try:
            return base64.b64decode(node.value).decode("utf-8")
        except ValueError:
            self._refuse(node, "`!!binary` holds no UTF-8")

    def _refuse(self, node: yaml.Node, why: str) -> NoReturn:
        mark: Any = node.start_mark
        _refuse(self.where, why, mark.line + 1)


def _scalar(text: str) -> JSON:
    """Read an unquoted scalar.

    >>> [_scalar(text) for text in ("12", "0.5", "true", "null", "2024-03-13", "1e5", "007")]
    [12, 0.5, True, None, '2024-03-13', '1e5', '007']
    """
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] in "-0123456789":
        if _INTEGER.fullmatch(text) and len(text) < _MAX_DIGITS:
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text)
    return text


def _refuse_depth(text: str, where: str) -> None:
    """Refuse nesting over `MAX_DEPTH` before libyaml composes it: it would overflow the C stack."""
    marks = text.count("[") + text.count("{") + text.count("- ") + text.count("? ")
    if marks < _MANY_MARKS and _DEEP_INDENT not in text:
        return  # Nearly every file; the events of one are as slow as all the rest.
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                _refuse(where, "nested too deep")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def load(text: str, where: str) -> Tree:
    """Read YAML into JSON values that know their lines.

    Raises:
        CassetteCorrupt: the text is no YAML (cut, merge markers), or holds an alias, a tag or a
            double key.

    >>> load("a: {b: [1, 'x']}", "x.yaml").data
    {'a': {'b': [1, 'x']}}
    """
    builder = _Builder(where)
    try:
        _refuse_depth(text, where)
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
        data = None if node is None else builder.value(node)
    except yaml.YAMLError as error:
        if marker := _MERGE_MARKER.search(text):
            _refuse(where, "merge conflict marker", text.count("\n", 0, marker.start()) + 1, error)
        mark: Any = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or str(error).splitlines()[0]
        _refuse(where, f"not readable as YAML ({why})", mark.line + 1 if mark else None, error)
    except RecursionError as error:
        _refuse(where, "nested too deep", cause=error)
    return Tree(data, where, builder.lines)


def read(path: Path) -> Tree:
    """Read a cassette file; it is never written to.

    Raises:
        CassetteMissing: there is no file, or it is empty.
        CassetteCorrupt: it is over `MAX_BYTES`, no UTF-8, or `load` refuses it.
    """
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MAX_BYTES else b""
    except FileNotFoundError as error:
        raise CassetteMissing(f"Cassette `{path}` does not exist.") from error
    except OSError as error:
        _refuse(str(path), f"cannot be opened ({error.strerror})", None, error)
    if size > MAX_BYTES:
        _refuse(str(path), f"{size} bytes, where at most {MAX_BYTES} are read")
    if not raw.strip():
        raise CassetteMissing(f"Cassette `{path}` is empty.")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        _refuse(str(path), f"byte {error.start} is not UTF-8", line, error)
    return load(text, str(path))


class _Dumper(yaml.SafeDumper):
    """Block style, texts of several lines as literal blocks wherever YAML can hold them."""

    def analyze_scalar(self, scalar: str) -> ScalarAnalysis:
        """Spare PyYAML its analysis where the text is known to fit a literal block."""
        if "\n" in scalar and _LITERAL.fullmatch(scalar):
            return ScalarAnalysis(
                scalar,
                empty=False,
                multiline=True,
                allow_flow_plain=False,
                allow_block_plain=False,
                allow_single_quoted=False,
                allow_double_quoted=True,
                allow_block=True,
            )
        return super().analyze_scalar(scalar)

    def ignore_aliases(self, _data: object) -> bool:
        """Never write an alias: the reader refuses them."""
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if _ESCAPED.search(text) else "|" if "\n" in text else None
    return dumper.represent_scalar(_TEXT, text, style=style)


_Dumper.add_representer(str, _represent_text)


def dump(data: JSON) -> str:
    r"""Write JSON values as YAML; `load` gives the same values back.

    >>> print(dump({"text": "one\ntwo", "n": 1}), end="")
    text: |-
      one
      two
    n: 1
    """
    text: str = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    return text


def write_atomically(path: Path, text: str) -> None:
    r"""Write UTF-8 with `\n`; a crash at any moment leaves the old file whole, or the new one.

    Raises:
        OSError: the folder cannot be written; the old file stands.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
