import type { FitSettings, PreferencePairs } from '../core/adapter.ts';
import { AnalyzerError } from '../core/errors.ts';
import { FEWEST_FACTS } from '../core/lab.ts';
import type { Baseline } from './baseline.ts';
import { refuseSettings } from './training/refuse-settings.ts';

/** What is fitted on one language at a time, so that few facts do. */
const OF_FEW_FACTS: readonly FitSettings['method'][] = ['centering', 'lir'];
const LEARNED: readonly FitSettings['method'][] = ['low-rank', 'shared-low-rank', 'preference'];

/** Whether parameters are learned step by step. */
export function isLearned(method: FitSettings['method']): boolean {
  return LEARNED.includes(method);
}

/** Refuses what cannot be fitted. @throws AnalyzerError `usage`, `corpus/empty` */
export function checkSettings(
  settings: FitSettings,
  { run, split }: Baseline,
  preferences: PreferencePairs | null,
): void {
  const { method, preference } = settings;
  const facts = split.train.length + split.validation.length + split.test.length;
  if (facts < FEWEST_FACTS && !OF_FEW_FACTS.includes(method)) throw tooFewFacts(facts);
  if (isLearned(method)) refuseSettings(settings, run.vectors.columns);
  if (method !== 'preference' || preference.source === 'facts') return;
  if (preferences === null || preferences.query.length === 0) throw noPairs(preference.source);
}

function tooFewFacts(facts: number): AnalyzerError {
  return new AnalyzerError(
    'corpus/empty',
    `This adapter needs ${FEWEST_FACTS} facts with texts in two languages, but there are ${facts}.`,
    { hint: 'Take centering or LIR, or add facts.' },
  );
}

function noPairs(source: string): AnalyzerError {
  return new AnalyzerError('usage', `There are no preference pairs from ${source} to learn from.`, {
    hint: 'Make pairs first, or take those that the facts give.',
  });
}
