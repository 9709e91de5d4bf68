// What an address says that the first drawing needs; `compare-query` knows the rest.
export const BYS = ["content", "size", "pixel"];

// How versions lie over each other, and where to look: {cx, cy, z}, null for the whole.
export function readPlace(search) {
  const asked = new URLSearchParams(search);
  const [cx, cy, z] = ["cx", "cy", "z"].map((name) => Number.parseFloat(asked.get(name)));
  const by = asked.get("by");
  return {
    by: BYS.includes(by) ? by : BYS[0],
    camera: [cx, cy, z].every(Number.isFinite) && z > 0 ? { cx, cy, z } : null,
  };
}
