interface LabelPlace {
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const HEIGHT = 14;
const GAP = 8;

/**
 * Places a label beside each point (right, left, above, below, in that order) so that it covers no other label and no
 * point, and lies inside; null for a label that has no such place.
 */
export function labelPlaces(
  points: { x: number; y: number; width: number }[],
  { width, height }: { width: number; height: number },
): (LabelPlace | null)[] {
  const taken: Box[] = points.map(({ x, y }) => ({
    left: x - 5,
    top: y - 5,
    right: x + 5,
    bottom: y + 5,
  }));
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
