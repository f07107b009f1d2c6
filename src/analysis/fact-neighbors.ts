import type { Kernels } from '../compute/kernels.ts';
import { cellRows, type EmbeddedCorpus } from '../core/corpus.ts';
import { row, takeRows } from '../core/matrix.ts';
import type { FactNeighbors } from '../core/report.ts';

/** The nearest facts to one fact's renderings in every language, its own language and itself included. */
export async function factNeighbors(
  { corpus, vectors }: EmbeddedCorpus,
  fact: number,
  k: number,
  kernels: Kernels,
): Promise<FactNeighbors> {
  const L = corpus.languages.length;
  const cells = cellRows(corpus).subarray(fact * L, (fact + 1) * L);
  const from = Int32Array.from(cells.keys()).filter((language) => cells[language] >= 0);
  const queries = takeRows(
    vectors,
    from.map((language) => cells[language]),
  );
  const cosines = await kernels.cosineMatrix(queries, vectors);
  const found: FactNeighbors = {
    fact,
    k,
    from,
    facts: new Int32Array(from.length * L * k).fill(-1),
    cosines: new Float32Array(from.length * L * k).fill(NaN),
  };
  const { fact: factOf, language: languageOf } = corpus.renderings;
  const byLanguage = corpus.languages.map((_, language) =>
    Int32Array.from(languageOf.keys()).filter((r) => languageOf[r] === language),
  );
  from.forEach((_, q) => {
    const own = row(cosines, q);
    byLanguage.forEach((rows, language) => {
      const best = rows.toSorted((a, b) => own[b] - own[a] || a - b).subarray(0, k);
      const place = (q * L + language) * k;
      found.facts.set(
        best.map((r) => factOf[r]),
        place,
      );
      found.cosines.set(
        Float32Array.from(best, (r) => own[r]),
        place,
      );
    });
  });
  return found;
}
