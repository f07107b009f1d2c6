import { randomBelow, type Random } from '../../core/random.ts';
import type { Change } from './perturb.ts';

/** Capitalised words in a row behind a word of small letters or a comma: at the start of a sentence every word has a capital. */
const ENTITY =
  /(?<=[\p{Ll}\p{Nd},] )\p{Lu}[\p{L}\p{M}'’-]*\p{Ll}[\p{L}\p{M}'’-]*(?: \p{Lu}[\p{L}\p{M}'’-]*\p{Ll}[\p{L}\p{M}'’-]*)*/gu;

/** Times have their own truth; a swapped month is no swapped name. */
const TIMES = new Set(
  'January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(
    ' ',
  ),
);

/** Names in a text of a script with capitals; none elsewhere. */
export function entitiesOf(text: string): string[] {
  return [...text.matchAll(ENTITY)]
    .map(([entity]) => entity.replace(/['’]s$/u, ''))
    .filter((entity) => !TIMES.has(entity));
}

/** The text with one of its names replaced by another of its topic, one of as many words where there is one. */
export function swapEntity(
  text: string,
  entities: readonly string[],
  random: Random,
): Change | null {
  const own = entitiesOf(text);
  if (own.length === 0) return null;
  const from = own[randomBelow(random, own.length)];
  const others = entities.filter((entity) => !text.includes(entity) && !from.includes(entity));
  const alike = others.filter((entity) => wordsOf(entity) === wordsOf(from));
  const choice = alike.length > 0 ? alike : others;
  if (choice.length === 0) return null;
  const to = choice[randomBelow(random, choice.length)];
  return { text: text.replaceAll(from, to), from, to };
}

function wordsOf(entity: string): number {
  return entity.split(' ').length;
}
