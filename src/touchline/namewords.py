"""Words that are no part of a name, that are half of one, and that negate, in six languages.

Data only. Words about names are compared without case and accents, the others without case.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ARTICLES",
    "GENERATIONS",
    "NEGATED_UNTIL",
    "NEGATIONS",
    "NOT_NAMES",
    "NO_GIVEN_NAMES",
    "NO_NEGATIONS",
    "PARTICLES",
    "TITLES",
]

_TITLES = """
    mister mr mrs ms miss sir dame dr dott dottor dottore dottoressa prof professor professore ing
    avv sig signor signore signora don dona senor senora sr sra herr frau monsieur madame mme dom
"""
_ROLES = """
    tecnico allenatore allenatrice vice secondo collaboratore collaboratrice preparatore atletico
    portieri commissario selezionatore guida traghettatore staff club squadra societa presidente
    coach manager head assistant boss gaffer caretaker interim trainer analyst fitness goalkeeping
    entrenador entrenadora tecnica segundo preparador fisico seleccionador interino cuerpo
    cheftrainer chefcoach co ubungsleiter torwarttrainer assistenztrainer interimstrainer
    bundestrainer entraineur adjoint preparateur physique selectionneur technicien interimaire
    treinador tecnico adjunto auxiliar comandante selecionador tecnicos treinadora
"""
_ARTICLES = """
    il lo la i gli le l un uno una the a an el los las der die das dem den des ein eine einer
    les une os as o um uma
"""
# Prepositions and pronouns that can stand where a name should.
_SMALL = """
    di del della dello dei degli delle da al alla of and de du do da dos das e y et
    egli lui lei loro suo sua his her their he she they him su ella ellos er sie ihm ihn ihr sein
    elle ils son sa ele ela seu ex former
"""

TITLES = frozenset(f"{_TITLES} {_ROLES}".split())
"""Titles, forms of address, roles and epithets of office; a model copies them along with a name."""

ARTICLES = frozenset(_ARTICLES.split())
"""Articles; a few of them also open a surname (La Rosa, El Shaarawy)."""

NOT_NAMES = frozenset((*TITLES, *ARTICLES, *_SMALL.split()))
"""Words of which no name consists: titles, articles, pronouns, prepositions."""

PARTICLES = frozenset(
    """
    af al bin da dal dalla das de degli dei del della den der des di do dos du d e el la las le li
    lo los l o san sant st ten ter van vom von y zu zum zur
    """.split()
)
"""What stands between given name and surname, or opens a surname."""

GENERATIONS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("jr", "jnr", "junior"), "jr"),
        **dict.fromkeys(("sr", "snr", "senior"), "sr"),
        **{word: word for word in ("filho", "hijo", "neto", "sobrinho", "ii", "iii", "iv")},
    }
)
"""What stands behind a name to tell a son, grandson or nephew from his namesake, in one form."""

NO_GIVEN_NAMES = frozenset(
    """
    addio allora anche ancora arriva arrivano avanti basta che chi ci come con contro cosi da
    dal dalla dimesso dopo dove e ecco esonerata esonerati esonerato ex fuori grazie ieri il in
    intanto invece l la ma mentre mister nessun no non oggi ora parla parola per pero perche poi
    presentato prima quando quello questa questo resta rieccolo risoluzione saluta se senza si sia
    solo su tocca torna tra tutti ufficiale ultim via
    lunedi martedi mercoledi giovedi venerdi sabato domenica
    after also and as at before both but by even exclusive for from how if in is like meanwhile
    new now official on sacked since so then though to today until what when where while who why
    with without yesterday under
    monday tuesday wednesday thursday friday saturday sunday
    ahora asi aunque ayer cesado con contra cuando destituido desde en entre hasta hoy mas ni
    oficial para pero por porque pues segun si sin sobre tambien tras vuelve y ya
    lunes martes miercoles jueves viernes sabado domingo
    aber als am an auch auf aus bei bis damit dann doch fur gegen gestern heute in jetzt kollege
    mit nach nachfolger nun ob ohne seit so und unter vom von vor vorganger wahrend weil wenn wie
    zu zum exprofi kapitan neuer neu
    montag dienstag mittwoch donnerstag freitag samstag sonntag
    alors apres aussi avant avec chez comme contre dans depuis donc en enfin entre hier mais meme
    officiel ou pendant pour puis quand sans selon si sous sur vers
    lundi mardi mercredi jeudi vendredi samedi dimanche
    agora ainda antes apos assim com como contra demitido depois desde e em enquanto entre hoje
    mas na nas nem no nos ontem ou para pela pelo por quando que sem sob tambem
    segunda terca quarta quinta sexta
    ct dt prof fc ac as ss us
    """.split()
)
"""Words that stand capitalised before a surname, at the head of a sentence mostly."""

NEGATIONS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "": frozenset("non not never nicht não".split()),
        "it": frozenset("non mai".split()),
        "en": frozenset("not never".split()),
        "es": frozenset("no nunca jamás".split()),
        "de": frozenset("nicht nie niemals kein keine keinen".split()),
        "fr": frozenset(["jamais"]),
        "pt": frozenset("não nunca jamais".split()),
    }
)
"""Words that take back what follows them, by language; of an unknown language, the plain ones.

Left out on purpose: French `ne`, whose `pas` follows the verb (and Italian `ne`, "of it"); `no`
outside Spanish (Portuguese "in the"); `mai` outside Italian (German and French May).
"""

NO_NEGATIONS = frozenset(
    """
    solo soltanto solamente appena prima oltre meno a caso senza già tanto
    only just merely simply long until till before since surprisingly for even least
    sólo solamente obstante
    nur zuletzt erst allein weniger nachdem bevor
    só apenas somente menos
    """.split()
)
"""Words before which a negation takes nothing back: "not only", "non appena", "nicht nur"."""

NEGATED_UNTIL = ("finché", "finche", "a meno che", "fin quando", "fino a che", "per poco")
"""Italian words after which "non" is idle: "finché non arriva" is "until he comes"."""
