"""Prose to measure with: made sentences whose words are as unequal as real ones, and rewriting.

Words follow Zipf's law (1935), so that they pack no better than a novel does.
"""

from itertools import accumulate
from random import Random

LETTERS = "etaoinshrdlucmfwypvbgk"
SIGNS = 2500


class Prose:
    """Sentences of one language."""

    def __init__(self, chinese: bool, seed: int) -> None:
        self.chance = Random(seed)
        self.chinese = chinese
        if chinese:
            self.words = [chr(0x4E00 + n) for n in self.chance.sample(range(8000), SIGNS)]
        else:
            self.words = [
                "".join(self.chance.choices(LETTERS, k=1 + min(2 + n // 300, 9)))
                for n in range(4000)
            ]
        self.weights = list(accumulate(1 / (rank + 8) for rank in range(len(self.words))))

    def some(self, number: int) -> list[str]:
        """So many words, or characters."""
        return self.chance.choices(self.words, cum_weights=self.weights, k=number)

    def sentence(self) -> str:
        """One sentence; every fourth ends a paragraph."""
        size = self.chance.randint(6, 34)
        joined = ("" if self.chinese else " ").join(self.some(size))
        end = "。" if self.chinese else ". "
        return joined + (end.strip() + "\n" if self.chance.random() < 0.25 else end)

    def sentences(self, words: int) -> list[str]:
        """About so many words, or characters."""
        return [self.sentence() for _ in range(words // 20)]

    def rewritten(self, sentences: list[str], share: float) -> list[str]:
        """That share of the sentences changed: half in a word or two, half anew."""
        changed = []
        for sentence in sentences:
            if self.chance.random() >= share:
                changed.append(sentence)
            elif self.chance.random() < 0.5:
                changed.append(self.sentence())
            else:
                changed.append(self.touched(sentence))
        return changed

    def touched(self, sentence: str) -> str:
        """With another word or two in it."""
        words = list(sentence) if self.chinese else sentence.split(" ")
        for _ in range(self.chance.randint(1, 2)):
            words[self.chance.randrange(max(len(words) - 1, 1))] = self.some(1)[0]
        return ("" if self.chinese else " ").join(words)

    def typed_on(self, sentences: list[str]) -> list[str]:
        """As one save later: a few sentences in one place touched, put in or taken out."""
        at = self.chance.randrange(len(sentences))
        changed = list(sentences)
        for place in range(at, min(at + self.chance.randint(1, 3), len(changed))):
            what = self.chance.random()
            if what < 0.5:
                changed[place] = self.touched(changed[place])
            elif what < 0.9:
                changed.insert(place, self.sentence())
            else:
                del changed[place : place + 1]
                break
        return changed
