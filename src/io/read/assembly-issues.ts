import type { Issue } from '../../core/errors.ts';
import { issue, quoted, type Sheet } from './sheet.ts';

/** A row of a sheet, by its line. */
export interface Place {
  sheet: Sheet;
  line: number;
}

export function issueAt(
  { sheet, line }: Place,
  severity: Issue['severity'],
  code: Issue['code'],
  { message, language = '' }: { message: string; language?: string },
): Issue {
  return issue(sheet.file, [severity, code], message, { line, language });
}

export function namelessRow(place: Place, missing: 'fact id' | 'language'): Issue {
  return issueAt(place, 'warning', 'bad-row', {
    message: `The row has no ${missing}; it is left out.`,
  });
}

export function blankLine(place: Place, language: string): Issue {
  return issueAt(place, 'note', 'empty-text', {
    message: 'The line is blank; its fact has no text here.',
    language,
  });
}

/** Some languages of a row have no text; all of them where `everywhere`. */
export function holes(
  place: Place,
  id: string,
  { labels, everywhere }: { labels: string[]; everywhere: boolean },
): Issue {
  const where = everywhere ? 'in any language' : `in ${labels.join(', ')}`;
  const language = labels.length === 1 ? labels[0] : '';
  return issueAt(place, 'note', 'empty-text', {
    message: `Fact ${quoted(id)} has no text ${where}.`,
    language,
  });
}

/** A fact has a text in these languages already, at `first`; `same` when it is no other text. */
export function secondRendering(
  place: Place,
  id: string,
  { labels, first, same }: { labels: string[]; first: Place; same: boolean },
): Issue {
  const file = first.sheet === place.sheet ? '' : ` of ${first.sheet.file}`;
  const text = same ? 'the same text' : 'another text';
  const message = `Fact ${quoted(id)} has ${text} in ${labels.join(', ')} in line ${first.line}${file} and here, in line ${place.line}; the first is kept.`;
  const language = labels.length === 1 ? labels[0] : '';
  return issueAt(place, same ? 'note' : 'warning', 'duplicate-id', { message, language });
}

export function secondColumn(place: Place, column: string, first: string): Issue {
  const message = `The columns ${quoted(first)} and ${quoted(column)} hold one language; ${quoted(column)} is left out. To keep both, read one as another language.`;
  return issueAt(place, 'warning', 'duplicate-id', { message, language: column });
}

export function unknownLanguage(place: Place, label: string): Issue {
  const message = `${quoted(label)} is no language that is known by name; it is kept as it stands.`;
  return issueAt(place, 'warning', 'unknown-language', { message, language: label });
}

/** What does not fit a limit: where that showed first, and how much there is in all. */
export interface Excess {
  place: Place | null;
  names: Set<string>;
}

export function noteExcess(excess: Excess, name: string, place: Place): void {
  excess.place ??= place;
  excess.names.add(name);
}

export function tooMany(
  what: 'facts' | 'languages',
  limit: number,
  { place, names }: Excess,
): Issue[] {
  if (place === null) return [];
  const found = (limit + names.size).toLocaleString('en');
  const message = `The files hold ${found} ${what}; at most ${limit.toLocaleString('en')} are read, and the others from here on are left out. Drop fewer ${what}.`;
  return [issueAt(place, 'error', 'too-large', { message })];
}
