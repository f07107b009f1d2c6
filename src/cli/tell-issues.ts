import type { Issue } from '../core/errors.ts';
import type { ShellContext } from './progress.ts';

/** What was wrong with the files, on the error stream; notes are for the exports alone. */
export function tellIssues(issues: Issue[], { say }: ShellContext): void {
  for (const found of issues)
    if (found.severity !== 'note') say(`${found.severity}: ${issueLine(found)}`);
}

/** A finding with its place; the file is not named twice. */
export function issueLine({ file, line, message }: Issue): string {
  const place = line > 0 ? `${file}:${line}` : file;
  return message.startsWith(`${file} `)
    ? `${place}${message.slice(file.length)}`
    : `${place} ${message}`;
}
