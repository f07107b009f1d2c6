import type { AnswerTable, TrainingRow } from '../../core/answers.ts';
import { productBlocks, takeRows, type Matrix, type Products } from '../../core/matrix.ts';
import { isTestTask } from '../../io/answers/file-words.ts';
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

/** Rows for training whose prompt stands in the test, too: in rows of a test, or among the questions of one. */
export function trainedOnTest(table: AnswerTable): Set<TrainingRow> {
  const test = testPrompts(table);
  return new Set(
    table.training.filter((row) => row.split !== 'test' && test.has(normalised(promptOf(row)))),
  );
}

/** Normalised prompts of the test, with and without their instruction. */
function testPrompts({
  training,
  tasks,
  questions,
  wordings,
  languages,
}: AnswerTable): Set<string> {
  const rows = training.filter(({ split }) => split === 'test').map(promptOf);
  const asked = wordings.flatMap((wording, i) => {
    const { task } = questions[Math.floor(i / languages.length)];
    if (wording === null || wording.prompt === '' || !isTestTask(tasks[task].name)) return [];
    const { instruction, prompt } = wording;
    return [prompt, promptOf({ instruction, input: prompt })];
  });
  return new Set([...rows, ...asked].map(normalised));
}

export function checkDuplicates(table: AnswerTable, findings: Findings): void {
  if (testPrompts(table).size === 0) return;
  const trained = table.training.filter(({ split }) => split !== 'test');
  findings.checked('duplicate-across-splits', trained.length);
  for (const row of trainedOnTest(table))
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
  const exact = trainedOnTest(table);
  const rowsOf = (isTest: boolean): number[] =>
    training.flatMap((row, i) => ((row.split === 'test') === isTest && !exact.has(row) ? [i] : []));
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
