// While the studio has not heard what the clock was told, its places on the page say what this device
// knows: what runs since when, or that it stands; and that it waits.
import "elements/time-clock";
import { face } from "elements/time-clock";

const PLACES = "[data-clock-place]";

// state: {running, name, note, seconds}; words: the dataset of the menu
export function paint(state, words) {
  for (const place of document.querySelectorAll(PLACES)) {
    const line = element("div", "clock-waits");
    line.append(state.running ? ticking(state) : element("span", "meta", words.stands), button(state, words));
    line.append(element("span", "meta", [state.running && named(state, words), words.waits].filter(Boolean).join(" · ")));
    place.replaceChildren(line);
  }
}

export function named({ name, note }, { between }) {
  return [name, note].filter(Boolean).join(between);
}

function ticking({ seconds }) {
  const output = element("output");
  const clock = element("time-clock", "ticks n", face(seconds));
  clock.dataset.seconds = seconds;
  output.append(element("span", "live"), clock);
  return output;
}

function button({ running }, words) {
  const made = element("button", "button", running ? words.stop : words.start);
  made.type = "button";
  made.dataset.clockToggle = "";
  return made;
}

function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
