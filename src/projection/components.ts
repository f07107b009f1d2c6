import type { Edges } from './edges.ts';

/** The number of each point's connected component, counted from 0 in the order of their first points. [points] */
export function componentsOf(points: number, { heads, tails }: Edges): Int32Array {
  const parents = Int32Array.from({ length: points }, (_, i) => i);
  const rootOf = (point: number): number => {
    while (parents[point] !== point) point = parents[point] = parents[parents[point]];
    return point;
  };
  heads.forEach((head, e) => {
    const [a, b] = [rootOf(head), rootOf(tails[e])];
    parents[Math.max(a, b)] = Math.min(a, b);
  });
  const numbers = new Int32Array(points);
  let count = 0;
  for (let i = 0; i < points; i++) numbers[i] = parents[i] === i ? count++ : numbers[rootOf(i)];
  return numbers;
}

interface Disc {
  x: number;
  y: number;
  radius: number;
}

/**
 * Moves components, each as a whole, towards the middle, in place. Nothing holds together what no edge joins, so that
 * pushing drives closed groups ever farther apart; how far says nothing. All their centres come nearer by one factor, until
 * the gap between some two is as wide as they are in the mean: what lies within a component stays, and so does the order of
 * the distances between centres. Where some two lie nearer already, or within each other, nothing moves.
 *
 * @param positions x and y of every point. [2 * points]
 */
export function drawTogether(positions: Float32Array, components: Int32Array): void {
  const discs = discsOf(positions, components);
  const factor = Math.min(1, leastFactor(discs));
  if (factor === 1) return;
  components.forEach((component, i) => {
    positions[2 * i] -= (1 - factor) * discs[component].x;
    positions[2 * i + 1] -= (1 - factor) * discs[component].y;
  });
}

/** The factor by which distances between centres may shrink at most; more than 1 where some are too near already. */
function leastFactor(discs: Disc[]): number {
  let least = discs.length > 1 ? 0 : 1;
  for (const [i, a] of discs.entries()) {
    for (let j = 0; j < i && least < 1; j++) {
      const b = discs[j];
      const apart = Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2);
      least = Math.max(least, (2 * (a.radius + b.radius)) / apart);
    }
  }
  return least;
}

/** Mean and farthest reach of each component. */
function discsOf(positions: Float32Array, components: Int32Array): Disc[] {
  const discs: (Disc & { points: number })[] = [];
  components.forEach((component, i) => {
    const disc = (discs[component] ??= { x: 0, y: 0, radius: 0, points: 0 });
    disc.x += positions[2 * i];
    disc.y += positions[2 * i + 1];
    disc.points++;
  });
  for (const disc of discs) {
    disc.x /= disc.points;
    disc.y /= disc.points;
  }
  components.forEach((component, i) => {
    const disc = discs[component];
    const reach = Math.sqrt(
      (positions[2 * i] - disc.x) ** 2 + (positions[2 * i + 1] - disc.y) ** 2,
    );
    disc.radius = Math.max(disc.radius, reach);
  });
  return discs;
}
