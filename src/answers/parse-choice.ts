import { wordingOf, type AnswerTable } from '../core/answers.ts';
import {
  MARKER_PROFILES,
  profileOf,
  type MarkerProfile,
  type MarkerProfiles,
  type Parser,
} from '../core/marker-profiles.ts';

export interface ChoiceReading {
  parser: Parser;
  /** How many options there are; 0 for an open question, which has no choices. */
  options: number;
  /** Texts of the options in order; empty where they are not known. Only robust looks at them. */
  optionTexts: readonly string[];
  /** Markers of the answer's language. clika-strict knows none. */
  profile: MarkerProfile;
}

/** The option that an answer chose, from 0 on; -1 where none can be read: an invalid answer. Letters are capitals. */
export function parseChoice(text: string, reading: ChoiceReading): number {
  if (reading.options === 0) return -1;
  if (reading.parser === 'clika-strict') return within(stripped(text)[0], reading.options);
  if (reading.parser === 'calm')
    return within(calmKey(text, reading.profile.answer), reading.options);
  return robustChoice(text.trim(), reading);
}

/**
 * The choice of every answer of a table. In robust the English markers count in every language: models fall back on them.
 *
 * @returns [answers]; -1 where invalid
 */
export function parseChoices(
  table: AnswerTable,
  { parser, profiles = MARKER_PROFILES }: { parser: Parser; profiles?: MarkerProfiles },
): Int32Array {
  const english = profileOf(profiles, 'en');
  const profileByLanguage = table.languages.map(({ tag }) => {
    const own = profileOf(profiles, tag);
    if (parser !== 'robust' || own === english) return own;
    return { ...own, answer: [...own.answer, ...english.answer] };
  });
  const { question, language, text } = table.answers;
  return Int32Array.from(text, (answer, i) =>
    parseChoice(answer, {
      parser,
      options: table.questions[question[i]].options,
      optionTexts: wordingOf(table, question[i], language[i])?.options ?? [],
      profile: profileByLanguage[language[i]],
    }),
  );
}

/**
 * The letter that CALM's code votes with, '' where it discards an answer. Of what follows the last marker: a character
 * that is alone, whatever it is; else the second where it is one of A to E (as in "(B)"), else the first where it is.
 *
 * @param markers tried one after the other, each on what the one before left
 * @see Wang et al. 2025, arXiv 2501.18457, votingfunc.py
 */
export function calmKey(text: string, markers: readonly string[]): string {
  const rest = markers.reduce((left, marker) => stripped(afterLast(left, marker)), stripped(text));
  const [first = '', second = ''] = Array.from(rest.slice(0, 4));
  if (second === '') return first;
  return [second, first].find((letter) => /^[A-E]$/.test(letter)) ?? '';
}

function afterLast(text: string, marker: string): string {
  const at = marker === '' ? -1 : text.lastIndexOf(marker);
  return at < 0 ? text : text.slice(at + marker.length);
}

/** Python's `str.strip`, which knows four separators and NEL as space but not the byte order mark. */
export function stripped(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code > 8 && code < 14) || (code > 27 && code < 32);
  return code === 0x85 || (code !== 0xfeff && /\s/.test(String.fromCharCode(code)));
}

/** The option of a letter ('AA' follows 'Z'), -1 where there is none such. */
function within(letter: string | undefined, options: number): number {
  if (letter === undefined || !/^[A-Z]{1,2}$/.test(letter)) return -1;
  let number = 0;
  for (let i = 0; i < letter.length; i++) number = number * 26 + letter.charCodeAt(i) - 64;
  return number <= options ? number - 1 : -1;
}

/**
 * A letter that ends its line, or has punctuation or a bracket behind it, is believed most where the answer starts with
 * it (models go on with questions of their own), then after the last marker; one that has more words behind it, which may
 * be an article, less.
 */
function robustChoice(text: string, { options, optionTexts, profile }: ChoiceReading): number {
  const { leading, last } = markerPatterns(profile);
  const head = leadingLetter(
    text.slice(leading.exec(text.slice(0, NEAR))?.[0].length ?? 0),
    options,
  );
  if (head.option >= 0 && head.isFinal) return head.option;
  let tail = 0;
  for (const { index, 0: marker } of text.matchAll(last)) tail = index + marker.length;
  const rest = tail === 0 ? text : text.slice(tail);
  const marked = leadingLetter(rest, options);
  if (marked.option >= 0) return marked.option;
  return head.option >= 0 ? head.option : onlyOption(rest, optionTexts);
}

/** A letter that stands farther from the start, or from a marker, is not sought. */
const NEAR = 400;

/** Marks of direction. */
const UNSEEN = String.raw`[\u200b-\u200f\u202a-\u202e\u2066-\u2069]*`;
/** Marks, quotes and brackets that may stand around a letter, as in "(B)" and "**B**". */
const AROUND = String.raw`[\s*_#\x60"'‘’“”„«»‹›()[\]{}<>（）［］【】〔〕「」『』《》〈〉:：.。\-–—•\ufeff\u200b-\u200f\u202a-\u202e\u2066-\u2069]*`;
const LETTER = new RegExp(
  `^(${AROUND})([A-Z]{1,2}|[Ａ-Ｚ]{1,2})` +
    // An apostrophe or hyphen that a word goes on behind (C'est, E-mail) belongs to that word.
    String.raw`(?=${UNSEEN}(?:[^\S\r\n]*(?:$|[\r\n])|(\s)|(?!['’ʼ\-‐‑]?[\p{L}\p{M}\p{N}])[\p{P}>\x60|]))`,
  'u',
);

function leadingLetter(text: string, options: number): { option: number; isFinal: boolean } {
  const found = LETTER.exec(text.slice(0, NEAR));
  if (found === null) return { option: -1, isFinal: false };
  const [whole, before, letter, space] = found;
  // E' is an Italian verb unless a quote was opened.
  const isElided = /['’ʼ]/.test(text.charAt(whole.length)) && !/['‘’]/.test(before);
  const option = isElided ? -1 : within(letter.normalize('NFKC'), options);
  return { option, isFinal: space === undefined };
}

const patterns = new WeakMap<MarkerProfile, { leading: RegExp; last: RegExp }>();

function markerPatterns(profile: MarkerProfile): { leading: RegExp; last: RegExp } {
  const known = patterns.get(profile);
  if (known !== undefined) return known;
  const escaped = profile.answer
    .filter((marker) => marker !== '')
    .map((marker) => marker.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`))
    .map((marker) => marker.replace(/\s*[:：]$/, String.raw`\s*[:：]`));
  // No marker at all: a pattern that matches nothing.
  const any = escaped.length === 0 ? '(?!)' : escaped.join('|');
  const made = {
    leading: new RegExp(`^(?:${AROUND}(?:${any}))*`, 'iu'),
    last: new RegExp(any, 'giu'),
  };
  patterns.set(profile, made);
  return made;
}

/** The option whose text, alone of all, stands in the answer; -1 where none or several do. */
function onlyOption(text: string, optionTexts: readonly string[]): number {
  if (optionTexts.length === 0) return -1;
  const answer = plain(text);
  const options = optionTexts.map(plain);
  const exact = options.flatMap((option, i) => (option !== '' && option === answer ? [i] : []));
  if (exact.length === 1) return exact[0];
  const named = options.flatMap((option, i) => (holds(answer, option) ? [i] : []));
  // "hot dog" holds "dog": the longer one is meant.
  const meant = named.filter(
    (i) =>
      !named.some((j) => options[j].length > options[i].length && holds(options[j], options[i])),
  );
  return meant.length === 1 ? meant[0] : -1;
}

/** Without case, width, and what stands around it. */
function plain(text: string): string {
  const plainer = text.normalize('NFKC').toLowerCase();
  let [start, end] = [0, plainer.length];
  while (start < end && EDGE.test(plainer[start])) start++;
  while (end > start && EDGE.test(plainer[end - 1])) end--;
  return plainer.slice(start, end);
}

const EDGE = /[\s\p{P}]/u;

/** Whether a text holds words, not as part of longer ones. Scripts that leave no space between words have no such bounds. */
function holds(text: string, words: string): boolean {
  if (words === '') return false;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const end = at + words.length;
    if (!joins(text.slice(Math.max(0, at - 1), at + 1)) && !joins(text.slice(end - 1, end + 1)))
      return true;
  }
  return false;
}

const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
const JOINED = new RegExp(
  `^(?![${UNSPACED}])[\\p{L}\\p{N}][\\p{M}]*(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}]$`,
  'u',
);

function joins(two: string): boolean {
  return JOINED.test(two);
}
