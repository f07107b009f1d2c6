import type { ColumnRole, ReadChoices } from '../../core/corpus.ts';
import { toLanguage, toTag, type Language } from '../../core/language.ts';
import type { Sheet } from './sheet.ts';

/**
 * The roles of a sheet's columns after the user's corrections. A chosen role takes the place of a guessed one that
 * it cannot stand beside: a sheet has one id, one topic, one column of languages, and one column of texts a language.
 */
export function chooseRoles({ key, roles }: Sheet, choices: ReadChoices): ColumnRole[] {
  const chosen = Object.hasOwn(choices.roles, key) ? choices.roles[key] : {};
  const isChosen = (column: number): boolean => Object.hasOwn(chosen, column);
  const taken = new Set(roles.flatMap((_, c) => (isChosen(c) ? [placeOf(chosen[c])] : [])));
  return roles.map((guess, c) => {
    if (isChosen(c)) return chosen[c];
    return guess.kind !== 'ignore' && taken.has(placeOf(guess)) ? { kind: 'ignore' } : guess;
  });
}

function placeOf(role: ColumnRole): string {
  return role.kind === 'text' ? `text ${toTag(role.label) ?? role.label}` : role.kind;
}

/** The language a label stands for after the user's corrections, in the file's own spelling; null when left out. */
export function chosenLanguage(label: string, choices: ReadChoices): Language | null {
  const reading = Object.hasOwn(choices.languages, label) ? choices.languages[label] : label;
  return reading === null ? null : { ...languageOf(reading), label };
}

/** Aliases are looked up by name, so names that every object has (`constructor`) must not reach them. */
function languageOf(label: string): Language {
  if (!(label.trim().toLowerCase() in {})) return toLanguage(label);
  return { tag: label, label, name: label, script: '', direction: 'ltr', known: false };
}
