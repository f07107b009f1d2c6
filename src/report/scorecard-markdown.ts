import type { Estimate } from '../core/report.ts';
import type { AlignmentJoin, ModelDifference, Scorecard, TaskScores } from '../core/scorecard.ts';
import type { ReportTable } from './document.ts';
import { escaped, tableBlock } from './to-markdown.ts';

/** A scorecard to read, as Markdown: the three levels by task and model, then by language. */
export function scorecardMarkdown(
  card: Scorecard,
  { differences, joins }: { differences: ModelDifference[]; joins: AlignmentJoin[] },
): string {
  const { parsers, settings } = card;
  const pivot = settings.pivot < 0 ? 'none' : card.languages[settings.pivot].tag;
  const blocks = [
    '# Scorecard of answers',
    `Parser ${settings.parser}; ${parsers.differing.toLocaleString('en')} of ${parsers.answers.toLocaleString('en')} answers are read differently by clika-strict and robust. Pivot: ${escaped(pivot)}. Intervals are 95 %: Wilson for shares, bootstrap over questions for means (seed ${settings.seed}).`,
    card.notices.map((notice) => `- ${escaped(notice)}`).join('\n'),
    ...section('Tasks and models', TASK_NOTE, levelsTable(card)),
    ...section('By language', LANGUAGE_NOTE, languageTable(card)),
    ...section('Difference of two models', DIFFERENCE_NOTE, differenceTable(card, differences)),
    ...section('Alignment of the questions and consistency', JOIN_NOTE, joinTable(card, joins)),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

type Table = Pick<ReportTable, 'columns' | 'rows'>;

const TASK_NOTE =
  'Performance is the mean over languages of accuracy and RA (accuracy less chance, over a reference less chance, floored at 0); consistency is CO, right in both over right in either, with the pivot, and agreement of choices over pairs of languages; DD is the mean over the best of RA. Consistency is no accuracy: read them side by side.';
const LANGUAGE_NOTE = 'Invalid answers count as wrong. CO, CO* and kappa are with the pivot.';
const DIFFERENCE_NOTE =
  'Accuracy of the second less that of the first; exact McNemar test, adjusted over languages (Benjamini and Hochberg).';
const JOIN_NOTE =
  'Spearman over the languages but the pivot, with a permutation test; few languages make weak evidence.';

function section(title: string, note: string, table: Table): string[] {
  return table.rows.length === 0 ? [] : [`## ${title}`, note, tableBlock(table)];
}

function tableOf(words: string[], numbers: string[], rows: string[][]): Table {
  return {
    columns: [
      ...words.map((label) => ({ label })),
      ...numbers.map((label) => ({ label, numeric: true })),
    ],
    rows,
  };
}

function levelsTable(card: Scorecard): Table {
  const numbers = [
    'languages',
    'questions',
    'accuracy',
    'RA',
    'DD',
    'CO',
    'agreement',
    'any',
    'vote',
  ];
  return tableOf(
    ['task', 'model'],
    numbers,
    card.scores.map((scores) => [
      card.tasks[scores.task],
      card.models[scores.model],
      ...levelCells(scores),
    ]),
  );
}

function levelCells(scores: TaskScores): string[] {
  const { performance, consistency, democratization, languages, questions, oracle, vote } = scores;
  return [
    String(languages.length),
    String(questions),
    fixed(meanOf(performance.map(({ accuracy }) => accuracy.value))),
    fixed(meanOf(performance.map(({ rescaled }) => rescaled.value))),
    estimated(democratization),
    estimated(consistency.withPivot.co),
    consistency.overall === null ? '' : estimated(consistency.overall.pairs),
    estimated(oracle),
    vote === null ? '' : estimated(vote.accuracy),
  ];
}

function languageTable(card: Scorecard): Table {
  const rows = card.scores.flatMap((scores) =>
    scores.performance.map((one, l) => {
      const L = scores.languages.length;
      const pivot = scores.languages.indexOf(card.settings.pivot);
      const withPivot = (values: Float64Array): string =>
        pivot < 0 || pivot === l ? '' : fixed(values[pivot * L + l]);
      const { co, coStar, kappa } = scores.consistency;
      return [
        card.tasks[scores.task],
        card.models[scores.model],
        card.languages[scores.languages[l]].tag,
        String(one.n),
        estimated(one.accuracy),
        fixed(one.invalid / one.answers),
        `${fixed(one.rescaled.value)}${one.rescaledRaw < 0 ? ' (below chance)' : ''}`,
        ...[co, coStar, kappa].map(withPivot),
      ];
    }),
  );
  return tableOf(
    ['task', 'model', 'language'],
    ['n', 'accuracy', 'invalid', 'RA', 'CO', 'CO*', 'kappa'],
    rows,
  );
}

function differenceTable(card: Scorecard, differences: ModelDifference[]): Table {
  const rows = differences.flatMap(({ task, models, rows: all }) =>
    all.map((row) => [
      card.tasks[task],
      ...models.map((model) => card.models[model]),
      card.languages[row.language].tag,
      String(row.n),
      estimated(row.difference),
      `${row.onlyFirst}, ${row.onlySecond}`,
      row.p.toPrecision(2),
      row.adjusted.toPrecision(2),
    ]),
  );
  return tableOf(
    ['task', 'first', 'second', 'language'],
    ['n', 'difference', 'right only in the first, second', 'p', 'adjusted'],
    rows,
  );
}

function joinTable(card: Scorecard, joins: AlignmentJoin[]): Table {
  return tableOf(
    ['task', 'model', 'alignment', 'consistency'],
    ['rho', 'p', 'languages'],
    joins.map(({ task, model, alignment, consistency, correlation: { rho, p, n } }) => [
      card.tasks[task],
      model < 0 ? 'mean over models' : card.models[model],
      alignment,
      consistency,
      fixed(rho),
      fixed(p),
      String(n),
    ]),
  );
}

function estimated({ value, interval }: Estimate): string {
  const range = interval === null ? '' : ` (${interval.map((end) => end.toFixed(3)).join(' to ')})`;
  return fixed(value) + range;
}

function fixed(value: number): string {
  return Number.isNaN(value) ? 'n/a' : value.toFixed(3);
}

function meanOf(values: number[]): number {
  const defined = values.filter((value) => !Number.isNaN(value));
  return defined.reduce((sum, value) => sum + value, 0) / defined.length;
}
