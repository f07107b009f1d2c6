import { rowsByFact } from '../core/corpus.ts';
import { assert } from '../core/errors.ts';
import {
  TIE_MARGIN,
  productBlocks,
  row,
  takeRows,
  type Matrix,
  type Products,
} from '../core/matrix.ts';
import type { Estimate } from '../core/report.ts';
import { wilson } from '../core/statistics.ts';
import { hitsOf } from './retrieval.ts';

/**
 * Strong alignment of a to b: 1 for each fact whose match in b is nearer than every other fact in a itself, else 0; the
 * mean is a share, higher is closer. A tie counts as a miss. NaN below two facts.
 *
 * @param matched S[i, i] of the pair; @param sameLanguageRival best cosine of a's fact i with another fact in a. [n]
 * @see Roy et al. 2020, LAReQA, arXiv 2004.05484
 */
export function strongAlignment(
  matched: ArrayLike<number>,
  sameLanguageRival: ArrayLike<number>,
): Float64Array {
  return hitsOf(matched.length, (i) => matched[i] > sameLanguageRival[i] + TIE_MARGIN);
}

/**
 * Same-language bias of a towards b, by fact: by how much the best other fact in a is nearer than the match in b, 0 where
 * it is not. In [0, 2], lower is closer. NaN below two facts. [n]
 */
export function sameLanguageExcess(
  matched: ArrayLike<number>,
  sameLanguageRival: ArrayLike<number>,
): Float64Array {
  return Float64Array.from(matched, (cosine, i) =>
    matched.length < 2 ? NaN : Math.max(0, sameLanguageRival[i] - cosine),
  );
}

/**
 * Same-language bias by neighbours: share of a language's renderings whose nearest rendering, in any language, is in the
 * same one; Wilson intervals. In [0, 1], lower is closer; chance is (n - 1) / (N - 1) for n of N renderings. NaN for a
 * language without any.
 *
 * @param nearest nearest other rendering of each rendering; @param language of each. [N]
 * @returns by language. [L]
 */
export function sameLanguageShare(
  nearest: ArrayLike<number>,
  language: Int32Array,
  L: number,
): Estimate[] {
  const same = new Int32Array(L);
  const all = new Int32Array(L);
  language.forEach((own, r) => {
    all[own]++;
    if (language[nearest[r]] === own) same[own]++;
  });
  return Array.from(same, (count, l) => ({
    value: count / all[l],
    interval: wilson(count, all[l]),
  }));
}

/**
 * Average precision of renderings as queries to the pool of all others, their fact's renderings in other languages being
 * relevant; the mean over queries is mAP. In (0, 1], higher is closer. A rendering of another fact that ties with a
 * relevant one stands before it. NaN for a rendering without another of its fact.
 *
 * @param vectors [N, d] unit rows; @param fact of each row, [N]; @param queries rows
 * @returns [queries]
 * @see Roy et al. 2020, LAReQA, arXiv 2004.05484
 */
export async function averagePrecisions(
  { vectors, fact }: { vectors: Matrix; fact: Int32Array },
  queries: Int32Array,
  products: Products,
  onQueries: (done: number) => void | Promise<void>,
): Promise<Float64Array> {
  const N = vectors.rows;
  assert(fact.length === N, `averagePrecisions: ${N} vectors but ${fact.length} facts`);
  const translations = rowsByFact(fact);
  const precisions = new Float64Array(queries.length);
  for await (const { start, block } of productBlocks(
    takeRows(vectors, queries),
    vectors,
    products,
  )) {
    for (let i = 0; i < block.rows; i++) {
      const query = queries[start + i];
      const relevant = translations.get(fact[query])!.filter((r) => r !== query);
      precisions[start + i] = averagePrecision(row(block, i), relevant, query);
    }
    await onQueries(start + block.rows);
  }
  return precisions;
}

/** Of the relevant rows among all but the query's own. Changes the cosines. */
function averagePrecision(cosines: Float32Array, relevant: number[], query: number): number {
  const found = Float64Array.from(relevant, (r) => cosines[r]).sort();
  for (const r of [query, ...relevant]) cosines[r] = -Infinity;
  /** before[t]: irrelevant rows that reach the relevant one t from below, but not the one above it. */
  const before = new Int32Array(found.length);
  for (let j = 0; j < cosines.length; j++) {
    let t = -1;
    while (t + 1 < found.length && cosines[j] + TIE_MARGIN >= found[t + 1]) t++;
    if (t >= 0) before[t]++;
  }
  let [sum, irrelevant] = [0, 0];
  for (let t = found.length - 1; t >= 0; t--) {
    irrelevant += before[t];
    const place = found.length - t;
    sum += place / (place + irrelevant);
  }
  return sum / found.length;
}
