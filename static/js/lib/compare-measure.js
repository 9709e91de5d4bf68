// The slider at the foot of the stage, for the one thing that the mode lets be set; and pause.
import { measureOf, stepOf, valueAt } from "lib/compare-measures";

export class Measure {
  constructor(view) {
    this.view = view;
    this.part = view.querySelector(".measure");
    this.range = this.part.querySelector("input");
    this.name = this.part.querySelector("[data-name]");
    this.value = this.part.querySelector("output");
    this.range.addEventListener("input", () => this.set(Number(this.range.value)));
  }

  get measure() {
    return measureOf(this.view.mode);
  }

  set(step) {
    this.view.setMeasure(this.measure.name, valueAt(this.measure, step));
  }

  // A step less or more, by key.
  step(direction) {
    if (!this.measure) return;
    const now = stepOf(this.measure, this.view.measured[this.measure.name]);
    this.set(Math.min(this.measure.steps, Math.max(0, now + direction)));
  }

  show() {
    const { measure, view } = this;
    this.part.hidden = !measure;
    if (!measure) return;
    const value = view.measured[measure.name];
    this.range.max = measure.steps;
    this.range.value = stepOf(measure, value);
    const words = measure.most === 1 ? `${Math.round(value * 100)} %` : this.say(measure, value);
    this.value.textContent = words;
    this.range.setAttribute("aria-valuetext", words);
    this.name.textContent = this.part.dataset[measure.name];
  }

  say({ name }, value) {
    const figure = String(Number(value.toFixed(1)));
    return name === "gain" ? `×${figure}` : this.part.dataset.pace1.replace("{n}", figure);
  }
}
