import { describe, expect, it } from 'vitest';
import { reportNotices } from '../../src/core/report-notices.ts';
import type { AnalysisReport } from '../../src/core/report.ts';
import { exampleReport } from '../io/example-report.ts';

const { report } = exampleReport();
const withPairs = (...counts: number[]): AnalysisReport => ({
  ...report,
  pairs: counts.map((n) => ({ ...report.pairs[0], facts: new Int32Array(n) })),
  pool: { ...report.pool, duplicates: [] },
});

describe('reportNotices', () => {
  it('warn of intervals over fewer than 20 facts, once', () => {
    expect(reportNotices(withPairs(20, 19, 7))).toEqual([
      '2 of 3 pairs of languages share fewer than 20 facts (the fewest 7): their intervals are rough, and bootstrap ones too narrow.',
    ]);
    expect(reportNotices(withPairs(3))[0]).toMatch('All pairs of languages share fewer');
    expect(reportNotices(withPairs(20, 400))).toEqual([]);
  });

  it('name the first near-duplicate facts', () => {
    const pool = { ...report.pool, duplicates: [[0, 2]] };
    expect(reportNotices({ ...withPairs(20), pool })).toEqual([
      'One group of facts have the same text or vector in some language, so that MEXA and ranks cannot tell them apart: q1, q,3.',
    ]);
    const many = {
      ...pool,
      duplicates: [
        [0, 1, 2, 0, 1],
        [0, 1],
        [1, 2],
        [0, 2],
      ],
    };
    expect(reportNotices({ ...withPairs(20), pool: many })[0]).toMatch(
      '4 groups of facts have the same text or vector in some language, so that MEXA and ranks cannot tell them apart: q1, -2x, q,3 and 2 more; q1, -2x; -2x, q,3; ….',
    );
  });

  it('say that average precision is estimated', () => {
    const pool = { ...report.pool, duplicates: [], queryFacts: 2 };
    expect(reportNotices({ ...withPairs(20), pool })).toEqual([
      'Average precision is estimated: the renderings of 2 of 3 facts, drawn with the seed, were the queries.',
    ]);
  });

  it('say how many of the nearest an approximate search found', () => {
    const neighborSearch = { recall: 0.98124, sampled: 500 };
    const pool = { ...report.pool, duplicates: [], renderings: 52_341, neighborSearch };
    const notices = reportNotices({ ...withPairs(20), pool });
    expect(notices.at(-1)).toBe(
      'The nearest of all 52,341 texts were searched for by NN-descent, which found 98.1 % of the true ones of 500 texts drawn with the seed. The map, the hubness of all texts together, the share of nearest texts in the same language and equal vectors rest on them; the scores of pairs do not.',
    );
  });
});
