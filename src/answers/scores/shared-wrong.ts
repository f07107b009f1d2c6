import type { Question } from '../../core/answers.ts';
import type { Random } from '../../core/random.ts';
import type { SharedWrong, SharedWrongQuestion, VoteAccuracy } from '../../core/scorecard.ts';
import { bootstrapReplicates, percentileInterval } from '../../core/statistics.ts';
import type { Outcomes } from './outcomes.ts';
import { share } from './performance.ts';

/** So many languages with the same wrong choice are worth a look. */
const LISTED = 3;

/** The wrong answers to one question. */
interface WrongAnswers {
  question: number;
  gold: number;
  asked: number;
  /** Valid wrong choices by option. */
  counts: number[];
  wrong: number;
}

/** Whether languages err alike; null where no choice is known to be wrong. */
export function sharedWrong(
  outcomes: Outcomes,
  questions: readonly Question[],
  random: Random,
): SharedWrong | null {
  const all = wrongAnswers(outcomes, questions);
  if (!all.some(({ wrong }) => wrong > 0)) return null;
  const frequencies = wrongFrequencies(all);
  const pairs = all.map(({ wrong }) => pairsOf(wrong));
  const same = all.map(({ counts }) => sum(counts.map(pairsOf)));
  const expected = all.map(
    ({ wrong, gold }) => pairsOf(wrong) * sum(frequencies.get(gold)!.map((p) => p * p)),
  );
  const value = sum(same) / sum(pairs);
  return {
    pairs: sum(pairs),
    same: sum(same),
    share: { value, interval: ratioInterval(same, pairs, random) },
    expected: sum(expected) / sum(pairs),
    questions: all
      .flatMap((one) => listed(one, frequencies.get(one.gold)!))
      .sort((a, b) => b.languages - a.languages || a.p - b.p || a.question - b.question),
  };
}

function wrongAnswers(
  { questions: indices, languages, choice, right, row }: Outcomes,
  questions: readonly Question[],
): WrongAnswers[] {
  const L = languages.length;
  return Array.from(indices, (q, i) => ({ q, i })).flatMap(({ q, i }) => {
    const { gold, options } = questions[q];
    if (options === 0 || gold < 0) return [];
    const counts = new Array<number>(options).fill(0);
    let [wrong, asked] = [0, 0];
    for (let e = i * L; e < (i + 1) * L; e++) {
      if (row[e] >= 0) asked++;
      if (right[e] !== 0 || choice[e] < 0) continue;
      counts[choice[e]]++;
      wrong++;
    }
    return [{ question: q, gold, asked, counts, wrong }];
  });
}

/** Share of each option among the wrong choices of all languages, by the gold option of the question. */
function wrongFrequencies(all: WrongAnswers[]): Map<number, number[]> {
  const sums = new Map<number, number[]>();
  for (const { gold, counts } of all) {
    const known = sums.get(gold) ?? [];
    counts.forEach((count, k) => (known[k] = (known[k] ?? 0) + count));
    sums.set(gold, known);
  }
  for (const [gold, counts] of sums) {
    const wrong = sum(counts);
    sums.set(
      gold,
      counts.map((count) => (wrong === 0 ? 0 : count / wrong)),
    );
  }
  return sums;
}

function listed(
  { question, counts, wrong, asked }: WrongAnswers,
  frequencies: number[],
): SharedWrongQuestion[] {
  const languages = Math.max(...counts);
  if (languages < LISTED) return [];
  const choice = counts.indexOf(languages);
  const p = atLeast(languages, wrong, frequencies[choice]);
  return [{ question, choice, languages, wrong, asked, p }];
}

/** Chance of so many hits or more in n draws. */
export function atLeast(hits: number, n: number, chance: number): number {
  if (chance >= 1) return 1;
  let [probability, binomial] = [0, 1];
  for (let k = 0; k <= n; k++) {
    if (k >= hits) probability += binomial * chance ** k * (1 - chance) ** (n - k);
    binomial *= (n - k) / (k + 1);
  }
  return Math.min(1, probability);
}

function ratioInterval(parts: number[], wholes: number[], random: Random) {
  if (parts.length < 2) return null;
  const [above, below] = bootstrapReplicates([parts, wholes], random);
  const ratios = above.map((part, round) => part / below[round]);
  return ratios.some(Number.isNaN) ? null : percentileInterval(ratios);
}

/** Right answers of the most frequent choice over the languages; null where no question with a gold has options. */
export function voteOverLanguages(
  { questions: indices, languages, choice }: Outcomes,
  questions: readonly Question[],
): VoteAccuracy | null {
  const L = languages.length;
  let [n, right, ties] = [0, 0, 0];
  indices.forEach((q, i) => {
    const { gold, options } = questions[q];
    if (options === 0 || gold < 0) return;
    n++;
    const vote = firstOfMost(choice.subarray(i * L, (i + 1) * L));
    right += Number(vote.choice === gold);
    ties += Number(vote.isTie);
  });
  return n === 0 ? null : { accuracy: share(right, n), ties };
}

/** The most frequent valid choice, of several the one met first; -1 where none is valid. */
function firstOfMost(choices: Int32Array): { choice: number; isTie: boolean } {
  const counts = new Map<number, number>();
  for (const choice of choices) if (choice >= 0) counts.set(choice, (counts.get(choice) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  const winners = Array.from(counts.keys()).filter((choice) => counts.get(choice) === most);
  return { choice: winners[0] ?? -1, isTie: winners.length > 1 };
}

function pairsOf(n: number): number {
  return (n * (n - 1)) / 2;
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
