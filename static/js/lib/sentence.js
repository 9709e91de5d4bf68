// The sentence around a place of a text, in Chinese or English; and places as the studio counts them.

const END = /[。！？!?…]+[」』”’）)\]"'*_]*|\.+[」』”’）)\]"'*_]*(?=\s|$)|\n/gu;

// [start, end] in the browser's units, without the spaces around it; empty on an empty line.
export function sentenceAt(text, place) {
  const from = text.lastIndexOf("\n", place - 1) + 1;
  const line = text.slice(from, (text.indexOf("\n", place) + 1 || text.length + 1) - 1);
  let start = 0;
  let end = line.length;
  for (const found of line.matchAll(END)) {
    const after = found.index + found[0].length;
    if (from + after <= place && after < line.trimEnd().length) start = after;
    else if (from + after > place || after >= line.trimEnd().length) {
      end = after;
      break;
    }
  }
  return trimmed(text, from + start, from + end);
}

// The same stretch without spaces at its ends.
export function trimmed(text, start, end) {
  const words = text.slice(start, end);
  const begin = start + words.length - words.trimStart().length;
  return [begin, begin + words.trim().length];
}

// The studio counts whole characters, where the browser counts halves of some.
export function toCharacters(text, place) {
  return [...text.slice(0, place)].length;
}

export function fromCharacters(text, place) {
  let at = 0;
  for (const character of text) {
    if (place-- <= 0) break;
    at += character.length;
  }
  return at;
}

// Where `words` stand in `text`, of several places the one nearest to `near`; -1 when nowhere.
export function nearest(text, words, near) {
  let best = -1;
  for (let at = text.indexOf(words); at >= 0 && words; at = text.indexOf(words, at + 1)) {
    if (best < 0 || Math.abs(at - near) < Math.abs(best - near)) best = at;
    else break;
  }
  return best;
}
