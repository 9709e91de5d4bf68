// The clock on every page: the forms of the page, the keys t and T, and the menu of kinds tell it what
// to do through the outbox; what another tab or device did is seen here within half a minute.
import { deliver, tell, waiting } from "lib/clock-outbox";
import { named, paint } from "lib/clock-places";
import { face } from "elements/time-clock";

const AGAIN = 30_000;
const URL = "/time/running/";
const KEPT = "throughline:clock"; // what this device knew last: {state, seen (ms), kinds}

class ClockMenu extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.list = this.querySelector("ul");
    this.known = recall();
    this.told = 0; // how often this page told the clock something: an answer from before that is old
    this.channel = new BroadcastChannel(KEPT);
    this.leaving = new AbortController();
    const signal = this.leaving.signal;
    const on = (target, name, act, more) => target.addEventListener(name, act, { signal, ...more });
    on(this.channel, "message", () => this.look());
    on(document, "submit", (event) => this.submit(event), { capture: true });
    on(document, "click", (event) => this.click(event));
    on(document, "clock:toggle", () => this.toggle());
    on(document, "clock:menu", () => this.open());
    on(document, "studio:seen", () => this.look());
    on(window, "online", () => this.look());
    on(document.body, "htmx:afterSwap", () => this.waits && this.paint());
    on(this.dialog, "keydown", (event) => this.choose(event));
    on(this.dialog, "click", (event) => event.target === this.dialog && this.dialog.close());
    this.timer = setInterval(() => document.hidden || this.look(), AGAIN);
    this.look();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    this.channel.close();
    this.leaving.abort();
  }

  // --- what the author does -------------------------------------------------------------------
  submit(event) {
    const form = event.target;
    if (!form.matches("form[data-clock]")) return;
    event.preventDefault();
    const sent = new FormData(form, event.submitter);
    if (form.dataset.clock === "stop") this.stop();
    else this.start(sent.get("kind") ?? "", sent.get("note") ?? "", event.submitter?.value && event.submitter.textContent.trim());
  }

  click(event) {
    if (event.target.closest?.("[data-open-clock]") && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      this.open();
    } else if (event.target.closest?.(".clock-waits [data-clock-toggle]")) this.toggle();
  }

  async toggle() {
    await this.settled();
    if (this.state.running) return this.stop();
    return this.start(document.querySelector("#clock select")?.value ?? "", "");
  }

  // `said` is what the button says that was pressed: all there is to call it by on a new device.
  start(kind, note, said = "") {
    const known = this.kinds.find((each) => String(each.id) === kind) ?? this.kinds[0];
    const name = known?.name ?? said;
    this.dialog.close();
    return this.act({ verb: "start", kind, note, page: location.pathname }, { running: true, name, note, seconds: 0 });
  }

  stop() {
    this.dialog.close();
    const of = this.state.key ?? this.state.id ?? shownOn()?.replace("!", "") ?? "";
    return this.act({ verb: "stop", of: String(of) }, { running: false });
  }

  async act(command, state) {
    const { seconds } = this.state;
    this.told += 1;
    try {
      const { id } = await tell(command);
      this.keep(state.running ? { ...state, key: id } : state);
    } catch (error) {
      console.warn("clock:", error?.name); // nothing can be kept here: it goes by the network or not at all
      return this.say(this.dataset.full);
    }
    await this.send();
    if (this.waits) return this.say(this.dataset.waits);
    if (!document.querySelector("[data-clock-place]")?.checkVisibility()) this.tellInWords(state, seconds);
  }

  // A room of its own shows no clock: it says what came of it.
  tellInWords({ running }, seconds) {
    if (running !== this.state.running) return;
    this.say(running ? this.runs() : this.dataset.stopped.replace("{time}", face(seconds ?? 0)));
  }

  // What the page shows may be newer than what this device knew last; but nobody waits long for that.
  settled() {
    const shown = shownOn();
    const fits = this.known.kinds && (shown === undefined || shown === this.id);
    return fits ? undefined : Promise.race([this.looking, new Promise((resolve) => setTimeout(resolve, 1500))]);
  }

  runs() {
    return this.dataset.runs.replace("{what}", named(this.state, this.dataset));
  }

  // --- what is so -----------------------------------------------------------------------------
  get state() {
    const { state = { running: false }, seen = Date.now() } = this.known;
    const passed = Math.max(0, Math.floor((Date.now() - seen) / 1000));
    return state.running ? { ...state, seconds: (state.seconds ?? 0) + passed } : state;
  }

  get id() {
    const { running, id, key, forgotten } = this.state;
    return running ? `${id ?? key}${forgotten ? "!" : ""}` : "";
  }

  get kinds() {
    return this.known.kinds ?? [];
  }

  keep(state, kinds = this.kinds) {
    this.known = { state, kinds, seen: Date.now() };
    try {
      localStorage.setItem(KEPT, JSON.stringify(this.known));
    } catch {
      // a browser that is told to keep nothing
    }
  }

  // Sends what waits, else asks what runs.
  look() {
    this.looking = this.send(true).catch((error) => console.warn("clock:", error.message));
    return this.looking;
  }

  async send(ask = false) {
    const { told } = this;
    const had = (await waiting()).length > 0;
    const { state, refused = [], signedOut, away } = await deliver();
    this.waits = Boolean(away || signedOut);
    if (this.waits) return this.paint();
    for (const { error } of refused) this.say(error);
    if (told === this.told) {
      if (state) this.keep(state);
      else if (ask) await this.ask();
    }
    if (had) this.channel.postMessage("told");
    this.refresh(had);
  }

  async ask() {
    const { told } = this;
    const response = await fetch(URL, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!response?.ok || response.redirected) return;
    const { kinds, ...state } = await response.json();
    const waits = (await waiting()).length > 0;
    // Told meanwhile, here or in another tab: what was asked before is no longer so, the kinds are.
    this.keep(waits || told !== this.told ? this.state : state, kinds);
  }

  // The parts of the page come anew from the server where they show something else.
  refresh(always) {
    const shown = shownOn();
    if (shown === undefined) return;
    if (always || shown !== this.id) document.body.dispatchEvent(new CustomEvent("timelog:changed"));
  }

  paint() {
    paint(this.state, this.dataset);
  }

  say(text) {
    document.body.dispatchEvent(new CustomEvent("toast", { detail: { text } }));
  }

  // --- the menu -------------------------------------------------------------------------------
  async open() {
    await this.settled();
    const { running, name } = this.state;
    this.querySelector("[data-state]").textContent = running
      ? `${this.runs()} · ${face(this.state.seconds)}`
      : this.dataset.stands;
    this.querySelector("[data-stop]").hidden = !running;
    this.list.replaceChildren(...this.kinds.map((kind, n) => this.line(kind, n + 1, running && kind.name === name)));
    if (!this.dialog.open) this.dialog.showModal();
    (this.list.querySelector("[aria-pressed=false]") ?? this.list.querySelector("button"))?.focus();
  }

  line({ id, name }, number, runs) {
    const line = document.createElement("li");
    const button = document.createElement("button");
    button.className = "hit";
    Object.assign(button, { name: "kind", value: id });
    button.setAttribute("aria-pressed", runs);
    const words = document.createElement("span");
    words.textContent = name;
    button.append(words);
    if (number < 10) {
      const key = document.createElement("kbd");
      key.textContent = number;
      button.append(key);
    }
    line.append(button);
    return line;
  }

  // 1 to 9 choose a kind, 0 stops, arrows walk.
  choose(event) {
    event.stopPropagation();
    if (event.isComposing || event.metaKey || event.ctrlKey || event.altKey) return;
    const typing = event.target.matches("input");
    const buttons = [...this.list.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const at = buttons.indexOf(document.activeElement);
      buttons[Math.min(Math.max(at + step, 0), buttons.length - 1)]?.focus();
    } else if (!typing && event.key === "0" && this.state.running) this.stop();
    else if (!typing && buttons[Number(event.key) - 1]) buttons[Number(event.key) - 1].click();
  }
}

function shownOn() {
  return document.querySelector("[data-clock-place]")?.dataset.clockPlace;
}

function recall() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
}

customElements.define("clock-menu", ClockMenu);
