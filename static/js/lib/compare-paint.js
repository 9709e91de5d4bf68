// Draws the versions of a compare view on its canvas, in the view's mode.
import { corners } from "lib/affine";
import { paintAreas } from "lib/compare-areas";
import { beyond } from "lib/compare-layout";

// Returns what was drawn where: [{pane, number, place}], `place` from the version's points to pixels.
export function paint(view) {
  const { context, canvas, bitmaps } = view;
  bitmaps.begin();
  context.imageSmoothingQuality = view.isMoving ? "low" : "high";
  context.fillStyle = view.around;
  context.fillRect(0, 0, canvas.width, canvas.height);
  const { shown, shows } = view.holding ? held(view) : MODES[view.mode](view);
  paintAreas(view, shown);
  view.loupe.paint();
  bitmaps.pump();
  told(view, shows);
  return shown;
}

// A in the place of every version.
function held(view) {
  const isApart = view.mode === "side" || view.mode === "grid";
  const panes = isApart ? view.panes : view.panes.slice(0, 1);
  return { shown: panes.map((pane) => paintIn(view, { ...pane, number: view.a })), shows: "a" };
}

const MODES = {
  side: (view) => ({ shown: view.panes.map((pane, at) => paintIn(view, pane, { role: at })), shows: "both" }),
  grid: (view) => {
    const shown = view.panes.map((pane) => paintIn(view, pane));
    for (const pane of view.panes) if (pane.number === view.a || pane.number === view.b) outline(view, pane);
    return { shown, shows: "both" };
  },
  wipe: (view) => {
    const { positions, angle } = view.wipe;
    const shown = view.panes.map((pane, at) => {
      const side = at && beyond(pane, positions[at - 1], angle);
      // Not quite all of it: then what lies under it is seen, which is A.
      if (side && view.measured.over < 1) paintIn(view, { ...pane, number: view.a }, { side });
      return paintIn(view, pane, { side, role: at, alpha: at ? view.measured.over : 1 });
    });
    return { shown, shows: "both" };
  },
  onion: (view) => {
    const alphas = [1, view.measured.mix];
    const shown = view.panes.map((pane, at) => paintIn(view, pane, { role: at, alpha: alphas[at] }));
    return { shown, shows: "both" };
  },
  difference: (view) => ({ shown: subtract(view, ...view.panes), shows: "both" }),
  heat: (view) => {
    const { context } = view;
    const shown = [paintIn(view, view.pane, { role: 0 })];
    const map = view.changes.heat(view.b);
    if (map) {
      const [a, b, c, d, e, f] = shown[0].place;
      context.save();
      context.fillStyle = "rgb(0 0 0 / .45)";
      context.fillRect(view.pane.x, view.pane.y, view.pane.width, view.pane.height);
      context.globalAlpha = view.measured.heat;
      context.transform(a / map.width, d / map.width, b / map.height, e / map.height, c, f);
      context.drawImage(map, 0, 0);
      context.restore();
    }
    return { shown, shows: "both" };
  },
  // All are drawn, the one that is seen last: the others stay decoded.
  blink: (view) => {
    const { panes, blinks } = view;
    const seen = panes[blinks % panes.length];
    for (const pane of panes) if (pane !== seen) paintIn(view, pane);
    const shows = { [view.a]: "a", [view.b]: "b" }[seen.number] ?? `v${seen.number}`;
    return { shown: [paintIn(view, seen, { role: "blink" })], shows };
  },
};

// For tests and styles; written only when it is another, or every drawing would cost a style.
function told(view, shows) {
  const pictures = view.shownNumbers.map((number) => view.pictures.get(number));
  const isDrawn = pictures.every((picture) => picture.isResident);
  const isSharp = view.bitmaps.isIdle && !view.isMoving && !pictures.some((picture) => picture.asking);
  if (view.dataset.shows !== shows) {
    view.dataset.shows = shows;
    view.controls?.showShown();
  }
  if (view.hasAttribute("data-drawn") !== isDrawn) view.toggleAttribute("data-drawn", isDrawn);
  if (view.hasAttribute("data-sharp") !== isSharp) view.toggleAttribute("data-sharp", isSharp);
  if (!isDrawn || !isSharp) return;
  view.plain?.remove(); // its pictures have come the same way, and would be kept twice
  view.chosen.foresee(Math.max(view.frame.width, view.frame.height) * view.camera.zoom);
  view.bitmaps.pump();
}

// One version in a pane, or in the part `side` of it. What was there before does not shine through
// where the picture is clear or narrower, or as much of it as `alpha` says.
export function paintIn(view, pane, { side, alpha = 1, role, camera } = {}) {
  const { context } = view;
  const number = standIn(view, pane.number, role);
  const place = view.seat({ ...pane, number }, camera);
  context.save();
  clip(context, pane, side);
  if (alpha === 1) {
    // In panes of their own nothing lies under it.
    if (role === undefined || view.isLaid) context.fillRect(pane.x, pane.y, pane.width, pane.height);
    view.pictures.get(number).draw(context, place, pane, !view.isZooming);
  } else {
    context.globalAlpha = alpha;
    context.drawImage(apart(view, pane, { number, place, around: view.around }), 0, 0);
  }
  context.restore();
  return { pane, number: pane.number, place };
}

// Until something of a version is here, what stood in its place stays: never a black frame.
function standIn(view, number, role) {
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

// A version drawn on a canvas apart: its pieces cover each other before they are mixed with what is
// on the stage.
function apart(view, pane, { number, place, around }) {
  view.apart ??= document.createElement("canvas");
  const { width, height } = view.canvas;
  if (view.apart.width !== width || view.apart.height !== height) Object.assign(view.apart, { width, height });
  const context = view.apart.getContext("2d");
  context.clearRect(0, 0, width, height);
  context.imageSmoothingQuality = view.context.imageSmoothingQuality;
  if (around) {
    context.fillStyle = around;
    context.fillRect(0, 0, width, height);
  }
  view.pictures.get(number).draw(context, place, pane, !view.isZooming);
  return view.apart;
}

// A minus B, without its sign and so many times, where both pictures are; beyond that there is nothing
// to compare.
function subtract(view, ...panes) {
  const { context, canvas } = view;
  const both = panes.map((pane, at) => {
    const number = standIn(view, pane.number, at);
    return { pane, number, place: view.seat({ ...pane, number }) };
  });
  const [a, b] = both;
  context.save();
  for (const { place, pane } of both) clip(context, pane, corners(place));
  context.fillStyle = "black";
  context.fillRect(0, 0, canvas.width, canvas.height);
  view.pictures.get(a.number).draw(context, a.place, a.pane, !view.isZooming);
  context.globalCompositeOperation = "difference";
  context.drawImage(apart(view, b.pane, b), 0, 0);
  multiply(context, view.measured.gain, canvas);
  context.restore();
  return both;
}

// Dodging divides what is there by what a grey lacks to white: by 1/gain it is times gain.
function multiply(context, gain, { width, height }) {
  const grey = Math.round(255 * (1 - 1 / gain));
  context.globalCompositeOperation = "color-dodge";
  context.fillStyle = `rgb(${grey} ${grey} ${grey})`;
  if (grey) context.fillRect(0, 0, width, height);
}

// Whether this browser subtracts and multiplies as it should; tried once, on two points.
let differs = null;
export function canDiffer() {
  if (differs !== null) return differs;
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.fillStyle = "rgb(200 100 50)";
  context.fillRect(0, 0, 2, 2);
  context.globalCompositeOperation = "difference";
  context.fillStyle = "rgb(190 130 50)";
  context.fillRect(0, 0, 2, 2);
  multiply(context, 4, canvas);
  const found = context.getImageData(0, 0, 1, 1).data;
  differs = [40, 120, 0].every((expected, at) => Math.abs(found[at] - expected) <= 3);
  return differs;
}

// A and B among the others.
function outline({ context, ratio }, { x, y, width, height }) {
  context.strokeStyle = "white";
  context.lineWidth = 2 * ratio;
  context.strokeRect(x + ratio, y + ratio, width - 2 * ratio, height - 2 * ratio);
}

function clip(context, pane, side) {
  context.beginPath();
  context.rect(pane.x, pane.y, pane.width, pane.height);
  context.clip();
  if (!side) return;
  context.beginPath();
  for (const { x, y } of side) context.lineTo(x, y);
  context.closePath();
  context.clip();
}
