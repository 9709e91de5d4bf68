// The view as an address, so that a link is a view: ?v=3&v=5&mode=wipe&cx=…&cy=…&z=…
//
// cx and cy are pixels of version A's picture; z is CSS pixels per such pixel, which means the same
// on every screen. wipe is where the divider stands, 0 to 1; turn how far it is turned, in degrees.

const MODES = ["side", "wipe", "blink"];
const TURN = Math.PI / 180;

export function readView(search) {
  const asked = new URLSearchParams(search);
  const number = (name) => Number.parseFloat(asked.get(name));
  const [cx, cy, z] = ["cx", "cy", "z"].map(number);
  const [a, b] = asked.getAll("v").map(Number);
  const position = number("wipe");
  const turn = number("turn");
  return {
    a,
    b,
    mode: MODES.includes(asked.get("mode")) ? asked.get("mode") : "side",
    camera: [cx, cy, z].every(Number.isFinite) && z > 0 ? { cx, cy, z } : null,
    wipe: {
      position: position >= 0 && position <= 1 ? position : 0.5,
      angle: Number.isFinite(turn) ? turn * TURN : 0,
    },
  };
}

export function viewQuery({ a, b, mode, camera, wipe }) {
  const kept = new URLSearchParams([["v", a], ["v", b], ["mode", mode]]);
  if (camera) {
    kept.set("cx", camera.cx.toFixed(1));
    kept.set("cy", camera.cy.toFixed(1));
    kept.set("z", camera.z.toFixed(4));
  }
  if (mode === "wipe") {
    kept.set("wipe", wipe.position.toFixed(3));
    if (wipe.angle) kept.set("turn", (wipe.angle / TURN).toFixed(1));
  }
  return `?${kept}`;
}

export function nextMode(mode) {
  return MODES[(MODES.indexOf(mode) + 1) % MODES.length];
}
