import { francAll } from 'franc';
import { toLanguage, type Language } from '../core/language.ts';
import { countScript } from '../core/scripts.ts';

/** Tells the languages of a set, and English, apart; never variants of one language, as zh-Hans and zh-Hant are. */
export interface LanguageIdentifier {
  /**
   * The language of the set, or English, that a text is in, found by script and, among languages of one script, by
   * trigrams. Null where it cannot be told: too few letters, two languages about as near, or no profile of one.
   */
  identify(text: string): Language | null;
  /** Whether a text is in a language of the set; null where it cannot be told. */
  isInLanguage(text: string, language: Language): boolean | null;
}

/** What is read of a text: enough for its trigrams. */
const CHARACTERS = 300;

/** Letters below which not even the script says anything: names and abbreviations keep theirs in every language. */
const LETTERS = 10;

/** From this share of its letters on a text is in a script; below the other it is not; between them it is mixed. */
const IN_SCRIPT = 0.5;
const OUT_OF_SCRIPT = 0.2;

/** Share of letters of its own that tells Japanese or Korean from Chinese. */
const OWN_LETTERS = 0.1;
const OWN_SCRIPT: Record<string, string> = { Jpan: 'Hrkt', Kore: 'Hang' };

/**
 * Least letters, and least product of letters and the lead of the nearest profile over the second, for trigrams to be
 * believed. Among the languages of one file set in Latin script, wrong of those judged (judged of all): FLORES-200 0 of
 * 3,710 (93 %); XQuAD questions 4 of 4,327 (61 %); MKQA questions, which are short and full of English names, 67 of
 * 1,485 (29 %).
 */
const TRIGRAM_LETTERS = 40;
const TRIGRAM_EVIDENCE = 12;

/** Tags that franc spells otherwise. */
const SAME: Record<string, string> = { no: 'nb', zlm: 'ms' };

/** Codes of profiles by language; one letter of each script that has several calls all of its profiles. */
const PROFILES = new Map<string, string[]>();
for (const letter of 'aяاअကአא') {
  for (const [code] of francAll(letter, { minLength: 1 })) {
    const subtag = subtagOf(toLanguage(code));
    PROFILES.set(subtag, [...(PROFILES.get(subtag) ?? []), code]);
  }
}

export function languageIdentifier(languages: readonly Language[]): LanguageIdentifier {
  const candidates = [...languages, toLanguage('en')].filter(
    (language, i, all) => all.findIndex((other) => isSame(other, language)) === i,
  );
  const scripts = [...new Set(candidates.map(({ script }) => script))];
  const identify = (text: string): Language | null => {
    const sample = text.slice(0, CHARACTERS);
    const written = scripts.filter((script) => isInScript(sample, script) === true);
    const inScript = candidates.filter(({ script }) => written.includes(script));
    return inScript.length < 2 ? (inScript[0] ?? null) : nearestProfile(sample, inScript);
  };
  return {
    identify,
    isInLanguage: (text, language) => {
      const written = isInScript(text.slice(0, CHARACTERS), language.script);
      if (written !== true) return written;
      const found = identify(text);
      if (found === null) return null;
      if (isSame(found, language)) return true;
      return PROFILES.has(subtagOf(language)) || found.script !== language.script ? false : null;
    },
  };
}

/** Whether two languages are the same, or variants of one. */
export function isSame(a: Language, b: Language): boolean {
  return subtagOf(a) === subtagOf(b) && a.script.slice(0, 3) === b.script.slice(0, 3);
}

function subtagOf({ tag }: Language): string {
  const subtag = tag.split('-')[0];
  return SAME[subtag] ?? subtag;
}

/** Whether the letters are those of a script, and not those that tell another language of it; null where they are too few or mixed, or the script is unknown. */
function isInScript(text: string, script: string): boolean | null {
  const count = countScript(text, script);
  if (count === null || count.letters < LETTERS) return null;
  const share = count.expected / count.letters;
  if (share < OUT_OF_SCRIPT) return false;
  if (share < IN_SCRIPT) return null;
  if (!Object.hasOwn(OWN_SCRIPT, script)) return !hasLettersOfOthers(text, script);
  const own = countScript(text, OWN_SCRIPT[script])!.expected;
  return own === 0 ? false : own >= OWN_LETTERS * count.letters ? true : null;
}

/** Kana in a text whose script would be Chinese. */
function hasLettersOfOthers(text: string, script: string): boolean {
  if (!script.startsWith('Han') || script === 'Hang') return false;
  const { letters, expected } = countScript(text, 'Hrkt')!;
  return expected >= OWN_LETTERS * letters;
}

function nearestProfile(text: string, candidates: Language[]): Language | null {
  const only = candidates.flatMap((language) => PROFILES.get(subtagOf(language)) ?? []);
  const { letters } = countScript(text, candidates[0].script)!;
  if (letters < TRIGRAM_LETTERS) return null;
  const ranked = francAll(text, { only, minLength: 1 }).map(([code, nearness]) => ({
    language: candidates.find((one) => PROFILES.get(subtagOf(one))?.includes(code) === true),
    nearness,
  }));
  const [first] = ranked;
  const second = ranked.find(({ language }) => language !== first.language);
  if (first.language === undefined || second?.language === undefined) return null;
  const lead = first.nearness - second.nearness;
  return letters * lead >= TRIGRAM_EVIDENCE ? first.language : null;
}
