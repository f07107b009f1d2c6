import { describe, expect, it } from 'vitest';
import type { AnalysisInput } from '../../src/analysis/analysis-input.ts';
import { analyze } from '../../src/analysis/analyze.ts';
import { poolQueries } from '../../src/analysis/rank-pool.ts';
import { createReference } from '../../src/compute/reference.ts';
import type { AnalysisReport } from '../../src/core/report.ts';
import { spearman } from '../../src/core/significance.ts';
import { seededRandom } from '../../src/core/random.ts';
import { mean } from '../../src/core/statistics.ts';
import { unwatched } from '../helpers/contexts.ts';
import { corpusOf, inputOf } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { lenses, randomFacts } from '../helpers/golden.ts';

const run = async (input: AnalysisInput): Promise<AnalysisReport> =>
  (await analyze(input, createReference(), unwatched)).report;

const { present } = randomFacts.withHoles;
const cases = [
  { name: 'complete', embedded: corpusOf(randomFacts.raw), golden: lenses.complete },
  {
    name: 'with holes',
    embedded: corpusOf(randomFacts.raw, (language, fact) => present[language][fact] === 1),
    golden: lenses.withHoles,
  },
];

const evenness = (found: {
  skewness: number | null;
  robinHood: number | null;
  antihubs: number | null;
  hubOccurrence: number | null;
}): (number | null)[] => [found.skewness, found.robinHood, found.antihubs, found.hubOccurrence];

describe('the report of the pool and of each language, against NumPy and SciPy', () => {
  it.each(cases)('$name', async ({ embedded, golden }) => {
    const { pool, byLanguage } = await run(inputOf(embedded));
    expectClose([pool.averagePrecision.value], [golden.pool.meanAveragePrecision]);
    expect([pool.renderings, pool.queryFacts]).toEqual([embedded.vectors.rows, 40]);
    expectClose(
      byLanguage.map(({ averagePrecision }) => averagePrecision.value),
      golden.pool.byLanguage,
    );
    expectClose(
      byLanguage.map(({ sameLanguageShare }) => sameLanguageShare.value),
      golden.pool.sameLanguageShare,
    );
    expectClose(evenness(pool.hubness) as number[], evenness(golden.pool.hubness));
    expect([...pool.hubness.hubs]).toEqual(golden.pool.hubness.hubs);
    expect(pool.duplicates).toEqual(golden.duplicateGroups);
    const { fact, language } = pool.unscaledVariance ?? {};
    expectClose(
      [fact?.value ?? NaN, language?.value ?? NaN],
      [golden.sharesUnscaled?.fact ?? NaN, golden.sharesUnscaled?.language ?? NaN],
    );
    byLanguage.forEach(({ hubness, isotropy }, l) => {
      const expected = golden.pool.hubnessByLanguage[l];
      expect([...hubness.kOccurrence]).toEqual(expected.counts);
      expect([...hubness.hubs]).toEqual(expected.hubs);
      expectClose(evenness(hubness) as number[], evenness(expected));
      const shape = golden.pool.isotropyByLanguage[l];
      expectClose(
        [isotropy.isoScore, isotropy.rank, isotropy.effectiveRank, isotropy.meanRandomCosine],
        [shape.isoScore, shape.rank, shape.effectiveRank, shape.meanRandomCosine],
        1e-4,
      );
    });
  });
});

describe('the intervals of average precision', () => {
  it('are around their values, of all renderings as of each language', async () => {
    for (const { embedded } of cases) {
      const { pool, byLanguage } = await run(inputOf(embedded));
      for (const { value, interval } of [
        pool.averagePrecision,
        ...byLanguage.map(({ averagePrecision }) => averagePrecision),
      ]) {
        expect(interval![0]).toBeLessThan(value);
        expect(interval![1]).toBeGreaterThan(value);
      }
    }
  });
});

describe('tokens', () => {
  const embedded = corpusOf(randomFacts.raw);
  const { language } = embedded.corpus.renderings;
  const tokens = {
    // Language l cuts its texts into 10 + 3 l tokens; every second text of language 4 is too long.
    tokens: language.map((l) => 10 + 3 * l),
    unknown: language.map((l) => Number(l === 2)),
    truncated: Uint8Array.from(language, (l, r) => Number(l === 4 && r % 2 === 0)),
  };

  it('have rates, and a premium against the pivot', async () => {
    const { byLanguage } = await run({ ...embedded, tokens, pivot: 1, seed: 1 });
    expect(byLanguage[4].tokens).toEqual({
      renderings: 40,
      tokens: 22 * 40,
      unknown: 0,
      truncated: 20,
      premium: 22 / 13,
      unknownRate: 0,
      truncationRate: 0.5,
    });
    expect(byLanguage[2].tokens?.unknownRate).toBeCloseTo(1 / 16, 12);
  });

  it('are correlated with the mean drift from the others, language by language', async () => {
    const report = await run({ ...embedded, tokens, pivot: 0, seed: 1 });
    const drift = [0, 1, 2, 3, 4].map((l) =>
      mean(report.centroidDistance.filter((_, cell) => cell % 5 === l)),
    );
    expect(report.pool.correlations?.premium).toEqual(
      spearman([0, 1, 2, 3, 4], drift, seededRandom(1)),
    );
    expect(report.pool.correlations?.truncation.n).toBe(5);
  });

  it('are null where the vectors were given', async () => {
    const { byLanguage, pool } = await run(inputOf(embedded));
    expect([byLanguage[0].tokens, pool.correlations]).toEqual([null, null]);
  });
});

describe('poolQueries', () => {
  const fact = Int32Array.from({ length: 40_000 }, (_, r) => r % 8000);

  it('are all renderings of a seeded sample of facts, where all would be too many', () => {
    const { queries, facts } = poolQueries(fact, 8000, 1);
    expect(facts).toBe(2000);
    expect(queries).toHaveLength(5 * 2000);
    expect(new Set(queries.map((r) => fact[r])).size).toBe(2000);
    expect(poolQueries(fact, 8000, 2).queries).not.toEqual(queries);
  });

  it('are all renderings up to 20,000 of them', () => {
    expect(poolQueries(fact.slice(0, 20_000), 8000, 1).queries).toHaveLength(20_000);
  });
});
