import type { RunLanguage } from '../../core/coverage.ts';
import { AnalyzerError } from '../../core/errors.ts';
import { METRICS } from '../../core/metric-catalog.ts';
import { unguarded } from '../write/to-csv.ts';
import { parseDelimited } from './from-csv.ts';

const TOKENS = {
  renderings: 'renderings',
  tokens: 'tokens',
  unknown: 'unknown_tokens',
  truncated: 'truncated',
  premium: 'token_premium',
  unknownRate: 'unknown_rate',
  truncationRate: 'truncation_rate',
} as const;

/**
 * The `languages.csv` of an exported run: scores of its languages and the tokens of their texts.
 *
 * @throws AnalyzerError `format/damaged` where columns are missing
 */
export function readLanguageTable(name: string, text: string): RunLanguage[] {
  const [header = [], ...rows] = parseDelimited(text).rows;
  const missing = ['language', 'tag', ...Object.values(TOKENS)].find(
    (column) => !header.includes(column),
  );
  if (missing !== undefined)
    throw new AnalyzerError('format/damaged', `${name} has no column ${missing}.`, {
      hint: 'Give the folder that isogloss analyze wrote.',
    });
  const metrics = METRICS.filter(({ id }) => header.includes(id));
  return rows.map((row) => {
    const cell = (column: string): string => row[header.indexOf(column)] ?? '';
    const number = (column: string): number => (cell(column) === '' ? NaN : Number(cell(column)));
    const tokens = Object.entries(TOKENS).map(([key, column]) => [key, number(column)]);
    return {
      label: unguarded(cell('language')),
      tag: unguarded(cell('tag')),
      tokens:
        cell(TOKENS.tokens) === '' ? null : (Object.fromEntries(tokens) as RunLanguage['tokens']),
      scores: Object.fromEntries(metrics.map(({ id }) => [id, number(id)])),
    };
  });
}
