"""How a figure is printed: what it is, what it came to, its limit, and whether it holds."""

from statistics import quantiles

WIDTH = 44


def heading(words: str) -> None:
    """The name of a group of figures."""
    print(f"\n{words}", flush=True)


def figure(name: str, value: str) -> None:
    """A figure without a limit."""
    print(f"  {name:<{WIDTH}} {value}", flush=True)


def held(name: str, value: float, most: float, said: str = "{:.2f}") -> None:
    """A figure with a limit."""
    verdict = "OK" if value <= most else "OVER"
    shown, limit = said.format(value), said.format(most)
    print(f"  {name:<{WIDTH}} {shown:<12} limit {limit:<12} {verdict}", flush=True)


def middle(values: list[float]) -> float:
    """The median."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def milliseconds(seconds: list[float]) -> str:
    """ "p50 9.81 ms, p95 11.20 ms"."""
    p95 = quantiles(seconds, n=20)[18]
    return f"p50 {1000 * middle(seconds):.2f} ms, p95 {1000 * p95:.2f} ms"
