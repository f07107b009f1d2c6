import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analysis/analyze.ts';
import { createReference } from '../../src/compute/reference.ts';
import { METRICS } from '../../src/core/metric-catalog.ts';
import { randomSubset, seededRandom } from '../../src/core/random.ts';
import type { AnalysisReport, MatrixId } from '../../src/core/report.ts';
import { unwatched } from '../helpers/contexts.ts';
import { corpusOf, inputOf, randomCube, type Cube } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { rotated } from '../helpers/pairs.ts';

/** What must hold for every corpus; tried on small random ones, the same at every run. */
const RUNS = { seed: 20_240, numRuns: 25 };

interface Shape {
  languages: number;
  facts: number;
  dimensions: number;
  seed: number;
  noise: number;
}

const shapes = (leastFacts = 2): fc.Arbitrary<Shape> =>
  fc.record({
    languages: fc.integer({ min: 2, max: 4 }),
    facts: fc.integer({ min: leastFacts, max: 12 }),
    dimensions: fc.integer({ min: 2, max: 8 }),
    seed: fc.integer({ min: 1, max: 1e6 }),
    noise: fc.constantFrom(0.1, 0.5, 2),
  });

const cubeOf = ({ seed, noise, ...shape }: Shape): Cube => randomCube(shape, seed, noise);

function run(
  cube: Cube,
  isPresent?: (language: number, fact: number) => boolean,
): Promise<AnalysisReport> {
  return analyze(inputOf(corpusOf(cube, isPresent)), createReference(), unwatched).then(
    ({ report }) => report,
  );
}

function expectSameMatrices(
  actual: AnalysisReport,
  expected: AnalysisReport,
  ids: MatrixId[],
  tolerance: number,
): void {
  for (const id of ids) expectClose(actual.matrices[id], expected.matrices[id], tolerance);
}

const ALL: MatrixId[] = METRICS.map(({ id }) => id);

function shuffled<T>(values: readonly T[], seed: number): T[] {
  const random = seededRandom(seed);
  return values
    .map((value) => ({ value, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}

describe('every corpus', () => {
  it('keeps all its matrices when facts are reordered', () =>
    fc.assert(
      fc.asyncProperty(shapes(), async (shape) => {
        const cube = cubeOf(shape);
        const order = shuffled(
          cube[0].map((_, i) => i),
          shape.seed,
        );
        const reordered = cube.map((rows) => order.map((i) => rows[i]));
        expectSameMatrices(await run(reordered), await run(cube), ALL, 1e-9);
      }),
      RUNS,
    ));

  it('keeps every cosine metric when all vectors are rotated', () =>
    fc.assert(
      fc.asyncProperty(shapes(), async (shape) => {
        const cube = cubeOf(shape);
        const [before, after] = [await run(cube), await run(rotated(cube, shape.seed))];
        expectSameMatrices(after, before, ['mean_cosine', 'p_at_1', 'mexa'], 1e-5);
        expectClose(after.centroidDistance, before.centroidDistance);
        after.pairs.forEach((pair, p) => {
          expectClose([pair.floor], [before.pairs[p].floor]);
          expectClose(pair.matched, before.pairs[p].matched);
          expectClose(pair.rivalInB.cosine, before.pairs[p].rivalInB.cosine);
          expectClose(pair.rivalInA.cosine, before.pairs[p].rivalInA.cosine);
        });
      }),
      RUNS,
    ));

  it('keeps every number when a vector is scaled, since vectors are brought to unit length', () =>
    fc.assert(
      fc.asyncProperty(shapes(), async (shape) => {
        const cube = cubeOf(shape);
        const scaled = cube.map((rows, l) =>
          rows.map((vector, i) => vector.map((value) => value * 2 ** (l + i))),
        );
        expectSameMatrices(await run(scaled), await run(cube), ALL, 0);
      }),
      RUNS,
    ));

  it('transposes its matrices when two languages change places', () =>
    fc.assert(
      fc.asyncProperty(shapes(), async (shape) => {
        const cube = cubeOf(shape);
        const L = cube.length;
        const place = (l: number): number => (l === 0 ? L - 1 : l === L - 1 ? 0 : l);
        const [before, after] = [await run(cube), await run(cube.map((_, l) => cube[place(l)]))];
        for (const id of ALL) {
          const moved = after.matrices[id].map(
            (_, e) => before.matrices[id][place(Math.floor(e / L)) * L + place(e % L)],
          );
          expectClose(after.matrices[id], moved, 1e-9);
        }
      }),
      RUNS,
    ));

  it('gives a language and its copy alignment 1, drift 0, bias 0 and full marks', () =>
    fc.assert(
      fc.asyncProperty(shapes(), async (shape) => {
        const [rows, other] = cubeOf(shape);
        const { pairs } = await run([rows, other, rows]);
        const { matched, scores } = pairs[1];
        expectClose([scores.mean_cosine.forth.value], [1], 1e-6);
        expectClose(
          matched.map((cosine) => 1 - cosine),
          new Array<number>(shape.facts).fill(0),
          1e-6,
        );
        for (const id of ['bias', 'bias_centroid', 'bias_residual'] as const)
          expect(scores[id].forth.value).toBe(0);
        expect([scores.p_at_1.forth.value, scores.p_at_1.back.value]).toEqual([1, 1]);
        const { centroidDistance } = await run([rows, rows]);
        expectClose(centroidDistance, new Array<number>(2 * shape.facts).fill(0), 1e-6);
      }),
      RUNS,
    ));

  it('changes P@1 and MEXA by at most 2 / n when two facts exchange their vectors in one language', () =>
    fc.assert(
      fc.asyncProperty(shapes(3), async (shape) => {
        const cube = cubeOf({ ...shape, languages: 2 });
        const [i, j] = randomSubset(seededRandom(shape.seed), 2, shape.facts);
        const exchanged = cube[1].slice();
        [exchanged[i], exchanged[j]] = [exchanged[j], exchanged[i]];
        const [before, after] = [
          (await run(cube)).matrices,
          (await run([cube[0], exchanged])).matrices,
        ];
        for (const id of ['p_at_1', 'mexa'] as const) {
          for (const e of [1, 2]) {
            expect(Math.abs(after[id][e] - before[id][e])).toBeLessThanOrEqual(
              2 / shape.facts + 1e-12,
            );
          }
        }
      }),
      RUNS,
    ));

  it('has mean language bias 2 L / (L - 1) (1 - fact share), when it is complete', () =>
    fc.assert(
      fc.asyncProperty(shapes(), async (shape) => {
        const { pairs, variance } = await run(cubeOf(shape));
        const L = shape.languages;
        const meanBias = pairs.reduce(
          (sum, { scores }) => sum + scores.bias.forth.value / pairs.length,
          0,
        );
        expectClose([meanBias], [((2 * L) / (L - 1)) * (1 - (variance?.fact.value ?? NaN))], 1e-5);
      }),
      RUNS,
    ));

  it('splits bias into centroid and residual, and variance into three shares of 1', () =>
    fc.assert(
      fc.asyncProperty(shapes(), async (shape) => {
        const { pairs, variance } = await run(cubeOf(shape));
        for (const { scores } of pairs) {
          const parts = scores.bias_centroid.forth.value + scores.bias_residual.forth.value;
          expectClose([parts], [scores.bias.forth.value], 1e-12);
        }
        const shares = [variance?.fact, variance?.language, variance?.interaction].map(
          (share) => share?.value ?? NaN,
        );
        expectClose([shares[0] + shares[1] + shares[2]], [1], 1e-12);
      }),
      RUNS,
    ));

  it('has every metric inside its stated range, holes or not', () =>
    fc.assert(
      fc.asyncProperty(shapes(), fc.integer({ min: 2, max: 9 }), async (shape, hole) => {
        // Fact 0 stays whole, so that every pair shares one.
        const isPresent = (language: number, fact: number): boolean =>
          fact === 0 || (language * 5 + fact) % hole !== 0;
        expectInRange(await run(cubeOf(shape), isPresent), shape);
      }),
      RUNS,
    ));
});

/** NaN is inside every range: it says "not defined". */
function expectInRange(report: AnalysisReport, { languages, facts }: Shape): void {
  const outside = (values: ArrayLike<number>, low: number, high: number): number[] =>
    Array.from(values).filter((value) => value < low - 1e-6 || value > high + 1e-6);
  const { matrices, pairs, variance, centroidDistance, shared } = report;
  expect(outside(matrices.mean_cosine, -1, 1)).toEqual([]);
  expect(outside(matrices.calibrated, -Infinity, 1)).toEqual([]);
  for (const { id, ends } of METRICS)
    expect(outside(matrices[id], ends[0] ?? -Infinity, ends[1] ?? Infinity)).toEqual([]);
  expect(outside(centroidDistance, 0, 2)).toEqual([]);
  expect(outside(shared, 1, facts)).toEqual([]);
  for (const share of [variance?.fact, variance?.language, variance?.interaction]) {
    if (share !== undefined)
      expect(outside([share.value, ...(share.interval ?? [])], 0, 1)).toEqual([]);
  }
  expect(pairs).toHaveLength((languages * (languages - 1)) / 2);
  for (const { matched, floor, scores, ties, facts: own } of pairs) {
    const { mexa, p_at_1: precision } = scores;
    expect(outside([...matched, floor], -1, 1)).toEqual([]);
    expect(outside([ties], 0, own.length)).toEqual([]);
    // A match that is best both ways is best each way.
    expect(mexa.forth.value > Math.min(precision.forth.value, precision.back.value)).toBe(false);
  }
}
