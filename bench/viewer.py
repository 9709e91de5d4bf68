"""The compare view over two 8K versions, against OpenSeadragon over the same tiles.

Both are led along one path of 5 s (the whole, 100 %, a pan there, the whole again) in a headless
Chromium of their own, in turns, on panes of one size; both fetch the studio's packs of tiles from
the studio itself. A frame is an animation frame of the page; 60 a second are expected. The first
tile counts from the first byte of the page, ours with the whole room round it, the peer's with
nothing else on it. Memory is the peak of the renderer. Script is what is there to look by, before
anything is touched: what the peer has too. OpenSeadragon comes from npm by
bench/peers/package-lock.json and draws on canvases: its other drawer needs a graphics card.
"""

import gzip
import json
import re
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.pictures import ADD, landscapes
from bench.report import figure, heading, held, middle
from bench.studio import HERE, Server, Studio, studio

PEERS = HERE / "bench" / "peers"
SIZE = {"width": 1600, "height": 900}
SECONDS, ROUNDS = 5, 3
DERIVE = """
import django, json, time; django.setup()
from projects.images.models import Version
from projects.images.tasks import derive
from studio.store.models import Job
for blob in Version.objects.values_list("blob", flat=True):
    derive.enqueue(blob)
while Job.objects.unfinished().exists():
    time.sleep(0.2)
versions = Version.objects.order_by("number")
if versions.exclude(reading="ready").exists():
    raise SystemExit("a picture could not be read")
image = versions[0].image_id
print(json.dumps([image, [version.pk for version in versions]]))
"""
OURS = """async () => {
const view = document.querySelector("compare-view");
await view.hands();
view.controls.togglePanel();
window.target = {
  get fit() { return view.fitZoom; },
  set(x, y, zoom) {
    view.look({ cx: x * view.frame.width, cy: y * view.frame.height, zoom });
  },
};
}"""
SCRIPTS = """performance.getEntriesByType("resource").map(({ name }) => name)
  .filter((name) => name.endsWith(".js"))"""
# As the peer tells it: at the drawing, not a frame after it.
FIRST = """
new MutationObserver((_, observer) => {
  if (!document.querySelector("compare-view[data-drawn]")) return;
  window.firstTile = performance.now();
  observer.disconnect();
}).observe(document, { subtree: true, childList: true, attributeFilter: ["data-drawn"] });
"""
FROM_PAGE = "firstTile - performance.getEntriesByType('navigation')[0].responseStart"
SWITCH = """async () => {
  const view = document.querySelector("compare-view");
  await view.hands();
  const frame = () => new Promise(requestAnimationFrame);
  const sharp = async () => {
    do await frame(); while (!view.hasAttribute("data-sharp"));
  };
  view.look({ cx: view.frame.width / 2, cy: view.frame.height / 2, zoom: 1 });
  for (const number of [3, 2]) { view.choose(number); await frame(); await sharp(); }
  const counts = [];
  for (const number of [3, 2, 3, 2]) {
    await frame();
    view.choose(number);
    let frames = 0;
    do { frames += 1; await frame(); } while (!view.hasAttribute("data-sharp"));
    counts.push(frames);
  }
  return Math.max(...counts);
}"""


def run(home: Path) -> None:
    heading(f"Two versions of 8K side by side, {SIZE['width']} x {SIZE['height']}")
    peer = openseadragon()
    made = studio(home, "viewer", 0)
    made.environment["DJANGO_SETTINGS_MODULE"] = "studio.settings"
    image, versions = kept(made, landscapes(home))
    with made.served() as server:
        ours, theirs, ten = [], [], []
        server.line().ask(f"/images/{image}/compare/")  # the server wakes up
        compare = f"/images/{image}/compare/?v=1&v=2"
        two = f"/bench/?v={versions[0]}&v={versions[1]}"
        for _ in range(ROUNDS):
            ours.append(measure(server, compare))
            theirs.append(measure(server, two, peer))
            ten.append(measure(server, f"/images/{image}/compare/?v=1&v=2&mode=grid"))
        told(ours, theirs, ten)
        held("frames until a warm version is seen", switch(server, compare), 1, "{:.0f}")
        weighed(server, compare, peer)


def told(*measured: list[dict[str, float]]) -> None:
    """Each figure beside the peer's."""
    ours, theirs, ten = (
        {name: middle([each[name] for each in rounds]) for name in rounds[0]} for rounds in measured
    )
    for name, said in (("ours", ours), ("OpenSeadragon", theirs), ("ours, ten panes", ten)):
        figure(
            name,
            f"frames {said['frames']:.3f} of expected, p95 {said['p95']:.1f} ms, worst "
            f"{said['worst']:.0f} ms, first tile {said['first']:.0f} ms, {said['memory']:.0f} MB",
        )
    held("frames missed of those expected", 1 - ours["frames"], 0.02, "{:.3f}")
    held("frames missed / OpenSeadragon's", *against(1 - ours["frames"], 1 - theirs["frames"]))
    held("worst frame / OpenSeadragon's", ours["worst"] / theirs["worst"], 1)
    held("first tile / OpenSeadragon's", ours["first"] / theirs["first"], 0.8)
    held("memory / OpenSeadragon's", ours["memory"] / theirs["memory"], 0.8)
    held("memory of ten panes / of two", ten["memory"] / ours["memory"], 1.5)


def against(ours: float, theirs: float) -> tuple[float, float]:
    """A ratio and its limit; as many as the peer is enough, even where it missed none."""
    return (ours / theirs if theirs > 0 else float(ours > 0), 1.0)


# --- one measure ------------------------------------------------------------------------------
def measure(server: Server, address: str, peer: Path | None = None) -> dict[str, float]:
    """Lead a viewer along the path; its frames, first tile and memory."""
    with browser(server, peer) as (page, mark):
        if not peer:
            page.add_init_script(FIRST)
        page.goto(address)
        page.wait_for_function("window.firstTile !== undefined")
        first = page.evaluate(FROM_PAGE)
        if not peer:
            page.evaluate(OURS)
        page.wait_for_function("window.target !== undefined")
        rested(page)
        page.evaluate((PEERS / "path.js").read_text())
        frames = sorted(page.evaluate(f"bench.drive(target, {SECONDS})"))
        memory = max(map(peak, renderers(mark)))
    return {
        "first": first,
        "frames": min(1.0, len(frames) / (SECONDS * 60)),
        "p95": frames[int(len(frames) * 0.95)],
        "worst": frames[-1],
        "memory": memory / 1024,
    }


def rested(page: Any) -> None:
    """Let the page come to rest: what follows measures looking, not loading."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1000)


def switch(server: Server, address: str) -> float:
    """The most frames from choosing a version that was seen before until it is seen sharp."""
    with browser(server, None) as (page, _):
        page.goto(address)
        page.wait_for_selector("compare-view[data-drawn]")
        rested(page)
        return float(page.evaluate(SWITCH))


@contextmanager
def browser(server: Server, peer: Path | None) -> Iterator[tuple[Any, str]]:
    """A page of a Chromium of its own, signed in, and a mark on the browser's command line."""
    from playwright.sync_api import sync_playwright

    from tests.conftest import FLAGS, find_chromium

    mark = f"--throughline-bench={uuid.uuid4().hex}"
    name, _, value = server.cookie.partition("=")
    base = f"http://127.0.0.1:{server.port}"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=find_chromium(), args=[*FLAGS, "--disable-extensions", mark]
        )
        context = running.new_context(
            base_url=base, viewport=SIZE, service_workers="block", bypass_csp=True
        )
        context.add_cookies([{"name": name, "value": value, "url": base}])
        page = context.new_page()
        if peer:
            html = (PEERS / "openseadragon.html").read_text()
            page.route(
                "**/bench/?*", lambda route: route.fulfill(body=html, content_type="text/html")
            )
            page.route("**/bench/openseadragon.js", lambda route: route.fulfill(path=peer))
        yield page, mark
        running.close()


def renderers(mark: str) -> list[int]:
    """The renderers of the browser that was started with `mark`."""
    parents, lines = {}, {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            lines[int(entry.name)] = (entry / "cmdline").read_bytes().decode(errors="replace")
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(entry.name)] = int(fields[1])
    ours = {pid for pid, line in lines.items() if mark in line}
    while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return [pid for pid in ours if "--type=renderer" in lines[pid]]


def peak(pid: int) -> int:
    """The most memory a process has had, in KB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1])  # type: ignore[index]


# --- what is measured -------------------------------------------------------------------------
def kept(made: Studio, paths: list[Path]) -> tuple[int, list[int]]:
    """Put the pictures into the studio and let the workers make their tiles."""
    made.python("-c", ADD, *map(str, paths))
    with made.workers(2):
        image, versions = json.loads(made.python("-c", DERIVE))
    return image, versions


def openseadragon() -> Path:
    """The peer's script, minified as it is published."""
    folder = HERE / "build" / "peers" / "viewer"
    script = folder / "node_modules/openseadragon/build/openseadragon/openseadragon.min.js"
    if not script.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            (folder / name).write_bytes((PEERS / name).read_bytes())
        subprocess.run(["npm", "ci", "--ignore-scripts", "--silent"], cwd=folder, check=True)
    return script


def weighed(server: Server, address: str, peer: Path) -> None:
    """What both weigh, compressed. Ours is what a page has that other pages of the house have not:
    before anybody touches it, and after."""
    theirs = compressed(peer.read_bytes())
    with browser(server, None) as (page, _):
        page.goto("/images/")
        page.wait_for_load_state("networkidle")
        of_the_house = set(page.evaluate(SCRIPTS))
        page.goto(address)
        page.wait_for_selector("compare-view[data-sharp]")
        page.wait_for_timeout(2000)
        first = set(page.evaluate(SCRIPTS)) - of_the_house
        page.mouse.move(300, 300)
        page.wait_for_timeout(2000)
        all_of_it = set(page.evaluate(SCRIPTS)) - of_the_house
        sizes = {each: compressed(page.request.get(each).body()) for each in all_of_it}
    looking, working = (sum(sizes[each] for each in files) for files in (first, all_of_it))
    figure("to look", f"{looking} bytes in {len(first)} files, compressed each by itself")
    figure(
        "with all modes and marks", f"{working} bytes, {working / theirs:.3f} of OpenSeadragon's"
    )
    held("script to look / OpenSeadragon's", looking / theirs, 1 / 8, "{:.3f}")


def compressed(script: bytes) -> int:
    """Its size as gzip."""
    return len(gzip.compress(script, 9))
