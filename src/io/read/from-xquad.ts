import type { ColumnRole } from '../../core/corpus.ts';
import { labelOfFile } from './file-label.ts';
import { isObject, textOf } from './records.ts';
import type { Sheet } from './sheet.ts';

const COLUMNS = ['id', 'title', 'context', 'question', 'answer'];

interface Squad {
  data: unknown[];
}

/** Whether a JSON value has SQuAD's layout: `data[].paragraphs[].qas[]`. */
export function isXquad(value: unknown): value is Squad {
  return (
    isObject(value) &&
    Array.isArray(value.data) &&
    value.data.some((part) => isObject(part) && Array.isArray(part.paragraphs))
  );
}

/**
 * Reads XQuAD: a row for each question, the question as its text; the title is the topic. The language comes from the
 * file's name.
 */
export function fromXquad(file: string, text: string, { data }: Squad): Sheet {
  const rows = data.flatMap(rowsOfArticle);
  const { label, scope } = labelOfFile(file);
  const question: ColumnRole = label === '' ? { kind: 'ignore' } : { kind: 'text', label };
  const roles: ColumnRole[] = [
    { kind: 'id' },
    { kind: 'topic' },
    { kind: 'ignore' },
    question,
    { kind: 'ignore' },
  ];
  const lines = linesOfQuestions(text, rows.length);
  return { key: file, file, format: 'xquad', columns: COLUMNS, rows, lines, roles, scope };
}

function rowsOfArticle(article: unknown): string[][] {
  if (!isObject(article)) return [];
  const title = textOf(article.title);
  return objects(article.paragraphs).flatMap((paragraph) => {
    const context = textOf(paragraph.context);
    return objects(paragraph.qas).map(({ id, question, answers }) => {
      const [answer] = objects(answers);
      return [textOf(id), title, context, textOf(question), textOf(answer?.text)];
    });
  });
}

function objects(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The k-th key "question" of the text belongs to the k-th row; line 1 for all where the counts differ. */
function linesOfQuestions(text: string, count: number): number[] {
  const lines: number[] = [];
  let line = 1;
  let counted = 0;
  for (const { index } of text.matchAll(/"question"\s*:/g)) {
    for (let i = text.indexOf('\n', counted); i !== -1 && i < index; i = text.indexOf('\n', i + 1))
      line++;
    counted = index;
    lines.push(line);
  }
  return lines.length === count ? lines : Array<number>(count).fill(1);
}
