import { createReference } from '../../src/compute/reference.ts';
import type { Matrix, Products } from '../../src/core/matrix.ts';
import type { PairScan } from '../../src/core/pair-scan.ts';
import { gaussians, rowsOf, type Cube } from './corpora.ts';
import { lenses, randomFacts, threeLanguages } from './golden.ts';
import { seededRandom } from '../../src/core/random.ts';
import { mean } from '../../src/core/statistics.ts';

/** Products in double precision, stored in single. */
export const products: Products = (x, y) => createReference().cosineMatrix(x, y);

/** Two languages as the metrics get them: unit rows, fact by fact. */
export interface Pair {
  x: Matrix;
  y: Matrix;
}

/** Metrics from their parts by fact. */
export function meansOf<Name extends string>(
  parts: Record<Name, Float64Array>,
): Record<Name, number> {
  const entries = Object.entries<Float64Array>(parts).map(([name, list]) => [name, mean(list)]);
  return Object.fromEntries(entries) as Record<Name, number>;
}

export function pairOf(a: number[][], b: number[][]): Pair {
  return { x: rowsOf(a), y: rowsOf(b) };
}

export async function scanOf(pair: Pair): Promise<PairScan> {
  return (await createReference().comparePairs([pair]))[0];
}

const [en, de, sw] = threeLanguages.raw;

/** The hand-sized example: five facts in English, German and Swahili, four numbers each. */
export const enDe = pairOf(en, de);
export const enSw = pairOf(en, sw);

/** Pairs of the 40 facts in 5 languages with their golden numbers; all facts, and those that both languages have. */
export const goldenPairs = [
  ...lenses.complete.pairs.map((golden) => ({
    name: `languages ${golden.a} and ${golden.b}`,
    pair: pairOf(randomFacts.raw[golden.a], randomFacts.raw[golden.b]),
    golden,
  })),
  ...lenses.withHoles.pairs.map((golden) => {
    const { present } = randomFacts.withHoles;
    const isShared = (_: unknown, i: number): boolean =>
      present[golden.a][i] + present[golden.b][i] === 2;
    return {
      name: `languages ${golden.a} and ${golden.b} with holes`,
      pair: pairOf(
        randomFacts.raw[golden.a].filter(isShared),
        randomFacts.raw[golden.b].filter(isShared),
      ),
      golden,
    };
  }),
];

/** n facts in two languages, all with one and the same vector. */
export function equalPair(n: number): Pair {
  const rows = Array.from({ length: n }, () => [0.1, 0.2, 0.7]);
  return pairOf(rows, rows);
}

/** The vectors of a cube turned by one random rotation. */
export function rotated(cube: Cube, seed: number): Cube {
  const axes = randomRotation(cube[0][0].length, seed);
  return cube.map((rows) => rows.map((vector) => axes.map((axis) => sumOfProducts(axis, vector))));
}

/** Rows of an orthogonal matrix, by Gram and Schmidt. [d, d] */
function randomRotation(d: number, seed: number): number[][] {
  const axes: number[][] = [];
  for (const vector of gaussians(seededRandom(seed), d, d)) {
    for (const axis of axes) {
      const along = sumOfProducts(axis, vector);
      vector.forEach((_, k) => (vector[k] -= along * axis[k]));
    }
    const length = Math.sqrt(sumOfProducts(vector, vector));
    axes.push(vector.map((value) => value / length));
  }
  return axes;
}

function sumOfProducts(a: number[], b: number[]): number {
  return a.reduce((sum, value, k) => sum + value * b[k], 0);
}
