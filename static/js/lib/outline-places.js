// Where in an outline a line may be let go, from where the lines are seen to stand.

export const isComposed = (event) => event.isComposing || event.keyCode === 229;

const kindOf = (thing) => thing.dataset.thing.split("-")[0];

// The place of a line of that kind nearest to y: {to: "holder:before", line, after}. A chapter may
// also go into a part that has none, a scene into a chapter that has none.
export function stepFrom(outline, inHand, y) {
  const kind = kindOf(inHand);
  const best = { far: Infinity };
  const offer = (at, place) => Math.abs(at - y) < best.far && Object.assign(best, { far: Math.abs(at - y), ...place });
  for (const [holder, lines, box] of holders(outline, kind)) {
    if (!lines.length) offer(box.getBoundingClientRect().top, { to: `${holder}:`, line: box, after: true });
    lines.forEach((line, place) => {
      const { top, bottom } = line.getBoundingClientRect();
      offer(top, { to: `${holder}:${line.dataset.thing}`, line, after: false });
      if (place === lines.length - 1) offer(endOf(kind, line, bottom), { to: `${holder}:`, line, after: true });
    });
  }
  return best.far < Infinity ? best : null;
}

function holders(outline, kind) {
  const lines = (box) => [...box.querySelectorAll(`:scope > [data-thing^="${kind}-"]`)];
  if (kind === "part" || kind === "book") {
    const tree = outline.querySelector(".tree");
    return [["", lines(tree), tree]];
  }
  const boxes = kind === "chapter" ? ".contents, .contents-empty" : ".scenes";
  return [...outline.querySelectorAll(boxes)].map((box) => [box.dataset.holder, lines(box), box]);
}

// A part ends where its chapters end.
function endOf(kind, line, bottom) {
  return kind === "part" ? (line.nextElementSibling ?? line).getBoundingClientRect().bottom : bottom;
}
