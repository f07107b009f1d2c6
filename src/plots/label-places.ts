export interface LabelPlace {
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
}

/** An area in pixels. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const HEIGHT = 14;
const GAP = 8;

/**
 * Places a label beside each point (right, left, above, below, in that order) so that it covers no other label and no
 * point, and lies inside; null for a label that has no such place. Nothing is written over `occupied` either.
 */
export function labelPlaces(
  points: { x: number; y: number; width: number }[],
  { width, height }: { width: number; height: number },
  occupied: Box[] = [],
): (LabelPlace | null)[] {
  const dots = points.map(({ x, y }) => ({ left: x - 5, top: y - 5, right: x + 5, bottom: y + 5 }));
  const taken: Box[] = [...occupied, ...dots];
  return points.map((point) => {
    for (const place of candidates(point)) {
      const box = boxOf(place, point.width);
      if (box.left < 0 || box.top < 0 || box.right > width || box.bottom > height) continue;
      if (taken.some((other) => overlap(box, other))) continue;
      taken.push(box);
      return place;
    }
    return null;
  });
}

function candidates({ x, y }: { x: number; y: number }): LabelPlace[] {
  return [
    { x: x + GAP, y: y + 4, anchor: 'start' },
    { x: x - GAP, y: y + 4, anchor: 'end' },
    { x, y: y - GAP, anchor: 'middle' },
    { x, y: y + GAP + 10, anchor: 'middle' },
    { x: x + GAP, y: y - GAP, anchor: 'start' },
    { x: x + GAP, y: y + GAP + 8, anchor: 'start' },
    { x: x - GAP, y: y - GAP, anchor: 'end' },
    { x: x - GAP, y: y + GAP + 8, anchor: 'end' },
  ];
}

function boxOf({ x, y, anchor }: LabelPlace, width: number): Box {
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return { left, top: y - HEIGHT + 3, right: left + width, bottom: y + 3 };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/**
 * Moves labels of one column up and down, as little as the sum of squares asks, until each is at least `apart` below the one
 * before; their order is that of `wanted`, and all lie in [low, high] if there is room.
 *
 * @param wanted heights in pixels
 */
export function spreadLabels(
  wanted: number[],
  apart: number,
  [low, high]: readonly [number, number],
): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b] || a - b);
  // Without the distance that each keeps from the first, labels must only not fall: pool adjacent violators.
  const blocks: { sum: number; count: number }[] = [];
  order.forEach((label, place) => {
    let block = { sum: wanted[label] - place * apart, count: 1 };
    while (blocks.length > 0 && meanOf(blocks.at(-1)!) > meanOf(block)) {
      const above = blocks.pop()!;
      block = { sum: above.sum + block.sum, count: above.count + block.count };
    }
    blocks.push(block);
  });
  const last = high - (wanted.length - 1) * apart;
  const free = blocks.flatMap((block) => new Array<number>(block.count).fill(meanOf(block)));
  const places = new Array<number>(wanted.length);
  order.forEach((label, place) => {
    places[label] = Math.max(low, Math.min(last, free[place])) + place * apart;
  });
  return places;
}

function meanOf({ sum, count }: { sum: number; count: number }): number {
  return sum / count;
}
