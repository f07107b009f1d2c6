import type { Change } from './perturb.ts';

const NEGATIVE = /\b(?:not|cannot|never|no|none|nobody|nothing|neither|nor|without)\b|n['’]t\b/iu;

/** Verbs that take "not" behind them; "has" and "have" only as helpers, before a participle. */
const HELPER =
  /\b(?:is|are|was|were|can|could|will|would|should|must|may|might|(?:has|have|had)(?= (?:been|become|\p{Ll}+ed)\b))(?=[ ])/iu;

/** The English text with "not" behind its first auxiliary verb; null where it has none, or is negated somewhere. */
export function negate(text: string): Change | null {
  const found = HELPER.exec(text);
  if (found === null || NEGATIVE.test(text)) return null;
  const end = found.index + found[0].length;
  const to = `${found[0]} not`;
  return { text: `${text.slice(0, end)} not${text.slice(end)}`, from: found[0], to };
}
