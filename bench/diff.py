"""Two drafts against each other: 8,000 words or characters, 3, 12 and 50 % of them rewritten.

The yardstick cuts both texts into words and characters, with the same expression. Limits: 35 times
the yardstick, and never over 0.2 seconds. Both take turns; each figure is the median of many, in
seconds of the processor, so that what else runs here counts for neither.
"""

from collections.abc import Callable
from pathlib import Path
from time import process_time

from bench.prose import Prose
from bench.report import figure, heading, held, middle

LENGTH, ROUNDS = 8000, 15
MOST, SLOWEST = 35.0, 0.2


def run(home: Path) -> None:
    from projects.writing.effort import measure
    from projects.writing.prose_diff import compare
    from studio.lib.word_diff import TOKEN

    heading(f"The diff of two drafts of {LENGTH:,} words or characters")
    for name, chinese in (("English", False), ("Chinese", True)):
        for percent in (3, 12, 50):
            prose = Prose(chinese, percent)
            sentences = prose.sentences(LENGTH)
            old, new = "".join(sentences), "".join(prose.rewritten(sentences, percent / 100))
            pair = (old, new)
            tokens, marks, counts = in_turns(
                lambda pair=pair: [TOKEN.findall(text) for text in pair],
                lambda pair=pair: compare(*pair),
                lambda pair=pair: measure(*pair),
            )
            what = f"{name}, {percent} % rewritten"
            held(f"{what}: diff / tokenising", marks / tokens, MOST, "{:.1f}")
            held(f"{what}: seconds", marks, SLOWEST, "{:.3f}")
            figure(f"{what}: counting a save", f"{1000 * counts:.1f} ms")
    typing()


def typing() -> None:
    """What counting costs a save in a scene of a million characters."""
    from projects.writing.effort import measure
    from studio.lib.text import count

    prose = Prose(True, 1)
    sentences = prose.sentences(1_000_000)
    old, new = "".join(sentences), "".join(prose.typed_on(sentences))
    known = count(old)
    whole, save = in_turns(lambda: count(new), lambda: measure(old, new, known))
    figure("a million characters: counting them all", f"{1000 * whole:.1f} ms")
    figure("a million characters: counting a save", f"{1000 * save:.2f} ms")


def in_turns(*acts: Callable[[], object]) -> list[float]:
    """The median seconds of each."""
    taken: list[list[float]] = [[] for _ in acts]
    for _ in range(ROUNDS):
        for act, seconds in zip(acts, taken, strict=True):
            begun = process_time()
            act()
            seconds.append(process_time() - begun)
    return [middle(seconds) for seconds in taken]
