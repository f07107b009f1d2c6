import type { AnswerFile, AnswersSummary } from '../../core/answers.ts';
import type { Issue } from '../../core/errors.ts';
import type { Progress } from '../../protocol/messages.ts';
import { breatheUnlessStopped, inTurn, type CallContext } from '../../protocol/server.ts';
import { unpack } from '../read/containers.ts';
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
  /** What is wrong with a file that is left though it holds nothing else. */
  unread: Issue[];
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
  ): ReturnType<AnswerReader['add']> => {
    const left: string[] = [];
    const unread: Issue[] = [];
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
      if (dropped.isLeft) left.push(source.name);
      unread.push(...dropped.unread);
      if (dropped.files.length + dropped.issues.length > 0) kept.set(source.name, dropped);
      else kept.delete(source.name);
    }
    return { left, unread };
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
  const start = await source.read(0, Math.min(4, source.size));
  const isZip = start[0] === 0x50 && start[1] === 0x4b && (start[2] === 3 || start[2] === 5);
  if (isZip) return readZip(source, reading);
  if (source.size > limits.fileBytes) return unreadable(tooLarge(source.name, source.size).issues);
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
  if (typeof members === 'string') return unreadable([leftOut(source.name, members)]);
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
          issues: [leftOut(name, reason)],
        },
      ];
    }
  }
  progress.done(source.size - reported, 0);
  return settled(all);
}

function leftOut(name: string, reason: string): Issue {
  return issue(name, ['error', 'damaged-file'], `${name} ${reason}; it is left out.`);
}

function unreadable(unread: Issue[]): Dropped {
  return { files: [], issues: [], bytes: 0, isLeft: true, unread };
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
  const isLeft = contents.some(({ facts }) => facts);
  if (files.length === 0 && !contents.some(({ own }) => own)) {
    const unread = isLeft ? [] : contents.flatMap(({ issues }) => issues);
    return { files, issues: [], bytes: 0, isLeft: !passedOver, unread };
  }
  const issues = contents.flatMap(({ answers, issues: found, own }) =>
    answers !== null || own || !isLeft ? found : [],
  );
  const bytes = contents.reduce((sum, content) => sum + content.bytes, 0);
  return { files, issues, bytes, isLeft, unread: [] };
}

function summaryOf(kept: Dropped[], { table, issues }: AssembledAnswers): AnswersSummary {
  const files = kept.flatMap((dropped) => dropped.files.map(({ file }) => file));
  return {
    tasks: table.tasks,
    models: table.models,
    languages: table.languages,
    files,
    issues: [...mixture(files), ...kept.flatMap((dropped) => dropped.issues), ...issues],
    counts: {
      questions: table.questions.length,
      answers: table.answers.text.length,
      rankings: table.rankings.length,
      likelihoods: table.likelihoods.length,
      training: table.training.length,
    },
  };
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
