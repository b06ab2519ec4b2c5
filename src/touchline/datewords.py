"""Words for dates in Italian, English, Spanish, German, French and Portuguese: tables, no logic.

A text can mix languages, so a phrase is tried against all six. Words stand here as they are
printed; `touchline.phrases` drops case and accents before it compares, so `mañana` also stands for
`manana`. A word that is also an ordinary word of one of the six languages is kept apart from the
safe ones, with what it needs beside it to count.

A table maps a value to its words, or is the words alone; `|` stands between two words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "AGO",
    "AGO_IN_FRONT",
    "COUNTED",
    "DAY_PARTS",
    "DECADES",
    "FIRST",
    "LAST",
    "LAST_MONTH",
    "LAST_WEEK",
    "LAST_YEAR",
    "MIDNIGHT",
    "MONTHS",
    "MONTHS_BY_NUMBER",
    "MONTHS_LOWERCASE",
    "NARRATED",
    "NEIGHBOUR_YEARS",
    "NEW_YEAR",
    "NEXT",
    "NOT_TOMORROW",
    "NUMBERS",
    "PAST_SEASONS",
    "PERIOD_HINTS",
    "RELATIVE_DAYS",
    "TENS",
    "THIS_MONTH",
    "THIS_YEAR",
    "UNTIL",
    "VAGUE_PAST",
    "WEEKDAYS",
    "WEEKDAYS_BY_NUMBER",
    "YEAR_UNITS",
]

# Months of the languages that write them in lower case (it, es, fr, pt). With a capital inside a
# phrase, and no number beside it, such a word is a surname (Marzo, Abril, Janvier).
MONTHS_LOWERCASE: Final[Mapping[int, str]] = {
    1: "gennaio|enero|janvier|janeiro",
    2: "febbraio|febrero|février|fevereiro",
    3: "marzo|mars|março",
    4: "aprile|abril|avril",
    5: "maggio|mayo|maio",
    6: "giugno|junio|juin|junho",
    7: "luglio|julio|juillet|julho",
    8: "agosto|août",
    9: "settembre|septiembre|setiembre|septembre|setembro",
    10: "ottobre|octubre|octobre|outubro",
    11: "novembre|noviembre|novembro",
    12: "dicembre|diciembre|décembre|dezembro",
}

# Months of the languages that write them with a capital (en, de).
MONTHS: Final[Mapping[int, str]] = {
    1: "january|januar|jänner",
    2: "february|februar|feber",
    3: "märz|maerz",
    4: "april",
    6: "june|juni",
    7: "july|juli",
    8: "august",
    9: "september",
    10: "october|oktober",
    11: "november",
    12: "december|dezember",
}

# Ordinary words (English march and may, Italian mai) and abbreviations (ago, dez, mag): months
# only beside the number of a day or of a year. March, May and Mai also count with a capital.
# Left out: set and out, which stand behind numbers in any report (3 set a 1, 13 out of 20).
MONTHS_BY_NUMBER: Final[Mapping[int, str]] = {
    1: "gen|jan|ene|janv",
    2: "feb|febb|févr|fév|fev",
    3: "march|mar|mrz",
    4: "apr|abr|avr",
    5: "may|mai|mag",
    6: "giu|jun",
    7: "lug|jul|juil",
    8: "ago|aug",
    9: "sett|sep|sept",
    10: "ott|oct|okt",
    11: "nov",
    12: "dic|dec|dez|déc",
}

# Weekdays, Monday 0. Names that are nothing else.
WEEKDAYS: Final[Mapping[int, str]] = {
    0: "lunedì|monday|lunes|montag|lundi",
    1: "martedì|tuesday|martes|dienstag|mardi",
    2: "mercoledì|wednesday|miércoles|mittwoch|mercredi",
    3: "giovedì|thursday|jueves|donnerstag|jeudi",
    4: "venerdì|friday|viernes|freitag|vendredi",
    5: "sabato|saturday|sábado|samstag|sonnabend|samedi",
    6: "domenica|sunday|domingo|sonntag|dimanche",
}

# Weekdays only in front of a day's number, or (Portuguese) of `-feira`: abbreviations, and the
# Portuguese short forms, which are the ordinals second to sixth. Left out: those that are words of
# their own beside a number (di, do, so, mi, seg, ter, qui, sex) or also a month (mar).
WEEKDAYS_BY_NUMBER: Final[Mapping[int, str]] = {
    0: "segunda|lun|mon",
    1: "terça|tue|tues",
    2: "quarta|mer|wed|mié",
    3: "quinta|gio|thu|thur|thurs|jue|jeu",
    4: "sexta|ven|fri|vie",
    5: "sab|sat|sáb|sam",
    6: "dom|sun|dim",
}

# What German glues to a weekday (Montagabend).
DAY_PARTS: Final = "nachmittag|vormittag|mittag|abend|morgen|nacht|früh"

# Words for a day as seen from the day of publication, by their offset in days. Where one contains
# another (pasado mañana, mañana), the longer counts.
RELATIVE_DAYS: Final[Mapping[int, str]] = {
    -2: (
        "l'altro ieri|altro ieri|ieri l'altro|altroieri|avantieri|the day before yesterday"
        "|day before yesterday|anteayer|antes de ayer|antier|anteanoche|vorgestern|avant-hier"
        "|anteontem|antes de ontem"
    ),
    -1: "last night|anoche|ieri|yesterday|ayer|gestern|hier|ontem",
    0: (
        "stamattina|stamane|stamani|stasera|questa mattina|questo pomeriggio|questa sera"
        "|this morning|this afternoon|this evening|tonight|esta mañana|esta tarde|esta noche"
        "|diesen morgen|ce matin|cet après-midi|ce soir|esta manhã|esta noite|oggi|today|hoy"
        "|heute|aujourd'hui|hoje"
    ),
    1: "domattina|domani|tomorrow|mañana|morgen|demain|amanhã",
    2: (
        "domani l'altro|dopo domani|dopodomani|posdomani|the day after tomorrow"
        "|day after tomorrow|pasado mañana|übermorgen|uebermorgen|après-demain|depois de amanhã"
    ),
}

# The words before `mañana` and `morgen` that make them the morning. A weekday does it, too.
NOT_TOMORROW: Final[Mapping[str, str]] = {
    "mañana": "la|una|cada|esa|aquella|misma|media|primera",
    "morgen": "am|heute|gestern|vorgestern|jeden|der|den|dem|des|eines|guten|früher|früh|späten"
    "|frühen|nächsten|selben",
}

# Words that tie a date to another moment of the story, or to habit, or to no day at all.
NARRATED: Final = (
    "dopo|prima|successivo|successiva|successivi|seguente|precedente"
    "|vigilia|indomani|entro|ancora|ogni|tutti|tutte|settimana|giorno"
    "|giorni|mesi|fa|tardi|giorno d'oggi|oggigiorno"
    "|after|before|later|earlier|following|previous|prior|eve|within"
    "|by|still|every|week|weeks|day|days|months|ago|nowadays"
    "|después|antes|siguiente|anterior|víspera|tras|previo|todavía|aún"
    "|cada|todos|semana|semanas|días|meses|hace|hoy en día"
    "|nach|vor|später|zuvor|danach|darauf|folgenden|vorher|vortag"
    "|vorabend|noch|jeden|woche|wochen|tag|tage|tagen|monate|binnen"
    "|monaten|heutzutage"
    "|après|avant|plus tard|suivant|suivante|précédent|précédente|veille"
    "|lendemain|surlendemain|encore|chaque|tous|semaine|semaines|jours"
    "|d'ici|mois|il y a"
    "|depois|após|seguinte|véspera|ainda|todas|dias|há|hoje em dia"
)

# Words that look from a weekday ahead or back (giovedì prossimo, last Thursday).
NEXT: Final = (
    "prossimo|prossima|next|coming|próximo|próxima|que viene|entrante"
    "|nächsten|nächster|kommenden|prochain|prochaine|que vem"
)
LAST: Final = (
    "scorso|scorsa|passato|passata|last|pasado|pasada|último|última"
    "|letzten|letzter|vergangenen|dernier|dernière|passé|passado|passada"
)

# Words before a year that make it an end still to come, mostly of a contract.
UNTIL: Final = (
    "fino a|fino al|fino alla|fino all|sino a|sino al|sino alla|sino all"
    "|scadenza|scade|scadrà|scadrebbe|contratto al|rinnovo al|rinnova al"
    "|until|till|through|contract to|expires|expire|expiring|runs to"
    "|hasta|vence|vencía|vencimiento|expira|expiraba|contrato a"
    "|bis|vertragsende|laufzeit|jusqu|jusque|échéance|expirait"
    "|até|vigência|válido|termina em"
)

# Numbers in words, as far as months have days.
NUMBERS: Final[Mapping[int, str]] = {
    1: "un|uno|una|one|ein|eins|eine|einem|einen|une|um|uma",
    2: "due|two|dos|zwei|deux|dois|duas",
    3: "tre|three|tres|drei|trois|três",
    4: "quattro|four|cuatro|vier|quatre|quatro",
    5: "cinque|five|cinco|fünf|cinq",
    6: "sei|six|seis|sechs",
    7: "sette|seven|siete|sieben|sept|sete",
    8: "otto|eight|ocho|acht|huit|oito",
    9: "nove|nine|nueve|neun|neuf",
    10: "dieci|ten|diez|zehn|dix|dez",
    11: "undici|eleven|once|elf|onze",
    12: "dodici|twelve|doce|zwölf|douze|doze",
    13: "tredici|thirteen|trece|dreizehn|treize|treze",
    14: "quattordici|fourteen|catorce|vierzehn|quatorze",
    15: "quindici|fifteen|quince|fünfzehn|quinze",
    16: "sedici|sixteen|dieciséis|sechzehn|seize|dezasseis|dezesseis",
    17: "diciassette|seventeen|diecisiete|siebzehn|dezassete|dezessete",
    18: "diciotto|eighteen|dieciocho|achtzehn|dezoito",
    19: "diciannove|nineteen|diecinueve|neunzehn|dezanove|dezenove",
    21: "ventuno|ventun|veintiuno|veintiún|einundzwanzig",
    22: "ventidue|veintidós|zweiundzwanzig",
    23: "ventitré|veintitrés|dreiundzwanzig",
    24: "ventiquattro|veinticuatro|vierundzwanzig",
    25: "venticinque|veinticinco|fünfundzwanzig",
    26: "ventisei|veintiséis|sechsundzwanzig",
    27: "ventisette|veintisiete|siebenundzwanzig",
    28: "ventotto|veintiocho|achtundzwanzig",
    29: "ventinove|veintinueve|neunundzwanzig",
    31: "trentuno|trentun|einunddreißig",
}

# Tens, which can have a unit behind them (twenty-two, treinta y uno, vinte e cinco).
TENS: Final[Mapping[int, str]] = {
    20: "venti|twenty|veinte|zwanzig|vingt|vinte",
    30: "trenta|thirty|treinta|dreißig|trente|trinta",
    40: "quaranta|forty|cuarenta|vierzig|quarante|quarenta",
    50: "cinquanta|fifty|cincuenta|fünfzig|cinquante|cinquenta",
    60: "sessanta|sixty|sesenta|sechzig|soixante|sessenta",
    70: "settanta|seventy|setenta|siebzig",
    80: "ottanta|eighty|ochenta|achtzig|oitenta",
    90: "novanta|ninety|noventa|neunzig",
    100: "cento|hundred|cien|hundert|cent|cem",
}

# The first of a month.
FIRST: Final = "primo|first|primero|primer|ersten|erster|premier|primeiro"

# The units that a number of years stands before (tre anni dopo, ten years later).
YEAR_UNITS: Final = (
    "anno|anni|year|years|año|años|jahr|jahre|jahren|an|ans"
    "|année|années|ano|anos|season|seasons|stagione|stagioni|temporada"
    "|temporadas|saison|saisons|spielzeit|spielzeiten|época|épocas"
)

# The year (or season) before or after the one that is spoken of, or last or next year.
NEIGHBOUR_YEARS: Final = (
    "anno dopo|anno successivo|anno seguente|anno prima|anno precedente"
    "|anno scorso|scorso anno|anno passato|anno prossimo|prossimo anno"
    "|stagione successiva|stagione seguente|stagione scorsa|scorsa stagione"
    "|stagione precedente|prossima stagione|stagione dopo|stagione prossima"
    "|following year|next year|last year|previous year|year later|year earlier"
    "|year after|year before|following season|next season|last season"
    "|previous season|season after|season before|season later"
    "|año siguiente|año después|año más tarde|año antes|año anterior|año pasado"
    "|próximo año|año próximo|año que viene|temporada siguiente|temporada pasada"
    "|temporada anterior|próxima temporada|temporada después"
    "|folgenden jahr|folgendes jahr|nächsten jahr|nächstes jahr|kommenden jahr"
    "|jahr darauf|jahr danach|jahr später|jahr zuvor|jahr davor|letzten jahr"
    "|letztes jahr|vorigen jahr|vergangenen jahr|vorjahr|folgejahr"
    "|folgenden saison|nächsten saison|nächste saison|kommenden saison|vorsaison"
    "|letzten saison|vergangenen saison|saison darauf|saison danach"
    "|année suivante|an plus tard|an après|an avant|an auparavant|an dernier"
    "|année dernière|année précédente|année prochaine|an prochain|année passée"
    "|année d'après|année d'avant|saison suivante|saison dernière|saison passée"
    "|saison précédente|saison prochaine"
    "|ano seguinte|ano depois|ano mais tarde|ano antes|ano anterior"
    "|ano passado|próximo ano|ano que vem|época seguinte|época passada"
    "|época anterior|próxima época|temporada seguinte|temporada passada"
)

# Decades told in words (anni Novanta has the ten in TENS; these stand alone).
DECADES: Final[Mapping[int, str]] = {
    20: "twenties|zwanziger",
    30: "thirties|dreißiger",
    40: "forties|vierziger",
    50: "fifties|fünfziger",
    60: "sixties|sechziger",
    70: "seventies|siebziger",
    80: "eighties|achtziger",
    90: "nineties|neunziger",
}

# Names of 1 January.
NEW_YEAR: Final = (
    "capodanno|new year's day|año nuevo|neujahr|neujahrstag|nouvel an|jour de l'an|ano novo"
)

# Words and figures for midnight.
MIDNIGHT: Final = (
    "mezzanotte|midnight|medianoche|mitternacht|minuit|meia-noite|00:00|00.00|0:00|0h00|00h"
)

# Words behind a number that make it a count, however much it looks like a year.
COUNTED: Final = (
    "spettatori|tifosi|abbonati|persone|abitanti|posti|metri|euro"
    "|spectators|fans|supporters|people|seats|metres|meters|euros"
    "|espectadores|aficionados|socios|personas|habitantes|metros"
    "|zuschauer|zuschauern|mitglieder|einwohner|menschen|meter"
    "|spectateurs|personnes|places|habitants|mètres"
    "|adeptos|sócios|torcedores|espetadores|pessoas|lugares"
)

# --- Times told by their distance from today, as the builtin model reads them --------------

LAST_YEAR: Final = (
    "last year|the previous year|anno scorso|scorso anno|anno passato|año pasado|pasado año"
    "|ano passado|passado ano|letztes jahr|letzten jahr|vergangenen jahr|an dernier|année dernière"
)
THIS_YEAR: Final = (
    "earlier this year|at the start of the year|a inizio anno|all' inizio dell' anno"
    "|a principios de año|a principios de este año|no início do ano|no começo do ano"
    "|anfang des jahres|en début d' année|au début de l' année"
)
LAST_MONTH: Final = (
    "last month|mese scorso|scorso mese|mes pasado|pasado mes|mês passado|letzten monat"
    "|vergangenen monat|mois dernier"
)
THIS_MONTH: Final = "earlier this month|a principios de mes|no início do mês|anfang des monats"
LAST_WEEK: Final = (
    "last week|settimana scorsa|scorsa settimana|semana pasada|pasada semana|semana passada"
    "|passada semana|letzte woche|letzten woche|vergangene woche|vergangenen woche"
    "|semaine dernière|a week ago|una settimana fa|hace una semana|há uma semana"
)
# Times by their distance from today. A part of the year, by its last month.
PAST_SEASONS: Final = {
    5: "last spring|primavera scorsa|scorsa primavera|primavera pasada|pasada primavera"
    "|primavera passada|letzten frühjahr|printemps dernier",
    8: "last summer|in the summer|during the summer|estate scorsa|scorsa estate|in estate"
    "|verano pasado|pasado verano|en verano|verão passado|letzten sommer|im sommer"
    "|vergangenen sommer|été dernier|cet été",
    11: "last autumn|last fall|autunno scorso|scorso autunno|otoño pasado|pasado otoño"
    "|outono passado|letzten herbst|automne dernier",
}
# Times that tell no date, but none of today either.
VAGUE_PAST: Final = (
    "last season|the previous season|scorsa stagione|stagione scorsa|passata stagione"
    "|temporada pasada|pasada temporada|temporada passada|época passada|letzten saison"
    "|vergangenen saison|saison dernière|saison passée|years ago|anni fa|anos atrás|anni or sono"
)
AGO: Final = {
    "years": "years ago|anni fa|anos atrás|años atrás",
    "months": "months ago|mesi fa|meses atrás",
    "weeks": "weeks ago|settimane fa|semanas atrás",
    "days": "days ago|giorni fa|dias atrás|días atrás",
}
AGO_IN_FRONT: Final = {  # with the number between: "hace dos años"
    "years": ("hace|há|vor|il y a", "años|anos|jahren|ans"),
    "months": ("hace|há|vor|il y a", "meses|monaten|mois"),
    "weeks": ("hace|há|vor|il y a", "semanas|wochen|semaines"),
    "days": ("hace|há|vor|il y a", "días|dias|tagen|jours"),
}

# One of these is in each of the phrases, so that most sentences need no search.
PERIOD_HINTS: Final = frozenset(
    (
        "last previous earlier start summer week ago scorso scorsa passato passata inizio estate "
        "fa or pasado pasada principios verano hace há passado passada início começo atrás letztes "
        "letzten letzte vergangenen vergangene anfang sommer vor dernier dernière passée début "
        "été il"
    ).split()
)
