// Where a caret stands when the text around it was replaced by another: at its own words.

const END = /[。！？!?….\n]/;
const SENTENCE = /[^。！？!?….\n]*[。！？!?….\n]+|[^。！？!?….\n]+$/g;

// carry("一。二。", "新。一。二。", 2) -> 4: the caret before 二 is before 二 again
export function carry(old, text, at) {
  const { head, tail } = ends(old, text);
  if (at <= head) return at;
  if (old.length - at <= tail) return text.length - (old.length - at);
  const end = old.length - tail;
  const mine = sentences(old.slice(head, end));
  const theirs = new Map(sentences(text.slice(head, text.length - tail)).map((one) => [one.words, one]));
  const known = mine.filter(({ words, once }) => once && theirs.get(words)?.once);
  // Between the nearest sentences on either side that stand once in both texts.
  const before = known.findLast(({ start }) => head + start <= at);
  const after = known.find(({ start }) => head + start > at);
  const from = before ? [before.start, theirs.get(before.words).start] : [0, 0];
  const to = after ? [after.start, theirs.get(after.words).start] : [end - head, text.length - tail - head];
  if (to[1] < from[1]) to[1] = from[1];
  const window = [old.slice(head + from[0], head + to[0]), text.slice(head + from[1], head + to[1])];
  return head + from[1] + within(...window, at - head - from[0]);
}

// The sentences in which two texts differ, from the first to the last: [from, to] in each.
export function differing(one, two) {
  let { head, tail } = ends(one, two);
  while (head > 0 && !END.test(one[head - 1])) head -= 1;
  while (tail > 0 && !END.test(one[one.length - tail - 1] ?? "\n")) tail -= 1;
  return [one, two].map((text) => [head, Math.max(head, text.length - tail)]);
}

function within(old, text, at) {
  const { head, tail } = ends(old, text);
  if (at <= head) return at;
  if (old.length - at <= tail) return text.length - (old.length - at);
  return Math.min(at, text.length - tail);
}

function ends(old, text) {
  const most = Math.min(old.length, text.length);
  let head = 0;
  while (head < most && old[head] === text[head]) head += 1;
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail += 1;
  return { head, tail };
}

function sentences(text) {
  const found = [...text.matchAll(SENTENCE)].map(({ 0: words, index }) => ({ words, start: index, once: true }));
  const seen = new Map();
  for (const one of found) {
    const other = seen.get(one.words);
    if (other) one.once = other.once = false;
    seen.set(one.words, one);
  }
  return found;
}
