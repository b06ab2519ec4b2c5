"""Proof that words stand in a text: quotes at their exact place, names by their words."""

from __future__ import annotations

import random
import time
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from growth import growth
from scripted import TEXT
from touchline import Document
from touchline.folding import fold
from touchline.grounding import Source

ODD = st.text(
    st.sampled_from("abeinotAEI éèñçßıİœ’“«—-'\".,…  \t\r\n\u00a0")
    | st.sampled_from("\u0301\u0308\u200b\u00ad\u202e\x00\U000e0041")
    | st.sampled_from("🏀𝔸"),
    max_size=60,
)
MARKS = "’'“”\"—–-…"


def source(text: str, language: str | None = None) -> Source:
    """Prepare a text."""
    return Source(Document(text, language=language))


def quoted(text: str, words: str, near: str | None = None) -> str | None:
    """Give the slice behind a quote, checked against its offsets."""
    found = source(text).quote(words, near)
    if found is not None:
        assert text[found.start : found.end] == found.quote
    return None if found is None else found.quote


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (
            "L’Ascoli — dice — «esonera»",
            'L\'Ascoli - dice - "esonera"',
            "L’Ascoli — dice — «esonera»",
        ),
        ("the club’s “coach” left", 'the club\'s "coach" left', "the club’s “coach” left"),
        (
            "el técnico fue destituido",
            "el te\u0301cnico fue destituido",
            "el técnico fue destituido",
        ),
        ("limoge\u0301 hier", "limogé hier", "limoge\u0301 hier"),
        (
            "wurde\u00a0am  Montag\r\nentlassen",
            "wurde am Montag entlassen",
            "wurde\u00a0am  Montag\r\nentlassen",
        ),
        ("foi demitido… ontem", "foi demitido... ontem", "foi demitido… ontem"),
        ("È stato esonerato", "è stato esonerato", "È stato esonerato"),
        ("ha eso\u00adne\u200brato Castori", "esonerato Castori", "eso\u00adne\u200brato Castori"),
        ("🏀 coach out 🏀", "coach out", "coach out"),
        ("İsmail ıhlamur ß STRASSE", "ıhlamur ß STRASSE", "ıhlamur ß STRASSE"),
        ("via\x00Castori ora", "via Castori", "via\x00Castori"),
    ],
)
def test_m02_form_does_not_count(text: str, words: str, expected: str) -> None:
    """Signs, spaces, Unicode form, hidden characters and the first letter's case may differ."""
    assert quoted(text, words) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Castori non è stato esonerato", "Castori è stato esonerato"),
        ("Castori è stato esonerato", "Castori non è stato esonerato"),
        ("Flick no seguirá en el club", "Flick seguirá en el club"),
        ("he was not sacked", "he was sacked"),
        ("er wird nicht entlassen", "er wird entlassen"),
        ("il n'a pas été limogé", "il a été limogé"),
        ("não foi demitido", "foi demitido ontem"),
        ("firma fino al 2025", "firma fino al 2026"),
        ("mercoledì 13 marzo", "mercoledì 14 marzo"),
        ("via Fabrizio Castori", "via Marco Castori"),
        ("via Fabrizio Castori", "via fabrizio Castori, via"),
        ("perché è andato", "perchè è andato"),
        ("il tecnico saluta", "il Tecnico saluta"),
        ("il tecnico, ieri, saluta", "il tecnico ieri saluta"),
        ("saluta.…", "saluta..."),
    ],
)
def test_m02_substance_counts(text: str, words: str) -> None:
    """A word, a negation, a digit, a name, an accent or a comma more or less is no quote."""
    assert quoted(text, words) is None


@pytest.mark.parametrize(
    ("text", "words", "stands"),
    [
        ("gli esoneri", "esoneri", True),
        ("degli esoneri", "gli esoneri", True),
        ("dell'Europeo", "l'Europeo", True),
        ("nella stagione", "la stagione", True),
        ("Castorini saluta", "Castori", False),
        ("il Mancastori", "castori", False),
        ("vinse 12-0", "2-0", False),
        ("nel 20245", "nel 2024", False),
        ("l'ex-tecnico del Bari", "tecnico del Bari", False),
        ("il vice-allenatore", "allenatore", False),
        ("il derby Bari-Lecce", "Lecce", True),
        ("東京の監督が解任", "監督", True),
    ],
)
def test_quotes_end_at_words(text: str, words: str, *, stands: bool) -> None:
    """A quote cut through a word is none, but for Italian prepositions melted with an article."""
    assert (quoted(text, words) is not None) is stands


@pytest.mark.parametrize(
    ("words", "pieces"),
    [
        (
            "L'Ascoli ha esonerato ieri ... Con lui vanno via",
            ["L'Ascoli ha esonerato ieri", "Con lui vanno via"],
        ),
        ("Con lui vanno via […] il preparatore", ["Con lui vanno via", "il preparatore"]),
        (
            "Con lui vanno via (…) l'analista Marco Castori",
            ["Con lui vanno via", "l'analista Marco Castori"],
        ),
        ("Con lui vanno via… il preparatore", ["Con lui vanno via", "il preparatore"]),
        ("Con lui vanno via ... il magazziniere", []),
        ("Con lui vanno via ... il", []),
        ("Con lui vanno via ...", []),
        (" ... ".join(["Con lui vanno via"] * 9), []),
    ],
)
def test_m03_quote_of_two_places_is_split(words: str, pieces: list[str]) -> None:
    """A quote joined with dots counts as its pieces if each stands in the text."""
    assert [found.quote for found in source(TEXT).quotes(words)] == pieces


def test_m03_dots_of_the_text_are_no_joint() -> None:
    """Where the text itself has dots the quote stays whole."""
    text = "Via Castori... arriva Carrera"

    assert [found.quote for found in source(text).quotes("Castori… arriva")] == [
        "Castori... arriva"
    ]


@pytest.mark.parametrize(
    ("near", "place"),
    [("Luca Rossi", 0), ("Ugo Bianchi", 1), ("Ivo Verdi", 0), (None, 0)],
)
def test_m06_nearest_place_counts(near: str | None, place: int) -> None:
    """Of several places the one nearest to the person's surname counts, else the first."""
    text = "Rossi: esonerato ieri. Al Bari intanto Bianchi è stato esonerato ieri."
    places = [text.find("esonerato"), text.rfind("esonerato")]
    found = source(text).quote("esonerato ieri", near)

    assert found is not None
    assert found.start == places[place]


NAMES = [
    # Whole, in any case and accent.
    ("L'Ascoli esonera Fabrizio Castori", "Fabrizio Castori", "Fabrizio Castori"),
    ("VIA FABRIZIO CASTORI", "Fabrizio Castori", "Fabrizio Castori"),
    ("via Sergio Conceição", "Sérgio Conceicao", "Sergio Conceição"),
    ("per Edin Terzić", "Edin Terzic", "Edin Terzić"),
    ("назначен Владимир Петков", "Владимир Петков", "Владимир Петков"),
    # Surname first.
    ("firma ROSSI Mario", "Mario Rossi", "Mario Rossi"),
    ("firma Rossi Mario", "Mario Rossi", "Rossi Mario"),
    ("firma Mario Rossi", "ROSSI Mario", "Mario Rossi"),
    # Particles, hyphens, apostrophes, initials, single names.
    ("ecco Roberto De Zerbi", "Roberto De Zerbi", "Roberto De Zerbi"),
    ("ecco De Zerbi", "Roberto De Zerbi", "De Zerbi"),
    ("ecco De Zerbi", "De Zerbi", "De Zerbi"),
    ("coach Ruud van Nistelrooy", "Ruud Van Nistelrooy", "Ruud van Nistelrooy"),
    ("coach van Nistelrooy left", "Ruud van Nistelrooy", "van Nistelrooy"),
    ("via Roberto D’Aversa", "Roberto D'Aversa", "Roberto D'Aversa"),
    ("O'Neill takes over", "Martin O’Neill", "O'Neill"),
    ("O'Neill takes over", "O'Neill", "O'Neill"),
    ("with Pierre-Emerick Stone", "Pierre Emerick Stone", "Pierre-Emerick Stone"),
    ("signs Trent Alexander-Arnold", "Alexander-Arnold", "Alexander-Arnold"),
    ("es kommt J. Klopp", "J. Klopp", "J. Klopp"),
    ("es kommt J. Klopp", "Jürgen Klopp", "J. Klopp"),
    ("es kommt Jürgen Klopp", "J. Klopp", "Jürgen Klopp"),
    ("Dunga volta ao Brasil", "Dunga", "Dunga"),
    ("com Tite no banco", "Tite", "Tite"),
    # Nicknames.
    ('volta Luiz Felipe "Felipão" Scolari', "Luiz Felipe Scolari", "Luiz Felipe Scolari"),
    ("volta Luiz Felipe Scolari", 'Luiz Felipe "Felipão" Scolari', "Luiz Felipe Scolari"),
    ("volta Luiz Felipe «Felipão» Scolari", "Felipão Scolari", "Luiz Felipe Scolari"),
    # Genitives.
    ("Castori's men, Castori’s club", "Castori", "Castori"),
    # Titles and articles.
    ("il mister Castori e Sir Alex Ferguson", "Sir Alex Ferguson", "Alex Ferguson"),
    ("il mister Castori e Sir Alex Ferguson", "mister Castori", "Castori"),
    ("il tecnico Castori saluta", "il tecnico Castori", "Castori"),
    ("ha scelto la Guarino ieri", "la Guarino", "Guarino"),
    ("ha scelto La Rosa ieri", "La Rosa", "La Rosa"),
    # Markup, controls, direction marks.
    ("via Mario Rossi", "<b>Mario</b> Rossi", "Mario Rossi"),
    ("via Mario Rossi", "Mario\x00 \u202eRossi", "Mario Rossi"),
    ("via Mario Ros\u00adsi", "Mario Ros\u00adsi", "Mario Rossi"),
]


@pytest.mark.parametrize(("text", "claimed", "person"), NAMES)
def test_m07_person_is_found_by_words(text: str, claimed: str, person: str) -> None:
    """Case, accents, order, titles and markup do not count; the text's own form is given."""
    assert source(text).person(claimed) == person


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("via Fabrizio Castori", "Mario Castori"),
        ("via Fabrizio Castori; Castori saluta", "Mario Castori"),
        ("il mister Fabrizio Castori", "Fabrizia Castori"),
        ("via Fabrizio Castori", "Fabrizio Castoro"),
        ("via Fabrizio Castori", "M. Castori"),
        ("via F. Castori", "Marco Castori"),
        ("Via Castori\n\nMarco Neri resta", "Castori Marco"),
        ("via Fabrizio Castori e Marco Castori", "Fabrizio Marco Castori"),
        ("via Fabrizio Castori", "Fabrizio Rossi"),
        ("via Daniele De Rossi", "Andrea De Rossi"),
        ("firma De Rossi", "Paolo Rossi"),
        ("via Castorini", "Castori"),
        ("il castori è un roditore", "Castori"),
        ("via Fabrizio Castori", "Zico"),
    ],
)
def test_m07_other_person_is_not_found(text: str, claimed: str) -> None:
    """A changed name, or a given name here and a surname there, is nobody in the text."""
    assert source(text).person(claimed) is None


@pytest.mark.parametrize(
    "text",
    [
        "con Marco, Castori e Bocchini",
        "Parla Marco. Castori tace",
        "Via Castori\n\nMarco Neri resta",
    ],
)
def test_m07_names_are_not_composed(text: str) -> None:
    """A given name beside a surname, but not of one name with it, is cut off as any other."""
    assert source(text).person("Marco Castori") == "Castori"
    assert source(text).name("Marco Castori") is None


@pytest.mark.parametrize(
    ("text", "claimed", "person"),
    [
        ("Ieri Castori ha salutato", "Fabrizio Castori", "Castori"),
        ("Esonerato Castori: decisivo il ko", "Fabrizio Castori", "Castori"),
        ("Con Castori va via il vice", "Fabrizio Castori", "Castori"),
        ("il tecnico Castori", "Fabrizio Castori", "Castori"),
        ("After Klopp left", "Jürgen Klopp", "Klopp"),
        ("Trainer Klopp geht", "Jürgen Klopp", "Klopp"),
        ("vuelve López", "Juan López", "López"),
        ("l'entraîneur Faé", "Emerse Faé", "Faé"),
        ("sai o técnico Amorim", "Rúben Amorim", "Amorim"),
        ("con Thiago Motta", "Thiago Silva Motta", "Thiago Motta"),
        ("com Paulo Sousa", "Paulo Manuel Carvalho de Sousa", "Paulo Sousa"),
        ("con Pep Guardiola oggi", "Pep Guardiola Sala", "Pep Guardiola"),
    ],
)
def test_m08_added_names_are_cut(text: str, claimed: str, person: str) -> None:
    """A given name that the text does not print is cut off, where none speaks against it."""
    assert source(text).person(claimed) == person


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("il tecnico saluta, lui va", "il tecnico"),
        ("Lui va via", "Lui"),
        ("Il Mister ha parlato", "Il Mister"),
        ("the Coach left; he said", "the Coach"),
        ("él no sigue", "el entrenador"),
        ("Der Trainer geht", "Der Trainer"),
        ("l'Entraîneur part", "l'Entraîneur"),
        ("O Treinador sai", "O Treinador"),
        ("Il Tecnico. X.", "X"),
        ("Via tutti", ""),
        ("Via tutti", "…"),
    ],
)
def test_m09_roles_and_pronouns_are_nobody(text: str, words: str) -> None:
    """A role, a pronoun, a letter or nothing is no person, even where the text has it."""
    assert source(text).person(words) is None


@pytest.mark.parametrize(
    ("text", "language", "person"),
    [
        ("Terzićs Nachfolger", "de", "Terzić"),
        ("Terzićs Nachfolger und Helfer", None, "Terzić"),
        ("Terzićs successor", "en", None),
        ("Terzićova", "de", None),
    ],
)
def test_german_genitive_is_a_form_of_the_name(
    text: str, language: str | None, person: str | None
) -> None:
    """A final s counts in German alone; elsewhere it makes another name."""
    assert source(text, language).person("Terzić") == person


@pytest.mark.parametrize(
    ("text", "claimed", "name"),
    [
        ("lo Spartak Mosca vince", "Spartak Mosca", "Spartak Mosca"),
        ("in serie B", "Serie B", "serie B"),
        ("ASCOLI PICENO", "Ascoli Piceno", "Ascoli Piceno"),
        ("der 1. FC Köln", "1. FC Koln", "1. FC Köln"),
        ("at Brighton & Hove Albion", "Brighton & Hove Albion", "Brighton & Hove Albion"),
        ("for Bodø/Glimt", "Bodø/Glimt", "Bodø/Glimt"),
        ("FC St. Pauli", "St. Pauli", "St. Pauli"),
        ("Paris Saint-Germain", "Paris Saint Germain", "Paris Saint-Germain"),
        ("in Serie C", "Serie B", None),
        ("a Mosca. Spartak via", "Mosca Spartak", None),
        ("l'Ascoli", "Ascoli Picchio", None),
        ("la Romania", "Roma", None),
        ("l'Ascoli", "", None),
    ],
)
def test_m10_team_is_found_by_words(text: str, claimed: str, name: str | None) -> None:
    """A team or league is its words, side by side; another digit or letter is another one."""
    assert source(text).name(claimed) == name


@pytest.mark.parametrize(
    ("text", "quote", "language", "word"),
    [
        ("Castori non è stato esonerato", "è stato esonerato", "it", "non"),
        ("non ha mai allenato il Bari", "allenato il Bari", "it", "mai"),
        ("he was not sacked", "sacked", "en", "not"),
        ("he wasn’t sacked", "sacked", "en", "wasn’t"),
        ("no seguirá", "seguirá", "es", "no"),
        ("er wird nicht entlassen", "entlassen", "de", "nicht"),
        ("il n'a jamais entraîné", "entraîné", "fr", "jamais"),
        ("não foi demitido", "foi demitido", "pt", "não"),
        ("Castori non è stato esonerato", "è stato esonerato", None, "non"),
        ("non solo ha vinto la coppa", "solo ha vinto la coppa", "it", None),
        ("finché non arriva Rossi", "arriva Rossi", "it", None),
        ("ne ha vinte tre", "ha vinte tre", "it", None),
        ("not only sacked", "only sacked", "en", None),
        ("nicht nur entlassen", "nur entlassen", "de", None),
        ("im Mai entlassen", "entlassen", "de", None),
        ("en mai il a signé", "il a signé", "fr", None),
        ("il ne dirige que le club", "dirige que le club", "fr", None),
        ("il n'est autre que Faé", "est autre que Faé", "fr", None),
        ("no Benfica desde 2024", "Benfica desde 2024", "pt", None),
        ("no contract until June", "contract until June", "en", None),
        ("se no arriva Rossi", "arriva Rossi", "it", None),
        ("no. Via Castori", "Via Castori", "es", None),
        ("è stato esonerato", "è stato esonerato", "it", None),
    ],
)
def test_m02_negation_before_a_quote(
    text: str, quote: str, language: str | None, word: str | None
) -> None:
    """A negation left out right before a quote is noticed; its look-alikes are not."""
    prepared = source(text, language)
    found = prepared.quote(quote)

    assert found is not None
    assert prepared.negated(found) == word


def test_nearest_passage_is_shown_and_no_proof() -> None:
    """A misquote is answered with the passage most like it, in whole words."""
    prepared = source(TEXT)

    assert prepared.quotes("L'Ascoli ha esonerato oggi Fabrizio Castori") == []
    near = prepared.nearest("L'Ascoli ha esonerato oggi Fabrizio Castori")
    assert near is not None
    assert "esonerato ieri Fabrizio" in near
    assert prepared.nearest("zzzz qqqq xxxx wwww") is None


@given(ODD, st.data())
def test_any_slice_grounds(text: str, data: st.DataObject) -> None:
    """Any slice of any text that cuts no word is found, at a place that equals it."""
    text = Document(text or " ").text
    start = data.draw(st.integers(0, len(text)))
    piece = text[start : data.draw(st.integers(start, len(text)))]
    end = start + len(piece)
    shown = Document(piece).visible.text
    assume(fold(shown).text.strip())
    assume(not _through_word(text, start) and not _through_word(text, end))
    found = source(text).quote(piece)

    assert found is not None
    assert text[found.start : found.end] == found.quote
    wanted = fold(shown).text.strip()
    got = fold(Document(found.quote).visible.text).text
    assert got[1:] == wanted[1:]
    assert got[0] in {wanted[0], wanted[0].swapcase()}


def _through_word(text: str, at: int) -> bool:
    """Tell whether a cut runs through a word, a letter with its marks, or three dots."""
    before = Document(text[:at]).visible.text[-1:]
    after = Document(text[at:]).visible.text[:1]
    if not before or not after:
        return False
    joined = before.isalnum() or unicodedata.combining(before) or before in "-‐‑"
    return bool(unicodedata.combining(after)) or bool(joined and after.isalnum())


@pytest.mark.parametrize("seed", range(20))
def test_planted_span_is_found_at_its_place(seed: int) -> None:
    """A quote written with other signs, spaces or Unicode form is found where it was planted."""
    chance = random.Random(seed)  # noqa: S311 - seeded, no cryptography
    words = "via però caffè Über ñandú 13 marzo ko l’ex «sì» — 2–0 ﬁrma 🏀 İzmir groß".split()
    before = " ".join(chance.choices(words, k=chance.randrange(200)))
    after = " ".join(chance.choices(words, k=chance.randrange(200)))
    hidden = f"zig{seed} {' '.join(chance.choices(words, k=6))} zag"
    if seed % 2:
        before, after = before.replace(" ", "\r\n", 9), unicodedata.normalize("NFD", after)
        hidden = hidden.replace(" ", " \u200b", 1)
    text = f"{before} {hidden} {after}"
    start = len(before) + 1
    query = hidden.replace("\u200b", "").replace(" ", "\n", 2)
    query = unicodedata.normalize("NFD", query.replace("’", "'").replace("—", "-"))
    found = source(text).quote(query)

    assert found is not None
    assert (found.start, found.end) == (start, start + len(hidden))
    assert found.quote == hidden


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\u2028", " \u00a0\t"])
def test_offsets_survive_form_and_line_ends(form: str, ending: str) -> None:
    """Offsets count the text as given, whatever its Unicode form and line ends."""
    lines = ["Città di Łódź", "L’entraîneur a été limogé", "¡Adiós!"]
    text = unicodedata.normalize(form, ending.join(lines))  # type: ignore[arg-type]
    found = source(text).quote("L'entraîneur a été limogé")

    assert found is not None
    assert text[found.start : found.end] == found.quote
    assert unicodedata.normalize("NFC", found.quote) == lines[1]


@pytest.mark.parametrize(
    "piece",
    ["a", "a ", " ", ".", "...", '"', "'", "[", "(…)", "-", "e\u0301", "\u0301", "\u200b", "A. ",
     "Castori ", "Marco, Castori ", 'A "', "de ", "ex-", "<", "1", "\r\n", "…"],
)  # fmt: skip
def test_proving_takes_linear_time(piece: str) -> None:
    """Twice the text takes no more than about twice the time, whatever it repeats."""

    def prove(text: str) -> None:
        prepared = source(text)
        for words in (piece * 3, piece.strip() * 40, "a", "Fabrizio Castori", "A … B … a a"):
            prepared.quotes(words, "Marco Castori")
            prepared.person(words)
            prepared.name(words)

    assert growth(prove, piece) < 3


def test_long_claims_take_linear_time() -> None:
    """A claim as long as a draft may be costs no more than its length."""
    prepared = source(TEXT)
    for piece in ("<", "a ", ". ", "\u0301", '"', "- ", "Castori ", "..."):
        assert growth(prepared.person, piece, 5_000) < 3
        assert growth(prepared.quotes, piece, 5_000) < 3


def test_a_megabyte_is_proved_at_once() -> None:
    """A text of a million code points is prepared and searched in a few seconds at most."""
    prepared = source(TEXT * (1_000_000 // len(TEXT)))
    started = time.process_time()

    assert prepared.person("Mario Castori") is None
    assert prepared.quote("Con lui vanno via", "Marco Castori") is not None
    assert prepared.quotes("Con lui va via") == []
    assert time.process_time() - started < 10
