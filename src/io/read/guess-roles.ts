import type { ColumnRole } from '../../core/corpus.ts';
import { labelOfColumn } from './file-label.ts';
import type { Table } from './sheet.ts';

const names = (list: string): Set<string> => new Set(list.split(' '));
const IDS = names(
  'id ids fact_id factid uid uuid guid qid sentence_id example_id question_id item_id group_id',
);
/** Names that only number the rows; they give the id where no better column does. */
const WEAK_IDS = names('fact key index idx row nr no num number item line');
const UNNAMED = /^$|^unnamed: 0$/;
const TOPICS = names('topic category group domain article theme section genre subject');
const LANGUAGES = names(
  'lang language locale lang_code language_code lan_code langcode iso iso_code lg lng',
);
const TEXTS = [
  ...['text', 'sentence', 'statement', 'rendering', 'translation', 'question', 'prompt'],
  ...['content', 'utterance', 'string', 'value', 'fact'],
];
const SAMPLE = 200;

export interface RoleGuess {
  format: 'wide-table' | 'long-table';
  roles: ColumnRole[];
}

/** How a column looks from its header and its first values. */
interface Look {
  name: string;
  column: number;
  values: string[];
  /** The language that the header names, or null. */
  label: string | null;
  texts: boolean;
}

/** Guesses what each column holds, from headers and values. `fileLabel` is '' where the file's name gives none. */
export function guessRoles(
  table: Table,
  { headed, fileLabel }: { headed: boolean; fileLabel: string },
): RoleGuess {
  const looks = table.columns.map((_, column) => lookAt(table, column, headed));
  const id = idColumn(looks, headed);
  const rest = looks.filter(({ column }) => column !== id);
  const topic = rest.find((look) => TOPICS.has(look.name))?.column ?? -1;
  const others = rest.filter(({ column }) => column !== topic);
  const wide = others.filter((look) => look.label !== null && look.texts);
  const marks = others.find((look) => isLanguageColumn(look, headed));
  const long = marks && textColumn(others.filter((look) => look !== marks));
  const single = wide.length === 0 && !long ? textColumn(others) : undefined;

  const roles: ColumnRole[] = table.columns.map(() => ({ kind: 'ignore' }));
  if (id !== -1) roles[id] = { kind: 'id' };
  if (topic !== -1) roles[topic] = { kind: 'topic' };
  if (marks && long && wide.length < 2) {
    roles[marks.column] = { kind: 'language-label' };
    roles[long.column] = { kind: 'long-text' };
    return { format: 'long-table', roles };
  }
  for (const { column, label } of wide) roles[column] = { kind: 'text', label: label ?? '' };
  if (single && fileLabel !== '') roles[single.column] = { kind: 'text', label: fileLabel };
  return { format: 'wide-table', roles };
}

function lookAt({ columns, rows }: Table, column: number, headed: boolean): Look {
  const values: string[] = [];
  for (let r = 0; r < rows.length && values.length < SAMPLE; r++) {
    const value = rows[r][column].trim();
    if (value !== '') values.push(value);
  }
  const label = headed ? labelOfColumn(columns[column]) : null;
  return { name: nameOf(columns[column]), column, values, label, texts: areTexts(values) };
}

function nameOf(header: string): string {
  return header
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}

/** Texts hold letters and are not the same few words over and over. A column without values is given the benefit. */
function areTexts(values: string[]): boolean {
  if (values.length === 0) return true;
  const worded = values.filter((value) => /\p{L}/u.test(value)).length;
  const repeats = values.length >= 20 && new Set(values).size <= 3;
  return worded * 2 >= values.length && !repeats;
}

function idColumn(looks: Look[], headed: boolean): number {
  if (!headed)
    return looks.find((look) => look.column === 0 && isNumbers(look.values))?.column ?? -1;
  const fits = (look: Look): boolean => look.values.length > 0 && isIdentifiers(look);
  const strong = looks.find((look) => IDS.has(look.name) && (/._/.test(look.name) || fits(look)));
  const weak = looks.find(
    (look) => (WEAK_IDS.has(look.name) || isUnnamedFirst(look)) && fits(look),
  );
  return (strong ?? weak)?.column ?? -1;
}

function isUnnamedFirst({ name, column }: Look): boolean {
  return column === 0 && UNNAMED.test(name.replace('_', ' '));
}

/**
 * Identifiers hold no spaces. `id` and `no` name languages as well: behind the first column, values of letters alone
 * are taken for their words.
 */
function isIdentifiers({ name, values, column, label }: Look): boolean {
  // `fact 1`, but no sentences.
  const numbered = values.every((value) => /^\S+ \S*\d\S*$/.test(value));
  if (name === 'id' && column === 0 && numbered) return true;
  if (values.some((value) => /\s/.test(value))) return false;
  return column === 0 || label === null || values.some((value) => /[\d_:-]/.test(value));
}

function isNumbers(values: string[]): boolean {
  return (
    values.length > 0 && values.every((value) => /^\d+$/.test(value)) && new Set(values).size > 1
  );
}

function isLanguageColumn({ name, values }: Look, headed: boolean): boolean {
  if (values.length === 0 || (headed && !LANGUAGES.has(name))) return false;
  const distinct = [...new Set(values)];
  const known = distinct.filter(isLanguageName).length;
  return known >= distinct.length * (headed ? 0.5 : 1);
}

function isLanguageName(value: string): boolean {
  return labelOfColumn(value) !== null || /^[a-z]{3}$/.test(value);
}

/** The column of texts: by its name, else the longest one. */
function textColumn(looks: Look[]): Look | undefined {
  const texts = looks.filter((look) => look.texts && look.values.length > 0 && look.label === null);
  const named = TEXTS.map((name) => texts.find((look) => look.name === name));
  const longest = texts.reduce<Look | undefined>(
    (best, next) => (best === undefined || meanLength(next) > meanLength(best) ? next : best),
    undefined,
  );
  return named.find((look) => look !== undefined) ?? longest;
}

function meanLength({ values }: Look): number {
  return values.reduce((sum, value) => sum + value.length, 0) / values.length;
}

/** How many names of a header are known: languages, ids, topics, texts. */
export function recognizedNames(header: string[]): number {
  return header.filter((cell) => isRoleName(cell) || labelOfColumn(cell) !== null).length;
}

function isRoleName(cell: string): boolean {
  const name = nameOf(cell);
  return [IDS, WEAK_IDS, TOPICS, LANGUAGES].some((set) => set.has(name)) || TEXTS.includes(name);
}

/**
 * Whether the first row names the columns. It does not when it holds a number; it does when it holds the name of a
 * role. A single language is a name unless the whole column below holds languages. Without any of these, a row of
 * short, different names without the end of a sentence is a header.
 */
export function hasHeader(rows: string[][]): boolean {
  const first = rows[0].map((cell) => cell.trim());
  if (first.some((cell) => /^[-+]?[\d.,]+$/.test(cell))) return false;
  if (first.some(isRoleName)) return true;
  const languages = first.flatMap((cell, c) => (labelOfColumn(cell) === null ? [] : [c]));
  if (languages.length === 1) return !holdsLanguages(rows.slice(1, SAMPLE), languages[0]);
  const short = first.every((cell) => cell.length <= 60 && !/[.?!。？！؟…]/.test(cell));
  return languages.length > 1 || (short && new Set(first).size === first.length);
}

function holdsLanguages(rows: string[][], column: number): boolean {
  const values = rows.map((row) => row[column]?.trim() ?? '').filter((value) => value !== '');
  return values.length > 0 && values.every((value) => labelOfColumn(value) !== null);
}
