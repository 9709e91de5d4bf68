// The view as an address, so that a link is a view: ?v=3&v=5&v=7&mode=wipe&cx=…&cy=…&z=…
//
// The first v is A, the second B, the others stand beside them. cx and cy are pixels of version A's
// picture; z is CSS pixels per such pixel, which means the same on every screen. wipe is where the
// dividers stand, 0 to 1; turn how far they are turned, in degrees. mix is how much of B is seen over
// A in onion and over in a wipe, gain how many times a difference is told, heat how strong the map is, pace how many changes a
// second a blink makes; by is how versions lie over each other, when not by what they show.
import { BYS, readPlace } from "lib/compare-address";
import { MEASURES } from "lib/compare-measures";
import { MOST } from "lib/compare-versions";

const MODES = ["side", "wipe", "onion", "difference", "heat", "blink", "grid"];
const TURN = Math.PI / 180;

export function readView(search) {
  const asked = new URLSearchParams(search);
  const number = (name) => Number.parseFloat(asked.get(name));
  const [a, b, ...others] = asked.getAll("v").map(Number).slice(0, MOST);
  const positions = (asked.get("wipe") ?? "").split(",").filter(Boolean).map(Number);
  const isOrdered = positions.every((one, at) => one >= (positions[at - 1] ?? 0) && one <= 1);
  const turn = number("turn");
  const measured = MEASURES.map(({ name, least, most, usual }) => {
    const value = number(name);
    return [name, value >= least && value <= most ? value : usual];
  });
  return {
    a,
    b,
    others: [...new Set(others)].filter((one) => one !== a && one !== b),
    mode: MODES.includes(asked.get("mode")) ? asked.get("mode") : "side",
    ...readPlace(search),
    wipe: { positions: isOrdered ? positions : [], angle: Number.isFinite(turn) ? turn * TURN : 0 },
    measured: Object.fromEntries(measured),
  };
}

export function viewQuery({ numbers, mode, by, camera, wipe, measured }) {
  const kept = new URLSearchParams([...numbers.map((number) => ["v", number]), ["mode", mode]]);
  if (by !== "content") kept.set("by", by);
  if (camera) {
    kept.set("cx", camera.cx.toFixed(1));
    kept.set("cy", camera.cy.toFixed(1));
    kept.set("z", camera.z.toFixed(4));
  }
  if (mode === "wipe") {
    kept.set("wipe", wipe.positions.map((position) => position.toFixed(3)).join(","));
    if (wipe.angle) kept.set("turn", (wipe.angle / TURN).toFixed(1));
  }
  for (const measure of MEASURES) {
    const value = measured[measure.name];
    if (measure.mode === mode && value !== measure.usual) kept.set(measure.name, String(Number(value.toFixed(2))));
  }
  return `?${kept}`.replaceAll("%2C", ",");
}

export function nextMode(mode) {
  return MODES[(MODES.indexOf(mode) + 1) % MODES.length];
}

// How versions lie over each other next; of those whose pictures have one size there are only two.
export function nextBy(by, sizes) {
  const isOne = sizes.every(({ width, height }) => width === sizes[0].width && height === sizes[0].height);
  const ways = isOne ? ["content", "size"] : BYS;
  return ways[(ways.indexOf(by) + 1) % ways.length];
}
