// The one thing of each mode that its slider sets: how much of B, how many times, how strong, how
// fast. A slider has even steps, to the eye: by factors where it says so.

export const MEASURES = [
  { name: "mix", mode: "onion", least: 0, most: 1, usual: 0.5, steps: 20 },
  { name: "over", mode: "wipe", least: 0, most: 1, usual: 1, steps: 20 },
  { name: "gain", mode: "difference", least: 1, most: 32, usual: 4, steps: 20, byFactors: true },
  { name: "heat", mode: "heat", least: 0, most: 1, usual: 0.8, steps: 20 },
  // Three changes a second are under the three flashes of WCAG 2.3.1.
  { name: "pace", mode: "blink", least: 0.5, most: 3, usual: 2, steps: 5 },
];

export function measureOf(mode) {
  return MEASURES.find((measure) => measure.mode === mode);
}

export function valueAt({ least, most, steps, byFactors }, step) {
  const part = Math.min(1, Math.max(0, step / steps));
  return byFactors ? least * (most / least) ** part : least + (most - least) * part;
}

export function stepOf({ least, most, steps, byFactors }, value) {
  const part = byFactors ? Math.log(value / least) / Math.log(most / least) : (value - least) / (most - least);
  return Math.round(Math.min(1, Math.max(0, part)) * steps);
}
