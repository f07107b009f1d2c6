import type { AnswerTable, TrainingRow } from '../../core/answers.ts';
import { productBlocks, takeRows, type Matrix, type Products } from '../../core/matrix.ts';
import type { Findings } from './findings.ts';
import { exampleOf, normalised, promptOf, respaced } from './training-rules.ts';

/** Pairs of one prompt of which one prefers what the other rejects; each of the two is a finding. */
export function checkContradictions(table: AnswerTable, findings: Findings): void {
  const pairs = table.training.filter((row) => row.rejected !== null);
  findings.checked('contradictory-pairs', pairs.length);
  const keys = new Set(pairs.map((row) => keyOf(row, row.chosen, row.rejected!)));
  for (const row of pairs) {
    const isOpposed =
      respaced(row.chosen) !== respaced(row.rejected!) &&
      keys.has(keyOf(row, row.rejected!, row.chosen));
    if (isOpposed) findings.found('contradictory-pairs', exampleOf(row, labelOf(table, row)));
  }
}

function keyOf(row: TrainingRow, better: string, worse: string): string {
  return [normalised(promptOf(row)), respaced(better), respaced(worse)].join('\0');
}

function labelOf({ languages }: AnswerTable, { language }: TrainingRow): string {
  return language < 0 ? '' : languages[language].label;
}

/** Readers make a task of its own of a test's questions. */
const TEST_TASK = /(^|_)test$/;

/** Rows for training whose prompt stands in the test, too: in rows of a test file, or among questions of one. */
export function trainedOnTest({ training, tasks, questions, wordings, languages }: AnswerTable) {
  const test = new Set(training.filter(isTest).map((row) => normalised(promptOf(row))));
  wordings.forEach((wording, w) => {
    const { task } = questions[Math.floor(w / languages.length)];
    if (wording === null || wording.prompt === '' || !TEST_TASK.test(tasks[task].name)) return;
    test.add(normalised(promptOf({ instruction: wording.instruction, input: wording.prompt })));
  });
  const trained = training.filter((row) => !isTest(row));
  return {
    checked: test.size === 0 ? 0 : trained.length,
    rows: new Set(trained.filter((row) => test.has(normalised(promptOf(row))))),
  };
}

function isTest({ split }: TrainingRow): boolean {
  return split === 'test';
}

export function checkDuplicates(table: AnswerTable, findings: Findings): void {
  const { checked, rows } = trainedOnTest(table);
  findings.checked('duplicate-across-splits', checked);
  for (const row of rows) {
    const example = exampleOf(row, labelOf(table, row), promptOf(row));
    findings.found('duplicate-across-splits', example, true);
  }
}

/** Cosine above which two prompts are taken for one. */
export const NEAR_DUPLICATE = 0.98;

/**
 * Rows for training with a prompt that is nearly one of a test file's rows; exact ones are found by their text.
 *
 * @param vectors unit rows of the prompts of `table.training`, row by row
 */
export async function checkNearDuplicates(
  table: AnswerTable,
  { vectors, products }: { vectors: Matrix; products: Products },
  findings: Findings,
): Promise<void> {
  const { training } = table;
  const exact = trainedOnTest(table).rows;
  const rowsOf = (test: boolean): number[] =>
    training.flatMap((row, i) => (isTest(row) === test && !exact.has(row) ? [i] : []));
  const [train, test] = [rowsOf(false), rowsOf(true)];
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
