import { AnalyzerError } from '../../core/errors.ts';
import { parseDelimited } from './from-csv.ts';
import { unguarded } from '../write/to-csv.ts';

/** What one row of an embeddings file belongs to. */
export interface RowKey {
  fact: string;
  /** Label or tag. */
  language: string;
}

/**
 * Reads the index beside an embeddings file: a table with the header `fact,language`, one line for each row.
 *
 * @throws AnalyzerError `format/damaged` when the header or a row is another
 */
export function readRowIndex(text: string, file: string): RowKey[] {
  const { rows, lines } = parseDelimited(text.replace(/^\uFEFF/, ''));
  const header = rows[0]?.join(',') ?? '';
  if (header !== 'fact,language')
    throw damaged(`${file} has the header "${header.slice(0, 60)}", not "fact,language".`);
  return rows.slice(1).map((row, i) => {
    if (row.length !== 2) throw damaged(`${file}:${lines[i + 1]} has ${row.length} fields, not 2.`);
    return { fact: unguarded(row[0]), language: unguarded(row[1]) };
  });
}

function damaged(sentence: string): AnalyzerError {
  return new AnalyzerError('format/damaged', sentence, {
    hint: 'Write the columns fact,language with one line per row.',
  });
}
