"""Prose whose hand is known: drawn word by word, always the same for the same seed."""

import random


def listed(words: str) -> list[str]:
    return words.split()


SOME = {
    "en": listed("the of and to in a that was on at by with for from but as had were which there"),
    "zh": list("的了在不是一这那着就也都从到把被而却之所"),
}
STORY = {
    "en": listed("lattice stone tide beacon winter count survey node light archive salt"),
    "zh": list("晶格石潮灯冬数测点光档"),
}
MARKS = {"en": (". ", ", "), "zh": ("。", "，")}


def prose(language: str = "en", seed: int = 1, words: int = 4000, hand: int = 0) -> str:
    """`words` words in sentences of 5 to 25, four to a paragraph; another `hand` weighs the
    function words in another way."""
    weights = [1 / (1 + (at * 7 + hand * 5) % len(SOME[language])) for at in range(20)]
    chance = random.Random(f"{language} {seed} {hand}")
    stop, _ = MARKS[language]
    gap = " " if language == "en" else ""
    lines, left, sentences = [], words, []
    while left > 0:
        size = min(left, chance.randint(5, 25))
        left -= size
        told = [
            chance.choices(SOME[language], weights)[0]
            if chance.random() < 0.5
            else chance.choice(STORY[language])
            for _ in range(size)
        ]
        sentences.append(gap.join(told).capitalize() + stop.strip())
        if len(sentences) == 4 or left <= 0:
            lines.append(gap.join(sentences))
            sentences = []
    return "\n".join(lines)
