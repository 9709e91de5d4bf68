// What a compare view does when it is told to: change its mode, its versions, its address. Mixed into
// the element once its hands are here.
import { canDiffer } from "lib/compare-modes";
import { dividersFor, movedTo, spread } from "lib/compare-dividers";
import { nextBy, nextMode, readView, viewQuery } from "lib/compare-query";

export const acts = {
  // --- the address -------------------------------------------------------------------------------
  // What was chosen can be taken back with the browser's own key; what is only looked through
  // leaves no trail.
  writeAddress(chosen = false) {
    clearTimeout(this.restTimer);
    const { cx, cy, zoom } = this.camera;
    const camera = this.isWhole ? null : { cx, cy, z: zoom / this.ratio };
    const { numbers, mode, by, wipe, measured } = this;
    const query = viewQuery({ numbers, mode, by, camera, wipe, measured });
    if (chosen && query !== location.search) history.pushState(null, "", query);
    else history.replaceState(null, "", query);
  },

  writeSoon() {
    clearTimeout(this.restTimer);
    this.restTimer = setTimeout(() => this.writeAddress(), 200);
  },

  // What an address says beside versions and place; returns all that it says.
  read() {
    const asked = readView(location.search);
    Object.assign(this, { mode: asked.mode, by: asked.by, wipe: asked.wipe, measured: asked.measured });
    this.fitDividers();
    return asked;
  },

  restore() {
    if (!this.chosen.take(readView(location.search))) return;
    this.see(this.read().camera);
    this.run();
    this.changed();
    this.controls.refresh();
  },

  // --- modes -------------------------------------------------------------------------------------
  setMode(mode, chosen = true) {
    if (chosen && mode === "blink" && this.mode === "blink") {
      this.pause(!this.paused);
      return;
    }
    const isUnable = mode === "difference" && !canDiffer();
    this.staying(() => (this.mode = isUnable ? "heat" : mode));
    this.fitDividers();
    this.run();
    this.changed({ chosen });
    if (isUnable) this.words.say(this.dataset.unable);
  },

  nextMode() {
    this.setMode(nextMode(this.mode));
  },

  pause(paused) {
    this.paused = paused;
    this.run();
    this.changed();
  },

  run() {
    clearInterval(this.blinkTimer);
    if (this.mode !== "blink") this.blinks = 1;
    else if (!this.paused) this.blinkTimer = setInterval(() => this.blink(), 1000 / this.measured.pace);
  },

  blink() {
    // Not before all are here: a blink to nothing would be a black frame.
    if (!this.numbers.every((number) => this.pictures.get(number).isResident)) return;
    this.blinks = (this.blinks + 1) % this.numbers.length;
    this.draw();
  },

  toggleSplit() {
    const [first, second] = this.panes;
    this.staying(() => (this.split = first.x === second.x ? "columns" : "rows"));
    this.changed();
  },

  // How versions lie over each other: by what they show, by their size, by their pixels.
  nextBy() {
    const sizes = this.numbers.map((number) => this.pictures.get(number).size);
    this.by = nextBy(this.by, sizes);
    this.changed({ chosen: true });
  },

  setMeasure(name, value) {
    this.measured = { ...this.measured, [name]: value };
    if (name === "pace") this.run();
    this.writeSoon();
    this.draw();
    this.controls.measure.show();
  },

  // As many dividers as there are versions to divide.
  fitDividers() {
    const dividers = dividersFor(this.numbers.length);
    if (this.wipe.positions.length !== dividers) this.wipe = { ...this.wipe, positions: spread(dividers) };
  },

  setWipe(at, position, angle = this.wipe.angle) {
    this.wipe = { positions: movedTo(this.wipe.positions, at, position), angle };
    this.writeSoon();
    this.draw();
    this.showPlaces();
  },

  // --- versions ----------------------------------------------------------------------------------
  choose(number, { asA = false, chosen = true } = {}) {
    this.restage(() => this.chosen.choose(number, asA), chosen);
  },

  // Beside A and B, or no longer.
  join(number) {
    this.restage(() => this.chosen.join(number), true);
  },

  swap() {
    this.restage(() => this.chosen.swap(), false);
  },

  step(direction) {
    this.restage(() => this.chosen.step(direction), false);
  },

  restage(change, chosen) {
    let isChanged = false;
    this.staying(() => (isChanged = change()));
    if (!isChanged) return;
    this.fitDividers();
    this.region = null;
    this.blinks = Math.min(this.blinks, this.numbers.length - 1);
    this.changed({ chosen });
    this.controls.refresh();
  },

  // What the server knows by now: previews may have been made, and versions added.
  update(versions) {
    this.staying(() => this.chosen.learn(versions));
    this.draw();
  },

  changed({ chosen = false, said = true } = {}) {
    this.writeAddress(chosen);
    this.show(said);
  },

  // --- gestures ------------------------------------------------------------------------------------
  // Across through the versions, up and down through the shots.
  swipe(direction, isDown) {
    if (!this.isWhole) return;
    if (isDown) this.controls.otherShot(direction);
    else this.step(direction);
  },

  // In the grid it takes a version as B.
  tap(point) {
    if (this.mode === "grid") this.choose(this.versionAt(point), { chosen: false });
  },
};
