import {
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
  type AsyncBuffer,
  type FileMetaData,
  type SchemaTree,
} from 'hyparquet';
import { AnalyzerError } from '../../core/errors.ts';
import { gunzip } from './compression.ts';
import type { RowKey } from './from-rows.ts';
import { quoted } from './sheet.ts';

/** The vectors of a Parquet file, and what its rows belong to where columns say so. */
export interface ParquetVectors {
  /** [rows, d] */
  shape: [number, number];
  data: Float32Array;
  rows: RowKey[] | null;
}

const VECTORS = ['embedding', 'embeddings', 'vector', 'vectors'];
const FACTS = ['fact', 'fact_id', 'id'];
const LANGUAGES = ['language', 'lang'];
const CODECS = ['UNCOMPRESSED', 'SNAPPY', 'GZIP'];
/** Looking for maps, hyparquet 1.31 never ends where a damaged schema has no end; nothing here is one. */
const NO_MAPS = { geoparquet: false };
/** Numbers that are read at most: 1 GB as float32. */
const MOST_NUMBERS = 250e6;

/**
 * Reads vectors from a Parquet file: a column of lists of floats called embedding or vector, else the only one there is.
 * The columns fact (or id) and language (or lang), where both are there, name the rows. Pages may be packed with Snappy or
 * gzip.
 *
 * @param file its name, for the sentence of a refusal
 * @throws AnalyzerError `format/damaged`, or `format/unknown` where no column of vectors is found or a page cannot be unpacked
 */
export async function fromParquet(bytes: Uint8Array, file: string): Promise<ParquetVectors> {
  const buffer = bytes.slice().buffer;
  try {
    const metadata = await parquetMetadataAsync(buffer, NO_MAPS);
    const columns = columnsOf(metadata, file);
    assertChunks(metadata, Object.values(columns));
    assertReadable(metadata, Object.values(columns), file);
    const records = await readRecords(buffer, metadata, Object.values(columns));
    const { fact, language } = columns;
    const text = (value: unknown): string => String(value as string | number | bigint);
    const keyOf = (record: Record<string, unknown>): RowKey => ({
      fact: text(record[fact!]),
      language: text(record[language!]),
    });
    return {
      ...vectorsOf(
        records.map((record) => record[columns.vector]),
        file,
      ),
      rows: fact === undefined || language === undefined ? null : records.map(keyOf),
    };
  } catch (cause) {
    if (cause instanceof AnalyzerError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    const message = `${file} is a damaged Parquet file (${why.split('\n')[0]}).`;
    throw new AnalyzerError('format/damaged', message, { hint: 'Write it anew.', cause });
  }
}

function readRecords(
  file: AsyncBuffer,
  metadata: FileMetaData,
  columns: string[],
): Promise<Record<string, unknown>[]> {
  return parquetReadObjects({ file, metadata, columns, compressors: { GZIP: unzipped } });
}

function unzipped(packed: Uint8Array, length: number): Uint8Array {
  const result = gunzip(packed, length);
  if (result.kind === 'whole') return result.bytes;
  throw new Error(
    result.kind === 'over' ? 'a page is longer than it says' : `a page ${result.reason}`,
  );
}

interface Columns {
  vector: string;
  fact?: string;
  language?: string;
}

function columnsOf(metadata: FileMetaData, file: string): Columns {
  const { children } = parquetSchema(metadata);
  const names = children.map(({ element }) => element.name);
  const lists = children.filter(isListOfFloats).map(({ element }) => element.name);
  const vector =
    VECTORS.find((name) => lists.includes(name)) ?? (lists.length === 1 ? lists[0] : '');
  if (vector === '') throw unknown(file, lists, names);
  const fact = FACTS.find((name) => names.includes(name));
  const language = LANGUAGES.find((name) => names.includes(name));
  return fact === undefined || language === undefined ? { vector } : { vector, fact, language };
}

function isListOfFloats({ element, children }: SchemaTree): boolean {
  if (element.repetition_type === 'REPEATED' && children.length === 0) return isFloat(element);
  if (element.converted_type !== 'LIST' && element.logical_type?.type !== 'LIST') return false;
  const [repeated] = children;
  return isFloat((repeated?.children[0] ?? repeated)?.element);
}

function isFloat(element: SchemaTree['element'] | undefined): boolean {
  return (
    element?.type === 'FLOAT' ||
    element?.type === 'DOUBLE' ||
    element?.logical_type?.type === 'FLOAT16'
  );
}

/**
 * One chunk of each column in every group, where the schema has it. Without, hyparquet would leave a chunk that fails to
 * itself, and its rejection to nobody.
 */
function assertChunks(metadata: FileMetaData, columns: string[]): void {
  const { children } = parquetSchema(metadata);
  const leaves = columns.map((column) =>
    leafOf(children.find(({ element }) => element.name === column)!),
  );
  for (const group of metadata.row_groups) {
    for (const { path } of leaves) {
      const chunks = group.columns.filter(
        ({ meta_data: meta }) => meta?.path_in_schema[0] === path[0],
      );
      const isThere =
        chunks.length === 1 && chunks[0].meta_data?.path_in_schema.join() === path.join();
      if (!isThere) throw new Error(`its column ${quoted(path[0])} is not where its schema says`);
    }
  }
}

function leafOf(tree: SchemaTree): SchemaTree {
  return tree.children.length === 0 ? tree : leafOf(tree.children[0]);
}

/** Before anything is unpacked: known codecs, and no more numbers than there is room for. */
function assertReadable(
  { row_groups: groups }: FileMetaData,
  columns: string[],
  file: string,
): void {
  const chunks = groups.flatMap((group) =>
    group.columns.flatMap(({ meta_data: meta }) => meta ?? []),
  );
  const used = chunks.filter(({ path_in_schema: [name] }) => columns.includes(name));
  const codec = used.map((chunk) => chunk.codec as string).find((one) => !CODECS.includes(one));
  if (codec !== undefined) {
    throw new AnalyzerError(
      'format/unknown',
      `${file} is packed with ${codec}, which is not supported.`,
      { hint: 'Write it with Snappy or gzip compression, or none.' },
    );
  }
  // A list has at least one entry in its chunk, so rows beyond the entries are a header's claim; so is a count below 0.
  const counts = [
    ...groups.map((group) => group.num_rows),
    ...used.map((chunk) => chunk.num_values),
  ];
  if (counts.some((count) => count < 0n) || groups.some(hasClaimedRows))
    throw new Error('its counts of rows and values disagree');
  const numbers = used.reduce((sum, chunk) => sum + Number(chunk.num_values), 0);
  if (numbers <= MOST_NUMBERS) return;
  throw new AnalyzerError(
    'format/too-large',
    `${file} holds ${numbers.toLocaleString('en')} numbers; at most ${MOST_NUMBERS.toLocaleString('en')} are read.`,
    { hint: 'Keep fewer rows.' },
  );
}

function hasClaimedRows({ num_rows: rows, columns }: FileMetaData['row_groups'][number]): boolean {
  return columns.some(({ meta_data: meta }) => meta !== undefined && meta.num_values < rows);
}

function vectorsOf(lists: unknown[], file: string): Pick<ParquetVectors, 'shape' | 'data'> {
  const lengthOf = (list: unknown): number =>
    Array.isArray(list) || ArrayBuffer.isView(list) ? (list as unknown as number[]).length : 0;
  const d = lengthOf(lists[0]);
  const other = lists.findIndex((list) => lengthOf(list) !== d);
  if (other >= 0) {
    throw new AnalyzerError(
      'format/damaged',
      `${file} has ${lengthOf(lists[other])} numbers in row ${other} but ${d} in row 0.`,
      { hint: 'Give every row a vector of the same length.' },
    );
  }
  const data = new Float32Array(lists.length * d);
  // A number that is missing is none: a row that holds one is refused later, by its number.
  lists.forEach((list, r) =>
    data.set(
      Array.from(list as number[], (value) => value ?? NaN),
      r * d,
    ),
  );
  return { shape: [lists.length, d], data };
}

function unknown(file: string, lists: string[], names: string[]): AnalyzerError {
  const found =
    lists.length === 0
      ? `no column of lists of floats among ${names.map(quoted).join(', ')}`
      : `several columns of lists of floats, ${lists.map(quoted).join(', ')}`;
  return new AnalyzerError('format/unknown', `${file} has ${found}.`, {
    hint: 'Call the column of vectors embedding; texts are read from CSV or JSON.',
  });
}
