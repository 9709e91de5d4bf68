// Where the dividers of a wipe stand. All functions are pure; lengths are device pixels.
//
// Dividers are parallel, turned by `angle` radians from upright, and stand at positions from 0 to 1
// across the pane: 0 is where the first version is not seen at all. Version n is seen beyond
// divider n - 1.

const MOST = 3;

export function dividersFor(count) {
  return Math.min(Math.max(count, 2) - 1, MOST);
}

// Evenly apart.
export function spread(dividers) {
  return Array.from({ length: dividers }, (_, at) => (at + 1) / (dividers + 1));
}

// The point of a divider that is nearest to the middle of the pane; its handle stands there.
export function dividerAt(pane, position, angle) {
  const [right, down] = [Math.cos(angle), Math.sin(angle)];
  const way = (position - 0.5) * extent(pane, angle);
  return {
    x: pane.x + pane.width / 2 + right * way,
    y: pane.y + pane.height / 2 + down * way,
  };
}

// How far it is across the pane, square to the dividers.
function extent(pane, angle) {
  return pane.width * Math.abs(Math.cos(angle)) + pane.height * Math.abs(Math.sin(angle));
}

// The position of the divider that goes through a point.
export function positionOf(pane, point, angle) {
  const [x, y] = [point.x - pane.x - pane.width / 2, point.y - pane.y - pane.height / 2];
  return 0.5 + (x * Math.cos(angle) + y * Math.sin(angle)) / extent(pane, angle);
}

// Of versions in order, the place of the one that is seen at a point.
export function sideOf(pane, point, { positions, angle }) {
  const across = positionOf(pane, point, angle);
  return positions.filter((position) => position <= across).length;
}

// The corners of what lies beyond a divider, for clipping.
export function beyond(pane, position, angle) {
  const far = 4 * (pane.width + pane.height);
  const { x, y } = dividerAt(pane, position, angle);
  const along = { x: Math.sin(angle) * far, y: -Math.cos(angle) * far };
  const across = { x: Math.cos(angle) * far, y: Math.sin(angle) * far };
  return [
    { x: x + along.x, y: y + along.y },
    { x: x - along.x, y: y - along.y },
    { x: x - along.x + across.x, y: y - along.y + across.y },
    { x: x + along.x + across.x, y: y + along.y + across.y },
  ];
}

// A divider is kept between its neighbours.
export function movedTo(positions, at, to) {
  const kept = [...positions];
  kept[at] = Math.min(kept[at + 1] ?? 1, Math.max(kept[at - 1] ?? 0, to));
  return kept;
}
