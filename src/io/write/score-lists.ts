import { letterOf, wordingOf, type AnswerTable } from '../../core/answers.ts';
import type {
  AlignmentJoin,
  AnswerSimilarity,
  ModelDifference,
  Proportion,
  Scorecard,
} from '../../core/scorecard.ts';
import { bounds, estimateCells, named, orderedPairs, type Row } from './score-cells.ts';
import { toCsv } from './to-csv.ts';

export function islandsCsv(card: Scorecard, { questions }: AnswerTable): string {
  const rows = card.scores.flatMap((scores) =>
    scores.conductivity.islands.map(({ question, language }): Row => [
      ...named(card, scores),
      questions[question].id,
      card.languages[language].tag,
    ]),
  );
  return toCsv([['task', 'model', 'question', 'language'], ...rows]);
}

export const SHARED_HEADER = [
  ...['task', 'model', 'question', 'choice', 'languages', 'wrong', 'asked', 'gold', 'p'],
];

export function sharedRows(card: Scorecard, { questions }: AnswerTable): Row[] {
  return card.scores.flatMap((scores) =>
    (scores.sharedWrong?.questions ?? []).map((one): Row => [
      ...named(card, scores),
      questions[one.question].id,
      letterOf(one.choice),
      one.languages,
      one.wrong,
      one.asked,
      letterOf(questions[one.question].gold),
      one.p,
    ]),
  );
}

export const DIFFICULTY_HEADER = ['task', 'question', 'answers', 'right', 'share_right'];

export function difficultyRows({ difficulty, tasks }: Scorecard): Row[] {
  return difficulty.map(({ id, task, answers, right }) => [
    tasks[task],
    id,
    answers,
    right,
    right / answers,
  ]);
}

export const RETRIEVAL_HEADER = [
  ...['task', 'model', 'from', 'to', 'n', 'accuracy_from', 'accuracy_to', 'xrr', 'chance'],
  ...['passes', 'gate_translate', 'gate_from_both', 'gate_from_only', 'gate_to_both'],
];

export function retrievalRows(card: Scorecard): Row[] {
  return card.scores.flatMap((scores) => {
    const { fictional } = scores.conductivity;
    if (fictional === null) return [];
    const label = (place: number): string => card.languages[scores.languages[place]].tag;
    return fictional.pairs.map(({ from, to, inFrom, inTo, xrr, passes, gates }): Row => [
      ...named(card, scores),
      label(from),
      label(to),
      inTo.n,
      rateOf(inFrom),
      rateOf(inTo),
      xrr,
      fictional.chance,
      passes === null ? 'not given' : passes ? 'yes' : 'no',
      ...gates.map(({ accuracy }) => accuracy ?? 'not given'),
    ]);
  });
}

function rateOf({ hits, n }: Proportion): number {
  return n === 0 ? NaN : hits / n;
}

export const TEXT_HEADER = [
  ...['task', 'model', 'language', 'n', ...bounds('chrf'), ...bounds('contains')],
  ...['xac', 'xtc', 'language_pairs', 'undefined_pairs'],
];

export function textRows(card: Scorecard): Row[] {
  return card.freeText.flatMap((scores) =>
    scores.byLanguage.map(({ n, chrf, contains }, l): Row => [
      ...named(card, scores),
      card.languages[scores.languages[l]].tag,
      n,
      ...estimateCells(chrf),
      ...estimateCells(contains),
      scores.accuracyConsistency,
      scores.timeConsistency,
      scores.pairs,
      scores.undefinedPairs,
    ]),
  );
}

export const SIMILARITY_HEADER = [
  ...['task', 'model', 'questions', ...bounds('xsc'), 'floor', 'xsc_above_floor', 'refused'],
];

export function similarityRows(card: Scorecard, similarities: AnswerSimilarity[]): Row[] {
  return similarities.map((one) => [
    ...named(card, one),
    one.questions,
    ...estimateCells(one.similarity),
    one.floor,
    one.aboveFloor,
    one.refused,
  ]);
}

const MC = ['mc1', 'mc2', 'mc3', 'mean'] as const;
export const TRUTHFUL_HEADER = [
  ...['task', 'model', 'language', 'n', ...MC.flatMap((name) => bounds(name))],
];

/** An empty language is the mean over languages. */
export function truthfulRows(card: Scorecard): Row[] {
  return card.truthful.flatMap((scores) => [
    [...named(card, scores), '', NaN, ...MC.flatMap((name) => [scores.overall[name], NaN, NaN])],
    ...scores.byLanguage.map((one, l): Row => [
      ...named(card, scores),
      card.languages[scores.languages[l]].tag,
      one.n,
      ...MC.flatMap((name) => estimateCells(one[name])),
    ]),
  ]);
}

export const RANKING_HEADER = [
  ...['task', 'model', 'from', 'to', 'n', 'rankc_softmax', 'rankc_norm1', 'rankc_norm2'],
  ...['accuracy_from', 'accuracy_to', 'tied_rankings'],
];

export function rankingRows(card: Scorecard): Row[] {
  return card.rankings.flatMap((scores) => {
    const { languages, n, softmax, norm1, norm2, accuracy, tied } = scores;
    return orderedPairs(card, languages).map(({ a, b, labels }): Row => [
      ...named(card, scores),
      ...labels,
      ...[n, softmax, norm1, norm2].map((values) => values[a * languages.length + b]),
      accuracy[a].value.value,
      accuracy[b].value.value,
      tied,
    ]);
  });
}

export const DIFFERENCE_HEADER = [
  ...['task', 'first', 'second', 'language', 'n', 'only_first_right', 'only_second_right'],
  ...[...bounds('difference'), 'p', 'p_adjusted'],
];

export function differenceRows(
  { tasks, models, languages }: Scorecard,
  all: ModelDifference[],
): Row[] {
  return all.flatMap((difference) =>
    difference.rows.map((row): Row => [
      tasks[difference.task],
      ...difference.models.map((model) => models[model]),
      languages[row.language].tag,
      row.n,
      row.onlyFirst,
      row.onlySecond,
      ...estimateCells(row.difference),
      row.p,
      row.adjusted,
    ]),
  );
}

export const JOIN_HEADER = [
  ...['task', 'model', 'alignment', 'consistency', 'rho', 'p', 'n', 'language'],
  ...['alignment_value', 'consistency_value'],
];

/** One row for each point; the correlation stands in all rows of its points. */
export function joinRows({ tasks, models }: Scorecard, joins: AlignmentJoin[]): Row[] {
  return joins.flatMap(({ task, model, alignment, consistency, points, correlation }) =>
    points.map((point): Row => [
      tasks[task],
      model < 0 ? 'mean over models' : models[model],
      alignment,
      consistency,
      correlation.rho,
      correlation.p,
      correlation.n,
      point.language,
      point.alignment,
      point.consistency,
    ]),
  );
}

/** The questions as facts: a column for each language, the question alone where it is known, else what the model was given. */
export function questionsCsv(table: AnswerTable): string {
  const { languages, questions, tasks } = table;
  const several = tasks.length > 1;
  const rows = questions.flatMap(({ id, task }, q): Row[] => {
    const texts = languages.map((_, l) => {
      const wording = wordingOf(table, q, l);
      return wording === null ? '' : wording.question || wording.prompt;
    });
    if (texts.every((text) => text === '')) return [];
    return [[...(several ? [`${tasks[task].name}/${id}`, tasks[task].name] : [id]), ...texts]];
  });
  const labels = languages.map(({ label }) => label);
  return toCsv([[...(several ? ['id', 'topic'] : ['id']), ...labels], ...rows]);
}
