import type { Issue } from '../../core/errors.ts';
import { columnOf, issue, type Sheet } from './sheet.ts';

/** What keeps a sheet from being of use, given the roles of its columns: no texts, or no ids to join them by. */
export function roleIssues(sheet: Sheet): Issue[] {
  const { file, format, roles } = sheet;
  const [label, text] = [columnOf(roles, 'language-label'), columnOf(roles, 'long-text')];
  const long = label !== -1 && text !== -1;
  if (columnOf(roles, 'text') === -1 && !long) {
    const table =
      format === 'wide-table' || format === 'long-table' || format === 'json-by-language';
    const where = table
      ? `Neither the columns nor the name of ${file} give`
      : `The name of ${file} does not give`;
    const message = `${where} the language of its texts; choose it. Until then the file is left out.`;
    return [issue(file, ['warning', 'unknown-language'], message)];
  }
  if (!long || columnOf(roles, 'id') !== -1) return [];
  const message = `${file} has no column of fact ids, so its rows cannot be joined over languages; choose the column that holds them.`;
  return [issue(file, ['warning', 'ignored'], message)];
}
