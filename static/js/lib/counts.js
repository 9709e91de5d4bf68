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
const wide = new RegExp(`[${WIDE}]|(?<=[${HAN}${WIDE}])[${SHARED}]+|[${SHARED}]+(?=[${HAN}${WIDE}])`, "gmu");
const word = new RegExp(`${LETTER}+(?:['’.,:\\-\\u2010\\u2011]${LETTER}+)*`, "gu");
const solid = /\P{White_Space}/gu;

const times = (text, pattern) => text.match(pattern)?.length ?? 0;

// count("晶格记得。She counted.", "zishu") -> 7; units zishu, words, chars
export function count(text, unit) {
  if (unit === "chars") return times(text, solid);
  const both = times(text, han) + times(text, word);
  if (unit === "words") return both;
  return both + (text.match(wide) ?? []).reduce((sum, found) => sum + [...found].length, 0);
}
