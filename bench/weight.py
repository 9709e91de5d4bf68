"""What a first visit to Today sends, in a real Chromium from a real `serve`, with a cold cache.

Counted is what the network carried: each file as compressed as the server sends it, heads
included. Fonts and pictures stand apart (docs: they are not part of the weight). Limit: 120 kB,
and not one request to anybody else.
"""

from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.report import figure, heading, held
from bench.studio import Server, studio
from tests.conftest import FLAGS, find_chromium

MOST = 120.0  # kB
APART = {"Font": "fonts", "Image": "pictures"}


def run(home: Path) -> None:
    heading("First load of Today")
    if (chromium := find_chromium()) is None:
        figure("not measured", "Chromium is not installed")
        return
    with studio(home, "weight", 1).served() as server:
        answers = first_load(server, chromium)
        own = f"http://127.0.0.1:{server.port}/"
    sent = [(kind, size) for kind, size, _ in answers]
    kinds = {kind: sum(n for where, n in sent if where == kind) / 1000 for kind, _ in sent}
    counted = {kind: size for kind, size in kinds.items() if kind not in APART}
    for kind, size in sorted(counted.items(), key=lambda each: -each[1]):
        number = Counter(where for where, _ in sent)[kind]
        figure(f"{kind.lower()}, {number} file{'s' * (number > 1)}", f"{size:.1f} kB")
    for kind, name in APART.items():
        if kind in kinds:
            figure(f"{name}, not counted", f"{kinds[kind]:.1f} kB")
    if any(url.endswith("/static/css/tokens.css") for _, _, url in answers):
        figure("attention", "the static files are not collected, so nothing is compressed")
    held("all together, kB", sum(counted.values()), MOST, "{:.1f}")
    asked = [url for *_, url in answers if urlsplit(url).scheme in {"http", "https"}]
    held("requests to others", sum(not url.startswith(own) for url in asked), 0, "{:.0f}")


def first_load(server: Server, chromium: str) -> list[tuple[str, int, str]]:
    """(kind, bytes on the wire, address) of each answer."""
    from playwright.sync_api import sync_playwright

    begun: dict[str, dict[str, Any]] = {}
    lengths: dict[str, int] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        name, _, value = server.cookie.partition("=")
        address = f"http://127.0.0.1:{server.port}/"
        context.add_cookies([{"name": name, "value": value, "url": address}])
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.responseReceived", lambda said: begun.update({said["requestId"]: said}))
        wire.on(
            "Network.loadingFinished",
            lambda said: lengths.update({said["requestId"]: said["encodedDataLength"]}),
        )
        page.goto(address, wait_until="networkidle")
        browser.close()
    return [
        (begun[key]["type"], int(length), begun[key]["response"]["url"])
        for key, length in lengths.items()
        if key in begun
    ]
