import type { ParallelCorpus, ReadChoices, SheetSummary, SourceFile } from '../../core/corpus.ts';
import type { Issue } from '../../core/errors.ts';
import { alignLines } from './align-lines.ts';
import { chooseRoles } from './choose-roles.ts';
import { CorpusBuilder } from './corpus-builder.ts';
import { byFile, issueLog } from './issue-log.ts';
import { roleIssues } from './role-issues.ts';
import type { Limits, Sheet } from './sheet.ts';

const SAMPLE_LENGTH = 80;

export interface Assembled {
  corpus: ParallelCorpus;
  issues: Issue[];
  sheets: SheetSummary[];
}

/**
 * Joins sheets into one corpus. Facts are joined by id; rows without one by their place within a scope. Facts stand in
 * the order of their first appearance, languages in that of columns and files; the first of two renderings of one fact
 * in one language is kept.
 *
 * @param sources of the sheets' files, by name
 */
export function assemble(
  sheets: Sheet[],
  choices: ReadChoices,
  { sources, limits }: { sources: Map<string, SourceFile>; limits: Limits },
): Assembled {
  const chosen = sheets.map((sheet) => ({ ...sheet, roles: chooseRoles(sheet, choices) }));
  const used = chosen.filter(({ key }) => !choices.excluded.includes(key));
  const log = issueLog(byFile);
  const report = (finding: Issue): void => log.add(finding);
  for (const finding of used.flatMap(roleIssues)) report(finding);
  const builder = new CorpusBuilder({ choices, limits, report });
  for (const aligned of alignLines(used, choices, report)) builder.add(aligned);
  const corpus = builder.corpus(sources);
  return { corpus, issues: log.all(), sheets: chosen.map(summaryOf) };
}

function summaryOf({ key, file, format, columns, rows, roles }: Sheet): SheetSummary {
  return {
    key,
    file,
    format,
    rows: rows.length,
    columns: columns.map((name, c) => ({ name, role: roles[c], sample: sampleOf(rows, c) })),
  };
}

function sampleOf(rows: string[][], column: number): string {
  const filled = rows.find((row) => row[column].trim() !== '');
  return filled === undefined ? '' : filled[column].slice(0, SAMPLE_LENGTH);
}
