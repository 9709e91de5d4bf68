// One camera over one frame. All functions are pure.
//
// The frame is version A's picture: `width` by `height` in its own pixels. A camera is
// {cx, cy, zoom}: the point of the frame that stands in the middle of a pane, in frame pixels, and
// device pixels per frame pixel. zoom 1 is 100 %. Panes are {x, y, width, height} in device pixels.

export const MOST = 16;

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

export function toPane(camera, pane, point) {
  return {
    x: pane.x + pane.width / 2 + (point.x - camera.cx) * camera.zoom,
    y: pane.y + pane.height / 2 + (point.y - camera.cy) * camera.zoom,
  };
}

export function toFrame(camera, pane, point) {
  return {
    x: camera.cx + (point.x - pane.x - pane.width / 2) / camera.zoom,
    y: camera.cy + (point.y - pane.y - pane.height / 2) / camera.zoom,
  };
}

// Zoom so that the frame's point under `from` comes to lie under `point`; it stays where it is when
// both are the same.
export function zoomAt(camera, frame, pane, point, zoom, from = point) {
  const kept = toFrame(camera, pane, from);
  const next = Math.min(MOST, Math.max(Math.min(fit(frame, pane), 1) / 8, zoom));
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

// Where a picture of another size lies in the frame: as large as fits, in the middle, so that
// versions are compared by content and not by pixels.
export function placed(picture, frame) {
  const scale = Math.min(frame.width / picture.width, frame.height / picture.height);
  const width = picture.width * scale;
  const height = picture.height * scale;
  return { x: (frame.width - width) / 2, y: (frame.height - height) / 2, width, height };
}

// Rows for wide frames, columns for tall ones: whichever shows the frame larger.
export function betterSplit(frame, stage, gap) {
  const rows = fit(frame, { width: stage.width, height: (stage.height - gap) / 2 });
  const columns = fit(frame, { width: (stage.width - gap) / 2, height: stage.height });
  return rows >= columns ? "rows" : "columns";
}

export function panes(stage, mode, split, gap) {
  if (mode !== "side") return [stage, stage];
  if (split === "rows") {
    const height = (stage.height - gap) / 2;
    return [
      { ...stage, height },
      { ...stage, y: stage.y + height + gap, height },
    ];
  }
  const width = (stage.width - gap) / 2;
  return [
    { ...stage, width },
    { ...stage, x: stage.x + width + gap, width },
  ];
}

// The corners of the part of `pane` on B's side of a divider through (position, middle) that is
// turned by `angle` radians from upright. For clipping.
export function wipeSide(pane, position, angle) {
  const far = 4 * (pane.width + pane.height);
  const x = pane.x + pane.width * position;
  const y = pane.y + pane.height / 2;
  const along = { x: Math.sin(angle) * far, y: -Math.cos(angle) * far };
  const across = { x: Math.cos(angle) * far, y: Math.sin(angle) * far };
  return [
    { x: x + along.x, y: y + along.y },
    { x: x - along.x, y: y - along.y },
    { x: x - along.x + across.x, y: y - along.y + across.y },
    { x: x + along.x + across.x, y: y + along.y + across.y },
  ];
}
