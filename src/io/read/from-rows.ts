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

/**
 * Reads the projection.csv of an export: fact, language and the two coordinates of each rendering.
 *
 * @returns points [rows, 2]
 * @throws AnalyzerError `format/damaged` when the header or a coordinate is another
 */
export function readPicture(text: string, file: string): { keys: RowKey[]; points: Float32Array } {
  const [header, ...rows] = parseDelimited(text).rows;
  const points = Float32Array.from(rows.flatMap((row) => [Number(row[2]), Number(row[3])]));
  if (header?.join(',') !== 'fact,language,x,y' || points.some(Number.isNaN))
    throw new AnalyzerError('format/damaged', `${file} holds no picture of an Isogloss export.`, {
      hint: 'Export the run again, or take the file away.',
    });
  const keys = rows.map(([fact, language]) => ({
    fact: unguarded(fact),
    language: unguarded(language),
  }));
  return { keys, points };
}

function damaged(sentence: string): AnalyzerError {
  return new AnalyzerError('format/damaged', sentence, {
    hint: 'Write the columns fact,language with one line per row.',
  });
}
