import type { Renderings } from '../core/corpus.ts';
import type { Neighbors } from '../core/neighbors.ts';

/** Above this cosine two texts of one language count as the same. */
const SAME_COSINE = 1 - 1e-4;

/** Two different facts with the same rendering in some language. */
export type FactPair = readonly [fact: number, other: number];

/** Pairs of facts whose texts in one language have the same letters and digits, letter case aside; chained, not all pairs. */
export function equalTexts({ text, fact, language }: Renderings): FactPair[] {
  const first = new Map<string, number>();
  const pairs: FactPair[] = [];
  text.forEach((value, r) => {
    const words = value
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
      .trim();
    if (words === '') return;
    const key = `${language[r]} ${words}`;
    const known = first.get(key);
    if (known === undefined) first.set(key, fact[r]);
    else if (known !== fact[r]) pairs.push([known, fact[r]]);
  });
  return pairs;
}

/**
 * Pairs of facts whose vectors in one language have a cosine above 1 - 1e-4, as far as the lists reach.
 *
 * @param nearest nearest renderings of each rendering, in any language; @param renderings fact and language of each. [N]
 */
export function equalVectors(
  nearest: Neighbors,
  { fact, language }: Pick<Renderings, 'fact' | 'language'>,
): FactPair[] {
  const pairs: FactPair[] = [];
  nearest.indices.forEach((neighbor, e) => {
    const own = Math.floor(e / nearest.k);
    const isSame = nearest.cosines[e] > SAME_COSINE && language[neighbor] === language[own];
    if (isSame && fact[neighbor] !== fact[own]) pairs.push([fact[own], fact[neighbor]]);
  });
  return pairs;
}

/**
 * Near-duplicate facts: groups of facts that pairs connect, in any language. They cannot be told apart, so that MEXA
 * fails on them and ranks among them mean nothing.
 *
 * @returns groups of two or more facts, in increasing order, by their first fact
 */
export function duplicateGroups(pairs: readonly FactPair[], facts: number): number[][] {
  const parent = Int32Array.from({ length: facts }, (_, fact) => fact);
  const root = (fact: number): number => {
    while (parent[fact] !== fact) fact = parent[fact] = parent[parent[fact]];
    return fact;
  };
  for (const [a, b] of pairs) {
    const [low, high] = [root(a), root(b)].sort((x, y) => x - y);
    parent[high] = low;
  }
  const groups: number[][] = Array.from({ length: facts }, () => []);
  for (let fact = 0; fact < facts; fact++) groups[root(fact)].push(fact);
  return groups.filter((group) => group.length > 1);
}
