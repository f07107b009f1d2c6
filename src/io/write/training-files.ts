import type { AnswerTable } from '../../core/answers.ts';
import type { FeedbackCell, PreferencePair, TrainingFormat } from '../../core/preference-pairs.ts';
import type { Votes } from '../../core/votes.ts';
import { toCsv, type CsvCell } from './to-csv.ts';

/** Pairs, and what their rows are traced by. */
export interface TrainingExport {
  table: AnswerTable;
  votes: Votes;
  /** Of each answer, as it was voted with. [answers] */
  choices: Int32Array;
  pairs: PreferencePair[];
  /** What a choice is called: a letter, or a cluster. */
  nameOf: (choice: number) => string;
  format: TrainingFormat;
  /** Whether each row carries where it comes from, under `meta`. */
  meta: boolean;
}

/**
 * Training files by path, and an audit sheet with a line for each of their rows. A file holds the rows of one language, or
 * of one pair of languages, named by the files' own labels; where there are several tasks or models, a folder for each.
 */
export function trainingFiles(input: TrainingExport): Map<string, string> {
  const files = new Map<string, string>();
  const lists = byFile(input);
  for (const [path, pairs] of lists) files.set(path, fileText(pairs, input));
  if (input.format === 'llama-factory' || input.format === 'sft') {
    for (const [folder, paths] of byFolder([...lists.keys()]))
      files.set(`${folder}dataset_info.json`, datasetInfo(paths, input.format));
  }
  files.set('audit.csv', auditCsv(lists, input));
  return files;
}

function byFile({ table, votes, pairs, format }: TrainingExport): Map<string, PreferencePair[]> {
  const folderOf = folders(table, votes);
  const lists = new Map<string, PreferencePair[]>();
  for (const pair of pairs) {
    const path = `${folderOf(pair)}${fileName(pair, table, format)}`;
    const list = lists.get(path);
    if (list === undefined) lists.set(path, [pair]);
    else list.push(pair);
  }
  return lists;
}

/** '' where all votes are of one task and model; else a folder for each, whether it has pairs or not. */
function folders(
  { questions, tasks, models }: AnswerTable,
  votes: Votes,
): (pair: PreferencePair) => string {
  const severalTasks = new Set(Array.from(votes.question, (q) => questions[q].task)).size > 1;
  const severalModels = new Set(votes.model).size > 1;
  return ({ question, model }) =>
    [
      ...(severalTasks ? [tasks[questions[question].task].name || 'no-task'] : []),
      ...(severalModels ? [models[model] || 'no-model'] : []),
    ]
      .map((name) => `${safe(name)}/`)
      .join('');
}

/** A name without what separates folders, or leads out of one. */
function safe(name: string): string {
  return name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_').replace(/^\.+/, '_');
}

const PREFIXES: Record<TrainingFormat, string> = {
  'llama-factory': 'DPO',
  trl: 'TRL',
  xllms: 'xLLMs',
  sft: 'sft',
};

function fileName(
  { asked, language }: PreferencePair,
  { languages }: AnswerTable,
  format: TrainingFormat,
): string {
  const label = languages[language].label;
  const cell = asked === language ? label : `${languages[asked].label}-${label}`;
  return `${PREFIXES[format]}_${safe(cell)}.json${format === 'trl' ? 'l' : ''}`;
}

function fileText(pairs: PreferencePair[], input: TrainingExport): string {
  const rows = pairs.map((pair) => trainingRow(pair, input));
  if (input.format === 'trl') return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  return JSON.stringify(rows, null, 4);
}

/** One row as its trainer reads it. */
export function trainingRow(
  pair: PreferencePair,
  input: Omit<TrainingExport, 'pairs'>,
): Record<string, unknown> {
  const { instruction, input: question, target, rejected } = pair;
  const loser = pair.rejectedText ?? (rejected < 0 ? '' : input.table.answers.text[rejected]);
  const head = { instruction, input: question };
  const rows: Record<TrainingFormat, Record<string, unknown>> = {
    'llama-factory': { ...head, chosen: target.text, rejected: loser },
    trl: { prompt: promptOf(head), chosen: target.text, rejected: loser },
    xllms: { ...head, prefered_output: target.text, rejected_output: loser },
    sft: { ...head, output: target.text },
  };
  return input.meta ? { ...rows[input.format], meta: metaOf(pair, input) } : rows[input.format];
}

function promptOf({ instruction, input }: { instruction: string; input: string }): string {
  return [instruction, input].filter((part) => part !== '').join('\n');
}

type Tracing = Pick<TrainingExport, 'table' | 'votes' | 'choices' | 'nameOf'>;

function metaOf(pair: PreferencePair, tracing: Tracing): Record<string, unknown> {
  const { table, votes } = tracing;
  const named = tallyOf(pair.vote, tracing);
  return {
    question: table.questions[pair.question].id,
    model: table.models[pair.model],
    share: votes.share[pair.vote],
    votes: Object.fromEntries(named),
    langs: languagesOf(pair.vote, tracing),
    chosen: sampleOf(pair.target.answer, table),
    rejected: sampleOf(pair.rejected, table),
  };
}

function tallyOf(
  vote: number,
  { votes, nameOf }: Pick<Tracing, 'votes' | 'nameOf'>,
): [string, number][] {
  const { start, choice, count } = votes.tally;
  return Array.from({ length: start[vote + 1] - start[vote] }, (_, i) => [
    nameOf(choice[start[vote] + i]),
    count[start[vote] + i],
  ]);
}

/** Labels of the languages in which some answer is the winner. */
function languagesOf(vote: number, { table, votes }: Tracing): string[] {
  const { languages } = table;
  return languages.flatMap(({ label }, language) =>
    votes.holdsWinner[vote * languages.length + language] === 1 ? [label] : [],
  );
}

function sampleOf(
  answer: number,
  { answers, languages }: AnswerTable,
): { language: string; sample: number } | null {
  if (answer < 0) return null;
  return { language: languages[answers.language[answer]].label, sample: answers.sample[answer] };
}

function byFolder(paths: string[]): Map<string, string[]> {
  const result = new Map<string, string[]>();
  for (const path of paths) {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    result.set(folder, [...(result.get(folder) ?? []), path.slice(folder.length)]);
  }
  return result;
}

/** The registry that LLaMA-Factory reads its data sets from. */
function datasetInfo(names: string[], format: 'llama-factory' | 'sft'): string {
  const head = { prompt: 'instruction', query: 'input' };
  const entry = (name: string): object =>
    format === 'sft'
      ? { file_name: name, columns: { ...head, response: 'output' } }
      : {
          file_name: name,
          ranking: true,
          columns: { ...head, chosen: 'chosen', rejected: 'rejected' },
        };
  const entries = names.map((name) => [name.replace(/\.json$/, ''), entry(name)]);
  return JSON.stringify(Object.fromEntries(entries), null, 4);
}

/** How the rows of a plan are spread over the pairs of languages. */
export function balanceCsv(
  cells: FeedbackCell[],
  { tasks, models, languages }: AnswerTable,
): string {
  return toCsv([
    ['task', 'model', 'asked_in', 'answered_in', 'agreement', 'candidates', 'written'],
    ...cells.map((cell) => [
      ...[tasks[cell.task].name, models[cell.model]],
      ...[languages[cell.asked].label, languages[cell.answered].label],
      ...[cell.agreement, cell.candidates, cell.written],
    ]),
  ]);
}

const AUDIT = [
  'file',
  'row',
  'task',
  'question',
  'asked_in',
  'language',
  'model',
  'winner',
  'votes',
  'share',
  'margin',
  'chosen_choice',
  'source_language',
  'source_sample',
  'rejected_choice',
  'rejected_sample',
  'gold',
  'flags',
];

/** A line for each row of each file; rows count from 1. */
function auditCsv(lists: Map<string, PreferencePair[]>, input: TrainingExport): string {
  function* lines(): Generator<CsvCell[]> {
    yield AUDIT;
    for (const [path, pairs] of lists)
      for (const [i, pair] of pairs.entries()) yield [path, i + 1, ...auditCells(pair, input)];
  }
  return toCsv(lines());
}

function auditCells(pair: PreferencePair, tracing: Tracing): CsvCell[] {
  const { table, votes, choices, nameOf } = tracing;
  const question = table.questions[pair.question];
  const nameOrNone = (choice: number): string => (choice < 0 ? '' : nameOf(choice));
  const source = sampleOf(pair.target.answer, table);
  return [
    table.tasks[question.task].name,
    question.id,
    table.languages[pair.asked].label,
    table.languages[pair.language].label,
    table.models[pair.model],
    nameOrNone(votes.winner[pair.vote]),
    tallyOf(pair.vote, tracing)
      .map(([name, count]) => `${name}:${count}`)
      .join(' '),
    votes.share[pair.vote],
    votes.margin[pair.vote],
    nameOrNone(pair.target.choice),
    source?.language ?? '',
    source?.sample ?? NaN,
    pair.rejected < 0 ? '' : nameOrNone(choices[pair.rejected]),
    sampleOf(pair.rejected, table)?.sample ?? NaN,
    nameOrNone(question.gold),
    pair.flags.join(' '),
  ];
}
