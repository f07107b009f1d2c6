import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { AnswerSource } from '../../../src/io/answers/answer-source.ts';
import { createAnswerReader } from '../../../src/io/answers/read-answers.ts';

export const CALL = { signal: new AbortController().signal, report: () => undefined };

export function source(name: string, content: string | Uint8Array): AnswerSource {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    name,
    size: bytes.length,
    read: (start, end) => Promise.resolve(bytes.slice(start, end)),
  };
}

/** Every file of a folder, by its path inside. */
export function folderSources(folder: string): AnswerSource[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => source(relative(folder, path), new Uint8Array(readFileSync(path))));
}

/** A drop of files by name, read: rows of JSON objects become JSONL, anything else JSON. */
export async function readDrop(files: Record<string, string | Uint8Array | object[]>) {
  const sources = Object.entries(files).map(([name, content]) =>
    source(name, Array.isArray(content) ? jsonl(content) : content),
  );
  const reader = createAnswerReader();
  const { left } = await reader.add(sources, CALL);
  const summary = reader.summary();
  return {
    reader,
    left,
    table: reader.table(),
    summary,
    said: summary.issues.map(({ message }) => message),
  };
}

export function jsonl(rows: object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}
