// Small choices that this browser keeps from page to page; where it keeps nothing, they are forgotten.

export function remember(name, on) {
  try {
    if (on) localStorage.setItem(`throughline:${name}`, "1");
    else localStorage.removeItem(`throughline:${name}`);
  } catch {
    // a browser that is told to keep nothing
  }
}

export function recall(name) {
  try {
    return localStorage.getItem(`throughline:${name}`) === "1";
  } catch {
    return false;
  }
}
