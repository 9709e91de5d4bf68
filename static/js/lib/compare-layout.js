// Where versions lie on the stage. All functions are pure; lengths are device pixels.
import { fit } from "lib/camera";

// The number of columns in which `count` frames are seen largest; among equals the fewest.
export function columnsFor(count, frame, stage, gap) {
  const seen = (columns) => fit(frame, cell(stage, columns, Math.ceil(count / columns), gap));
  let best = 1;
  for (let columns = 2; columns <= count; columns++) {
    if (seen(columns) > seen(best) * 1.001) best = columns;
  }
  return best;
}

function cell(stage, columns, rows, gap) {
  return {
    width: (stage.width - gap * (columns - 1)) / columns,
    height: (stage.height - gap * (rows - 1)) / rows,
  };
}

// `count` panes of one size, row after row.
export function tiled(count, columns, stage, gap) {
  const size = cell(stage, columns, Math.ceil(count / columns), gap);
  return Array.from({ length: count }, (_, at) => ({
    x: stage.x + (at % columns) * (size.width + gap),
    y: stage.y + Math.floor(at / columns) * (size.height + gap),
    ...size,
  }));
}
