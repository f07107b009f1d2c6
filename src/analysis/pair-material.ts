import type { Kernels } from '../compute/kernels.ts';
import { assertComparable, cellRows, type EmbeddedCorpus } from '../core/corpus.ts';
import { assert } from '../core/errors.ts';
import { takeRows, type Matrix } from '../core/matrix.ts';
import type { PairScan } from '../core/pair-scan.ts';
import { languageBias, type LanguageBias, type Scaler } from '../metrics/language-bias.ts';
import { languageSides, type LanguageSide } from './language-sides.ts';

/** What the metrics of a pair are made from. */
export interface PairMaterial {
  scan: PairScan;
  a: LanguageSide;
  b: LanguageSide;
  bias: LanguageBias;
}

/**
 * What the metrics of language a with each of some others are made from, on the facts that both have; null where they
 * share none. What belongs to one language is made once and held.
 *
 * @param scaler what the language bias is z-scored with
 * @param pause awaited often; what it throws ends the call
 * @throws AnalyzerError `corpus/too-few-languages`, `corpus/no-shared-facts`
 */
export function pairMaterials(
  { corpus, vectors }: EmbeddedCorpus,
  { scaler, kernels, pause }: { scaler: Scaler; kernels: Kernels; pause: () => Promise<void> },
): (a: number, others: readonly number[]) => Promise<(PairMaterial | null)[]> {
  assertComparable(corpus);
  const renderings = corpus.renderings.text.length;
  assert(
    vectors.rows === renderings,
    `comparePairs: ${renderings} renderings but ${vectors.rows} vectors`,
  );
  const L = corpus.languages.length;
  const cells = cellRows(corpus);
  const rowsOf = (language: number, facts: Int32Array): Matrix =>
    takeRows(
      vectors,
      facts.map((fact) => cells[fact * L + language]),
    );
  const side = languageSides(rowsOf, kernels);
  return async (a, others) => {
    const sides: { a: LanguageSide; b: LanguageSide }[] = [];
    const shared = others.map((b) => sharedFacts(cells, L, [a, b]));
    for (const [at, facts] of shared.entries()) {
      if (facts.length === 0) continue;
      sides.push({ a: await side(a, facts), b: await side(others[at], facts) });
      await pause();
    }
    const pairs = sides.map((pair) => ({ x: pair.a.rows, y: pair.b.rows }));
    const scans = await kernels.comparePairs(pairs, pause);
    const materials = sides.map((pair, p) => ({
      ...pair,
      scan: scans[p],
      bias: languageBias(pair.a.rows, pair.b.rows, scaler),
    }));
    return shared.map((facts) => (facts.length === 0 ? null : (materials.shift() ?? null)));
  };
}

/** Facts with a rendering in each of the given languages. */
export function sharedFacts(
  cells: Int32Array,
  L: number,
  languages: readonly number[],
): Int32Array {
  const shared: number[] = [];
  for (let fact = 0; fact * L < cells.length; fact++) {
    if (languages.every((language) => cells[fact * L + language] >= 0)) shared.push(fact);
  }
  return Int32Array.from(shared);
}
