import { describe, expect, it } from 'vitest';
import { takeRenderings } from '../../src/core/common-corpus.ts';
import { rowsOfFacts } from '../../src/core/corpus.ts';
import type { NegativesResult, PerturbationError } from '../../src/core/lint.ts';
import { changeOfErrors, stacked, withStatements } from '../../src/ui/held-out.ts';
import { corpusOf, matrixOf } from '../helpers/corpora.ts';

/** Two languages, three facts; the second language lacks the second fact. */
const { corpus } = corpusOf(
  [
    [[1], [2], [3]],
    [[4], [5], [6]],
  ],
  (language, fact) => language === 0 || fact !== 1,
);

describe('held-out texts', () => {
  it('are those of the facts that are asked for, in the order of the corpus', () => {
    const rows = rowsOfFacts(corpus, Int32Array.of(2, 1));
    const { fact } = corpus.renderings;
    expect([...rows]).toEqual([...rows].sort((a, b) => a - b));
    expect(Array.from(rows, (r) => fact[r]).sort()).toEqual([1, 2, 2]);
    expect(rowsOfFacts(corpus, new Int32Array())).toHaveLength(0);
  });

  it('get the false statements at their end, in one language', () => {
    const held = takeRenderings(corpus, rowsOfFacts(corpus, Int32Array.of(0)));
    const { renderings, facts, languages } = withStatements(held, ['no', 'never'], 1);
    expect(renderings.text.slice(-2)).toEqual(['no', 'never']);
    expect([...renderings.language.slice(-2)]).toEqual([1, 1]);
    expect([...renderings.language.slice(0, -2)]).toEqual([...held.renderings.language]);
    expect([...renderings.fact.slice(0, -2)]).toEqual([...held.renderings.fact]);
    for (const column of ['fact', 'language', 'file', 'line'] as const)
      expect(renderings[column], column).toHaveLength(renderings.text.length);
    expect([facts, languages]).toEqual([held.facts, held.languages]);
    const vectors = stacked(
      matrixOf([[1, 2]]),
      matrixOf([
        [3, 4],
        [5, 6],
      ]),
    );
    expect([vectors.rows, [...vectors.data]]).toEqual([3, [1, 2, 3, 4, 5, 6]]);
  });

  it('count facts of which any false statement was taken for true, over all languages', () => {
    const errors = (counts: [string, number, number][]): NegativesResult =>
      ({
        errors: counts.map(
          ([type, facts, errors]) => ({ type, facts, errors }) as PerturbationError,
        ),
      }) as NegativesResult;
    const before = errors([
      ['any', 10, 2],
      ['number', 6, 1],
      ['any', 8, 3],
    ]);
    const after = errors([
      ['any', 10, 1],
      ['any', 8, 3],
    ]);
    expect(changeOfErrors(before, after)).toEqual({ statements: 18, before: 5, after: 4 });
  });
});
