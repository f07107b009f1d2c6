import { access, constants, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AnalyzerError } from '../core/errors.ts';

/** Refuses a folder that cannot be written, before the work whose results would be lost. Creates nothing. */
export async function assertWritable(folder: string): Promise<void> {
  let path = resolve(folder);
  for (;;) {
    const info = await stat(path).catch(() => null);
    if (info?.isDirectory() === true) break;
    if (info !== null) throw unwritable(folder, new Error(`${path} is a file`));
    if (dirname(path) === path) throw unwritable(folder, new Error(`${path} does not exist`));
    path = dirname(path);
  }
  await access(path, constants.W_OK).catch((cause: unknown) => {
    throw unwritable(folder, cause);
  });
}

/** Writes all files into the folder: first aside, inside it, so that a failure leaves none half-written; then moved. */
export async function writeAll(
  folder: string,
  files: Map<string, string | Uint8Array>,
): Promise<void> {
  const target = resolve(folder);
  try {
    await mkdir(target, { recursive: true });
    const aside = await mkdtemp(join(target, '.isogloss-'));
    try {
      for (const [path, content] of files) await writeInto(aside, path, content);
      for (const path of files.keys()) {
        await mkdir(dirname(join(target, path)), { recursive: true });
        await rename(join(aside, path), join(target, path));
      }
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
  } catch (cause) {
    throw unwritable(folder, cause);
  }
}

function unwritable(folder: string, cause: unknown): AnalyzerError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new AnalyzerError(
    'output/unwritable',
    `The results could not be written to ${folder}: ${why}.`,
    { hint: 'Choose another folder.', cause },
  );
}

async function writeInto(
  folder: string,
  path: string,
  content: string | Uint8Array,
): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}
