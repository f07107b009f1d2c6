import type { AnswerFile, AnswersSummary } from '../../core/answers.ts';
import type { Issue } from '../../core/errors.ts';
import type { Progress } from '../../protocol/messages.ts';
import { breatheUnlessStopped, inTurn, type CallContext } from '../../protocol/server.ts';
import { unpack } from '../read/containers.ts';
import { byFile, issueLog } from '../read/issue-log.ts';
import { sha256 } from '../read/sha256.ts';
import { counted, issue, LIMITS, type Limits, type NamedBytes } from '../read/sheet.ts';
import type { AnswerReader, AnswerSource } from './answer-source.ts';
import { assembleAnswers, type AssembledAnswers } from './assemble-answers.ts';
import type { FileAnswers } from './question-list.ts';
import { readBytes, type FileContent } from './read-bytes.ts';
import { sharedTexts, type SharedTexts } from './shared-texts.ts';
import { readMember, zipSource } from './zip-source.ts';

/** Far above those of facts: what repeats from model to model is kept once. */
export const ANSWER_LIMITS: Limits = {
  ...LIMITS,
  fileBytes: 400_000_000,
  totalBytes: 4_000_000_000,
};

/** What one dropped file holds: answers, something else, or both. */
interface Dropped {
  files: { file: AnswerFile; answers: FileAnswers }[];
  issues: Issue[];
  bytes: number;
  isLeft: boolean;
}

/** A reader that holds nothing yet. */
export function createAnswerReader(limits: Limits = ANSWER_LIMITS): AnswerReader {
  const kept = new Map<string, Dropped>();
  const queue = inTurn();
  let texts = sharedTexts();
  let assembled: AssembledAnswers | null = null;

  const current = (): AssembledAnswers =>
    (assembled ??= assembleAnswers(
      [...kept.values()].flatMap(({ files }) => files.map(({ answers }) => answers)),
    ));
  const addAll = async (
    sources: AnswerSource[],
    context: CallContext,
  ): Promise<{ left: string[] }> => {
    const left: AnswerSource[] = [];
    const progress = progressOf(sources, context);
    for (const source of sources) {
      const others = [...kept].filter(([name]) => name !== source.name);
      const used = others.reduce((sum, [, { bytes }]) => sum + bytes, 0);
      const dropped = await readSource(source, {
        limits,
        left: limits.totalBytes - used,
        texts,
        context,
        progress,
      });
      assembled = null;
      if (dropped.isLeft) left.push(source);
      if (dropped.files.length + dropped.issues.length > 0) kept.set(source.name, dropped);
      else kept.delete(source.name);
    }
    const added = sources.flatMap(({ name }) => kept.get(name) ?? []);
    return { left: (await factsAmong(left, { kept, added, limits })).map(({ name }) => name) };
  };
  return {
    add: (sources, context) => queue(() => addAll(sources, context)),
    remove(name) {
      assembled = null;
      for (const [dropped, { files, ...rest }] of kept) {
        const staying = files.filter(({ file }) => !isPartOf(file.name, name));
        if (isPartOf(dropped, name) || (staying.length === 0 && files.length > 0))
          kept.delete(dropped);
        else
          kept.set(dropped, {
            ...rest,
            files: staying,
            issues: rest.issues.filter(({ file }) => !isPartOf(file, name)),
          });
      }
    },
    clear() {
      kept.clear();
      texts = sharedTexts();
      assembled = null;
    },
    table: () => current().table,
    summary: () => summaryOf([...kept.values()], current()),
  };
}

function isPartOf(name: string, file: string): boolean {
  return name === file || name.startsWith(`${file}/`);
}

/** Reports bytes done of all, with the number of files read so far. */
interface ReadProgress {
  done(bytes: number, files: number): void;
}

function progressOf(sources: AnswerSource[], { report }: CallContext): ReadProgress {
  const total = sources.reduce((sum, { size }) => sum + size, 0);
  const state = { done: 0, files: 0 };
  return {
    done(bytes, files) {
      state.done += bytes;
      state.files += files;
      const partial = { files: state.files };
      const progress: Progress = { stage: 'Reading answers', done: state.done, total, partial };
      report(progress);
    },
  };
}

interface Reading {
  limits: Limits;
  /** Bytes that may still be unpacked. */
  left: number;
  texts: SharedTexts;
  context: CallContext;
  progress: ReadProgress;
}

async function readSource(source: AnswerSource, reading: Reading): Promise<Dropped> {
  const { context, progress, limits } = reading;
  await breatheUnlessStopped(context.signal, 'Reading the answers');
  if (await isZip(source)) return readZip(source, reading);
  if (source.size > limits.fileBytes) return { files: [], issues: [], bytes: 0, isLeft: true };
  const bytes = await source.read(0, source.size);
  const dropped = settled(
    await contentsOf({ name: source.name, bytes }, await sha256(bytes), reading),
  );
  progress.done(source.size, 1);
  return dropped;
}

/** Members are read one at a time; an archive that holds no answers at all is left as it is. */
async function readZip(source: AnswerSource, reading: Reading): Promise<Dropped> {
  const { context, progress, limits } = reading;
  const members = await zipSource(source);
  if (typeof members === 'string') return { files: [], issues: [], bytes: 0, isLeft: true };
  const all: FileContent[] = [];
  let { left } = reading;
  let reported = 0;
  let facts = false;
  for (const member of members) {
    await breatheUnlessStopped(context.signal, 'Reading the answers');
    const name = `${source.name}/${member.name}`;
    const contents =
      member.size > Math.min(limits.fileBytes, left)
        ? [tooLarge(name, member.size)]
        : await unpacked();
    left -= member.size;
    facts ||= contents.some((content) => content.facts);
    all.push(...contents);
    progress.done(member.packed, 1);
    reported += member.packed;

    async function unpacked(): Promise<FileContent[]> {
      const inflated = await readMember(source, member);
      if (inflated.kind === 'whole')
        return contentsOf({ name, bytes: inflated.bytes }, '', { ...reading, left, facts });
      const reason = inflated.kind === 'damaged' ? inflated.reason : 'is too large';
      return [
        {
          answers: null,
          bytes: 0,
          facts: false,
          issues: [issue(name, ['error', 'damaged-file'], `${name} ${reason}; it is left out.`)],
        },
      ];
    }
  }
  progress.done(source.size - reported, 0);
  return settled(all);
}

/** Beside answers only what holds facts is left; what else was dropped with them is kept for what is wrong with it. */
async function factsAmong(
  left: AnswerSource[],
  { kept, added, limits }: { kept: Map<string, Dropped>; added: Dropped[]; limits: Limits },
): Promise<AnswerSource[]> {
  const answers = added.some(({ files }) => files.some(({ file }) => file.format !== 'bmlama'));
  if (!answers) return left;
  const facts: AnswerSource[] = [];
  for (const source of left) {
    const issues = kept.has(source.name) ? null : await issuesOfOther(source, limits);
    if (issues === null) facts.push(source);
    else kept.set(source.name, { files: [], issues, bytes: 0, isLeft: false });
  }
  return facts;
}

/** What is wrong with a file without answers; null where it holds facts, or is an archive or too large to be looked at. */
async function issuesOfOther(source: AnswerSource, limits: Limits): Promise<Issue[] | null> {
  if (source.size > limits.fileBytes || (await isZip(source))) return null;
  const bytes = await source.read(0, source.size);
  const { files } = unpack({ name: source.name, bytes }, limits, { left: limits.fileBytes });
  const [file] = files;
  if (files.length !== 1 || file.name !== source.name) return null;
  const { facts, issues } = readBytes(file, { limits, facts: false });
  return facts ? null : issues;
}

async function isZip(source: AnswerSource): Promise<boolean> {
  const [p, k, kind] = await source.read(0, Math.min(4, source.size));
  return p === 0x50 && k === 0x4b && (kind === 3 || kind === 5);
}

function tooLarge(name: string, size: number): FileContent {
  const message = `${name} unpacks to ${counted(size, 'byte')}, more than can be read with what is loaded; it is left out. Split it, or remove other files first.`;
  return {
    answers: null,
    bytes: 0,
    facts: false,
    issues: [issue(name, ['error', 'too-large'], message)],
  };
}

/** What a file holds, or what the files inside it do where it is compressed. */
async function contentsOf(
  file: NamedBytes,
  hash: string,
  { limits, left, texts, facts = false }: Reading & { facts?: boolean },
): Promise<FileContent[]> {
  const { files, issues } = unpack(file, limits, { left });
  const failed = issues.map((finding): FileContent => ({
    answers: null,
    bytes: 0,
    facts: false,
    issues: [finding],
  }));
  const read = files.map((member) => {
    const content = readBytes(member, { limits, facts });
    if (content.answers === null) return content;
    texts.share(content.answers.answers);
    const named = { ...content.answers.file, sha256: hash, bytes: file.bytes.length };
    return {
      ...content,
      answers: {
        ...content.answers,
        file: member.name === file.name ? named : content.answers.file,
      },
    };
  });
  return [...read, ...failed];
}

/** A file without answers is left with all that is wrong with it; what else an archive of answers holds is reported here. */
function settled(contents: FileContent[]): Dropped {
  const files = contents.flatMap(({ answers }) => (answers === null ? [] : [answers]));
  const passedOver =
    contents.length > 0 &&
    contents.every(
      ({ answers, facts, issues }) => answers === null && !facts && issues.length === 0,
    );
  if (files.length === 0 && !contents.some(({ own }) => own))
    return { files, issues: [], bytes: 0, isLeft: !passedOver };
  const isLeft = contents.some(({ facts }) => facts);
  const issues = contents.flatMap(({ answers, issues: found, own }) =>
    answers !== null || own || !isLeft ? found : [],
  );
  return { files, issues, bytes: contents.reduce((sum, { bytes }) => sum + bytes, 0), isLeft };
}

function summaryOf(kept: Dropped[], { table, issues }: AssembledAnswers): AnswersSummary {
  const files = kept.flatMap((dropped) => dropped.files.map(({ file }) => file));
  return {
    tasks: table.tasks,
    models: table.models,
    languages: table.languages,
    files,
    issues: [...mixture(files), ...listed(kept), ...issues],
    counts: {
      questions: table.questions.length,
      answers: table.answers.text.length,
      rankings: table.rankings.length,
      likelihoods: table.likelihoods.length,
      training: table.training.length,
    },
  };
}

/** Of notes about whole files the first of each kind: a repository has hundreds of scripts. */
function listed(kept: Dropped[]): Issue[] {
  const log = issueLog((finding) => (finding.severity === 'note' ? finding.code : byFile(finding)));
  for (const { issues } of kept) for (const finding of issues) log.add(finding);
  return log.all();
}

/** Says it where files of several formats lie together. */
function mixture(files: AnswerFile[]): Issue[] {
  const counts = new Map<string, number>();
  for (const { format } of files) counts.set(format, (counts.get(format) ?? 0) + 1);
  if (counts.size < 2) return [];
  const parts = [...counts].map(([format, count]) => `${counted(count, 'file')} of ${format}`);
  return [
    issue(
      files[0].name,
      ['note', 'ignored'],
      `Files of ${counts.size} formats are read together: ${parts.join(', ')}.`,
    ),
  ];
}
