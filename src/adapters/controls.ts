import { rowsOfLanguage, type EmbeddedCorpus } from '../core/corpus.ts';
import type { PreferencePairs } from '../core/adapter.ts';
import type { FactSplit } from '../core/lab.ts';
import { dot, matrix, row, takeRows, type Matrix, type Products } from '../core/matrix.ts';
import { normal, randomBelow, seededRandom, shuffle, type Random } from '../core/random.ts';
import { mean } from '../core/statistics.ts';
import type { Kernels } from '../compute/kernels.ts';
import { neighborRankConsistency } from '../metrics/rank-consistency.ts';

/**
 * The run with its facts shuffled within each language, training facts among training facts and validation facts among
 * validation facts: whatever is learned from its pairs is no alignment. Unless there are more languages than facts, no
 * two texts of one fact stay together, which chance would leave one of in each pair of languages.
 */
export function shuffledFacts(
  { corpus, vectors }: EmbeddedCorpus,
  { train, validation }: FactSplit,
  seed: number,
): EmbeddedCorpus {
  const random = seededRandom(seed);
  const fact = corpus.renderings.fact.slice();
  const original = corpus.renderings.fact;
  const taken = new Set<number>();
  const key = (place: number): number => original[place] * corpus.facts.length + fact[place];
  for (const part of [train, validation]) {
    const isIn = new Uint8Array(corpus.facts.length);
    for (const f of part) isIn[f] = 1;
    corpus.languages.forEach((_, l) => {
      const { language, fact: own } = corpus.renderings;
      const places = rowsOfLanguage(language, l).filter((r) => isIn[own[r]] === 1);
      permute(fact, places, random);
      separate(fact, places, { random, isTogether: (place) => taken.has(key(place)) });
      for (const place of places) taken.add(key(place));
    });
  }
  return { corpus: { ...corpus, renderings: { ...corpus.renderings, fact } }, vectors };
}

/** Exchanges the values at places that are together with one of before against others, as far as that helps. */
function separate(
  values: Int32Array,
  places: Int32Array,
  { random, isTogether }: { random: Random; isTogether: (place: number) => boolean },
): void {
  const exchange = (a: number, b: number): void =>
    void ([values[a], values[b]] = [values[b], values[a]]);
  for (const place of places) {
    for (let tries = 0; isTogether(place) && tries < MOST_TRIES; tries++) {
      const other = places[randomBelow(random, places.length)];
      exchange(place, other);
      if (isTogether(place) || isTogether(other)) exchange(place, other);
    }
  }
}

const MOST_TRIES = 1000;

/** Preference pairs with their chosen texts shuffled within each language. */
export function shuffledPreferences(pairs: PreferencePairs, seed: number): PreferencePairs {
  const random = seededRandom(seed);
  const chosen = pairs.chosen.slice();
  for (const l of new Set(pairs.language)) {
    const places = Int32Array.from(chosen.keys());
    const own = places.filter((p) => pairs.language[pairs.chosen[p]] === l);
    permute(chosen, own, random);
  }
  return { ...pairs, chosen };
}

/** Puts the values at some places in random order. */
function permute(values: Int32Array, places: Int32Array, random: Random): void {
  const order = shuffle(
    random,
    places.map((place) => values[place]),
  );
  places.forEach((place, i) => (values[place] = order[i]));
}

/** Vectors after a random rotation of each language, all orthogonal maps being equally likely. */
export async function rotatedRows(
  { corpus, vectors }: EmbeddedCorpus,
  seed: number,
  products: Products,
  pause: () => Promise<void>,
): Promise<Matrix> {
  const { language } = corpus.renderings;
  const random = seededRandom(seed);
  const turned = matrix(vectors.rows, vectors.columns);
  for (const l of new Set(language)) {
    const rows = rowsOfLanguage(language, l);
    const own = await products(takeRows(vectors, rows), randomRotation(vectors.columns, random));
    rows.forEach((r, i) => row(turned, r).set(row(own, i)));
    await pause();
  }
  return turned;
}

/** Orthonormal rows, by Gram and Schmidt from normal ones. [d, d] */
function randomRotation(d: number, random: Random): Matrix {
  const axes = matrix(d, d);
  for (let i = 0; i < d; i++) {
    const axis = row(axes, i);
    for (let k = 0; k < d; k++) axis[k] = normal(random);
    // Twice: once leaves what single precision rounds away.
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) subtract(axis, row(axes, j), dot(axis, row(axes, j)));
      const length = Math.sqrt(dot(axis, axis));
      for (let k = 0; k < d; k++) axis[k] /= length;
    }
  }
  return axes;
}

function subtract(from: Float32Array, axis: Float32Array, along: number): void {
  for (let k = 0; k < from.length; k++) from[k] -= along * axis[k];
}

/** Nearest facts that are compared. */
const DEPTH = 10;

/**
 * How alike each language's facts are ordered by nearness before and after, mean over languages of RankC: 1 where no
 * neighbourhood changed. NaN where no language has three facts.
 */
export async function monolingualConsistency(
  before: EmbeddedCorpus,
  after: Matrix,
  kernels: Kernels,
): Promise<number> {
  const { languages, renderings } = before.corpus;
  const found: number[] = [];
  for (const l of languages.keys()) {
    const rows = rowsOfLanguage(renderings.language, l);
    if (rows.length < 3) continue;
    const k = Math.min(DEPTH, rows.length - 1);
    const own = await kernels.nearest(takeRows(before.vectors, rows), k);
    const adapted = await kernels.nearest(takeRows(after, rows), k);
    found.push(mean(neighborRankConsistency(own, adapted)));
  }
  return mean(found);
}
