import { cellRows, type EmbeddedCorpus } from '../../core/corpus.ts';
import type { HardNegative, PerturbationError, PerturbationType } from '../../core/lint.ts';
import { dot, row, type Matrix } from '../../core/matrix.ts';
import { wilson } from '../../core/statistics.ts';

const TYPES = ['number', 'entity', 'negation', 'any'] as const;

/** False statements, with a unit row for each. */
export interface EncodedNegatives {
  negatives: readonly HardNegative[];
  vectors: Matrix;
}

/**
 * For each language but that of the statements, how often a rendering is at least as near to a false statement as to the
 * true one. A fact with several false statements of a type is an error when one of them is. A language whose texts lie
 * at random would have half of them wrong, and more where there are several.
 *
 * @param language of the statements
 */
export function scoreNegatives(
  embedded: EmbeddedCorpus,
  language: number,
  encoded: EncodedNegatives,
): PerturbationError[] {
  return embedded.corpus.languages.flatMap(({ label }, l) => {
    if (l === language) return [];
    const mistaken = mistakenIn(embedded, { language, reader: l }, encoded);
    const verdicts = encoded.negatives.flatMap(({ fact, type }, i) => {
      const isError = mistaken[i];
      return isError === null ? [] : [{ fact, type, isError }];
    });
    return TYPES.map((type) => errorOf(label, type, verdicts));
  });
}

/**
 * Whether each false statement is at least as near to the fact's rendering in the reader's language as the true one; null
 * where there is no such rendering.
 */
export function mistakenIn(
  { corpus, vectors }: EmbeddedCorpus,
  { language, reader }: { language: number; reader: number },
  { negatives, vectors: statements }: EncodedNegatives,
): (boolean | null)[] {
  const L = corpus.languages.length;
  const cells = cellRows(corpus);
  return negatives.map(({ fact }, i) => {
    const rendering = cells[fact * L + reader];
    if (rendering < 0) return null;
    const own = row(vectors, rendering);
    return dot(own, row(statements, i)) >= dot(own, row(vectors, cells[fact * L + language]));
  });
}

function errorOf(
  language: string,
  type: PerturbationType | 'any',
  verdicts: { fact: number; type: PerturbationType; isError: boolean }[],
): PerturbationError {
  const judged = verdicts.filter((verdict) => type === 'any' || verdict.type === type);
  const facts = new Set(judged.map(({ fact }) => fact)).size;
  const wrong = judged.filter(({ isError }) => isError).map(({ fact }) => fact);
  const errors = new Set(wrong).size;
  return {
    language,
    type,
    facts,
    errors,
    rate: facts === 0 ? NaN : errors / facts,
    interval: wilson(errors, facts),
  };
}
