"""What a cue file may hold: bad files are refused in words that help, and the README tells all."""

from __future__ import annotations

import copy
import re
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from touchline.builtin import cues
from touchline.builtin.careerwords import career_words
from touchline.builtin.cuefile import TABLES, check
from touchline.builtin.interviews import speech_of
from touchline.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_WORDS = "\n".join(f'{name} = ""' for name in TABLES["words"].required)
_NAMES = "\n".join(f'{name} = ""' for name in TABLES["names"].required)
_SMALL = f"""
[words]
{_WORDS}
sacks = "sacked axed"

[roles]
head_coach = ["manager"]

[names]
{_NAMES}

[[cue]]
type = "dismissal"
match = ["PERSON @sacks", "PERSON ousted"]
yes = ["Manager Alan Firth was sacked. => Alan Firth; none"]
no = ["Alan Firth was sacked."]

[[cue]]
type = "honour"
match = ["PERSON honoured"]
"""


def _small() -> dict[str, Any]:
    """A small file in which nothing is wrong."""
    return tomllib.loads(_SMALL)


def _with(table: str, **values: object) -> Callable[[dict[str, Any]], object]:
    """Adds values to a table; to the file itself where it is named by nothing."""
    return lambda data: (data.setdefault(table, {}) if table else data).update(values)


def _cue(number: int, **values: object) -> Callable[[dict[str, Any]], object]:
    """Adds values to a `[[cue]]`."""
    return lambda data: data["cue"][number].update(values)


def _without(table: str, key: str) -> Callable[[dict[str, Any]], object]:
    """Takes a key from a table."""
    return lambda data: (data[table] if table else data).pop(key)


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], cues.Language]:
    """Reads the text of a cue file, as the only one that there is."""

    def _read(text: str) -> cues.Language:
        path = tmp_path / "xx.toml"
        path.write_text(text, "utf-8")
        monkeypatch.setattr(cues, "cue_files", lambda: {"xx": path})
        monkeypatch.setattr(cues, "_content", cues._content.__wrapped__)
        return cues.language.__wrapped__("xx")

    return _read


_SETTLED = "it takes `dismissal` or `mutual_termination`"
_RECORD = "it takes `draws`, `losses`, `matches`, `none`, `stretch`, `tally`, `times` or `wins`"
_CUE = (
    "it takes `goes_on`, `match`, `negated`, `no`, `only`, `role`, `status`, `time`, `type`, "
    "`unless`, `vacant`, `weak` or `yes`"
)
_STATUS = "it takes `confirmed`, `planned`, `rumoured` or `denied`"
_FLAG = "it takes `true` or `false`"
_WORDS_TOLD = "words: one string, which may be empty, or a list of strings"

_BAD = [
    # A key that nothing reads.
    (
        _with("", nicknames={}),
        (
            "the file has no table `nicknames` (did you mean `names`?); it takes `capital_nouns`, "
            "`career`, `cue`, `names`, `noise`, `record`, `roles`, `settled`, `speech` or `words`"
        ),
    ),
    (
        _with("noise", line=["menu"]),
        "`[noise]` has no key `line` (did you mean `lines`?); it takes `boxes` or `lines`",
    ),
    (
        _with("record", winz="wins"),
        f"`[record]` has no key `winz` (did you mean `wins`?); {_RECORD}",
    ),
    (_with("record", goals="goals"), f"`[record]` has no key `goals`; {_RECORD}"),
    (_with("settled", dismisal=[]), "`dismisal` (did you mean `dismissal`?); " + _SETTLED),
    (_with("roles", coach=["coach"]), "`[roles]` has no role `coach`"),
    (
        _with("names", team_word="fc"),
        "`[names]` has no key `team_word` (did you mean `team_words`?)",
    ),
    (_with("career", bnech="bench"), "`[career]` has no class `bnech` (did you mean `bench`?)"),
    (_with("speech", verb={}), "`[speech]` has no key `verb` (did you mean `verbs`?)"),
    (
        _cue(0, unles="x"),
        f"cue 1 (`dismissal`) has no key `unles` (did you mean `unless`?); {_CUE}",
    ),
    # A value that means nothing.
    (
        _cue(0, time="pats"),
        'cue 1 (`dismissal`) has `time = "pats"` (did you mean `past`?); it takes `news` or `past`',
    ),
    (
        _cue(1, negated="droped"),
        (
            'cue 2 (`honour`) has `negated = "droped"` (did you mean `dropped`?); '
            "it takes `denied` or `dropped`"
        ),
    ),
    (
        _cue(1, status="rumored"),
        f'cue 2 (`honour`) has `status = "rumored"` (did you mean `rumoured`?); {_STATUS}',
    ),
    (_cue(1, status=1), f"cue 2 (`honour`) has `status = 1`; {_STATUS}"),
    (
        _cue(0, type="dismisal"),
        (
            'cue 1 (`dismisal`) has `type = "dismisal"` (did you mean `dismissal`?); '
            "it takes `appointment`, "
        ),
    ),
    (_cue(0, role="head coach"), '`role = "head coach"` (did you mean `head_coach`?); it takes '),
    (_cue(0, weak="true"), f'cue 1 (`dismissal`) has `weak = "true"`; {_FLAG}'),
    (_cue(0, goes_on=1), f"cue 1 (`dismissal`) has `goes_on = 1`; {_FLAG}"),
    (_with("", capital_nouns="yes"), f'the file has `capital_nouns = "yes"`; {_FLAG}'),
    (
        _cue(0, match="PERSON sacked"),
        (
            'cue 1 (`dismissal`) has `match = "PERSON sacked"`; it takes a list of '
            "patterns, one at least"
        ),
    ),
    (_cue(0, match=[]), "cue 1 (`dismissal`) has `match = []`; it takes a list of patterns"),
    (_cue(0, yes="one"), 'cue 1 (`dismissal`) has `yes = "one"`; it takes a list of strings'),
    (_cue(0, unless=[1]), f"cue 1 (`dismissal`) has `unless = [1]`; it takes {_WORDS_TOLD}"),
    (_with("words", the=3), f"`[words]` has `the = 3`; it takes {_WORDS_TOLD}"),
    (_with("words", other=[3]), f"`[words]` has `other = [3]`; it takes {_WORDS_TOLD}"),
    (_with("names", clubs="club"), '`[names]` has `clubs = "club"`; it takes a list of strings'),
    (_with("names", team_before_role="no"), '`team_before_role = "no"`; it takes `yes`'),
    (_with("speech", verbs="ha"), '`[speech]` has `verbs = "ha"`; it takes a table of words'),
    (_with("", roles="manager"), 'the file has `roles = "manager"`; it takes a table'),
    (_with("", cue={}), "the file has `cue = {}`; it takes `[[cue]]` tables"),
    # What must be there.
    (_without("", "words"), "the file lacks the table `words`: a table"),
    (_without("", "cue"), "the file lacks the table `cue`: `[[cue]]` tables"),
    (_without("words", "aside"), f"`[words]` lacks the class `aside`: {_WORDS_TOLD}"),
    (_without("words", "detect"), f"`[words]` lacks the class `detect`: {_WORDS_TOLD}"),
    (_without("names", "says"), f"`[names]` lacks the key `says`: {_WORDS_TOLD}"),
    (_without("roles", "head_coach"), "`[roles]` lacks the role `head_coach`: a list of strings"),
    (
        lambda data: data["cue"][1].pop("match"),
        "cue 2 (`honour`) lacks the key `match`: a list of patterns, one at least",
    ),
    (lambda data: data["cue"][1].pop("type"), "cue 2 (`no type`) lacks the key `type`: `appoint"),
    # Classes and patterns.
    (
        _with("words", agianst="contro"),
        (
            "`[words]` has the class `agianst`, which no pattern names and the reader does not "
            "know (did you mean `against`?)"
        ),
    ),
    (
        _cue(1, match=["PERSON @sack"]),
        (
            "cue 2 (`honour`): the pattern `PERSON @sack` names the class `@sack`, which `[words]` "
            "lacks (did you mean `sacks`?)"
        ),
    ),
    (
        _cue(1, match=["PERSON honoured", "PERSON ousted"]),
        (
            "the pattern `PERSON ousted` stands twice, in cue 1 (`dismissal`) and in cue 2 "
            "(`honour`); leave one of them"
        ),
    ),
]


@pytest.mark.parametrize(("spoil", "problem"), _BAD)
def test_a_bad_file_is_told(spoil: Callable[[dict[str, Any]], object], problem: str) -> None:
    """The message says what is wrong and where, and what may stand there."""
    data = _small()
    spoil(data)
    with pytest.raises(ValueError, match=re.escape(problem)):
        check(data)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _data: None,
        _with("names", team_before_role="yes", clubs=["the club"]),
        _with("words", the=["the"], against="", have="has"),
        _with("speech", verbs={"has": "have"}, clitics="not"),
        _cue(0, time="past", negated="dropped", weak=True, unless=["x"], role="analyst"),
        _cue(1, match=["PERSON honoured", "PERSON ousted by"]),
    ],
)
def test_a_good_file_is_not(spoil: Callable[[dict[str, Any]], object]) -> None:
    """What may stand there may."""
    data = _small()
    spoil(data)
    check(data)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("[roles]", "[roles", "Expected ']' at the end of a table declaration"),
        ('before_date = ""\n', "", "`[words]` lacks the class `before_date`: words"),
        (
            "PERSON ousted",
            "PERSON (ousted",
            "cue 1 (`dismissal`): `PERSON (ousted`: a parenthesis is not closed",
        ),
        (" => ", " ", "cue 1 (`dismissal`): the example `Manager Alan Firth was sacked. Alan"),
    ],
)
def test_an_error_names_the_file(
    old: str, new: str, problem: str, read: Callable[[str], cues.Language], tmp_path: Path
) -> None:
    """Whatever is wrong, the file stands in front, and the error is one of configuration."""
    told = f"`{tmp_path / 'xx.toml'}` is no cue file: {problem}"
    with pytest.raises(ConfigurationError, match=re.escape(told)):
        read(_SMALL.replace(old, new))


def test_a_small_file_is_a_language(read: Callable[[str], cues.Language]) -> None:
    """What must be there is enough."""
    assert [cue.type for cue in read(_SMALL).cues] == ["dismissal", "honour"]


def test_endings_are_spelled_out_in_every_list(read: Callable[[str], cues.Language]) -> None:
    """A slash gives endings wherever words stand, also in what rules a cue out or in."""
    ruled = _SMALL.replace(
        'match = ["PERSON @', 'unless = "goal//s"\nonly = ["bench//es"]\nmatch = ["PERSON @'
    )
    language = read(ruled.replace('says = ""', 'says = "said sa/ys/id"'))

    assert language.cues[0].unless == {"goal", "goals"}
    assert language.cues[0].only == {"bench", "benches"}
    assert language.names["says"] == {"said", "says"}


def _told() -> dict[str, tuple[set[str], set[str]]]:
    """What the README tells of each table: the keys that must be there, and those that may lack."""
    told: dict[str, tuple[set[str], set[str]]] = {}
    table, optional = "", False
    for line in (cues.packaged_cues() / "README.md").read_text("utf-8").splitlines():
        if line.startswith("#"):
            named = re.match(r"## `\[+(\w+)\]+`", line)
            table, optional = (named[1] if named else "" if line == "# Cue files" else "-"), False
        elif line.endswith("may lack:"):
            optional = True
        elif line.startswith("| `"):
            keys = re.findall(r"`([^`]+)`", line.split(" | ")[0])
            told.setdefault(table, (set(), set()))[optional].update(keys)
    told.pop("-")  # The items of patterns.
    return told


def test_the_readme_tells_what_the_loader_takes() -> None:
    """Table by table, what must be there and what may lack."""
    taken = {
        name: (set(map(str, t.required)), set(map(str, t.optional))) for name, t in TABLES.items()
    }
    assert taken == _told()


def test_tables_agree_with_their_readers() -> None:
    """What the check lets pass, the readers of two tables take; they would refuse any other."""
    career_words(dict.fromkeys(TABLES["career"].keys, ""))
    turned = ("asked", "reflexive", "verbs", "words")
    speech_of({key: {} if key in turned else "" for key in TABLES["speech"].keys})


@pytest.mark.parametrize("code", cues.languages())
def test_what_a_file_lacks_is_told(code: str) -> None:
    """Each thing that must be there is missed in a real file, too."""
    for table in ("words", "names", "roles"):
        for key in TABLES[table].required:
            data = copy.deepcopy(cues._content(code))
            del data[table][key]
            with pytest.raises(ValueError, match=re.escape(f"`[{table}]` lacks the ")):
                check(data)
