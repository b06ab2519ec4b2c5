"""Documents: what counts as one, how it is read and decoded, and what is noticed on the way."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import unicodedata
import zipfile
from typing import TYPE_CHECKING, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.documents import BadRecord, Document, parse_published, read_documents
from touchline.errors import InvalidDocument, InvalidInput
from touchline.extraction import screened
from touchline.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Perché è stato esonerato il tecnico: «Società più forte», dice Müller."


def codes(document: Document) -> list[str]:
    """Give the codes of what was noticed."""
    return [note.code for note in document.observations]


def zipped() -> bytes:
    """Give a small ZIP archive."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("article.txt", TEXT)
    return content.getvalue()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", None),
        (" \n\t\u00a0\u2003", None),
        ("\ufeff", None),
        ("\u200b\u200d\u2060", None),
        ("*** — …", None),
        ("Carrera all'Ascoli", "Carrera all'Ascoli"),
        ("\n Carrera\u200b all'Ascoli \n", "Carrera all'Ascoli "),
    ],
)
def test_i01_nothing_to_read_is_skipped(text: str, title: str | None) -> None:
    """Blanks, unseen characters, signs alone and a bare title are `empty`: no call is made."""
    document = Document(text, title=title)
    extraction = screened(document, Settings())

    assert document.unusable == "empty"
    assert extraction is not None
    assert (extraction.state, extraction.reason) == ("skipped", "empty")
    assert extraction.attempts == 0


@pytest.mark.parametrize("text", ["Esonerato.", "監督解任", "7", "Titolo: e altro"])
def test_i01_anything_written_is_read(text: str) -> None:
    """A word in any script is an article; so is a title with more below it."""
    assert Document(text, title="Titolo").unusable is None


@pytest.mark.parametrize(
    ("value", "way_out"),
    [
        (None, "pass the article's text"),
        (b"text", r"from_bytes\(\.\.\.\) decodes"),
        ({"text": "x"}, r"from_record\(\.\.\.\) takes"),
        (7, "pass the article's text"),
    ],
)
def test_i02_another_type_is_a_type_error(value: Any, way_out: str) -> None:
    """What is no text is refused at once, and the message names the way that takes it."""
    with pytest.raises(TypeError, match=way_out):
        Document(value)


def test_i02_a_path_is_a_type_error(tmp_path: Path) -> None:
    """A path is not opened behind the caller's back."""
    path: Any = tmp_path / "a.txt"

    with pytest.raises(TypeError, match=r"from_file\(\.\.\.\) reads"):
        Document(path)


@pytest.mark.parametrize("name", ["id", "title", "url", "language", "published"])
def test_i02_a_field_of_another_type_is_a_type_error(name: str) -> None:
    """The error names the field."""
    fields: dict[str, Any] = {name: 7}

    with pytest.raises(TypeError, match=f"`{name}`"):
        Document("text", **fields)


def test_i02_bytes_come_through_the_decoder_alone() -> None:
    """`from_bytes` takes bytes and nothing else."""
    text: Any = "text"

    with pytest.raises(TypeError, match="from_bytes takes bytes, not str"):
        Document.from_bytes(text)


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\nstream of words",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0JFIF",
        b"GIF89a",
        b"\x1f\x8b\x08\x00",
        zipped(),
        b"MZ\x90\x00\x03\x00\x00\x00\x04\x00",
    ],
    ids=["pdf", "png", "jpeg", "gif", "gzip", "zip", "program"],
)
def test_i03_what_is_no_text_is_skipped(data: bytes, tmp_path: Path) -> None:
    """A file of another kind is told by its first bytes and comes out as a bad record."""
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    (record,) = read_documents(path)

    if isinstance(record, BadRecord):
        assert (record.code, record.source) == ("not_text", str(path))
        with pytest.raises(InvalidDocument, match=r"a\.txt"):
            Document.from_file(path)
    else:
        assert record.unusable == "not_text"


@given(st.binary())
def test_i03_any_bytes_are_a_document_or_refused(data: bytes) -> None:
    """Decoding raises nothing but `InvalidDocument`, and the result can be hashed and encoded."""
    try:
        document = Document.from_bytes(data)
    except InvalidDocument:
        return
    assert len(document.text.encode()) >= len(document.text)
    assert len(document.sha256) == 64
    document.observations  # noqa: B018 - it must not raise


def test_i03_controls_all_over_are_no_text() -> None:
    """What decodes by chance and holds many controls is not text; a few are forgiven."""
    assert Document("Il\x01 tec\x02nico\x03 è").unusable == "not_text"
    assert Document("Il tecnico\x01 è stato esonerato").unusable is None


def test_i04_a_huge_article_is_skipped() -> None:
    """Beyond `max_article_chars` no model is asked; up to it the article is read in parts."""
    settings = Settings()
    huge = Document("a b " * (settings.max_article_chars // 4) + "c")
    fits = Document("a b " * (settings.max_article_chars // 4))
    extraction = screened(huge, settings)

    assert extraction is not None
    assert (extraction.state, extraction.reason) == ("skipped", "too_long")
    assert screened(fits, settings) is None


def test_i05_controls_are_counted() -> None:
    """NUL and its like stay in the text, where offsets count, and are kept from the model."""
    document = Document("Il tecnico\x00 è stato\x07 esonerato ieri, dopo la sconfitta in casa.")

    assert document.visible.text.startswith("Il tecnico  è stato  esonerato")
    assert len(document.visible.text) == len(document.text)
    assert codes(document) == ["hidden_characters"]
    assert "2 control" in document.observations[0].why


@pytest.mark.parametrize("name", ["text", "id", "title", "url", "language"])
def test_i06_lone_surrogates_are_replaced(name: str) -> None:
    """A lone surrogate becomes U+FFFD, one for one, in every field: all can be written."""
    fields: dict[str, Any] = {"text": "abc", name: "a\udce8\ud800c"}
    document = Document(**fields)

    assert getattr(document, name) == "a\ufffd\ufffdc"
    assert document.sha256


@pytest.mark.parametrize(
    ("data", "noted"),
    [
        (TEXT.encode(), None),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8, by its byte order mark"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le, by its byte order mark"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be, by its byte order mark"),
        (b"\xff\xfe\0\0" + TEXT.encode("utf-32-le"), "utf-32-le, by its byte order mark"),
        (TEXT.encode("utf-16-le"), "utf-16-le, guessed"),
        (TEXT.encode("latin-1"), "cp1252, assumed"),
        (TEXT.encode("cp1252"), "cp1252, assumed"),
    ],
)
def test_i07_the_encoding_is_settled_once(data: bytes, noted: str | None) -> None:
    """Byte order mark, else UTF-8, else a guess; the choice is noted, the mark dropped."""
    document = Document.from_bytes(data)

    assert document.text == TEXT
    assert [note.why for note in document.notes] == ([noted] if noted else [])


@pytest.mark.parametrize("encoding", ["cp1251"])
def test_i07_another_alphabet_is_guessed(encoding: str) -> None:
    """A page that is mostly not ASCII goes to the detector."""
    text = "Главный тренер Спартака Массимо Каррера покинул клуб после поражения. " * 3
    document = Document.from_bytes(text.encode(encoding))

    assert document.text == text
    assert [note.code for note in document.notes] == ["encoding"]


def test_i07_a_mark_is_dropped_at_the_start_only() -> None:
    """A byte order mark inside the text is a zero-width character like others."""
    assert Document("\ufeffa\ufeffb").text == "a\ufeffb"


@pytest.mark.parametrize("text", ["PerchÃ© no", "lâ€™Ascoli", "PiÃ¹ forte, cosÃ¬"])
def test_i08_mojibake_is_reported(text: str) -> None:
    """Text decoded wrongly before it came here is told, and not repaired."""
    document = Document(text)

    assert document.text == text
    assert codes(document) == ["mojibake"]


@pytest.mark.parametrize("text", ["Perché", "«AMANHû", "SÃO PAULO", "MANHÃ – TARDE"])
def test_i08_accents_are_no_mojibake(text: str) -> None:
    """Portuguese capitals before a sign or another letter are not taken for it."""
    assert not codes(Document(text))


def test_i09_hidden_characters_are_counted() -> None:
    """Bidi, zero-width, soft hyphens and tags are kept from the model and counted."""
    document = Document("Mas\u00adsimo\u202e Car\u200brera\U000e0041 all'Ascoli")

    assert document.visible.text == "Massimo Carrera all'Ascoli"
    assert codes(document) == ["hidden_characters"]
    assert "4 invisible" in document.observations[0].why


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_i10_accents_stay_as_they_are_written(form: Literal["NFC", "NFD"]) -> None:
    """Composed or not, an accent is kept, so that offsets count in the given text."""
    text = unicodedata.normalize(form, "Società, perché più")

    assert Document(text).text == text
    assert Document(text).visible.text == text


@pytest.mark.parametrize("text", ["ﬁscale", "½ stagione", "İstanbul ıI", "ＢＯＲＧＯ", "①²"])
def test_i11_no_character_becomes_several(text: str) -> None:
    """Ligatures, fractions, wide letters and the dotted I stay: lengths do not change."""
    assert Document(text).text == text
    assert Document(text).visible.text == text


@pytest.mark.parametrize("text", ["«l’Ascoli» – “via” … ‚no‘", "a\u00a0b\u2009c\u202fd—e"])
def test_i12_signs_stay_as_they_are_printed(text: str) -> None:
    """Curly quotes, guillemets, dots, dashes and spaces are equal to others for matching only."""
    assert Document(text).text == text
    assert Document(text).visible.text == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\t", ""])
def test_i13_line_ends_stay(end: str, tmp_path: Path) -> None:
    """Offsets count in the text as it is in the file, whatever ends its lines."""
    text = f"Prima riga{end}seconda riga{end}"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())

    assert Document.from_file(path).text == text
    assert Document(text).visible.text == text


def test_i14_html_is_told() -> None:
    """Markup is noted and goes as it is; a single angle bracket is no markup."""
    page = Document("<html><body><p>Esonerato il tecnico</p></body></html>")

    assert codes(page) == ["html"]
    assert page.visible.text == page.text
    assert not codes(Document("Roma <3 Ascoli, <p o > che sia"))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ("2024-03-12", dt.date(2024, 3, 12)),
        (" 2024-03-12\n", dt.date(2024, 3, 12)),
        ("2024-03-12T23:30:00+01:00", dt.date(2024, 3, 12)),
        ("2024-03-12T23:30:00Z", dt.date(2024, 3, 12)),
        (dt.date(2999, 1, 1), dt.date(2999, 1, 1)),
        (dt.datetime(2024, 3, 12, 23, 30, tzinfo=dt.UTC), dt.date(2024, 3, 12)),
        ("0001-01-01", dt.date(1, 1, 1)),
    ],
)
def test_i20_a_date_of_publication_is_a_day(value: object, expected: dt.date | None) -> None:
    """Missing, future and absurd days are taken; of a moment, the day in its own zone."""
    assert parse_published(value) == expected


@pytest.mark.parametrize("value", ["", "soon", "13/03/2024", "2024-02-30", "2024-13-01"])
def test_i20_a_broken_date_is_refused(value: str) -> None:
    """The caller hears at once, with the value and the form to write."""
    with pytest.raises(InvalidInput, match="write it like `2024-03-12`"):
        Document("text", published=value)  # type: ignore[arg-type]  # what a user may pass


@pytest.mark.parametrize("value", ["soon", 20240312, ["2024"]])
def test_i20_a_record_with_a_broken_date_is_read(value: object) -> None:
    """A bad date must not lose a page: it has no date, and a note."""
    document = Document.from_record({"text": "abc", "published": value})

    assert document.published is None
    assert codes(document) == ["bad_published"]


@pytest.mark.parametrize(
    ("language", "noted"),
    [(None, False), ("it", False), ("pt-BR", False), ("EN", False), ("ja", True), ("x", True)],
)
def test_i21_an_untested_language_is_told(language: str | None, noted: bool) -> None:
    """Every language is read; one that touchline is not tested on is noted."""
    document = Document("監督解任", language=language)

    assert document.unusable is None
    assert codes(document) == (["language_untested"] if noted else [])


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "nul\0", "x" * 300, "CON", "a\nb"])
def test_i23_an_id_is_only_a_name(name: str) -> None:
    """Any string is an id, and none is a path."""
    assert Document("text", id=name).id == name


def test_i23_ids_equal_but_for_case_are_two() -> None:
    """Ids are not folded."""
    assert Document("text", id="A").id != Document("text", id="a").id


@given(st.text(), st.text(), st.one_of(st.none(), st.text()))
def test_any_text_is_a_document(text: str, name: str, title: str | None) -> None:
    """No text raises; its id is never empty, and every field can be written in UTF-8."""
    document = Document(text, id=name, title=title)

    assert document.id
    assert f"{document.text}{document.id}{document.title}".encode()
    assert document.unusable in {None, "empty", "not_text"}


@given(st.one_of(st.none(), st.integers(), st.text(), st.binary(), st.dates(), st.lists(st.text())))
def test_any_value_is_a_document_or_refused(value: Any) -> None:
    """Whatever is passed, only `TypeError` and `InvalidInput` come out."""
    for fields in ({"text": value}, {"text": "a", "id": value}, {"text": "a", "published": value}):
        try:
            Document(**fields)
        except (TypeError, InvalidInput):
            continue


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
        lambda inner: st.one_of(
            st.lists(inner),
            st.dictionaries(st.sampled_from(["text", "id", "title", "published", "x"]), inner),
        ),
    )
)
def test_any_json_is_a_document_or_a_bad_record(value: object) -> None:
    """A line of JSON comes out as a document or as what is wrong with it."""
    with contextlib.suppress(InvalidDocument):
        Document.from_record(value)  # type: ignore[arg-type]  # anything that JSON can hold


def test_a_document_without_an_id_is_named_by_its_text() -> None:
    """The id is the head of the text's digest."""
    document = Document(TEXT)

    assert document.id == document.sha256[:16]
    assert Document(TEXT) == document


def test_from_file_reads_text_and_json(tmp_path: Path) -> None:
    """A text is named for its file; a JSON record has its own fields, and the caller's win."""
    (tmp_path / "ascoli.md").write_text("testo", "utf-8")
    record = {"text": "testo", "title": "T", "url": "https://a.example", "published": "2024-03-12"}
    (tmp_path / "b.json").write_text(json.dumps(record | {"unknown": 1}), "utf-8")
    (tmp_path / "c.json").write_text(json.dumps(record | {"id": 7}), "utf-8")

    assert Document.from_file(tmp_path / "ascoli.md").id == "ascoli"
    second = Document.from_file(str(tmp_path / "b.json"), language="it")
    assert (second.id, second.title, second.language) == ("b", "T", "it")
    assert second.published == dt.date(2024, 3, 12)
    assert Document.from_file(tmp_path / "c.json").id == "7"


def test_lines_are_read_one_by_one(tmp_path: Path) -> None:
    """Bad lines keep their place and number; blank ones are passed over."""
    lines = ['{"text": "a", "id": "x"}', "", "{oops", '{"id": 1}', '{"text": "b", "id": ""}', "[]"]
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    found = list(read_documents(path, language="it"))

    assert [f.id if isinstance(f, Document) else f.source for f in found] == [
        "x",
        f"{path}:3",
        f"{path}:4",
        "many-5",
        f"{path}:6",
    ]
    assert isinstance(found[1], BadRecord)
    assert "no valid JSON" in found[1].why
    assert isinstance(found[2], BadRecord)
    assert "string `text`" in found[2].why
    with pytest.raises(InvalidDocument, match="5 documents"):
        Document.from_file(path)


@pytest.mark.parametrize(
    "line", [b"[" * 100_000, b'{"text": ' + b"9" * 5000 + b"}", b'{"text": "\xff"}', b"NaN"]
)
def test_hostile_json_is_a_bad_record(line: bytes, tmp_path: Path) -> None:
    """Deep, huge and undecodable JSON is told, and does not crash."""
    path = tmp_path / "a.json"
    path.write_bytes(line)
    (found,) = read_documents(path)

    assert isinstance(found, BadRecord)
    assert found.code == "bad_line"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """The message names the file and the system's reason."""
    with pytest.raises(InvalidDocument, match=r"none\.txt` cannot be read: No such file"):
        Document.from_file(tmp_path / "none.txt")


def test_a_broken_date_for_a_whole_file_is_told_once(tmp_path: Path) -> None:
    """What the caller says about all documents is checked before the first."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a"}\n', "utf-8")

    with pytest.raises(InvalidInput, match="`soon`"):
        list(read_documents(path, published="soon"))
