"""Words of teams' names: legal forms, places in several languages, well-known short forms.

Data only. They are compared without case, accents and signs. A form that two well-known clubs could
claim ("Manchester", "Madrid", "Sheffield") stands in no table here.
"""

from __future__ import annotations

__all__ = [
    "AMBIGUOUS",
    "CONNECTORS",
    "FORMS",
    "NICKNAMES",
    "SPORTS",
    "SQUADS",
    "SUFFIXES",
    "WORDS",
]


def _first_of_each(table: str) -> dict[str, str]:
    """Every form of a table that has one group a line, with the first of its group.

    >>> _first_of_each("moskva mosca moscow")["mosca"]
    'moskva'
    """
    groups = [line.split() for line in table.strip().split("\n")]
    return {
        form.replace("_", " "): group[0].replace("_", " ") for group in groups for form in group
    }


# Legal and generic parts of a club's name, wherever they stand: "AS Roma" and "Roma" are one club.
FORMS = frozenset(
    """
    ac acd acf afc ag aj as asc asd aso balompie bc bk bsc bv ca calcio cd cf cfc club clube cp ec
    esporte fbc fc fci fk football fsv fussball futbol futebol ga gnk hnk if ifk jk kaa krc ksk kv
    mfk msv nk ofk ogc osc pfc pfk rc rcd rks rsc sad sc sco sd se sfc sk sl sp spa spvgg srl ss
    ssc ssd ssdarl ssv sv tsg tsv uc ud ue us usd usl vfb vfl vfr
    """.split()
)

# The sport before a club's name: "Pallacanestro Varese". Behind a name it is a section of its own.
SPORTS = frozenset("basket pallacanestro pallavolo volley".split())

# What makes a team of a club one of its own, besides an age group; it may stand first or last.
SQUADS = frozenset("b c ii iii women".split())

CONNECTORS = frozenset("and d da das de del della der di do dos du e et i of the und von y".split())

# Words that differ by language alone, one group a line.
WORDS = _first_of_each("""
women damen donne femeni femenina femenino feminin feminina feminines feminino femminile frauen \
 ladies wfc
united utd
st saint sankt
dynamo dinamo
republic repubblica republica republik republique
moskva mosca moscow moskau moscou moscu
athen atenas atene athenes athens
sevilla seville siviglia
lisboa lisbon lisbona lisbonne lissabon
porto oporto
beograd belgrad belgrade belgrado
praha prag praga prague
zagreb zagabria
wien vienna vienne viena
koln cologne colonia koeln
hamburg amburgo hamburger hambourg hamburgo
berlin berlino berlim
bremen brema breme
stuttgart stoccarda
nurnberg norimberga nuremberg nuernberg
mainz magonza mayence maguncia
dresden dresda dresde
salzburg salisburgo salzbourg
strasbourg strasburgo strassburg estrasburgo
antwerp antwerpen anversa anvers amberes
gent gand ghent gante
kobenhavn copenaghen copenhagen copenhague kopenhagen
warszawa varsavia warsaw varsovia varsovie warschau
thessaloniki salonicco salonica thessalonique
donetsk donezk
venezia venice venise venedig venecia veneza
munchen muenchen munich
leipzig lipsia
brugge bruges
bucuresti bucarest bucharest bukarest
kyiv kiev
marseille marsiglia marsella
lyon lione
nice nizza niza
paris parigi
barcelona barcellona barcelone
zurich zurigo
basel bale basilea
geneve geneva genf ginevra
milano mailand
roma rom rome
napoli naples neapel
torino turin
firenze florence florenz
italia italie italien italy
espana espagne espanha spagna spain spanien
francia franca france frankreich
deutschland alemanha alemania allemagne germania germany
england angleterre inglaterra inghilterra
portugal portogallo
brasil brasile brasilien brazil bresil
nederland holanda netherlands niederlande olanda
belgie belgica belgien belgio belgique belgium
schweiz suica suisse suiza svizzera switzerland
osterreich austria autriche oesterreich
danmark danimarca denmark danemark dinamarca
sverige svezia sweden suede schweden suecia
norge norvegia norway norvege norwegen noruega
suomi finlandia finland finlande finnland
russia rusia russie russland
ukraine ucraina ucrania
romania rumania roumanie rumanien romenia
serbia serbie serbien servia
slovakia slovacchia slovaquie slowakei eslovaquia
slovenia slovenie slowenien eslovenia
czechia cechia chequia tschechien tchequie
hrvatska croacia croatia croatie croazia kroatien
polska pologne poland polen polonia
turkiye turchia turkei turkey turquia turquie
greece grecia grece griechenland
magyarorszag hongrie hungary hungria ungarn ungheria
wales galles
scotland ecosse escocia schottland scozia
ireland irland irlanda irlande
iceland islanda islandia islande island
morocco marocco marruecos maroc marokko marrocos
egypt egitto egipto egypte agypten egito
tunisia tunez tunisie tunesien
algeria argelia algerie algerien
japan giappone japon japao
korea corea coree coreia
mexico messico mexique mexiko
argentina argentine argentinien
""")

# Second words of English clubs' names, which news leaves out: "Leeds" is "Leeds United"...
SUFFIXES = frozenset(
    "albion argyle city county hotspur hove rangers rovers town united wanderers".split()
)
# ... except behind these, where clubs share what stands before, or the word is the place's.
AMBIGUOUS = frozenset(
    place.replace("_", " ")
    for place in """
    bristol dundee lincoln manchester melbourne nottingham queens_park sheffield western
    kansas mexico new_york oklahoma salt_lake sporting_kansas
    """.split()
)

# One club a line, all its forms. Inter is no Internacional, Milan no Inter. A form that tells a
# club from its namesake ("sc", "1860") counts here.
NICKNAMES = _first_of_each("""
inter internazionale internazionale_milano inter_milan inter_milano
juventus juve
sampdoria samp
verona hellas_verona
atletico_madrid atleti
athletic athletic_bilbao
barcelona barca
real_betis betis
barcelona_guayaquil barcelona_sc barcelona_sporting barcelona_sporting_club
deportivo_coruna deportivo_la_coruna depor
manchester_united man_united
manchester_city man_city
tottenham spurs
wolverhampton wolves
paris_st_germain psg paris_sg
paris_fc fc_paris paris_football_club
marseille om olympique_marseille
lyon ol olympique_lyon olympique_lyonnais
bayern bayern_munchen bayern_monaco bayern_monaco_baviera
1860_munchen munchen_1860 monaco_1860 tsv_1860_munchen tsv_munchen_1860 tsv_1860
borussia_dortmund bvb dortmund
borussia_monchengladbach gladbach monchengladbach borussia_gladbach
bayer_leverkusen leverkusen
eintracht_frankfurt frankfurt
fsv_frankfurt
sporting sporting_lisboa sporting_portugal
braga sporting_braga
crvena_zvezda red_star red_star_beograd stella_rossa stella_rossa_beograd
spartak_moskva spartak
saudi_arabia arabia_saudita arabia_saudi arabie_saoudite saudi_arabien
northern_ireland ireland_nord ireland_norte nordirland
ireland republic_ireland
south_korea korea_sud korea_sur korea_sul sudkorea
czechia czech_republic republic_ceca republic_checa republic_tcheca republic_tcheque
usa estados_unidos etats_unis stati_uniti united_states vereinigte_staaten
""")
