// Where the caret of a textarea stands, and how tall the textarea must be: a textarea does not say.
import { carry } from "lib/carry";

const COPIED = [
  "width", "fontFamily", "fontSize", "fontWeight", "fontStyle", "lineHeight", "letterSpacing", "textAlign",
  "textIndent", "wordSpacing", "tabSize", "paddingTop", "paddingRight", "paddingBottom", "paddingLeft",
  "borderTopWidth", "borderRightWidth", "borderBottomWidth", "borderLeftWidth", "boxSizing", "lineBreak",
  "textAutospace", "textSpacingTrim", "fontFeatureSettings",
];

let mirror;

// The middle of the caret's line, in pixels from the textarea's top.
export function caretMiddle(area) {
  mirror ??= document.createElement("div");
  const style = getComputedStyle(area);
  for (const name of COPIED) mirror.style[name] = style[name];
  Object.assign(mirror.style, {
    position: "absolute", top: "0", left: "-200vw", visibility: "hidden", borderStyle: "solid",
    whiteSpace: "pre-wrap", overflowWrap: "break-word", contain: "layout",
  });
  mirror.setAttribute("aria-hidden", "true");
  mirror.lang = area.lang;
  const caret = document.createElement("span");
  caret.textContent = "\u200b";
  mirror.replaceChildren(area.value.slice(0, area.selectionEnd), caret);
  document.body.append(mirror);
  const middle = caret.offsetTop + caret.offsetHeight / 2;
  mirror.remove();
  return middle;
}

// Scrolls `scroller` so that the caret's line stands at `share` of its height; without a share, only
// as far as is needed to see it.
export function showCaret(area, scroller, share) {
  const box = scroller.getBoundingClientRect();
  const at = area.getBoundingClientRect().top + caretMiddle(area) - box.top;
  const line = parseFloat(getComputedStyle(area).lineHeight);
  if (share !== undefined) scroller.scrollTop += at - box.height * share;
  else if (at < line) scroller.scrollTop += at - line;
  else if (at > box.height - 2 * line) scroller.scrollTop += at - box.height + 2 * line;
}

// Other words for the same textarea: the caret stays at its words, and its line where it is seen.
export function replace(area, text, scroller) {
  const { value, selectionStart, selectionEnd, selectionDirection } = area;
  const seen = document.activeElement === area;
  const before = seen ? caretMiddle(area) : 0;
  area.value = text;
  const at = [selectionStart, selectionEnd].map((place) => carry(value, text, place));
  area.setSelectionRange(...at, selectionDirection);
  grow(area);
  if (seen) scroller.scrollTop += caretMiddle(area) - before;
}

const GROWS = CSS.supports("field-sizing", "content");

// Grows a textarea with its text where the browser does not do it by itself.
export function grow(area) {
  if (GROWS) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}
