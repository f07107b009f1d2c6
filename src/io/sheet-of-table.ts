import type { Issue } from '../core/errors.ts';
import type { FileLabel } from './file-label.ts';
import { guessRoles } from './guess-roles.ts';
import { issue, type FileResult, type Table } from './sheet.ts';

/** A table with its columns' roles guessed, and a word about what the guess could not settle. */
export function sheetOfTable(
  file: string,
  table: Table,
  { headed, fileLabel }: { headed: boolean; fileLabel: FileLabel },
): FileResult {
  const { format, roles, nameless } = guessRoles(table, { headed, fileLabel: fileLabel.label });
  const texts = roles.filter((role) => role.kind === 'text').length;
  const scope = format === 'wide-table' && texts <= 1 ? fileLabel.scope : file;
  const sheet = { ...table, key: file, file, format, roles, scope };
  if (nameless !== -1) return { sheet, issues: [namelessIssue(file, table.columns[nameless])] };
  if (format === 'long-table' && !roles.some((role) => role.kind === 'id')) {
    return { sheet, issues: [unjoinedIssue(file)] };
  }
  return { sheet, issues: texts === 0 && format === 'wide-table' ? [textlessIssue(file)] : [] };
}

function namelessIssue(file: string, column: string): Issue {
  const message = `Neither the column ${column} nor the name of ${file} gives a language; choose one for its texts, until then they are left out.`;
  return issue('warning', 'unknown-language', file, message, { line: 1 });
}

function unjoinedIssue(file: string): Issue {
  const message = `${file} has no column of fact ids, so its rows cannot be joined over languages; choose the column that holds the ids.`;
  return issue('warning', 'ignored', file, message, { line: 1 });
}

function textlessIssue(file: string): Issue {
  const message = `No column of ${file} holds texts in a language that is known; choose the columns that do.`;
  return issue('warning', 'unknown-language', file, message, { line: 1 });
}
