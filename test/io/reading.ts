import type { ReadChoices, ReadResult } from '../../src/core/corpus.ts';
import { NO_CHOICES } from '../../src/core/corpus.ts';
import { createReader } from '../../src/io/read/read-corpus.ts';
import { LIMITS, type Limits, type NamedBytes } from '../../src/io/read/sheet.ts';

/** Files for a reader, from texts or bytes by name. */
export function named(files: Record<string, string | Uint8Array>): NamedBytes[] {
  return Object.entries(files).map(([name, content]) => ({
    name,
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  }));
}

/** What a fresh reader makes of files. */
export async function readAll(
  files: Record<string, string | Uint8Array>,
  { choices = {}, limits = {} }: { choices?: Partial<ReadChoices>; limits?: Partial<Limits> } = {},
): Promise<ReadResult> {
  const reader = createReader({ ...LIMITS, ...limits });
  await reader.add(named(files));
  return reader.choose({ ...NO_CHOICES, ...choices });
}

/** The texts of a corpus by fact id and language label. */
export function textsOf({ corpus }: ReadResult): Record<string, Record<string, string>> {
  const texts = new Map<string, Record<string, string>>(corpus.facts.map(({ id }) => [id, {}]));
  corpus.renderings.text.forEach((text, r) => {
    const { label } = corpus.languages[corpus.renderings.language[r]];
    texts.get(corpus.facts[corpus.renderings.fact[r]].id)![label] = text;
  });
  return Object.fromEntries(texts);
}

/** Issues in short: `error too-large en.txt:3`. */
export function shortIssues({ issues }: ReadResult): string[] {
  return issues.map(({ severity, code, file, line }) => `${severity} ${code} ${file}:${line}`);
}

/** The labels of a corpus's languages, in order. */
export function labelsOf({ corpus }: ReadResult): string[] {
  return corpus.languages.map(({ label }) => label);
}
