"""Pictures to compare, a hand on the compare page, and what is to be seen there."""

import re
from io import BytesIO

from PIL import Image as Picture
from PIL import ImageDraw

from projects.images.models import Image
from tests.images.test_ingest import add

COLOURS = [(230, 30, 30), (30, 200, 30), (40, 60, 240), (230, 200, 30)]
SIZE = (800, 336)
BLOCK = (500, 150, 540, 190)  # where each version has a block of its own colour
NEAR = 2.1  # pixels: what is drawn stands on whole ones
GREY, RED, GREEN = (110, 110, 110), (230, 30, 30), (30, 200, 30)
IN_BLOCK, OUTSIDE = (520 / 800, 170 / 336), (100 / 800, 170 / 336)
REGION = {"x": 0.625, "y": 0.446, "w": 0.05, "h": 0.12, "share": 0.006, "where": "right 右"}


def plate(number, size=SIZE, detail=False):
    """Version `number`: grey, one block of its own colour; a chessboard of pixels for `detail`."""
    drawn = Picture.new("RGB", size, (110, 110, 110))
    scale = size[0] / SIZE[0]
    box = tuple(round(side * scale) for side in BLOCK)
    ImageDraw.Draw(drawn).rectangle((*box[:2], box[2] - 1, box[3] - 1), fill=COLOURS[number - 1])
    if detail:
        board = Picture.new("L", (16, 16))
        board.putdata([255 * ((x + y) % 2) for y in range(16) for x in range(16)])
        drawn.paste(board, (size[0] // 2, size[1] // 2))
    out = BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


def image_with(versions=3, run_jobs=None, **options):
    """A picture with that many versions, their previews made when `run_jobs` is given."""
    image = Image.objects.create(title="地平线 The horizon")
    for number in range(1, versions + 1):
        add(image, plate(number, **options), f"horizon_v{number}.png")
    if run_jobs:
        run_jobs()
    return image


class Stage:
    """The compare page of one picture, with eyes and hands."""

    def __init__(self, page, image, query="", *, marks=False):
        self.page = page
        page.goto(f"/images/{image.pk}/compare/{query}")
        self.view = page.locator("compare-view")
        page.wait_for_selector("compare-view canvas")
        page.evaluate("document.querySelector('compare-view').hands()")  # as by a touch
        self.settle()
        if not marks:  # they would lie over the blocks
            self.get("view.controls.toggleMarks()")
            self.settle()

    def settle(self):
        """Wait until all that is to be seen is drawn."""
        self.page.wait_for_selector("compare-view[data-drawn]")
        self.page.evaluate(
            "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        self.page.wait_for_selector("compare-view[data-sharp]")

    def get(self, expression):
        """Something of the element, called `view`."""
        return self.page.evaluate(
            f"(() => {{ const view = document.querySelector('compare-view');"
            f" return {expression}; }})()"
        )

    def until(self, expression):
        """Wait until something of the element holds; the page's policy forbids Playwright's way."""
        for _ in range(300):
            if found := self.get(expression):
                return found
            self.page.wait_for_timeout(100)
        raise AssertionError(expression)

    @property
    def state(self):
        return tuple(self.get("[view.a, view.b, view.mode]"))

    @property
    def camera(self):
        return self.get("view.camera")

    @property
    def panes(self):
        """Both panes as [x, y, width, height] of the window."""
        return self.page.evaluate("""() => {
            const view = document.querySelector("compare-view");
            const box = view.canvas.getBoundingClientRect();
            const ratio = view.canvas.width / box.width;
            return view.panes.map(({ x, y, width, height }) =>
                [box.left + x / ratio, box.top + y / ratio, width / ratio, height / ratio]);
        }""")

    def middle(self, pane=0):
        x, y, width, height = self.panes[pane]
        return x + width / 2, y + height / 2

    def under(self, x, y):
        """The frame's point under a point of the window."""
        point = self.get(f"view.pointAt({x}, {y})")
        return point["x"], point["y"]

    def block(self, number, pane=0):
        """Where the block of a version is seen in a pane: its left, top, width and height."""
        self.settle()
        found = self.page.evaluate(
            """([colour, pane]) => {
                const view = document.querySelector("compare-view");
                const box = view.panes[pane];
                const ratio = view.canvas.width / view.canvas.getBoundingClientRect().width;
                const [x, y, w, h] = [box.x, box.y, box.width, box.height].map(Math.round);
                const { data } = view.context.getImageData(x, y, w, h);
                let [left, top, right, bottom] = [w, h, -1, -1];
                for (let at = 0; at < w * h; at++) {
                    if (colour.some((one, band) => Math.abs(one - data[4 * at + band]) > 40)) {
                        continue;
                    }
                    const [col, row] = [at % w, Math.floor(at / w)];
                    [left, right] = [Math.min(left, col), Math.max(right, col)];
                    [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
                }
                return right < 0 ? null :
                    [left, top, right + 1 - left, bottom + 1 - top].map((one) => one / ratio);
            }""",
            [COLOURS[number - 1], pane],
        )
        return found and [round(one, 1) for one in found]

    def sees(self, number, pane=0):
        return self.block(number, pane) is not None


class Fingers:
    """Touches of one or two fingers, as the browser gets them from the screen."""

    def __init__(self, page):
        self.session = page.context.new_cdp_session(page)

    def send(self, kind, points):
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    def down(self, *points):
        for count in range(1, len(points) + 1):
            self.send("touchStart", points[:count])

    def move(self, *points):
        self.send("touchMove", points)

    def up(self, *still_down):
        self.send("touchEnd", still_down)

    def tap(self, *points):
        self.down(*points)
        self.up()

    def drag(self, start, end, steps=6):
        self.down(start)
        for step in range(1, steps + 1):
            part = step / steps
            self.move(tuple(a + (b - a) * part for a, b in zip(start, end, strict=True)))
        self.up()


# --- what is seen -------------------------------------------------------------------------------
def near(one, other, within=NEAR):
    return all(abs(a - b) <= within for a, b in zip(one, other, strict=True))


def pick_of(image):
    image.refresh_from_db()
    return image.pick and image.pick.number


def colour(stage, at, pane=0):
    """What is drawn at a point of A's picture, 0 to 1, in a pane."""
    stage.settle()
    return tuple(
        stage.page.evaluate(
            """([x, y, at]) => {
                const view = document.querySelector("compare-view");
                const pane = view.panes[at];
                const [a, , c, , e, f] = view.seat({ ...pane, number: view.a });
                const { data } = view.context.getImageData(
                    Math.round(a * x + c), Math.round(e * y + f), 1, 1);
                return [...data.slice(0, 3)];
            }""",
            [*at, pane],
        )
    )


def alike(one, other, within=6):
    return all(abs(a - b) <= within for a, b in zip(one, other, strict=True))


def changes(page, **given):
    """Answer for the server what changed; the answers that were asked for are counted."""
    answer = {
        "state": "ready",
        "sentence": "v2 against v1: 1 area.",
        "again": False,
        "heat": "",
        "matrix": [1, 0, 0, 0, 1, 0],
        "regions": [REGION],
        "share": 0.006,
        **given,
    }
    asked = []

    def reply(route):
        asked.append(route.request.url)
        route.fulfill(json=answer)

    page.route(re.compile(r"/compare/changes/"), reply)
    return asked
