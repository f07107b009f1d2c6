import type { LanguageMatrix } from '../../core/matrix.ts';
import type { Estimate } from '../../core/report.ts';
import type { LanguagePerformance, Scorecard, TaskScores } from '../../core/scorecard.ts';
import { bounds, estimateCells, named, orderedPairs, type Row } from './score-cells.ts';
import { toCsv } from './to-csv.ts';

const SCORE_HEADER = [
  ...['task', 'model', 'language', 'n', 'accuracy', 'invalid', 'ra', 'co_with_pivot', 'dd'],
  ...['right', 'accuracy_low', 'accuracy_high', 'ra_low', 'ra_high', 'ra_unfloored'],
  ...['chance', 'reference', 'answers', 'invalid_answers', 'parsers_differ'],
  ...['top_share', 'entropy_bits', 'degenerate', 'n_with_pivot', 'co_independent', 'co_max'],
  ...['co_star', 'n_valid_with_pivot', 'agreement', 'kappa'],
  ...['transfer_from_pivot', 'transfer_to_pivot', 'lift_from_pivot'],
];

/** One row for each task, model and language. Shares in [0, 1]. */
export function scoresCsv(card: Scorecard): string {
  const rows = card.scores.flatMap((scores) =>
    scores.performance.map((performance, l): Row => {
      const ofPivot = withPivotAt(card, scores, l);
      return [
        ...named(card, scores),
        card.languages[scores.languages[l]].tag,
        performance.n,
        performance.accuracy.value,
        performance.answers === 0 ? NaN : performance.invalid / performance.answers,
        performance.rescaled.value,
        ofPivot(scores.consistency.co),
        scores.disparity.democratization,
        ...performanceCells(performance),
        ...pivotCells(scores, ofPivot),
      ];
    }),
  );
  return toCsv([SCORE_HEADER, ...rows]);
}

function performanceCells(one: LanguagePerformance): Row {
  return [
    one.right,
    ...(one.accuracy.interval ?? [NaN, NaN]),
    ...(one.rescaled.interval ?? [NaN, NaN]),
    one.rescaledRaw,
    one.chance,
    one.reference,
    one.answers,
    one.invalid,
    one.differing,
    one.topShare,
    one.entropy,
    one.degenerate ? 1 : 0,
  ];
}

/** What a language has with the pivot in a matrix; NaN for the pivot itself, or without one. */
function withPivotAt({ settings }: Scorecard, { languages }: TaskScores, l: number) {
  const pivot = languages.indexOf(settings.pivot);
  return (values: LanguageMatrix, isBack = false): number => {
    if (pivot < 0 || pivot === l) return NaN;
    return values[isBack ? l * languages.length + pivot : pivot * languages.length + l];
  };
}

function pivotCells(
  { consistency, conductivity }: TaskScores,
  ofPivot: (values: LanguageMatrix, isBack?: boolean) => number,
): Row {
  const { n, coIndependent, coMax, coStar, nValid, agreement, kappa } = consistency;
  const matrices = [n, coIndependent, coMax, coStar, nValid, agreement, kappa];
  return [
    ...matrices.map((values) => ofPivot(values)),
    ofPivot(conductivity.transfer),
    ofPivot(conductivity.transfer, true),
    ofPivot(conductivity.lift),
  ];
}

const TASK_HEADER = [
  ...['task', 'model', 'languages', 'questions', 'accuracy_mean', 'ra_mean'],
  ...[...bounds('dd'), 'ra_best', 'ra_worst', 'worst_over_best', 'gini', 'deviation'],
  ...[...bounds('co_with_pivot'), 'co_star_with_pivot', 'kappa_with_pivot', 'agreement_with_pivot'],
  ...['consistency_questions', 'unanswered', ...bounds('calm_consistency')],
  ...['consistency_2', 'chance_2', 'ac3_2', 'consistency_3', 'chance_3', 'ac3_3'],
  ...[...bounds('oracle'), ...bounds('vote'), 'vote_ties', 'islands', 'island_questions'],
  ...['wrong_pairs', ...bounds('shared_wrong'), 'shared_wrong_expected'],
];

/** One row for each task and model. */
export function tasksCsv(card: Scorecard): string {
  return toCsv([TASK_HEADER, ...card.scores.map((scores) => taskRow(card, scores))]);
}

const UNKNOWN: Estimate = { value: NaN, interval: null };

function taskRow(card: Scorecard, scores: TaskScores): Row {
  const { performance, disparity, consistency, conductivity, sharedWrong } = scores;
  const { withPivot, overall } = consistency;
  return [
    ...named(card, scores),
    scores.languages.length,
    scores.questions,
    meanOf(performance.map(({ accuracy }) => accuracy.value)),
    meanOf(performance.map(({ rescaled }) => rescaled.value)),
    ...estimateCells(scores.democratization),
    disparity.best,
    disparity.worst,
    disparity.worstOverBest,
    disparity.gini,
    disparity.deviation,
    ...estimateCells(withPivot.co),
    withPivot.coStar,
    withPivot.kappa,
    withPivot.agreement,
    overall?.questions ?? NaN,
    overall?.unanswered ?? NaN,
    ...estimateCells(overall?.pairs ?? UNKNOWN),
    ...[0, 1].flatMap((s) => {
      const subset = overall?.subsets[s];
      return [subset?.value ?? NaN, subset?.chance ?? NaN, subset?.ac3 ?? NaN];
    }),
    ...estimateCells(scores.oracle),
    ...estimateCells(scores.vote?.accuracy ?? UNKNOWN),
    scores.vote?.ties ?? NaN,
    conductivity.islands.length,
    conductivity.asked,
    sharedWrong?.pairs ?? NaN,
    ...estimateCells(sharedWrong?.share ?? UNKNOWN),
    sharedWrong?.expected ?? NaN,
  ];
}

function meanOf(values: number[]): number {
  const defined = values.filter((value) => !Number.isNaN(value));
  return defined.reduce((sum, value) => sum + value, 0) / defined.length;
}

export const PAIR_HEADER = [
  ...['task', 'model', 'from', 'to', 'n', 'co', 'co_independent', 'co_max', 'co_star'],
  ...['n_valid', 'agreement', 'kappa', 'transfer', 'lift', 'asymmetry'],
];

/** One row for each two languages of a task and model, both ways: transfer, lift and asymmetry have a direction. */
export function pairRows(card: Scorecard): Row[] {
  return card.scores.flatMap((scores) => {
    const { n, co, coIndependent, coMax, coStar, nValid, agreement, kappa } = scores.consistency;
    const { transfer, lift } = scores.conductivity;
    const matrices = [
      n,
      co,
      coIndependent,
      coMax,
      coStar,
      nValid,
      agreement,
      kappa,
      transfer,
      lift,
    ];
    const L = scores.languages.length;
    return orderedPairs(card, scores.languages).map(({ a, b, labels }) => [
      ...named(card, scores),
      ...labels,
      ...matrices.map((values) => values[a * L + b]),
      transfer[a * L + b] - transfer[b * L + a],
    ]);
  });
}
