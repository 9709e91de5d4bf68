// The changed areas as boxes over the versions: a white line in a dark one, so that it is read on any
// picture, and the number of the area.
import { chain, corners, SAME } from "lib/affine";

const WITHOUT = ["grid"]; // there each version has others
const NUMBERED = 12; // as many as the page lists: a picture that is all numbers shows nothing

export function paintAreas(view, shown) {
  if (!view.marks || view.holding || WITHOUT.includes(view.mode)) return;
  const { regions, matrix } = view.changes.of(view.b) ?? {};
  if (!regions?.length) return;
  const apart = view.mode === "side";
  const ofPair = shown.filter(({ number }) => number === view.a || number === view.b);
  for (const { pane, number, place } of apart ? ofPair : ofPair.slice(0, 1)) {
    // Areas are told in A's points.
    const map = number === view.a ? place : chain(matrix ?? SAME, place);
    view.context.save();
    view.context.beginPath();
    view.context.rect(pane.x, pane.y, pane.width, pane.height);
    view.context.clip();
    regions.forEach((region, at) => paintArea(view, corners(map, sized(region)), at));
    view.context.restore();
  }
}

export function sized({ x, y, w, h }) {
  return { x, y, width: w, height: h };
}

function paintArea({ context, ratio, region }, points, at) {
  const line = (style, width) => {
    context.strokeStyle = style;
    context.lineWidth = width * ratio;
    context.beginPath();
    for (const { x, y } of points) context.lineTo(x, y);
    context.closePath();
    context.stroke();
  };
  const isTold = at < NUMBERED || at === region;
  line(isTold ? "rgb(0 0 0 / .6)" : "rgb(0 0 0 / .3)", at === region ? 5 : 3);
  line(isTold ? "white" : "rgb(255 255 255 / .45)", at === region ? 2.5 : 1);
  if (!isTold) return;
  const side = 16 * ratio;
  const words = String(at + 1);
  context.font = `600 ${11 * ratio}px system-ui, sans-serif`;
  const width = Math.max(side, context.measureText(words).width + 8 * ratio);
  const { x } = points[0];
  const y = points[0].y - side >= 0 ? points[0].y - side : points[0].y;
  context.fillStyle = "white";
  context.fillRect(x, y, width, side);
  context.fillStyle = "black";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(words, x + width / 2, y + side / 2 + ratio / 2);
}
