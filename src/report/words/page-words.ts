import type { Language } from '../../core/language.ts';
import type { DriftSummary } from '../../core/report.ts';
import type { StolenMatch } from '../../metrics/stolen-matches.ts';

/** Facts that a sentence names at most. */
const MOST_NAMED = 3;

/** How often a wrong fact lies nearer than the match of one fact, and which one most often. */
export function stolenSentence(
  { directions, stolen }: { directions: number; stolen: Pick<StolenMatch, 'thief'>[] },
  factIds: string[],
): string {
  if (directions === 0)
    return 'No two languages state it together with another fact, so nothing can be mistaken for it.';
  const count = (n: number): string => n.toLocaleString('en');
  if (stolen.length === 0)
    return `In none of ${count(directions)} directions between languages is another fact nearer than its match.`;
  const times = new Map<number, number>();
  for (const { thief } of stolen) times.set(thief, (times.get(thief) ?? 0) + 1);
  const most = Math.max(...times.values());
  const often = [...times].filter(([, n]) => n === most).map(([thief]) => factIds[thief]);
  const who =
    often.length > MOST_NAMED
      ? `${count(times.size)} different facts, none more than ${timesWord(most)}`
      : `most often fact ${often.join(' and ')} (${timesWord(most)}${often.length > 1 ? ' each' : ''})`;
  return `In ${count(stolen.length)} of ${count(directions)} directions between languages another fact is nearer than its match: ${who}.`;
}

function timesWord(n: number): string {
  return n === 1 ? 'once' : n === 2 ? 'twice' : `${n.toLocaleString('en')} times`;
}

/** Which facts cannot be told apart from this one; '' for none. */
export function duplicateSentence(duplicates: number[][], fact: number, factIds: string[]): string {
  const others = duplicates
    .filter((group) => group.includes(fact))
    .flat()
    .filter((other) => other !== fact);
  if (others.length === 0) return '';
  const ids = [...new Set(others)].map((other) => factIds[other]);
  return `It has the same text or vector as fact ${ids.join(', ')} in some language, so that ranks cannot tell them apart.`;
}

/** Mean drift with interval and place among the languages, most drifting first. */
export function driftSentence(
  { name }: Language,
  language: number,
  { summaries, referenceLabel }: { summaries: DriftSummary[]; referenceLabel: string },
): string {
  const { n, mean, interval } = summaries[language];
  if (n === 0) return `The drift of ${name} from ${referenceLabel} is not defined.`;
  const range =
    interval === null
      ? 'no interval below two facts'
      : `95 % interval ${interval[0].toFixed(3)} to ${interval[1].toFixed(3)}`;
  const others = summaries.filter((other) => other.n > 0);
  const place = 1 + others.filter((other) => other.mean > mean).length;
  return `${name} drifts ${mean.toFixed(3)} from ${referenceLabel} on average (${range}, n = ${n.toLocaleString('en')} facts), place ${place} of ${others.length} from the most drifting on.`;
}
