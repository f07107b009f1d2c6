import type { CoverageCount, OffTarget } from '../../core/coverage.ts';
import { sentences } from '../../plots/sentences.ts';
import { countOf } from './answer-words.ts';

export const COVERAGE_OF: Record<CoverageCount['of'], string> = {
  'FLORES-200': 'FLORES-200',
  hundred: 'FLORES-101 beside English',
  session: 'These files',
};

/** What stands on top of the coverage. */
export function coverageSentence(counts: CoverageCount[]): string {
  const of = (kind: CoverageCount['of']): CoverageCount | undefined =>
    counts.find((count) => count.of === kind);
  const [all, hundred, session] = [of('FLORES-200'), of('hundred'), of('session')];
  if (all === undefined || hundred === undefined || session === undefined) return '';
  return sentences(
    `These files hold ${countOf(session.languages, 'language')}: ${holdings(session)}`,
    `Of the ${all.languages} of FLORES-200, ${holdings(all)}; of the ${hundred.languages} of FLORES-101 beside English, ${holdings(hundred)}`,
  );
}

function holdings({ facts, answers, trainingRows }: CoverageCount): string {
  return `${facts} with facts, ${answers} with answers and ${trainingRows} with rows of training`;
}

/** How many answers are off target, over all models; '' where none could be judged. */
export function offTargetSentence(rows: OffTarget[]): string {
  const sum = (key: 'answers' | 'judged' | 'offTarget'): number =>
    rows.reduce((total, row) => total + row[key], 0);
  const [answers, judged] = [sum('answers'), sum('judged')];
  if (judged === 0)
    return `None of ${countOf(answers, 'answer')} is long enough for its language to be told.`;
  return `${sum('offTarget').toLocaleString('en')} of ${countOf(judged, 'answer')} that could be judged are in another language than asked for; ${countOf(answers - judged, 'answer')} could not be judged.`;
}
