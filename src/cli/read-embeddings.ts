import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { ParallelCorpus } from '../core/corpus.ts';
import { AnalyzerError } from '../core/errors.ts';
import type { FittedVectors } from '../core/layers.ts';
import { unpack } from '../io/read/containers.ts';
import { fitVectors } from '../io/read/fit-vectors.ts';
import { readVectors } from '../io/read/given-vectors.ts';
import { LIMITS } from '../io/read/sheet.ts';
import { usage } from './options.ts';

/** Files among which one holds the vectors, by name. */
interface Place {
  names: string[];
  read(name: string): Uint8Array;
}

/** Files are read whole: larger buffers do not exist in every version of Node. */
const MOST_BYTES = 4_000_000_000;

/**
 * Vectors made elsewhere, in place of encoding: a file, or a folder or ZIP archive that holds one, such as an Isogloss
 * export.
 *
 * @throws AnalyzerError `embeddings/mismatch`, `format/...`, `numeric/not-finite`
 */
export async function readEmbeddings(corpus: ParallelCorpus, path: string): Promise<FittedVectors> {
  if (!existsSync(path))
    throw mismatch(`The file ${path} does not exist.`, 'Check the path after --embeddings.');
  const place = placeOf(path);
  const name = statSync(path).isFile() && !isZip(path) ? path : vectorsIn(place, path);
  const folder = folderOf(name);
  const given = await readVectors({ name, bytes: place.read(name) }, (base) =>
    place.names.includes(folder + base) ? place.read(folder + base) : null,
  );
  return fitVectors(given, corpus);
}

/**
 * Bytes of files of an Isogloss export, a folder or ZIP archive, by their names.
 *
 * @throws AnalyzerError `usage` where one is missing
 */
export function exportedFiles(path: string, bases: readonly string[]): Uint8Array[] {
  if (!existsSync(path)) throw usage(`${path} does not exist.`);
  if (!isZip(path) && !statSync(path).isDirectory())
    throw usage(`${path} is a file: a folder or .zip is needed, as analyze or the page wrote it.`);
  const { names, read } = placeOf(path);
  return bases.map((base) => {
    const name = names.find((one) => basename(one) === base);
    if (name !== undefined) return read(name);
    throw usage(
      `${path} holds no ${base}: it is no folder or .zip that analyze or the page wrote.`,
    );
  });
}

function placeOf(path: string): Place {
  if (isZip(path)) return archive(path);
  const folder = statSync(path).isDirectory() ? path.replace(/\/?$/, '/') : folderOf(path);
  const names = readdirSync(folder === '' ? '.' : folder).map((name) => folder + name);
  return { names, read: (name) => new Uint8Array(readFileSync(name)) };
}

/** With the slash at its end, '' for none. */
function folderOf(file: string): string {
  return file.slice(0, file.length - basename(file).length);
}

function isZip(path: string): boolean {
  return /\.(zip|npz)$/i.test(path) && statSync(path).isFile();
}

function archive(path: string): Place {
  const file = { name: path, bytes: new Uint8Array(readFileSync(path)) };
  const limits = { ...LIMITS, fileBytes: MOST_BYTES, totalBytes: MOST_BYTES };
  const { files, issues } = unpack(file, limits, { left: MOST_BYTES });
  const failure = issues.find(({ severity }) => severity === 'error');
  if (failure !== undefined) throw new AnalyzerError('format/damaged', failure.message);
  const members = new Map(files.map(({ name, bytes }) => [name, bytes]));
  return { names: [...members.keys()], read: (name) => members.get(name)! };
}

/** The export's embeddings.npy, else the only file with vectors. */
function vectorsIn({ names }: Place, path: string): string {
  const own = names.filter((name) => basename(name) === 'embeddings.npy');
  const candidates =
    own.length > 0 ? own : names.filter((name) => /\.(npy|safetensors|parquet)$/i.test(name));
  if (candidates.length === 1) return candidates[0];
  throw mismatch(
    candidates.length === 0
      ? `${path} holds no .npy, .safetensors or .parquet file.`
      : `${path} holds ${candidates.length} files of vectors: ${candidates.map((name) => basename(name)).join(', ')}.`,
    'Name the file after --embeddings.',
  );
}

function mismatch(sentence: string, hint: string): AnalyzerError {
  return new AnalyzerError('embeddings/mismatch', sentence, { hint });
}
