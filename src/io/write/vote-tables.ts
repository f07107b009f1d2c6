import { letterOf, type AnswersSummary, type AnswerTable } from '../../core/answers.ts';
import type { Interval } from '../../core/statistics.ts';
import type { VoteGroup, VoteReport, VoteTruth } from '../../core/votes.ts';
import { toCsv, type CsvCell } from './to-csv.ts';
import { toJson } from './to-json.ts';

/** Votes with what they were made of. */
export interface VoteExport {
  isogloss: string;
  table: AnswerTable;
  summary: AnswersSummary;
  report: VoteReport;
  /** The answers of each row of the votes, by language, then sample: those from start[v] to start[v + 1]. */
  pool: { start: Int32Array; answers: Int32Array };
  /** Of each answer, -1 where invalid. [answers] */
  choices: Int32Array;
  nameOf: (choice: number) => string;
  /** Settings that the report itself does not hold, as they shall be written down. */
  settings: Record<string, unknown>;
}

/** All files of votes by path. */
export function voteFiles(input: VoteExport): Map<string, string> {
  return new Map([
    ['votes.csv', votesCsv(input)],
    ['curves.csv', curvesCsv(input)],
    ['votes.json', votesJson(input)],
  ]);
}

function votesCsv(input: VoteExport): string {
  const { table, report, nameOf } = input;
  const { votes, order } = report;
  const labels = order.map((language) => table.languages[language].label);
  function* lines(): Generator<CsvCell[]> {
    yield [
      ...['task', 'question', 'model', 'winner', 'votes', 'valid', 'invalid', 'share', 'margin'],
      ...['entropy_bits', 'coverage', 'tie', 'gold', 'right'],
      ...labels.flatMap((label) => [`choices_${label}`, `consistency_${label}`]),
    ];
    for (let row = 0; row < votes.question.length; row++) {
      const { task, id, gold } = table.questions[votes.question[row]];
      const said = saidBy(row, input);
      yield [
        ...[table.tasks[task].name, id, table.models[votes.model[row]]],
        ...[votes.winner[row] < 0 ? '' : nameOf(votes.winner[row]), talliesOf(row, report, nameOf)],
        ...[votes.votes[row], votes.invalid[row], votes.share[row], votes.margin[row]],
        ...[votes.entropy[row], votes.coverage[row], votes.tie[row]],
        ...(gold < 0 ? ['', ''] : [letterOf(gold), Number(votes.winner[row] === gold)]),
        ...order.flatMap((language) => [
          said[language],
          votes.selfConsistency[row * table.languages.length + language],
        ]),
      ];
    }
  }
  return toCsv(lines());
}

function talliesOf(row: number, { votes }: VoteReport, nameOf: (choice: number) => string): string {
  const { start, choice, count } = votes.tally;
  return Array.from(choice.subarray(start[row], start[row + 1]), (c, i) => {
    return `${nameOf(c)}:${count[start[row] + i]}`;
  }).join(' ');
}

/** What the samples of each language chose, in their order, '_' where invalid. [languages] */
function saidBy(row: number, { table, pool, choices, nameOf }: VoteExport): string[] {
  const said: string[] = Array<string>(table.languages.length).fill('');
  for (let i = pool.start[row]; i < pool.start[row + 1]; i++) {
    const answer = pool.answers[i];
    const name = choices[answer] < 0 ? '_' : nameOf(choices[answer]);
    const language = table.answers.language[answer];
    said[language] = said[language] === '' ? name : `${said[language]} ${name}`;
  }
  return said;
}

const NONE: Interval = [NaN, NaN];

function curvesCsv({ table, report }: VoteExport): string {
  function* lines(): Generator<CsvCell[]> {
    yield [
      ...['task', 'model', 'curve', 'language', 'from', 'to', 'questions', 'right', 'mean_share'],
      ...['rate', 'rate_low', 'rate_high', 'yield'],
    ];
    for (const group of report.groups) {
      const head = [table.tasks[group.task].name, table.models[group.model]];
      yield* group.shares.map((questions, bin) => [
        ...[...head, 'shares', '', bin / 10, (bin + 1) / 10, questions],
        ...Array<number>(6).fill(NaN),
      ]);
      if (group.truth !== null)
        yield* truthLines(group.truth, table).map((line) => [...head, ...line]);
    }
  }
  return toCsv(lines());
}

function truthLines(
  { vote, alone, calibration, yields }: VoteTruth,
  table: AnswerTable,
): CsvCell[][] {
  const accuracy = (
    [curve, language]: [string, string],
    { questions, right, interval }: VoteTruth['vote'],
  ): CsvCell[] => [
    ...[curve, language, NaN, NaN, questions, right, NaN],
    ...[right / questions, ...(interval ?? NONE), NaN],
  ];
  return [
    accuracy(['vote_accuracy', ''], vote),
    ...alone.flatMap(({ language, own, vote: both }) => [
      accuracy(['language_accuracy', table.languages[language].label], own),
      accuracy(['vote_accuracy_there', table.languages[language].label], both),
    ]),
    ...calibration.map(({ low, high, questions, right, meanShare, interval }) => [
      ...['calibration', '', low, high, questions, right, meanShare],
      ...[right / questions, ...(interval ?? NONE), NaN],
    ]),
    ...yields.map((point) => [
      ...['purity_yield', '', point.threshold, 1, point.kept, point.right, NaN],
      ...[point.purity, ...(point.interval ?? NONE), point.yield],
    ]),
  ];
}

function votesJson({ isogloss, table, summary, report, settings }: VoteExport): string {
  const { order, voters, groups } = report;
  const labels = (languages: number[]): string[] => languages.map((l) => table.languages[l].label);
  return toJson({
    isogloss,
    ...settings,
    order: labels(order),
    voters: labels(voters),
    ties: 'to the choice seen first in this order of languages, then of samples',
    languages: table.languages.map(({ label }) => label),
    tags: table.languages.map(({ tag }) => tag),
    files: summary.files,
    issues: summary.issues,
    definitions: DEFINITIONS,
    groups: groups.map((group) => groupJson(group, table)),
    tied: tiedOf(table, report),
  });
}

const DEFINITIONS = {
  share: 'votes of the winner / valid answers of the voters',
  margin: 'share of the winner less the share of the second',
  coverage: 'share of the voting languages with an answer in which some answer is the winner',
  selfConsistency:
    'share of the most frequent choice among the valid answers of a language, mean over questions',
  agreement:
    'chance that a valid answer in one language and one in the other agree, mean over questions',
  alone:
    'each language’s own vote, on the questions it answered; a question without a valid answer is wrong',
  calibration:
    'questions by share of the vote, and how many are right, with a 95 % Wilson interval',
  yields:
    'of the votes with at least that share: how many remain (yield), how many are right (purity)',
};

function groupJson(group: VoteGroup, { tasks, models, languages }: AnswerTable): object {
  const n = languages.length;
  const rowsOf = (matrix: Float64Array | Int32Array): number[][] =>
    languages.map((_, a) => Array.from(matrix.subarray(a * n, (a + 1) * n)));
  const { truth } = group;
  return {
    ...group,
    task: tasks[group.task].name,
    model: models[group.model],
    selfConsistency: Array.from(group.selfConsistency),
    agreement: rowsOf(group.agreement),
    compared: rowsOf(group.compared),
    truth: truth && {
      ...truth,
      alone: truth.alone.map((one) => ({ ...one, language: languages[one.language].label })),
    },
  };
}

function tiedOf(table: AnswerTable, { votes }: VoteReport): object[] {
  return Array.from(votes.tie.keys())
    .filter((row) => votes.tie[row] === 1)
    .map((row) => {
      const { task, id } = table.questions[votes.question[row]];
      return { task: table.tasks[task].name, question: id, model: table.models[votes.model[row]] };
    });
}
