"""The words that carry grammar and no story: what a hand cannot hide (Mosteller & Wallace 1964).

Personal pronouns are left out on purpose: they follow who is on stage, not who writes
(Hoover 2004). Of these lists a profile uses those that are frequent in the author's own book.
"""


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


ENGLISH = _listed(
    """a about above across after again against all almost along already also although always
    am among an and another any are around as at away be became because become been before began
    behind being below beneath beside besides between beyond both but by can cannot could did
    didn't do does doing don't done down during each either else enough even ever every few for
    from further had has have having here hence how however if in indeed instead into is isn't
    just least less like many may might moreover most much must near neither never nevertheless
    no none nor not nothing now of off often on once one only onto or other others otherwise
    ought out over own perhaps quite rather same seemed several shall should since so some
    something sometimes still such than that the then there therefore these this those though
    through throughout thus till to together too toward towards under unless until up upon very
    was wasn't were what whatever when whenever where whether which while who whoever whole whom
    whose why will with within without would yet"""
)

CHINESE = frozenset(
    "的地得着了过吗呢吧啊呀嘛么罢哩不没无未莫别非勿在从自到向往于对把被给让叫使将以用为因由与和"
    "同跟并且而或及但却然虽若如倘则即便就才方都皆也亦又再还仍只惟唯很太最更极甚些这那此其之者所"
    "何谁哪怎什几各每某一两个是有可能会要应该必须乎矣焉哉兮岂况乃故遂既已曾正起来去上下里中后前"
    "时等"
)

OF = {"en": ENGLISH, "zh": CHINESE}
