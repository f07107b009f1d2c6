import { productsOf, type Kernels } from '../compute/kernels.ts';
import type { Matrix } from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';
import { ckaSide, type CkaSide } from '../metrics/cka.ts';
import { dissimilarities, type Dissimilarities } from '../metrics/rsa.ts';

/** What one language contributes to the metrics of a pair, on the facts of that pair. */
export interface LanguageSide {
  facts: Int32Array;
  /** Unit rows, fact by fact. [n, d] */
  rows: Matrix;
  /** Nearest other facts within the language, 10 of each where there are so many. */
  nearest: Neighbors;
  /** Cosine of the nearest of them; -Infinity for n = 1. [n] */
  rival: Float32Array;
  cka: CkaSide;
  /** null above RSA_FACTS. */
  dissimilarities: Dissimilarities | null;
}

/** Neighbours that rank consistency compares. */
const DEPTH = 10;

/** RSA holds the cosines of all pairs of facts: 16 MB of each language at this number of facts. */
const RSA_FACTS = 2000;

/** Numbers that are held for languages to come: 512 MB. */
const HELD_NUMBERS = 128e6;

/** Pairs of languages that a GPU computes well in one go. */
const MOST_PAIRS = 32;

/** Pairs whose sides fit into half of what is held, for vectors [n, d] of each language. */
export function pairsAtOnce(n: number, d: number): number {
  const side = n * d + (n > RSA_FACTS ? 0 : 1.5 * n * n);
  return Math.max(1, Math.min(MOST_PAIRS, Math.floor(HELD_NUMBERS / 2 / side)));
}

/**
 * Prepares languages, and holds the latest side of each for the pairs to come, which mostly share their facts. Where all
 * do not fit, those that came first are held.
 *
 * @param rowsOf unit rows of a language's renderings of the facts
 */
export function languageSides(
  rowsOf: (language: number, facts: Int32Array) => Matrix,
  kernels: Kernels,
): (language: number, facts: Int32Array) => Promise<LanguageSide> {
  const held = new Map<number, LanguageSide>();
  return async (language, facts) => {
    const known = held.get(language);
    if (known !== undefined && areEqual(known.facts, facts)) return known;
    held.delete(language);
    const side = await languageSide(facts, rowsOf(language, facts), kernels);
    const numbers = [...held.values(), side].reduce((sum, one) => sum + sizeOf(one), 0);
    if (numbers <= HELD_NUMBERS) held.set(language, side);
    return side;
  };
}

async function languageSide(
  facts: Int32Array,
  rows: Matrix,
  kernels: Kernels,
): Promise<LanguageSide> {
  const products = productsOf(kernels);
  const nearest = await nearestFacts(rows, kernels);
  return {
    facts,
    rows,
    nearest,
    rival: Float32Array.from(facts, (_, i) => nearest.cosines[i * nearest.k] ?? -Infinity),
    cka: await ckaSide(rows, products),
    dissimilarities: facts.length > RSA_FACTS ? null : await dissimilarities(rows, products),
  };
}

async function nearestFacts(rows: Matrix, kernels: Kernels): Promise<Neighbors> {
  const k = Math.min(DEPTH, rows.rows - 1);
  if (k > 0) return kernels.nearest(rows, k);
  return { rows: rows.rows, k, indices: new Int32Array(0), cosines: new Float32Array(0) };
}

function areEqual(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

function sizeOf({ rows, cka, dissimilarities: own }: LanguageSide): number {
  return rows.data.length + cka.held.data.length + (own?.ranks.length ?? 0);
}
