// Affine maps of the plane as six numbers [a, b, c, d, e, f]:
//   x' = a x + b y + c,   y' = d x + e y + f
// All functions are pure.

export const SAME = [1, 0, 0, 0, 1, 0];

export function apply([a, b, c, d, e, f], { x, y }) {
  return { x: a * x + b * y + c, y: d * x + e * y + f };
}

// The map that does `first` and then `second`.
export function chain([a, b, c, d, e, f], [p, q, r, s, t, u]) {
  return [
    p * a + q * d,
    p * b + q * e,
    p * c + q * f + r,
    s * a + t * d,
    s * b + t * e,
    s * c + t * f + u,
  ];
}

// The map back; null when there is none, because the plane was pressed flat.
export function inverse([a, b, c, d, e, f]) {
  const whole = a * e - b * d;
  if (!(Math.abs(whole) > 1e-12)) return null;
  return [
    e / whole,
    -b / whole,
    (b * f - c * e) / whole,
    -d / whole,
    a / whole,
    (c * d - a * f) / whole,
  ];
}

// The four corners of a box under a map, in order round it.
export function corners(map, { x = 0, y = 0, width = 1, height = 1 } = {}) {
  const round = [[x, y], [x + width, y], [x + width, y + height], [x, y + height]];
  return round.map(([left, top]) => apply(map, { x: left, y: top }));
}

// The upright box round some points.
export function around(points) {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}
