// Places on a board of cards, from where the cards are seen to stand.

// The card that one dropped at x, y would stand before; none means last. Cards stand in rows, or one
// under the other.
export function placeAt(cards, x, y) {
  const boxes = cards.map((card) => card.getBoundingClientRect());
  const inRows = boxes.some((box, place) => place > 0 && Math.abs(box.top - boxes[place - 1].top) < 2);
  const isAfter = (box) => {
    if (!inRows) return y < box.top + box.height / 2;
    return y < box.top || (y < box.bottom && x < box.left + box.width / 2);
  };
  return cards[boxes.findIndex(isAfter)] ?? null;
}

// The card an arrow goes to: the one that lies least far that way, and least far aside.
export function nearest(from, cards, [across, down]) {
  const centre = ({ left, top, width, height }) => [left + width / 2, top + height / 2];
  const [x, y] = centre(from.getBoundingClientRect());
  const far = (card) => {
    const [toX, toY] = centre(card.getBoundingClientRect());
    const along = (toX - x) * across + (toY - y) * down;
    const aside = Math.abs((toX - x) * down) + Math.abs((toY - y) * across);
    return along < 8 || (down && aside > 40) ? Infinity : along + aside * 2;
  };
  const best = cards.filter((card) => card !== from).sort((a, b) => far(a) - far(b))[0];
  return best && far(best) < Infinity ? best : null;
}
