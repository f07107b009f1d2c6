import { productsOf, type Kernels } from '../compute/kernels.ts';
import { cellRows, completeFacts } from '../core/corpus.ts';
import { takeRows, type Matrix } from '../core/matrix.ts';
import { seededRandom } from '../core/random.ts';
import type { VarianceShares } from '../core/report.ts';
import type { Scaler } from '../metrics/language-bias.ts';
import { varianceShares, zScore, type Cube } from '../metrics/variance.ts';
import type { PairsInput } from './analysis-input.ts';

/** What the split of variance needs; `fit` makes the z-scores, from the renderings of complete facts. */
export interface SplitInput extends PairsInput {
  kernels: Kernels;
  fit: (x: Matrix) => Scaler;
}

/** The split of variance on the facts that all languages have. null below two of them, and where all vectors are equal. */
export async function splitVariance(input: SplitInput): Promise<VarianceShares | null> {
  const cube = completeCube(input);
  if (cube === null) return null;
  return varianceShares(cube, productsOf(input.kernels), seededRandom(input.seed));
}

/** Renderings of the facts that all languages have, z-scored. null below two of them. */
export function completeCube({
  corpus,
  vectors,
  fit,
}: Pick<SplitInput, 'corpus' | 'vectors' | 'fit'>): Cube | null {
  const facts = completeFacts(corpus);
  const L = corpus.languages.length;
  if (facts.length < 2) return null;
  const cells = cellRows(corpus);
  const byLanguage = corpus.languages.map((_, language) =>
    facts.map((fact) => cells[fact * L + language]),
  );
  const inFactOrder = Int32Array.from(
    { length: facts.length * L },
    (_, i) => byLanguage[i % L][Math.floor(i / L)],
  );
  const scaler = fit(takeRows(vectors, inFactOrder));
  const languages = byLanguage.map((rows) => zScore(takeRows(vectors, rows), scaler));
  return { languages, facts: facts.length, dimensions: vectors.columns };
}
