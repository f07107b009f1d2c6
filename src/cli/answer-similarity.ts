import { answerSimilarities } from '../answers/votes/open-answers.ts';
import type { Outcomes } from '../answers/scores/outcomes.ts';
import type { AnswerTable } from '../core/answers.ts';
import { BUNDLED_MODEL } from '../core/models.ts';
import type { ScoreExport } from '../core/scorecard.ts';
import { vectorsFolder } from './cache-command.ts';
import { encodeTexts } from './encode-texts.ts';
import type { ShellContext } from './progress.ts';

/** xSC of the answers to open questions, by task and model, with vectors of the bundled encoder. */
export async function similarities(
  table: AnswerTable,
  outcomes: Outcomes[],
  { seed, context }: { seed: number; context: ShellContext },
): Promise<Pick<ScoreExport, 'similarities' | 'encoder'>> {
  const { question, text } = table.answers;
  const rows = Int32Array.from(text.keys()).filter(
    (r) => table.questions[question[r]].options === 0 && text[r].trim() !== '',
  );
  if (rows.length === 0) return { similarities: [] };
  const choice = { model: BUNDLED_MODEL, dtype: 'fp32', reading: {}, cache: vectorsFolder() };
  const texts = Array.from(rows, (r) => text[r]);
  const { vectors, model, notices } = await encodeTexts(texts, choice, context);
  for (const notice of notices) context.say(`note: ${notice}`);
  return {
    similarities: answerSimilarities(table, outcomes, { vectors, rows }, seed),
    encoder: model,
  };
}
