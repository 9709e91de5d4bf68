// The path that both viewers are led along, and what is seen of it. `target.set(x, y, zoom)` looks at
// the point x, y (0 to 1 of the picture) with `zoom` pixels of the screen for one of the picture.
window.bench = {
  at(part, fit) {
    const zoom = (way) => fit * (1 / fit) ** way;
    if (part < 0.3) return [0.5, 0.5, zoom(part / 0.3)];
    if (part > 0.7) return [0.3, 0.4, zoom((1 - part) / 0.3)];
    const way = (part - 0.3) / 0.4;
    const [from, to, gone] = way < 0.5 ? [[0.5, 0.5], [0.7, 0.6], way * 2] : [[0.7, 0.6], [0.3, 0.4], way * 2 - 1];
    return [0, 1].map((axis) => from[axis] + (to[axis] - from[axis]) * gone).concat(1);
  },
  // The times between frames, in milliseconds, over so many seconds.
  drive(target, seconds) {
    return new Promise((done, failed) => {
      window.addEventListener("error", ({ message }) => failed(new Error(message)));
      const frames = [];
      let begun = 0;
      let last = 0;
      const step = (now) => {
        begun ||= now;
        if (last) frames.push(now - last);
        last = now;
        const part = (now - begun) / 1000 / seconds;
        if (part >= 1) done(frames);
        else {
          target.set(...bench.at(part, target.fit));
          requestAnimationFrame(step);
        }
      };
      requestAnimationFrame(step);
    });
  },
};
