import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import type { ReadResult } from '../core/corpus.ts';
import { AnalyzerError } from '../core/errors.ts';
import { createReader } from '../io/read/read-corpus.ts';
import { LIMITS } from '../io/read/sheet.ts';

/**
 * Reads files, and every file of folders, as the page does.
 *
 * @throws AnalyzerError when a path does not exist or nothing in the files could be read
 */
export async function readFiles(paths: string[]): Promise<ReadResult> {
  const reader = createReader();
  const read = (await namedPaths(paths)).map(async ({ path, name }) => ({
    name,
    bytes: await bytesOf(path, name),
  }));
  const result = await reader.add(await Promise.all(read));
  if (result.corpus.renderings.text.length === 0) throw nothingRead(result);
  return result;
}

/**
 * The files that are given, and every file of folders, with the names that the page would give them.
 *
 * @throws AnalyzerError when a path does not exist
 */
export async function namedPaths(paths: string[]): Promise<{ path: string; name: string }[]> {
  const files = (await Promise.all(paths.map((path) => expand(path)))).flat();
  const folder = commonFolder(paths);
  return files.map((path) => ({ path, name: relative(folder, path).replaceAll('\\', '/') }));
}

/** The folder that holds everything given: names below it tell files of one name apart. */
function commonFolder(paths: string[]): string {
  const folders = paths.map((path) => dirname(resolve(path)).split(sep));
  const [first, ...others] = folders;
  const differing = first.findIndex((part, i) => others.some((other) => other[i] !== part));
  return first.slice(0, differing < 0 ? first.length : differing).join(sep) || sep;
}

/** The file itself, or every file of a folder but hidden ones. */
async function expand(path: string): Promise<string[]> {
  const info = await stat(path).catch(() => {
    throw new AnalyzerError('usage', `The file ${path} does not exist.`, {
      hint: 'Check the path.',
    });
  });
  if (info.isFile()) return [resolve(path)];
  if (!info.isDirectory()) {
    throw new AnalyzerError('usage', `${path} is neither a file nor a folder.`, {
      hint: 'Check the path.',
    });
  }
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => resolve(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !relative(resolve(path), file)
          .split(sep)
          .some((part) => part.startsWith('.')),
    )
    .sort();
}

async function bytesOf(path: string, name: string): Promise<Uint8Array> {
  const { size } = await stat(path);
  if (size > LIMITS.fileBytes) {
    throw new AnalyzerError(
      'format/too-large',
      `${name} has ${size.toLocaleString('en')} bytes; the limit is ${LIMITS.fileBytes.toLocaleString('en')}.`,
      { hint: 'Split it, or leave facts out.' },
    );
  }
  return new Uint8Array(await readFile(path));
}

function nothingRead({ issues }: ReadResult): AnalyzerError {
  const first = issues.find(({ severity }) => severity === 'error') ?? issues[0];
  if (first === undefined) {
    return new AnalyzerError('corpus/empty', 'The files hold no texts.', {
      hint: 'Give files with the same facts in two or more languages.',
    });
  }
  const place = first.message.startsWith(first.file)
    ? ''
    : `${first.file}${first.line > 0 ? `:${first.line}` : ''}: `;
  return new AnalyzerError('corpus/empty', place + first.message);
}
