import type { ReadChoices } from '../../core/corpus.ts';
import type { Issue } from '../../core/errors.ts';
import { chosenLanguage } from './choose-roles.ts';
import { columnOf, counted, issue, splitPath, type Sheet } from './sheet.ts';

/** Files that are named one by one in a sentence. */
const LISTED = 20;

/** A sheet with the ids of its rows, and the row before which it is cut. */
export interface AlignedSheet {
  sheet: Sheet;
  idOf: (row: number) => string;
  end: number;
}

interface Group {
  scope: string;
  sheets: Sheet[];
}

/**
 * Gives every row its fact id: the sheet's own, or the row's place where the sheet has none. Sheets of one scope are
 * numbered together, which needs equal counts of rows; blank rows at the end count only where another sheet has texts
 * there. Sheets of unequal counts are reported and left out, or cut to the shortest where the user chose that.
 */
export function alignLines(
  sheets: Sheet[],
  choices: ReadChoices,
  report: (finding: Issue) => void,
): AlignedSheet[] {
  const used = sheets.filter((sheet) => isUsed(sheet, choices));
  const numbered = used.filter(({ roles }) => columnOf(roles, 'id') === -1);
  const groups = groupsOf(numbered, choices);
  const plain = groups.length === 1 && numbered.length === used.length;
  const aligned = new Map<Sheet, AlignedSheet>();
  for (const group of groups) {
    const prefix = prefixOf(group, plain);
    const different = withoutTwins(group.sheets, choices, report);
    const end = commonEnd(different, choices, report);
    if (end === null) continue;
    for (const sheet of different)
      aligned.set(sheet, { sheet, idOf: (row) => `${prefix}${row + 1}`, end });
  }
  return used.flatMap((sheet): AlignedSheet[] => {
    const id = columnOf(sheet.roles, 'id');
    if (id === -1) return [aligned.get(sheet)].filter((found) => found !== undefined);
    return [{ sheet, idOf: (row) => sheet.rows[row][id].trim(), end: sheet.rows.length }];
  });
}

function isUsed({ roles }: Sheet, choices: ReadChoices): boolean {
  return roles.some(
    (role) =>
      role.kind === 'long-text' ||
      (role.kind === 'text' && chosenLanguage(role.label, choices) !== null),
  );
}

/** Sheets by scope; where a scope has a language twice (`train.de`, `test.de`), by the rest of their names as well. */
function groupsOf(sheets: Sheet[], choices: ReadChoices): Group[] {
  return grouped(sheets, ({ scope }) => scope).flatMap((group) => {
    const tags = group.sheets.map((sheet) => chosenLanguage(labelOf(sheet), choices)?.tag);
    const clash = new Set(tags).size < tags.length;
    return clash ? grouped(group.sheets, patternOf) : [group];
  });
}

function grouped(sheets: Sheet[], scopeOf: (sheet: Sheet) => string): Group[] {
  const groups = new Map<string, Group>();
  for (const sheet of sheets) {
    const scope = scopeOf(sheet);
    const group = groups.get(scope) ?? { scope, sheets: [] };
    groups.set(scope, group);
    group.sheets.push(sheet);
  }
  return [...groups.values()];
}

function labelOf({ roles, file }: Sheet): string {
  const role = roles.find(({ kind }) => kind === 'text');
  return role?.kind === 'text' ? role.label : file;
}

function patternOf(sheet: Sheet): string {
  const { folder, base } = splitPath(sheet.file);
  const at = base.lastIndexOf(labelOf(sheet));
  const pattern =
    at === -1 ? base : `${base.slice(0, at)}*${base.slice(at + labelOf(sheet).length)}`;
  return folder === '' ? pattern : `${folder}/${pattern}`;
}

/** Numbers alone are ids only where nothing else could be meant by them. */
function prefixOf({ scope }: Group, plain: boolean): string {
  if (isPair(scope)) return `${scope}:`;
  if (plain) return '';
  return scope === '' ? 'line:' : `${scope}:`;
}

function isPair(scope: string): boolean {
  return /^[a-z]{2,3}(_[a-z]{4})?-[a-z]{2,3}(_[a-z]{4})?$/i.test(scope);
}

/** Without the sheets whose language an earlier one of the group has under another name (`ajp_Arab`, `apc_Arab`). */
function withoutTwins(
  sheets: Sheet[],
  choices: ReadChoices,
  report: (finding: Issue) => void,
): Sheet[] {
  const first = new Map<string, Sheet>();
  return sheets.filter((sheet) => {
    const label = labelOf(sheet);
    const tag = chosenLanguage(label, choices)?.tag ?? label;
    const twin = first.get(tag);
    if (twin === undefined) first.set(tag, sheet);
    else
      report(
        issue(sheet.file, ['warning', 'duplicate-id'], twinMessage(sheet.file, twin.file, tag), {
          language: label,
        }),
      );
    return twin === undefined;
  });
}

function twinMessage(file: string, first: string, tag: string): string {
  return `${file} and ${first} number the same facts in one language (${tag}); ${file} is left out. To keep both, read one as another language.`;
}

/** How many rows the sheets of a group have in common; null when they disagree and the user did not choose to cut. */
function commonEnd(
  sheets: Sheet[],
  choices: ReadChoices,
  report: (finding: Issue) => void,
): number | null {
  const end = Math.max(...sheets.map(filledRows));
  const counts = sheets.map(({ rows }) => Math.min(rows.length, end));
  if (counts.every((count) => count === end)) return end;
  const shortest = Math.min(...counts);
  const { file } = sheets[counts.indexOf(shortest)];
  const found = listed(sheets, counts);
  if (choices.truncateUnequal) {
    const message = `${found}. All are cut to the first ${counted(shortest, 'line')}, as chosen; lines need not match.`;
    report(issue(file, ['warning', 'unequal-lines'], message));
    return shortest;
  }
  const message = `${found}. Without ids, files of unequal length cannot be joined by line; they are left out.`;
  report(issue(file, ['error', 'unequal-lines'], message));
  return null;
}

/** Which files have how many lines, the most frequent count first. */
function listed(sheets: Sheet[], counts: number[]): string {
  const files = new Map<number, string[]>();
  counts.forEach((count, i) => files.set(count, [...(files.get(count) ?? []), sheets[i].file]));
  const parts = [...files]
    .sort((a, b) => b[1].length - a[1].length)
    .map(
      ([count, names]) =>
        `${enumerated(names)} ${names.length === 1 ? 'has' : 'have'} ${counted(count, 'line')}`,
    );
  return parts.join(', ');
}

function enumerated(names: string[]): string {
  const rest = names.length - LISTED;
  return (
    names.slice(0, LISTED).join(' and ') + (rest > 0 ? ` and ${counted(rest, 'more file')}` : '')
  );
}

/** How many rows are left without the blank ones at the end. */
function filledRows({ rows }: Sheet): number {
  let count = rows.length;
  while (count > 0 && rows[count - 1].every((cell) => cell.trim() === '')) count--;
  return count;
}
