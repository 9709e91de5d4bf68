"""Four words authors use of a voice, each as something that can be counted.

They are counts of the words below, no judgement of quality: reasons (causes, conditions, numbers),
emphasis (intensifiers, exclamation marks, *stress*), spans (years and more, great distances), ideas
(abstract nouns, questions the narrator leaves open). The lists are short and can be read here.
"""

import re
from re import Pattern

from studio.lib.text import HAN


def _english(words: str) -> str:
    return rf"\b(?:{'|'.join(word.replace('_', ' ') for word in words.split())})\b"


_REASONS_EN = _english(
    "because therefore thus hence consequently accordingly thereby whereby if unless whether"
    " otherwise as_a_result in_order_to so_that due_to which_means it_follows given_that"
    " provided_that implies implied proves proved"
)
_NUMBERS_EN = _english(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred"
    " hundreds thousand thousands million millions billion billions trillion half third quarter"
    " twice thrice dozen zero"
)
_EMPHASIS_EN = _english(
    "very extremely incredibly absolutely utterly completely totally entirely really truly deeply"
    " terribly awfully horribly hugely immensely enormously intensely profoundly perfectly"
    " unbelievably impossibly amazing incredible"
)
_SPANS_EN = _english(
    "years? decades? centur(?:y|ies) millenni(?:um|a) (?:a?eons?) epochs? eras ages generations?"
    " lifetimes? eternity forever kilomet(?:re|er)s? miles? leagues? light-years? parsecs?"
)
_IDEAS_EN = (
    r"\b(?!(?:station|stations|nation|nations|witness|witnesses|business|harness|sentence|sentences"
    r"|audience|entrance|entrances|mention|ocean|kingdom|kingdoms|attention|direction|position"
    r"|section|question|questions|city|cities)\b)"
    r"[a-z]{3,}(?:ness|tion|sion|ity|ism|ance|ence|dom|hood)s?\b|"
) + _english(
    "truth truths time death life love fate soul mind memory memories meaning faith hope justice"
    " law laws power reason nature god thought thoughts idea ideas belief beliefs doubt doubts"
    " knowledge beauty mystery chaos order purpose grief sorrow"
)

_NUMERAL = "零〇一二三四五六七八九十百千万亿两"
_REASONS_ZH = (
    "因为|因此|因而|所以|之所以|于是|既然|由于|从而|以致|以至于|可见|意味着|如果|假如|假设|倘若|倘或|若是"
    "|除非|只要|否则|不然|即使|无论|不论|是否|推论|推断|证明|原因|缘故"
)
_NUMBERS_ZH = rf"(?!千万|万一|一一)(?:[{_NUMERAL}]{{2,}}|第[{_NUMERAL}]|[{_NUMERAL}]分之)"
_EMPHASIS_ZH = (
    "非常|极其|极为|极度|特别|格外|无比|万分|简直|实在|真是|多么|何等|绝对|完全|彻底|无限|深深地"
    "|太(?=.{1,4}了)|十分"
)
_SPANS_ZH = (
    rf"[\d{_NUMERAL}数几多]年|世纪|纪元|时代|世代|永恒|永远|岁月|亘古|千古|光年|公里|[千万]里|秒差距"
    "|天文单位"
)
_IDEAS_ZH = (
    "意义|真理|真相|存在|命运|时间|记忆|自由|生命|死亡|灵魂|思想|理性|意志|信仰|秩序|必然|偶然|本质"
    "|虚无|孤独|文明|宇宙|逻辑|因果|意识|精神|道德|正义|希望|概念|规律|智慧|知识|可能性|缘分|天机|造化"
    rf"|(?<=[{HAN}])性(?![{HAN}])"
)
_NUMBER = r"\d+(?:[.,:]\d+)*"
# *stress* or _stress_ as Markdown writes it; a star alone is a scene break.
_STRESS = (
    r"(?<![*\w])(?:\*{1,3}(?=[^\s*])[^*\n]*?[^\s*]\*{1,3}"
    r"|_{1,2}(?=[^\s_])[^_\n]*?[^\s_]_{1,2})(?![*\w])"
)
_QUESTION = re.compile("[?？]+")

_counted: dict[str, dict[str, Pattern[str]]] = {
    "en": {
        "reasons": re.compile(f"{_REASONS_EN}|{_NUMBERS_EN}|{_NUMBER}"),
        "emphasis": re.compile(f"{_EMPHASIS_EN}|!+|{_STRESS}"),
        "spans": re.compile(_SPANS_EN),
        "ideas": re.compile(_IDEAS_EN),
    },
    "zh": {
        "reasons": re.compile(f"{_REASONS_ZH}|{_NUMBERS_ZH}|{_NUMBER}"),
        "emphasis": re.compile(f"{_EMPHASIS_ZH}|[!！]+|{_STRESS}"),
        "spans": re.compile(_SPANS_ZH),
        "ideas": re.compile(_IDEAS_ZH),
    },
}
NAMES = tuple(_counted["en"])


def counts(sentence: str, language: str, *, asked_aloud: bool) -> dict[str, int]:
    """How often each of NAMES is met in one sentence.

    A question in a sentence with words in quotation marks is asked of somebody, and is not an open
    one.
    """
    lowered = sentence.lower()
    found = {name: len(words.findall(lowered)) for name, words in _counted[language].items()}
    if not asked_aloud:
        found["ideas"] += len(_QUESTION.findall(sentence))
    return found
