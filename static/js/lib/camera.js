// One camera over one frame. All functions are pure.
//
// The frame is version A's picture: `width` by `height` in its own pixels. A camera is
// {cx, cy, zoom}: the point of the frame that stands in the middle of a pane, in frame pixels, and
// device pixels per frame pixel. zoom 1 is 100 %. Panes are {x, y, width, height} in device pixels.
import { chain, inverse } from "lib/affine";

export const NEAREST = 16;

// The zoom at which the whole frame is seen.
export function fit(frame, pane) {
  return Math.min(pane.width / frame.width, pane.height / frame.height);
}

export function fitted(frame, pane) {
  return { cx: frame.width / 2, cy: frame.height / 2, zoom: fit(frame, pane) };
}

export function isFitted(camera, frame, pane) {
  return Math.abs(camera.zoom / fit(frame, pane) - 1) < 0.001;
}

export function toFrame(camera, pane, point) {
  return {
    x: camera.cx + (point.x - pane.x - pane.width / 2) / camera.zoom,
    y: camera.cy + (point.y - pane.y - pane.height / 2) / camera.zoom,
  };
}

// From the frame to the pane, as an affine map. Its origin stands on a whole pixel of the screen, or
// a picture at 100 % would be smeared over two of them.
export function lens(camera, pane) {
  const left = Math.round(pane.x + pane.width / 2 - camera.cx * camera.zoom);
  const top = Math.round(pane.y + pane.height / 2 - camera.cy * camera.zoom);
  return [camera.zoom, 0, left, 0, camera.zoom, top];
}

// Zoom so that the frame's point under `from` comes to lie under `point`; it stays where it is when
// both are the same.
export function zoomAt(camera, frame, pane, point, zoom, from = point) {
  const kept = toFrame(camera, pane, from);
  const next = Math.min(NEAREST, Math.max(Math.min(fit(frame, pane), 1) / 8, zoom));
  return clamp(
    {
      cx: kept.x - (point.x - pane.x - pane.width / 2) / next,
      cy: kept.y - (point.y - pane.y - pane.height / 2) / next,
      zoom: next,
    },
    frame,
    pane,
  );
}

export function pan(camera, frame, pane, dx, dy) {
  const moved = { ...camera, cx: camera.cx - dx / camera.zoom, cy: camera.cy - dy / camera.zoom };
  return clamp(moved, frame, pane);
}

// A frame that is smaller than the pane stays in the middle; a larger one fills it.
export function clamp(camera, frame, pane) {
  const axis = (c, length, room) => {
    const half = room / 2 / camera.zoom;
    return half * 2 >= length ? length / 2 : Math.min(length - half, Math.max(half, c));
  };
  return {
    ...camera,
    cx: axis(camera.cx, frame.width, pane.width),
    cy: axis(camera.cy, frame.height, pane.height),
  };
}

// Where a picture lies in the frame, as an affine map of its points, 0 to 1 both ways, to the frame:
//   "content": in register with A, by `matrix` from A's points to its own, where that is known;
//   "size": as large as fits, in the middle;
//   "pixel": one of its pixels on one of A's, in the middle.
export function placement(picture, frame, by, matrix) {
  const back = by === "content" && matrix && inverse(matrix);
  if (back) return chain(back, [frame.width, 0, 0, 0, frame.height, 0]);
  const scale =
    by === "pixel" ? 1 : Math.min(frame.width / picture.width, frame.height / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  return [width, 0, (frame.width - width) / 2, 0, height, (frame.height - height) / 2];
}
