// What this device told the clock and the studio has not heard: kept in the journal, sent in order.
// Each command has a key of its own, so that one which is sent twice is done once; and the studio is
// told how long ago it was given by this device's clock, so that it does not matter how wrong that is.
import { drop, entriesOf, keep, newKey } from "lib/journal";
import { renewToken, send } from "lib/request";

const NAME = "clock"; // beside the scenes' numbers in the journal
const URL = "/time/running/commands/";
const PATIENCE = 15_000;

export async function waiting() {
  const found = await entriesOf(NAME).catch(() => []);
  return found.sort((a, b) => a.turn - b.turn);
}

// command: {verb: "start", kind, note, page} or {verb: "stop", of}
export async function tell(command) {
  const before = await waiting();
  // Not by the time it was given: the device's clock may be set back between two commands.
  const turn = Math.max(0, ...before.map((each) => each.turn)) + 1;
  const entry = { id: newKey(), scene: NAME, turn, at: Date.now(), ...command };
  await keep(entry);
  return entry;
}

// Sends what waits, whichever tab gets to it. Answers {state} when the studio answered, {refused: […]}
// with what it would not do, and {away: true} or {signedOut: true} when it has to wait.
export async function deliver() {
  if (!navigator.locks) return deliverAll();
  return navigator.locks.request("throughline:clock", deliverAll);
}

async function deliverAll() {
  const commands = await waiting();
  if (!commands.length) return {};
  const response = await post(commands).catch(() => null);
  if (response?.status === 401) return { signedOut: true };
  if (!response || (!response.ok && response.status !== 400)) return { away: true };
  const state = await response.json();
  for (const { id } of commands) await drop(id);
  return { state: response.ok ? state : undefined, refused: state.refused ?? [state] };
}

async function post(commands) {
  const told = commands.map(({ id, scene, turn, ...command }) => ({ key: id, ...command }));
  const ask = () =>
    send(URL, {
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ sent: Date.now(), commands: told }),
      signal: AbortSignal.timeout(PATIENCE),
    });
  const response = await ask();
  return response.status === 403 && renewToken() ? ask() : response;
}
