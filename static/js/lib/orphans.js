// Sends what pages that are gone left in the journal, for scenes that no tab has open.
// A save is sent with the key it has in the journal, so that two who send it make one revision.
import { device } from "lib/device";
import { drop, entries, keep, newKey } from "lib/journal";
import { renewToken, send } from "lib/request";
import { Siblings } from "lib/siblings";

const KNOWN_REFUSALS = [400, 413, 422]; // the page of the scene says why
const OF_A_SCENE = /^\d+$/; // a letter waits for its own page: what is stale of it is kept nowhere else

// `here` is the scene of this page, which sends its own. Answers how many went, and whether some wait.
export async function sendOrphans(here) {
  const work = () => deliverAll(here);
  if (!navigator.locks) return work();
  const options = { ifAvailable: true };
  return navigator.locks.request("throughline:orphans", options, (lock) => (lock ? work() : { went: 0, wait: true }));
}

async function deliverAll(here) {
  const left = (await entries()).filter(({ scene }) => OF_A_SCENE.test(scene) && scene !== here);
  let went = 0;
  for (const scene of new Set(left.map((entry) => entry.scene))) {
    const siblings = new Siblings(scene, newKey(), () => {});
    const alive = await siblings.rollCall();
    siblings.close();
    const ours = left.filter((entry) => entry.scene === scene && !alive.has(entry.id)).sort((a, b) => a.at - b.at);
    for (const entry of ours) {
      const fate = await deliver(entry).catch(() => "waits");
      if (fate === "waits") return { went, wait: true };
      if (fate === "went") went += 1;
    }
  }
  return { went, wait: false };
}

// First the save whose answer was never heard, then what was typed after it.
async function deliver(entry) {
  for (;;) {
    const attempt = entry.attempt ?? { key: newKey(), base: entry.base, text: entry.text };
    entry = { ...entry, attempt };
    await keep(entry);
    const response = await put(entry, attempt);
    if (KNOWN_REFUSALS.includes(response.status)) return "refused";
    const said = await response.json().catch(() => ({}));
    if (!(response.ok && "revision" in said) && !(response.status === 409 && "yours" in said)) return "waits";
    if (entry.text === attempt.text) {
      await drop(entry.id);
      return "went";
    }
    const base = said.merged || !response.ok ? (said.yours ?? attempt.base) : said.revision;
    entry = { ...entry, base, attempt: null };
  }
}

async function put({ scene, url = `/scenes/${scene}/edit/` }, attempt) {
  const ask = () =>
    send(url, {
      method: "PUT",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ ...attempt, device: device() }),
    });
  const response = await ask();
  return response.status === 403 && renewToken() ? ask() : response;
}
