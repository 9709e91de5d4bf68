// Brings one scene's text to the server: first into the journal, then there; one save at a time.
// Knows nothing of the page: `type(text)` goes in, `say(state, detail)` comes out.
//
// States: "saved"; "typing" (newer than anything kept); "device" (journalled, the server has it not);
// "conflict" {revision, text, yours, sent}; "signed-out" {signIn}; "refused" {error}; "full" {}.
import { drop, keep, newKey } from "lib/journal";
import { renewToken, send } from "lib/request";

const JOURNAL_WITHIN = 150; // ms after the first unsaved input, whatever is typed next
const QUIET = 1200;
const AT_MOST = 10_000;
const PATIENCE = 20_000; // for an answer
const SLOW = 1000; // an answer that takes longer is told
const RETRY_FIRST = 1000;
const RETRY_LAST = 30_000;
const KEEPALIVE_BYTES = 60_000; // a browser carries at most 64 KiB over the end of a page

export class SaveQueue {
  constructor({ scene, url, base, text, device, say }) {
    Object.assign(this, { scene, url, base, text, device, say });
    this.id = newKey(); // of this tab's journal entry
    this.acked = text; // what the server has as revision `base`
    this.attempt = null; // a save whose answer is not known: sent again with its key until it is
    this.stopped = ""; // "conflict", "signed-out" or "refused": nothing is sent until that is over
    this.state = "saved";
    this.full = false;
    this.held = false; // while an input method composes nothing is sent, and nothing taken
    this.behind = false; // the server has a text that could not be taken yet
    this.journalling = Promise.resolve();
    this.sending = null;
    this.timers = {};
    this.retryIn = RETRY_FIRST;
  }

  get unsent() {
    return this.text !== this.acked || this.attempt !== null;
  }

  get busy() {
    return this.unsent || this.held || this.stopped !== "";
  }

  // --- what comes in --------------------------------------------------------------------------
  type(text) {
    if (text === this.text) return;
    this.text = text;
    if (this.stopped === "refused") this.stopped = "";
    if (!this.stopped) this.tell("typing");
    this.timers.journal ??= setTimeout(() => this.journal(), JOURNAL_WITHIN);
    this.timers.most ??= setTimeout(() => this.flush(), AT_MOST);
    clearTimeout(this.timers.quiet);
    this.timers.quiet = setTimeout(() => this.flush(), QUIET);
  }

  hold(on) {
    this.held = on;
    if (!on && (this.unsent || this.behind)) this.timers.quiet ??= setTimeout(() => this.flush(), QUIET);
  }

  // Everything of an entry another page left behind becomes ours; its entry goes when ours is written.
  async adopt({ id, base, text, attempt }) {
    Object.assign(this, { base, text, attempt, acked: null });
    this.tell("device");
    if (await this.journal()) await drop(id);
    return this.flush();
  }

  // The server's text is newer, and nothing here is unsent.
  take(revision, text, detail = {}) {
    Object.assign(this, { base: revision, text, acked: text, attempt: null, stopped: "", behind: false });
    this.journal();
    this.tell("saved", { ...detail, revision, text, taken: true });
  }

  // Another device may have written on: take that, unless there is something unsent here.
  async refresh() {
    if (this.busy || this.sending) return;
    const response = await send(this.url, { method: "GET", headers: { Accept: "application/json" } }).catch(() => null);
    if (response?.status === 401) return this.stop("signed-out", { signIn: (await response.json()).sign_in });
    if (!response?.ok) return;
    const { revision, text } = await response.json();
    if (revision > this.base && !this.busy && !this.sending) this.take(revision, text);
  }

  // --- the journal ----------------------------------------------------------------------------
  // One write after the other, each with the newest text; answers whether it is on this device.
  journal(raw) {
    this.clear("journal");
    this.journalling = this.journalling.then(async () => {
      const { id, scene, url, base, attempt } = this;
      const text = raw ?? this.text;
      try {
        if (text === this.acked && !attempt) await drop(id);
        else await keep({ id, scene, url, base, text, attempt, at: Date.now() });
        if (this.full) {
          this.full = false;
          this.tell(this.state);
        }
        return true;
      } catch (error) {
        console.warn("journal:", error?.name, error?.message);
        this.full = true;
        this.tell(this.state);
        return false;
      }
    });
    return this.journalling;
  }

  // --- the server -----------------------------------------------------------------------------
  flush() {
    this.clear("quiet", "most", "retry");
    if (this.held) return Promise.resolve();
    this.sending ??= this.save().finally(() => {
      this.sending = null;
      const more = this.unsent && !this.stopped;
      if (more && !this.held && !this.timers.retry && !this.timers.quiet) this.flush();
    });
    return this.sending;
  }

  async save() {
    if (this.stopped) return;
    if (!this.unsent) {
      await this.journal(); // typed back to what the server has: nothing is left to keep
      if (!this.unsent) this.tell("saved", { revision: this.base, text: this.text });
      if (this.behind) setTimeout(() => this.refresh());
      return;
    }
    this.attempt ??= { key: newKey(), base: this.base, text: this.text };
    await this.journal();
    this.timers.slow = setTimeout(() => this.tell("device"), SLOW);
    try {
      await this.answer(await this.put(this.attempt));
    } catch (error) {
      this.tell("device", { error: error.message });
      this.timers.retry = setTimeout(() => this.flush(), this.retryIn);
      this.retryIn = Math.min(this.retryIn * 2, RETRY_LAST);
    } finally {
      this.clear("slow");
    }
  }

  put(attempt) {
    const body = JSON.stringify({ ...attempt, device: this.device });
    return send(this.url, {
      method: "PUT",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body,
      keepalive: new Blob([body]).size < KEEPALIVE_BYTES,
      signal: AbortSignal.timeout(PATIENCE),
    });
  }

  async answer(response) {
    if (response.status === 403 && !this.renewed) {
      this.renewed = true;
      renewToken();
      return this.answer(await this.put(this.attempt));
    }
    const said = await response.json().catch(() => ({}));
    if (response.ok && "revision" in said) return this.accepted(said);
    if (response.status === 409 && "yours" in said) return this.stop("conflict", { ...said, sent: this.attempt.text });
    if (response.status === 401) return this.stop("signed-out", { signIn: said.sign_in });
    if ([400, 413, 422].includes(response.status) && said.error) {
      this.attempt = null;
      return this.stop("refused", said);
    }
    throw new Error(said.error ?? `status ${response.status}`);
  }

  async accepted(said) {
    const { text } = this.attempt;
    // Of two texts merged into one, what was typed meanwhile still stands on the one that was sent.
    const base = said.merged ? (said.yours ?? this.attempt.base) : said.revision;
    Object.assign(this, { base, acked: text, attempt: null, renewed: false, retryIn: RETRY_FIRST });
    this.behind = said.merged === true;
    await this.journal(); // only now may the entry go
    if (said.merged && !this.busy) this.take(said.revision, said.text, said);
    else this.tell(this.text === text ? "saved" : "typing", this.behind ? { saved_at: said.saved_at } : { ...said, text });
    if (said.head > said.revision && !this.behind) setTimeout(() => this.refresh());
  }

  stop(state, detail) {
    this.stopped = state;
    this.journal();
    this.tell(state, detail);
  }

  resume() {
    this.stopped = "";
    this.retryIn = RETRY_FIRST;
    return this.flush();
  }

  // --- what the author decides ----------------------------------------------------------------
  keepMine(theirs) {
    this.base = theirs.revision;
    this.acked = theirs.text;
    this.attempt = { key: newKey(), base: this.base, text: this.text, settle: true };
    return this.resume();
  }

  // Mine is a revision already; what was typed since is kept as one before theirs comes in.
  async takeTheirs(theirs) {
    // Both say that a text was chosen, so neither is merged.
    const chosen = { key: newKey(), base: this.base, text: this.text, settle: true };
    if (this.text !== theirs.sent) await this.put(chosen).then(kept);
    const settled = { key: newKey(), base: theirs.revision, text: theirs.text, settle: true };
    const response = await this.put(settled).then(kept);
    const said = await response.json();
    if (response.status === 409) this.stop("conflict", { ...said, sent: this.text });
    else this.take(said.revision, theirs.text);
  }

  // A name for the text as it is now.
  async name(name) {
    while (this.sending) await this.sending;
    if (this.stopped) return;
    if (this.attempt) await this.flush();
    if (this.attempt) return;
    this.attempt = { key: newKey(), base: this.base, text: this.text, name };
    await this.flush();
  }

  // --- small things ---------------------------------------------------------------------------
  tell(state, detail = {}) {
    this.state = state;
    this.say(this.full && this.unsent ? "full" : state, detail);
  }

  clear(...names) {
    for (const name of names) {
      clearTimeout(this.timers[name]);
      delete this.timers[name];
    }
  }
}

function kept(response) {
  if (response.status !== 200 && response.status !== 409) throw new Error(`status ${response.status}`);
  return response;
}
