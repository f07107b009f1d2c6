import type { AnswerTable } from '../../core/answers.ts';
import type { LintReport } from '../../core/lint.ts';
import type { Matrix, Products } from '../../core/matrix.ts';
import { seededRandom } from '../../core/random.ts';
import { languageIdentifier } from '../identify-language.ts';
import { checkAnswers } from './answer-rules.ts';
import { collectFindings, type Findings } from './findings.ts';
import { lengthBias } from './length-bias.ts';
import { checkContradictions, checkDuplicates, checkNearDuplicates } from './pair-rules.ts';
import { checkQuestions } from './question-rules.ts';
import { checkTrainingRow, exampleOf, promptOf } from './training-rules.ts';
import { truncatedPrompts } from './truncated-prompts.ts';

/** Unit rows of the prompts of `table.training`, row by row, and who multiplies them. */
export interface PromptVectors {
  vectors: Matrix;
  products: Products;
}

/** Looks for what spoils rows of training, questions and answers. Without vectors near duplicates are not sought. */
export async function lint(
  table: AnswerTable,
  { seed, prompts }: { seed: number; prompts: PromptVectors | null },
): Promise<LintReport> {
  const findings = collectFindings();
  const identifier = languageIdentifier(table.languages);
  for (const row of table.training) checkTrainingRow(row, table, { identifier, findings });
  checkTrainingPrompts(table, findings);
  checkContradictions(table, findings);
  checkDuplicates(table, findings);
  if (prompts !== null) await checkNearDuplicates(table, prompts, findings);
  checkQuestions(table, findings);
  checkAnswers(table, findings);
  return { findings: findings.list(), lengthBias: lengthBias(table, seededRandom(seed)) };
}

function checkTrainingPrompts({ training, languages }: AnswerTable, findings: Findings): void {
  for (const name of new Set(training.map(({ file }) => file))) {
    const rows = training.filter(({ file }) => file === name);
    findings.checked('truncated-prompt', rows.length);
    for (const i of truncatedPrompts(rows.map(promptOf))) {
      const language = rows[i].language < 0 ? '' : languages[rows[i].language].label;
      findings.found('truncated-prompt', exampleOf(rows[i], language, promptOf(rows[i])));
    }
  }
}
