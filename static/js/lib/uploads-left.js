// Goes on with files that a page left behind when it was closed, from any page of the studio; the
// page of their own place shows them itself.
import { hasEnded, UploadQueue } from "lib/upload-queue";
import { entries, hold } from "lib/upload-store";

export async function sendLeft(shown) {
  const queues = new Map();
  for (const entry of await entries()) {
    if (entry.query === shown) continue;
    const free = await hold(entry.key, () => true, { ifAvailable: true });
    if (!free) continue;
    if (!queues.has(entry.query)) queues.set(entry.query, new UploadQueue(entry.query, tell));
    queues.get(entry.query).take(entry);
  }

  function tell() {
    const items = [...queues.values()].flatMap((queue) => queue.items);
    if (!items.length || !items.every(hasEnded)) return;
    const line = document.querySelector("toast-line");
    const there = items.filter((item) => item.told?.state !== "refused" && item.state !== "cancelled").length;
    if (there && line?.dataset.arrived) line.say(line.dataset.arrived);
    for (const queue of queues.values()) queue.items.length = 0;
  }
}
