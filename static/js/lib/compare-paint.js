// Draws the versions of a compare view on its canvas, in the view's mode.
import { beyond } from "lib/compare-layout";

// Returns what was drawn where: [{pane, number, place}], `place` from the version's points to pixels.
export function paint(view) {
  const { context, canvas, bitmaps } = view;
  bitmaps.begin();
  context.fillStyle = view.around;
  context.fillRect(0, 0, canvas.width, canvas.height);
  const { shown, shows } = (view.holding && MODES.held(view)) || MODES[view.mode](view);
  bitmaps.pump();
  told(view, shows);
  return shown;
}

const MODES = {
  // A in the place of every version.
  held: (view) => {
    const panes = view.mode === "side" || view.mode === "grid" ? view.panes : view.panes.slice(0, 1);
    return { shown: panes.map((pane) => paintIn(view, { ...pane, number: view.a })), shows: "a" };
  },
  side: (view) => ({ shown: view.panes.map((pane) => paintIn(view, pane)), shows: "both" }),
  grid: (view) => MODES.side(view),
  wipe: (view) => {
    const { positions, angle } = view.wipe;
    const side = (pane, at) => at && beyond(pane, positions[at - 1], angle);
    return { shown: view.panes.map((pane, at) => paintIn(view, pane, side(pane, at))), shows: "both" };
  },
  onion: (view) => MODES.side(view),
  difference: (view) => MODES.side(view),
  heat: (view) => MODES.side(view),
  // All are drawn, the one that is seen last: the others stay decoded.
  blink: (view) => {
    const { panes, blinks } = view;
    const seen = panes[blinks % panes.length];
    for (const pane of panes) if (pane !== seen) paintIn(view, pane);
    return { shown: [paintIn(view, seen)], shows: { [view.a]: "a", [view.b]: "b" }[seen.number] ?? "other" };
  },
};

// For tests and styles; written only when it is another, or every drawing would cost a style.
function told(view, shows) {
  const pictures = view.numbers.map((number) => view.pictures.get(number));
  const isDrawn = pictures.every((picture) => picture.isResident);
  const isSharp = view.bitmaps.isIdle && !pictures.some((picture) => picture.asking);
  if (view.dataset.shows !== shows) view.dataset.shows = shows;
  if (view.hasAttribute("data-drawn") !== isDrawn) view.toggleAttribute("data-drawn", isDrawn);
  if (view.hasAttribute("data-sharp") !== isSharp) view.toggleAttribute("data-sharp", isSharp);
}

// One version in a pane, or in the part `side` of it. What was there before does not shine through
// where the picture is clear or narrower.
function paintIn(view, pane, side) {
  const { context } = view;
  const place = view.seat(pane);
  context.save();
  clip(context, pane, side);
  context.fillRect(pane.x, pane.y, pane.width, pane.height);
  view.pictures.get(pane.number).draw(context, place, pane);
  context.restore();
  return { pane, number: pane.number, place };
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
