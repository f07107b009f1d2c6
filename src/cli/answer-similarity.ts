import { answerSimilarity } from '../answers/free-text.ts';
import type { Outcomes } from '../answers/outcomes.ts';
import type { AnswerTable } from '../core/answers.ts';
import { BUNDLED_MODEL } from '../core/models.ts';
import { isRefusal } from '../core/refusals.ts';
import type { AnswerSimilarity } from '../core/scorecard.ts';
import { vectorsFolder } from './cache-command.ts';
import { encodeTexts } from './encode-texts.ts';
import type { ShellContext } from './progress.ts';

/** xSC of the answers to open questions, by task and model, with vectors of the bundled encoder. */
export async function similarities(
  { answers, questions, languages }: AnswerTable,
  outcomes: Outcomes[],
  { seed, context }: { seed: number; context: ShellContext },
): Promise<AnswerSimilarity[]> {
  const { question, language, text } = answers;
  const rows = Array.from(text.keys()).filter(
    (r) => questions[question[r]].options === 0 && text[r].trim() !== '',
  );
  if (rows.length === 0) return [];
  const choice = { model: BUNDLED_MODEL, dtype: 'fp32', reading: {}, cache: vectorsFolder() };
  const { vectors, notices } = await encodeTexts(
    rows.map((r) => text[r]),
    choice,
    context,
  );
  for (const notice of notices) context.say(`note: ${notice}`);
  const refusals = Uint8Array.from(rows, (r) =>
    Number(isRefusal(text[r], languages[language[r]].tag)),
  );
  const place = new Int32Array(text.length).fill(-1);
  rows.forEach((r, i) => (place[r] = i));
  return outcomes.flatMap((one) => {
    const row = one.row.map((r) => (r < 0 ? -1 : place[r]));
    return answerSimilarity({ ...one, row }, vectors, refusals, seed) ?? [];
  });
}
