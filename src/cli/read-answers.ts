import { open, stat } from 'node:fs/promises';
import type { AnswersSummary, AnswerTable } from '../core/answers.ts';
import { AnalyzerError, asAnalyzerError, type Issue } from '../core/errors.ts';
import { createAnswerReader } from '../io/answers/read-answers.ts';
import type { AnswerSource } from '../io/answers/answer-source.ts';
import type { ShellContext } from './progress.ts';
import { namedPaths, readFiles } from './read-files.ts';
import { tellIssues } from './tell-issues.ts';

/**
 * Reads files of answers, every file of folders and the members of archives, one at a time, as the page does.
 *
 * @throws AnalyzerError when a path does not exist or no answers could be read; `call/cancelled`
 */
export async function readAnswers(
  paths: string[],
  context: ShellContext,
): Promise<{ table: AnswerTable; summary: AnswersSummary }> {
  const sources = await Promise.all((await namedPaths(paths)).map(sourceOf));
  const reader = createAnswerReader();
  const { left } = await reader.add(sources, context);
  const summary = reader.summary();
  if (summary.files.length === 0) throw nothingRead(summary.issues, await reasonOf(left, paths));
  tellIssues(summary.issues, context);
  // BMLAMA is left to the facts too, and was read.
  const unread = left.filter((name) => !summary.files.some((file) => file.name === name));
  if (unread.length > 0) context.say(leftOut(unread));
  return { table: reader.table(), summary };
}

async function sourceOf({ path, name }: { path: string; name: string }): Promise<AnswerSource> {
  const { size } = await stat(path);
  return {
    name,
    size,
    async read(start, end) {
      const file = await open(path);
      try {
        const bytes = new Uint8Array(end - start);
        const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
        return bytes.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
  };
}

/** Files that are named one by one. */
const NAMED = 10;

function leftOut(left: string[]): string {
  const others = left.length - NAMED;
  const rest = others > 0 ? ` and ${others.toLocaleString('en')} more` : '';
  return `Not read as answers: ${left.slice(0, NAMED).join(', ')}${rest}.`;
}

/** Why files are no answers: what the reader of facts says where they are no facts either. */
async function reasonOf(left: string[], paths: string[]): Promise<string> {
  if (left.length === 0) return 'There are no files.';
  return readFiles(paths).then(
    () => leftOut(left),
    (thrown: unknown) => asAnalyzerError(thrown).message,
  );
}

function nothingRead(issues: Issue[], otherwise: string): AnalyzerError {
  const found = issues.find(({ severity }) => severity === 'error') ?? issues[0];
  const reason = found?.message ?? otherwise;
  return new AnalyzerError('corpus/empty', `No answers of models could be read. ${reason}`, {
    hint: 'Give files of answers, of questions with options, or of training pairs; a model, a language and a question must be told by path, name or fields.',
  });
}
