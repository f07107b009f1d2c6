import type { LanguageMatrix } from '../core/matrix.ts';

/** One step of a clustering: leaves are 0 to L - 1, and step i makes cluster L + i out of clusters a and b. */
export interface Merge {
  a: number;
  b: number;
  /** Mean distance between the members of a and those of b; it never falls from one step to the next. */
  height: number;
}

/** A tree over languages, and an order of its leaves in which no branches cross. */
export interface LanguageTree {
  order: number[];
  /** L - 1 steps, none for fewer than two languages. */
  merges: Merge[];
}

interface Cluster {
  id: number;
  members: number[];
}

/**
 * Tree of average linkage over the languages, its branches turned so that near languages stand side by side.
 *
 * @param distances [L, L], symmetric; NaN counts as the largest distance
 * @see Sokal and Michener 1958 (UPGMA)
 */
export function averageLinkage(distances: LanguageMatrix, L: number): LanguageTree {
  const largest = distances.reduce((best, value) => (value > best ? value : best), 0);
  const known = distances.map((value) => (Number.isNaN(value) ? largest : value));
  let clusters = Array.from({ length: L }, (_, id): Cluster => ({ id, members: [id] }));
  const merges: Merge[] = [];
  while (clusters.length > 1) {
    const { a, b, height } = nearest(clusters, known, L);
    const members = join(a.members, b.members, distances, L);
    clusters = [
      ...clusters.filter((own) => own !== a && own !== b),
      { id: L + merges.length, members },
    ];
    merges.push({ a: a.id, b: b.id, height });
  }
  return { order: clusters[0]?.members ?? [], merges };
}

/** The two clusters with the least mean distance, the first of equal ones. */
function nearest(
  clusters: Cluster[],
  distances: LanguageMatrix,
  L: number,
): { a: Cluster; b: Cluster; height: number } {
  let best = { a: clusters[0], b: clusters[1], height: Infinity };
  clusters.forEach((a, place) => {
    for (const b of clusters.slice(place + 1)) {
      const height = meanBetween(a.members, b.members, distances, L);
      if (height < best.height) best = { a, b, height };
    }
  });
  return best;
}

function meanBetween(a: number[], b: number[], distances: LanguageMatrix, L: number): number {
  let sum = 0;
  for (const i of a) for (const j of b) sum += distances[i * L + j];
  return sum / (a.length * b.length);
}

/** Turns the two branches so that their nearest ends meet. */
function join(left: number[], right: number[], distances: LanguageMatrix, L: number): number[] {
  const at = (a: number, b: number): number => {
    const value = distances[a * L + b];
    return Number.isNaN(value) ? Infinity : value;
  };
  const [leftHead, leftTail, rightHead, rightTail] = [
    left[0],
    left.at(-1)!,
    right[0],
    right.at(-1)!,
  ];
  const options = [
    { gap: at(leftTail, rightHead), order: () => [...left, ...right] },
    { gap: at(leftTail, rightTail), order: () => [...left, ...right.toReversed()] },
    { gap: at(leftHead, rightHead), order: () => [...left.toReversed(), ...right] },
    { gap: at(leftHead, rightTail), order: () => [...right, ...left] },
  ];
  return options.reduce((best, option) => (option.gap < best.gap ? option : best)).order();
}
