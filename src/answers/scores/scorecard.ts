import type { AnswerTable } from '../../core/answers.ts';
import { AnalyzerError } from '../../core/errors.ts';
import { toTag, type Language } from '../../core/language.ts';
import type { Parser } from '../../core/marker-profiles.ts';
import type { LanguageMatrix } from '../../core/matrix.ts';
import { seededRandom } from '../../core/random.ts';
import {
  CLIKA_REFERENCES,
  type LanguagePerformance,
  type ParserDifference,
  type Scorecard,
  type ScoreSettings,
  type TaskScores,
} from '../../core/scorecard.ts';
import { mean, type Interval } from '../../core/statistics.ts';
import { democratization, disparity } from '../../metrics/disparity.ts';
import { breatheUnlessStopped, type CallContext } from '../../protocol/server.ts';
import { rankingScores } from './candidate-ranks.ts';
import { conductivityOf } from './conductivity.ts';
import { consistencyOf, overallConsistency, type PairMatrices } from './consistency.ts';
import { freeTextScores } from './free-text.ts';
import { columnOf, outcomesOf, type Outcomes } from './outcomes.ts';
import { intervalsOverQuestions, type RightCounts } from './over-questions.ts';
import { parseChoices } from '../parse-choice.ts';
import { performanceOf, share } from './performance.ts';
import { scoreNotices } from './score-notices.ts';
import { sharedWrong, voteOverLanguages } from './shared-wrong.ts';
import { truthfulScores } from './truthful-choice.ts';

/** A scorecard, and what differences of models are made from. */
export interface Scored {
  scorecard: Scorecard;
  outcomes: Outcomes[];
}

/**
 * Scores all that a table holds.
 *
 * @throws AnalyzerError `usage` where a reference names a task, model or language that the table does not have
 */
export async function scoreAnswers(
  table: AnswerTable,
  settings: ScoreSettings,
  context: CallContext,
): Promise<Scored> {
  const choices = parseChoices(table, settings);
  const { differs, parsers } = parserDifference(table, settings, choices);
  await breatheUnlessStopped(context.signal, 'The scoring');
  const outcomes = outcomesOf(table, choices);
  const references = referenceShares(table, settings, outcomes);
  const scores: TaskScores[] = [];
  for (const one of outcomes) {
    context.report({ stage: 'Scoring', done: scores.length, total: outcomes.length });
    await breatheUnlessStopped(context.signal, 'The scoring');
    const translate = outcomes.find(
      ({ task, model }) => model === one.model && /translat/i.test(table.tasks[task].name),
    );
    const reference = references[one.task];
    scores.push(taskScores(table, one, { settings, reference, differs, translate }));
  }
  const scorecard = {
    settings,
    tasks: table.tasks.map(({ name }) => name),
    models: table.models,
    languages: table.languages,
    parsers,
    laterSamples: table.answers.sample.reduce((count, sample) => count + Number(sample > 0), 0),
    scores,
    freeText: outcomes.flatMap((one) => freeTextScores(table, one, settings.seed) ?? []),
    truthful: truthfulScores(table, settings.seed),
    rankings: rankingScores(table),
    difficulty: difficultyOf(table, outcomes),
  };
  return { scorecard: { ...scorecard, notices: scoreNotices(scorecard) }, outcomes };
}

interface TaskContext {
  settings: ScoreSettings;
  /** NaN where the task has none. */
  reference: number;
  differs: Uint8Array;
  translate: Outcomes | undefined;
}

function taskScores(
  table: AnswerTable,
  outcomes: Outcomes,
  { settings, reference, differs, translate }: TaskContext,
): TaskScores {
  const { task, model, languages } = outcomes;
  const random = seededRandom(settings.seed);
  const performance = performanceOf(table, outcomes, reference, differs);
  const pivot = languages.indexOf(settings.pivot);
  const rescaled = (accuracies: number[]): number[] =>
    comparableShares(accuracies, performance, reference);
  const { degree, co } = intervalsOverQuestions(
    outcomes,
    pivot,
    {
      degree: ({ right, n }) => democratization(rescaled(right.map((hits, l) => hits / n[l]))),
      co: (counts) => meanOverlap(counts, pivot),
    },
    random,
  );
  const accuracies = performance.map(({ accuracy }) => accuracy.value);
  const unevenness = disparity(rescaled(accuracies), 'higher is closer');
  const { asked, inAny } = countRight(outcomes);
  const matrices = consistencyOf(
    outcomes,
    performance.map(({ degenerate }) => degenerate),
  );
  return {
    task,
    model,
    languages,
    performance,
    disparity: unevenness,
    democratization: { value: unevenness.democratization, interval: degree },
    consistency: {
      ...matrices,
      withPivot: withPivot(matrices, pivot, co),
      overall: overallConsistency(
        outcomes,
        (q) => table.questions[q].options,
        mean(accuracies.filter((value) => !Number.isNaN(value))),
        random,
      ),
    },
    conductivity: conductivityOf(table, outcomes, translate),
    questions: asked,
    oracle: share(inAny, asked),
    vote: voteOverLanguages(outcomes, table.questions),
    sharedWrong: sharedWrong(outcomes, table.questions, random),
  };
}

/** Accuracies rescaled and floored; by 1 where there is no reference above chance. Where chance is one, either is the same. */
function comparableShares(
  accuracies: number[],
  performance: LanguagePerformance[],
  reference: number,
): number[] {
  const one = performance.every(({ chance }) => !(chance >= reference)) ? reference : 1;
  return performance.map(({ chance }, l) =>
    Math.max(0, (accuracies[l] - chance) / ((Number.isNaN(one) ? 1 : one) - chance)),
  );
}

/** Mean CO of the pivot with the others, over those where it is defined. */
function meanOverlap({ both, either }: RightCounts, pivot: number): number {
  return meanDefined(either.map((count, l) => (l === pivot ? NaN : both[l] / count)));
}

function withPivot(matrices: PairMatrices, pivot: number, interval: Interval | null) {
  const L = Math.sqrt(matrices.co.length);
  const others = Array.from({ length: pivot < 0 ? 0 : L }, (_, l) => l).filter((l) => l !== pivot);
  const over = (values: LanguageMatrix): number =>
    meanDefined(others.map((l) => values[pivot * L + l]));
  return {
    co: { value: over(matrices.co), interval },
    coStar: over(matrices.coStar),
    kappa: over(matrices.kappa),
    agreement: over(matrices.agreement),
    languages: others.length,
  };
}

function meanDefined(values: ArrayLike<number>): number {
  return mean(Array.from(values).filter((value) => !Number.isNaN(value)));
}

/** Questions whose right answer is known, and those right in any language. */
function countRight({ questions, languages, right }: Outcomes): { asked: number; inAny: number } {
  const L = languages.length;
  let [asked, inAny] = [0, 0];
  for (let i = 0; i < questions.length; i++) {
    const best = Math.max(...right.subarray(i * L, (i + 1) * L));
    if (best >= 0) asked++;
    if (best === 1) inAny++;
  }
  return { asked, inAny };
}

function parserDifference(table: AnswerTable, settings: ScoreSettings, choices: Int32Array) {
  const by = (parser: Parser): Int32Array =>
    settings.parser === parser ? choices : parseChoices(table, { ...settings, parser });
  const [strict, robust] = [by('clika-strict'), by('robust')];
  const { question, language, model } = table.answers;
  const parsers: ParserDifference = {
    answers: 0,
    differing: 0,
    byModel: table.models.map(() => [0, 0]),
    byLanguage: table.languages.map(() => [0, 0]),
  };
  const differs = new Uint8Array(choices.length);
  question.forEach((q, r) => {
    if (table.questions[q].options === 0) return;
    differs[r] = Number(strict[r] !== robust[r]);
    parsers.answers++;
    parsers.differing += differs[r];
    for (const counts of [parsers.byModel[model[r]], parsers.byLanguage[language[r]]]) {
      counts[0]++;
      counts[1] += differs[r];
    }
  });
  return { differs, parsers };
}

/** By task; NaN where there is none. */
function referenceShares(
  table: AnswerTable,
  { references }: ScoreSettings,
  outcomes: Outcomes[],
): number[] {
  for (const name of Object.keys(references)) {
    const isPreset = Object.hasOwn(CLIKA_REFERENCES, name);
    if (!isPreset && !table.tasks.some((task) => task.name === name))
      throw unknown(
        'task',
        name,
        table.tasks.map((task) => task.name),
      );
  }
  return table.tasks.map(({ name }, task) => {
    if (!Object.hasOwn(references, name)) return NaN;
    const reference = references[name];
    return 'share' in reference ? reference.share : accuracyOf(table, reference, task, outcomes);
  });
}

function accuracyOf(
  table: AnswerTable,
  { model, language }: { model: string; language: string },
  task: number,
  outcomes: Outcomes[],
): number {
  const m = table.models.indexOf(model);
  if (m < 0) throw unknown('model', model, table.models);
  const labels = table.languages.map(({ label }) => label);
  const found = languageIndex(table.languages, language);
  if (found < 0) throw unknown('language', language, labels);
  const one = outcomes.find((outcome) => outcome.task === task && outcome.model === m);
  if (one === undefined) return NaN;
  const known = columnOf(one.right, one.languages.length, one.languages.indexOf(found)).filter(
    (outcome) => outcome >= 0,
  );
  return known.length === 0 ? NaN : mean(known);
}

function unknown(what: string, name: string, names: string[]): AnalyzerError {
  return new AnalyzerError('usage', `The ${what} ${name} has no answers.`, {
    hint: `Choose one of ${names.join(', ')}.`,
  });
}

/** Place of a language by its label or tag; -1 where it is missing. */
export function languageIndex(languages: readonly Language[], wish: string): number {
  const exact = languages.findIndex(({ label }) => label === wish);
  return exact >= 0 ? exact : languages.findIndex(({ tag }) => tag === (toTag(wish) ?? wish));
}

function difficultyOf(table: AnswerTable, outcomes: Outcomes[]): Scorecard['difficulty'] {
  const answers = new Int32Array(table.questions.length);
  const rightAnswers = new Int32Array(table.questions.length);
  for (const { questions, languages, right } of outcomes) {
    right.forEach((outcome, e) => {
      const q = questions[Math.floor(e / languages.length)];
      if (outcome >= 0) answers[q]++;
      if (outcome === 1) rightAnswers[q]++;
    });
  }
  return table.questions.flatMap(({ id, task }, question) =>
    answers[question] === 0
      ? []
      : [{ question, id, task, answers: answers[question], right: rightAnswers[question] }],
  );
}
