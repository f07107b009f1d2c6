import {
  NO_CHOICES,
  type ReadChoices,
  type ReadResult,
  type SourceFile,
} from '../../core/corpus.ts';
import type { Issue } from '../../core/errors.ts';
import { assemble } from './assemble.ts';
import { checkCorpus } from '../check/check-corpus.ts';
import { unpack } from './containers.ts';
import { readFile } from './read-file.ts';
import { issue, LIMITS, type FileResult, type Limits, type NamedBytes } from './sheet.ts';

/** Keeps what was added. Every answer describes all of it: the corpus, how it was understood, and what is wrong. */
export interface CorpusReader {
  /**
   * Reads files; a file of a name that is kept already takes its place. Never fails for what files hold: a bad file
   * is an issue, and everything else stays.
   */
  add(files: NamedBytes[]): Promise<ReadResult>;
  /** Replaces all corrections; nothing is parsed again. */
  choose(choices: ReadChoices): ReadResult;
  /** Forgets a file, or an archive with its members, by name. */
  remove(file: string): ReadResult;
  clear(): ReadResult;
}

/** One file that was read, or the reason why it was not. */
interface Kept extends FileResult {
  name: string;
  source: SourceFile;
  /** Bytes after decompression; 0 when nothing was kept. */
  size: number;
}

/** A reader that holds nothing yet. */
export function createReader(limits: Limits = LIMITS): CorpusReader {
  let kept: Kept[] = [];
  let choices: ReadChoices = NO_CHOICES;
  let turn = Promise.resolve();
  let cleared = 0;

  const answer = (): ReadResult => describe(kept, choices, limits);
  const take = async (files: NamedBytes[], begun: number): Promise<void> => {
    for (const file of files) {
      const others = kept.filter(({ name }) => !isPartOf(name, file.name));
      const read = await readAll(file, limits, limits.totalBytes - sizeOf(others));
      if (begun !== cleared) return;
      const before = kept.filter(({ name }) => isPartOf(name, file.name));
      kept = [...kept.filter((entry) => !before.includes(entry)), ...withReplacement(read, before)];
    }
  };
  return {
    add(files) {
      const begun = cleared;
      const done = turn.then(() => take(files, begun));
      turn = done.catch(() => undefined);
      return done.then(answer);
    },
    choose(next) {
      choices = next;
      return answer();
    },
    remove(file) {
      kept = kept.filter(({ name }) => !isPartOf(name, file));
      return answer();
    },
    clear() {
      cleared++;
      kept = [];
      choices = NO_CHOICES;
      return answer();
    },
  };
}

function isPartOf(name: string, file: string): boolean {
  return name === file || name.startsWith(`${file}/`);
}

function sizeOf(kept: Kept[]): number {
  return kept.reduce((sum, { size }) => sum + size, 0);
}

/** Reads a file, or the members of an archive. What could not be unpacked is kept under its name for its issues. */
async function readAll(file: NamedBytes, limits: Limits, left: number): Promise<Kept[]> {
  const { files, issues } = unpack(file, limits, { left });
  const failures = issues.map((finding): Kept => {
    const source = { name: finding.file, bytes: 0, sha256: '' };
    return { name: finding.file, source, size: 0, sheet: null, issues: [finding] };
  });
  const read: Kept[] = [];
  for (const member of files) {
    const dropped = member.name === file.name ? file : member;
    const source = {
      name: member.name,
      bytes: dropped.bytes.length,
      sha256: await sha256(dropped.bytes),
    };
    const result = readFile(member, limits);
    read.push({
      name: member.name,
      source,
      size: result.sheet === null ? 0 : member.bytes.length,
      ...result,
    });
  }
  return [...read, ...failures];
}

/** Says so where a file of the same name with other bytes was replaced. */
function withReplacement(read: Kept[], before: Kept[]): Kept[] {
  const old = new Map(before.map(({ name, source }) => [name, source.sha256]));
  return read.map((entry) => {
    const sha256 = old.get(entry.name);
    const changed = sha256 !== undefined && sha256 !== entry.source.sha256;
    return changed ? { ...entry, issues: [...entry.issues, replacement(entry.name)] } : entry;
  });
}

function replacement(name: string): Issue {
  const message = `Another file named ${name} was loaded before; this one took its place. Rename one of them to keep both.`;
  return issue(name, ['warning', 'ignored'], message);
}

function describe(kept: Kept[], choices: ReadChoices, limits: Limits): ReadResult {
  const sheets = kept.flatMap(({ sheet }) => (sheet === null ? [] : [sheet]));
  const sources = new Map(kept.map(({ name, source }) => [name, source]));
  const assembled = assemble(sheets, choices, { sources, limits });
  const issues = [
    ...kept.flatMap((entry) => entry.issues),
    ...assembled.issues,
    ...checkCorpus(assembled.corpus),
  ];
  return { corpus: assembled.corpus, issues, sheets: assembled.sheets };
}

/** Hexadecimal SHA-256, or '' where the page is not in a secure context and the browser offers none. */
async function sha256(bytes: Uint8Array): Promise<string> {
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle as SubtleCrypto | undefined;
  if (subtle === undefined) return '';
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
