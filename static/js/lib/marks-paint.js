// Draws marks on the stage: on their own version, and dashed where they were found on others. White
// lines in a dark halo read on any picture; the numbered drop is the seal's red, as in the list.

const RED = "#c53320";
const GREY = "#4d4d4d";
const FONT = "600 12px system-ui, sans-serif";

// `panes` as compare-paint tells them; `seen(number, point)` says whether that version is what one
// sees at a point of the stage. Returns where the numbers stand: [{id, x, y, radius}].
export function paintMarks(context, ratio, panes, marks, seen) {
  const spots = [];
  for (const pane of panes) {
    context.save();
    context.beginPath();
    context.rect(pane.box.x, pane.box.y, pane.box.width, pane.box.height);
    context.clip();
    for (const mark of marks) {
      const own = mark.version === pane.number;
      const found = own ? { points: mark.points, verdict: "own" } : mark.on[pane.number];
      if (!found) continue;
      const points = found.points.map((point) => at(pane, point));
      const shape = { ...mark, own, verdict: found.verdict, points };
      drawn(context, ratio, shape, (point) => seen(pane.number, point));
      const spot = numbered(context, ratio, shape, pane.box, (point) => seen(pane.number, point));
      if (spot) spots.push({ id: mark.id, ...spot });
    }
    context.restore();
  }
  return spots;
}

function at(pane, [x, y]) {
  const point = pane.toPane({ x, y });
  return [point.x, point.y];
}

function drawn(context, ratio, { shape, points, own, done }, seen) {
  if (shape === "pin") return;
  const closed = shape === "box";
  context.globalAlpha = done ? 0.5 : 1;
  context.lineJoin = context.lineCap = "round";
  context.setLineDash(own ? [] : [6 * ratio, 4 * ratio]);
  const path = visible(closed ? [...points, points[0]] : points, 8 * ratio, seen);
  for (const [width, colour] of [[3.5, "rgba(0,0,0,.65)"], [1.5, "#fff"]]) {
    context.lineWidth = width * ratio;
    context.strokeStyle = colour;
    context.stroke(path);
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

// The line in pieces no longer than `step`, without those that another version covers.
function visible(points, step, seen) {
  const path = new Path2D();
  let isDown = false;
  points.slice(1).forEach(([x, y], before) => {
    const [px, py] = points[before];
    const parts = Math.min(400, Math.max(1, Math.ceil(Math.hypot(x - px, y - py) / step)));
    const along = (part) => [px + ((x - px) * part) / parts, py + ((y - py) * part) / parts];
    for (let part = 0; part < parts; part++) {
      const [mx, my] = along(part + 0.5);
      const shows = seen({ x: mx, y: my });
      if (shows && !isDown) path.moveTo(...along(part));
      if (shows) path.lineTo(...along(part + 1));
      isDown = shows;
    }
  });
  return path;
}

// A drop whose point stands on the place: the place itself, a box's corner, the start of a stroke.
// Under the edge of the pane it hangs from its place.
function numbered(context, ratio, { points, number, own, done, verdict, kind }, box, seen) {
  const [tipX, tipY] = points[0];
  if (!seen({ x: tipX, y: tipY })) return null;
  const radius = 11 * ratio;
  const hangs = tipY - 2 * radius < box.y ? -1 : 1;
  const leans = tipX + 2 * radius > box.x + box.width ? -1 : 1;
  const [x, y] = [tipX + leans * radius * 0.85, tipY - hangs * radius * 0.85];
  context.globalAlpha = own ? 1 : 0.9;
  context.beginPath();
  context.moveTo(tipX, tipY);
  context.lineTo(x - leans * radius, y);
  context.arc(x, y, radius, leans > 0 ? Math.PI : 0, (hangs * Math.PI) / 2, leans * hangs < 0);
  context.closePath();
  context.fillStyle = done ? GREY : own ? RED : "rgba(20,20,20,.85)";
  context.fill();
  context.setLineDash(own ? [] : [3 * ratio, 2 * ratio]);
  context.lineWidth = 2 * ratio;
  context.strokeStyle = !own && verdict === "changed" && kind === "keep" ? "#f37b5b" : "#fff";
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = "#fff";
  context.font = FONT.replace("12", String(12 * ratio));
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(String(number), x, y + ratio);
  context.globalAlpha = 1;
  return { x, y, radius, tip: { x: tipX, y: tipY } };
}

// What is being drawn just now.
export function paintDraft(context, ratio, pane, shape, points) {
  const line = points.map((point) => at(pane, point));
  if (shape === "pin" && line.length) {
    context.beginPath();
    context.arc(...line[0], 6 * ratio, 0, 2 * Math.PI);
    context.fillStyle = RED;
    context.fill();
    context.lineWidth = 2 * ratio;
    context.strokeStyle = "#fff";
    context.stroke();
  } else drawn(context, ratio, { shape, points: line, own: true }, () => true);
}
