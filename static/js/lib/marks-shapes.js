// Shapes of marks, in points of their picture: 0 to 1 both ways. All functions are pure.

// The stroke without the points nearer than `tolerance` to the line between others: Ramer (1972),
// Douglas and Peucker (1973).
export function simplified(points, tolerance) {
  if (points.length < 3) return points;
  const keep = new Set([0, points.length - 1]);
  const spans = [[0, points.length - 1]];
  while (spans.length) {
    const [first, last] = spans.pop();
    let [far, at] = [0, 0];
    for (let between = first + 1; between < last; between++) {
      const away = distance(points[between], points[first], points[last]);
      if (away > far) [far, at] = [away, between];
    }
    if (far <= tolerance) continue;
    keep.add(at);
    spans.push([first, at], [at, last]);
  }
  return points.filter((_, at) => keep.has(at));
}

// How far a point is from the line between two others, or from its nearer end.
export function distance([x, y], [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

export function inside([x, y]) {
  return x >= 0 && x <= 1 && y >= 0 && y <= 1;
}

export function held([x, y]) {
  return [Math.min(1, Math.max(0, x)), Math.min(1, Math.max(0, y))];
}

export function bounds(points) {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y };
}

// What to fly to: a shape, or what is round it where it is small.
export function roomFor(points) {
  const { x, y, w, h } = bounds(points);
  const [wide, high] = [Math.max(w, 0.12), Math.max(h, 0.12)];
  return { x: x + w / 2 - wide / 2, y: y + h / 2 - high / 2, w: wide, h: high };
}

// The outline that is drawn: the corners of a box from two opposite ones, all else as it is.
export function outline(shape, points) {
  if (shape !== "box" || points.length !== 2) return points;
  const [[ax, ay], [bx, by]] = points;
  return [[ax, ay], [bx, ay], [bx, by], [ax, by]];
}
