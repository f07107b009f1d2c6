/**
 * Bitext mining as in MTEB, where the nearest text of every query is its class: what each query adds to the weighted F1,
 * which is the mean. With c the number of queries that find a text, a right one has 2 / (1 + c), a wrong one 0. A tie
 * finds the match, as for P@1. In [0, 1], higher is closer; at most P@1, and the gap grows with hubness. NaN below two
 * facts.
 *
 * @param rank 1-based rank of each match; @param rival index of its best rival; of one direction. [n]
 * @returns [n]
 * @see embeddings-benchmark/mteb, abstasks/text/bitext_mining.py
 */
export function bitextF1(rank: Int32Array, rival: Int32Array): Float64Array {
  const n = rank.length;
  if (n < 2) return new Float64Array(n).fill(NaN);
  const found = rank.map((r, i) => (r === 1 ? i : rival[i]));
  const finders = new Int32Array(n);
  for (const text of found) finders[text]++;
  return Float64Array.from(found, (text, i) => (text === i ? 2 / (1 + finders[i]) : 0));
}
