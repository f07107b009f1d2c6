import type { AnswerTable, TrainingRow } from '../../core/answers.ts';
import { productBlocks, takeRows, type Matrix, type Products } from '../../core/matrix.ts';
import type { Findings } from './findings.ts';
import { exampleOf, normalised, promptOf } from './training-rules.ts';

/** Pairs of one prompt of which one prefers what the other rejects; each of the two is a finding. */
export function checkContradictions(table: AnswerTable, findings: Findings): void {
  const pairs = table.training.filter((row) => row.rejected !== null);
  findings.checked('contradictory-pairs', pairs.length);
  const keys = new Set(pairs.map((row) => keyOf(row, row.chosen, row.rejected!)));
  for (const row of pairs) {
    const isOpposed =
      normalised(row.chosen) !== normalised(row.rejected!) &&
      keys.has(keyOf(row, row.rejected!, row.chosen));
    if (isOpposed) findings.found('contradictory-pairs', exampleOf(row, labelOf(table, row)));
  }
}

function keyOf(row: TrainingRow, better: string, worse: string): string {
  return [promptOf(row), better, worse].map(normalised).join('\0');
}

function labelOf({ languages }: AnswerTable, { language }: TrainingRow): string {
  return language < 0 ? '' : languages[language].label;
}

/** Rows for training whose prompt stands in the test, too. Rows of files that say neither are left out. */
export function trainedOnTest(training: readonly TrainingRow[]): Set<TrainingRow> {
  const test = new Set(
    training.filter(({ split }) => split === 'test').map((row) => normalised(promptOf(row))),
  );
  return new Set(
    training.filter((row) => row.split === 'train' && test.has(normalised(promptOf(row)))),
  );
}

export function checkDuplicates(table: AnswerTable, findings: Findings): void {
  const { training } = table;
  if (!training.some(({ split }) => split === 'test')) return;
  const trained = training.filter(({ split }) => split === 'train');
  findings.checked('duplicate-across-splits', trained.length);
  for (const row of trainedOnTest(training))
    findings.found(
      'duplicate-across-splits',
      exampleOf(row, labelOf(table, row), promptOf(row)),
      true,
    );
}

/** Cosine above which two prompts are taken for one. */
export const NEAR_DUPLICATE = 0.98;

/**
 * Rows for training with a prompt that is nearly one of the test; exact ones are found by their text.
 *
 * @param vectors unit rows of the prompts of `table.training`, row by row
 */
export async function checkNearDuplicates(
  table: AnswerTable,
  { vectors, products }: { vectors: Matrix; products: Products },
  findings: Findings,
): Promise<void> {
  const { training } = table;
  const exact = trainedOnTest(training);
  const rowsOf = (split: string): number[] =>
    training.flatMap((row, i) => (row.split === split && !exact.has(row) ? [i] : []));
  const [train, test] = [rowsOf('train'), rowsOf('test')];
  if (train.length === 0 || test.length === 0) return;
  findings.checked('near-duplicate-across-splits', train.length);
  const blocks = productBlocks(takeRows(vectors, train), takeRows(vectors, test), products);
  for await (const { start, block } of blocks) {
    for (let i = 0; i < block.rows; i++) {
      const near = block.data
        .subarray(i * block.columns, (i + 1) * block.columns)
        .findIndex((cosine) => cosine > NEAR_DUPLICATE);
      if (near < 0) continue;
      const row = training[train[start + i]];
      const text = `${promptOf(row)}\n≈ ${promptOf(training[test[near]])}`;
      findings.found('near-duplicate-across-splits', exampleOf(row, labelOf(table, row), text));
    }
  }
}
