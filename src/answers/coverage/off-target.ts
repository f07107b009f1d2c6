import type { AnswerTable } from '../../core/answers.ts';
import type { OffTarget } from '../../core/coverage.ts';
import { wilson } from '../../core/statistics.ts';
import { languageIdentifier } from '../identify-language.ts';

interface Tally {
  answers: number;
  judged: number;
  offTarget: number;
  /** Off-target answers by the name of their language. */
  others: Map<string, number>;
}

/** How many answers of each language and model are in another language than the question's, those first that are most. */
export function offTargetAnswers(table: AnswerTable): OffTarget[] {
  const count = countOffTarget(table);
  for (const i of table.answers.text.keys()) count.judge(i);
  return count.rows();
}

/** The same step by step: trigrams of many long answers take minutes. */
export function countOffTarget({ languages, models, answers }: AnswerTable): {
  /** @param i index of an answer */
  judge(i: number): void;
  rows(): OffTarget[];
} {
  const { identify, isInLanguage } = languageIdentifier(languages);
  const tallies = new Map<number, Tally>();
  const judge = (i: number): void => {
    const text = answers.text[i];
    const tally = tallyOf(tallies, answers.language[i] * models.length + answers.model[i]);
    tally.answers++;
    const isIn = isInLanguage(text, languages[answers.language[i]]);
    if (isIn === null) return;
    tally.judged++;
    if (isIn) return;
    tally.offTarget++;
    const name = identify(text)?.name ?? '';
    tally.others.set(name, (tally.others.get(name) ?? 0) + 1);
  };
  return {
    judge,
    rows: () =>
      [...tallies]
        .map(([key, tally]) => ({
          language: languages[Math.floor(key / models.length)].label,
          model: models[key % models.length],
          ...summary(tally),
        }))
        .sort((a, b) => (b.share || 0) - (a.share || 0)),
  };
}

function tallyOf(tallies: Map<number, Tally>, key: number): Tally {
  const known = tallies.get(key);
  if (known !== undefined) return known;
  const tally = { answers: 0, judged: 0, offTarget: 0, others: new Map<string, number>() };
  tallies.set(key, tally);
  return tally;
}

function summary({
  answers,
  judged,
  offTarget,
  others,
}: Tally): Omit<OffTarget, 'language' | 'model'> {
  const [mostly] = [...others].sort((a, b) => b[1] - a[1])[0] ?? [''];
  return {
    answers,
    judged,
    notJudged: answers - judged,
    offTarget,
    share: judged === 0 ? NaN : offTarget / judged,
    interval: wilson(offTarget, judged),
    mostly,
  };
}
