// One tab signs in, and the others hear of it: what they could not send goes then.

const channel = new BroadcastChannel("throughline:door");

export function isIn() {
  channel.postMessage("in");
}

export function onIn(act, signal) {
  channel.addEventListener("message", act, { signal });
}
