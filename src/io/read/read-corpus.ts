import {
  NO_CHOICES,
  type ParallelCorpus,
  type ReadChoices,
  type ReadResult,
  type SourceFile,
} from '../../core/corpus.ts';
import {
  asAnalyzerError,
  assert,
  type ErrorCode,
  type Issue,
  type IssueCode,
} from '../../core/errors.ts';
import type { BiasByLayer, FittedVectors } from '../../core/layers.ts';
import { assemble } from './assemble.ts';
import { checkCorpus } from '../check/check-corpus.ts';
import { unpack } from './containers.ts';
import { exportFolders, isCompanion, isInput } from './export-files.ts';
import { fitVectors } from './fit-vectors.ts';
import { fromProbe, isProbe } from './from-probe.ts';
import { readVectors, vectorsFormat } from './given-vectors.ts';
import { readFile } from './read-file.ts';
import { sha256 } from './sha256.ts';
import {
  counted,
  issue,
  LIMITS,
  refused,
  splitPath,
  type FileResult,
  type Limits,
  type NamedBytes,
} from './sheet.ts';

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
  /**
   * The vectors of one of the answer's `vectorFiles`, fitted to the corpus.
   *
   * @throws AnalyzerError as `readVectors` and `fitVectors` do
   */
  vectors(file: string): Promise<FittedVectors>;
}

/** One file that was read, or the reason why it was not. */
interface Kept extends FileResult {
  name: string;
  source: SourceFile;
  /** Bytes after decompression; 0 when nothing was kept. */
  size: number;
  /** Of vectors and of what is read along with them; null for other files. */
  bytes: Uint8Array | null;
  /** Language bias by layer; null for other files. */
  probe: BiasByLayer | null;
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
    vectors: (file) => vectorsOf(file, kept, answer().corpus),
  };
}

async function vectorsOf(
  file: string,
  kept: Kept[],
  corpus: ParallelCorpus,
): Promise<FittedVectors> {
  const bytesOf = (name: string): Uint8Array | null =>
    kept.find((entry) => entry.name === name)?.bytes ?? null;
  const bytes = bytesOf(file);
  assert(bytes !== null, `no vectors are kept under the name ${file}`);
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  const given = await readVectors({ name: file, bytes }, (base) => bytesOf(folder + base));
  return fitVectors(given, corpus);
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
    const nothing = { size: 0, bytes: null, probe: null, sheet: null };
    return { name: finding.file, source, ...nothing, issues: [finding] };
  });
  const read: Kept[] = [];
  for (const member of files) {
    const dropped = member.name === file.name ? file : member;
    const source = {
      name: member.name,
      bytes: dropped.bytes.length,
      sha256: await sha256(dropped.bytes),
    };
    const result = await readMember(member, limits);
    const isKept = result.sheet !== null || result.bytes !== null || result.probe !== null;
    read.push({ name: member.name, source, size: isKept ? member.bytes.length : 0, ...result });
  }
  return [...read, ...failures];
}

/** What a file gives: texts become a sheet; vectors, and what is read along with them, stay bytes once they are sound. */
type Member = FileResult & Pick<Kept, 'bytes' | 'probe'>;

async function readMember(member: NamedBytes, limits: Limits): Promise<Member> {
  try {
    if (isProbe(member.bytes)) return readProbe(member);
    if (isCompanion(member)) return { sheet: null, issues: [], bytes: member.bytes, probe: null };
    if (vectorsFormat(member.bytes) === null)
      return { ...readFile(member, limits), bytes: null, probe: null };
    await readVectors(member, () => null);
    return { sheet: null, issues: [], bytes: member.bytes, probe: null };
  } catch (thrown) {
    const { code, message, hint } = asAnalyzerError(thrown);
    const reason = `${message} ${hint} It is left out.`;
    const result = refused(ISSUE_CODES[code] ?? 'damaged-file', member.name, reason);
    return { ...result, bytes: null, probe: null };
  }
}

function readProbe({ name, bytes }: NamedBytes): Member {
  const probe = fromProbe(new TextDecoder().decode(bytes), name);
  const message = `${name} holds language bias of ${counted(probe.pairs.length, 'pair')} in ${counted(probe.layers.length, 'layer')}, no texts: it is drawn under Layers, beside the results.`;
  return { sheet: null, issues: [issue(name, ['note', 'ignored'], message)], bytes: null, probe };
}

const ISSUE_CODES: Partial<Record<ErrorCode, IssueCode>> = {
  'format/unknown': 'unknown-format',
  'format/too-large': 'too-large',
  'embeddings/mismatch': 'unknown-format',
};

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

function describe(all: Kept[], choices: ReadChoices, limits: Limits): ReadResult {
  const { kept, notes } = withoutResults(all);
  const sheets = kept.flatMap(({ sheet }) => (sheet === null ? [] : [sheet]));
  const sources = new Map(kept.map(({ name, source }) => [name, source]));
  const assembled = assemble(sheets, choices, { sources, limits });
  const vectorFiles = kept.filter(isVectors).map(({ name }) => name);
  const issues = [
    ...notes,
    ...vectorFiles.flatMap((file) => textlessVectors(file, assembled.corpus)),
    ...kept.flatMap((entry) => entry.issues),
    ...assembled.issues,
    ...checkCorpus(assembled.corpus),
  ];
  const probes = kept.flatMap(({ name, probe }) => (probe ? [{ file: name, ...probe }] : []));
  return { corpus: assembled.corpus, issues, sheets: assembled.sheets, vectorFiles, probes };
}

function isVectors({ name, bytes }: Kept): boolean {
  return bytes !== null && vectorsFormat(bytes) !== null && splitPath(name).base !== 'layers.npy';
}

function textlessVectors(file: string, { renderings }: ParallelCorpus): Issue[] {
  if (renderings.text.length > 0) return [];
  const message = `${file} holds vectors, but nothing says of which texts. Drop the files with the texts too.`;
  return [issue(file, ['warning', 'ignored'], message)];
}

/** Of an export that was dropped as a whole, only its texts and vectors are read, not its results. */
function withoutResults(kept: Kept[]): { kept: Kept[]; notes: Issue[] } {
  const folders = exportFolders(kept.map(({ name }) => name));
  const folderOf = ({ name }: Kept): string | undefined =>
    folders.find((folder) => name.startsWith(folder) && !isInput(name.slice(folder.length)));
  const notes = folders.flatMap((folder): Issue[] => {
    const results = kept.filter((entry) => folderOf(entry) === folder).length;
    const message = `These are results of Isogloss: facts.csv and the vectors are read, ${counted(results, 'other file')} left out.`;
    return results === 0 ? [] : [issue(`${folder}manifest.json`, ['note', 'ignored'], message)];
  });
  return { kept: kept.filter((entry) => folderOf(entry) === undefined), notes };
}
