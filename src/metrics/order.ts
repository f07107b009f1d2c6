import type { LanguageMatrix } from '../core/matrix.ts';

/**
 * Order of the languages along a tree of average linkage: near ones stand side by side.
 *
 * @param distances [L, L], symmetric; NaN counts as the largest distance
 * @see Sokal and Michener 1958 (UPGMA)
 */
export function clusterOrder(distances: LanguageMatrix, L: number): number[] {
  const largest = distances.reduce((best, value) => (value > best ? value : best), 0);
  const between = (a: number[], b: number[]): number => {
    let sum = 0;
    for (const i of a) {
      for (const j of b) {
        const value = distances[i * L + j];
        sum += Number.isNaN(value) ? largest : value;
      }
    }
    return sum / (a.length * b.length);
  };
  let clusters = Array.from({ length: L }, (_, language) => [language]);
  while (clusters.length > 1) {
    let best = { a: 0, b: 1, distance: Infinity };
    for (let a = 0; a < clusters.length; a++) {
      for (let b = a + 1; b < clusters.length; b++) {
        const distance = between(clusters[a], clusters[b]);
        if (distance < best.distance) best = { a, b, distance };
      }
    }
    const { a, b } = best;
    clusters = [
      ...clusters.filter((_, i) => i !== a && i !== b),
      join(clusters[a], clusters[b], distances, L),
    ];
  }
  return clusters[0] ?? [];
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
