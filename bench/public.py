"""The public page, kept and unchanged, against a bare Django view.

The same server with the same flags serves both: the yardstick (bench.bare, which says "ok") and a
studio with a page of twenty books, the hours of a year and a dozen letters, in both languages. Over
one kept connection to each, requests go out one after another in turns of twenty, asking for gzip
as browsers do; the measure is in requests per second, so one over the time of a request.
Limits: the page as it is kept at least .75 of the yardstick, word that it has not changed (304) at
least .65; ten times the rows must change nothing.
"""

import os
import re
import sys
from pathlib import Path

from bench.report import figure, heading, held, middle, milliseconds
from bench.studio import bare, studio
from bench.wire import Line

TURNS, IN_A_TURN, WARM = 30, 20, 4
LEAST_KEPT, LEAST_UNCHANGED, MOST_OF_ITSELF = 0.75, 0.65, 1.1
PATH = "/progress/"
BOOKS = 20  # the same page in both studios; what differs is how much lies behind it


def run(home: Path) -> None:
    heading("The public page")
    once, ten = studio(home, "public_once", 1), studio(home, "public_ten", 10)
    for made in (once, ten):
        figure("published", made.python("-m", "bench.public").strip())
    with bare(home) as floor, once.served() as small, ten.served() as large:
        lines = [floor.line(), small.line(), small.line(), large.line()]
        asked = [("/", ""), (PATH, ""), (PATH, tag_of(small.line())), (PATH, "")]
        plain, kept, unchanged, tenfold = in_turns(lines, asked)
    figure("a bare Django view", milliseconds(plain))
    figure("the page, kept", milliseconds(kept))
    figure("the page, unchanged (304)", milliseconds(unchanged))
    floor_rate = 1 / middle(plain)
    least("kept / bare, requests per second", 1 / middle(kept) / floor_rate, LEAST_KEPT)
    rate = 1 / middle(unchanged) / floor_rate
    least("unchanged / bare, requests per second", rate, LEAST_UNCHANGED)
    held(
        "the page at ten times the rows / the page", middle(tenfold) / middle(kept), MOST_OF_ITSELF
    )


def least(name: str, value: float, limit: float) -> None:
    """A figure that must not be less than its limit."""
    verdict = "OK" if value >= limit else "UNDER"
    figure(name, f"{value:<12.2f} limit {limit:<12.2f} {verdict}")


def request(line: Line, path: str, tag: str = "") -> bytes:
    """A GET as a browser sends it."""
    known = f"If-None-Match: {tag}\r\n" if tag else ""
    return f"GET {path} HTTP/1.1\r\n{line.head}Accept-Encoding: gzip, br\r\n{known}\r\n".encode()


def tag_of(line: Line) -> str:
    """The ETag of the page, off the wire."""
    from http.client import HTTPConnection

    connection = HTTPConnection("127.0.0.1", line.port)
    connection.request("GET", PATH, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.headers["ETag"]


def in_turns(lines: list[Line], asked: list[tuple[str, str]]) -> list[list[float]]:
    """Ask each line its own question, turn by turn; seconds for each."""
    taken: list[list[float]] = [[] for _ in lines]
    for turn in range(TURNS):
        for step in range(len(lines)):
            at = (turn + step) % len(lines)
            line, (path, tag) = lines[at], asked[at]
            head = request(line, path, tag)
            for number in range(WARM + IN_A_TURN):
                seconds, status, _ = line.send(head)
                if status != (304 if tag else 200):
                    raise RuntimeError(f"{path} on port {line.port} answered {status}")
                if number >= WARM:
                    taken[at].append(seconds)
    for line in lines:
        line.close()
    return taken


def publish() -> str:
    """Everything but pictures: the rows of a bench have no files behind them."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
    django.setup()
    from studio.public.models import Letter, Piece
    from studio.public.offers import Counter

    for name, options in (
        ("front", {"line": "Novels and films.", "other_line": "小说与影片。", "image": 0}),
        ("making", {"picture": False}),
        ("concepts", {"names": True}),
        ("hours", {"grain": "day", "year": True}),
    ):
        Piece.objects.create(name=name, options=options)
    offers = [offer for offer in Counter().offers if not re.match("film|frame", offer.name)]
    books = [offer for offer in offers if offer.kind == "book"]
    offers = [offer for offer in offers if offer not in books[BOOKS:]]
    for offer in offers:
        offer.piece.publish(offer.facts or {})
    for number in range(12):
        text = "The lattice would not hold still.\n\n" * 8
        Letter.objects.create(title=f"Letter {number}", body=text).publish()
    return f"{len(offers)} pieces, 12 letters"


if __name__ == "__main__":
    sys.stdout.write(publish())
