import { issueLine, type Issue } from '../core/errors.ts';
import type { ShellContext } from './progress.ts';

/** What was wrong with the files, on the error stream; notes are for the exports alone. */
export function tellIssues(issues: Issue[], { say }: ShellContext): void {
  for (const found of issues)
    if (found.severity !== 'note') say(`${found.severity}: ${issueLine(found)}`);
}
