import type { FitSettings, PreferencePairs, TrainingSettings } from '../core/adapter.ts';
import { AnalyzerError } from '../core/errors.ts';
import { FEWEST_FACTS } from '../core/lab.ts';
import type { Baseline } from './baseline.ts';

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
  const facts = split.train.length + split.validation.length + split.test.length;
  if (facts < FEWEST_FACTS && !OF_FEW_FACTS.includes(settings.method)) throw tooFewFacts(facts);
  if (!isLearned(settings.method)) return;
  checkTraining(settings.training, run.vectors.columns);
  if (settings.method === 'preference') checkPreference(settings, preferences);
}

function tooFewFacts(facts: number): AnalyzerError {
  return new AnalyzerError(
    'corpus/empty',
    `This adapter needs ${FEWEST_FACTS} facts with texts in two languages, but there are ${facts}.`,
    { hint: 'Take centering or LIR, or add facts.' },
  );
}

const WHOLE = ['rank', 'steps', 'batch', 'patience'] as const;
const POSITIVE = ['learningRate', 'temperature'] as const;
const NOT_NEGATIVE = ['weightDecay', 'keep', 'geometry'] as const;

const NAMES: Record<Exclude<keyof TrainingSettings, 'sameLanguageNegatives'>, string> = {
  rank: 'rank',
  steps: 'number of steps',
  batch: 'batch size',
  patience: 'patience',
  learningRate: 'learning rate',
  temperature: 'temperature',
  weightDecay: 'weight decay',
  keep: 'weight of keeping the vectors',
  geometry: 'weight of keeping the geometry',
};

function checkTraining(training: TrainingSettings, dimensions: number): void {
  const refuse = (name: keyof typeof NAMES, wanted: string): void => {
    throw outOfRange(NAMES[name], training[name], wanted);
  };
  for (const name of WHOLE)
    if (!Number.isInteger(training[name]) || training[name] < 1)
      refuse(name, 'a whole number above 0');
  for (const name of POSITIVE)
    if (!(training[name] > 0 && training[name] < Infinity)) refuse(name, 'a number above 0');
  for (const name of NOT_NEGATIVE)
    if (!(training[name] >= 0 && training[name] < Infinity)) refuse(name, 'a number not below 0');
  if (training.rank > dimensions)
    refuse('rank', `at most ${dimensions}, the length of the vectors`);
}

function checkPreference(
  { preference: { source, beta } }: FitSettings,
  preferences: PreferencePairs | null,
): void {
  if (!(beta > 0 && beta < Infinity)) throw outOfRange('strength beta', beta, 'a number above 0');
  if (source === 'facts' || (preferences !== null && preferences.query.length > 0)) return;
  throw new AnalyzerError('usage', `There are no preference pairs from ${source} to learn from.`, {
    hint: 'Make pairs first, or take those that the facts give.',
  });
}

function outOfRange(name: string, value: number, wanted: string): AnalyzerError {
  return new AnalyzerError('usage', `The ${name} is ${value}, but it must be ${wanted}.`, {
    hint: 'Change the setting.',
  });
}
