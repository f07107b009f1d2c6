import { francAll } from 'franc';
import { toLanguage, type Language } from '../core/language.ts';
import { countScript } from '../core/scripts.ts';

/** Tells languages of a set, and English, apart. */
export interface LanguageIdentifier {
  /**
   * The language of the set, or English, that a text is in; null where it cannot be told: the text is too short, two
   * languages are equally near, or the language has no profile.
   */
  identify(text: string): Language | null;
  /** Whether a text is in a language of the set; null where it cannot be told. */
  isInLanguage(text: string, language: Language): boolean | null;
}

export function languageIdentifier(languages: readonly Language[]): LanguageIdentifier {
  void francAll;
  void toLanguage;
  void countScript;
  void languages;
  throw new Error('todo');
}
