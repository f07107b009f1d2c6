import { splitPath, type NamedBytes } from './sheet.ts';

/** The files by which an Isogloss export is known. */
const MARKS = ['manifest.json', 'embeddings.npy', 'rows.csv'];
/** Those that say what was compared; the others are results. */
const INPUTS = [...MARKS, 'layers.npy', 'facts.csv'];

/** Folders (with the slash at their end, '' for none) among these files that an Isogloss export was written to. */
export function exportFolders(names: string[]): string[] {
  const known = new Set(names);
  return names
    .filter((name) => splitPath(name).base === MARKS[0])
    .map((name) => name.slice(0, -MARKS[0].length))
    .filter((folder) => MARKS.every((mark) => known.has(folder + mark)));
}

/** Whether a file of an export, by its path in there, is no result. */
export function isInput(path: string): boolean {
  return INPUTS.includes(path);
}

/** Whether a file says something about vectors beside it, and nothing else. */
export function isCompanion({ name, bytes }: NamedBytes): boolean {
  const { base } = splitPath(name);
  const start = (): string => new TextDecoder().decode(bytes.subarray(0, 100));
  if (base === 'rows.csv') return /^\uFEFF?fact,language\r?\n/.test(start());
  return base === 'manifest.json' && /^\{\s*"isogloss"/.test(start());
}
