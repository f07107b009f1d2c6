import type { FileLabel } from './file-label.ts';
import { guessRoles } from './guess-roles.ts';
import type { Sheet, Table } from './sheet.ts';

/**
 * A table with its columns' roles guessed. A table of one language is numbered with its folder, like a file of lines;
 * one of several languages with nothing but itself.
 */
export function sheetOfTable(
  file: string,
  table: Table,
  { headed, fileLabel }: { headed: boolean; fileLabel: FileLabel },
): Sheet {
  const { format, roles } = guessRoles(table, { headed, fileLabel: fileLabel.label });
  const texts = roles.filter((role) => role.kind === 'text').length;
  const scope = format === 'wide-table' && texts <= 1 ? fileLabel.scope : file;
  return { ...table, key: file, file, format, roles, scope };
}
