import { productsOf, type Kernels } from '../compute/kernels.ts';
import { assertComparable, cellRows, type EmbeddedCorpus } from '../core/corpus.ts';
import { assert } from '../core/errors.ts';
import { takeRows, type Matrix } from '../core/matrix.ts';
import { languageBias, type LanguageBias, type Scaler } from '../metrics/language-bias.ts';
import { scanPair, type PairScan } from '../metrics/pair-scan.ts';
import { languageSides, type LanguageSide } from './language-sides.ts';

/** What the metrics of a pair are made from. */
export interface PairMaterial {
  scan: PairScan;
  a: LanguageSide;
  b: LanguageSide;
  bias: LanguageBias;
}

/**
 * What the metrics of a pair of languages are made from, on the facts that both have; null when they share none. What
 * belongs to one language is made once and held.
 *
 * @param scaler what the language bias is z-scored with
 * @throws AnalyzerError `corpus/too-few-languages`, `corpus/no-shared-facts`
 */
export function pairMaterials(
  { corpus, vectors }: EmbeddedCorpus,
  scaler: Scaler,
  kernels: Kernels,
): (a: number, b: number) => Promise<PairMaterial | null> {
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
  return async (a, b) => {
    const facts = sharedFacts(cells, L, [a, b]);
    if (facts.length === 0) return null;
    const [ofA, ofB] = [await side(a, facts), await side(b, facts)];
    return {
      scan: await scanPair(ofA.rows, ofB.rows, productsOf(kernels)),
      a: ofA,
      b: ofB,
      bias: languageBias(ofA.rows, ofB.rows, scaler),
    };
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
