import { seededRandom, type Random } from '../../core/random.ts';
import type { ModelDifference, ModelDifferenceRow } from '../../core/scorecard.ts';
import { benjaminiHochberg, binomialTest } from '../../core/significance.ts';
import { bootstrapMean } from '../../core/statistics.ts';
import type { Outcomes } from './outcomes.ts';

/**
 * Two models on one task, language by language: which of them is right more often where they differ.
 *
 * @see McNemar 1947, with the exact binomial distribution; Benjamini and Hochberg 1995
 */
export function modelDifference(first: Outcomes, second: Outcomes, seed: number): ModelDifference {
  const random = seededRandom(seed);
  const rows = first.languages
    .filter((language) => second.languages.includes(language))
    .map((language) => differenceIn(first, second, language, random))
    .filter(({ n }) => n > 0);
  const adjusted = benjaminiHochberg(rows.map(({ p }) => p));
  return {
    task: first.task,
    models: [first.model, second.model],
    rows: rows.map((row, i) => ({ ...row, adjusted: adjusted[i] })),
  };
}

/** Two models on every task that both have answers to. */
export function modelDifferences(
  outcomes: readonly Outcomes[],
  [first, second]: readonly [first: number, second: number],
  seed: number,
): ModelDifference[] {
  return outcomes.flatMap((own) => {
    const other = outcomes.find(({ task, model }) => task === own.task && model === second);
    return own.model !== first || other === undefined ? [] : [modelDifference(own, other, seed)];
  });
}

function differenceIn(
  first: Outcomes,
  second: Outcomes,
  language: number,
  random: Random,
): ModelDifferenceRow {
  const inSecond = outcomesIn(second, language);
  const changes: number[] = [];
  for (const [question, before] of outcomesIn(first, language)) {
    const after = inSecond.get(question);
    if (after !== undefined) changes.push(after - before);
  }
  const onlyFirst = changes.filter((change) => change < 0).length;
  const onlySecond = changes.filter((change) => change > 0).length;
  return {
    language,
    n: changes.length,
    onlyFirst,
    onlySecond,
    difference: {
      value: (onlySecond - onlyFirst) / changes.length,
      interval: bootstrapMean(changes, random),
    },
    p: mcNemar(onlyFirst, onlySecond),
    adjusted: NaN,
  };
}

/** Exact two-sided p that two models, right alone so often, are right alone equally often. 1 where they never differ. */
export function mcNemar(onlyFirst: number, onlySecond: number): number {
  return binomialTest(onlyFirst, onlyFirst + onlySecond, 0.5);
}

/** 1 right, 0 wrong, by question of the table. */
function outcomesIn({ questions, languages, right }: Outcomes, language: number) {
  const l = languages.indexOf(language);
  const known = new Map<number, number>();
  questions.forEach((question, i) => {
    const outcome = right[i * languages.length + l];
    if (outcome >= 0) known.set(question, outcome);
  });
  return known;
}
