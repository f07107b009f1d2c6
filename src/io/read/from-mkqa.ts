import type { ColumnRole } from '../../core/corpus.ts';
import type { JsonRecord } from './records.ts';
import { textOf } from './records.ts';
import type { Sheet } from './sheet.ts';

const COLUMNS = ['id', 'lang', 'question', 'answers'];
const ROLES: ColumnRole[] = [
  { kind: 'id' },
  { kind: 'language-label' },
  { kind: 'long-text' },
  { kind: 'ignore' },
];

/** Whether records are MKQA's: `{ id: "563_en", lang: "en", question, answers: [...] }`. */
export function isMkqa(records: JsonRecord[]): boolean {
  const whole = records.slice(0, 50).filter(({ value }) => Object.keys(value).length > 0);
  return whole.length > 0 && whole.every(({ value }) => isMkqaRow(value));
}

function isMkqaRow({ id, lang, question, answers }: Record<string, unknown>): boolean {
  const texts = [id, lang, question].every((value) => typeof value === 'string');
  return texts && Array.isArray(answers) && String(id).endsWith(`_${String(lang)}`);
}

/** Reads MKQA: the language is cut off the ids, so that facts join over files. Answers are joined by ` | `. */
export function fromMkqa(file: string, records: JsonRecord[]): Sheet {
  const rows = records.map(({ value }) => {
    const [id, lang, question, answers] = COLUMNS.map((name) => textOf(value[name]));
    return [
      lang !== '' && id.endsWith(`_${lang}`) ? id.slice(0, -lang.length - 1) : id,
      lang,
      question,
      answers,
    ];
  });
  const lines = records.map(({ line }) => line);
  return {
    key: file,
    file,
    format: 'mkqa',
    columns: COLUMNS,
    rows,
    lines,
    roles: ROLES,
    scope: file,
  };
}
