/** In [0, 1], higher is closer. */
export interface BitextMining {
  /** Share of queries whose nearest text is their match; equals P@1. */
  accuracy: number;
  /** Class-wise precision, weighted by class, the classes being the matches. */
  precision: number;
  /** MTEB's main score. The gap to the accuracy grows with hubness. */
  f1: number;
}

/**
 * Bitext mining as in MTEB: the nearest text of every query, its index a class. With c the number of queries that find
 * text i, precision is the mean of 1 / c and F1 that of 2 / (1 + c) over all queries, those that miss counting 0. A tie
 * finds the match, as for P@1. NaN below two facts.
 *
 * @param rank 1-based rank of each match; @param rival index of its best rival; of one direction. [n]
 * @see embeddings-benchmark/mteb, abstasks/text/bitext_mining.py
 */
export function bitextMining(rank: Int32Array, rival: Int32Array): BitextMining {
  const n = rank.length;
  if (n < 2) return { accuracy: NaN, precision: NaN, f1: NaN };
  const found = rank.map((r, i) => (r === 1 ? i : rival[i]));
  const finders = new Int32Array(n);
  for (const text of found) finders[text]++;
  const sums = { accuracy: 0, precision: 0, f1: 0 };
  found.forEach((text, i) => {
    if (text !== i) return;
    sums.accuracy += 1 / n;
    sums.precision += 1 / finders[i] / n;
    sums.f1 += 2 / (1 + finders[i]) / n;
  });
  return sums;
}
