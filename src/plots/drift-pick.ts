import { pointAt, type DriftPoints } from './draw-drift.ts';

/** How far from a point a pointer may be to mean it, in pixels. */
const REACH = 8;

/** Fact of the row whose point is nearest to (x, y), or null when none is within reach. `sorted`: the row's facts by drift. */
export function nearestPoint(
  points: DriftPoints,
  sorted: Int32Array,
  { language, position, x, y }: { language: number; position: number; x: number; y: number },
): number | null {
  const { matrix, layout } = points;
  const valueAt = (i: number): number => matrix.values[sorted[i] * matrix.languages + language];
  const end = layout.x.invert(x + REACH);
  let nearest: number | null = null;
  let distance = REACH;
  for (
    let i = firstAtLeast(sorted.length, valueAt, layout.x.invert(x - REACH));
    i < sorted.length;
    i++
  ) {
    if (valueAt(i) > end) break;
    const place = pointAt(points, { fact: sorted[i], language, position });
    if (place === null) continue;
    const apart = Math.hypot(place.x - x, place.y - y);
    if (apart < distance) [nearest, distance] = [sorted[i], apart];
  }
  return nearest;
}

function firstAtLeast(length: number, valueAt: (i: number) => number, value: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (valueAt(middle) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The fact `steps` further along the row's facts; from the middle when none is given or it is not in the row. */
export function stepAlong(sorted: Int32Array, fact: number | null, steps: number): number | null {
  if (sorted.length === 0) return null;
  const from = fact === null ? -1 : sorted.indexOf(fact);
  const to = from === -1 && Number.isFinite(steps) ? Math.floor(sorted.length / 2) : from + steps;
  return sorted[Math.min(sorted.length - 1, Math.max(0, to))];
}
