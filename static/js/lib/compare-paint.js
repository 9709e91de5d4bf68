// Draws the versions of a compare view on its canvas, in the view's mode. The modes that show them side
// by side are here; the others come with `compare-modes`.
import { paintAreas } from "lib/compare-areas";

// Returns what was drawn where: [{pane, number, place}], `place` from the version's points to pixels.
export function paint(view) {
  const { context, canvas, bitmaps } = view;
  bitmaps.begin();
  context.imageSmoothingQuality = view.isMoving ? "low" : "high";
  context.fillStyle = view.around;
  context.fillRect(0, 0, canvas.width, canvas.height);
  const { shown, shows } = view.holding ? held(view) : MODES[view.mode].paint(view);
  paintAreas(view, shown);
  view.loupe?.paint();
  bitmaps.pump();
  told(view, shows);
  return shown;
}

// What a mode is: the `numbers` of the versions that it shows, how it is painted, whether they are
// `laid` over each other, and which of them is `seen` at a point.
export const MODES = {
  side: {
    numbers: (view) => view.numbers,
    paint: (view) => ({ shown: view.panes.map((pane, role) => paintIn(view, pane, { role })), shows: "both" }),
  },
  grid: {
    numbers: (view) => view.chosen.inGrid,
    paint: (view) => {
      const shown = view.panes.map((pane) => paintIn(view, pane));
      for (const pane of view.panes) if (pane.number === view.a || pane.number === view.b) outline(view, pane);
      return { shown, shows: "both" };
    },
  },
};

// A in the place of every version.
function held(view) {
  const panes = view.isLaid ? view.panes.slice(0, 1) : view.panes;
  return { shown: panes.map((pane) => paintIn(view, { ...pane, number: view.a })), shows: "a" };
}

// For tests and styles; written only when it is another, or every drawing would cost a style.
function told(view, shows) {
  const pictures = view.shownNumbers.map((number) => view.pictures.get(number));
  const isDrawn = pictures.every((picture) => picture.isResident);
  const isSharp = view.bitmaps.isIdle && !view.isMoving && !pictures.some((picture) => picture.asking);
  if (view.dataset.shows !== shows) {
    view.dataset.shows = shows;
    view.words.tags.showShown();
  }
  if (view.hasAttribute("data-drawn") !== isDrawn) view.toggleAttribute("data-drawn", isDrawn);
  if (view.hasAttribute("data-sharp") !== isSharp) view.toggleAttribute("data-sharp", isSharp);
  if (!isDrawn || !isSharp) return;
  view.plain?.remove(); // its pictures have come the same way, and would be kept twice
  view.chosen.foresee(Math.max(view.frame.width, view.frame.height) * view.camera.zoom);
  view.bitmaps.pump();
}

// One version in a pane. In panes of their own nothing lies under it; elsewhere what was there before
// does not shine through where the picture is clear or narrower.
export function paintIn(view, pane, { role, camera } = {}) {
  const { context } = view;
  const number = standIn(view, pane.number, role);
  const place = view.seat({ ...pane, number }, camera);
  context.save();
  clip(context, pane);
  if (role === undefined || view.isLaid) context.fillRect(pane.x, pane.y, pane.width, pane.height);
  view.pictures.get(number).draw(context, place, pane, !view.isZooming);
  context.restore();
  return { pane, number: pane.number, place };
}

// Until something of a version is here, what stood in its place stays: never a black frame.
export function standIn(view, number, role) {
  if (role === undefined) return number;
  const picture = view.pictures.get(number);
  const before = view.lastSeen.get(role);
  const waits = picture.names.length && !picture.isResident;
  if (waits && view.pictures.get(before)?.isResident) {
    picture.base(view.pane.width, false); // asks for it
    return before;
  }
  view.lastSeen.set(role, number);
  return number;
}

// A and B among the others.
function outline({ context, ratio }, { x, y, width, height }) {
  context.strokeStyle = "white";
  context.lineWidth = 2 * ratio;
  context.strokeRect(x + ratio, y + ratio, width - 2 * ratio, height - 2 * ratio);
}

function clip(context, pane) {
  context.beginPath();
  context.rect(pane.x, pane.y, pane.width, pane.height);
  context.clip();
}
