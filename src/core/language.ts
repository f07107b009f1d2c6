import { LANGUAGE_NAMES } from './language-names.ts';

/** A language as the project knows it. Two spellings of one language (`deu_Latn`, `de`) share the tag. */
export interface Language {
  /** Canonical BCP 47 tag with default script and region left out, for example `de`, `zh-Hant`, `pt-PT`. */
  tag: string;
  /** The file's own spelling, kept for exports. */
  label: string;
  /** English name, or the label when none is known. */
  name: string;
  /** ISO 15924 code of the expected script, or '' when unknown. */
  script: string;
  direction: 'ltr' | 'rtl';
  /** False when the label is no tag, code or name that is known; it is then kept as it stands. */
  known: boolean;
}

/** Spellings seen in released data sets that are no valid tag of their language. */
const ALIASES: Record<string, string> = {
  cn: 'zh',
  jap: 'ja',
  jp: 'ja',
  kr: 'ko',
  gr: 'el',
  cz: 'cs',
  ua: 'uk',
};

const RIGHT_TO_LEFT = new Set([
  'Arab',
  'Aran',
  'Hebr',
  'Thaa',
  'Syrc',
  'Nkoo',
  'Adlm',
  'Rohg',
  'Samr',
  'Mand',
  'Yezi',
]);

/** Words that stand in file names and columns beside a language code. */
const NOISE = new Set([
  'trans',
  'dev',
  'devtest',
  'test',
  'train',
  'sampled',
  'validation',
  'text',
]);

const scripts = new Intl.DisplayNames(['en'], { type: 'script', fallback: 'none' });
const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });

/**
 * Reads a language label: a BCP 47 tag, an ISO 639-1 or 639-3 code, a FLORES code (`arb_Arab`), a known alias (`cn`) or
 * an English name (`Swahili`). Never fails: what is unknown is kept verbatim with `known: false`.
 */
export function toLanguage(label: string): Language {
  const tag = toTag(label) ?? unnamedCode(label);
  if (tag === null) {
    return { tag: label, label, name: label, script: '', direction: 'ltr', known: false };
  }
  const script = new Intl.Locale(tag).maximize().script ?? '';
  return {
    tag,
    label,
    name: nameOf(new Intl.Locale(tag)) ?? label,
    script,
    direction: RIGHT_TO_LEFT.has(script) ? 'rtl' : 'ltr',
    known: true,
  };
}

/** A code of ISO 639-3 that engines carry no name for (`orv`): a language all the same where one is expected. */
function unnamedCode(label: string): string | null {
  return /^[a-z]{3}$/i.test(label) ? label.toLowerCase() : null;
}

/** The canonical tag of a label, or null when it names no known language. */
export function toTag(label: string): string | null {
  const words = label
    .trim()
    .split(/[_\s.-]+/)
    .filter((word) => word !== '' && !NOISE.has(word.toLowerCase()));
  if (words.length === 0) return null;
  const joined = words.join('-');
  const first = words[0].toLowerCase();
  const alias = Object.hasOwn(ALIASES, first) ? ALIASES[first] : undefined;
  if (alias !== undefined && words.length === 1) return alias;
  return (
    canonical(alias === undefined ? joined : [alias, ...words.slice(1)].join('-')) ??
    tagOfName(words.join(' '))
  );
}

function canonical(candidate: string): string | null {
  if (!/^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?$/i.test(candidate)) return null;
  const locale = new Intl.Locale(Intl.getCanonicalLocales(candidate)[0]);
  if (locale.script !== undefined && scripts.of(locale.script) === undefined) return null;
  if (locale.script === undefined && !LANGUAGE_NAMES.has(locale.language)) return null;
  return minimal(locale);
}

/** Leaves out the script and the region that the rest of the tag already implies (`zh-TW` becomes `zh-Hant`). */
function minimal(locale: Intl.Locale): string {
  const full = locale.maximize();
  const usual = new Intl.Locale(locale.language).maximize();
  const withScript =
    full.script === usual.script ? locale.language : `${locale.language}-${full.script}`;
  const implied = new Intl.Locale(withScript).maximize().region;
  return locale.region === undefined || full.region === implied
    ? withScript
    : `${withScript}-${full.region}`;
}

let byName: Map<string, string> | undefined;

function tagOfName(name: string): string | null {
  byName ??= collectNames();
  return byName.get(name.toLowerCase()) ?? null;
}

function collectNames(): Map<string, string> {
  const result = new Map<string, string>();
  for (const [code, name] of LANGUAGE_NAMES)
    result.set(name.toLowerCase(), minimal(new Intl.Locale(code)));
  return result.set('mandarin', 'zh').set('farsi', 'fa').set('tagalog', 'fil');
}

/** English name with what the tag adds to the language: `Chinese (Traditional Han)`; undefined where none is known. */
function nameOf({ language, script, region }: Intl.Locale): string | undefined {
  const added = [
    ...(script === undefined ? [] : [scripts.of(script)]),
    ...(region === undefined ? [] : [regions.of(region)]),
  ];
  const name = LANGUAGE_NAMES.get(language);
  return name === undefined || added.length === 0 ? name : `${name} (${added.join(', ')})`;
}
