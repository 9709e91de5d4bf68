// Draws the two versions of a compare view on its canvas, in the view's mode.
import { wipeSide } from "lib/camera";

export function paint(view) {
  const { context, canvas, mode, bitmaps } = view;
  bitmaps.forgetWanted();
  context.fillStyle = getComputedStyle(view.stage).backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  const [first, second] = view.panes;
  const a = view.pictures.get(view.a);
  const b = view.pictures.get(view.b);
  let shows = "both";
  if (view.holding) {
    shows = "a";
    paintIn(view, a, first);
    if (mode === "side") paintIn(view, a, second);
  } else if (mode === "side") {
    paintIn(view, a, first);
    paintIn(view, b, second);
  } else if (mode === "wipe") {
    paintIn(view, a, first);
    paintIn(view, b, first, wipeSide(first, view.wipe.position, view.wipe.angle));
  } else {
    // Both are drawn, the one that is seen last: the other stays decoded.
    shows = view.blinkShowsA ? "a" : "b";
    for (const picture of view.blinkShowsA ? [b, a] : [a, b]) paintIn(view, picture, first);
  }
  bitmaps.pump();
  view.dataset.shows = shows;
  view.toggleAttribute("data-drawn", a.isResident && b.isResident);
  view.toggleAttribute("data-sharp", bitmaps.isIdle && !a.asking && !b.asking);
}

// One picture in a pane, or in the part `side` of it. What was there before does not shine through
// where the picture is clear or narrower.
function paintIn(view, picture, pane, side) {
  const { context } = view;
  context.save();
  context.beginPath();
  context.rect(pane.x, pane.y, pane.width, pane.height);
  context.clip();
  if (side) {
    context.beginPath();
    for (const { x, y } of side) context.lineTo(x, y);
    context.closePath();
    context.clip();
  }
  context.fillRect(pane.x, pane.y, pane.width, pane.height);
  picture.draw(context, view.camera, view.frame, pane);
  context.restore();
}
