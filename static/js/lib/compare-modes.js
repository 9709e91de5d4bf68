// The modes that lay versions over each other, as `compare-paint` paints them.
import { corners } from "lib/affine";
import { beyond, dividersFor, sideOf } from "lib/compare-dividers";
import { MODES, paintIn, standIn } from "lib/compare-paint";

const two = (view) => view.numbers.slice(0, 2);
const seenB = (view) => view.b;

Object.assign(MODES, {
  wipe: {
    laid: true,
    numbers: (view) => view.numbers.slice(0, dividersFor(view.numbers.length) + 1),
    seen: (view, point) => view.panes[sideOf(view.pane, point, view.wipe)].number,
    paint: (view) => {
      const { positions, angle } = view.wipe;
      const shown = view.panes.map((pane, at) => {
        if (!at) return paintIn(view, pane, { role: at });
        return within(view.context, [beyond(pane, positions[at - 1], angle)], () => {
          const { over } = view.measured;
          // Not quite all of it: then what lies under it is seen, which is A.
          if (over < 1) paintIn(view, { ...pane, number: view.a });
          return mixIn(view, pane, at, over);
        });
      });
      return { shown, shows: "both" };
    },
  },
  onion: {
    laid: true,
    numbers: two,
    seen: seenB,
    paint: (view) => {
      const alphas = [1, view.measured.mix];
      return { shown: view.panes.map((pane, at) => mixIn(view, pane, at, alphas[at])), shows: "both" };
    },
  },
  difference: {
    laid: true,
    numbers: two,
    seen: seenB,
    paint: (view) => ({ shown: subtract(view, ...view.panes), shows: "both" }),
  },
  heat: {
    laid: true,
    numbers: (view) => [view.a],
    seen: (view) => view.a,
    paint: (view) => {
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
  },
  // All are drawn, the one that is seen last: the others stay decoded.
  blink: {
    laid: true,
    numbers: (view) => view.numbers,
    seen: (view) => blinking(view).number,
    paint: (view) => {
      const seen = blinking(view);
      for (const pane of view.panes) if (pane !== seen) paintIn(view, pane);
      const shows = { [view.a]: "a", [view.b]: "b" }[seen.number] ?? `v${seen.number}`;
      return { shown: [paintIn(view, seen, { role: "blink" })], shows };
    },
  },
});

function blinking({ panes, blinks }) {
  return panes[blinks % panes.length];
}

// A version over what is there, as much of it as `alpha` says.
function mixIn(view, pane, role, alpha) {
  if (alpha === 1) return paintIn(view, pane, { role });
  const { context } = view;
  const number = standIn(view, pane.number, role);
  const place = view.seat({ ...pane, number });
  context.save();
  context.globalAlpha = alpha;
  context.drawImage(apart(view, pane, { number, place, around: view.around }), 0, 0);
  context.restore();
  return { pane, number: pane.number, place };
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
  return within(context, both.map(({ place }) => corners(place)), () => {
    context.fillStyle = "black";
    context.fillRect(0, 0, canvas.width, canvas.height);
    view.pictures.get(a.number).draw(context, a.place, a.pane, !view.isZooming);
    context.globalCompositeOperation = "difference";
    context.drawImage(apart(view, b.pane, b), 0, 0);
    multiply(context, view.measured.gain, canvas);
    return both;
  });
}

// Paint where all the shapes, each its corners, lie over each other.
function within(context, shapes, act) {
  context.save();
  for (const shape of shapes) {
    context.beginPath();
    for (const { x, y } of shape) context.lineTo(x, y);
    context.closePath();
    context.clip();
  }
  const done = act();
  context.restore();
  return done;
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
