import { AnalyzerError } from '../../core/errors.ts';
import type { Language } from '../../core/language.ts';
import type { PlanCap } from '../../core/plan.ts';
import { parseDelimited } from './from-csv.ts';

const COLUMNS = ['language', 'min', 'max', 'available'];

/**
 * Reads how many items languages must, may and can get: CSV with the columns language (label or tag), min, max and
 * available, of which the last three may be missing or empty.
 *
 * @throws AnalyzerError `usage`, with the line
 */
export function fromCaps(text: string, file: string, languages: readonly Language[]): PlanCap[] {
  const { rows } = parseDelimited(text);
  const header = rows.length > 0 ? rows[0].map((name) => name.trim().toLowerCase()) : [];
  const unknown = header.find((name) => !COLUMNS.includes(name));
  if (!header.includes('language') || unknown !== undefined)
    throw wrong(
      `${file} has the columns ${header.join(', ')}; language, min, max and available are known.`,
    );
  const filled = rows.map((cells, i) => ({ cells, line: i + 1 })).slice(1);
  return filled
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .map(({ cells, line }) => {
      const cell = (column: string): string => (cells[header.indexOf(column)] ?? '').trim();
      const bound = (column: string, none: number): number =>
        cell(column) === '' ? none : numberOf(cell(column), `${file}:${line} ${column}`);
      const name = cell('language');
      const language = languages.find(({ label, tag }) => label === name || tag === name);
      if (language === undefined)
        throw wrong(
          `${file}:${line} bounds ${name}, but the languages are ${languages.map(({ label }) => label).join(', ')}.`,
        );
      return {
        tag: language.tag,
        min: bound('min', 0),
        max: bound('max', Infinity),
        available: bound('available', Infinity),
      };
    });
}

function numberOf(text: string, where: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  throw wrong(`${where} is ${text}, no whole number from 0 on.`);
}

function wrong(sentence: string): AnalyzerError {
  return new AnalyzerError('usage', sentence, { hint: 'Correct the file after --caps.' });
}
