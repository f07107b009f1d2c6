import { SCORE_MATRICES, type ScoreMatrixId } from '../../core/score-cards.ts';
import type {
  AlignmentJoin,
  ModelDifference,
  Scorecard,
  TaskScores,
} from '../../core/scorecard.ts';
import type {
  ForestPlotProps,
  HeatMapProps,
  PlotItem,
  ScatterPlotProps,
} from '../../plots/props.ts';
import type { ScoreColumn, ScoreRow } from '../score-columns.ts';
import { countOf } from '../words/answer-words.ts';
import { matrixDomain } from '../words/matrix-words.ts';
import { endsOf, endsSentence, type Standing } from '../words/standing.ts';
import { factsText, formatValue } from './figure-input.ts';

/** What figures of answers are made from. */
export interface ScoreInput {
  card: Scorecard;
  scores: TaskScores;
  /** One per language of the scorecard, `#rrggbb`. */
  colors: string[];
}

/** One model in every language of a task. */
export function scoreRows({ card, scores }: Pick<ScoreInput, 'card' | 'scores'>): ScoreRow[] {
  const pivot = scores.languages.indexOf(card.settings.pivot);
  return scores.languages.map((_, place) => ({ scores, place, pivot }));
}

/** A number of one model by language, largest first. */
export function scoreFigure(input: ScoreInput, column: ScoreColumn): ForestPlotProps {
  const { name, direction } = column.card;
  const rows = scoreRows(input)
    .map((row) => {
      const [value, interval] = [column.value(row), column.interval(row)];
      const n = column.n(row);
      return {
        ...itemOf(input, row.place),
        value,
        interval,
        n: Number.isNaN(n) ? 0 : n,
        reason: Number.isNaN(value)
          ? row.place === row.pivot
            ? 'it is the pivot'
            : 'not defined'
          : interval === null
            ? 'it has none'
            : undefined,
      };
    })
    .sort((a, b) => undefinedLast(a.value, b.value) || b.value - a.value);
  const n = rows.filter(({ value }) => !Number.isNaN(value)).map((row) => row.n);
  return {
    name: `score-${name.toLowerCase().replaceAll(/\W+/g, '-')}`,
    title: endsTitle(`${name} of ${subjectOf(input)}`, rows),
    subtitle: `${direction}; ${questionsText(n)}; ${rows.some((row) => row.interval !== null) ? '95 % intervals' : 'no intervals'}`,
    rows,
    axis: {
      quantity: name,
      direction,
      n: questionsText(n),
      domain: column.domain,
      format: formatValue,
    },
    reference: chanceOf(input, column),
  };
}

/** A number of every two languages, of one model on one task. */
export function scoreMatrixFigure(input: ScoreInput, id: ScoreMatrixId): HeatMapProps {
  const { scores } = input;
  const { name, direction, symmetric, ends } = SCORE_MATRICES[id];
  const values = matrixOf(scores, id);
  const L = scores.languages.length;
  const counts = countsOf(scores, id);
  const labels = scores.languages.map((_, place) => itemOf(input, place));
  const pairs = scores.languages.flatMap((_, row) =>
    scores.languages.flatMap((__, column): Standing[] =>
      row === column || (symmetric && row > column)
        ? []
        : [
            {
              name: `${labels[row].name} ${symmetric ? 'and' : 'to'} ${labels[column].name}`,
              value: values[row * L + column],
              interval: null,
            },
          ],
    ),
  );
  const off = Array.from(counts).filter((_, i) => i % (L + 1) !== 0);
  return {
    name: `score-${id}`,
    title: endsTitle(`${name} of ${subjectOf(input)}`, pairs),
    subtitle: `${direction}; ${symmetric ? '' : 'from row to column; '}${questionsText(off)}, by pair`,
    labels,
    values,
    domain: matrixDomain(values, L, { ends }),
    scale: 'sequential',
    quantity: name,
    direction,
    format: (value) => value.toFixed(2).replace('-', '−'),
    counts,
    symmetric,
  };
}

/** Accuracy of the second model less that of the first, by language. */
export function differenceFigure(
  { card, colors }: Pick<ScoreInput, 'card' | 'colors'>,
  { models, rows }: ModelDifference,
): ForestPlotProps {
  const [first, second] = models.map((model) => card.models[model]);
  const found = (sign: number): number =>
    rows.filter(({ adjusted, difference }) => adjusted <= 0.05 && sign * difference.value > 0)
      .length;
  const n = rows.map((row) => row.n);
  return {
    name: 'model-difference',
    title: `${second} is right more often than ${first} in ${found(1)} of ${countOf(rows.length, 'language')} and less often in ${found(-1)}`,
    subtitle: `Difference of accuracy on the same questions; ${questionsText(n)}; 95 % paired intervals. Counted: exact McNemar tests at 5 % false discoveries over the languages (Benjamini and Hochberg)`,
    rows: rows.map(({ language, n: questions, difference }) => {
      const { name, label } = card.languages[language];
      return { name, label, color: colors[language], n: questions, ...difference };
    }),
    axis: {
      quantity: `Accuracy of ${second} less that of ${first}`,
      direction: `above 0, ${second} is better`,
      n: questionsText(n),
      domain: [-0.1, 0.1],
      format: formatValue,
    },
    reference: { value: 0, name: 'no difference' },
  };
}

/** Whether alignment of the questions goes with consistency of the answers. */
export function joinFigure(
  { card, colors }: Pick<ScoreInput, 'card' | 'colors'>,
  { points, correlation, consistency, alignment }: AlignmentJoin,
  alignmentName: string,
): ScatterPlotProps {
  const { rho, p, n } = correlation;
  const measure = SCORE_MATRICES[consistency].name;
  const pivot = card.languages[card.settings.pivot].name;
  const finding = Number.isNaN(rho)
    ? 'no correlation is defined, because there are fewer than three languages or all are equal'
    : p > 0.05
      ? 'a correlation not told apart from chance'
      : `languages whose questions are ${rho > 0 ? 'more' : 'less'} aligned are answered more consistently`;
  return {
    name: `alignment-${alignment}-${consistency}`,
    title: `Alignment of the questions and ${measure} of the answers: ${finding}`,
    subtitle: `Each language with ${pivot}; no intervals`,
    points: points.map(({ language, alignment: x, consistency: y }) => {
      const at = card.languages.findIndex((own) => own.tag === language);
      const { name, label } = card.languages[at] ?? { name: language, label: language };
      return { name, label, color: colors[at], x, y };
    }),
    x: {
      quantity: `${alignmentName} of the questions with ${pivot}`,
      direction: '',
      format: formatValue,
    },
    y: {
      quantity: `${measure} of the answers with ${pivot}`,
      direction: SCORE_MATRICES[consistency].direction,
      n: `n = ${countOf(n, 'language')}`,
      format: formatValue,
    },
    caption: Number.isNaN(rho)
      ? `Spearman’s ρ not defined, n = ${countOf(n, 'language')}`
      : `Spearman’s ρ = ${rho.toFixed(2).replace('-', '−')}, permutation test ${p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`}, n = ${countOf(n, 'language')}`,
  };
}

/** 'n = 1,000 questions' or a range of them. */
export function questionsText(counts: ArrayLike<number>): string {
  const known = Array.from(counts).filter((count) => count > 0);
  if (known.length === 0) return 'n = 0 questions';
  const ends: [number, number] = [Math.min(...known), Math.max(...known)];
  return factsText(ends).replace(
    / facts?(, by pair)?$/,
    ends[1] === 1 ? ' question' : ' questions',
  );
}

function subjectOf({ card, scores }: ScoreInput): string {
  const task = card.tasks[scores.task];
  return task === '' ? card.models[scores.model] : `${card.models[scores.model]} on ${task}`;
}

function endsTitle(subject: string, standings: Standing[]): string {
  const ends = endsOf(standings, 'higher is closer', 'languages');
  return ends === null ? subject : endsSentence(subject, ends, ['is highest', 'is lowest']);
}

function itemOf({ card, scores, colors }: ScoreInput, place: number): PlotItem {
  const language = scores.languages[place];
  const { name, label } = card.languages[language];
  return { name, label, color: colors[language] };
}

/** Whether a matrix has a number for any two languages. */
export function hasMatrix(scores: TaskScores, id: ScoreMatrixId): boolean {
  const L = scores.languages.length;
  return matrixOf(scores, id).some((value, i) => i % (L + 1) !== 0 && !Number.isNaN(value));
}

function matrixOf({ consistency, conductivity }: TaskScores, id: ScoreMatrixId): Float64Array {
  return id === 'transfer' || id === 'lift' ? conductivity[id] : consistency[id];
}

function countsOf({ consistency }: TaskScores, id: ScoreMatrixId): Float64Array {
  return id === 'kappa' || id === 'agreement' ? consistency.nValid : consistency.n;
}

/** Guessing is a line only where it is the same in every language. */
function chanceOf(input: ScoreInput, { card }: ScoreColumn): ForestPlotProps['reference'] {
  if (card.name !== 'Accuracy') return undefined;
  const chances = input.scores.performance.filter(({ n }) => n > 0).map(({ chance }) => chance);
  const [first] = chances;
  const same = chances.every((chance) => Math.abs(chance - first) < 1e-9);
  return chances.length === 0 || !same || first === 0
    ? undefined
    : { value: first, name: 'guessing' };
}

function undefinedLast(a: number, b: number): number {
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}
