import type { ParallelCorpus } from '../../core/corpus.ts';
import { lettersOf } from '../../core/scripts.ts';

const ENGLISH = 'en';
/** Letters of one word that is more than an article, and words of a text that is more than a name. */
const WORD_LETTERS = 4;
const SENTENCE_WORDS = 3;
/** Between languages of the same script, neither of them English, short texts are often the same by right. */
const LONG_WORDS = 5;
const LONG_LETTERS = 25;

/**
 * Renderings whose letters are those of the same fact in another language, with the rendering they probably come from.
 * Of equal texts the ones in a wrong script are the copies; without such, all but the English one, or but the first.
 * Names and numbers are the same everywhere and do not count.
 *
 * @param cells rendering by fact and language, or -1
 * @param wrong renderings in a script that is not their language's
 */
export function copiesIn(
  corpus: ParallelCorpus,
  cells: Int32Array,
  wrong: ReadonlyMap<number, number>,
): Map<number, number> {
  const count = corpus.languages.length;
  const copies = new Map<number, number>();
  for (let fact = 0; fact < corpus.facts.length; fact++) {
    const rows = Array.from(cells.subarray(fact * count, (fact + 1) * count)).filter(
      (r) => r !== -1,
    );
    for (const group of equalTexts(corpus, rows)) {
      const original = originalOf(corpus, group, wrong);
      for (const r of group) if (isCopy(corpus, [r, original], wrong)) copies.set(r, original);
    }
  }
  return copies;
}

/** Groups of two and more renderings with the same letters. Texts of different length in letters are never compared. */
function equalTexts({ renderings }: ParallelCorpus, rows: number[]): number[][] {
  const groups = new Map<string, number[]>();
  for (const r of rows) {
    const letters = lettersOf(renderings.text[r]);
    if (letters.length < WORD_LETTERS) continue;
    const group = groups.get(letters);
    if (group === undefined) groups.set(letters, [r]);
    else group.push(r);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function originalOf(
  { languages, renderings }: ParallelCorpus,
  group: number[],
  wrong: ReadonlyMap<number, number>,
): number {
  const right = group.filter((r) => !wrong.has(r));
  const candidates = right.length > 0 ? right : group;
  return candidates.find((r) => languages[renderings.language[r]].tag === ENGLISH) ?? candidates[0];
}

function isCopy(
  { languages, renderings }: ParallelCorpus,
  [r, original]: [number, number],
  wrong: ReadonlyMap<number, number>,
): boolean {
  if (r === original || !isSentence(renderings.text[r])) return false;
  const english = languages[renderings.language[original]].tag === ENGLISH;
  return english || wrong.has(r) || isLong(renderings.text[r]);
}

/** More than a name: several words, one of them in small letters and of some length; or many letters without case. */
function isSentence(text: string): boolean {
  const words = text.match(/[\p{L}\p{M}]+/gu) ?? [];
  const small = words.filter((word) => word.length >= WORD_LETTERS && /^\p{Ll}/u.test(word));
  if (words.length >= SENTENCE_WORDS && small.length > 0) return true;
  const caseless = words.filter((word) => !/[\p{Lu}\p{Ll}]/u.test(word)).join('');
  return caseless.length >= 3 * WORD_LETTERS;
}

function isLong(text: string): boolean {
  return (
    (text.match(/[\p{L}\p{M}]+/gu) ?? []).length >= LONG_WORDS &&
    lettersOf(text).length >= LONG_LETTERS
  );
}
