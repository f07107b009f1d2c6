import type { TokenCounts } from '../core/report.ts';

/**
 * Token premium of each language: its tokens over those of a reference language, on the facts that both have. Above 1:
 * the encoder's tokenizer cuts the language's texts into more pieces. NaN without a shared fact.
 *
 * @param tokens of each rendering; @param cells rendering of each (fact, language), -1 for a hole; see `cellRows`
 * @returns [L]; 1 for the reference
 * @see Petrov et al. 2023, arXiv 2305.15425
 */
export function tokenPremiums(
  tokens: ArrayLike<number>,
  cells: Int32Array,
  L: number,
  reference: number,
): Float64Array {
  const own = new Float64Array(L);
  const inReference = new Float64Array(L);
  for (let start = 0; start < cells.length; start += L) {
    const base = cells[start + reference];
    if (base < 0) continue;
    for (let language = 0; language < L; language++) {
      const rendering = cells[start + language];
      if (rendering < 0) continue;
      own[language] += tokens[rendering];
      inReference[language] += tokens[base];
    }
  }
  return own.map((count, language) => count / inReference[language]);
}

/** Share of a language's tokens that the tokenizer does not know, in [0, 1], lower is better. NaN without tokens. */
export function unknownRate({ unknown, tokens }: TokenCounts): number {
  return unknown / tokens;
}

/** Share of a language's texts that are longer than the encoder reads, in [0, 1], lower is better. NaN without texts. */
export function truncationRate({ truncated, renderings }: TokenCounts): number {
  return truncated / renderings;
}
