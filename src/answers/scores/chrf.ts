/** Longest character n-grams, and how much more recall counts than precision. */
const ORDER = 6;
const BETA = 2;

/**
 * chrF of an answer against one truth, in [0, 1], higher is closer: F-score of the mean precision and recall of their
 * character n-grams, without spaces. Orders that one of the two is too short for are left out (effective order). 0 where
 * they share none.
 *
 * @see Popović 2015, W15-3049; the definition is that of sacrebleu's sentence score (chrF2, nothing smoothed)
 */
export function chrf(answer: string, truth: string): number {
  const [hypothesis, reference] = [lettersOf(answer), lettersOf(truth)];
  let [precision, recall, orders] = [0, 0, 0];
  /** Where a gram of the order before was one of the truth's: no longer one can be elsewhere. */
  let starts: ArrayLike<number> = hypothesis.map((_, i) => i);
  for (let order = 1; order <= ORDER; order++) {
    const sizes = [hypothesis, reference].map(({ length }) => length - order + 1);
    if (Math.min(...sizes) < 1) break;
    const common = commonGrams(hypothesis, gramsOf(reference, order), { starts, order });
    precision += common.count / sizes[0];
    recall += common.count / sizes[1];
    starts = common.starts;
    orders++;
  }
  if (precision + recall === 0) return 0;
  const [p, r] = [precision / orders, recall / orders];
  return ((1 + BETA * BETA) * p * r) / (BETA * BETA * p + r);
}

/** The largest chrF with any of the truths, and the place of the first that has it, from 0 on; 0 and -1 without one. */
export function bestChrf(
  answer: string,
  truths: readonly string[],
): { score: number; place: number } {
  let best = { score: 0, place: -1 };
  truths.forEach((truth, place) => {
    const score = chrf(answer, truth);
    if (place === 0 || score > best.score) best = { score, place };
  });
  return best;
}

function lettersOf(text: string): string[] {
  return Array.from(text.replace(/\s+/g, ''));
}

function gramsOf(letters: string[], order: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i + order <= letters.length; i++) {
    const gram = letters.slice(i, i + order).join('');
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

/** How many grams are in both, each as often as in the rarer one; and where they start. `counts` is used up. */
function commonGrams(
  letters: string[],
  counts: Map<string, number>,
  { starts, order }: { starts: ArrayLike<number>; order: number },
): { count: number; starts: number[] } {
  const found: number[] = [];
  let count = 0;
  for (let s = 0; s < starts.length && starts[s] + order <= letters.length; s++) {
    const gram = letters.slice(starts[s], starts[s] + order).join('');
    const left = counts.get(gram);
    if (left === undefined) continue;
    found.push(starts[s]);
    if (left === 0) continue;
    counts.set(gram, left - 1);
    count++;
  }
  return { count, starts: found };
}
