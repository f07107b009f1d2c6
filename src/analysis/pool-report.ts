import { productsOf } from '../compute/kernels.ts';
import { shortened } from '../core/neighbors.ts';
import { seededRandom } from '../core/random.ts';
import type { Estimate, LanguageReport, PoolReport } from '../core/report.ts';
import { spearman } from '../core/significance.ts';
import { mean } from '../core/statistics.ts';
import { driftColumn } from '../metrics/drift.ts';
import { duplicateGroups, equalTexts, equalVectors } from '../metrics/duplicates.ts';
import { HUB_NEAREST, hubness, kOccurrence } from '../metrics/hubness.ts';
import { isotropy } from '../metrics/isotropy.ts';
import { fitUniformScaler } from '../metrics/language-bias.ts';
import { languageProbe } from '../metrics/language-identity.ts';
import { factDraws } from './fact-draws.ts';
import type { PoolMaterial } from './language-report.ts';
import { drawnMeans } from './pair-scores.ts';
import { precisionParts } from './rank-pool.ts';
import { splitVariance } from './split-variance.ts';

export async function poolReport(
  material: PoolMaterial,
  byLanguage: LanguageReport[],
): Promise<PoolReport> {
  const { corpus, vectors, kernels, context, neighbors, search, ranked, seed } = material;
  const { renderings } = corpus;
  const products = productsOf(kernels);
  context.report({ stage: 'Looking at all texts together', done: 0, total: 0 });
  const lists = shortened(neighbors, HUB_NEAREST);
  const copies = [...equalTexts(renderings), ...equalVectors(neighbors, renderings)];
  return {
    renderings: vectors.rows,
    neighborSearch: search,
    queryFacts: ranked.facts,
    averagePrecision: meanPrecision(material),
    hubness: hubness(kOccurrence(lists.indices, vectors.rows), HUB_NEAREST),
    isotropy: await isotropy(vectors, products),
    probe: await languageProbe(vectors, renderings, products, seed),
    unscaledVariance: await splitVariance({ ...material, fit: fitUniformScaler }),
    duplicates: duplicateGroups(copies, corpus.facts.length),
    correlations: correlationsWithDrift(material, byLanguage),
  };
}

function meanPrecision({ corpus, seed, ranked }: PoolMaterial): Estimate {
  const { facts, parts } = precisionParts(ranked, corpus.renderings.fact);
  const value = mean(ranked.precision.filter((one) => !Number.isNaN(one)));
  const drawn = drawnMeans(facts, [parts], factDraws(seed));
  return { value, interval: drawn.get(parts)!.estimate.interval };
}

function correlationsWithDrift(
  { corpus, centroidDistance, seed }: PoolMaterial,
  byLanguage: LanguageReport[],
): PoolReport['correlations'] {
  const tokens = byLanguage.flatMap((own) => own.tokens ?? []);
  if (tokens.length === 0) return null;
  const L = corpus.languages.length;
  const drift = corpus.languages.map((_, l) =>
    mean(driftColumn(centroidDistance, L, l).filter((value) => !Number.isNaN(value))),
  );
  const correlation = (values: number[]) => spearman(values, drift, seededRandom(seed));
  return {
    premium: correlation(tokens.map(({ premium }) => premium)),
    truncation: correlation(tokens.map((own) => own.truncationRate)),
  };
}
