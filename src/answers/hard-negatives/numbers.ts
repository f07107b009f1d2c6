import { randomBelow, type Random } from '../../core/random.ts';
import type { Change } from './perturb.ts';

/** Digits of one script in a row, with the separators of thousands, decimals and clocks between them. */
const NUMBER = /\p{Nd}+(?:[.,:٫٬  ’'](?=\p{Nd})\p{Nd}+)*/gu;
const DIGIT = /^\p{Nd}$/u;

/**
 * The text with one of its numbers changed: one digit, or every one. Digits stay in their script, a first digit never
 * becomes 0. A year keeps its first two digits, so that it stays one (1946: 1964, not 8946).
 *
 * @param which counts the numbers from 0 on, and around
 * @returns null where there is no number, or only one digit where all of several are to be changed
 */
export function changeNumber(
  text: string,
  { which, digits }: { which: number; digits: 'one' | 'all' },
  random: Random,
): Change | null {
  const numbers = [...text.matchAll(NUMBER)];
  if (numbers.length === 0) return null;
  const { index, 0: from } = numbers[which % numbers.length];
  const characters = Array.from(from);
  const places = changeable(characters);
  if (digits === 'all' && places.length < 2) return null;
  const chosen = digits === 'all' ? places : [places[randomBelow(random, places.length)]];
  for (const place of chosen) characters[place] = otherDigit(characters, place, random);
  const to = characters.join('');
  return { text: text.slice(0, index) + to + text.slice(index + from.length), from, to };
}

function changeable(characters: string[]): number[] {
  const places = characters.flatMap((character, i) => (DIGIT.test(character) ? [i] : []));
  const value = Number(places.map((i) => valueOf(characters[i])).join(''));
  const isYear = places.length === 4 && characters.length === 4 && value >= 1000 && value < 2100;
  return isYear ? places.slice(2) : places;
}

function otherDigit(characters: string[], place: number, random: Random): string {
  const old = valueOf(characters[place]);
  const zero = (characters[place].codePointAt(0) ?? 0) - old;
  const least = place === 0 && characters.length > 1 ? 1 : 0;
  const others = Array.from({ length: 10 - least }, (_, i) => i + least).filter((d) => d !== old);
  return String.fromCodePoint(zero + others[randomBelow(random, others.length)]);
}

/** What a digit of any script stands for: the ten of a script follow each other, the first at ...0 or ...6. */
export function valueOf(digit: string): number {
  const point = digit.codePointAt(0) ?? 0;
  const isFromZero = DIGIT.test(String.fromCodePoint(point & ~0xf));
  return (point & 0xf) - (isFromZero ? 0 : 6);
}
