import { textOf, type JsonRecord } from '../read/records.ts';
import { byFile, issueLog } from '../read/issue-log.ts';
import { issue } from '../read/sheet.ts';
import { flagOf, numberOf } from './fields.ts';
import { isHole, type AnswerText, type FileAnswers, type QuestionList } from './question-list.ts';
import { rowGroups } from './row-groups.ts';

export function isLikelihoods([{ value }]: JsonRecord[]): boolean {
  return 'is_true' in value && 'logprob' in value;
}

interface Reference {
  logprob: number;
  isTrue: boolean;
  isBest: boolean;
  text: string;
}

/** Reads `{id, lang, model?, answer_id, is_true, is_best, logprob}`, a row for each reference answer. */
export function fromLikelihoods(file: AnswerText): FileAnswers {
  const groups = rowGroups(file);
  const log = issueLog(byFile);
  const references = new Map<QuestionList, Map<number, Reference[]>>();
  for (const record of file.records) {
    if (isHole(record)) continue;
    const reference = referenceOf(record);
    if (Number.isNaN(reference.logprob)) {
      const message = `The log-probability ${JSON.stringify(textOf(record.value.logprob))} is no number; the row is left out.`;
      log.add(issue(file.name, ['warning', 'bad-row'], message, { line: record.line }));
      continue;
    }
    const list = groups.listOf(record);
    const row = groups.place(list, record, () => ({
      options: 0,
      wording: { question: textOf(record.value.question) },
    }));
    const rows = references.get(list) ?? new Map<number, Reference[]>();
    references.set(list, rows);
    rows.set(row, [...(rows.get(row) ?? []), reference]);
  }
  for (const [list, rows] of references)
    for (const [row, known] of rows) addLikelihood(list, row, known);
  return { format: 'likelihoods', lists: groups.lists, training: [], issues: log.all() };
}

function referenceOf({ value }: JsonRecord): Reference {
  return {
    // Python writes the logarithm of 0 so.
    logprob: /^-inf(inity)?$/i.test(textOf(value.logprob)) ? -Infinity : numberOf(value.logprob),
    isTrue: flagOf(value.is_true),
    isBest: flagOf(value.is_best),
    text: textOf(value.answer ?? value.text),
  };
}

function addLikelihood(list: QuestionList, row: number, references: Reference[]): void {
  list.likelihoods.push({
    row,
    logprob: Float64Array.from(references, ({ logprob }) => logprob),
    isTrue: Uint8Array.from(references, ({ isTrue }) => Number(isTrue)),
    best: references.findIndex(({ isBest }) => isBest),
  });
  const truths = references
    .filter(({ isTrue, text }) => isTrue && text !== '')
    .map(({ text }) => text);
  list.wordings[row] = { ...list.wordings[row], truths };
}
