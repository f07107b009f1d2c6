import { productsOf, type Kernels } from '../compute/kernels.ts';
import { cellRows, rowsOfLanguage } from '../core/corpus.ts';
import { tokensByLanguage } from '../core/embeddings.ts';
import { cancelled } from '../core/errors.ts';
import { takeRows } from '../core/matrix.ts';
import { shortened, type Neighbors } from '../core/neighbors.ts';
import type {
  Estimate,
  LanguageHubness,
  LanguageReport,
  LanguageTokens,
  NeighborSearch,
} from '../core/report.ts';
import { isotropy } from '../metrics/isotropy.ts';
import { sameLanguageShare } from '../metrics/strong-alignment.ts';
import { tokenPremiums, truncationRate, unknownRate } from '../metrics/tokens.ts';
import { breathe, type CallContext } from '../protocol/server.ts';
import type { AnalysisInput } from './analysis-input.ts';
import { factDraws, type FactDraws } from './fact-draws.ts';
import { drawnMeans } from './pair-scores.ts';
import type { RankedPool } from './rank-pool.ts';

/** What the reports of a language and of the pool are made from. */
export interface PoolMaterial extends AnalysisInput {
  kernels: Kernels;
  context: CallContext;
  hubness: LanguageHubness[];
  /** Nearest renderings of each. */
  neighbors: Neighbors;
  search: NeighborSearch | null;
  ranked: RankedPool;
  /** Row-major [facts, languages]. */
  centroidDistance: Float32Array;
}

export async function languageReports(material: PoolMaterial): Promise<LanguageReport[]> {
  const { corpus, vectors, kernels, context, hubness, neighbors, seed } = material;
  const L = corpus.languages.length;
  const { language } = corpus.renderings;
  const products = productsOf(kernels);
  const draws = factDraws(seed);
  const shares = sameLanguageShare(shortened(neighbors, 1).indices, language, L);
  const tokens = languageTokens(material);
  const reports: LanguageReport[] = [];
  for (let l = 0; l < L; l++) {
    if (context.signal.aborted) throw cancelled('The comparison');
    context.report({ stage: 'Looking at each language (languages)', done: l, total: L });
    const rows = rowsOfLanguage(language, l);
    reports.push({
      averagePrecision: precisionOf(material, l, draws),
      sameLanguageShare: shares[l],
      hubness: hubness[l],
      isotropy: await isotropy(takeRows(vectors, rows), products),
      tokens: tokens && tokens[l],
    });
    await breathe();
  }
  return reports;
}

/** Mean over a language's queries; each fact has one. */
function precisionOf(
  { corpus, ranked: { queries, precision } }: PoolMaterial,
  language: number,
  draws: FactDraws,
): Estimate {
  const own = Int32Array.from(queries.keys()).filter(
    (q) => corpus.renderings.language[queries[q]] === language && !Number.isNaN(precision[q]),
  );
  const facts = own.map((q) => corpus.renderings.fact[queries[q]]);
  const list = Float64Array.from(own, (q) => precision[q]);
  return drawnMeans(facts, [list], draws).get(list)!.estimate;
}

function languageTokens({ corpus, tokens, pivot }: PoolMaterial): LanguageTokens[] | null {
  if (tokens === null) return null;
  const L = corpus.languages.length;
  const premiums = tokenPremiums(tokens.tokens, cellRows(corpus), L, pivot);
  return tokensByLanguage(corpus, tokens).map((counts, l) => ({
    ...counts,
    premium: premiums[l],
    unknownRate: unknownRate(counts),
    truncationRate: truncationRate(counts),
  }));
}
