import { textOf } from '../read/records.ts';
import { listOfTexts } from './fields.ts';
import { optionOfLetter, optionOfOutput } from './option-lines.ts';

/** The right answer of a question: an option, texts that count as right, or neither. */
export interface Gold {
  /** From 0 on; -1 where no option is named. */
  gold: number;
  truths: string[];
}

export interface StatedGold {
  value: unknown;
  /** Texts of the options; empty where they are not known. */
  options: string[];
}

const NONE: Gold = { gold: -1, truths: [] };

/**
 * How the right answers of a file are written, judged by all of them: an option's letter, its text or its index (only
 * where all are digits and options are known; from 1 on where one equals the number of options and none is 0), else
 * texts that count as right.
 */
export function goldReader(stated: StatedGold[]): (gold: StatedGold) => Gold {
  const given = stated.filter(({ value }) => !Array.isArray(value) && textOf(value).trim() !== '');
  const digits = given.length > 0 && given.every(isIndex);
  const base = digits && countsFromOne(given) ? 1 : 0;
  const letters =
    given.length > 0 && given.every(({ value }) => optionOfLetter(textOf(value)) !== -1);
  return ({ value, options }) => {
    if (Array.isArray(value)) return { gold: -1, truths: listOfTexts(value) };
    const text = textOf(value).trim();
    if (text === '') return NONE;
    const named = options.length === 0 ? -1 : optionNamed(text, options);
    if (named !== -1) return { gold: named, truths: [] };
    if (digits) return { gold: Number(text) - base, truths: [] };
    if (letters) return { gold: optionOfLetter(text), truths: [] };
    const output = options.length === 0 ? -1 : optionOfOutput(text);
    if (output !== -1) return { gold: output, truths: [] };
    return { gold: -1, truths: listOfTexts(text) };
  };
}

function isIndex({ value, options }: StatedGold): boolean {
  const text = textOf(value).trim();
  return options.length > 0 && /^\d+$/.test(text) && optionNamed(text, options) === -1;
}

function countsFromOne(given: StatedGold[]): boolean {
  const indices = given.map(({ value }) => Number(textOf(value)));
  return !indices.includes(0) && given.some(({ options }, i) => indices[i] === options.length);
}

/** The only option of this text. */
function optionNamed(text: string, options: string[]): number {
  const small = text.toLowerCase();
  const at = options.findIndex((option) => option.trim().toLowerCase() === small);
  return at !== -1 &&
    at === options.findLastIndex((option) => option.trim().toLowerCase() === small)
    ? at
    : -1;
}
