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
  { corpus, vectors }: EmbeddedCorpus,
  language: number,
  encoded: EncodedNegatives,
): PerturbationError[] {
  const L = corpus.languages.length;
  const cells = cellRows(corpus);
  return corpus.languages.flatMap(({ label }, l) => {
    if (l === language) return [];
    const verdicts = encoded.negatives.flatMap(({ fact, type }, i) => {
      const rendering = cells[fact * L + l];
      if (rendering < 0) return [];
      const own = row(vectors, rendering);
      const truth = dot(own, row(vectors, cells[fact * L + language]));
      return [{ fact, type, isError: dot(own, row(encoded.vectors, i)) >= truth }];
    });
    return TYPES.map((type) => errorOf(label, type, verdicts));
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
