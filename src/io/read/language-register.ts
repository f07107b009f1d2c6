import type { ReadChoices } from '../../core/corpus.ts';
import type { Issue } from '../../core/errors.ts';
import { toTag, type Language } from '../../core/language.ts';
import { noteExcess, unknownLanguage, type Excess, type Place } from './assembly-issues.ts';
import { chosenLanguage } from './choose-roles.ts';

/** The languages met so far, in the order of first appearance; labels with one tag are one language. */
export class LanguageRegister {
  readonly languages: Language[] = [];
  readonly excess: Excess = { place: null, names: new Set() };
  readonly #byTag = new Map<string, number>();
  readonly #byLabel = new Map<string, number>();
  readonly #setting: { choices: ReadChoices; limit: number; report: (finding: Issue) => void };

  constructor(setting: { choices: ReadChoices; limit: number; report: (finding: Issue) => void }) {
    this.#setting = setting;
  }

  /** Index of a label's language, taken up if it is new; -1 when the user or the limit leaves it out. */
  indexOf(label: string, place: Place): number {
    const known = this.#byLabel.get(label);
    if (known !== undefined) return known;
    const language = chosenLanguage(label, this.#setting.choices);
    const index = language === null ? -1 : this.#take(language, place);
    this.#byLabel.set(label, index);
    return index;
  }

  #take(language: Language, place: Place): number {
    const known = this.#byTag.get(language.tag);
    if (known !== undefined) return known;
    if (this.languages.length >= this.#setting.limit) {
      noteExcess(this.excess, language.label, place);
      return -1;
    }
    if (!isNamed(language)) this.#setting.report(unknownLanguage(place, language.label));
    this.#byTag.set(language.tag, this.languages.length);
    return this.languages.push(language) - 1;
  }
}

/** Whether a language is known by a name; `orv` is taken for a language, but that may be a mistake. */
function isNamed({ known, tag, label }: Language): boolean {
  return known && (toTag(tag) ?? toTag(label)) !== null;
}
