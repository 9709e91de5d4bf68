// How long a text is, while it is typed. The same rules as studio/lib/text.py; a test compares them.

const HAN =
  "\\u3005\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff" +
  "\\u{1b000}-\\u{1b16f}\\u{20000}-\\u{3ffff}";
const WIDE =
  "\\u3001-\\u3004\\u3006\\u3008-\\u303f\\ufe30-\\ufe4f" +
  "\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65\\uffe0-\\uffe6";
const SHARED = "\\u00b7\\u2014\\u2018\\u2019\\u201c\\u201d\\u2026";
const LETTER = `(?:(?![${HAN}])[\\p{L}\\p{N}])`;

const han = new RegExp(`[${HAN}]`, "gu");
const wide = new RegExp(`[${WIDE}]`, "gu");
const shared = new RegExp(`[${SHARED}]+`, "gu");
const beside = new RegExp(`[${HAN}${WIDE}]`, "u");
const word = new RegExp(`${LETTER}+(?:['’.,:\\-\\u2010\\u2011]${LETTER}+)*`, "gu");
const solid = /\P{White_Space}/gu;

// A whole run of marks at a time: it counts when it touches a Han character or a full-width mark.
// Such a character may be two units long, so what touches the run is cut out whole.
function sharedMarks(text) {
  let count = 0;
  for (const { 0: run, index } of text.matchAll(shared)) {
    const before = [...text.slice(Math.max(0, index - 2), index)].at(-1) ?? "";
    const after = [...text.slice(index + run.length, index + run.length + 2)][0] ?? "";
    if (beside.test(before) || beside.test(after)) count += run.length;
  }
  return count;
}

// Without the list of all that was found: in a long scene it would be a million strings.
function times(text, pattern) {
  let count = 0;
  for (pattern.lastIndex = 0; pattern.test(text); ) count += 1;
  return count;
}

// count("晶格记得。She counted.", "zishu") -> 7; units zishu, words, chars
export function count(text, unit) {
  if (unit === "chars") return times(text, solid);
  const both = times(text, han) + times(text, word);
  if (unit === "words") return both;
  return both + times(text, wide) + sharedMarks(text);
}
