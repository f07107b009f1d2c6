import { usage } from './options.ts';
import type { ShellContext } from './progress.ts';
import { assertWritable, writeAll } from './write-files.ts';

/** Where results go: files into a folder, if one is named; and one of three things to the standard output. */
export interface Destination {
  folder: string | null;
  print: 'table' | 'json' | 'csv';
}

export const DESTINATION_OPTIONS = {
  out: { type: 'string' },
  json: { type: 'boolean' },
  csv: { type: 'boolean' },
} as const;

/**
 * Reads the options above, before any work.
 *
 * @throws AnalyzerError `usage` for both formats at once; `output/unwritable` for a folder that cannot be written
 */
export async function destinationOf(
  values: Partial<Record<keyof typeof DESTINATION_OPTIONS, string | boolean>>,
): Promise<Destination> {
  const { out, json = false, csv = false } = values;
  if (out === '') throw usage('The option --out needs a folder.');
  if (json && csv) throw usage('Give --json or --csv, not both.');
  const folder = typeof out === 'string' ? out : null;
  if (folder !== null) await assertWritable(folder);
  return { folder, print: json ? 'json' : csv ? 'csv' : 'table' };
}

export interface Results {
  files: Map<string, string | Uint8Array>;
  /** What a reader sees who asks for no format; ends its lines. */
  table: string;
  /** Names of the files that --json and --csv print. */
  json: string;
  csv: string;
}

export async function deliver(
  results: Results,
  { folder, print }: Destination,
  { say }: ShellContext,
): Promise<void> {
  const { files, table } = results;
  if (folder !== null) await writeAll(folder, files);
  process.stdout.write(print === 'table' ? table : (files.get(results[print]) ?? ''));
  if (folder !== null) say(`Wrote ${files.size} files to ${folder}.`);
  else if (print === 'table') say('Nothing was written: --out DIR keeps all of it.');
}
