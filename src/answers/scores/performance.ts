import { wordingOf, type AnswerTable } from '../../core/answers.ts';
import type { LanguagePerformance } from '../../core/scorecard.ts';
import type { Estimate } from '../../core/report.ts';
import { wilson } from '../../core/statistics.ts';
import type { Outcomes } from './outcomes.ts';

/** More of one option among the valid choices than this, or less entropy in bits, is a constant answer. */
const MOST_OF_ONE = 0.9;
const LEAST_BITS = 0.3;

/** Hits of n with a Wilson interval; NaN of none. */
export function share(hits: number, n: number): Estimate {
  return { value: n === 0 ? NaN : hits / n, interval: wilson(hits, n) };
}

/**
 * How a model does in each of its languages.
 *
 * @param references what accuracy counts as 1, by language; NaN where none is known
 * @param differs 1 for each answer of the table that two parsers read differently
 */
export function performanceOf(
  table: AnswerTable,
  outcomes: Outcomes,
  reference: number,
  differs: Uint8Array,
): LanguagePerformance[] {
  return outcomes.languages.map((_, l) => {
    const counts = countsOf(table, outcomes, l, differs);
    const { n, right, chance } = counts;
    const accuracy = share(right, n);
    const rescale = (value: number): number =>
      reference > chance ? (value - chance) / (reference - chance) : NaN;
    const floored = (value: number): number => Math.max(0, rescale(value));
    const rescaled = floored(accuracy.value);
    const [low, high] = accuracy.interval ?? [NaN, NaN];
    return {
      ...counts,
      accuracy,
      reference,
      rescaledRaw: rescale(accuracy.value),
      rescaled: {
        value: rescaled,
        interval: Number.isNaN(rescaled) ? null : [floored(low), floored(high)],
      },
      ...spreadOfChoices(outcomes, l),
    };
  });
}

function countsOf(
  table: AnswerTable,
  { questions, languages, row, choice, right: outcomes }: Outcomes,
  l: number,
  differs: Uint8Array,
) {
  let [n, right, answers, invalid, differing] = [0, 0, 0, 0, 0];
  /** Questions by how many answers could be guessed among: adding up their chances would round. */
  const guesses = new Map<number, number>();
  const truths = distinctTruths(table, questions, languages[l]);
  questions.forEach((q, i) => {
    const e = i * languages.length + l;
    if (row[e] < 0) return;
    const { options, fiction: isFiction } = table.questions[q];
    answers++;
    differing += differs[row[e]];
    if (options > 0 ? choice[e] < 0 : table.answers.text[row[e]].trim() === '') invalid++;
    if (outcomes[e] < 0) return;
    n++;
    right += outcomes[e];
    const among = options === 0 && isFiction !== null ? truths : options;
    if (among > 0) guesses.set(among, (guesses.get(among) ?? 0) + 1);
  });
  const guessed = [...guesses].reduce((sum, [among, count]) => sum + count / among, 0);
  return { n, right, answers, invalid, differing, chance: n === 0 ? NaN : guessed / n };
}

/** How many different truths the fictional questions of a language have. */
export function distinctTruths(
  table: AnswerTable,
  questions: Int32Array,
  language: number,
): number {
  const truths = new Set<string>();
  for (const q of questions) {
    if (table.questions[q].fiction === null) continue;
    const wording = wordingOf(table, q, language);
    if (wording !== null && wording.truths.length > 0) truths.add(wording.truths[0]);
  }
  return truths.size;
}

function spreadOfChoices({ languages, choice, row }: Outcomes, l: number) {
  const counts = new Map<number, number>();
  let [valid, answers] = [0, 0];
  for (let e = l; e < choice.length; e += languages.length) {
    if (row[e] >= 0) answers++;
    if (choice[e] < 0) continue;
    counts.set(choice[e], (counts.get(choice[e]) ?? 0) + 1);
    valid++;
  }
  const shares = Array.from(counts.values(), (count) => count / valid);
  const topShare = valid === 0 ? NaN : Math.max(...shares);
  const entropy = valid === 0 ? NaN : shares.reduce((sum, p) => sum - p * Math.log2(p), 0);
  return {
    topShare,
    // 0 times -1 is a zero with a sign.
    entropy: entropy === 0 ? 0 : entropy,
    degenerate: answers > 0 && (valid > 0 ? topShare > MOST_OF_ONE || entropy < LEAST_BITS : false),
  };
}
