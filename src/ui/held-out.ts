import type { ParallelCorpus } from '../core/corpus.ts';
import type { SensitivityChange } from '../core/lab.ts';
import type { NegativesResult } from '../core/lint.ts';
import { matrix, type Matrix } from '../core/matrix.ts';

/** The corpus with more texts in one language at its end. They belong to no fact: what follows must not ask for it. */
export function withStatements(
  corpus: ParallelCorpus,
  statements: string[],
  language: number,
): ParallelCorpus {
  const { text, ...columns } = corpus.renderings;
  const longer = (column: Int32Array, value: number): Int32Array =>
    Int32Array.from([...column, ...statements.map(() => value)]);
  return {
    ...corpus,
    renderings: {
      text: [...text, ...statements],
      fact: longer(columns.fact, 0),
      language: longer(columns.language, language),
      file: longer(columns.file, 0),
      line: longer(columns.line, 0),
    },
  };
}

/** Rows of the first, then of the second. [first.rows + second.rows, columns] */
export function stacked(first: Matrix, second: Matrix): Matrix {
  const all = matrix(first.rows + second.rows, first.columns);
  all.data.set(first.data);
  all.data.set(second.data, first.data.length);
  return all;
}

/** Counts of facts, all languages together, of which a false statement was taken for true. */
export function changeOfErrors(before: NegativesResult, after: NegativesResult): SensitivityChange {
  const sum = ({ errors }: NegativesResult, count: 'facts' | 'errors'): number =>
    errors.filter(({ type }) => type === 'any').reduce((all, own) => all + own[count], 0);
  const statements = sum(before, 'facts');
  return { statements, before: sum(before, 'errors'), after: sum(after, 'errors') };
}
