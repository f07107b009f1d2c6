import type { AnswerFile } from '../../core/answers.ts';
import type { Issue } from '../../core/errors.ts';
import { decodeText } from '../read/decode-text.ts';
import { binaryKind, markupKind } from '../read/detect.ts';
import { vectorsFormat } from '../read/given-vectors.ts';
import { readFile } from '../read/read-file.ts';
import { issue, splitPath, type Limits, type NamedBytes } from '../read/sheet.ts';
import { answersFormat, isDatasetInfo } from './detect-answers.ts';
import type { FileAnswers, QuestionList } from './question-list.ts';
import { readText } from './read-text.ts';

/** What one file that is no archive was found to hold. */
export interface FileContent {
  answers: { file: AnswerFile; answers: FileAnswers } | null;
  /** What was kept of it. */
  bytes: number;
  /** It holds facts or vectors, which others read. */
  facts: boolean;
  issues: Issue[];
  /** The issues are about answers that could not be read, not about a file of another kind. */
  own?: boolean;
}

/**
 * Reads a file if it holds answers; else says whether it holds facts (which nobody looks for where `facts` says that some
 * were found already) and, where it holds neither, what is wrong with it.
 */
export function readBytes(
  { name, bytes }: NamedBytes,
  { limits, facts }: { limits: Limits; facts: boolean },
): FileContent {
  const text = textOf({ name, bytes });
  if (text !== null && isDatasetInfo(name, text))
    return { answers: null, bytes: 0, facts: false, issues: [] };
  const format = text === null ? null : answersFormat(name, text);
  if (text === null || format === null) return other({ name, bytes }, limits, facts);
  const answers = readGuarded(name, () => readText(name, text, format));
  if (Array.isArray(answers))
    return { answers: null, bytes: 0, facts: false, issues: answers, own: true };
  const isEmpty = answers.lists.length + answers.training.length === 0;
  if (isEmpty) return { answers: null, bytes: 0, facts: false, issues: answers.issues, own: true };
  return {
    answers: { file: fileOf(name, bytes.length, answers), answers },
    bytes: bytes.length,
    facts: format === 'bmlama',
    issues: answers.issues,
  };
}

function textOf({ name, bytes }: NamedBytes): string | null {
  if (splitPath(name).base.startsWith('.') || bytes.length === 0 || binaryKind(bytes) !== null)
    return null;
  const { text } = decodeText(bytes);
  return text === null || text.trim() === '' || markupKind(text) !== null ? null : text;
}

/** A defect of ours while reading one file never takes the others with it. */
function readGuarded(name: string, read: () => FileAnswers): FileAnswers | Issue[] {
  try {
    return read();
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return [
      issue(
        name,
        ['error', 'damaged-file'],
        `${name} could not be read (${reason}); it is left out.`,
      ),
    ];
  }
}

const CODE = /\.(py|ipynb|sh|bat|js|ts|r|c|cpp|h|java|ya?ml|toml|cfg|ini|lock|log)$/i;

function other(file: NamedBytes, limits: Limits, known: boolean): FileContent {
  const nothing = { answers: null, bytes: 0 };
  if (CODE.test(file.name)) return { ...nothing, facts: false, issues: [neither(file.name)] };
  if (known || vectorsFormat(file.bytes) !== null) return { ...nothing, facts: true, issues: [] };
  const { sheet, issues } = readFile(file, limits);
  const facts = sheet?.roles.some(({ kind }) => kind === 'text' || kind === 'long-text') ?? false;
  return { ...nothing, facts, issues: facts || issues.length > 0 ? issues : [neither(file.name)] };
}

function neither(name: string): Issue {
  const message = `${name} holds neither answers nor texts in a language; it is left out.`;
  return issue(name, ['note', 'ignored'], message);
}

function fileOf(name: string, bytes: number, { format, lists, training }: FileAnswers): AnswerFile {
  const only = (of: (list: QuestionList) => string): string => {
    const values = new Set(lists.map(of));
    return values.size === 1 ? [...values][0] : '';
  };
  const spelled = new Set([...lists, ...training].map(({ language }) => language));
  return {
    name,
    bytes,
    sha256: '',
    format,
    task: only(({ task }) => task),
    model: only(({ model }) => model),
    language: spelled.size === 1 ? [...spelled][0] : '',
    rows: training.length + lists.reduce((sum, list) => sum + rowsOf(list), 0),
  };
}

/** Answers where there are some, else questions. */
function rowsOf({ answers, rankings, likelihoods, ids }: QuestionList): number {
  return Math.max(
    answers.row.length,
    rankings.length,
    likelihoods.length,
    ids.filter((id) => id !== null).length,
  );
}
