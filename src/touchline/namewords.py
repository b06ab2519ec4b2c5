"""Words that are no part of a name: titles, articles, pronouns and roles, in six languages.

Data only. They are compared without case and accents.
"""

from __future__ import annotations

__all__ = ["NOT_NAMES"]

# Titles and forms of address that a model may copy along with a name.
_TITLES = """
    mister mr mrs ms miss sir dame dr dott dottor dottore dottoressa prof professor professore ing
    avv sig signor signore signora don dona senor senora sr sra herr frau monsieur madame mme dom
"""
# Articles, prepositions and pronouns that can stand where a name should.
_SMALL = """
    il lo la i gli le l un uno una del della dello dei degli delle di da al alla
    the a an of and his her their he she they him
    el los las un una de y su ella ellos
    der die das dem den des ein eine einer er sie ihm ihn ihr sein
    le les une du des et lui elle ils son sa
    o os as um uma do da dos das e ele ela seu sua
    egli lui lei loro suo sua ex former
"""
# Roles and epithets of office.
_ROLES = """
    tecnico allenatore allenatrice vice secondo collaboratore collaboratrice preparatore atletico
    portieri commissario selezionatore guida traghettatore staff club squadra societa presidente
    coach manager head assistant boss gaffer caretaker interim trainer analyst fitness goalkeeping
    entrenador entrenadora tecnica segundo preparador fisico seleccionador interino cuerpo
    cheftrainer chefcoach co ubungsleiter torwarttrainer assistenztrainer interimstrainer
    bundestrainer entraineur adjoint preparateur physique selectionneur technicien interimaire
    treinador tecnico adjunto auxiliar comandante selecionador tecnicos treinadora
"""

NOT_NAMES = frozenset(f"{_TITLES} {_SMALL} {_ROLES}".split())
