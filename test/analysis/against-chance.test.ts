import { describe, expect, it } from 'vitest';
import { significanceMarks, type AgainstChance } from '../../src/analysis/against-chance.ts';
import { analyze } from '../../src/analysis/analyze.ts';
import { createReference } from '../../src/compute/reference.ts';
import { METRICS } from '../../src/core/metric-catalog.ts';
import { seededRandom } from '../../src/core/random.ts';
import { unwatched } from '../helpers/contexts.ts';
import { corpusOf, gaussians, inputOf, type Cube } from '../helpers/corpora.ts';
import { randomFacts } from '../helpers/golden.ts';

const marksOf = async (cube: Cube) =>
  (await analyze(inputOf(corpusOf(cube)), createReference(), unwatched)).report.significant;

describe('significanceMarks', () => {
  it('mark every pair of languages that say the same, for each metric with a chance level', async () => {
    const marks = await marksOf(randomFacts.raw.slice(0, 3));
    const withChance = METRICS.filter(({ chance }) => chance !== null).map(({ id }) => id);
    expect(Object.keys(marks)).toEqual(withChance);
    for (const id of withChance)
      expect([id, ...marks[id]!]).toEqual([id, 0, 1, 1, 1, 0, 1, 1, 1, 0]);
  });

  it('mark hardly any pair of languages that have nothing to do with each other', async () => {
    const random = seededRandom(5);
    const marks = await marksOf(Array.from({ length: 5 }, () => gaussians(random, 60, 16)));
    const found = Object.values(marks).flatMap((own) => [...own]);
    expect(found.filter((mark) => mark === 1).length / found.length).toBeLessThan(0.03);
  });

  it('mark nothing on three facts, of which no draw shows that they may lie by chance', async () => {
    const marks = await marksOf(randomFacts.raw.slice(0, 3).map((facts) => facts.slice(0, 3)));
    expect(Object.values(marks).flatMap((own) => [...own])).not.toContain(1);
  });

  it('mark nothing where all vectors are equal, although every match ties with the best', async () => {
    const vector = Array.from({ length: 16 }, (_, k) => 0.1 + 0.05 * k);
    const marks = await marksOf([0, 1, 2].map(() => Array.from({ length: 30 }, () => vector)));
    expect(Object.values(marks).flatMap((own) => [...own])).not.toContain(1);
  });

  it('adjust over all tests of a metric: one p of 0.04 among many is no finding', () => {
    const of = (...p: number[]) =>
      significanceMarks(
        p.map((auc, i) => ({ a: 0, b: i + 1, againstChance: against(auc) })),
        4,
      ).auc;
    expect(of(0.04, 0.5, 0.9)).toEqual(new Uint8Array(16));
    expect([...of(0.01, 0.5, NaN)!.slice(0, 4)]).toEqual([0, 1, 0, 0]);
  });
});

/** The same p for every metric but AUC, which has its own. */
function against(auc: number): AgainstChance {
  const entries = METRICS.filter(({ chance }) => chance !== null).map(({ id }) => {
    const p = id === 'auc' ? auc : 1;
    return [id, { forth: p, back: p }];
  });
  return Object.fromEntries(entries) as AgainstChance;
}
