import { parseOptions } from '../../io/answers/option-lines.ts';

/** A cut at a set length shows where this many prompts have the greatest length, and it is at least so long. */
const SAME_LENGTH = 3;
const LEAST_LENGTH = 100;

/** From this share of its prompts on a group has a usual number of options. */
const USUAL = 0.95;

const OPEN_END = /[,，、،;；([{（［「『«“‘–—-]$/u;
const CLOSED_END = /[\p{P}\p{S}]$/u;

/**
 * Places of prompts that are cut, as far as it is certain: they stop at a comma, dash or opening bracket; their last
 * option is empty, or they list fewer than 95 % of the group do and end there; or they have, as two others do, the
 * greatest length of all, list no options and end without a mark.
 */
export function truncatedPrompts(prompts: readonly string[]): number[] {
  const texts = prompts.map((prompt) => prompt.trimEnd());
  const options = texts.map((text) => parseOptions(text).options);
  const usual = usualCount(options.map(({ length }) => length).filter((length) => length > 0));
  const greatest = texts.reduce((length, text) => Math.max(length, text.length), 0);
  const cutAtLength =
    greatest >= LEAST_LENGTH &&
    new Set(texts.filter((text) => text.length === greatest)).size >= SAME_LENGTH;
  return texts.flatMap((text, i) => {
    const isCut =
      OPEN_END.test(text) ||
      endsAmidOptions(text, options[i], usual) ||
      (cutAtLength &&
        text.length === greatest &&
        options[i].length === 0 &&
        !CLOSED_END.test(text));
    return text !== '' && isCut ? [i] : [];
  });
}

/** How many options nearly all prompts that list any have; 0 where there is no such number. */
function usualCount(counts: number[]): number {
  const byCount = new Map<number, number>();
  for (const count of counts) byCount.set(count, (byCount.get(count) ?? 0) + 1);
  const [usual, prompts] = [...byCount].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0]);
  return prompts >= USUAL * counts.length ? usual : 0;
}

function endsAmidOptions(text: string, options: string[], usual: number): boolean {
  const last = options.at(-1);
  if (last === undefined) return false;
  const isAtEnd = text.endsWith(last.trimEnd());
  return isAtEnd && (last.trim() === '' || options.length < usual);
}
