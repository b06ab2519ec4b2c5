"""What the repository's own cassettes may hold."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from touchline.cassettes import (
    load_cassette,
    stored,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchline.cassette_format import JSON

ROOT = Path(__file__).parents[1]
COMMITTED = sorted((ROOT / "cassettes").glob("*.yaml"))

SECRETS = {
    "key": re.compile(
        r"\bsk-[A-Za-z0-9_-]{8,}|\bAKIA[A-Z0-9]{12,}|\bAIza[\w-]{20,}|\bgh[pousr]_\w{20,}"
    ),
    "bearer": re.compile(r"\b(?:bearer|basic) +[\w.~+/=-]{8,}", re.IGNORECASE),
    "header": re.compile(
        r"^ *(?:- )?(?:authorization|(?:set-)?cookie|(?:x-)?api-key|openai-[a-z-]+|x-request-id):",
        re.IGNORECASE | re.MULTILINE,
    ),
    "account": re.compile(r"\b(?:org|proj|user)[-_](?=[A-Za-z0-9]*[0-9])[A-Za-z0-9]{8,}"),
    "e-mail": re.compile(r"\b[\w.+-]+@[\w-]+\.[a-z]{2,}\b", re.IGNORECASE),
}
TOKEN = re.compile(r"[A-Za-z0-9_+=-]{20,}")
KNOWN_TOKEN = re.compile(
    r"[0-9a-f]{64}|[0-9]{2}-[a-z-]+|chatcmpl-.*|fp_.*|[a-z-]+|[A-Z_]+|[a-z_]+|[=_-]+"
)


def entropy(text: str) -> float:
    """Give Shannon's entropy of a text's characters, in bits per character."""
    shares = [count / len(text) for count in Counter(text).values()]
    return -sum(share * math.log2(share) for share in shares)


def leaks(text: str) -> list[str]:
    """Name what looks like a secret: by pattern, or as a long token of mixed characters."""
    found = [
        f"{name}: {hit.group()}" for name, rule in SECRETS.items() for hit in rule.finditer(text)
    ]
    for token in TOKEN.findall(text):
        mixed = all(re.search(kind, token) for kind in ("[a-z]", "[0-9]"))
        if mixed and not KNOWN_TOKEN.fullmatch(token) and entropy(token) > 3.7:
            found.append(f"high entropy: {token}")
    return found


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("key: sk-a1B2c3D4e5f6", "key"),
        ("x: Bearer abc.def.ghi", "bearer"),
        ("      Set-Cookie: [a=1]", "header"),
        ("    openai-organization: [x]", "header"),
        ("in organization org-8sYd72kQ0p", "account"),
        ("write to mario.rossi@example.com now", "e-mail"),
        ("token: q8Zr2Lw0Xv7Tn4Jb9Ks1Pd6", "high entropy"),
    ],
)
def test_c08_the_scan_finds_planted_secrets(line: str, kind: str) -> None:
    """Each kind of secret is found; a scan that finds nothing anywhere proves nothing."""
    assert [hit.split(":")[0] for hit in leaks(line)] == [kind]


@pytest.mark.parametrize(
    "line",
    [
        "id: chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG",
        "checksum: " + "0123456789abcdef" * 4,
        "user: the basic idea of a bearer",
        "interim_appointment, mutual_termination",
        "gpt-5.4-mini-2026-03-17",
        "un 4-3-2-1 @ San Siro, 12.000 spettatori",
    ],
)
def test_c08_the_scan_lets_news_through(line: str) -> None:
    """Near misses: what cassettes rightly hold."""
    assert leaks(line) == []


def test_c08_committed_cassettes_hold_no_secrets() -> None:
    """No committed cassette holds a key, bearer, cookie, account, address or unexplained token."""
    found = {path.name: hits for path in COMMITTED if (hits := leaks(path.read_text("utf-8")))}

    assert found == {}


def test_committed_cassettes_can_be_read() -> None:
    """Every committed cassette loads, and is at most 100 kB."""
    found = stored(ROOT / "cassettes")

    assert [each.error for each in found if each.error] == []
    assert [each.path for each in found if each.path.stat().st_size > 100_000] == []


def published_texts() -> Iterator[str]:
    """Give the article texts that this repository publishes in other places."""
    for folder in ("tests/gold", "tests/data", "samples"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".txt", ".md"}:
                yield path.read_text("utf-8-sig")
            elif path.suffix == ".json":
                yield from strings(json.loads(path.read_text("utf-8-sig")))
            elif path.suffix == ".jsonl":
                for line in path.read_text("utf-8-sig").splitlines():
                    yield from strings(json.loads(line))


def strings(value: JSON) -> Iterator[str]:
    """Give all strings in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)


def test_c15_committed_texts_may_be_published() -> None:
    """A committed cassette holds only an article of the gold set, the test data or the samples."""
    public = {text.strip() for text in published_texts()} if COMMITTED else set()

    foreign = [p.name for p in COMMITTED if load_cassette(p).label.text.strip() not in public]

    assert foreign == []
